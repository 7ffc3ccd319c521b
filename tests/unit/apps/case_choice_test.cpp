#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>

#include "apps/lane/case_desk.h"
#include "apps/lane/case_notes.h"
#include "inspection/verdict/verdict.h"
#include "tests/support/socket_folder.h"

namespace portcullis::apps {
namespace {

using core::CheckOutcome;
using core::DecisionKind;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

/// Selects and takes all that it is given, and remembers it; may be made to wait or to be away.
class RecordingGateway final : public customs::GatewayPort {
 public:
  core::Result<std::vector<customs::FoundDeclaration>> find_declarations(
      const customs::VehicleNumbers&) override {
    const std::lock_guard lock(mutex_);
    return found;
  }
  core::Result<std::vector<customs::BoundSelection>> bind(
      const customs::BindingReport& report) override {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !held; });
    if (away) return core::Error{core::ErrorCode::kUnavailable, "no gateway"};
    bound.push_back(report.declaration_ids);
    changed_.notify_all();
    std::vector<customs::BoundSelection> selections;
    for (const auto& id : report.declaration_ids)
      selections.push_back({id, "red", "route", false, false, {"rule-" + id}});
    return selections;
  }
  core::Result<std::optional<core::Check>> assess_revenue(const std::vector<std::string>&,
                                                          const core::InspectionReport&) override {
    return std::optional<core::Check>();
  }
  core::Result<customs::DecisionReceipt> submit_decision(
      const customs::DecisionSubmission& submission) override {
    const std::lock_guard lock(mutex_);
    if (away) return core::Error{core::ErrorCode::kUnavailable, "no gateway"};
    told.emplace_back(submission.declaration_id, submission.decision.kind);
    changed_.notify_all();
    return customs::DecisionReceipt{submission.declaration_id.empty() ? "" : "A.xml", "Recorded.",
                                    false};
  }
  core::Result<customs::GatewayStatus> status() override {
    const std::lock_guard lock(mutex_);
    if (away) return core::Error{core::ErrorCode::kUnavailable, "no gateway"};
    customs::GatewayStatus known;
    known.declarations = found.size();
    return known;
  }
  /// Changes it; waits for nothing.
  void set(const std::function<void()>& change) {
    const std::lock_guard lock(mutex_);
    change();
    changed_.notify_all();
  }
  bool wait(const std::function<bool()>& holds) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, 20s, holds);
  }

  bool held = false, away = false;
  std::vector<customs::FoundDeclaration> found;
  std::vector<std::vector<std::string>> bound;
  std::vector<std::pair<std::string, DecisionKind>> told;

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
};

core::Declaration declared(const std::string& id, double gross_kg,
                           const std::string& container = "CSQU3054383") {
  core::Declaration declaration;
  declaration.system = "wco";
  declaration.mrn = "MRN-" + id;
  if (!container.empty()) declaration.containers.push_back({container, "22G1", {}, std::nullopt});
  core::DeclaredItem item;
  item.description = "goods of " + id;
  item.gross_mass_kg = gross_kg;
  declaration.items.push_back(item);
  return declaration;
}

core::ContainerObservation seen_container(const std::string& number) {
  core::ContainerObservation seen;
  seen.number = number;
  seen.bbox_px = {20, 30, 300, 100};
  seen.load_mass_kg = 10'000;
  seen.load_mass_low_kg = 9'300;
  seen.load_mass_high_kg = 10'700;
  seen.fill = 0.5;
  return seen;
}

/// A desk over a catalogue with one scan, judged before: 10 t in its container, which declaration
/// "a" (10.1 t) and declaration "b" (4 t) both name. The lane waits for a decision on it.
class CaseChoiceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto opened =
        archive::Catalogue::open_for_lane(folder_.path() / "catalogue.sqlite", clock_.utc_now());
    ASSERT_TRUE(opened.ok());
    catalogue_.emplace(std::move(opened).value());
    add_scan({"CSQU3054383"}, {{"a", declared("a", 10'100)}, {"b", declared("b", 4'000)}});
    start();
  }
  void TearDown() override {
    gateway_.set([&] { gateway_.held = false; });
    desk_.reset();
    catalogue_.reset();
  }

  void add_scan(const std::vector<std::string>& containers,
                const std::vector<std::pair<std::string, core::Declaration>>& declarations) {
    scan_ = "scan-" + std::to_string(++scans_);
    core::ScanMeta meta;
    meta.id = scan_;
    meta.started = clock_.utc_now();
    imaging::Images images;
    images.grid = {400, 200, 10, 0, 4700};
    images.bad.assign(images.size(), 0);
    imaging::FlagResult flagged;
    for (const auto& number : containers) {
      core::ContainerReading reading;
      reading.number = number;
      meta.identity.containers.push_back(reading);
      flagged.containers.push_back(seen_container(number));
    }
    ASSERT_TRUE(catalogue_->begin_scan(meta, folder_.path() / scan_).ok());
    ASSERT_TRUE(catalogue_
                    ->end_scan(scan_, core::ScanOutcome::kComplete, "", clock_.utc_now(),
                               {std::string(64, 'a'), 10, 0})
                    .ok());
    std::vector<core::Declaration> all;
    for (const auto& [id, declaration] : declarations) {
      all.push_back(declaration);
      ASSERT_TRUE(
          catalogue_->bind_declaration(scan_, id, "container", declaration, clock_.utc_now()).ok());
    }
    auto report = inspection::judge(images, flagged, all);
    report.scan_id = scan_;
    ASSERT_TRUE(catalogue_->add_report(report, clock_.utc_now()).ok());
  }

  /// As after a restart of the lane.
  void start() {
    desk_.reset();
    clock_.advance(1s);
    CaseDesk::Parts parts{*catalogue_, nullptr, &gateway_, clock_, 5min, {}, {}, {}};
    parts.decide_in_lane = [](const services::DecisionRequest&, const std::string&, bool) {
      return core::Status();
    };
    parts.accounts = true;
    parts.on_choice = [this](const std::string& case_id, const archive::CatalogueChoice& choice,
                             std::size_t before) { logged_.emplace_back(case_id, choice, before); };
    desk_ = std::make_unique<CaseDesk>(std::move(parts));
    desk_->lane_waits_for({scan_});
  }
  std::string choose(const std::string& id, const std::string& user = "anna",
                     const std::vector<std::string>& shown = {"a", "b"}) {
    clock_.advance(1s);
    return why(desk_->choose_declaration({scan_, id, shown, user}));
  }
  std::string decide(DecisionKind kind, const std::string& user = "anna") {
    clock_.advance(1s);
    return why(desk_->decide({scan_, kind, "documents", "", user, 1000}));
  }
  services::CaseView view() { return desk_->case_view(scan_).value(); }
  /// The case once `holds` for it; as it is after 20 s where it never does.
  services::CaseView view_when(const std::function<bool(const services::CaseView&)>& holds) {
    const auto until = std::chrono::steady_clock::now() + 20s;
    std::uint64_t seen = 0;
    for (;;) {
      const auto now = desk_->wait_case(scan_, seen, 100ms);
      seen = now.version;
      if (holds(*now.view) || std::chrono::steady_clock::now() > until) return *now.view;
    }
  }
  services::CaseView checked_with(const std::string& seen) {
    return view_when([&](const auto& one) { return check(one, "declaration").seen == seen; });
  }
  static core::Check check(const services::CaseView& view, const std::string& name) {
    for (const auto& one : view.report->checks)
      if (one.name == name) return one;
    return {};
  }
  static std::vector<std::string> ids(const std::vector<services::MatchedDeclaration>& of) {
    std::vector<std::string> ids;
    for (const auto& one : of) ids.push_back(one.id);
    return ids;
  }
  static std::string why(const core::Status& status) {
    return status.ok() ? "ok" : status.error().message;
  }
  std::size_t events(std::string_view kind) {
    std::size_t count = 0;
    const auto stored = catalogue_->show(scan_).value();
    for (const auto& event : stored.events) count += event.kind == kind ? 1 : 0;
    return count;
  }

  test::SocketFolder folder_;
  core::ManualClock clock_;
  std::optional<archive::Catalogue> catalogue_;
  RecordingGateway gateway_;
  std::vector<std::tuple<std::string, archive::CatalogueChoice, std::size_t>> logged_;
  std::string scan_;
  int scans_ = 0;
  std::unique_ptr<CaseDesk> desk_;
};

TEST_F(CaseChoiceTest, TheChosenOneAloneIsCheckedSelectedAndAnsweredAlsoAfterARestart) {
  ASSERT_EQ(check(view(), "declaration").outcome, CheckOutcome::kUnknown);
  ASSERT_EQ(choose("a"), "ok");
  auto seen = checked_with("MRN-a");
  EXPECT_EQ(check(seen, "declaration").outcome, CheckOutcome::kAgrees);
  EXPECT_EQ(check(seen, "mass").outcome, CheckOutcome::kAgrees);
  EXPECT_EQ(seen.report->verdict.outcome, core::VerdictOutcome::kClear);
  ASSERT_EQ(logged_.size(), 1U);
  const auto& [case_id, logged, before] = logged_.front();
  EXPECT_EQ(case_id, scan_);
  EXPECT_EQ(logged.by, "anna");
  EXPECT_EQ(logged.chosen, "a");
  EXPECT_THAT(logged.shown, ElementsAre("a", "b"));
  EXPECT_THAT(logged.set_aside, ElementsAre("b"));
  EXPECT_EQ(before, 0U);

  start();
  seen = view();
  EXPECT_THAT(ids(seen.declarations), ElementsAre("a"));
  EXPECT_THAT(ids(seen.declarations_set_aside), ElementsAre("b"));
  EXPECT_EQ(seen.declaration_chosen_by, "anna");
  EXPECT_EQ(seen.declaration_chosen, "a");
  EXPECT_EQ(check(seen, "declaration").outcome, CheckOutcome::kAgrees);
  std::uint64_t version = 0;  // a start makes the checks again where it is not sure of them
  while (decide(DecisionKind::kRelease) != "ok") {
    const auto now = desk_->wait_case(scan_, version, 20s);
    ASSERT_NE(now.version, version);
    version = now.version;
  }
  ASSERT_TRUE(gateway_.wait([&] { return !gateway_.told.empty(); }));
  start();                    // what was answered is not answered again
  desk_->lane_waits_for({});  // the vehicle has gone
  EXPECT_EQ(choose("a"), "ok") << "the same again, its answer was lost";
  EXPECT_EQ(choose("b"), "the case is decided; its declarations stand");
  desk_.reset();  // does what is left
  EXPECT_THAT(gateway_.told, ElementsAre(std::pair("a", DecisionKind::kRelease)));
  for (const auto& bound : gateway_.bound) EXPECT_THAT(bound, ElementsAre("a"));
  EXPECT_FALSE(gateway_.bound.empty());
  EXPECT_EQ(events(archive::kChoiceEvent), 1U);
}

/// The load weighs 10 t: "b" declares 4 t of it, and that is a finding of its own.
TEST_F(CaseChoiceTest, TheOtherChoiceIsADifferenceAndMayBeTakenBack) {
  ASSERT_EQ(choose("b"), "ok");
  auto seen = checked_with("MRN-b");
  EXPECT_EQ(check(seen, "mass").outcome, CheckOutcome::kDiffers);
  ASSERT_EQ(seen.report->findings.size(), 1U);
  EXPECT_EQ(seen.report->findings[0].kind, core::FindingKind::kMassMismatch);
  EXPECT_EQ(seen.answers, std::vector{core::FindingAnswer::kNone});
  EXPECT_EQ(seen.report->verdict.outcome, core::VerdictOutcome::kInspect);
  ASSERT_EQ(choose("a"), "ok");
  seen = checked_with("MRN-a");
  EXPECT_THAT(ids(seen.declarations), ElementsAre("a"));
  EXPECT_THAT(seen.report->findings, IsEmpty());
  EXPECT_EQ(std::get<2>(logged_.back()), 1U);
}

TEST_F(CaseChoiceTest, NoneOfThemIsAnAnswerAndALateOneBindsAlone) {
  ASSERT_EQ(choose(""), "ok");
  const auto seen = checked_with("none");
  EXPECT_THAT(ids(seen.declarations), IsEmpty());
  EXPECT_THAT(ids(seen.declarations_set_aside), ElementsAre("a", "b"));
  EXPECT_EQ(check(seen, "declaration").outcome, CheckOutcome::kUnknown);
  EXPECT_EQ(check(seen, "declaration").text,
            "An officer says that none of the 2 declarations that name this vehicle belongs to "
            "it.");
  EXPECT_EQ(seen.report->verdict.outcome, core::VerdictOutcome::kLook);
  gateway_.set([&] {
    for (const char* id : {"a", "b", "c"})
      gateway_.found.push_back({id, declared(id, 10'000), "container"});
  });
  clock_.advance(3s);
  EXPECT_THAT(
      ids(view_when([](const auto& one) { return !one.declarations.empty(); }).declarations),
      ElementsAre("c"));
  EXPECT_EQ(choose("a"),
            "the declarations of this case are others now than were shown; look at them first");
}

TEST_F(CaseChoiceTest, OneThatComesBesideAnotherIsBoundAndTheChecksAreMadeAgain) {
  ASSERT_EQ(choose("a"), "ok");
  checked_with("MRN-a");
  gateway_.set([&] {
    for (const char* id : {"a", "b", "c"})
      gateway_.found.push_back({id, declared(id, 10'000), "container"});
  });
  clock_.advance(3s);
  const auto seen = view_when([](const auto& one) { return one.declarations.size() == 2; });
  EXPECT_THAT(ids(seen.declarations), ElementsAre("a", "c"));
  EXPECT_THAT(ids(seen.declarations_set_aside), ElementsAre("b")) << "what was said stands";
  // Which of the two it is, is the officer's to say, not the later one's.
  const auto doubt = view_when(
      [&](const auto& one) { return check(one, "declaration").outcome != CheckOutcome::kAgrees; });
  EXPECT_THAT(doubt.declarations_late, IsEmpty());
  EXPECT_EQ(choose("a", "anna", {"a", "b", "c"}), "ok");
}

TEST_F(CaseChoiceTest, WhatComesAfterTheDecisionIsKeptApart) {
  ASSERT_EQ(choose("a"), "ok");
  const auto judged = checked_with("MRN-a");
  clock_.advance(1s);
  ASSERT_EQ(decide(DecisionKind::kRelease), "ok");
  ASSERT_TRUE(gateway_.wait([&] { return gateway_.told.size() == 1; }));
  desk_->lane_waits_for({});
  gateway_.set([&] {
    gateway_.bound.clear();
    for (const char* id : {"a", "b", "c"})
      gateway_.found.push_back({id, declared(id, 10'000), "container"});
  });
  clock_.advance(3s);
  const auto late = view_when([](const auto& one) { return !one.declarations_late.empty(); });
  EXPECT_THAT(ids(late.declarations_late), ElementsAre("c"));
  EXPECT_EQ(late.declarations_late[0].came.ns, clock_.utc_now().ns);
  EXPECT_THAT(ids(late.declarations), ElementsAre("a"));
  EXPECT_EQ(late.report->checks.size(), judged.report->checks.size());
  ASSERT_TRUE(gateway_.wait([&] { return !gateway_.bound.empty(); }));
  EXPECT_THAT(gateway_.bound.back(), ElementsAre("c")) << "it was scanned all the same";
  // And so it is after a restart; nobody is told a decision that knew nothing of it.
  clock_.advance(1s);
  start();
  desk_->lane_waits_for({});
  EXPECT_THAT(ids(view().declarations_late), ElementsAre("c"));
  EXPECT_THAT(ids(view().declarations), ElementsAre("a"));
  const auto stored = catalogue_->show(scan_);
  ASSERT_EQ(stored->declarations_late.size(), 1U);
  EXPECT_EQ(stored->declarations_late[0].store_id, "c");
  EXPECT_EQ(gateway_.told.size(), 1U);
  // A day later its container may be on another vehicle.
  gateway_.set([&] { gateway_.found.push_back({"d", declared("d", 10'000), "container"}); });
  clock_.advance(std::chrono::hours(25));
  ASSERT_TRUE(gateway_.wait([&] { return true; }));
  EXPECT_THAT(ids(view().declarations_late), ElementsAre("c"));
}

TEST_F(CaseChoiceTest, ReleasedWithNoneOfThemNobodyIsTold) {
  ASSERT_EQ(choose(""), "ok");
  checked_with("none");
  ASSERT_EQ(decide(DecisionKind::kRelease), "ok");
  ASSERT_TRUE(gateway_.wait([&] { return !gateway_.told.empty(); }));
  EXPECT_THAT(gateway_.told, ElementsAre(std::pair("", DecisionKind::kRelease)));
}

TEST_F(CaseChoiceTest, WhatMayNotBeChosenIsRefusedWithItsReason) {
  EXPECT_EQ(choose("c"), "the case has no declaration c");
  EXPECT_EQ(choose("a", "anna", {"a", "c"}),
            "the declarations of this case are others now than were shown; look at them first");
  EXPECT_EQ(why(desk_->choose_declaration({"no-scan", "a", {"a", "b"}, "anna"})),
            "there is no case no-scan");
  ASSERT_EQ(why(desk_->open_case(scan_, "anna", false)), "ok");
  EXPECT_EQ(choose("a", "berta"), "anna reads this case now");
  EXPECT_THAT(logged_, IsEmpty());
  EXPECT_EQ(events(archive::kChoiceEvent), 0U);
  EXPECT_EQ(view().declaration_chosen_by, "");
  desk_->lane_waits_for({});
  EXPECT_EQ(choose("a"), "the vehicle does not wait for a decision now");
  desk_->lane_waits_for({scan_});
  ASSERT_EQ(decide(DecisionKind::kIsolate), "ok");
  EXPECT_EQ(choose("a"), "the case is decided; its declarations stand");
  // Two that read as groupage are not in doubt.
  add_scan({"CSQU3054383"}, {{"a", declared("a", 6'000)}, {"b", declared("b", 4'000)}});
  start();
  ASSERT_EQ(check(view(), "declaration").outcome, CheckOutcome::kAgrees);
  EXPECT_EQ(choose("a"), "the declarations of this case are not in doubt");
}

TEST_F(CaseChoiceTest, NobodyDecidesOnChecksOfBeforeTheChoiceAlsoAfterARestart) {
  gateway_.set([&] { gateway_.held = true; });
  ASSERT_EQ(choose("a"), "ok");
  EXPECT_EQ(decide(DecisionKind::kRelease),
            "the checks are being made again with the declaration that was chosen");
  gateway_.set([&] { gateway_.held = false; });
  checked_with("MRN-a");
  // A kill between the choice and the checks: as if only the choice had come to the disk.
  add_scan({"CSQU3054383"}, {{"a", declared("a", 10'100)}, {"b", declared("b", 4'000)}});
  clock_.advance(1s);
  ASSERT_TRUE(catalogue_
                  ->add_event(scan_, archive::kChoiceEvent,
                              archive::choice_json({{}, "anna", "a", {"a", "b"}, {"b"}}),
                              clock_.utc_now())
                  .ok());
  start();
  EXPECT_EQ(check(checked_with("MRN-a"), "declaration").outcome, CheckOutcome::kAgrees);
  EXPECT_EQ(decide(DecisionKind::kRelease), "ok");
}

TEST_F(CaseChoiceTest, AGatewayThatIsAwayIsToldWhenItComesBackAndOnce) {
  gateway_.set([&] { gateway_.away = true; });
  ASSERT_EQ(choose("a"), "ok");
  checked_with("MRN-a");
  gateway_.set([&] { gateway_.away = false; });
  clock_.advance(3s);
  ASSERT_TRUE(gateway_.wait([&] { return !gateway_.bound.empty(); }));
  EXPECT_THAT(gateway_.bound.front(), ElementsAre("a"));
  // It says that nothing is new: its answer before was lost. The rules are kept all the same.
  ASSERT_EQ(choose("b"), "ok");
  checked_with("MRN-b");
  ASSERT_EQ(choose("a"), "ok");
  checked_with("MRN-a");
  desk_.reset();
  EXPECT_EQ(events(kSelectionRulesEvent), 2U) << "of each declaration once";
  const auto stored = catalogue_->show(scan_).value();
  EXPECT_NE(selection_rules_of(stored, "a").find("rule-a"), std::string::npos);
  access::CaseRecord record;
  take_selections(stored, record);
  EXPECT_THAT(record.rules, ElementsAre("rule-a")) << "what was set aside selected nothing";
}

/// Held until the documents come: both were told of the hold, one of the release; a restart sends
/// what is missing and nothing else.
TEST_F(CaseChoiceTest, AHeldVehicleIsChosenForAndReleasedToTheOneThatHolds) {
  ASSERT_EQ(decide(DecisionKind::kHold), "ok");
  ASSERT_TRUE(gateway_.wait([&] { return gateway_.told.size() == 2; }));
  start();
  ASSERT_EQ(choose("b"), "ok");
  checked_with("MRN-b");
  ASSERT_EQ(why(desk_->answer_finding(scan_, 0, core::FindingAnswer::kAgree, "anna")), "ok");
  gateway_.set([&] { gateway_.away = true; });
  ASSERT_EQ(decide(DecisionKind::kRelease), "ok");
  gateway_.set([&] { gateway_.away = false; });
  start();
  clock_.advance(3s);
  ASSERT_TRUE(gateway_.wait([&] { return gateway_.told.size() >= 3; }));
  desk_.reset();
  EXPECT_THAT(gateway_.told,
              ElementsAre(std::pair("a", DecisionKind::kHold), std::pair("b", DecisionKind::kHold),
                          std::pair("b", DecisionKind::kRelease)));
}

/// Two containers: "c" is of the one alone, "a" and "b" compete for the other.
TEST_F(CaseChoiceTest, WhatIsDeclaredOfTheOtherContainerStays) {
  add_scan({"CSQU3054383", "MWCU6059784"}, {{"a", declared("a", 10'100)},
                                            {"b", declared("b", 4'000)},
                                            {"c", declared("c", 9'900, "MWCU6059784")}});
  start();
  ASSERT_EQ(choose("a", "anna", {"a", "b", "c"}), "ok");
  const auto seen = view_when(
      [](const auto& one) { return one.report->verdict.outcome == core::VerdictOutcome::kClear; });
  EXPECT_THAT(ids(seen.declarations), ElementsAre("a", "c"));
  EXPECT_THAT(ids(seen.declarations_set_aside), ElementsAre("b"));
  EXPECT_EQ(check(seen, "declaration").outcome, CheckOutcome::kAgrees);
}

}  // namespace
}  // namespace portcullis::apps
