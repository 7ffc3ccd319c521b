#include "imaging/pipeline/live_level.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/assert.h"

namespace portcullis::imaging {

namespace {
constexpr double kLiveTopShare = 0.06;         ///< Of all pixels.
constexpr double kLiveLevelMax = 0.12;         ///< Further off air the rays are covered.
constexpr float kLiveAirTolerance = 0.05F;     ///< About their median.
constexpr double kLiveCoveredShareMax = 0.25;  ///< Of the uppermost pixels.
constexpr double kLiveOff = 0.015;
constexpr std::size_t kLiveFitMin = 6;
constexpr std::uint64_t kLivePulsesMax = 24;  ///< Older levels say nothing of now.
}  // namespace

LiveLevel::LiveLevel(const core::ScannerGeometry& geometry, std::span<const std::uint8_t> bad) {
  const std::size_t pixels = geometry.pixels.size();
  PC_ASSERT(bad.size() == pixels && pixels > 0);
  std::vector<std::uint32_t> order(pixels);
  std::iota(order.begin(), order.end(), 0U);
  std::vector<double> z_mm(pixels);
  double z_top = 1;
  for (std::size_t p = 0; p < pixels; ++p) {
    z_mm[p] = core::z_at_centre_line_mm(geometry, geometry.pixels[p]);
    z_top = std::max(z_top, geometry.pixels[p].z_mm);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return z_mm[a] > z_mm[b]; });
  const auto wanted = std::max<std::size_t>(
      8, static_cast<std::size_t>(kLiveTopShare * static_cast<double>(pixels)));
  for (std::size_t i = 0; i < pixels && top_.size() < wanted; ++i) {
    if (bad[order[i]] == 0) top_.push_back(order[i]);
  }
  scratch_.resize(top_.size());
  height_squared_.resize(pixels);
  for (std::size_t p = 0; p < pixels; ++p) {
    const double share = std::clamp(geometry.pixels[p].z_mm / z_top, 0.0, 1.0);
    height_squared_[p] = static_cast<float>(share * share);
  }
}

std::optional<double> LiveLevel::air_level(std::span<const float> transmission) noexcept {
  if (top_.empty()) return std::nullopt;
  for (std::size_t i = 0; i < top_.size(); ++i) scratch_[i] = transmission[top_[i]];
  const auto middle = scratch_.begin() + static_cast<std::ptrdiff_t>(scratch_.size() / 2);
  std::nth_element(scratch_.begin(), middle, scratch_.end());
  const float median = *middle;
  if (!(std::abs(static_cast<double>(median) - 1.0) < kLiveLevelMax)) return std::nullopt;
  double sum = 0;
  std::size_t count = 0;
  for (const float t : scratch_) {
    if (std::abs(t - median) > kLiveAirTolerance) continue;
    sum += static_cast<double>(t);
    ++count;
  }
  if (static_cast<double>(top_.size() - count) >
      kLiveCoveredShareMax * static_cast<double>(top_.size()))
    return std::nullopt;
  return sum / static_cast<double>(count) - 1.0;
}

double LiveLevel::expected(std::uint64_t pulse) const noexcept {
  double s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, t0 = 0, t1 = 0, t2 = 0;
  for (std::size_t i = 0; i < count_; ++i) {
    if (pulse - kept_[i].pulse > kLivePulsesMax) continue;
    const double x = -static_cast<double>(pulse - kept_[i].pulse);
    const double y = kept_[i].level;
    s0 += 1;
    s1 += x;
    s2 += x * x;
    s3 += x * x * x;
    s4 += x * x * x * x;
    t0 += y;
    t1 += y * x;
    t2 += y * x * x;
  }
  if (s0 <= 0) return smooth_;
  const double mean = t0 / s0;
  if (s0 < static_cast<double>(kLiveFitMin)) return mean;
  const double determinant =
      s0 * (s2 * s4 - s3 * s3) - s1 * (s1 * s4 - s2 * s3) + s2 * (s1 * s3 - s2 * s2);
  if (!(determinant > 1e-9 * s0 * s2 * s4)) return mean;
  const double at_now =
      t0 * (s2 * s4 - s3 * s3) - s1 * (t1 * s4 - t2 * s3) + s2 * (t1 * s3 - t2 * s2);
  return at_now / determinant;
}

void LiveLevel::keep(std::uint64_t pulse, double level) noexcept {
  kept_[next_] = {pulse, level};
  next_ = (next_ + 1) % kKept;
  count_ = std::min(count_ + 1, kKept);
}

LiveLevel::Level LiveLevel::add(std::uint64_t pulse, std::span<const float> transmission) noexcept {
  if (count_ > 0 && pulse <= kept_[(next_ + kKept - 1) % kKept].pulse)
    count_ = next_ = 0;  // a new count
  Level out;
  const auto level = air_level(transmission);
  if (!level) {
    out.sway = static_cast<float>(-smooth_);
    return out;
  }
  if (count_ >= kLiveFitMin && std::abs(*level - expected(pulse)) > kLiveOff) {
    // Three in a row are no arcs: the level has changed.
    if (++off_in_a_row_ < 3) {
      out.off = true;
      return out;
    }
    count_ = next_ = 0;
  }
  off_in_a_row_ = 0;
  keep(pulse, *level);
  smooth_ = expected(pulse);
  out.sway = static_cast<float>(-smooth_);
  out.pulse = static_cast<float>((1.0 + *level) / (1.0 + smooth_) - 1.0);
  return out;
}

void LiveLevel::apply(const Level& level, std::span<float> transmission) const noexcept {
  PC_ASSERT(transmission.size() == height_squared_.size());
  const float pulse = 1.0F / (1.0F + level.pulse);
  for (std::size_t p = 0; p < transmission.size(); ++p)
    transmission[p] *= pulse / (1.0F - level.sway * height_squared_[p]);
}

}  // namespace portcullis::imaging
