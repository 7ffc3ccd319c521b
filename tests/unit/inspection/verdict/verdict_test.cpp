#include "inspection/verdict/verdict.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

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

/// Ranges are no proof: goods that do not look as declared ask for a look, never for opening, and
/// where nobody taught what they look like that says nothing of the vehicle.
TEST(Verdict, GoodsThatLookOtherwiseAskForALook) {
  Case c;
  core::LoadFeatures load;
  load.area_m2 = 5;
  load.areal_g_cm2 = 40;
  load.organic = 1;
  std::vector<customs::GoodsSample> samples(20, {"61", customs::goods_figures(load, 0.5)});
  const auto table = customs::learn_goods(samples, false, "a test");
  c.declaration.items[0].hs_code = "610910";
  c.flagged.containers[0].features = load;
  inspection::Circumstances known{std::span(&c.declaration, 1)};
  known.goods = &table;
  EXPECT_EQ(inspection::judge(c.images, c.flagged, known).verdict.outcome, VerdictOutcome::kClear);

  c.flagged.containers[0].features->organic = 0;
  c.flagged.containers[0].features->metal = 1;
  auto report = inspection::judge(c.images, c.flagged, known);
  EXPECT_EQ(report.verdict.outcome, VerdictOutcome::kLook);
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].kind, core::FindingKind::kMaterialMismatch);
  EXPECT_EQ(report.verdict.reasons.size(), 1U) << "the check's sentence is the finding's";

  c.declaration.items[0].hs_code = "840110";
  EXPECT_EQ(inspection::judge(c.images, c.flagged, known).verdict.outcome, VerdictOutcome::kClear);
  // What another declaration said of it goes with that declaration.
  report = inspection::judge_again(report, c.images.grid, known);
  EXPECT_EQ(report.verdict.outcome, VerdictOutcome::kClear);
  EXPECT_TRUE(report.findings.empty());
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
  auto report = inspection::judge(c.images, c.flagged, inspection::Circumstances{});
  EXPECT_EQ(report.verdict.outcome, VerdictOutcome::kLook);
  EXPECT_EQ(report.checks.size(), 5U);
  ASSERT_EQ(report.verdict.reasons.size(), 1U)
      << "without a declaration nothing compares: said once";
  EXPECT_NE(report.verdict.reasons[0].find("No declaration is known"), std::string::npos);

  inspection::Circumstances not_asked;
  not_asked.not_looked_up = "the gateway does not answer";
  report = inspection::judge(c.images, c.flagged, not_asked);
  EXPECT_EQ(report.verdict.outcome, VerdictOutcome::kLook);
  ASSERT_EQ(report.verdict.reasons.size(), 1U);
  EXPECT_NE(report.verdict.reasons[0].find("could not be asked for"), std::string::npos);
}

TEST(Verdict, RadiationSpeaksWhereAPortalBelongsToTheScan) {
  Case c;
  inspection::Circumstances known{std::span(&c.declaration, 1)};
  const auto has_check = [](const core::InspectionReport& report) {
    return std::any_of(report.checks.begin(), report.checks.end(),
                       [](const auto& check) { return check.name == "radiation"; });
  };
  EXPECT_FALSE(has_check(inspection::judge(c.images, c.flagged, known)));

  core::RadiationMeasurement m;
  m.valid = true;
  m.sigma_max = 2.1;
  known.radiation = m;
  auto report = inspection::judge(c.images, c.flagged, known);
  EXPECT_EQ(report.verdict.outcome, VerdictOutcome::kClear);
  EXPECT_EQ(report.checks.back().name, "radiation");
  EXPECT_EQ(report.checks.back().outcome, core::CheckOutcome::kAgrees);

  // Absence of a measurement is not absence of radiation.
  m.valid = false;
  m.problem = "beam was on during part of the passage";
  known.radiation = m;
  report = inspection::judge(c.images, c.flagged, known);
  EXPECT_EQ(report.verdict.outcome, VerdictOutcome::kLook);
  EXPECT_EQ(report.checks.back().outcome, core::CheckOutcome::kUnknown);
  EXPECT_NE(report.verdict.reasons[0].find(m.problem), std::string::npos);

  // An alarm counts, valid or not.
  for (const bool valid : {true, false}) {
    m.valid = valid;
    m.gamma_alarm = true;
    m.sigma_max = 12.3;
    known.radiation = m;
    report = inspection::judge(c.images, c.flagged, known);
    EXPECT_EQ(report.verdict.outcome, VerdictOutcome::kInspect);
    ASSERT_EQ(report.findings.size(), 1U);
    EXPECT_EQ(report.findings[0].kind, core::FindingKind::kRadiationAlarm);
    EXPECT_EQ(report.findings[0].bbox_px.w, 0) << "it is the whole vehicle's";
    EXPECT_EQ(report.checks.back().outcome, core::CheckOutcome::kDiffers);
    EXPECT_EQ(report.verdict.reasons.size(), 1U) << "finding and check say it once";
    EXPECT_NE(report.verdict.reasons[0].find("12.3 sigma"), std::string::npos);
  }
  m = {};
  m.valid = m.neutron_alarm = true;
  known.radiation = m;
  EXPECT_EQ(inspection::judge(c.images, c.flagged, known).verdict.outcome,
            VerdictOutcome::kInspect);
}

TEST(Verdict, AScanThatIsNotCompleteIsNeverClear) {
  Case c;
  inspection::Circumstances known{std::span(&c.declaration, 1)};
  known.outcome = core::ScanOutcome::kPartial;
  known.outcome_reason = "the lane's program ended during the scan";
  auto report = inspection::judge(c.images, c.flagged, known);
  EXPECT_EQ(report.verdict.outcome, VerdictOutcome::kLook);
  EXPECT_NE(report.verdict.reasons[0].find(known.outcome_reason), std::string::npos);
  report = inspection::judge_without_image("too few lines", known);
  EXPECT_EQ(report.verdict.outcome, VerdictOutcome::kLook);
  EXPECT_NE(report.verdict.reasons.back().find("too few lines"), std::string::npos);
}

TEST(Verdict, TwoDeclarationsThatMayBeOneAskForALook) {
  Case c;
  c.declaration.mrn = "A1";
  core::Declaration second = c.declaration;
  second.mrn = "B2";
  const std::vector<core::Declaration> both = {c.declaration, second};
  const auto report = inspection::judge(c.images, c.flagged, both);
  EXPECT_EQ(report.verdict.outcome, VerdictOutcome::kLook);
  EXPECT_NE(report.verdict.reasons[0].find("A1 and B2"), std::string::npos);
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

// Judged with two declarations and then again with one is judged with that one: with every kind of
// doubt in the image, the scan's end and the radiation.
TEST(Verdict, JudgedAgainWithOtherDeclarationsIsAsJudgedWithThemAtFirst) {
  Case c;
  c.add_finding(0.72);
  for (int row = 50; row < 62; ++row)  // thicker than what is bridged
    std::fill_n(c.images.bad.begin() + static_cast<std::ptrdiff_t>(row) * 400, 400,
                std::uint8_t{1});
  core::Declaration light = c.declaration;
  light.items[0].gross_mass_kg = 2'000;
  const std::vector<std::vector<core::Declaration>> sets = {
      {c.declaration, light}, {c.declaration}, {light}, {}};
  std::set<std::string> documents;
  for (const auto& before : sets) {
    for (const auto& after : sets) {
      const auto judged = [&](const std::vector<core::Declaration>& declarations) {
        inspection::Circumstances circumstances{declarations};
        circumstances.radiation = core::RadiationMeasurement{};
        circumstances.outcome = core::ScanOutcome::kPartial;
        circumstances.outcome_reason = "stopped";
        circumstances.set_aside = 2 - std::min<std::size_t>(2, declarations.size());
        return std::pair(circumstances, inspection::judge(c.images, c.flagged, circumstances));
      };
      const auto [circumstances, direct] = judged(after);
      auto first = judged(before).second;
      first.checks.push_back({"revenue", core::CheckOutcome::kDiffers, "", "", "3,000 GBP."});
      const auto again = inspection::judge_again(first, c.images.grid, circumstances);
      auto expected = core::to_json(direct), got = core::to_json(again);
      // The same reasons; what is amiss with the scan and the image comes last.
      auto& a = expected["verdict"]["reasons"];
      auto& b = got["verdict"]["reasons"];
      EXPECT_EQ(std::multiset<std::string>(a.begin(), a.end()),
                std::multiset<std::string>(b.begin(), b.end()));
      a = b = nullptr;
      EXPECT_EQ(expected, got);
      documents.insert(expected.dump());
    }
  }
  EXPECT_EQ(documents.size(), sets.size()) << "each set is judged otherwise";
}

}  // namespace
}  // namespace portcullis
