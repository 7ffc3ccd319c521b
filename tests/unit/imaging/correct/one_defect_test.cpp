// Defects of the detector and the source, each alone: what it does, and what its correction leaves.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <vector>

#include "tests/unit/imaging/correct/corrected_scan.h"

namespace portcullis::imaging {
namespace {

using testing::cargo;
using ::testing::Contains;
using testing::correct;
using testing::Corrected;
using ::testing::HasSubstr;
using testing::rms_between;

constexpr double kAir_counts = 700'000;

struct OneDefect {
  core::RawScan with, without;
};
OneDefect one_defect(bool simulator::NoiseSwitches::*defect, const simulator::NoiseLevels& levels,
                     simulator::NoiseSwitches others = simulator::NoiseSwitches::none()) {
  auto scanner = testing::scanner_of("gantry-small");
  scanner.levels = levels;
  auto scene = testing::scene_of(cargo("gantry-small", 2400));
  others.blur = true;
  scene.noise = others;
  OneDefect pair;
  pair.without = testing::scan_of(scene, scanner);
  scene.noise.*defect = true;
  pair.with = testing::scan_of(scene, scanner);
  return pair;
}

CorrectionParameters nothing_moves() {
  CorrectionParameters parameters;
  parameters.rise = parameters.sway = parameters.line_level = false;
  return parameters;
}

/// rms of T against the scan without the defect, with the correction off and on.
std::array<double, 2> off_and_on(const OneDefect& pair, bool CorrectionParameters::*correction) {
  const auto on = nothing_moves();
  auto off = on;
  off.*correction = false;
  const auto truth = correct(pair.without, on);
  const std::array<double, 2> left{rms_between(correct(pair.with, off), truth),
                                   rms_between(correct(pair.with, on), truth)};
  std::printf("  rms of T: %.2e uncorrected, %.2e corrected\n", left[0], left[1]);
  return left;
}

TEST(OneDefect, DarkOffset) {
  simulator::NoiseLevels levels;
  levels.temperature_swing_c = 0;
  const auto pair = one_defect(&simulator::NoiseSwitches::dark, levels);
  const auto [off, on] = off_and_on(pair, &CorrectionParameters::dark);
  // An offset d lifts T by d (1 - T) / air: nothing in air, 2,000 / 700,000 behind steel.
  EXPECT_LT(off, 1.1 * levels.dark_mean_counts / kAir_counts);
  EXPECT_GT(off, 0.05 * levels.dark_mean_counts / kAir_counts);
  EXPECT_LT(on, 1.5 / kAir_counts) << "samples and frames are rounded to counts";
}

TEST(OneDefect, GainOfPixelsAndModules) {
  const simulator::NoiseLevels levels;
  const auto pair = one_defect(&simulator::NoiseSwitches::gain, levels);
  const auto [off, on] = off_and_on(pair, &CorrectionParameters::gain);
  EXPECT_LT(off, 2 * levels.gain_spread);
  EXPECT_GT(off, 0.3 * levels.gain_spread);
  EXPECT_LT(on, 1.5 / kAir_counts);
}

TEST(OneDefect, DeadAndHotPixels) {
  simulator::NoiseLevels levels;
  levels.dead_share = levels.hot_share = 0.02;  // five of each among 256
  auto noise = simulator::NoiseSwitches::none();
  noise.photon = noise.electronic = true;  // a pixel that measures is told by its noise
  const auto pair = one_defect(&simulator::NoiseSwitches::bad_pixels, levels, noise);
  const auto [off, on] = off_and_on(pair, &CorrectionParameters::bad_pixels);
  const auto corrected = correct(pair.with, nothing_moves());
  EXPECT_GE(corrected.report.bad_pixels, 6U);
  EXPECT_LE(corrected.report.bad_pixels, 11U);
  EXPECT_GT(off, 0.05);
  EXPECT_LT(on, 0.25 * off) << "what a pixel's neighbours do not know remains";
  // Every other pixel is as it was.
  const auto truth = correct(pair.without, nothing_moves());
  for (std::size_t i = 0; i < truth.lines.size(); ++i) {
    for (std::size_t p = 0; p < truth.pixels; ++p) {
      if (corrected.bad[i * truth.pixels + p] != 0) continue;
      ASSERT_NEAR(corrected.line(i)[p], truth.line(i)[p], 2e-6F) << i << ' ' << p;
    }
  }
}

/// Of the pulses that the source missed or broke off; with dose switched off a sound one has the
/// nominal dose.
struct Pulses {
  std::vector<bool> missed, arced;
};
Pulses pulses_of(const core::RawScan& scan) {
  Pulses pulses;
  for (const auto& line : scan.lines) {
    pulses.missed.push_back(line.dose_counts == 0);
    pulses.arced.push_back(line.dose_counts > 0 && line.dose_counts < 450'000);
  }
  return pulses;
}

TEST(OneDefect, MissedAndArcedPulses) {
  simulator::NoiseLevels levels;
  levels.missed_share = levels.arced_share = 0.02;
  const auto pair = one_defect(&simulator::NoiseSwitches::missed_pulses, levels);
  const auto pulses = pulses_of(pair.with);
  const auto missed = std::count(pulses.missed.begin(), pulses.missed.end(), true);
  const auto arced = std::count(pulses.arced.begin(), pulses.arced.end(), true);
  ASSERT_GT(missed, 5);
  ASSERT_GT(arced, 5);
  const auto out = correct(pair.with, nothing_moves());
  EXPECT_EQ(out.report.no_dose, static_cast<std::uint64_t>(missed));
  EXPECT_EQ(out.report.arced, static_cast<std::uint64_t>(arced));
  for (std::size_t i = 0; i < out.lines.size(); ++i) {
    EXPECT_EQ(out.lines[i].state, pulses.missed[i]  ? LineState::kNoDose
                                  : pulses.arced[i] ? LineState::kArced
                                                    : LineState::kMeasured)
        << i;
  }
  EXPECT_THAT(out.report.remarks, Contains(HasSubstr("arced pulses left out")));
  EXPECT_THAT(out.report.remarks, Contains(HasSubstr("pulses without dose")));
  // Kept, an arced pulse of high energy shows the load as its low energy does.
  const auto [off, on] = off_and_on(pair, &CorrectionParameters::arced);
  EXPECT_GT(off, 1e-3);
  EXPECT_LT(on, 1.5 / kAir_counts);
}

TEST(OneDefect, ArcedPulsesAreToldFromTheDosesOwnSpread) {
  simulator::NoiseLevels levels;
  levels.missed_share = 0;
  levels.arced_share = 0.02;
  const auto pair = one_defect(&simulator::NoiseSwitches::missed_pulses, levels);
  auto steady = simulator::NoiseSwitches::none();
  steady.dose = true;
  const auto noisy = one_defect(&simulator::NoiseSwitches::missed_pulses, levels, steady);
  const auto pulses = pulses_of(pair.with);  // switches do not move each other's draws
  const auto out = correct(noisy.with, nothing_moves());
  std::size_t missed = 0;
  for (std::size_t i = 0; i < out.lines.size(); ++i) {
    missed += pulses.arced[i] && out.lines[i].state != LineState::kArced ? 1 : 0;
    if (!pulses.arced[i]) {
      EXPECT_EQ(out.lines[i].state, LineState::kMeasured) << i;
    }
  }
  EXPECT_LE(missed, 1U);
  EXPECT_EQ(correct(noisy.without, nothing_moves()).report.arced, 0U);
}

TEST(OneDefect, FullScaleIsNamedWithItsPlace) {
  // Too much light for the electronics: with and without the detector's own flag.
  const simulator::NoiseLevels levels;
  auto scan = one_defect(&simulator::NoiseSwitches::gain, levels).with;
  const std::size_t pixels = scan.pixels();
  const std::size_t per_module = scan.meta.geometry.pixels_per_module;
  for (const bool flagged : {false, true}) {
    auto damaged = scan;
    const std::uint32_t top = flagged ? 1'040'000 : 65'535U << 4U;
    for (std::size_t i = 100; i < 110; ++i) {
      for (std::size_t p = 3 * per_module + 2; p < 3 * per_module + 6; ++p)
        damaged.samples[i * pixels + p] = top;
      if (flagged) damaged.lines[i].flags |= core::line_flag::kSaturated;
    }
    auto parameters = nothing_moves();
    parameters.live_pixels = false;
    const auto out = correct(damaged, parameters);
    EXPECT_EQ(out.report.saturated, 10U);
    EXPECT_EQ(out.report.full_scale_pixels, 4U);
    EXPECT_THAT(out.report.remarks,
                Contains("10 lines saturated: 4 pixels at full scale, in module 3"));
  }
}

}  // namespace
}  // namespace portcullis::imaging
