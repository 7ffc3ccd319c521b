#include "imaging/display/region_mass.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "imaging/display/quantise.h"

namespace portcullis::imaging {
namespace {

constexpr std::uint8_t kMetal = 3, kTooThick = 5;

/// A source 7 m before the plane at 1.2 m; 5 mm pixels, 5 m high.
struct Picture {
  core::ImageGrid grid{400, 1000, 5, 0, 5000, 7000, 1200};
  std::vector<std::uint16_t> mass = std::vector<std::uint16_t>(400'000, 0);
  std::vector<std::uint8_t> classes = std::vector<std::uint8_t>(400'000, kMetal);

  /// Adds a sheet of so many g/cm2 across the lane, columns [from, to), rows [top, bottom): its
  /// rays are longer by the obliquity, which is written out here.
  void add_sheet(double g_cm2, int from, int to, int top, int bottom) {
    for (int r = top; r < bottom; ++r) {
      const double z_mm = 5000 - 5.0 * r;
      const double oblique = std::sqrt(1 + std::pow((z_mm - 1200) / 7000, 2));
      for (int c = from; c < to; ++c) {
        auto& code = mass[static_cast<std::size_t>(r * 400 + c)];
        code = static_cast<std::uint16_t>(code + std::lround(g_cm2 * oblique * 100));
      }
    }
  }
  [[nodiscard]] RegionMass of(int x, int y, int width, int height) const {
    const std::vector<std::uint8_t> inside(static_cast<std::size_t>(width * height), 1);
    return region_mass({grid, mass, classes}, x, y, width, height, inside);
  }
};

TEST(RegionMass, ASheetWeighsItsArealDensityTimesItsAreaAtAnyHeight) {
  Picture picture;
  picture.add_sheet(15.74, 0, 400, 0, 1000);  // 20 mm of steel
  for (const int top : {0, 400, 760}) {
    const auto found = picture.of(100, top, 200, 100);  // 1 m x 0.5 m
    EXPECT_NEAR(found.area_cm2, 5000, 1e-6);
    EXPECT_NEAR(found.all.kg, 15.74 * 5000 / 1000, 0.05) << top;
    // Steel is known to 1.5 %, curves to 1.2 %, height of what stands anywhere to 16.2 %.
    const double half = found.all.kg * std::sqrt(0.015 * 0.015 + 0.012 * 0.012 + 0.162 * 0.162);
    EXPECT_NEAR(found.all.low_kg, found.all.kg - half, 0.01);
    EXPECT_NEAR(found.all.high_kg, found.all.kg + half, 0.01);
  }
  picture.grid.source_distance_mm = 0;
  EXPECT_GT(picture.of(100, 0, 200, 100).all.kg, 1.1 * 78.7) << "the way along the rays";
}

TEST(RegionMass, WallsAreTakenFromWhatStandsBeside) {
  Picture picture;
  picture.add_sheet(2.8, 0, 400, 0, 1000);  // a container's two walls
  picture.add_sheet(30, 150, 250, 500, 600);
  const auto found = picture.of(140, 490, 120, 120);
  ASSERT_TRUE(found.above.has_value());
  EXPECT_NEAR(found.above->kg, 30 * 50 * 50 / 1000.0, 0.1);  // 0.5 m x 0.5 m
  EXPECT_NEAR(found.all.kg, 75 + 2.8 * 60 * 60 / 1000.0, 0.1);
  EXPECT_LT(found.above->low_kg, found.above->kg);
  EXPECT_GT(found.above->high_kg, found.above->kg);
}

TEST(RegionMass, WhereTheSidesDifferOrEndNothingIsTaken) {
  Picture picture;
  picture.add_sheet(2.8, 0, 400, 0, 1000);
  picture.add_sheet(30, 150, 400, 500, 600);  // goes on to the right
  EXPECT_FALSE(picture.of(140, 510, 60, 60).above.has_value());
  EXPECT_FALSE(picture.of(0, 510, 60, 60).above.has_value()) << "the image ends at its left";
}

TEST(RegionMass, TooThickIsAtLeast) {
  Picture picture;
  picture.add_sheet(100, 100, 200, 500, 600);
  for (auto& material : picture.classes) material = kTooThick;
  const auto found = picture.of(100, 500, 100, 100);
  EXPECT_EQ(found.thick_share, 1);
  EXPECT_GT(found.all.high_kg, 1.6 * found.all.kg);
}

TEST(RegionMass, PartsBeyondTheImageCountNothing) {
  Picture picture;
  picture.add_sheet(10, 0, 400, 0, 1000);
  EXPECT_NEAR(picture.of(-50, 950, 100, 100).area_cm2, 50 * 50 * 0.25, 1e-9);
  EXPECT_EQ(picture.of(500, 10, 10, 10).area_cm2, 0);
  EXPECT_EQ(region_mass({picture.grid, picture.mass, {}}, 10, 10, 0, 0, {}).all.kg, 0);
}

}  // namespace
}  // namespace portcullis::imaging
