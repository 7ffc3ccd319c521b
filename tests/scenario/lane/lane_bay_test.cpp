// Bays: a truck waits in its bay for its decision while the next one is scanned.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "archive/catalogue.h"
#include "tests/scenario/lane/lane_session.h"

namespace portcullis::scenario {
namespace {

using api::v1::Bay;
using api::v1::CaseView;
using Status = LaneSession::Status;
using Seconds = LaneSession::Seconds;

Bay bay(const Status& status, std::uint32_t number) {
  for (const auto& one : status.bays())
    if (one.number() == number) return one;
  return {};
}
bool stands(const Bay& bay, const char* place) {
  return bay.place() == place && bay.arrived();
}

/// Every finding of the case is answered.
void answer_all(LaneSession& lane, const CaseView& view) {
  for (int i = 0; i < view.answers_size(); ++i)
    EXPECT_TRUE(lane.answer(view.case_id(), static_cast<std::uint32_t>(i), "agree").ok());
}

TEST(LaneScenario, ATruckWaitsInItsBayWhileTheNextIsScanned) {
  LaneSession lane("bays", {.cycle = "review = \"bay\"\nbays = 2\n"});
  ASSERT_TRUE(lane.start());
  ASSERT_EQ(lane.status().bays_size(), 2);
  const Truck first_truck = lane.make_truck(8), second_truck = lane.make_truck(9);
  const std::size_t begin = lane.mark();
  ASSERT_TRUE(lane.send(first_truck));
  ASSERT_TRUE(lane.send(second_truck));
  ASSERT_TRUE(lane.scan_begins());
  ASSERT_TRUE(lane.wait_for(
      "the first truck to stand in bay 1",
      [](const Status& s) { return stands(bay(s, 1), "Waiting"); }, Seconds(60)));
  const Bay first = bay(lane.status(), 1);
  EXPECT_FALSE(first.case_id().empty());
  ASSERT_EQ(first.container_numbers_size(), 1);
  EXPECT_EQ(first.container_numbers(0), first_truck.container);
  EXPECT_FALSE(first.exit_open());
  EXPECT_NE(first.since_utc_ns(), 0);
  // Its driver was told so, in sign and word, at each step.
  const std::vector<std::pair<std::string, std::string>> steps = {{"leave_cab", "Leave the cab"},
                                                                  {"stand_here", "Stand here"},
                                                                  {"return", "Return to the cab"},
                                                                  {"go_to_bay", "Go to bay 1"}};
  for (const auto& step : steps)
    EXPECT_TRUE(lane.any_since(begin, [&](const Status& s) {
      return s.driver_panel().pictogram() == step.first && s.driver_panel().lines_size() == 1 &&
             s.driver_panel().lines(0).text() == step.second;
    })) << step.first;

  // The second is scanned meanwhile; the officer's case stays the first.
  ASSERT_TRUE(lane.scan_begins(Seconds(60)));
  EXPECT_EQ(lane.case_view().case_id(), first.case_id());
  EXPECT_EQ(bay(lane.status(), 1).place(), "Waiting");
  EXPECT_NE(lane.status().scan_id(), first.case_id());
  ASSERT_TRUE(lane.wait_for(
      "the second truck to stand in bay 2",
      [](const Status& s) { return stands(bay(s, 2), "Waiting"); }, Seconds(60)));
  const Bay second = bay(lane.status(), 2);
  EXPECT_EQ(second.container_numbers(0), second_truck.container);
  ASSERT_TRUE(lane.wait_for("the full bays to be told", [](const Status& s) {
    return s.state() == "Idle" && s.light_entry() == "red" &&
           s.next_text().find("no bay is free") != std::string::npos;
  }));

  // Held first: it stays, and its owner is who held it. Then released: its exit opens.
  ASSERT_TRUE(lane.wait_case("the first to be decidable", [&](const CaseView& view) {
    return view.case_id() == first.case_id() && view.state() == "to_decide" &&
           view.decision_blocked_because().empty();
  }));
  ASSERT_TRUE(lane.wait_for("the second case to be told as the next", [&](const Status& s) {
    return s.next_cases_size() == 2 && s.next_cases(0).case_id() == first.case_id() &&
           s.next_cases(1).case_id() == second.case_id();
  }));
  const CaseView view = lane.case_view();
  EXPECT_EQ(view.identity_outcome(), "bound");
  answer_all(lane, view);
  auto reply = lane.decide(first.case_id(), "hold", "waiting_for_documents");
  ASSERT_TRUE(reply.ok()) << reply.reason();
  ASSERT_TRUE(lane.wait_for("bay 1 to hold its truck",
                            [](const Status& s) { return stands(bay(s, 1), "Held"); }));
  EXPECT_EQ(bay(lane.status(), 1).owner(), "officer");
  EXPECT_FALSE(bay(lane.status(), 1).exit_open());
  EXPECT_EQ(lane.case_view().case_id(), second.case_id()) << "the next to be decided on";
  EXPECT_TRUE(lane.wait_for("nothing to come after it", [&](const Status& s) {
    return s.next_cases_size() == 1 && s.next_cases(0).case_id() == second.case_id();
  }));
  const auto held = lane.case_view(first.case_id());
  EXPECT_EQ(held.state(), "decided");
  EXPECT_TRUE(held.may_be_decided_again());
  const std::size_t opened = lane.mark();
  reply = lane.decide(first.case_id(), "release", "as_declared");
  ASSERT_TRUE(reply.ok()) << reply.reason();
  ASSERT_TRUE(lane.wait_for("bay 1 to be empty",
                            [](const Status& s) { return bay(s, 1).place() == "Empty"; }));
  EXPECT_TRUE(lane.any_since(opened, [](const Status& s) { return bay(s, 1).exit_open(); }));
  EXPECT_FALSE(lane.any_since(opened, [](const Status& s) { return bay(s, 2).exit_open(); }))
      << "the decision is on one bay";
  EXPECT_EQ(lane.ask_simulator({{"cmd", "status"}}).value("trucks_left_bays", 0), 1);
  ASSERT_TRUE(lane.wait_for("the entry to be open again",
                            [](const Status& s) { return s.light_entry() == "green"; }));
  reply = lane.decide(first.case_id(), "hold", "second_thoughts");
  EXPECT_FALSE(reply.ok()) << "it has gone";

  // The second one, over a restart of the lane: its bay and its case are kept, its radiation is
  // not.
  lane.kill("lane");
  ASSERT_TRUE(lane.start_lane());
  ASSERT_TRUE(lane.wait_for("bay 2 to be known again",
                            [](const Status& s) { return stands(bay(s, 2), "Waiting"); }));
  EXPECT_EQ(bay(lane.status(), 2).case_id(), second.case_id());
  ASSERT_TRUE(lane.wait_case("the second to be decidable", [&](const CaseView& now) {
    return now.case_id() == second.case_id() && now.state() == "to_decide" &&
           now.decision_blocked_because().empty();
  }));
  answer_all(lane, lane.case_view());
  reply = lane.decide(second.case_id(), "release", "as_declared");
  EXPECT_FALSE(reply.ok()) << "nobody watched it meanwhile";
  EXPECT_NE(reply.reason().find("radiation"), std::string::npos) << reply.reason();
  // Sent round to be scanned again: it comes back into the lane, and the two scans know of each
  // other.
  reply = lane.decide(second.case_id(), "rescan", "image_unusable");
  ASSERT_TRUE(reply.ok()) << reply.reason();
  ASSERT_TRUE(lane.wait_for("bay 2 to be empty",
                            [](const Status& s) { return bay(s, 2).place() == "Empty"; }));
  ASSERT_TRUE(lane.scan_begins(Seconds(60)));
  const std::string again = lane.status().scan_id();
  EXPECT_NE(again, second.case_id());
  EXPECT_EQ(lane.status().vehicle_plate(), second.vehicle_plate());
  EXPECT_EQ(lane.case_view(again).case_before(), second.case_id());
  EXPECT_EQ(lane.case_view(second.case_id()).case_after(), again);

  ASSERT_TRUE(lane.wait_case("all answers", [&](const CaseView&) {
    return lane.answers().size() >= 3;  // held, released; scanned again
  }));
  auto catalogue = archive::Catalogue::open_to_read(lane.records() / "catalogue.sqlite");
  ASSERT_TRUE(catalogue.ok());
  const auto record = catalogue->show(first.case_id());
  ASSERT_TRUE(record.ok());
  ASSERT_EQ(record->decisions.size(), 2U);
  EXPECT_EQ(record->decisions[0].kind, core::DecisionKind::kHold);
  EXPECT_EQ(record->decisions[1].kind, core::DecisionKind::kRelease);
}

}  // namespace
}  // namespace portcullis::scenario
