#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "customs/match/goods_check.h"
#include "customs/match/goods_table.h"
#include "customs/match/match.h"

namespace portcullis {
namespace {

using core::CheckOutcome;
using customs::GoodsSample;
using customs::GoodsTable;
using testing::HasSubstr;

core::LoadFeatures load(double areal, double metal, double organic, double too_thick = 0) {
  core::LoadFeatures f;
  f.area_m2 = 5;
  f.areal_g_cm2 = areal;
  f.areal_low_g_cm2 = 0.5 * areal;
  f.areal_high_g_cm2 = 1.1 * areal;
  f.density_kg_m3 = 1000 * areal / 235.2;
  f.unevenness = 0.6;
  f.texture = 0.05;
  f.metal = metal;
  f.organic = organic;
  f.too_thick = too_thick;
  return f;
}

/// Twenty loads of textiles (chapter 61), twenty of steel (73), five of ceramics (69).
GoodsTable taught() {
  std::vector<GoodsSample> samples;
  for (int i = 0; i < 20; ++i) {
    samples.push_back({"61", customs::goods_figures(load(30 + i, 0.0, 0.96 + 0.002 * i), 0.6)});
    samples.push_back(
        {"73", customs::goods_figures(load(100 + 3 * i, 0.92 + 0.004 * i, 0.0), 0.3)});
    if (i < 5) samples.push_back({"69", customs::goods_figures(load(200, 0, 0.0), 0.2)});
  }
  return customs::learn_goods(samples, true, "a test");
}

core::ContainerObservation container(const core::LoadFeatures& features) {
  core::ContainerObservation c;
  c.number = "CSQU3054383";
  c.load_mass_kg = c.load_mass_low_kg = c.load_mass_high_kg = 5000;
  c.fill = 0.5;
  c.features = features;
  return c;
}

core::Declaration declared(const std::vector<std::pair<std::string, double>>& goods) {
  core::Declaration d;
  d.mrn = "06DE586600006143E1";
  d.containers.push_back({"CSQU3054383", "", {}, {}});
  for (const auto& [hs, kg] : goods) {
    core::DeclaredItem item;
    item.number = static_cast<int>(d.items.size()) + 1;
    item.hs_code = hs;
    if (kg > 0) item.gross_mass_kg = kg;
    d.items.push_back(item);
  }
  return d;
}

core::Check compared(const core::LoadFeatures& features, const core::Declaration& declaration) {
  const GoodsTable table = taught();
  const auto c = container(features);
  const auto result =
      customs::match(std::span(&c, 1), std::span(&declaration, 1), {}, 0, table, true);
  for (const auto& check : result.checks) {
    if (check.name != "goods") continue;
    EXPECT_EQ(check.outcome == CheckOutcome::kDiffers, [&] {
      for (const auto& f : result.findings) {
        if (f.kind == core::FindingKind::kMaterialMismatch) return f.score > 0.49 && f.score < 0.7;
      }
      return false;
    }());
    EXPECT_FALSE(check.seen.empty());
    EXPECT_FALSE(check.expected.empty());
    return check;
  }
  ADD_FAILURE() << "no check";
  return {};
}

TEST(GoodsTable, QuantilesAreByNearestRankAndCounted) {
  const GoodsTable table = taught();
  EXPECT_EQ(table.scans, 45U);
  EXPECT_TRUE(table.simulated);
  const auto& areal = table.chapters.at("61").ranges[0];
  // 30, 31, ... 49: of 20 values rank 1 is 5 %, rank 10 the median, rank 19 95 %.
  EXPECT_EQ(areal.samples, 20U);
  EXPECT_DOUBLE_EQ(areal.least, 30);
  EXPECT_DOUBLE_EQ(areal.low, 30);
  EXPECT_DOUBLE_EQ(areal.median, 39);
  EXPECT_DOUBLE_EQ(areal.high, 48);
  EXPECT_DOUBLE_EQ(areal.most, 49);
  EXPECT_EQ(table.known("69"), nullptr);  // five samples
  EXPECT_EQ(table.known("84"), nullptr);
  EXPECT_NE(table.known("61"), nullptr);
}

TEST(GoodsTable, WhatCannotBeSeenThroughTeachesNothingOfItsClasses) {
  std::vector<GoodsSample> samples(3, {"72", customs::goods_figures(load(300, 0, 1, 0.8), 0.2)});
  const GoodsTable table = customs::learn_goods(samples, false, "a test");
  EXPECT_EQ(table.chapters.at("72").ranges[0].samples, 3U);
  EXPECT_EQ(table.chapters.at("72").ranges[4].samples, 0U);  // organic
  EXPECT_EQ(table.chapters.at("72").ranges[8].samples, 3U);  // too thick
}

TEST(GoodsTable, ReadsWhatItWrites) {
  const GoodsTable table = taught();
  const std::string text = customs::goods_text(table);
  const auto read = customs::parse_goods(text, "a.txt");
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(customs::goods_text(*read), text);
  EXPECT_EQ(read->scans, 45U);
  EXPECT_EQ(read->made, "a test");
}

TEST(GoodsTable, SaysWhatIsWrongWithAFile) {
  const auto why = [](std::string_view text) {
    const auto read = customs::parse_goods(text, "a.txt");
    return read.ok() ? std::string("read") : read.error().message;
  };
  EXPECT_THAT(why(""), HasSubstr("this is no such table"));
  EXPECT_THAT(why("portcullis-goods|2\n"), HasSubstr("a.txt: line 1: expected"));
  const std::string head = "portcullis-goods|1\n";
  EXPECT_THAT(why(head + "chapter|6|3\n"), HasSubstr("line 2: chapter: expected two digits"));
  EXPECT_THAT(why(head + "chapter|61|3\n"), HasSubstr("chapter 61: areal_g_cm2 is missing"));
  EXPECT_THAT(why(head + "61|texture|3|0|0|0|0|0\n"), HasSubstr("not named before"));
  EXPECT_THAT(why(head + "chapter|61|3\n61|texture|3|0|2|1|3|4\n"), HasSubstr("that rise"));
  EXPECT_THAT(why(head + "chapter|61|3\n61|texture|3|0|0|0|0|nan\n"), HasSubstr("that rise"));
  EXPECT_THAT(why(head + "chapter|61|3\n61|texture|4|0|0|0|0|0\n"), HasSubstr("more samples"));
}

TEST(GoodsTable, TheShippedOneSaysThatItIsSimulated) {
  const GoodsTable& table = customs::shipped_goods();
  EXPECT_TRUE(table.simulated);
  EXPECT_GT(table.scans, 0U);
  std::size_t samples = 0;
  for (const auto& [chapter, goods] : table.chapters) samples += goods.samples;
  EXPECT_EQ(samples, table.scans);
}

TEST(GoodsCheck, TextilesLookLikeTextilesAndMetalDoesNot) {
  const auto d = declared({{"61091000", 5000}});
  auto check = compared(load(38, 0, 0.98), d);
  EXPECT_EQ(check.outcome, CheckOutcome::kAgrees) << check.text;
  EXPECT_THAT(check.text, HasSubstr("20 simulated scans; other goods may look the same."));
  check = compared(load(38, 0.9, 0.05), d);
  EXPECT_EQ(check.outcome, CheckOutcome::kDiffers);
  EXPECT_THAT(check.text, HasSubstr("Container CSQU3054383: the load does not look like goods of "
                                    "HS chapter 61"));
  EXPECT_THAT(check.text, HasSubstr("20 simulated scans."));
}

TEST(GoodsCheck, ThinnerThanUsualIsALoadOnOneSide) {
  const auto d = declared({{"61091000", 5000}});
  EXPECT_EQ(compared(load(13, 0, 0.98), d).outcome, CheckOutcome::kAgrees);  // 0.43 of the least
  EXPECT_EQ(compared(load(11, 0, 0.98), d).outcome, CheckOutcome::kDiffers);
  EXPECT_EQ(compared(load(55, 0, 0.98), d).outcome, CheckOutcome::kAgrees);  // margin 9
  EXPECT_EQ(compared(load(60, 0, 0.98), d).outcome, CheckOutcome::kDiffers);
}

TEST(GoodsCheck, AMixtureLiesBetweenItsChapters) {
  const auto half = declared({{"61091000", 5000}, {"73063077", 5000}});
  EXPECT_EQ(compared(load(80, 0.5, 0.5), half).outcome, CheckOutcome::kAgrees);
  // Half of the mass is declared as steel: nearly all of it is something else.
  EXPECT_EQ(compared(load(80, 1.0, 0.0), half).outcome, CheckOutcome::kDiffers);
  // What cannot be seen through has no class: its half may be there.
  EXPECT_EQ(compared(load(80, 0.0, 0.98, 0.02), half).outcome, CheckOutcome::kDiffers);
  EXPECT_EQ(compared(load(80, 0.0, 0.98, 0.08), half).outcome, CheckOutcome::kAgrees);
  // Where the masses are not declared anything from none to all of it may be.
  const auto unsaid = declared({{"61091000", 0}, {"73063077", 0}});
  EXPECT_EQ(compared(load(80, 0.96, 0.0), unsaid).outcome, CheckOutcome::kAgrees);
  EXPECT_EQ(compared(load(400, 0.96, 0.0), unsaid).outcome, CheckOutcome::kDiffers);
}

TEST(GoodsCheck, TooThickSaysNothingOfClassesButOfItself) {
  const auto textiles = declared({{"61091000", 5000}});
  const auto check = compared(load(38, 0, 0.98, 0.8), textiles);
  EXPECT_EQ(check.outcome, CheckOutcome::kDiffers);
  EXPECT_THAT(check.text, HasSubstr("80 % of it cannot be seen through"));
  EXPECT_THAT(check.seen, HasSubstr("too thick to tell its classes"));
}

TEST(GoodsCheck, SaysWhyItDoesNotKnow) {
  const auto text = [](const core::Declaration& d) {
    const auto check = compared(load(38, 0, 0.98), d);
    EXPECT_EQ(check.outcome, CheckOutcome::kUnknown);
    return check.text;
  };
  EXPECT_THAT(text(declared({{"84122981", 1}})), HasSubstr("no scan of HS chapter 84 has taught"));
  EXPECT_THAT(text(declared({{"69072100", 1}})),
              HasSubstr("of HS chapter 69 only 5 scans are known, and 12 are needed"));
  EXPECT_THAT(text(declared({{"61091000", 1}, {"84122981", 1}})), HasSubstr("HS chapter 84"));
  EXPECT_THAT(text(declared({{"", 1}})), HasSubstr("item 1 of 06DE586600006143E1 has no HS code"));
  EXPECT_THAT(text(declared({})), HasSubstr("no goods are declared for it"));
}

TEST(GoodsCheck, SimulatedScansTeachNothingOfRealOnes) {
  GoodsTable table = taught();
  const auto c = container(load(38, 0.9, 0.05));
  const auto d = declared({{"61091000", 5000}});
  const auto outcome = [&] {
    for (const auto& check :
         customs::match(std::span(&c, 1), std::span(&d, 1), {}, 0, table).checks)
      if (check.name == "goods") return check;
    return core::Check{};
  };
  EXPECT_EQ(outcome().outcome, CheckOutcome::kUnknown);
  EXPECT_THAT(outcome().text, HasSubstr("learnt from simulated scans only"));
  table.simulated = false;
  EXPECT_EQ(outcome().outcome, CheckOutcome::kDiffers);
  EXPECT_THAT(outcome().text, HasSubstr("in 20 scans."));
}

TEST(GoodsCheck, NothingIsSaidWhereTheDeclarationsContradict) {
  const GoodsTable table = taught();
  const auto c = container(load(38, 0.9, 0.05));
  auto first = declared({{"61091000", 5000}});
  auto second = first;  // the same goods once more, under another number
  second.mrn = "10NL5663962BE1E825";
  const std::vector<core::Declaration> both{first, second};
  for (const auto& check : customs::match(std::span(&c, 1), both, {}, 0, table, true).checks) {
    if (check.name == "goods") {
      EXPECT_EQ(check.outcome, CheckOutcome::kUnknown) << check.text;
    }
  }
}

TEST(OnlyChapter, TeachesOnlyWhereAllIsOfOneChapter) {
  const auto one = [](const core::Declaration& d) {
    return customs::only_chapter(std::span(&d, 1), "CSQU3054383");
  };
  EXPECT_EQ(one(declared({{"61091000", 1}, {"61103091", 0}})), "61");
  EXPECT_EQ(one(declared({{"61091000", 1}, {"62034235", 1}})), "");
  EXPECT_EQ(one(declared({})), "");
}

}  // namespace
}  // namespace portcullis
