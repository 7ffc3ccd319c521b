#include "simulator/live/gantry_motion.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace portcullis::simulator {
namespace {

constexpr double kLimitSwitchMm = 10;  // reach of a limit switch
constexpr double kStopInsideMm = 3;    // where it aims to stand inside the limit

double seconds_between(core::TimePoint from, core::TimePoint to) {
  return std::max(0.0, std::chrono::duration<double>(to - from).count());
}

}  // namespace

double MotionSegment::speed_at(core::TimePoint now) const {
  const double elapsed = seconds_between(start, now);
  const double change = target_mm_s - speed_mm_s;
  const double ramp_s = std::abs(change) / acceleration_mm_s2;
  return elapsed >= ramp_s ? target_mm_s
                           : speed_mm_s + std::copysign(acceleration_mm_s2 * elapsed, change);
}

double MotionSegment::position_at(core::TimePoint now) const {
  const double elapsed = seconds_between(start, now);
  const double change = target_mm_s - speed_mm_s;
  const double ramp_s = std::abs(change) / acceleration_mm_s2;
  const double ramped = std::min(elapsed, ramp_s);
  return position_mm + speed_mm_s * ramped +
         std::copysign(0.5 * acceleration_mm_s2 * ramped * ramped, change) +
         target_mm_s * (elapsed - ramped);
}

GantryMotion::GantryMotion(const GantryConfig& config, core::TimePoint now) : config_(config) {
  segment_.start = now;
  segment_.position_mm = config.travel_from_mm + kStopInsideMm;
  segment_.acceleration_mm_s2 = config.acceleration_mm_s2;
}

bool GantryMotion::at_start_limit(core::TimePoint now) const {
  return segment_.position_at(now) <= config_.travel_from_mm + kLimitSwitchMm;
}

bool GantryMotion::at_end_limit(core::TimePoint now) const {
  return segment_.position_at(now) >= config_.travel_to_mm - kLimitSwitchMm;
}

void GantryMotion::tick(core::TimePoint now, bool permit, bool emergency, MotionDirection direction,
                        double speed_mm_s) {
  double target = 0;
  if (permit && !emergency) {
    const double wanted = std::clamp(speed_mm_s, 0.0, config_.speed_mm_s_max);
    if (direction == MotionDirection::kForward) target = wanted;
    if (direction == MotionDirection::kBackToStart) target = -wanted;
  }
  const double position = segment_.position_at(now);
  const double speed = segment_.speed_at(now);
  // Braking starts one tick early, so that a tick's delay never carries it past the limit.
  const double braking_mm =
      speed * speed / (2 * config_.acceleration_mm_s2) + std::abs(speed) * 0.01 + kStopInsideMm;
  if (target > 0 || speed > 0) {
    if (position >= config_.travel_to_mm - std::max(braking_mm, kLimitSwitchMm)) {
      target = std::min(target, 0.0);
    }
  }
  if (target < 0 || speed < 0) {
    if (position <= config_.travel_from_mm + std::max(braking_mm, kLimitSwitchMm)) {
      target = std::max(target, 0.0);
    }
  }
  const double acceleration = emergency ? config_.stop_mm_s2 : config_.acceleration_mm_s2;
  if (target == segment_.target_mm_s && acceleration == segment_.acceleration_mm_s2) return;
  segment_ = {now, position, speed, target, acceleration};
}

}  // namespace portcullis::simulator
