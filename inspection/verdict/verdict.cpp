#include "inspection/verdict/verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "customs/match/match.h"

namespace portcullis::inspection {

namespace {

/// A finding that says at least this much calls for opening the container.
constexpr double kInspectScore = 0.7;
/// What is not known or not measured, as a score.
constexpr double kLookScore = 0.3;
/// A portal's alarm outweighs what the image shows: most are of natural activity, none may pass.
constexpr double kRadiationScore = 0.95;
/// The image counts as damaged where more of it than this was not measured. Dead pixels of the
/// array are normal: lines no thicker than this are bridged and hide nothing.
constexpr double kUnmeasuredShareMax = 0.01;
constexpr double kBridgedMm = 40;
constexpr double kLostColumnsShareMax = 0.005;
/// What loads usually look like is no proof: it asks for a look, and where it is not known says
/// nothing of the vehicle.
constexpr std::string_view kGoodsCheck = "goods";
constexpr double kGoodsScore = 0.5;
constexpr const char* kNothingFound =
    "Nothing was found in the image, and it agrees with the declaration.";

core::MillimetreBox millimetres(const core::ImageGrid& grid, const core::PixelBox& box) {
  return {grid.x_mm(box.x - 0.5), grid.z_mm(box.y + box.h - 0.5), box.w * grid.mm_per_px,
          box.h * grid.mm_per_px};
}

bool damaged(const imaging::Images& images, std::string& why) {
  if (images.size() == 0) {
    why = "There is no image.";
    return true;
  }
  if (images.energies != imaging::Energies::kBoth) {
    why = "Only one energy was measured: materials are not known.";
    return true;
  }
  std::size_t unmeasured = 0;
  const auto columns = static_cast<std::size_t>(images.grid.columns);
  const auto bridged = static_cast<std::size_t>(kBridgedMm / images.grid.mm_per_px);
  std::vector<std::size_t> run(columns, 0);  // unmeasured rows above each other, by column
  bool running = false;                      // some run is above 0
  for (std::size_t first = 0; first + columns <= images.bad.size(); first += columns) {
    // Most rows have nothing unmeasured.
    const auto* row = images.bad.data() + first;
    const bool clean =
        std::count(row, row + columns, std::uint8_t{0}) == static_cast<std::ptrdiff_t>(columns);
    if (clean && running) std::fill(run.begin(), run.end(), 0);
    running = !clean;
    if (clean) continue;
    for (std::size_t c = 0; c < columns; ++c) {
      run[c] = images.bad[first + c] != 0 ? run[c] + 1 : 0;
      if (run[c] == bridged + 1)
        unmeasured += run[c];  // now known to be too thick: all of it counts
      else if (run[c] > bridged)
        ++unmeasured;
    }
  }
  const double share = static_cast<double>(unmeasured) / static_cast<double>(images.size());
  const double lost = static_cast<double>(images.lines_lost) / std::max(1, images.grid.columns);
  if (share > kUnmeasuredShareMax) {
    why = fmt::format("{:.1f} % of the image was not measured.", share * 100);
    return true;
  }
  if (lost > kLostColumnsShareMax) {
    why = fmt::format("{} lines of the scan are lost.", images.lines_lost);
    return true;
  }
  return false;
}

/// The finding comes first: its sentence and the check's are one and the same.
void judge_radiation(const core::RadiationMeasurement& radiation, core::InspectionReport& report) {
  core::Check check;
  check.name = "radiation";
  check.expected = "no alarm";
  if (radiation.alarm()) {
    check.outcome = core::CheckOutcome::kDiffers;
    const char* kind = radiation.gamma_alarm
                           ? (radiation.neutron_alarm ? "gamma and neutron alarm" : "gamma alarm")
                           : "neutron alarm";
    check.seen = radiation.gamma_alarm
                     ? fmt::format("{}, {:.1f} sigma over background", kind, radiation.sigma_max)
                     : kind;
    check.text =
        fmt::format("The radiation portal gave {}: measure by hand first, unopened.", check.seen);
    core::Finding finding;
    finding.kind = core::FindingKind::kRadiationAlarm;
    finding.score = kRadiationScore;
    finding.text = check.text;
    finding.evidence = {{"gamma_sigma", radiation.sigma_max},
                        {"neutron_alarm", radiation.neutron_alarm ? 1.0 : 0.0}};
    report.findings.push_back(std::move(finding));
  } else if (!radiation.valid) {
    check.outcome = core::CheckOutcome::kUnknown;
    check.seen = "no valid measurement";
    check.text =
        fmt::format("Radiation was not measured: {}.",
                    radiation.problem.empty() ? "the portal gave no reason" : radiation.problem);
  } else {
    check.outcome = core::CheckOutcome::kAgrees;
    check.seen = fmt::format("no alarm, highest {:.1f} sigma", radiation.sigma_max);
    check.text =
        radiation.sigma_max < 0.05
            ? "No alarm; nothing over background."
            : fmt::format("No alarm; at most {:.1f} sigma over background.", radiation.sigma_max);
  }
  report.checks.push_back(std::move(check));
}

/// Reasons in the order an officer needs them: what calls for opening, then what asks for a look.
void conclude(const Circumstances& circumstances, std::span<const std::string> doubts,
              core::InspectionReport& report) {
  std::stable_sort(report.findings.begin(), report.findings.end(),
                   [](const auto& a, const auto& b) { return a.score > b.score; });
  core::Verdict& verdict = report.verdict;
  verdict.outcome = core::VerdictOutcome::kClear;
  const auto raise = [&](core::VerdictOutcome outcome, double score, const std::string& reason) {
    verdict.outcome = std::max(verdict.outcome, outcome);
    verdict.score = std::max(verdict.score, score);
    if (std::find(verdict.reasons.begin(), verdict.reasons.end(), reason) ==
        verdict.reasons.end()) {
      verdict.reasons.push_back(reason);
    }
  };
  for (const auto& finding : report.findings) {
    if (finding.score >= kInspectScore)
      raise(core::VerdictOutcome::kInspect, finding.score, finding.text);
  }
  for (const auto& check : report.checks) {
    if (check.outcome == core::CheckOutcome::kDiffers && check.name != kGoodsCheck)
      raise(core::VerdictOutcome::kInspect, kInspectScore, check.text);
  }
  for (const auto& finding : report.findings) {
    if (finding.score < kInspectScore)
      raise(core::VerdictOutcome::kLook, finding.score, finding.text);
  }
  if (circumstances.outcome != core::ScanOutcome::kComplete) {
    raise(core::VerdictOutcome::kLook, kLookScore,
          fmt::format("Not all of the vehicle was scanned: {}.",
                      circumstances.outcome_reason.empty()
                          ? core::scan_outcome_name(circumstances.outcome)
                          : circumstances.outcome_reason));
  }
  for (const auto& check : report.checks) {
    if (check.name == kGoodsCheck) {
      if (check.outcome == core::CheckOutcome::kDiffers)
        raise(core::VerdictOutcome::kLook, kGoodsScore, check.text);
      continue;
    }
    if (check.outcome != core::CheckOutcome::kUnknown) continue;
    // Without a declaration nothing compares: that is one reason, not four.
    if (circumstances.declarations.empty() && check.name != "declaration" &&
        check.name != "radiation" && check.name != "customs") {
      continue;
    }
    raise(core::VerdictOutcome::kLook, kLookScore, check.text);
  }
  for (const auto& doubt : doubts) raise(core::VerdictOutcome::kLook, kLookScore, doubt);
  if (verdict.reasons.empty()) verdict.reasons.emplace_back(kNothingFound);
}

bool compares_declarations(const core::Check& check) {
  return check.name == "declaration" || check.name == "identity" || check.name == "mass" ||
         check.name == "empty" || check.name == kGoodsCheck || check.name == "revenue" ||
         check.name == "customs";
}

bool compares_declarations(const core::Finding& finding) {
  return finding.kind == core::FindingKind::kMassMismatch ||
         finding.kind == core::FindingKind::kEmptyMismatch ||
         finding.kind == core::FindingKind::kMaterialMismatch;
}

const customs::GoodsTable& goods_of(const Circumstances& circumstances) {
  return circumstances.goods != nullptr ? *circumstances.goods : customs::shipped_goods();
}

/// The reasons that come from neither finding nor check: the scan's end, the image's damage.
std::vector<std::string> doubts_of(const core::InspectionReport& report) {
  std::vector<std::string> doubts;
  for (const auto& reason : report.verdict.reasons) {
    const auto says = [&](const auto& one) { return one.text == reason; };
    if (reason != kNothingFound &&
        std::none_of(report.findings.begin(), report.findings.end(), says) &&
        std::none_of(report.checks.begin(), report.checks.end(), says))
      doubts.push_back(reason);
  }
  return doubts;
}

/// What customs say stands before what was compared.
void add_matched(customs::MatchResult matched, const core::ImageGrid& grid,
                 const Circumstances& circumstances, core::InspectionReport& report) {
  if (circumstances.customs) matched.checks.insert(matched.checks.begin(), *circumstances.customs);
  for (auto& finding : matched.findings) {
    finding.bbox_mm = millimetres(grid, finding.bbox_px);
    report.findings.push_back(std::move(finding));
  }
  report.checks.insert(report.checks.begin(), std::make_move_iterator(matched.checks.begin()),
                       std::make_move_iterator(matched.checks.end()));
}

}  // namespace

core::InspectionReport judge(const imaging::Images& images, const imaging::FlagResult& flagged,
                             const Circumstances& circumstances) {
  core::InspectionReport report;
  report.columns = images.grid.columns;
  report.rows = images.grid.rows;
  report.mm_per_px = images.grid.mm_per_px;
  report.lines_lost = images.lines_lost;
  report.quality = images.quality;
  report.quality.insert(report.quality.end(), flagged.remarks.begin(), flagged.remarks.end());
  report.containers = flagged.containers;
  report.findings = flagged.findings;

  add_matched(
      customs::match(flagged.containers, circumstances.declarations, circumstances.not_looked_up,
                     circumstances.set_aside, goods_of(circumstances), circumstances.simulated),
      images.grid, circumstances, report);
  if (circumstances.radiation) judge_radiation(*circumstances.radiation, report);

  std::vector<std::string> doubts(1);
  if (!damaged(images, doubts.front())) doubts.clear();
  conclude(circumstances, doubts, report);

  report.timing.correct = images.correct_ms;
  report.timing.flag = flagged.flag_ms;
  report.timing.total = images.correct_ms + flagged.flag_ms;
  return report;
}

core::InspectionReport judge_without_image(const std::string& why,
                                           const Circumstances& circumstances) {
  core::InspectionReport report;
  report.quality.push_back(why);
  report.checks =
      customs::match({}, circumstances.declarations, circumstances.not_looked_up,
                     circumstances.set_aside, goods_of(circumstances), circumstances.simulated)
          .checks;
  if (circumstances.customs) report.checks.insert(report.checks.begin(), *circumstances.customs);
  if (circumstances.radiation) judge_radiation(*circumstances.radiation, report);
  conclude(circumstances, std::vector{fmt::format("There is no image: {}.", why)}, report);
  return report;
}

core::InspectionReport judge_again(const core::InspectionReport& before,
                                   const core::ImageGrid& grid,
                                   const Circumstances& circumstances) {
  core::InspectionReport report = before;
  report.verdict = {};
  const std::vector<std::string> doubts = doubts_of(before);
  std::erase_if(report.findings, [](const auto& one) { return compares_declarations(one); });
  std::erase_if(report.checks, [](const auto& one) { return compares_declarations(one); });
  add_matched(
      customs::match(report.containers, circumstances.declarations, circumstances.not_looked_up,
                     circumstances.set_aside, goods_of(circumstances), circumstances.simulated),
      grid, circumstances, report);
  // How the scan ended is one of the doubts.
  conclude(Circumstances{circumstances.declarations}, doubts, report);
  return report;
}

}  // namespace portcullis::inspection
