#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "imaging/display/portable_math.h"
#include "imaging/display/quantise.h"
#include "imaging/display/render.h"

namespace portcullis::imaging {
namespace {

TEST(Quantise, CodesAreThoseOfTheFileFormat) {
  EXPECT_EQ(attenuation_code(1.0F), 1024);
  EXPECT_EQ(attenuation_code(std::exp(-1.0F)), 5120);    // 1024 + 4096
  EXPECT_EQ(attenuation_code(std::exp(-10.0F)), 41984);  // 1024 + 40960
  EXPECT_EQ(attenuation_code(std::exp(0.25F)), 0);       // 1024 - 1024
  EXPECT_EQ(attenuation_code(2.0F), 0);                  // clipped
  EXPECT_EQ(attenuation_code(1e-7F), 65535);
  EXPECT_EQ(attenuation_code(0.0F), 65535);
  EXPECT_EQ(attenuation_code(-1.0F), 65535);
  EXPECT_EQ(attenuation_code(std::nanf("")), 65535);
  EXPECT_EQ(mass_code(12.345F), 1235);
  EXPECT_EQ(mass_code(-1.0F), 0);
  EXPECT_EQ(mass_code(1000.0F), 65535);
  for (int code = 0; code < 65535; code += 17) {
    const auto c = static_cast<std::uint16_t>(code);
    EXPECT_EQ(attenuation_code(transmission_from_code(c)), c);
    EXPECT_EQ(code_from_attenuation(attenuation_from_code(c)), c);
  }
}

TEST(PortableLog, AgreesWithTheLibraryWithinTwoUnits) {
  for (double x = 1e-30; x < 1e30; x *= 1.003) {
    const auto f = static_cast<float>(x);
    const double expected = std::log(static_cast<double>(f));
    const double unit = std::max(std::abs(expected), 1e-2) * 1.2e-7;
    ASSERT_NEAR(static_cast<double>(portable_log(f)), expected, 2 * unit) << x;
  }
  EXPECT_EQ(portable_log(1.0F), 0.0F);
}

std::vector<std::uint16_t> ramp() {
  std::vector<std::uint16_t> codes;
  for (int a = 0; a <= 620; ++a)
    codes.push_back(code_from_attenuation(static_cast<float>(a) * 0.01F));
  return codes;
}

TEST(Standard, FallsFromAirToTheWindowsEndByThePower) {
  const auto codes = ramp();
  std::vector<std::uint8_t> gray(codes.size());
  render_standard(codes, Window{}, gray);
  EXPECT_EQ(gray.front(), 255);
  EXPECT_EQ(gray.back(), 0);
  EXPECT_TRUE(std::is_sorted(gray.rbegin(), gray.rend()));
  // 255 (1 - (3.1 / 6.2)^0.72) = 255 (1 - 0.6071)
  EXPECT_NEAR(gray[310], 100.2, 1.0);
  std::vector<std::uint8_t> narrow(codes.size());
  render_standard(codes, Window{1.0F, 2.0F, 1.0F}, narrow);
  EXPECT_EQ(narrow[99], 255);
  EXPECT_NEAR(narrow[150], 127.5, 1.0);
  EXPECT_EQ(narrow[201], 0);
}

TEST(Standard, AirTakesTheGroundsColour) {
  const std::array<std::uint8_t, 2> gray{255, 0};
  std::array<std::uint32_t, 2> argb{};
  gray_to_argb(gray, kAirDark_argb, argb);
  EXPECT_EQ(argb[0], 0xFF8A8F93U);
  EXPECT_EQ(argb[1], 0xFF000000U);
}

struct Hsv {
  double hue_deg, saturation, value;
};
Hsv hsv_of(std::uint32_t argb) {
  const double r = (argb >> 16) & 255, g = (argb >> 8) & 255, b = argb & 255;
  const double hi = std::max({r, g, b}), lo = std::min({r, g, b}), d = hi - lo;
  double hue = 0;
  if (d > 0) {
    if (hi == r)
      hue = 60 * std::fmod((g - b) / d + 6, 6.0);
    else if (hi == g)
      hue = 60 * ((b - r) / d + 2);
    else
      hue = 60 * ((r - g) / d + 4);
  }
  return {hue, hi > 0 ? d / hi : 0, hi / 255};
}
double srgb_to_linear(double c) {
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}
std::array<double, 3> linear_of(std::uint32_t argb) {
  return {srgb_to_linear(((argb >> 16) & 255) / 255.0), srgb_to_linear(((argb >> 8) & 255) / 255.0),
          srgb_to_linear((argb & 255) / 255.0)};
}
std::array<double, 3> lab_of(const std::array<double, 3>& rgb) {
  const auto f = [](double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; };
  const double x = f((0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.9505);
  const double y = f(0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]);
  const double z = f((0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.089);
  return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

TEST(MaterialView, HueSaysTheClass) {
  struct Band {
    std::uint8_t material;
    double lo, hi;
  };
  for (const auto air : {kAirLight_argb, kAirDark_argb}) {
    const MaterialPalette palette(Window{}, air);
    for (const auto& band :
         {Band{1, 30, 45}, Band{2, 115, 140}, Band{3, 212, 222}, Band{4, 270, 285}}) {
      for (double a = 0.3; a < 5.5; a += 0.1) {
        const auto colour =
            hsv_of(palette.colour(code_from_attenuation(static_cast<float>(a)), band.material));
        // 8-bit rounding turns the hue of very dark colours.
        const double slack = colour.value < 0.25 ? 6 : 2;
        EXPECT_GE(colour.hue_deg, band.lo - slack) << int{band.material} << " at " << a;
        EXPECT_LE(colour.hue_deg, band.hi + slack) << int{band.material} << " at " << a;
        EXPECT_GT(colour.saturation, 0.1) << int{band.material} << " at " << a;
      }
    }
  }
}

TEST(MaterialView, BrightnessMeansAttenuationInEveryClass) {
  for (const auto air : {kAirLight_argb, kAirDark_argb}) {
    const MaterialPalette palette(Window{}, air);
    for (double a = 0.1; a < 6; a += 0.3) {
      const auto code = code_from_attenuation(static_cast<float>(a));
      const double grey = lab_of(linear_of(palette.colour(code, 0)))[0];
      for (std::uint8_t m = 1; m <= 5; ++m)
        EXPECT_NEAR(lab_of(linear_of(palette.colour(code, m)))[0], grey, 2.5)
            << int{m} << " at " << a;
    }
    double before = 1e9;
    for (double a = 0; a <= 6.2; a += 0.2) {
      const double lightness =
          lab_of(linear_of(palette.colour(code_from_attenuation(static_cast<float>(a)), 3)))[0];
      EXPECT_LT(lightness, before + 0.5);
      before = lightness;
    }
  }
}

TEST(MaterialView, AirIsQuietAndThickIsNeutral) {
  const MaterialPalette palette(Window{}, kAirLight_argb);
  for (std::uint8_t m = 0; m <= 5; ++m) {
    for (float a = -0.05F; a < -0.005F; a += 0.01F)
      EXPECT_EQ(palette.colour(code_from_attenuation(a), m), kAirLight_argb);
    EXPECT_LT(hsv_of(palette.colour(code_from_attenuation(0.01F), m)).saturation, 0.01);
  }
  EXPECT_LT(hsv_of(palette.colour(code_from_attenuation(8.0F), 5)).saturation, 0.05);
  EXPECT_EQ(palette.colour(code_from_attenuation(1.0F), 77),
            palette.colour(code_from_attenuation(1.0F), 0));
}

TEST(MaterialView, MarksStayInStepFromTileToTile) {
  const int columns = 64, rows = 48;
  const std::vector<std::uint16_t> codes(static_cast<std::size_t>(columns) * rows,
                                         code_from_attenuation(2.0F));
  for (const std::uint8_t m : {std::uint8_t{2}, std::uint8_t{4}}) {
    const std::vector<std::uint8_t> material(codes.size(), m);
    std::vector<std::uint32_t> whole(codes.size());
    render_material(codes, material, columns, rows, MaterialView{}, whole);
    EXPECT_NE(*std::min_element(whole.begin(), whole.end()),
              *std::max_element(whole.begin(), whole.end()));
    MaterialView part;
    part.origin_x = 21;
    part.origin_y = 13;
    std::vector<std::uint32_t> tile(30 * 20);
    render_material(std::span(codes).first(600), std::span(material).first(600), 30, 20, part,
                    tile);
    for (int y = 0; y < 20; ++y) {
      for (int x = 0; x < 30; ++x) {
        EXPECT_EQ(
            tile[static_cast<std::size_t>(y) * 30 + static_cast<std::size_t>(x)],
            whole[static_cast<std::size_t>(y + 13) * columns + static_cast<std::size_t>(x + 21)]);
      }
    }
  }
  const std::vector<std::uint8_t> organic(codes.size(), 1);
  std::vector<std::uint32_t> plain(codes.size());
  render_material(codes, organic, columns, rows, MaterialView{}, plain);
  EXPECT_EQ(*std::min_element(plain.begin(), plain.end()),
            *std::max_element(plain.begin(), plain.end()));
}

/// Dichromats' confusion by G. M. Machado, M. M. Oliveira and L. A. F. Fernandes (2009),
/// severity 1.
constexpr std::array<std::array<double, 9>, 3> kDeficiency{{
    {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
    {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
    {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900},
}};

TEST(MaterialView, ColourBlindReadersTellClassesByColourOrByMarks) {
  const MaterialPalette palette(Window{}, kAirLight_argb);
  const auto seen = [](const std::array<double, 9>& k, std::uint32_t argb) {
    const auto c = linear_of(argb);
    std::array<double, 3> out{};
    for (std::size_t i = 0; i < 3; ++i)
      out[i] = std::clamp(k[3 * i] * c[0] + k[3 * i + 1] * c[1] + k[3 * i + 2] * c[2], 0.0, 1.0);
    return lab_of(out);
  };
  const auto distance = [](const std::array<double, 3>& a, const std::array<double, 3>& b) {
    return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
  };
  const auto marked = [](int m) { return m == 2 || m == 4; };
  for (const auto& deficiency : kDeficiency) {
    for (double a = 0.5; a <= 4.0; a += 0.5) {
      const auto code = code_from_attenuation(static_cast<float>(a));
      for (int m = 1; m <= 4; ++m) {
        for (int n = m + 1; n <= 4; ++n) {
          if (marked(m) != marked(n) || (marked(m) && marked(n))) continue;  // form carries it
          const double d =
              distance(seen(deficiency, palette.colour(code, static_cast<std::uint8_t>(m))),
                       seen(deficiency, palette.colour(code, static_cast<std::uint8_t>(n))));
          EXPECT_GE(d, 10.0) << m << " and " << n << " at " << a;
        }
        if (!marked(m)) continue;
        const auto c = static_cast<std::uint8_t>(m);
        EXPECT_GE(distance(seen(deficiency, palette.colour(code, c)),
                           seen(deficiency, palette.mark_colour(code, c))),
                  10.0)
            << "marks of " << m << " at " << a;
      }
    }
  }
}

}  // namespace
}  // namespace portcullis::imaging
