#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <vector>

#include "imaging/correct/afterglow.h"
#include "imaging/correct/bad_pixels.h"
#include "imaging/correct/calibration_validity.h"
#include "imaging/correct/cross_talk.h"
#include "imaging/correct/scatter.h"
#include "tests/unit/imaging/correct/corrected_scan.h"

namespace portcullis::imaging {
namespace {

using testing::cargo;
using testing::correct;
using testing::Corrected;
using testing::rms_between;

/// Scans of the cargo with one defect and without it, all other switches as `base` has them.
struct Pair {
  core::RawScan with, without;
};
Pair pair_of(bool simulator::NoiseSwitches::*defect, simulator::NoiseSwitches base) {
  const auto scanner = testing::scanner_of("gantry-small");
  auto scene = testing::scene_of(cargo("gantry-small", 2400));
  base.blur = true;
  scene.noise = base;
  scene.noise.*defect = true;
  Pair pair;
  pair.with = testing::scan_of(scene, scanner);
  scene.noise.*defect = false;
  pair.without = testing::scan_of(scene, scanner);
  return pair;
}

struct Left {
  double before = 0, after = 0;
};
/// What the defect does to transmission, rms, with its correction off and on.
Left left_of(const Pair& pair, bool CorrectionParameters::*correction) {
  CorrectionParameters on;
  on.rise = on.sway = on.line_level = false;
  CorrectionParameters off = on;
  off.*correction = false;
  on.*correction = true;
  const auto truth = correct(pair.without, off);
  Left left{rms_between(correct(pair.with, off), truth),
            rms_between(correct(pair.with, on), truth)};
  std::printf("  rms of T: %.2e uncorrected, %.2e corrected\n", left.before, left.after);
  return left;
}

TEST(Afterglow, IsMeasuredAndTakenOut) {
  const auto pair = pair_of(&simulator::NoiseSwitches::afterglow, simulator::NoiseSwitches::none());
  const auto& g = pair.with.meta.geometry;
  const std::vector<std::uint8_t> none(g.pixels.size(), 0);
  const auto model = fit_afterglow(g, pair.with.calibration, none);
  ASSERT_TRUE(model.has_value());
  const simulator::NoiseLevels truth;
  EXPECT_NEAR(model->parts[0].share, truth.afterglow_fast, 0.01 * truth.afterglow_fast);
  EXPECT_NEAR(model->parts[1].share, truth.afterglow_slow, 0.02 * truth.afterglow_slow);
  EXPECT_NEAR(model->parts[0].time_s, truth.afterglow_fast_s, 0.02 * truth.afterglow_fast_s);
  EXPECT_NEAR(model->parts[1].time_s, truth.afterglow_slow_s, 0.02 * truth.afterglow_slow_s);
  EXPECT_FALSE(fit_afterglow(g, pair.without.calibration, none).has_value());
  const auto left = left_of(pair, &CorrectionParameters::afterglow);
  EXPECT_LT(left.after, 0.01 * left.before);
}

TEST(Afterglow, IsMeasuredInNoise) {
  auto base = simulator::NoiseSwitches{};
  base.wobble = base.scatter = false;
  const auto pair = pair_of(&simulator::NoiseSwitches::afterglow, base);
  const auto left = left_of(pair, &CorrectionParameters::afterglow);
  EXPECT_LT(left.after, 0.05 * left.before);
}

TEST(CrossTalk, IsMeasuredAndTakenOut) {
  auto base = simulator::NoiseSwitches::none();
  base.photon = true;
  base.dose = true;
  const auto pair = pair_of(&simulator::NoiseSwitches::cross_talk, base);
  const auto& g = pair.with.meta.geometry;
  const std::vector<std::uint8_t> none(g.pixels.size(), 0);
  const auto share = measure_cross_talk(g, pair.with.calibration.detector.neighbours, none);
  ASSERT_TRUE(share.has_value());
  std::printf("  cross-talk %.5f\n", *share);
  EXPECT_NEAR(*share, simulator::NoiseLevels{}.cross_talk, 0.0025);  // 256 pixels: 3 sigma
  EXPECT_FALSE(measure_cross_talk(g, pair.without.calibration.detector.neighbours, none) > 0.003);
  const auto left = left_of(pair, &CorrectionParameters::cross_talk);
  EXPECT_LT(left.after, 0.2 * left.before);
}

TEST(CrossTalk, InverseIsExact) {
  const double c = 0.015;
  std::vector<float> x(64), y(64);
  for (std::size_t i = 0; i < x.size(); ++i)
    x[i] = static_cast<float>(0.5 + 0.4 * std::sin(0.7 * static_cast<double>(i * i)));
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double left = static_cast<double>(i > 0 ? x[i - 1] : x[i]);
    const double right = static_cast<double>(i + 1 < x.size() ? x[i + 1] : x[i]);
    const auto own = static_cast<double>(x[i]);
    y[i] = static_cast<float>(own + c * (left + right - 2 * own));
  }
  CrossTalkRemoval(c, 64).apply(y);
  for (std::size_t i = 0; i < x.size(); ++i) EXPECT_NEAR(x[i], y[i], 4e-7F) << i;
}

TEST(Scatter, IsMeasuredAndTakenOut) {
  const auto pair = pair_of(&simulator::NoiseSwitches::scatter, simulator::NoiseSwitches::none());
  const auto left = left_of(pair, &CorrectionParameters::scatter);
  EXPECT_LT(left.after, 0.1 * left.before);
}

TEST(DarkDrift, IsTakenOut) {
  // A room that warms and cools by 3 degC: the scan is at another temperature than the dark.
  auto scanner = testing::scanner_of("gantry-small");
  auto scene = testing::scene_of(cargo("gantry-small", 2400));
  scene.noise = simulator::NoiseSwitches::none();
  scene.noise.dark = scene.noise.electronic = true;
  scanner.levels.temperature_swing_c = 0;
  const auto steady = testing::scan_of(scene, scanner);
  scanner.levels.temperature_swing_c = 3;
  const auto swinging = testing::scan_of(scene, scanner);
  const double warmer_c =
      swinging.lines.front().temperature_centi_c * 0.01 - swinging.calibration.dark.temperature_c;
  CorrectionParameters off;
  off.rise = off.sway = off.line_level = off.dark_drift = false;
  CorrectionParameters on = off;
  on.dark_drift = true;
  const auto truth = correct(steady, off);
  // Per pixel, over the lines: what is left of the drift.
  const auto left = [&](const Corrected& out) {
    double squares = 0;
    for (std::size_t p = 0; p < out.pixels; ++p) {
      double sum = 0;
      for (std::size_t i = 0; i < out.lines.size(); ++i)
        sum += static_cast<double>(out.line(i)[p]) - static_cast<double>(truth.line(i)[p]);
      sum *= 700'000 / static_cast<double>(out.lines.size());
      squares += sum * sum;
    }
    return std::sqrt(squares / static_cast<double>(out.pixels));
  };
  const double before = left(correct(swinging, off));
  const double after = left(correct(swinging, on));
  std::printf("  %.2f degC from the dark's: offset %.3f counts rms uncorrected, %.3f corrected\n",
              warmer_c, before, after);
  EXPECT_GT(std::abs(warmer_c), 0.3);
  EXPECT_LT(after, 0.3);  // the dark frame's own noise is 0.15, twice
}

TEST(Dose, IsTakenOut) {
  const auto pair = pair_of(&simulator::NoiseSwitches::dose, simulator::NoiseSwitches::none());
  CorrectionParameters parameters;
  parameters.rise = parameters.sway = false;
  const auto truth = correct(pair.without, parameters);
  const double level = rms_between(correct(pair.with, parameters), truth);
  parameters.line_level = false;
  const double reference = rms_between(correct(pair.with, parameters), truth);
  parameters.dose = false;
  const double before = rms_between(correct(pair.with, parameters), truth);
  std::printf("  rms of T: %.2e, by the reference %.2e, by the level of air %.2e\n", before,
              reference, level);
  EXPECT_LT(reference, 0.08 * before);
  EXPECT_LT(level, 0.4 * reference);
}

TEST(Air, IsEven) {
  const auto scanner = testing::scanner_of("gantry-small");
  auto scene = testing::scene_of(
      "seed = 3\n[scan]\nscanner = \"gantry-small\"\nx_from_mm = 0\nx_to_mm = 9600\n[vehicle]\n"
      "kind = \"none\"\n");
  const auto scan = testing::scan_of(scene, scanner);
  const auto out = correct(scan);
  std::vector<double> rows(out.pixels, 0), columns;
  double lines = 0;
  for (std::size_t i = 200; i < out.lines.size(); ++i) {
    if (out.lines[i].state != LineState::kMeasured) continue;
    if (out.lines[i].header.energy != core::Energy::kHigh) continue;
    double sum = 0;
    for (std::size_t p = 0; p < out.pixels; ++p) {
      rows[p] += static_cast<double>(out.line(i)[p]);
      sum += static_cast<double>(out.line(i)[p]);
    }
    columns.push_back(sum / static_cast<double>(out.pixels));
    lines += 1;
  }
  const auto rms = [](const std::vector<double>& v, double scale) {
    double mean = 0, squares = 0;
    for (const double x : v) mean += x * scale;
    mean /= static_cast<double>(v.size());
    for (const double x : v) squares += (x * scale - mean) * (x * scale - mean);
    return std::sqrt(squares / static_cast<double>(v.size()));
  };
  double worst16 = 0, mean = 0;
  for (const double c : columns) mean += c / static_cast<double>(columns.size());
  for (std::size_t i = 0; i + 16 <= columns.size(); i += 16) {
    double sum = 0;
    for (std::size_t k = 0; k < 16; ++k) sum += columns[i + k] / 16;
    worst16 = std::max(worst16, std::abs(sum - mean));
  }
  std::printf("  air: mean %.5f, columns %.4f %%, rows %.4f %%, 16 columns %.4f %%\n", mean,
              100 * rms(columns, 1), 100 * rms(rows, 1 / lines), 100 * worst16);
  EXPECT_LT(rms(columns, 1), 0.0012);
  EXPECT_LT(rms(rows, 1 / lines), 0.0005);
  EXPECT_LT(worst16, 0.001);
  EXPECT_NEAR(mean, 1, 0.001);
}

TEST(Validity, NamesWhatIsStale) {
  const auto scanner = testing::scanner_of("gantry-small");
  const auto scan = testing::scan_of(testing::scene_of(cargo("gantry-small", 600)), scanner);
  const auto judge = [&](const core::Calibration& calibration, const core::RawScan& raw,
                         double after_h, CalibrationLimits limits = {}) {
    CalibrationValidity validity(calibration, limits,
                                 core::UtcTime{static_cast<std::int64_t>(after_h * 3.6e12)});
    auto chain = CorrectionChain::create(raw.meta.geometry, calibration, {});
    const auto sink = [&](const CorrectedLine& line) { validity.observe(line); };
    chain->push(raw.lines, raw.modules_present, raw.samples, sink);
    chain->finish(sink);
    EXPECT_TRUE(validity.air_judged());
    EXPECT_THAT(validity.notes(), ::testing::SizeIs(after_h > 0 ? 0 : 2));
    return std::pair(validity.stale(), validity.status());
  };
  EXPECT_THAT(judge(scan.calibration, scan, 0).first, ::testing::IsEmpty());
  EXPECT_THAT(judge(scan.calibration, scan, 30).first,
              ::testing::ElementsAre(::testing::HasSubstr("hours old")));
  auto raw = scan;
  for (auto& line : raw.lines) line.temperature_centi_c += 600;
  EXPECT_THAT(judge(scan.calibration, raw, 0).first,
              ::testing::ElementsAre(::testing::HasSubstr("degC from its dark frame")));
  raw = scan;
  for (auto& line : raw.lines) line.dose_counts = line.dose_counts * 13 / 10;
  for (auto& s : raw.samples) s = s > 2000 ? 2000 + (s - 2000) * 13 / 10 : s;
  EXPECT_THAT(judge(scan.calibration, raw, 0).first,
              ::testing::ElementsAre(::testing::HasSubstr("dose is +")));
  auto worn = scan.calibration;
  for (auto* frame : {&worn.air_high, &worn.air_low})
    for (std::size_t p = 0; p < 40; ++p) frame->mean_counts[p] *= 1.03F;
  EXPECT_THAT(judge(worn, scan, 0).first,
              ::testing::Contains(::testing::HasSubstr("pixels in air have changed")));
  // Frames of another day's gain: even, and far off.
  auto other = scan.calibration;
  for (auto* frame : {&other.air_high, &other.air_low})
    for (std::size_t p = 0; p < frame->mean_counts.size(); ++p)
      frame->mean_counts[p] =
          other.dark.mean_counts[p] + 1.25F * (frame->mean_counts[p] - other.dark.mean_counts[p]);
  EXPECT_THAT(judge(other, scan, 0).first,
              ::testing::Contains(::testing::ContainsRegex("air is -(19\\.|20\\.)")));
  CalibrationLimits strict;
  strict.refuse = true;
  EXPECT_TRUE(judge(scan.calibration, scan, 0, strict).second.ok());
  const auto refused = judge(scan.calibration, scan, 30, strict).second;
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, core::ErrorCode::kRefused);
}

TEST(Validity, WhatCommissioningMeasuredAges) {
  const auto scanner = testing::scanner_of("gantry-small");
  auto scan = testing::scan_of(testing::scene_of(cargo("gantry-small", 600)), scanner);
  constexpr std::int64_t kDay_ns = 86'400'000'000'000;
  const core::UtcTime now{1000 * kDay_ns};
  auto& calibration = scan.calibration;
  ASSERT_FALSE(calibration.detector.blocks.empty());
  simulator::date_calibration(calibration, now);
  const auto stale = [&](double allowed_d) {
    CalibrationLimits limits;
    limits.commissioning_age_max_d = allowed_d;
    return CalibrationValidity(calibration, limits, now).stale();
  };
  EXPECT_THAT(stale(400), ::testing::IsEmpty());
  // One part that is older than the others tells.
  calibration.detector.blocks.back().low.taken = {now.ns - 500 * kDay_ns};
  EXPECT_THAT(stale(400), ::testing::ElementsAre(::testing::HasSubstr("wedges are 500 days old")));
  EXPECT_THAT(stale(501), ::testing::IsEmpty());
  EXPECT_THAT(stale(0), ::testing::IsEmpty()) << "not judged";
  calibration.detector = {};
  const CalibrationValidity undated(calibration, {}, now);
  EXPECT_THAT(undated.stale(), ::testing::IsEmpty());
  EXPECT_THAT(undated.notes(), ::testing::Contains(::testing::HasSubstr("commissioning")));
}

/// What drifts while the scan runs shows in the air behind the load.
TEST(Validity, AirIsJudgedOnceMoreBehindTheLoad) {
  const auto scanner = testing::scanner_of("gantry-small");
  // The container is 6,058 mm long.
  auto scan = testing::scan_of(testing::scene_of(cargo("gantry-small", 6700)), scanner);
  const auto judge = [&](std::size_t count) {
    CalibrationValidity validity(scan.calibration, {}, core::UtcTime{});
    auto chain = CorrectionChain::create(scan.meta.geometry, scan.calibration, {});
    const auto sink = [&](const CorrectedLine& line) { validity.observe(line); };
    chain->push(std::span(scan.lines).first(count), std::span(scan.modules_present).first(count),
                std::span(scan.samples).first(count * scan.pixels()), sink);
    chain->finish(sink);
    EXPECT_TRUE(validity.air_judged());
    return validity.stale();
  };
  const std::size_t lines = scan.lines.size();
  EXPECT_THAT(judge(lines), ::testing::IsEmpty());
  // 40 pixels creep up by 3 % from a quarter of the scan to three quarters.
  const std::size_t pixels = scan.pixels();
  const std::size_t quarter = lines / 4;
  for (std::size_t i = quarter; i < lines; ++i) {
    const double share =
        std::min(1.0, 2.0 * static_cast<double>(i - quarter) / static_cast<double>(lines));
    for (std::size_t p = 20; p < 60; ++p) {
      auto& sample = scan.samples[i * pixels + p];
      const auto dark = static_cast<double>(scan.calibration.dark.mean_counts[p]);
      sample =
          static_cast<std::uint32_t>(std::max(0.0, dark + (sample - dark) * (1 + 0.03 * share)));
    }
  }
  EXPECT_THAT(judge(lines), ::testing::ElementsAre(::testing::ContainsRegex(
                                "4[0-9] pixels in air behind the load have changed")));
  EXPECT_THAT(judge(lines / 2), ::testing::IsEmpty()) << "no air behind it was seen yet";
}

/// What cannot be judged is said, and the rest is judged all the same.
TEST(Validity, AScanThatBeginsInItsLoadIsStillJudgedByTemperatureAndDose) {
  const auto scanner = testing::scanner_of("gantry-small");
  auto scan = testing::scan_of(testing::scene_of(cargo("gantry-small", 1800)), scanner);
  const std::size_t pixels = scan.pixels();
  const std::size_t begin = 300;  // well inside of the container
  ASSERT_GT(scan.lines.size(), begin + 100);
  CalibrationValidity validity(scan.calibration, {}, core::UtcTime{});
  auto chain = CorrectionChain::create(scan.meta.geometry, scan.calibration, {});
  const auto sink = [&](const CorrectedLine& line) { validity.observe(line); };
  for (auto& line : scan.lines) line.temperature_centi_c += 600;
  chain->push(std::span(scan.lines).subspan(begin), std::span(scan.modules_present).subspan(begin),
              std::span(scan.samples).subspan(begin * pixels), sink);
  chain->finish(sink);
  EXPECT_FALSE(validity.air_judged());
  EXPECT_THAT(validity.stale(),
              ::testing::ElementsAre(::testing::HasSubstr("degC from its dark frame")));
  EXPECT_THAT(validity.notes(),
              ::testing::ElementsAre(::testing::HasSubstr("age not judged"),
                                     ::testing::HasSubstr("age of commissioning data"),
                                     ::testing::HasSubstr("air not judged: the scan begins with")));
}

}  // namespace
}  // namespace portcullis::imaging
