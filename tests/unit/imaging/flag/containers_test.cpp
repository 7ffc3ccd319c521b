#include "imaging/flag/containers.h"

#include <gtest/gtest.h>

#include "synthetic_truck.h"

namespace portcullis {
namespace {

using test::SyntheticTruck;

struct Found {
  imaging::WorkPlane plane;
  std::vector<imaging::ContainerRegion> regions;
};

Found find(SyntheticTruck& truck, const core::VehicleIdentity& identity = {}) {
  Found found;
  found.plane = imaging::make_work_plane(truck.make());
  found.regions = imaging::find_containers(found.plane, identity);
  return found;
}

TEST(WorkPlane, FindsTheFansApexFromTheObliquity) {
  SyntheticTruck truck;
  const auto plane = imaging::make_work_plane(truck.make());
  EXPECT_NEAR(plane.source_z_mm, 1200, 15);
  EXPECT_NEAR(plane.source_distance_mm, 7000, 40);
  // The near top edge of a roof at 3.68 m: 1.2 + 2.48 * 7 / 5.781 m.
  EXPECT_NEAR(plane.seen_z_mm(3680, -1219), 4203, 25);
  EXPECT_NEAR(plane.true_z_mm(4203, -1219), 3680, 25);
}

TEST(WorkPlane, AveragesFinePixelsToTheSamePlace) {
  SyntheticTruck truck(1, 2.0, 2000);
  truck.add_goods(500, 1500, 500, 1500, 0.5);
  const auto images = truck.make();
  const auto plane = imaging::make_work_plane(images);
  EXPECT_EQ(plane.factor, 4);
  EXPECT_NEAR(plane.grid.x_mm(-0.5), images.grid.x_mm(-0.5), 1e-9);
  EXPECT_NEAR(plane.grid.z_mm(-0.5), images.grid.z_mm(-0.5), 1e-9);
  const auto c = static_cast<int>(plane.grid.column_of(1000));
  const auto r = static_cast<int>(plane.grid.row_of(2200));
  EXPECT_NEAR(static_cast<double>(plane.mass_g_cm2[plane.at(c, r)]), 110, 3);
}

TEST(Containers, FindsTwentyFootWallsRoofAndFloor) {
  SyntheticTruck truck;
  truck.add_cab();
  truck.add_container();
  truck.add_goods(300, 5600, 0, 1500, 0.3);
  const Found found = find(truck);
  ASSERT_EQ(found.regions.size(), 1U);
  const auto& region = found.regions[0];
  EXPECT_TRUE(region.walls);
  EXPECT_NEAR(found.plane.grid.x_mm(region.column_front), 0, 25);
  EXPECT_NEAR(found.plane.grid.x_mm(region.column_rear), 6058, 25);
  EXPECT_NEAR(region.floor_z_mm, 1250, 30);
  EXPECT_NEAR(region.roof_z_mm, 3681, 40);
}

TEST(Containers, EmptyAndFullAreFoundAlike) {
  for (const bool full : {false, true}) {
    SyntheticTruck truck;
    truck.add_cab();
    truck.add_container();
    if (full) truck.add_goods(60, 5990, 0, 2380, 0.4);
    const Found found = find(truck);
    ASSERT_EQ(found.regions.size(), 1U) << full;
    EXPECT_NEAR(found.plane.grid.x_mm(found.regions[0].column_front), 0, 25);
    EXPECT_NEAR(found.plane.grid.x_mm(found.regions[0].column_rear), 6058, 25);
  }
}

TEST(Containers, FortyFootHighCube) {
  SyntheticTruck truck(1, 10, 12192, 2896);
  truck.add_cab();
  truck.add_container();
  truck.add_goods(300, 8000, 0, 1200, 0.25);
  core::VehicleIdentity identity;
  identity.containers.push_back({"MSKU0000000", "45G1", true, 1.0});
  const Found found = find(truck, identity);
  ASSERT_EQ(found.regions.size(), 1U);
  EXPECT_EQ(found.regions[0].number, "MSKU0000000");
  EXPECT_NEAR(found.plane.grid.x_mm(found.regions[0].column_rear), 12192, 25);
}

TEST(Containers, OpenLoadIsOneRegionWithoutWalls) {
  SyntheticTruck truck;
  truck.add_goods(1000, 3000, 0, 1200, 0.5);
  const Found found = find(truck);
  ASSERT_EQ(found.regions.size(), 1U);
  EXPECT_FALSE(found.regions[0].walls);
  EXPECT_NEAR(found.plane.grid.x_mm(found.regions[0].column_front), 1000, 30);
  EXPECT_NEAR(found.plane.grid.x_mm(found.regions[0].column_rear), 3000, 30);
}

TEST(Containers, NothingOnTheVehicleIsNoContainer) {
  SyntheticTruck truck;
  EXPECT_TRUE(find(truck).regions.empty());
}

}  // namespace
}  // namespace portcullis
