// Whose vehicle it is, where people know better than the cameras.
#include <gtest/gtest.h>

#include "apps/lane/case_desk.h"
#include "core/record_json.h"
#include "tests/support/eventually.h"
#include "tests/support/socket_folder.h"

namespace portcullis::apps {
namespace {

using namespace std::chrono_literals;

// Right check digits, and one that has one figure wrong.
constexpr const char* kRead = "CSQU3054383";
constexpr const char* kTrue = "MSCU6639870";
constexpr const char* kWrong = "MSCU6639871";

class CaseIdentityTest : public ::testing::Test {
 protected:
  CaseIdentityTest() {
    auto opened =
        archive::Catalogue::open_for_lane(folder_.path() / "catalogue.sqlite", clock_.utc_now());
    EXPECT_TRUE(opened.ok());
    catalogue_.emplace(std::move(opened).value());
    core::ScanMeta meta;
    meta.id = "scan-1";
    meta.started = clock_.utc_now();
    meta.identity.plate = "AB123CD";
    meta.identity.containers = {{kRead, "22G1", true, 0.9}};
    EXPECT_TRUE(catalogue_->begin_scan(meta, folder_.path() / "scan-1").ok());
    EXPECT_TRUE(catalogue_->set_identity("scan-1", meta.identity).ok());
    EXPECT_TRUE(catalogue_
                    ->end_scan("scan-1", core::ScanOutcome::kComplete, "", clock_.utc_now(),
                               {std::string(64, 'a'), 10, 0})
                    .ok());
    core::InspectionReport report;
    report.scan_id = "scan-1";
    EXPECT_TRUE(catalogue_->add_report(report, clock_.utc_now()).ok());
    bind("its", kTrue);
    bind("another's", kRead);
    clock_.advance(1s);
    start();
  }
  ~CaseIdentityTest() override {
    desk_.reset();
    catalogue_.reset();
  }
  void bind(const std::string& id, const std::string& container) {
    core::Declaration declaration;
    declaration.mrn = id;
    declaration.containers = {{container, "22G1", {}, {}}};
    EXPECT_TRUE(
        catalogue_->bind_declaration("scan-1", id, "container", declaration, clock_.utc_now())
            .ok());
  }
  void start() {
    desk_.reset();
    CaseDesk::Parts parts{*catalogue_, nullptr, nullptr, clock_, 5min, {}, {}, {}};
    parts.decide_in_lane = [](const services::DecisionRequest&, const std::string&, bool) {
      return core::Status();
    };
    parts.accounts = true;
    parts.on_identity = [this](const std::string& id, const services::IdentityCorrection& made) {
      corrected_.emplace_back(id, made);
    };
    desk_ = std::make_unique<CaseDesk>(std::move(parts));
    desk_->lane_waits_for({"scan-1"});
  }
  services::CaseView view() { return desk_->case_view("scan-1").value(); }
  std::string propose(const std::string& user, std::vector<std::string> containers,
                      const std::string& plate = "AB123CD") {
    const auto said = desk_->propose_identity({"scan-1", plate, std::move(containers), user});
    return said.ok() ? "ok" : said.error().message;
  }
  std::string confirm(const std::string& user, std::vector<std::string> containers,
                      const std::string& plate = "AB123CD") {
    const auto said = desk_->confirm_identity({"scan-1", plate, std::move(containers), user});
    return said.ok() ? "ok" : said.error().message;
  }

  test::SocketFolder folder_;
  core::ManualClock clock_;
  std::optional<archive::Catalogue> catalogue_;
  std::vector<std::pair<std::string, services::IdentityCorrection>> corrected_;
  std::unique_ptr<CaseDesk> desk_;
};

TEST_F(CaseIdentityTest, OneSaysASecondConfirmsAndTheCaseIsOfThatVehicle) {
  ASSERT_EQ(propose("olga", {"mscu 663987-0"}), "ok");
  ASSERT_TRUE(view().identity_proposed.has_value());
  EXPECT_EQ(view().identity_proposed->by, "olga");
  EXPECT_EQ(view().identity_proposed->containers, std::vector<std::string>{kTrue});
  EXPECT_EQ(view().container_numbers, std::vector<std::string>{kRead}) << "nothing holds yet";

  EXPECT_EQ(confirm("olga", {kTrue}),
            "who said whose vehicle it is does not confirm it; another has to");
  EXPECT_EQ(confirm("anna", {kRead}), "another identity was proposed meanwhile; look at it first");
  clock_.advance(1s);
  ASSERT_EQ(confirm("anna", {kTrue}), "ok");
  EXPECT_EQ(view().container_numbers, std::vector<std::string>{kTrue});
  EXPECT_FALSE(view().identity_proposed.has_value());
  ASSERT_TRUE(view().identity_set.has_value());
  EXPECT_EQ(view().identity_set->by, "olga");
  EXPECT_EQ(view().identity_set->confirmed_by, "anna");
  // What is declared for another container is not declared for it.
  ASSERT_EQ(view().declarations_set_aside.size(), 1U);
  EXPECT_EQ(view().declarations_set_aside[0].id, "another's");
  // Its scan file is gone: it is decided on as it was judged, and says so.
  ASSERT_TRUE(test::eventually([&] { return !view().scan_damage.empty(); }, 10s));
  EXPECT_EQ(view().scan_damage.back().find("not judged again with its identity: "), 0U);
  EXPECT_EQ(view().decision_blocked_because, "");
  ASSERT_EQ(corrected_.size(), 1U);
  EXPECT_EQ(corrected_[0].second.confirmed_by, "anna");
  EXPECT_EQ(catalogue_->show("scan-1")->scan.containers.at(0).number, kTrue);

  // What a camera says afterwards changes nothing; a restart keeps all.
  lane::VehicleRecord late;
  late.identity.plate = "ZZ999ZZ";
  late.identity.containers = {{kRead, "", true, 0.8}};
  desk_->vehicle_known("scan-1", late);
  EXPECT_EQ(view().container_numbers, std::vector<std::string>{kTrue});
  start();
  EXPECT_EQ(view().container_numbers, std::vector<std::string>{kTrue});
  EXPECT_EQ(view().vehicle_plate, "AB123CD");
  ASSERT_TRUE(view().identity_set.has_value());
  EXPECT_EQ(view().declarations_set_aside.size(), 1U);
}

TEST_F(CaseIdentityTest, WhatIsMistypedIsToldAndKeepsNothing) {
  EXPECT_EQ(propose("olga", {kWrong}),
            "container number MSCU6639871 has another check digit: a character is not right");
  EXPECT_EQ(propose("olga", {"MSC6639870"}),
            "container number MSC6639870 has not eleven characters");
  EXPECT_EQ(propose("olga", {kTrue, kTrue}), "container number MSCU6639870 is there twice");
  EXPECT_EQ(propose("olga", {}, ""), "neither a plate nor a container number is given");
  EXPECT_EQ(propose("olga", {kRead, kTrue, "TRLU5556284"}),
            "field container_numbers: a vehicle carries two at most");
  EXPECT_EQ(propose("olga", {kRead}), "the case has this identity already");
  EXPECT_EQ(propose("", {kTrue}), "a correction needs the name of who makes it");
  EXPECT_EQ(confirm("anna", {kTrue}),
            "nobody has said whose vehicle it is; say it, and another confirms");
  EXPECT_FALSE(view().identity_proposed.has_value());
  EXPECT_EQ(desk_->propose_identity({"none", "", {kTrue}, "olga"}).error().code,
            core::ErrorCode::kNotFound);
}

TEST_F(CaseIdentityTest, AnotherProposalTakesThePlaceOfTheFirstAlsoAfterARestart) {
  ASSERT_EQ(propose("olga", {kTrue}), "ok");
  ASSERT_EQ(propose("ben", {kTrue}, "AB128CD"), "ok");
  start();
  ASSERT_TRUE(view().identity_proposed.has_value());
  EXPECT_EQ(view().identity_proposed->by, "ben");
  EXPECT_EQ(view().identity_proposed->plate, "AB128CD");
  EXPECT_EQ(confirm("olga", {kTrue}), "another identity was proposed meanwhile; look at it first");
  EXPECT_EQ(confirm("olga", {kTrue}, "AB128CD"), "ok");
}

TEST_F(CaseIdentityTest, WhatIsDecidedKeepsItsIdentity) {
  ASSERT_EQ(propose("olga", {kTrue}), "ok");
  ASSERT_TRUE(
      desk_->decide({"scan-1", core::DecisionKind::kRelease, "as_declared", "", "anna", 10}).ok());
  desk_->lane_waits_for({});
  EXPECT_EQ(confirm("anna", {kTrue}), "the case is decided; its identity stands");
  EXPECT_EQ(propose("ben", {kTrue}, "X"), "the case is decided; its identity stands");
}

}  // namespace
}  // namespace portcullis::apps
