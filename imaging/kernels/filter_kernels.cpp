#include "imaging/kernels/filter_kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "imaging/kernels/filter_kernels.cpp"
#include <hwy/foreach_target.h>  // must come before highway.h
#include <hwy/highway.h>

#include <algorithm>
#include <array>
#include <vector>

#include "core/assert.h"

HWY_BEFORE_NAMESPACE();
namespace portcullis::imaging::kernels {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Rows come padded to the left by their reach and to the right by at least a vector, so that whole
// vectors are worked everywhere; what lands behind the last column is dropped.

using FilterU32 = hn::ScalableTag<std::uint32_t>;
using FilterU16 = hn::ScalableTag<std::uint16_t>;

/// out[i] = a + 2 b + c
void Binomial3(const std::uint32_t* a, const std::uint32_t* b, const std::uint32_t* c,
               std::uint32_t* out, std::size_t count) {
  const FilterU32 d;
  for (std::size_t i = 0; i < count; i += hn::Lanes(d)) {
    const auto middle = hn::ShiftLeft<1>(hn::LoadU(d, b + i));
    hn::StoreU(hn::Add(hn::Add(hn::LoadU(d, a + i), hn::LoadU(d, c + i)), middle), d, out + i);
  }
}

/// out[i] = a + 4 b + 6 c + 4 d + e
void Binomial5(const std::uint32_t* a, const std::uint32_t* b, const std::uint32_t* c,
               const std::uint32_t* e, const std::uint32_t* f, std::uint32_t* out,
               std::size_t count) {
  const FilterU32 d;
  for (std::size_t i = 0; i < count; i += hn::Lanes(d)) {
    const auto outer = hn::Add(hn::LoadU(d, a + i), hn::LoadU(d, f + i));
    const auto inner = hn::ShiftLeft<2>(hn::Add(hn::LoadU(d, b + i), hn::LoadU(d, e + i)));
    const auto middle = hn::LoadU(d, c + i);
    const auto six = hn::Add(hn::ShiftLeft<2>(middle), hn::ShiftLeft<1>(middle));
    hn::StoreU(hn::Add(hn::Add(outer, inner), six), d, out + i);
  }
}

/// One row: sum of the differences and number of the neighbours that count.
void SigmaRow(const std::uint16_t* const* rows, const std::uint16_t* reach, std::int16_t* sum,
              std::uint16_t* counted, std::size_t count) {
  const FilterU16 u16;
  const hn::RebindToSigned<FilterU16> i16;
  for (std::size_t i = 0; i < count; i += hn::Lanes(u16)) {
    const auto centre = hn::LoadU(u16, rows[kSigmaReach] + kSigmaReach + i);
    const auto limit = hn::LoadU(u16, reach + i);
    auto total = hn::Zero(u16);
    auto number = hn::Zero(u16);
    for (std::size_t y = 0; y < 2 * kSigmaReach + 1; ++y) {
      for (std::size_t x = 0; x < 2 * kSigmaReach + 1; ++x) {
        const auto value = hn::LoadU(u16, rows[y] + x + i);
        // One of the two is zero, the other the distance.
        const auto distance =
            hn::Or(hn::SaturatedSub(value, centre), hn::SaturatedSub(centre, value));
        const auto near = hn::Eq(hn::SaturatedSub(distance, limit), hn::Zero(u16));
        total = hn::Add(total, hn::IfThenElseZero(near, hn::Sub(value, centre)));
        number = hn::Add(number, hn::IfThenElseZero(near, hn::Set(u16, 1)));
      }
    }
    hn::StoreU(hn::BitCast(i16, total), i16, sum + i);
    hn::StoreU(number, u16, counted + i);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace portcullis::imaging::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace portcullis::imaging::kernels {

HWY_EXPORT(Binomial3);
HWY_EXPORT(Binomial5);
HWY_EXPORT(SigmaRow);

namespace {

/// Elements behind a row that a vector may touch: no target here has more lanes.
constexpr std::size_t kVectorSlack = 64;
constexpr std::size_t kCodesPerStep = 16;
constexpr std::size_t kFilterSteps = 4096;

std::size_t row_at(std::size_t row, int by, std::size_t rows) {
  const auto moved = static_cast<std::ptrdiff_t>(row) + by;
  return static_cast<std::size_t>(
      std::clamp<std::ptrdiff_t>(moved, 0, static_cast<std::ptrdiff_t>(rows) - 1));
}

/// `to[reach + x] = from[x]`, the border going on for `reach` to both sides.
template <class From, class To>
void pad_row(const From* from, std::size_t columns, std::size_t reach, To* to) {
  std::fill_n(to, reach, static_cast<To>(from[0]));
  std::copy_n(from, columns, to + reach);
  std::fill_n(to + reach + columns, reach, static_cast<To>(from[columns - 1]));
}

/// Rows of a plane's filter on their way: made once, kept as long as another row may ask.
class RowRing {
 public:
  RowRing(std::size_t rows_kept, std::size_t length)
      : kept_(rows_kept), length_(length), data_(rows_kept * length) {}
  std::uint32_t* row(std::size_t index) { return &data_[index % kept_ * length_]; }

 private:
  std::size_t kept_, length_;
  std::vector<std::uint32_t> data_;
};

}  // namespace

void unsharp(std::span<const std::uint16_t> in, std::size_t columns, std::size_t rows, float gain,
             std::span<const float> floor_codes, std::span<std::uint16_t> out) {
  PC_ASSERT(in.size() == columns * rows && out.size() == in.size());
  PC_ASSERT(floor_codes.size() == kFilterSteps);
  if (in.empty()) return;
  const auto binomial3 = HWY_DYNAMIC_DISPATCH(Binomial3);
  const auto binomial5 = HWY_DYNAMIC_DISPATCH(Binomial5);
  const std::size_t length = columns + 2 * kBinomialWideReach + 2 * kVectorSlack;
  // Across first: 4, 16 and 256 times the codes; then down: 16, 256 and 65,536 times.
  RowRing narrow(3, length), first(8, length), second(16, length);
  std::vector<std::uint32_t> padded(length), mixed(length), fine(length), wide(length);
  std::size_t across_done = 0, first_done = 0;
  const auto across = [&](std::size_t r) {
    pad_row(&in[r * columns], columns, 2, padded.data());
    binomial5(&padded[0], &padded[1], &padded[2], &padded[3], &padded[4], first.row(r), columns);
  };
  // The wide filter's first pass down, then its second pass across.
  const auto down_and_across = [&](std::size_t r) {
    binomial5(first.row(row_at(r, -2, rows)), first.row(row_at(r, -1, rows)), first.row(r),
              first.row(row_at(r, 1, rows)), first.row(row_at(r, 2, rows)), mixed.data(), columns);
    pad_row(mixed.data(), columns, 4, padded.data());
    binomial5(&padded[0], &padded[2], &padded[4], &padded[6], &padded[8], second.row(r), columns);
  };
  for (std::size_t r = 0; r < rows; ++r) {
    for (; first_done <= row_at(r, 4, rows); ++first_done) {
      for (; across_done <= row_at(first_done, 2, rows); ++across_done) across(across_done);
      down_and_across(first_done);
    }
    binomial5(second.row(row_at(r, -4, rows)), second.row(row_at(r, -2, rows)), second.row(r),
              second.row(row_at(r, 2, rows)), second.row(row_at(r, 4, rows)), wide.data(), columns);
    for (int by = -1; by <= 1; ++by) {  // made three times over: they cost less than a ring
      const std::size_t at = row_at(r, by, rows);
      pad_row(&in[at * columns], columns, 1, padded.data());
      binomial3(&padded[0], &padded[1], &padded[2], narrow.row(static_cast<std::size_t>(by) + 1),
                columns);
    }
    binomial3(narrow.row(0), narrow.row(1), narrow.row(2), fine.data(), columns);
    for (std::size_t x = 0; x < columns; ++x) {
      // 4,096 times the codes, both: 2^28 at most.
      const auto difference =
          static_cast<std::int32_t>(fine[x] << 8U) - static_cast<std::int32_t>(wide[x] >> 4U);
      const std::uint16_t code = in[r * columns + x];
      const float d = static_cast<float>(difference) * (1.0F / 4096.0F);
      const float least = floor_codes[code / kCodesPerStep];
      const float raised = d > least ? d - least : (d < -least ? d + least : 0.0F);
      const float value = static_cast<float>(code) + gain * raised;
      out[r * columns + x] = static_cast<std::uint16_t>(std::clamp(value + 0.5F, 0.0F, 65535.0F));
    }
  }
}

void sigma_filter(std::span<const std::uint16_t> in, std::size_t columns, std::size_t rows,
                  std::span<const std::uint16_t> reach, std::span<std::uint16_t> out) {
  PC_ASSERT(in.size() == columns * rows && out.size() == in.size());
  PC_ASSERT(reach.size() == kFilterSteps &&
            std::all_of(reach.begin(), reach.end(),
                        [](std::uint16_t r) { return r <= kSigmaReachCodes; }));
  if (in.empty()) return;
  const auto sigma_row = HWY_DYNAMIC_DISPATCH(SigmaRow);
  constexpr std::size_t kTaps = 2 * kSigmaReach + 1;
  const std::size_t length = columns + 2 * kSigmaReach + 2 * kVectorSlack;
  std::vector<std::uint16_t> ring(8 * length), limits(length), counted(length);
  std::vector<std::int16_t> sums(length);
  std::array<std::int32_t, kTaps * kTaps + 1> part{};  // 65536 / n
  for (std::size_t n = 1; n < part.size(); ++n)
    part[n] = static_cast<std::int32_t>((65536 + n / 2) / n);
  std::size_t done = 0;
  for (std::size_t r = 0; r < rows; ++r) {
    for (; done <= row_at(r, kSigmaReach, rows); ++done)
      pad_row(&in[done * columns], columns, kSigmaReach, &ring[done % 8 * length]);
    std::array<const std::uint16_t*, kTaps> from{};
    for (std::size_t k = 0; k < kTaps; ++k)
      from[k] = &ring[row_at(r, static_cast<int>(k) - kSigmaReach, rows) % 8 * length];
    const std::uint16_t* here = &in[r * columns];
    for (std::size_t x = 0; x < columns; ++x) limits[x] = reach[here[x] / kCodesPerStep];
    sigma_row(from.data(), limits.data(), sums.data(), counted.data(), columns);
    for (std::size_t x = 0; x < columns; ++x) {
      const std::int32_t moved = (sums[x] * part[counted[x]] + 32768) >> 16;
      out[r * columns + x] = static_cast<std::uint16_t>(here[x] + moved);
    }
  }
}

}  // namespace portcullis::imaging::kernels
#endif  // HWY_ONCE
