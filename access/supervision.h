#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "access/reading.h"
#include "core/records.h"
#include "core/time.h"

/// What a supervisor is shown of the days behind: load, times, rates, what is missing. Pure: the
/// lane hands in the records of its cases.
///
/// Only what a physical inspection found counts as truth; what nobody examined counts neither way,
/// and what an analyst agreed to or rejected is no truth at all.
namespace portcullis::access {

/// Reason code of a vehicle that was read as release and drawn at random to be opened.
inline constexpr const char* kDrawnToOpen = "drawn_to_open";
/// The lane's own name as the officer of a decision: it holds a vehicle when time runs out.
inline constexpr const char* kLaneOfficer = "lane";

/// "The image is unfit": a ticket for maintenance.
struct ImageComplaint {
  std::string ticket;  ///< Empty: none.
  std::string case_id;
  std::string cause;  ///< One of image_complaint_causes().
  std::string text;   ///< In the officer's words; may be empty.
  std::string by;
  core::UtcTime at;
  std::string done_by, done_text;  ///< Who closed it, and with which words; empty: it is open.
};
std::span<const char* const> image_complaint_causes();

/// What is kept of one case, as far as it counts here.
struct CaseRecord {
  std::string case_id;
  std::vector<core::Decision> opinions;   ///< First readers', that waited for another's.
  std::vector<core::Decision> decisions;  ///< In order; the last on each container stands.
  std::vector<core::FindingKind> findings;
  std::vector<std::string> checks;  ///< Names of those that differed.
  /// One for each finding, then one for the rest; empty: nothing is recorded.
  std::vector<InspectionOutcome> outcomes;
  std::vector<ImageComplaint> complaints;
  std::vector<std::string> rules;   ///< Ids of the customs rules that selected it.
  bool selected_at_random = false;  ///< By customs; the lane's own draw is a reason of a decision.
  std::vector<std::string> containers{};  ///< The vehicle's.
  /// Read before the findings appeared: whether its first reader saw something then.
  std::optional<bool> first_look{};
};
/// A case that waits for its decision now.
struct WaitingCase {
  std::string case_id, plate, reader;  ///< `reader` empty: nobody reads it.
  core::UtcTime since;                 ///< ns 0: not known.
};

/// `hits` of `count`; the interval is core::wilson_interval()'s. False alarms are the rest.
struct HitRate {
  std::string name;
  std::uint32_t hits = 0, count = 0;
};
struct ReaderFigures {
  std::string name;
  std::uint32_t readings = 0;
  double median_time_on_image_s = 0;
  double p90_time_on_image_s = 0;
  std::uint32_t overridden = 0;  ///< Decisions of his that another replaced.
};
struct Supervision {
  std::uint32_t queue = 0;
  double oldest_s = 0;
  std::vector<WaitingCase> waiting;  ///< The one that waits longest first.
  std::vector<ReaderFigures> readers;
  std::vector<HitRate> finders;  ///< Something was found where the finder pointed.
  std::vector<HitRate> checks;   ///< Something was found where this check differed.
  std::vector<HitRate> reasons;  ///< Something was found in what was sent for this reason.
  std::vector<HitRate> rules;    ///< Something was found in what this customs rule selected.
  /// "open": of what was opened because it was drawn. The only rate without a choice in it: the
  /// share of what was read as release and held something all the same. "selected": of what customs
  /// had selected at random. "first_reader" and "first_machine": of what was read before the
  /// findings appeared and held something, what its first reader saw, and where the machine had a
  /// finding; only where there is any.
  std::vector<HitRate> drawn;
  std::vector<std::string> overrides;         ///< Cases.
  std::vector<std::string> outcomes_missing;  ///< Cases that were sent to inspection.
  std::vector<ImageComplaint> complaints;     ///< Newest first.
  /// Scans that began before are left out of the figures, as there are more than can be counted;
  /// ns 0: none is.
  core::UtcTime counted_from;
};

/// A quantile as the nearest rank (the smallest value that at least `share` of all do not exceed);
/// 0 of nothing. Median: share 0.5.
double nearest_rank(std::vector<double> values, double share);

Supervision supervise_cases(std::span<const CaseRecord> records, std::vector<WaitingCase> waiting,
                            core::UtcTime now);

}  // namespace portcullis::access
