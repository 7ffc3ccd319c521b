#include "imaging/flag/flag.h"

#include <gtest/gtest.h>

#include <string>

#include "synthetic_truck.h"

namespace portcullis {
namespace {

using imaging::flag;
using test::SyntheticTruck;

TEST(Flag, UniformLoadsWeighRight) {
  struct Load {
    double x0, x1, height, g_cm3;
  };
  // Half full, full to the roof without headspace, low and dense, one half of the length.
  for (const Load& l :
       {Load{200, 5850, 1200, 0.3}, Load{60, 5990, 2300, 0.35}, Load{150, 5900, 400, 0.6},
        Load{200, 3000, 1800, 0.25}, Load{1500, 4500, 2000, 0.1}}) {
    SyntheticTruck truck(2);
    truck.add_cab();
    truck.add_container();
    truck.add_goods(l.x0, l.x1, 0, l.height, l.g_cm3);
    const auto result = flag(truck.make(), {}, {});
    ASSERT_EQ(result.containers.size(), 1U);
    const auto& seen = result.containers[0];
    EXPECT_NEAR(seen.load_mass_kg, truck.goods_kg(), 0.08 * truck.goods_kg());
    EXPECT_LE(seen.load_mass_low_kg, truck.goods_kg());
    EXPECT_GE(seen.load_mass_high_kg, truck.goods_kg());
    EXPECT_LT(seen.load_mass_high_kg - seen.load_mass_low_kg, 0.3 * truck.goods_kg() + 500);
    EXPECT_FALSE(seen.empty);
  }
}

/// Heights about the one from which on no ray crosses the walls alone: those that clip the load's
/// upper edge are as thin as thick walls, and must not be taken for them.
TEST(Flag, ALoadsEdgeIsNotTakenForTheWalls) {
  for (const double height : {1450.0, 1550.0, 1600.0, 1650.0, 1700.0, 1800.0}) {
    SyntheticTruck truck(3);
    truck.add_cab();
    truck.add_container();
    truck.add_goods(60, 5800, 0, height, 0.4);
    const auto result = flag(truck.make(), {}, {});
    ASSERT_EQ(result.containers.size(), 1U);
    EXPECT_NEAR(result.containers[0].load_mass_kg / truck.goods_kg(), 1, 0.025) << height;
  }
}

TEST(Flag, PastHundredAndFiftyTheIntervalWidensAndSaysWhy) {
  double width_before = 0;
  for (const double g_cm2 : {100.0, 140.0, 165.0, 180.0}) {
    SyntheticTruck truck(6);
    truck.add_cab();
    truck.add_container();
    truck.add_goods(300, 5600, 0, 1200, g_cm2 / 220);
    auto images = truck.make();
    images.scatter_left = 2e-5;
    const auto result = flag(images, {}, {});
    ASSERT_EQ(result.containers.size(), 1U);
    const auto& seen = result.containers[0];
    EXPECT_LE(seen.load_mass_low_kg, truck.goods_kg());
    EXPECT_GE(seen.load_mass_high_kg, truck.goods_kg());
    const double width = (seen.load_mass_high_kg - seen.load_mass_low_kg) / seen.load_mass_kg;
    EXPECT_GT(width, width_before + (g_cm2 > 150 ? 0.01 : 0)) << g_cm2;
    width_before = width;
    ASSERT_EQ(result.remarks.size(), g_cm2 > 150 ? 1U : 0U) << g_cm2;
    if (g_cm2 > 150) {
      EXPECT_NE(result.remarks[0].find("more than 150 g/cm2"), std::string::npos);
    }
  }
}

TEST(Flag, EmptyContainerIsEmpty) {
  for (std::uint32_t seed = 1; seed <= 3; ++seed) {
    SyntheticTruck truck(seed);
    truck.add_cab();
    truck.add_container();
    const auto result = flag(truck.make(), {}, {});
    ASSERT_EQ(result.containers.size(), 1U);
    EXPECT_TRUE(result.containers[0].empty)
        << result.containers[0].load_mass_kg << " kg, fill " << result.containers[0].fill;
    EXPECT_LT(result.containers[0].load_mass_kg, 150);
    EXPECT_TRUE(result.findings.empty());
  }
}

TEST(Flag, OnePalletIsNotEmpty) {
  SyntheticTruck truck;
  truck.add_container();
  truck.add_goods(2000, 3200, 0, 1200, 0.3, -400, 400);
  const auto result = flag(truck.make(), {}, {});
  ASSERT_EQ(result.containers.size(), 1U);
  EXPECT_FALSE(result.containers[0].empty);
  EXPECT_NEAR(result.containers[0].fill, 1.2 * 1.2 / (5.7 * 2.9), 0.03);
}

TEST(Flag, SameImageGivesTheSameResult) {
  SyntheticTruck truck(4);
  truck.add_container();
  truck.add_goods(300, 5600, 0, 1500, 0.3);
  truck.add_iron(2000, 2100, 500, 600, -50, 50);
  const auto images = truck.make();
  const auto a = flag(images, {}, {});
  const auto b = flag(images, {}, {});
  ASSERT_EQ(a.findings.size(), b.findings.size());
  for (std::size_t i = 0; i < a.findings.size(); ++i) {
    EXPECT_EQ(a.findings[i].text, b.findings[i].text);
    EXPECT_EQ(a.findings[i].score, b.findings[i].score);
  }
  EXPECT_EQ(a.containers[0].load_mass_kg, b.containers[0].load_mass_kg);
}

TEST(Flag, IncompleteImagesAreAFindingNotACrash) {
  imaging::Images images;
  auto result = flag(images, {}, {});
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings[0].kind, core::FindingKind::kImageQuality);
  SyntheticTruck truck;
  images = truck.make();
  images.bad.pop_back();
  EXPECT_EQ(flag(images, {}, {}).findings.size(), 1U);
}

TEST(Flag, WhatWasNotMeasuredOfAFindingIsSaid) {
  SyntheticTruck truck(4);
  truck.add_container();
  truck.add_goods(300, 5600, 0, 1500, 0.3);
  truck.add_iron(2000, 2160, 500, 660, -80, 80);
  auto images = truck.make();
  const auto whole = flag(images, {}, {});
  ASSERT_FALSE(whole.findings.empty());
  const auto box = whole.findings[0].bbox_px;
  EXPECT_EQ(whole.findings[0].text.find("not measured"), std::string::npos);
  // Two work pixels of its columns are lost.
  const int middle = box.x + box.w / 2;
  for (int r = 0; r < images.grid.rows; ++r) {
    for (int c = middle - 2; c < middle + 2; ++c)
      images.bad[static_cast<std::size_t>(r * images.grid.columns + c)] = 1;
  }
  bool told = false;
  for (const auto& finding : flag(images, {}, {}).findings) {
    if (finding.kind == core::FindingKind::kImageQuality) continue;
    for (const auto& e : finding.evidence)
      told = told || (e.name == "unmeasured_share" && e.value > 0.05 &&
                      finding.text.find("of this place was not measured") != std::string::npos);
  }
  EXPECT_TRUE(told);
}

TEST(Flag, ALoadTooThickToWeighSaysSo) {
  SyntheticTruck truck(5);
  truck.add_container();
  truck.add_goods(300, 5600, 0, 1200, 0.3);
  truck.add_iron(2000, 3000, 0, 1000, -400, 400);  // 800 mm of iron
  const auto result = flag(truck.make(), {}, {});
  ASSERT_EQ(result.containers.size(), 1U);
  ASSERT_EQ(result.remarks.size(), 1U);
  EXPECT_NE(result.remarks[0].find("too thick to be weighed"), std::string::npos);
  EXPECT_GT(result.containers[0].load_mass_high_kg, 1.2 * result.containers[0].load_mass_kg);
}

TEST(Flag, LostStretchIsNamed) {
  SyntheticTruck truck;
  truck.add_container();
  truck.add_goods(300, 5600, 0, 1500, 0.3);
  auto images = truck.make();
  for (int r = 0; r < images.grid.rows; ++r) {
    for (int c = 500; c < 540; ++c)
      images.bad[static_cast<std::size_t>(r * images.grid.columns + c)] = 1;
  }
  const auto result = flag(images, {}, {});
  ASSERT_FALSE(result.findings.empty());
  EXPECT_EQ(result.findings.back().kind, core::FindingKind::kImageQuality);
}

}  // namespace
}  // namespace portcullis
