// The quick ways of the search to a median and to a quantile, against the plain ones.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <random>
#include <vector>

#include "imaging/flag/sparse_median.h"
#include "imaging/flag/work_plane.h"

namespace portcullis::imaging {
namespace {

TEST(SparseMedian, IsTheMedianFilterWhereItIsWanted) {
  constexpr int kColumns = 331;
  constexpr int kRows = 120;
  std::mt19937 random(11);
  std::vector<std::uint8_t> codes(static_cast<std::size_t>(kColumns * kRows));
  for (std::size_t i = 0; i < codes.size(); ++i)
    codes[i] = static_cast<std::uint8_t>((i / 37) % 256 + random() % 40);
  const cv::Mat image(kRows, kColumns, CV_8U, codes.data());
  for (const int window : {1, 5, 33, 101, 119}) {
    cv::Mat expected;
    cv::medianBlur(image, expected, window);
    // A few alone, a patch, a whole row at the edge; then all of them.
    for (const bool all : {false, true}) {
      std::vector<std::uint8_t> wanted(codes.size(), all ? 1 : 0);
      for (int i = 0; i < 60; ++i) wanted[random() % wanted.size()] = 1;
      for (int r = 40; r < 70; ++r)
        std::fill_n(&wanted[static_cast<std::size_t>(r * kColumns + 80)], 50, std::uint8_t{1});
      std::fill_n(wanted.end() - kColumns, kColumns, std::uint8_t{1});
      const auto got = sparse_median(codes, wanted, kColumns, kRows, window);
      ASSERT_EQ(got.size(), codes.size());
      for (std::size_t i = 0; i < got.size(); ++i)
        ASSERT_EQ(got[i], wanted[i] != 0 ? expected.data[i] : 0)
            << "window " << window << " at " << i;
    }
  }
}

TEST(Quantile, IsTheSortedValue) {
  std::mt19937 random(12);
  std::normal_distribution<float> normal;
  for (const std::size_t size : {1UL, 2UL, 511UL, 512UL, 5000UL}) {
    for (const int kind : {0, 1, 2, 3}) {
      std::vector<float> values(size);
      for (auto& value : values) {
        value = normal(random);
        if (kind == 1) value = std::round(value);             // many alike
        if (kind == 2 && random() % 100 == 0) value *= 1e6F;  // few far off
        if (kind == 3) value = 1.25F;
      }
      std::vector<float> sorted = values;
      std::sort(sorted.begin(), sorted.end());
      for (const double share : {0.0, 0.08, 0.2, 0.5, 0.9, 1.0}) {
        std::vector<float> shuffled = values;
        const auto k = static_cast<std::size_t>(std::lround(share * static_cast<double>(size - 1)));
        EXPECT_EQ(quantile(shuffled, share), sorted[k]) << size << " values, share " << share;
        std::sort(shuffled.begin(), shuffled.end());
        EXPECT_EQ(shuffled, sorted) << "reordered, not changed";
      }
    }
  }
}

}  // namespace
}  // namespace portcullis::imaging
