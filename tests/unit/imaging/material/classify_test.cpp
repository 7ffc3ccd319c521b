#include "imaging/material/classify.h"

#include <gtest/gtest.h>

#include <hwy/targets.h>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "imaging/material/background.h"
#include "imaging/material/material_curves.h"
#include "tests/unit/imaging/pipeline/synthetic_scan.h"

/// The classifier alone, on images made from theory: transmissions of known paths with photon noise
/// pixel by pixel.
namespace portcullis::imaging {
namespace {

using testing::Path;

const MaterialCurves& test_curves() {
  static const MaterialCurves curves = [] {
    auto made = MaterialCurves::create(
        testing::synthetic_calibration(testing::SyntheticOptions{}).wedges, {});
    EXPECT_TRUE(made.ok());
    return std::move(made).value();
  }();
  return curves;
}

constexpr double kPhotonVariance = 2e-5;

/// An image of 2 mm pixels that are measured one by one.
struct Picture {
  int columns, rows;
  std::vector<float> high, low, spacing, obliquity;
  std::vector<std::uint8_t> bad;
  double photon = kPhotonVariance;

  Picture(int c, int r)
      : columns(c),
        rows(r),
        high(static_cast<std::size_t>(c * r), 1.0F),
        low(high),
        spacing(static_cast<std::size_t>(r), 2.0F),
        obliquity(static_cast<std::size_t>(r), 1.0F),
        bad(high.size(), 0) {}

  void fill(int x0, int y0, int x1, int y1, const Path& path) {
    const auto t = testing::transmission(path);
    for (int y = y0; y < y1; ++y) {
      for (int x = x0; x < x1; ++x) {
        high[static_cast<std::size_t>(y * columns + x)] = static_cast<float>(t.high);
        low[static_cast<std::size_t>(y * columns + x)] = static_cast<float>(t.low);
      }
    }
  }
  void add_noise(std::uint32_t seed) {
    std::mt19937 random(seed);
    std::normal_distribution<double> normal;
    for (auto* plane : {&high, &low}) {
      for (float& t : *plane)
        t += static_cast<float>(std::sqrt(photon * static_cast<double>(t)) * normal(random));
    }
  }
  [[nodiscard]] ClassifyInput input() const {
    ClassifyInput in;
    in.columns = columns;
    in.rows = rows;
    in.mm_per_px = 2;
    in.transmission_high = high;
    in.transmission_low = low;
    in.bad = bad;
    in.photon_high = in.photon_low = photon;
    in.line_spacing_mm = 2;
    in.ray_spacing_mm = spacing;
    in.obliquity = obliquity;
    return in;
  }
  [[nodiscard]] ClassifyOutput classified() const { return classify(input(), test_curves()); }
  /// Share of a box with class `material`.
  [[nodiscard]] double share(const ClassifyOutput& out, int x0, int y0, int x1, int y1,
                             Material material) const {
    int seen = 0;
    for (int y = y0; y < y1; ++y) {
      for (int x = x0; x < x1; ++x) {
        seen += out.material[static_cast<std::size_t>(y * columns + x)] ==
                        static_cast<std::uint8_t>(material)
                    ? 1
                    : 0;
      }
    }
    return static_cast<double>(seen) / ((x1 - x0) * (y1 - y0));
  }
};

Path path_of(testing::Matter matter, double g_cm2) {
  Path p{};
  p[matter] = g_cm2;
  return p;
}
Path both(const Path& a, const Path& b) {
  Path p{};
  for (std::size_t i = 0; i < p.size(); ++i) p[i] = a[i] + b[i];
  return p;
}

/// A picture with all that there is: walls, goods, blocks, thick and thin places, dead columns.
Picture varied(int columns, std::uint32_t seed) {
  Picture p(columns, 150);
  const Path walls = path_of(testing::kIron, 3.1);
  p.fill(0, 10, columns, 150, walls);
  std::mt19937 random(seed);
  for (int x = 5; x + 70 < columns; x += 60 + static_cast<int>(random() % 40)) {
    const auto matter = static_cast<testing::Matter>(random() % 6);
    const double g = 2 + static_cast<double>(random() % 120);
    const Path goods = both(walls, path_of(matter, g));
    p.fill(x, 40 + static_cast<int>(random() % 30), x + 50, 150, goods);
    p.fill(x + 10, 100, x + 22, 115, both(goods, path_of(testing::kLead, 25)));
  }
  p.add_noise(seed);
  for (int y = 0; y < 150; ++y) p.bad[static_cast<std::size_t>(y * columns + columns / 2)] = 1;
  return p;
}

void expect_same(const ClassifyOutput& a, const ClassifyOutput& b) {
  EXPECT_EQ(a.material, b.material);
  EXPECT_EQ(a.confidence_percent, b.confidence_percent);
  EXPECT_EQ(a.mass_g_cm2, b.mass_g_cm2);
  EXPECT_EQ(a.marks, b.marks);
  EXPECT_EQ(a.effective_z_halves, b.effective_z_halves);
}

/// Rays over a high load enter by the near wall and leave by the roof: there is no place where both
/// walls show. Of steel sheet, as a fan of 7 m sees it; cells of 16 mm.
TEST(Layers, TheNearWallTwiceWhereRaysLeaveByTheRoof) {
  constexpr int kHeight = 200;
  constexpr double kWall = 0.075;  // H of one wall, straight through
  CellPlanes cells;
  cells.width = 4;
  cells.height = kHeight;
  for (auto* plane : {&cells.high, &cells.m, &cells.information})
    plane->assign(static_cast<std::size_t>(4 * kHeight), 0.0F);
  cells.even.assign(static_cast<std::size_t>(4 * kHeight), 1);
  std::vector<float> obliquity;
  std::mt19937 random(1);
  std::normal_distribution<double> noise(0, 6e-4);
  for (const double roof : {0.08, 0.0}) {  // 0: a headspace with both walls
    obliquity.clear();
    for (int y = 0; y < kHeight; ++y) {
      const double tangent = (2900 - 16.0 * y) / 7000;
      const double o = std::hypot(1.0, tangent);
      obliquity.push_back(static_cast<float>(o));
      const double over = roof > 0 ? kWall * o + roof * o / tangent : 2 * kWall * o;
      for (int x = 0; x < cells.width; ++x) {
        cells.high[cells.at(x, y)] = static_cast<float>((y < 45 ? over : 3.0) + noise(random));
        cells.m[cells.at(x, y)] = y < 45 ? -0.55F : 0.3F;
        cells.information[cells.at(x, y)] = 100.0F;
      }
    }
    const auto layers = find_layers(cells, obliquity, 6, 4);
    for (const int y : {80, 120, 170}) {
      EXPECT_NEAR(static_cast<double>(layers[cells.at(2, y)].high),
                  2 * kWall * static_cast<double>(obliquity[static_cast<std::size_t>(y)]), 0.012)
          << "roof " << roof << " row " << y;
    }
  }
}

TEST(Classify, ABlockWithItsHaloIsTheWholeImages) {
  // Blocks of 256 of a grid whose zero lies 37 columns before the image.
  constexpr int kColumns = 1000;
  constexpr int kFirst = -37;
  Picture whole = varied(kColumns, 5);
  ClassifyInput in = whole.input();
  in.column_first = kFirst;
  const auto expected = classify(in, test_curves());
  for (const int begin : {-37, 219, 475, 731}) {
    const int block_from = begin == kFirst ? begin : begin + 37;  // 0, 256, 512 of the grid
    const int block_to = std::min(kFirst + kColumns, (block_from < 0 ? 0 : block_from + 256));
    const int from = std::max(kFirst, block_from - kClassifyHalo_px);
    const int to = std::min(kFirst + kColumns, block_to + kClassifyHalo_px);
    Picture part(to - from, whole.rows);
    for (int y = 0; y < whole.rows; ++y) {
      for (int x = from; x < to; ++x) {
        const auto i = static_cast<std::size_t>(y * kColumns + x - kFirst);
        const auto j = static_cast<std::size_t>(y * part.columns + x - from);
        part.high[j] = whole.high[i];
        part.low[j] = whole.low[i];
        part.bad[j] = whole.bad[i];
      }
    }
    ClassifyInput block = part.input();
    block.column_first = from;
    const auto seen = classify(block, test_curves());
    for (int y = 0; y < whole.rows; ++y) {
      for (int x = block_from; x < block_to; ++x) {
        const auto i = static_cast<std::size_t>(y * kColumns + x - kFirst);
        const auto j = static_cast<std::size_t>(y * part.columns + x - from);
        ASSERT_EQ(seen.material[j], expected.material[i]) << x << " " << y;
        ASSERT_EQ(seen.mass_g_cm2[j], expected.mass_g_cm2[i]) << x << " " << y;
        ASSERT_EQ(seen.confidence_percent[j], expected.confidence_percent[i]) << x << " " << y;
        ASSERT_EQ(seen.marks[j], expected.marks[i]) << x << " " << y;
        ASSERT_EQ(seen.effective_z_halves[j], expected.effective_z_halves[i]) << x << " " << y;
      }
    }
  }
}

TEST(Classify, ARowIsTheSameWhereverBandsOfRowsMeet) {
  constexpr int kColumns = 96, kRows = 208;
  constexpr int kCut = 8;  // rows of the coarsest cells, so that these lie as before
  Picture whole(kColumns, kRows);
  const Path paper = path_of(testing::kPaper, 40);
  whole.fill(0, 0, kColumns, kRows, paper);
  whole.fill(30, 115, 60, 145, both(paper, path_of(testing::kLead, 20)));
  whole.fill(5, 130, 20, 190, path_of(testing::kAluminium, 15));
  whole.add_noise(21);
  const auto expected = whole.classified();
  Picture lower(kColumns, kRows - kCut);
  const auto cut = static_cast<std::size_t>(kCut * kColumns);
  std::copy(whole.high.begin() + kCut * kColumns, whole.high.end(), lower.high.begin());
  std::copy(whole.low.begin() + kCut * kColumns, whole.low.end(), lower.low.begin());
  const auto seen = lower.classified();
  // As far from the cut as anything reaches.
  for (std::size_t i = (kCut + kClassifyHalo_px) * kColumns + cut; i < whole.high.size(); ++i) {
    ASSERT_EQ(seen.material[i - cut], expected.material[i]) << i / kColumns;
    ASSERT_EQ(seen.mass_g_cm2[i - cut], expected.mass_g_cm2[i]) << i / kColumns;
    ASSERT_EQ(seen.confidence_percent[i - cut], expected.confidence_percent[i]) << i / kColumns;
    ASSERT_EQ(seen.marks[i - cut], expected.marks[i]) << i / kColumns;
  }
}

TEST(Classify, TheSameOnEveryKindOfVectors) {
  const Picture p = varied(333, 9);
  const auto expected = p.classified();
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().DeInit();
    expect_same(p.classified(), expected);
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().DeInit();
}

TEST(Classify, AwayFromEdgesAPixelRestsOnSevenBySeven) {
  Picture p(96, 96);
  p.fill(0, 0, 96, 96, path_of(testing::kPaper, 40));
  p.add_noise(3);
  ClassifyInput in = p.input();
  in.wide = false;
  const auto before = classify(in, test_curves());
  // What lies more than 3 pixels away may be anything that is no edge in attenuation.
  Picture other = p;
  for (int y = 0; y < 96; ++y) {
    for (int x = 0; x < 96; ++x) {
      if (std::abs(x - 48) <= 4 + 3 && std::abs(y - 48) <= 4 + 3) continue;
      const auto i = static_cast<std::size_t>(y * 96 + x);
      other.low[i] *= 1.02F;  // much more organic
    }
  }
  in.transmission_low = other.low;
  const auto after = classify(in, test_curves());
  for (int y = 44; y <= 52; ++y) {
    for (int x = 44; x <= 52; ++x) {
      if (std::abs(x - 48) > 3 || std::abs(y - 48) > 3) continue;
      const auto i = static_cast<std::size_t>(y * 96 + x);
      EXPECT_EQ(before.material[i], after.material[i]);
    }
  }
}

/// Where 7 x 7 pixels know too little, even surroundings of 28 x 28 are asked.
TEST(Classify, ThinPlatesAreToldByTheWideAverage) {
  Picture p(128, 128);
  p.photon = 1e-4;
  p.fill(0, 0, 128, 128, path_of(testing::kAluminium, 6));
  p.add_noise(5);
  ClassifyInput in = p.input();
  const auto wide = classify(in, test_curves());
  in.wide = false;
  const auto narrow = classify(in, test_curves());
  const auto told = [&](const ClassifyOutput& out) {
    return p.share(out, 20, 20, 108, 108, Material::kLightInorganic);
  };
  EXPECT_GE(told(wide), 0.95);
  EXPECT_LE(told(narrow), 0.7);
}

/// Pixels beyond an edge of attenuation give nothing: both energies' averages keep their levels up
/// to it.
TEST(Classify, TheAverageStopsAtEdges) {
  Picture p(128, 64);
  p.fill(0, 0, 64, 64, path_of(testing::kIron, 20));
  p.fill(64, 0, 128, 64, path_of(testing::kPaper, 60));
  p.add_noise(7);
  const auto out = p.classified();
  EXPECT_GE(p.share(out, 20, 10, 61, 54, Material::kMetal), 0.99);
  EXPECT_GE(p.share(out, 67, 10, 108, 54, Material::kOrganic), 0.99);
  const auto mean_mass = [&](int x) {
    double sum = 0;
    for (int y = 10; y < 54; ++y)
      sum += static_cast<double>(out.mass_g_cm2[static_cast<std::size_t>(y * 128 + x)]);
    return sum / 44;
  };
  for (const int x : {50, 58, 61}) EXPECT_NEAR(mean_mass(x), 20, 0.6) << x;
  for (const int x : {66, 70, 80}) EXPECT_NEAR(mean_mass(x), 60, 2.4) << x;
}

TEST(Classify, ThinPlacesSayWhatTheyCannotKnow) {
  Picture p(240, 64);
  p.fill(0, 0, 60, 64, path_of(testing::kPaper, 0.6));
  p.fill(60, 0, 120, 64, path_of(testing::kLead, 8));
  p.fill(120, 0, 180, 64, path_of(testing::kIron, 40));
  p.fill(180, 0, 240, 64, path_of(testing::kLead, 40));
  p.add_noise(11);
  const auto out = p.classified();
  const auto at = [](int x) { return static_cast<std::size_t>(32 * 240 + x); };
  EXPECT_EQ(out.material[at(30)], static_cast<std::uint8_t>(Material::kNone));
  EXPECT_EQ(out.marks[at(30)] & kMarkTooThin, kMarkTooThin);
  EXPECT_NE(out.material[at(90)], static_cast<std::uint8_t>(Material::kHeavyMetal));
  EXPECT_EQ(out.marks[at(90)] & kMarkHeavyNotExcluded, kMarkHeavyNotExcluded);
  EXPECT_LE(out.confidence_percent[at(90)], 50);
  EXPECT_EQ(out.material[at(150)], static_cast<std::uint8_t>(Material::kMetal));
  EXPECT_EQ(out.marks[at(150)], 0);
  EXPECT_EQ(out.material[at(210)], static_cast<std::uint8_t>(Material::kHeavyMetal));
  EXPECT_GT(out.confidence_percent[at(210)], 90);
  // Effective Z of a wedge's own material.
  EXPECT_NEAR(0.5 * out.effective_z_halves[at(150)], 26, 2);
  EXPECT_GT(out.effective_z_halves[at(210)], 2 * 45);
}

TEST(Classify, WhatStandsBeforeALayerKeepsItsClass) {
  // Thin goods behind container walls, a block of metal in a pallet of paper.
  Picture p(240, 240);
  const Path walls = path_of(testing::kIron, 3.1);
  p.fill(0, 0, 240, 240, walls);
  p.fill(20, 90, 110, 240, both(walls, path_of(testing::kPaper, 12)));
  const Path pallet = both(walls, path_of(testing::kPaper, 50));
  p.fill(130, 60, 230, 240, pallet);
  p.fill(165, 150, 187, 172, both(pallet, path_of(testing::kIron, 25)));
  p.fill(165, 100, 187, 122, both(pallet, path_of(testing::kLead, 25)));
  p.add_noise(7);
  const auto out = p.classified();
  EXPECT_GT(p.share(out, 30, 100, 100, 230, Material::kOrganic), 0.95);
  EXPECT_GT(p.share(out, 170, 155, 182, 167, Material::kMetal), 0.95);
  EXPECT_GT(p.share(out, 170, 105, 182, 117, Material::kHeavyMetal), 0.95);
  EXPECT_EQ(out.marks[static_cast<std::size_t>(161 * 240 + 176)] & kMarkDecomposed,
            kMarkDecomposed);
  // Not decomposed: the sum of paper and iron is no metal.
  EXPECT_GT(p.share(out, 135, 180, 160, 230, Material::kOrganic), 0.95);
}

TEST(Classify, EdgesOfALightThingDoNotLookHeavy) {
  Picture p(200, 200);
  p.fill(50, 50, 150, 150, path_of(testing::kPolyethylene, 60));
  // Half covered pixels around it.
  const auto t = testing::transmission(path_of(testing::kPolyethylene, 60));
  for (int k = 50; k < 150; ++k) {
    for (const auto& [x, y] :
         {std::pair{49, k}, std::pair{150, k}, std::pair{k, 49}, std::pair{k, 150}}) {
      const auto i = static_cast<std::size_t>(y * 200 + x);
      p.high[i] = static_cast<float>(0.5 + 0.5 * t.high);
      p.low[i] = static_cast<float>(0.5 + 0.5 * t.low);
    }
  }
  p.add_noise(2);
  const auto out = p.classified();
  EXPECT_GT(p.share(out, 49, 49, 151, 151, Material::kOrganic), 0.97);
  EXPECT_LT(p.share(out, 40, 40, 160, 160, Material::kMetal), 0.005);
  EXPECT_LT(p.share(out, 40, 40, 160, 160, Material::kHeavyMetal), 1e-9);
}

TEST(Classify, BadColumnsSayNothingToTheirNeighbours) {
  Picture p(100, 100);
  p.fill(0, 0, 100, 100, path_of(testing::kAluminium, 40));
  p.add_noise(4);
  for (int y = 0; y < 100; ++y) {
    const auto i = static_cast<std::size_t>(y * 100 + 50);
    p.bad[i] = 1;
    p.low[i] *= 1.1F;
  }
  const auto out = p.classified();
  EXPECT_GT(p.share(out, 0, 0, 100, 100, Material::kLightInorganic), 0.97);
}

TEST(Classify, AnyTransmissionGivesAnAnswer) {
  Picture p(64, 64);
  std::mt19937 random(8);
  std::uniform_real_distribution<float> any(-0.1F, 1.3F);
  for (auto* plane : {&p.high, &p.low}) {
    for (float& t : *plane) t = any(random);
  }
  p.fill(0, 0, 10, 10, path_of(testing::kLead, 1000));
  for (const bool denoise : {true, false}) {
    ClassifyInput in = p.input();
    in.denoise = denoise;
    const auto out = classify(in, test_curves());
    for (std::size_t i = 0; i < out.material.size(); ++i) {
      EXPECT_LE(out.material[i], 5);
      EXPECT_LE(out.confidence_percent[i], 100);
      EXPECT_GE(out.mass_g_cm2[i], 0.0F);
      EXPECT_LT(out.mass_g_cm2[i], 1000.0F);
    }
  }
}

TEST(Classify, ImagesOfOneRowAndOneColumn) {
  for (const auto& [c, r] : {std::pair{1, 1}, std::pair{1, 40}, std::pair{40, 1}}) {
    Picture p(c, r);
    p.fill(0, 0, c, r, path_of(testing::kIron, 50));
    EXPECT_EQ(p.classified().material.size(), static_cast<std::size_t>(c * r));
  }
}

}  // namespace
}  // namespace portcullis::imaging
