#include "imaging/enhance/enhance.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "imaging/display/quantise.h"

namespace portcullis::imaging {
namespace {

constexpr int kColumns = 96;
constexpr int kRows = 64;

/// Left half at one attenuation, right half at another.
std::vector<std::uint16_t> step_image(float left, float right, float noise = 0) {
  std::mt19937 random(5);
  std::normal_distribution<float> normal;
  std::vector<std::uint16_t> codes;
  for (int y = 0; y < kRows; ++y) {
    for (int x = 0; x < kColumns; ++x) {
      codes.push_back(
          code_from_attenuation((x < kColumns / 2 ? left : right) + noise * normal(random)));
    }
  }
  return codes;
}
std::size_t at(int x, int y) {
  return static_cast<std::size_t>(y) * kColumns + static_cast<std::size_t>(x);
}

TEST(Enhance, WindowLevelIsTheStandardImage) {
  const auto codes = step_image(0.2F, 3.0F);
  std::vector<std::uint8_t> a(codes.size()), b(codes.size());
  window_level(codes, Window{}, a);
  render_standard(codes, Window{}, b);
  EXPECT_EQ(a, b);
  inverse(b);
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_EQ(a[i] + b[i], 255);
}

TEST(Enhance, PenetrationWindowsSpreadTheirEnds) {
  const auto thick = step_image(5.0F, 5.3F);
  const auto thin = step_image(0.10F, 0.15F);
  std::vector<std::uint8_t> whole(thick.size()), spread(thick.size());
  const auto contrast = [](const std::vector<std::uint8_t>& g) {
    return g[at(10, 10)] - g[at(80, 10)];
  };
  window_level(thick, Window{}, whole);
  window_level(thick, high_penetration_window(), spread);
  EXPECT_GT(contrast(spread), contrast(whole));
  window_level(thin, Window{}, whole);
  window_level(thin, low_penetration_window(), spread);
  EXPECT_GT(contrast(spread), 2 * contrast(whole));
}

TEST(Enhance, EdgesRaiseStepsAndLeaveFlatNoiseAlone) {
  const auto codes = step_image(1.0F, 1.5F);
  std::vector<std::uint8_t> plain(codes.size()), sharp(codes.size());
  window_level(codes, Window{}, plain);
  edges(codes, kColumns, kRows, Window{}, 1.5F, sharp);
  EXPECT_EQ(sharp[at(10, 30)], plain[at(10, 30)]);
  EXPECT_EQ(sharp[at(85, 30)], plain[at(85, 30)]);
  EXPECT_GT(sharp[at(46, 30)], plain[at(46, 30)] + 3);  // light side lighter
  EXPECT_LT(sharp[at(49, 30)], plain[at(49, 30)] - 3);  // dark side darker
  const auto noisy = step_image(0.0F, 0.0F, 0.0045F);
  window_level(noisy, Window{}, plain);
  edges(noisy, kColumns, kRows, Window{}, 3.0F, sharp);
  EXPECT_EQ(plain, sharp);
}

TEST(Enhance, LocalContrastSpreadsFaintStructureInAThickPlace) {
  const auto codes = step_image(4.0F, 4.0F, 0.03F);
  std::vector<std::uint8_t> plain(codes.size()), local(codes.size());
  window_level(codes, Window{}, plain);
  local_contrast(codes, kColumns, kRows, Window{}, 32, 4.0F, local);
  const auto spread = [](const std::vector<std::uint8_t>& g) {
    double sum = 0, sum2 = 0;
    for (const double v : g) {
      sum += v;
      sum2 += v * v;
    }
    const auto n = static_cast<double>(g.size());
    return std::sqrt(sum2 / n - sum / n * sum / n);
  };
  EXPECT_GT(spread(local), 2 * spread(plain));
  std::vector<std::uint8_t> one(1);
  local_contrast(std::vector<std::uint16_t>(1, 1024), 1, 1, Window{}, 32, 4.0F, one);
}

TEST(Enhance, StripsTakeTheirClassesAway) {
  const std::vector<std::uint16_t> codes(6, code_from_attenuation(3.0F));
  const std::vector<std::uint8_t> material{0, 1, 2, 3, 4, 5};
  std::vector<std::uint8_t> plain(6), no_organic(6), no_metal(6);
  window_level(codes, Window{}, plain);
  organic_strip(codes, material, Window{}, no_organic);
  metal_strip(codes, material, Window{}, no_metal);
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_EQ(no_organic[i] != plain[i], i <= 1) << i;
    EXPECT_EQ(no_metal[i] != plain[i], i >= 3) << i;
  }
  EXPECT_GT(no_organic[1], 235);
}

}  // namespace
}  // namespace portcullis::imaging
