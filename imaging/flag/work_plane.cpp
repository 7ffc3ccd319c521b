#include "imaging/flag/work_plane.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/huge_pages.h"
#include "core/parallel.h"

namespace portcullis::imaging {

namespace {

constexpr double kWorkPixelMm = 8.0;
constexpr int kFactorMax = 64;  ///< Divides the blocks' 256 columns.
constexpr float kLogLeast = 1e-7F;
/// From so many values on, a quantile counts in steps before it selects.
constexpr std::size_t kSelectBySteps = 512;
constexpr int kSteps = 1024;

int factor_of(double mm_per_px) {
  int factor = 1;
  while (factor < kFactorMax &&
         2.0 * factor * factor * mm_per_px * mm_per_px <= kWorkPixelMm * kWorkPixelMm)
    factor *= 2;
  return factor;
}

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

WorkPlaneBuilder::WorkPlaneBuilder(double mm_per_px, int rows, int columns_expected)
    : factor_(factor_of(mm_per_px)),
      rows_(rows),
      columns_(static_cast<std::size_t>(rows / factor_),
               static_cast<std::size_t>(std::max(1, columns_expected / factor_ + 1))) {
  core::parallel_for(kPlanes, 1, [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) core::zeroed_on_huge_pages(values_[i], columns_.size());
  });
  core::zeroed_on_huge_pages(measured_, columns_.size());
}

void WorkPlaneBuilder::move(const GrowingColumns::Move& by) {
  core::parallel_for(kPlanes + 1, 1, [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      if (i == kPlanes)
        move_columns(by, measured_);
      else
        move_columns(by, values_[i]);
    }
  });
}

void WorkPlaneBuilder::add(const ImageBlock& block) {
  scatter_left_ = block.scatter_left;
  const std::int64_t f64 = factor_;
  const auto below = [&](std::int64_t k) { return k >= 0 ? k / f64 : -((-k + f64 - 1) / f64); };
  const std::int64_t first = below(block.first_column + f64 - 1);
  const std::int64_t end = below(block.first_column + block.columns);
  if (end <= first) return;
  const auto columns = static_cast<std::size_t>(end - first);
  if (const auto by = columns_.take_in(first, columns); !by.none()) move(by);
  const std::size_t at = columns_.offset_of(first);
  const auto f = static_cast<std::size_t>(factor_);
  const auto offset = static_cast<std::size_t>(first * f64 - block.first_column);
  core::parallel_for(columns_.rows(), 8, [&](std::size_t begin, std::size_t stop) {
    for (std::size_t r = begin; r < stop; ++r) {
      for (std::size_t c = 0; c < columns; ++c) {
        float high = 0, low = 0, mass = 0;
        int good = 0, thick = 0, heavy = 0, metal = 0, light = 0;
        const std::size_t corner = r * f * block.stride + offset + c * f;
        for (std::size_t i = 0; i < f; ++i) {
          for (std::size_t j = 0; j < f; ++j) {
            const std::size_t k = corner + i * block.stride + j;
            if (block.bad[k] != 0) continue;
            ++good;
            high += block.transmission_high[k];
            low += block.transmission_low[k];
            mass += block.mass_g_cm2[k];
            const auto m = static_cast<Material>(block.material[k]);
            thick += m == Material::kTooThick ? 1 : 0;
            heavy += m == Material::kHeavyMetal ? 1 : 0;
            metal += m == Material::kMetal ? 1 : 0;
            light += m == Material::kLightInorganic ? 1 : 0;
          }
        }
        const std::size_t k = r * columns_.stride() + at + c;
        measured_[k] = 2 * static_cast<std::size_t>(good) < f * f ? 0 : 1;
        if (good == 0) {
          // Interpolated by imaging for the eye; good enough for the background, never a finding.
          const std::size_t centre = corner + f / 2 * block.stride + f / 2;
          high = block.transmission_high[centre];
          low = block.transmission_low[centre];
          mass = block.mass_g_cm2[centre];
          good = 1;
        }
        const auto n = static_cast<float>(good);
        values_[0][k] = -std::log(std::max(high / n, kLogLeast));
        values_[1][k] = -std::log(std::max(low / n, kLogLeast));
        values_[2][k] = mass / n;
        values_[3][k] = static_cast<float>(thick) / n;
        values_[4][k] = static_cast<float>(heavy) / n;
        values_[5][k] = static_cast<float>(metal) / n;
        values_[6][k] = static_cast<float>(light) / n;
      }
    }
  });
}

WorkPlane WorkPlaneBuilder::take(const core::ImageGrid& grid, std::span<const float> obliquity) {
  WorkPlane plane;
  plane.factor = factor_;
  plane.scatter_left = scatter_left_;
  const std::int64_t first = columns_.first();
  plane.first_px = static_cast<int>(first * factor_ - first_column_of(grid));
  plane.grid.columns = static_cast<int>(columns_.width());
  plane.grid.rows = rows_ / factor_;
  plane.grid.mm_per_px = grid.mm_per_px * factor_;
  plane.grid.x_first_mm = grid.x_mm(plane.first_px + (factor_ - 1) * 0.5);
  plane.grid.z_first_mm = grid.z_mm((factor_ - 1) * 0.5);
  const auto rows = static_cast<std::size_t>(plane.grid.rows);
  const auto f = static_cast<std::size_t>(factor_);
  move(columns_.close());
  plane.high = std::move(values_[0]);
  plane.low = std::move(values_[1]);
  plane.mass_g_cm2 = std::move(values_[2]);
  plane.thick = std::move(values_[3]);
  plane.heavy = std::move(values_[4]);
  plane.metal = std::move(values_[5]);
  plane.light = std::move(values_[6]);
  plane.bad = std::move(measured_);
  for (auto& one : plane.bad) one = one != 0 ? 0 : 1;
  plane.obliquity.resize(rows);
  for (std::size_t r = 0; r < rows; ++r) {
    float sum = 0;
    for (std::size_t i = 0; i < f; ++i) sum += obliquity[r * f + i];
    plane.obliquity[r] = sum / static_cast<float>(f);
  }
  if (rows > 0) find_apex(plane);
  return plane;
}

WorkPlane make_work_plane(const Images& images) {
  WorkPlaneBuilder builder(images.grid.mm_per_px, images.grid.rows, images.grid.columns);
  builder.add(whole_block(images));
  return builder.take(images.grid, images.obliquity);
}

core::PixelBox WorkPlane::image_box(const core::PixelBox& box,
                                    const core::ImageGrid& images) const {
  core::PixelBox out{first_px + box.x * factor, box.y * factor, box.w * factor, box.h * factor};
  out.x = std::clamp(out.x, 0, std::max(0, images.columns - 1));
  out.y = std::clamp(out.y, 0, std::max(0, images.rows - 1));
  out.w = std::min(out.w, images.columns - out.x);
  out.h = std::min(out.h, images.rows - out.y);
  return out;
}

core::MillimetreBox millimetre_box(const core::ImageGrid& grid, const core::PixelBox& box) {
  return {grid.x_mm(box.x - 0.5), grid.z_mm(box.y + box.h - 0.5), box.w * grid.mm_per_px,
          box.h * grid.mm_per_px};
}

float quantile(std::vector<float>& values, double share) {
  if (values.empty()) return 0;
  const auto k = static_cast<std::size_t>(
      std::lround(std::clamp(share, 0.0, 1.0) * static_cast<double>(values.size() - 1)));
  const auto chosen = [&](std::size_t rank, std::size_t count) {
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(rank);
    std::nth_element(values.begin(), at, values.begin() + static_cast<std::ptrdiff_t>(count));
    return *at;
  };
  if (values.size() < kSelectBySteps) return chosen(k, values.size());
  // Counted in equal steps first, of which then one alone is looked into: the step of a value only
  // grows with it, so those of one step follow each other in order.
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  const float origin = *least;
  const float scale = static_cast<float>(kSteps - 1) / (*most - origin);
  if (!(scale > 0) || !std::isfinite(scale)) return chosen(k, values.size());
  const auto step_of = [&](float value) {
    return static_cast<std::size_t>(
        std::min(static_cast<std::int32_t>((value - origin) * scale), kSteps - 1));
  };
  std::array<std::uint32_t, kSteps> counts{};
  for (const float value : values) ++counts[step_of(value)];
  std::size_t below = 0;
  std::size_t step = 0;
  while (below + counts[step] <= k) below += counts[step++];
  std::size_t inside = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (step_of(values[i]) == step) std::swap(values[inside++], values[i]);
  }
  return chosen(k - below, inside);
}

}  // namespace portcullis::imaging
