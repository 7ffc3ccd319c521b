// The driver over fake devices: order of what it does, commands, restart.
#include "lane/driver.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>

#include "lane/persisted.h"
#include "tests/support/environment.h"
#include "tests/unit/lane/driver_fixture.h"

namespace portcullis::lane {
namespace {

using std::chrono::milliseconds;
using test::DriverTest;

TEST_F(DriverTest, ScansAndAsksForReview) {
  make();
  driver->submit(CameraReading{clock.now(), CameraReading::Kind::kPlate, "entry", "AB123CD", 0.9});
  driver->submit(OccupancyReading{clock.now(), clock.now(), 1, true, false, ""});
  bring_to_beam();
  EXPECT_EQ(record.begin.scan_id, "scan-1");
  EXPECT_EQ(record.begin.identity.plate, "AB123CD");
  EXPECT_TRUE(record.begin.forward);
  EXPECT_TRUE(record.begin.simulated);
  ASSERT_TRUE(run_to(CycleState::kReviewing, 4000)) << driver->snapshot()->next_text;
  EXPECT_EQ(driver->snapshot()->review_scan_id, "scan-1");
  EXPECT_TRUE(log.has("close complete"));
  EXPECT_TRUE(log.has("review scan-1"));
  // Beam came up PLC first, and went down source first.
  EXPECT_LT(log.index("plc beam on"), log.index("source beam on"));
  EXPECT_LT(log.index("source beam off"), log.index("plc beam off"));
  EXPECT_LT(log.index("open scan-1"), log.index("start"));
  EXPECT_LT(log.index("source beam off"), log.index("stop"));
  EXPECT_LT(log.index("stop"), log.index("close complete"));
  // A decision about another scan, or by nobody, is refused; a good one is taken.
  EXPECT_FALSE(driver->decide({"scan-1", core::DecisionKind::kRelease, "", "", false}).ok());
  EXPECT_FALSE(from_another_thread([&] {
                 return driver->decide({"scan-0", core::DecisionKind::kRelease, "bo", "", false});
               }).ok());
  const auto status = from_another_thread([&] {
    return driver->decide({"scan-1", core::DecisionKind::kRelease, "bo", "", false});
  });
  EXPECT_TRUE(status.ok()) << status.error().message;
  EXPECT_TRUE(log.has("decided scan-1 release"));
  EXPECT_EQ(driver->snapshot()->cycle, CycleState::kReleasing);
}

/// A scanned vehicle waits in bay 2 (bay 1 is taken), the lane goes on, and only the decision on
/// its scan opens the bay.
TEST_F(DriverTest, ABayHoldsTheVehicleAndTheLaneGoesOn) {
  bays = 2;
  plc.set(plc::Tag::kBaysOccupied, 1);
  plc.set(plc::Tag::kBaysFree, 2);
  const std::filesystem::path file =
      std::filesystem::path(::portcullis::test::set_variable("PORTCULLIS_TEST_OUT")) /
      "lane_driver_bays.json";
  std::filesystem::create_directories(file.parent_path());
  std::filesystem::remove(file);
  make(file);
  driver->submit(CameraReading{clock.now(), CameraReading::Kind::kPlate, "entry", "AB123CD", 0.9});
  driver->submit(OccupancyReading{clock.now(), clock.now(), 1, true, false, ""});
  bring_to_beam();
  EXPECT_TRUE(log.has("alarm: bay 1 is occupied by a vehicle that was not sent there"));
  ASSERT_TRUE(run_to(CycleState::kHolding, 4000)) << driver->snapshot()->next_text;
  EXPECT_TRUE(log.has("review scan-1"));
  EXPECT_EQ(driver->snapshot()->review_scan_id, "scan-1");
  // Driver back, exit open, away to bay 2.
  plc.set(plc::Tag::kCabClear, 0);
  tick(5);
  EXPECT_TRUE(plc.outputs.barrier_exit_open);
  EXPECT_EQ(plc.outputs.driver_panel_message, 12) << "go to bay 2";
  plc.set(plc::Tag::kBarrierExitOpen, 1);
  plc.set(plc::Tag::kBarrierExitClosed, 0);
  tick(5);
  EXPECT_TRUE(plc.outputs.light_exit_green);
  plc.set(plc::Tag::kVehicleInTunnel, 0);
  ASSERT_TRUE(run_to(CycleState::kIdle, 200));
  EXPECT_FALSE(log.has("left 1")) << "it is still on the site";
  EXPECT_FALSE(plc.outputs.barrier_entry_open) << "no bay is free: entry red";
  plc.set(plc::Tag::kBaysFree, 0);
  plc.set(plc::Tag::kBaysOccupied, 3);
  tick(200);
  EXPECT_EQ(plc.outputs.bays_exit_open, 0);
  ASSERT_EQ(driver->snapshot()->bays.size(), 2U);
  const BayView waiting = driver->snapshot()->bays[1];
  EXPECT_EQ(waiting.state.place, BayPlace::kWaiting);
  EXPECT_TRUE(waiting.state.arrived);
  EXPECT_EQ(waiting.scan_id, "scan-1");
  EXPECT_EQ(waiting.record.identity.plate, "AB123CD");

  // A restart keeps the bay, but not what was measured: the release needs a judgement then.
  driver.reset();
  make(file);
  tick(300);
  EXPECT_EQ(driver->snapshot()->bays[1].state.place, BayPlace::kWaiting);
  EXPECT_EQ(driver->snapshot()->review_scan_id, "scan-1");
  const auto decide = [&](core::DecisionKind kind, bool adjudicated) {
    return from_another_thread([&] {
      return driver->decide({"scan-1", kind, "bo", "", adjudicated});
    });
  };
  EXPECT_FALSE(decide(core::DecisionKind::kRelease, false).ok());
  EXPECT_TRUE(decide(core::DecisionKind::kHold, false).ok());
  tick(10);
  EXPECT_EQ(driver->snapshot()->bays[1].owner, "bo");
  EXPECT_EQ(plc.outputs.bays_exit_open, 0);
  const core::Status released = decide(core::DecisionKind::kRelease, true);
  EXPECT_TRUE(released.ok()) << released.error().message;
  tick(10);
  EXPECT_EQ(plc.outputs.bays_exit_open, 2);
  plc.set(plc::Tag::kBaysOccupied, 1);
  plc.set(plc::Tag::kBaysFree, 2);
  tick(200);
  EXPECT_TRUE(log.has("left 1"));
  EXPECT_EQ(driver->snapshot()->bays[1].state.place, BayPlace::kEmpty);
  EXPECT_EQ(plc.outputs.bays_exit_open, 0);
}

/// A vehicle that leaves its bay undecided stays on the books until an officer disposes of it.
TEST_F(DriverTest, AVehicleMissingFromItsBayIsToldAndNotForgotten) {
  bays = 1;
  plc.set(plc::Tag::kBaysFree, 1);
  make();
  bring_to_beam();
  ASSERT_TRUE(run_to(CycleState::kHolding, 4000)) << driver->snapshot()->next_text;
  plc.set(plc::Tag::kBaysFree, 0);
  plc.set(plc::Tag::kBaysOccupied, 1);
  tick(5);
  plc.set(plc::Tag::kBaysFree, 1);
  plc.set(plc::Tag::kBaysOccupied, 0);
  tick(200);
  EXPECT_TRUE(log.has("alarm: vehicle 1 is not in bay 1 any more, and no decision let it go"));
  const auto decide = [&](core::DecisionKind kind) {
    return from_another_thread([&] { return driver->decide({"scan-1", kind, "bo", "", true}); });
  };
  EXPECT_FALSE(decide(core::DecisionKind::kRelease).ok());
  tick(10);
  EXPECT_TRUE(driver->snapshot()->bays[0].state.missing);
  EXPECT_TRUE(decide(core::DecisionKind::kOtherAgency).ok());
  tick(10);
  EXPECT_EQ(driver->snapshot()->bays[0].state.place, BayPlace::kEmpty);
}

TEST_F(DriverTest, ABypassIsTimedAndTold) {
  make();
  ASSERT_TRUE(run_to(CycleState::kAwaitingClear, 500));
  plc.set(plc::Tag::kBypassActive, 1);
  tick(250);
  EXPECT_TRUE(log.has("bypass: an interlock bypass is active: there is no beam while it is"));
  plc.set(plc::Tag::kBypassActive, 0);
  tick(10);
  EXPECT_TRUE(log.has("bypass: the interlock bypass ended after 2 s"));
  plc.set(plc::Tag::kBypassActive, 1);
  tick();
  EXPECT_FALSE(start().ok());
}

TEST_F(DriverTest, OnBatteryNoScanBegins) {
  make();
  ASSERT_TRUE(run_to(CycleState::kAwaitingClear, 500));
  plc.set(plc::Tag::kUpsOnBattery, 1);
  tick(10);
  const core::Status status = start();
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().message, "the lane runs on battery: no new scan begins");
  plc.set(plc::Tag::kUpsOnBattery, 0);
  bring_to_beam();
  plc.set(plc::Tag::kUpsOnBattery, 1);
  tick(50);
  EXPECT_TRUE(source.beam) << "the running scan is finished";
}

TEST_F(DriverTest, WithdrawsBeforeAnythingElse) {
  make();
  bring_to_beam();
  log.calls.clear();
  plc.set(plc::Tag::kPeopleClear, 0);
  tick();
  ASSERT_GE(log.calls.size(), 5U);
  EXPECT_EQ(log.calls[0], "source beam off");
  EXPECT_EQ(log.calls[1], "plc beam off");
  EXPECT_EQ(log.calls[2], "plc motion off");
  EXPECT_TRUE(log.has("stop"));
  EXPECT_TRUE(log.has("close partial"));
  EXPECT_FALSE(driver->snapshot()->beam_asked);
  EXPECT_NE(driver->snapshot()->first_out.find("person"), std::string::npos);
}

TEST_F(DriverTest, StaleDataOfThePlcTakeBeamAwayWithinTheirTime) {
  make();
  bring_to_beam();
  plc_answers = false;
  int ticks = 0;
  while (source.beam && ticks < 100) {
    tick();
    ++ticks;
  }
  EXPECT_EQ(ticks, 11) << "stale after 100 ms: the eleventh poll";
  EXPECT_EQ(driver->snapshot()->cycle, CycleState::kFaulted);
}

/// What could not be stored is lost for that scan, and for no other.
TEST_F(DriverTest, ARecordThatFailedKeepsTheLaneFromNothingElse) {
  make();
  record.fails = true;
  bring_to_beam();
  ASSERT_TRUE(run_to(CycleState::kAwaitingClear, 4000)) << driver->snapshot()->next_text;
  EXPECT_FALSE(log.has("review scan-1")) << "there is no scan to look at";
  // The lane starts over, and comes back to the vehicle.
  plc.set(plc::Tag::kKeyOn, 0);
  ASSERT_TRUE(run_to(CycleState::kOff, 10));
  plc.set(plc::Tag::kKeyOn, 1);
  ASSERT_TRUE(run_to(CycleState::kAwaitingClear, 500)) << driver->snapshot()->next_text;
  // With the disk well again the vehicle is scanned, from where the gantry stands.
  record.fails = false;
  plc.set(plc::Tag::kGantryLimitStart, 0);
  plc.set(plc::Tag::kGantryLimitEnd, 1);
  bring_to_beam();
  plc.set(plc::Tag::kGantryLimitEnd, 0);
  EXPECT_EQ(record.begin.scan_id, "scan-2");
  EXPECT_FALSE(record.begin.forward);
  ASSERT_TRUE(run_to(CycleState::kReviewing, 4000)) << driver->snapshot()->next_text;
  EXPECT_EQ(driver->snapshot()->review_scan_id, "scan-2");
}

TEST_F(DriverTest, StartIsRefusedWithItsReason) {
  make();
  ASSERT_TRUE(run_to(CycleState::kAwaitingClear, 500));
  plc.set(plc::Tag::kSearchComplete, 0);
  const core::Status status = start();
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, core::ErrorCode::kRefused);
  EXPECT_EQ(status.error().message, "the search of the area is not complete");
  tick(10);
  EXPECT_EQ(driver->snapshot()->beam_refused_because, "the search of the area is not complete");
  const auto& allowed = driver->snapshot()->allowed_commands;
  EXPECT_EQ(std::count(allowed.begin(), allowed.end(), Command::kStart), 0);
  EXPECT_EQ(std::count(allowed.begin(), allowed.end(), Command::kStop), 1);
}

TEST_F(DriverTest, ACommandThatNoTickTakesIsGivenUpAndNeverObeyedLater) {
  make();
  ASSERT_TRUE(run_to(CycleState::kAwaitingClear, 500));
  const core::Status status = driver->command(Command::kStart, "ann");  // nobody ticks
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, core::ErrorCode::kTimeout);
  tick(20);
  EXPECT_EQ(driver->snapshot()->cycle, CycleState::kAwaitingClear);
}

TEST_F(DriverTest, TheSourceIsToldThatTheLaneLives) {
  make();
  tick(50);
  EXPECT_EQ(source.lives, 50);
}

TEST_F(DriverTest, MixedHardwareIsNamed) {
  radiation.now_view.hardware = HardwareKind::kReal;
  make();
  tick(100);
  EXPECT_EQ(driver->snapshot()->cycle, CycleState::kSelfTest);
  EXPECT_NE(driver->snapshot()->next_text.find("portal real"), std::string::npos)
      << driver->snapshot()->next_text;
}

TEST_F(DriverTest, ARestartForgetsNoLatchAndNoVehicle) {
  const std::filesystem::path file =
      std::filesystem::path(::portcullis::test::set_variable("PORTCULLIS_TEST_OUT")) /
      "lane_driver_state.json";
  std::filesystem::create_directories(file.parent_path());
  std::filesystem::remove(file);
  make(file);
  bring_to_beam();
  plc.set(plc::Tag::kDoor2ClosedA, 0);  // one channel only: a latched fault after 0.5 s
  tick(60);
  ASSERT_EQ(driver->snapshot()->cycle, CycleState::kFaulted);
  plc.set(plc::Tag::kDoor2ClosedA, 1);
  driver.reset();  // as if killed: nothing is written on the way out
  source.beam = false;
  plc.outputs = {};
  make(file);
  tick(100);
  EXPECT_EQ(driver->snapshot()->cycle, CycleState::kFaulted);
  EXPECT_NE(driver->snapshot()->first_out.find("two channels"), std::string::npos)
      << driver->snapshot()->first_out;
  EXPECT_EQ(driver->snapshot()->vehicle, 1U);
  EXPECT_TRUE(from_another_thread([&] { return driver->command(Command::kReset, "ann"); }).ok());
  ASSERT_TRUE(run_to(CycleState::kAwaitingClear, 500)) << driver->snapshot()->next_text;
  EXPECT_FALSE(source.beam);
  std::ofstream(file) << "{";
  DriverConfig config;
  config.state_file = file;
  config.new_scan_id = [] { return "x"; };
  EXPECT_FALSE(
      LaneDriver::create(config, {plc, source, acquisition, record, radiation, listener, clock})
          .ok());
}

}  // namespace
}  // namespace portcullis::lane
