#pragma once

#include <cmath>
#include <numbers>

/// Functions whose last bit is the same on every machine. The C library picks another variant of
/// its own where the machine has fused multiply-add; what images are made from must not change
/// with that. For factors worked out once, not for pixels: only sums, products and quotients, in
/// an order that is written here.
namespace portcullis::imaging {

/// e^x for x of -700 to 700, to 1e-14 of itself: Taylor series of what is left of a whole number of
/// ln 2, which is taken off in two parts so that nothing is lost (W. J. Cody and W. Waite, Software
/// Manual for the Elementary Functions, 1980, chapter 6).
inline double portable_exp(double x) {
  constexpr double kLn2Most = 0x1.62e42feep-1;  // its first 32 bits: times n exact
  constexpr double kLn2Rest = 0x1.a39ef35793c76p-33;
  const double n = std::floor(x / std::numbers::ln2 + 0.5);
  const double y = (x - n * kLn2Most) - n * kLn2Rest;
  double sum = 1;
  for (int k = 14; k > 0; --k) sum = 1 + sum * y / k;
  return std::ldexp(sum, static_cast<int>(n));  // exact
}

/// ln x for finite x > 0, to 1e-15 of 1 + |ln x|: 2 atanh((m - 1) / (m + 1)) of the mantissa m of
/// sqrt(1/2) to sqrt(2), as a series, and the exponent's share.
inline double portable_ln(double x) {
  int exponent = 0;
  double m = std::frexp(x, &exponent);  // exact
  if (m < std::numbers::sqrt2 / 2) {
    m *= 2;
    --exponent;
  }
  const double s = (m - 1) / (m + 1);
  double sum = 0;
  for (int k = 25; k > 0; k -= 2) sum = sum * s * s + 1.0 / k;
  return 2 * s * sum + exponent * std::numbers::ln2;
}

/// sin x for |x| up to 1,000, to 1e-12: Taylor series of what is left of whole turns.
inline double portable_sin(double x) {
  constexpr double kTurn = 2 * std::numbers::pi;
  const double y = x - kTurn * std::floor(x / kTurn + 0.5);
  double sum = 1;
  for (int k = 28; k > 0; k -= 2) sum = 1 - sum * y * y / (k * (k + 1));
  return y * sum;
}

}  // namespace portcullis::imaging
