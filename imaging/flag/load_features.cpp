#include "imaging/flag/load_features.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "core/parallel.h"

namespace portcullis::imaging {

namespace {

/// Less load than this along a ray is none.
constexpr float kLoadGCm2 = 2.0F;
constexpr double kInnerWidthCm = 235.2;
constexpr double kTextureMm = 80;
/// Classed as too thick in more than this share of a place: no class.
constexpr float kThickPlace = 0.5F;

constexpr std::size_t kRowGrain = 16;

/// What is summed over a row. Rows are summed in their order: the same on any number of threads.
struct RowSums {
  std::size_t places = 0, thick = 0;
  double across = 0, classed = 0, light = 0, metal = 0, heavy = 0;
  double differences = 0, around = 0;  ///< Of the texture.
};

class FeatureMeter {
 public:
  FeatureMeter(const WorkPlane& plane, const ContainerRegion& region, const Load& load)
      : plane_(plane),
        region_(region),
        load_(load),
        columns_(region.columns()),
        across_(load.mass_g_cm2.size(), 0.0F),
        rows_(static_cast<std::size_t>(std::max(0, region.rows()))) {}

  core::LoadFeatures measure() {
    over_rows([this](int r, RowSums& sums) { spread_out(r, sums); });
    over_rows([this](int r, RowSums& sums) { measure_texture(r, sums); });
    RowSums all;
    for (const RowSums& row : rows_) {
      all.places += row.places;
      all.thick += row.thick;
      all.across += row.across;
      all.classed += row.classed;
      all.light += row.light;
      all.metal += row.metal;
      all.heavy += row.heavy;
      all.differences += row.differences;
      all.around += row.around;
    }
    core::LoadFeatures features;
    if (all.places == 0) return features;
    const auto count = static_cast<double>(all.places);
    features.area_m2 = count * plane_.grid.mm_per_px * plane_.grid.mm_per_px / 1e6;
    features.too_thick = static_cast<double>(all.thick) / count;
    features.density_kg_m3 = 1000 * all.across / count / kInnerWidthCm;
    features.texture = all.around > 0 ? all.differences / all.around : 0;
    if (all.classed > 0) {
      features.light_inorganic = all.light / all.classed;
      features.metal = all.metal / all.classed;
      features.heavy_metal = all.heavy / all.classed;
      features.organic = std::max(0.0, 1 - (all.light + all.metal + all.heavy) / all.classed);
    }
    measure_spread(all.places, features);
    return features;
  }

 private:
  template <class Body>
  void over_rows(const Body& body) {
    core::parallel_for(rows_.size(), kRowGrain, [&](std::size_t first, std::size_t last) {
      for (std::size_t r = first; r < last; ++r) body(static_cast<int>(r), rows_[r]);
    });
  }

  /// The load straight across, 0 where none counts, and the shares of its classes.
  void spread_out(int r, RowSums& sums) {
    const float oblique = plane_.obliquity[static_cast<std::size_t>(region_.row_top + r)];
    const int margin = load_.margin_columns;
    for (int c = margin; c < columns_ - margin; ++c) {
      const std::size_t k = at(c, r);
      const std::size_t p = plane_.at(region_.column_front + c, region_.row_top + r);
      const float along = load_.mass_g_cm2[k];
      if (!(along > kLoadGCm2) || plane_.bad[p] != 0) continue;
      across_[k] = along / oblique;
      ++sums.places;
      const auto across = static_cast<double>(across_[k]);
      sums.across += across;
      if (plane_.thick[p] > kThickPlace) {
        ++sums.thick;
        continue;
      }
      sums.classed += across;
      sums.light += across * static_cast<double>(plane_.light[p]);
      sums.metal += across * static_cast<double>(plane_.metal[p]);
      sums.heavy += across * static_cast<double>(plane_.heavy[p]);
    }
  }

  void measure_texture(int r, RowSums& sums) const {
    const int step = std::max(1, static_cast<int>(std::lround(kTextureMm / plane_.grid.mm_per_px)));
    if (r < step || r + step >= region_.rows()) return;
    for (int c = step; c + step < columns_; ++c) {
      const float here = across_[at(c, r)];
      const float left = across_[at(c - step, r)], right = across_[at(c + step, r)];
      const float above = across_[at(c, r - step)], below = across_[at(c, r + step)];
      // At the load's outline the difference is of its shape, not of what it is.
      if (std::min({here, left, right, above, below}) <= 0) continue;
      sums.differences += static_cast<double>(std::abs(here - (left + right + above + below) / 4));
      sums.around += static_cast<double>(here);
    }
  }

  void measure_spread(std::size_t places, core::LoadFeatures& features) const {
    std::vector<float> filled;
    filled.reserve(places);
    for (const float value : across_)
      if (value > 0) filled.push_back(value);
    const auto at_share = [&](double share) {
      return static_cast<double>(quantile(filled, share));
    };
    features.areal_g_cm2 = at_share(0.5);
    features.areal_low_g_cm2 = at_share(0.1);
    features.areal_high_g_cm2 = at_share(0.9);
    features.unevenness =
        (features.areal_high_g_cm2 - features.areal_low_g_cm2) / features.areal_g_cm2;
  }

  [[nodiscard]] std::size_t at(int column, int row) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) +
           static_cast<std::size_t>(column);
  }

  const WorkPlane& plane_;
  const ContainerRegion& region_;
  const Load& load_;
  int columns_;
  std::vector<float> across_;
  std::vector<RowSums> rows_;
};

}  // namespace

core::LoadFeatures load_features(const WorkPlane& plane, const ContainerRegion& region,
                                 const Load& load) {
  return FeatureMeter(plane, region, load).measure();
}

}  // namespace portcullis::imaging
