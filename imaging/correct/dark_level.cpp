#include "imaging/correct/dark_level.h"

#include <algorithm>
#include <cmath>

#include "core/assert.h"

namespace portcullis::imaging {

namespace {

constexpr double kTemperatureStepMin_c = 1.0;
constexpr double kObservedLinesMax = 256;  // older ones fade

}  // namespace

DarkLevel::DarkLevel(const core::CalibrationFrame& dark, const core::CalibrationFrame& second,
                     std::span<const std::uint8_t> bad, bool follow_temperature)
    : dark_(dark.mean_counts),
      per_c_(dark.mean_counts.size(), 0.0F),
      bad_(bad.begin(), bad.end()),
      temperature_c_(dark.temperature_c),
      follow_(follow_temperature) {
  const std::size_t pixels = dark_.size();
  const double step_c = second.temperature_c - dark.temperature_c;
  if (!follow_ || second.mean_counts.size() != pixels ||
      !(std::abs(step_c) >= kTemperatureStepMin_c))
    return;
  slope_known_ = true;
  const auto noise_of = [](const core::CalibrationFrame& f, std::size_t p) {
    return p < f.variance_counts2.size() && f.lines > 0
               ? static_cast<double>(f.variance_counts2[p]) / f.lines
               : 0.0;
  };
  double sum = 0, squares = 0, noise = 0, count = 0;
  for (std::size_t p = 0; p < pixels; ++p) {
    if (bad_[p] != 0) continue;
    const double slope =
        (static_cast<double>(second.mean_counts[p]) - static_cast<double>(dark_[p])) / step_c;
    sum += slope;
    squares += slope * slope;
    noise += (noise_of(dark, p) + noise_of(second, p)) / (step_c * step_c);
    count += 1;
  }
  if (count < 2) return;
  const double mean = sum / count;
  const double spread = std::max(0.0, squares / count - mean * mean);
  const double real = spread > 0 ? std::clamp(1 - noise / count / spread, 0.0, 1.0) : 0.0;
  for (std::size_t p = 0; p < pixels; ++p) {
    const double slope =
        (static_cast<double>(second.mean_counts[p]) - static_cast<double>(dark_[p])) / step_c;
    per_c_[p] = static_cast<float>(bad_[p] != 0 ? mean : mean + real * (slope - mean));
  }
}

void DarkLevel::apply(std::span<const std::uint32_t> samples, double temperature_c,
                      std::span<float> counts) const {
  PC_ASSERT(samples.size() == dark_.size() && counts.size() == dark_.size());
  const auto warmer = static_cast<float>(slope_known_ ? temperature_c - temperature_c_ : 0.0);
  const float offset = offset_;
  const std::uint32_t* s = samples.data();
  const float* d = dark_.data();
  const float* k = per_c_.data();
  float* c = counts.data();
  for (std::size_t p = 0; p < dark_.size(); ++p)
    c[p] = static_cast<float>(static_cast<std::int32_t>(s[p])) - (d[p] + k[p] * warmer + offset);
}

void DarkLevel::apply(std::span<const float> means, double temperature_c,
                      std::span<float> counts) const {
  PC_ASSERT(means.size() == dark_.size() && counts.size() == dark_.size());
  const auto warmer = static_cast<float>(slope_known_ ? temperature_c - temperature_c_ : 0.0);
  for (std::size_t p = 0; p < dark_.size(); ++p)
    counts[p] = means[p] - (dark_[p] + per_c_[p] * warmer);
}

void DarkLevel::observe(std::span<const float> counts) {
  if (!follow_ || slope_known_) return;
  double sum = 0, count = 0;
  for (std::size_t p = 0; p < counts.size(); ++p) {
    if (bad_[p] != 0) continue;
    sum += static_cast<double>(counts[p]);
    count += 1;
  }
  if (count < 1) return;
  lines_seen_ = std::min(lines_seen_ + 1, kObservedLinesMax);
  offset_ += static_cast<float>(sum / count / lines_seen_);
}

}  // namespace portcullis::imaging
