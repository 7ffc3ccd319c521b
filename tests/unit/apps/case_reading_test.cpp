#include <gtest/gtest.h>

#include <filesystem>
#include <memory>

#include "apps/lane/case_desk.h"
#include "apps/lane/case_notes.h"
#include "apps/lane/case_words.h"
#include "tests/support/socket_folder.h"

namespace portcullis::apps {
namespace {

using core::DecisionKind;
using namespace std::chrono_literals;

/// A desk over a catalogue with scans that were judged before a restart: "scan-1" has a finding,
/// "scan-2" none; the lane waits for decisions on both and does what it is told.
class CaseReadingTest : public ::testing::Test {
 protected:
  CaseReadingTest() {
    auto opened =
        archive::Catalogue::open_for_lane(folder_.path() / "catalogue.sqlite", clock_.utc_now());
    EXPECT_TRUE(opened.ok());
    catalogue_.emplace(std::move(opened).value());
    for (const char* id : {"scan-1", "scan-2"}) {
      core::ScanMeta meta;
      meta.id = id;
      meta.started = clock_.utc_now();
      EXPECT_TRUE(catalogue_->begin_scan(meta, folder_.path() / id).ok());
      EXPECT_TRUE(catalogue_
                      ->end_scan(id, core::ScanOutcome::kComplete, "", clock_.utc_now(),
                                 {std::string(64, 'a'), 10, 0})
                      .ok());
      core::InspectionReport report;
      report.scan_id = id;
      if (std::string_view(id) == "scan-1") report.findings.resize(1);
      report.checks.resize(2);
      report.checks[0].name = "radiation";
      report.checks[1].name = "mass";
      EXPECT_TRUE(catalogue_->add_report(report, clock_.utc_now()).ok());
      clock_.advance(1s);
    }
    start();
  }
  ~CaseReadingTest() override {
    desk_.reset();
    catalogue_.reset();
  }

  void start() {
    desk_.reset();
    CaseDesk::Parts parts{*catalogue_, nullptr, nullptr, clock_, 5min, {}, {}, {}};
    parts.decide_in_lane = [this](const services::DecisionRequest& request, const std::string&,
                                  bool only_ask) {
      if (!only_ask) done_.push_back(request.kind);
      return core::Status();
    };
    parts.accounts = accounts_;
    parts.second_reader = second_;
    parts.read_first = read_first_;
    parts.on_first_look = [this](const services::FirstLookRequest& look) {
      looks_.push_back(look);
    };
    if (draws_) {
      parts.drawn = [this](const std::string&, const char* purpose) -> std::optional<bool> {
        if (!known_) return std::nullopt;
        const std::string_view what(purpose);
        return what == "second" ? second_drawn_ : what == "first" ? first_drawn_ : open_drawn_;
      };
    }
    if (supervised_max_ != 0) parts.supervised_scans_max = supervised_max_;
    desk_ = std::make_unique<CaseDesk>(std::move(parts));
    desk_->lane_waits_for({"scan-1", "scan-2"});
  }
  core::Status decide(const char* id, const std::string& user, DecisionKind kind) {
    return desk_->decide({id, kind, "image_agrees", "", user, 1000});
  }
  core::Status override_it(const char* id, const std::string& user, DecisionKind kind,
                           const std::string& text) {
    return desk_->override_decision({id, kind, "other", text, user, 0});
  }
  services::CaseView view(const char* id) { return desk_->case_view(id).value(); }
  static std::string why(const core::Status& status) {
    return status.ok() ? "ok" : status.error().message;
  }

  test::SocketFolder folder_;
  core::ManualClock clock_;
  std::optional<archive::Catalogue> catalogue_;
  std::vector<DecisionKind> done_;  // by the lane
  bool accounts_ = true, draws_ = false, known_ = true, second_drawn_ = false, open_drawn_ = false;
  access::SecondReader second_ = access::SecondReader::kDrawn;
  access::ReadFirst read_first_ = access::ReadFirst::kNever;
  bool first_drawn_ = false;
  std::vector<services::FirstLookRequest> looks_;
  std::uint32_t supervised_max_ = 0;  // as the desk has it
  std::unique_ptr<CaseDesk> desk_;
};

TEST_F(CaseReadingTest, ASupervisorIsToldFromWhenOnCasesAreCounted) {
  EXPECT_EQ(desk_->supervise(1)->counted_from.ns, 0);
  clock_.advance(1min);
  core::ScanMeta meta;
  meta.id = "scan-3";
  meta.started = clock_.utc_now();
  ASSERT_TRUE(catalogue_->begin_scan(meta, folder_.path() / "scan-3").ok());
  supervised_max_ = 3;
  start();
  EXPECT_EQ(desk_->supervise(1)->counted_from.ns, 0) << "as many as can be counted";
  supervised_max_ = 1;
  start();
  EXPECT_EQ(desk_->supervise(1)->counted_from, meta.started);
}

TEST_F(CaseReadingTest, FindingsAppearAfterTheReadersOwnLook) {
  using services::FirstLook;
  read_first_ = access::ReadFirst::kAlways;
  start();
  ASSERT_EQ(view("scan-1").first_look, FirstLook::kWanted);
  EXPECT_TRUE(view("scan-1").report->findings.empty());
  EXPECT_TRUE(view("scan-1").answers.empty());
  ASSERT_EQ(view("scan-1").report->checks.size(), 1U) << "but for what rests on the image";
  EXPECT_EQ(view("scan-1").report->checks[0].name, "radiation");
  EXPECT_EQ(view("scan-1").report->verdict.outcome, core::VerdictOutcome::kLook);
  EXPECT_EQ(view("scan-1").decision_blocked_because, CaseDesk::kLookFirst);
  EXPECT_EQ(why(desk_->answer_finding("scan-1", 0, core::FindingAnswer::kAgree, "anna")),
            CaseDesk::kLookFirst);
  EXPECT_EQ(why(decide("scan-1", "anna", DecisionKind::kRelease)), CaseDesk::kLookFirst);
  for (const auto& listed : desk_->list_cases(10)) EXPECT_EQ(listed.verdict, "");

  // What he marked then is kept with what he said.
  ASSERT_EQ(why(desk_->set_marks({"scan-1", "[7]", 0, "anna"})), "ok");
  EXPECT_EQ(why(desk_->first_look({"scan-1", true, "berta"})), "anna reads this case now");
  ASSERT_EQ(why(desk_->first_look({"scan-1", true, "anna"})), "ok");
  EXPECT_EQ(view("scan-1").first_look, FirstLook::kTaken);
  EXPECT_EQ(view("scan-1").report->findings.size(), 1U);
  EXPECT_EQ(view("scan-1").report->checks.size(), 2U);
  EXPECT_EQ(view("scan-1").decision_blocked_because, "");
  EXPECT_EQ(view("scan-2").first_look, FirstLook::kWanted) << "each case for itself";
  ASSERT_EQ(looks_.size(), 1U);
  EXPECT_EQ(looks_[0].user, "anna");
  EXPECT_EQ(why(desk_->first_look({"scan-1", false, "anna"})), "the findings are shown already");
  std::string kept;
  const auto stored = catalogue_->show("scan-1");
  ASSERT_TRUE(stored.ok());
  for (const auto& event : stored->events)
    if (event.kind == "first_look") kept = event.text;
  EXPECT_EQ(kept, R"({"by":"anna","marks":"[7]","something":true})");

  // A restart of the lane asks nobody again; what is decided on hides nothing.
  start();
  EXPECT_EQ(view("scan-1").first_look, FirstLook::kTaken);
  ASSERT_EQ(why(desk_->answer_finding("scan-1", 0, core::FindingAnswer::kReject, "anna")), "ok");
  ASSERT_EQ(why(decide("scan-1", "anna", DecisionKind::kRelease)), "ok");
  EXPECT_EQ(view("scan-1").report->findings.size(), 1U);
  EXPECT_EQ(why(desk_->first_look({"no such", false, "anna"})), "there is no case no such");
}

TEST_F(CaseReadingTest, OnlyDrawnCasesAreReadFirstAndNoneShowsItsFindingsBeforeThatIsKnown) {
  using services::FirstLook;
  read_first_ = access::ReadFirst::kDrawn;
  draws_ = true;
  known_ = false;
  start();
  EXPECT_EQ(view("scan-1").first_look, FirstLook::kWanted);
  EXPECT_EQ(why(desk_->first_look({"scan-1", true, "anna"})),
            "the random draws of this vehicle are being asked for; try again");
  const auto seen = desk_->wait_case("scan-1", 0, 0ms).version;
  known_ = true;  // and it is not drawn
  desk_->lane_waits_for({"scan-1", "scan-2"});
  EXPECT_NE(desk_->wait_case("scan-1", seen, 0ms).version, seen) << "the screens are told";
  EXPECT_EQ(view("scan-1").first_look, FirstLook::kNone);
  EXPECT_EQ(view("scan-1").report->findings.size(), 1U);
  first_drawn_ = true;
  EXPECT_EQ(view("scan-1").first_look, FirstLook::kWanted);
  // Its vehicle has gone without a decision: nobody is to read it any more.
  desk_->lane_waits_for({"scan-2"});
  EXPECT_EQ(view("scan-1").first_look, FirstLook::kNone);
  // A lane without a signer draws nothing.
  draws_ = false;
  start();
  EXPECT_EQ(view("scan-2").first_look, FirstLook::kNone);
}

TEST_F(CaseReadingTest, ASecondReaderLooksForHimselfToo) {
  using services::FirstLook;
  read_first_ = access::ReadFirst::kAlways;
  second_ = access::SecondReader::kAlways;
  start();
  ASSERT_EQ(why(desk_->first_look({"scan-2", false, "anna"})), "ok");
  ASSERT_EQ(why(decide("scan-2", "anna", DecisionKind::kRelease)), "ok");
  EXPECT_EQ(view("scan-2").first_look, FirstLook::kWanted);
  start();
  EXPECT_EQ(view("scan-2").first_look, FirstLook::kWanted) << "after a restart as well";
  ASSERT_EQ(why(desk_->first_look({"scan-2", false, "berta"})), "ok");
  ASSERT_EQ(why(decide("scan-2", "berta", DecisionKind::kRelease)), "ok");
  EXPECT_EQ(done_, std::vector{DecisionKind::kRelease});
}

TEST_F(CaseReadingTest, TwoOfficersOnOneCase) {
  ASSERT_EQ(why(desk_->open_case("scan-1", "anna", false)), "ok");
  EXPECT_EQ(view("scan-1").reader, "anna");
  EXPECT_EQ(why(desk_->answer_finding("scan-1", 0, core::FindingAnswer::kAgree, "berta")),
            "anna reads this case now");
  EXPECT_EQ(why(desk_->set_marks({"scan-1", "[]", 0, "berta"})), "anna reads this case now");
  ASSERT_EQ(why(desk_->answer_finding("scan-1", 0, core::FindingAnswer::kAgree, "anna")), "ok");
  EXPECT_EQ(why(decide("scan-1", "berta", DecisionKind::kRelease)), "anna reads this case now");
  clock_.advance(121s);  // anna did nothing
  EXPECT_EQ(why(decide("scan-1", "berta", DecisionKind::kRelease)), "ok");
  EXPECT_EQ(view("scan-1").decision->officer, "berta");
  EXPECT_EQ(done_, std::vector{DecisionKind::kRelease});
}

TEST_F(CaseReadingTest, WhatIsNextIsTheCurrentCaseAndThenTheOldestThatTheReaderMayRead) {
  const auto next = [&](const char* user) {
    std::vector<std::string> ids;
    for (const auto& one : desk_->next_cases(user)) ids.push_back(one.scan_id);
    return ids;
  };
  using Ids = std::vector<std::string>;
  ASSERT_EQ(desk_->current_case_id(), "scan-1");
  EXPECT_EQ(next("anna"), (Ids{"scan-1", "scan-2"}));
  EXPECT_EQ(next(""), (Ids{"scan-1", "scan-2"})) << "a lane without accounts";
  // Another reads it: it is nobody else's, until he lets it lie.
  ASSERT_EQ(why(desk_->open_case("scan-2", "berta", false)), "ok");
  EXPECT_EQ(next("anna"), Ids{"scan-1"});
  EXPECT_EQ(next("berta"), (Ids{"scan-1", "scan-2"}));
  EXPECT_EQ(view("scan-2").reader, "berta") << "asking takes nothing";
  clock_.advance(121s);
  EXPECT_EQ(next("anna"), (Ids{"scan-1", "scan-2"}));
  // Its vehicle is gone; then the other one is decided.
  desk_->lane_waits_for({"scan-2"});
  EXPECT_EQ(next("anna"), Ids{"scan-2"});
  ASSERT_EQ(why(decide("scan-2", "anna", DecisionKind::kRelease)), "ok");
  EXPECT_EQ(next("anna"), Ids{});
}

TEST_F(CaseReadingTest, WhoHasReadACaseIsNotHandedItOnceMore) {
  second_ = access::SecondReader::kAlways;
  start();
  ASSERT_EQ(why(decide("scan-2", "anna", DecisionKind::kRelease)), "ok");
  ASSERT_EQ(desk_->next_cases("anna").size(), 1U);
  EXPECT_EQ(desk_->next_cases("anna")[0].scan_id, "scan-1");
  EXPECT_EQ(desk_->next_cases("berta").size(), 2U);
}

/// Also where the later scan's case is there only after it was told.
TEST_F(CaseReadingTest, TwoScansOfOneVehicleNameEachOtherAlsoAfterARestart) {
  desk_->scanned_again("scan-2", "scan-1");
  desk_->scanned_again("scan-3", "scan-2");
  core::ScanMeta meta;
  meta.id = "scan-3";
  meta.started = clock_.utc_now();
  ASSERT_TRUE(desk_->scan_opened(meta, folder_.path() / "scan-3").ok());
  for (const bool restarted : {false, true}) {
    if (restarted) start();
    EXPECT_EQ(view("scan-1").case_before, "");
    EXPECT_EQ(view("scan-1").case_after, "scan-2");
    EXPECT_EQ(view("scan-2").case_before, "scan-1");
    EXPECT_EQ(view("scan-2").case_after, "scan-3");
    EXPECT_EQ(view("scan-3").case_before, "scan-2");
    EXPECT_EQ(view("scan-3").case_after, "");
  }
}

TEST_F(CaseReadingTest, MarksOnTheImageComeBackAfterARestart) {
  second_ = access::SecondReader::kNever;
  start();
  ASSERT_EQ(why(desk_->set_marks({"scan-1", "[1]", 0, "anna"})), "ok");
  ASSERT_EQ(why(desk_->set_marks({"scan-1", "[1,2]", 1, "anna"})), "ok");
  start();
  EXPECT_EQ(view("scan-1").marks_json, "[1,2]");
  EXPECT_EQ(view("scan-1").marks_version, 2U);
  EXPECT_NE(why(desk_->set_marks({"scan-1", "[]", 1, "anna"})), "ok") << "made from older ones";
  EXPECT_EQ(why(desk_->set_marks({"scan-1", "[3]", 2, "anna"})), "ok");
}

TEST_F(CaseReadingTest, TheSecondReaderSeesNothingOfTheFirstAlsoAfterARestart) {
  second_ = access::SecondReader::kAlways;
  start();
  ASSERT_EQ(why(desk_->set_marks({"scan-1", "[1]", 0, "anna"})), "ok");
  ASSERT_EQ(why(desk_->answer_finding("scan-1", 0, core::FindingAnswer::kReject, "anna")), "ok");
  ASSERT_EQ(why(decide("scan-1", "anna", DecisionKind::kRelease)), "ok");
  for (int restart = 0; restart < 2; ++restart) {
    const auto seen = view("scan-1");
    EXPECT_TRUE(done_.empty());
    EXPECT_FALSE(seen.decision.has_value());
    EXPECT_EQ(seen.state, services::CaseState::kToDecide);
    EXPECT_EQ(seen.answers, std::vector{core::FindingAnswer::kNone});
    EXPECT_EQ(seen.marks_json, "");
    EXPECT_EQ(seen.has_read, std::vector<std::string>{"anna"});
    EXPECT_EQ(why(desk_->open_case("scan-1", "anna", false)),
              "you have read this case; another reads it");
    if (restart == 0) start();
  }
  ASSERT_EQ(why(desk_->answer_finding("scan-1", 0, core::FindingAnswer::kAgree, "berta")), "ok");
  ASSERT_EQ(why(decide("scan-1", "berta", DecisionKind::kPhysicalInspection)), "ok");
  EXPECT_TRUE(done_.empty());  // they differ
  ASSERT_EQ(why(desk_->answer_finding("scan-1", 0, core::FindingAnswer::kAgree, "carla")), "ok");
  ASSERT_EQ(why(decide("scan-1", "carla", DecisionKind::kPhysicalInspection)), "ok");
  EXPECT_EQ(done_, std::vector{DecisionKind::kPhysicalInspection});
  EXPECT_EQ(view("scan-1").decision->officer, "carla");
  EXPECT_TRUE(view("scan-1").outcome_wanted);
}

TEST_F(CaseReadingTest, WhatIsHeldIsReadAnewWhatIsIsolatedASupervisorOverrides) {
  ASSERT_EQ(why(decide("scan-2", "anna", DecisionKind::kHold)), "ok");
  desk_->lane_waits_for({"scan-1", "scan-2"});
  ASSERT_EQ(why(decide("scan-2", "anna", DecisionKind::kIsolate)), "ok");
  desk_->lane_waits_for({"scan-1", "scan-2"});
  EXPECT_EQ(why(decide("scan-2", "berta", DecisionKind::kRelease)),
            "the case is decided; a supervisor may override it");
  EXPECT_EQ(why(override_it("scan-2", "anna", DecisionKind::kRelease, "it was nothing")),
            "this is your own decision; another supervisor has to override it");
  EXPECT_EQ(why(override_it("scan-2", "sara", DecisionKind::kRelease, "")),
            "an override needs a reason in words");
  EXPECT_EQ(why(override_it("scan-1", "sara", DecisionKind::kRelease, "it was nothing")),
            "the case is not decided yet; read it and decide");
  ASSERT_EQ(why(override_it("scan-2", "sara", DecisionKind::kRelease, "it was nothing")), "ok");
  EXPECT_EQ(done_,
            (std::vector{DecisionKind::kHold, DecisionKind::kIsolate, DecisionKind::kRelease}));
  const auto report = desk_->supervise(1).value();
  EXPECT_EQ(report.overrides, std::vector<std::string>{"scan-2"});
  EXPECT_EQ(report.queue, 1U);  // scan-1
}

TEST_F(CaseReadingTest, DrawsDecideAndAreSaidAfterwardsOnly) {
  draws_ = true;
  known_ = false;
  start();
  EXPECT_EQ(why(decide("scan-2", "anna", DecisionKind::kRelease)),
            "the random draws of this vehicle are being asked for; try again");
  known_ = second_drawn_ = open_drawn_ = true;
  ASSERT_EQ(why(decide("scan-2", "anna", DecisionKind::kRelease)), "ok");
  EXPECT_TRUE(done_.empty());
  EXPECT_EQ(view("scan-2").drawn, "");
  ASSERT_EQ(why(decide("scan-2", "berta", DecisionKind::kRelease)), "ok");
  EXPECT_EQ(done_, std::vector{DecisionKind::kPhysicalInspection});
  EXPECT_EQ(view("scan-2").decision->reason_code, "drawn_to_open");
  EXPECT_EQ(view("scan-2").drawn, "drawn at random for a second reader and to be opened");
}

TEST_F(CaseReadingTest, OutcomesOfInspectionsAreKeptAndCounted) {
  ASSERT_EQ(why(desk_->answer_finding("scan-1", 0, core::FindingAnswer::kAgree, "anna")), "ok");
  ASSERT_EQ(why(decide("scan-1", "anna", DecisionKind::kPhysicalInspection)), "ok");
  EXPECT_EQ(desk_->supervise(1)->outcomes_missing, std::vector<std::string>{"scan-1"});
  services::OutcomeRequest outcome;
  outcome.case_id = "scan-1";
  outcome.outcomes = {{access::OutcomeResult::kFound, "cigarettes", "behind the wall", "40 kg"},
                      {access::OutcomeResult::kNothing, "", "", ""}};
  outcome.seals_found = {"A1"};
  outcome.seals_put = {"B2"};
  outcome.user = "anna";
  EXPECT_FALSE(desk_->record_outcome(outcome).ok());  // her own referral
  outcome.user = "ivan";
  ASSERT_EQ(why(desk_->record_outcome(outcome)), "ok");
  // Of each declaration the newest selection holds.
  for (const customs::BoundSelection& selected :
       {customs::BoundSelection{"d1", "red", "", false, true, {"old-rule"}},
        customs::BoundSelection{"d2", "red", "", false, true, {"tobacco-route"}},
        customs::BoundSelection{"d1", "yellow", "", true, true, {"shoes"}}})
    ASSERT_TRUE(catalogue_
                    ->add_event("scan-1", kSelectionRulesEvent, selection_rules_json(selected),
                                clock_.utc_now())
                    .ok());
  ASSERT_TRUE(
      catalogue_->add_event("scan-1", kSelectionRulesEvent, "[1, {", clock_.utc_now()).ok());
  start();
  const auto seen = view("scan-1");
  EXPECT_EQ(seen.outcome_by, "ivan");
  EXPECT_FALSE(seen.outcome_wanted);
  ASSERT_EQ(seen.outcomes.size(), 2U);
  EXPECT_EQ(seen.outcomes[0].what, "cigarettes");
  EXPECT_EQ(seen.seals_put, std::vector<std::string>{"B2"});
  const auto report = desk_->supervise(1).value();
  ASSERT_EQ(report.finders.size(), 1U);
  EXPECT_EQ(report.finders[0].hits, 1U);
  EXPECT_EQ(report.finders[0].count, 1U);
  EXPECT_TRUE(report.outcomes_missing.empty());
  ASSERT_EQ(report.rules.size(), 2U);
  EXPECT_EQ(report.rules[0].name, "shoes");
  EXPECT_EQ(report.rules[1].name, "tobacco-route");
  EXPECT_EQ(report.rules[1].hits, 1U);
  ASSERT_EQ(report.drawn.size(), 2U);
  EXPECT_EQ(report.drawn[1].name, "selected");
  EXPECT_EQ(report.drawn[1].count, 1U);
}

}  // namespace
}  // namespace portcullis::apps
