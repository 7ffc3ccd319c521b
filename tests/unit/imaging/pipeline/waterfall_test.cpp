#include "imaging/pipeline/waterfall.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/allocation_counter.h"
#include "tests/unit/imaging/pipeline/synthetic_scan.h"

namespace portcullis::imaging {
namespace {

using namespace testing;  // NOLINT: the scene words of the synthetic scanner

core::Line line_of(const core::RawScan& scan, std::size_t index) {
  core::Line line;
  line.header = scan.lines[index];
  line.modules_present = scan.modules_present[index];
  const auto first = scan.samples.begin() + static_cast<std::ptrdiff_t>(index * scan.pixels());
  line.samples.assign(first, first + static_cast<std::ptrdiff_t>(scan.pixels()));
  return line;
}

TEST(Waterfall, DrawsHighEnergyTopFirstOnThePowerScale) {
  SyntheticOptions options;
  options.pairs = 2;
  options.photons = 0;
  const auto scan = synthetic_scan(options, [](double, double z) {
    Path p{};
    if (z < 1500) p[kIron] = 80;
    return p;
  });
  auto waterfall = Waterfall::create(scan.meta.geometry, scan.calibration, 200);
  ASSERT_TRUE(waterfall.ok());
  EXPECT_EQ(waterfall->rows(), 200);
  const auto column = waterfall->push(line_of(scan, 0));
  ASSERT_EQ(column.size(), 200U);
  EXPECT_EQ(column[0], 255);
  EXPECT_EQ(column[50], 255);
  // 80 g/cm2 of iron: T = 4.08e-2, A = 3.20; 255 (1 - (3.20 / 6.2)^0.72).
  EXPECT_NEAR(column[199], 255 * (1 - std::pow(3.20 / 6.2, 0.72)), 2);
  EXPECT_TRUE(waterfall->push(line_of(scan, 1)).empty());  // low energy
  auto line = line_of(scan, 0);
  line.modules_present.reset(15);  // the uppermost
  const auto gap = waterfall->push(line);
  EXPECT_EQ(gap[0], 128);
  EXPECT_EQ(gap[100], 255);
  line.header.flags = core::line_flag::kLineMissing;
  EXPECT_TRUE(waterfall->push(line).empty());
  line = line_of(scan, 0);
  line.header.dose_counts = 10;
  EXPECT_TRUE(waterfall->push(line).empty());
  line = line_of(scan, 0);
  line.samples.pop_back();
  EXPECT_TRUE(waterfall->push(line).empty());
}

/// The boom's sway as it shows in the raw samples: a loss that grows with the square of the height.
void sway(core::RawScan& scan, double top_loss, double hz) {
  const std::size_t pixels = scan.pixels();
  const auto& dark = scan.calibration.dark.mean_counts;
  const double z_top = scan.meta.geometry.pixels.back().z_mm;
  for (std::size_t line = 0; line < scan.lines.size(); ++line) {
    const double t_s = static_cast<double>(scan.lines[line].pulse) / 400;
    const double wave = std::sin(2 * 3.14159265358979 * hz * t_s);
    const double q = top_loss * wave * wave;
    for (std::size_t p = 0; p < pixels; ++p) {
      const double h = scan.meta.geometry.pixels[p].z_mm / z_top;
      auto& sample = scan.samples[line * pixels + p];
      const double signal = static_cast<double>(sample) - static_cast<double>(dark[p]);
      sample = static_cast<std::uint32_t>(signal * (1 - q * h * h) + static_cast<double>(dark[p]));
    }
  }
}

TEST(Waterfall, AirIsWhiteThoughTheBoomSways) {
  SyntheticOptions options;
  options.pairs = 200;
  auto scan = synthetic_scan(options, [](double x, double z) {
    Path p{};
    if (x > 100 && z < 2500) p[kIron] = 40;  // a vehicle, below the uppermost rays
    return p;
  });
  sway(scan, 0.04, 2.5);
  // An arced pulse: another spectrum, so not at the level that its dose lets expect.
  constexpr std::size_t kArced = 120;
  for (std::size_t p = 0; p < scan.pixels(); ++p)
    scan.samples[kArced * scan.pixels() + p] = scan.samples[kArced * scan.pixels() + p] / 100 * 95;
  auto waterfall = Waterfall::create(scan.meta.geometry, scan.calibration, 200);
  ASSERT_TRUE(waterfall.ok());
  double darkest = 255;
  double goods_sum = 0, goods_sum2 = 0, goods = 0;
  for (std::size_t i = 0; i < scan.lines.size(); ++i) {
    const auto column = waterfall->push(line_of(scan, i));
    if (scan.lines[i].energy != core::Energy::kHigh || i == kArced) {
      EXPECT_TRUE(column.empty()) << i;
      continue;
    }
    ASSERT_EQ(column.size(), 200U) << i;
    if (i < 12) continue;  // the first pulses know little of the sway
    double mean = 0;
    for (std::size_t r = 0; r < 80; ++r) mean += column[r] / 80.0;
    darkest = std::min(darkest, mean);
    if (scan.lines[i].encoder_counts > 1500) {
      double below = 0;
      for (std::size_t r = 140; r < 180; ++r) below += column[r] / 40.0;
      goods_sum += below;
      goods_sum2 += below * below;
      ++goods;
    }
  }
  // 4 % of loss would be 7 grays at the top, 4 on average over the upper rows.
  EXPECT_GT(darkest, 254.0);
  const double spread = std::sqrt(goods_sum2 / goods - goods_sum / goods * goods_sum / goods);
  EXPECT_LT(spread, 0.5);
}

TEST(Waterfall, ALevelThatChangesForGoodIsFollowed) {
  SyntheticOptions options;
  options.pairs = 60;
  auto scan = synthetic_scan(options, [](double, double) { return Path{}; });
  for (std::size_t i = 60; i < scan.lines.size(); ++i)
    scan.lines[i].dose_counts = static_cast<std::uint32_t>(scan.lines[i].dose_counts * 1.05);
  auto waterfall = Waterfall::create(scan.meta.geometry, scan.calibration, 200);
  ASSERT_TRUE(waterfall.ok());
  std::size_t drawn = 0;
  for (std::size_t i = 0; i < scan.lines.size(); ++i)
    drawn += waterfall->push(line_of(scan, i)).empty() ? 0U : 1U;
  EXPECT_GE(drawn, 58U);  // of 60: at most the pulses that could have been arcs are left out
}

TEST(Waterfall, PushDoesNotAllocate) {
  SyntheticOptions options;
  options.pairs = 1;
  const auto scan = synthetic_scan(options, [](double, double) { return Path{}; });
  auto waterfall = Waterfall::create(scan.meta.geometry, scan.calibration, 400);
  ASSERT_TRUE(waterfall.ok());
  const auto line = line_of(scan, 0);
  const auto before = testing_support::allocations_so_far();
  for (int i = 0; i < 100; ++i) (void)waterfall->push(line);
  EXPECT_EQ(testing_support::allocations_so_far(), before);
  std::vector<int> canary(10);  // the counter counts
  EXPECT_GT(testing_support::allocations_so_far(), before);
  canary[0] = 1;
}

TEST(Waterfall, RefusesWhatDoesNotBelongTogether) {
  const SyntheticOptions options;
  const auto geometry = synthetic_geometry(options);
  auto calibration = synthetic_calibration(options);
  EXPECT_FALSE(Waterfall::create(geometry, calibration, 5).ok());
  calibration.dark.mean_counts.pop_back();
  EXPECT_FALSE(Waterfall::create(geometry, calibration, 100).ok());
}

}  // namespace
}  // namespace portcullis::imaging
