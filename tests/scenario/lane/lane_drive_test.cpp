// Trucks driven through a lane whose source and detector stand: one past the beam and out, one that
// another vehicle comes too close to.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "archive/catalogue.h"
#include "tests/scenario/lane/lane_session.h"

namespace portcullis::scenario {
namespace {

using api::v1::CommandRequest;
using Status = LaneSession::Status;
using Seconds = LaneSession::Seconds;

constexpr double kCabTo_mm = -1500;  // of the simulator's configuration
constexpr double kRear_mm = 7000;

TEST(LaneScenario, TrucksAreDrivenThrough) {
  LaneSession lane("drive", {.travel_from_mm = -4500, .travel_to_mm = 9000, .drive_through = true});
  ASSERT_TRUE(lane.start());

  ASSERT_TRUE(lane.send(lane.make_truck(0)));
  ASSERT_TRUE(lane.scan_begins());
  const auto begun = lane.ask_simulator({{"cmd", "status"}});
  EXPECT_GE(begun.at("gantry").value("position_mm", 0.0), kCabTo_mm + 1000)
      << "the cab is 1 m past the beam";
  EXPECT_EQ(begun.at("truck").value("state", ""), "driving") << "with the driver in it";
  ASSERT_TRUE(lane.scan_ends_and_is_reviewed());
  const auto view = lane.case_view();
  ASSERT_EQ(view.container_numbers_size(), 1);
  auto catalogue = archive::Catalogue::open_to_read(lane.records() / "catalogue.sqlite");
  ASSERT_TRUE(catalogue.ok()) << catalogue.error().message;
  const auto record = catalogue->show(view.scan_id());
  ASSERT_TRUE(record.ok()) << record.error().message;
  EXPECT_EQ(record->scan.outcome, core::ScanOutcome::kComplete);
  // From 1 m past the cab to the rear, at 0.8 m/s and 200 lines a second.
  EXPECT_NEAR(static_cast<double>(record->scan.lines), (kRear_mm - kCabTo_mm - 1000) / 800 * 200,
              120);
  ASSERT_TRUE(lane.decide(view.case_id(), "release", "as_declared").ok());
  ASSERT_TRUE(lane.wait_state("Idle"));

  ASSERT_TRUE(lane.send(lane.make_truck(1)));
  ASSERT_TRUE(lane.scan_begins());
  const auto upstream = [&](const nlohmann::json& value) {
    const auto reply = lane.ask_simulator(
        {{"cmd", "input"}, {"tag", "second_vehicle_upstream"}, {"value", value}});
    EXPECT_TRUE(reply.value("ok", false)) << reply.dump();
  };
  upstream(true);
  ASSERT_TRUE(lane.wait_for("beam and motion to be gone", [](const Status& s) {
    return s.state() == "AwaitingClear" && s.beam() == "off" && !s.beam_asked();
  }));
  EXPECT_NE(lane.status().first_out().find("10 m upstream"), std::string::npos)
      << in_words(lane.status());
  auto refused = lane.command(CommandRequest::START);
  EXPECT_FALSE(refused.accepted());
  EXPECT_NE(refused.reason().find("10 m upstream"), std::string::npos) << refused.reason();
  upstream(nullptr);
}

}  // namespace
}  // namespace portcullis::scenario
