#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

#include "simulator/scene/scene.h"
#include "simulator/scene/structure.h"
#include "simulator/scene/tracer.h"

namespace portcullis::simulator {
namespace {

core::Result<Scene> solid_scene(const std::string& shape, const std::string& size,
                                const std::string& more = "") {
  return parse_scene("[[object]]\nshape = \"" + shape + "\"\nsize_mm = " + size +
                         "\ncenter_mm = [0, 0, 1000]\nmaterial = \"water\"\n" + more,
                     "s.toml", ".");
}

TEST(Solids, MassesAreThoseOfTheFormulae) {
  const double pi = std::numbers::pi;
  struct Case {
    const char *shape, *size, *more;
    double litres;
  };
  const Case cases[] = {
      {"box", "[400, 500, 600]", "", 120},
      {"box", "[400, 500, 600]", "rotation_deg = [20, 30, 40]\n", 120},
      {"cylinder", "[600, 800]", "", pi * 9 * 8},
      {"cylinder", "[600, 800]", "rotation_deg = [90, 0, 33]\n", pi * 9 * 8},
      {"cone", "[600, 800]", "", pi * 9 * 8 / 3},
      {"cone", "[600, 800]", "rotation_deg = [70, 10, 0]\n", pi * 9 * 8 / 3},
      {"sphere", "[600]", "", pi * 36},
      {"ellipsoid", "[400, 600, 800]", "rotation_deg = [10, 20, 30]\n", pi / 6 * 4 * 6 * 8},
      {"prism", "1000", "points_mm = [[0, 0], [600, 0], [0, 400]]\n", 0.5 * 6 * 4 * 10},
      // An L: not convex.
      {"prism", "500",
       "points_mm = [[0,0],[600,0],[600,200],[200,200],[200,600],[0,600]]\nrotation_deg = [0, 0, "
       "25]\n",
       (6 * 2 + 2 * 4) * 5},
  };
  for (const auto& c : cases) {
    const auto scene = solid_scene(c.shape, c.size, c.more);
    ASSERT_TRUE(scene.ok()) << c.shape << ": " << scene.error().message;
    EXPECT_NEAR(scene->objects[0].mass_kg / c.litres, 1, 0.005) << c.shape << " " << c.more;
  }
}

TEST(Solids, RotationIsAboutFixedAxesInOrder) {
  // A rod along z, turned 90 degrees about x lies along y; then 90 about z it lies along x.
  const auto y = solid_scene("cylinder", "[10, 1000]", "rotation_deg = [90, 0, 0]\n");
  ASSERT_TRUE(y.ok());
  EXPECT_NEAR(y->objects[0].box.y_max - y->objects[0].box.y_min, 1000, 1e-6);
  const auto x = solid_scene("cylinder", "[10, 1000]", "rotation_deg = [90, 0, 90]\n");
  ASSERT_TRUE(x.ok());
  EXPECT_NEAR(x->objects[0].box.x_max - x->objects[0].box.x_min, 1000, 1e-6);
}

TEST(Solids, RayIntersectionAgreesWithContains) {
  // Seeded points along seeded rays: inside an interval exactly where the solid contains them.
  std::mt19937 generator(20'260'105);
  std::uniform_real_distribution<double> place(-500, 500);
  for (const char* shape : {"box", "cylinder", "cone", "ellipsoid"}) {
    const std::string size = std::string(shape) == "cylinder" || std::string(shape) == "cone"
                                 ? "[500, 700]"
                                 : "[500, 600, 700]";
    const auto scene = solid_scene(shape, size, "rotation_deg = [15, -40, 70]\n");
    ASSERT_TRUE(scene.ok());
    const Solid& solid = scene->solids[0];
    std::array<std::array<double, 2>, 8> intervals{};
    int inside_seen = 0;
    for (int k = 0; k < 3000; ++k) {
      const std::array<double, 3> origin{place(generator), -3000, 2250 + place(generator)};
      std::array<double, 3> to{place(generator) - origin[0], 3000,
                               2250 + place(generator) - origin[2]};
      const double length = std::hypot(to[0], to[1], to[2]);
      for (double& v : to) v /= length;
      const std::size_t count = intersect(solid, origin, to, intervals);
      for (int step = 0; step < 20; ++step) {
        const double t = 2500 + 1000.0 * step / 20 + 0.137;
        bool in_interval = false;
        bool near_edge = false;
        for (std::size_t i = 0; i < count; ++i) {
          in_interval = in_interval || (intervals[i][0] <= t && t <= intervals[i][1]);
          near_edge = near_edge || std::abs(intervals[i][0] - t) < 1e-6 ||
                      std::abs(intervals[i][1] - t) < 1e-6;
        }
        const bool contained =
            contains(solid, origin[0] + t * to[0], origin[1] + t * to[1], origin[2] + t * to[2]);
        if (!near_edge) {
          ASSERT_EQ(in_interval, contained) << shape << " seed 20260105 ray " << k;
        }
        inside_seen += contained ? 1 : 0;
      }
    }
    EXPECT_GT(inside_seen, 1000) << shape;
  }
}

}  // namespace
}  // namespace portcullis::simulator
