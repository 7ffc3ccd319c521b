#include <gtest/gtest.h>

#include <cmath>

#include "imaging/material/mass.h"
#include "imaging/material/material_curves.h"
#include "tests/unit/imaging/pipeline/synthetic_scan.h"

namespace portcullis::imaging {
namespace {

using namespace testing;  // NOLINT: the scene words of the synthetic scanner

MaterialCurves curves() {
  const SyntheticOptions options;
  auto made = MaterialCurves::create(synthetic_calibration(options).wedges, {});
  EXPECT_TRUE(made.ok());
  return std::move(made).value();
}

/// Transmissions at 6 and 4 MV of narrow beams, published with the scanner's physics.
struct Reference {
  const char* name;
  double g_cm2, high, low;
  int expected;  // 1 organic, 2 light, 3 metal, 4 heavy; 0: either metal or heavy
};

TEST(MaterialCurves, PublishedTransmissionsFallIntoTheirClass) {
  const auto c = curves();
  for (const auto& r :
       {Reference{"polyethylene", 10, 6.006e-1, 5.430e-1, 1},
        Reference{"polyethylene", 160, 2.064e-3, 5.315e-4, 1},
        Reference{"carbon", 10, 6.373e-1, 5.839e-1, 1},
        Reference{"carbon", 40, 1.921e-1, 1.370e-1, 1},
        Reference{"carbon", 80, 4.732e-2, 2.494e-2, 1},
        Reference{"aluminium", 10, 6.405e-1, 5.915e-1, 2},
        Reference{"aluminium", 40, 1.925e-1, 1.422e-1, 2},
        Reference{"aluminium", 160, 3.388e-3, 1.217e-3, 2},
        Reference{"iron", 10, 6.361e-1, 5.927e-1, 3}, Reference{"iron", 40, 1.843e-1, 1.426e-1, 3},
        Reference{"iron", 160, 2.429e-3, 1.094e-3, 3}, Reference{"lead", 10, 5.677e-1, 5.184e-1, 0},
        Reference{"lead", 40, 1.341e-1, 1.083e-1, 4},
        Reference{"lead", 80, 2.200e-2, 1.625e-2, 4}}) {
    const auto h = static_cast<float>(-std::log(r.high));
    const auto l = static_cast<float>(-std::log(r.low));
    const auto point = c.at(h);
    const float m = (l - point.low_aluminium) / point.span;
    const auto edge = c.boundaries(point);
    const int seen = m > edge.organic ? 1 : m > edge.light ? 2 : m > edge.metal ? 3 : 4;
    if (r.expected == 0)
      EXPECT_GE(seen, 3) << r.name << r.g_cm2;
    else
      EXPECT_EQ(seen, r.expected) << r.name << " " << r.g_cm2 << " m " << static_cast<double>(m);
    EXPECT_NEAR(static_cast<double>(c.low_of(h, m)), static_cast<double>(l), 1e-4);
    // Mass: the wedge's own materials within 3 %, carbon within the spread of organic goods, and
    // thin lead, which cannot be told from iron, as if it were iron.
    const double tolerance = r.expected == 0 ? 0.3 : std::string(r.name) == "carbon" ? 0.1 : 0.03;
    EXPECT_NEAR(static_cast<double>(c.mass_g_cm2(h, m)), r.g_cm2, tolerance * r.g_cm2)
        << r.name << " " << r.g_cm2;
  }
}

TEST(MaterialCurves, PaperAndWaterAreWithinFivePerCent) {
  const auto c = curves();
  for (const auto matter : {kPaper, kWater}) {
    for (const double g : {3.0, 10.0, 25.0, 60.0, 120.0}) {
      Path path{};
      path[matter] = g;
      const auto t = transmission(path);
      const auto h = static_cast<float>(-std::log(t.high));
      const auto point = c.at(h);
      const float m = (static_cast<float>(-std::log(t.low)) - point.low_aluminium) / point.span;
      EXPECT_GT(m, c.boundaries(point).organic);
      EXPECT_NEAR(static_cast<double>(c.mass_g_cm2(h, m)), g, 0.05 * g) << matter << " " << g;
    }
  }
}

TEST(MaterialCurves, SaysWhichWedgeIsMissing) {
  const SyntheticOptions options;
  auto wedges = synthetic_calibration(options).wedges;
  std::erase_if(wedges, [](const core::WedgeStep& s) { return s.material == "lead"; });
  const auto without_lead = MaterialCurves::create(wedges, {});
  ASSERT_TRUE(without_lead.ok());
  EXPECT_FALSE(without_lead->has_lead());
  EXPECT_LT(without_lead->boundaries(without_lead->at(2.0F)).metal, -100.0F);
  std::erase_if(wedges, [](const core::WedgeStep& s) { return s.material == "iron"; });
  const auto without_iron = MaterialCurves::create(wedges, {});
  ASSERT_FALSE(without_iron.ok());
  EXPECT_NE(without_iron.error().message.find("wedge of iron"), std::string::npos);
  auto swapped = synthetic_calibration(options).wedges;
  for (auto& s : swapped) {
    if (s.material == "iron")
      s.material = "polyethylene";
    else if (s.material == "polyethylene")
      s.material = "iron";
  }
  ASSERT_FALSE(MaterialCurves::create(swapped, {}).ok());
}

TEST(MaterialCurves, AnyAttenuationGivesAFiniteMass) {
  const auto c = curves();
  for (float h = -1; h < 20; h += 0.1F) {
    for (float m = -50; m < 50; m += 2.5F) {
      const float mass = c.mass_g_cm2(h, m);
      EXPECT_GE(mass, 0.0F);
      EXPECT_LT(mass, 700.0F);
    }
  }
}

TEST(Mass, IsArealDensityTimesAreaOverObliquity) {
  Images images;
  images.grid = {10, 4, 5.0, 0, 0};
  images.mass_g_cm2.assign(40, 20.0F);
  images.obliquity = {1.0F, 1.0F, 1.25F, 1.25F};
  // 5 x 5 mm of 20 g/cm2: 0.25 cm2 * 20 g = 5 g.
  EXPECT_NEAR(kg_per_g_cm2(images, 0) * 20, 0.005, 1e-12);
  EXPECT_NEAR(mass_kg(images, {0, 0, 10, 2}), 0.1, 1e-9);
  EXPECT_NEAR(mass_kg(images, {0, 0, 10, 4}), 0.18, 1e-9);
  EXPECT_NEAR(mass_kg(images, {-5, -5, 6, 6}), 0.005, 1e-12);
  std::vector<std::uint8_t> mask(40, 0);
  mask[0] = mask[39] = 1;
  EXPECT_NEAR(mass_kg(images, mask), 0.009, 1e-9);
  const std::vector<float> walls{5, 5, 5, 5};
  EXPECT_NEAR(mass_above_kg(images, {0, 0, 10, 2}, walls), 0.075, 1e-9);
  EXPECT_NEAR(depth_factor(-7000, 1200), 8.2 / 7, 1e-12);
}

}  // namespace
}  // namespace portcullis::imaging
