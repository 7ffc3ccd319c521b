#include "lane/cycle.h"

#include "core/assert.h"
#include "lane/step_context.h"

namespace portcullis::lane {

using core::Duration;
using core::TimePoint;

void StepContext::withdraw() {
  if (s.beam_permit_requested || s.source_beam_requested) s.warning_tail = true;
  s.beam_permit_requested = false;
  s.source_beam_requested = false;
  s.motion_requested = false;
  s.cab_seen = s.cab_passed = false;
  s.direction = Direction::kHold;
  s.warning_since.reset();
  s.act = {};
}

void StepContext::close_record(core::ScanOutcome outcome, std::string_view reason) {
  if (!s.record_open) return;
  s.record_open = false;
  actions.add({ActionKind::kCloseRecord, outcome, reason});
}

void end_work(StepContext& c, std::string_view reason) {
  const CycleState was = c.s.cycle;
  const bool capture = was == CycleState::kWarning || was == CycleState::kScanning ||
                       was == CycleState::kFinishing || was == CycleState::kCalibrating;
  c.withdraw();
  if (capture) {
    c.s.last_loss = reason;
    if (was != CycleState::kFinishing || c.s.phase == Phase::kDrain)
      c.act(ActionKind::kStopCapture);
  }
  c.close_record(c.s.beam_seen ? core::ScanOutcome::kPartial : core::ScanOutcome::kAborted, reason);
  if (was == CycleState::kCalibrating) c.act(ActionKind::kCalibrationFailed, reason);
}

void lose(StepContext& c, std::string_view reason) {
  const bool calibrating = c.s.cycle == CycleState::kCalibrating;
  end_work(c, reason);
  c.go(calibrating ? CycleState::kIdle : CycleState::kAwaitingClear);
}

bool beam_is_seen(const StepContext& c) {
  return (c.is(Input::kPlcFresh) && !c.is(Input::kBeamNotSensed)) || c.is(Input::kSourceOn);
}

namespace {

bool fault_present(Fault fault, const StepContext& c) {
  const bool fresh = c.is(Input::kPlcFresh);
  switch (fault) {
    case Fault::kPlcStale:
      return !fresh;
    case Fault::kPlcHeartbeat:
      return fresh && !c.is(Input::kPlcHeartbeat);
    case Fault::kCommandsUnconfirmed:
      return fresh && !c.is(Input::kCommandsConfirmed);
    case Fault::kPlcFault:
      return fresh && !c.is(Input::kPlcFaultFree);
    case Fault::kChannelsDiffer:
      return !c.is(Input::kChannelsAgree);
    case Fault::kBeamOffMeansDiffer:
      return fresh && !c.is(Input::kBeamOffMeansAgree);
    case Fault::kBeamUnrequested:
      return !c.s.source_beam_requested && c.has_passed(Threshold::kBeamGrace) && beam_is_seen(c);
    case Fault::kLampFailed:
      return fresh && c.has_passed(Threshold::kLampMax) && !c.is(Input::kLampProven);
    case Fault::kDoseMonitors:
      return fresh && !c.is(Input::kDoseMonitorsWell);
    case Fault::kSourceFault:  // a silent source is no fault of it: it is not alive
      return c.is(Input::kSourceAlive) && !c.is(Input::kSourceFaultFree);
    case Fault::kNoMemory:
      return !c.is(Input::kMemoryWell);
  }
  return true;
}

void latch_faults(StepContext& c) {
  // Before the PLC answered for the first time there is nothing to lose yet.
  const bool linked = c.s.cycle != CycleState::kOff && c.s.cycle != CycleState::kSelfTest &&
                      c.s.cycle != CycleState::kMaintenance;
  for (std::size_t i = 0; i < kFaultCount; ++i) {
    const auto fault = static_cast<Fault>(i);
    const bool link = fault == Fault::kPlcStale || fault == Fault::kPlcHeartbeat ||
                      fault == Fault::kCommandsUnconfirmed;
    if ((link && !linked) || c.s.latched[i] || guard(fault, !fault_present(fault, c))) continue;
    if (c.s.latched.none()) c.s.first_out = fault;
    c.s.latched.set(i);
    c.in.settle(true);
  }
  c.in.settle(false);
}

void tick_reset(StepContext& c) {
  if (!c.s.reset_since || !guard(Guard::kResetPulseRuns, c.has_passed(Threshold::kResetPulse)))
    return;
  bool gone = guard(Guard::kResetNeedsChain, c.is(Input::kEstopHealthy));
  for (std::size_t i = 0; i < kFaultCount && gone; ++i)
    gone = guard(Guard::kResetNeedsCausesGone, !fault_present(static_cast<Fault>(i), c));
  if (gone) {
    c.s.reset_since.reset();
    c.s.latched.reset();
    c.s.first_out.reset();
    c.go(CycleState::kSelfTest);
  } else if (!guard(Guard::kResetEnds, !c.has_passed(Threshold::kResetMax))) {
    c.s.reset_since.reset();
    c.s.last_loss = "the reset failed: a cause is still present";
  }
}

/// What overrides every state: stop, latched fault, key. True where it changed the state.
bool global_transition(StepContext& c) {
  const CycleState cycle = c.s.cycle;
  if (cycle == CycleState::kOff || cycle == CycleState::kMaintenance ||
      cycle == CycleState::kStopped)
    return false;
  const bool fresh = c.is(Input::kPlcFresh);
  if (fresh && !guard(Guard::kStopHalts, c.is(Input::kEstopHealthy))) {
    end_work(c, condition_text(Condition::kNoStop));
    c.s.reset_since.reset();
    c.go(CycleState::kStopped);
    return true;
  }
  if (cycle == CycleState::kFaulted) return false;
  if (!guard(Guard::kLatchHalts, c.s.latched.none())) {
    end_work(
        c, c.s.first_out ? fault_text(*c.s.first_out) : condition_text(Condition::kNoLatchedFault));
    c.go(CycleState::kFaulted);
    return true;
  }
  if (fresh && !guard(Guard::kKeyHalts, c.is(Input::kKeyOn))) {
    end_work(c, condition_text(Condition::kKeyOn));
    c.go(CycleState::kOff);
    return true;
  }
  return false;
}

void tick(StepContext& c) {
  switch (c.s.cycle) {
    case CycleState::kOff:
      if (c.is(Input::kPlcFresh) && c.is(Input::kKeyOn))
        c.go(c.s.latched.any() ? CycleState::kFaulted : CycleState::kSelfTest);
      break;
    case CycleState::kSelfTest:
      if (c.config.auto_warm_up && first_missing(GuardList::kSelfTest, c.in) == nullptr)
        c.go(CycleState::kWarmUp);
      break;
    case CycleState::kWarmUp:
      if (c.is(Input::kSourceReady)) resume(c);
      break;
    case CycleState::kCalibrating:
      tick_calibrating(c);
      break;
    case CycleState::kIdle:
      tick_idle(c);
      break;
    case CycleState::kEntering:
      tick_entering(c);
      break;
    case CycleState::kIdentifying:
      tick_identifying(c);
      break;
    case CycleState::kAwaitingClear:
      tick_awaiting(c);
      break;
    case CycleState::kWarning:
      tick_warning(c);
      break;
    case CycleState::kScanning:
      tick_scanning(c);
      break;
    case CycleState::kFinishing:
      tick_finishing(c);
      break;
    case CycleState::kReviewing:
      tick_reviewing(c);
      break;
    case CycleState::kReleasing:
    case CycleState::kHolding:
      tick_leaving(c);
      break;
    case CycleState::kStopped:
    case CycleState::kFaulted:
      tick_reset(c);
      break;
    case CycleState::kMaintenance:
      break;
  }
}

void obey(StepContext& c, Command command) {
  switch (command) {
    case Command::kStart:
      c.s.act = {Act::Kind::kScan, c.s.vehicle, false};
      c.s.last_loss = {};
      c.go(CycleState::kWarning, Phase::kWarnOnly);
      c.warn();
      c.act(ActionKind::kArmScan);
      break;
    case Command::kStop:
      if (c.s.cycle == CycleState::kOff || c.s.cycle == CycleState::kMaintenance ||
          c.s.cycle == CycleState::kFaulted || c.s.cycle == CycleState::kStopped)
        break;
      end_work(c, "stopped by the operator");
      c.go(CycleState::kStopped);
      break;
    case Command::kReset:
      c.s.reset_since = c.now;
      c.act(ActionKind::kResetSource);
      break;
    case Command::kWarmUp:
      c.go(CycleState::kWarmUp);
      break;
    case Command::kCalibrate:
      c.s.act = {Act::Kind::kCalibrate, 0, false};
      c.s.last_loss = {};
      c.go(CycleState::kCalibrating, Phase::kWaitArea);
      break;
    case Command::kMaintenanceEnter:
      end_work(c, "maintenance began");
      c.s.reset_since.reset();
      c.go(CycleState::kMaintenance);
      break;
    case Command::kMaintenanceLeave:
      c.go(CycleState::kOff);
      break;
  }
}

/// Why a request that stands, or the act that leads to one, has lost what it rests on.
std::optional<Condition> request_lost(const StepContext& c) {
  if (c.s.source_beam_requested) return c.missing(Stage::kSource);
  if (c.s.beam_permit_requested) return c.missing(Stage::kPermit);
  if (c.s.act.kind == Act::Kind::kNone || c.s.phase == Phase::kWaitArea) return std::nullopt;
  if (c.s.motion_requested) {
    if (!guard(Guard::kMotionAfterWarning, c.has_passed(Threshold::kWarningMin)))
      return Condition::kWarningRan;
    if (!guard(Guard::kMotionUnderLamp, c.is(Input::kLampProven))) return Condition::kLampProven;
  }
  return c.missing(Stage::kStart);
}

}  // namespace

State initial_state(TimePoint now, const CycleConfig& config) noexcept {
  State state;
  state.entered = now;
  state.phase_entered = now;
  state.beam_grace_until = now + config.beam_grace_restart;
  return state;
}

StepResult step(const State& state, const Inputs& inputs, const Event& event, TimePoint now,
                const CycleConfig& config) noexcept {
  StepContext c{state, inputs, now, config, {}};
  StepResult result;
  latch_faults(c);
  const bool halted_now = global_transition(c);
  if (!halted_now) watch_cab(c);
  const bool stop = event.kind == Event::Kind::kCommand && event.command == Command::kStop;
  if (event.kind == Event::Kind::kTick) {
    if (!halted_now) tick(c);
  } else if (halted_now && !stop) {
    // Who asked saw a lane that is no more.
    result.refusal = "the lane has just halted";
    result.accepted = false;
  } else if (event.kind == Event::Kind::kCommand) {
    result.refusal = command_refusal(c.s, inputs, event.command, now, config);
    result.accepted = result.refusal.empty();
    if (result.accepted) obey(c, event.command);
  } else {
    result.refusal = decision_refusal(c.s, inputs, event.decision, config);
    result.accepted = result.refusal.empty();
    if (result.accepted) decide(c, event.decision.kind);
  }

  // The last line, whatever the handlers above did: no request outlives its conditions.
  const auto lost = request_lost(c);
  if (!guard(Guard::kRequestKeepsItsConditions, !lost)) lose(c, condition_text(*lost));
  if (c.s.source_beam_requested) c.s.beam_grace_until = now + config.beam_grace;
  if (c.s.warning_tail) {
    const bool beam_gone = inputs[Input::kBeamNotSensed] && !inputs[Input::kSourceOn] &&
                           c.has_passed(Threshold::kBeamGrace);
    if (guard(Guard::kWarningOutlastsBeam, beam_gone)) c.s.warning_tail = false;
  }

  result.state = c.s;
  result.actions = c.actions;
  return result;
}

}  // namespace portcullis::lane
