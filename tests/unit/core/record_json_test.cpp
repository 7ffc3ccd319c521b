#include "core/record_json.h"

#include "core/decided_view.h"
#include "core/record_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace portcullis::core {
namespace {

using nlohmann::json;
using testing::HasSubstr;

TEST(RecordJson, ReportHasTheShapeThatScriptsRelyOn) {
  InspectionReport report;
  report.scan_id = "s";
  report.containers.push_back({"CSQU3054383", {1, 2, 3, 4}, 100, 90, 110, 0.5, false});
  Finding f;
  f.kind = FindingKind::kSmallDenseObject;
  f.score = 0.9;
  f.bbox_px = {1, 2, 3, 4};
  f.bbox_mm = {1.5, 2.5, 3.5, 4.5};
  f.material = "metal";
  f.text = "A thing.";
  f.evidence = {{"excess_g_cm2", 12.0}};
  report.findings.push_back(f);
  report.checks.push_back({"mass", CheckOutcome::kDiffers, "1 t", "2 t", "Less."});
  report.verdict = {VerdictOutcome::kInspect, 0.9, {"A thing."}};
  const json j = to_json(report);
  EXPECT_EQ(j["scan"]["id"], "s");
  EXPECT_EQ(j["containers"][0]["load_mass_interval_kg"], json({90.0, 110.0}));
  EXPECT_EQ(j["findings"][0]["kind"], "small_dense_object");
  EXPECT_EQ(j["findings"][0]["bbox_px"], json({1, 2, 3, 4}));
  EXPECT_EQ(j["findings"][0]["evidence"]["excess_g_cm2"], 12.0);
  EXPECT_EQ(j["checks"][0]["outcome"], "differs");
  EXPECT_EQ(j["verdict"]["outcome"], "inspect");
  EXPECT_TRUE(j["timing_ms"].contains("flag"));

  const auto back = report_from_json(j);
  ASSERT_TRUE(back.ok()) << back.error().message;
  EXPECT_EQ(to_json(*back), j);
}

/// The text is what the library writes of what it reads from it: keys in order, once, escaped.
TEST(RecordJson, TextWithoutATreeIsTheSameText) {
  ScanMeta meta;
  meta.id = "s\"1\"\n\xC3\xA9";
  meta.outcome_reason = "not UTF-8: \xFF";
  meta.identity.plate = "AB\\123";
  meta.identity.containers.push_back({"CSQU3054383", "22G1", true, 0.97});
  meta.identity.containers.push_back({"", "", false, 0});
  meta.extra = {{"direction", "back"}, {"a\tb", ""}};
  meta.geometry.pixels = {{3000, -0.5}, {1e-7, 205}};
  meta.geometry.source_y_mm = -7000.25;
  meta.geometry.source_z_mm = 1200;
  meta.geometry.pixel_pitch_mm = 5;
  meta.geometry.module_count = 1;
  meta.geometry.pixels_per_module = 2;
  meta.geometry.encoder_mm_per_count = 0.1;
  meta.geometry.pulse_rate_hz = 400;
  for (const std::string& text : {scan_meta_text(meta), scan_meta_text({}),
                                  radiation_text({true, false, true, 7.25, "a \"problem\""})}) {
    const json read = json::parse(text, nullptr, false);
    ASSERT_FALSE(read.is_discarded()) << text;
    EXPECT_EQ(read.dump(), text);
  }
  const json j = json::parse(scan_meta_text(meta));
  EXPECT_EQ(j["identity"]["containers"][0]["number"], "CSQU3054383");
  EXPECT_EQ(j["outcome_reason"], "not UTF-8: \xEF\xBF\xBD");
  EXPECT_TRUE(j["geometry"]["pixels_y_mm"][0].is_number_float());
  const auto back = scan_meta_from_json(to_json(meta));
  ASSERT_TRUE(back.ok()) << back.error().message;
  EXPECT_EQ(back->extra, meta.extra);
  EXPECT_EQ(back->geometry.pixels.size(), 2U);
}

TEST(RecordJson, ALoadsFeaturesComeBackAndOlderReportsHaveNone) {
  ContainerObservation c{"CSQU3054383", {1, 2, 3, 4}, 100, 90, 110, 0.5, false};
  EXPECT_FALSE(to_json(c).contains("features"));
  LoadFeatures f;
  f.area_m2 = 5;
  f.areal_g_cm2 = 40.5;
  f.metal = 0.25;
  f.organic = 0.75;
  c.features = f;
  const json j = to_json(c);
  EXPECT_EQ(j["features"]["areal_g_cm2"], 40.5);
  const auto back = container_from_json(j);
  ASSERT_TRUE(back.ok()) << back.error().message;
  ASSERT_TRUE(back->features.has_value());
  EXPECT_EQ(to_json(*back), j);
  json broken = j;
  broken["features"].erase("metal");
  const auto refused = container_from_json(broken);
  ASSERT_FALSE(refused.ok());
  EXPECT_NE(refused.error().message.find("container.features.metal"), std::string::npos);
}

TEST(RecordJson, NamesTheFieldThatIsWrong) {
  const auto missing = finding_from_json(json{{"kind", "shielding"}});
  EXPECT_THAT(missing.error().message, HasSubstr("finding.score: is missing"));
  const auto unknown = finding_from_json(json{{"kind", "dragon"}, {"score", 1}, {"text", "x"}});
  EXPECT_THAT(unknown.error().message, HasSubstr("\"dragon\" is not known"));
  EXPECT_FALSE(scan_meta_from_json(json::array()).ok());
}

TEST(RecordJson, GeometryChecksItself) {
  ScannerGeometry g;
  g.source_y_mm = -7000;
  g.source_z_mm = 1200;
  g.pixels = {{3000, 200}, {3000, 205}};
  g.pixel_pitch_mm = 5;
  g.module_count = 1;
  g.pixels_per_module = 2;
  g.encoder_mm_per_count = 0.1;
  g.pulse_rate_hz = 400;
  json j = to_json(g);
  ASSERT_TRUE(geometry_from_json(j).ok());
  j["module_count"] = 2;
  EXPECT_FALSE(geometry_from_json(j).ok());
}

TEST(RecordJson, ADecisionKeepsItsViewAndIsAsBeforeWithoutOne) {
  Decision decision;
  decision.kind = DecisionKind::kRelease;
  EXPECT_FALSE(to_json(decision).contains("view"));
  DecidedView view;
  view.mode = "both";
  view.window_lo = 0.5;
  view.window_hi = 2.25;
  view.edges = true;
  view.part = {480, 60, 300, 200};
  view.fitted = false;
  decision.view_json = to_json(view).dump();
  const auto again = decision_from_json(to_json(decision));
  ASSERT_TRUE(again.ok()) << again.error().message;
  const auto read = decided_view_from(again->view_json);
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(to_json(*read), to_json(view));
  EXPECT_EQ(read->part.y, 60);
  EXPECT_FALSE(to_json(view).contains("never_shown")) << "not known";
  EXPECT_FALSE(read->never_shown.has_value());
  view.never_shown = 0.125;
  const auto told = decided_view_from(to_json(view).dump());
  ASSERT_TRUE(told.ok()) << told.error().message;
  EXPECT_EQ(told->never_shown, 0.125);
  auto bad = to_json(decision);
  bad["view"] = "edges";
  EXPECT_FALSE(decision_from_json(bad).ok());
}

TEST(RecordJson, ADecisionIsOnTheWholeVehicleWhereItDoesNotSayOtherwise) {
  const auto old = json::parse(R"({"container":"CSQU3054383","decision":"hold"})");
  const auto read = decision_from_json(old);
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_FALSE(read->container_only);
  EXPECT_FALSE(to_json(*read).contains("container_only"));
  Decision decision;
  decision.container_only = true;
  EXPECT_TRUE(decision_from_json(to_json(decision))->container_only);
  EXPECT_FALSE(decision_from_json(json::parse(R"({"decision":"hold","container_only":1})")).ok());
}

TEST(DecidedView, NamesTheKeyThatIsWrong) {
  for (const auto& [text, key] : {std::pair(R"({"mode":"x"})", "view.mode"),
                                  {R"({"edges":1})", "view.edges"},
                                  {R"({"window_hi":1e300})", "view.window_hi"},
                                  {R"({"part_px":[1,2,3]})", "view.part_px"},
                                  {R"({"palette":"red"})", "view.palette"},
                                  {R"({"never_shown":1.01})", "view.never_shown"},
                                  {R"({"never_shown":-0.1})", "view.never_shown"},
                                  {R"({"never_shown":"all"})", "view.never_shown"},
                                  {"[]", "view"}}) {
    const auto read = decided_view_from(text);
    ASSERT_FALSE(read.ok()) << text;
    EXPECT_NE(read.error().message.find(key), std::string::npos) << read.error().message;
  }
  EXPECT_FALSE(decided_view_from(std::string(kDecidedViewBytesMax + 1, ' ')).ok());
  EXPECT_TRUE(decided_view_from("{}").ok());
}

TEST(DecidedView, WhatWasNeverShownIsToldInWholePercentAndAPixelAtAnEdgeIsNothing) {
  EXPECT_EQ(never_shown_percent(0), 0);
  EXPECT_EQ(never_shown_percent(0.0049), 0);
  EXPECT_EQ(never_shown_percent(0.005), 1);
  EXPECT_EQ(never_shown_percent(0.125), 13);
  EXPECT_EQ(never_shown_percent(1), 100);
}

TEST(RecordJson, DeclarationKeepsAbsentApartFromZero) {
  Declaration d;
  d.system = "wco";
  d.items.push_back({1, "480256", "Paper", "CT", 5, 0.0, std::nullopt, {"CSQU3054383"}});
  const auto back = declaration_from_json(to_json(d));
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(back->items[0].gross_mass_kg, 0.0);
  EXPECT_FALSE(back->items[0].net_mass_kg.has_value());
}

}  // namespace
}  // namespace portcullis::core
