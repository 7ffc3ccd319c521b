#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/geometry.h"

namespace portcullis::imaging {

/// Small errors of level of whole lines, seen in the rays that pass above the vehicle.
///
/// Two causes, told apart by time. The dose reference's own noise (about 0.1 %) differs from pulse
/// to pulse and is alike for all pixels. A boom that sways leaves the middle of the beam: a slow
/// loss (1 to 5 Hz) that grows with the square of the sway, and the sway grows with height above
/// the boom's foot, so the loss at a pixel of height share h (0 foot, 1 top) is q h^2.
///
/// Per line the mean of the uppermost rays is taken as the level of air, as far as they are air
/// (within 12 % of 1, and alike); its smooth part over 21 pulses (a parabola) is q, the rest
/// belongs to the pulse. A line whose uppermost rays are covered takes q from its neighbours in
/// time. A line whose level stands more than 1 % off its neighbours' is no good measurement: an
/// arced pulse has another spectrum than the air calibration it was divided by. Pure; the estimate
/// of a line uses 10 pulses before and after it.
struct LineLevel {
  bool off = false;  ///< More than 1 % off its neighbours; to be dropped.
  float pulse = 0;   ///< Of air, same for all pixels: T is divided by 1 + pulse ...
  float sway = 0;    ///< ... and by 1 - sway * h^2.
};

class LineLevels final {
 public:
  explicit LineLevels(const core::ScannerGeometry& geometry, std::span<const std::uint8_t> bad);

  /// One line's level of air minus 1, or NaN where the uppermost rays are covered.
  [[nodiscard]] float air_level(std::span<const float> transmission) const;

  /// Lines before and after that at() looks at.
  static constexpr std::size_t kReach = 10;
  /// Sway and noise of one line, from air_level() of it, `levels[centre]`, and of up to kReach
  /// lines before and after it (NaN where covered or not measured); `smooth_last`: minus the sway
  /// of the line before, taken where no line of the window saw air.
  [[nodiscard]] static LineLevel at(std::span<const float> levels, std::size_t centre,
                                    float smooth_last);

  void apply(const LineLevel& level, std::span<float> transmission) const;

 private:
  std::vector<std::uint32_t> top_;     ///< Good pixels of the uppermost rays.
  std::vector<float> height_squared_;  ///< [pixels] h^2
};

}  // namespace portcullis::imaging
