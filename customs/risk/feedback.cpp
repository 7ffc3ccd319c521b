#include "customs/risk/feedback.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <string_view>

#include "core/files.h"
#include "core/wilson.h"

namespace portcullis::customs {

namespace {

constexpr std::size_t kCasesBytesMax = 2'000'000'000;
constexpr std::size_t kScoreBands = 10;

/// Sums of one line of the report.
struct RateSums {
  std::uint64_t cases = 0, inspected = 0, hits = 0;
  double weight = 0, hit_weight = 0;

  void add(std::optional<bool> outcome, std::optional<double> probability) {
    ++cases;
    if (!outcome || !probability) return;
    ++inspected;
    hits += *outcome ? 1U : 0U;
    weight += 1 / *probability;
    hit_weight += *outcome ? 1 / *probability : 0;
  }
  [[nodiscard]] HitRate rate(std::string of) const {
    HitRate rate{std::move(of), cases, inspected, hits, 0, 0, 1, 0};
    if (inspected == 0) return rate;
    rate.share = static_cast<double>(hits) / static_cast<double>(inspected);
    rate.weighted_share = hit_weight / weight;
    const auto interval = core::wilson_interval(hits, inspected);
    rate.interval_low = interval.low;
    rate.interval_high = interval.high;
    return rate;
  }
};

bool is_selected(Channel channel) {
  return channel >= Channel::kYellow;
}

core::UtcTime selection_time(const Case& c) {
  if (c.times.selected) return *c.times.selected;
  if (c.times.lodged) return *c.times.lodged;
  return c.declarations.empty() ? core::UtcTime{} : c.declarations.front().received;
}

/// The case as it was when it was selected.
Case before_selection(const Case& c) {
  Case past = c;
  past.selection.reset();
  past.scan_ids.clear();
  past.bindings.clear();
  past.findings.clear();
  past.checks.clear();
  past.radiation.reset();
  past.decisions.clear();
  past.control_result.reset();
  past.inspection.reset();
  const auto& t = c.times;
  past.times = {};
  past.times.arrival = t.arrival;
  past.times.lodged = t.lodged;
  return past;
}

}  // namespace

std::optional<bool> inspection_outcome(const Case& customs_case) {
  if (!customs_case.inspection) return std::nullopt;
  if (customs_case.inspection->outcome == "as declared") return false;
  if (customs_case.inspection->outcome == "differs") return true;
  return std::nullopt;
}

Feedback hit_rates(std::span<const Case> cases) {
  Feedback feedback;
  RateSums all, random;
  std::array<RateSums, kScoreBands> bands;
  std::map<std::string, RateSums> rules, shadow_rules;
  static const Selection not_selected;
  for (const auto& c : cases) {
    const auto outcome = inspection_outcome(c);
    if (c.inspection && !c.inspection->outcome.empty() && !outcome) ++feedback.outcome_unread;
    const auto& s = c.selection ? *c.selection : not_selected;
    auto probability = s.probability;
    if (probability && !(*probability > 0 && *probability <= 1)) probability.reset();
    if (outcome && !probability) ++feedback.without_probability;
    all.add(outcome, probability);
    if (s.random) random.add(outcome, probability);
    if (s.score) {
      const auto band = static_cast<std::size_t>(std::clamp(*s.score, 0.0, 1.0) * kScoreBands);
      bands[std::min(band, kScoreBands - 1)].add(outcome, probability);
    }
    for (const auto& id : s.rules) rules[id].add(outcome, probability);
    for (const auto& id : s.shadow_rules) shadow_rules[id].add(outcome, probability);
  }
  feedback.rates.push_back(all.rate("all"));
  feedback.rates.push_back(random.rate("random"));
  for (std::size_t i = 0; i < kScoreBands; ++i) {
    if (bands[i].cases == 0) continue;
    feedback.rates.push_back(
        bands[i].rate(fmt::format("score {:.1f} to {:.1f}", static_cast<double>(i) / kScoreBands,
                                  static_cast<double>(i + 1) / kScoreBands)));
  }
  for (const auto& [id, sums] : rules) feedback.rates.push_back(sums.rate("rule " + id));
  for (const auto& [id, sums] : shadow_rules)
    feedback.rates.push_back(sums.rate("shadow rule " + id));
  return feedback;
}

core::Result<std::vector<Case>> read_cases(const std::filesystem::path& path) {
  PC_TRY(const auto text, core::read_file(path, kCasesBytesMax));
  std::vector<Case> cases;
  std::string_view rest = text;
  for (std::size_t line = 1; !rest.empty(); ++line) {
    const auto end = std::min(rest.find('\n'), rest.size());
    const auto one = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (one.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const auto where = fmt::format("{}: line {}", path.string(), line);
    const auto json = nlohmann::json::parse(one, nullptr, false);
    if (json.is_discarded())
      return core::Error{core::ErrorCode::kInvalidInput, where + ": is not JSON"};
    auto read = case_from_json(json);
    if (!read.ok()) return read.error().with_context(where);
    cases.push_back(std::move(read).value());
  }
  return cases;
}

DryRun dry_run(std::span<const Case> cases, const Selector& before, const Selector& after) {
  constexpr double kNotDrawn = 1;
  DryRun run;
  std::map<std::string, std::size_t> place;
  for (const auto& rule : after.rules->rules) {
    place[rule.id] = run.rules.size();
    run.rules.push_back({rule.id, rule.shadow});
  }
  for (const auto& c : cases) {
    ++run.cases;
    const auto outcome = inspection_outcome(c);
    const auto past = before_selection(c);
    const auto now = selection_time(c);
    const auto old = select(past, before, kNotDrawn, now).selection;
    const auto changed = select(past, after, kNotDrawn, now).selection;
    const bool hit = outcome.value_or(false);
    run.selected_before += is_selected(old.channel) ? 1U : 0U;
    run.selected_after += is_selected(changed.channel) ? 1U : 0U;
    run.hits_before += is_selected(old.channel) && hit ? 1U : 0U;
    run.hits_after += is_selected(changed.channel) && hit ? 1U : 0U;
    if (old.channel != changed.channel)
      run.changes.push_back({case_name(c), old.channel, changed.channel, outcome});
    const auto speaking = changed.rules.size() + changed.shadow_rules.size();
    for (const auto* ids : {&changed.rules, &changed.shadow_rules}) {
      for (const auto& id : *ids) {
        auto& rule = run.rules[place[id]];
        ++rule.cases;
        rule.alone += speaking == 1 ? 1U : 0U;
        rule.inspected += outcome ? 1U : 0U;
        rule.hits += hit ? 1U : 0U;
      }
    }
  }
  return run;
}

}  // namespace portcullis::customs
