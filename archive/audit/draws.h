#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/audit/audit_entry.h"
#include "archive/audit/merkle.h"
#include "core/result.h"

/// Random draws that nobody can choose (docs/audit.md, "Random draws").
///
/// For a shift the central office and the auditor each give a share of 32 random bytes; the SHA-256
/// of each is in the log before the first vehicle. A draw for a visit is
/// HMAC-SHA-256(seed, purpose || leaf hash of the visit's arrival entry), with the seed
/// SHA-256("portcullis draw seed v1\n" || the office's share || the auditor's share).
namespace portcullis::archive {

// Types of the entries that draws are made of.
inline constexpr const char* kArrivalEntry = "arrival";
inline constexpr const char* kDrawTermsEntry = "draw_terms";
inline constexpr const char* kDrawCommitEntry = "draw_commit";
inline constexpr const char* kDrawEntry = "draw";
/// The signer did not answer: everything is done to this vehicle.
inline constexpr const char* kDrawMissingEntry = "draw_missing";
inline constexpr const char* kShiftEndEntry = "draw_shift_end";
inline constexpr const char* kDrawRevealEntry = "draw_reveal";

/// Each vehicle is drawn for all six; one entry for each, logged when nobody can gain by knowing.
inline constexpr std::array<const char*, 6> kDrawPurposes = {"scan", "reader", "second",
                                                             "open", "tip",    "first"};
/// For this one a shift need not commit to a rate: nobody was drawn for it before there was one.
inline constexpr const char* kFirstLookPurpose = "first";

TreeHash draw_seed(const TreeHash& office_share, const TreeHash& auditor_share);
TreeHash draw_value(const TreeHash& seed, std::string_view purpose, const TreeHash& arrival_leaf);
/// The value's first 32 bits, seen as a fraction, lie below `rate_ppm` millionths.
[[nodiscard]] bool draw_selects(const TreeHash& value, std::int64_t rate_ppm);
/// 0 to count - 1; count is at least 1.
[[nodiscard]] std::int64_t draw_index(const TreeHash& value, std::int64_t count);

/// What a shift committed to before its first vehicle.
struct DrawTerms {
  std::string shift;
  std::map<std::string, std::int64_t> rate_ppm;  ///< Of scan, second, open, tip, first.
  std::int64_t readers = 1;                      ///< On the rota; `reader` draws one of them.
  std::string rota_sha256;                       ///< Of the rota as published.
  std::string population;                        ///< Who may be drawn, in words.
  core::UtcTime reveal_by;
  static core::Result<DrawTerms> from_entry(const AuditEntry& entry);
  [[nodiscard]] AuditEntry to_entry(core::UtcTime now) const;
};

/// The entry that logs one draw: `value`, and `drawn`: whether, or for `reader` which one.
AuditEntry draw_entry(const DrawTerms& terms, const TreeHash& seed, const std::string& visit,
                      std::uint64_t arrival_index, const TreeHash& arrival_leaf,
                      const std::string& purpose);

/// Follows a log entry by entry and keeps what its draws rest on. What breaks the rules of the page
/// is noted, never fatal. Threading: one thread.
class DrawLedger final {
 public:
  struct Arrival {
    std::uint64_t index = 0;
    std::string visit;
    TreeHash leaf{};
    std::map<std::string, AuditEntry> draws;  ///< By purpose, as logged; kDrawMissingEntry counts.
  };
  struct Shift {
    DrawTerms terms;
    std::map<std::string, TreeHash> commitments;  ///< By party: "office", "auditor".
    std::vector<Arrival> arrivals;
    bool ended = false;
    std::optional<AuditEntry> reveal;
    [[nodiscard]] bool committed() const { return commitments.size() == 2; }
  };
  void take(std::uint64_t index, std::string_view text);

  [[nodiscard]] const std::vector<Shift>& shifts() const { return shifts_; }
  /// The shift that takes arrivals now; null where none does.
  [[nodiscard]] const Shift* open_shift() const;
  [[nodiscard]] const Shift* find_shift(std::string_view name) const;
  [[nodiscard]] const std::vector<std::string>& problems() const { return problems_; }

 private:
  Shift* shift_of(std::uint64_t index, const AuditEntry& entry);
  void take_terms(std::uint64_t index, const AuditEntry& entry);
  void take_commit(std::uint64_t index, const AuditEntry& entry);
  void take_draw(std::uint64_t index, const AuditEntry& entry);
  void problem(std::uint64_t index, std::string_view what);

  std::vector<Shift> shifts_;
  std::map<std::uint64_t, std::pair<std::size_t, std::size_t>> arrivals_;  // index to shift, place
  std::vector<std::string> problems_;
};

/// Every draw of a log made again.
struct DrawCheck {
  std::uint64_t shifts = 0, arrivals = 0;
  std::uint64_t recomputed = 0;      ///< Draws that are as the revealed shares make them.
  std::uint64_t without_signer = 0;  ///< Draws not made, where it was done anyway.
  std::uint64_t not_revealed = 0;    ///< Draws of shifts whose shares are not due yet.
  std::vector<std::string> problems;
};
/// `ledger` has followed the whole log; `now` decides what is late.
DrawCheck check_draws(const DrawLedger& ledger, core::UtcTime now);

}  // namespace portcullis::archive
