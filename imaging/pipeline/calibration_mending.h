#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/scan.h"

namespace portcullis::imaging {

/// A calibration by which a stored scan can be looked at, though not measured, where its own is
/// damaged.
struct MendedCalibration {
  core::Calibration calibration;
  std::vector<std::string> damage;  ///< What was wrong and what stands in for it, in words.
};

/// Where dark or an air frame of the scan is missing, fits another detector, or holds no numbers
/// or no light: the calibration with that frame estimated from the scan's own lines. Air is, per
/// pixel, the brighter of the first and the last kMendingLines measured lines of its energy (a scan
/// begins and ends in air); dark the mean of the lines without beam, else nothing is taken off.
/// Such levels are no measures, so wedges and the detector's finer calibration are left out: no
/// material and no mass are told. Nothing where all frames are sound.
///
/// Fails with kInvalidInput where the lines show no air either. Pure; thread-safe.
core::Result<std::optional<MendedCalibration>> mend_calibration(const core::RawScan& scan);

inline constexpr std::size_t kMendingLines = 64;

}  // namespace portcullis::imaging
