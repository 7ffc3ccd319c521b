#pragma once

#include <cstddef>
#include <vector>

#include "core/huge_pages.h"
#include "imaging/material/material_curves.h"

namespace portcullis::imaging {

/// A plane of floats with room beside each row, so that a neighbourhood needs no bounds along x.
/// Rows are not padded: callers pass the rows there are.
class PaddedPlane final {
 public:
  static constexpr int kPad = 8;  ///< Columns before the first.
  /// Of another size; uses its memory again. Values are those of before, in other places.
  void reshape(int width, int height);

  [[nodiscard]] int width() const { return width_; }
  [[nodiscard]] int height() const { return height_; }
  /// Values from a row to the next: at least 16 more than the width.
  [[nodiscard]] std::size_t stride() const { return stride_; }
  [[nodiscard]] float* row(int y) { return &values_[at(0, y)]; }
  [[nodiscard]] const float* row(int y) const { return &values_[at(0, y)]; }
  [[nodiscard]] float& operator()(int x, int y) { return values_[at(x, y)]; }
  [[nodiscard]] float operator()(int x, int y) const { return values_[at(x, y)]; }
  /// Sets the room beside row y.
  void pad(int y, float left, float right);

 private:
  [[nodiscard]] std::size_t at(int x, int y) const {
    return static_cast<std::size_t>(y) * stride_ + static_cast<std::size_t>(x + kPad);
  }
  int width_ = 0, height_ = 0;
  std::size_t stride_ = 0;
  core::HugePageVector<float> values_;
};

/// Both energies' transmission and what is made of them before the neighbours are asked.
struct SmoothPlanes {
  PaddedPlane high, low;          ///< Transmission; may be below zero.
  PaddedPlane guide;              ///< -ln of the mean of both energies over 3 x 3 pixels.
  std::vector<float> spacing_mm;  ///< Of pulses of one energy, a column: what RowNoise is times.
  PaddedPlane given;  ///< The guide, or kFarOff where a pixel must not speak for its neighbours.
  PaddedPlane alike;  ///< 1 / tolerance^2 of the guide's difference; first thrice its deviation.
};
inline constexpr float kFarOff = 1e6F;
inline constexpr float kTransmissionFloor = 2e-6F;

/// Variance of T of one pixel of a row: (photon * T + electronic) * spacing_mm, both energies.
struct RowNoise {
  float photon_high = 0, photon_low = 0, electronic_high = 0, electronic_low = 0;
};

/// The rows around y, from y - reach to y + reach; null where there is none.
struct RowsAround {
  const float* given[7];
  const float* high[7];
  const float* low[7];
};

/// Kernels over whole rows, on the machine's vectors: the same bits on every machine, because each
/// lane works alone, nothing is fused and no lane is added to another.
/// Rows may be read kPad before and after, and are written up to the next multiple of 16 columns.

/// Guide and its noise of row y, from rows y - 1 to y + 1 (repeated at the image's ends).
void guide_row(SmoothPlanes& planes, const RowNoise& noise, int y);

/// Edges: a pixel whose guide differs much from one that stands 2 away gives nothing. `bad` pixels
/// (0 or 1 a column, may be null) give nothing either. Needs guide_row() of y - 2 to y + 2.
void given_row(SmoothPlanes& planes, const float* bad, int y);

/// H, m and information (1 / variance of m) of the mean transmission over 7 x 7 neighbours alike in
/// the guide: weights 1 - (difference / tolerance)^2, not below 0. Where hardly a neighbour is
/// alike, of the pixel alone. `pixels_each`: how many pixels one sample of the planes is the mean
/// of. `alone`: each pixel stands for itself.
void measure_row(const SmoothPlanes& planes, const MaterialCurves& curves, const RowNoise& noise,
                 float pixels_each, bool alone, int y, float* high, float* m, float* information);

}  // namespace portcullis::imaging
