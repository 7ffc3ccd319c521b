#include "inspection/verdict/verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "customs/match/match.h"

namespace portcullis::inspection {

namespace {

/// A finding that says at least this much calls for opening the container.
constexpr double kInspectScore = 0.7;
/// The image counts as damaged where more of it than this was not measured. Dead pixels of the
/// array are normal: lines no thicker than this are bridged and hide nothing.
constexpr double kUnmeasuredShareMax = 0.01;
constexpr double kBridgedMm = 40;
constexpr double kLostColumnsShareMax = 0.005;

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
  for (std::size_t first = 0; first + columns <= images.bad.size(); first += columns) {
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

}  // namespace

core::InspectionReport judge(const imaging::Images& images, const imaging::FlagResult& flagged,
                             std::span<const core::Declaration> declarations) {
  core::InspectionReport report;
  report.columns = images.grid.columns;
  report.rows = images.grid.rows;
  report.mm_per_px = images.grid.mm_per_px;
  report.lines_lost = images.lines_lost;
  report.quality = images.quality;
  report.containers = flagged.containers;
  report.findings = flagged.findings;

  customs::MatchResult matched = customs::match(flagged.containers, declarations);
  for (auto& finding : matched.findings) {
    finding.bbox_mm = millimetres(images.grid, finding.bbox_px);
    report.findings.push_back(std::move(finding));
  }
  std::stable_sort(report.findings.begin(), report.findings.end(),
                   [](const auto& a, const auto& b) { return a.score > b.score; });
  report.checks = std::move(matched.checks);

  // Reasons in the order an officer needs them: what calls for opening, then what asks for a look.
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
    if (check.outcome == core::CheckOutcome::kDiffers)
      raise(core::VerdictOutcome::kInspect, kInspectScore, check.text);
  }
  for (const auto& finding : report.findings) {
    if (finding.score < kInspectScore)
      raise(core::VerdictOutcome::kLook, finding.score, finding.text);
  }
  for (const auto& check : report.checks) {
    if (check.outcome == core::CheckOutcome::kUnknown)
      raise(core::VerdictOutcome::kLook, 0.3, check.text);
  }
  if (std::string why; damaged(images, why)) raise(core::VerdictOutcome::kLook, 0.3, why);
  if (verdict.reasons.empty()) {
    verdict.reasons.emplace_back(
        "Nothing was found in the image, and it agrees with the declaration.");
  }

  report.timing.correct = images.correct_ms;
  report.timing.flag = flagged.flag_ms;
  report.timing.total = images.correct_ms + flagged.flag_ms;
  return report;
}

}  // namespace portcullis::inspection
