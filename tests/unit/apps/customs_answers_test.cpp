#include "apps/lane/customs_answers.h"

#include "apps/lane/revenue.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <set>

#include "core/time.h"
#include "tests/support/environment.h"

namespace portcullis {
namespace {

using core::CheckOutcome;
using core::DecisionKind;

services::MatchedDeclaration bound(const std::string& id, const std::string& container = "C1") {
  core::Declaration d;
  d.system = "wco";
  d.mrn = "MRN-" + id;
  d.containers.push_back({container, "", {}, std::nullopt});
  return {id, d, "container"};
}

core::Decision decision(DecisionKind kind) {
  core::Decision d;
  d.case_id = d.scan_id = "scan-1";
  d.container = "C1";
  d.kind = kind;
  d.reason_code = "r";
  d.officer = "officer";
  return d;
}

core::InspectionReport report(CheckOutcome outcome) {
  core::InspectionReport r;
  r.scan_id = "scan-1";
  r.checks.push_back({"declaration", outcome, "", "", ""});
  return r;
}

TEST(CustomsAnswers, OneDeclarationIsAnsweredUnderTheCasesKey) {
  const auto answers = apps::answers_to(decision(DecisionKind::kRelease),
                                        report(CheckOutcome::kAgrees), {bound("a")});
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(answers[0].declaration_id, "a");
  EXPECT_EQ(answers[0].idempotency_key, "scan-1/C1");
}

TEST(CustomsAnswers, WithoutADeclarationTheGatewayRecordsTheDecision) {
  const auto answers =
      apps::answers_to(decision(DecisionKind::kHold), report(CheckOutcome::kUnknown), {});
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_TRUE(answers[0].declaration_id.empty());
}

TEST(CustomsAnswers, EveryDeclarationIsToldOfItsOwnContainerUnderAKeyOfItsOwn) {
  const auto answers =
      apps::answers_to(decision(DecisionKind::kRelease), report(CheckOutcome::kAgrees),
                       {bound("a", "C1"), bound("b", "C2"), bound("c", "C2")});
  ASSERT_EQ(answers.size(), 3U);
  std::set<std::string> keys;
  for (const auto& answer : answers) keys.insert(answer.idempotency_key);
  EXPECT_EQ(keys.size(), 3U);
  EXPECT_EQ(answers[0].decision.container, "C1");
  EXPECT_EQ(answers[2].decision.container, "C2");
}

TEST(CustomsAnswers, ADeclarationOfTheRearContainerAloneIsNotToldOfTheFrontOne) {
  const auto answers =
      apps::answers_to(decision(DecisionKind::kRelease), report(CheckOutcome::kAgrees),
                       {bound("b", "C2")}, {{"C1", "C2"}});
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(answers[0].declaration_id, "b");
  EXPECT_EQ(answers[0].decision.container, "C2");
}

TEST(CustomsAnswers, ADeclarationIsToldOfEachOfItsContainersThatCame) {
  auto groupage = bound("g", "c 2");
  groupage.declaration.containers.push_back({"C3", "", {}, std::nullopt});  // on another vehicle
  groupage.declaration.containers.push_back({"C1", "", {}, std::nullopt});
  const auto answers = apps::answers_to(decision(DecisionKind::kHold),
                                        report(CheckOutcome::kAgrees), {groupage}, {{"C1", "C2"}});
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_EQ(answers[0].decision.container, "c 2");
  EXPECT_EQ(answers[1].decision.container, "C1");
  EXPECT_NE(answers[0].idempotency_key, answers[1].idempotency_key);
}

TEST(CustomsAnswers, ADecisionOnOneContainerIsToldToItsDeclarationsAlone) {
  auto one = decision(DecisionKind::kHold);
  one.container = "C2";
  one.container_only = true;
  const std::vector declared = {bound("a", "C1"), bound("b", "C2")};
  auto answers =
      apps::answers_to(one, report(CheckOutcome::kAgrees), declared, {{"C1", "C2"}, false});
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(answers[0].declaration_id, "b");
  EXPECT_EQ(answers[0].decision.container, "C2");
  // Nobody declared the rear one: it is recorded, and no other declaration hears of it.
  answers = apps::answers_to(one, report(CheckOutcome::kAgrees), {bound("a", "C1")},
                             {{"C1", "C2"}, false});
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(answers[0].declaration_id, "");
}

TEST(CustomsAnswers, DoubtAboutTheOtherContainerDoesNotWithholdTheReleaseOfOne) {
  auto one = decision(DecisionKind::kRelease);
  one.container_only = true;
  const auto told = [&](const std::vector<services::MatchedDeclaration>& declared) {
    std::string ids;
    for (const auto& answer :
         apps::answers_to(one, report(CheckOutcome::kUnknown), declared, {{"C1", "C2"}, false}))
      ids += answer.declaration_id;
    return ids;
  };
  EXPECT_EQ(told({bound("a", "C1"), bound("b", "C2"), bound("c", "C2")}), "a");
  EXPECT_EQ(told({bound("a", "C1"), bound("b", "C1"), bound("c", "C2")}), "") << "two of its own";
  EXPECT_EQ(told({bound("a", "C1"), bound("b", "C9")}), "") << "one may be of either";
}

TEST(CustomsAnswers, ADeclarationOfTheVehicleIsReleasedWhenAllContainersAre) {
  auto one = decision(DecisionKind::kRelease);
  one.container_only = true;
  const std::vector by_plate = {bound("p", "C9")};
  const auto told = [&](bool released) {
    return apps::answers_to(one, report(CheckOutcome::kAgrees), by_plate,
                            {{"C1", "C2"}, released})[0]
        .declaration_id;
  };
  EXPECT_EQ(told(false), "");
  EXPECT_EQ(told(true), "p");
  one.kind = DecisionKind::kHold;
  EXPECT_EQ(told(false), "p") << "what keeps a part of it is told at once";
}

TEST(CustomsAnswers, AReleaseIsSentToNobodyWhereItIsNotKnownWhose) {
  for (const auto outcome : {CheckOutcome::kUnknown, CheckOutcome::kDiffers}) {
    auto answers = apps::answers_to(decision(DecisionKind::kRelease), report(outcome),
                                    {bound("a"), bound("b")});
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_TRUE(answers[0].declaration_id.empty());
    // What keeps the vehicle, all are told.
    answers = apps::answers_to(decision(DecisionKind::kPhysicalInspection), report(outcome),
                               {bound("a"), bound("b")});
    EXPECT_EQ(answers.size(), 2U);
  }
}

/// Takes what it is told to, and remembers.
class FakeGateway final : public customs::GatewayPort {
 public:
  core::Result<std::vector<customs::FoundDeclaration>> find_declarations(
      const customs::VehicleNumbers&) override {
    return std::vector<customs::FoundDeclaration>();
  }
  core::Result<std::vector<customs::BoundSelection>> bind(const customs::BindingReport&) override {
    return std::vector<customs::BoundSelection>();
  }
  core::Result<std::optional<core::Check>> assess_revenue(const std::vector<std::string>& ids,
                                                          const core::InspectionReport&) override {
    assessed = ids;
    if (away) return core::Error{core::ErrorCode::kUnavailable, "no gateway"};
    return revenue;
  }
  std::vector<std::string> assessed;
  bool away = false;
  std::optional<core::Check> revenue;
  core::Result<customs::DecisionReceipt> submit_decision(
      const customs::DecisionSubmission& submission) override {
    ++asked;
    if (const auto bad = failing.find(submission.declaration_id); bad != failing.end())
      return core::Error{bad->second, "out of order"};
    taken.push_back(submission.declaration_id);
    keys.push_back(submission.idempotency_key);
    return customs::DecisionReceipt{submission.declaration_id.empty() ? "" : "DMSROG_0123abcd.xml",
                                    "Recorded.", false};
  }
  core::Result<customs::GatewayStatus> status() override { return customs::GatewayStatus{}; }
  std::map<std::string, core::ErrorCode> failing;
  std::vector<std::string> taken, keys;
  int asked = 0;
};

class CustomsAnswersTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto folder =
        std::filesystem::path(::portcullis::test::set_variable("PORTCULLIS_TEST_OUT")) /
        "customs_answers" / ::testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    auto opened = archive::Catalogue::open_for_lane(folder / "catalogue.sqlite", clock.utc_now());
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    catalogue.emplace(std::move(opened).value());
    core::ScanMeta meta;
    meta.id = "scan-1";
    meta.started = clock.utc_now();
    ASSERT_TRUE(catalogue->begin_scan(meta, folder / "scan-1.pscan").ok());
    answers = std::make_unique<apps::CustomsAnswers>(
        *catalogue, &gateway, clock,
        [this](const std::string&, const std::string& text) { note = text; });
  }
  core::ManualClock clock;
  std::optional<archive::Catalogue> catalogue;
  FakeGateway gateway;
  std::unique_ptr<apps::CustomsAnswers> answers;
  std::string note;
};

TEST_F(CustomsAnswersTest, SaysInWordsWhoWasAnswered) {
  answers->add(decision(DecisionKind::kRelease), report(CheckOutcome::kAgrees),
               {bound("a"), bound("b")});
  answers->send();
  EXPECT_EQ(note, "answer written to customs for MRN-a and MRN-b");
  EXPECT_EQ(gateway.taken.size(), 2U);
  answers->send();
  EXPECT_EQ(gateway.asked, 2) << "what is taken is not sent again";
}

TEST_F(CustomsAnswersTest, AnUnclearReleaseNamesWhatWaitsForAPerson) {
  answers->add(decision(DecisionKind::kRelease), report(CheckOutcome::kUnknown),
               {bound("a"), bound("b")});
  answers->send();
  EXPECT_NE(note.find("MRN-a and MRN-b"), std::string::npos) << note;
  EXPECT_NE(note.find("by hand"), std::string::npos) << note;
}

TEST_F(CustomsAnswersTest, OnlyWhatCanNeverBeTakenIsGivenUp) {
  using core::ErrorCode;
  for (int i = 0; i <= static_cast<int>(ErrorCode::kInternal); ++i) {
    const auto code = static_cast<ErrorCode>(i);
    const bool never = code == ErrorCode::kInvalidInput || code == ErrorCode::kInvalidConfig ||
                       code == ErrorCode::kNotFound || code == ErrorCode::kRefused ||
                       code == ErrorCode::kUnsupported;
    FakeGateway one;
    one.failing["a"] = code;
    apps::CustomsAnswers queue(*catalogue, &one, clock,
                               [this](const auto&, const auto& text) { note = text; });
    queue.add(decision(DecisionKind::kHold), report(CheckOutcome::kAgrees), {bound("a")});
    queue.send();
    one.failing.clear();
    queue.send();
    EXPECT_EQ(one.taken.size(), never ? 0U : 1U) << core::error_code_name(code) << ": " << note;
  }
}

TEST_F(CustomsAnswersTest, OneThatFailsDoesNotHoldUpTheOthers) {
  gateway.failing["a"] = core::ErrorCode::kIo;
  answers->add(decision(DecisionKind::kHold), report(CheckOutcome::kAgrees),
               {bound("a"), bound("b")});
  answers->send();
  answers->send();
  EXPECT_EQ(gateway.taken, std::vector<std::string>{"b"});
  gateway.failing.clear();
  answers->send();
  EXPECT_EQ(gateway.taken, (std::vector<std::string>{"b", "a"}));
  EXPECT_EQ(note, "answer written to customs for MRN-b and MRN-a");
}

TEST_F(CustomsAnswersTest, ASecondDecisionHasItsOwnKeyAndNeverOvertakesTheFirst) {
  gateway.failing["a"] = core::ErrorCode::kUnavailable;
  answers->add(decision(DecisionKind::kHold), report(CheckOutcome::kAgrees), {bound("a")});
  answers->add(decision(DecisionKind::kRelease), report(CheckOutcome::kAgrees), {bound("a")}, {},
               1);
  answers->send();
  answers->send();
  EXPECT_TRUE(gateway.taken.empty());
  gateway.failing.clear();
  answers->send();
  EXPECT_EQ(gateway.keys, (std::vector<std::string>{"scan-1/C1", "scan-1/C1/decision-2"}));
}

TEST_F(CustomsAnswersTest, ARestartSendsTheSecondDecisionWhereOnlyTheFirstWasAnswered) {
  archive::CatalogueCase stored;
  stored.scan.id = "scan-1";
  stored.report = report(CheckOutcome::kAgrees);
  stored.decisions = {decision(DecisionKind::kHold), decision(DecisionKind::kRelease)};
  const auto one = bound("a");
  stored.declarations.push_back({one.id, one.matched_by, {}, one.declaration});
  stored.events.push_back({{}, "scan-1", "customs_answer", "answer written to customs for MRN-a"});
  answers->restore(stored);
  answers->send();
  EXPECT_EQ(gateway.keys, std::vector<std::string>{"scan-1/C1/decision-2"});
}

TEST_F(CustomsAnswersTest, ARestartSendsWhatWasNotAnsweredInFull) {
  archive::CatalogueCase stored;
  stored.scan.id = "scan-1";
  stored.report = report(CheckOutcome::kAgrees);
  stored.decisions.push_back(decision(DecisionKind::kRelease));
  for (const auto& one : {bound("a"), bound("b")})
    stored.declarations.push_back({one.id, one.matched_by, {}, one.declaration});
  stored.events.push_back({{}, "scan-1", "customs_answer", "answer written to customs for MRN-a"});
  answers->restore(stored);
  answers->send();
  EXPECT_EQ(gateway.taken.size(), 2U) << "the first again: the gateway knows its key";

  stored.events.push_back({{}, "scan-1", "customs_answer", "... and MRN-b"});
  answers->restore(stored);
  answers->send();
  EXPECT_EQ(gateway.taken.size(), 2U);
}

TEST_F(CustomsAnswersTest, AnOutcomeIsToldToEveryDeclarationAlsoAfterARestart) {
  archive::CatalogueCase stored;
  stored.scan.id = "scan-1";
  stored.report = report(CheckOutcome::kAgrees);
  stored.decisions.push_back(decision(DecisionKind::kPhysicalInspection));
  for (const auto& one : {bound("a"), bound("b")})
    stored.declarations.push_back({one.id, one.matched_by, {}, one.declaration});
  stored.events.push_back({{}, "scan-1", "customs_answer", "for MRN-a"});
  stored.events.push_back({{}, "scan-1", "customs_answer", "for MRN-b"});
  stored.events.push_back(
      {{5},
       "scan-1",
       "inspection_outcome",
       R"({"by":"ivan","outcomes":[{"result":"nothing"}],"seals_put":["B2"]})"});
  gateway.failing["b"] = core::ErrorCode::kUnavailable;
  answers->add_outcomes(stored, 0);
  answers->send();
  EXPECT_EQ(gateway.keys, std::vector<std::string>{"scan-1/C1/a/inspection-1"});
  // Told to one of two when the lane was started again: both once more; the gateway knows its keys.
  stored.events.push_back({{}, "scan-1", "customs_outcome", "for MRN-a"});
  gateway.failing.clear();
  gateway.keys.clear();
  apps::CustomsAnswers again(*catalogue, &gateway, clock, [](const auto&, const auto&) {});
  again.restore(stored);
  again.send();
  EXPECT_EQ(gateway.keys,
            (std::vector<std::string>{"scan-1/C1/a/inspection-1", "scan-1/C1/b/inspection-1"}));
  stored.events.push_back({{}, "scan-1", "customs_outcome", "for MRN-b"});
  again.restore(stored);
  again.send();
  EXPECT_EQ(gateway.keys.size(), 2U);
}

TEST(LaneRevenue, IsAskedForWhereTheScanDiffersAndNeverStopsAJudgement) {
  FakeGateway gateway;
  gateway.revenue = core::Check{"revenue", core::CheckOutcome::kDiffers, "", "", "3,000 GBP."};
  std::vector<services::MatchedDeclaration> declarations(2);
  declarations[0].id = "a";
  declarations[1].id = "b";
  core::InspectionReport report;
  apps::add_revenue(&gateway, declarations, report);
  EXPECT_TRUE(gateway.assessed.empty()) << "nothing differs";
  core::Finding heavier;
  heavier.kind = core::FindingKind::kMassMismatch;
  report.findings = {heavier};
  apps::add_revenue(nullptr, declarations, report);
  apps::add_revenue(&gateway, {}, report);
  EXPECT_TRUE(report.checks.empty());
  gateway.away = true;
  apps::add_revenue(&gateway, declarations, report);
  EXPECT_TRUE(report.checks.empty());
  gateway.away = false;
  apps::add_revenue(&gateway, declarations, report);
  EXPECT_EQ(gateway.assessed, (std::vector<std::string>{"a", "b"}));
  ASSERT_EQ(report.checks.size(), 1U);
  EXPECT_EQ(report.checks[0].text, "3,000 GBP.");
  gateway.revenue.reset();  // No tariff.
  apps::add_revenue(&gateway, declarations, report);
  EXPECT_EQ(report.checks.size(), 1U);
}

}  // namespace
}  // namespace portcullis
