// When the faults of a run begin, and which states of the lane they meet.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "proving/soak/run.h"

namespace portcullis::proving {
namespace {

using std::chrono::milliseconds;

}  // namespace

void SoakRun::begin_fault(const PlannedFault& planned) {
  const core::TimePoint now = clock_.now();
  ++report_.faults_begun;
  say("fault " + format_planned_fault(planned));
  switch (planned.fault) {
    case SoakFault::kLaneKilled:
    case SoakFault::kPowerLost:
      if (!lane_) return;
      kill_with_power_ = planned.fault == SoakFault::kPowerLost;
      down_for_ = planned.lasts;
      lane_->life.die_after(static_cast<std::uint64_t>(planned.value));
      die_by_ = now + milliseconds(200);
      break;
    case SoakFault::kClockJump:
      clock_.jump_utc(milliseconds(std::llround(planned.value * 1000)));
      if (state_.cycle == lane::CycleState::kScanning) mark("clock-jump-in-scan");
      break;
    case SoakFault::kOperatorStop:
      if (lane_) lane_->driver->submit(lane::Command::kStop, "olga", [](const core::Status&) {});
      break;
    default:
      break;
  }
  world_->fault_begins(planned.fault, planned.value, now);
  faults_.set(planned.fault, planned.value, now + planned.lasts);
}

void SoakRun::look_at_objects() {
  lines_there_ = lane_ && lane_->detector->view().phase == lane::CapturePhase::kRunning;
  motion_there_ = asked_motion_;
  beam_there_ = asked_beam_ && world_->beam_on();
}

bool SoakRun::object_there(SoakFault fault) const {
  switch (fault_object(fault)) {
    case FaultObject::kLines:
      return lines_there_;
    case FaultObject::kMotion:
      return motion_there_;
    case FaultObject::kBeam:
      return beam_there_;
    case FaultObject::kAlways:
      break;
  }
  return true;
}

bool SoakRun::may_begin(const PlannedFault& planned) const {
  if (*planned.in_state != state_.cycle) return false;
  // By hand a fault may also be given where it has nothing to act on.
  return object_there(planned.fault) || !why_impossible(planned.fault, state_.cycle).empty();
}

/// One by one: in each visit of a state the first that waits for it, and others once it is over.
void SoakRun::begin_waiting_faults() {
  // A life's first step has not said yet in which state it begins.
  if (!lane_ || first_step_) return;
  if (visit_aimed_at_ == visits_ && faults_.count() != 0) return;
  const auto found = std::find_if(waiting_.begin(), waiting_.end(),
                                  [this](const PlannedFault& p) { return may_begin(p); });
  if (found == waiting_.end()) return;
  const PlannedFault planned = *found;
  waiting_.erase(found);
  visit_aimed_at_ = visits_;
  begin_fault(planned);
}

void SoakRun::begin_faults() {
  faults_.expire(clock_.now());
  look_at_objects();
  begin_waiting_faults();
  const core::Duration now = since_begin();
  while (planner_.next_at() && *planner_.next_at() <= now) {
    const auto next = planner_.take(report_.cover);
    plan_.insert(plan_.end(), next.begin(), next.end());
  }
  for (; planned_next_ < plan_.size() && plan_[planned_next_].at <= now; ++planned_next_) {
    const PlannedFault& planned = plan_[planned_next_];
    if (planned.in_state)
      waiting_.push_back(planned);
    else
      begin_fault(planned);
  }
  disk_.set_full(faults_.active(SoakFault::kDiskFull));
  disk_.set_failing(faults_.active(SoakFault::kDiskFailing));
}

void SoakRun::note_cover() {
  if (!lane_ || first_step_) return;
  const auto state = static_cast<std::size_t>(state_.cycle);
  ++report_.in_state[state];
  if (faults_.count() == 0) return;
  for (std::size_t i = 0; i < kSoakFaultCount; ++i) {
    const auto fault = static_cast<SoakFault>(i);
    if (!faults_.active(fault) || !object_there(fault)) continue;
    ++report_.cover[i][state];
    if (const auto why = why_impossible(fault, state_.cycle); !why.empty())
      violated(fmt::format("{} met {}, which is listed as impossible: {}",
                           soak_fault_info(fault).name, lane::cycle_state_name(state_.cycle), why));
  }
}

}  // namespace portcullis::proving
