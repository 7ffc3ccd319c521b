#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/scan.h"

namespace portcullis::imaging {

/// Radiation that the load scatters forward into the array. To first order each place of the load
/// scatters what it takes from the beam, 1 - T, and what reaches a pixel from it falls off with
/// their distance along the array:
///
///     S_i = strength_e * sum_j K(i - j) (1 - T_j),      sum K = 1
///
/// K is a box of `width_px` convolved with itself `shape` times in all (1 box, 2 triangle, 3 and
/// more towards a Gaussian). Such superposition of kernels over the load's own image is the usual
/// estimate (Ohnesorge, Flohr, Klingenbeck-Regn, Eur. Radiol. 9 (1999) 563). Beyond the array's
/// ends there is taken to be no load.
struct ScatterModel {
  double strength_high = 0;  ///< Of air.
  double strength_low = 0;
  double width_px = 1;
  int shape = 2;
};

/// An opaque block's measurement as transmission, high and low.
struct BlockTransmission {
  std::vector<float> high, low;  ///< [pixels]
};

/// The model that fits what the pixels well inside the blocks' shadows read (T below 0.5 %, four
/// pixels from its edge). Nothing without blocks, or where they show less than 1e-6 of air.
std::optional<ScatterModel> fit_scatter(const std::vector<BlockTransmission>& blocks,
                                        std::span<const std::uint8_t> bad);

/// Estimates and subtracts. The load is averaged over 8 pixels first: scatter is broad.
/// Threading: const after construction. apply() does not allocate after a thread's first call.
class ScatterRemoval final {
 public:
  ScatterRemoval(const ScatterModel& model, std::size_t pixels);
  /// One line, in place; `transmission` has no bad pixels left.
  void apply(core::Energy energy, std::span<float> transmission) const;
  /// The estimate alone for strength 1, [pixels].
  void estimate(std::span<const float> transmission, std::span<float> scatter) const;

 private:
  ScatterModel model_;
  std::size_t pixels_;
  std::size_t bins_;
  std::vector<float> kernel_;  ///< By distance in bins, 0 in the middle at bins_ - 1.
};

}  // namespace portcullis::imaging
