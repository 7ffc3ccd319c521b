// The people of the simulated lane: an operator, an officer, and what they do wrong.
#include <fmt/format.h>

#include <algorithm>

#include "proving/soak/run.h"

namespace portcullis::proving {
namespace {

using core::DecisionKind;
using lane::Command;
using lane::CycleState;
using std::chrono::milliseconds;
using std::chrono::seconds;

bool allows(const lane::LaneSnapshot& snapshot, Command command) {
  const auto& allowed = snapshot.allowed_commands;
  return std::find(allowed.begin(), allowed.end(), command) != allowed.end();
}

constexpr DecisionKind kAllKinds[] = {DecisionKind::kRelease,
                                      DecisionKind::kDocumentaryCheck,
                                      DecisionKind::kPhysicalInspection,
                                      DecisionKind::kHold,
                                      DecisionKind::kRadiationSecondary,
                                      DecisionKind::kOtherAgency,
                                      DecisionKind::kRescan,
                                      DecisionKind::kIsolate};

}  // namespace

void SoakRun::command(Command command) {
  lane_->driver->submit(command, "olga", [this](const core::Status& status) {
    if (!status.ok()) mark("command-refused");
  });
}

void SoakRun::decide(const std::string& scan_id, DecisionKind kind) {
  lane::LaneDecision decision;
  decision.scan_id = scan_id;
  decision.kind = kind;
  decision.officer = "otto";
  if (cycle_.second_reader && people_.chance(0.95)) decision.second_officer = "olga";
  decision.radiation_adjudicated = people_.chance(0.8);
  // As the case desk: what the lane would take is stored, and only then the vehicle goes.
  decision.only_ask = true;
  SoakLife* life = lane_.get();
  lane_->driver->submit(decision, [this, life, decision](const core::Status& status) {
    if (life->life.dead()) return;
    if (status.ok())
      store_decision(*life, decision);
    else
      mark("decision-refused");
  });
}

void SoakRun::store_decision(SoakLife& life, lane::LaneDecision decision) {
  core::Decision kept;
  if (!decision.scan_id.empty()) {
    if (!life.life.act()) return;
    kept.case_id = kept.scan_id = decision.scan_id;
    kept.kind = decision.kind;
    kept.officer = decision.officer;
    kept.decided = clock_.utc_now();
    kept.reason_text = fmt::format("decision {}", ++decisions_);
    const bool forget = config_.canary == Canary::kDecisionLost && canary_.chance(0.2);
    const auto stored =
        forget ? core::Status{}
               : life.catalogue->add_decision(fmt::format("decision-{}", decisions_), kept);
    if (!stored.ok()) {
      mark("decision-not-stored");
      return say("decision not stored, the vehicle stays: " + stored.error().message);
    }
  }
  decision.only_ask = false;
  life.driver->submit(decision, [this, &life, kept](const core::Status& status) {
    if (life.life.dead()) return;
    if (!status.ok()) return mark("decision-not-carried-out");
    ++report_.decisions;
    if (!kept.scan_id.empty()) acknowledged_.push_back(kept);
  });
}

void SoakRun::err_for_operator() {
  if (!people_.chance(0.1)) return;
  if (people_.chance(0.5)) {
    command(static_cast<Command>(people_.below(lane::kCommandCount)));
    return;
  }
  const auto snapshot = lane_->driver->snapshot();
  const std::string scan = people_.chance(0.3)   ? snapshot->scan_id
                           : people_.chance(0.5) ? fmt::format("scan-{}-0", config_.seed)
                                                 : std::string();
  decide(scan, kAllKinds[people_.below(std::size(kAllKinds))]);
}

bool SoakRun::wanted(CycleState state) const {
  return std::any_of(waiting_.begin(), waiting_.end(),
                     [&](const PlannedFault& planned) { return planned.in_state == state; });
}

void SoakRun::operate() {
  if (faults_.active(SoakFault::kOperatorErrs)) err_for_operator();
  if (clock_.now() < operator_due_) return;
  operator_due_ = clock_.now() + seconds(20 + people_.below(40));
  act_for_operator();
}

void SoakRun::act_for_operator() {
  const auto snapshot = lane_->driver->snapshot();
  const auto again_in = [&](core::Duration wait) { operator_due_ = clock_.now() + wait; };
  switch (snapshot->cycle) {
    case CycleState::kStopped:
    case CycleState::kFaulted:
      again_in(seconds(3 + people_.below(10)));
      // Now and then too early, to be told why not.
      if (allows(*snapshot, Command::kReset) || people_.chance(0.1)) command(Command::kReset);
      break;
    case CycleState::kMaintenance:
      again_in(seconds(5 + people_.below(20)));
      if (allows(*snapshot, Command::kMaintenanceLeave)) command(Command::kMaintenanceLeave);
      break;
    case CycleState::kOff:
    case CycleState::kSelfTest:
      again_in(seconds(3 + people_.below(10)));
      if (allows(*snapshot, Command::kMaintenanceEnter) && people_.chance(0.7))
        command(Command::kMaintenanceEnter);
      break;
    case CycleState::kIdle:
      if (!lane_->detector->calibrated() || wanted(CycleState::kCalibrating) ||
          people_.chance(0.003)) {
        if (allows(*snapshot, Command::kCalibrate)) {
          again_in(seconds(5));
          command(Command::kCalibrate);
        }
      } else if (allows(*snapshot, Command::kWarmUp) && people_.chance(0.05)) {
        command(Command::kWarmUp);
      }
      break;
    case CycleState::kAwaitingClear:
      if (cycle_.drive_through && !snapshot->scan_id.empty() && people_.chance(0.7)) {
        // Its cab is past the beam: it cannot be scanned on this drive any more.
        decide(snapshot->scan_id, DecisionKind::kPhysicalInspection);
      } else if (!snapshot->scan_id.empty() && people_.chance(0.2)) {
        // A scan of it was lost already: nobody is shone through again and again.
        decide(snapshot->scan_id, DecisionKind::kPhysicalInspection);
      } else if (allows(*snapshot, Command::kStart)) {
        again_in(seconds(5));
        command(Command::kStart);
      } else if (!inputs_[lane::Input::kGantryInside] && !cycle_.drive_through &&
                 people_.chance(0.3)) {
        world_->reference_gantry();
        mark("gantry-referenced");
        say("a mechanic sets the gantry's count right");
      } else if (people_.chance(0.05)) {
        // It cannot be scanned: somebody has to look at it elsewhere.
        decide(snapshot->scan_id, DecisionKind::kPhysicalInspection);
      } else {
        again_in(seconds(2 + people_.below(10)));
      }
      break;
    default:
      break;
  }
  const auto decide_on = [&](const std::string& scan_id) {
    again_in(seconds(5 + people_.below(30)));
    const double draw = people_.unit();
    const DecisionKind kind = wanted(CycleState::kHolding)     ? DecisionKind::kPhysicalInspection
                              : wanted(CycleState::kReleasing) ? DecisionKind::kRelease
                              : draw < 0.7                     ? DecisionKind::kRelease
                                           : kAllKinds[people_.below(std::size(kAllKinds))];
    decide(scan_id, kind);
  };
  // Who was sent round and does not come is somebody else's to find.
  for (const lane::AwaitedVehicle& one : snapshot->awaited)
    if (one.told) return decide(one.scan_id, DecisionKind::kOtherAgency);
  const bool decidable = snapshot->cycle == CycleState::kReviewing ||
                         snapshot->cycle == CycleState::kHolding || !snapshot->bays.empty();
  if (!decidable) return;
  // Now and then nobody looks until the time for a review is over.
  if (people_.chance(0.03)) return again_in(cycle_.review_max + seconds(60));
  const bool waits = snapshot->cycle == CycleState::kAwaitingClear;  // for a Start
  if (!waits && !snapshot->review_scan_id.empty()) return decide_on(snapshot->review_scan_id);
  for (const lane::BayView& bay : snapshot->bays) {
    const auto place = bay.state.place;
    if ((waits && place == lane::BayPlace::kWaiting) || place == lane::BayPlace::kHeld ||
        place == lane::BayPlace::kIsolated || bay.state.missing) {
      if (bay.state.missing)
        decide(bay.scan_id, DecisionKind::kOtherAgency);
      else
        decide_on(bay.scan_id);
      return;
    }
  }
}

}  // namespace portcullis::proving
