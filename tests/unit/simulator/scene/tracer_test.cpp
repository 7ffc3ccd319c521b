#include "simulator/scene/tracer.h"

#include <gtest/gtest.h>

#include <cmath>

#include "simulator/scene/generate.h"
#include "simulator/scene/scanner.h"

namespace portcullis::simulator {
namespace {

float tracer_total(const PlaneTracer::Plane& plane, std::size_t ray) {
  float sum = 0;
  for (const auto& piece : plane.ray(ray)) sum += piece.areal_density_g_cm2;
  return sum;
}

TEST(Tracer, ObliquePathThroughAPlate) {
  // 100 mm of water across the lane at every height: a ray at elevation e takes 10 / cos(e) g/cm2.
  const auto scene = parse_scene(
      "[[object]]\nshape = \"box\"\nsize_mm = [1000, 100, 9000]\ncenter_mm = [0, 0, 0]\nmaterial = "
      "\"water\"\n",
      "s", ".");
  const auto scanner = load_scanner("gantry-6mv");
  ASSERT_TRUE(scene.ok() && scanner.ok());
  const auto& g = scanner->geometry;
  const PlaneTracer tracer(*scene, g.source_y_mm, g.source_z_mm, g.pixels);
  PlaneTracer::Plane plane;
  tracer.trace(0, nullptr, plane);
  for (const std::size_t pixel : {0U, 500U, 959U, 960U, 1471U}) {
    const double dy = g.pixels[pixel].y_mm + 7000;
    const double dz = g.pixels[pixel].z_mm - 1200;
    EXPECT_NEAR(static_cast<double>(tracer_total(plane, pixel)), 10 * std::hypot(dy, dz) / dy, 1e-4)
        << pixel;
  }
  tracer.trace(501, nullptr, plane);
  EXPECT_EQ(plane.pieces.size(), 0U) << "beside the plate there is nothing";
}

TEST(Tracer, LaterSolidsWinAlongARay) {
  const auto scene = parse_scene(
      "[[object]]\nshape = \"box\"\nsize_mm = [1000, 1000, 1000]\ncenter_mm = [0, 0, 0]\nmaterial "
      "= \"water\"\n"
      "[[object]]\nshape = \"box\"\nsize_mm = [100, 200, 1000]\ncenter_mm = [0, 0, 0]\nmaterial = "
      "\"lead\"\n"
      "[[object]]\nshape = \"box\"\nsize_mm = [100, 50, 1000]\ncenter_mm = [0, 0, 0]\nmaterial = "
      "\"air\"\n",
      "s", ".");
  ASSERT_TRUE(scene.ok()) << scene.error().message;
  const core::PixelPosition end[] = {{3000, 1200}};
  const PlaneTracer tracer(*scene, -7000, 1200, end);
  PlaneTracer::Plane plane;
  tracer.trace(0, nullptr, plane);
  ASSERT_EQ(plane.ray(0).size(), 3U);
  EXPECT_NEAR(static_cast<double>(plane.ray(0)[0].areal_density_g_cm2), 80, 1e-4);  // water: 800 mm
  EXPECT_NEAR(static_cast<double>(plane.ray(0)[1].areal_density_g_cm2), 15 * 11.35,
              1e-3);  // lead: 150 mm
  EXPECT_NEAR(static_cast<double>(plane.ray(0)[2].areal_density_g_cm2), 5 * 0.001205,
              1e-6);  // air: 50 mm
}

TEST(Tracer, TakingOverFromThePlaneBeforeChangesNothing) {
  const auto generated = generate_scene("clean", 5, 3, "gantry-small");
  ASSERT_TRUE(generated.ok());
  std::string text = generated->scene_toml;
  text.erase(text.find("[declaration]"), text.find("[[object]]") - text.find("[declaration]"));
  const auto scene = parse_scene(text, "s", ".");
  const auto scanner = load_scanner("gantry-small");
  ASSERT_TRUE(scene.ok() && scanner.ok());
  const auto& g = scanner->geometry;
  const PlaneTracer tracer(*scene, g.source_y_mm, g.source_z_mm, g.pixels);
  PlaneTracer::Plane planes[2];
  PlaneTracer::Plane fresh;
  const auto range = scene->scan_range_mm();
  std::size_t kept = 0;
  int k = 0;
  for (double x = range[0]; x < range[1]; x += 7.3, ++k) {
    auto& now = planes[k % 2];
    tracer.trace(x, k == 0 ? nullptr : &planes[(k + 1) % 2], now);
    tracer.trace(x, nullptr, fresh);
    ASSERT_EQ(now.first, fresh.first) << x;
    ASSERT_EQ(now.pieces, fresh.pieces) << x;
    for (const auto changed : now.changed) kept += changed == 0 ? 1U : 0U;
  }
  EXPECT_GT(kept, 100'000U) << "most rays are the same as before";
}

}  // namespace
}  // namespace portcullis::simulator
