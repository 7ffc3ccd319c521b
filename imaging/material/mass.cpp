#include "imaging/material/mass.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "core/assert.h"

namespace portcullis::imaging {

double kg_per_g_cm2(const Images& images, int row) {
  const auto r = static_cast<std::size_t>(row);
  const double obliquity =
      r < images.obliquity.size() ? static_cast<double>(images.obliquity[r]) : 1.0;
  // g/cm2 * mm2: 0.01 cm2 a mm2, 0.001 kg a g.
  return images.grid.mm_per_px * images.grid.mm_per_px * 1e-5 / obliquity;
}

namespace {

template <class Value>
double sum_box_kg(const Images& images, const PixelBox& box, const Value& value_of) {
  const int x_from = std::max(0, box.x);
  const int x_to = std::min(images.grid.columns, box.x + box.width);
  const int y_from = std::max(0, box.y);
  const int y_to = std::min(images.grid.rows, box.y + box.height);
  double total = 0;
  for (int y = y_from; y < y_to; ++y) {
    double row_sum = 0;
    const std::size_t first =
        static_cast<std::size_t>(y) * static_cast<std::size_t>(images.grid.columns);
    for (int x = x_from; x < x_to; ++x) row_sum += value_of(first + static_cast<std::size_t>(x), y);
    total += row_sum * kg_per_g_cm2(images, y);
  }
  return total;
}

}  // namespace

double mass_kg(const Images& images, const PixelBox& box) {
  PC_ASSERT(images.mass_g_cm2.size() == images.size());
  return sum_box_kg(images, box,
                    [&](std::size_t i, int) { return static_cast<double>(images.mass_g_cm2[i]); });
}

double mass_kg(const Images& images, std::span<const std::uint8_t> mask) {
  PC_ASSERT(images.mass_g_cm2.size() == images.size() && mask.size() == images.size());
  return sum_box_kg(images, {0, 0, images.grid.columns, images.grid.rows}, [&](std::size_t i, int) {
    return mask[i] != 0 ? static_cast<double>(images.mass_g_cm2[i]) : 0.0;
  });
}

double mass_above_kg(const Images& images, const PixelBox& box,
                     std::span<const float> background_g_cm2) {
  PC_ASSERT(images.mass_g_cm2.size() == images.size());
  PC_ASSERT(background_g_cm2.size() == static_cast<std::size_t>(images.grid.rows));
  return sum_box_kg(images, box, [&](std::size_t i, int y) {
    return static_cast<double>(images.mass_g_cm2[i]) -
           static_cast<double>(background_g_cm2[static_cast<std::size_t>(y)]);
  });
}

double depth_factor(double source_y_mm, double y_mm) {
  return (y_mm - source_y_mm) / (0.0 - source_y_mm);
}

}  // namespace portcullis::imaging
