#include "imaging/flag/load_features.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace portcullis::imaging {

namespace {

/// Less load than this along a ray is none.
constexpr float kLoadGCm2 = 2.0F;
constexpr double kInnerWidthCm = 235.2;
constexpr double kTextureMm = 80;
/// Classed as too thick in more than this share of a place: no class.
constexpr float kThickPlace = 0.5F;

class FeatureMeter {
 public:
  FeatureMeter(const WorkPlane& plane, const ContainerRegion& region, const Load& load)
      : plane_(plane), region_(region), load_(load), columns_(region.columns()) {}

  core::LoadFeatures measure() {
    spread_out();
    if (filled_.empty()) return features_;
    const auto count = static_cast<double>(filled_.size());
    features_.area_m2 = count * plane_.grid.mm_per_px * plane_.grid.mm_per_px / 1e6;
    features_.too_thick = static_cast<double>(thick_) / count;
    features_.density_kg_m3 = 1000 * sum_ / count / kInnerWidthCm;
    measure_texture();
    const auto at = [&](double share) { return static_cast<double>(quantile(filled_, share)); };
    features_.areal_g_cm2 = at(0.5);
    features_.areal_low_g_cm2 = at(0.1);
    features_.areal_high_g_cm2 = at(0.9);
    features_.unevenness =
        (features_.areal_high_g_cm2 - features_.areal_low_g_cm2) / features_.areal_g_cm2;
    return features_;
  }

 private:
  /// The load straight across, 0 where none counts, and the shares of its classes.
  void spread_out() {
    const int margin = load_.margin_columns;
    across_.assign(load_.mass_g_cm2.size(), 0.0F);
    double light = 0, metal = 0, heavy = 0, classed = 0;
    for (int r = 0; r < region_.rows(); ++r) {
      const float oblique = plane_.obliquity[static_cast<std::size_t>(region_.row_top + r)];
      for (int c = margin; c < columns_ - margin; ++c) {
        const std::size_t k = at(c, r);
        const std::size_t p = plane_.at(region_.column_front + c, region_.row_top + r);
        const float along = load_.mass_g_cm2[k];
        if (!(along > kLoadGCm2) || plane_.bad[p] != 0) continue;
        across_[k] = along / oblique;
        filled_.push_back(across_[k]);
        const auto across = static_cast<double>(across_[k]);
        sum_ += across;
        if (plane_.thick[p] > kThickPlace) {
          ++thick_;
          continue;
        }
        classed += across;
        light += across * static_cast<double>(plane_.light[p]);
        metal += across * static_cast<double>(plane_.metal[p]);
        heavy += across * static_cast<double>(plane_.heavy[p]);
      }
    }
    if (!(classed > 0)) return;
    features_.light_inorganic = light / classed;
    features_.metal = metal / classed;
    features_.heavy_metal = heavy / classed;
    features_.organic = std::max(0.0, 1 - (light + metal + heavy) / classed);
  }

  void measure_texture() {
    const int step = std::max(1, static_cast<int>(std::lround(kTextureMm / plane_.grid.mm_per_px)));
    double differences = 0, around = 0;
    for (int r = step; r + step < region_.rows(); ++r) {
      for (int c = step; c + step < columns_; ++c) {
        const float here = across_[at(c, r)];
        const float left = across_[at(c - step, r)], right = across_[at(c + step, r)];
        const float above = across_[at(c, r - step)], below = across_[at(c, r + step)];
        // At the load's outline the difference is of its shape, not of what it is.
        if (std::min({here, left, right, above, below}) <= 0) continue;
        differences += static_cast<double>(std::abs(here - (left + right + above + below) / 4));
        around += static_cast<double>(here);
      }
    }
    features_.texture = around > 0 ? differences / around : 0;
  }

  [[nodiscard]] std::size_t at(int column, int row) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) +
           static_cast<std::size_t>(column);
  }

  const WorkPlane& plane_;
  const ContainerRegion& region_;
  const Load& load_;
  int columns_;
  core::LoadFeatures features_;
  std::vector<float> across_, filled_;
  double sum_ = 0;
  std::size_t thick_ = 0;
};

}  // namespace

core::LoadFeatures load_features(const WorkPlane& plane, const ContainerRegion& region,
                                 const Load& load) {
  return FeatureMeter(plane, region, load).measure();
}

}  // namespace portcullis::imaging
