#include "imaging/correct/noise_gauge.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/assert.h"

namespace portcullis::imaging {

double photon_variance_in_air(std::span<const float> transmission, std::size_t pixels,
                              std::span<const std::uint8_t> bad) {
  PC_ASSERT(pixels > 0 && bad.size() == pixels && transmission.size() % pixels == 0);
  const std::size_t lines = std::min<std::size_t>(256, transmission.size() / pixels);
  std::vector<float> differences;
  const auto is_air = [](float t) { return std::abs(t - 1.0F) < 0.05F; };
  for (std::size_t i = 0; i + 1 < lines; i += 2) {
    const float* a = &transmission[i * pixels];
    const float* b = a + pixels;
    for (std::size_t p = 0; p + 1 < pixels; p += 2) {
      if (bad[p] != 0 || bad[p + 1] != 0) continue;
      if (!is_air(a[p]) || !is_air(a[p + 1]) || !is_air(b[p]) || !is_air(b[p + 1])) continue;
      differences.push_back(std::abs((a[p] - a[p + 1]) - (b[p] - b[p + 1])));
    }
  }
  if (differences.size() < 500) return kPhotonVarianceUsual;
  const auto middle = differences.begin() + static_cast<std::ptrdiff_t>(differences.size() / 2);
  std::nth_element(differences.begin(), middle, differences.end());
  // Median of |x| of a gaussian is 0.6745 sigma; four measurements make up a difference.
  const double sigma = static_cast<double>(*middle) / 0.6745 / 2.0;
  const double variance = std::clamp(sigma * sigma, 1e-7, 1e-2);
  double unit = 1e-8;  // a tenth of the variance's power of ten
  while (100 * unit <= variance) unit *= 10;
  return std::round(variance / unit) * unit;
}

}  // namespace portcullis::imaging
