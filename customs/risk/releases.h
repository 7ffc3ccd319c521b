#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"

/// Which rules and which learnt score select: a new one runs in shadow first and is activated by
/// two people.
namespace portcullis::customs {

enum class ReleaseKind : std::uint8_t { kRules, kModel };
std::string_view release_kind_name(ReleaseKind kind);
std::optional<ReleaseKind> release_kind_from(std::string_view name);

/// One version of the rules or of the score and how far it has come.
struct Release {
  enum class State : std::uint8_t {
    kShadow,   ///< Proposed: is noted, selects nothing.
    kActive,   ///< Selects. At most one of each kind.
    kRetired,  ///< Selected once, or was withdrawn.
  };
  ReleaseKind kind = ReleaseKind::kRules;
  std::string id;    ///< RiskRules::id or RiskModel::id().
  std::string file;  ///< Name in the site's folder.
  State state = State::kShadow;
  std::string proposed_by;
  core::UtcTime proposed_at;
  std::vector<std::string> approved_by;  ///< In their order; the second activates.
  std::optional<core::UtcTime> active_from, retired_at;
};
std::string_view release_state_name(Release::State state);

/// What happened, for the audit log (type "risk_release").
struct ReleaseEvent {
  std::string what;  ///< "proposed", "approved", "activated", "retired"
  ReleaseKind kind = ReleaseKind::kRules;
  std::string id, person;
  core::UtcTime at;
};

/// The record of all releases, one small file. A value: load, change, write the events to the audit
/// log, save. Persons are whoever the caller has made sure of; this only compares them.
class ReleaseRecord final {
 public:
  /// A missing file is an empty record. Fails with kIo or kCorrupt; the message names the file.
  static core::Result<ReleaseRecord> load(const std::filesystem::path& path);
  static core::Result<ReleaseRecord> parse(std::string_view text, const std::string& name);
  [[nodiscard]] std::string text() const;
  core::Status save(const std::filesystem::path& path) const;

  /// Puts a new version into shadow. kRefused: it is in shadow or active already. One that was
  /// retired may come again, from the start.
  core::Result<std::vector<ReleaseEvent>> propose(ReleaseKind kind, const std::string& id,
                                                  const std::string& file,
                                                  const std::string& person, core::UtcTime now);
  /// The first approval is noted; the second, by somebody else, activates and retires the version
  /// that was active. kRefused: not in shadow, in shadow for less than `shadow_min`, or the same
  /// person again. kNotFound: never proposed.
  core::Result<std::vector<ReleaseEvent>> approve(ReleaseKind kind, const std::string& id,
                                                  const std::string& person,
                                                  core::Duration shadow_min, core::UtcTime now);
  /// Ends a version that is in shadow. kRefused: it is active (another one must take its place) or
  /// retired.
  core::Result<std::vector<ReleaseEvent>> withdraw(ReleaseKind kind, const std::string& id,
                                                   const std::string& person, core::UtcTime now);

  [[nodiscard]] const Release* active(ReleaseKind kind) const;
  [[nodiscard]] const std::vector<Release>& releases() const { return releases_; }

 private:
  Release* find(ReleaseKind kind, std::string_view id);
  std::vector<Release> releases_;
};

}  // namespace portcullis::customs
