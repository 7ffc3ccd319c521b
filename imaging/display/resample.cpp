#include "imaging/display/resample.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "imaging/display/resample.cpp"
#include <hwy/foreach_target.h>  // must come before highway.h
#include <hwy/highway.h>

#include <cstddef>

#include "core/assert.h"

HWY_BEFORE_NAMESPACE();
namespace portcullis::imaging {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using ResampleU32 = hn::ScalableTag<std::uint32_t>;
using ResampleU16 = hn::Rebind<std::uint16_t, ResampleU32>;

/// `whole(i)` for vectors of `lanes`, the last one moved back to end with `count`; `single(i)`
/// where there is no room for a vector.
template <class Whole, class Single>
void ForAll(std::size_t count, std::size_t lanes, const Whole& whole, const Single& single) {
  if (count < lanes) {
    for (std::size_t i = 0; i < count; ++i) single(i);
    return;
  }
  std::size_t i = 0;
  for (; i + lanes <= count; i += lanes) whole(i);
  if (i < count) whole(count - lanes);
}

void BlendRows(const std::uint16_t* top, const std::uint16_t* bottom, std::uint32_t weight,
               std::uint32_t* out, std::size_t count) {
  const ResampleU32 d;
  const ResampleU16 codes;
  const auto share = hn::Set(d, weight);
  ForAll(
      count, hn::Lanes(d),
      [&](std::size_t i) {
        const auto upper = hn::PromoteTo(d, hn::LoadU(codes, top + i));
        const auto lower = hn::PromoteTo(d, hn::LoadU(codes, bottom + i));
        // Modulo 2^32 a negative difference comes out right.
        const auto moved = hn::Mul(hn::Sub(lower, upper), share);
        hn::StoreU(hn::Add(hn::ShiftLeft<8>(upper), moved), d, out + i);
      },
      [&](std::size_t i) {
        out[i] = (std::uint32_t{top[i]} << 8U) +
                 (std::uint32_t{bottom[i]} - std::uint32_t{top[i]}) * weight;
      });
}

void BlendColumns(const std::uint32_t* mixed, const std::uint32_t* first,
                  const std::uint32_t* weight, std::uint16_t* out, std::size_t count) {
  const ResampleU32 d;
  const hn::RebindToSigned<ResampleU32> places;
  const ResampleU16 codes;
  // 65535 * 256 * 256 and the half still fit into 32 bits.
  const auto half = hn::Set(d, 32768);
  ForAll(
      count, hn::Lanes(d),
      [&](std::size_t i) {
        const auto at = hn::BitCast(places, hn::LoadU(d, first + i));
        const auto here = hn::GatherIndex(d, mixed, at);
        const auto next = hn::GatherIndex(d, mixed + 1, at);
        const auto moved = hn::Mul(hn::Sub(next, here), hn::LoadU(d, weight + i));
        const auto sum = hn::Add(hn::Add(hn::ShiftLeft<8>(here), moved), half);
        const auto code = hn::BitCast(places, hn::ShiftRight<16>(sum));
        hn::StoreU(hn::DemoteTo(codes, code), codes, out + i);
      },
      [&](std::size_t i) {
        const std::uint32_t here = mixed[first[i]];
        const std::uint32_t moved = (mixed[first[i] + 1] - here) * weight[i];
        out[i] = static_cast<std::uint16_t>(((here << 8U) + moved + 32768) >> 16U);
      });
}

}  // namespace HWY_NAMESPACE
}  // namespace portcullis::imaging
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace portcullis::imaging {

HWY_EXPORT(BlendRows);
HWY_EXPORT(BlendColumns);

void blend_rows(std::span<const std::uint16_t> top, std::span<const std::uint16_t> bottom,
                std::uint32_t weight, std::span<std::uint32_t> out) {
  PC_ASSERT(top.size() == out.size() && bottom.size() == out.size() && weight <= 256);
  HWY_DYNAMIC_DISPATCH(BlendRows)(top.data(), bottom.data(), weight, out.data(), out.size());
}

void blend_columns(std::span<const std::uint32_t> mixed, std::span<const std::uint32_t> first,
                   std::span<const std::uint32_t> weight, std::span<std::uint16_t> out) {
  PC_ASSERT(first.size() == out.size() && weight.size() == out.size());
  PC_ASSERT(out.empty() || first.back() + 2 <= mixed.size());
  HWY_DYNAMIC_DISPATCH(BlendColumns)
  (mixed.data(), first.data(), weight.data(), out.data(), out.size());
}

}  // namespace portcullis::imaging
#endif  // HWY_ONCE
