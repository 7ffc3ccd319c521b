#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/scan.h"

namespace portcullis::imaging {

/// The offset of each pixel, followed over the detector's temperature:
///
///     dark(t) = dark(t_0) + per_c * (t - t_0)
///
/// The slope per_c comes from the two dark frames of the calibration where they are at least 1 degC
/// apart. Each pixel's own slope is drawn towards the array's mean by as much as its uncertainty
/// (from the frames' variances) is of the slopes' real spread. Without a second frame the slope is
/// 0, and what lines without beam show during the scan is taken out as one offset for all.
///
/// Ownership: copies. Threading: apply() is const; observe() alone changes it.
class DarkLevel final {
 public:
  DarkLevel(const core::CalibrationFrame& dark, const core::CalibrationFrame& second,
            std::span<const std::uint8_t> bad, bool follow_temperature);

  /// counts = sample - dark at this temperature. [pixels] each; does not allocate.
  void apply(std::span<const std::uint32_t> samples, double temperature_c,
             std::span<float> counts) const;
  /// The same for a mean of samples.
  void apply(std::span<const float> means, double temperature_c, std::span<float> counts) const;

  /// A line without beam, dark and afterglow already taken out: what is left is drift.
  void observe(std::span<const float> counts);

  [[nodiscard]] bool slope_known() const { return slope_known_; }
  [[nodiscard]] std::span<const float> per_c() const { return per_c_; }
  [[nodiscard]] double offset_counts() const { return static_cast<double>(offset_); }

 private:
  std::vector<float> dark_, per_c_;
  std::vector<std::uint8_t> bad_;
  double temperature_c_ = 0;
  bool slope_known_ = false;
  bool follow_ = true;
  float offset_ = 0;
  double lines_seen_ = 0;
};

}  // namespace portcullis::imaging
