#include "imaging/kernels/line_kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <functional>
#include <random>
#include <string>

#include "imaging/display/portable_math.h"
#include "imaging/display/quantise.h"
#include "imaging/geometry/resample.h"
#include "tests/support/allocation_counter.h"
#include "tests/unit/imaging/kernels/every_target.h"

namespace portcullis::imaging::kernels {
namespace {

// 0 and 1, less and more than any vector, whole and not: every tail.
constexpr std::size_t kLengths[] = {0, 1, 3, 4, 7, 8, 15, 16, 17, 31, 32, 33, 63, 100, 1472};

struct Line {
  std::vector<std::uint32_t> high, low;
  std::vector<float> dark, gain_high, gain_low;
};
Line random_line(std::size_t n, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> part(0, 1);
  Line line;
  for (std::size_t i = 0; i < n; ++i) {
    // From air and a little above to behind 300 mm of steel, dark and below it.
    const double t = std::exp(-12 * part(random)) * 1.1;
    line.dark.push_back(static_cast<float>(2000 + 200 * part(random)));
    const double air = 600'000 + 200'000 * part(random);
    line.gain_high.push_back(static_cast<float>(1 / air));
    line.gain_low.push_back(static_cast<float>(1 / (0.9 * air)));
    line.high.push_back(static_cast<std::uint32_t>(1900 + 300 * part(random) + t * air));
    line.low.push_back(
        static_cast<std::uint32_t>(1900 + 300 * part(random) + std::pow(t, 1.18) * 0.9 * air));
  }
  return line;
}

ColourTable random_colours(std::uint32_t seed) {
  std::mt19937 random(seed);
  ColourTable table;
  table.entries.resize(kHighSteps * kExcessSteps);
  for (auto& e : table.entries) e = (random() & 0xFFFFFFU) | ((random() % 6U) << 24U);
  return table;
}

// The plain loops of the header's words.
float plain_attenuation(float t, float least) {
  return -portable_log(t < least ? least : t);
}
std::size_t plain_step(float value, std::size_t last) {
  return static_cast<std::size_t>(std::clamp(value, 0.0F, static_cast<float>(last)));
}
std::uint32_t plain_entry(float high, float low, const ColourTable& table) {
  const auto one = std::bit_cast<std::int32_t>(1.0F);
  const auto h = std::bit_cast<std::int32_t>(std::clamp(high, kLineTransmissionMin, 1.0F));
  const auto l = std::bit_cast<std::int32_t>(std::max(low, kLineTransmissionMin));
  const std::int32_t excess = h - l - ((one - h) >> 6);
  const auto column = static_cast<std::size_t>(std::clamp(
      (excess >> kExcessShift) + kExcessBefore, 0, static_cast<std::int32_t>(kExcessSteps) - 1));
  return table.entries[static_cast<std::size_t>((one - h) >> kHighShift) * kExcessSteps + column];
}

TEST(LineKernels, NormaliseIsTheSameAsAPlainLoopOnEveryTarget) {
  for (const std::size_t n : kLengths) {
    const Line line = random_line(n, 11);
    std::vector<float> expected(n);
    const auto per_dose = static_cast<float>(1.0 / 0.97);
    for (std::size_t i = 0; i < n; ++i) {
      const auto counts = static_cast<float>(static_cast<std::int32_t>(line.high[i]));
      expected[i] = (counts - line.dark[i]) * (line.gain_high[i] * per_dose);
    }
    on_every_target([&](const std::string& target) {
      std::vector<float> got(n, -1);
      normalise(line.high, line.dark, line.gain_high, per_dose, got);
      expect_same_bytes(expected, got, target);
    });
  }
}

TEST(LineKernels, LogarithmIsThePortableOneOnEveryTarget) {
  std::mt19937 random(3);
  std::uniform_real_distribution<float> exponent(-80, 80);
  for (const std::size_t n : kLengths) {
    std::vector<float> values(n), expected(n), clipped(n);
    for (auto& v : values) v = std::exp(exponent(random));
    for (std::size_t i = 0; i < n; ++i) {
      expected[i] = portable_log(values[i]);
      clipped[i] = plain_attenuation(values[i], 1e-7F);
      // The logarithm itself: within 2 units in the last place of the true one.
      const double truth = std::log(static_cast<double>(values[i]));
      EXPECT_NEAR(expected[i], truth, std::max(2.5e-7 * std::abs(truth), 1.2e-7));
    }
    on_every_target([&](const std::string& target) {
      std::vector<float> got(n);
      logarithm(values, got);
      expect_same_bytes(expected, got, target);
      got = values;
      logarithm(got, got);  // in place
      expect_same_bytes(expected, got, target);
      attenuation(values, 1e-7F, got);
      expect_same_bytes(clipped, got, target);
    });
  }
}

TEST(LineKernels, QuickLogarithmIsGoodForPictures) {
  std::mt19937 random(13);
  std::uniform_real_distribution<double> exponent(-10, 0.2);
  for (int i = 0; i < 100'000; ++i) {
    const auto value = static_cast<float>(std::exp(exponent(random)));
    const double truth = std::log(static_cast<double>(value));
    ASSERT_NEAR(quick_log(value), truth, 3e-6) << value;
  }
  // Near air, where all is small, it is relative: 1 % of a thousandth would show. Above 1 all is
  // air.
  for (const float part : {-1e-5F, -1e-4F, -3e-4F, -1e-3F, -3e-3F}) {
    const double truth = std::log1p(static_cast<double>((1.0F + part) - 1.0F));
    EXPECT_NEAR(quick_log(1.0F + part), truth, 1e-4 * std::abs(truth));
  }
}

TEST(LineKernels, CodesAreThoseOfTheImageFilesOnEveryTarget) {
  std::vector<float> values{0.0F,       -0.5F, 1e-40F, 1e-31F, 1e-30F,  1.0F,   1.28F,
                            1.2840254F, 1.29F, 2.0F,   1e10F,  1.4e-7F, 1.2e-7F};
  std::mt19937 random(4);
  std::uniform_real_distribution<double> a(-0.3, 16.5);
  for (int i = 0; i < 200'000; ++i) values.push_back(static_cast<float>(std::exp(-a(random))));
  // Right at the borders between codes, and the floats beside them.
  for (int code = 0; code < 65'535; code += 7) {
    const auto border = static_cast<float>(std::exp((1024 - code - 0.5) / 4096));
    values.push_back(border);
    values.push_back(std::nextafter(border, 2.0F));
    values.push_back(std::nextafter(border, 0.0F));
  }
  std::vector<std::uint16_t> expected(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) expected[i] = attenuation_code(values[i]);
  on_every_target([&](const std::string& target) {
    std::vector<std::uint16_t> got(values.size());
    attenuation_codes(values, got);
    expect_same_bytes(expected, got, target);
  });
}

TEST(LineKernels, MassCodesAreThoseOfTheFilesOnEveryTarget) {
  std::mt19937 random(14);
  std::uniform_real_distribution<float> part(0, 1);
  std::vector<float> values{-1.0F,  0.0F,    0.004999F, 0.005F,  0.0050001F, 0.01F,
                            655.3F, 655.34F, 655.345F,  655.35F, 700.0F,     1e30F};
  for (int i = 0; i < 5000; ++i) values.push_back(660 * part(random));
  for (int code = 0; code < 2000; ++code)
    values.push_back(0.01F * (static_cast<float>(code) + 0.5F));
  std::vector<std::uint16_t> expected(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) expected[i] = mass_code(values[i]);
  on_every_target([&](const std::string& target) {
    std::vector<std::uint16_t> got(values.size());
    mass_codes(values, got);
    expect_same_bytes(expected, got, target);
  });
}

TEST(LineKernels, FactorsOnEveryTarget) {
  std::mt19937 random(5);
  std::normal_distribution<float> normal;
  for (const std::size_t n : kLengths) {
    std::vector<float> values(n), scaled(n);
    for (std::size_t i = 0; i < n; ++i) {
      values[i] = normal(random);
      scaled[i] = values[i] * 1.01F;
    }
    on_every_target([&](const std::string& target) {
      std::vector<float> got = values;
      scale(1.01F, got);
      expect_same_bytes(scaled, got, target);
    });
  }
}

TEST(LineKernels, RowsAreThoseOfTheWeightsOnEveryTarget) {
  std::mt19937 random(6);
  std::uniform_real_distribution<double> gap(0.5, 4.0);
  std::vector<double> position;
  for (double at = 0; position.size() < 500; at += gap(random)) position.push_back(at);
  std::vector<float> pixels(position.size());
  for (auto& p : pixels) p = static_cast<float>(std::exp(-gap(random)) - 0.02);
  for (const std::size_t rows : {1, 16, 77, 401}) {
    const auto weights =
        make_resample_weights(position, -3, 1100.0 / static_cast<double>(rows), rows);
    std::vector<float> expected(rows);
    for (std::size_t r = 0; r < rows; ++r) {
      float sum = 0;
      for (std::uint32_t k = weights.first[r]; k < weights.first[r + 1]; ++k) {
        const float part = weights.weight[k] * pixels[weights.index[k]];
        sum += part;
      }
      expected[r] = sum;
    }
    const RowMap map(weights.first, weights.index, weights.weight);
    EXPECT_EQ(map.rows(), rows);
    on_every_target([&](const std::string& target) {
      std::vector<float> got(rows);
      map.apply(pixels, got);
      expect_same_bytes(expected, got, target);
    });
  }
}

TEST(LineKernels, GrayFollowsItsTableOnEveryTarget) {
  GrayTable table;
  for (std::size_t i = 0; i < kGraySteps; ++i)
    table.gray.push_back(255 - static_cast<std::int32_t>(i / 4));
  for (const std::size_t n : kLengths) {
    std::vector<float> values(n);
    std::mt19937 random(7);
    std::uniform_real_distribution<double> a(-0.5, 11);
    for (auto& v : values) v = static_cast<float>(std::exp(-a(random)));
    if (n > 8) values[8] = -0.001F;
    std::vector<std::uint8_t> expected(n);
    for (std::size_t i = 0; i < n; ++i) {
      const float at = -quick_log(std::max(values[i], kLineTransmissionMin)) * kGrayStepsPerUnit;
      expected[i] = static_cast<std::uint8_t>(table.gray[plain_step(at, kGraySteps - 1)]);
    }
    on_every_target([&](const std::string& target) {
      std::vector<std::uint8_t> got(n);
      gray(values, table, got);
      expect_same_bytes(expected, got, target);
    });
  }
}

TEST(LineKernels, DualLineIsThePlainLoopOnEveryTarget) {
  const ColourTable table = random_colours(8);
  for (const std::size_t n : kLengths) {
    const Line line = random_line(n, static_cast<std::uint32_t>(20 + n));
    const float dose_high = 1.013F;
    const float dose_low = 0.988F;
    std::vector<std::uint32_t> argb(n);
    std::vector<std::uint8_t> material(n);
    std::vector<float> high(n), low(n);
    for (std::size_t i = 0; i < n; ++i) {
      const float factor_high = line.gain_high[i] * dose_high;
      const float factor_low = line.gain_low[i] * dose_low;
      high[i] = (static_cast<float>(line.high[i]) - line.dark[i]) * factor_high;
      low[i] = (static_cast<float>(line.low[i]) - line.dark[i]) * factor_low;
      const std::uint32_t entry = plain_entry(high[i], low[i], table);
      argb[i] = entry | 0xFF000000U;
      material[i] = static_cast<std::uint8_t>(entry >> 24U);
    }
    on_every_target([&](const std::string& target) {
      std::vector<std::uint32_t> got(n);
      std::vector<std::uint8_t> classes(n);
      dual_line({line.high, line.low, dose_high, dose_low},
                {line.dark, line.gain_high, line.gain_low}, table, got, classes);
      expect_same_bytes(argb, got, target);
      expect_same_bytes(material, classes, target);
      std::fill(got.begin(), got.end(), 0U);
      dual_colour(high, low, table, got, classes);
      expect_same_bytes(argb, got, target);
      expect_same_bytes(material, classes, target);
    });
  }
}

// A table that holds the attenuations themselves gives them back as closely as the header says, and
// what a class hangs on, the low energy beside the high one, most of all.
TEST(LineKernels, ColoursAreThoseOfTheTrueAttenuations) {
  // High in steps of 1/512, low beyond 1 + 1/64 of it in steps of 1/2048, 0.2 more kept positive.
  const ColourTable table = colour_table([](float high, float low) {
    const float excess = low - high * (1.0F + 1.0F / 64) + 0.2F;
    return (static_cast<std::uint32_t>(std::lround(high * 512)) << 12U) |
           static_cast<std::uint32_t>(std::clamp(std::lround(excess * 2048), 0L, 4095L));
  });
  const std::uint32_t seed = 31;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> attenuation(0.0, 7.0), ratio(1.02, 1.2);
  constexpr std::size_t kCount = 100'000;
  std::vector<double> true_high, true_low;
  std::vector<float> high, low;
  for (std::size_t i = 0; i < kCount; ++i) {
    true_high.push_back(attenuation(random));
    true_low.push_back(true_high.back() * ratio(random));
    high.push_back(static_cast<float>(std::exp(-true_high.back())));
    low.push_back(static_cast<float>(std::exp(-true_low.back())));
  }
  std::vector<std::uint32_t> argb(kCount);
  std::vector<std::uint8_t> material(kCount);
  dual_colour(high, low, table, argb, material);
  for (std::size_t i = 0; i < kCount; ++i) {
    const std::uint32_t entry =
        (argb[i] & 0xFFFFFFU) | (static_cast<std::uint32_t>(material[i]) << 24U);
    ASSERT_NEAR((entry >> 12U) / 512.0, true_high[i], 0.004 + 1.0 / 1024) << i;
    ASSERT_NEAR((entry & 4095U) / 2048.0 - 0.2, true_low[i] - true_high[i] * (1 + 1.0 / 64),
                0.004 + 1.0 / 4096)
        << i;
  }
}

TEST(LineKernels, NothingAllocates) {
  const std::size_t n = 1472;
  const Line line = random_line(n, 9);
  const ColourTable table = random_colours(9);
  GrayTable grays;
  grays.gray.assign(kGraySteps, 7);
  std::vector<std::uint32_t> argb(n);
  std::vector<std::uint8_t> bytes(n);
  std::vector<float> t(n);
  std::vector<std::uint16_t> codes(n);
  (void)target_name();
  const auto before = testing_support::allocations_so_far();
  normalise(line.high, line.dark, line.gain_high, 1.0F, t);
  attenuation_codes(t, codes);
  gray(t, grays, bytes);
  dual_line({line.high, line.low, 1, 1}, {line.dark, line.gain_high, line.gain_low}, table, argb,
            bytes);
  attenuation(t, 1e-7F, t);
  EXPECT_EQ(testing_support::allocations_so_far(), before);
}

}  // namespace
}  // namespace portcullis::imaging::kernels
