#pragma once

#include "core/time.h"
#include "plc/interlock/interlock.h"

/// How far the driver's cab is past the beam plane, in a lane through which vehicles are driven.
namespace portcullis::lane {

/// The cab counts as past the beam plane from here on. From its last sight there, so that its own
/// length is not counted in.
inline constexpr double kCabPast_mm = 1000;

/// Memory of follow_cab(): the way since the cab was last seen at the beam plane.
struct CabWay {
  bool seen = false;
  double way_mm = 0;
  double speed_mm_s = 0;  ///< At `at`.
  core::TimePoint at;
  bool operator==(const CabWay&) const = default;
};

/// One step; call at every poll. Integrates the vehicle's speed, of each interval the lower one of
/// its two ends. Forgets everything where the vehicle does not move forward, is not in the tunnel,
/// an input is stale, or more than `gap_max` passed since the step before. Pure.
[[nodiscard]] CabWay follow_cab(const CabWay& before, const plc::PlcView& plc,
                                core::Duration gap_max) noexcept;
[[nodiscard]] inline bool cab_past(const CabWay& cab) noexcept {
  return cab.seen && cab.way_mm >= kCabPast_mm;
}

}  // namespace portcullis::lane
