// A vehicle with two containers, each decided on apart.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <mutex>

#include "apps/lane/case_desk.h"
#include "apps/lane/case_notes.h"
#include "tests/support/socket_folder.h"

namespace portcullis::apps {
namespace {

using core::DecisionKind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

constexpr const char* kPair = "scan-1";
const std::string kFront = "CSQU3054383";
const std::string kRear = "MWCU6059784";

/// Keeps what was submitted; says of one container that customs holds it.
class PairGateway final : public customs::GatewayPort {
 public:
  core::Result<std::vector<customs::FoundDeclaration>> find_declarations(
      const customs::VehicleNumbers&) override {
    return std::vector<customs::FoundDeclaration>();
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
    const std::lock_guard lock(mutex);
    asked_ids = ids;
    if (std::find(numbers.begin(), numbers.end(), held) == numbers.end())
      return std::optional<core::Check>();
    return std::optional(core::Check{"customs", core::CheckOutcome::kDiffers, "a hold", "no order",
                                     held + " is held."});
  }
  core::Result<customs::DecisionReceipt> submit_decision(
      const customs::DecisionSubmission& submission) override {
    const std::lock_guard lock(mutex);
    told.push_back(submission.declaration_id + " " + submission.decision.container + " " +
                   std::string(core::decision_kind_name(submission.decision.kind)));
    return customs::DecisionReceipt{"A.xml", "Recorded.", false};
  }
  core::Result<customs::GatewayStatus> status() override { return customs::GatewayStatus{}; }

  std::mutex mutex;
  std::string held;
  std::vector<std::string> told, asked_ids;
};

class CaseContainersTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto opened =
        archive::Catalogue::open_for_lane(folder_.path() / "catalogue.sqlite", clock_.utc_now());
    ASSERT_TRUE(opened.ok());
    catalogue_.emplace(std::move(opened).value());
    core::ScanMeta meta;
    meta.id = kPair;
    meta.started = clock_.utc_now();
    for (const auto& number : {kFront, kRear}) {
      core::ContainerReading reading;
      reading.number = number;
      meta.identity.containers.push_back(reading);
    }
    ASSERT_TRUE(catalogue_->begin_scan(meta, folder_.path() / kPair).ok());
    ASSERT_TRUE(catalogue_
                    ->end_scan(kPair, core::ScanOutcome::kComplete, "", clock_.utc_now(),
                               {std::string(64, 'a'), 10, 0})
                    .ok());
    for (const auto& [id, number] : {std::pair{"a", kFront}, {"b", kRear}}) {
      core::Declaration declaration;
      declaration.mrn = std::string("MRN-") + id;
      declaration.containers.push_back({number, "22G1", {}, std::nullopt});
      ASSERT_TRUE(
          catalogue_->bind_declaration(kPair, id, "container", declaration, clock_.utc_now()).ok());
    }
    core::InspectionReport report;
    report.scan_id = kPair;
    report.checks.push_back({"declaration", core::CheckOutcome::kAgrees, "", "", ""});
    if (customs_holds_) {
      gateway_.held = kRear;
      report.checks.push_back(
          {"customs", core::CheckOutcome::kDiffers, "a hold", "no order", kRear + " is held."});
    }
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
    parts.decide_in_lane = [this](const services::DecisionRequest& request, const std::string&,
                                  bool only_ask) -> core::Status {
      if (only_ask && request.kind == lane_refuses_)
        return core::Error{core::ErrorCode::kRefused, "the lane does not"};
      if (!only_ask) done_.push_back(request.kind);
      return {};
    };
    parts.on_decision = [this](const core::Decision&, const CaseDesk::DecisionPlace& place) {
      const std::lock_guard lock(places_mutex_);
      places_.push_back(place);
    };
    parts.accounts = true;
    parts.second_reader = second_;
    desk_ = std::make_unique<CaseDesk>(std::move(parts));
    desk_->lane_waits_for({kPair});
  }
  std::string decide(const std::string& container, DecisionKind kind,
                     const std::string& user = "anna") {
    clock_.advance(1s);
    return why(desk_->decide({kPair, kind, "documents", "", user, 1000, "", container}));
  }
  std::string override_it(const std::string& container, DecisionKind kind,
                          const std::string& user) {
    clock_.advance(1s);
    return why(
        desk_->override_decision({kPair, kind, "other", "seen again", user, 0, "", container}));
  }
  static std::string why(const core::Status& status) {
    return status.ok() ? "ok" : status.error().message;
  }
  services::CaseView view() { return desk_->case_view(kPair).value(); }
  /// Of the front and the rear container: the decision that stands, or "-".
  std::vector<std::string> standing() {
    std::vector<std::string> kinds;
    for (const auto& one : view().container_decisions)
      kinds.emplace_back(one.decision ? core::decision_kind_name(one.decision->kind) : "-");
    return kinds;
  }
  /// What customs were told, when it was `count` things.
  std::vector<std::string> told(std::size_t count) {
    const auto until = std::chrono::steady_clock::now() + 20s;
    for (std::uint64_t seen = 0;;) {
      {
        const std::lock_guard lock(gateway_.mutex);
        if (gateway_.told.size() >= count || std::chrono::steady_clock::now() > until)
          return gateway_.told;
      }
      seen = desk_->wait_case(kPair, seen, 50ms).version;
    }
  }

  test::SocketFolder folder_;
  core::ManualClock clock_;
  std::optional<archive::Catalogue> catalogue_;
  PairGateway gateway_;
  std::vector<DecisionKind> done_;  // by the lane
  std::optional<DecisionKind> lane_refuses_;
  std::mutex places_mutex_;
  std::vector<CaseDesk::DecisionPlace> places_;
  access::SecondReader second_ = access::SecondReader::kNever;
  bool customs_holds_ = false;
  std::unique_ptr<CaseDesk> desk_;
};

TEST_F(CaseContainersTest, TheVehicleStaysWhileOneIsHeldAndCustomsIsToldOfEach) {
  EXPECT_THAT(standing(), ElementsAre("-", "-"));
  ASSERT_EQ(decide(kFront, DecisionKind::kRelease), "ok");
  EXPECT_THAT(standing(), ElementsAre("release", "-"));
  EXPECT_EQ(view().state, services::CaseState::kToDecide);
  EXPECT_FALSE(view().decision.has_value());
  EXPECT_THAT(done_, IsEmpty()) << "the lane waits for the other one";
  EXPECT_THAT(decide(kFront, DecisionKind::kHold), HasSubstr("is decided already"));

  ASSERT_EQ(decide(kRear, DecisionKind::kHold), "ok");
  EXPECT_THAT(done_, ElementsAre(DecisionKind::kHold));
  EXPECT_EQ(view().state, services::CaseState::kDecided);
  EXPECT_EQ(view().decision->kind, DecisionKind::kHold);
  EXPECT_THAT(told(2), ElementsAre("a CSQU3054383 release", "b MWCU6059784 hold"));

  // The rear one is looked at again; now the vehicle may go.
  start();
  EXPECT_THAT(standing(), ElementsAre("release", "hold"));
  ASSERT_EQ(decide(kRear, DecisionKind::kRelease), "ok");
  EXPECT_THAT(done_, ElementsAre(DecisionKind::kHold, DecisionKind::kRelease));
  EXPECT_EQ(view().decision->kind, DecisionKind::kRelease);
  EXPECT_THAT(told(3),
              ElementsAre("a CSQU3054383 release", "b MWCU6059784 hold", "b MWCU6059784 release"));
  ASSERT_EQ(places_.size(), 3U);
  EXPECT_TRUE(places_[0].first);
  EXPECT_FALSE(places_[0].vehicle_decided);
  EXPECT_TRUE(places_[1].first) << "the first on its container is no override";
  EXPECT_TRUE(places_[1].vehicle_decided);
  EXPECT_FALSE(places_[2].first);
}

TEST_F(CaseContainersTest, OneDecisionOnTheVehicleIsOneOnBoth) {
  ASSERT_EQ(decide("", DecisionKind::kRelease), "ok");
  EXPECT_THAT(done_, ElementsAre(DecisionKind::kRelease));
  EXPECT_THAT(standing(), ElementsAre("release", "release"));
  EXPECT_THAT(told(2), ElementsAre("a CSQU3054383 release", "b MWCU6059784 release"));
  start();
  EXPECT_EQ(view().decision->kind, DecisionKind::kRelease);
}

TEST_F(CaseContainersTest, ARestartBetweenTheTwoKeepsTheOneThatWasMade) {
  ASSERT_EQ(decide(kRear, DecisionKind::kPhysicalInspection), "ok");
  start();
  EXPECT_THAT(standing(), ElementsAre("-", "physical_inspection"));
  EXPECT_EQ(view().state, services::CaseState::kToDecide);
  EXPECT_THAT(decide(kRear, DecisionKind::kRelease), HasSubstr("is decided already"));
  EXPECT_THAT(decide("", DecisionKind::kRelease), HasSubstr("one by one"));
  ASSERT_EQ(decide(kFront, DecisionKind::kRelease), "ok");
  EXPECT_THAT(done_, ElementsAre(DecisionKind::kPhysicalInspection));
  EXPECT_TRUE(view().outcome_wanted);
  const auto referred = referred_to_inspection(catalogue_->show(kPair).value());
  ASSERT_EQ(referred.size(), 1U);
  EXPECT_EQ(referred[0].container, kRear);
}

TEST_F(CaseContainersTest, WhatCannotBeDecidedOnAloneIsRefused) {
  EXPECT_THAT(decide("TGHU1234560", DecisionKind::kHold), HasSubstr("TGHU1234560"));
  for (const auto kind : {DecisionKind::kIsolate, DecisionKind::kRescan})
    EXPECT_THAT(decide(kFront, kind), HasSubstr("whole vehicle"));
  ASSERT_EQ(decide(kFront, DecisionKind::kRelease), "ok");
  ASSERT_EQ(decide("", DecisionKind::kIsolate), "ok") << "a person in it waits for nothing";
  EXPECT_THAT(done_, ElementsAre(DecisionKind::kIsolate));
  EXPECT_THAT(standing(), ElementsAre("isolate", "isolate"));
}

TEST_F(CaseContainersTest, TheLaneIsAskedAlsoOfOneThatItIsNotToldOfYet) {
  lane_refuses_ = DecisionKind::kRelease;
  EXPECT_EQ(decide(kFront, DecisionKind::kRelease), "the lane does not");
  EXPECT_THAT(standing(), ElementsAre("-", "-"));
}

TEST_F(CaseContainersTest, WhenTimeRunsOutTheOneThatIsLeftIsHeld) {
  ASSERT_EQ(decide(kFront, DecisionKind::kRelease), "ok");
  desk_->decided_by_lane(kPair, DecisionKind::kHold);
  EXPECT_THAT(standing(), ElementsAre("release", "hold"));
  EXPECT_EQ(view().decision->officer, "lane");
  EXPECT_EQ(told(1).front(), "a CSQU3054383 release");
  start();
  EXPECT_THAT(standing(), ElementsAre("release", "hold"));
  ASSERT_EQ(decide(kRear, DecisionKind::kRelease, "berta"), "ok") << "the hold is read on";
  EXPECT_THAT(done_, ElementsAre(DecisionKind::kRelease));
}

TEST_F(CaseContainersTest, ASecondReaderReadsEachAndDisagreesOnOneAlone) {
  second_ = access::SecondReader::kAlways;
  for (const bool restarted : {false, true}) {
    if (restarted) {
      TearDown();
      std::filesystem::remove_all(folder_.path() / "catalogue.sqlite");
      SetUp();
    }
    done_.clear();
    start();
    ASSERT_EQ(decide(kFront, DecisionKind::kRelease, "anna"), "ok");
    EXPECT_THAT(standing(), ElementsAre("-", "-")) << "an opinion that nobody sees";
    EXPECT_EQ(view().reader, "anna") << "she has the other to read";
    EXPECT_THAT(decide(kFront, DecisionKind::kHold, "anna"), HasSubstr("have read"));
    ASSERT_EQ(decide(kRear, DecisionKind::kRelease, "anna"), "ok");
    EXPECT_EQ(view().reader, "");
    EXPECT_THAT(view().has_read, ::testing::Contains("anna"));
    if (restarted) start();

    ASSERT_EQ(decide(kFront, DecisionKind::kRelease, "berta"), "ok");
    EXPECT_THAT(standing(), ElementsAre("release", "-")) << "two agree";
    ASSERT_EQ(decide(kRear, DecisionKind::kPhysicalInspection, "berta"), "ok");
    EXPECT_THAT(standing(), ElementsAre("release", "-")) << "two differ";
    EXPECT_THAT(done_, IsEmpty());
    if (restarted) start();

    EXPECT_THAT(decide(kRear, DecisionKind::kRelease, "anna"), HasSubstr("have read"));
    EXPECT_THAT(decide(kRear, DecisionKind::kRelease, "berta"), HasSubstr("have read"));
    ASSERT_EQ(decide(kRear, DecisionKind::kPhysicalInspection, "clara"), "ok");
    EXPECT_THAT(standing(), ElementsAre("release", "physical_inspection"));
    EXPECT_THAT(done_, ElementsAre(DecisionKind::kPhysicalInspection));
  }
}

TEST_F(CaseContainersTest, AFirstOpinionOnTheVehicleCountsForEachContainer) {
  second_ = access::SecondReader::kAlways;
  start();
  ASSERT_EQ(decide("", DecisionKind::kRelease, "anna"), "ok");
  ASSERT_EQ(decide(kRear, DecisionKind::kRelease, "berta"), "ok");
  EXPECT_THAT(standing(), ElementsAre("-", "release"));
  ASSERT_EQ(decide(kFront, DecisionKind::kRelease, "berta"), "ok");
  EXPECT_THAT(done_, ElementsAre(DecisionKind::kRelease));
}

TEST_F(CaseContainersTest, ASupervisorOverridesOneOfThemAndNobodyHisOwn) {
  ASSERT_EQ(decide(kFront, DecisionKind::kRelease, "anna"), "ok");
  EXPECT_EQ(decide(kRear, DecisionKind::kHold, "berta"), "anna reads this case now");
  ASSERT_EQ(why(desk_->open_case(kPair, "anna", true)), "ok");
  ASSERT_EQ(decide(kRear, DecisionKind::kHold, "berta"), "ok");
  desk_->lane_waits_for({kPair});
  EXPECT_THAT(override_it(kFront, DecisionKind::kHold, "anna"), HasSubstr("your own"));
  EXPECT_THAT(override_it("", DecisionKind::kRelease, "berta"), HasSubstr("your own"));
  ASSERT_EQ(override_it(kRear, DecisionKind::kRelease, "anna"), "ok");
  EXPECT_THAT(standing(), ElementsAre("release", "release"));
  EXPECT_THAT(done_, ElementsAre(DecisionKind::kHold, DecisionKind::kRelease));
  const auto overridden = desk_->supervise(1);
  ASSERT_TRUE(overridden.ok());
  EXPECT_THAT(overridden->overrides, ElementsAre(kPair));
}

TEST_F(CaseContainersTest, NoOverrideIsCountedWhereTwoOfficersDecideOnOneEach) {
  ASSERT_EQ(decide(kFront, DecisionKind::kRelease, "anna"), "ok");
  EXPECT_EQ(decide(kRear, DecisionKind::kHold, "berta"), "anna reads this case now");
  ASSERT_EQ(why(desk_->open_case(kPair, "anna", true)), "ok");
  ASSERT_EQ(decide(kRear, DecisionKind::kHold, "berta"), "ok");
  EXPECT_THAT(desk_->supervise(1)->overrides, IsEmpty());
}

class HeldContainerTest : public CaseContainersTest {
 protected:
  HeldContainerTest() { customs_holds_ = true; }
};

TEST_F(HeldContainerTest, WhatCustomsKeepsOfOneDoesNotKeepTheOther) {
  EXPECT_THAT(decide("", DecisionKind::kRelease), HasSubstr("customs keeps"));
  EXPECT_THAT(decide(kRear, DecisionKind::kRelease), HasSubstr("customs keeps"));
  ASSERT_EQ(decide(kFront, DecisionKind::kRelease), "ok");
  {
    const std::lock_guard lock(gateway_.mutex);
    EXPECT_THAT(gateway_.asked_ids, ElementsAre("a")) << "of its own declaration";
  }
  ASSERT_EQ(decide(kRear, DecisionKind::kHold), "ok");
  EXPECT_THAT(done_, ElementsAre(DecisionKind::kHold));
}

}  // namespace
}  // namespace portcullis::apps
