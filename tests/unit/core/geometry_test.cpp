#include "core/geometry.h"

#include <gtest/gtest.h>

namespace portcullis::core {
namespace {

ScannerGeometry two_pixels() {
  ScannerGeometry g;
  g.source_y_mm = -7000;
  g.source_z_mm = 1200;
  g.pixels = {{3000, 200}, {3000, 5000}};
  g.encoder_mm_per_count = 0.1;
  g.image_mm_per_px = 2.0;
  return g;
}

TEST(Geometry, RaysCrossTheCentreLineAtSimilarTriangles) {
  const auto g = two_pixels();
  // 7 m of 10 m: 1200 + 0.7 * (200 - 1200) and 1200 + 0.7 * 3800
  EXPECT_DOUBLE_EQ(z_at_centre_line_mm(g, g.pixels[0]), 500.0);
  EXPECT_DOUBLE_EQ(z_at_centre_line_mm(g, g.pixels[1]), 3860.0);
}

TEST(Geometry, GridCoversTheScan) {
  const auto grid = make_image_grid(two_pixels(), -5000, 15000);
  EXPECT_EQ(grid.columns, 1001);  // 2000 mm at 2 mm, both ends
  EXPECT_EQ(grid.rows, 1681);     // 3360 mm at 2 mm, both ends
  EXPECT_DOUBLE_EQ(grid.x_mm(0), -500.0);
  EXPECT_DOUBLE_EQ(grid.z_mm(0), 3860.0);
  EXPECT_DOUBLE_EQ(grid.row_of(3850.0), 5.0);
  EXPECT_DOUBLE_EQ(grid.column_of(-480.0), 10.0);
}

}  // namespace
}  // namespace portcullis::core
