#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/scan.h"

namespace portcullis::imaging {

/// Dark, dose reference and air gain in one step, for one energy:
///
///     T = (sample - dark) / (air - dark) * (air's mean dose / this pulse's dose)
///
/// The dose reference is taken per energy, as the source gives a different dose at each. Values
/// below zero stay: thick places average to the truth only if noise keeps its sign.
/// Threading: const after construction. Real time: apply() does not allocate.
class LineNormaliser final {
 public:
  /// Pixels whose air is not above dark get gain 0 (they are bad pixels).
  LineNormaliser(const core::CalibrationFrame& dark, const core::CalibrationFrame& air);

  /// This pulse's dose as a share of the calibration's; 1 where neither has a dose reference.
  [[nodiscard]] double dose_share(std::uint32_t dose_counts) const;
  /// `samples` and `transmission` have one entry a pixel; dose_share must be above 0.
  void apply(std::span<const std::uint32_t> samples, double dose_share,
             std::span<float> transmission) const;

 private:
  std::vector<float> dark_;
  std::vector<float> gain_;
  double dose_mean_counts_ = 0;
};

}  // namespace portcullis::imaging
