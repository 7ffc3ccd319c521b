#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/geometry.h"
#include "imaging/geometry/resample.h"
#include "imaging/kernels/mix_kernels.h"

namespace portcullis::imaging {

/// From the fan beam to the plane of the centre line (y = 0): which pixels make up each row of the
/// image grid. Pixels are taken in the order of their rays' height there, whatever arm they stand
/// on, so that upright and roof arm join and, where they overlap, share.
/// Threading: const after construction.
class FanToPlane final {
 public:
  /// kEvenly: the pixels in that order, evenly over the same rows, as if they were a plane's: what
  /// the fan's geometry is worth, for before-and-after pictures and tests.
  enum class Rows : std::uint8_t { kByHeight, kEvenly };
  FanToPlane(const core::ScannerGeometry& geometry, const core::ImageGrid& grid,
             Rows rows = Rows::kByHeight);

  /// One line: `pixels` in array order to `rows` from the top. Does not allocate.
  void apply(std::span<const float> pixels, std::span<float> rows) const;

  /// Lines that apply_tile() takes together.
  static constexpr std::size_t kTile = kernels::kTileLines;
  /// kTile lines at once, `pixels` as [pixel][line of the tile]; line c of the tile goes to
  /// rows[row * stride + c] for c below `lines`. The same arithmetic as apply(). Does not allocate.
  void apply_tile(std::span<const float> pixels, std::size_t lines, float* rows,
                  std::size_t stride) const;

  /// [rows] path through a level layer per its breadth across the lane: 1 / cos of elevation.
  [[nodiscard]] const std::vector<float>& obliquity() const { return obliquity_; }
  /// [rows] spacing of the pixels' rays in the plane, mm.
  [[nodiscard]] const std::vector<float>& ray_spacing_mm() const { return ray_spacing_mm_; }
  /// [rows] 1 where more than half of a row's weight comes from pixels marked in `bad`.
  [[nodiscard]] std::vector<std::uint8_t> rows_of(std::span<const std::uint8_t> bad) const;
  /// [rows] the pixel that weighs most.
  [[nodiscard]] const std::vector<std::uint32_t>& main_pixel() const { return main_pixel_; }
  [[nodiscard]] const ResampleWeights& weights() const { return weights_; }

 private:
  ResampleWeights weights_;
  std::vector<float> obliquity_;
  std::vector<float> ray_spacing_mm_;
  std::vector<std::uint32_t> main_pixel_;
};

}  // namespace portcullis::imaging
