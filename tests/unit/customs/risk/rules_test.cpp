#include "customs/risk/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "customs/risk/case_fields.h"
#include "customs/risk/feedback.h"
#include "customs/risk/releases.h"
#include "customs/risk/risk_site.h"
#include "customs/risk/select.h"
#include "customs/risk/tariff.h"
#include "customs/risk/training/train.h"
#include "tests/unit/customs/risk/risk_samples.h"

namespace portcullis::customs {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr core::UtcTime kNow{1'767'225'660'500'000'000};  // 2026-01-01T00:01:00.5Z

constexpr const char* kSelection = R"([selection]
yellow_weight = 30
red_weight = 60
yellow_score = 0.5
red_score = 0.9
random_share = 0.1
)";

/// A folder of its own with rules.toml and watched.csv in it.
std::filesystem::path rules_file(const std::string& rules) {
  const char* out = std::getenv("PORTCULLIS_TEST_OUT");
  const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
  const auto folder = std::filesystem::path(out != nullptr ? out : ::testing::TempDir()) /
                      (std::string("risk_rules_") + test->name());
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "watched.csv")
      << "value,reason,valid_from,valid_to\n"
         "  Shady   Trading ,\"case 17, open\",2025-01-01,2026-06-30\n"
         "Old Firm,closed,,2025-12-31\n";
  std::ofstream(folder / "rules.toml") << kSelection << rules;
  return folder / "rules.toml";
}

RiskRules rules_of(const std::string& text) {
  auto rules = load_risk_rules(rules_file(text));
  EXPECT_TRUE(rules.ok()) << rules.error().message;
  return rules.ok() ? std::move(rules).value() : RiskRules{};
}

/// A rule with the given conditions.
std::string rule(const std::string& id, const std::string& more, const std::string& when) {
  return "[[rule]]\nid = \"" + id + "\"\nowner = \"unit 3\"\nreason = \"because of " + id + "\"\n" +
         more + "\n[[rule.when]]\n" + when + "\n";
}

Case tobacco_case() {
  Case c;
  c.id = "case-1";
  auto& d = c.declarations.emplace_back();
  d.procedure = "import";
  d.consignee = "Shady trading";
  d.origin_country = "CN";
  d.gross_mass_kg = 900;
  d.items.push_back({1, "240220", "Cigarettes", "CT", 10, 250.0, 200.0, {}});
  d.items.push_back({2, "940360", "Furniture", "CT", 5, 650.0, 600.0, {}});
  auto& details = c.details.emplace_back();
  details.parties.push_back({"consignee", "", "Shady trading", "", "DE"});
  details.items.push_back({1, "CN", "", "EUR", 5000.0});
  return c;
}

std::vector<std::string> holding(const RiskRules& rules, const Case& c, std::int32_t day) {
  std::vector<std::string> ids;
  for (const auto& hit : rules_that_hold(rules, to_json(c), day)) ids.push_back(hit.rule->id);
  return ids;
}

const std::int32_t kDay = *parse_day("2026-01-01");

TEST(RiskRules, EveryTestOfAFieldIsDecidedAsItSays) {
  const auto rules = rules_of(
      "[[list]]\nname = \"watched\"\nfile = \"watched.csv\"\n" +
      rule("one-of", "", "field = \"declarations.origin_country\"\none_of = [\"KP\", \"cn\"]") +
      rule("not-one-of", "", "field = \"declarations.origin_country\"\none_of = [\"KP\"]") +
      rule("none-of", "", "field = \"declarations.items.hs_code\"\nnone_of = [\"010101\"]") +
      rule("not-none-of", "", "field = \"declarations.items.hs_code\"\nnone_of = [\"940360\"]") +
      rule("starts", "", "field = \"declarations.items.hs_code\"\nstarts_with = [\"9403\"]") +
      rule("contains", "", "field = \"declarations.items.description\"\ncontains = [\"garette\"]") +
      rule("below", "", "field = \"declarations.gross_mass_kg\"\nbelow = 900.1") +
      rule("not-below", "", "field = \"declarations.gross_mass_kg\"\nbelow = 900") +
      rule("above", "", "field = \"declarations.items.net_mass_kg\"\nabove = 599.9") +
      rule("present", "", "field = \"declarations.consignee\"\npresent = true") +
      rule("not-present", "", "field = \"declarations.consignor\"\npresent = true") +
      rule("absent", "", "field = \"declarations.consignor\"\nabsent = true") +
      rule("listed", "", "field = \"declarations.consignee\"\nlisted = \"watched\""));
  EXPECT_THAT(holding(rules, tobacco_case(), kDay),
              ElementsAre("one-of", "none-of", "starts", "contains", "below", "above", "present",
                          "absent", "listed"));
}

TEST(RiskRules, AWatchListSaysWhyAndUntilWhen) {
  const auto rules =
      rules_of("[[list]]\nname = \"watched\"\nfile = \"watched.csv\"\n" +
               rule("w", "", "field = \"declarations.consignee\"\nlisted = \"watched\""));
  const auto hits = rules_that_hold(rules, to_json(tobacco_case()), kDay);
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0].seen, "Shady trading (case 17, open)");
  EXPECT_THAT(holding(rules, tobacco_case(), *parse_day("2026-07-01")), IsEmpty());
  EXPECT_THAT(holding(rules, tobacco_case(), *parse_day("2024-12-31")), IsEmpty());
  auto old_firm = tobacco_case();
  old_firm.declarations[0].consignee = "OLD FIRM";
  EXPECT_THAT(holding(rules, old_firm, kDay), IsEmpty());
  EXPECT_THAT(holding(rules, old_firm, kDay - 1), ElementsAre("w"));
}

TEST(RiskRules, EachMeansOneElementThatMeetsAll) {
  const std::string heavy_tobacco =
      "field = \"hs_code\"\nstarts_with = [\"24\"]\n[[rule.when]]\nfield = "
      "\"net_mass_kg\"\nabove = ";
  const auto rules =
      rules_of(rule("too-heavy", "each = \"declarations.items\"", heavy_tobacco + "300") +
               rule("heavy", "each = \"declarations.items\"", heavy_tobacco + "100") +
               rule("apart", "",
                    "field = \"declarations.items.hs_code\"\nstarts_with = [\"24\"]\n"
                    "[[rule.when]]\nfield = \"declarations.items.net_mass_kg\"\nabove = 300"));
  EXPECT_THAT(holding(rules, tobacco_case(), kDay), ElementsAre("heavy", "apart"));
}

TEST(RiskRules, HoldFromTheFirstToTheLastDay) {
  const auto rules = rules_of(rule("r", "valid_from = \"2026-01-01\"\nvalid_to = \"2026-01-31\"",
                                   "field = \"declarations.consignee\"\npresent = true"));
  EXPECT_THAT(holding(rules, tobacco_case(), kDay - 1), IsEmpty());
  EXPECT_THAT(holding(rules, tobacco_case(), kDay), ElementsAre("r"));
  EXPECT_THAT(holding(rules, tobacco_case(), kDay + 30), ElementsAre("r"));
  EXPECT_THAT(holding(rules, tobacco_case(), kDay + 31), IsEmpty());
}

TEST(RiskRules, WhatMakesNoSenseIsRefusedWithFileLineAndKey) {
  const auto problem = [](const std::string& text) {
    const auto rules = load_risk_rules(rules_file(text));
    EXPECT_FALSE(rules.ok()) << text;
    if (rules.ok()) return std::string();
    EXPECT_EQ(rules.error().message.find('\n'), std::string::npos);
    return rules.error().message;
  };
  EXPECT_THAT(problem(rule("r", "", "field = \"declarations.items.hs_cod\"\npresent = true")),
              HasSubstr("field: no case has a field 'declarations.items.hs_cod'"));
  EXPECT_THAT(problem(rule("r", "each = \"declarations.lrn\"", "field = \"x\"\npresent = true")),
              HasSubstr("each: no case has a list 'declarations.lrn'"));
  EXPECT_THAT(problem(rule("r", "", "field = \"declarations.lrn\"\nbelow = 3")),
              HasSubstr("below: 'declarations.lrn' is not a number"));
  EXPECT_THAT(problem(rule("r", "", "field = \"declarations.lrn\"\nlisted = \"nobody\"")),
              HasSubstr("listed: there is no list 'nobody'"));
  EXPECT_THAT(problem(rule("r", "", "field = \"declarations.lrn\"")),
              HasSubstr("0 tests are given"));
  EXPECT_THAT(problem(rule("r", "", "field = \"declarations.lrn\"\npresent = true\nabsent = true")),
              HasSubstr("2 tests are given"));
  EXPECT_THAT(problem(rule("r", "colour = 1", "field = \"declarations.lrn\"\npresent = true")),
              HasSubstr("colour"));
  EXPECT_THAT(
      problem(rule("r", "channel = \"pink\"", "field = \"declarations.lrn\"\npresent = true")),
      HasSubstr("channel: 'pink' is not"));
  EXPECT_THAT(problem(rule("r", "valid_to = \"2026-02-30\"",
                           "field = \"declarations.lrn\"\npresent = true")),
              HasSubstr("valid_to: '2026-02-30' is not a date"));
  const auto twice = rule("r", "", "field = \"declarations.lrn\"\npresent = true");
  EXPECT_THAT(problem(twice + twice), HasSubstr("id: 'r' comes twice"));
  EXPECT_THAT(problem("[[list]]\nname = \"x\"\nfile = \"none.csv\"\n"), HasSubstr("none.csv"));
}

TEST(RiskRules, EveryFieldOfTheCaseCanBeNamed) {
  // Whatever a case's JSON holds is a field; nothing else is.
  const auto c = to_json(tobacco_case());
  EXPECT_EQ(case_field_kind("declarations.details.parties.name"), FieldKind::kText);
  EXPECT_EQ(case_field_kind("declarations.containers.empty"), FieldKind::kFlag);
  EXPECT_EQ(case_field_kind("orders.verified_mass_kg"), FieldKind::kNumber);
  EXPECT_EQ(case_field_kind("radiation.sigma_max"), FieldKind::kNumber);
  EXPECT_EQ(case_field_kind("times.release"), FieldKind::kText);
  EXPECT_EQ(case_field_kind("holders"), FieldKind::kObject);
  EXPECT_EQ(case_field_kind("findings.evidence.excess_g_cm2"), FieldKind::kNumber);
  EXPECT_FALSE(case_field_kind("declarations.details.parties.names").has_value());
  for (const auto& [key, value] : c.items()) EXPECT_TRUE(case_field_kind(key).has_value()) << key;
}

TEST(RiskSelect, WeightsChannelsAndTheCustomsSystemGiveTheStrictest) {
  const std::string imports = "field = \"declarations.procedure\"\none_of = [\"import\"]";
  const auto rules =
      rules_of(rule("a", "weight = 20", imports) + rule("b", "weight = 15", imports) +
               rule("trial", "weight = 50\nshadow = true", imports));
  const Selector selector{&rules};
  const auto result = select(tobacco_case(), selector, 0.99, kNow);
  EXPECT_EQ(result.selection.channel, Channel::kYellow);  // 20 + 15
  EXPECT_EQ(result.shadow_channel, Channel::kRed);        // 20 + 15 + 50
  EXPECT_THAT(result.selection.rules, ElementsAre("a", "b"));
  EXPECT_THAT(result.selection.shadow_rules, ElementsAre("trial"));
  EXPECT_EQ(result.selection.reason, "because of a: import; because of b: import");
  EXPECT_EQ(result.selection.probability, 1.0);
  EXPECT_FALSE(result.selection.random);
  auto selected = tobacco_case();
  selected.selection.emplace().channel = Channel::kRed;
  EXPECT_EQ(select(selected, selector, 0.99, kNow).selection.channel, Channel::kRed);
  selected.selection->channel = Channel::kGreen;  // Nobody's green softens what rules say.
  EXPECT_EQ(select(selected, selector, 0.99, kNow).selection.channel, Channel::kYellow);
  const auto red = rules_of(rule("a", "channel = \"red\"", imports));
  EXPECT_EQ(select(tobacco_case(), {&red}, 0.99, kNow).selection.channel, Channel::kRed);
}

TEST(RiskSelect, TheDrawSelectsItsShareAndItsProbabilityIsLogged) {
  const auto rules = rules_of("");
  int drawn = 0;
  constexpr int kCases = 1000;
  for (int i = 0; i < kCases; ++i) {
    const auto s =
        select(tobacco_case(), {&rules}, static_cast<double>(i) / kCases, kNow).selection;
    drawn += s.random ? 1 : 0;
    EXPECT_EQ(s.channel, s.random ? Channel::kYellow : Channel::kGreen);
    EXPECT_EQ(s.probability, 0.1);
  }
  EXPECT_EQ(drawn, kCases / 10);
  const auto without = select(tobacco_case(), {&rules}, std::nullopt, kNow).selection;
  EXPECT_EQ(without.channel, Channel::kYellow);
  EXPECT_EQ(without.probability, 1.0);
  EXPECT_THAT(without.reason, HasSubstr("no draw"));
}

TEST(RiskSelect, AScoreInShadowIsNotedAndSelectsNothing) {
  const auto rules = rules_of("");
  TrainingOptions options;
  options.rounds = 30;
  const auto model = train_risk_model(risk_sample(1, 3000), "Fraud", options);
  ASSERT_TRUE(model.ok());
  auto c = tobacco_case();  // What the sample declares too low: 2404 from DE.
  c.declarations[0].items[0].hs_code = "240400";
  c.details[0].items[0].origin_country = "DE";
  Selector selector{&rules, &*model};
  const auto noted = select(c, selector, 0.99, kNow);
  EXPECT_EQ(noted.selection.channel, Channel::kGreen);
  EXPECT_EQ(noted.selection.model, model->id());
  ASSERT_TRUE(noted.selection.score.has_value());
  EXPECT_GT(*noted.selection.score, 0.5);
  EXPECT_NE(noted.shadow_channel, Channel::kGreen);
  EXPECT_FALSE(noted.reasons.empty());
  selector.model_in_shadow = false;
  EXPECT_EQ(select(c, selector, 0.99, kNow).selection.channel, Channel::kYellow);
  EXPECT_THAT(select(c, selector, 0.99, kNow).selection.reason, HasSubstr("learnt score 0."));
  options.shuffle_labels = true;
  const auto drawn = train_risk_model(risk_sample(1, 3000), "Fraud", options);
  auto sure = rules;
  sure.limits.yellow_score = 0;
  const auto by_lot = select(c, {&sure, &*drawn, false}, 0.99, kNow).selection;
  EXPECT_EQ(by_lot.channel, Channel::kGreen);
}

TEST(RiskSite, SelectsByWhatIsApprovedAndNothingElse) {
  const std::string imports = "field = \"declarations.procedure\"\none_of = [\"import\"]";
  const auto folder = rules_file(rule("now", "weight = 30", imports)).parent_path();
  std::filesystem::remove(folder / "releases.json");
  const auto refusal = [&] {
    const auto site = load_risk_site(folder);
    return site.ok() ? std::string() : site.error().message;
  };
  EXPECT_THAT(refusal(), HasSubstr("no rules are active"));
  ReleaseRecord record;
  const auto id = load_risk_rules(folder / "rules.toml")->id;
  ASSERT_TRUE(record.propose(ReleaseKind::kRules, id, "rules.toml", "ann", kNow).ok());
  ASSERT_TRUE(record.approve(ReleaseKind::kRules, id, "ann", {}, kNow).ok());
  ASSERT_TRUE(record.save(folder / "releases.json").ok());
  EXPECT_THAT(refusal(), HasSubstr("no rules are active"));  // One person is not two.
  ASSERT_TRUE(record.approve(ReleaseKind::kRules, id, "bob", {}, kNow).ok());
  std::ofstream(folder / "next.toml") << kSelection << rule("next", "weight = 60", imports);
  const auto next = load_risk_rules(folder / "next.toml")->id;
  ASSERT_TRUE(record.propose(ReleaseKind::kRules, next, "next.toml", "ann", kNow).ok());
  ASSERT_TRUE(record.save(folder / "releases.json").ok());
  const auto site = load_risk_site(folder);
  ASSERT_TRUE(site.ok()) << site.error().message;
  const auto result = select(tobacco_case(), site->selector(), 0.99, kNow);
  EXPECT_EQ(result.selection.channel, Channel::kYellow);
  EXPECT_EQ(result.shadow_channel, Channel::kRed);
  EXPECT_THAT(result.selection.rules, ElementsAre("now"));
  EXPECT_THAT(result.selection.shadow_rules, ElementsAre("next@" + next));
  std::ofstream(folder / "rules.toml", std::ios::app) << "# changed\n";
  EXPECT_THAT(refusal(), HasSubstr("not " + id + ", which was proposed and approved"));
}

TEST(RiskTariff, TheLongestCodeCountsForEachTax) {
  const auto tariff = Tariff::parse(
      "hs_code,tax,rate,basis,valid_from,valid_to\n"
      "24,duty,10,value,,2025-12-31\n"
      "24,duty,20,value,2026-01-01,\n"
      "240220,duty,50,value,,\n"
      "2402,excise,100,kg,,\n"
      "24,vat,19,value+duty,,\n",
      "tariff.csv");
  ASSERT_TRUE(tariff.ok()) << tariff.error().message;
  const auto dues = tariff->due("24022090", 1000, 2, kDay);
  ASSERT_EQ(dues.size(), 3U);
  EXPECT_EQ(dues[0].tax, "duty");
  EXPECT_EQ(dues[0].hs_code, "240220");
  EXPECT_DOUBLE_EQ(dues[0].amount, 500);
  EXPECT_DOUBLE_EQ(dues[1].amount, 200);                  // excise
  EXPECT_DOUBLE_EQ(dues[2].amount, (1000 + 700) * 0.19);  // vat on all of it
  EXPECT_DOUBLE_EQ(tariff->due("2403", 1000, 2, kDay)[0].amount, 200);
  EXPECT_DOUBLE_EQ(tariff->due("2403", 1000, 2, kDay - 1)[0].amount, 100);
  EXPECT_THAT(tariff->due("940360", 1000, 2, kDay), IsEmpty());
}

TEST(RiskTariff, BrokenRowsAreNamed) {
  const auto problem = [](const std::string& row) {
    const auto tariff = Tariff::parse(
        "hs_code,tax,rate,basis,valid_from,valid_to\n24,duty,1,value,,\n" + row, "t.csv");
    return tariff.ok() ? std::string() : tariff.error().message;
  };
  EXPECT_EQ(problem("2,duty,1,value,,\n"), "t.csv: row 3, hs_code: '2' is not 2 to 10 digits");
  EXPECT_EQ(problem("25,duty,-1,value,,\n"),
            "t.csv: row 3, rate: '-1' is not a number of at least 0");
  EXPECT_EQ(problem("25,duty,1,kilo,,\n"),
            "t.csv: row 3, basis: 'kilo' is not value, value+duty or kg");
  EXPECT_EQ(problem("25,duty,1,kg,2026-02-01,2026-01-01\n"),
            "t.csv: row 3, valid_to: is before valid_from");
  EXPECT_EQ(problem("24,duty,2,value,2026-01-01,\n"),
            "t.csv: row 3, hs_code: a second row for 24 and duty on the same days");
}

Case opened(bool random, double probability, const std::string& outcome,
            const std::string& rule_id) {
  auto c = tobacco_case();
  auto& s = c.selection.emplace();
  s.random = random;
  s.probability = probability;
  if (!rule_id.empty()) s.rules.push_back(rule_id);
  if (!outcome.empty()) c.inspection.emplace().outcome = outcome;
  return c;
}

TEST(RiskFeedback, OnlyInspectionsCountAndWeightsUndoTheSelection) {
  std::vector<Case> cases;
  cases.reserve(1101);
  // 100 by rule (all opened, 30 hits); of 1,000 others 100 drawn and opened with 2 hits.
  for (int i = 0; i < 100; ++i)
    cases.push_back(opened(false, 1, i < 30 ? "differs" : "as declared", "r"));
  for (int i = 0; i < 100; ++i)
    cases.push_back(opened(true, 0.1, i < 2 ? "differs" : "as declared", ""));
  for (int i = 0; i < 900; ++i) cases.push_back(opened(false, 0.1, "", ""));
  // What an analyst thought is no outcome, whatever he thought.
  cases.back().decisions.emplace_back().kind = core::DecisionKind::kPhysicalInspection;
  cases.push_back(opened(false, 1, "unclear", "r"));
  const auto feedback = hit_rates(cases);
  EXPECT_EQ(feedback.outcome_unread, 1U);
  const auto& all = feedback.rates[0];
  EXPECT_EQ(all.inspected, 200U);
  EXPECT_EQ(all.hits, 32U);
  EXPECT_DOUBLE_EQ(all.share, 0.16);
  EXPECT_NEAR(all.weighted_share, 50.0 / 1100, 1e-12);  // (30 + 2 x 10) of (100 + 100 x 10)
  EXPECT_EQ(feedback.rates[1].of, "random");
  EXPECT_DOUBLE_EQ(feedback.rates[1].share, 0.02);
  EXPECT_EQ(feedback.rates[2].of, "rule r");
  EXPECT_EQ(feedback.rates[2].cases, 101U);
  EXPECT_DOUBLE_EQ(feedback.rates[2].share, 0.3);
}

TEST(RiskFeedback, ADryRunShowsWhatARuleWouldChange) {
  const auto before = rules_of(rule(
      "tobacco", "weight = 30", "field = \"declarations.items.hs_code\"\nstarts_with = [\"24\"]"));
  auto after = before;
  after.rules[0].conditions[0].texts = {"94036"};
  std::vector<Case> cases(3, tobacco_case());
  cases[0].declarations[0].items.pop_back();  // tobacco only
  cases[0].inspection.emplace().outcome = "differs";
  cases[1].declarations[0].items.erase(cases[1].declarations[0].items.begin());  // furniture only
  cases[1].id = "case-2";
  cases[2].declarations[0].items.clear();
  const auto run = dry_run(cases, {&before}, {&after});
  EXPECT_EQ(run.cases, 3U);
  EXPECT_EQ(run.selected_before, 1U);
  EXPECT_EQ(run.selected_after, 1U);
  EXPECT_EQ(run.hits_before, 1U);
  EXPECT_EQ(run.hits_after, 0U);
  ASSERT_EQ(run.changes.size(), 2U);
  EXPECT_EQ(run.changes[0].case_id, "case-1");
  EXPECT_EQ(run.changes[0].after, Channel::kGreen);
  EXPECT_EQ(run.changes[0].outcome, true);
  EXPECT_EQ(run.changes[1].case_id, "case-2");
  EXPECT_EQ(run.changes[1].after, Channel::kYellow);
  ASSERT_EQ(run.rules.size(), 1U);
  EXPECT_EQ(run.rules[0].cases, 1U);
  EXPECT_EQ(run.rules[0].alone, 1U);
}

TEST(RiskFeedback, ADryRunDoesNotKnowWhatCameLater) {
  const auto rules = rules_of(
      rule("late", "weight = 60", "field = \"inspection.outcome\"\none_of = [\"differs\"]"));
  auto c = tobacco_case();
  c.inspection.emplace().outcome = "differs";
  EXPECT_EQ(dry_run(std::vector<Case>{c}, {&rules}, {&rules}).selected_after, 0U);
}

}  // namespace
}  // namespace portcullis::customs
