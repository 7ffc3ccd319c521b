#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/scan.h"
#include "imaging/correct/afterglow.h"
#include "imaging/correct/air_gain.h"
#include "imaging/correct/bad_pixels.h"
#include "imaging/correct/cross_talk.h"
#include "imaging/correct/dark_level.h"
#include "imaging/correct/parameters.h"
#include "imaging/correct/scatter.h"

namespace portcullis::imaging {

/// Everything that the correction chain works out from a scan's calibration, once: each
/// correction's own model, measured by the same detector, and the wedges as the corrected scan
/// would have shown them. What the calibration lacks stays empty and is named in `notes`.
struct Calibrated {
  BadPixels found;
  DarkLevel dark;
  AirGain high, low;
  std::optional<AfterglowModel> afterglow;
  std::optional<CrossTalkRemoval> cross_talk;
  double cross_talk_share = 0;  ///< 0: not known.
  std::optional<ScatterRemoval> scatter;
  std::vector<core::WedgeStep> wedges;
  std::vector<std::string> notes;
};

/// `found`: the pixels that are left out. Frames must have the geometry's number of pixels.
/// Pure; owns what it returns.
Calibrated calibrate(const core::ScannerGeometry& geometry, const core::Calibration& calibration,
                     const CorrectionParameters& on, BadPixels found);

}  // namespace portcullis::imaging
