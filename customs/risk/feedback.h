#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/result.h"
#include "customs/model/case.h"
#include "customs/risk/select.h"

/// What became of cases that were selected. Only a physical inspection's outcome is truth: what an
/// analyst thought of an image is never read here.
namespace portcullis::customs {

/// False for "as declared", true for "differs"; nothing where no inspection took place or its
/// outcome is another word (which is then counted as unread, not guessed).
std::optional<bool> inspection_outcome(const Case& customs_case);

/// How often what was opened was not as declared.
struct HitRate {
  std::string of;           ///< "all", "random", "score 0.9 to 1.0", "rule ID", "shadow rule ID"
  std::uint64_t cases = 0;  ///< That it spoke for.
  std::uint64_t inspected = 0;  ///< Of them, with an outcome and a selection probability.
  std::uint64_t hits = 0;
  double share = 0;                            ///< hits / inspected; 0 where none was.
  double interval_low = 0, interval_high = 1;  ///< Wilson's 95 % interval.
  /// The same over all arrivals: each inspected case stands for 1 / p (Horvitz and Thompson).
  double weighted_share = 0;
};
struct Feedback {
  std::vector<HitRate> rates;
  std::uint64_t without_probability = 0;  ///< Inspected, but nothing says how it was selected.
  std::uint64_t outcome_unread = 0;       ///< Inspected, with an outcome that is no known word.
};
Feedback hit_rates(std::span<const Case> cases);

/// Cases in a file, one JSON document (customs/model/case.h) a line. Fails with kNotFound, kIo, or
/// kInvalidInput "FILE: line N: key: why".
core::Result<std::vector<Case>> read_cases(const std::filesystem::path& path);

/// What another selector would have done to past cases. Nothing is drawn, and the customs system's
/// own channel is left out: what either selects is by rules and score alone.
struct DryRun {
  struct Rule {
    std::string id;
    bool shadow = false;
    std::uint64_t cases = 0, inspected = 0, hits = 0;
    std::uint64_t alone = 0;  ///< Cases that only this rule speaks for.
  };
  struct Change {
    std::string case_id;
    Channel before = Channel::kGreen, after = Channel::kGreen;
    std::optional<bool> outcome;
  };
  std::uint64_t cases = 0;
  std::uint64_t selected_before = 0, selected_after = 0;  ///< Yellow or red.
  std::uint64_t hits_before = 0, hits_after = 0;          ///< Known hits among them.
  std::vector<Rule> rules;                                ///< Of the new rules, in their order.
  std::vector<Change> changes;                            ///< In the order of the cases.
};
/// Each case is judged as of its selection (times.selected, else times.lodged, else the
/// declaration's receipt), by what was known then: its scans, findings, decisions, control result
/// and inspection are taken away first. Pure.
DryRun dry_run(std::span<const Case> cases, const Selector& before, const Selector& after);

}  // namespace portcullis::customs
