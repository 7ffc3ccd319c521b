#include <cmath>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "apps/portcullis/command.h"
#include "apps/report_error.h"
#include "core/time.h"
#include "customs/risk/feedback.h"
#include "customs/risk/pairs.h"
#include "customs/risk/risk_site.h"
#include "customs/risk/select.h"

namespace portcullis::apps {

namespace {

struct RiskRulesOptions {
  std::string site, rules, rules_before, model, tariff, cases, at;
  std::optional<double> draw;
  std::uint64_t cases_min = 10;
  bool json = false;
};

void print_rules_json(const nlohmann::json& document) {
  std::printf("%s\n",
              document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
}

core::Result<customs::RiskSite> load_selector(const RiskRulesOptions& options) {
  if (options.rules.empty() == options.site.empty())
    return core::Error{core::ErrorCode::kInvalidInput, "give either --site or --rules"};
  if (!options.site.empty()) return customs::load_risk_site(options.site);
  customs::RiskSite loaded;
  PC_TRY(loaded.rules, customs::load_risk_rules(options.rules));
  if (!options.model.empty()) {
    PC_TRY(loaded.model, customs::RiskModel::load(options.model));
    loaded.model_in_shadow = false;
  }
  if (!options.tariff.empty()) {
    PC_TRY(loaded.tariff, customs::Tariff::load(options.tariff));
  }
  return loaded;
}

nlohmann::json selected_json(const customs::Case& c, const customs::SelectionResult& result) {
  auto with_selection = c;
  with_selection.selection = result.selection;
  auto reasons = nlohmann::json::array();
  for (const auto& reason : result.reasons)
    reasons.push_back(
        {{"input", reason.input}, {"value", reason.value}, {"contribution", reason.contribution}});
  return {{"case", customs::case_name(c)},
          {"selection", customs::to_json(with_selection)["selection"]},
          {"shadow_channel", customs::channel_name(result.shadow_channel)},
          {"score_reasons", std::move(reasons)}};
}

/// Duties and taxes of what is declared; nothing for an item whose value or mass is not.
nlohmann::json dues_json(const customs::Case& c, const customs::Tariff& tariff, std::int32_t day) {
  auto dues = nlohmann::json::array();
  const auto rows = customs::risk_rows(c, nullptr, day);
  std::size_t at = 0;  // Of the rows: one for each item, in their order.
  for (const auto& declaration : c.declarations) {
    for (const auto& item : declaration.items) {
      const auto& row = rows[at++];
      const double value = row.number(customs::RiskNumber::kItemPrice);
      const double mass_kg = row.number(customs::RiskNumber::kNetMassKg);
      if (std::isnan(value) || std::isnan(mass_kg)) continue;
      for (const auto& due : tariff.due(item.hs_code, value, mass_kg, day))
        dues.push_back({{"item", item.number},
                        {"hs_code", item.hs_code},
                        {"tax", due.tax},
                        {"amount", due.amount}});
    }
  }
  return dues;
}

core::Result<core::UtcTime> time_of(const RiskRulesOptions& options) {
  if (options.at.empty()) return core::SystemClock().utc_now();
  auto time = core::parse_iso8601(options.at);
  if (!time.ok()) return time.error().with_context("--at");
  return time;
}

int run_risk_select(const RiskRulesOptions& options) {
  const auto loaded = load_selector(options);
  if (!loaded.ok()) return report_error(loaded.error());
  const auto cases = customs::read_cases(options.cases);
  if (!cases.ok()) return report_error(cases.error());
  const auto now = time_of(options);
  if (!now.ok()) return report_error(now.error());
  auto list = nlohmann::json::array();
  for (const auto& c : *cases) {
    const auto result = customs::select(c, loaded->selector(), options.draw, *now);
    auto entry = selected_json(c, result);
    if (loaded->tariff)
      entry["declared_dues"] = dues_json(c, *loaded->tariff, customs::day_of(*now));
    list.push_back(std::move(entry));
    if (options.json) continue;
    std::printf("%s: %s, %s\n", customs::case_name(c).c_str(),
                std::string(customs::channel_name(result.selection.channel)).c_str(),
                result.selection.reason.empty() ? "nothing speaks for a check"
                                                : result.selection.reason.c_str());
  }
  if (options.json) print_rules_json({{"rules", loaded->rules.id}, {"cases", std::move(list)}});
  return 0;
}

nlohmann::json dry_run_json(const customs::DryRun& run) {
  auto rules = nlohmann::json::array();
  for (const auto& rule : run.rules)
    rules.push_back({{"id", rule.id},
                     {"shadow", rule.shadow},
                     {"cases", rule.cases},
                     {"alone", rule.alone},
                     {"inspected", rule.inspected},
                     {"hits", rule.hits}});
  auto changes = nlohmann::json::array();
  for (const auto& change : run.changes)
    changes.push_back(
        {{"case", change.case_id},
         {"before", customs::channel_name(change.before)},
         {"after", customs::channel_name(change.after)},
         {"hit", change.outcome ? nlohmann::json(*change.outcome) : nlohmann::json(nullptr)}});
  return {{"cases", run.cases},
          {"selected_before", run.selected_before},
          {"selected_after", run.selected_after},
          {"hits_before", run.hits_before},
          {"hits_after", run.hits_after},
          {"rules", std::move(rules)},
          {"changes", std::move(changes)}};
}

int run_risk_dry_run(const RiskRulesOptions& options) {
  const auto loaded = load_selector(options);
  if (!loaded.ok()) return report_error(loaded.error());
  const auto before = customs::load_risk_rules(options.rules_before);
  if (!before.ok()) return report_error(before.error());
  const auto cases = customs::read_cases(options.cases);
  if (!cases.ok()) return report_error(cases.error());
  auto old = loaded->selector();
  old.rules = &*before;
  const auto run = customs::dry_run(*cases, old, loaded->selector());
  if (options.json) {
    print_rules_json(dry_run_json(run));
    return 0;
  }
  const auto number = [](std::uint64_t n) { return static_cast<unsigned long long>(n); };
  std::printf(
      "%llu cases: %llu selected before, %llu after; of the goods known not to be as "
      "declared %llu before, %llu after\n",
      number(run.cases), number(run.selected_before), number(run.selected_after),
      number(run.hits_before), number(run.hits_after));
  for (const auto& rule : run.rules)
    std::printf("  rule %s%s: %llu cases, %llu of them by it alone, %llu inspected, %llu hits\n",
                rule.id.c_str(), rule.shadow ? " (shadow)" : "", number(rule.cases),
                number(rule.alone), number(rule.inspected), number(rule.hits));
  for (const auto& change : run.changes)
    std::printf("  case %s: %s -> %s%s\n", change.case_id.c_str(),
                std::string(customs::channel_name(change.before)).c_str(),
                std::string(customs::channel_name(change.after)).c_str(),
                !change.outcome   ? ""
                : *change.outcome ? ", was not as declared"
                                  : ", was as declared");
  return 0;
}

int run_risk_hit_rates(const RiskRulesOptions& options) {
  const auto cases = customs::read_cases(options.cases);
  if (!cases.ok()) return report_error(cases.error());
  const auto feedback = customs::hit_rates(*cases);
  auto rates = nlohmann::json::array();
  for (const auto& rate : feedback.rates) {
    rates.push_back({{"of", rate.of},
                     {"cases", rate.cases},
                     {"inspected", rate.inspected},
                     {"hits", rate.hits},
                     {"share", rate.share},
                     {"share_interval", {rate.interval_low, rate.interval_high}},
                     {"weighted_share", rate.weighted_share}});
    if (options.json) continue;
    std::printf(
        "%s: %llu cases, %llu inspected, %llu hits: %.3f (95 %%: %.3f to %.3f), of all "
        "arrivals %.3f\n",
        rate.of.c_str(), static_cast<unsigned long long>(rate.cases),
        static_cast<unsigned long long>(rate.inspected), static_cast<unsigned long long>(rate.hits),
        rate.share, rate.interval_low, rate.interval_high, rate.weighted_share);
  }
  if (options.json)
    print_rules_json({{"rates", std::move(rates)},
                      {"without_probability", feedback.without_probability},
                      {"outcome_unread", feedback.outcome_unread}});
  return 0;
}

int run_risk_pairs(const RiskRulesOptions& options) {
  const auto cases = customs::read_cases(options.cases);
  if (!cases.ok()) return report_error(cases.error());
  auto list = nlohmann::json::array();
  for (const auto& pair : customs::decider_pairs(*cases, options.cases_min)) {
    list.push_back({{"declarant", pair.declarant},
                    {"officer", pair.officer},
                    {"cases", pair.cases},
                    {"released", pair.released},
                    {"declarant_cases", pair.declarant_cases},
                    {"declarant_released", pair.declarant_released},
                    {"officer_cases", pair.officer_cases},
                    {"released_and_differed", pair.released_and_differed},
                    {"release_chance", pair.release_chance},
                    {"meeting_chance", pair.meeting_chance},
                    {"watched", pair.watched}});
    if (options.json) continue;
    const auto number = [](std::uint64_t n) { return static_cast<unsigned long long>(n); };
    std::printf(
        "%s%s decided by %s: %llu of %llu cases, %llu released (of all his %llu), %llu of them "
        "opened and not as declared; by chance so many releases %.2g, so many cases %.2g\n",
        pair.watched ? "WATCH " : "", pair.declarant.c_str(), pair.officer.c_str(),
        number(pair.cases), number(pair.declarant_cases), number(pair.released),
        number(pair.declarant_released), number(pair.released_and_differed), pair.release_chance,
        pair.meeting_chance);
  }
  if (options.json) print_rules_json({{"pairs", std::move(list)}});
  return 0;
}

}  // namespace

void add_risk_rules(Command risk, int& exit_code) {
  auto options = std::make_shared<RiskRulesOptions>();
  const auto json_flag = [&](Command command) {
    command.add_flag("--json", options->json, "One JSON document on stdout");
  };
  const auto inputs = [&](Command command) {
    command.add_option("--rules", options->rules, "Rules file (TOML)");
    command.add_option("--site", options->site,
                       "In place of files: the folder of what is approved (`risk releases`)");
    command.add_option("--model", options->model, "Model file");
    command.add_option("--tariff", options->tariff, "Tariff table (CSV)");
    command.add_option("cases", options->cases, "Cases, one JSON document a line").required();
    json_flag(command);
  };
  auto select = risk.add_subcommand("select", "Channel, reason and probability of cases");
  inputs(select);
  select.add_option("--draw", options->draw, "The case's number in [0, 1); absent: no draw");
  select.add_option("--at", options->at, "Time, 2026-01-31T08:00:00Z; absent: now");
  select.callback([options, &exit_code] { exit_code = run_risk_select(*options); });
  auto dry_run = risk.add_subcommand("dry-run", "What other rules would do to past cases");
  inputs(dry_run);
  dry_run.add_option("--before", options->rules_before, "The rules as they are").required();
  dry_run.callback([options, &exit_code] { exit_code = run_risk_dry_run(*options); });
  auto rates = risk.add_subcommand("hit-rates", "How often what was opened was not as declared");
  rates.add_option("cases", options->cases, "Cases, one JSON document a line").required();
  json_flag(rates);
  rates.callback([options, &exit_code] { exit_code = run_risk_hit_rates(*options); });
  auto pairs = risk.add_subcommand(
      "pairs", "Which officer decides on whose declarations, and how, beside what chance would do");
  pairs.add_option("cases", options->cases, "Cases with decisions, one JSON document a line")
      .required();
  pairs.add_option("--min", options->cases_min, "Pairs of fewer cases are left out").show_default();
  json_flag(pairs);
  pairs.callback([options, &exit_code] { exit_code = run_risk_pairs(*options); });
}

}  // namespace portcullis::apps
