// Calibration and scan: warning, motion, beam, and the record's end.
#include "core/assert.h"
#include "lane/step_context.h"

namespace portcullis::lane {
namespace {

/// Leaves the phase as a loss when it took too long.
void end_after(StepContext& c, Guard guarded, Threshold threshold, std::string_view reason) {
  if (!guard(guarded, !c.has_passed(threshold))) lose(c, reason);
}

bool capture_failed(const StepContext& c) {
  return !guard(Guard::kCaptureFailureIsALoss, !c.is(Input::kCaptureFailed));
}

void wait_for_area(StepContext& c) {
  const auto missing = c.missing(Stage::kStart);
  if (!missing && c.is(Input::kStandstill)) {
    c.act(ActionKind::kArmDark);
    return c.phase(Phase::kDarkArming);
  }
  if (c.has_passed(Threshold::kCalibrationWaitMax))
    lose(c, missing ? condition_text(*missing) : "the gantry does not stand still");
}

void begin_air(StepContext& c) {
  if (!c.has_passed(Threshold::kWarningMin)) return;
  if (const auto missing = c.missing(Stage::kPermit)) return lose(c, condition_text(*missing));
  c.s.beam_permit_requested = true;
  c.s.act.consumed = true;
  c.s.beam_seen = false;
  c.phase(Phase::kAirBeam);
}

void start_run(StepContext& c) {
  const bool moves_gantry = !c.config.drive_through;
  if (moves_gantry &&
      !guard(Guard::kRunFromAnEnd, c.is(Input::kGantryAtStart) || c.is(Input::kGantryAtEnd))) {
    c.s.direction = Direction::kBack;
    c.s.motion_requested = true;
    return c.phase(Phase::kHoming);
  }
  if (!c.is(Input::kCaptureArmed) || !c.is(Input::kStandstill)) return;
  c.s.direction =
      !moves_gantry || c.is(Input::kGantryAtStart) ? Direction::kForward : Direction::kBack;
  c.s.motion_requested = true;
  c.s.record_open = true;
  c.s.beam_seen = false;
  c.act(ActionKind::kOpenRecord);
  c.phase(Phase::kRunUp);
}

}  // namespace

void tick_calibrating(StepContext& c) {
  if (c.s.act.kind != Act::Kind::kCalibrate) return lose(c, "the calibration was not asked for");
  if (c.s.phase == Phase::kWaitArea) return wait_for_area(c);
  const bool on_beam = c.s.phase == Phase::kAirBeam || c.s.phase == Phase::kAirArming ||
                       c.s.phase == Phase::kAirRunning;
  if (const auto missing = c.missing(Stage::kStart)) return lose(c, condition_text(*missing));
  const bool capturing = c.s.phase != Phase::kWarn && c.s.phase != Phase::kAirBeam;
  if (capturing && capture_failed(c)) return lose(c, "the detector's capture failed");
  if (c.s.source_beam_requested)
    if (const auto missing = c.missing(Stage::kSource)) return lose(c, condition_text(*missing));
  if (c.s.beam_permit_requested)
    if (const auto missing = c.missing(Stage::kPermit)) return lose(c, condition_text(*missing));
  if (on_beam && !guard(Guard::kAirEnds, !c.has_passed(Threshold::kAirMax)))
    return lose(c, "the air calibration took longer than allowed");

  switch (c.s.phase) {
    case Phase::kDarkArming:
    case Phase::kAirArming:
      if (c.is(Input::kCaptureArmed)) {
        c.act(ActionKind::kStartCapture);
        return c.phase(c.s.phase == Phase::kDarkArming ? Phase::kDarkRunning : Phase::kAirRunning);
      }
      end_after(c, Guard::kDrainEnds, Threshold::kDrainMax, "the detector could not be armed");
      break;
    case Phase::kDarkRunning:
      if (guard(Guard::kAirNeedsDark, c.is(Input::kCaptureDone))) {
        c.warn();
        c.phase(Phase::kWarn);
      } else if (c.has_passed(Threshold::kDarkMax)) {
        lose(c, "the dark calibration gave too few lines");
      }
      break;
    case Phase::kWarn:
      begin_air(c);
      break;
    case Phase::kAirBeam:
      if (!c.s.source_beam_requested && !c.missing(Stage::kSource))
        c.s.source_beam_requested = true;
      if (c.s.source_beam_requested && c.is(Input::kSourceOn)) {
        c.s.beam_seen = true;
        c.act(ActionKind::kArmAir);
        return c.phase(Phase::kAirArming);
      }
      end_after(c, Guard::kPermitComesInTime, Threshold::kPermitMax,
                c.s.source_beam_requested ? "the source gives no beam"
                                          : "the safety PLC does not grant the beam permit");
      break;
    case Phase::kAirRunning:
      if (!guard(Guard::kCalibrationNeedsAir, c.is(Input::kCaptureDone))) break;
      c.withdraw();
      c.act(ActionKind::kCalibrationGood);
      c.go(CycleState::kIdle);
      break;
    default:
      PC_ASSERT(false);
  }
}

void tick_warning(StepContext& c) {
  if (c.s.act.kind != Act::Kind::kScan || c.s.act.vehicle != c.s.vehicle)
    return lose(c, "no Start is given for this vehicle");
  if (const auto missing = c.missing(Stage::kStart)) return lose(c, condition_text(*missing));
  if (capture_failed(c)) return lose(c, "the detector could not be armed");
  if (c.s.record_open && !guard(Guard::kRecordFailureIsALoss, !c.is(Input::kRecordFailed)))
    return lose(c, "the record of the scan could not be opened");
  if (!guard(Guard::kWarningEnds, !c.has_passed(Threshold::kWarningMax)))
    return lose(c, "no scan began within the time of the warning");
  const bool warned = guard(Guard::kMotionAfterWarning, c.has_passed(Threshold::kWarningMin)) &&
                      guard(Guard::kMotionUnderLamp, c.is(Input::kLampProven));
  if (!warned) {
    if (c.s.motion_requested) lose(c, condition_text(Condition::kLampProven));
    return;
  }
  switch (c.s.phase) {
    case Phase::kWarnOnly:
      start_run(c);
      break;
    case Phase::kHoming:
      // By the switch, not by the count: this is how a count that slipped is found out and set
      // right.
      if (!c.is(Input::kGantryHomed)) break;
      c.s.motion_requested = false;
      c.s.direction = Direction::kHold;
      c.phase(Phase::kHomingBrake);
      break;
    case Phase::kHomingBrake:
      if (c.is(Input::kStandstill)) start_run(c);
      break;
    case Phase::kRunUp: {
      const bool in_band = condition_holds(Condition::kMotionAsNeeded, c.s, c.in, c.now, c.config);
      const bool cab_gone = condition_holds(Condition::kCabPassed, c.s, c.in, c.now, c.config);
      if (!in_band || !cab_gone || !c.is(Input::kRecordOpen) ||
          !guard(Guard::kScanWithArmedDetector, c.is(Input::kCaptureArmed)))
        break;
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
  if (capture_failed(c)) return lose(c, "the detector's capture failed");
  switch (c.s.phase) {
    case Phase::kPermit: {
      const auto missing = c.missing(Stage::kSource);
      if (!missing) {
        c.s.source_beam_requested = true;
        return c.phase(Phase::kBeam);
      }
      end_after(c, Guard::kPermitComesInTime, Threshold::kPermitMax, condition_text(*missing));
      break;
    }
    case Phase::kBeam:
      if (beam_is_seen(c)) {
        c.s.beam_seen = true;
        return c.phase(Phase::kRunning);
      }
      end_after(c, Guard::kBeamComesInTime, Threshold::kPermitMax, "the source gives no beam");
      break;
    case Phase::kRunning:
      if (!guard(Guard::kBeamStays, beam_is_seen(c))) lose(c, "the beam went off by itself");
      break;
    default:
      PC_ASSERT(false);
  }
}

void tick_finishing(StepContext& c) {
  if (c.s.phase == Phase::kDrain) {
    if (guard(Guard::kCompleteWithAllLines, c.is(Input::kCaptureDone)) &&
        guard(Guard::kCompleteWithBeamGone, c.is(Input::kBeamNotSensed))) {
      c.close_record(core::ScanOutcome::kComplete, {});
      c.s.vehicle_scanned = true;
      return c.phase(Phase::kClose);
    }
    if (capture_failed(c)) return lose(c, "the last lines of the scan did not arrive");
    return end_after(c, Guard::kDrainEnds, Threshold::kDrainMax,
                     "the last lines of the scan did not arrive");
  }
  // The recorder is asked in the step after it was told to close.
  const bool told = c.has_passed(Threshold::kNextStep);
  if (told && guard(Guard::kReviewNeedsStoredRecord, c.is(Input::kRecordStored))) {
    c.act(ActionKind::kReviewWanted);
    if (!c.config.review_in_bays || !guard(Guard::kBayOnlyIfFree, c.is(Input::kBayFree)))
      return c.go(CycleState::kReviewing);
    c.s.bay = c.in.free_bay;
    c.act(ActionKind::kToBay);
    return c.go(CycleState::kHolding, Phase::kReturnDriver);
  }
  if ((told && c.is(Input::kRecordFailed)) ||
      !guard(Guard::kRecordEnds, !c.has_passed(Threshold::kRecordMax))) {
    c.s.vehicle_scanned = false;
    c.s.last_loss = "the record of the scan could not be stored";
    c.go(CycleState::kAwaitingClear);
  }
}

}  // namespace portcullis::lane
