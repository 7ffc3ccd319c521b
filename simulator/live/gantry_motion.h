#pragma once

#include <cstdint>

#include "core/time.h"
#include "simulator/live/sim_config.h"

namespace portcullis::simulator {

/// Where the gantry is at any instant until its command changes: a ramp from one speed to another
/// and then constant speed. Exact at any time, so that pulses between two ticks of the lane get
/// their own positions. Millimetres and seconds; positive speed leads away from home.
struct MotionSegment {
  core::TimePoint start{};
  double position_mm = 0;
  double speed_mm_s = 0;
  double target_mm_s = 0;
  double acceleration_mm_s2 = 500;  ///< Magnitude, used while speed differs from target.

  [[nodiscard]] double speed_at(core::TimePoint now) const;
  [[nodiscard]] double position_at(core::TimePoint now) const;
};

/// Direction register of the PLC.
enum class MotionDirection : std::uint8_t { kHold = 0, kForward = 1, kBackToStart = 2 };

/// The gantry on its rails: follows the commanded speed with limited acceleration and brakes so
/// that it stands just inside the limits of its travel.
/// Threading: one thread. No clock inside.
class GantryMotion final {
 public:
  GantryMotion(const GantryConfig& config, core::TimePoint now);

  /// `permit` false brings it to a stop; `emergency` with the stronger deceleration.
  void tick(core::TimePoint now, bool permit, bool emergency, MotionDirection direction,
            double speed_mm_s);

  [[nodiscard]] const MotionSegment& segment() const { return segment_; }
  [[nodiscard]] bool at_start_limit(core::TimePoint now) const;
  [[nodiscard]] bool at_end_limit(core::TimePoint now) const;

 private:
  GantryConfig config_;
  MotionSegment segment_;
};

}  // namespace portcullis::simulator
