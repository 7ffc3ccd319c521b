#include <fmt/format.h>
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

/// The same along the array: the lower edge of a thin plate moves through one pixel, which goes
/// dark as the share of its face that is covered. The face is 5 mm x 7 / 10 in the plane of the
/// centre line, the spot 2 mm x 3 / 10 there. Six rays tell a share to a twelfth.
TEST(SceneRays, EdgeAlongTheArrayIsAsWideAsTheAperture) {
  const auto scanner = *load_scanner("gantry-6mv");
  constexpr std::size_t kPixel = 200;  // as high as the source: its rays are level
  const double middle_mm =
      core::z_at_centre_line_mm(scanner.geometry, scanner.geometry.pixels[kPixel]);
  const auto dark_share = [&](double edge_mm, bool blur) {
    const auto scene = rays_scene(
        fmt::format("[noise]\nblur = {}\n[[object]]\nshape = \"box\"\nsize_mm = [500, 300, 200]\n"
                    "center_mm = [0, 0, {}]\nmaterial = \"lead\"\ndensity_g_cm3 = 25\n",
                    blur, edge_mm + 100 - kFloorHeightMm));
    const auto rays = SceneRays::trace(scene, scanner, {-1, 1}, {});
    EXPECT_TRUE(rays.ok());
    std::vector<float> t(rays->pixels());
    std::vector<float> spread(rays->pixels());
    rays->at(core::Energy::kHigh, 0, t, spread);
    return 1 - static_cast<double>(t[kPixel]);
  };
  constexpr double kHalfFaceMm = 5 * 0.7 / 2;
  constexpr double kSpotSigmaMm = 2 * 0.3 / 2.3548;
  // Of a box smeared by a normal distribution, numerically.
  const auto expected = [&](double edge_mm) {
    constexpr int kSteps = 2000;
    double sum = 0;
    for (int i = 0; i < kSteps; ++i) {
      const double place = ((i + 0.5) / kSteps * 2 - 1) * kHalfFaceMm;
      sum += 0.5 * std::erfc((edge_mm - place) / kSpotSigmaMm / std::sqrt(2.0));
    }
    return sum / kSteps;
  };
  for (const double edge : {-3.0, -1.5, -1.0, -0.5, 0.05, 0.5, 1.0, 1.5, 3.0}) {
    EXPECT_NEAR(dark_share(middle_mm + edge, true), expected(edge), 1 / 12.0 + 0.01) << edge;
    EXPECT_NEAR(dark_share(middle_mm + edge, false), edge < 0 ? 1 : 0, 1e-6) << edge;
  }
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
