// What customs ordered, before and after the officer's decision.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <mutex>

#include "apps/lane/case_desk.h"
#include "inspection/verdict/verdict.h"
#include "tests/support/socket_folder.h"

namespace portcullis::apps {
namespace {

using core::CheckOutcome;
using core::DecisionKind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;
using namespace std::chrono_literals;

constexpr const char* kHeldText = "Container CSQU3054383: customs holds it [x12 1H, CBP hold].";
constexpr const char* kControlText =
    "Declaration MRN-a: customs asks for a control of it [wco 05, DMSCTL].";

/// Says what customs ordered, as it is told to.
class OrderingGateway final : public customs::GatewayPort {
 public:
  core::Result<std::vector<customs::FoundDeclaration>> find_declarations(
      const customs::VehicleNumbers&) override {
    const std::lock_guard lock(mutex_);
    return found;
  }
  core::Result<std::vector<customs::BoundSelection>> bind(const customs::BindingReport&) override {
    return std::vector<customs::BoundSelection>();
  }
  core::Result<std::optional<core::Check>> assess_revenue(const std::vector<std::string>&,
                                                          const core::InspectionReport&) override {
    return std::optional<core::Check>();
  }
  core::Result<std::optional<core::Check>> check_orders(
      const std::vector<std::string>& numbers, const std::vector<std::string>& ids) override {
    const std::lock_guard lock(mutex_);
    asked_numbers = numbers;
    asked_ids = ids;
    if (away) return core::Error{core::ErrorCode::kUnavailable, "no gateway"};
    return ordered;
  }
  core::Result<customs::DecisionReceipt> submit_decision(
      const customs::DecisionSubmission&) override {
    return customs::DecisionReceipt{"A.xml", "Recorded.", false};
  }
  core::Result<customs::GatewayStatus> status() override { return customs::GatewayStatus{}; }

  void order(CheckOutcome outcome, const std::string& seen, const std::string& text) {
    const std::lock_guard lock(mutex_);
    ordered = core::Check{"customs", outcome, seen, "no order in force", text};
  }
  void declare(const core::Declaration& declaration) {
    const std::lock_guard lock(mutex_);
    found = {{"a", declaration, "container"}};
  }
  void order_nothing() {
    const std::lock_guard lock(mutex_);
    ordered.reset();
  }
  void go_away() {
    const std::lock_guard lock(mutex_);
    away = true;
  }

  std::optional<core::Check> ordered;
  std::vector<customs::FoundDeclaration> found;
  std::vector<std::string> asked_numbers, asked_ids;

 private:
  std::mutex mutex_;
  bool away = false;
};

/// A desk over a catalogue with one scan, judged before customs told anything of it.
class CaseCustomsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto opened =
        archive::Catalogue::open_for_lane(folder_.path() / "catalogue.sqlite", clock_.utc_now());
    ASSERT_TRUE(opened.ok());
    catalogue_.emplace(std::move(opened).value());
    core::ScanMeta meta;
    meta.id = kScan;
    meta.started = clock_.utc_now();
    core::ContainerReading reading;
    reading.number = "CSQU3054383";
    meta.identity.containers.push_back(reading);
    ASSERT_TRUE(catalogue_->begin_scan(meta, folder_.path() / kScan).ok());
    ASSERT_TRUE(catalogue_
                    ->end_scan(kScan, core::ScanOutcome::kComplete, "", clock_.utc_now(),
                               {std::string(64, 'a'), 10, 0})
                    .ok());
    core::Declaration declaration;
    declaration.mrn = "MRN-a";
    declaration.containers.push_back({"CSQU3054383", "22G1", {}, std::nullopt});
    ASSERT_TRUE(
        catalogue_->bind_declaration(kScan, "a", "container", declaration, clock_.utc_now()).ok());
    imaging::Images images;
    images.grid = {400, 200, 10, 0, 4700};
    images.bad.assign(images.size(), 0);
    auto report = inspection::judge(images, {}, std::vector{declaration});
    report.scan_id = kScan;
    ASSERT_TRUE(catalogue_->add_report(report, clock_.utc_now()).ok());
    start();
  }
  void TearDown() override {
    desk_.reset();
    catalogue_.reset();
  }
  void start() {
    desk_.reset();
    clock_.advance(1s);
    CaseDesk::Parts parts{*catalogue_, nullptr, &gateway_, clock_, 5min, {}, {}, {}};
    parts.decide_in_lane = [](const services::DecisionRequest&, const std::string&, bool) {
      return core::Status();
    };
    parts.accounts = true;
    desk_ = std::make_unique<CaseDesk>(std::move(parts));
    desk_->lane_waits_for({kScan});
  }
  std::string decide(DecisionKind kind, const std::string& remark = "") {
    clock_.advance(1s);
    return why(desk_->decide({kScan, kind, "documents", remark, "anna", 1000}));
  }
  std::string override_with(DecisionKind kind, const std::string& user) {
    clock_.advance(1s);
    return why(desk_->override_decision({kScan, kind, "documents", "seen by the chief", user, 0}));
  }
  /// The gateway is asked again.
  void look() { clock_.advance(3s); }
  services::CaseView view_when(const std::function<bool(const services::CaseView&)>& holds) {
    const auto until = std::chrono::steady_clock::now() + 20s;
    std::uint64_t seen = 0;
    for (;;) {
      const auto now = desk_->wait_case(kScan, seen, 100ms);
      seen = now.version;
      if (holds(*now.view) || std::chrono::steady_clock::now() > until) return *now.view;
    }
  }
  services::CaseView ordered_as(const std::string& text) {
    return view_when([&](const auto& one) { return order_in(one).text == text; });
  }
  static core::Check order_in(const services::CaseView& view) {
    for (const auto& one : view.report->checks)
      if (one.name == "customs") return one;
    return {};
  }
  static std::string why(const core::Status& status) {
    return status.ok() ? "ok" : status.error().message;
  }
  std::vector<std::string> noted() {
    std::vector<std::string> texts;
    const auto stored = catalogue_->show(kScan).value();
    for (const auto& event : stored.events)
      if (event.kind == "customs_order") texts.push_back(event.text);
    return texts;
  }

  static constexpr const char* kScan = "scan-1";
  test::SocketFolder folder_;
  core::ManualClock clock_;
  std::optional<archive::Catalogue> catalogue_;
  OrderingGateway gateway_;
  std::unique_ptr<CaseDesk> desk_;
};

TEST_F(CaseCustomsTest, AnAmendmentIsTakenOverByTheOpenCaseAndWhatWasDeclaredBeforeIsKept) {
  auto amended = desk_->case_view(kScan)->declarations.at(0).declaration;
  amended.packages = 40;
  core::DeclaredItem item;
  item.number = 1;
  item.description = "Paper";
  amended.items.push_back(item);
  gateway_.declare(amended);
  const std::string text =
      "Declaration MRN-a: customs has amended it since it was lodged [wco 07].";
  gateway_.order(CheckOutcome::kAgrees, "amended", text);
  look();
  const auto seen = ordered_as(text);
  EXPECT_EQ(seen.declarations.at(0).declaration.packages, 40);
  start();
  const auto again = desk_->case_view(kScan).value();
  EXPECT_EQ(again.declarations.at(0).declaration.packages, 40) << "after a restart";
  ASSERT_THAT(again.declarations.at(0).declaration.items, SizeIs(1));
  const auto stored = catalogue_->show(kScan).value();
  std::vector<std::string> kept;
  for (const auto& event : stored.events)
    if (event.kind == archive::kDeclarationAmendedEvent) kept.push_back(event.text);
  ASSERT_THAT(kept, SizeIs(1));
  EXPECT_THAT(kept[0], HasSubstr("MRN-a"));
  EXPECT_THAT(kept[0], ::testing::Not(HasSubstr("Paper")));

  // What was decided on stays as it was.
  ASSERT_EQ(decide(DecisionKind::kRelease), "ok");
  amended.packages = 50;
  gateway_.declare(amended);
  gateway_.order(CheckOutcome::kDiffers, "hold", kHeldText);
  look();
  const auto decided =
      view_when([](const auto& one) { return one.decision_note.find("after") == 0; });
  EXPECT_EQ(decided.declarations.at(0).declaration.packages, 40);
}

TEST_F(CaseCustomsTest, AHoldThatComesAfterTheScanReachesTheOpenCaseAndKeepsItFromRelease) {
  EXPECT_EQ(order_in(desk_->case_view(kScan).value()).name, "");
  gateway_.order(CheckOutcome::kDiffers, "hold", kHeldText);
  look();
  const auto seen = ordered_as(kHeldText);
  EXPECT_EQ(order_in(seen).outcome, CheckOutcome::kDiffers);
  EXPECT_EQ(seen.report->verdict.outcome, core::VerdictOutcome::kInspect);
  EXPECT_THAT(seen.report->verdict.reasons, ::testing::Contains(kHeldText));
  EXPECT_THAT(gateway_.asked_numbers, ElementsAre("CSQU3054383"));
  EXPECT_THAT(gateway_.asked_ids, ElementsAre("a"));
  EXPECT_EQ(decide(DecisionKind::kRelease, "looks well"),
            std::string("customs keeps the goods; decide otherwise, and a supervisor may override "
                        "it: ") +
                kHeldText);
  EXPECT_THAT(noted(), ElementsAre(kHeldText));

  gateway_.order(CheckOutcome::kAgrees, "lifted", "Customs has lifted it.");
  look();
  EXPECT_EQ(order_in(ordered_as("Customs has lifted it.")).outcome, CheckOutcome::kAgrees);
  EXPECT_EQ(decide(DecisionKind::kRelease), "ok");
}

TEST_F(CaseCustomsTest, ASupervisorMayOverrideWithAReason) {
  gateway_.order(CheckOutcome::kDiffers, "hold", kHeldText);
  look();
  ordered_as(kHeldText);
  EXPECT_EQ(override_with(DecisionKind::kRelease, "carl"),
            "the case is not decided yet; read it and decide");
  ASSERT_EQ(decide(DecisionKind::kHold), "ok");
  desk_->lane_waits_for({kScan});
  EXPECT_THAT(decide(DecisionKind::kRelease, "the same officer"), StartsWith("customs keeps"));
  EXPECT_NE(override_with(DecisionKind::kRelease, "anna"), "ok") << "nobody's own";
  ASSERT_EQ(override_with(DecisionKind::kRelease, "carl"), "ok");
  EXPECT_EQ(desk_->case_view(kScan)->decision->officer, "carl");
  look();
  EXPECT_THAT(desk_->alarms(), IsEmpty()) << "it was known";
}

TEST_F(CaseCustomsTest, WhatCustomsAsksForIsAnsweredInWords) {
  gateway_.order(CheckOutcome::kUnknown, "control", kControlText);
  look();
  EXPECT_EQ(ordered_as(kControlText).report->verdict.outcome, core::VerdictOutcome::kLook);
  EXPECT_EQ(
      decide(DecisionKind::kRelease),
      std::string("say in the remark how what customs asks for was dealt with: ") + kControlText);
  EXPECT_EQ(decide(DecisionKind::kRelease, "this scan is the control"), "ok");
}

TEST_F(CaseCustomsTest, AHoldOutlivesARestartWithoutTheGateway) {
  gateway_.order(CheckOutcome::kDiffers, "hold", kHeldText);
  look();
  ordered_as(kHeldText);
  gateway_.go_away();
  start();
  EXPECT_THAT(decide(DecisionKind::kRelease, "looks well"), StartsWith("customs keeps"));
  look();
  EXPECT_THAT(decide(DecisionKind::kRelease, "looks well"), StartsWith("customs keeps"));
}

TEST_F(CaseCustomsTest, AHoldOfWhatWasReleasedIsAlarmedWhileItMayStillBeHere) {
  ASSERT_EQ(decide(DecisionKind::kRelease), "ok");
  desk_->lane_waits_for({});  // on its way out
  gateway_.order(CheckOutcome::kDiffers, "hold", kHeldText);
  look();
  const std::string note = std::string("after the release: ") + kHeldText;
  const auto seen = view_when([&](const auto& one) { return one.decision_note == note; });
  EXPECT_EQ(seen.decision_note, note);
  EXPECT_EQ(order_in(seen).name, "") << "what was decided on stays as it was";
  const auto alarms = desk_->alarms();
  ASSERT_THAT(alarms, SizeIs(1));
  EXPECT_EQ(alarms[0].key, "customs_hold:scan-1");
  EXPECT_EQ(alarms[0].detail, kHeldText);
  EXPECT_NE(lane::alarm_row(alarms[0].key), nullptr);
  desk_.reset();
  EXPECT_THAT(noted(), ElementsAre(note));

  start();
  desk_->lane_waits_for({});
  look();
  view_when([&](const auto&) { return !desk_->alarms().empty(); });
  EXPECT_THAT(desk_->alarms(), SizeIs(1)) << "a restart forgets no hold";
  clock_.advance(10min);
  view_when([&](const auto&) { return desk_->alarms().empty(); });
  EXPECT_THAT(desk_->alarms(), IsEmpty()) << "long gone";
}

TEST_F(CaseCustomsTest, AHoldThatIsLiftedOrFollowedEndsTheAlarm) {
  ASSERT_EQ(decide(DecisionKind::kRelease), "ok");
  desk_->lane_waits_for({kScan});  // in its bay
  gateway_.order(CheckOutcome::kDiffers, "hold", kHeldText);
  look();
  view_when([&](const auto&) { return !desk_->alarms().empty(); });
  ASSERT_THAT(desk_->alarms(), SizeIs(1));
  gateway_.order_nothing();
  look();
  view_when([&](const auto&) { return desk_->alarms().empty(); });
  EXPECT_THAT(desk_->alarms(), IsEmpty());
  gateway_.order(CheckOutcome::kDiffers, "hold", kHeldText);
  look();
  view_when([&](const auto&) { return !desk_->alarms().empty(); });
  ASSERT_EQ(override_with(DecisionKind::kHold, "carl"), "ok");
  look();
  EXPECT_EQ(order_in(ordered_as(kHeldText)).outcome, CheckOutcome::kDiffers);
  EXPECT_THAT(desk_->alarms(), IsEmpty());
}

}  // namespace
}  // namespace portcullis::apps
