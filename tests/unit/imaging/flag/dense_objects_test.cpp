#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <utility>

#include "imaging/flag/flag.h"
#include "synthetic_truck.h"
#include "tests/support/sanitized.h"

namespace portcullis {
namespace {

using imaging::flag;
using test::SyntheticTruck;

/// Pallets of paper goods 1.2 m long with gaps, two thirds of the width in all.
void add_pallets(SyntheticTruck& truck, double g_cm3, double height_mm = 1500) {
  for (int i = 0; i < 4; ++i) {
    const double x = 350 + i * 1330;
    truck.add_goods(x, x + 1200, 150, height_mm, g_cm3, -1050, -50);
    truck.add_goods(x, x + 1200, 150, height_mm, g_cm3, 50, 1050);
    truck.add_goods(x, x + 1200, 0, 150, 0.12, -1050, 1050);
  }
}

bool covers(const core::MillimetreBox& box, double x, double z, double slack_mm) {
  return x > box.x - slack_mm && x < box.x + box.w + slack_mm && z > box.z - slack_mm &&
         z < box.z + box.h + slack_mm;
}

std::string evidence_text(const core::Finding& finding) {
  std::string text;
  for (const auto& e : finding.evidence) text += " " + e.name + "=" + std::to_string(e.value);
  return text;
}

struct Hidden {
  const char* name;
  bool lead;
  double side_mm;
};

class HiddenBlock : public ::testing::TestWithParam<Hidden> {};

TEST_P(HiddenBlock, IsFoundInItsPlace) {
  const Hidden& hidden = GetParam();
  // Both scanners' pixels for one of them; the fine one takes seconds to make.
  for (const double mm_per_px : {10.0, 2.0}) {
    if (mm_per_px < 10 && hidden.side_mm != 100) continue;
    SyntheticTruck truck(7, mm_per_px);
    truck.add_container();
    add_pallets(truck, 0.35);
    const double x = 2200, h = 700, s = hidden.side_mm / 2;
    if (hidden.lead)
      truck.add_lead(x - s, x + s, h - s, h + s, -s, s);
    else
      truck.add_iron(x - s, x + s, h - s, h + s, -s, s);
    const auto result = flag(truck.make(), {}, {});
    ASSERT_FALSE(result.findings.empty()) << hidden.name << " at " << mm_per_px;
    const auto& f = result.findings[0];
    EXPECT_EQ(f.kind, core::FindingKind::kSmallDenseObject);
    EXPECT_GE(f.score, 0.7) << f.text << evidence_text(f);
    EXPECT_TRUE(covers(f.bbox_mm, x, 1250 + h, 0)) << f.bbox_mm.x << " " << f.bbox_mm.z;
    EXPECT_NEAR(f.bbox_mm.w, hidden.side_mm, 35) << f.text;
    EXPECT_NEAR(f.bbox_mm.h, hidden.side_mm, 35) << f.text;
    EXPECT_EQ(result.findings.size(), 1U);
  }
}

INSTANTIATE_TEST_SUITE_P(Blocks, HiddenBlock,
                         ::testing::Values(Hidden{"steel 5 cm", false, 50},
                                           Hidden{"steel 10 cm", false, 100},
                                           Hidden{"steel 20 cm", false, 200},
                                           Hidden{"lead 6 cm", true, 60},
                                           Hidden{"lead 12 cm", true, 120}),
                         [](const auto& block) {
                           std::string name = block.param.name;
                           std::replace(name.begin(), name.end(), ' ', '_');
                           return name;
                         });

TEST(DenseObjects, LeadIsCalledHeavyWhereItCanBeSeenThrough) {
  SyntheticTruck truck(3);
  truck.add_container();
  truck.add_goods(300, 5700, 0, 1500, 0.1);
  truck.add_lead(2000, 2100, 600, 700, -30, 30);
  const auto result = flag(truck.make(), {}, {});
  ASSERT_FALSE(result.findings.empty());
  EXPECT_EQ(result.findings[0].material, "heavy metal");
}

/// What a block adds behind 80 g/cm2 of paper and 3 g/cm2 of steel, and whether it is heavy metal.
struct Behind {
  const char* name;
  double high, low;
  bool heavy;
};
/// Forward model of its own: Schiff 6 / 4 MV, 2 mm W and 5 mm Fe, CdWO4 of 30 mm, NIST
/// coefficients.
constexpr std::array<Behind, 6> kBehind{{{"lead, 86 mm", 4.2200, 4.3377, true},
                                         {"lead, 30 mm", 1.4807, 1.5367, true},
                                         {"tungsten, 40 mm", 3.2135, 3.3134, true},
                                         {"steel, 150 mm", 4.0153, 4.4955, false},
                                         {"steel, 60 mm", 1.6320, 1.8384, false},
                                         {"copper, 130 mm", 3.9768, 4.4107, false}}};

/// A truck of paper, 80 g/cm2 across, with the block 2 half_mm long and high in it; `scatter` of
/// air in both energies was not taken out, and imaging says so.
imaging::Images with_block(const Behind& block, double scatter, double half_mm = 75) {
  SyntheticTruck truck(11);
  truck.add_container();
  truck.add_goods(300, 5700, 0, 1500, 80.0 / 220);
  imaging::Images images = truck.make();
  const auto& grid = images.grid;
  for (int r = 0; r < grid.rows; ++r) {
    for (int c = 0; c < grid.columns; ++c) {
      const auto i = static_cast<std::size_t>(r) * static_cast<std::size_t>(grid.columns) +
                     static_cast<std::size_t>(c);
      if (std::abs(grid.x_mm(c) - 3000) < half_mm && std::abs(grid.z_mm(r) - 1950) < half_mm) {
        images.transmission_high[i] *= static_cast<float>(std::exp(-block.high));
        images.transmission_low[i] *= static_cast<float>(std::exp(-block.low));
        images.mass_g_cm2[i] += 100;
      }
      images.transmission_high[i] += static_cast<float>(scatter);
      images.transmission_low[i] += static_cast<float>(scatter);
    }
  }
  images.scatter_left = std::max(4e-5, scatter);
  return images;
}

TEST(DenseObjects, HeavyMetalBehindThickGoodsIsCalledSo) {
  for (const Behind& block : kBehind) {
    const auto result = flag(with_block(block, 0), {}, {});
    ASSERT_EQ(result.findings.size(), 1U) << block.name;
    const auto& f = result.findings[0];
    EXPECT_EQ(f.material, block.heavy ? "heavy metal" : "metal")
        << block.name << ": " << f.text << evidence_text(f);
  }
}

TEST(DenseObjects, ScatterThatWasNotTakenOutMakesNoSteelHeavy) {
  for (const Behind& block : kBehind) {
    if (block.heavy) continue;
    const auto result = flag(with_block(block, 2e-4), {}, {});
    ASSERT_EQ(result.findings.size(), 1U) << block.name;
    EXPECT_EQ(result.findings[0].material, "metal")
        << block.name << ": " << result.findings[0].text << evidence_text(result.findings[0]);
  }
}

/// Behind thick goods the energies' ratio is lost in noise long before nothing is seen through:
/// a block that is denser than any goods for its size is found all the same, and one of goods that
/// is not, is not.
TEST(DenseObjects, ABlockWhoseMaterialIsLostInNoiseIsFoundByItsDensity) {
  constexpr Behind kSteel{"steel, 150 mm", 4.0153, 4.4955, false};
  constexpr int kSeeds = test::kSanitized ? 3 : 20;
  constexpr Behind kCarton{"paper, 30 cm", 1.05, 1.26, false};  // hardened as the goods around it
  for (const auto& [block, found] : {std::pair(kSteel, true), std::pair(kCarton, false)}) {
    int hits = 0;
    for (int seed = 1; seed <= kSeeds; ++seed) {
      auto images = with_block(block, 0, 50);
      std::mt19937 random(static_cast<unsigned>(seed));
      // Fields of two pixels: what is drawn onto the grid shares its photons with its neighbours.
      // As the coarse scanner measures T below 1e-3, a pixel.
      std::normal_distribution<double> high(0, 2.5e-4), low(0, 2.2e-4);
      std::array<double, 2> noise{};
      for (std::size_t i = 0; i < images.size(); ++i) {
        if (i % 2 == 0) noise = {high(random), low(random)};
        auto& t_high = images.transmission_high[i];
        auto& t_low = images.transmission_low[i];
        t_high = std::max(1e-5F, t_high + static_cast<float>(noise[0]));
        t_low = std::max(1e-5F, t_low + static_cast<float>(noise[1]));
      }
      const auto result = flag(images, {}, {});
      for (const auto& f : result.findings) {
        // Of so noisy a block a part may be all that is sure.
        const bool there = std::abs(f.bbox_mm.x + f.bbox_mm.w / 2 - 3000) < 50 &&
                           std::abs(f.bbox_mm.z + f.bbox_mm.h / 2 - 1950) < 50;
        EXPECT_TRUE(there) << block.name << ", seed " << seed << ": " << f.text;
        hits += there && f.score >= 0.7 ? 1 : 0;
      }
    }
    if (found)
      EXPECT_GE(hits, kSeeds * 9 / 10) << block.name;
    else
      EXPECT_EQ(hits, 0) << block.name;
  }
}

TEST(DenseObjects, CleanPalletsOverManySeedsGiveNothing) {
  int alarms = 0;
  const std::uint32_t seeds = test::kSanitized ? 3 : 24;
  for (std::uint32_t seed = 1; seed <= seeds; ++seed) {
    SyntheticTruck truck(seed);
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> uniform(0, 1);
    truck.add_cab();
    truck.add_container();
    add_pallets(truck, 0.1 + 0.5 * uniform(random), 900 + 1300 * uniform(random));
    // A few cartons on top, of another density.
    for (int i = 0; i < 5; ++i) {
      const double x = 400 + 4800 * uniform(random);
      truck.add_goods(x, x + 250 + 300 * uniform(random), 1000, 1300, 0.2 + 0.4 * uniform(random),
                      -300, 300);
    }
    const auto result = flag(truck.make(), {}, {});
    alarms += result.findings.empty() ? 0 : 1;
    for (const auto& f : result.findings)
      ADD_FAILURE() << "seed " << seed << ": " << f.score << " " << f.text;
  }
  EXPECT_EQ(alarms, 0);
}

TEST(DenseObjects, GoodsMadeOfMetalPartsAreNoFinding) {
  SyntheticTruck truck(5);
  truck.add_container();
  add_pallets(truck, 0.15);
  // Forty steel parts, evenly packed: the goods themselves.
  for (int i = 0; i < 40; ++i) {
    const int row = i / 10;
    const double x = 400 + (i % 10) * 520;
    const double h = 300 + row * 300;
    truck.add_iron(x, x + 120, h, h + 120, -60, 60);
  }
  const auto result = flag(truck.make(), {}, {});
  for (const auto& f : result.findings) EXPECT_LT(f.score, 0.7) << f.text << evidence_text(f);
}

TEST(Shielding, BlockThatCannotBeSeenThroughIsFound) {
  SyntheticTruck truck(9);
  truck.add_container();
  add_pallets(truck, 0.2);
  truck.add_lead(2500, 3200, 200, 900, -300, 300);
  const auto result = flag(truck.make(), {}, {});
  ASSERT_FALSE(result.findings.empty());
  EXPECT_EQ(result.findings[0].kind, core::FindingKind::kShielding);
  EXPECT_GE(result.findings[0].score, 0.7);
  EXPECT_TRUE(covers(result.findings[0].bbox_mm, 2850, 1800, 0));
}

}  // namespace
}  // namespace portcullis
