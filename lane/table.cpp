// The tables of the cycle: what is allowed in which state, and what is asked for in it.
#include "lane/cycle.h"

namespace portcullis::lane {
namespace {

// Driver panel, as the tag table numbers its messages.
constexpr std::uint16_t kPanelBlank = 0, kPanelStop = 1, kPanelEngineOff = 2, kPanelLeaveCab = 3,
                        kPanelStandHere = 4, kPanelReturn = 5, kPanelDriveOn = 6, kPanelWait = 7;

/// The portal judges no sample of the second after beam: a vehicle that drives in during it (after an
/// air calibration) would have no valid measurement.
constexpr core::Duration kPortalAfterBeam = std::chrono::milliseconds(1200);
constexpr core::Duration kPanelStopFor = std::chrono::milliseconds(500);
constexpr core::Duration kPanelEngineOffFor = std::chrono::milliseconds(1000);

enum class Barrier : std::uint8_t { kHold, kOpen, kClose };

struct Road {
  Barrier entry = Barrier::kHold;
  Barrier exit = Barrier::kHold;
  bool entry_green = false;
  bool exit_green = false;
  std::uint16_t panel = kPanelBlank;
};

/// The lane can take a vehicle from end to end: nothing that a scan needs is known to be missing.
bool ready_for_vehicle(const Inputs& in) {
  return in[Input::kPlcFresh] && in[Input::kKeyOn] && in[Input::kHardwareKindsAgree] &&
         in[Input::kSourceReady] && in[Input::kAcquisitionAlive] && in[Input::kCalibrated] &&
         in[Input::kStorageReady] && in[Input::kNoBypass] && in[Input::kDoseMonitorsWell];
}

Road road_of(const State& s, const Inputs& in, core::TimePoint now) {
  Road road;
  switch (s.cycle) {
    case CycleState::kCalibrating:
    case CycleState::kWarmUp:
      if (s.vehicle == 0 && in[Input::kLaneEmpty] && in[Input::kEntryFree])
        road.entry = road.exit = Barrier::kClose;
      break;
    case CycleState::kIdle:
      road.exit = Barrier::kClose;
      road.entry = ready_for_vehicle(in) && in[Input::kExitClosed] ? Barrier::kOpen
                   : in[Input::kEntryFree]                         ? Barrier::kClose
                                                                   : Barrier::kHold;
      road.entry_green = road.entry == Barrier::kOpen && in[Input::kEntryOpen] &&
                         now - s.entered >= kPortalAfterBeam;
      break;
    case CycleState::kEntering:
      road.entry = Barrier::kOpen;
      road.exit = Barrier::kClose;
      road.panel = kPanelDriveOn;
      break;
    case CycleState::kIdentifying: {
      road.entry = in[Input::kEntryFree] ? Barrier::kClose : Barrier::kHold;
      road.exit = in[Input::kVehicleAtExit] ? Barrier::kHold : Barrier::kClose;
      const core::Duration since = now - s.entered;
      road.panel = since < kPanelStopFor        ? kPanelStop
                   : since < kPanelEngineOffFor ? kPanelEngineOff
                                                : kPanelLeaveCab;
      if (in[Input::kCabClear]) road.panel = kPanelStandHere;
      break;
    }
    case CycleState::kAwaitingClear:
      road.entry = in[Input::kEntryFree] ? Barrier::kClose : Barrier::kHold;
      road.exit = in[Input::kVehicleAtExit] ? Barrier::kHold : Barrier::kClose;
      road.panel = kPanelStandHere;
      break;
    case CycleState::kWarning:
    case CycleState::kScanning:
    case CycleState::kFinishing:
      road.panel = kPanelStandHere;
      break;
    case CycleState::kReviewing:
      road.panel = kPanelWait;
      break;
    case CycleState::kReleasing:
    case CycleState::kHolding:
      if (s.phase == Phase::kReturnDriver) road.panel = kPanelReturn;
      if (s.phase == Phase::kIsolated) road.panel = kPanelWait;
      if (s.phase == Phase::kOpenExit || s.phase == Phase::kDriveOut) {
        road.exit = Barrier::kOpen;
        road.exit_green = s.phase == Phase::kDriveOut && in[Input::kExitOpen];
        road.panel = kPanelDriveOn;
      }
      break;
    case CycleState::kOff:
    case CycleState::kSelfTest:
    case CycleState::kMaintenance:
      break;
    case CycleState::kStopped:
    case CycleState::kFaulted:
      if (s.vehicle != 0) road.panel = kPanelStop;
      break;
  }
  // A barrier never closes on a vehicle, whatever the state wants.
  if (road.entry == Barrier::kClose && !in[Input::kEntryClearBeneath]) road.entry = Barrier::kHold;
  if (road.exit == Barrier::kClose && !in[Input::kExitClearBeneath]) road.exit = Barrier::kHold;
  return road;
}

constexpr std::string_view kOnlyAwaiting =
    "a Start is possible only with a vehicle in the tunnel that waits to be scanned";

std::string_view start_refusal(const State& s, const Inputs& in, core::TimePoint now,
                               const CycleConfig& config) {
  if (s.cycle != CycleState::kAwaitingClear) return kOnlyAwaiting;
  if (const auto missing = first_failing(Stage::kStart, s, in, now, config))
    return condition_text(*missing);
  if (!in[Input::kRecordClosed]) return "the record of the scan before is not closed yet";
  if (s.warning_tail) return "the warning of the scan before has not ended yet";
  if (!in[Input::kStandstill]) return "the gantry still moves";
  return {};
}

}  // namespace

Outputs outputs_of(const State& s, const Inputs& in, core::TimePoint now,
                   const CycleConfig& config) noexcept {
  Outputs out;
  const Road road = road_of(s, in, now);
  plc::PlcOutputs& p = out.plc;
  p.request_beam_permit = s.beam_permit_requested;
  // Asked for with a person detected, motion would not be granted; nor is it asked.
  p.request_motion = s.motion_requested && in[Input::kPeopleClear];
  p.warning_on = s.warning_since.has_value() || s.warning_tail;
  p.barrier_entry_open = road.entry == Barrier::kOpen;
  p.barrier_entry_close = road.entry == Barrier::kClose;
  p.barrier_exit_open = road.exit == Barrier::kOpen;
  p.barrier_exit_close = road.exit == Barrier::kClose;
  p.light_entry_green = road.entry_green;
  p.light_entry_red = !road.entry_green;
  p.light_exit_green = road.exit_green;
  p.light_exit_red = !road.exit_green;
  p.fault_reset = s.reset_since.has_value();
  p.direction = p.request_motion ? static_cast<std::uint16_t>(s.direction) : std::uint16_t{0};
  p.target_speed_mm_s = !p.request_motion           ? 0
                        : s.phase == Phase::kHoming ? config.return_speed_mm_s
                                                    : config.scan_speed_mm_s;
  p.lane_state = static_cast<std::uint16_t>(s.cycle);
  p.driver_panel_message = road.panel;
  out.source_beam = s.source_beam_requested;
  out.source_warm = s.cycle >= CycleState::kWarmUp && s.cycle <= CycleState::kHolding;
  return out;
}

std::string_view command_refusal(const State& s, const Inputs& in, Command command,
                                 core::TimePoint now, const CycleConfig& config) noexcept {
  const bool halted = s.cycle == CycleState::kStopped || s.cycle == CycleState::kFaulted;
  switch (command) {
    case Command::kStop:
      return {};
    case Command::kStart:
      return start_refusal(s, in, now, config);
    case Command::kReset:
      if (!halted) return "there is nothing to reset: the lane is neither stopped nor faulted";
      if (s.reset_since) return "a reset is under way";
      if (!in[Input::kPlcFresh]) return condition_text(Condition::kPlcFresh);
      if (!in[Input::kEstopButtonsReleased]) return "an emergency stop is still pressed";
      if (!in[Input::kChannelsAgree]) return fault_text(Fault::kChannelsDiffer);
      if (!in[Input::kBeamOffMeansAgree]) return fault_text(Fault::kBeamOffMeansDiffer);
      if (!in[Input::kBeamNotSensed]) return "beam is still sensed";
      if (!in[Input::kDoseMonitorsWell]) return condition_text(Condition::kDoseMonitorsWell);
      if (!in[Input::kPlcHeartbeat]) return condition_text(Condition::kPlcHeartbeat);
      return {};
    case Command::kWarmUp:
      if (s.cycle == CycleState::kSelfTest) {
        for (const Input input :
             {Input::kPlcFresh, Input::kEstopHealthy, Input::kKeyOn, Input::kHardwareKindsAgree,
              Input::kSourceAlive, Input::kPlcFaultFree, Input::kBeamNotSensed})
          if (!in[input]) return "the self-test has not passed";
        return {};
      }
      if (s.cycle == CycleState::kIdle) return {};
      return "warming up is possible after the self-test and in Idle only";
    case Command::kCalibrate:
      if (s.cycle != CycleState::kIdle) return "calibration is possible in Idle only";
      if (!in[Input::kLaneEmpty] || !in[Input::kEntryFree]) return "the lane is not empty";
      if (!in[Input::kSourceReady]) return condition_text(Condition::kSourceReady);
      if (!in[Input::kAcquisitionAlive]) return condition_text(Condition::kAcquisitionAlive);
      return {};
    case Command::kMaintenanceEnter:
      if (s.cycle == CycleState::kMaintenance) return "the lane is in maintenance already";
      if (!in[Input::kKeyService]) return "the key is not at service";
      if (s.cycle != CycleState::kOff && !halted && s.cycle != CycleState::kSelfTest)
        return "maintenance begins from Off, SelfTest, Stopped or Faulted only";
      return {};
    case Command::kMaintenanceLeave:
      if (s.cycle != CycleState::kMaintenance) return "the lane is not in maintenance";
      return {};
  }
  return "unknown command";
}

std::string_view decision_refusal(const State& s, const Inputs& in, const DecisionInput& decision,
                                  const CycleConfig& config) noexcept {
  const bool reviewing = s.cycle == CycleState::kReviewing;
  const bool isolated = s.cycle == CycleState::kHolding && s.phase == Phase::kIsolated;
  const bool unscanned = s.cycle == CycleState::kAwaitingClear;
  if (!reviewing && !isolated && !unscanned) return "no vehicle waits for a decision";
  if (!decision.of_this_vehicle) return "the decision is not about the scan in review";
  if (decision.kind == core::DecisionKind::kRescan && !reviewing)
    return "there is no scan to repeat";
  if (decision.kind != core::DecisionKind::kRelease) return {};
  if (!s.vehicle_scanned) return "a vehicle without a complete scan cannot be released";
  if (config.second_reader && !decision.two_officers) return "a release needs a second reader here";
  if (config.radiation_required && !decision.radiation_adjudicated) {
    if (!in[Input::kRadiationMeasured])
      return "there is no valid radiation measurement: it must be adjudicated";
    if (!in[Input::kRadiationClear]) return "the radiation alarm is open: it must be adjudicated";
  }
  return {};
}

}  // namespace portcullis::lane
