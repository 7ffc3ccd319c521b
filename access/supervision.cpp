#include "access/supervision.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "core/decisions.h"

namespace portcullis::access {
namespace {

/// Rates by name, in the order of the names.
class Rates {
 public:
  void add(const std::string& name, bool hit) {
    HitRate& rate = rates_[name];
    ++rate.count;
    if (hit) ++rate.hits;
  }
  [[nodiscard]] std::vector<HitRate> take() {
    std::vector<HitRate> list;
    for (auto& [name, rate] : rates_) {
      rate.name = name;
      list.push_back(std::move(rate));
    }
    return list;
  }

 private:
  std::map<std::string, HitRate> rates_;
};

struct ReaderSums {
  std::vector<double> times_s;
  std::uint32_t overridden = 0;
};

/// Whether anything was found; nothing where nobody examined any of it.
std::optional<bool> found_anything(const std::vector<InspectionOutcome>& outcomes) {
  std::optional<bool> found;
  for (const auto& one : outcomes) {
    if (one.result != OutcomeResult::kNotExamined)
      found = found.value_or(false) || one.result == OutcomeResult::kFound;
  }
  return found;
}

/// A hold that its own reader ends overrides nobody, nor does what follows the lane's own hold.
bool overrides(const core::Decision& before, const core::Decision& after) {
  return before.officer != after.officer && before.officer != kLaneOfficer &&
         after.officer != kLaneOfficer;
}

using StandingReason = std::pair<core::DecisionKind, std::string>;

bool is_inspection(const StandingReason& one) {
  return one.first == core::DecisionKind::kPhysicalInspection;
}

/// Each once, of the decisions on the vehicle or its containers that stand.
std::set<StandingReason> reasons_that_stand(const CaseRecord& record) {
  std::set<StandingReason> reasons;
  for (const auto& one : core::standing_decisions(record.decisions, record.containers))
    if (one.decision) reasons.emplace(one.decision->kind, one.decision->reason_code);
  return reasons;
}

void count_reading(const core::Decision& made, std::map<std::string, ReaderSums>& readers) {
  if (made.officer == kLaneOfficer) return;
  readers[made.officer].times_s.push_back(static_cast<double>(made.time_on_image_ms) * 1e-3);
}

}  // namespace

std::span<const char* const> image_complaint_causes() {
  static constexpr std::array<const char*, 6> kCauses = {"stripes", "part_missing",  "blurred",
                                                         "noisy",   "wrong_colours", "other"};
  return kCauses;
}

double nearest_rank(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(std::max<std::size_t>(rank, 1) - 1);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

Supervision supervise_cases(std::span<const CaseRecord> records, std::vector<WaitingCase> waiting,
                            core::UtcTime now) {
  Supervision result;
  std::map<std::string, ReaderSums> readers;
  Rates finders, checks, reasons, rules;
  HitRate opened{"open", 0, 0}, selected{"selected", 0, 0};
  HitRate reader_alone{"first_reader", 0, 0}, machine_alone{"first_machine", 0, 0};
  for (const CaseRecord& one : records) {
    for (const auto& opinion : one.opinions) count_reading(opinion, readers);
    bool overridden = false;
    for (std::size_t i = 0; i < one.decisions.size(); ++i) {
      count_reading(one.decisions[i], readers);
      for (const std::size_t before : core::replaced_by(one.decisions, i)) {
        if (!overrides(one.decisions[before], one.decisions[i])) continue;
        ++readers[one.decisions[before].officer].overridden;
        overridden = true;
      }
    }
    if (overridden) result.overrides.push_back(one.case_id);
    result.complaints.insert(result.complaints.end(), one.complaints.begin(), one.complaints.end());
    if (one.decisions.empty()) continue;
    const auto stands = reasons_that_stand(one);
    if (one.outcomes.empty()) {
      if (std::any_of(stands.begin(), stands.end(), is_inspection))
        result.outcomes_missing.push_back(one.case_id);
      continue;
    }
    for (std::size_t i = 0; i < one.findings.size() && i < one.outcomes.size(); ++i) {
      if (one.outcomes[i].result == OutcomeResult::kNotExamined) continue;
      finders.add(std::string(core::finding_kind_name(one.findings[i])),
                  one.outcomes[i].result == OutcomeResult::kFound);
    }
    const auto found = found_anything(one.outcomes);
    if (!found) continue;
    for (const std::string& check : std::set(one.checks.begin(), one.checks.end()))
      checks.add(check, *found);
    for (const std::string& rule : std::set(one.rules.begin(), one.rules.end()))
      rules.add(rule, *found);
    if (one.selected_at_random) {
      ++selected.count;
      if (*found) ++selected.hits;
    }
    if (one.first_look && *found) {
      ++reader_alone.count;
      ++machine_alone.count;
      if (*one.first_look) ++reader_alone.hits;
      if (!one.findings.empty()) ++machine_alone.hits;
    }
    for (const auto& [kind, reason] : stands) {
      // Of two containers what was found is of the one that was sent to inspection.
      if (stands.size() > 1 && kind != core::DecisionKind::kPhysicalInspection) continue;
      if (reason == kDrawnToOpen) {
        ++opened.count;
        if (*found) ++opened.hits;
      } else {
        reasons.add(reason, *found);
      }
    }
  }
  for (auto& [name, sums] : readers) {
    result.readers.push_back({name, static_cast<std::uint32_t>(sums.times_s.size()),
                              nearest_rank(sums.times_s, 0.5), nearest_rank(sums.times_s, 0.9),
                              sums.overridden});
  }
  result.finders = finders.take();
  result.checks = checks.take();
  result.reasons = reasons.take();
  result.rules = rules.take();
  result.drawn = {opened, selected};
  if (reader_alone.count > 0)
    result.drawn.insert(result.drawn.end(), {reader_alone, machine_alone});
  std::stable_sort(result.complaints.begin(), result.complaints.end(),
                   [](const auto& a, const auto& b) { return a.at.ns > b.at.ns; });
  std::stable_sort(waiting.begin(), waiting.end(),
                   [](const auto& a, const auto& b) { return a.since.ns < b.since.ns; });
  result.queue = static_cast<std::uint32_t>(waiting.size());
  for (const WaitingCase& one : waiting) {
    if (one.since.ns == 0) continue;
    result.oldest_s = std::max(result.oldest_s, static_cast<double>(now.ns - one.since.ns) * 1e-9);
  }
  result.waiting = std::move(waiting);
  return result;
}

}  // namespace portcullis::access
