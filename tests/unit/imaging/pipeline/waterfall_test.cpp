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
