#include "imaging/geometry/ray_shift.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

#include "core/assert.h"

namespace portcullis::imaging {

RayShift::RayShift(const core::ScannerGeometry& geometry, std::span<const float> height_share) {
  const std::size_t pixels = geometry.pixels.size();
  PC_ASSERT(pixels > 0 && height_share.size() == pixels);
  std::vector<double> z_mm(pixels);
  for (std::size_t p = 0; p < pixels; ++p)
    z_mm[p] = core::z_at_centre_line_mm(geometry, geometry.pixels[p]);
  order_.resize(pixels);
  std::iota(order_.begin(), order_.end(), 0U);
  std::stable_sort(order_.begin(), order_.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return z_mm[a] < z_mm[b]; });
  z_mm_.resize(pixels);
  shift_.resize(pixels);
  for (std::size_t i = 0; i < pixels; ++i) {
    const std::uint32_t p = order_[i];
    z_mm_[i] = static_cast<float>(z_mm[p]);
    const double magnified =
        (0.0 - geometry.source_y_mm) / (geometry.pixels[p].y_mm - geometry.source_y_mm);
    shift_[i] = static_cast<float>(static_cast<double>(height_share[p]) * magnified);
  }
  even_.assign(pixels, 0);
  for (std::size_t i = 1; i + 2 < pixels; ++i) {
    const float here = z_mm_[i + 1] - z_mm_[i];
    const float below = z_mm_[i] - z_mm_[i - 1];
    const float above = z_mm_[i + 2] - z_mm_[i + 1];
    const float least = std::min({here, below, above});
    even_[i] = least > 0 && std::max({here, below, above}) < 1.7F * least ? 1 : 0;
  }
}

void RayShift::apply(std::span<const float> in, float rise_mm, std::span<float> out) const {
  const std::size_t pixels = order_.size();
  PC_ASSERT(in.size() == pixels && out.size() == pixels && in.data() != out.data());
  const auto at = [&](std::size_t i) { return in[order_[i]]; };
  std::size_t j = 0;  // the interval the wanted place lies in
  for (std::size_t i = 0; i < pixels; ++i) {
    // Sample i was taken at z + shift * rise: its own place lies that far below it.
    const float wanted = z_mm_[i] - shift_[i] * rise_mm;
    while (j + 1 < pixels && z_mm_[j + 1] <= wanted) ++j;
    while (j > 0 && z_mm_[j] > wanted) --j;
    if (wanted <= z_mm_[j] || j + 1 >= pixels) {
      out[order_[i]] = at(j);  // beyond the outermost ray, or exactly on one
      continue;
    }
    const float a = z_mm_[j];
    const float step = z_mm_[j + 1] - a;
    const float u = (wanted - a) / step;
    const float v0 = at(j);
    const float v1 = at(j + 1);
    if (even_[j] == 0) {
      out[order_[i]] = v0 + (v1 - v0) * u;
      continue;
    }
    const float s0 = (v1 - at(j - 1)) * step / (z_mm_[j + 1] - z_mm_[j - 1]);
    const float s1 = (at(j + 2) - v0) * step / (z_mm_[j + 2] - a);
    const float c = 3.0F * (v1 - v0) - 2.0F * s0 - s1;
    const float d = s0 + s1 - 2.0F * (v1 - v0);
    out[order_[i]] = v0 + u * (s0 + u * (c + u * d));
  }
}

}  // namespace portcullis::imaging
