#include "imaging/kernels/rise_kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "imaging/kernels/rise_kernels.cpp"
#include <hwy/foreach_target.h>  // must come before highway.h
#include <hwy/highway.h>

#include <algorithm>
#include <array>
#include <cstddef>

#include "core/assert.h"

// Once, not for each target: what the calls below carry.
#ifndef PORTCULLIS_IMAGING_KERNELS_RISE_INPUT
#define PORTCULLIS_IMAGING_KERNELS_RISE_INPUT
namespace portcullis::imaging::kernels {
struct RiseInput {
  const float *gain, *reference, *to, *from, *trust, *transmission, *age;
  float least, edge;
};
struct RiseState {
  const float *gain, *still, *reference;
  float *age, *trust, *learned;
};
}  // namespace portcullis::imaging::kernels
#endif

HWY_BEFORE_NAMESPACE();
namespace portcullis::imaging::kernels {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// kRiseLanes floats in as many vectors as this target needs for them.
using RiseTag = hn::CappedTag<float, kRiseLanes>;
using RiseVector = hn::Vec<RiseTag>;
constexpr std::size_t kRiseStep = hn::MaxLanes(RiseTag());
constexpr std::size_t kRiseVectors = kRiseLanes / kRiseStep;

struct RiseParts {
  RiseVector bb[kRiseVectors], bt[kRiseVectors], tt[kRiseVectors], bd[kRiseVectors],
      td[kRiseVectors];
};

/// kRiseLanes pixels from i on.
HWY_INLINE void AddPixels(const RiseInput& in, std::size_t i, float rise, float change, float air,
                          const RiseNoise& noise, RiseParts& parts) {
  const RiseTag d;
  const auto zero = hn::Zero(d);
  for (std::size_t k = 0; k < kRiseVectors; ++k) {
    const std::size_t at = i + k * kRiseStep;
    const auto gain = hn::LoadU(d, in.gain + at);
    const auto r = hn::LoadU(d, in.reference + at);
    const auto b = hn::Mul(gain, hn::Sub(hn::LoadU(d, in.to + at), hn::LoadU(d, in.from + at)));
    const auto load =
        hn::IfThenElseZero(hn::And(hn::Lt(r, hn::Set(d, air)), hn::Gt(gain, zero)), r);
    const auto apart = hn::Sub(hn::LoadU(d, in.transmission + at), r);
    const auto off =
        hn::Sub(hn::Sub(apart, hn::Mul(hn::Set(d, rise), b)), hn::Mul(hn::Set(d, change), load));
    const auto v = hn::Add(hn::Mul(hn::Set(d, noise.photon), r), hn::Set(d, noise.least));
    const auto reach = hn::Mul(hn::Set(d, noise.step_mm * noise.step_mm), hn::Mul(b, b));
    const auto far = hn::Mul(hn::Set(d, noise.outlier * noise.outlier), hn::Add(v, reach));
    // 1 within, and beyond it the weight falls off with the fourth power.
    const auto within = hn::Div(far, hn::Max(hn::Mul(off, off), far));
    const auto weight = hn::Mul(within, within);
    const auto w = hn::Div(hn::Mul(hn::LoadU(d, in.trust + at), weight), v);
    const auto one = hn::Set(d, 1.0F);
    const auto share =
        hn::Max(hn::Set(d, in.least), hn::Div(one, hn::Add(one, hn::LoadU(d, in.age + at))));
    const auto of_noise =
        hn::Mul(hn::Mul(hn::Set(d, in.edge * in.edge), hn::Mul(gain, gain)), hn::Mul(v, share));
    const auto wb = hn::IfThenElseZero(hn::Gt(hn::Mul(b, b), of_noise), hn::Mul(w, b));
    const auto wl = hn::Mul(w, load);
    parts.bb[k] = hn::Add(parts.bb[k], hn::Mul(wb, b));
    parts.bt[k] = hn::Add(parts.bt[k], hn::Mul(wb, load));
    parts.tt[k] = hn::Add(parts.tt[k], hn::Mul(wl, load));
    parts.bd[k] = hn::Add(parts.bd[k], hn::Mul(wb, apart));
    parts.td[k] = hn::Add(parts.td[k], hn::Mul(wl, apart));
  }
}

HWY_INLINE double SumOf(const RiseVector* parts) {
  HWY_ALIGN std::array<float, kRiseLanes> lanes{};
  for (std::size_t k = 0; k < kRiseVectors; ++k)
    hn::StoreU(parts[k], RiseTag(), lanes.data() + k * kRiseStep);
  double sum = 0;
  for (const float lane : lanes) sum += static_cast<double>(lane);
  return sum;
}

RiseSums SumPixels(const RiseInput& in, std::size_t count, float rise, float change, float air,
                   const RiseNoise& noise) {
  RiseParts parts;
  for (auto* sum : {parts.bb, parts.bt, parts.tt, parts.bd, parts.td}) {
    for (std::size_t k = 0; k < kRiseVectors; ++k) sum[k] = hn::Zero(RiseTag());
  }
  const std::size_t end = count > kRiseEdge ? count - kRiseEdge : 0;
  std::size_t i = kRiseEdge;
  for (; i + kRiseLanes <= end; i += kRiseLanes) AddPixels(in, i, rise, change, air, noise, parts);
  if (i < end) {
    // The rest, filled up with pixels that have no trust and no gain.
    std::array<std::array<float, kRiseLanes>, 7> rest{};
    rest[1].fill(1.0F);
    const std::array<const float*, 7> from{in.gain,  in.reference,    in.to, in.from,
                                           in.trust, in.transmission, in.age};
    for (std::size_t k = 0; k < from.size(); ++k)
      std::copy_n(from[k] + i, end - i, rest[k].begin());
    AddPixels({rest[0].data(), rest[1].data(), rest[2].data(), rest[3].data(), rest[4].data(),
               rest[5].data(), rest[6].data(), in.least, in.edge},
              0, rise, change, air, noise, parts);
  }
  return {SumOf(parts.bb), SumOf(parts.bt), SumOf(parts.tt), SumOf(parts.bd), SumOf(parts.td)};
}

/// `above`, `below`: the reference a pixel on.
template <class D>
HWY_INLINE void LearnPixels(D d, const RiseState& s, const float* above, const float* below,
                            std::size_t i, const RiseNoise& noise, const RiseMemory& memory) {
  const auto one = hn::Set(d, 1.0F);
  const auto r = hn::LoadU(d, s.reference + i);
  const auto off = hn::Sub(hn::LoadU(d, s.still + i), r);
  const auto v = hn::Add(hn::Mul(hn::Set(d, noise.photon), r), hn::Set(d, noise.least));
  const auto edge =
      hn::Mul(hn::LoadU(d, s.gain + i), hn::Sub(hn::LoadU(d, above), hn::LoadU(d, below)));
  const auto reach = hn::Mul(hn::Set(d, noise.step_mm * noise.step_mm), hn::Mul(edge, edge));
  const auto changed = hn::Gt(
      hn::Mul(off, off), hn::Mul(hn::Set(d, noise.outlier * noise.outlier), hn::Add(v, reach)));
  const auto age = hn::IfThenZeroElse(changed, hn::Add(hn::LoadU(d, s.age + i), one));
  const auto trust = hn::LoadU(d, s.trust + i);
  const auto grown = hn::Add(trust, hn::Mul(hn::Sub(one, trust), hn::Set(d, memory.trust_memory)));
  const auto share = hn::Max(hn::Set(d, memory.memory), hn::Div(one, hn::Add(one, age)));
  hn::StoreU(age, d, s.age + i);
  hn::StoreU(hn::IfThenZeroElse(changed, grown), d, s.trust + i);
  hn::StoreU(hn::Add(r, hn::Mul(off, share)), d, s.learned + i);
}

void Learn(const RiseState& s, std::size_t count, const RiseNoise& noise,
           const RiseMemory& memory) {
  const hn::CappedTag<float, 1> one;
  const RiseTag d;
  const float* r = s.reference;
  if (count < 2) {
    for (std::size_t i = 0; i < count; ++i) LearnPixels(one, s, r + i, r + i, i, noise, memory);
    return;
  }
  LearnPixels(one, s, r + 1, r, 0, noise, memory);
  std::size_t i = 1;
  for (; i + kRiseStep < count; i += kRiseStep)
    LearnPixels(d, s, r + i + 1, r + i - 1, i, noise, memory);
  for (; i + 1 < count; ++i) LearnPixels(one, s, r + i + 1, r + i - 1, i, noise, memory);
  LearnPixels(one, s, r + i, r + i - 1, i, noise, memory);
}

/// own = t * u and other = d * u of pixels [i, i + count).
void Shares(const float* gain, const float* values, float rise, float shift_max, std::size_t count,
            float* own, float* other) {
  const RiseTag d;
  const hn::CappedTag<float, 1> single;
  const auto shares = [&](auto tag, std::size_t i) HWY_ATTR {
    const auto one = hn::Set(tag, 1.0F);
    const auto shift =
        hn::Min(hn::Mul(hn::Set(tag, rise), hn::LoadU(tag, gain + i)), hn::Set(tag, shift_max));
    const auto u = hn::Div(one, hn::Sub(one, shift));
    hn::StoreU(hn::Mul(hn::LoadU(tag, values + i), u), tag, own + i);
    hn::StoreU(hn::Mul(shift, u), tag, other + i);
  };
  std::size_t i = 0;
  for (; i + kRiseStep <= count; i += kRiseStep) shares(d, i);
  for (; i < count; ++i) shares(single, i);
}

void Undo(const float* gain, float rise, float shift_max, float* values, std::size_t count) {
  // In pieces: the shares on vectors, then what hangs together one after the other.
  constexpr std::size_t kPiece = 256;
  HWY_ALIGN std::array<float, kPiece> own;
  HWY_ALIGN std::array<float, kPiece> other;
  if (count < 2) return;
  if (rise > 0) {
    float next = values[count - 1];
    for (std::size_t end = count - 1; end > 0;) {
      const std::size_t from = end > kPiece ? end - kPiece : 0;
      Shares(gain + from, values + from, rise, shift_max, end - from, own.data(), other.data());
      for (std::size_t i = end; i-- > from;) {
        next = own[i - from] - next * other[i - from];
        values[i] = next;
      }
      end = from;
    }
  } else if (rise < 0) {
    float before = values[0];
    for (std::size_t from = 1; from < count;) {
      const std::size_t end = std::min(count, from + kPiece);
      Shares(gain + from, values + from, -rise, shift_max, end - from, own.data(), other.data());
      for (std::size_t i = from; i < end; ++i) {
        before = own[i - from] - before * other[i - from];
        values[i] = before;
      }
      from = end;
    }
  }
}

void TakeOut(const RiseAround& around, float rise, const RiseTakeOut& by, float* values,
             std::size_t count) {
  const auto take_out = [&](auto d, std::size_t i) HWY_ATTR {
    const auto zero = hn::Zero(d);
    const auto one = hn::Set(d, 1.0F);
    const auto t = hn::LoadU(d, values + i);
    const auto shift =
        hn::Min(hn::Set(d, by.shift_max), hn::Mul(hn::Set(d, rise), hn::LoadU(d, around.gain + i)));
    const auto even =
        hn::Mul(shift, hn::Sub(hn::LoadU(d, around.mean_next + i), hn::LoadU(d, around.mean + i)));
    const auto apart = hn::Sub(hn::Sub(t, hn::LoadU(d, around.alone + i)), even);
    const auto half = hn::Abs(hn::Sub(one, hn::Mul(hn::Set(d, 2.0F), shift)));
    // What noise makes of the line alone: near a half it grows.
    const auto amplified = hn::Div(one, hn::Max(hn::Set(d, by.half_min), half));
    const auto seen =
        hn::Add(hn::Mul(hn::Set(d, by.photon), hn::Max(t, zero)), hn::Set(d, by.least));
    const auto variance =
        hn::Mul(hn::Mul(hn::Mul(hn::Mul(seen, hn::Set(d, 2.0F)), shift), shift), amplified);
    const auto square = hn::Mul(apart, apart);
    const auto beyond =
        hn::Max(zero, hn::Sub(square, hn::Mul(hn::Set(d, by.outlier * by.outlier), variance)));
    const auto believed = hn::Div(beyond, hn::Add(square, hn::Set(d, 1e-20F)));
    hn::StoreU(hn::Sub(t, hn::Add(even, hn::Mul(believed, apart))), d, values + i);
  };
  std::size_t i = 0;
  for (; i + kRiseStep <= count; i += kRiseStep) take_out(RiseTag(), i);
  for (; i < count; ++i) take_out(hn::CappedTag<float, 1>(), i);
}

}  // namespace HWY_NAMESPACE
}  // namespace portcullis::imaging::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace portcullis::imaging::kernels {

HWY_EXPORT(SumPixels);
HWY_EXPORT(Learn);
HWY_EXPORT(Undo);
HWY_EXPORT(TakeOut);

RiseSums rise_sums(std::span<const float> gain, const RiseReference& reference,
                   std::span<const float> transmission, bool upward, float rise, float change,
                   float air, const RiseNoise& noise) {
  const std::size_t n = gain.size();
  PC_ASSERT(reference.values.size() == n && reference.trust.size() == n &&
            reference.age.size() == n && transmission.size() == n);
  if (n <= 2 * kRiseEdge) return {};
  const float* r = reference.values.data();
  return HWY_DYNAMIC_DISPATCH(SumPixels)(
      {gain.data(), r, upward ? r + 1 : r, upward ? r : r - 1, reference.trust.data(),
       transmission.data(), reference.age.data(), reference.least, reference.edge},
      n, rise, change, air, noise);
}

void rise_learn(std::span<const float> gain, std::span<const float> still,
                std::span<const float> reference, const RiseNoise& noise, const RiseMemory& memory,
                std::span<float> age, std::span<float> trust, std::span<float> learned) {
  const std::size_t n = gain.size();
  PC_ASSERT(still.size() == n && reference.size() == n && age.size() == n && trust.size() == n &&
            learned.size() == n && (n == 0 || learned.data() != reference.data()));
  HWY_DYNAMIC_DISPATCH(Learn)
  ({gain.data(), still.data(), reference.data(), age.data(), trust.data(), learned.data()}, n,
   noise, memory);
}

void rise_undo(std::span<const float> gain, float rise, float shift_max, std::span<float> values) {
  PC_ASSERT(gain.size() == values.size());
  HWY_DYNAMIC_DISPATCH(Undo)(gain.data(), rise, shift_max, values.data(), values.size());
}

void rise_take_out(const RiseAround& around, float rise, const RiseTakeOut& by,
                   std::span<float> values) {
  HWY_DYNAMIC_DISPATCH(TakeOut)(around, rise, by, values.data(), values.size());
}

}  // namespace portcullis::imaging::kernels
#endif  // HWY_ONCE
