#include "imaging/geometry/fan_to_plane.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

#include "core/assert.h"
#include "imaging/kernels/mix_kernels.h"

namespace portcullis::imaging {

FanToPlane::FanToPlane(const core::ScannerGeometry& geometry, const core::ImageGrid& grid,
                       Rows laid_out) {
  const std::size_t pixels = geometry.pixels.size();
  const auto rows = static_cast<std::size_t>(grid.rows);
  std::vector<std::uint32_t> order(pixels);
  std::vector<double> z_mm(pixels);
  std::iota(order.begin(), order.end(), 0U);
  for (std::size_t p = 0; p < pixels; ++p)
    z_mm[p] = core::z_at_centre_line_mm(geometry, geometry.pixels[p]);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return z_mm[a] > z_mm[b]; });
  std::vector<double> depth(pixels);  // downwards, as rows are
  for (std::size_t i = 0; i < pixels; ++i) depth[i] = -z_mm[order[i]];
  if (laid_out == Rows::kEvenly) {
    const double first = depth.front();
    const double step = pixels > 1 ? (depth.back() - first) / static_cast<double>(pixels - 1) : 0;
    for (std::size_t i = 0; i < pixels; ++i) depth[i] = first + static_cast<double>(i) * step;
  }
  weights_ = make_resample_weights(depth, -grid.z_first_mm, grid.mm_per_px, rows);
  obliquity_.resize(rows);
  ray_spacing_mm_.resize(rows);
  main_pixel_.resize(rows);
  for (std::size_t r = 0; r < rows; ++r) {
    const double rise_mm = grid.z_mm(static_cast<double>(r)) - geometry.source_z_mm;
    obliquity_[r] = static_cast<float>(std::hypot(1.0, rise_mm / geometry.source_y_mm));
    float most = -1;
    std::uint32_t main_in_order = 0;
    for (std::uint32_t k = weights_.first[r]; k < weights_.first[r + 1]; ++k) {
      if (weights_.weight[k] > most) {
        most = weights_.weight[k];
        main_in_order = weights_.index[k];
      }
    }
    main_pixel_[r] = order[main_in_order];
    const std::size_t below = std::min<std::size_t>(pixels - 1, main_in_order + 2);
    const std::size_t above = main_in_order >= 2 ? main_in_order - 2 : 0;
    const double spacing = below > above
                               ? (depth[below] - depth[above]) / static_cast<double>(below - above)
                               : grid.mm_per_px;
    ray_spacing_mm_[r] = static_cast<float>(std::max(spacing, 0.1));
  }
  for (auto& index : weights_.index) index = order[index];
}

void FanToPlane::apply(std::span<const float> pixels, std::span<float> rows) const {
  PC_ASSERT(rows.size() == weights_.cells());
  for (std::size_t r = 0; r < rows.size(); ++r) {
    float sum = 0;
    for (std::uint32_t k = weights_.first[r]; k < weights_.first[r + 1]; ++k)
      sum += weights_.weight[k] * pixels[weights_.index[k]];
    rows[r] = sum;
  }
}

void FanToPlane::apply_tile(std::span<const float> pixels, std::size_t lines, float* rows,
                            std::size_t stride) const {
  kernels::mix_tile(weights_.first, weights_.index, weights_.weight, pixels, lines, rows, stride);
}

std::vector<std::uint8_t> FanToPlane::rows_of(std::span<const std::uint8_t> bad) const {
  std::vector<std::uint8_t> out(weights_.cells(), 0);
  for (std::size_t r = 0; r < out.size(); ++r) {
    float share = 0;
    for (std::uint32_t k = weights_.first[r]; k < weights_.first[r + 1]; ++k) {
      if (bad[weights_.index[k]] != 0) share += weights_.weight[k];
    }
    out[r] = share > 0.5F ? 1 : 0;
  }
  return out;
}

}  // namespace portcullis::imaging
