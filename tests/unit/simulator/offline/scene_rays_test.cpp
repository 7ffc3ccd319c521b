#include <gtest/gtest.h>

#include <cmath>

#include "simulator/offline/line_synthesizer.h"
#include "simulator/physics/beam_model.h"

namespace portcullis::simulator {
namespace {

Scene rays_scene(const std::string& text) {
  auto scene = parse_scene(text, "s", ".");
  EXPECT_TRUE(scene.ok()) << scene.error().message;
  return *scene;
}

constexpr const char* kStep =
    "[[object]]\nshape = \"box\"\nsize_mm = [500, 400, 3000]\ncenter_mm = [250, 0, 0]\nmaterial = "
    "\"water\"\n";

TEST(SceneRays, TransmissionOfAPlateAtEachElevation) {
  const auto scanner = *load_scanner("gantry-small");
  const auto beam = *BeamModel::create(scanner.beam);
  const auto rays = SceneRays::trace(rays_scene(kStep), scanner, {100, 400}, {});
  ASSERT_TRUE(rays.ok());
  std::vector<float> t(rays->pixels());
  std::vector<float> spread(rays->pixels());
  for (const auto energy : {core::Energy::kHigh, core::Energy::kLow}) {
    rays->at(energy, 250, t, spread);
    for (const std::size_t pixel : {0U, 40U, 70U}) {
      const auto& p = scanner.geometry.pixels[pixel];
      const double dy = p.y_mm + 7000;
      const double path = 40 * std::hypot(dy, p.z_mm - 1200) / dy;
      const double expected =
          beam.transmission(*find_material("water"), path)[energy == core::Energy::kHigh ? 0 : 1];
      EXPECT_NEAR(static_cast<double>(t[pixel]) / expected, 1, 1e-3) << pixel;
      EXPECT_GT(spread[pixel], 1.0F) << "the beam is harder behind water";
    }
  }
}

/// The 5 mm aperture is 3.5 mm in the plane of the centre line: an edge there rises over about
/// that width, its middle where the edge is.
TEST(SceneRays, EdgeIsAsWideAsTheAperture) {
  const auto scanner = *load_scanner("gantry-6mv");
  SceneRays::Options options;
  options.step_mm = 0.25;
  const auto rays = SceneRays::trace(rays_scene(kStep), scanner, {-10, 10}, options);
  ASSERT_TRUE(rays.ok());
  std::vector<float> t(rays->pixels());
  std::vector<float> spread(rays->pixels());
  const auto at = [&](double x) {
    rays->at(core::Energy::kHigh, x, t, spread);
    return static_cast<double>(t[200]);
  };
  const double inside = at(8);
  const auto fraction = [&](double x) { return (1 - at(x)) / (1 - inside); };
  EXPECT_NEAR(fraction(-6), 0, 1e-3);
  EXPECT_NEAR(fraction(0), 0.5, 0.05);
  // The box is about 3.5 mm here: a quarter of the step at a quarter of it.
  EXPECT_NEAR(fraction(-0.875), 0.25, 0.06);
  EXPECT_NEAR(fraction(0.875), 0.75, 0.06);
  EXPECT_NEAR(fraction(6), 1, 1e-3);
}

TEST(SceneRays, AirOutsideItsRangeAndBetweenNothing) {
  const auto scanner = *load_scanner("gantry-small");
  const auto rays = SceneRays::trace(rays_scene(kStep), scanner, {100, 400}, {});
  ASSERT_TRUE(rays.ok());
  std::vector<float> t(rays->pixels());
  std::vector<float> spread(rays->pixels());
  rays->at(core::Energy::kHigh, 5000, t, spread);
  for (const float v : t) EXPECT_EQ(v, 1.0F);
}

TEST(SceneRays, TheSameOnOneThreadAndOnMany) {
  const auto scanner = *load_scanner("gantry-small");
  const auto scene = rays_scene(std::string(kStep) +
                                "[[object]]\nshape = \"sphere\"\nsize_mm = 900\ncenter_mm = [700, "
                                "100, 900]\nmaterial = \"steel\"\n");
  SceneRays::Options serial;
  serial.parallel = false;
  const auto a = SceneRays::trace(scene, scanner, {-100, 1300}, serial);
  const auto b = SceneRays::trace(scene, scanner, {-100, 1300}, {});
  ASSERT_TRUE(a.ok() && b.ok());
  std::vector<float> ta(a->pixels());
  std::vector<float> tb(a->pixels());
  std::vector<float> spread(a->pixels());
  for (double x = -100; x < 1300; x += 3.1) {
    a->at(core::Energy::kLow, x, ta, spread);
    b->at(core::Energy::kLow, x, tb, spread);
    ASSERT_EQ(ta, tb) << x;
  }
}

TEST(SceneRays, StopsWhenToldTo) {
  const auto scanner = *load_scanner("gantry-small");
  SceneRays::Options options;
  options.progress = [](double) { return false; };
  const auto rays = SceneRays::trace(rays_scene(kStep), scanner, {0, 100'000}, options);
  ASSERT_FALSE(rays.ok());
  EXPECT_EQ(rays.error().code, core::ErrorCode::kRefused);
}

TEST(SceneRays, EmptyOrEndlessRangesAreRefused) {
  const auto scanner = *load_scanner("gantry-6mv");
  EXPECT_FALSE(SceneRays::trace(rays_scene(kStep), scanner, {5, 5}, {}).ok());
  SceneRays::Options fine;
  fine.step_mm = 0.001;
  EXPECT_FALSE(SceneRays::trace(rays_scene(kStep), scanner, {0, 100'000}, fine).ok());
}

}  // namespace
}  // namespace portcullis::simulator
