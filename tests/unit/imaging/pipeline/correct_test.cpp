#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

#include "imaging/correct/air_gain.h"
#include "imaging/correct/bad_pixels.h"
#include "imaging/correct/dark_level.h"
#include "imaging/correct/line_level.h"
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

TEST(DarkAndAir, TakeOutDarkGainAndDose) {
  core::CalibrationFrame dark;
  dark.mean_counts = {100, 200, 300};
  const std::vector<std::uint8_t> bad{0, 0, 1};
  const DarkLevel level(dark, {}, bad, false);
  const std::vector<float> air{1000, 4000, 0};  // above dark; the third pixel is dead
  const AirGain gain(air, 1000, true);
  EXPECT_DOUBLE_EQ(gain.dose_share(900), 0.9);
  // Half of air at a dose of 0.9: 100 + 0.45 * 1000, 200 + 0.45 * 4000.
  const std::vector<std::uint32_t> samples{550, 2000, 500};
  std::vector<float> t(3);
  level.apply(samples, dark.temperature_c, t);
  gain.apply(0.9, t);
  EXPECT_FLOAT_EQ(t[0], 0.5F);
  EXPECT_FLOAT_EQ(t[1], 0.5F);
  EXPECT_EQ(t[2], 0.0F);
  const std::vector<std::uint32_t> below_dark{90, 200, 0};
  level.apply(below_dark, dark.temperature_c, t);
  gain.apply(1.0, t);
  EXPECT_FLOAT_EQ(t[0], -0.01F);  // keeps its sign
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
  }
  const int reach = static_cast<int>(LineLevels::kReach);
  float smooth_last = 0;
  std::vector<LineLevel> separated;
  for (int i = 0; i < lines; ++i) {
    const int from = std::max(0, i - reach);
    const int to = std::min(lines, i + reach + 1);
    separated.push_back(LineLevels::at(
        {&level[static_cast<std::size_t>(from)], static_cast<std::size_t>(to - from)},
        static_cast<std::size_t>(i - from), smooth_last));
    smooth_last = -separated.back().sway;
  }
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
