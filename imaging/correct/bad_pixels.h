#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/scan.h"

namespace portcullis::imaging {

/// Pixels that measure nothing usable, found from the dark and air statistics of the calibration.
///
/// Dead: air minus dark below 30 % of its module's median (or of the array's, for a whole module).
/// Hot: dark above the array's median by more than 2 % of the air level, or air within 1 % of the
/// end of the 20-bit scale. Noisy: dark variance above 25 times the array's median; stuck: no
/// variance in air at all.
struct BadPixels {
  std::vector<std::uint8_t> bad;  ///< [pixels], 1 bad.
  std::uint32_t dead = 0, hot = 0, noisy = 0;
  std::vector<std::uint16_t> dead_modules;  ///< More than 3/4 of its pixels bad.
};
/// The frames must each have geometry.pixels.size() entries.
BadPixels find_bad_pixels(const core::ScannerGeometry& geometry,
                          const core::Calibration& calibration);

/// Replaces pixels by their nearest good neighbours along the fan, by distance in angle, so that it
/// also works across a module's edge and the corner between two arms.
/// Threading: const after construction.
class PixelFill final {
 public:
  PixelFill(const core::ScannerGeometry& geometry, std::span<const std::uint8_t> bad);
  /// In place; `values` has one entry a pixel. Good pixels stay as they are.
  void apply(std::span<float> values) const;

 private:
  struct Entry {
    std::uint32_t pixel, lower, upper;
    float weight_upper;
  };
  std::vector<Entry> entries_;
};

}  // namespace portcullis::imaging
