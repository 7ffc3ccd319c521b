#include <gtest/gtest.h>

#include <utility>

#include "tests/unit/lane/fake_lane_world.h"

namespace portcullis::lane {
namespace {

using core::DecisionKind;
using core::ScanOutcome;

CycleConfig flow_config() {
  CycleConfig config;
  config.travel_from_mm = 0;
  config.travel_to_mm = 8000;
  return config;
}

#define EXPECT_NO_VIOLATION(world)        \
  EXPECT_TRUE((world).violations.empty()) \
      << (world).violations.front() << " of " << (world).violations.size()

TEST(CycleFlow, ATruckGoesFromGreenToGone) {
  FakeLaneWorld world(flow_config());
  ASSERT_TRUE(world.bring_truck_to_awaiting_clear()) << names(world.history);
  EXPECT_EQ(world.count(ActionKind::kCalibrationGood), 1);
  ASSERT_TRUE(world.bring_to_beam()) << names(world.history) << " " << world.state.last_loss;
  EXPECT_TRUE(world.outputs.source_beam);
  EXPECT_TRUE(world.outputs.plc.warning_on);
  ASSERT_TRUE(world.run_to(CycleState::kReviewing, 40))
      << names(world.history) << " " << world.state.last_loss;
  EXPECT_FALSE(world.beam_asked());
  ASSERT_NE(world.last(ActionKind::kCloseRecord), nullptr);
  EXPECT_EQ(world.last(ActionKind::kCloseRecord)->outcome, ScanOutcome::kComplete);
  EXPECT_EQ(world.count(ActionKind::kReviewWanted), 1);
  world.run_for(5);
  EXPECT_FALSE(world.outputs.plc.barrier_exit_open);
  ASSERT_TRUE(world.decide(DecisionKind::kRelease).accepted);
  ASSERT_TRUE(world.run_to(CycleState::kIdle, 20)) << names(world.history);
  EXPECT_EQ(world.count(ActionKind::kVehicleLeft), 1);
  EXPECT_EQ(names(world.history),
            "Off SelfTest WarmUp Idle Calibrating Idle Entering Identifying AwaitingClear Warning "
            "Scanning Finishing "
            "Reviewing Releasing Idle");
  EXPECT_NO_VIOLATION(world);
}

TEST(CycleFlow, TrucksAreScannedForwardAndBackInTurn) {
  FakeLaneWorld world(flow_config());
  for (const Direction direction : {Direction::kForward, Direction::kBack, Direction::kForward}) {
    ASSERT_TRUE(world.bring_truck_to_awaiting_clear()) << names(world.history);
    ASSERT_TRUE(world.bring_to_beam()) << world.state.last_loss;
    EXPECT_EQ(world.state.direction, direction);
    ASSERT_TRUE(world.run_to(CycleState::kReviewing, 40)) << world.state.last_loss;
    ASSERT_TRUE(world.decide(DecisionKind::kPhysicalInspection).accepted);
    EXPECT_EQ(world.state.cycle, CycleState::kHolding);
    ASSERT_TRUE(world.run_to(CycleState::kIdle, 20));
  }
  EXPECT_EQ(world.count(ActionKind::kOpenRecord), 3);
  EXPECT_EQ(world.count(ActionKind::kCloseRecord), 3);
  EXPECT_NO_VIOLATION(world);
}

/// A vehicle that reverses out is told with where it was, wherever it was, and the lane goes on.
TEST(CycleFlow, AVehicleThatReversesOutIsToldWithWhereItWas) {
  const std::vector<std::pair<CycleState, std::string>> rows = {
      {CycleState::kEntering, "it reversed out of the entry"},
      {CycleState::kIdentifying, "it reversed out before it was scanned"},
      {CycleState::kAwaitingClear, "it left without a scan and a decision"}};
  for (const auto& [where, reason] : rows) {
    FakeLaneWorld world(flow_config());
    if (where == CycleState::kAwaitingClear) {
      ASSERT_TRUE(world.bring_truck_to_awaiting_clear());
    } else {
      ASSERT_TRUE(world.run_to(CycleState::kIdle, 30));
      ASSERT_TRUE(world.command(Command::kCalibrate).accepted);
      ASSERT_TRUE(world.run_to(CycleState::kIdle, 60));
      world.truck_arrives();
      ASSERT_TRUE(world.run_to(where, 60)) << names(world.history);
    }
    world.forced[Input::kLaneEmpty] = true;
    world.forced[Input::kEntryFree] = true;
    world.forced[Input::kVehicleInTunnel] = false;
    world.forced[Input::kVehicleAtEntry] = false;
    ASSERT_TRUE(world.run_to(CycleState::kIdle, 5)) << names(world.history);
    ASSERT_EQ(world.count(ActionKind::kVehicleLeft), 1) << reason;
    EXPECT_EQ(world.last(ActionKind::kVehicleLeft)->reason, reason);
    EXPECT_EQ(world.state.vehicle, 0U);
    EXPECT_NO_VIOLATION(world);
  }
}

/// Another vehicle follows through the entry: told once, nothing is scanned while it is there, and
/// when it has backed out the first one is scanned as tailgated.
TEST(CycleFlow, ATailgaterIsToldOnceAndNothingIsScannedWhileItStands) {
  FakeLaneWorld world(flow_config());
  ASSERT_TRUE(world.bring_truck_to_awaiting_clear());
  EXPECT_FALSE(world.state.tailgated);
  world.forced[Input::kVehicleAtEntry] = true;
  world.forced[Input::kEntryClosed] = false;
  world.forced[Input::kBarriersClosed] = false;
  world.run_for(1);
  EXPECT_TRUE(world.state.tailgated);
  EXPECT_EQ(world.count(ActionKind::kTailgated), 1);
  EXPECT_FALSE(world.command(Command::kStart).accepted);
  world.forced.clear();
  ASSERT_TRUE(world.bring_to_beam()) << world.state.last_loss;
  EXPECT_TRUE(world.state.tailgated) << "which reading is whose stays uncertain";
  EXPECT_EQ(world.count(ActionKind::kTailgated), 1);
  EXPECT_NO_VIOLATION(world);
}

TEST(CycleFlow, WarningRunsFiveSecondsBeforeBeamAndThroughIt) {
  FakeLaneWorld world(flow_config());
  ASSERT_TRUE(world.bring_truck_to_awaiting_clear());
  ASSERT_TRUE(world.command(Command::kStart).accepted);
  const auto started = world.now;
  while (!world.beam_asked()) {
    world.tick();
    ASSERT_TRUE(world.outputs.plc.warning_on);
    ASSERT_LT(world.now - started, std::chrono::seconds(30));
  }
  EXPECT_GE(world.now - started, std::chrono::seconds(5));
  while (world.state.cycle == CycleState::kScanning) {
    EXPECT_TRUE(world.outputs.plc.warning_on);
    world.tick();
  }
  EXPECT_TRUE(world.outputs.plc.warning_on) << "the lamp stays until beam is seen to be gone";
  world.run_for(1);
  EXPECT_FALSE(world.outputs.plc.warning_on);
}

TEST(CycleFlow, WarningEndsInThirtySecondsWithoutAScan) {
  FakeLaneWorld world(flow_config());
  ASSERT_TRUE(world.bring_truck_to_awaiting_clear());
  ASSERT_TRUE(world.command(Command::kStart).accepted);
  world.forced[Input::kSpeedInBandForward] = false;
  const auto started = world.now;
  ASSERT_TRUE(world.run_to(CycleState::kAwaitingClear, 40));
  EXPECT_NEAR(std::chrono::duration<double>(world.now - started).count(), 30, 0.1);
  EXPECT_EQ(world.state.act.kind, Act::Kind::kNone);
  EXPECT_FALSE(world.outputs.plc.request_motion);
  // The record had been opened when the gantry began to move: it is closed as aborted, once.
  EXPECT_EQ(world.count(ActionKind::kOpenRecord), 1);
  ASSERT_EQ(world.count(ActionKind::kCloseRecord), 1);
  EXPECT_EQ(world.last(ActionKind::kCloseRecord)->outcome, ScanOutcome::kAborted);
  EXPECT_NO_VIOLATION(world);
}

TEST(CycleFlow, EmergencyStopInMidScanKeepsAPartialAndNeedsResetAndANewStart) {
  FakeLaneWorld world(flow_config());
  ASSERT_TRUE(world.bring_truck_to_awaiting_clear());
  ASSERT_TRUE(world.bring_to_beam());
  world.run_for(3);
  world.forced[Input::kEstopHealthy] = false;
  world.forced[Input::kEstopButtonsReleased] = false;
  world.tick();
  EXPECT_EQ(world.state.cycle, CycleState::kStopped);
  EXPECT_FALSE(world.beam_asked());
  EXPECT_FALSE(world.outputs.plc.request_motion);
  EXPECT_EQ(world.last(ActionKind::kCloseRecord)->outcome, ScanOutcome::kPartial);
  EXPECT_FALSE(world.last(ActionKind::kCloseRecord)->reason.empty());
  EXPECT_FALSE(world.command(Command::kReset).accepted) << "the stop is still pressed";
  world.forced.clear();
  world.run_for(2);
  EXPECT_EQ(world.state.cycle, CycleState::kStopped) << "released is not reset";
  ASSERT_TRUE(world.command(Command::kReset).accepted);
  ASSERT_TRUE(world.run_to(CycleState::kAwaitingClear, 30)) << names(world.history);
  world.run_for(20);
  EXPECT_EQ(world.state.cycle, CycleState::kAwaitingClear) << "reset is not restart";
  // In mid-travel: the next Start takes the gantry home first, then scans from end to end.
  for (int tries = 0; tries < 3 && world.state.cycle != CycleState::kReviewing; ++tries) {
    ASSERT_TRUE(world.command(Command::kStart).accepted);
    ASSERT_TRUE(world.run_to(CycleState::kScanning, 31));
    ASSERT_TRUE(world.run_to(CycleState::kReviewing, 40)) << world.state.last_loss;
  }
  EXPECT_EQ(world.count(ActionKind::kOpenRecord), 2);
  EXPECT_EQ(world.count(ActionKind::kCloseRecord), 2);
  EXPECT_NO_VIOLATION(world);
}

TEST(CycleFlow, OperatorsStopIsAlwaysObeyed) {
  FakeLaneWorld world(flow_config());
  ASSERT_TRUE(world.bring_truck_to_awaiting_clear());
  ASSERT_TRUE(world.bring_to_beam());
  ASSERT_TRUE(world.command(Command::kStop).accepted);
  EXPECT_EQ(world.state.cycle, CycleState::kStopped);
  EXPECT_FALSE(world.beam_asked());
  EXPECT_EQ(world.last(ActionKind::kCloseRecord)->outcome, ScanOutcome::kPartial);
  EXPECT_NO_VIOLATION(world);
}

TEST(CycleFlow, BeamWithoutRequestIsLatchedAfter150Milliseconds) {
  FakeLaneWorld world(flow_config());
  ASSERT_TRUE(world.run_to(CycleState::kIdle, 30));
  world.forced[Input::kBeamNotSensed] = false;
  world.tick();
  EXPECT_TRUE(world.state.latched[static_cast<std::size_t>(Fault::kBeamUnrequested)]);
  EXPECT_EQ(world.state.cycle, CycleState::kFaulted);
  EXPECT_FALSE(world.command(Command::kReset).accepted);
  world.forced.clear();
  world.run_for(1);
  EXPECT_EQ(world.state.cycle, CycleState::kFaulted);
  EXPECT_EQ(world.state.first_out, Fault::kBeamUnrequested);
  ASSERT_TRUE(world.command(Command::kReset).accepted);
  EXPECT_TRUE(world.run_to(CycleState::kIdle, 10));
}

TEST(CycleFlow, AFaultOfTheSourceIsLatchedAndAResetIsPassedOnToIt) {
  FakeLaneWorld world(flow_config());
  ASSERT_TRUE(world.run_to(CycleState::kIdle, 30));
  // A source that does not answer has not said that it has a fault.
  world.forced = {
      {Input::kSourceAlive, false}, {Input::kSourceReady, false}, {Input::kSourceFaultFree, false}};
  world.run_for(1);
  EXPECT_EQ(world.state.cycle, CycleState::kIdle);
  world.forced = {{Input::kSourceReady, false}, {Input::kSourceFaultFree, false}};
  world.tick();
  EXPECT_EQ(world.state.cycle, CycleState::kFaulted);
  EXPECT_EQ(world.state.first_out, Fault::kSourceFault);
  // Reset in vain while the source keeps its fault, and asked of the source each time.
  ASSERT_TRUE(world.command(Command::kReset).accepted);
  EXPECT_EQ(world.count(ActionKind::kResetSource), 1);
  world.run_for(3);
  EXPECT_EQ(world.state.cycle, CycleState::kFaulted);
  ASSERT_TRUE(world.command(Command::kReset).accepted);
  EXPECT_EQ(world.count(ActionKind::kResetSource), 2);
  world.forced.clear();
  EXPECT_TRUE(world.run_to(CycleState::kIdle, 10));
  EXPECT_NO_VIOLATION(world);
}

TEST(CycleFlow, BeamDecayingAfterItsRequestIsNoFaultFor150Milliseconds) {
  FakeLaneWorld world(flow_config());
  ASSERT_TRUE(world.bring_truck_to_awaiting_clear());
  ASSERT_TRUE(world.bring_to_beam());
  world.forced[Input::kPeopleClear] = false;  // beam is withdrawn
  world.tick();
  const auto withdrawn = world.now;
  EXPECT_EQ(world.state.cycle, CycleState::kAwaitingClear);
  world.forced[Input::kBeamNotSensed] = false;  // and does not go
  while (world.state.latched.none() && world.now - withdrawn < std::chrono::seconds(1))
    world.tick();
  // The grace counts from the last step that asked for beam, one poll before.
  const double ms = std::chrono::duration<double, std::milli>(world.now - withdrawn).count();
  EXPECT_GE(ms, 140);
  EXPECT_LE(ms, 160);
}

TEST(CycleFlow, BeamSeenAtStartTripsAfter300Milliseconds) {
  FakeLaneWorld world(flow_config());
  world.forced[Input::kBeamNotSensed] = false;
  const auto begun = world.now;
  while (world.state.latched.none() && world.now - begun < std::chrono::seconds(1)) world.tick();
  const double ms = std::chrono::duration<double, std::milli>(world.now - begun).count();
  EXPECT_GE(ms, 300);
  EXPECT_LE(ms, 320);
}

TEST(CycleFlow, ReleaseNeedsItsConditions) {
  CycleConfig config = flow_config();
  config.second_reader = true;
  FakeLaneWorld world(config);
  ASSERT_TRUE(world.bring_truck_to_awaiting_clear());
  EXPECT_FALSE(world.decide(DecisionKind::kRelease, true, true).accepted) << "not scanned yet";
  ASSERT_TRUE(world.bring_to_beam());
  ASSERT_TRUE(world.run_to(CycleState::kReviewing, 40));
  EXPECT_FALSE(world.decide(DecisionKind::kRelease).accepted) << "one officer";
  world.forced[Input::kRadiationClear] = false;
  EXPECT_FALSE(world.decide(DecisionKind::kRelease, false, true).accepted)
      << "radiation alarm open";
  world.forced[Input::kRadiationMeasured] = false;
  EXPECT_FALSE(world.decide(DecisionKind::kRelease, false, true).accepted)
      << "radiation not measured";
  EXPECT_TRUE(world.decide(DecisionKind::kRelease, true, true).accepted) << "adjudicated";
  EXPECT_NO_VIOLATION(world);
}

TEST(CycleFlow, ReviewEndsInHoldNeverInRelease) {
  CycleConfig config = flow_config();
  config.review_max = std::chrono::seconds(20);
  FakeLaneWorld world(config);
  ASSERT_TRUE(world.bring_truck_to_awaiting_clear());
  ASSERT_TRUE(world.bring_to_beam());
  ASSERT_TRUE(world.run_to(CycleState::kReviewing, 40));
  ASSERT_TRUE(world.run_to(CycleState::kHolding, 25));
  EXPECT_EQ(world.state.decision, DecisionKind::kHold);
}

TEST(CycleFlow, AnIsolatedVehicleStaysUntilAnotherDecision) {
  FakeLaneWorld world(flow_config());
  ASSERT_TRUE(world.bring_truck_to_awaiting_clear());
  ASSERT_TRUE(world.decide(DecisionKind::kIsolate).accepted) << "a person aboard: no scan";
  for (int i = 0; i < 6000; ++i) {
    world.tick();
    ASSERT_FALSE(world.outputs.plc.barrier_exit_open);
  }
  ASSERT_TRUE(world.decide(DecisionKind::kOtherAgency).accepted);
  EXPECT_TRUE(world.run_to(CycleState::kIdle, 20)) << names(world.history);
  EXPECT_NO_VIOLATION(world);
}

TEST(CycleFlow, RescanKeepsTheVehicleAndNeedsANewStart) {
  FakeLaneWorld world(flow_config());
  ASSERT_TRUE(world.bring_truck_to_awaiting_clear());
  ASSERT_TRUE(world.bring_to_beam());
  ASSERT_TRUE(world.run_to(CycleState::kReviewing, 40));
  const auto vehicle = world.state.vehicle;
  ASSERT_TRUE(world.decide(DecisionKind::kRescan).accepted);
  EXPECT_EQ(world.state.cycle, CycleState::kAwaitingClear);
  world.run_for(10);
  EXPECT_EQ(world.state.cycle, CycleState::kAwaitingClear);
  ASSERT_TRUE(world.bring_to_beam());
  ASSERT_TRUE(world.run_to(CycleState::kReviewing, 40));
  EXPECT_EQ(world.state.vehicle, vehicle);
  EXPECT_EQ(world.count(ActionKind::kOpenRecord), 2);
  EXPECT_NO_VIOLATION(world);
}

TEST(CycleFlow, KeyTurnedInMidScanEndsItAndPowerUpIsSlow) {
  FakeLaneWorld world(flow_config());
  ASSERT_TRUE(world.bring_truck_to_awaiting_clear());
  ASSERT_TRUE(world.bring_to_beam());
  world.forced[Input::kKeyOn] = false;
  world.forced[Input::kKeyService] = true;
  world.tick();
  EXPECT_EQ(world.state.cycle, CycleState::kOff);
  EXPECT_FALSE(world.beam_asked());
  EXPECT_TRUE(world.command(Command::kMaintenanceEnter).accepted);
  EXPECT_EQ(world.state.cycle, CycleState::kMaintenance);
  world.run_for(1);
  EXPECT_EQ(world.state.cycle, CycleState::kMaintenance);
  EXPECT_TRUE(world.command(Command::kMaintenanceLeave).accepted);
  world.forced.clear();
  ASSERT_TRUE(world.run_to(CycleState::kAwaitingClear, 30)) << names(world.history);
  EXPECT_NO_VIOLATION(world);
}

TEST(CycleFlow, MixedHardwareNeverLeavesTheSelfTest) {
  FakeLaneWorld world(flow_config());
  world.forced[Input::kHardwareKindsAgree] = false;
  world.run_for(20);
  EXPECT_EQ(world.state.cycle, CycleState::kSelfTest);
  EXPECT_FALSE(world.command(Command::kWarmUp).accepted);
}

TEST(CycleFlow, CalibrationEndsWithinItsTime) {
  CycleConfig config = flow_config();
  FakeLaneWorld world(config);
  ASSERT_TRUE(world.run_to(CycleState::kIdle, 30));
  ASSERT_TRUE(world.command(Command::kCalibrate).accepted);
  world.forced[Input::kCaptureDone] = true;  // dark is at once done
  for (int i = 0; i < 3000 && world.state.phase != Phase::kAirRunning; ++i) world.tick();
  ASSERT_EQ(world.state.phase, Phase::kAirRunning) << world.state.last_loss;
  world.forced[Input::kCaptureDone] = false;  // air never is
  const auto beam = world.now;
  ASSERT_TRUE(world.run_to(CycleState::kIdle, 70));
  EXPECT_LE(world.now - beam, std::chrono::seconds(61));
  EXPECT_EQ(world.count(ActionKind::kCalibrationFailed), 1);
  EXPECT_FALSE(world.beam_asked());
  EXPECT_NO_VIOLATION(world);
}

TEST(CycleFlow, AVehicleThatReversesOutIsForgotten) {
  FakeLaneWorld world(flow_config());
  ASSERT_TRUE(world.run_to(CycleState::kIdle, 30));
  world.forced[Input::kCalibrated] = true;
  world.run_for(3);
  world.forced[Input::kVehicleAtEntry] = true;
  world.forced[Input::kEntryFree] = false;
  world.tick();
  ASSERT_EQ(world.state.cycle, CycleState::kEntering);
  world.forced[Input::kVehicleAtEntry] = false;
  world.forced[Input::kEntryFree] = true;
  ASSERT_TRUE(world.run_to(CycleState::kIdle, 5));
  EXPECT_EQ(world.count(ActionKind::kVehicleLeft), 1);
}

TEST(CycleFlow, ADriverWhoDoesNotLeaveTheCabCallsTheOperatorOnce) {
  CycleConfig config = flow_config();
  config.driver_step_max = std::chrono::seconds(20);
  FakeLaneWorld world(config);
  ASSERT_TRUE(world.run_to(CycleState::kIdle, 30));
  world.forced[Input::kCalibrated] = true;
  world.forced[Input::kCabClear] = false;
  world.truck_arrives();
  ASSERT_TRUE(world.run_to(CycleState::kIdentifying, 30)) << names(world.history);
  world.run_for(15);
  EXPECT_EQ(world.count(ActionKind::kCallOperator), 0);
  world.run_for(30);
  EXPECT_EQ(world.count(ActionKind::kCallOperator), 1);
  EXPECT_EQ(world.state.cycle, CycleState::kIdentifying);
  EXPECT_NO_VIOLATION(world);
}

TEST(CycleFlow, AVehicleThatFollowsInIsToldAndNothingIsScanned) {
  FakeLaneWorld world(flow_config());
  ASSERT_TRUE(world.bring_truck_to_awaiting_clear());
  world.forced[Input::kVehicleAtEntry] = true;
  world.forced[Input::kEntryClosed] = false;
  world.forced[Input::kBarriersClosed] = false;
  world.run_for(1);
  EXPECT_EQ(world.count(ActionKind::kTailgated), 1);
  EXPECT_FALSE(world.command(Command::kStart).accepted);
  EXPECT_NO_VIOLATION(world);
}

TEST(CycleFlow, WithoutAFreeBayTheReviewStaysInTheTunnel) {
  CycleConfig config = flow_config();
  config.review_in_bays = true;
  config.bay_count = 1;
  FakeLaneWorld world(config);
  ASSERT_TRUE(world.bring_truck_to_awaiting_clear());
  ASSERT_TRUE(world.bring_to_beam());
  world.forced[Input::kBayFree] = false;  // somebody else drove in
  ASSERT_TRUE(world.run_to(CycleState::kReviewing, 40)) << names(world.history);
  EXPECT_NO_VIOLATION(world);
}

TEST(CycleFlow, BaysFullMeansEntryRed) {
  CycleConfig config = flow_config();
  config.review_in_bays = true;
  config.bay_count = 1;
  FakeLaneWorld world(config);
  ASSERT_TRUE(world.run_to(CycleState::kIdle, 30));
  world.forced[Input::kCalibrated] = true;
  world.run_for(3);
  EXPECT_TRUE(world.outputs.plc.light_entry_green);
  world.forced[Input::kBayFree] = false;
  world.run_for(3);
  EXPECT_TRUE(world.outputs.plc.light_entry_red);
  EXPECT_FALSE(world.outputs.plc.light_entry_green);
}

/// One table of state and command: what is allowed, everything else being well.
TEST(CycleTable, CommandsByState) {
  struct Row {
    CycleState state;
    std::vector<Command> allowed;  // besides Stop
    std::vector<Input> with = {};
  };
  const std::vector<Row> table = {
      {CycleState::kOff, {}},
      {CycleState::kOff, {Command::kMaintenanceEnter}, {Input::kKeyService}},
      {CycleState::kSelfTest, {Command::kWarmUp}},
      {CycleState::kWarmUp, {}},
      {CycleState::kCalibrating, {}},
      {CycleState::kIdle, {Command::kWarmUp, Command::kCalibrate}},
      {CycleState::kEntering, {}},
      {CycleState::kIdentifying, {}},
      {CycleState::kAwaitingClear, {Command::kStart}},
      {CycleState::kWarning, {}},
      {CycleState::kScanning, {}},
      {CycleState::kFinishing, {}},
      {CycleState::kReviewing, {}},
      {CycleState::kReleasing, {}},
      {CycleState::kHolding, {}},
      {CycleState::kStopped, {Command::kReset}},
      {CycleState::kFaulted, {Command::kReset}},
      {CycleState::kFaulted, {Command::kReset, Command::kMaintenanceEnter}, {Input::kKeyService}},
      {CycleState::kMaintenance, {Command::kMaintenanceLeave}},
  };
  const CycleConfig config;
  const core::TimePoint now{std::chrono::hours(2)};
  for (const Row& row : table) {
    State state = initial_state(now, config);
    state.cycle = row.state;
    state.vehicle = state.vehicles = 1;
    Inputs inputs;
    inputs.bits.set();
    inputs.set(Input::kKeyService, false);
    for (const Input input : row.with) inputs.set(input);
    for (std::size_t i = 0; i < kCommandCount; ++i) {
      const auto command = static_cast<Command>(i);
      const bool expected =
          command == Command::kStop ||
          std::find(row.allowed.begin(), row.allowed.end(), command) != row.allowed.end();
      const auto refusal = command_refusal(state, inputs, command, now, config);
      EXPECT_EQ(refusal.empty(), expected)
          << cycle_state_name(row.state) << " " << command_name(command) << ": " << refusal;
    }
  }
}

}  // namespace
}  // namespace portcullis::lane
