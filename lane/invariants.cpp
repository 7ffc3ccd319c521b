#include "lane/invariants.h"

#include <array>

namespace portcullis::lane {
namespace {

bool beam_asked(const StepView& v) {
  return v.outputs.source_beam || v.outputs.plc.request_beam_permit;
}
bool scanning(const StepView& v) {
  return v.after.cycle == CycleState::kScanning;
}

/// beam asked implies `input`.
template <Input kNeeded>
bool beam_needs(const StepView& v) noexcept {
  return !beam_asked(v) || v.inputs[kNeeded];
}

bool beam_only_in_its_states(const StepView& v) noexcept {
  return !beam_asked(v) || v.after.cycle == CycleState::kScanning ||
         v.after.cycle == CycleState::kCalibrating || v.after.cycle == CycleState::kWarmUp;
}
bool beam_needs_warning(const StepView& v) noexcept {
  return !beam_asked(v) || (v.outputs.plc.warning_on && v.after.warning_since &&
                            v.now - *v.after.warning_since >= std::chrono::seconds(5));
}
bool beam_needs_clear_vehicle(const StepView& v) noexcept {
  if (!beam_asked(v)) return true;
  return scanning(v) ? v.inputs[Input::kCabClear] && v.inputs[Input::kVehicleInTunnel]
                     : v.inputs[Input::kLaneEmpty];
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
  return !v.outputs.plc.request_motion || v.outputs.plc.warning_on;
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
  if (lost.none()) return true;
  return v.before.reset_since.has_value() && v.inputs[Input::kEstopHealthy] &&
         v.inputs[Input::kPlcFaultFree] && v.inputs[Input::kPlcFresh] &&
         v.inputs[Input::kChannelsAgree] && v.inputs[Input::kBeamOffMeansAgree];
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
  return !v.outputs.plc.barrier_exit_open ||
         (v.after.decision.has_value() && *v.after.decision != core::DecisionKind::kIsolate);
}
bool release_is_decided(const StepView& v) noexcept {
  if (v.after.decision != core::DecisionKind::kRelease ||
      v.before.decision == core::DecisionKind::kRelease)
    return true;
  return v.event.kind == Event::Kind::kDecision && v.accepted &&
         v.event.decision.kind == core::DecisionKind::kRelease &&
         v.event.decision.of_this_vehicle && v.before.vehicle_scanned &&
         (!v.config.second_reader || v.event.decision.two_officers) &&
         (!v.config.radiation_required || v.event.decision.radiation_adjudicated ||
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
    Invariant{"beam needs the search complete", beam_needs<Input::kSearchComplete>},
    Invariant{"beam needs the dose monitors", beam_needs<Input::kDoseMonitorsWell>},
    Invariant{"beam needs agreeing means of beam-off", beam_needs<Input::kBeamOffMeansAgree>},
    Invariant{"beam needs the lamp proven", beam_needs<Input::kLampProven>},
    Invariant{"beam needs the gantry inside its limits", beam_needs<Input::kGantryInside>},
    Invariant{"beam needs the source alive", beam_needs<Input::kSourceAlive>},
    Invariant{"beam needs the detector alive", beam_needs<Input::kAcquisitionAlive>},
    Invariant{"beam needs the PLC free of faults", beam_needs<Input::kPlcFaultFree>},
    Invariant{"beam needs the source free of faults", beam_needs<Input::kSourceFaultFree>},
    Invariant{"beam needs the warning for 5 s", beam_needs_warning},
    Invariant{"beam needs a clear vehicle or an empty lane", beam_needs_clear_vehicle},
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

std::string_view RecordInvariant::check(const State& after, const Actions& actions) noexcept {
  for (const Action& action : actions) {
    if (action.kind == ActionKind::kOpenRecord) {
      if (open_) return "a record was opened while another was open";
      open_ = true;
    }
    if (action.kind == ActionKind::kCloseRecord) {
      if (!open_) return "a record was closed that was not open";
      if (action.outcome == core::ScanOutcome::kRunning)
        return "a record was closed without an outcome";
      if (action.outcome != core::ScanOutcome::kComplete && action.reason.empty())
        return "a record was closed without a reason";
      open_ = false;
    }
  }
  if (open_ != after.record_open) return "the state does not know whether a record is open";
  switch (after.cycle) {
    case CycleState::kWarning:
    case CycleState::kScanning:
    case CycleState::kFinishing:
      return {};
    default:
      return open_ ? "a record stayed open after its scan" : "";
  }
}

}  // namespace portcullis::lane
