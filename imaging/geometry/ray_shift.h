#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/geometry.h"

namespace portcullis::imaging {

/// Puts the values of a line back to where their pixels stand when the boom does not move.
///
/// A boom that has risen by `rise_mm` at its top has carried the pixel at height share h up by
/// h * rise_mm, and its ray at the centre line by that times source-to-plane over source-to-pixel.
/// What the pixel should have seen is read between its neighbours there: a cubic through values and
/// central slopes (Catmull and Rom 1974, for uneven spacing), which keeps the resolution that a
/// straight line would smear; a straight line where the spacing jumps (the corner of two arms).
/// Threading: const after construction.
class RayShift final {
 public:
  /// `height_share`: [pixels] 0 at the boom's foot, 1 at its top.
  RayShift(const core::ScannerGeometry& geometry, std::span<const float> height_share);

  /// `in` and `out` have one entry a pixel and are not the same. Does not allocate.
  void apply(std::span<const float> in, float rise_mm, std::span<float> out) const;

 private:
  std::vector<std::uint32_t> order_;  ///< Pixels by the height of their rays.
  std::vector<float> z_mm_;           ///< Of the rays at the centre line, in that order.
  std::vector<float> shift_;          ///< Of the ray per mm of rise, in that order.
  /// [pixels - 1] of the interval above each: slopes may be taken over it and its neighbours.
  std::vector<std::uint8_t> even_;
};

}  // namespace portcullis::imaging
