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
constexpr float kBright = 0.05F;  // what a dead pixel's neighbours see at least
constexpr float kAlone = 0.6F;    // they, of those beyond them: no shadow reaches them
constexpr float kDeadOfCrossTalk = 0.4F;
constexpr float kDeadShare = 0.003F;  // of the neighbours, where cross-talk is not known
constexpr double kCrossTalkKnown = 0.004;
constexpr float kDarkShare = 0.02F;
constexpr float kLitShare = 0.8F;
constexpr float kAgree = 0.65F;     // correlation of the energies' jumps
constexpr float kNoiseOff = 0.35F;  // of the jumps: twice what the mean of 32 lines varies by
constexpr float kDrift = 0.008F;
constexpr float kDriftAlike = 0.12F;  // of it; a load's share differs by 0.16 and more

float beside(const float* line, std::size_t p) {
  return 0.5F * (line[p - 1] + line[p + 1]);
}

}  // namespace

LivePixels::LivePixels(const core::ScannerGeometry& geometry, std::span<const std::uint8_t> bad,
                       double cross_talk)
    : per_module_(geometry.pixels_per_module),
      cross_talk_(cross_talk > kCrossTalkKnown ? static_cast<float>(cross_talk) : 0.0F),
      bad_(bad.begin(), bad.end()) {
  const std::size_t n = bad_.size();
  last_.assign(n, 0);
  run_.assign(n, 0);
  suspect_.assign(n, kClean);
  went_out_.assign(n, 0);
  off_since_start_.assign(n, 1);
  noisy_blocks_.assign(n, 0);
  last_share_.assign(n, 1);
  for (auto* block : {&high_, &low_})
    for (auto* v : {&block->mean, &block->off, &block->jumps}) v->assign(n, 0);
  for (auto* v : {&long_, &ratio_}) v->assign(n, 0);
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

/// Means, difference of them to the neighbours', and its jumps from line to line.
void LivePixels::measure(std::span<const float* const> lines, Block& block) const {
  const std::size_t n = bad_.size();
  for (auto* v : {&block.mean, &block.off, &block.jumps}) std::fill(v->begin(), v->end(), 0.0F);
  for (const float* line : lines)
    for (std::size_t p = 0; p < n; ++p) block.mean[p] += line[p];
  for (auto& v : block.mean) v /= static_cast<float>(lines.size());
  for (std::size_t p = 1; p + 1 < n; ++p)
    block.off[p] = block.mean[p] - beside(block.mean.data(), p);
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const float* a = lines[i];
    const float* b = lines[i - 1];
    for (std::size_t p = 1; p + 1 < n; ++p)
      block.jumps[p] += std::abs((a[p] - beside(a, p)) - (b[p] - beside(b, p)));
  }
  for (auto& v : block.jumps) v /= static_cast<float>(lines.size() - 1);
}

void LivePixels::measure_high(std::span<const float* const> high) {
  const std::size_t n = bad_.size();
  measure(high, high_);
  std::fill(long_.begin(), long_.end(), 0.0F);
  for (std::size_t i = kLongLag_lines; i < high.size(); ++i) {
    const float* a = high[i];
    const float* b = high[i - kLongLag_lines];
    for (std::size_t p = 1; p + 1 < n; ++p)
      long_[p] += std::abs((a[p] - beside(a, p)) - (b[p] - beside(b, p)));
  }
  for (auto& v : long_) v /= static_cast<float>(high.size() - kLongLag_lines);
  for (std::size_t p = 0; p < n; ++p)
    ratio_[p] = high_.jumps[p] / std::sqrt(kPhotons * std::max(0.0F, high_.mean[p]) + kFloor);
}

bool LivePixels::in_air() const {
  std::size_t count = 0;
  for (const float t : high_.mean) count += std::abs(t - 1.0F) < 0.02F ? 1 : 0;
  return static_cast<double>(count) > 0.95 * static_cast<double>(high_.mean.size());
}

/// Neither own light nor its neighbours', while these are bright and in nobody's shadow.
bool LivePixels::nothing_seen(const Block& block, std::size_t p) const {
  const auto& t = block.mean;
  const bool alone = t[p - 1] > kBright && t[p + 1] > kBright && t[p - 1] > kAlone * t[p - 2] &&
                     t[p + 1] > kAlone * t[p + 2];
  if (!alone) return false;
  // A module's first and last pixel have one neighbour.
  float light = 0;
  if (p % per_module_ > 0) light += cross_talk_ * t[p - 1];
  if ((p + 1) % per_module_ > 0) light += cross_talk_ * t[p + 1];
  const float limit = light > 0 ? kDeadOfCrossTalk * light : kDeadShare * beside(t.data(), p);
  return t[p] < limit;
}

bool LivePixels::went_out_at_once(std::span<const float* const> high, std::size_t p) const {
  float before = last_share_[p];
  for (const float* line : high) {
    const float around = std::max(kBright, beside(line, p));
    const float share = line[p] / around;
    if (share < kDarkShare) return before > kLitShare;
    before = share;
  }
  return false;
}

/// Noise leaves the mean what it is; things that stand in the way darken it.
bool LivePixels::even_noise(const Block& block, std::size_t p) {
  return std::abs(block.off[p]) < kNoiseOff * block.jumps[p];
}

/// Whether what jumps is seen by the lines of the other energy in between.
bool LivePixels::energies_agree(std::span<const float* const> high,
                                std::span<const float* const> low, std::size_t p) const {
  const std::size_t count = std::min(high.size(), low.size());
  double hh = 0, ll = 0, hl = 0;
  for (std::size_t i = 1; i < count; ++i) {
    const auto jump = [p](const float* a, const float* b) {
      return static_cast<double>((a[p] - beside(a, p)) - (b[p] - beside(b, p)));
    };
    const double h = jump(high[i], high[i - 1]);
    const double l = jump(low[i], low[i - 1]);
    hh += h * h;
    ll += l * l;
    hl += h * l;
  }
  return hl > static_cast<double>(kAgree) * std::sqrt(hh * ll);
}

LivePixels::Suspicion LivePixels::suspicion(std::span<const float* const> high,
                                            std::span<const float* const> low, std::size_t p,
                                            float usual) const {
  if (nothing_seen(high_, p) && nothing_seen(low_, p) && (cross_talk_ > 0 || went_out_[p] != 0))
    return kDead;
  const float brighter = std::max(0.5F * (high_.mean[p - 1] + high_.mean[p - 2]),
                                  0.5F * (high_.mean[p + 1] + high_.mean[p + 2]));
  if (high_.mean[p] > 1.3F && low_.mean[p] > 1.3F && brighter < 1.1F) return kHot;
  // A neighbour's jumps show in the difference too, at half: who jumps most is it.
  const bool loudest = high_.jumps[p] > 1.5F * std::max(high_.jumps[p - 1], high_.jumps[p + 1]) &&
                       low_.jumps[p] > 1.5F * std::max(low_.jumps[p - 1], low_.jumps[p + 1]);
  if (ratio_[p] > kNoisy * usual && loudest && high_.jumps[p] > 0.7F * long_[p] &&
      even_noise(high_, p) && even_noise(low_, p) && !energies_agree(high, low, p))
    return kNoise;
  return kClean;
}

bool LivePixels::drifts(std::size_t p) const {
  const float off = high_.off[p];
  return std::abs(off) > kDrift && std::abs(off - low_.off[p]) < kDriftAlike * std::abs(off) &&
         std::abs(off) > 1.5F * std::abs(high_.off[p - 1]) &&
         std::abs(off) > 1.5F * std::abs(high_.off[p + 1]);
}

void LivePixels::condemn(std::size_t p, bool stuck, Suspicion why) {
  bad_[p] = 1;
  if (stuck)
    ++found_.stuck;
  else if (why == kDead)
    ++found_.dead;
  else if (why == kHot)
    ++found_.hot;
  else if (why == kNoise)
    ++found_.noisy;
  else
    ++found_.drifting;
}

bool LivePixels::judge(std::span<const float* const> high, std::span<const float* const> low) {
  const std::size_t n = bad_.size();
  if (high.size() < kJudgedLinesMin || low.size() < kJudgedLinesMin || n < 5) return false;
  measure_high(high);
  measure(low, low_);
  const bool air = in_air();
  air_since_start_ = air_since_start_ && air;
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
      if (nothing_seen(high_, p)) {
        if (went_out_[p] == 0 && ((first_ && air) || went_out_at_once(high, p))) went_out_[p] = 1;
      } else {
        // The block in which it goes out is half bright: it counts with the next.
        const bool still_out =
            went_out_[p] != 0 && high_.mean[p] < kDarkShare * beside(high_.mean.data(), p);
        went_out_[p] = still_out || went_out_at_once(high, p) ? 1 : 0;
      }
      const Suspicion now = suspicion(high, low, p, usual);
      if (now == kNoise) ++noisy_blocks_[p];
      const bool again = now == kNoise ? noisy_blocks_[p] > 1 : now != kClean && suspect_[p] == now;
      suspect_[p] = now;
      const bool stuck =
          run_[p] >= kStuckRun && run_[p - 1] < kStuckRun / 4 && run_[p + 1] < kStuckRun / 4;
      off_since_start_[p] =
          off_since_start_[p] != 0 && air_since_start_ && now == kClean && drifts(p) ? 1 : 0;
      if (stuck || again || off_since_start_[p] != 0) condemn(p, stuck, now);
    }
  }
  for (std::size_t p = 1; p + 1 < n; ++p)
    last_share_[p] = high.back()[p] / std::max(kBright, beside(high.back(), p));
  first_ = false;
  return found_.total() > before;
}

}  // namespace portcullis::imaging
