#pragma once

namespace portcullis::imaging {

/// e^x for x of -700 to 700, to 1e-13 of itself.
///
/// The C library picks another variant where the machine has fused multiply-add, and so may differ
/// in the last bit from machine to machine; what images are made from must not. For factors worked
/// out once, not for pixels: Taylor series of x / 1024, squared ten times.
inline double portable_exp(double x) {
  const double y = x / 1024;
  double sum = 1;
  for (int k = 12; k > 0; --k) sum = 1 + sum * y / k;
  for (int k = 0; k < 10; ++k) sum *= sum;
  return sum;
}

}  // namespace portcullis::imaging
