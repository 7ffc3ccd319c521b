// Beam against each of its conditions: alone, in mid-scan and in mid-calibration.
#include <gtest/gtest.h>

#include "tests/unit/lane/fake_lane_world.h"

namespace portcullis::lane {
namespace {

struct Loss {
  std::string_view name;
  Input input;
  bool value;
};

// Every single input whose loss must take beam away, by the interlock chain of docs/safety.md.
const std::vector<Loss> kLosses = {
    {"plc_stale", Input::kPlcFresh, false},
    {"plc_heartbeat", Input::kPlcHeartbeat, false},
    {"commands", Input::kCommandsConfirmed, false},
    {"plc_mode", Input::kPlcRunning, false},
    {"plc_fault", Input::kPlcFaultFree, false},
    {"hardware", Input::kHardwareKindsAgree, false},
    {"estop", Input::kEstopHealthy, false},
    {"key", Input::kKeyOn, false},
    {"bypass", Input::kNoBypass, false},
    {"door", Input::kDoorsClosed, false},
    {"curtain", Input::kCurtainsClear, false},
    {"channels", Input::kChannelsAgree, false},
    {"beam_off_means", Input::kBeamOffMeansAgree, false},
    {"barrier", Input::kBarriersClosed, false},
    {"people", Input::kPeopleClear, false},
    {"search", Input::kSearchComplete, false},
    {"dose_monitor", Input::kDoseMonitorsWell, false},
    {"lamp", Input::kLampProven, false},
    {"gantry", Input::kGantryInside, false},
    {"source", Input::kSourceAlive, false},
    {"source_ready", Input::kSourceReady, false},
    {"source_fault", Input::kSourceFaultFree, false},
    {"memory", Input::kMemoryWell, false},
    {"detector", Input::kAcquisitionAlive, false},
    {"permit", Input::kBeamPermitGranted, false},
    {"contactor", Input::kBeamEnabled, false},
};
const std::vector<Loss> kScanLosses = {
    {"cab", Input::kCabClear, false},
    {"vehicle", Input::kVehicleInTunnel, false},
    {"speed", Input::kSpeedInBandForward, false},
    {"motion_permit", Input::kMotionPermitGranted, false},
    {"capture", Input::kCaptureRunning, false},
    {"capture_failed", Input::kCaptureFailed, true},
    {"record", Input::kRecordOpen, false},
    {"calibration", Input::kCalibrated, false},
};
const std::vector<Loss> kAirLosses = {
    {"lane_empty", Input::kLaneEmpty, false},
    {"standstill", Input::kStandstill, false},
    {"capture_failed", Input::kCaptureFailed, true},
};

std::vector<Loss> with(const std::vector<Loss>& more) {
  std::vector<Loss> all = kLosses;
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

class LossInScan : public testing::TestWithParam<Loss> {};

TEST_P(LossInScan, TakesBeamAwayInTheSameStep) {
  FakeLaneWorld world;
  ASSERT_TRUE(world.bring_truck_to_awaiting_clear());
  ASSERT_TRUE(world.bring_to_beam());
  world.run_for(1);
  ASSERT_TRUE(world.outputs.source_beam);
  world.forced[GetParam().input] = GetParam().value;
  world.tick();
  EXPECT_FALSE(world.outputs.source_beam);
  EXPECT_FALSE(world.outputs.plc.request_beam_permit);
  EXPECT_FALSE(world.outputs.plc.request_motion);
  EXPECT_NE(world.state.cycle, CycleState::kScanning);
  EXPECT_EQ(world.state.act.kind, Act::Kind::kNone);
  EXPECT_FALSE(world.state.last_loss.empty());
  ASSERT_EQ(world.count(ActionKind::kCloseRecord), 1);
  EXPECT_EQ(world.last(ActionKind::kCloseRecord)->outcome, core::ScanOutcome::kPartial);
  // Beam never comes back by itself, with the cause gone or not.
  world.run_for(2);
  world.forced.clear();
  for (int i = 0; i < 4000; ++i) {
    world.tick();
    ASSERT_FALSE(world.beam_asked());
  }
  EXPECT_TRUE(world.violations.empty()) << world.violations.front();
}
INSTANTIATE_TEST_SUITE_P(Each, LossInScan, testing::ValuesIn(with(kScanLosses)),
                         [](const auto& loss) { return std::string(loss.param.name); });

/// What a drive-through scan needs beyond that, and without what of a gantry's it goes on.
const std::vector<Loss> kDriveLosses = {
    {"second_vehicle", Input::kNoSecondVehicle, false},
    {"cab_past", Input::kCabPast, false},
    {"stop", Input::kMovingForward, false},
    {"vehicle", Input::kVehicleInTunnel, false},
    {"speed", Input::kSpeedInBandForward, false},
    {"people", Input::kPeopleClear, false},
    {"barrier", Input::kBarriersClosed, false},
    {"curtain", Input::kCurtainsClear, false},
    {"stale", Input::kPlcFresh, false},
    {"motion_permit", Input::kMotionPermitGranted, false},
};

CycleConfig drive_through() {
  CycleConfig config;
  config.drive_through = true;
  return config;
}

class LossInDriveThrough : public testing::TestWithParam<Loss> {};

TEST_P(LossInDriveThrough, TakesBeamAwayInTheSameStep) {
  FakeLaneWorld world(drive_through());
  ASSERT_TRUE(world.bring_truck_to_awaiting_clear());
  ASSERT_TRUE(world.bring_to_beam());
  ASSERT_TRUE(world.outputs.source_beam && world.state.cab_passed);
  EXPECT_GE(world.position_mm, 3500) << "1 m past the cab";
  world.forced[GetParam().input] = GetParam().value;
  world.tick();
  EXPECT_FALSE(world.beam_asked());
  EXPECT_FALSE(world.outputs.plc.request_motion);
  EXPECT_FALSE(world.state.cab_passed || world.state.cab_seen);
  world.run_for(2);
  world.forced.clear();
  // Stopped with the cab past the beam it is not known to be past any more: another Start ends
  // with the warning's time, and an officer decides.
  if (world.state.cycle == CycleState::kAwaitingClear) {
    EXPECT_TRUE(world.command(Command::kStart).accepted);
    for (int i = 0; i < 4000; ++i) {
      world.tick();
      ASSERT_FALSE(world.beam_asked());
    }
    EXPECT_EQ(world.state.cycle, CycleState::kAwaitingClear);
    EXPECT_TRUE(world.decide(core::DecisionKind::kPhysicalInspection).accepted);
    EXPECT_TRUE(world.run_to(CycleState::kIdle, 20)) << names(world.history);
  }
  EXPECT_TRUE(world.violations.empty()) << world.violations.front();
}
INSTANTIATE_TEST_SUITE_P(Each, LossInDriveThrough, testing::ValuesIn(kDriveLosses),
                         [](const auto& loss) { return std::string(loss.param.name); });

TEST(DriveThrough, TheDriverDrivesPastTheBeamAndIsReleased) {
  FakeLaneWorld world(drive_through());
  ASSERT_TRUE(world.bring_truck_to_awaiting_clear());
  ASSERT_TRUE(world.bring_to_beam());
  ASSERT_TRUE(world.run_to(CycleState::kReviewing, 40)) << names(world.history);
  EXPECT_EQ(world.last(ActionKind::kCloseRecord)->outcome, core::ScanOutcome::kComplete);
  // Once past the beam there is no way back for another scan: it leaves and comes again.
  ASSERT_TRUE(world.decide(core::DecisionKind::kRescan).accepted);
  EXPECT_TRUE(world.run_to(CycleState::kIdle, 20)) << names(world.history);
  world.truck_arrives();
  ASSERT_TRUE(world.run_to(CycleState::kAwaitingClear, 30)) << names(world.history);
  EXPECT_TRUE(world.violations.empty()) << world.violations.front();
}

class LossInAir : public testing::TestWithParam<Loss> {};

TEST_P(LossInAir, TakesBeamAwayInTheSameStep) {
  FakeLaneWorld world;
  ASSERT_TRUE(world.run_to(CycleState::kIdle, 30));
  ASSERT_TRUE(world.command(Command::kCalibrate).accepted);
  for (int i = 0; i < 4000 && world.state.phase != Phase::kAirRunning; ++i) world.tick();
  ASSERT_EQ(world.state.phase, Phase::kAirRunning) << world.state.last_loss;
  ASSERT_TRUE(world.outputs.source_beam);
  world.forced[GetParam().input] = GetParam().value;
  world.tick();
  EXPECT_FALSE(world.beam_asked());
  EXPECT_NE(world.state.cycle, CycleState::kCalibrating);
  EXPECT_EQ(world.count(ActionKind::kCalibrationFailed), 1);
  world.run_for(2);
  world.forced.clear();
  for (int i = 0; i < 4000; ++i) {
    world.tick();
    ASSERT_FALSE(world.beam_asked());
  }
  EXPECT_TRUE(world.violations.empty()) << world.violations.front();
}
INSTANTIATE_TEST_SUITE_P(Each, LossInAir, testing::ValuesIn(with(kAirLosses)),
                         [](const auto& loss) { return std::string(loss.param.name); });

/// In the warning a loss voids the act, although there is no beam yet.
class LossInWarning : public testing::TestWithParam<Loss> {};

TEST_P(LossInWarning, VoidsTheAct) {
  const Input input = GetParam().input;
  if (input == Input::kBeamPermitGranted || input == Input::kBeamEnabled ||
      input == Input::kLampProven)
    return;  // not looked at before the warning has run
  FakeLaneWorld world;
  ASSERT_TRUE(world.bring_truck_to_awaiting_clear());
  ASSERT_TRUE(world.command(Command::kStart).accepted);
  world.run_for(3);
  ASSERT_EQ(world.state.cycle, CycleState::kWarning);
  world.forced[input] = GetParam().value;
  world.tick();
  EXPECT_NE(world.state.cycle, CycleState::kWarning);
  EXPECT_EQ(world.state.act.kind, Act::Kind::kNone);
  world.forced.clear();
  for (int i = 0; i < 1000; ++i) {
    world.tick();
    ASSERT_FALSE(world.beam_asked());
  }
  EXPECT_TRUE(world.violations.empty()) << world.violations.front();
}
INSTANTIATE_TEST_SUITE_P(Each, LossInWarning, testing::ValuesIn(kLosses),
                         [](const auto& loss) { return std::string(loss.param.name); });

TEST(BeamConditions, StartIsRefusedNamingTheFirstMissingOne) {
  FakeLaneWorld world;
  ASSERT_TRUE(world.bring_truck_to_awaiting_clear());
  const std::vector<std::pair<Input, Condition>> cases = {
      {Input::kNoBypass, Condition::kNoBypass},
      {Input::kDoorsClosed, Condition::kDoorsClosed},
      {Input::kCurtainsClear, Condition::kCurtainsClear},
      {Input::kBarriersClosed, Condition::kBarriersClosed},
      {Input::kPeopleClear, Condition::kPeopleClear},
      {Input::kCabClear, Condition::kVehicleClear},
      {Input::kSearchComplete, Condition::kSearchComplete},
      {Input::kGantryInside, Condition::kGantryInside},
      {Input::kSourceReady, Condition::kSourceReady},
      {Input::kStorageReady, Condition::kStorageReady},
      {Input::kCalibrated, Condition::kCalibrated},
      {Input::kHardwareKindsAgree, Condition::kHardwareKindsAgree},
  };
  for (const auto& [input, condition] : cases) {
    world.forced = {{input, false}};
    const StepResult result = world.command(Command::kStart);
    EXPECT_FALSE(result.accepted);
    EXPECT_EQ(result.refusal, condition_text(condition)) << condition_name(condition);
    EXPECT_EQ(world.state.cycle, CycleState::kAwaitingClear);
  }
}

/// beam_allowed is the AND of its conditions: over every vector of two failing conditions at once
/// the first in order is named, and none failing allows.
class BeamConditions : public testing::TestWithParam<bool> {};

TEST_P(BeamConditions, TheFirstFailingOneIsNamed) {
  const bool drive = GetParam();
  FakeLaneWorld world(drive ? drive_through() : CycleConfig{});
  ASSERT_TRUE(world.bring_truck_to_awaiting_clear());
  ASSERT_TRUE(world.bring_to_beam());
  const State good = world.state;
  const Inputs in = world.inputs;
  ASSERT_FALSE(first_failing(Stage::kSource, good, in, world.now, world.config).has_value());
  const auto broken = [&](std::size_t condition, State& state, Inputs& inputs) {
    switch (static_cast<Condition>(condition)) {
      case Condition::kPlcFresh:
        inputs.set(Input::kPlcFresh, false);
        break;
      case Condition::kPlcHeartbeat:
        inputs.set(Input::kPlcHeartbeat, false);
        break;
      case Condition::kCommandsConfirmed:
        inputs.set(Input::kCommandsConfirmed, false);
        break;
      case Condition::kPlcRunning:
        inputs.set(Input::kPlcRunning, false);
        break;
      case Condition::kHardwareKindsAgree:
        inputs.set(Input::kHardwareKindsAgree, false);
        break;
      case Condition::kNoStop:
        inputs.set(Input::kEstopHealthy, false);
        break;
      case Condition::kNoLatchedFault:
        state.latched.set(0);
        break;
      case Condition::kKeyOn:
        inputs.set(Input::kKeyOn, false);
        break;
      case Condition::kNoBypass:
        inputs.set(Input::kNoBypass, false);
        break;
      case Condition::kDoorsClosed:
        inputs.set(Input::kDoorsClosed, false);
        break;
      case Condition::kCurtainsClear:
        inputs.set(Input::kCurtainsClear, false);
        break;
      case Condition::kBarriersClosed:
        inputs.set(Input::kBarriersClosed, false);
        break;
      case Condition::kPeopleClear:
        inputs.set(Input::kPeopleClear, false);
        break;
      case Condition::kVehicleClear:
        inputs.set(drive ? Input::kVehicleInTunnel : Input::kCabClear, false);
        break;
      case Condition::kNoSecondVehicle:
        inputs.set(Input::kNoSecondVehicle, false);
        break;
      case Condition::kCabPassed:
        state.cab_passed = false;
        inputs.set(Input::kCabPast, false);
        break;
      case Condition::kSearchComplete:
        inputs.set(Input::kSearchComplete, false);
        break;
      case Condition::kDoseMonitorsWell:
        inputs.set(Input::kDoseMonitorsWell, false);
        break;
      case Condition::kBeamOffMeansAgree:
        inputs.set(Input::kBeamOffMeansAgree, false);
        break;
      case Condition::kGantryInside:
        inputs.set(Input::kGantryInside, false);
        break;
      case Condition::kSourceAlive:
        inputs.set(Input::kSourceAlive, false);
        break;
      case Condition::kSourceReady:
        inputs.set(Input::kSourceReady, false);
        break;
      case Condition::kAcquisitionAlive:
        inputs.set(Input::kAcquisitionAlive, false);
        break;
      case Condition::kStorageReady:
        state.record_open = false;
        inputs.set(Input::kStorageReady, false);
        break;
      case Condition::kMainsPower:
        state.record_open = false;
        inputs.set(Input::kMainsPower, false);
        break;
      case Condition::kCalibrated:
        inputs.set(Input::kCalibrated, false);
        break;
      case Condition::kStateHasBeam:
        state.cycle = CycleState::kReviewing;
        break;
      case Condition::kActValid:
        state.act.vehicle += 1;
        break;
      case Condition::kWarningRan:
        state.warning_since = world.now - std::chrono::milliseconds(4999);
        break;
      case Condition::kLampProven:
        inputs.set(Input::kLampProven, false);
        break;
      case Condition::kMotionAsNeeded:
        inputs.set(Input::kSpeedInBandForward, false);
        break;
      case Condition::kRecordOpen:
        inputs.set(Input::kRecordOpen, false);
        break;
      case Condition::kBeamPermit:
        inputs.set(Input::kBeamPermitGranted, false);
        break;
      case Condition::kMotionPermit:
        inputs.set(Input::kMotionPermitGranted, false);
        break;
      case Condition::kBeamEnabled:
        inputs.set(Input::kBeamEnabled, false);
        break;
      case Condition::kCaptureRunning:
        inputs.set(Input::kCaptureRunning, false);
        break;
    }
  };
  const auto asked_for = [&](std::size_t i) {
    const auto condition = static_cast<Condition>(i);
    const bool of_drive_through =
        condition == Condition::kNoSecondVehicle || condition == Condition::kCabPassed;
    const bool of_gantry =
        condition == Condition::kSearchComplete || condition == Condition::kGantryInside;
    return drive ? !of_gantry : !of_drive_through;
  };
  for (std::size_t a = 0; a < kConditionCount; ++a)
    for (std::size_t b = a; b < kConditionCount; ++b) {
      if (!asked_for(a) || !asked_for(b)) continue;
      State state = good;
      Inputs inputs = in;
      broken(a, state, inputs);
      broken(b, state, inputs);
      const auto first = first_failing(Stage::kSource, state, inputs, world.now, world.config);
      ASSERT_TRUE(first.has_value()) << condition_name(static_cast<Condition>(a));
      EXPECT_EQ(static_cast<std::size_t>(*first), a)
          << condition_name(*first) << " instead of " << condition_name(static_cast<Condition>(a));
      const StepResult result = step(state, inputs, {}, world.now, world.config);
      EXPECT_FALSE(result.state.source_beam_requested);
      EXPECT_FALSE(result.state.beam_permit_requested);
    }
}

INSTANTIATE_TEST_SUITE_P(Lanes, BeamConditions, testing::Bool(), [](const auto& drive) {
  return std::string(drive.param ? "drive_through" : "gantry");
});

}  // namespace
}  // namespace portcullis::lane
