#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

#include "imaging/correct/bad_pixels.h"
#include "imaging/correct/line_level.h"
#include "imaging/correct/line_normaliser.h"
#include "imaging/correct/line_order.h"
#include "imaging/correct/module_gaps.h"
#include "imaging/correct/noise_gauge.h"
#include "tests/unit/imaging/pipeline/synthetic_scan.h"

namespace portcullis::imaging {
namespace {

using testing::synthetic_calibration;
using testing::synthetic_geometry;
using testing::SyntheticOptions;

TEST(BadPixels, FindsDeadHotNoisyAndStuckAndNamesADeadModule) {
  const SyntheticOptions options;
  const auto geometry = synthetic_geometry(options);
  auto calibration = synthetic_calibration(options);
  EXPECT_EQ(find_bad_pixels(geometry, calibration).bad,
            std::vector<std::uint8_t>(geometry.pixels.size(), 0));
  calibration.air_high.mean_counts[10] =
      calibration.dark.mean_counts[10] + 3;          // dead at one energy
  calibration.dark.mean_counts[20] = 30'000;         // hot
  calibration.dark.variance_counts2[30] = 900;       // noisy: 100 times the usual
  calibration.air_low.variance_counts2[40] = 0;      // stuck
  calibration.air_high.mean_counts[50] = 1'048'575;  // at the end of the scale
  for (std::size_t p = 96; p < 128; ++p)
    calibration.air_high.mean_counts[p] = calibration.air_low.mean_counts[p] =
        calibration.dark.mean_counts[p];
  const auto found = find_bad_pixels(geometry, calibration);
  for (const std::size_t p : {10U, 20U, 30U, 40U, 50U, 96U, 127U}) EXPECT_EQ(found.bad[p], 1) << p;
  EXPECT_EQ(std::accumulate(found.bad.begin(), found.bad.end(), 0), 5 + 32);
  ASSERT_EQ(found.dead_modules.size(), 1U);
  EXPECT_EQ(found.dead_modules[0], 3);
}

TEST(PixelFill, DrawsAStraightLineBetweenGoodNeighbours) {
  SyntheticOptions options;
  options.modules = 1;
  const auto geometry = synthetic_geometry(options);
  std::vector<std::uint8_t> bad(32, 0);
  bad[0] = bad[7] = bad[8] = bad[31] = 1;
  std::vector<float> values(32);
  for (std::size_t p = 0; p < 32; ++p) values[p] = bad[p] != 0 ? -99.0F : static_cast<float>(p);
  PixelFill(geometry, bad).apply(values);
  EXPECT_NEAR(static_cast<double>(values[7]), 7.0, 1e-5);
  EXPECT_NEAR(static_cast<double>(values[8]), 8.0, 1e-5);
  EXPECT_EQ(values[0], 1.0F);  // nothing below: the nearest
  EXPECT_EQ(values[31], 30.0F);
  EXPECT_EQ(values[15], 15.0F);
  PixelFill(geometry, std::vector<std::uint8_t>(32, 1)).apply(values);  // nothing good: leaves them
}

TEST(LineNormaliser, TakesOutDarkGainAndDose) {
  core::CalibrationFrame dark, air;
  dark.mean_counts = {100, 200, 300};
  air.mean_counts = {1100, 4200, 300};  // the third pixel is dead
  air.dose_mean_counts = 1000;
  const LineNormaliser normaliser(dark, air);
  EXPECT_DOUBLE_EQ(normaliser.dose_share(900), 0.9);
  // Half of air at a dose of 0.9: 100 + 0.45 * 1000, 200 + 0.45 * 4000.
  const std::vector<std::uint32_t> samples{550, 2000, 500};
  std::vector<float> t(3);
  normaliser.apply(samples, 0.9, t);
  EXPECT_FLOAT_EQ(t[0], 0.5F);
  EXPECT_FLOAT_EQ(t[1], 0.5F);
  EXPECT_EQ(t[2], 0.0F);
  const std::vector<std::uint32_t> below_dark{90, 200, 0};
  normaliser.apply(below_dark, 1.0, t);
  EXPECT_FLOAT_EQ(t[0], -0.01F);  // keeps its sign
}

core::LineHeader header(std::uint64_t pulse, std::int32_t encoder, core::Energy energy,
                        std::uint32_t dose = 100, std::uint8_t flags = 0) {
  core::LineHeader h;
  h.pulse = pulse;
  h.encoder_counts = encoder;
  h.energy = energy;
  h.dose_counts = dose;
  h.flags = flags;
  return h;
}

TEST(LineOrder, SortsByPlaceAndCountsWhatIsMissing) {
  using core::Energy;
  std::vector<core::LineHeader> lines;
  for (int i = 0; i < 20; ++i) {
    const bool high = i % 2 == 0;
    if (i == 10) continue;  // never recorded
    std::uint8_t flags = i == 6 ? core::line_flag::kLineMissing : std::uint8_t{0};
    if (i == 8) flags = core::line_flag::kTestPattern;
    lines.push_back(header(static_cast<std::uint64_t>(i), 1000 - 10 * i,
                           high ? Energy::kHigh : Energy::kLow, i == 3 ? 5 : 100, flags));
  }
  const auto high = order_lines(lines, Energy::kHigh, 100);
  EXPECT_EQ(high.measured.size(), 7U);
  EXPECT_TRUE(std::is_sorted(high.measured.begin(), high.measured.end(),
                             [](const auto& a, const auto& b) { return a.x_counts < b.x_counts; }));
  EXPECT_EQ(high.missing_lines, 2U);
  EXPECT_EQ(high.test_pattern, 1U);
  ASSERT_EQ(high.lost.size(), 3U);
  EXPECT_DOUBLE_EQ(high.lost[0].x_counts, 900);  // pulse 10, between 8 and 12
  const auto low = order_lines(lines, Energy::kLow, 100);
  EXPECT_EQ(low.without_dose, 1U);
  EXPECT_EQ(low.measured.size(), 9U);
  EXPECT_EQ(low.missing_lines, 0U);
  EXPECT_TRUE(order_lines({}, Energy::kLow, 100).measured.empty());
}

TEST(ModuleGaps, FillsInTimeFromTheSameModule) {
  EnergyLines lines;
  for (std::size_t i = 0; i < 5; ++i) lines.measured.push_back({static_cast<double>(i * i), i});
  std::vector<std::bitset<core::kModulesMax>> present(5);
  for (auto& p : present) p.set(0).set(1);
  present[2].reset(1);
  present[4].reset(1);
  const auto gaps = find_module_gaps(lines, present, 2);
  EXPECT_EQ(gaps.total, 2U);
  std::vector<float> t(5 * 4);
  for (std::size_t i = 0; i < 5; ++i) {
    for (std::size_t p = 0; p < 4; ++p)
      t[i * 4 + p] = p >= 2 && !present[i].test(1) ? -1.0F : static_cast<float>(i * i);
  }
  fill_module_gaps(lines, gaps, 2, 4, t);
  EXPECT_FLOAT_EQ(t[2 * 4 + 3], 4.0F);  // linear by place between 1 and 9
  EXPECT_FLOAT_EQ(t[4 * 4 + 2], 9.0F);  // the end: the last seen
}

TEST(NoiseGauge, MeasuresPhotonsOfAScanThatBeginsInAir) {
  std::mt19937 random(3);
  std::normal_distribution<double> normal;
  const std::size_t pixels = 200, lines = 256;
  std::vector<float> t(pixels * lines);
  for (std::size_t i = 0; i < lines; ++i) {
    const double dose = 1 + 0.001 * normal(random);
    for (std::size_t p = 0; p < pixels; ++p)
      t[i * pixels + p] = static_cast<float>(dose * (1 + 0.004 * normal(random)));
  }
  EXPECT_NEAR(photon_variance_in_air(t, pixels, std::vector<std::uint8_t>(pixels, 0)), 1.6e-5,
              0.15e-5);
  std::fill(t.begin(), t.end(), 0.2F);
  EXPECT_EQ(photon_variance_in_air(t, pixels, std::vector<std::uint8_t>(pixels, 0)),
            kPhotonVarianceUsual);
}

TEST(LineLevels, TellsSwayFromDoseNoiseAndDropsArcedPulses) {
  const SyntheticOptions options;
  const auto geometry = synthetic_geometry(options);
  const std::size_t pixels = geometry.pixels.size();
  const double z_top = geometry.pixels.back().z_mm;
  const LineLevels levels(geometry, std::vector<std::uint8_t>(pixels, 0));
  std::mt19937 random(4);
  std::normal_distribution<double> normal;
  std::vector<float> level;
  std::vector<std::uint64_t> pulse;
  std::vector<double> true_sway, true_dose;
  const int lines = 400;
  for (int i = 0; i < lines; ++i) {
    // 3 Hz at 400 pulses a second: a loss of up to 1.5 %.
    const double s = std::sin(2 * M_PI * 3.0 * i / 400.0);
    true_sway.push_back(0.015 * s * s);
    true_dose.push_back(i == 200 ? 0.03 : 0.001 * normal(random));
    const bool covered = i >= 100 && i < 106;
    std::vector<float> t(pixels);
    for (std::size_t p = 0; p < pixels; ++p) {
      const double h = geometry.pixels[p].z_mm / z_top;
      t[p] = static_cast<float>((covered ? 0.5 : 1.0) * (1 + true_dose.back()) *
                                    (1 - true_sway.back() * h * h) +
                                0.0045 * normal(random));
    }
    level.push_back(levels.air_level(t));
    EXPECT_EQ(std::isnan(level.back()), covered) << i;
    pulse.push_back(static_cast<std::uint64_t>(i));
  }
  const auto separated = LineLevels::separate(level, pulse);
  double error2 = 0;
  for (int i = 20; i < lines - 20; ++i) {
    const auto& s = separated[static_cast<std::size_t>(i)];
    EXPECT_EQ(s.off, i == 200) << i;
    if (i >= 98 && i < 108) continue;
    const double e = static_cast<double>(s.sway) - true_sway[static_cast<std::size_t>(i)];
    error2 += e * e;
  }
  EXPECT_LT(std::sqrt(error2 / (lines - 40)), 0.0008);
  std::vector<float> t(pixels, 1.0F);
  levels.apply({false, 0.01F, 0.02F}, t);
  EXPECT_NEAR(static_cast<double>(t.back()), 1 / 1.01 / 0.98, 1e-5);
}

}  // namespace
}  // namespace portcullis::imaging
