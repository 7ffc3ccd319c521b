#include "imaging/kernels/filter_kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "tests/unit/imaging/kernels/every_target.h"

namespace portcullis::imaging::kernels {
namespace {

constexpr std::size_t kTable = 4096;
constexpr unsigned kSeed = 20261123;

struct Plane {
  std::size_t columns, rows;
  std::vector<std::uint16_t> codes;
  [[nodiscard]] int at(int x, int y) const {
    const int cx = std::clamp(x, 0, static_cast<int>(columns) - 1);
    const int cy = std::clamp(y, 0, static_cast<int>(rows) - 1);
    return codes[static_cast<std::size_t>(cy) * columns + static_cast<std::size_t>(cx)];
  }
};

/// Steps, ramps and noise, and both ends of the range.
Plane plane_of(std::size_t columns, std::size_t rows) {
  Plane plane{columns, rows, std::vector<std::uint16_t>(columns * rows)};
  std::mt19937 random(kSeed);
  for (std::size_t i = 0; i < plane.codes.size(); ++i) {
    const std::size_t x = i % columns, y = i / columns;
    const int level = x % 23 < 9 ? 9000 : 52000;
    const int value = level + static_cast<int>(y * 40) + static_cast<int>(random() % 900) - 450;
    plane.codes[i] = static_cast<std::uint16_t>(std::clamp(value, 0, 65535));
    if (random() % 97 == 0) plane.codes[i] = random() % 2 == 0 ? 0 : 65535;
  }
  return plane;
}

/// As its comment in the header says it, pixel by pixel.
std::vector<std::uint16_t> sigma_of(const Plane& in, const std::vector<std::uint16_t>& reach) {
  std::vector<std::uint16_t> out;
  for (int y = 0; y < static_cast<int>(in.rows); ++y) {
    for (int x = 0; x < static_cast<int>(in.columns); ++x) {
      const int own = in.at(x, y), most = reach[static_cast<std::size_t>(own) / 16];
      int sum = 0, count = 0;
      for (int dy = -kSigmaReach; dy <= kSigmaReach; ++dy) {
        for (int dx = -kSigmaReach; dx <= kSigmaReach; ++dx) {
          const int difference = in.at(x + dx, y + dy) - own;
          if (std::abs(difference) > most) continue;
          sum += difference;
          ++count;
        }
      }
      out.push_back(static_cast<std::uint16_t>(
          own + static_cast<int>(std::lround(static_cast<double>(sum) / count))));
    }
  }
  return out;
}

constexpr std::array<std::pair<std::size_t, std::size_t>, 4> kSizes{
    {{1, 1}, {7, 3}, {67, 41}, {300, 33}}};

TEST(FilterKernels, SigmaFilterIsTheMeanOfTheNeighboursThatAreAlike) {
  std::vector<std::uint16_t> reach(kTable);
  for (std::size_t i = 0; i < kTable; ++i)
    reach[i] = static_cast<std::uint16_t>(100 + i * 1100 / kTable);
  for (const auto& size : kSizes) {
    const Plane in = plane_of(size.first, size.second);
    const auto expected = sigma_of(in, reach);
    on_every_target([&](const std::string& target) {
      std::vector<std::uint16_t> out(in.codes.size());
      sigma_filter(in.codes, in.columns, in.rows, reach, out);
      for (std::size_t i = 0; i < out.size(); ++i)
        ASSERT_NEAR(out[i], expected[i], 1) << target << ": " << in.columns << " x " << in.rows
                                            << " at " << i << ", seed " << kSeed;
    });
  }
}

TEST(FilterKernels, EveryTargetHasTheSameBytes) {
  std::vector<std::uint16_t> reach(kTable, 800);
  std::vector<float> floor_codes(kTable);
  for (std::size_t i = 0; i < kTable; ++i) floor_codes[i] = static_cast<float>(i % 300);
  for (const auto& size : kSizes) {
    const Plane in = plane_of(size.first, size.second);
    std::vector<std::uint16_t> first_sharp, first_smooth;
    on_every_target([&](const std::string& target) {
      std::vector<std::uint16_t> sharp(in.codes.size()), smooth(in.codes.size());
      unsharp(in.codes, in.columns, in.rows, 2.5F, floor_codes, sharp);
      sigma_filter(in.codes, in.columns, in.rows, reach, smooth);
      if (first_sharp.empty()) {
        first_sharp = sharp;
        first_smooth = smooth;
      }
      expect_same_bytes(first_sharp, sharp, target + ": unsharp, seed " + std::to_string(kSeed));
      expect_same_bytes(first_smooth, smooth, target + ": sigma, seed " + std::to_string(kSeed));
    });
  }
}

/// A constant plane stays; a region gives what the whole gives there.
TEST(FilterKernels, UnsharpLeavesEvenPlanesAndWorksRegionByRegion) {
  const std::vector<float> floor_codes(kTable, 0.0F);
  const std::vector<std::uint16_t> even(50 * 40, 31'000);
  std::vector<std::uint16_t> out(even.size());
  unsharp(even, 50, 40, 3.0F, floor_codes, out);
  EXPECT_EQ(out, even);

  const Plane whole = plane_of(120, 60);
  std::vector<std::uint16_t> all(whole.codes.size());
  unsharp(whole.codes, 120, 60, 1.5F, floor_codes, all);
  constexpr std::size_t kFrom = 31, kColumns = 50;
  std::vector<std::uint16_t> region, part(kColumns * 60);
  for (std::size_t y = 0; y < 60; ++y)
    for (std::size_t x = 0; x < kColumns; ++x) region.push_back(whole.codes[y * 120 + kFrom + x]);
  unsharp(region, kColumns, 60, 1.5F, floor_codes, part);
  constexpr std::size_t kEdge = kBinomialWideReach;
  for (std::size_t y = 0; y < 60; ++y)
    for (std::size_t x = kEdge; x + kEdge < kColumns; ++x)
      ASSERT_EQ(part[y * kColumns + x], all[y * 120 + kFrom + x]) << x << ", " << y;
}

}  // namespace
}  // namespace portcullis::imaging::kernels
