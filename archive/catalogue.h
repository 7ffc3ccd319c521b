#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/scan_file.h"
#include "core/decisions.h"
#include "core/records.h"
#include "core/result.h"
#include "core/scan.h"

namespace portcullis::archive {

/// One record for every scan that began; it ends complete, partial or aborted. And one for each
/// vehicle that came and left without one: aborted, without lines, seal and file.
struct CatalogueScan {
  std::string id;
  std::filesystem::path file;  ///< Empty: no scan was made.
  core::UtcTime started;
  core::UtcTime ended;  ///< 0 while it runs.
  core::ScanOutcome outcome = core::ScanOutcome::kRunning;
  std::string outcome_reason;
  std::string lane;
  bool simulated = false;
  std::string plate;
  std::vector<core::ContainerReading> containers;  ///< Front to rear.
  std::string sha256;                              ///< Of the seal; empty while it runs.
  std::uint64_t lines = 0;
  std::uint64_t lines_lost = 0;
};

/// A declaration bound to a scan.
struct BoundDeclaration {
  std::string store_id;    ///< Of the gateway's store.
  std::string matched_by;  ///< "container", "ucr", "plate"
  core::UtcTime bound;
  core::Declaration declaration;
};

struct CatalogueEvent {
  core::UtcTime utc;
  std::string scan_id;  ///< Empty: of the lane.
  std::string kind, text;
};

/// Event of a scan: when its vehicle came (the event's time) and as which visit (its text: the
/// subject of the arrival's entry in the audit log).
inline constexpr const char* kArrivalEvent = "arrival";
/// Event kind: what a bound declaration said before it was amended.
inline constexpr const char* kDeclarationAmendedEvent = "declaration_amended";
struct CatalogueArrival {
  core::UtcTime at;
  std::string visit;
};

/// Event of a scan: an officer said which of its declarations hold (its text: JSON).
inline constexpr const char* kChoiceEvent = "declaration_chosen";
struct CatalogueChoice {
  core::UtcTime at;
  std::string by;
  std::string chosen;                  ///< store_id; empty: none of those that were in doubt.
  std::vector<std::string> shown;      ///< store_ids of all that the officer was shown.
  std::vector<std::string> set_aside;  ///< store_ids of all that do not hold from then on.
};
/// The text of its event. Pure.
std::string choice_json(const CatalogueChoice& choice);

/// Everything kept about one scan.
struct CatalogueCase {
  CatalogueScan scan;
  std::vector<BoundDeclaration> declarations;            ///< That hold.
  std::vector<BoundDeclaration> declarations_set_aside;  ///< By the last of `choices`.
  /// Came after the last decision: nobody who decided had them before him.
  std::vector<BoundDeclaration> declarations_late;
  std::vector<CatalogueChoice> choices;          ///< In the order they were made.
  std::optional<core::InspectionReport> report;  ///< The newest.
  std::uint32_t report_versions = 0;
  core::UtcTime judged_first;  ///< Its image and findings were there to be read; 0: not yet.
  core::UtcTime judged_last;
  std::optional<CatalogueArrival> arrival;
  std::vector<core::Decision> decisions;  ///< In the order they were made.
  std::vector<CatalogueEvent> events;
};

/// The last decision on each of its containers. Pure.
std::vector<core::ContainerDecision> standing_of(const CatalogueCase& kept);

/// The declarations that held at `at`, by the choices up to then. Pure.
std::vector<BoundDeclaration> declarations_at(const CatalogueCase& kept, core::UtcTime at);

/// Empty fields do not narrow. All given ones must hold.
struct CatalogueQuery {
  std::string id{};
  std::string container{};  ///< Compared normalised (ISO 6346 without blanks and hyphens).
  std::string plate{};      ///< Compared without blanks, hyphens and case.
  std::optional<core::UtcTime> from{};  ///< Started at or after.
  std::optional<core::UtcTime> to{};    ///< Started before.
  std::uint32_t limit = 100;            ///< 1 to 10,000.
};

/// As an officer looks for a case. Empty fields do not narrow. All given ones must hold.
struct CatalogueSearch {
  /// Somewhere in the number of a container, the plate, the id or a reference (MRN, LRN, UCR) of a
  /// declaration; ASCII in any case, numbers and plates without blanks and hyphens.
  std::string text{};
  /// "undecided" (one of its containers is), "decided", or the kind of the decision that stands for
  /// one of them.
  std::string state{};
  std::string finding{};                ///< Kind of a finding of the newest report.
  std::optional<core::UtcTime> from{};  ///< Started at or after.
  std::optional<core::UtcTime> to{};    ///< Started before.
  std::uint32_t limit = 50;             ///< 1 to 10,000.
};
/// Of the scans of the time that is asked for, only so many of the newest are looked at.
inline constexpr std::int64_t kCatalogueLookedAt = 20'000;
struct CatalogueFound {
  std::vector<CatalogueScan> scans;  ///< Newest first.
  bool more = false;                 ///< There are others beyond the limit.
  bool older_left_out = false;       ///< There are scans that were not looked at.
};

/// Events of the lane itself. Empty fields do not narrow. All given ones must hold.
struct CatalogueEventQuery {
  std::string kind_prefix{};
  std::string text{};  ///< Somewhere in the event's words or kind; ASCII in any case.
  std::optional<core::UtcTime> from{};  ///< At or after.
  std::optional<core::UtcTime> to{};    ///< Before.
  std::uint32_t limit = 100;            ///< 1 to 10,000.
};

/// The lane's records in one SQLite file. Every call is one transaction, on the disk when it
/// returns, and harmless when it is made twice.
///
/// Errors: kIo, kCorrupt, kUnavailable (another process holds the write lock for more than 5 s);
/// kNotFound for a scan id that was never begun; kRefused where a record would be contradicted.
/// Threading: thread-safe; calls take one lock.
class Catalogue final {
 public:
  /// What open_for_lane() found running and closed.
  struct Recovered {
    std::string scan_id;
    std::string outcome_reason;
    std::uint64_t lines = 0;
    bool file_ok = false;  ///< False: the record says why the file could not be recovered.
  };

  /// For the lane that owns the file: makes it where it does not exist. A record left running by a
  /// process that is gone is closed as partial, after its scan file was recovered and sealed. So is
  /// a scan of the folder `scans` whose file was begun and whose record was not: the process ended
  /// between the two.
  static core::Result<Catalogue> open_for_lane(const std::filesystem::path& path, core::UtcTime now,
                                               std::vector<Recovered>* recovered = nullptr,
                                               const std::filesystem::path& scans = {});
  /// For looking: changes nothing, also beside a running lane. The adding calls give kRefused.
  static core::Result<Catalogue> open_to_read(const std::filesystem::path& path);
  Catalogue(Catalogue&&) noexcept;
  Catalogue& operator=(Catalogue&&) noexcept;
  ~Catalogue();

  core::Status begin_scan(const core::ScanMeta& meta, const std::filesystem::path& file);
  /// A vehicle that left at `left` without a scan, and why; meta.started is when it came.
  core::Status add_unscanned(const core::ScanMeta& meta, std::string_view reason,
                             core::UtcTime left);
  /// Identity that became known after the scan began replaces the earlier one.
  core::Status set_identity(std::string_view scan_id, const core::VehicleIdentity& identity);
  /// kRefused where the scan ended otherwise before; the same end again is success.
  core::Status end_scan(std::string_view scan_id, core::ScanOutcome outcome,
                        std::string_view reason, core::UtcTime ended, const SealInfo& seal);
  core::Status bind_declaration(std::string_view scan_id, std::string_view store_id,
                                std::string_view matched_by, const core::Declaration& declaration,
                                core::UtcTime now);
  /// What a bound declaration says now. What it said before is kept as an event of the scan, kind
  /// kDeclarationAmendedEvent: JSON with "id" and "before". kNotFound where it is not bound.
  core::Status amend_declaration(std::string_view scan_id, std::string_view store_id,
                                 const core::Declaration& declaration, core::UtcTime now);
  /// A new version, unless it is the same document as the newest.
  core::Status add_report(const core::InspectionReport& report, core::UtcTime now);
  /// `key` makes it idempotent; kRefused where the key belongs to another decision.
  core::Status add_decision(std::string_view key, const core::Decision& decision);
  core::Status add_event(std::string_view scan_id, std::string_view kind, std::string_view text,
                         core::UtcTime now);

  /// Newest first.
  core::Result<std::vector<CatalogueScan>> find(const CatalogueQuery& query);
  core::Result<CatalogueFound> search(const CatalogueSearch& search);
  core::Result<CatalogueCase> show(std::string_view scan_id);
  /// Newest first; only events of no scan.
  core::Result<std::vector<CatalogueEvent>> find_events(const CatalogueEventQuery& query);

  struct CheckResult {
    std::uint64_t scans = 0;
    std::uint64_t files_checked = 0;
    std::vector<std::string> problems;  ///< One sentence each; empty: all is well.
  };
  /// The database's integrity, every record's sense, and every scan's file: there, sealed with the
  /// recorded hash (`seals`: computed again, which reads every file).
  core::Result<CheckResult> check(bool seals);

 private:
  struct State;
  explicit Catalogue(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace portcullis::archive
