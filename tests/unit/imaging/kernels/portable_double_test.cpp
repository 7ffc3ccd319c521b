#include "imaging/kernels/portable_double.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace portcullis::imaging {
namespace {

// The C library's own are right to a bit or so.
TEST(PortableDouble, ExponentialLogarithmAndSineAreAsExactAsTheySay) {
  for (double x = -700; x <= 700; x += 0.37)
    ASSERT_NEAR(portable_exp(x) / std::exp(x), 1, 1e-14) << x;
  for (double x = 1e-300; x < 1e300; x *= 1.37)
    ASSERT_NEAR(portable_ln(x), std::log(x), 1e-15 * (1 + std::abs(std::log(x)))) << x;
  for (double x = 0.5; x < 2; x += 1e-4) ASSERT_NEAR(portable_ln(x), std::log(x), 1e-15) << x;
  for (double x = -1000; x <= 1000; x += 0.113)
    ASSERT_NEAR(portable_sin(x), std::sin(x), 1e-12) << x;
}

TEST(PortableDouble, WhereTheyAreExact) {
  EXPECT_EQ(portable_exp(0), 1);
  EXPECT_EQ(portable_ln(1), 0);
  EXPECT_EQ(portable_sin(0), 0);
  EXPECT_NEAR(portable_ln(std::numeric_limits<double>::denorm_min()), -1074 * std::log(2), 1e-12);
}

}  // namespace
}  // namespace portcullis::imaging
