#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/scan.h"

namespace portcullis::imaging {

/// Share of a crystal's light that each neighbour in its module gets, from the noise they have in
/// common: for y_i = x_i + c (x_(i-1) + x_(i+1) - 2 x_i) with x of independent noise, and v common
/// to all pixels (the dose reference's noise), the covariances at distance 0, 1 and 2 give
///
///     (C1 - C2) / (C0 - C2) = (2 c - 5 c^2) / (1 - 4 c + 5 c^2)
///
/// Summed over all good neighbours of a module. Nothing where it was not measured (100 lines at
/// least), and nothing below 0.05 % or four times its uncertainty.
std::optional<double> measure_cross_talk(const core::ScannerGeometry& geometry,
                                         const core::NeighbourNoise& noise,
                                         std::span<const std::uint8_t> bad);

/// The inverse, within each module: the edge pixel keeps what it has no neighbour for, so the
/// module continues as its own mirror image, and the inverse of the three-term kernel is
/// A (-r)^|k|, cut where r^|k| is below 1e-7.
/// Threading: const after construction. apply() does not allocate.
class CrossTalkRemoval final {
 public:
  /// `share`: 0 to 0.1. Modules of 1 to 256 pixels.
  CrossTalkRemoval(double share, std::size_t pixels_per_module);
  /// One module, in place.
  void apply(std::span<float> module) const;
  [[nodiscard]] double share() const { return share_; }

 private:
  double share_;
  std::size_t per_module_;
  std::vector<float> kernel_;  ///< From the middle outwards.
};

}  // namespace portcullis::imaging
