#include "inspection/verdict/verdict.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/record_json.h"

namespace portcullis {
namespace {

using core::VerdictOutcome;

struct Case {
  imaging::Images images;
  imaging::FlagResult flagged;
  core::Declaration declaration;

  Case() {
    images.grid = {400, 200, 10, 0, 4700};
    images.bad.assign(images.size(), 0);
    core::ContainerObservation c;
    c.number = "CSQU3054383";
    c.bbox_px = {20, 30, 300, 100};
    c.load_mass_kg = 10'000;
    c.load_mass_low_kg = 9'300;
    c.load_mass_high_kg = 10'700;
    c.fill = 0.5;
    flagged.containers.push_back(c);
    declaration.containers.push_back({"CSQU3054383", "22G1", {}, std::nullopt});
    core::DeclaredItem item;
    item.gross_mass_kg = 10'100;
    declaration.items.push_back(item);
  }
  void add_finding(double score) {
    core::Finding f;
    f.kind = core::FindingKind::kSmallDenseObject;
    f.score = score;
    f.text = "Metal, about 16 x 14 cm.";
    flagged.findings.push_back(f);
  }
  core::InspectionReport judge() {
    return inspection::judge(images, flagged, std::span(&declaration, 1));
  }
};

TEST(Verdict, NothingFoundAndAllAgreesIsClear) {
  Case c;
  const auto report = c.judge();
  EXPECT_EQ(report.verdict.outcome, VerdictOutcome::kClear);
  EXPECT_EQ(report.verdict.score, 0);
  EXPECT_EQ(report.verdict.reasons.size(), 1U);
  EXPECT_EQ(report.columns, 400);
}

TEST(Verdict, ScoreDecidesBetweenLookAndInspect) {
  for (const auto& [score, outcome] :
       {std::pair{0.69, VerdictOutcome::kLook}, std::pair{0.70, VerdictOutcome::kInspect}}) {
    Case c;
    c.add_finding(score);
    const auto report = c.judge();
    EXPECT_EQ(report.verdict.outcome, outcome) << score;
    EXPECT_EQ(report.verdict.score, score);
    EXPECT_EQ(report.verdict.reasons.front(), "Metal, about 16 x 14 cm.");
  }
}

TEST(Verdict, MassMismatchIsAFindingWithItsBoxInMillimetres) {
  Case c;
  c.declaration.items[0].gross_mass_kg = 20'000;
  const auto report = c.judge();
  EXPECT_EQ(report.verdict.outcome, VerdictOutcome::kInspect);
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].kind, core::FindingKind::kMassMismatch);
  EXPECT_EQ(report.verdict.reasons.size(), 1U) << "the check's sentence is the finding's";
  // Columns 20 to 320 of 10 mm, lower edge of row 129 at 4700 - 1295.
  EXPECT_DOUBLE_EQ(report.findings[0].bbox_mm.x, 195);
  EXPECT_DOUBLE_EQ(report.findings[0].bbox_mm.z, 3405);
  EXPECT_DOUBLE_EQ(report.findings[0].bbox_mm.w, 3000);
  EXPECT_DOUBLE_EQ(report.findings[0].bbox_mm.h, 1000);
}

TEST(Verdict, UnknownAsksForALook) {
  Case c;
  const auto report = inspection::judge(c.images, c.flagged, {});
  EXPECT_EQ(report.verdict.outcome, VerdictOutcome::kLook);
  EXPECT_EQ(report.checks.size(), 3U);
}

TEST(Verdict, DamagedImageAsksForALookButADeadPixelDoesNot) {
  Case c;
  for (int x = 0; x < 400; ++x) c.images.bad[static_cast<std::size_t>(50 * 400 + x)] = 1;
  EXPECT_EQ(c.judge().verdict.outcome, VerdictOutcome::kClear);  // a line of 10 mm
  for (int x = 0; x < 1600; ++x) c.images.bad[static_cast<std::size_t>(100 * 400 + x)] = 1;
  EXPECT_EQ(c.judge().verdict.outcome, VerdictOutcome::kClear);  // and one of 40 mm
  for (int x = 0; x < 4000; ++x) c.images.bad[static_cast<std::size_t>(x)] = 1;
  EXPECT_EQ(c.judge().verdict.outcome, VerdictOutcome::kLook);
  Case lost;
  lost.images.lines_lost = 40;
  EXPECT_EQ(lost.judge().verdict.outcome, VerdictOutcome::kLook);
  Case one;
  one.images.energies = imaging::Energies::kHighOnly;
  EXPECT_EQ(one.judge().verdict.outcome, VerdictOutcome::kLook);
}

TEST(Verdict, ReportGoesThroughItsJson) {
  Case c;
  c.add_finding(0.8);
  auto report = c.judge();
  report.scan_id = "a";
  const auto json = core::to_json(report);
  EXPECT_EQ(json["verdict"]["outcome"], "inspect");
  const auto back = core::report_from_json(json);
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(back->findings.size(), report.findings.size());
}

}  // namespace
}  // namespace portcullis
