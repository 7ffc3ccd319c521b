#include "simulator/physics/random.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace portcullis::simulator {
namespace {

TEST(Random, NormalHasItsMomentsAndTails) {
  Random random(1, Stream::kPhoton);
  constexpr int kCount = 2'000'000;
  double sum = 0;
  double sum2 = 0;
  double sum4 = 0;
  std::array<int, 5> beyond{};
  for (int i = 0; i < kCount; ++i) {
    const double x = random.normal();
    sum += x;
    sum2 += x * x;
    sum4 += x * x * x * x;
    for (std::size_t k = 0; k < beyond.size(); ++k)
      beyond[k] += std::abs(x) > static_cast<double>(k) ? 1 : 0;
  }
  // Within five standard errors.
  EXPECT_NEAR(sum / kCount, 0, 5 / std::sqrt(kCount));
  EXPECT_NEAR(sum2 / kCount, 1, 5 * std::sqrt(2.0 / kCount));
  EXPECT_NEAR(sum4 / kCount, 3, 5 * std::sqrt(96.0 / kCount));
  for (std::size_t k = 1; k < beyond.size(); ++k) {
    const double p = std::erfc(static_cast<double>(k) / std::sqrt(2.0));
    EXPECT_NEAR(beyond[k], kCount * p, 5 * std::sqrt(kCount * p)) << k;
  }
}

TEST(Random, PoissonAndGammaHaveTheirMoments) {
  Random random(2, Stream::kPhoton);
  constexpr int kCount = 200'000;
  for (const double mean : {0.3, 4.0, 35.0}) {
    double sum = 0;
    double sum2 = 0;
    for (int i = 0; i < kCount; ++i) {
      const double n = random.poisson(mean);
      sum += n;
      sum2 += n * n;
    }
    const double m = sum / kCount;
    EXPECT_NEAR(m, mean, 5 * std::sqrt(mean / kCount));
    EXPECT_NEAR((sum2 / kCount - m * m) / mean, 1, 0.03);
  }
  for (const double shape : {0.4, 3.0}) {
    double sum = 0;
    double sum2 = 0;
    for (int i = 0; i < kCount; ++i) {
      const double g = random.gamma(shape);
      sum += g;
      sum2 += g * g;
    }
    const double m = sum / kCount;
    EXPECT_NEAR(m, shape, 5 * std::sqrt(shape / kCount));
    EXPECT_NEAR((sum2 / kCount - m * m) / shape, 1, 0.04);
  }
}

TEST(Random, StreamsAreApart) {
  EXPECT_NE(Random(1, Stream::kPhoton, 5).next(), Random(1, Stream::kElectronic, 5).next());
  EXPECT_NE(Random(1, Stream::kPhoton, 5).next(), Random(1, Stream::kPhoton, 6).next());
  EXPECT_NE(Random(1, Stream::kPhoton, 5).next(), Random(2, Stream::kPhoton, 5).next());
  EXPECT_EQ(Random(1, Stream::kPhoton, 5).next(), Random(1, Stream::kPhoton, 5).next());
}

}  // namespace
}  // namespace portcullis::simulator
