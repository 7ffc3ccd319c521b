#include "imaging/flag/load_features.h"

#include <gtest/gtest.h>

#include "imaging/flag/flag.h"
#include "synthetic_truck.h"

namespace portcullis {
namespace {

using test::SyntheticTruck;

core::LoadFeatures features_of(SyntheticTruck& truck) {
  const auto result = imaging::flag(truck.make(), {}, {});
  EXPECT_EQ(result.containers.size(), 1U);
  EXPECT_TRUE(result.containers.at(0).features.has_value());
  return result.containers.at(0).features.value_or(core::LoadFeatures{});
}

/// The fan shows the upper edge of a load 2.2 m across as a ramp: its near edge is seen higher than
/// its far one, by 7 m / (7 m + y) about the source's height.
struct SeenLoad {
  double height_m;    ///< Of all that is seen of it, above the floor.
  double ramp_share;  ///< Of that, where the ray crosses a part of it only.
};
SeenLoad seen_load(double height_mm) {
  const double above = SyntheticTruck::kFloor + height_mm - SyntheticTruck::kSourceZ;
  const double near = above * 7000 / (7000 - 1100), far = above * 7000 / (7000 + 1100);
  const double seen = near + SyntheticTruck::kSourceZ - SyntheticTruck::kFloor;
  return {seen / 1000, (near - far) / seen};
}

/// A block of paper 2.2 m across: 220 cm times its density, whatever the ray's slope.
TEST(LoadFeatures, AnEvenLoadIsItsDensityTimesItsWidth) {
  const SeenLoad seen = seen_load(1400);
  for (const double density : {0.1, 0.3, 0.5}) {
    SyntheticTruck truck(3);
    truck.add_container();
    truck.add_goods(300, 5600, 0, 1400, density);
    const auto f = features_of(truck);
    EXPECT_NEAR(f.areal_g_cm2 / (220 * density), 1, 0.03) << density;
    EXPECT_NEAR(f.area_m2 / (5.3 * seen.height_m), 1, 0.06) << density;
    // Its mass over what is seen of it.
    const double over_seen = 1000 * density * 220 / 235.2 * 1.4 / seen.height_m;
    EXPECT_NEAR(f.density_kg_m3 / over_seen, 1, 0.06) << density;
    // The 10 % quantile lies within the ramp.
    EXPECT_NEAR(f.unevenness, 1 - 0.1 / seen.ramp_share, 0.08) << density;
    EXPECT_LT(f.texture, 0.05);
    EXPECT_GT(f.organic, 0.97);
    EXPECT_DOUBLE_EQ(f.too_thick, 0);
  }
}

TEST(LoadFeatures, MetalIsAShareOfTheMassAndStripesAreTexture) {
  SyntheticTruck truck(4);
  truck.add_container();
  truck.add_goods(300, 2900, 0, 1400, 0.3);               // 66 g/cm2 of paper
  truck.add_iron(3000, 5600, 0, 1400, -1100, 1100, 0.3);  // as much of iron
  const auto even = features_of(truck);
  EXPECT_NEAR(even.metal, 0.5, 0.05);
  EXPECT_NEAR(even.organic, 0.5, 0.05);
  EXPECT_NEAR(even.metal + even.organic + even.light_inorganic + even.heavy_metal, 1, 1e-9);

  // Of 160 mm with every second one half as dense: 22 or 44 across, by turns. Below 22 lie the
  // lighter ones' ramp and the lower half of the denser ones': the median is 22, the 90 % quantile
  // 44, and the 10 % one stands where a tenth of all lies below.
  SyntheticTruck striped(4);
  striped.add_container();
  for (int k = 0; k < 32; ++k)
    striped.add_goods(300 + 160 * k, 460 + 160 * k, 0, 1400, k % 2 == 0 ? 0.1 : 0.2);
  const auto stripes = features_of(striped);
  const double tenth = 22 * 0.1 / (0.75 * seen_load(1400).ramp_share);
  EXPECT_NEAR(stripes.areal_g_cm2, 22, 1.5);
  EXPECT_NEAR(stripes.unevenness, (44 - tenth) / 22, 0.15);
  EXPECT_GT(stripes.texture, 0.1);
  EXPECT_GT(stripes.texture, 4 * even.texture);
}

TEST(LoadFeatures, WhatCannotBeSeenThroughIsSaid) {
  SyntheticTruck truck(5);
  truck.add_container();
  truck.add_goods(300, 2900, 0, 1000, 0.3);
  truck.add_iron(3000, 5600, 0, 1000, -1100, 1100, 2.5);  // 550 g/cm2
  const auto f = features_of(truck);
  // T falls below 1e-4 at 250 g/cm2 of iron (NIST coefficients), 0.45 of the way up the ramp.
  const double ramp = seen_load(1000).ramp_share;
  EXPECT_NEAR(f.too_thick, 0.5 * (1 - 0.45 * ramp), 0.03);
  const double paper = 66 * (1 - ramp / 2), iron = 125 * 0.45 * ramp;
  EXPECT_NEAR(f.organic, paper / (paper + iron), 0.05);
}

TEST(LoadFeatures, AnEmptyContainerHasNone) {
  SyntheticTruck truck(6);
  truck.add_container();
  const auto result = imaging::flag(truck.make(), {}, {});
  ASSERT_EQ(result.containers.size(), 1U);
  EXPECT_TRUE(result.containers[0].empty);
  EXPECT_FALSE(result.containers[0].features.has_value());
}

}  // namespace
}  // namespace portcullis
