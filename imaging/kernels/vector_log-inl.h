// The logarithm of imaging/display/portable_math.h on vectors, lane by lane: the same operations in
// the same order, so the same bytes on every target. Included once for each target by files that
// include <hwy/foreach_target.h> first: hence no `#pragma once`.
#if defined(PORTCULLIS_IMAGING_KERNELS_VECTOR_LOG_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef PORTCULLIS_IMAGING_KERNELS_VECTOR_LOG_INL_H_
#undef PORTCULLIS_IMAGING_KERNELS_VECTOR_LOG_INL_H_
#else
#define PORTCULLIS_IMAGING_KERNELS_VECTOR_LOG_INL_H_
#endif

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace portcullis::imaging::kernels::HWY_NAMESPACE {

/// x = 2^exponent (1 + f), 1 + f from sqrt(1/2) to sqrt(2). x positive and normal.
template <class D>
struct LogParts {
  hwy::HWY_NAMESPACE::Vec<D> exponent;
  hwy::HWY_NAMESPACE::Vec<D> f;
};
template <class D>
HWY_INLINE LogParts<D> log_parts(D d, hwy::HWY_NAMESPACE::Vec<D> x) {
  namespace hn = hwy::HWY_NAMESPACE;
  const hn::RebindToSigned<D> whole;
  const auto offset = hn::Set(whole, 0x3F3504F3);  // sqrt(1/2)
  const auto shifted = hn::Sub(hn::BitCast(whole, x), offset);
  const auto mantissa = hn::Add(hn::And(shifted, hn::Set(whole, 0x007FFFFF)), offset);
  return {hn::ConvertTo(d, hn::ShiftRight<23>(shifted)),
          hn::Sub(hn::BitCast(d, mantissa), hn::Set(d, 1.0F))};
}

/// Natural logarithm; x positive and normal.
template <class D>
HWY_INLINE hwy::HWY_NAMESPACE::Vec<D> log_of(D d, hwy::HWY_NAMESPACE::Vec<D> x) {
  namespace hn = hwy::HWY_NAMESPACE;
  const auto [exponent, f] = log_parts(d, x);
  const auto z = hn::Mul(f, f);
  auto p = hn::Set(d, 7.0376836292E-2F);
  p = hn::Add(hn::Mul(p, f), hn::Set(d, -1.1514610310E-1F));
  p = hn::Add(hn::Mul(p, f), hn::Set(d, 1.1676998740E-1F));
  p = hn::Add(hn::Mul(p, f), hn::Set(d, -1.2420140846E-1F));
  p = hn::Add(hn::Mul(p, f), hn::Set(d, 1.4249322787E-1F));
  p = hn::Add(hn::Mul(p, f), hn::Set(d, -1.6668057665E-1F));
  p = hn::Add(hn::Mul(p, f), hn::Set(d, 2.0000714765E-1F));
  p = hn::Add(hn::Mul(p, f), hn::Set(d, -2.4999993993E-1F));
  p = hn::Add(hn::Mul(p, f), hn::Set(d, 3.3333331174E-1F));
  auto y = hn::Mul(hn::Mul(p, f), z);
  y = hn::Sub(y, hn::Mul(exponent, hn::Set(d, 2.12194440E-4F)));
  y = hn::Sub(y, hn::Mul(hn::Set(d, 0.5F), z));
  return hn::Add(hn::Add(f, y), hn::Mul(exponent, hn::Set(d, 0.693359375F)));
}

}  // namespace portcullis::imaging::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
