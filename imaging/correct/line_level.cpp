#include "imaging/correct/line_level.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/assert.h"

namespace portcullis::imaging {

namespace {

constexpr double kTopShare = 0.06;         ///< Of all pixels.
constexpr float kAirTolerance = 0.05F;     ///< About the median of the uppermost rays,
constexpr double kLevelMax = 0.12;         ///< which lies this near to air, or they are covered.
constexpr double kCoveredShareMax = 0.25;  ///< Of the uppermost pixels.
constexpr double kOff = 0.01;
constexpr double kOffAtEnds = 0.05;
constexpr float kLevelNone = std::numeric_limits<float>::quiet_NaN();

/// Value at 0 of the parabola through the points by least squares; a mean where there are few.
double parabola_at_zero(std::span<const double> x, std::span<const double> y) {
  double s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, t0 = 0, t1 = 0, t2 = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double xx = x[i] * x[i];
    s0 += 1;
    s1 += x[i];
    s2 += xx;
    s3 += xx * x[i];
    s4 += xx * xx;
    t0 += y[i];
    t1 += y[i] * x[i];
    t2 += y[i] * xx;
  }
  const double mean = s0 > 0 ? t0 / s0 : 0;
  if (x.size() < 8) return mean;
  const double determinant =
      s0 * (s2 * s4 - s3 * s3) - s1 * (s1 * s4 - s2 * s3) + s2 * (s1 * s3 - s2 * s2);
  const double value =
      t0 * (s2 * s4 - s3 * s3) - s1 * (t1 * s4 - t2 * s3) + s2 * (t1 * s3 - t2 * s2);
  // All on one side: a parabola would be drawn out beyond its points.
  if (!(determinant > 1e-6 * s0 * s2 * s4) || x.front() > -3 || x.back() < 3) return mean;
  return value / determinant;
}

/// Takes out what stands further from the window's median than sway can move it in that time.
void drop_outliers(std::vector<double>& x, std::vector<double>& y) {
  if (y.size() < 3) return;
  std::vector<double> sorted = y;
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
  std::nth_element(sorted.begin(), middle, sorted.end());
  const double median = *middle;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    if (std::abs(y[i] - median) > kOff) continue;
    x[kept] = x[i];
    y[kept] = y[i];
    ++kept;
  }
  x.resize(kept);
  y.resize(kept);
}

}  // namespace

LineLevels::LineLevels(const core::ScannerGeometry& geometry, std::span<const std::uint8_t> bad) {
  const std::size_t pixels = geometry.pixels.size();
  PC_ASSERT(bad.size() == pixels && pixels > 0);
  std::vector<std::uint32_t> order(pixels);
  std::iota(order.begin(), order.end(), 0U);
  std::vector<double> z_mm(pixels);
  double z_top = -1e300;
  double z_foot = 1e300;
  for (std::size_t p = 0; p < pixels; ++p) {
    z_mm[p] = core::z_at_centre_line_mm(geometry, geometry.pixels[p]);
    z_top = std::max(z_top, geometry.pixels[p].z_mm);
    z_foot = std::min(z_foot, geometry.pixels[p].z_mm);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return z_mm[a] > z_mm[b]; });
  const auto wanted =
      std::max<std::size_t>(8, static_cast<std::size_t>(kTopShare * static_cast<double>(pixels)));
  for (std::size_t i = 0; i < pixels && top_.size() < wanted; ++i) {
    if (bad[order[i]] == 0) top_.push_back(order[i]);
  }
  height_squared_.resize(pixels);
  for (std::size_t p = 0; p < pixels; ++p) {
    const double share =
        z_top > z_foot ? (geometry.pixels[p].z_mm - z_foot) / (z_top - z_foot) : 0.0;
    height_squared_[p] = static_cast<float>(share * share);
  }
}

float LineLevels::air_level(std::span<const float> transmission) const {
  std::vector<float> values(top_.size());
  for (std::size_t i = 0; i < top_.size(); ++i) values[i] = transmission[top_[i]];
  if (values.empty()) return kLevelNone;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  const float median = *middle;
  if (!(std::abs(static_cast<double>(median) - 1.0) < kLevelMax)) return kLevelNone;
  double sum = 0;
  std::size_t count = 0;
  for (const float t : values) {
    if (std::abs(t - median) > kAirTolerance) continue;
    sum += static_cast<double>(t);
    ++count;
  }
  if (static_cast<double>(top_.size() - count) >
      kCoveredShareMax * static_cast<double>(top_.size()))
    return kLevelNone;
  return static_cast<float>(sum / static_cast<double>(count) - 1.0);
}

LineLevel LineLevels::at(std::span<const float> levels, std::size_t centre, float smooth_last) {
  PC_ASSERT(centre < levels.size());
  std::vector<double> x, y;
  x.reserve(levels.size());
  y.reserve(levels.size());
  for (std::size_t k = 0; k < levels.size(); ++k) {
    if (std::isnan(levels[k])) continue;
    x.push_back(static_cast<double>(k) - static_cast<double>(centre));
    y.push_back(static_cast<double>(levels[k]));
  }
  drop_outliers(x, y);
  const double smooth = x.empty() ? static_cast<double>(smooth_last) : parabola_at_zero(x, y);
  LineLevel out;
  out.sway = static_cast<float>(-smooth);
  if (std::isnan(levels[centre])) return out;
  const auto level = static_cast<double>(levels[centre]);
  // At either end of a scan the window is one-sided, and sway alone can do as much.
  const bool ends =
      centre < 3 || levels.size() - centre <= 3 || x.empty() || x.front() > -3 || x.back() < 3;
  out.off = std::abs(level - smooth) > (ends ? kOffAtEnds : kOff);
  out.pulse = static_cast<float>((1.0 + level) / (1.0 + smooth) - 1.0);
  return out;
}

void LineLevels::apply(const LineLevel& level, std::span<float> transmission) const {
  PC_ASSERT(transmission.size() == height_squared_.size());
  const float pulse = 1.0F / (1.0F + level.pulse);
  for (std::size_t p = 0; p < transmission.size(); ++p) {
    transmission[p] *= pulse / (1.0F - level.sway * height_squared_[p]);
  }
}

}  // namespace portcullis::imaging
