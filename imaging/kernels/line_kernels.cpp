#include "imaging/kernels/line_kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "imaging/kernels/line_kernels.cpp"
#include <hwy/foreach_target.h>  // must come before highway.h
#include <hwy/highway.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <iterator>

#include <hwy/cache_control.h>

#include "core/assert.h"
#include "imaging/kernels/vector_log-inl.h"

// Once for all targets and for the plain quick_log().
#ifndef PORTCULLIS_IMAGING_KERNELS_QUICK_LOG
#define PORTCULLIS_IMAGING_KERNELS_QUICK_LOG
namespace portcullis::imaging::kernels {
namespace {
constexpr float kQuickLog[] = {9.33719613e-3F, 0.0150611345F, 0.0225030705F, -8.22480209e-3F,
                               0.0432705916F,  -0.124872386F, -0.193147181F};
constexpr float kQuickLogStep = 8.26295829e-8F;  ///< ln 2 / 2^23
constexpr std::int32_t kBitsOfOne = 0x3F800000;
static_assert((kBitsOfOne - std::bit_cast<std::int32_t>(kLineTransmissionMin)) >> kHighShift ==
              kHighSteps - 1);
/// The least excess of any goods: 1/64 of the high energy's.
constexpr int kExcessOfHighShift = 6;
}  // namespace
}  // namespace portcullis::imaging::kernels
#endif

HWY_BEFORE_NAMESPACE();
namespace portcullis::imaging::kernels {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using F32 = hn::ScalableTag<float>;
using I32 = hn::RebindToSigned<F32>;
using U32 = hn::RebindToUnsigned<F32>;
using U16 = hn::Rebind<std::uint16_t, F32>;
using U8 = hn::Rebind<std::uint8_t, F32>;
using VF = hn::Vec<F32>;
using VI = hn::Vec<I32>;

/// Pixels that are asked for ahead of where a line is worked on, 1 KiB: a guess is never an error.
constexpr std::size_t kAhead = 256;

/// Most lanes of any target here: the tail's buffers.
constexpr std::size_t kLanesMax = 64;

/// Within 3e-6 of the natural logarithm, at two thirds of the price: for pictures, not for figures.
///
/// A number's bits, less those of 1, are 2^23 times its logarithm to base 2 but for a hump between
/// the powers of two: t P(t) with t = mantissa - 2, from -1 to 0. P is a minimax polynomial
/// (weighted least squares, Lawson) with P(0) as the derivative has it, so that just below 1, which
/// is nearly air, the result is exact to first order.
HWY_INLINE VF quick_log_of(VF x) {
  const F32 f32;
  const I32 i32;
  const VI bits = hn::BitCast(i32, x);
  const VI one = hn::Set(i32, 0x3F800000);
  const VF line = hn::Mul(hn::ConvertTo(f32, hn::Sub(bits, one)), hn::Set(f32, kQuickLogStep));
  const VI mantissa = hn::Or(hn::And(bits, hn::Set(i32, 0x007FFFFF)), one);
  const VF t = hn::Sub(hn::BitCast(f32, mantissa), hn::Set(f32, 2.0F));
  VF p = hn::Set(f32, kQuickLog[0]);
  for (std::size_t k = 1; k < std::size(kQuickLog); ++k)
    p = hn::Add(hn::Mul(p, t), hn::Set(f32, kQuickLog[k]));
  return hn::Add(line, hn::Mul(p, t));
}

HWY_INLINE VF transmission_of(VI samples, VF dark, VF gain, VF per_dose) {
  return hn::Mul(hn::Sub(hn::ConvertTo(F32(), samples), dark), hn::Mul(gain, per_dose));
}
HWY_INLINE VF attenuation_of(VF transmission, VF least) {
  return hn::Neg(log_of(F32(), hn::Max(transmission, least)));
}
/// floor(value) of what lies within [0, last]; the value clamped first.
HWY_INLINE VI step_of(VF value, float last) {
  const F32 f32;
  return hn::ConvertTo(I32(), hn::Min(hn::Max(value, hn::Zero(f32)), hn::Set(f32, last)));
}

/// Runs `body(i)` over whole vectors; what is left goes through `tail(i, count)`.
template <class Body, class Tail>
HWY_INLINE void over(std::size_t count, const Body& body, const Tail& tail) {
  const std::size_t lanes = hn::Lanes(F32());
  std::size_t i = 0;
  for (; i + lanes <= count; i += lanes) body(i);
  if (i < count) tail(i, count - i);
}

/// A tail's values, the rest filled with `rest` so that no lane faults or is slow.
template <class T>
struct TailIn {
  HWY_ALIGN std::array<T, kLanesMax> values;
  TailIn(const T* from, std::size_t count, T rest) {
    values.fill(rest);
    std::copy_n(from, count, values.begin());
  }
};
template <class T>
struct TailOut {
  HWY_ALIGN std::array<T, kLanesMax> values{};
  void put(T* to, std::size_t count) const { std::copy_n(values.begin(), count, to); }
};

void Normalise(const std::uint32_t* samples, const float* dark, const float* gain, float per_dose,
               float* out, std::size_t count) {
  const F32 f32;
  const I32 i32;
  const VF dose = hn::Set(f32, per_dose);
  const auto one = [&](const std::uint32_t* s, const float* d, const float* g, float* t) HWY_ATTR {
    const VI v = hn::LoadU(i32, reinterpret_cast<const std::int32_t*>(s));
    hn::StoreU(transmission_of(v, hn::LoadU(f32, d), hn::LoadU(f32, g), dose), f32, t);
  };
  over(
      count, [&](std::size_t i) HWY_ATTR { one(samples + i, dark + i, gain + i, out + i); },
      [&](std::size_t i, std::size_t n) HWY_ATTR {
        const TailIn<std::uint32_t> s(samples + i, n, 0);
        const TailIn<float> d(dark + i, n, 0), g(gain + i, n, 0);
        TailOut<float> t;
        one(s.values.data(), d.values.data(), g.values.data(), t.values.data());
        t.put(out + i, n);
      });
}

void Scale(float factor, float* values, std::size_t count) {
  const F32 f32;
  const VF by = hn::Set(f32, factor);
  over(
      count,
      [&](std::size_t i)
          HWY_ATTR { hn::StoreU(hn::Mul(hn::LoadU(f32, values + i), by), f32, values + i); },
      [&](std::size_t i, std::size_t n) HWY_ATTR {
        for (std::size_t k = i; k < i + n; ++k) values[k] *= factor;
      });
}

void Logarithm(const float* values, float* out, std::size_t count) {
  const F32 f32;
  over(
      count,
      [&](std::size_t i)
          HWY_ATTR { hn::StoreU(log_of(F32(), hn::LoadU(f32, values + i)), f32, out + i); },
      [&](std::size_t i, std::size_t n) HWY_ATTR {
        const TailIn<float> v(values + i, n, 1.0F);
        TailOut<float> t;
        hn::StoreU(log_of(F32(), hn::LoadU(f32, v.values.data())), f32, t.values.data());
        t.put(out + i, n);
      });
}

void Attenuation(const float* values, float least, float* out, std::size_t count) {
  const F32 f32;
  const VF min = hn::Set(f32, least);
  const auto one = [&](const float* from, float* to)
                       HWY_ATTR { hn::StoreU(attenuation_of(hn::LoadU(f32, from), min), f32, to); };
  over(
      count, [&](std::size_t i) HWY_ATTR { one(values + i, out + i); },
      [&](std::size_t i, std::size_t n) HWY_ATTR {
        const TailIn<float> v(values + i, n, 1.0F);
        TailOut<float> t;
        one(v.values.data(), t.values.data());
        t.put(out + i, n);
      });
}

void AttenuationCodes(const float* values, std::uint16_t* out, std::size_t count) {
  const F32 f32;
  const I32 i32;
  const auto one = [&](const float* from, std::uint16_t* to) HWY_ATTR {
    const VF transmission = hn::LoadU(f32, from);
    // Rounded exactly: times 4096 is exact, so is the part behind the point.
    const VF scaled = hn::Mul(hn::Neg(log_of(F32(), hn::Max(transmission, hn::Set(f32, 1e-30F)))),
                              hn::Set(f32, 4096.0F));
    const VF below = hn::Floor(scaled);
    const VF up =
        hn::IfThenElseZero(hn::Ge(hn::Sub(scaled, below), hn::Set(f32, 0.5F)), hn::Set(f32, 1.0F));
    const VF code = hn::Add(hn::Add(below, up), hn::Set(f32, 1024.0F));
    hn::StoreU(hn::DemoteTo(U16(), hn::ConvertTo(i32, hn::Min(hn::Max(code, hn::Zero(f32)),
                                                              hn::Set(f32, 65535.0F)))),
               U16(), to);
  };
  over(
      count, [&](std::size_t i) HWY_ATTR { one(values + i, out + i); },
      [&](std::size_t i, std::size_t n) HWY_ATTR {
        const TailIn<float> v(values + i, n, 1.0F);
        TailOut<std::uint16_t> t;
        one(v.values.data(), t.values.data());
        t.put(out + i, n);
      });
}

void MassCodes(const float* values, std::uint16_t* out, std::size_t count) {
  // A plain loop, which the compiler puts on this target's vectors; division in double precision,
  // as mass_code() has it.
  for (std::size_t i = 0; i < count; ++i) {
    const double code = static_cast<double>(values[i]) / 0.01 + 0.5;
    const double held = code > 0.5 ? (code < 65535.5 ? code : 65535.5) : 0.0;
    out[i] = static_cast<std::uint16_t>(static_cast<std::int32_t>(held));
  }
}

void MapRows(const float* pixels, const std::int32_t* index, const float* weight, std::size_t taps,
             std::size_t rows, float* out) {
  const F32 f32;
  const I32 i32;
  over(
      rows,
      [&](std::size_t r) HWY_ATTR {
        VF sum = hn::Zero(f32);
        for (std::size_t k = 0; k < taps; ++k) {
          const VF value = hn::GatherIndex(f32, pixels, hn::LoadU(i32, index + k * rows + r));
          sum = hn::Add(sum, hn::Mul(hn::LoadU(f32, weight + k * rows + r), value));
        }
        hn::StoreU(sum, f32, out + r);
      },
      [&](std::size_t first, std::size_t n) HWY_ATTR {
        for (std::size_t r = first; r < first + n; ++r) {
          float sum = 0;
          for (std::size_t k = 0; k < taps; ++k)
            sum += weight[k * rows + r] * pixels[index[k * rows + r]];
          out[r] = sum;
        }
      });
}

void Gray(const float* values, const std::int32_t* table, std::uint8_t* out, std::size_t count) {
  const F32 f32;
  const I32 i32;
  const VF min = hn::Set(f32, kLineTransmissionMin);
  const auto one = [&](const float* from, std::uint8_t* to) HWY_ATTR {
    const VF log = quick_log_of(hn::Max(hn::LoadU(f32, from), min));
    const VI at = step_of(hn::Mul(log, hn::Set(f32, -kGrayStepsPerUnit)), kGraySteps - 1);
    hn::StoreU(hn::DemoteTo(U8(), hn::GatherIndex(i32, table, at)), U8(), to);
  };
  over(
      count, [&](std::size_t i) HWY_ATTR { one(values + i, out + i); },
      [&](std::size_t i, std::size_t n) HWY_ATTR {
        const TailIn<float> v(values + i, n, 1.0F);
        TailOut<std::uint8_t> t;
        one(v.values.data(), t.values.data());
        t.put(out + i, n);
      });
}

/// Colour and class of one vector of transmissions.
HWY_INLINE void colour_of(VF high, VF low, const std::int32_t* table, std::uint32_t* argb,
                          std::uint8_t* material) {
  const F32 f32;
  const I32 i32;
  const VF least = hn::Set(f32, kLineTransmissionMin);
  const VI h = hn::BitCast(i32, hn::Min(hn::Max(high, least), hn::Set(f32, 1.0F)));
  const VI l = hn::BitCast(i32, hn::Max(low, least));
  const VI depth = hn::Sub(hn::Set(i32, kBitsOfOne), h);
  const VI from_left = hn::Set(i32, kBitsOfOne + (kExcessBefore << kExcessShift));
  const VI excess =
      hn::Sub(hn::Sub(from_left, l), hn::Add(depth, hn::ShiftRight<kExcessOfHighShift>(depth)));
  const VI column = hn::Min(hn::Max(hn::ShiftRight<kExcessShift>(excess), hn::Zero(i32)),
                            hn::Set(i32, static_cast<std::int32_t>(kExcessSteps - 1)));
  const VI row = hn::ShiftRight<kHighShift>(depth);
  const VI index =
      hn::Add(hn::Mul(row, hn::Set(i32, static_cast<std::int32_t>(kExcessSteps))), column);
  const VI entry = hn::GatherIndex(i32, table, index);
  const auto opaque = hn::Or(entry, hn::Set(i32, static_cast<std::int32_t>(0xFF000000U)));
  hn::StoreU(opaque, i32, reinterpret_cast<std::int32_t*>(argb));
  hn::StoreU(hn::TruncateTo(U8(), hn::ShiftRight<24>(hn::BitCast(U32(), entry))), U8(), material);
}

void DualLineOf(const DualLine& line, const DualCorrection& c, const std::int32_t* table,
                std::uint32_t* argb, std::uint8_t* material, std::size_t count) {
  const F32 f32;
  const I32 i32;
  // Bytes may alias anything: pointers of our own need not be read again after each store.
  const std::uint32_t* const high_in = line.high.data();
  const std::uint32_t* const low_in = line.low.data();
  const float* const dark_in = c.dark.data();
  const float* const gain_high_in = c.gain_high.data();
  const float* const gain_low_in = c.gain_low.data();
  const VF dose_high = hn::Set(f32, line.per_dose_high);
  const VF dose_low = hn::Set(f32, line.per_dose_low);
  const auto one = [&](const std::uint32_t* high, const std::uint32_t* low, const float* dark,
                       const float* gain_high, const float* gain_low, std::uint32_t* colours,
                       std::uint8_t* classes) HWY_ATTR {
    const VF d = hn::LoadU(f32, dark);
    const VF t_high = transmission_of(hn::LoadU(i32, reinterpret_cast<const std::int32_t*>(high)),
                                      d, hn::LoadU(f32, gain_high), dose_high);
    const VF t_low = transmission_of(hn::LoadU(i32, reinterpret_cast<const std::int32_t*>(low)), d,
                                     hn::LoadU(f32, gain_low), dose_low);
    colour_of(t_high, t_low, table, colours, classes);
  };
  over(
      count,
      [&](std::size_t i) HWY_ATTR {
        // Lines follow each other in memory, but the processor's own reading ahead stops at pages.
        hwy::Prefetch(high_in + i + kAhead);
        hwy::Prefetch(low_in + i + kAhead);
        hwy::Prefetch(argb + i + kAhead);
        one(high_in + i, low_in + i, dark_in + i, gain_high_in + i, gain_low_in + i, argb + i,
            material + i);
      },
      [&](std::size_t i, std::size_t n) HWY_ATTR {
        const TailIn<std::uint32_t> high(high_in + i, n, 0);
        const TailIn<std::uint32_t> low(low_in + i, n, 0);
        const TailIn<float> dark(dark_in + i, n, 0);
        const TailIn<float> gain_high(gain_high_in + i, n, 0);
        const TailIn<float> gain_low(gain_low_in + i, n, 0);
        TailOut<std::uint32_t> colours;
        TailOut<std::uint8_t> classes;
        one(high.values.data(), low.values.data(), dark.values.data(), gain_high.values.data(),
            gain_low.values.data(), colours.values.data(), classes.values.data());
        colours.put(argb + i, n);
        classes.put(material + i, n);
      });
}

void DualColour(const float* high, const float* low, const std::int32_t* table, std::uint32_t* argb,
                std::uint8_t* material, std::size_t count) {
  const F32 f32;
  over(
      count,
      [&](std::size_t i) HWY_ATTR {
        colour_of(hn::LoadU(f32, high + i), hn::LoadU(f32, low + i), table, argb + i, material + i);
      },
      [&](std::size_t i, std::size_t n) HWY_ATTR {
        const TailIn<float> h(high + i, n, 1.0F), l(low + i, n, 1.0F);
        TailOut<std::uint32_t> colours;
        TailOut<std::uint8_t> classes;
        colour_of(hn::LoadU(f32, h.values.data()), hn::LoadU(f32, l.values.data()), table,
                  colours.values.data(), classes.values.data());
        colours.put(argb + i, n);
        classes.put(material + i, n);
      });
}

const char* TargetName() {
  return hwy::TargetName(HWY_TARGET);
}

}  // namespace HWY_NAMESPACE
}  // namespace portcullis::imaging::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace portcullis::imaging::kernels {

HWY_EXPORT(Normalise);
HWY_EXPORT(Scale);
HWY_EXPORT(Logarithm);
HWY_EXPORT(Attenuation);
HWY_EXPORT(AttenuationCodes);
HWY_EXPORT(MassCodes);
HWY_EXPORT(MapRows);
HWY_EXPORT(Gray);
HWY_EXPORT(DualLineOf);
HWY_EXPORT(DualColour);
HWY_EXPORT(TargetName);

void normalise(std::span<const std::uint32_t> samples, std::span<const float> dark,
               std::span<const float> gain, float per_dose, std::span<float> transmission) {
  const std::size_t n = transmission.size();
  PC_ASSERT(samples.size() == n && dark.size() == n && gain.size() == n);
  HWY_DYNAMIC_DISPATCH(Normalise)
  (samples.data(), dark.data(), gain.data(), per_dose, transmission.data(), n);
}

void scale(float factor, std::span<float> values) {
  HWY_DYNAMIC_DISPATCH(Scale)(factor, values.data(), values.size());
}

void logarithm(std::span<const float> values, std::span<float> log) {
  PC_ASSERT(values.size() == log.size());
  HWY_DYNAMIC_DISPATCH(Logarithm)(values.data(), log.data(), log.size());
}

void attenuation(std::span<const float> transmission, float transmission_min,
                 std::span<float> attenuation) {
  PC_ASSERT(transmission.size() == attenuation.size() && transmission_min > 0);
  HWY_DYNAMIC_DISPATCH(Attenuation)
  (transmission.data(), transmission_min, attenuation.data(), attenuation.size());
}

void attenuation_codes(std::span<const float> transmission, std::span<std::uint16_t> codes) {
  PC_ASSERT(transmission.size() == codes.size());
  HWY_DYNAMIC_DISPATCH(AttenuationCodes)(transmission.data(), codes.data(), codes.size());
}

void mass_codes(std::span<const float> mass_g_cm2, std::span<std::uint16_t> codes) {
  PC_ASSERT(mass_g_cm2.size() == codes.size());
  HWY_DYNAMIC_DISPATCH(MassCodes)(mass_g_cm2.data(), codes.data(), codes.size());
}

RowMap::RowMap(std::span<const std::uint32_t> first, std::span<const std::uint32_t> index,
               std::span<const float> weight) {
  PC_ASSERT(!first.empty() && index.size() == weight.size() && first.back() == index.size());
  rows_ = first.size() - 1;
  for (std::size_t r = 0; r < rows_; ++r)
    taps_ = std::max<std::size_t>(taps_, first[r + 1] - first[r]);
  index_.assign(taps_ * rows_, 0);
  weight_.assign(taps_ * rows_, 0.0F);
  for (std::size_t r = 0; r < rows_; ++r) {
    for (std::uint32_t k = first[r]; k < first[r + 1]; ++k) {
      index_[(k - first[r]) * rows_ + r] = static_cast<std::int32_t>(index[k]);
      weight_[(k - first[r]) * rows_ + r] = weight[k];
      pixels_min_ = std::max<std::size_t>(pixels_min_, index[k] + std::size_t{1});
    }
  }
}

void RowMap::apply(std::span<const float> pixels, std::span<float> rows) const {
  PC_ASSERT(rows.size() == rows_ && pixels.size() >= pixels_min_);
  HWY_DYNAMIC_DISPATCH(MapRows)
  (pixels.data(), index_.data(), weight_.data(), taps_, rows_, rows.data());
}

float quick_log(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const float line =
      static_cast<float>(static_cast<std::int32_t>(bits - 0x3F800000U)) * kQuickLogStep;
  const float t = std::bit_cast<float>((bits & 0x007FFFFFU) | 0x3F800000U) - 2.0F;
  float p = kQuickLog[0];
  for (std::size_t k = 1; k < std::size(kQuickLog); ++k) p = p * t + kQuickLog[k];
  return line + p * t;
}

void gray(std::span<const float> transmission, const GrayTable& table,
          std::span<std::uint8_t> out) {
  PC_ASSERT(transmission.size() == out.size() && table.gray.size() == kGraySteps);
  HWY_DYNAMIC_DISPATCH(Gray)(transmission.data(), table.gray.data(), out.data(), out.size());
}

namespace {
const std::int32_t* entries_of(const ColourTable& table) {
  PC_ASSERT(table.entries.size() == kHighSteps * kExcessSteps);
  return reinterpret_cast<const std::int32_t*>(table.entries.data());
}
}  // namespace

ColourTable colour_table(const std::function<std::uint32_t(float high, float low)>& rule) {
  const auto attenuation_at = [](std::int32_t bits) {
    return -std::log(std::bit_cast<float>(bits));
  };
  ColourTable table;
  table.entries.reserve(kHighSteps * kExcessSteps);
  for (std::int32_t row = 0; row < static_cast<std::int32_t>(kHighSteps); ++row) {
    const std::int32_t depth = (row << kHighShift) + (1 << (kHighShift - 1));
    const float high = attenuation_at(kBitsOfOne - depth);
    for (std::int32_t column = 0; column < static_cast<std::int32_t>(kExcessSteps); ++column) {
      const std::int32_t excess =
          (column - kExcessBefore) * (1 << kExcessShift) + (1 << (kExcessShift - 1));
      const std::int32_t low = kBitsOfOne - depth - (depth >> kExcessOfHighShift) - excess;
      table.entries.push_back(rule(high, attenuation_at(low)));
    }
  }
  return table;
}

void dual_line(const DualLine& line, const DualCorrection& correction, const ColourTable& table,
               std::span<std::uint32_t> argb, std::span<std::uint8_t> material) {
  const std::size_t n = argb.size();
  PC_ASSERT(line.high.size() == n && line.low.size() == n && material.size() == n);
  PC_ASSERT(correction.dark.size() == n && correction.gain_high.size() == n &&
            correction.gain_low.size() == n);
  HWY_DYNAMIC_DISPATCH(DualLineOf)
  (line, correction, entries_of(table), argb.data(), material.data(), n);
}

void dual_colour(std::span<const float> transmission_high, std::span<const float> transmission_low,
                 const ColourTable& table, std::span<std::uint32_t> argb,
                 std::span<std::uint8_t> material) {
  const std::size_t n = argb.size();
  PC_ASSERT(transmission_high.size() == n && transmission_low.size() == n && material.size() == n);
  HWY_DYNAMIC_DISPATCH(DualColour)
  (transmission_high.data(), transmission_low.data(), entries_of(table), argb.data(),
   material.data(), n);
}

const char* target_name() {
  return HWY_DYNAMIC_DISPATCH(TargetName)();
}

}  // namespace portcullis::imaging::kernels
#endif  // HWY_ONCE
