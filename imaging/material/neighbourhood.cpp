#include "imaging/material/neighbourhood.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

// The kernels below are compiled once for each kind of vectors and chosen when the program runs.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "imaging/material/neighbourhood.cpp"
#include <hwy/foreach_target.h>  // IWYU pragma: keep
// Must come after foreach_target.h.
#include <hwy/highway.h>

#include "imaging/kernels/vector_log-inl.h"

HWY_BEFORE_NAMESPACE();
namespace portcullis::imaging::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;
using Tag = hn::ScalableTag<float>;
using Vector = hn::Vec<Tag>;

using kernels::HWY_NAMESPACE::log_of;

void Guide(const float* const* high, const float* const* low, const float* spacing, float photon,
           float electronic, int width, float* guide, float* noise) {
  const Tag d;
  const auto floor = hn::Set(d, kTransmissionFloor);
  const int lanes = static_cast<int>(hn::Lanes(d));
  for (int x = 0; x < width; x += lanes) {
    auto sum = hn::Zero(d);
    for (int k = -1; k <= 1; ++k) {
      const auto upper = hn::Add(hn::LoadU(d, high[0] + x + k), hn::LoadU(d, low[0] + x + k));
      const auto middle = hn::Add(hn::LoadU(d, high[1] + x + k), hn::LoadU(d, low[1] + x + k));
      const auto lower = hn::Add(hn::LoadU(d, high[2] + x + k), hn::LoadU(d, low[2] + x + k));
      sum = hn::Add(sum, hn::Add(hn::Add(upper, lower), middle));
    }
    const auto mean = hn::Max(hn::Mul(sum, hn::Set(d, 1.0F / 18.0F)), floor);
    const auto variance =
        hn::Mul(hn::LoadU(d, spacing + x),
                hn::Div(hn::Add(hn::Set(d, photon), hn::Div(hn::Set(d, electronic), mean)), mean));
    hn::StoreU(hn::Neg(log_of(d, mean)), d, guide + x);
    hn::StoreU(hn::Mul(hn::Set(d, 3.0F), hn::Sqrt(variance)), d, noise + x);
  }
}

void Given(const float* const* guide, const float* noise, const float* bad, int width, float* given,
           float* alike) {
  const Tag d;
  const auto far = hn::Set(d, kFarOff);
  const int lanes = static_cast<int>(hn::Lanes(d));
  for (int x = 0; x < width; x += lanes) {
    const auto g = hn::LoadU(d, guide[1] + x);
    const auto step = [&](const float* at)
                          HWY_ATTR { return hn::Abs(hn::Sub(hn::LoadU(d, at + x), g)); };
    const auto apart = hn::Max(hn::Max(step(guide[0]), step(guide[2])),
                               hn::Max(step(guide[1] - 2), step(guide[1] + 2)));
    const auto thick = hn::Max(g, hn::Zero(d));
    const auto n = hn::LoadU(d, noise + x);
    // Twice the noise: the larger of four differences.
    const auto usual = hn::Add(hn::Add(hn::Set(d, 0.03F), hn::Mul(hn::Set(d, 0.06F), thick)),
                               hn::Mul(hn::Set(d, 1.5F), n));
    auto silent = hn::Gt(apart, usual);
    if (bad != nullptr) silent = hn::Or(silent, hn::Gt(hn::LoadU(d, bad + x), hn::Zero(d)));
    hn::StoreU(hn::IfThenElse(silent, far, g), d, given + x);
    const auto tolerance = hn::Add(
        hn::Add(hn::Set(d, 0.03F), hn::Mul(hn::Set(d, 0.05F), thick)),
        hn::Add(hn::Mul(hn::Set(d, 1.4F), n), hn::Mul(hn::Set(d, 0.4F), hn::Min(apart, usual))));
    hn::StoreU(hn::Div(hn::Set(d, 1.0F), hn::Mul(tolerance, tolerance)), d, alike + x);
  }
}

void Measure(const RowsAround& rows, const float* guide, const float* alike, const float* own_high,
             const float* own_low, const float* spacing, const MaterialCurves::Look* looks,
             const RowNoise& noise, float pixels_each, bool alone, int width, float* high, float* m,
             float* information) {
  const Tag d;
  const hn::RebindToSigned<Tag> di;
  const auto zero = hn::Zero(d);
  const auto one = hn::Set(d, 1.0F);
  const auto floor = hn::Set(d, kTransmissionFloor);
  const int lanes = static_cast<int>(hn::Lanes(d));
  constexpr int kLookFloats = static_cast<int>(sizeof(MaterialCurves::Look) / sizeof(float));
  const float* table = &looks->low_offset;
  for (int x = 0; x < width; x += lanes) {
    auto sum = zero;
    auto sum_high = zero;
    auto sum_low = zero;
    if (!alone) {
      const auto g = hn::LoadU(d, guide + x);
      const auto a = hn::LoadU(d, alike + x);
      for (int k = 0; k < 7; ++k) {
        if (rows.given[k] == nullptr) continue;
        const float* given = rows.given[k] + x - 3;
        const float* row_high = rows.high[k] + x - 3;
        const float* row_low = rows.low[k] + x - 3;
        for (int i = 0; i < 7; ++i) {
          const auto apart = hn::Sub(hn::LoadU(d, given + i), g);
          const auto w = hn::Max(zero, hn::Sub(one, hn::Mul(hn::Mul(apart, apart), a)));
          sum = hn::Add(sum, w);
          sum_high = hn::Add(sum_high, hn::Mul(w, hn::LoadU(d, row_high + i)));
          sum_low = hn::Add(sum_low, hn::Mul(w, hn::LoadU(d, row_low + i)));
        }
      }
    }
    const auto lonely = hn::Lt(sum, one);
    sum = hn::IfThenElse(lonely, one, sum);
    sum_high = hn::IfThenElse(lonely, hn::LoadU(d, own_high + x), sum_high);
    sum_low = hn::IfThenElse(lonely, hn::LoadU(d, own_low + x), sum_low);
    const auto t_high = hn::Max(hn::Div(sum_high, sum), floor);
    const auto t_low = hn::Max(hn::Div(sum_low, sum), floor);
    const auto h = hn::Neg(log_of(d, t_high));
    const auto l = hn::Neg(log_of(d, t_low));
    auto place = hn::Add(hn::Mul(h, hn::Set(d, MaterialCurves::kStepsPerUnit)), hn::Set(d, 0.5F));
    place = hn::Min(hn::Max(place, zero), hn::Set(d, static_cast<float>(MaterialCurves::kSteps)));
    const auto index = hn::Mul(hn::ConvertTo(di, place), hn::Set(di, kLookFloats));
    // In air all ask for the first: nothing has to be gathered.
    const bool air = hn::AllTrue(di, hn::Eq(index, hn::Zero(di)));
    const auto figure = [&](int k) HWY_ATTR {
      return air ? hn::Set(d, table[k]) : hn::GatherIndex(d, table + k, index);
    };
    const auto offset = figure(0);
    const auto span_inverse = figure(1);
    const auto hardened = figure(2);
    const auto aluminium = hn::Add(hn::Mul(h, hn::Set(d, MaterialCurves::kLowSlope)), offset);
    hn::StoreU(h, d, high + x);
    hn::StoreU(hn::Mul(hn::Sub(l, aluminium), span_inverse), d, m + x);
    const auto variance_of = [&](Vector t, float photon, float electronic) HWY_ATTR {
      return hn::Div(
          hn::Add(hn::Mul(hn::Set(d, photon), hardened), hn::Div(hn::Set(d, electronic), t)), t);
    };
    // L - R H with R = 1.19.
    const auto variance = hn::Add(
        variance_of(t_low, noise.photon_low, noise.electronic_low),
        hn::Mul(hn::Set(d, 1.42F), variance_of(t_high, noise.photon_high, noise.electronic_high)));
    const auto spread =
        hn::Mul(hn::Mul(span_inverse, span_inverse), hn::Mul(hn::LoadU(d, spacing + x), variance));
    hn::StoreU(hn::Div(hn::Mul(sum, hn::Set(d, pixels_each)), spread), d, information + x);
  }
}

}  // namespace
}  // namespace portcullis::imaging::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace portcullis::imaging {

HWY_EXPORT(Guide);
HWY_EXPORT(Given);
HWY_EXPORT(Measure);

void PaddedPlane::reshape(int width, int height) {
  width_ = width;
  height_ = height;
  // Room for a whole vector of 16 past the end, and for its neighbours.
  stride_ = static_cast<std::size_t>((width + 2 * kPad + 31) / 16 * 16);
  const std::size_t size = stride_ * static_cast<std::size_t>(height);
  if (size > values_.size()) core::zeroed_on_huge_pages(values_, size);
}

void PaddedPlane::pad(int y, float left, float right) {
  float* r = row(y);
  std::fill(r - kPad, r, left);
  std::fill(r + width_, r - kPad + stride_, right);
}

namespace {
int held(int y, int height) {
  return std::clamp(y, 0, height - 1);
}
}  // namespace

void guide_row(SmoothPlanes& p, const RowNoise& noise, int y) {
  const int h = p.high.height();
  const float* high[3] = {p.high.row(held(y - 1, h)), p.high.row(y), p.high.row(held(y + 1, h))};
  const float* low[3] = {p.low.row(held(y - 1, h)), p.low.row(y), p.low.row(held(y + 1, h))};
  // Of the mean of 9 pixels of two energies; 2 for hardening and for what neighbours share.
  const float share = 2.0F / 36.0F;
  HWY_DYNAMIC_DISPATCH(Guide)
  (high, low, p.spacing_mm.data(), share * (noise.photon_high + noise.photon_low),
   share * (noise.electronic_high + noise.electronic_low), p.high.width(), p.guide.row(y),
   p.alike.row(y));
  p.guide.pad(y, p.guide(0, y), p.guide(p.guide.width() - 1, y));
}

void given_row(SmoothPlanes& p, const float* bad, int y) {
  const int h = p.high.height();
  const float* guide[3] = {p.guide.row(held(y - 2, h)), p.guide.row(y),
                           p.guide.row(held(y + 2, h))};
  HWY_DYNAMIC_DISPATCH(Given)
  (guide, p.alike.row(y), bad, p.high.width(), p.given.row(y), p.alike.row(y));
  p.given.pad(y, kFarOff, kFarOff);
}

void measure_row(const SmoothPlanes& p, const MaterialCurves& curves, const RowNoise& noise,
                 float pixels_each, bool alone, int y, float* high, float* m, float* information) {
  RowsAround rows{};
  for (int k = 0; k < 7; ++k) {
    const int yy = y + k - 3;
    if (yy < 0 || yy >= p.high.height()) continue;
    rows.given[k] = p.given.row(yy);
    rows.high[k] = p.high.row(yy);
    rows.low[k] = p.low.row(yy);
  }
  HWY_DYNAMIC_DISPATCH(Measure)
  (rows, p.guide.row(y), p.alike.row(y), p.high.row(y), p.low.row(y), p.spacing_mm.data(),
   &curves.look(0.0F), noise, pixels_each, alone, p.high.width(), high, m, information);
}

}  // namespace portcullis::imaging
#endif  // HWY_ONCE
