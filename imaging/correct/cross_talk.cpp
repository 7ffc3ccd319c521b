#include "imaging/correct/cross_talk.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/assert.h"

namespace portcullis::imaging {

namespace {

constexpr std::uint32_t kNoiseLinesMin = 100;
constexpr double kCrossTalkMin = 5e-4;
constexpr double kCrossTalkMax = 0.1;
constexpr std::size_t kTapsMax = 16;
constexpr std::size_t kModulePixelsMax = 256;

}  // namespace

std::optional<double> measure_cross_talk(const core::ScannerGeometry& geometry,
                                         const core::NeighbourNoise& noise,
                                         std::span<const std::uint8_t> bad) {
  const std::size_t pixels = geometry.pixels.size();
  const std::size_t per_module = geometry.pixels_per_module;
  if (noise.lines < kNoiseLinesMin || noise.variance.size() != pixels ||
      noise.next.size() != pixels || noise.second.size() != pixels)
    return std::nullopt;
  double c0 = 0, c1 = 0, c2 = 0, pairs = 0;
  for (std::size_t p = 0; p + 2 < pixels; ++p) {
    if (p / per_module != (p + 2) / per_module) continue;
    if (bad[p] != 0 || bad[p + 1] != 0 || bad[p + 2] != 0) continue;
    c0 += static_cast<double>(noise.variance[p]);
    c1 += static_cast<double>(noise.next[p]);
    c2 += static_cast<double>(noise.second[p]);
    pairs += 1;
  }
  if (!(c0 - c2 > 0)) return std::nullopt;
  const double ratio = (c1 - c2) / (c0 - c2);
  if (!(ratio > 0) || !(ratio < 0.25)) return std::nullopt;
  const double b = 2 + 4 * ratio;
  const double root = b * b - 20 * ratio * (1 + ratio);
  if (!(root >= 0)) return std::nullopt;
  const double share = (b - std::sqrt(root)) / (10 * (1 + ratio));
  // The ratio of noise that has nothing in common is uncertain by 1 / sqrt(lines * pairs).
  const double least = std::max(kCrossTalkMin, 2 / std::sqrt(noise.lines * pairs));
  if (!(share >= least) || !(share <= kCrossTalkMax)) return std::nullopt;
  return share;
}

CrossTalkRemoval::CrossTalkRemoval(double share, std::size_t pixels_per_module)
    : share_(share), per_module_(pixels_per_module) {
  PC_ASSERT(share > 0 && share <= kCrossTalkMax && pixels_per_module >= 1);
  const double middle = 1 - 2 * share;
  const double root = std::sqrt(middle * middle - 4 * share * share);
  const double ratio = (middle - root) / (2 * share);
  double power = 1;
  while (power > 1e-7 && kernel_.size() < kTapsMax) {
    kernel_.push_back(static_cast<float>((kernel_.size() % 2 == 0 ? 1 : -1) * power / root));
    power *= ratio;
  }
}

void CrossTalkRemoval::apply(std::span<float> module) const {
  const std::size_t n = module.size();
  PC_ASSERT(n == per_module_ && n <= kModulePixelsMax);
  const std::size_t reach = std::min(kernel_.size() - 1, n);
  std::array<float, kModulePixelsMax + 2 * kTapsMax> padded;
  float* y = padded.data() + reach;
  std::copy(module.begin(), module.end(), y);
  for (std::size_t k = 0; k < reach; ++k) {
    *(y - 1 - static_cast<std::ptrdiff_t>(k)) = module[k];
    y[n + k] = module[n - 1 - k];
  }
  float* x = module.data();
  for (std::size_t p = 0; p < n; ++p) x[p] = kernel_[0] * y[p];
  for (std::size_t k = 1; k <= reach; ++k) {
    const float weight = kernel_[k];
    const float* left = y - static_cast<std::ptrdiff_t>(k);
    const float* right = y + k;
    for (std::size_t p = 0; p < n; ++p) x[p] += weight * (left[p] + right[p]);
  }
}

}  // namespace portcullis::imaging
