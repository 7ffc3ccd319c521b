#include "imaging/qa/qa.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "imaging/qa/statistics.h"
#include "tests/unit/imaging/qa/drawn_images.h"

namespace portcullis::imaging {
namespace {

using Pair = std::pair<double, double>;

/// Steel: low energy attenuates 1.15 times as much.
Pair steel(double attenuation) {
  return {attenuation, 1.15 * attenuation};
}

TEST(QaStatistics, ThresholdsAreTheNormalDistributions) {
  // Abramowitz and Stegun, table 26.1 and 26.5: Q(1.6449) = 0.05, Q(3.0902) = 0.001.
  EXPECT_NEAR(qa::normal_tail(1.6449), 0.05, 1e-5);
  EXPECT_NEAR(qa::threshold_for(1, 0.001), 3.0902, 1e-4);
  EXPECT_NEAR(qa::threshold_for(50, 0.05), 3.0902, 1e-4);
  std::vector<float> values{5, 1, 3};
  EXPECT_EQ(qa::median_of(values), 3);
}

TEST(QaAirReading, RippleOfKnownSizeIsMeasured) {
  DrawnScene scene;
  scene.noise_in_air = 1e-6;
  // Columns alternate by +-0.2 %, rows by +-0.1 %, low energy is even.
  scene.attenuation = [](double x, double z) -> Pair {
    const bool odd_column = static_cast<int>(std::floor(x / 2)) % 2 != 0;
    const bool odd_row = static_cast<int>(std::floor(z / 2)) % 2 != 0;
    return {(odd_column ? 0.002 : -0.002) + (odd_row ? 0.001 : -0.001), 0};
  };
  const auto report = read_test_objects(draw_images(scene), {});
  ASSERT_TRUE(report.air.measured);
  EXPECT_NEAR(report.air.column_rms_high, 0.002, 2e-5);
  EXPECT_NEAR(report.air.row_rms_high, 0.001, 2e-5);
  EXPECT_LT(report.air.column_rms_low, 1e-6);
  EXPECT_LT(report.air.block16_max_high, 1e-5);  // eight up, eight down
  EXPECT_FALSE(report.air.passed());
}

TEST(QaAirReading, TooLittleAirIsSaid) {
  DrawnScene scene;
  scene.attenuation = [](double x, double z) {
    return in_box(x, z, 0, 0, 800, 400) ? steel(2) : Pair{0, 0};
  };
  const auto report = read_test_objects(draw_images(scene), {});
  EXPECT_FALSE(report.air.measured);
  EXPECT_FALSE(report.air.reason.empty());
}

/// Arrows as others draw them: a head of a third, made of straight pieces, tip at +50.
bool in_arrow(double along, double aside) {
  if (along > 50 || along < -50) return false;
  return along > 15 ? std::abs(aside) < (50 - along) : std::abs(aside) < 11;
}

class QaArrowReading : public testing::TestWithParam<int> {};

TEST_P(QaArrowReading, DirectionIsToldAndBlankIsNotSeen) {
  const int turn = GetParam();
  constexpr QaDirection kExpected[] = {QaDirection::kRight, QaDirection::kUp, QaDirection::kLeft,
                                       QaDirection::kDown};
  for (const bool blank : {false, true}) {
    if (blank && turn > 1) continue;
    DrawnScene scene;
    scene.columns = scene.rows = 360;
    scene.seed = static_cast<std::uint32_t>(7 + turn);
    scene.attenuation = [&](double x, double z) -> Pair {
      if (!in_box(x, z, 0, 0, 600, 600)) return {0, 0};
      double along = x - 60;
      double aside = z + 40;
      for (int k = 0; k < turn; ++k) {
        const double old = along;
        along = aside;
        aside = -old;
      }
      return steel(!blank && in_arrow(along, aside) ? 3.0 * 1.2 : 3.0);
    };
    const auto report = read_test_objects(draw_images(scene), {});
    ASSERT_EQ(report.arrows.size(), 1U) << "seed " << scene.seed;
    EXPECT_EQ(report.arrows[0].seen, !blank);
    EXPECT_TRUE(report.wires.empty());
    EXPECT_TRUE(report.shims.empty());
    if (blank) continue;
    EXPECT_EQ(report.arrows[0].direction, kExpected[turn]);
    EXPECT_NEAR(report.arrows[0].x_mm, 60, 8);
    EXPECT_NEAR(report.arrows[0].z_mm, -40, 8);
    // exp(-0.6) of the plate's transmission is left.
    EXPECT_NEAR(report.arrows[0].contrast, 1 - std::exp(-0.6), 0.08);
  }
}
INSTANTIATE_TEST_SUITE_P(Turns, QaArrowReading, testing::Values(0, 1, 2, 3));

TEST(QaWireReading, PlaceAndDiameterInAir) {
  // 0.8 % over 4 mm at 30 degrees from upright: 2 sigma of a pixel.
  DrawnScene scene;
  const double angle = 30 * std::numbers::pi / 180;
  scene.attenuation = [&](double x, double z) -> Pair {
    const double along = (x - 50) * std::sin(angle) + (z - 20) * std::cos(angle);
    const double aside = (x - 50) * std::cos(angle) - (z - 20) * std::sin(angle);
    return std::abs(along) < 150 && std::abs(aside) < 2 ? steel(0.008) : Pair{0, 0};
  };
  const auto report = read_test_objects(draw_images(scene), {});
  ASSERT_EQ(report.wires.size(), 1U);
  const auto& wire = report.wires[0];
  EXPECT_EQ(wire.zone, -1);
  EXPECT_NEAR(0.5 * (wire.from_x_mm + wire.to_x_mm), 50, 25);
  EXPECT_NEAR(0.5 * (wire.from_z_mm + wire.to_z_mm), 20, 25);
  EXPECT_NEAR(std::hypot(wire.from_x_mm - wire.to_x_mm, wire.from_z_mm - wire.to_z_mm), 300, 60);
  // 0.032 mm of attenuation across: a section of 0.9 mm2 of steel.
  EXPECT_NEAR(wire.diameter_mm, 1.07, 0.2);
}

TEST(QaWireReading, NothingInAirOrOnASteelPlateIsNothing) {
  for (std::uint32_t seed = 1; seed <= 4; ++seed) {
    DrawnScene scene;
    scene.seed = seed;
    scene.attenuation = [&](double x, double z) {
      return seed % 2 == 0 && in_box(x, z, 0, 0, 500, 500) ? steel(3) : Pair{0, 0};
    };
    const auto report = read_test_objects(draw_images(scene), {});
    EXPECT_TRUE(report.wires.empty()) << "seed " << seed;
    EXPECT_TRUE(report.shims.empty()) << "seed " << seed;
    EXPECT_TRUE(report.gauges.empty()) << "seed " << seed;
    EXPECT_EQ(report.zones.size(), seed % 2 == 0 ? 1U : 0U) << "seed " << seed;
  }
}

TEST(QaShimReading, PercentOfThePlate) {
  DrawnScene scene;
  scene.attenuation = [](double x, double z) -> Pair {
    if (!in_box(x, z, 0, 0, 600, 600)) return {0, 0};
    // 1 % more steel; behind a plate a millimetre takes 0.9 of what the first ones do.
    return steel(3.0 + (in_box(x, z, -80, 50, 50, 50) ? 0.027 : 0));
  };
  const auto report = read_test_objects(draw_images(scene), {});
  ASSERT_EQ(report.shims.size(), 1U);
  EXPECT_NEAR(report.shims[0].percent, 1.0, 0.25);
  EXPECT_NEAR(report.shims[0].box.x_mm + report.shims[0].box.width_mm / 2, -80, 10);
  EXPECT_NEAR(report.shims[0].box.z_mm + report.shims[0].box.height_mm / 2, 50, 10);
  ASSERT_EQ(report.arrows.size(), 1U);
  EXPECT_FALSE(report.arrows[0].seen);
}

TEST(QaGaugeReading, PeriodTiltAndModulation) {
  // A sine of 40 % modulation: period 10 mm, level bars tilted by 5 degrees.
  DrawnScene scene;
  const double tilt = 5 * std::numbers::pi / 180;
  scene.attenuation = [&](double x, double z) -> Pair {
    if (!in_box(x, z, 0, 0, 120, 90)) return {0, 0};
    const double u = x * std::sin(tilt) + z * std::cos(tilt);
    const double t = 0.4 * (1 + 0.4 * std::sin(2 * std::numbers::pi * u / 10));
    return steel(-std::log(t));
  };
  const auto report = read_test_objects(draw_images(scene), {});
  ASSERT_EQ(report.gauges.size(), 1U);
  EXPECT_FALSE(report.gauges[0].along);
  EXPECT_NEAR(report.gauges[0].gap_mm, 5.0, 0.05);
  EXPECT_NEAR(report.gauges[0].tilt_deg, 5, 0.5);
  EXPECT_NEAR(report.gauges[0].modulation, 0.4, 0.01);
  EXPECT_TRUE(report.gauges[0].resolved);
}

TEST(QaZoneReading, WedgeAndMaterialClusters) {
  // Four steps side by side, and two blocks above of other matter, as thick as the second step.
  DrawnScene scene;
  scene.columns = 600;
  scene.attenuation = [](double x, double z) -> Pair {
    if (std::abs(z + 200) < 100 && std::abs(x) < 240) {
      const double a = 0.5 + 0.5 * std::floor((x + 240) / 120);
      return {a, 1.15 * a};
    }
    if (in_box(x, z, -150, 200, 150, 150)) return {1.0, 1.21};
    if (in_box(x, z, 150, 200, 150, 150)) return {1.0, 1.18};
    return {0, 0};
  };
  const auto report = read_test_objects(draw_images(scene), {});
  EXPECT_EQ(report.zones.size(), 6U);
  ASSERT_EQ(report.wedges.size(), 1U);
  EXPECT_EQ(report.wedges[0].zones.size(), 4U);
  EXPECT_EQ(report.material_clusters, 3);
}

TEST(QaReading, EmptyAndTinyImagesAreNoWork) {
  Images images;
  const auto report = read_test_objects(images, {});
  EXPECT_FALSE(report.remarks.empty());
}

}  // namespace
}  // namespace portcullis::imaging
