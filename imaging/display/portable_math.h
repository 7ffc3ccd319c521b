#pragma once

#include <bit>
#include <cstdint>

namespace portcullis::imaging {

/// Natural logarithm of a positive, normal float, within 2 units in the last place.
///
/// The C library picks another variant where the machine has fused multiply-add and so differs in
/// the last bit from machine to machine; images must not. No branches: loops over it vectorise.
/// Polynomial: S. L. Moshier, Cephes library, logf.
inline float portable_log(float x) {
  const std::uint32_t shifted = std::bit_cast<std::uint32_t>(x) - 0x3F3504F3U;  // sqrt(1/2)
  const float exponent = static_cast<float>(static_cast<std::int32_t>(shifted) >> 23);
  const float f = std::bit_cast<float>((shifted & 0x007FFFFFU) + 0x3F3504F3U) - 1.0F;
  const float z = f * f;
  float p = 7.0376836292E-2F;
  p = p * f - 1.1514610310E-1F;
  p = p * f + 1.1676998740E-1F;
  p = p * f - 1.2420140846E-1F;
  p = p * f + 1.4249322787E-1F;
  p = p * f - 1.6668057665E-1F;
  p = p * f + 2.0000714765E-1F;
  p = p * f - 2.4999993993E-1F;
  p = p * f + 3.3333331174E-1F;
  float y = p * f * z;
  y = y - exponent * 2.12194440E-4F;
  y = y - 0.5F * z;
  return (f + y) + exponent * 0.693359375F;
}

}  // namespace portcullis::imaging
