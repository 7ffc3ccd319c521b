#include "simulator/live/lane_world.h"

#include <algorithm>
#include <chrono>

#include "core/assert.h"

namespace portcullis::simulator {
namespace {

/// The panel sends the driver out of the lane, but to no bay.
bool away(std::uint16_t message) {
  return message == panel::kDriveOn || message == panel::kToEntry ||
         message == panel::kToInspection;
}

double elapsed_s(core::TimePoint from, core::TimePoint to) {
  return std::chrono::duration<double>(to - from).count();
}

// Shares of a drive in or out at which the vehicle's ends pass the sensors.
constexpr double kEntryBarrierPassed = 0.75;
constexpr double kEntrySensorPassed = 0.85;
constexpr double kTunnelReached = 0.5;
constexpr double kTunnelLeft = 0.5;
constexpr double kExitBarrierReached = 0.2;

}  // namespace

std::string_view truck_state_name(TruckState state) {
  switch (state) {
    case TruckState::kNone:
      return "none";
    case TruckState::kWaiting:
      return "waiting";
    case TruckState::kEntering:
      return "entering";
    case TruckState::kParked:
      return "parked";
    case TruckState::kLeavingCab:
      return "leaving_cab";
    case TruckState::kUnattended:
      return "unattended";
    case TruckState::kReturning:
      return "returning";
    case TruckState::kReady:
      return "ready";
    case TruckState::kLeaving:
      return "leaving";
    case TruckState::kDriving:
      return "driving";
  }
  return "none";
}

void Barrier::tick(double elapsed, bool open_command, bool close_command, bool clear_beneath) {
  const double step = elapsed / move_s_;
  if (open_command && !close_command) raised_ = std::min(1.0, raised_ + step);
  if (close_command && !open_command && clear_beneath) raised_ = std::max(0.0, raised_ - step);
}

LaneWorld::LaneWorld(const LaneTiming& timing, const GantryConfig& gantry, core::TimePoint now,
                     const DriveThroughConfig& drive)
    : timing_(timing),
      gantry_(gantry),
      drive_(drive),
      motion_(gantry, now),
      entry_(timing.barrier_move_s),
      exit_(timing.barrier_move_s),
      now_(now),
      truck_since_(now) {
  sense(now, {});
}

void LaneWorld::truck_arrives(core::TimePoint now) {
  PC_ASSERT(truck_ == TruckState::kNone);
  enter_state(TruckState::kWaiting, now);
}

void LaneWorld::truck_turns_away(core::TimePoint now) {
  PC_ASSERT(truck_ == TruckState::kWaiting);
  gone_at_ = now;
  enter_state(TruckState::kNone, now);
}

double LaneWorld::drive_share() const {
  const double in_state_s = elapsed_s(truck_since_, now_);
  if (truck_ == TruckState::kEntering) return std::min(1.0, in_state_s / timing_.enter_s);
  if (truck_ == TruckState::kLeaving) return std::min(1.0, in_state_s / timing_.exit_s);
  return 0;
}

bool LaneWorld::next_may_arrive(core::TimePoint now) const {
  return truck_ == TruckState::kNone &&
         (!gone_at_ || elapsed_s(*gone_at_, now) >= timing_.truck_gap_s);
}

void LaneWorld::enter_state(TruckState state, core::TimePoint now) {
  truck_ = state;
  truck_since_ = now;
  condition_since_.reset();
  waits_for_ = {};
}

bool LaneWorld::reacted(core::TimePoint now, bool condition) {
  if (!condition) {
    condition_since_.reset();
    return false;
  }
  if (!condition_since_) condition_since_ = now;
  return elapsed_s(*condition_since_, now) >= timing_.react_s;
}

void LaneWorld::tick(core::TimePoint now, const LaneActuators& actuators, bool scene_ready) {
  PC_ASSERT(now >= now_);
  const double elapsed = elapsed_s(now_, now);
  now_ = now;
  const bool moves = !drive_.on || truck_ == TruckState::kDriving;
  motion_.tick(now, actuators.motion_permit && moves, actuators.emergency_stop, actuators.direction,
               actuators.target_speed_mm_s * (drive_.on ? drive_.speed_share : 1));
  entry_.tick(elapsed, actuators.barrier_entry_open, actuators.barrier_entry_close,
              facts_.barrier_entry_clear);
  exit_.tick(elapsed, actuators.barrier_exit_open, actuators.barrier_exit_close,
             facts_.barrier_exit_clear);
  move_truck(now, actuators, scene_ready);
  sense(now, actuators);
  search(now);
}

void LaneWorld::move_truck(core::TimePoint now, const LaneActuators& actuators, bool scene_ready) {
  const double in_state_s = elapsed_s(truck_since_, now);
  const std::uint16_t message = actuators.panel_message;
  switch (truck_) {
    case TruckState::kNone:
      break;
    case TruckState::kWaiting: {
      const bool green = actuators.light_entry_green && !actuators.light_entry_red;
      waits_for_ = !scene_ready     ? "its scene to be traced"
                   : !green         ? "a green entry light"
                   : !entry_.open() ? "the entry barrier"
                                    : "";
      if (reacted(now, waits_for_.empty())) {
        ++trucks_entered_;
        if (drive_.on) {
          driven_before_mm_ += motion_.segment().position_at(now) - gantry_.travel_from_mm;
          motion_ = GantryMotion(gantry_, now);
        }
        enter_state(TruckState::kEntering, now);
      }
      break;
    }
    case TruckState::kEntering:
      if (in_state_s >= timing_.enter_s) enter_state(TruckState::kParked, now);
      break;
    case TruckState::kParked:
      if (drive_.on) return move_driver(now, actuators);
      if (reacted(now, message == panel::kLeaveCab || message == panel::kStandHere)) {
        enter_state(TruckState::kLeavingCab, now);
      } else if (actuators.light_exit_green && !actuators.light_exit_red && exit_.open() &&
                 away(message)) {
        enter_state(TruckState::kReady, now);  // sent on without a scan
      }
      break;
    case TruckState::kLeavingCab:
      if (in_state_s >= timing_.leave_cab_s) enter_state(TruckState::kUnattended, now);
      break;
    case TruckState::kUnattended:
      // He who is told to drive on, or to a bay, gets in to do so.
      if (reacted(now, message == panel::kReturn || away(message) || message > panel::kGoToBay)) {
        enter_state(TruckState::kReturning, now);
      }
      break;
    case TruckState::kReturning:
      if (in_state_s >= timing_.return_s) enter_state(TruckState::kReady, now);
      break;
    case TruckState::kDriving:
      move_driver(now, actuators);
      break;
    case TruckState::kReady:
      if (drive_.on) return move_driver(now, actuators);
      if (message == panel::kLeaveCab || message == panel::kStandHere) {
        if (reacted(now, true)) enter_state(TruckState::kLeavingCab, now);
      } else if (reacted(now, actuators.light_exit_green && !actuators.light_exit_red &&
                                  exit_.open() && message != panel::kStop &&
                                  message != panel::kWait)) {
        enter_state(TruckState::kLeaving, now);
      }
      break;
    case TruckState::kLeaving:
      if (in_state_s >= timing_.exit_s) {
        ++trucks_left_;
        gone_at_ = now;
        enter_state(TruckState::kNone, now);
      }
      break;
  }
}

/// A driver who stays in his cab.
void LaneWorld::move_driver(core::TimePoint now, const LaneActuators& actuators) {
  if (truck_ == TruckState::kDriving) {
    if (!actuators.motion_permit && motion_.segment().speed_at(now) == 0)
      enter_state(TruckState::kReady, now);
    return;
  }
  const std::uint16_t message = actuators.panel_message;
  const bool past = actuators.motion_permit && message == panel::kDriveOn;
  const bool out = actuators.light_exit_green && !actuators.light_exit_red && exit_.open() &&
                   message != panel::kStop && message != panel::kWait;
  if (!reacted(now, past || out)) return;
  enter_state(past ? TruckState::kDriving : TruckState::kLeaving, now);
}

void LaneWorld::sense(core::TimePoint now, const LaneActuators& actuators) {
  const double in_state_s = elapsed_s(truck_since_, now);
  const double entered = truck_ == TruckState::kEntering ? in_state_s / timing_.enter_s : 0;
  const double left = truck_ == TruckState::kLeaving ? in_state_s / timing_.exit_s : 0;
  const bool entering = truck_ == TruckState::kEntering;
  const bool leaving = truck_ == TruckState::kLeaving;
  const bool standing = truck_ == TruckState::kParked || truck_ == TruckState::kLeavingCab ||
                        truck_ == TruckState::kUnattended || truck_ == TruckState::kReturning ||
                        truck_ == TruckState::kReady || truck_ == TruckState::kDriving;
  // The driver walks through door 1: late on his way out, early on his way back.
  const bool door_1_used =
      (truck_ == TruckState::kLeavingCab && in_state_s > 0.6 * timing_.leave_cab_s) ||
      (truck_ == TruckState::kReturning && in_state_s < 0.4 * timing_.return_s);

  const double beam_mm = motion_.segment().position_at(now);
  const bool in_front = !drive_.on || beam_mm < drive_.rear_mm;  // not yet past the beam
  LaneFacts& f = facts_;
  f.vehicle_at_entry = entering && entered < kEntrySensorPassed;
  f.vehicle_in_tunnel = (entering && entered >= kTunnelReached) ||
                        (in_front && (standing || (leaving && left < kTunnelLeft)));
  f.vehicle_at_exit = leaving || (drive_.on && standing && beam_mm >= drive_.cab_to_mm);
  f.cab_seen = drive_.on ? standing && beam_mm >= drive_.cab_from_mm && beam_mm <= drive_.cab_to_mm
                         : entering && entered >= kTunnelReached && entered < kEntryBarrierPassed;
  f.cab_clear = truck_ == TruckState::kNone || truck_ == TruckState::kWaiting ||
                truck_ == TruckState::kUnattended;
  f.people_clear = drive_.on || f.cab_clear;  // a driver in his cab is not a person in the area
  f.barrier_entry_clear = !(entering && entered < kEntryBarrierPassed);
  f.barrier_exit_clear = !(leaving && left >= kExitBarrierReached);
  f.curtain_clear = {f.barrier_entry_clear, f.barrier_exit_clear, true, true};
  f.door_closed = {!door_1_used, !door_forced_open_, true, true};
  f.barrier_entry_open = entry_.open();
  f.barrier_entry_closed = entry_.closed();
  f.barrier_exit_open = exit_.open();
  f.barrier_exit_closed = exit_.closed();
  f.lamp_current = actuators.warning_lamp && !lamp_failed_;
  f.gantry_at_start = !drive_.on && motion_.at_start_limit(now);
  f.gantry_at_end = !drive_.on && motion_.at_end_limit(now);
  f.speed_mm_s = motion_.segment().speed_at(now);
  f.position_mm = drive_.on ? 0 : beam_mm;
  f.way_mm = drive_.on ? driven_before_mm_ + beam_mm - gantry_.travel_from_mm : beam_mm;
}

void LaneWorld::search(core::TimePoint now) {
  const LaneFacts& f = facts_;
  const auto all = [](const std::array<bool, 4>& values) {
    return std::all_of(values.begin(), values.end(), [](bool v) { return v; });
  };
  const bool area_closed = all(f.door_closed) && all(f.curtain_clear) && f.people_clear &&
                           f.cab_clear && f.barrier_entry_closed && f.barrier_exit_closed;
  if (!area_closed) {
    area_closed_since_.reset();
    facts_.search_finished = false;
    return;
  }
  if (!area_closed_since_) area_closed_since_ = now;
  facts_.search_finished = elapsed_s(*area_closed_since_, now) >= timing_.search_s;
}

}  // namespace portcullis::simulator
