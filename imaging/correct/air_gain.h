#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace portcullis::imaging {

/// Below this share of the usual dose a pulse says nothing.
inline constexpr double kDoseShareMin = 0.2;

/// Air gain of each pixel and the dose reference, for one energy:
///
///     T = counts / air * (air's mean dose / this pulse's dose)
///
/// counts and air above dark and free of afterglow. The dose reference is taken per energy, as the
/// source gives a different dose at each. Values below zero stay: thick places average to the truth
/// only if noise keeps its sign.
/// Threading: const after construction. apply() does not allocate.
class AirGain final {
 public:
  /// Pixels whose air is not above dark get gain 0 (they are bad pixels). `per_pixel` false: the
  /// median of all for each.
  AirGain(std::span<const float> air_counts, double dose_mean_counts, bool per_pixel);

  /// This pulse's dose as a share of the calibration's; 1 where that has no dose reference.
  [[nodiscard]] double dose_share(double dose_counts) const;
  /// In place, [pixels]; dose_share must be above 0.
  void apply(double dose_share, std::span<float> counts) const;

 private:
  std::vector<float> gain_;
  double dose_mean_counts_ = 0;
};

}  // namespace portcullis::imaging
