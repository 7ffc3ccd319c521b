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

/// A picture with steps, slopes, small things and noise, like goods.
std::vector<std::uint16_t> busy_picture(int columns, int rows, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal;
  std::vector<std::uint16_t> codes;
  for (int y = 0; y < rows; ++y) {
    for (int x = 0; x < columns; ++x) {
      double a = 0.002 * x + 1.5 * ((x / 37 + y / 23) % 3);
      if ((x - 90) * (x - 90) + (y - 70) * (y - 70) < 64) a += 3;
      a += 0.004 * std::exp(a / 2) * normal(random);
      codes.push_back(code_from_attenuation(static_cast<float>(a)));
    }
  }
  return codes;
}

/// `view(codes, columns, rows, origin)` gives one value a pixel. Tries regions of the whole, with
/// `halo` around what is looked at, and demands the same values.
template <class T, class View>
void expect_region_exact(int halo, const View& view) {
  constexpr int kWide = 301;
  constexpr int kHigh = 233;
  const auto whole = busy_picture(kWide, kHigh, 11);
  const std::vector<T> truth = view(whole, kWide, kHigh, RegionOrigin{});
  struct Part {
    int x, y, columns, rows;
  };
  // Corners, an inner part at an odd place, a sliver.
  for (const Part shown : {Part{0, 0, 60, 50}, Part{241, 183, 60, 50}, Part{101, 67, 57, 41},
                           Part{150, 100, 3, 90}, Part{0, 120, 301, 2}}) {
    const int left = std::max(0, shown.x - halo);
    const int top = std::max(0, shown.y - halo);
    const int columns = std::min(kWide, shown.x + shown.columns + halo) - left;
    const int rows = std::min(kHigh, shown.y + shown.rows + halo) - top;
    std::vector<std::uint16_t> cut;
    for (int y = 0; y < rows; ++y) {
      const auto first = whole.begin() + (top + y) * kWide + left;
      cut.insert(cut.end(), first, first + columns);
    }
    const std::vector<T> got = view(cut, columns, rows, RegionOrigin{left, top});
    for (int y = 0; y < shown.rows; ++y) {
      for (int x = 0; x < shown.columns; ++x) {
        const auto in_cut =
            static_cast<std::size_t>((shown.y + y - top) * columns + shown.x + x - left);
        const auto in_whole = static_cast<std::size_t>((shown.y + y) * kWide + shown.x + x);
        ASSERT_EQ(+got[in_cut], +truth[in_whole])
            << "at " << shown.x + x << ", " << shown.y + y << " of the whole";
      }
    }
  }
}

TEST(Enhance, RegionsGiveTheBytesOfTheWhole) {
  using Bytes = std::vector<std::uint8_t>;
  expect_region_exact<std::uint8_t>(kEdgeHalo_px,
                                    [](const auto& codes, int columns, int rows, RegionOrigin) {
                                      Bytes gray(codes.size());
                                      edges(codes, columns, rows, Window{}, 2.0F, gray);
                                      return gray;
                                    });
  expect_region_exact<std::uint8_t>(
      local_contrast_halo_px(32), [](const auto& codes, int columns, int rows, RegionOrigin at) {
        Bytes gray(codes.size());
        local_contrast(codes, columns, rows, Window{}, 32, 3.0F, gray, at);
        return gray;
      });
  expect_region_exact<std::uint16_t>(kDenoiseHalo_px,
                                     [](const auto& codes, int columns, int rows, RegionOrigin) {
                                       std::vector<std::uint16_t> out(codes.size());
                                       denoise(codes, columns, rows, 1.5F, out);
                                       return out;
                                     });
}

TEST(Enhance, WindowLevelNeverGetsLighterWithAttenuation) {
  std::vector<std::uint16_t> codes;
  for (int code = 0; code < 65536; ++code) codes.push_back(static_cast<std::uint16_t>(code));
  std::vector<std::uint8_t> gray(codes.size());
  for (const Window& window :
       {Window{}, log_window(), high_penetration_window(), low_penetration_window(),
        Window{2.0F, 1.0F, 1.0F}, Window{0.0F, 15.0F, 0.2F}}) {
    window_level(codes, window, gray);
    EXPECT_TRUE(std::is_sorted(gray.rbegin(), gray.rend()));
    EXPECT_EQ(gray.front(), 255);
    EXPECT_EQ(gray.back(), 0);
  }
  // Even steps: half way of the logarithm is half way of gray.
  window_level(codes, log_window(), gray);
  EXPECT_NEAR(gray[code_from_attenuation(3.1F)], 127.5, 1.0);
}

TEST(Enhance, LocalContrastStaysWithinItsClip) {
  // Tones close together that fill the picture evenly: without a limit they would be driven to
  // black and white.
  std::mt19937 random(6);
  std::uniform_real_distribution<float> tone(3.0F, 3.2F);
  std::vector<std::uint16_t> codes;
  for (int i = 0; i < kRows * kColumns; ++i) codes.push_back(code_from_attenuation(tone(random)));
  std::vector<std::uint8_t> plain(codes.size()), gray(codes.size());
  const Window window = log_window();
  window_level(codes, window, plain);
  const auto contrast = [](const std::vector<std::uint8_t>& g) {
    const auto [lo, hi] = std::minmax_element(g.begin(), g.end());
    return *hi - *lo;
  };
  const int before = contrast(plain);  // 0.2 of 6.2: 8 grays
  ASSERT_NEAR(before, 8, 1);
  int last = before;
  for (const float clip : {1.0F, 2.0F, 4.0F, 8.0F}) {
    local_contrast(codes, kColumns, kRows, window, 32, clip, gray);
    EXPECT_GE(contrast(gray), last - 1) << clip;
    // In steps of gray, so two of rounding.
    EXPECT_LE(contrast(gray), static_cast<int>((clip + 1) * 8.3F) + 2) << clip;
    last = contrast(gray);
  }
  EXPECT_GT(last, 5 * before);
  // Clip 1 leaves the window as it is.
  local_contrast(codes, kColumns, kRows, window, 32, 1.0F, gray);
  for (std::size_t i = 0; i < codes.size(); ++i) EXPECT_NEAR(gray[i], plain[i], 8);
}

TEST(Enhance, StripOfGoodsOfOneKindLeavesALightPicture) {
  const auto codes = step_image(1.0F, 4.0F, 0.01F);
  const std::vector<std::uint8_t> organic(codes.size(), 1), metal(codes.size(), 3);
  std::vector<std::uint8_t> gray(codes.size()), plain(codes.size());
  window_level(codes, Window{}, plain);
  organic_strip(codes, organic, Window{}, gray);
  EXPECT_GE(*std::min_element(gray.begin(), gray.end()), 255 - 26);
  organic_strip(codes, metal, Window{}, gray);
  EXPECT_EQ(gray, plain);
  metal_strip(codes, metal, Window{}, gray);
  EXPECT_GE(*std::min_element(gray.begin(), gray.end()), 255 - 26);
  metal_strip(codes, organic, Window{}, gray);
  EXPECT_EQ(gray, plain);
}

TEST(Enhance, DenoiseTakesNoiseDownAndKeepsEdgesAndSmallThings) {
  std::mt19937 random(8);
  std::normal_distribution<double> normal;
  std::vector<std::uint16_t> codes;
  for (int y = 0; y < kRows; ++y) {
    for (int x = 0; x < kColumns; ++x) {
      double a = x < kColumns / 2 ? 1.0 : 2.0;
      if (x == 20 && y == 20) a += 1.0;  // one dense pixel
      codes.push_back(
          code_from_attenuation(static_cast<float>(a + 0.004 * std::exp(a / 2) * normal(random))));
    }
  }
  std::vector<std::uint16_t> out(codes.size());
  denoise(codes, kColumns, kRows, 1.5F, out);
  const auto spread = [](const std::vector<std::uint16_t>& c, int from, int to) {
    double sum = 0, sum2 = 0, n = 0;
    for (int y = 30; y < 60; ++y) {
      for (int x = from; x < to; ++x) {
        const double v = c[at(x, y)];
        sum += v;
        sum2 += v * v;
        ++n;
      }
    }
    return std::sqrt(sum2 / n - sum / n * sum / n);
  };
  EXPECT_LT(spread(out, 5, 45), 0.35 * spread(codes, 5, 45));
  EXPECT_LT(spread(out, 51, 91), 0.35 * spread(codes, 51, 91));
  EXPECT_NEAR(attenuation_from_code(out[at(20, 20)]), 2.0, 0.03);
  for (int y = 0; y < kRows; ++y) {
    EXPECT_NEAR(attenuation_from_code(out[at(kColumns / 2 - 1, y)]), 1.0, 0.03);
    EXPECT_NEAR(attenuation_from_code(out[at(kColumns / 2, y)]), 2.0, 0.05);
  }
  denoise(codes, kColumns, kRows, 0.0F, out);  // nothing is alike but itself
  for (std::size_t i = 0; i < codes.size(); ++i) EXPECT_EQ(out[i], codes[i]);
}

TEST(Enhance, PalettesKeepLightLight) {
  const auto luminance = [](std::uint32_t c) {
    return 0.2126 * ((c >> 16) & 0xFF) + 0.7152 * ((c >> 8) & 0xFF) + 0.0722 * (c & 0xFF);
  };
  for (const Palette palette : {Palette::kHotMetal, Palette::kIce, Palette::kCubeHelix}) {
    const auto colours = palette_colours(palette);
    for (std::size_t g = 1; g < colours.size(); ++g)
      EXPECT_GE(luminance(colours[g]), luminance(colours[g - 1]) - 1.5) << g;
    EXPECT_LT(luminance(colours.front()), 3);
    EXPECT_GT(luminance(colours.back()), 252);
  }
  const auto rainbow = palette_colours(Palette::kRainbow);
  EXPECT_EQ(rainbow[255], 0xFFFF0000U);
  for (const auto c : rainbow) EXPECT_EQ(c >> 24, 0xFFU);
  const std::vector<std::uint8_t> gray{0, 128, 255};
  std::vector<std::uint32_t> argb(3);
  pseudo_colour(gray, Palette::kRainbow, argb);
  EXPECT_EQ(argb[2], rainbow[255]);
  EXPECT_EQ(argb[1], rainbow[128]);
}

}  // namespace
}  // namespace portcullis::imaging
