#include "imaging/flag/work_plane.h"

#include <algorithm>
#include <cmath>

#include "core/parallel.h"

namespace portcullis::imaging {

namespace {

constexpr double kWorkPixelMm = 8.0;
constexpr float kTransmissionLeast = 1e-7F;

/// The fan's apex from the rows' obliquity: 1/cos = sqrt(1 + ((z - z0) / d)^2).
void find_apex(WorkPlane& plane) {
  plane.source_z_mm = plane.grid.z_mm(plane.grid.rows - 1);
  plane.source_distance_mm = 1e9;
  if (plane.obliquity.size() < 2) return;
  const auto tangent = [&](int row) {
    const double o =
        std::max(1.0, static_cast<double>(plane.obliquity[static_cast<std::size_t>(row)]));
    return std::sqrt(o * o - 1);
  };
  int least = 0;
  for (int r = 1; r < plane.grid.rows; ++r) {
    if (plane.obliquity[static_cast<std::size_t>(r)] <
        plane.obliquity[static_cast<std::size_t>(least)])
      least = r;
  }
  // Two rows well above the apex give both unknowns: the tangent is linear in z there.
  const int top = 0;
  const int middle = (top + least) / 2;
  const double rise = tangent(top) - tangent(middle);
  const double run_mm = plane.grid.z_mm(top) - plane.grid.z_mm(middle);
  if (rise <= 1e-4 || run_mm <= 0) return;
  plane.source_distance_mm = run_mm / rise;
  plane.source_z_mm = plane.grid.z_mm(top) - tangent(top) * plane.source_distance_mm;
}

}  // namespace

WorkPlane make_work_plane(const Images& images) {
  WorkPlane plane;
  const int factor =
      std::max(1, static_cast<int>(std::lround(kWorkPixelMm / images.grid.mm_per_px)));
  plane.factor = factor;
  plane.grid.columns = images.grid.columns / factor;
  plane.grid.rows = images.grid.rows / factor;
  plane.grid.mm_per_px = images.grid.mm_per_px * factor;
  plane.grid.x_first_mm = images.grid.x_mm((factor - 1) * 0.5);
  plane.grid.z_first_mm = images.grid.z_mm((factor - 1) * 0.5);
  const auto columns = static_cast<std::size_t>(plane.grid.columns);
  const auto rows = static_cast<std::size_t>(plane.grid.rows);
  const std::size_t size = columns * rows;
  for (auto* v :
       {&plane.high, &plane.low, &plane.mass_g_cm2, &plane.thick, &plane.heavy, &plane.metal})
    v->resize(size);
  plane.bad.resize(size);
  plane.obliquity.resize(rows);
  const auto f = static_cast<std::size_t>(factor);
  const auto stride = static_cast<std::size_t>(images.grid.columns);
  core::parallel_for(rows, 8, [&](std::size_t begin, std::size_t end) {
    for (std::size_t r = begin; r < end; ++r) {
      float obliquity = 0;
      for (std::size_t i = 0; i < f; ++i) obliquity += images.obliquity[r * f + i];
      plane.obliquity[r] = obliquity / static_cast<float>(f);
      for (std::size_t c = 0; c < columns; ++c) {
        float high = 0, low = 0, mass = 0;
        int good = 0, thick = 0, heavy = 0, metal = 0;
        for (std::size_t i = 0; i < f; ++i) {
          for (std::size_t j = 0; j < f; ++j) {
            const std::size_t k = (r * f + i) * stride + c * f + j;
            if (images.bad[k] != 0) continue;
            ++good;
            high += images.transmission_high[k];
            low += images.transmission_low[k];
            mass += images.mass_g_cm2[k];
            const auto m = static_cast<Material>(images.material[k]);
            thick += m == Material::kTooThick ? 1 : 0;
            heavy += m == Material::kHeavyMetal ? 1 : 0;
            metal += m == Material::kMetal ? 1 : 0;
          }
        }
        const std::size_t k = r * columns + c;
        plane.bad[k] = 2 * static_cast<std::size_t>(good) < f * f ? 1 : 0;
        if (good == 0) {
          // Interpolated by imaging for the eye; good enough for the background, never a finding.
          const std::size_t centre = (r * f + f / 2) * stride + c * f + f / 2;
          high = images.transmission_high[centre];
          low = images.transmission_low[centre];
          mass = images.mass_g_cm2[centre];
          good = 1;
        }
        const auto n = static_cast<float>(good);
        plane.high[k] = -std::log(std::max(high / n, kTransmissionLeast));
        plane.low[k] = -std::log(std::max(low / n, kTransmissionLeast));
        plane.mass_g_cm2[k] = mass / n;
        plane.thick[k] = static_cast<float>(thick) / n;
        plane.heavy[k] = static_cast<float>(heavy) / n;
        plane.metal[k] = static_cast<float>(metal) / n;
      }
    }
  });
  find_apex(plane);
  return plane;
}

core::PixelBox WorkPlane::image_box(const core::PixelBox& box, const Images& images) const {
  core::PixelBox out{box.x * factor, box.y * factor, box.w * factor, box.h * factor};
  out.x = std::clamp(out.x, 0, std::max(0, images.grid.columns - 1));
  out.y = std::clamp(out.y, 0, std::max(0, images.grid.rows - 1));
  out.w = std::min(out.w, images.grid.columns - out.x);
  out.h = std::min(out.h, images.grid.rows - out.y);
  return out;
}

core::MillimetreBox millimetre_box(const core::ImageGrid& grid, const core::PixelBox& box) {
  return {grid.x_mm(box.x - 0.5), grid.z_mm(box.y + box.h - 0.5), box.w * grid.mm_per_px,
          box.h * grid.mm_per_px};
}

float quantile(std::vector<float>& values, double share) {
  if (values.empty()) return 0;
  const auto k = static_cast<std::size_t>(
      std::clamp(share, 0.0, 1.0) * static_cast<double>(values.size() - 1) + 0.5);
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(k), values.end());
  return values[k];
}

}  // namespace portcullis::imaging
