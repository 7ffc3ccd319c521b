#include "imaging/correct/scatter.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/assert.h"
#include "imaging/kernels/mix_kernels.h"

namespace portcullis::imaging {

namespace {

constexpr std::size_t kBinPixels = 8;
constexpr float kShadow = 0.005F;
constexpr std::size_t kShadowMargin_px = 4;
constexpr std::size_t kShadowPixelsMin = 8;
constexpr double kScatterMin = 1e-6;
constexpr int kShapeMax = 4;

/// A box of `width` convolved with itself, sampled at whole pixels from the middle outwards, its
/// sum over both sides 1.
std::vector<double> kernel_in_pixels(double width, int shape, std::size_t pixels) {
  const auto reach = std::min<std::size_t>(
      2 * pixels, static_cast<std::size_t>(std::ceil(shape * (width / 2 + 1))) + 1);
  const std::size_t n = 2 * reach + 1;
  std::vector<double> now(n, 0), next(n);
  now[reach] = 1;
  std::vector<double> sum(n + 1);  // of all before
  for (int pass = 0; pass < shape; ++pass) {
    for (std::size_t i = 0; i < n; ++i) sum[i + 1] = sum[i] + now[i];
    // Box of a width that is no whole number: its two ends count in part.
    const auto half = static_cast<std::ptrdiff_t>(std::floor((width - 1) / 2));
    const double rest = (width - static_cast<double>(2 * half + 1)) / 2;
    const auto last = static_cast<std::ptrdiff_t>(n) - 1;
    for (std::ptrdiff_t i = 0; i <= last; ++i) {
      const auto at = [&](std::ptrdiff_t j) {
        return j < 0 || j > last ? 0.0 : now[static_cast<std::size_t>(j)];
      };
      const auto from = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(i - half, 0, last));
      const auto to = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(i + half, 0, last));
      next[static_cast<std::size_t>(i)] =
          (sum[to + 1] - sum[from] + rest * (at(i - half - 1) + at(i + half + 1))) / width;
    }
    now.swap(next);
  }
  return {now.begin() + static_cast<std::ptrdiff_t>(reach), now.end()};
}

/// Pixels well inside the shadow of an opaque block.
std::vector<std::size_t> shadow_of(const BlockTransmission& block,
                                   std::span<const std::uint8_t> bad) {
  std::vector<std::size_t> out;
  const std::size_t pixels = block.high.size();
  std::size_t since = 0;  // pixels since the shadow began
  std::vector<std::size_t> depth(pixels, 0);
  for (std::size_t p = 0; p < pixels; ++p) {
    since = bad[p] != 0 || block.high[p] < kShadow ? since + 1 : 0;
    depth[p] = since;
  }
  since = 0;
  for (std::size_t p = pixels; p-- > 0;) {
    since = depth[p] > 0 ? since + 1 : 0;
    if (bad[p] == 0 && std::min(depth[p], since) > kShadowMargin_px) out.push_back(p);
  }
  return out;
}

}  // namespace

ScatterRemoval::ScatterRemoval(const ScatterModel& model, std::size_t pixels)
    : model_(model), pixels_(pixels), bins_((pixels + kBinPixels - 1) / kBinPixels) {
  PC_ASSERT(model.width_px >= 1 && model.shape >= 1 && model.shape <= kShapeMax);
  const auto fine = kernel_in_pixels(model.width_px, model.shape, pixels);
  // Weight of a bin at a distance: the kernel averaged over where the two may stand in theirs.
  kernel_.assign(bins_ > 0 ? 2 * bins_ - 1 : 0, 0.0F);
  for (std::size_t d = 0; d < bins_; ++d) {
    double sum = 0;
    for (std::size_t a = 0; a < kBinPixels; ++a) {
      for (std::size_t b = 0; b < kBinPixels; ++b) {
        const auto distance = std::abs(static_cast<std::ptrdiff_t>(d * kBinPixels + a) -
                                       static_cast<std::ptrdiff_t>(b));
        if (static_cast<std::size_t>(distance) < fine.size())
          sum += fine[static_cast<std::size_t>(distance)];
      }
    }
    if (!(sum > 0)) break;
    kernel_[bins_ - 1 - d] = kernel_[bins_ - 1 + d] = static_cast<float>(sum / kBinPixels);
  }
}

void ScatterRemoval::estimate(std::span<const float> transmission, std::span<float> scatter) const {
  PC_ASSERT(transmission.size() == pixels_ && scatter.size() == pixels_);
  static thread_local std::vector<float> load, spread;
  if (pixels_ == 0) return;
  load.resize(bins_);
  spread.resize(bins_ + 2);
  for (std::size_t b = 0; b < bins_; ++b) {
    const std::size_t from = b * kBinPixels;
    const std::size_t to = std::min(pixels_, from + kBinPixels);
    float sum = 0;
    for (std::size_t p = from; p < to; ++p) sum += transmission[p];
    load[b] = std::max(0.0F, static_cast<float>(to - from) - sum) / kBinPixels;
  }
  kernels::spread(load, kernel_, std::span(spread).subspan(1, bins_));
  spread.front() = spread[1];
  spread.back() = spread[bins_];
  // Between the middles of bins: spread[k] and spread[k + 1] are those before and after pixels
  // [8 k - 4, 8 k + 4).
  constexpr std::size_t kHalf = kBinPixels / 2;
  const auto between = [&](std::size_t k, std::size_t from, std::size_t to, std::size_t before) {
    const float below = spread[k];
    const float step = spread[std::min(k + 1, bins_ + 1)] - below;
    for (std::size_t p = from; p < to; ++p)
      scatter[p] = below + step * ((static_cast<float>(p - from + before) + 0.5F) / kBinPixels);
  };
  between(0, 0, std::min(kHalf, pixels_), kHalf);
  for (std::size_t k = 1, p = kHalf; p < pixels_; ++k, p += kBinPixels)
    between(k, p, std::min(p + kBinPixels, pixels_), 0);
}

void ScatterRemoval::apply(core::Energy energy, std::span<float> transmission) const {
  static thread_local std::vector<float> scatter;
  scatter.resize(pixels_);
  estimate(transmission, scatter);
  const auto strength =
      static_cast<float>(energy == core::Energy::kLow ? model_.strength_low : model_.strength_high);
  for (std::size_t p = 0; p < pixels_; ++p) transmission[p] -= strength * scatter[p];
}

std::optional<ScatterModel> fit_scatter(const std::vector<BlockTransmission>& blocks,
                                        std::span<const std::uint8_t> bad) {
  const std::size_t pixels = bad.size();
  struct Shadow {
    const BlockTransmission* block;
    std::vector<std::size_t> pixels;
  };
  std::vector<Shadow> shadows;
  for (const auto& block : blocks) {
    if (block.high.size() != pixels || block.low.size() != pixels) return std::nullopt;
    Shadow shadow{&block, shadow_of(block, bad)};
    if (shadow.pixels.size() >= kShadowPixelsMin) shadows.push_back(std::move(shadow));
  }
  if (shadows.empty()) return std::nullopt;

  double best = std::numeric_limits<double>::infinity();
  std::optional<ScatterModel> model;
  std::vector<float> unit(pixels);
  const auto attempt = [&](double width, int shape) {
    ScatterModel tried{1, 1, width, shape};
    const ScatterRemoval removal(tried, pixels);
    double ss = 0, sh = 0, sl = 0, hh = 0, ll = 0;
    for (const auto& shadow : shadows) {
      removal.estimate(shadow.block->high, unit);
      for (const std::size_t p : shadow.pixels) {
        const auto s = static_cast<double>(unit[p]);
        const auto h = static_cast<double>(shadow.block->high[p]);
        const auto l = static_cast<double>(shadow.block->low[p]);
        ss += s * s;
        sh += s * h;
        sl += s * l;
        hh += h * h;
        ll += l * l;
      }
    }
    if (!(ss > 0)) return;
    const double residual = hh - sh * sh / ss + ll - sl * sl / ss;
    if (!(residual < best)) return;
    best = residual;
    tried.strength_high = std::max(0.0, sh / ss);
    tried.strength_low = std::max(0.0, sl / ss);
    model = tried;
  };
  for (int shape = 1; shape <= kShapeMax; ++shape) {
    double width = 4;
    while (width < static_cast<double>(pixels)) {
      attempt(width, shape);
      width *= 1.15;
    }
  }
  if (model) {
    const ScatterModel rough = *model;
    for (int k = -6; k <= 6; ++k) attempt(rough.width_px * (1 + 0.02 * k), rough.shape);
  }
  if (!model || !(std::max(model->strength_high, model->strength_low) > kScatterMin))
    return std::nullopt;
  return model;
}

}  // namespace portcullis::imaging
