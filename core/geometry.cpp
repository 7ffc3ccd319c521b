#include "core/geometry.h"

#include <algorithm>
#include <cmath>

#include "core/assert.h"

namespace portcullis::core {

double z_at_centre_line_mm(const ScannerGeometry& g, const PixelPosition& pixel) {
  const double t = (0.0 - g.source_y_mm) / (pixel.y_mm - g.source_y_mm);
  return g.source_z_mm + t * (pixel.z_mm - g.source_z_mm);
}

double ImageGrid::obliquity(double row) const {
  if (!(source_distance_mm > 0)) return 1;
  return std::hypot(1.0, (z_mm(row) - source_z_mm) / source_distance_mm);
}

ColumnRange image_columns(const ScannerGeometry& g, std::int32_t encoder_min,
                          std::int32_t encoder_max) {
  const auto column_at = [&](std::int32_t counts) {
    return static_cast<std::int64_t>(
        std::floor(counts * g.encoder_mm_per_count / g.image_mm_per_px + 0.5));
  };
  const std::int64_t first = column_at(encoder_min);
  return {first - (first & 1), column_at(encoder_max)};
}

ImageGrid make_image_grid(const ScannerGeometry& g, std::int32_t encoder_min,
                          std::int32_t encoder_max) {
  PC_ASSERT(!g.pixels.empty() && g.image_mm_per_px > 0 && encoder_min <= encoder_max);
  double z_min = 1e300;
  double z_max = -1e300;
  for (const auto& pixel : g.pixels) {
    const double z = z_at_centre_line_mm(g, pixel);
    z_min = std::min(z_min, z);
    z_max = std::max(z_max, z);
  }
  const double step = g.image_mm_per_px;
  const ColumnRange range = image_columns(g, encoder_min, encoder_max);
  ImageGrid grid;
  grid.mm_per_px = step;
  grid.columns = static_cast<int>(range.last - range.first + 1);
  grid.rows = static_cast<int>(std::floor((z_max - z_min) / step)) + 1;
  grid.x_first_mm = static_cast<double>(range.first) * step;
  grid.z_first_mm = z_max;
  grid.source_distance_mm = -g.source_y_mm;
  grid.source_z_mm = g.source_z_mm;
  return grid;
}

}  // namespace portcullis::core
