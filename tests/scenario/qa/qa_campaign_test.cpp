#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <string>

#include "tests/scenario/qa/qa_scene_run.h"

/// The readers against what really stands there: position, direction and number are theirs to find.
/// PORTCULLIS_QA_SEEDS=20 is the campaign (tools/campaign qa).
namespace portcullis::qa_trials {
namespace {

struct Outcome {
  int right = 0, wrong = 0, runs = 0;
};

/// Runs `judge` over the seeds; it says whether the reading is right and what it was.
Outcome over_seeds(std::string_view mix, int short_form,
                   const std::function<std::pair<bool, std::string>(const Trial&)>& judge) {
  Outcome outcome;
  const int seeds = trial_seeds(short_form);
  for (int k = 0; k < seeds; ++k) {
    const std::uint64_t seed = first_seed() + static_cast<std::uint64_t>(k);
    const auto trial = run_trial(mix, seed);
    if (!trial.ok()) {
      ADD_FAILURE() << mix << " seed " << seed << ": " << trial.error().message;
      return outcome;
    }
    const auto [right, text] = judge(*trial);
    std::printf("  %s seed %2d: %s %s\n", std::string(mix).c_str(), static_cast<int>(seed),
                right ? "right" : "WRONG", text.c_str());
    std::fflush(stdout);
    ++outcome.runs;
    (right ? outcome.right : outcome.wrong) += 1;
  }
  std::printf("%s: %d of %d right\n", std::string(mix).c_str(), outcome.right, outcome.runs);
  return outcome;
}

/// One in twenty may be wrong.
void expect_nearly_all(const Outcome& outcome) {
  EXPECT_GT(outcome.runs, 0);
  EXPECT_LE(outcome.wrong, outcome.runs / 20);
}

std::pair<bool, std::string> judge_arrow(const Trial& trial) {
  const auto& truth = trial.truth;
  std::string text = truth.value("direction", "none") + " read as";
  bool right = true;
  int seen = 0;
  for (const auto& a : trial.report.arrows) {
    char line[160];
    std::snprintf(
        line, sizeof line, " %s (%.1f, runner-up %.1f, threshold %.1f)",
        a.seen ? std::string(imaging::qa_direction_name(a.direction)).c_str() : "not seen", a.score,
        a.runner_up, a.threshold);
    text += line;
    if (!a.seen) continue;
    ++seen;
    right = right && truth.contains("direction") &&
            imaging::qa_direction_name(a.direction) == truth["direction"].get<std::string>() &&
            std::abs(a.x_mm - truth["center_mm"][0].get<double>()) < 30;
  }
  if (trial.report.arrows.empty()) text += " no plate";
  right = right && seen == (truth.contains("direction") ? 1 : 0) && !trial.report.arrows.empty();
  return {right, text};
}

/// Every wire found where it is, and no other.
std::pair<bool, std::string> judge_wires(const Trial& trial) {
  std::string text;
  bool right = trial.report.wires.size() == trial.truth["wires"].size();
  for (const auto& w : trial.report.wires) {
    char line[160];
    std::snprintf(line, sizeof line, " %.2f mm (%.1f of %.1f)", w.diameter_mm, w.score,
                  w.threshold);
    text += line;
    const double x = 0.5 * (w.from_x_mm + w.to_x_mm);
    const double z = 0.5 * (w.from_z_mm + w.to_z_mm) - simulator::kFloorHeightMm;
    const bool there = std::any_of(trial.truth["wires"].begin(), trial.truth["wires"].end(),
                                   [&](const nlohmann::json& t) {
                                     return std::hypot(x - t["center_mm"][0].get<double>(),
                                                       z - t["center_mm"][1].get<double>()) < 80;
                                   });
    right = right && there;
  }
  if (text.empty()) text = " not seen";
  char tail[80];
  std::snprintf(
      tail, sizeof tail, ", %zu there, tilt %.0f", trial.truth["wires"].size(),
      trial.truth["wires"].empty() ? 0.0 : trial.truth["wires"][0]["tilt_deg"].get<double>());
  return {right, text + tail};
}

std::pair<bool, std::string> judge_shims(const Trial& trial) {
  std::string text;
  bool right = trial.report.shims.size() == trial.truth["shims"].size();
  for (const auto& s : trial.report.shims) {
    char line[160];
    std::snprintf(line, sizeof line, " %.2f %% (%.1f of %.1f)", s.percent, s.score, s.threshold);
    text += line;
    const double x = s.box.x_mm + s.box.width_mm / 2;
    const double z = s.box.z_mm + s.box.height_mm / 2 - simulator::kFloorHeightMm;
    right = right && std::any_of(trial.truth["shims"].begin(), trial.truth["shims"].end(),
                                 [&](const nlohmann::json& t) {
                                   return std::hypot(x - t["center_mm"][0].get<double>(),
                                                     z - t["center_mm"][1].get<double>()) < 25;
                                 });
  }
  if (text.empty()) text = " not seen";
  return {right, text};
}

/// Groups of these gaps must be resolved: both axes.
std::pair<bool, std::string> judge_gauge(const Trial& trial) {
  std::string text;
  bool across = false;
  bool along = false;
  bool plausible = true;
  for (const auto& g : trial.report.gauges) {
    char line[160];
    std::snprintf(line, sizeof line, " %s %.2f mm %.0f %%%s", g.along ? "along" : "across",
                  g.gap_mm, 100 * g.modulation, g.resolved ? "" : " (not resolved)");
    text += line;
    if (!g.resolved) continue;
    if (g.along && std::abs(g.gap_mm - 4.0) < 0.15) along = true;
    if (!g.along && std::abs(g.gap_mm - 4.5) < 0.15) across = true;
    const bool known = std::any_of(
        trial.truth["groups"].begin(), trial.truth["groups"].end(), [&](const nlohmann::json& t) {
          return std::abs(t["gap_mm"].get<double>() / g.gap_mm - 1) < 0.05 &&
                 (t["axis"] == "along") == g.along;
        });
    plausible = plausible && known && std::abs(g.tilt_deg - 5) < 1.5;
  }
  return {across && along && plausible, text};
}

std::pair<bool, std::string> judge_wedge(const Trial& trial) {
  const auto& report = trial.report;
  std::string text = trial.truth["material"].get<std::string>() + ", " +
                     std::to_string(trial.truth["steps_mm"].size()) + " steps:";
  for (const auto& w : report.wedges)
    text += " " + std::to_string(w.zones.size()) + " of " +
            std::string(imaging::material_name(w.material));
  const bool right = report.wedges.size() == 1 &&
                     report.wedges[0].zones.size() == trial.truth["steps_mm"].size() &&
                     imaging::material_name(report.wedges[0].material) ==
                         trial.truth["class"].get<std::string>() &&
                     report.arrows.empty();
  return {right, text};
}

std::pair<bool, std::string> judge_materials(const Trial& trial) {
  const auto& report = trial.report;
  std::string text = "attenuation " + trial.truth["attenuation"].dump() + ":";
  bool right = report.zones.size() == 4 && report.material_clusters == 4;
  for (std::size_t i = 0; i < report.zones.size(); ++i) {
    char line[96];
    std::snprintf(line, sizeof line, " %s %.4f (%d)",
                  std::string(imaging::material_name(report.zones[i].material)).c_str(),
                  report.zones[i].ratio, report.zones[i].cluster);
    text += line;
    right = right && i < 4 &&
            imaging::material_name(report.zones[i].material) ==
                trial.truth["blocks"][i]["class"].get<std::string>();
  }
  return {right, text};
}

std::pair<bool, std::string> judge_air(const Trial& trial) {
  const auto& air = trial.report.air;
  char line[200];
  std::snprintf(line, sizeof line,
                "columns %.4f / %.4f %%, rows %.4f / %.4f %%, 16 columns %.4f / %.4f %%",
                100 * air.column_rms_high, 100 * air.column_rms_low, 100 * air.row_rms_high,
                100 * air.row_rms_low, 100 * air.block16_max_high, 100 * air.block16_max_low);
  return {air.passed() && trial.report.zones.empty() && trial.report.wires.empty() &&
              trial.report.gauges.empty(),
          line};
}

/// A blank shows none of the objects that are not in it either: `result` is wrong where a line-pair
/// gauge, a wedge, material blocks, or, but for the `own` object, wires, shims or an arrow are
/// read.
std::pair<bool, std::string> and_nothing_else(const Trial& trial,
                                              std::pair<bool, std::string> result,
                                              const std::string& own) {
  const auto& report = trial.report;
  const auto none = [&](const char* what, bool seen) {
    if (!seen) return;
    result.first = false;
    result.second += std::string(", but ") + what;
  };
  none("a gauge", !report.gauges.empty());
  none("a wedge", !report.wedges.empty());
  none("several materials", report.material_clusters > 1);
  none("a wire", own != "wires" && !report.wires.empty());
  none("a shim", own != "shims" && !report.shims.empty());
  none("an arrow", own != "arrow" && std::any_of(report.arrows.begin(), report.arrows.end(),
                                                 [](const auto& a) { return a.seen; }));
  return result;
}

TEST(QaCampaign, AirIsEven) {
  expect_nearly_all(over_seeds("qa-air", 1, judge_air));
}
TEST(QaCampaign, ArrowBehind320Millimetres) {
  expect_nearly_all(over_seeds("qa-arrow-320", 1, judge_arrow));
}
TEST(QaCampaign, NoArrowOnBlankPlates) {
  expect_nearly_all(over_seeds("qa-arrow-320-blank", 1, [](const Trial& trial) {
    return and_nothing_else(trial, judge_arrow(trial), "arrow");
  }));
}
TEST(QaCampaign, ArrowBehind100Millimetres) {
  expect_nearly_all(over_seeds("qa-arrow-100", 1, judge_arrow));
}
TEST(QaCampaign, WireOf1MillimetreInAir) {
  expect_nearly_all(over_seeds("qa-wires-air-1", 1, judge_wires));
}
TEST(QaCampaign, NoWireInBlankAir) {
  expect_nearly_all(over_seeds("qa-wires-air-blank", 1, [](const Trial& trial) {
    return and_nothing_else(trial, judge_wires(trial), "wires");
  }));
}
TEST(QaCampaign, WireOf3MillimetresBehindSteel) {
  expect_nearly_all(over_seeds("qa-wires-steel-3", 1, judge_wires));
}
TEST(QaCampaign, NeitherWireNorShimOnBlankSteel) {
  expect_nearly_all(over_seeds("qa-wires-steel-blank", 1, [](const Trial& trial) {
    return and_nothing_else(trial, judge_wires(trial), "wires");
  }));
}
TEST(QaCampaign, ShimOf1PercentBehindSteel) {
  expect_nearly_all(over_seeds("qa-shims-1", 1, judge_shims));
}
TEST(QaCampaign, LinePairs) {
  expect_nearly_all(over_seeds("qa-gauge", 1, judge_gauge));
}
TEST(QaCampaign, Wedges) {
  expect_nearly_all(over_seeds("qa-wedge", 1, judge_wedge));
}
TEST(QaCampaign, MaterialBlocks) {
  expect_nearly_all(over_seeds("qa-materials", 1, judge_materials));
}

/// The goals beyond what must be reached: printed, and in the campaign expected of three in four.
void expect_goal(const Outcome& outcome) {
  EXPECT_LE(outcome.wrong, outcome.runs / 4);
}
TEST(QaGoals, ArrowBehind380Millimetres) {
  if (!is_campaign()) GTEST_SKIP() << "only in tools/campaign qa";
  expect_goal(over_seeds("qa-arrow-380", 0, judge_arrow));
}
TEST(QaGoals, NoArrowOnBlankPlatesOf380Millimetres) {
  if (!is_campaign()) GTEST_SKIP() << "only in tools/campaign qa";
  expect_nearly_all(over_seeds("qa-arrow-380-blank", 0, judge_arrow));
}
TEST(QaGoals, WireOfHalfAMillimetreInAir) {
  if (!is_campaign()) GTEST_SKIP() << "only in tools/campaign qa";
  expect_goal(over_seeds("qa-wires-air-0.5", 0, judge_wires));
}
TEST(QaGoals, WireOf2MillimetresBehindSteel) {
  if (!is_campaign()) GTEST_SKIP() << "only in tools/campaign qa";
  expect_goal(over_seeds("qa-wires-steel-2", 0, judge_wires));
}
TEST(QaGoals, ShimOfHalfAPercentBehindSteel) {
  if (!is_campaign()) GTEST_SKIP() << "only in tools/campaign qa";
  expect_goal(over_seeds("qa-shims-0.5", 0, judge_shims));
}

}  // namespace
}  // namespace portcullis::qa_trials
