// Two containers on one vehicle, each with a declaration of its own: one goes, one is held.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "core/files.h"
#include "tests/scenario/lane/lane_session.h"

namespace portcullis::scenario {
namespace {

using api::v1::CaseView;

/// The answer that names this container: the start of its file's name ("DMSROG"). One is wanted.
std::string answered_of(const LaneSession& lane, const std::string& container) {
  std::string found;
  for (const auto& file : lane.answers()) {
    const auto text = core::read_file(file, 1 << 20);
    if (!text.ok() || text->find(container) == std::string::npos) continue;
    EXPECT_EQ(found, "") << "answered twice";
    const std::string name = file.filename().string();
    found = name.substr(0, name.find('_'));
  }
  return found;
}

TEST(LaneScenario, OfTwoContainersOneIsReleasedAndTheOtherKeepsTheVehicle) {
  LaneSession lane("pair", {.travel_from_mm = -1500, .travel_to_mm = 12800});
  ASSERT_TRUE(lane.start());
  const Truck front = lane.make_truck(3);
  const Truck rear = lane.make_truck(4);  // its declaration says that it is full; it came empty
  std::ofstream(front.scene, std::ios::app)
      << "\n[[container]]\nnumber = \"" << rear.container << "\"\niso_type = \"22G1\"\n";
  lane.deliver_declaration(rear);
  ASSERT_TRUE(lane.send(front));
  ASSERT_TRUE(lane.scan_begins());
  ASSERT_TRUE(lane.scan_ends_and_is_reviewed());
  const CaseView view = lane.case_view();
  ASSERT_EQ(view.container_numbers_size(), 2);
  ASSERT_EQ(view.declarations_size(), 2) << view.declaration_problem();
  ASSERT_EQ(view.container_decisions_size(), 2);
  EXPECT_EQ(view.container_decisions(0).container(), front.container);
  EXPECT_EQ(view.container_decisions(1).container(), rear.container);

  auto reply = lane.decide(view.case_id(), "release", "as_declared", front.container);
  ASSERT_TRUE(reply.ok()) << reply.reason();
  ASSERT_TRUE(lane.wait_case("the front container to be decided on", [](const CaseView& now) {
    return !now.container_decisions(0).decision_json().empty();
  }));
  EXPECT_EQ(lane.case_view().state(), "to_decide");
  EXPECT_EQ(lane.status().state(), "Reviewing") << "the vehicle waits for the other one";
  reply = lane.decide(view.case_id(), "isolate", "as_declared", rear.container);
  EXPECT_FALSE(reply.ok()) << "isolate is of the whole vehicle";
  reply = lane.decide(view.case_id(), "hold", "other", rear.container);
  ASSERT_TRUE(reply.ok()) << reply.reason();
  ASSERT_TRUE(lane.wait_case("the vehicle to be held", [](const CaseView& now) {
    const auto decided = nlohmann::json::parse(now.decision_json(), nullptr, false);
    return now.state() == "decided" && decided.is_object() &&
           decided.value("decision", "") == "hold";
  }));
  ASSERT_TRUE(
      lane.wait_case("both answers", [&](const CaseView&) { return lane.answers().size() == 2; }));
  EXPECT_EQ(answered_of(lane, front.container), "DMSROG");
  EXPECT_EQ(answered_of(lane, rear.container), "DMSCTL");
  EXPECT_EQ(lane.ask_simulator({{"cmd", "status"}}).value("trucks_left", 1), 0)
      << "the vehicle stays";
}

}  // namespace
}  // namespace portcullis::scenario
