#include "simulator/scene/scanner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portcullis::simulator {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(Scanner, DefaultGantryIsTheSurveyedOne) {
  const auto scanner = load_scanner("gantry-6mv");
  ASSERT_TRUE(scanner.ok()) << scanner.error().message;
  const auto& g = scanner->geometry;
  EXPECT_EQ(g.pixels.size(), 1472U);
  EXPECT_EQ(g.module_count, 23);
  EXPECT_EQ(g.pixels_per_module, 64);
  EXPECT_DOUBLE_EQ(g.source_y_mm, -7000);
  EXPECT_DOUBLE_EQ(g.source_z_mm, 1200);
  // Upright: 960 pixels of 5 mm from z 200 to 5000; roof: 512 from y 3000 to 440.
  EXPECT_DOUBLE_EQ(g.pixels[0].z_mm, 202.5);
  EXPECT_DOUBLE_EQ(g.pixels[959].z_mm, 4997.5);
  EXPECT_DOUBLE_EQ(g.pixels[959].y_mm, 3000);
  EXPECT_DOUBLE_EQ(g.pixels[960].y_mm, 2997.5);
  EXPECT_DOUBLE_EQ(g.pixels[1471].y_mm, 442.5);
  EXPECT_DOUBLE_EQ(g.pixels[1471].z_mm, 5000);
  EXPECT_DOUBLE_EQ(g.pulse_rate_hz, 400);
  EXPECT_DOUBLE_EQ(g.image_mm_per_px, 2);
  EXPECT_EQ(scanner->content_hash.size(), 64U);
}

TEST(Scanner, SmallGantryCoversTheSameFan) {
  const auto big = load_scanner("gantry-6mv");
  const auto small = load_scanner("gantry-small");
  ASSERT_TRUE(big.ok() && small.ok());
  EXPECT_EQ(small->geometry.pixels.size(), 256U);
  const auto grid_big = core::make_image_grid(big->geometry, 0, 10'000);
  const auto grid_small = core::make_image_grid(small->geometry, 0, 10'000);
  EXPECT_NEAR(grid_small.z_first_mm, grid_big.z_first_mm, 60);
  EXPECT_NEAR(grid_small.z_mm(grid_small.rows), grid_big.z_mm(grid_big.rows), 60);
}

TEST(Scanner, UnknownNameListsTheKnown) {
  const auto scanner = load_scanner("gantry-9mv");
  ASSERT_FALSE(scanner.ok());
  EXPECT_EQ(scanner.error().code, core::ErrorCode::kNotFound);
  EXPECT_THAT(scanner.error().message,
              AllOf(HasSubstr("gantry-9mv"), HasSubstr("gantry-6mv"), HasSubstr("gantry-small")));
}

TEST(Scanner, ProblemsNameFileLineAndKey) {
  constexpr std::string_view kText =
      "pulse_rate_hz = 400\nencoder_mm_per_count = 0.1\nimage_mm_per_px = 2\nspeed_mm_s = "
      "400\nsource_y_mm = -7000\n"
      "source_z_mm = 1200\npixels_per_module = 64\npixel_pitch_mm = 5\n[[arm]]\nmodules = "
      "15\nfrom_mm = [3000, 200]\nto_mm = [3000, 900]\n";
  const auto scanner = parse_scanner(kText, "mine");
  ASSERT_FALSE(scanner.ok());
  EXPECT_THAT(scanner.error().message,
              AllOf(HasSubstr("mine.toml:12"), HasSubstr("to_mm"), HasSubstr("4800")));
}

}  // namespace
}  // namespace portcullis::simulator
