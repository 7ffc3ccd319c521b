#include "lane/cycle.h"

#include "core/assert.h"

namespace portcullis::lane {
namespace {

using core::Duration;
using core::TimePoint;

/// One step's working set: the handlers below change `s` and add actions.
struct StepContext {
  State s;
  const Inputs& in;
  TimePoint now;
  const CycleConfig& config;
  Actions actions;

  [[nodiscard]] bool is(Input input) const { return in[input]; }
  [[nodiscard]] Duration in_state() const { return now - s.entered; }
  [[nodiscard]] Duration in_phase() const { return now - s.phase_entered; }
  [[nodiscard]] std::optional<Condition> missing(Stage stage) const {
    return first_failing(stage, s, in, now, config);
  }

  void act(ActionKind kind) { actions.add({kind, core::ScanOutcome::kRunning, {}}); }
  void phase(Phase phase) {
    s.phase = phase;
    s.phase_entered = now;
  }
  void go(CycleState cycle, Phase first = Phase::kNone) {
    s.cycle = cycle;
    s.entered = now;
    s.empty_since.reset();
    phase(first);
  }
  /// Beam, motion, warning and the act are gone. The warning's lamp stays until beam is seen to be.
  void withdraw() {
    if (s.beam_permit_requested || s.source_beam_requested) s.warning_tail = true;
    s.beam_permit_requested = false;
    s.source_beam_requested = false;
    s.motion_requested = false;
    s.direction = Direction::kHold;
    s.warning_since.reset();
    s.act = {};
  }
  void warn() {
    s.warning_since = now;
    s.warning_tail = false;
  }
  void close_record(core::ScanOutcome outcome, std::string_view reason) {
    if (!s.record_open) return;
    s.record_open = false;
    actions.add({ActionKind::kCloseRecord, outcome, reason});
  }
  void new_vehicle() {
    s.vehicle = ++s.vehicles;
    s.vehicle_scanned = false;
    s.decision.reset();
    act(ActionKind::kVehicleArrived);
  }
  void vehicle_left() {
    if (s.vehicle != 0) act(ActionKind::kVehicleLeft);
    s.vehicle = 0;
    s.vehicle_scanned = false;
    s.decision.reset();
  }
};

/// Ends whatever has beam, motion or a capture, as a loss: a record is closed as what it is.
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
  if (was == CycleState::kCalibrating)
    c.actions.add({ActionKind::kCalibrationFailed, core::ScanOutcome::kRunning, reason});
}

/// A loss that is not latched: the vehicle waits for another Start.
void lose(StepContext& c, std::string_view reason) {
  const bool calibrating = c.s.cycle == CycleState::kCalibrating;
  end_work(c, reason);
  c.go(calibrating ? CycleState::kIdle : CycleState::kAwaitingClear);
}

bool beam_is_seen(const StepContext& c) {
  return (c.is(Input::kPlcFresh) && !c.is(Input::kBeamNotSensed)) || c.is(Input::kSourceOn);
}

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
      return beam_is_seen(c) && !c.s.source_beam_requested && c.now > c.s.beam_grace_until;
    case Fault::kLampFailed:
      return fresh && c.s.warning_since && c.now - *c.s.warning_since > c.config.lamp_max &&
             !c.is(Input::kLampProven);
    case Fault::kDoseMonitors:
      return fresh && !c.is(Input::kDoseMonitorsWell);
    case Fault::kSourceFault:  // a silent source is no fault of it: it is not alive
      return c.is(Input::kSourceAlive) && !c.is(Input::kSourceFaultFree);
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
    if ((link && !linked) || c.s.latched[i] || !fault_present(fault, c)) continue;
    if (c.s.latched.none()) c.s.first_out = fault;
    c.s.latched.set(i);
  }
}

/// Where the cycle goes on when lane and source are ready: with the vehicle that is still there.
void resume(StepContext& c) {
  if (c.s.vehicle != 0 && c.is(Input::kLaneEmpty) && c.is(Input::kEntryFree)) c.vehicle_left();
  if (c.s.vehicle == 0) {
    if (c.config.auto_calibrate && !c.is(Input::kCalibrated)) {
      c.s.act = {Act::Kind::kCalibrate, 0, false};
      return c.go(CycleState::kCalibrating, Phase::kWaitArea);
    }
    return c.go(CycleState::kIdle);
  }
  if (c.s.decision == core::DecisionKind::kRelease)
    return c.go(CycleState::kReleasing, Phase::kReturnDriver);
  if (c.s.decision == core::DecisionKind::kIsolate)
    return c.go(CycleState::kHolding, Phase::kIsolated);
  if (c.s.decision) return c.go(CycleState::kHolding, Phase::kReturnDriver);
  if (c.s.vehicle_scanned) {
    c.act(ActionKind::kReviewWanted);
    return c.go(CycleState::kReviewing);
  }
  c.go(CycleState::kIdentifying);
}

bool self_test_passed(const StepContext& c) {
  for (const Input input :
       {Input::kPlcFresh, Input::kPlcHeartbeat, Input::kCommandsConfirmed, Input::kPlcRunning,
        Input::kPlcFaultFree, Input::kHardwareKindsAgree, Input::kEstopHealthy, Input::kKeyOn,
        Input::kSourceAlive, Input::kAcquisitionAlive, Input::kBeamNotSensed,
        Input::kBeamOffMeansAgree, Input::kRecordClosed})
    if (!c.is(input)) return false;
  return true;
}

void tick_calibrating(StepContext& c) {
  if (c.s.act.kind != Act::Kind::kCalibrate) return lose(c, "the calibration was not asked for");
  if (c.s.phase == Phase::kWaitArea) {
    const auto missing = c.missing(Stage::kStart);
    if (!missing && c.is(Input::kStandstill)) {
      c.act(ActionKind::kArmDark);
      return c.phase(Phase::kDarkArming);
    }
    if (c.in_phase() > c.config.calibration_wait_max)
      lose(c, missing ? condition_text(*missing) : "the gantry does not stand still");
    return;
  }
  const bool on_beam = c.s.phase == Phase::kAirBeam || c.s.phase == Phase::kAirArming ||
                       c.s.phase == Phase::kAirRunning;
  if (const auto missing = c.missing(Stage::kStart)) return lose(c, condition_text(*missing));
  const bool capturing = c.s.phase != Phase::kWarn && c.s.phase != Phase::kAirBeam;
  if (capturing && c.is(Input::kCaptureFailed)) return lose(c, "the detector's capture failed");
  if (c.s.source_beam_requested)
    if (const auto missing = c.missing(Stage::kSource)) return lose(c, condition_text(*missing));
  if (c.s.beam_permit_requested)
    if (const auto missing = c.missing(Stage::kPermit)) return lose(c, condition_text(*missing));
  if (on_beam && c.now - *c.s.warning_since > c.config.warning_min + c.config.calibration_beam_max)
    return lose(c, "the air calibration took longer than allowed");

  switch (c.s.phase) {
    case Phase::kDarkArming:
      if (c.is(Input::kCaptureArmed)) {
        c.act(ActionKind::kStartCapture);
        c.phase(Phase::kDarkRunning);
      } else if (c.in_phase() > c.config.drain_max) {
        lose(c, "the detector could not be armed");
      }
      break;
    case Phase::kDarkRunning:
      if (c.is(Input::kCaptureDone)) {
        c.warn();
        c.phase(Phase::kWarn);
      } else if (c.in_phase() > c.config.calibration_beam_max) {
        lose(c, "the dark calibration gave too few lines");
      }
      break;
    case Phase::kWarn:
      if (!condition_holds(Condition::kWarningRan, c.s, c.in, c.now, c.config)) break;
      if (const auto missing = c.missing(Stage::kPermit)) return lose(c, condition_text(*missing));
      c.s.beam_permit_requested = true;
      c.s.act.consumed = true;
      c.s.beam_seen = false;
      c.phase(Phase::kAirBeam);
      break;
    case Phase::kAirBeam:
      if (!c.s.source_beam_requested && !c.missing(Stage::kSource))
        c.s.source_beam_requested = true;
      if (c.s.source_beam_requested && c.is(Input::kSourceOn)) {
        c.s.beam_seen = true;
        c.act(ActionKind::kArmAir);
        c.phase(Phase::kAirArming);
      } else if (c.in_phase() > c.config.permit_max) {
        lose(c, c.s.source_beam_requested ? "the source gives no beam"
                                          : "the safety PLC does not grant the beam permit");
      }
      break;
    case Phase::kAirArming:
      if (c.is(Input::kCaptureArmed)) {
        c.act(ActionKind::kStartCapture);
        c.phase(Phase::kAirRunning);
      } else if (c.in_phase() > c.config.drain_max) {
        lose(c, "the detector could not be armed");
      }
      break;
    case Phase::kAirRunning:
      if (!c.is(Input::kCaptureDone)) break;
      c.withdraw();
      c.act(ActionKind::kCalibrationGood);
      c.go(CycleState::kIdle);
      break;
    default:
      PC_ASSERT(false);
  }
}

void tick_idle(StepContext& c) {
  if (c.is(Input::kVehicleInTunnel)) {  // came while the lane was not looking, or a restart
    if (c.s.vehicle == 0) c.new_vehicle();
    return c.go(CycleState::kIdentifying);
  }
  if (c.is(Input::kVehicleAtEntry) && c.is(Input::kEntryOpen)) {
    c.new_vehicle();
    c.go(CycleState::kEntering);
  }
}

void tick_entering(StepContext& c) {
  if (c.is(Input::kVehicleInTunnel) && c.is(Input::kEntryFree))
    return c.go(CycleState::kIdentifying);
  if (!(c.is(Input::kLaneEmpty) && c.is(Input::kEntryFree))) {
    c.s.empty_since.reset();
    return;
  }
  if (!c.s.empty_since) c.s.empty_since = c.now;
  if (c.now - *c.s.empty_since >= c.config.gone_for) {  // reversed out again
    c.vehicle_left();
    c.go(CycleState::kIdle);
  }
}

/// A vehicle that is gone without a decision, barriers closed or not, is told and the lane goes on.
bool vehicle_vanished(StepContext& c) {
  if (!c.is(Input::kLaneEmpty) || !c.is(Input::kEntryFree)) {
    c.s.empty_since.reset();
    return false;
  }
  if (!c.s.empty_since) c.s.empty_since = c.now;
  if (c.now - *c.s.empty_since < c.config.gone_for) return false;
  c.vehicle_left();
  c.go(CycleState::kIdle);
  return true;
}

void tick_identifying(StepContext& c) {
  if (vehicle_vanished(c)) return;
  const bool identity = c.is(Input::kIdentityRead) || c.in_state() >= c.config.identity_max;
  if (identity && c.is(Input::kBarriersClosed) && c.is(Input::kCabClear) &&
      c.is(Input::kVehicleInTunnel))
    c.go(CycleState::kAwaitingClear);
}

void start_run(StepContext& c) {
  if (!c.is(Input::kGantryAtStart) && !c.is(Input::kGantryAtEnd)) {
    c.s.direction = Direction::kBack;
    c.s.motion_requested = true;
    return c.phase(Phase::kHoming);
  }
  if (!c.is(Input::kCaptureArmed) || !c.is(Input::kStandstill)) return;
  c.s.direction = c.is(Input::kGantryAtStart) ? Direction::kForward : Direction::kBack;
  c.s.motion_requested = true;
  c.s.record_open = true;
  c.s.beam_seen = false;
  c.act(ActionKind::kOpenRecord);
  c.phase(Phase::kRunUp);
}

void tick_warning(StepContext& c) {
  if (c.s.act.kind != Act::Kind::kScan || c.s.act.vehicle != c.s.vehicle)
    return lose(c, "no Start is given for this vehicle");
  if (const auto missing = c.missing(Stage::kStart)) return lose(c, condition_text(*missing));
  if (c.is(Input::kCaptureFailed)) return lose(c, "the detector could not be armed");
  if (c.s.record_open && c.is(Input::kRecordFailed))
    return lose(c, "the record of the scan could not be opened");
  if (c.in_state() >= c.config.warning_max)
    return lose(c, "no scan began within the time of the warning");
  const bool warned = condition_holds(Condition::kWarningRan, c.s, c.in, c.now, c.config) &&
                      c.is(Input::kLampProven);
  if (!warned) {
    if (c.s.motion_requested) lose(c, condition_text(Condition::kLampProven));
    return;
  }
  switch (c.s.phase) {
    case Phase::kWarnOnly:
      start_run(c);
      break;
    case Phase::kHoming:
      if (!c.is(Input::kGantryAtStart)) break;
      c.s.motion_requested = false;
      c.s.direction = Direction::kHold;
      c.phase(Phase::kHomingBrake);
      break;
    case Phase::kHomingBrake:
      if (c.is(Input::kStandstill)) start_run(c);
      break;
    case Phase::kRunUp: {
      const bool in_band = condition_holds(Condition::kMotionAsNeeded, c.s, c.in, c.now, c.config);
      if (!in_band || !c.is(Input::kRecordOpen) || !c.is(Input::kCaptureArmed)) break;
      c.go(CycleState::kScanning, Phase::kPermit);
      if (const auto missing = c.missing(Stage::kPermit)) return lose(c, condition_text(*missing));
      c.s.beam_permit_requested = true;
      c.s.act.consumed = true;
      c.act(ActionKind::kStartCapture);
      break;
    }
    default:
      PC_ASSERT(false);
  }
}

void tick_scanning(StepContext& c) {
  const bool done =
      c.is(c.s.direction == Direction::kBack ? Input::kTravelDoneBack : Input::kTravelDoneForward);
  if (done && c.s.phase == Phase::kRunning) {
    c.withdraw();
    c.act(ActionKind::kStopCapture);
    return c.go(CycleState::kFinishing, Phase::kDrain);
  }
  if (const auto missing = c.missing(c.s.source_beam_requested ? Stage::kSource : Stage::kPermit))
    return lose(c, condition_text(*missing));
  if (c.is(Input::kCaptureFailed)) return lose(c, "the detector's capture failed");
  switch (c.s.phase) {
    case Phase::kPermit: {
      const auto missing = c.missing(Stage::kSource);
      if (!missing) {
        c.s.source_beam_requested = true;
        c.phase(Phase::kBeam);
      } else if (c.in_phase() > c.config.permit_max) {
        lose(c, condition_text(*missing));
      }
      break;
    }
    case Phase::kBeam:
      if (beam_is_seen(c)) {
        c.s.beam_seen = true;
        c.phase(Phase::kRunning);
      } else if (c.in_phase() > c.config.permit_max) {
        lose(c, "the source gives no beam");
      }
      break;
    case Phase::kRunning:
      if (!beam_is_seen(c)) lose(c, "the beam went off by itself");
      break;
    default:
      PC_ASSERT(false);
  }
}

void tick_finishing(StepContext& c) {
  if (c.s.phase == Phase::kDrain) {
    if (c.is(Input::kCaptureDone) && c.is(Input::kBeamNotSensed)) {
      c.close_record(core::ScanOutcome::kComplete, {});
      c.s.vehicle_scanned = true;
      c.phase(Phase::kClose);
    } else if (c.is(Input::kCaptureFailed) || c.in_phase() > c.config.drain_max) {
      lose(c, "the last lines of the scan did not arrive");
    }
    return;
  }
  if (c.is(Input::kRecordClosed) && c.in_phase() > Duration::zero()) {
    c.act(ActionKind::kReviewWanted);
    c.go(CycleState::kReviewing);
  } else if ((c.is(Input::kRecordFailed) && c.in_phase() > Duration::zero()) ||
             c.in_phase() > c.config.record_max) {
    c.s.vehicle_scanned = false;
    c.s.last_loss = "the record of the scan could not be stored";
    c.go(CycleState::kAwaitingClear);
  }
}

void decide(StepContext& c, core::DecisionKind kind) {
  c.act(ActionKind::kDecided);
  if (kind == core::DecisionKind::kRescan) {
    c.s.decision.reset();
    c.s.vehicle_scanned = false;
    return c.go(CycleState::kAwaitingClear);
  }
  c.s.decision = kind;
  if (kind == core::DecisionKind::kRelease)
    return c.go(CycleState::kReleasing, Phase::kReturnDriver);
  c.go(CycleState::kHolding,
       kind == core::DecisionKind::kIsolate ? Phase::kIsolated : Phase::kReturnDriver);
}

void tick_leaving(StepContext& c) {
  switch (c.s.phase) {
    case Phase::kReturnDriver:
      if (c.is(Input::kCabOccupied) && c.is(Input::kDoorsClosed)) c.phase(Phase::kOpenExit);
      break;
    case Phase::kOpenExit:
      if (c.is(Input::kExitOpen)) c.phase(Phase::kDriveOut);
      break;
    case Phase::kDriveOut:
      if (!(c.is(Input::kLaneEmpty) && c.is(Input::kExitClearBeneath))) {
        c.s.empty_since.reset();
      } else if (!c.s.empty_since) {
        c.s.empty_since = c.now;
      } else if (c.now - *c.s.empty_since >= c.config.gone_for) {
        c.vehicle_left();
        c.go(CycleState::kIdle);
      }
      break;
    default:
      break;  // isolated: only another decision opens the exit
  }
}

constexpr Duration kResetPulse = std::chrono::milliseconds(200);
constexpr Duration kResetMax = std::chrono::seconds(2);

void tick_reset(StepContext& c) {
  if (!c.s.reset_since) return;
  const Duration since = c.now - *c.s.reset_since;
  if (since < kResetPulse) return;
  bool gone = c.is(Input::kEstopHealthy);
  for (std::size_t i = 0; i < kFaultCount; ++i)
    if (fault_present(static_cast<Fault>(i), c)) gone = false;
  if (gone) {
    c.s.reset_since.reset();
    c.s.latched.reset();
    c.s.first_out.reset();
    c.go(CycleState::kSelfTest);
  } else if (since > kResetMax) {
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
  if (fresh && !c.is(Input::kEstopHealthy)) {
    end_work(c, condition_text(Condition::kNoStop));
    c.s.reset_since.reset();
    c.go(CycleState::kStopped);
    return true;
  }
  if (cycle == CycleState::kFaulted) return false;
  if (c.s.latched.any()) {
    end_work(
        c, c.s.first_out ? fault_text(*c.s.first_out) : condition_text(Condition::kNoLatchedFault));
    c.go(CycleState::kFaulted);
    return true;
  }
  if (fresh && !c.is(Input::kKeyOn)) {
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
      if (c.config.auto_warm_up && self_test_passed(c)) c.go(CycleState::kWarmUp);
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
      vehicle_vanished(c);
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
      if (c.in_state() >= c.config.review_max) decide(c, core::DecisionKind::kHold);
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
  if (!global_transition(c) && event.kind == Event::Kind::kTick) tick(c);

  if (event.kind == Event::Kind::kCommand) {
    result.refusal = command_refusal(c.s, inputs, event.command, now, config);
    result.accepted = result.refusal.empty();
    if (result.accepted) obey(c, event.command);
  } else if (event.kind == Event::Kind::kDecision) {
    result.refusal = decision_refusal(c.s, inputs, event.decision, config);
    result.accepted = result.refusal.empty();
    if (result.accepted) decide(c, event.decision.kind);
  }

  // The last line, whatever the handlers above did: no request outlives its conditions.
  if (c.s.source_beam_requested || c.s.beam_permit_requested) {
    const auto missing = c.missing(c.s.source_beam_requested ? Stage::kSource : Stage::kPermit);
    if (missing) lose(c, condition_text(*missing));
  }
  if (c.s.source_beam_requested) c.s.beam_grace_until = now + config.beam_grace;
  const bool beam_gone =
      inputs[Input::kBeamNotSensed] && !inputs[Input::kSourceOn] && now > c.s.beam_grace_until;
  if (c.s.warning_tail && beam_gone) c.s.warning_tail = false;

  result.state = c.s;
  result.actions = c.actions;
  return result;
}

}  // namespace portcullis::lane
