#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace portcullis::imaging {

/// For each output cell the samples it is made of: sum over k in [first[c], first[c + 1]) of
/// weight[k] * samples[index[k]]; the weights of a cell sum to 1.
struct ResampleWeights {
  std::vector<std::uint32_t> first;  ///< [cells + 1]
  std::vector<std::uint32_t> index;
  std::vector<float> weight;
  [[nodiscard]] std::size_t cells() const { return first.empty() ? 0 : first.size() - 1; }
};

/// Samples at places of any spacing onto an even grid.
///
/// A cell's value is the mean, over the cell's width, of the straight lines drawn between the
/// samples. Where samples are finer than cells that is an average over the cell's area (no
/// aliasing); where they are coarser it is linear interpolation. A straight ramp comes out exact at
/// any spacing, so the two energies, measured half a period apart, fall onto each other. Samples
/// at the same place are averaged first (a vehicle that stands). Outside the samples the outermost
/// one holds.
///
/// It is done on linear transmission, not on its logarithm: a detector too adds up photons over
/// its area, so the mean over a cell is what a larger pixel would have seen, noise averages without
/// bias, and values at or below zero, which thick places have, need no special care.
///
/// `position` ascending, not empty. Cell c is centred at start + c * step; step above 0.
ResampleWeights make_resample_weights(std::span<const double> position, double start, double step,
                                      std::size_t cells);

}  // namespace portcullis::imaging
