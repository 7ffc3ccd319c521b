// What is missing is named, and the lane goes on with the rest; what cannot be read of a vehicle is
// told and never guessed.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "core/files.h"
#include "tests/scenario/lane/lane_session.h"

namespace portcullis::scenario {
namespace {

using api::v1::CaseView;
using api::v1::DeviceHealth;
using Status = LaneSession::Status;
using Seconds = LaneSession::Seconds;

bool entry_refused(const Status& s, const std::string& because) {
  return s.state() == "Idle" && s.light_entry() == "red" &&
         s.next_text().find(because) != std::string::npos;
}
bool entry_green(const Status& s) {
  return s.state() == "Idle" && s.light_entry() == "green";
}
bool set_input(LaneSession& lane, const char* tag, const nlohmann::json& value) {
  return lane.ask_simulator({{"cmd", "input"}, {"tag", tag}, {"value", value}}).value("ok", false);
}
std::string check_outcome(const CaseView& view, const std::string& name) {
  const auto report = nlohmann::json::parse(view.report_json(), nullptr, false);
  if (!report.is_object()) return "no report";
  for (const auto& check : report.at("checks"))
    if (check.at("name") == name) return check.at("outcome");
  return "no such check";
}

TEST(LaneScenario, ADegradedLaneTakesNoNewVehicleAndFinishesTheOneItHas) {
  // So much room that no disk has it: nearly full, for whoever asks.
  LaneSession lane("degraded", {.free_mib_min = 900'000'000});
  ASSERT_TRUE(lane.start());
  ASSERT_TRUE(lane.wait_for("the full disk to be told",
                            [](const Status& s) { return entry_refused(s, "MiB free"); }));
  lane.set_free_mib_min(64);
  lane.stop_lane();
  ASSERT_TRUE(lane.start_lane());
  ASSERT_TRUE(lane.wait_for("room on the disk", entry_green, Seconds(45)));

  ASSERT_TRUE(set_input(lane, "ups_on_battery", true));
  ASSERT_TRUE(lane.wait_for("the battery to be told",
                            [](const Status& s) { return entry_refused(s, "battery"); }));
  ASSERT_TRUE(set_input(lane, "ups_on_battery", nullptr));
  ASSERT_TRUE(lane.wait_for("mains power", entry_green));

  // In the middle of a scan the mains go, one module dies, another stands still, and the portal is
  // lost: the scan is finished and says what is missing of it.
  // The portal of the lane that was started again has to know its background first.
  ASSERT_TRUE(lane.wait_ready());
  ASSERT_TRUE(lane.send(lane.make_truck(10)));
  ASSERT_TRUE(lane.scan_begins());
  ASSERT_TRUE(lane.fault("module-dead", 2));
  ASSERT_TRUE(lane.fault("module-frozen", 4));
  ASSERT_TRUE(lane.fault("portal-silent"));
  ASSERT_TRUE(set_input(lane, "ups_on_battery", true));
  ASSERT_TRUE(lane.wait_state("Reviewing", Seconds(30)));
  const auto cases = lane.cases();
  ASSERT_EQ(cases.size(), 1U);
  EXPECT_EQ(cases.front().scan_outcome(), "complete");
  ASSERT_TRUE(lane.scan_ends_and_is_reviewed());
  const CaseView view = lane.case_view();
  std::string said;
  for (const auto& remark : view.scan_damage()) said += remark + "; ";
  EXPECT_NE(said.find("module 2 missing"), std::string::npos) << said;
  EXPECT_NE(said.find("module 4 missing"), std::string::npos) << said;
  const auto decided = lane.decide(view.case_id(), "release", "as_declared");
  ASSERT_TRUE(decided.ok()) << decided.reason();
  ASSERT_TRUE(lane.wait_for("no new vehicle on battery",
                            [](const Status& s) { return entry_refused(s, "battery"); }));
  ASSERT_TRUE(lane.wait_for("the lost portal to be named", [](const Status& s) {
    return device(s, "Radiation portal").level() != DeviceHealth::OK;
  }));
  ASSERT_TRUE(set_input(lane, "ups_on_battery", nullptr));
  ASSERT_TRUE(lane.clear_fault("module-dead"));
  ASSERT_TRUE(lane.clear_fault("module-frozen"));

  // Without the portal a truck is scanned all the same; its release needs a judgement.
  ASSERT_TRUE(lane.send(lane.make_truck(11)));
  ASSERT_TRUE(lane.scan_begins());
  ASSERT_TRUE(lane.scan_ends_and_is_reviewed());
  const auto refused = lane.decide(lane.case_view().case_id(), "release", "as_declared");
  EXPECT_FALSE(refused.ok());
  EXPECT_NE(refused.reason().find("radiation"), std::string::npos) << refused.reason();
  EXPECT_TRUE(lane.decide(lane.case_view().case_id(), "release", "radiation_judged").ok());
  ASSERT_TRUE(lane.wait_state("Idle"));
}

TEST(LaneScenario, AScanOnACalibrationThatNoLongerFitsIsRefusedAnImageAndSaysSoAtOnce) {
  // No dose is so even: every scan's first lines refuse it.
  LaneSession lane("stale_calibration",
                   {.cycle = "\n[calibration]\nrefuse = true\ndose_change_max = 1e-7\n"});
  ASSERT_TRUE(lane.start());
  ASSERT_TRUE(lane.send(lane.make_truck(13)));
  ASSERT_TRUE(lane.scan_begins());
  const auto told = [](const CaseView& view) {
    return view.scan_damage_size() == 1 &&
           view.scan_damage(0).find("There is no image: calibration no longer fits: dose is") == 0;
  };
  ASSERT_TRUE(lane.wait_case("the refusal, while the scan runs", told));
  // The scan is recorded to its end, and its case is judged without an image.
  ASSERT_TRUE(lane.wait_state("Reviewing", Seconds(30)));
  ASSERT_TRUE(lane.wait_case("the report",
                             [](const CaseView& view) { return !view.report_json().empty(); }));
  const CaseView view = lane.case_view();
  const auto cases = lane.cases();
  ASSERT_EQ(cases.size(), 1U);
  EXPECT_EQ(cases.front().scan_outcome(), "complete");
  EXPECT_EQ(check_outcome(view, "declaration"), "agrees");
  std::string said;
  for (const auto& remark : view.scan_damage()) said += remark + "; ";
  EXPECT_NE(said.find("dose is"), std::string::npos) << said;
  EXPECT_NE(view.report_json().find("There is no image"), std::string::npos);
  ASSERT_TRUE(lane.decide(view.case_id(), "physical_inspection", "image_unusable").ok());
  ASSERT_TRUE(lane.wait_for("the vehicle to be held for inspection",
                            [](const Status& s) { return s.state() != "Reviewing"; }));
}

TEST(LaneScenario, DeclarationsThatComeLateAreBoundAndTheCaseIsJudgedAgain) {
  LaneSession lane("late_declaration");
  ASSERT_TRUE(lane.start());
  lane.kill("gateway");
  ASSERT_TRUE(lane.send(lane.make_truck(12)));
  ASSERT_TRUE(lane.scan_begins());
  ASSERT_TRUE(lane.scan_ends_and_is_reviewed());
  const CaseView before = lane.case_view();
  EXPECT_EQ(before.declarations_size(), 0);
  EXPECT_FALSE(before.declaration_problem().empty());
  EXPECT_EQ(check_outcome(before, "declaration"), "unknown");

  ASSERT_TRUE(lane.start_gateway());
  ASSERT_TRUE(lane.wait_case("its declaration", [](const CaseView& view) {
    return view.declarations_size() == 1 && check_outcome(view, "declaration") == "agrees";
  }));
  const CaseView after = lane.case_view();
  EXPECT_EQ(after.case_id(), before.case_id());
  EXPECT_TRUE(after.declaration_problem().empty());
  EXPECT_EQ(check_outcome(after, "radiation"), check_outcome(before, "radiation"))
      << "what the portal measured is as it was";
  ASSERT_TRUE(lane.scan_ends_and_is_reviewed());  // findings that are new are answered
  ASSERT_TRUE(lane.decide(after.case_id(), "release", "as_declared").ok());
  ASSERT_TRUE(lane.wait_case("the answer to customs", [](const CaseView& now) {
    return now.decision_note().find("answer written") != std::string::npos;
  }));
}

TEST(LaneScenario, TailgatedAndUnreadableVehiclesAreToldAndASecondVisitIsItsOwn) {
  LaneSession lane("identity", {.cycle = "driver_step_max_s = 5\n"});
  ASSERT_TRUE(lane.start());
  // The entry's closed switch is held back, so that there is time for another to follow.
  const Truck truck = lane.make_truck(13);
  ASSERT_TRUE(set_input(lane, "barrier_entry_closed", false));
  ASSERT_TRUE(lane.send(truck));
  ASSERT_TRUE(lane.wait_state("Identifying", Seconds(40)));
  ASSERT_TRUE(set_input(lane, "vehicle_at_entry", true));
  ASSERT_TRUE(lane.wait_for("the follower to be seen", [](const Status& s) {
    return s.barrier_entry() != "closed" && !allows(s, "START");
  }));
  ASSERT_TRUE(set_input(lane, "vehicle_at_entry", nullptr));
  // A step that takes too long calls the operator, until it is over.
  ASSERT_TRUE(lane.wait_for("the operator to be called", [](const Status& s) {
    return s.operator_call().find("barrier does not close") != std::string::npos;
  }));
  ASSERT_TRUE(set_input(lane, "barrier_entry_closed", nullptr));
  ASSERT_TRUE(lane.wait_for("the call to be over",
                            [](const Status& s) { return s.operator_call().empty(); }));
  ASSERT_TRUE(lane.scan_begins());
  ASSERT_TRUE(lane.scan_ends_and_is_reviewed());
  CaseView view = lane.case_view();
  EXPECT_EQ(view.identity_outcome(), "tailgated");
  ASSERT_GE(view.identity_remarks_size(), 1);
  EXPECT_NE(view.identity_remarks(0).find("followed"), std::string::npos);
  ASSERT_TRUE(lane.decide(view.case_id(), "release", "as_declared").ok());
  ASSERT_TRUE(lane.wait_state("Idle"));

  // The same truck once more: another visit, another record, and no load on two vehicles.
  ASSERT_TRUE(lane.send(truck));
  ASSERT_TRUE(lane.scan_begins());
  ASSERT_TRUE(lane.scan_ends_and_is_reviewed());
  const CaseView again = lane.case_view();
  EXPECT_NE(again.case_id(), view.case_id());
  EXPECT_EQ(again.identity_outcome(), "bound") << again.ShortDebugString().substr(0, 500);
  ASSERT_EQ(again.container_numbers_size(), 1);
  EXPECT_EQ(again.container_numbers(0), truck.container);
  ASSERT_TRUE(lane.decide(again.case_id(), "release", "as_declared").ok());
  ASSERT_TRUE(lane.wait_state("Idle"));

  // One whose number cannot be right: scanned, and left to an officer.
  Truck other = lane.make_truck(14);
  std::stringstream scene;
  scene << std::ifstream(other.scene).rdbuf();
  const char wrong = other.container.back() == '0' ? '1' : '0';
  const std::string misread = other.container.substr(0, other.container.size() - 1) + wrong;
  std::ofstream(other.scene) << std::regex_replace(
      scene.str(), std::regex("number = \"" + other.container + "\""),
      "number = \"" + misread + "\"");
  ASSERT_TRUE(lane.send(other));
  ASSERT_TRUE(lane.scan_begins());
  ASSERT_TRUE(lane.scan_ends_and_is_reviewed());
  view = lane.case_view();
  EXPECT_EQ(view.identity_outcome(), "unreadable");
  EXPECT_GE(view.identity_remarks_size(), 1);
  // What it was read from is with the case, also when the cameras have cleared up.
  ASSERT_TRUE(lane.wait_case("the cameras' pictures",
                             [](const CaseView& now) {
                               return now.readings_size() == 3 &&
                                      std::all_of(now.readings().begin(), now.readings().end(),
                                                  [](const auto& one) {
                                                    return one.picture_sha256().size() == 64;
                                                  });
                             }))
      << lane.case_view().readings_size() << " readings";
  view = lane.case_view();
  EXPECT_EQ(view.readings(0).kind(), "plate");
  EXPECT_EQ(view.readings(1).text(), misread);
  std::filesystem::remove_all(lane.folder() / "camera");
  const auto kept =
      lane.records() / "photos" / view.scan_id() / (view.readings(1).picture_sha256() + ".png");
  const auto hash = core::sha256_file_hex(kept);
  ASSERT_TRUE(hash.ok()) << hash.error().message;
  EXPECT_EQ(*hash, view.readings(1).picture_sha256());
  // The plate alone finds its declaration, which names another number.
  EXPECT_NE(check_outcome(view, "identity"), "agrees");

  // One reads the number off the box and types it, another confirms it: then it is that vehicle's.
  EXPECT_FALSE(lane.identify(view, misread, "olga", false).ok());
  auto said = lane.identify(view, other.container, "olga", false);
  ASSERT_TRUE(said.ok()) << said.reason();
  EXPECT_FALSE(lane.identify(view, other.container, "olga", true).ok()) << "another has to";
  said = lane.identify(view, other.container, "anna", true);
  ASSERT_TRUE(said.ok()) << said.reason();
  ASSERT_TRUE(lane.wait_case("its declaration", [&](const CaseView& now) {
    return now.declarations_size() == 1 && check_outcome(now, "declaration") == "agrees" &&
           check_outcome(now, "identity") == "agrees";
  }));
  view = lane.case_view();
  ASSERT_EQ(view.container_numbers_size(), 1);
  EXPECT_EQ(view.container_numbers(0), other.container);
  EXPECT_EQ(view.identity_set().by(), "olga");
  EXPECT_EQ(view.identity_set().confirmed_by(), "anna");
  ASSERT_TRUE(lane.scan_ends_and_is_reviewed());
  said = lane.decide(view.case_id(), "release", "as_declared");
  ASSERT_TRUE(said.ok()) << said.reason();
  ASSERT_TRUE(lane.wait_state("Idle"));
}

}  // namespace
}  // namespace portcullis::scenario
