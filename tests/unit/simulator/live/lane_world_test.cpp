#include "simulator/live/lane_world.h"

#include <gtest/gtest.h>

#include <chrono>
#include <functional>

namespace portcullis::simulator {
namespace {

using std::chrono::milliseconds;

class TruckPasses : public testing::Test {
 protected:
  void run(double seconds) {
    for (int i = 0; i < static_cast<int>(seconds * 200 + 0.5); ++i) step();
  }
  void step() {
    now_ += milliseconds(5);
    world_.tick(now_, actuators_, scene_ready_);
    // A boom never comes down on a vehicle, whatever is commanded.
    if (!world_.facts().barrier_entry_clear) {
      EXPECT_FALSE(world_.facts().barrier_entry_closed);
    }
    if (!world_.facts().barrier_exit_clear) {
      EXPECT_FALSE(world_.facts().barrier_exit_closed);
    }
  }
  /// Seconds until `condition`, at most 20.
  double run_until(const std::function<bool()>& condition) {
    const core::TimePoint from = now_;
    while (!condition()) {
      step();
      if (now_ - from > std::chrono::seconds(20)) {
        ADD_FAILURE() << "not within 20 s; truck " << truck_state_name(world_.truck());
        break;
      }
    }
    return std::chrono::duration<double>(now_ - from).count();
  }
  void open_entry() {
    actuators_.barrier_entry_open = true;
    actuators_.barrier_entry_close = false;
    actuators_.light_entry_green = true;
    actuators_.light_entry_red = false;
  }
  void close_entry() {
    actuators_.barrier_entry_open = false;
    actuators_.barrier_entry_close = true;
    actuators_.light_entry_green = false;
    actuators_.light_entry_red = true;
  }
  void park() {
    world_.truck_arrives(now_);
    open_entry();
    run_until([this] { return world_.truck() == TruckState::kParked; });
    close_entry();
  }

  core::TimePoint now_{std::chrono::hours(1)};
  LaneActuators actuators_;
  bool scene_ready_ = true;
  LaneWorld world_{LaneTiming{}, GantryConfig{}, now_};
  const LaneFacts& facts_ = world_.facts();
};

TEST_F(TruckPasses, an_empty_closed_lane_is_searched_and_stays_so) {
  EXPECT_TRUE(facts_.people_clear);
  EXPECT_TRUE(facts_.cab_clear);
  EXPECT_FALSE(facts_.search_finished);
  run(1.1);
  EXPECT_TRUE(facts_.search_finished);
  actuators_.barrier_entry_open = true;
  run(0.1);
  EXPECT_FALSE(facts_.search_finished);
}

TEST_F(TruckPasses, waits_for_its_scene_a_green_light_and_an_open_barrier) {
  world_.truck_arrives(now_);
  scene_ready_ = false;
  open_entry();
  run(5);
  EXPECT_EQ(world_.truck(), TruckState::kWaiting);
  EXPECT_EQ(world_.waits_for(), "its scene to be traced");
  scene_ready_ = true;
  actuators_.light_entry_red = true;
  run(2);
  EXPECT_EQ(world_.waits_for(), "a green entry light");
  EXPECT_FALSE(facts_.vehicle_at_entry);
  actuators_.light_entry_red = false;
  run_until([this] { return world_.truck() == TruckState::kEntering; });
  EXPECT_TRUE(facts_.vehicle_at_entry);
}

TEST_F(TruckPasses, a_driver_outside_who_is_sent_to_a_bay_gets_in) {
  world_.truck_arrives(now_);
  open_entry();
  run_until([this] { return world_.truck() == TruckState::kParked; });
  close_entry();
  actuators_.panel_message = panel::kStandHere;
  run_until([this] { return world_.truck() == TruckState::kUnattended; });
  actuators_.panel_message = panel::kGoToBay + 1;
  run_until([this] { return world_.truck() == TruckState::kReady; });
  EXPECT_FALSE(facts_.cab_clear);
}

TEST_F(TruckPasses, whole_passage_in_order_and_within_twelve_seconds_of_motion) {
  world_.truck_arrives(now_);
  open_entry();
  double moving_s = run_until([this] { return facts_.vehicle_at_entry; });
  moving_s += run_until([this] { return facts_.vehicle_in_tunnel; });
  EXPECT_TRUE(facts_.vehicle_at_entry);  // long enough to be at both sensors
  moving_s += run_until([this] { return world_.truck() == TruckState::kParked; });
  EXPECT_FALSE(facts_.vehicle_at_entry);
  EXPECT_FALSE(facts_.cab_clear);
  close_entry();
  actuators_.panel_message = 2;  // engine off: the driver stays
  run(3);
  EXPECT_EQ(world_.truck(), TruckState::kParked);
  actuators_.panel_message = 3;
  moving_s += run_until([this] { return facts_.cab_clear && facts_.people_clear; });
  EXPECT_EQ(world_.truck(), TruckState::kUnattended);
  EXPECT_FALSE(facts_.search_finished);
  moving_s += run_until([this] { return facts_.search_finished; });
  EXPECT_TRUE(facts_.barrier_entry_closed);
  EXPECT_TRUE(facts_.vehicle_in_tunnel);
  run(10);  // scanned meanwhile
  EXPECT_TRUE(facts_.search_finished);
  actuators_.panel_message = 5;
  moving_s += run_until([this] { return !facts_.search_finished; });
  moving_s += run_until([this] { return world_.truck() == TruckState::kReady; });
  EXPECT_FALSE(facts_.cab_clear);
  run(3);
  EXPECT_EQ(world_.truck(), TruckState::kReady);  // not against a closed exit
  actuators_.panel_message = 6;
  actuators_.light_exit_green = true;
  actuators_.barrier_exit_open = true;
  moving_s += run_until([this] { return facts_.vehicle_at_exit; });
  moving_s += run_until([this] { return !facts_.vehicle_at_exit; });
  EXPECT_FALSE(facts_.vehicle_in_tunnel);
  EXPECT_EQ(world_.truck(), TruckState::kNone);
  EXPECT_EQ(world_.trucks_left(), 1U);
  EXPECT_LE(moving_s, 12);
  EXPECT_FALSE(world_.next_may_arrive(now_));
  run(1);
  EXPECT_TRUE(world_.next_may_arrive(now_));
}

TEST_F(TruckPasses, a_barrier_commanded_down_stays_up_over_a_vehicle) {
  world_.truck_arrives(now_);
  open_entry();
  run_until([this] { return facts_.vehicle_at_entry; });
  close_entry();
  while (!facts_.barrier_entry_clear) {
    step();
    ASSERT_TRUE(facts_.barrier_entry_open);
  }
  run_until([this] { return facts_.barrier_entry_closed; });
}

TEST_F(TruckPasses, neither_command_holds_a_barrier_where_it_is) {
  actuators_.barrier_entry_open = true;
  run(0.5);
  actuators_.barrier_entry_open = false;
  run(5);
  EXPECT_FALSE(facts_.barrier_entry_open);
  EXPECT_FALSE(facts_.barrier_entry_closed);
}

TEST_F(TruckPasses, the_driver_uses_door_1_and_a_forced_door_ends_the_search) {
  park();
  actuators_.panel_message = 3;
  bool seen_open = false;
  run_until([&] {
    seen_open = seen_open || !facts_.door_closed[0];
    return facts_.search_finished;
  });
  EXPECT_TRUE(seen_open);
  EXPECT_TRUE(facts_.door_closed[0]);
  world_.set_door_forced_open(true);
  run(0.01);
  EXPECT_FALSE(facts_.door_closed[1]);
  EXPECT_FALSE(facts_.search_finished);
  world_.set_door_forced_open(false);
  run(0.5);
  EXPECT_FALSE(facts_.search_finished);  // searched again from the start
  run(0.6);
  EXPECT_TRUE(facts_.search_finished);
}

TEST_F(TruckPasses, drive_through_the_cab_is_seen_and_the_truck_stands_behind_the_beam) {
  DriveThroughConfig drive;
  drive.on = true;
  GantryConfig way;
  way.travel_from_mm = -4500;
  world_ = LaneWorld(LaneTiming{}, way, now_, drive);
  park();
  run(3);
  EXPECT_FALSE(facts_.cab_clear);
  EXPECT_TRUE(facts_.people_clear);
  EXPECT_EQ(world_.motion().position_at(now_), -4500 + 3);
  actuators_.motion_permit = true;
  actuators_.direction = MotionDirection::kForward;
  actuators_.target_speed_mm_s = 800;
  run(2);
  EXPECT_EQ(facts_.speed_mm_s, 0) << "the panel has not told him to";
  actuators_.panel_message = panel::kDriveOn;
  run_until([this] { return facts_.cab_seen; });
  EXPECT_NEAR(world_.motion().position_at(now_), -3200, 10);
  EXPECT_FALSE(facts_.vehicle_at_exit);
  run_until([this] { return !facts_.cab_seen; });
  EXPECT_NEAR(world_.motion().position_at(now_), -1500, 10);
  EXPECT_NEAR(facts_.speed_mm_s, 800, 1e-9);
  EXPECT_EQ(facts_.position_mm, 0) << "the gantry stands";
  run_until([this] { return !facts_.vehicle_in_tunnel; });
  EXPECT_NEAR(world_.motion().position_at(now_), 7000, 10);
  EXPECT_TRUE(facts_.vehicle_at_exit);
  actuators_.motion_permit = false;
  run_until([this] { return world_.truck() == TruckState::kReady; });
  const double counted_mm = facts_.way_mm;
  actuators_.barrier_exit_open = actuators_.light_exit_green = true;
  run_until([this] { return world_.truck() == TruckState::kNone; });
  actuators_.light_exit_green = false;
  park();
  EXPECT_NEAR(facts_.way_mm, counted_mm, 10) << "the encoder goes on from where it was";
}

TEST_F(TruckPasses, lamp_current_follows_the_warning_unless_the_lamp_failed) {
  actuators_.warning_lamp = true;
  step();
  EXPECT_TRUE(facts_.lamp_current);
  world_.set_lamp_failed(true);
  step();
  EXPECT_FALSE(facts_.lamp_current);
}

}  // namespace
}  // namespace portcullis::simulator
