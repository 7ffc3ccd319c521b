#include "core/wilson.h"

#include <gtest/gtest.h>

namespace portcullis::core {
namespace {

TEST(ShareInterval, IsWilsons) {
  // Newcombe, Statistics in Medicine 17 (1998) 857, table I, method 3.
  const struct {
    std::uint32_t hits, count;
    double low, high;
  } rows[] = {{81, 263, 0.2553, 0.3662},
              {15, 148, 0.0624, 0.1605},
              {0, 20, 0, 0.1611},
              {1, 29, 0.0061, 0.1718}};
  for (const auto& row : rows) {
    const ShareInterval interval = wilson_interval(row.hits, row.count);
    EXPECT_NEAR(interval.low, row.low, 5e-5) << row.hits;
    EXPECT_NEAR(interval.high, row.high, 5e-5) << row.hits;
  }
  EXPECT_EQ(wilson_interval(0, 0).high, 1);
  EXPECT_EQ(wilson_interval(7, 7).high, 1);
}

}  // namespace
}  // namespace portcullis::core
