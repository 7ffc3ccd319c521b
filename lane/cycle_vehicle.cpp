// The way of a vehicle: in, identified, decided on, out or into a bay.
#include "lane/step_context.h"

namespace portcullis::lane {
namespace {

/// The driver takes longer for a step than he should: somebody has to go and look.
void watch_driver(StepContext& c, std::string_view step) {
  if (guard(Guard::kOperatorIsCalled, !c.has_passed(Threshold::kDriverStepMax)) ||
      c.s.operator_called)
    return;
  c.s.operator_called = true;
  c.act(ActionKind::kCallOperator, step);
}

/// Another vehicle came in behind this one: the entry cannot close, so nothing can be scanned, and
/// which reading belongs to which vehicle is no longer certain. It has to back out.
void watch_entry(StepContext& c) {
  const bool followed = c.is(Input::kVehicleAtEntry) && !c.is(Input::kEntryClosed);
  if (guard(Guard::kTailgatingIsTold, !followed) || c.s.tailgated) return;
  c.s.tailgated = true;
  c.act(ActionKind::kTailgated, "another vehicle followed it through the entry");
}

/// A vehicle that is gone without a decision, barriers closed or not, is told and the lane goes on.
bool vehicle_vanished(StepContext& c, std::string_view reason) {
  if (!c.is(Input::kLaneEmpty) || !c.is(Input::kEntryFree)) {
    c.s.empty_since.reset();
    return false;
  }
  if (!c.s.empty_since) c.s.empty_since = c.now;
  if (!guard(Guard::kGoneForItsTime, c.has_passed(Threshold::kGoneFor))) return false;
  c.vehicle_left(reason);
  c.go(CycleState::kIdle);
  return true;
}

bool driver_is_where_he_should_be(const StepContext& c) {
  return c.config.drive_through ? guard(Guard::kStandsWithDriverInCab, c.is(Input::kCabOccupied))
                                : guard(Guard::kStandsWithCabClear, c.is(Input::kCabClear));
}

/// A vehicle whose drive past the beam was broken off may stand behind it: it waits for a decision.
bool stands_in_lane(const StepContext& c) {
  return c.is(Input::kVehicleInTunnel) || (c.config.drive_through && c.is(Input::kVehicleAtExit));
}

}  // namespace

void watch_cab(StepContext& c) {
  if (!c.config.drive_through || !c.s.motion_requested) return;
  // Each is false where its input is stale, too: what is not certain is forgotten.
  if (!guard(Guard::kCabForgottenAtStop,
             c.is(Input::kVehicleInTunnel) && c.is(Input::kMovingForward))) {
    c.s.cab_seen = c.s.cab_passed = false;
    return;
  }
  if (!c.s.cab_seen) c.s.cab_seen = c.is(Input::kCabSeen);
  c.s.cab_passed = guard(Guard::kCabSeenFirst, c.s.cab_seen) &&
                   guard(Guard::kCabPastByItsWay, c.is(Input::kCabPast));
}

void StepContext::new_vehicle() {
  s.vehicle = ++s.vehicles;
  s.vehicle_scanned = false;
  s.decision.reset();
  s.bay = 0;
  s.tailgated = false;
  act(ActionKind::kVehicleArrived);
}

void StepContext::vehicle_left(std::string_view reason) {
  if (s.vehicle != 0)
    act(s.bay != 0                                  ? ActionKind::kVehicleInBay
        : s.decision == core::DecisionKind::kRescan ? ActionKind::kSentRound
                                                    : ActionKind::kVehicleLeft,
        reason);
  s.vehicle = 0;
  s.vehicle_scanned = false;
  s.decision.reset();
  s.bay = 0;
  s.tailgated = false;
}

void resume(StepContext& c) {
  if (c.s.vehicle != 0 && c.is(Input::kLaneEmpty) && c.is(Input::kEntryFree))
    c.vehicle_left(c.s.decision || c.s.bay != 0 ? "" : "it left while the lane was halted");
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
  if (c.s.decision || c.s.bay != 0) return c.go(CycleState::kHolding, Phase::kReturnDriver);
  if (c.s.vehicle_scanned) {
    c.act(ActionKind::kReviewWanted);
    return c.go(CycleState::kReviewing);
  }
  c.go(CycleState::kIdentifying);
}

void tick_idle(StepContext& c) {
  if (c.is(Input::kVehicleInTunnel)) {  // came while the lane was not looking, or a restart
    if (c.s.vehicle == 0) c.new_vehicle();
    return c.go(CycleState::kIdentifying);
  }
  if (c.is(Input::kVehicleAtEntry) &&
      guard(Guard::kEnteringThroughOpenEntry, c.is(Input::kEntryOpen))) {
    c.new_vehicle();
    c.go(CycleState::kEntering);
  }
}

void tick_entering(StepContext& c) {
  if (c.is(Input::kVehicleInTunnel) && c.is(Input::kEntryFree))
    return c.go(CycleState::kIdentifying);
  if (vehicle_vanished(c, "it reversed out of the entry")) return;
  watch_driver(c, "the vehicle does not drive on to its place");
}

void tick_identifying(StepContext& c) {
  if (vehicle_vanished(c, "it reversed out before it was scanned")) return;
  watch_entry(c);
  const bool identity = c.is(Input::kIdentityRead) || c.has_passed(Threshold::kIdentityMax);
  if (identity && guard(Guard::kStandsBehindClosedBarriers, c.is(Input::kBarriersClosed)) &&
      driver_is_where_he_should_be(c) && guard(Guard::kStandsInTunnel, stands_in_lane(c)))
    return c.go(CycleState::kAwaitingClear);
  watch_driver(c, c.config.drive_through
                      ? "the driver is not seen in the cab, or a barrier does not close"
                      : "the driver does not leave the cab, or a barrier does not close");
}

void tick_awaiting(StepContext& c) {
  if (vehicle_vanished(c, "it left without a scan and a decision")) return;
  watch_entry(c);
}

void tick_reviewing(StepContext& c) {
  watch_entry(c);
  if (!guard(Guard::kReviewEndsInHold, !c.has_passed(Threshold::kReviewMax)))
    decide(c, core::DecisionKind::kHold);
}

void decide(StepContext& c, core::DecisionKind kind) {
  c.act(ActionKind::kDecided);
  // Past the beam there is no way back: a vehicle that drives through leaves and comes again.
  if (kind == core::DecisionKind::kRescan && !c.config.drive_through) {
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
      if (guard(Guard::kExitOpensWithDriverInCab, c.is(Input::kCabOccupied)) &&
          guard(Guard::kExitOpensBehindClosedDoors, c.is(Input::kDoorsClosed)))
        return c.phase(Phase::kOpenExit);
      watch_driver(c, "the driver does not return to the cab, or a door stays open");
      break;
    case Phase::kOpenExit:
      if (c.is(Input::kExitOpen)) return c.phase(Phase::kDriveOut);
      watch_driver(c, "the exit does not open");
      break;
    case Phase::kDriveOut:
      if (!(c.is(Input::kLaneEmpty) && c.is(Input::kExitClearBeneath))) {
        c.s.empty_since.reset();
        watch_driver(c, "the vehicle does not drive out");
      } else {
        if (!c.s.empty_since) c.s.empty_since = c.now;
        if (!guard(Guard::kGoneForItsTime, c.has_passed(Threshold::kGoneFor))) break;
        c.vehicle_left({});
        c.go(CycleState::kIdle);
      }
      break;
    default:
      break;  // isolated: only another decision opens the exit
  }
}

}  // namespace portcullis::lane
