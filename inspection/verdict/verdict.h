#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "core/geometry.h"
#include "core/records.h"
#include "core/scan.h"
#include "customs/match/goods_table.h"
#include "imaging/flag/flag.h"

namespace portcullis::inspection {

/// What is known of a scan besides its image. Borrows the declarations.
struct Circumstances {
  std::span<const core::Declaration> declarations;
  std::string not_looked_up{};  ///< Why no declaration could be asked for; empty where one could.
  /// Absent: no portal belongs to the scan (one that no lane made), and nothing is said of it.
  std::optional<core::RadiationMeasurement> radiation{};
  core::ScanOutcome outcome = core::ScanOutcome::kComplete;
  std::string outcome_reason{};
  std::size_t set_aside = 0;  ///< Other declarations, of which an officer said they do not hold.
  std::optional<core::Check> customs{};  ///< What customs ordered; absent: nothing.
  /// What loads of each HS chapter look like: the site's own, else the program's. Borrowed.
  const customs::GoodsTable* goods = nullptr;
  bool simulated = false;  ///< The scan: else a table that simulated scans taught says nothing.
};

/// Joins findings, checks, radiation and image quality into one report with a verdict.
///
/// `images` gives size and quality only. `inspect` where a finding's score is at least 0.7, a
/// check differs or the portal alarmed; `look` where anything was found, is unknown, was not
/// measured, the scan is not complete or its image damaged; else `clear`. The reasons are
/// sentences. Goods that do not look as declared are `look`; where nothing is known of what such
/// goods look like, that alone is no reason. The finding of a radiation alarm has an empty box: it
/// is the whole vehicle's. Pure.
core::InspectionReport judge(const imaging::Images& images, const imaging::FlagResult& flagged,
                             const Circumstances& circumstances);

/// A complete scan without a portal.
inline core::InspectionReport judge(const imaging::Images& images,
                                    const imaging::FlagResult& flagged,
                                    std::span<const core::Declaration> declarations) {
  return judge(images, flagged, Circumstances{declarations});
}

/// `before` with its checks of scan against declarations made again: what was seen stays, and so do
/// radiation and what is amiss with the image. Of `circumstances` only the declarations and what is
/// said of them, and what customs ordered, count. `grid`: of the image that `before` was made of. A
/// check of the revenue is taken out: it was of the declarations before. Pure.
core::InspectionReport judge_again(const core::InspectionReport& before,
                                   const core::ImageGrid& grid, const Circumstances& circumstances);

/// What can be said of a scan without an image: never `clear`. `why`: a clause.
core::InspectionReport judge_without_image(const std::string& why,
                                           const Circumstances& circumstances);

}  // namespace portcullis::inspection
