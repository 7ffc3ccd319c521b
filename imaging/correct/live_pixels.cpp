#include "imaging/correct/live_pixels.h"

#include <algorithm>
#include <cmath>

#include "core/assert.h"

namespace portcullis::imaging {

namespace {

constexpr std::size_t kJudgedLinesMin = 24;
constexpr std::size_t kLongLag_lines = 8;  // of one energy: 16 pulses
constexpr std::uint32_t kStuckRun = 48;
constexpr float kPhotons = 2e-5F;
constexpr float kFloor = 1e-9F;
constexpr float kNoisy = 8;
enum Suspicion : std::uint8_t { kClean, kDead, kHot, kNoise };

}  // namespace

LivePixels::LivePixels(const core::ScannerGeometry& geometry, std::span<const std::uint8_t> bad)
    : per_module_(geometry.pixels_per_module), bad_(bad.begin(), bad.end()) {
  const std::size_t n = bad_.size();
  last_.assign(n, 0);
  run_.assign(n, 0);
  suspect_.assign(n, kClean);
  for (auto* v : {&mean_, &below_, &above_, &off_, &short_, &long_, &ratio_}) v->assign(n, 0);
  sorted_.reserve(n);
}

void LivePixels::watch(std::span<const std::uint32_t> samples) {
  const std::size_t n = bad_.size();
  PC_ASSERT(samples.size() == n);
  for (std::size_t p = 0; p < n; ++p) {
    // Nothing at all is what the thickest places read; who is dead shows otherwise.
    run_[p] = samples[p] == last_[p] && samples[p] != 0 ? run_[p] + 1 : 0;
    last_[p] = samples[p];
  }
}

/// Means and jumps of the block for every pixel, against two neighbours on either side.
void LivePixels::measure(std::span<const float* const> lines) {
  const std::size_t n = bad_.size();
  const auto count = static_cast<float>(lines.size());
  for (auto* v : {&mean_, &below_, &above_, &off_, &short_, &long_}) {
    std::fill(v->begin(), v->end(), 0.0F);
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (std::size_t p = 0; p < n; ++p) mean_[p] += lines[i][p];
  }
  for (std::size_t p = 0; p < n; ++p) mean_[p] /= count;
  for (std::size_t p = 2; p + 2 < n; ++p) {
    below_[p] = 0.5F * (mean_[p - 1] + mean_[p - 2]);
    above_[p] = 0.5F * (mean_[p + 1] + mean_[p + 2]);
    off_[p] = mean_[p] - 0.5F * (mean_[p - 1] + mean_[p + 1]);
  }
  const auto jumps = [&](std::size_t lag, std::vector<float>& out) {
    for (std::size_t i = lag; i < lines.size(); ++i) {
      const float* a = lines[i];
      const float* b = lines[i - lag];
      for (std::size_t p = 1; p + 1 < n; ++p) {
        const float now = a[p] - 0.5F * (a[p - 1] + a[p + 1]);
        const float before = b[p] - 0.5F * (b[p - 1] + b[p + 1]);
        out[p] += std::abs(now - before);
      }
    }
    for (auto& v : out) v /= static_cast<float>(lines.size() - lag);
  };
  jumps(1, short_);
  jumps(kLongLag_lines, long_);
  for (std::size_t p = 0; p < n; ++p)
    ratio_[p] = short_[p] / std::sqrt(kPhotons * std::max(0.0F, mean_[p]) + kFloor);
}

bool LivePixels::judge(std::span<const float* const> lines) {
  const std::size_t n = bad_.size();
  if (lines.size() < kJudgedLinesMin || n < 5) return false;
  measure(lines);
  std::size_t in_air = 0;
  for (std::size_t p = 0; p < n; ++p) in_air += std::abs(mean_[p] - 1.0F) < 0.02F ? 1 : 0;
  const bool air = static_cast<double>(in_air) > 0.95 * static_cast<double>(n);
  const std::uint32_t before = found_.total();
  for (std::size_t first = 0; first < n; first += per_module_) {
    const std::size_t end = std::min(n, first + per_module_);
    sorted_.assign(ratio_.begin() + static_cast<std::ptrdiff_t>(first),
                   ratio_.begin() + static_cast<std::ptrdiff_t>(end));
    const auto middle = sorted_.begin() + static_cast<std::ptrdiff_t>(sorted_.size() / 2);
    std::nth_element(sorted_.begin(), middle, sorted_.end());
    const float usual = std::max(1.0F, *middle);
    for (std::size_t p = std::max<std::size_t>(2, first); p < std::min(end, n - 2); ++p) {
      if (bad_[p - 2] != 0 || bad_[p - 1] != 0 || bad_[p] != 0 || bad_[p + 1] != 0 ||
          bad_[p + 2] != 0)
        continue;
      const float darker = std::min(below_[p], above_[p]);
      const float brighter = std::max(below_[p], above_[p]);
      // A neighbour's jumps show in the difference too, at half: who jumps most is it.
      const bool loudest = short_[p] > 1.5F * std::max(short_[p - 1], short_[p + 1]);
      std::uint8_t now = kClean;
      if (darker > 0.05F && mean_[p] < 0.02F * darker)
        now = kDead;
      else if (mean_[p] > 1.3F && brighter < 1.1F)
        now = kHot;
      else if (ratio_[p] > kNoisy * usual && loudest && short_[p] > 0.7F * long_[p])
        now = kNoise;
      const bool again = now != kClean && suspect_[p] == now;
      suspect_[p] = now;
      const bool stuck =
          run_[p] >= kStuckRun && run_[p - 1] < kStuckRun / 4 && run_[p + 1] < kStuckRun / 4;
      const bool drifting = air && now == kClean && std::abs(off_[p]) > 0.008F &&
                            std::abs(off_[p]) > 1.5F * std::abs(off_[p - 1]) &&
                            std::abs(off_[p]) > 1.5F * std::abs(off_[p + 1]);
      if (!stuck && !again && !drifting) continue;
      bad_[p] = 1;
      if (stuck)
        ++found_.stuck;
      else if (drifting)
        ++found_.drifting;
      else if (now == kDead)
        ++found_.dead;
      else if (now == kHot)
        ++found_.hot;
      else
        ++found_.noisy;
    }
  }
  return found_.total() > before;
}

}  // namespace portcullis::imaging
