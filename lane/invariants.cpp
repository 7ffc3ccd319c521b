#include "lane/invariants.h"

#include <array>

#include "lane/invariant_facts.h"

namespace portcullis::lane {
namespace {

bool beam_asked(const StepView& v) {
  return v.outputs.source_beam || v.outputs.plc.request_beam_permit;
}
bool scanning(const StepView& v) {
  return v.after.cycle == CycleState::kScanning;
}

bool ticked(const StepView& v) {
  return v.event.kind == Event::Kind::kTick;
}
bool accepted_command(const StepView& v, Command command) {
  return v.event.kind == Event::Kind::kCommand && v.event.command == command && v.accepted;
}
bool accepted_decision(const StepView& v) {
  return v.event.kind == Event::Kind::kDecision && v.accepted;
}
bool fact(const StepView& v, DecisionFact which, bool value) {
  return v.inputs.noted(readable(which), value);
}
bool asked_to_scan(const StepView& v) {
  return v.after.act.kind != Act::Kind::kNone && v.after.phase != Phase::kWaitArea;
}
bool halted(CycleState cycle) {
  return cycle == CycleState::kStopped || cycle == CycleState::kFaulted ||
         cycle == CycleState::kOff || cycle == CycleState::kMaintenance;
}

/// Beam asked, or an act on its way to it, implies `input`: "void on any loss".
template <Input kNeeded>
bool beam_needs(const StepView& v) noexcept {
  return !(beam_asked(v) || asked_to_scan(v)) || v.inputs[kNeeded];
}
/// The same where the gantry moves and the driver is outside.
template <Input kNeeded>
bool gantry_beam_needs(const StepView& v) noexcept {
  return v.config.drive_through || beam_needs<kNeeded>(v);
}
/// Beam asked alone implies `input`.
template <Input kNeeded>
bool beam_itself_needs(const StepView& v) noexcept {
  return !beam_asked(v) || v.inputs[kNeeded];
}
/// An act to scan before its record is open, implies `input`.
template <Input kNeeded>
bool begin_needs(const StepView& v) noexcept {
  return !asked_to_scan(v) || v.after.record_open ||
         (v.after.act.kind == Act::Kind::kCalibrate && kNeeded == Input::kStorageReady) ||
         v.inputs[kNeeded];
}
bool scan_needs_calibration(const StepView& v) noexcept {
  return v.after.act.kind != Act::Kind::kScan || v.inputs[Input::kCalibrated];
}
bool scan_beam_needs_record(const StepView& v) noexcept {
  return !(beam_asked(v) && scanning(v)) || (v.after.record_open && v.inputs[Input::kRecordOpen]);
}
bool scan_beam_needs_capture(const StepView& v) noexcept {
  return !(v.outputs.source_beam && scanning(v)) || v.inputs[Input::kCaptureRunning];
}

bool beam_only_in_its_states(const StepView& v) noexcept {
  return !beam_asked(v) || v.after.cycle == CycleState::kScanning ||
         v.after.cycle == CycleState::kCalibrating || v.after.cycle == CycleState::kWarmUp;
}
bool beam_needs_warning(const StepView& v) noexcept {
  return !beam_asked(v) || (v.outputs.plc.warning_on && v.after.warning_since &&
                            passed(Threshold::kWarningLegal, v.after, v.inputs, v.now, v.config));
}
bool beam_needs_clear_vehicle(const StepView& v) noexcept {
  if (!beam_asked(v) && !asked_to_scan(v)) return true;
  if (!scanning(v) && v.after.cycle != CycleState::kWarning) return v.inputs[Input::kLaneEmpty];
  return v.inputs[Input::kVehicleInTunnel] &&
         (v.config.drive_through || v.inputs[Input::kCabClear]);
}
// Drive-through lanes.
bool drive_beam_needs_the_cab_past(const StepView& v) noexcept {
  return !(v.config.drive_through && beam_asked(v) && scanning(v)) || v.after.cab_passed;
}
bool drive_beam_needs_no_second_vehicle(const StepView& v) noexcept {
  return !v.config.drive_through || beam_needs<Input::kNoSecondVehicle>(v);
}
bool cab_is_past_when_it_went_its_way(const StepView& v) noexcept {
  if (!v.after.cab_passed) return true;
  return (v.before.cab_seen || v.inputs[Input::kCabSeen]) && v.inputs[Input::kCabPast];
}
bool cab_is_forgotten(const StepView& v) noexcept {
  if (!v.after.cab_seen && !v.after.cab_passed) return true;
  return v.config.drive_through && v.after.motion_requested && v.after.vehicle != 0 &&
         v.after.vehicle == v.before.vehicle && v.inputs[Input::kVehicleInTunnel] &&
         v.inputs[Input::kMovingForward];
}
bool beam_needs_motion_as_state(const StepView& v) noexcept {
  if (!beam_asked(v)) return true;
  if (!scanning(v)) return v.inputs[Input::kStandstill] && !v.outputs.plc.request_motion;
  const bool forward = v.outputs.plc.direction == 1 && v.inputs[Input::kSpeedInBandForward];
  const bool back = v.outputs.plc.direction == 2 && v.inputs[Input::kSpeedInBandBack];
  return v.outputs.plc.request_motion && (forward || back);
}
bool beam_needs_no_latch(const StepView& v) noexcept {
  return !beam_asked(v) || v.after.latched.none();
}
bool beam_needs_act(const StepView& v) noexcept {
  if (!beam_asked(v)) return true;
  if (scanning(v))
    return v.after.act.kind == Act::Kind::kScan && v.after.act.vehicle == v.after.vehicle &&
           v.after.vehicle != 0;
  return v.after.act.kind == Act::Kind::kCalibrate;
}
/// A request rises only from an act that was not consumed before.
bool act_is_used_once(const StepView& v) noexcept {
  const bool rose = v.after.beam_permit_requested && !v.before.beam_permit_requested;
  return !rose || (!v.before.act.consumed && v.after.act.consumed);
}
bool act_comes_from_an_operator(const StepView& v) noexcept {
  if (v.after.act.kind != Act::Kind::kScan || v.before.act.kind == Act::Kind::kScan) return true;
  return v.event.kind == Event::Kind::kCommand && v.event.command == Command::kStart && v.accepted;
}
bool source_beam_needs_permit(const StepView& v) noexcept {
  return !v.outputs.source_beam ||
         (v.outputs.plc.request_beam_permit && v.inputs[Input::kBeamPermitGranted] &&
          v.inputs[Input::kBeamEnabled]);
}
bool scan_beam_needs_motion_permit(const StepView& v) noexcept {
  return !(v.outputs.source_beam && scanning(v)) || v.inputs[Input::kMotionPermitGranted];
}
bool motion_never_with_people(const StepView& v) noexcept {
  return !v.outputs.plc.request_motion || v.inputs[Input::kPeopleClear];
}
bool motion_only_under_warning(const StepView& v) noexcept {
  return !v.outputs.plc.request_motion ||
         (v.outputs.plc.warning_on && v.inputs[Input::kLampProven] &&
          passed(Threshold::kWarningLegal, v.after, v.inputs, v.now, v.config));
}
/// A warning begins now or goes on from when it began; its age cannot be made up.
bool warning_is_not_antedated(const StepView& v) noexcept {
  return !v.after.warning_since || *v.after.warning_since == v.now ||
         v.after.warning_since == v.before.warning_since;
}
bool warning_outlasts_beam(const StepView& v) noexcept {
  const bool ended =
      (v.before.warning_tail || v.before.source_beam_requested) && !v.outputs.plc.warning_on;
  return !ended || (v.inputs[Input::kBeamNotSensed] && !v.inputs[Input::kSourceOn]);
}
bool entry_opens_when_all_is_ready(const StepView& v) noexcept {
  if (v.after.cycle != CycleState::kIdle || !v.outputs.plc.barrier_entry_open) return true;
  for (const Input input :
       {Input::kPlcFresh, Input::kKeyOn, Input::kHardwareKindsAgree, Input::kSourceReady,
        Input::kAcquisitionAlive, Input::kCalibrated, Input::kStorageReady, Input::kMainsPower,
        Input::kNoBypass, Input::kDoseMonitorsWell, Input::kExitClosed})
    if (!v.inputs[input]) return false;
  return !v.config.review_in_bays || v.inputs[Input::kBayFree];
}
bool green_only_when_open(const StepView& v) noexcept {
  return (!v.outputs.plc.light_entry_green || v.inputs[Input::kEntryOpen]) &&
         (!v.outputs.plc.light_exit_green || v.inputs[Input::kExitOpen]);
}
bool barriers_never_close_on_vehicle(const StepView& v) noexcept {
  return (!v.outputs.plc.barrier_entry_close || v.inputs[Input::kEntryClearBeneath]) &&
         (!v.outputs.plc.barrier_exit_close || v.inputs[Input::kExitClearBeneath]);
}
bool barrier_commands_exclude(const StepView& v) noexcept {
  const auto& p = v.outputs.plc;
  return !(p.barrier_entry_open && p.barrier_entry_close) &&
         !(p.barrier_exit_open && p.barrier_exit_close) &&
         !(p.light_entry_red && p.light_entry_green) && !(p.light_exit_red && p.light_exit_green);
}
bool barriers_not_opened_around_beam(const StepView& v) noexcept {
  return !beam_asked(v) || (!v.outputs.plc.barrier_entry_open && !v.outputs.plc.barrier_exit_open);
}
bool latch_needs_reset(const StepView& v) noexcept {
  const auto lost = v.before.latched & ~v.after.latched;
  const bool left =
      (v.before.cycle == CycleState::kStopped || v.before.cycle == CycleState::kFaulted) &&
      v.after.cycle == CycleState::kSelfTest;
  if (lost.none() && !left) return true;
  const bool source_well = !v.inputs[Input::kSourceAlive] || v.inputs[Input::kSourceFaultFree];
  return v.before.reset_since.has_value() && passed_before(v, Threshold::kResetPulse) &&
         v.inputs[Input::kEstopHealthy] && v.inputs[Input::kPlcFaultFree] &&
         v.inputs[Input::kPlcFresh] && v.inputs[Input::kPlcHeartbeat] &&
         v.inputs[Input::kCommandsConfirmed] && v.inputs[Input::kChannelsAgree] &&
         v.inputs[Input::kBeamOffMeansAgree] && v.inputs[Input::kDoseMonitorsWell] && source_well;
}
bool reset_is_taken_with_causes_gone(const StepView& v) noexcept {
  if (!accepted_command(v, Command::kReset)) return true;
  for (const Input input : {Input::kPlcFresh, Input::kEstopButtonsReleased, Input::kChannelsAgree,
                            Input::kBeamOffMeansAgree, Input::kBeamNotSensed,
                            Input::kDoseMonitorsWell, Input::kPlcHeartbeat})
    if (!v.inputs[input]) return false;
  return !v.before.reset_since;
}
bool reset_ends(const StepView& v) noexcept {
  return !(ticked(v) && v.before.reset_since && passed_before(v, Threshold::kResetMax)) ||
         !v.after.reset_since;
}

bool first_out_is_kept(const StepView& v) noexcept {
  return v.after.latched.none() ? !v.after.first_out
                                : v.after.first_out && (v.before.latched.none() ||
                                                        v.after.first_out == v.before.first_out);
}

bool stop_halts(const StepView& v) noexcept {
  const bool stopped = v.inputs[Input::kPlcFresh] && !v.inputs[Input::kEstopHealthy];
  return !stopped || v.before.cycle == CycleState::kOff ||
         v.before.cycle == CycleState::kMaintenance || v.after.cycle == CycleState::kStopped ||
         v.after.cycle == CycleState::kMaintenance;
}
bool latch_halts(const StepView& v) noexcept {
  return v.after.latched.none() || halted(v.after.cycle);
}
bool key_halts(const StepView& v) noexcept {
  // A reset does not look at the key; the self-test's first step does.
  return halted(v.before.cycle) || !v.inputs[Input::kPlcFresh] || v.inputs[Input::kKeyOn] ||
         halted(v.after.cycle);
}
bool transitions_are_in_the_table(const StepView& v) noexcept {
  return transition_allowed(v.before.cycle, v.after.cycle);
}

bool commands_in_their_states(const StepView& v) noexcept {
  if (v.event.kind != Event::Kind::kCommand || !v.accepted) return true;
  switch (v.event.command) {
    case Command::kStart:
      return v.before.cycle == CycleState::kAwaitingClear;
    case Command::kStop:
      return true;
    case Command::kReset:
      return v.before.cycle == CycleState::kStopped || v.before.cycle == CycleState::kFaulted;
    case Command::kWarmUp:
      return v.before.cycle == CycleState::kSelfTest || v.before.cycle == CycleState::kIdle;
    case Command::kCalibrate:
      return v.before.cycle == CycleState::kIdle;
    case Command::kMaintenanceEnter:
      return v.inputs[Input::kKeyService] &&
             (v.before.cycle == CycleState::kOff || v.before.cycle == CycleState::kSelfTest ||
              v.before.cycle == CycleState::kStopped || v.before.cycle == CycleState::kFaulted);
    case Command::kMaintenanceLeave:
      return v.before.cycle == CycleState::kMaintenance;
  }
  return false;
}
bool start_finds_all_at_rest(const StepView& v) noexcept {
  return !accepted_command(v, Command::kStart) ||
         (v.inputs[Input::kRecordEnded] && v.inputs[Input::kStandstill] && !v.before.warning_tail);
}
bool calibrate_finds_the_lane_empty(const StepView& v) noexcept {
  return !accepted_command(v, Command::kCalibrate) ||
         (v.inputs[Input::kLaneEmpty] && v.inputs[Input::kEntryFree] &&
          v.inputs[Input::kSourceReady] && v.inputs[Input::kAcquisitionAlive]);
}
bool self_test_is_passed(const StepView& v) noexcept {
  if (v.before.cycle != CycleState::kSelfTest || v.after.cycle != CycleState::kWarmUp) return true;
  for (const Input input :
       {Input::kPlcFresh, Input::kPlcFaultFree, Input::kHardwareKindsAgree, Input::kEstopHealthy,
        Input::kKeyOn, Input::kSourceAlive, Input::kBeamNotSensed})
    if (!v.inputs[input]) return false;
  if (!ticked(v)) return true;  // an operator may go on before the rest
  for (const Input input :
       {Input::kPlcHeartbeat, Input::kCommandsConfirmed, Input::kPlcRunning,
        Input::kAcquisitionAlive, Input::kBeamOffMeansAgree, Input::kRecordEnded})
    if (!v.inputs[input]) return false;
  return true;
}

// What ends in its time, and what must be there before the next step.
bool phases_end(const StepView& v) noexcept {
  if (!ticked(v)) return true;
  const auto over = [&](Threshold threshold) {
    return passed_before(v, threshold) && v.after.cycle == v.before.cycle &&
           v.after.phase == v.before.phase;
  };
  switch (v.before.phase) {
    case Phase::kPermit:
    case Phase::kBeam:
    case Phase::kAirBeam:
      return !over(Threshold::kPermitMax);
    case Phase::kDarkArming:
    case Phase::kAirArming:
    case Phase::kDrain:
      return !over(Threshold::kDrainMax);
    case Phase::kClose:
      return !over(Threshold::kRecordMax);
    default:
      return true;
  }
}
bool states_end(const StepView& v) noexcept {
  if (!ticked(v)) return true;
  const bool stayed = v.after.cycle == v.before.cycle;
  if (v.before.cycle == CycleState::kWarning && stayed)
    return !passed_before(v, Threshold::kWarningMax);
  if (v.before.cycle == CycleState::kReviewing && stayed)
    return !passed_before(v, Threshold::kReviewMax);
  if (v.before.cycle == CycleState::kCalibrating && stayed && beam_asked(v) &&
      v.before.beam_permit_requested)
    return !passed_before(v, Threshold::kAirMax);
  return true;
}
bool review_ends_in_hold(const StepView& v) noexcept {
  return !(ticked(v) && v.before.cycle == CycleState::kReviewing &&
           v.after.cycle != CycleState::kReviewing && !halted(v.after.cycle)) ||
         v.after.decision == core::DecisionKind::kHold;
}
bool lost_beam_ends_a_scan(const StepView& v) noexcept {
  return !(ticked(v) && v.before.phase == Phase::kRunning && v.after.phase == Phase::kRunning) ||
         beam_seen_by_inputs(v);
}
bool failures_end_a_scan(const StepView& v) noexcept {
  if (!ticked(v)) return true;
  const bool scan = v.before.cycle == CycleState::kWarning ||
                    v.before.cycle == CycleState::kScanning || v.before.phase == Phase::kDrain;
  if (scan && v.after.cycle == v.before.cycle && v.after.phase != Phase::kClose &&
      v.inputs[Input::kCaptureFailed])
    return false;
  return !(v.before.cycle == CycleState::kWarning && v.before.record_open &&
           !halted(v.after.cycle) && v.after.cycle != CycleState::kAwaitingClear &&
           v.inputs[Input::kRecordFailed]);
}
bool scan_begins_armed(const StepView& v) noexcept {
  return !(v.before.cycle == CycleState::kWarning && scanning(v)) || v.inputs[Input::kCaptureArmed];
}
bool record_begins_at_an_end(const StepView& v) noexcept {
  return v.config.drive_through || !v.actions.has(ActionKind::kOpenRecord) ||
         v.inputs[Input::kGantryAtStart] || v.inputs[Input::kGantryAtEnd];
}
bool complete_means_all_lines(const StepView& v) noexcept {
  for (const Action& action : v.actions)
    if (action.kind == ActionKind::kCloseRecord && action.outcome == core::ScanOutcome::kComplete &&
        !(v.before.phase == Phase::kDrain && v.inputs[Input::kCaptureDone] &&
          v.inputs[Input::kBeamNotSensed]))
      return false;
  return true;
}
bool review_needs_the_stored_record(const StepView& v) noexcept {
  return !(v.before.phase == Phase::kClose && v.actions.has(ActionKind::kReviewWanted)) ||
         v.inputs[Input::kRecordStored];
}
bool calibration_is_of_whole_frames(const StepView& v) noexcept {
  if (v.before.phase == Phase::kDarkRunning && v.after.phase == Phase::kWarn)
    return v.inputs[Input::kCaptureDone];
  return !v.actions.has(ActionKind::kCalibrationGood) ||
         (v.before.phase == Phase::kAirRunning && v.inputs[Input::kCaptureDone]);
}

// The way of a vehicle.
bool vehicle_enters_through_the_open_entry(const StepView& v) noexcept {
  return !(v.before.cycle == CycleState::kIdle && v.after.cycle == CycleState::kEntering) ||
         v.inputs[Input::kEntryOpen];
}
bool vehicle_waits_shut_in_and_alone(const StepView& v) noexcept {
  return !(v.before.cycle == CycleState::kIdentifying &&
           v.after.cycle == CycleState::kAwaitingClear) ||
         (v.inputs[Input::kBarriersClosed] &&
          (v.config.drive_through
               ? v.inputs[Input::kCabOccupied] &&
                     (v.inputs[Input::kVehicleInTunnel] || v.inputs[Input::kVehicleAtExit])
               : v.inputs[Input::kCabClear] && v.inputs[Input::kVehicleInTunnel]));
}
bool vehicle_leaves_when_it_is_gone(const StepView& v) noexcept {
  if (!v.actions.has(ActionKind::kVehicleLeft) && !v.actions.has(ActionKind::kVehicleInBay) &&
      !v.actions.has(ActionKind::kSentRound))
    return true;
  if (!v.inputs[Input::kLaneEmpty]) return false;
  return v.before.cycle == CycleState::kWarmUp || passed_before(v, Threshold::kGoneFor);
}
bool exit_opens_with_the_driver_in_his_cab(const StepView& v) noexcept {
  return !(v.before.phase == Phase::kReturnDriver && v.after.phase == Phase::kOpenExit) ||
         (v.inputs[Input::kCabOccupied] && v.inputs[Input::kDoorsClosed]);
}
bool bay_is_free_when_given(const StepView& v) noexcept {
  return !v.actions.has(ActionKind::kToBay) ||
         (v.config.review_in_bays && v.after.bay != 0 && v.inputs[Input::kBayFree]);
}
bool tailgating_is_told(const StepView& v) noexcept {
  const bool watched = v.before.cycle == CycleState::kIdentifying ||
                       v.before.cycle == CycleState::kAwaitingClear ||
                       v.before.cycle == CycleState::kReviewing;
  if (!ticked(v) || !watched || v.after.cycle != v.before.cycle) return true;
  return !(v.inputs[Input::kVehicleAtEntry] && !v.inputs[Input::kEntryClosed]) || v.after.tailgated;
}
bool slow_driver_calls_the_operator(const StepView& v) noexcept {
  const bool step = v.before.cycle == CycleState::kEntering ||
                    v.before.cycle == CycleState::kIdentifying ||
                    v.before.phase == Phase::kReturnDriver || v.before.phase == Phase::kOpenExit;
  if (!ticked(v) || !step || v.after.cycle != v.before.cycle || v.after.phase != v.before.phase)
    return true;
  return !passed_before(v, Threshold::kDriverStepMax) || v.after.operator_called;
}
bool reset_is_asked_for(const StepView& v) noexcept {
  if (!v.after.reset_since || v.before.reset_since) return true;
  return v.event.kind == Event::Kind::kCommand && v.event.command == Command::kReset && v.accepted;
}
bool reset_is_not_restart(const StepView& v) noexcept {
  const bool halted =
      v.before.cycle == CycleState::kStopped || v.before.cycle == CycleState::kFaulted;
  if (!halted || v.after.cycle == v.before.cycle) return true;
  return v.after.cycle == CycleState::kSelfTest || v.after.cycle == CycleState::kStopped ||
         v.after.cycle == CycleState::kMaintenance;
}
bool halted_asks_for_nothing(const StepView& v) noexcept {
  switch (v.after.cycle) {
    case CycleState::kOff:
    case CycleState::kSelfTest:
    case CycleState::kStopped:
    case CycleState::kFaulted:
    case CycleState::kMaintenance:
      break;
    default:
      return true;
  }
  const auto& p = v.outputs.plc;
  return !beam_asked(v) && !p.request_motion && !p.barrier_entry_open && !p.barrier_entry_close &&
         !p.barrier_exit_open && !p.barrier_exit_close && !p.light_entry_green &&
         !p.light_exit_green;
}
bool exit_opens_after_decision(const StepView& v) noexcept {
  if (!v.outputs.plc.barrier_exit_open) return true;
  if (v.after.decision) return *v.after.decision != core::DecisionKind::kIsolate;
  // Into a bay a scanned vehicle goes undecided: there only a decision opens its way on.
  return v.config.review_in_bays && v.after.bay != 0 && v.after.vehicle_scanned;
}
bool decision_is_awaited(const StepView& v) noexcept {
  if (!accepted_decision(v)) return true;
  const bool awaited =
      v.before.cycle == CycleState::kReviewing || v.before.cycle == CycleState::kAwaitingClear ||
      (v.before.cycle == CycleState::kHolding && v.before.phase == Phase::kIsolated);
  const bool rescan_of_one = v.event.decision.kind != core::DecisionKind::kRescan ||
                             v.before.cycle == CycleState::kReviewing;
  return awaited && rescan_of_one &&
         fact(v, DecisionFact::kOfThisVehicle, v.event.decision.of_this_vehicle);
}
bool release_is_decided(const StepView& v) noexcept {
  if (v.after.decision != core::DecisionKind::kRelease ||
      v.before.decision == core::DecisionKind::kRelease)
    return true;
  const DecisionInput& d = v.event.decision;
  return accepted_decision(v) && d.kind == core::DecisionKind::kRelease &&
         v.before.vehicle_scanned &&
         (!v.config.second_reader || fact(v, DecisionFact::kTwoOfficers, d.two_officers)) &&
         (!v.config.radiation_required ||
          fact(v, DecisionFact::kRadiationAdjudicated, d.radiation_adjudicated) ||
          (v.inputs[Input::kRadiationMeasured] && v.inputs[Input::kRadiationClear]));
}
bool decision_goes_with_its_vehicle(const StepView& v) noexcept {
  return v.after.vehicle == v.before.vehicle || v.after.vehicle == 0 || !v.after.decision;
}
bool stop_takes_all_away(const StepView& v) noexcept {
  if (!(v.event.kind == Event::Kind::kCommand && v.event.command == Command::kStop)) return true;
  return v.accepted && !beam_asked(v) && !v.outputs.plc.request_motion;
}

constexpr std::array kInvariants = {
    Invariant{"beam only in WarmUp, Calibrating and Scanning", beam_only_in_its_states},
    Invariant{"beam needs fresh PLC data", beam_needs<Input::kPlcFresh>},
    Invariant{"beam needs the PLC's heartbeat", beam_needs<Input::kPlcHeartbeat>},
    Invariant{"beam needs confirmed commands", beam_needs<Input::kCommandsConfirmed>},
    Invariant{"beam needs the PLC running", beam_needs<Input::kPlcRunning>},
    Invariant{"beam needs hardware of one kind", beam_needs<Input::kHardwareKindsAgree>},
    Invariant{"beam needs the emergency stops healthy", beam_needs<Input::kEstopHealthy>},
    Invariant{"beam needs the key at on", beam_needs<Input::kKeyOn>},
    Invariant{"beam needs no bypass", beam_needs<Input::kNoBypass>},
    Invariant{"beam needs the doors closed", beam_needs<Input::kDoorsClosed>},
    Invariant{"beam needs the curtains clear", beam_needs<Input::kCurtainsClear>},
    Invariant{"beam needs agreeing channels", beam_needs<Input::kChannelsAgree>},
    Invariant{"beam needs the barriers closed", beam_needs<Input::kBarriersClosed>},
    Invariant{"beam needs people clear", beam_needs<Input::kPeopleClear>},
    Invariant{"beam needs the search complete", gantry_beam_needs<Input::kSearchComplete>},
    Invariant{"beam needs the dose monitors", beam_needs<Input::kDoseMonitorsWell>},
    Invariant{"beam needs agreeing means of beam-off", beam_needs<Input::kBeamOffMeansAgree>},
    Invariant{"beam needs the lamp proven", beam_itself_needs<Input::kLampProven>},
    Invariant{"beam needs the gantry inside its limits", gantry_beam_needs<Input::kGantryInside>},
    Invariant{"beam needs the source alive", beam_needs<Input::kSourceAlive>},
    Invariant{"beam needs the detector alive", beam_needs<Input::kAcquisitionAlive>},
    Invariant{"beam needs the PLC free of faults", beam_needs<Input::kPlcFaultFree>},
    Invariant{"beam needs the source free of faults", beam_needs<Input::kSourceFaultFree>},
    Invariant{"beam needs the source ready", beam_needs<Input::kSourceReady>},
    Invariant{"a scan begins only with room for its record", begin_needs<Input::kStorageReady>},
    Invariant{"a scan begins only on mains power", begin_needs<Input::kMainsPower>},
    Invariant{"a scan needs a calibration", scan_needs_calibration},
    Invariant{"scan beam needs an open record", scan_beam_needs_record},
    Invariant{"scan beam needs the detector taking lines", scan_beam_needs_capture},
    Invariant{"beam needs the warning for 5 s", beam_needs_warning},
    Invariant{"beam needs a clear vehicle or an empty lane", beam_needs_clear_vehicle},
    Invariant{"drive-through beam needs the cab past it", drive_beam_needs_the_cab_past},
    Invariant{"drive-through beam needs the way upstream free", drive_beam_needs_no_second_vehicle},
    Invariant{"a cab is past when it was seen and went its way", cab_is_past_when_it_went_its_way},
    Invariant{"a cab is forgotten at exit, stop and reversal", cab_is_forgotten},
    Invariant{"beam needs motion as the state says", beam_needs_motion_as_state},
    Invariant{"beam needs no latched fault", beam_needs_no_latch},
    Invariant{"beam needs an act", beam_needs_act},
    Invariant{"an act is used once", act_is_used_once},
    Invariant{"a scan's act comes from an operator", act_comes_from_an_operator},
    Invariant{"source beam needs the PLC's permit", source_beam_needs_permit},
    Invariant{"scan beam needs the motion permit", scan_beam_needs_motion_permit},
    Invariant{"no motion with a person detected", motion_never_with_people},
    Invariant{"motion only under warning", motion_only_under_warning},
    Invariant{"a barrier never closes on a vehicle", barriers_never_close_on_vehicle},
    Invariant{"opposite commands exclude each other", barrier_commands_exclude},
    Invariant{"no barrier opens around beam", barriers_not_opened_around_beam},
    Invariant{"a latch leaves only by a reset with its cause gone", latch_needs_reset},
    Invariant{"a reset is asked for", reset_is_asked_for},
    Invariant{"reset is not restart", reset_is_not_restart},
    Invariant{"halted states ask for nothing", halted_asks_for_nothing},
    Invariant{"the exit opens only after a decision", exit_opens_after_decision},
    Invariant{"a release is decided as the rules want", release_is_decided},
    Invariant{"a decision goes with its vehicle", decision_goes_with_its_vehicle},
    Invariant{"Stop is always obeyed", stop_takes_all_away},
    Invariant{"a warning is not antedated", warning_is_not_antedated},
    Invariant{"the warning outlasts the beam", warning_outlasts_beam},
    Invariant{"the entry opens only when all is ready", entry_opens_when_all_is_ready},
    Invariant{"green means open", green_only_when_open},
    Invariant{"a reset is taken only with its causes gone", reset_is_taken_with_causes_gone},
    Invariant{"a reset ends", reset_ends},
    Invariant{"the first cause is kept", first_out_is_kept},
    Invariant{"an emergency stop halts", stop_halts},
    Invariant{"a latched fault halts", latch_halts},
    Invariant{"the key halts", key_halts},
    Invariant{"changes of state are in the table", transitions_are_in_the_table},
    Invariant{"commands are taken in their states only", commands_in_their_states},
    Invariant{"a Start finds all at rest", start_finds_all_at_rest},
    Invariant{"a calibration finds the lane empty", calibrate_finds_the_lane_empty},
    Invariant{"the self-test is passed before it is left", self_test_is_passed},
    Invariant{"phases end in their time", phases_end},
    Invariant{"states end in their time", states_end},
    Invariant{"a review ends in a hold", review_ends_in_hold},
    Invariant{"lost beam ends a scan", lost_beam_ends_a_scan},
    Invariant{"a failed capture or record ends a scan", failures_end_a_scan},
    Invariant{"a scan begins with the detector armed", scan_begins_armed},
    Invariant{"a record begins at an end of the travel", record_begins_at_an_end},
    Invariant{"complete means all lines and no beam", complete_means_all_lines},
    Invariant{"a review needs the stored record", review_needs_the_stored_record},
    Invariant{"a calibration is of whole frames", calibration_is_of_whole_frames},
    Invariant{"a vehicle enters through the open entry", vehicle_enters_through_the_open_entry},
    Invariant{"a vehicle waits shut in, its cab clear", vehicle_waits_shut_in_and_alone},
    Invariant{"a vehicle has left when it is gone", vehicle_leaves_when_it_is_gone},
    Invariant{"the exit opens with the driver in his cab", exit_opens_with_the_driver_in_his_cab},
    Invariant{"a bay is free when it is given", bay_is_free_when_given},
    Invariant{"tailgating is told", tailgating_is_told},
    Invariant{"a slow driver calls the operator", slow_driver_calls_the_operator},
    Invariant{"a decision is awaited and of this vehicle", decision_is_awaited},
};

}  // namespace

const Invariant* invariants_begin() noexcept {
  return kInvariants.data();
}
const Invariant* invariants_end() noexcept {
  return kInvariants.data() + kInvariants.size();
}

std::string_view violated_invariant(const StepView& view) noexcept {
  for (const Invariant& invariant : kInvariants)
    if (!invariant.holds(view)) return invariant.name;
  return {};
}

}  // namespace portcullis::lane
