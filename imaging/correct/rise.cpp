#include "imaging/correct/rise.h"

#include <algorithm>
#include <cmath>

#include "core/assert.h"
#include "imaging/kernels/mix_kernels.h"
#include "imaging/kernels/rise_kernels.h"

namespace portcullis::imaging {

namespace {

constexpr float kMemory = 1.0F / 60;      // of the reference, per line
constexpr float kTrustMemory = 1.0F / 6;  // a pixel is trusted again so long after a change
constexpr float kLeftIn = 0.07F;          // of the rise, in what is learned
constexpr float kPhotonVariance = 2e-5F;  // of T in air
constexpr float kVarianceMin = 1e-6F;
constexpr float kOutlier = 3;
constexpr float kChanged = 6;
constexpr float kStep_mm = 0.1F;  // the boom's top moves no further from line to line
constexpr float kRiseMax_mm = 6;
constexpr float kShiftMax_px = 0.95F;
constexpr float kHalfApart = 0.15F;
constexpr double kWalk_mm2 = 0.005;     // what a boom moves from line to line, squared
constexpr double kVarianceMax_mm2 = 1;  // where nothing is known
constexpr float kEdgeSeen = 4.5F;       // standard deviations of the reference's noise
constexpr float kAir = 0.97F;
constexpr float kLineAlone = 3;  // standard deviations that a line must differ from those around it
constexpr kernels::RiseNoise kFollowNoise{kPhotonVariance, kVarianceMin, kOutlier, kStep_mm};
constexpr kernels::RiseNoise kLearnNoise{kPhotonVariance, kVarianceMin, kChanged, kStep_mm};
constexpr kernels::RiseMemory kLearnMemory{kMemory, kTrustMemory};
constexpr kernels::RiseTakeOut kTakeOut{kPhotonVariance, kVarianceMin, kShiftMax_px, 2 * kHalfApart,
                                        kLineAlone};

/// Undoes T_i = (1 - d_i) x_i + d_i x_next, in place; next is the following pixel where kStep is 1,
/// the one before where it is -1. d_i is at most `shift_max_px`.
///
/// Where less than half comes from the next pixel, x_i follows from x_next: from the far end back.
/// Where it is more, x_next follows from x_i. Either way errors die out; near a half they hardly
/// would, so d stays away from it by kHalfApart.
template <int kStep>
void unmix(std::span<const float> gain, float rise_mm, float shift_max_px,
           std::span<float> transmission) {
  const auto n = static_cast<std::ptrdiff_t>(transmission.size());
  const auto at = [&](std::ptrdiff_t k) { return kStep > 0 ? k : n - 1 - k; };
  float* t = transmission.data();
  const auto mixed = [&](std::ptrdiff_t k) {
    return std::min(shift_max_px, rise_mm * gain[static_cast<std::size_t>(at(k))]);
  };
  std::ptrdiff_t end = n - 1;  // everything from here on is undone; the last pixel is as it is
  while (end > 0) {
    if (mixed(end - 1) <= 0.5F) {
      const float d = std::min(0.5F - kHalfApart, mixed(end - 1));
      t[at(end - 1)] = (t[at(end - 1)] - d * t[at(end)]) / (1 - d);
      --end;
      continue;
    }
    std::ptrdiff_t first = end - 1;
    while (first > 0 && mixed(first - 1) > 0.5F) --first;
    // The stretch's first pixel, straight between what was seen before and after its place.
    const float after = mixed(first);
    const float before = first > 0 ? mixed(first - 1) : 0.0F;
    float x = t[at(first)];
    if (first > 0) {
      const float part = (1 - before) / (1 - before + after);
      x = t[at(first - 1)] + (t[at(first)] - t[at(first - 1)]) * part;
    }
    for (std::ptrdiff_t k = first; k < end; ++k) {
      const float d = std::max(0.5F + kHalfApart, mixed(k));
      const float next = (t[at(k)] - (1 - d) * x) / d;
      t[at(k)] = x;
      x = next;
    }
    end = first;
  }
}

}  // namespace

std::vector<float> rise_gain_px_mm(const core::ScannerGeometry& geometry,
                                   std::span<const float> height_share) {
  const auto& px = geometry.pixels;
  std::vector<float> out(px.size(), 0.0F);
  // Unit vectors from the source; small angles between neighbours from their cross product.
  const auto direction = [&](std::size_t i) {
    const double y = px[i].y_mm - geometry.source_y_mm;
    const double z = px[i].z_mm - geometry.source_z_mm;
    const double d = std::sqrt(y * y + z * z);
    return std::array<double, 3>{y / d, z / d, d};
  };
  for (std::size_t i = 0; i < px.size(); ++i) {
    const std::size_t a = i == 0 ? 0 : i - 1;
    const std::size_t b = std::min(px.size() - 1, i + 1);
    if (a == b) continue;
    const auto from = direction(a);
    const auto to = direction(b);
    const auto own = direction(i);
    const double pitch = std::abs(from[0] * to[1] - from[1] * to[0]) / static_cast<double>(b - a);
    if (pitch > 1e-9)
      out[i] = static_cast<float>(static_cast<double>(height_share[i]) * own[0] / own[2] / pitch);
  }
  return out;
}

RiseTracker::RiseTracker(const core::ScannerGeometry& geometry, std::span<const float> height_share,
                         std::span<const std::uint8_t> bad)
    : gain_(rise_gain_px_mm(geometry, height_share)),
      reference_(gain_.size(), 1.0F),
      trust_(gain_.size(), 0.0F),
      age_(gain_.size(), 0.0F),
      still_(gain_.size(), 0.0F),
      learned_(gain_.size(), 0.0F) {
  // A bad pixel and those that are compared with it say nothing.
  for (std::size_t p = 0; p < gain_.size(); ++p) {
    if (bad[p] == 0) continue;
    gain_[p] = 0;
    if (p > 0) gain_[p - 1] = 0;
    if (p + 1 < gain_.size()) gain_[p + 1] = 0;
  }
  if (!gain_.empty()) gain_.front() = gain_.back() = 0;
}

RiseTracker::Estimate RiseTracker::follow(std::span<const float> transmission) {
  const std::size_t n = gain_.size();
  PC_ASSERT(transmission.size() == n);
  if (!begun_) {
    std::copy(transmission.begin(), transmission.end(), reference_.begin());
    begun_ = true;
    return {};
  }
  float rise = rise_mm_;
  float change = 0;
  double weight = 0;
  const double before = 1 / std::min(kVarianceMax_mm2, variance_mm2_ + kWalk_mm2);
  bool upward = rise >= 0;
  for (int round = 0; round < 2; ++round) {
    // Pixels whose difference to the model is beyond what a change of rise in one line can do see
    // another load, and count little.
    const auto solve = [&](bool up) {
      const kernels::RiseSums s =
          kernels::rise_sums(gain_, {reference_, trust_, age_, kMemory, kEdgeSeen}, transmission,
                             up, up == upward ? rise : 0.0F, change, kAir, kFollowNoise);
      // A little stiffness keeps the two apart where nothing but air is seen.
      const double tt = s.tt + 1;
      const double bb = std::max(0.0, s.bb - s.bt * s.bt / tt);
      const double bd = s.bd - s.bt * s.td / tt;
      const double r = (bd + before * static_cast<double>(rise_mm_)) / (bb + before);
      return std::array<double, 3>{r, bb, (s.td - r * s.bt) / tt};
    };
    auto found = solve(upward);
    if ((found[0] >= 0) != upward) {
      const auto other = solve(!upward);
      if ((other[0] >= 0) != upward) {
        upward = !upward;
        found = other;
      } else {
        found[0] = 0;  // neither side answers for itself: it is where they meet
      }
    }
    rise = std::clamp(static_cast<float>(found[0]), -kRiseMax_mm, kRiseMax_mm);
    weight = found[1];
    change = static_cast<float>(std::clamp(found[2], -0.5, 0.5));
  }
  rise_mm_ = rise;
  variance_mm2_ = 1 / (before + weight);
  std::copy(transmission.begin(), transmission.end(), still_.begin());
  // Carefully: what is learned here is what the next estimate is made from.
  kernels::rise_undo(gain_, (1 - kLeftIn) * rise, 0.5F - kHalfApart, still_);
  kernels::rise_learn(gain_, still_, reference_, kLearnNoise, kLearnMemory, age_, trust_, learned_);
  reference_.swap(learned_);
  return {rise, static_cast<float>(weight)};
}

float high_passed_rise(std::span<const RiseSample> window, std::size_t centre, std::size_t reach) {
  PC_ASSERT(centre < window.size());
  std::array<double, 2> mean{}, weight{};
  const std::size_t from = centre > reach ? centre - reach : 0;
  const std::size_t to = std::min(window.size(), centre + reach + 1);
  constexpr float kWeightMax = 2000;  // better than 0.02 mm counts no more
  for (std::size_t k = from; k < to; ++k) {
    const auto& s = window[k];
    if (!(s.weight > 0)) continue;
    const auto distance = static_cast<double>(k > centre ? k - centre : centre - k);
    const double w = (1 - distance / static_cast<double>(reach + 1)) *
                     static_cast<double>(std::min(s.weight, kWeightMax));
    const std::size_t e = s.energy == core::Energy::kLow ? 1 : 0;
    mean[e] += w * static_cast<double>(s.rise_mm);
    weight[e] += w;
  }
  for (std::size_t e = 0; e < 2; ++e) mean[e] = weight[e] > 0 ? mean[e] / weight[e] : 0;
  constexpr std::size_t kSmooth = 8;
  double sum = 0, sum_weight = 20;  // as much as an estimate good to 0.2 mm, for 0
  for (std::size_t k = centre > kSmooth ? centre - kSmooth : 0;
       k < std::min(window.size(), centre + kSmooth + 1); ++k) {
    const auto& s = window[k];
    if (!(s.weight > 0)) continue;
    const auto distance = static_cast<double>(k > centre ? k - centre : centre - k);
    const double w =
        (1 - distance / (kSmooth + 1)) * static_cast<double>(std::min(s.weight, kWeightMax));
    const std::size_t e = s.energy == core::Energy::kLow ? 1 : 0;
    sum += w * (static_cast<double>(s.rise_mm) - mean[e]);
    sum_weight += w;
  }
  return static_cast<float>(sum / sum_weight);
}

void undo_rise(std::span<const float> gain, float rise_mm, std::span<float> transmission) {
  PC_ASSERT(gain.size() == transmission.size());
  const float most = std::abs(rise_mm) * *std::max_element(gain.begin(), gain.end());
  if (most <= 0.5F - kHalfApart)
    kernels::rise_undo(gain, rise_mm, 0.5F - kHalfApart, transmission);
  else if (rise_mm > 0)
    unmix<1>(gain, rise_mm, kShiftMax_px, transmission);
  else
    unmix<-1>(gain, -rise_mm, kShiftMax_px, transmission);
}

void take_rise_out(std::span<const float> gain, float rise_mm, std::span<const float* const> still,
                   std::size_t own, std::span<float> transmission) {
  const std::size_t n = gain.size();
  PC_ASSERT(transmission.size() == n && own < still.size());
  if (n < 2 || !(std::abs(rise_mm) > 0)) return;
  static thread_local std::vector<float> mean;
  mean.resize(n);
  kernels::add_lines(still, 1.0F / static_cast<float>(still.size()), mean);
  const float* const mine = still[own];
  // Upwards the share d comes from the next pixel, else from the one before; that at the end is as
  // it is.
  const std::ptrdiff_t to = rise_mm > 0 ? 1 : -1;
  const std::size_t first = rise_mm > 0 ? 0 : 1;
  kernels::rise_take_out(
      {gain.data() + first, mean.data() + first, mean.data() + first + to, mine + first},
      std::abs(rise_mm), kTakeOut, transmission.subspan(first, n - 1));
}

}  // namespace portcullis::imaging
