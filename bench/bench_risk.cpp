// The learnt score: declared items scored a second, by a model of the depth and number of trees
// that the product trains, on all cores; and whole cases selected a second by one core.
#include <benchmark/benchmark.h>

#include <array>
#include <cmath>
#include <random>
#include <string>

#include "customs/risk/risk_model.h"
#include "customs/risk/risk_table.h"
#include "customs/risk/rules.h"
#include "customs/risk/select.h"
#include "customs/risk/training/train.h"

namespace portcullis {
namespace {

constexpr int kTrainingRows = 20'000;
constexpr int kScoredRows = 200'000;
constexpr int kDays = 180;

/// Items of so many parties, goods and places that each key of the history has many values; one in
/// five is not as declared, more often from some origins.
customs::RiskTable made_up_items(std::uint64_t seed, int rows) {
  std::mt19937_64 random(seed);
  const auto below = [&](std::uint64_t count) { return random() % count; };
  constexpr std::array<std::uint64_t, customs::kRiskTextCount> kValues = {
      40, 3, 10, 20, 10, 5, 500, 5'000, 5'000, 50, 1'500, 80, 80, 10, 5};
  customs::RiskTable table;
  for (int i = 0; i < rows; ++i) {
    auto& row = table.rows.emplace_back();
    row.day = 18'000 + static_cast<int>(static_cast<std::int64_t>(kDays) * i / rows);
    for (std::size_t k = 0; k < kValues.size(); ++k)
      row.texts[k] = static_cast<char>('A' + k) + std::to_string(below(kValues[k]));
    row.number(customs::RiskNumber::kTaxRate) = static_cast<double>(below(20));
    row.number(customs::RiskNumber::kNetMassKg) = static_cast<double>(1 + below(20'000));
    row.number(customs::RiskNumber::kItemPrice) = static_cast<double>(1 + below(100'000));
    const bool often = row.text(customs::RiskText::kOriginCountry).size() < 3;
    table.labels.push_back(below(100) < (often ? 60U : 15U) ? 1 : 0);
  }
  return table;
}

const customs::RiskModel& trained_model() {
  static const auto model = customs::train_risk_model(made_up_items(1, kTrainingRows), "label", {});
  return model.value();
}

void risk_scores(benchmark::State& state) {
  const auto& model = trained_model();
  const auto items = made_up_items(2, kScoredRows);
  for (auto _ : state) benchmark::DoNotOptimize(model.score(items.rows));
  state.SetItemsProcessed(state.iterations() * kScoredRows);
}
BENCHMARK(risk_scores)->Unit(benchmark::kMillisecond)->UseRealTime();

/// A case of three items by ten rules and the score, as the gateway selects it.
void risk_selections(benchmark::State& state) {
  customs::RiskRules rules;
  rules.limits = {30, 60, 0.5, 0.9, 0.02, customs::Channel::kYellow};
  for (int i = 0; i < 10; ++i) {
    customs::RiskRule rule;
    rule.id = "rule-" + std::to_string(i);
    rule.valid_to = 1'000'000;
    rule.each = "declarations.items";
    rule.weight = 5;
    customs::RuleCondition code{"hs_code", customs::RuleCondition::Test::kStartsWith, {}, 0, {}};
    code.texts = {std::to_string(2'400 + i)};
    customs::RuleCondition heavy{"net_mass_kg", customs::RuleCondition::Test::kAbove, {}, 100, {}};
    rule.conditions = {code, heavy};
    rules.rules.push_back(rule);
  }
  core::Declaration declaration;
  declaration.declarant = "G7";
  declaration.origin_country = "DE";
  for (int i = 1; i <= 3; ++i) {
    core::DeclaredItem item;
    item.number = i;
    item.hs_code = "240" + std::to_string(i) + "10";
    item.net_mass_kg = 500.0 * i;
    declaration.items.push_back(item);
  }
  const auto one = customs::case_of(declaration);
  customs::Selector selector;
  selector.rules = &rules;
  selector.model = &trained_model();
  selector.model_in_shadow = false;
  for (auto _ : state)
    benchmark::DoNotOptimize(customs::select(one, selector, 0.5, {1'767'225'600'000'000'000}));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(risk_selections)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace portcullis

BENCHMARK_MAIN();
