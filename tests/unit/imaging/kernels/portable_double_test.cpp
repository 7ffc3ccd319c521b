#include "imaging/kernels/portable_double.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace portcullis::imaging {
namespace {

// The C library's own are right to a bit or so.
TEST(PortableDouble, ExponentialLogarithmAndSineAreAsExactAsTheySay) {
  for (int i = -7000; i <= 7000; ++i) {
    const double x = 0.1 * i;
    ASSERT_NEAR(portable_exp(x) / std::exp(x), 1, 1e-14) << x;
  }
  for (int exponent = -1000; exponent <= 1000; ++exponent) {
    const double x = std::ldexp(1.37, exponent);
    ASSERT_NEAR(portable_ln(x), std::log(x), 1e-15 * (1 + std::abs(std::log(x)))) << x;
  }
  for (int i = 5000; i < 20'000; ++i) {
    const double x = 1e-4 * i;
    ASSERT_NEAR(portable_ln(x), std::log(x), 1e-15) << x;
  }
  for (int i = -9000; i <= 9000; ++i) {
    const double x = 0.111 * i;
    ASSERT_NEAR(portable_sin(x), std::sin(x), 1e-12) << x;
  }
}

TEST(PortableDouble, WhereTheyAreExact) {
  EXPECT_EQ(portable_exp(0), 1);
  EXPECT_EQ(portable_ln(1), 0);
  EXPECT_EQ(portable_sin(0), 0);
  EXPECT_NEAR(portable_ln(std::numeric_limits<double>::denorm_min()), -1074 * std::log(2), 1e-12);
}

}  // namespace
}  // namespace portcullis::imaging
