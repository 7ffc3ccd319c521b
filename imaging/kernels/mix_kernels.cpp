#include "imaging/kernels/mix_kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "imaging/kernels/mix_kernels.cpp"
#include <hwy/foreach_target.h>  // must come before highway.h
#include <hwy/highway.h>

#include <algorithm>

#include "core/assert.h"

HWY_BEFORE_NAMESPACE();
namespace portcullis::imaging::kernels {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using MixTag = hn::CappedTag<float, kTileLines>;
using MixOne = hn::CappedTag<float, 1>;
constexpr std::size_t kMixStep = hn::MaxLanes(MixTag());
constexpr std::size_t kTileVectors = kTileLines / kMixStep;

/// body(tag, i) for whole vectors, then for what is left one by one.
template <class Body>
HWY_INLINE void OverPixels(std::size_t count, const Body& body) {
  std::size_t i = 0;
  for (; i + kMixStep <= count; i += kMixStep) body(MixTag(), i);
  for (; i < count; ++i) body(MixOne(), i);
}

void MixLines(const float* const* lines, const float* weights, std::size_t many, float* sum,
              std::size_t count) {
  OverPixels(count, [&](auto d, std::size_t i) HWY_ATTR {
    auto total = hn::Zero(d);
    for (std::size_t k = 0; k < many; ++k)
      total = hn::Add(total, hn::Mul(hn::Set(d, weights[k]), hn::LoadU(d, lines[k] + i)));
    hn::StoreU(total, d, sum + i);
  });
}

void AddLines(const float* const* lines, std::size_t many, float factor, float* sum,
              std::size_t count) {
  OverPixels(count, [&](auto d, std::size_t i) HWY_ATTR {
    auto total = hn::Zero(d);
    for (std::size_t k = 0; k < many; ++k) total = hn::Add(total, hn::LoadU(d, lines[k] + i));
    hn::StoreU(hn::Mul(total, hn::Set(d, factor)), d, sum + i);
  });
}

void MixSloped(const SlopedLine* lines, std::size_t many, float* sum, std::size_t count) {
  OverPixels(count, [&](auto d, std::size_t i) HWY_ATTR {
    const auto place = hn::Iota(d, static_cast<float>(i));
    auto total = hn::Zero(d);
    for (std::size_t k = 0; k < many; ++k) {
      const auto weight =
          hn::Add(hn::Set(d, lines[k].start), hn::Mul(hn::Set(d, lines[k].slope), place));
      total = hn::Add(total, hn::Mul(weight, hn::LoadU(d, lines[k].values + i)));
    }
    hn::StoreU(total, d, sum + i);
  });
}

float WidestRange(const float* const* lines, std::size_t many, std::size_t count) {
  auto widest = hn::Zero(MixTag());
  float rest = 0;
  OverPixels(count, [&](auto d, std::size_t i) HWY_ATTR {
    auto low = hn::LoadU(d, lines[0] + i);
    auto high = low;
    for (std::size_t k = 1; k < many; ++k) {
      const auto value = hn::LoadU(d, lines[k] + i);
      low = hn::Min(low, value);
      high = hn::Max(high, value);
    }
    const auto range = hn::Sub(high, low);
    if constexpr (hn::MaxLanes(decltype(d)()) == kMixStep) {
      widest = hn::Max(widest, range);
    } else {
      rest = std::max(rest, hn::GetLane(range));
    }
  });
  return std::max(rest, hn::GetLane(hn::MaxOfLanes(MixTag(), widest)));
}

void MixTile(const std::uint32_t* first, std::size_t count, const std::uint32_t* index,
             const float* weight, const float* pixels, std::size_t lines, float* rows,
             std::size_t stride) {
  const MixTag d;
  HWY_ALIGN std::array<float, kTileLines> some;
  for (std::size_t r = 0; r < count; ++r, rows += stride) {
    hn::Vec<MixTag> sum[kTileVectors];
    for (auto& part : sum) part = hn::Zero(d);
    for (std::uint32_t k = first[r]; k < first[r + 1]; ++k) {
      const auto w = hn::Set(d, weight[k]);
      const float* from = pixels + static_cast<std::size_t>(index[k]) * kTileLines;
      for (std::size_t v = 0; v < kTileVectors; ++v)
        sum[v] = hn::Add(sum[v], hn::Mul(w, hn::LoadU(d, from + v * kMixStep)));
    }
    float* const out = lines == kTileLines ? rows : some.data();
    for (std::size_t v = 0; v < kTileVectors; ++v) hn::StoreU(sum[v], d, out + v * kMixStep);
    if (lines < kTileLines) std::copy_n(some.data(), lines, rows);
  }
}

void Spread(const float* load, const float* kernel, float* out, std::size_t n) {
  OverPixels(n, [&](auto d, std::size_t i) HWY_ATTR {
    auto sum = hn::Zero(d);
    const float* k = kernel + i + n - 1;
    for (std::size_t j = 0; j < n; ++j, --k)
      sum = hn::Add(sum, hn::Mul(hn::Set(d, load[j]), hn::LoadU(d, k)));
    hn::StoreU(sum, d, out + i);
  });
}

void KeepChange(const float* line, const float* change, float spread, const ChangeNoise& noise,
                float* out, std::size_t count) {
  constexpr std::size_t kTaps = 2 * kChangeBeside + 1;
  constexpr float kPart = 1.0F / static_cast<float>(kTaps);
  OverPixels(count, [&](auto d, std::size_t i) HWY_ATTR {
    const auto zero = hn::Zero(d);
    const auto t = hn::LoadU(d, line + i);
    auto sum = zero;
    for (std::size_t k = 0; k < kTaps; ++k) sum = hn::Add(sum, hn::LoadU(d, change + i + k));
    const auto mean = hn::Mul(sum, hn::Set(d, kPart));
    const auto variance = hn::Mul(
        hn::Set(d, spread),
        hn::Add(hn::Mul(hn::Set(d, noise.photon), hn::Max(t, zero)), hn::Set(d, noise.least)));
    const auto beyond = [&](auto value, float limit2) HWY_ATTR {
      const auto square = hn::Mul(value, value);
      const auto kept = hn::Max(zero, hn::Sub(square, hn::Mul(hn::Set(d, limit2), variance)));
      return hn::Div(hn::Mul(value, kept), hn::Add(square, hn::Set(d, 1e-20F)));
    };
    const auto even = beyond(mean, noise.even * noise.even * kPart);
    const auto alone =
        beyond(hn::Sub(hn::LoadU(d, change + i + kChangeBeside), even), noise.alone * noise.alone);
    hn::StoreU(hn::Add(t, hn::Add(even, alone)), d, out + i);
  });
}

void FollowEdge(const EdgeLines& lines, const EdgeWeights& weights, const EdgeTrust& trust,
                float along, float* out, std::size_t count) {
  OverPixels(count, [&](auto d, std::size_t i) HWY_ATTR {
    using V = hn::Vec<decltype(d)>;
    const auto zero = hn::Zero(d);
    V h[kOwnLines], l[kOtherLines], x[7], y[7];
    for (std::size_t k = 0; k < kOwnLines; ++k) h[k] = hn::LoadU(d, lines.own[k] + i);
    for (std::size_t k = 0; k < kOtherLines; ++k) l[k] = hn::LoadU(d, lines.other[k] + i);
    for (std::size_t j = 0; j < kOtherLines; ++j) {
      x[j] = l[j];
      y[j] = zero;
      for (std::size_t k = 0; k < kOwnLines; ++k)
        y[j] = hn::Add(y[j], hn::Mul(hn::Set(d, weights.own_at_other[j][k]), h[k]));
    }
    for (std::size_t k = 0; k < 3; ++k) {
      y[4 + k] = h[k + 1];
      x[4 + k] = zero;
      for (std::size_t j = 0; j < kOtherLines; ++j)
        x[4 + k] = hn::Add(x[4 + k], hn::Mul(hn::Set(d, weights.other_at_own[k][j]), l[j]));
    }
    V sx = zero, sy = zero, xx = zero, xy = zero;
    for (std::size_t k = 0; k < 7; ++k) {
      sx = hn::Add(sx, x[k]);
      sy = hn::Add(sy, y[k]);
    }
    const auto seven = hn::Set(d, 7.0F);
    const V mx = hn::Div(sx, seven), my = hn::Div(sy, seven);
    for (std::size_t k = 0; k < 7; ++k) {
      const V off = hn::Sub(x[k], mx);
      xx = hn::Add(xx, hn::Mul(off, off));
      xy = hn::Add(xy, hn::Mul(off, hn::Sub(y[k], my)));
    }
    const V slope = hn::Div(xy, hn::Add(xx, hn::Set(d, 1e-12F)));
    const auto sound = hn::And(hn::Gt(slope, hn::Set(d, trust.slope_min)),
                               hn::Lt(slope, hn::Set(d, trust.slope_max)));
    const V square = hn::Mul(xx, xx);
    const V share = hn::IfThenElseZero(
        sound, hn::Div(square, hn::Add(square, hn::Set(d, trust.noise * trust.noise))));
    const V place = hn::Add(hn::Set(d, along), hn::Iota(d, static_cast<float>(i)));
    V value = zero;
    for (std::size_t k = 1; k < 4; ++k) {
      const V weight = hn::Add(hn::Set(d, weights.own_start[k]),
                               hn::Mul(hn::Set(d, weights.own_slope[k]), place));
      value = hn::Add(value, hn::Mul(weight, h[k]));
    }
    for (std::size_t j = 1; j < 3; ++j) {
      const V weight = hn::Add(hn::Set(d, weights.other_start[j]),
                               hn::Mul(hn::Set(d, weights.other_slope[j]), place));
      value = hn::Add(value, hn::Mul(weight, hn::Add(my, hn::Mul(slope, hn::Sub(l[j], mx)))));
    }
    const V plain = hn::LoadU(d, out + i);
    hn::StoreU(hn::Add(plain, hn::Mul(share, hn::Sub(value, plain))), d, out + i);
  });
}

}  // namespace HWY_NAMESPACE
}  // namespace portcullis::imaging::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace portcullis::imaging::kernels {

HWY_EXPORT(MixLines);
HWY_EXPORT(AddLines);
HWY_EXPORT(MixSloped);
HWY_EXPORT(WidestRange);
HWY_EXPORT(MixTile);
HWY_EXPORT(Spread);
HWY_EXPORT(KeepChange);
HWY_EXPORT(FollowEdge);

void mix_lines(std::span<const float* const> lines, std::span<const float> weights,
               std::span<float> sum) {
  PC_ASSERT(lines.size() == weights.size());
  HWY_DYNAMIC_DISPATCH(MixLines)
  (lines.data(), weights.data(), lines.size(), sum.data(), sum.size());
}

void add_lines(std::span<const float* const> lines, float factor, std::span<float> sum) {
  HWY_DYNAMIC_DISPATCH(AddLines)(lines.data(), lines.size(), factor, sum.data(), sum.size());
}

void mix_sloped_lines(std::span<const SlopedLine> lines, std::span<float> sum) {
  HWY_DYNAMIC_DISPATCH(MixSloped)(lines.data(), lines.size(), sum.data(), sum.size());
}

float widest_range(std::span<const float* const> lines, std::size_t count) {
  PC_ASSERT(!lines.empty());
  return HWY_DYNAMIC_DISPATCH(WidestRange)(lines.data(), lines.size(), count);
}

void mix_tile(std::span<const std::uint32_t> first, std::span<const std::uint32_t> index,
              std::span<const float> weight, std::span<const float> pixels, std::size_t lines,
              float* rows, std::size_t stride) {
  PC_ASSERT(!first.empty() && index.size() == weight.size() && index.size() >= first.back() &&
            lines <= kTileLines && stride >= lines);
  PC_ASSERT(pixels.size() % kTileLines == 0);
  HWY_DYNAMIC_DISPATCH(MixTile)
  (first.data(), first.size() - 1, index.data(), weight.data(), pixels.data(), lines, rows, stride);
}

void spread(std::span<const float> load, std::span<const float> kernel, std::span<float> out) {
  PC_ASSERT(out.size() == load.size() && (load.empty() || kernel.size() == 2 * load.size() - 1));
  HWY_DYNAMIC_DISPATCH(Spread)(load.data(), kernel.data(), out.data(), load.size());
}

void keep_change(std::span<const float> line, const float* change, float spread,
                 const ChangeNoise& noise, std::span<float> out) {
  PC_ASSERT(line.size() == out.size());
  HWY_DYNAMIC_DISPATCH(KeepChange)
  (line.data(), change, spread, noise, out.data(), out.size());
}

void follow_edge(const EdgeLines& lines, const EdgeWeights& weights, const EdgeTrust& trust,
                 float along, std::span<float> out) {
  HWY_DYNAMIC_DISPATCH(FollowEdge)(lines, weights, trust, along, out.data(), out.size());
}

}  // namespace portcullis::imaging::kernels
#endif  // HWY_ONCE
