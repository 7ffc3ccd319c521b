#pragma once

#include <nlohmann/json_fwd.hpp>

#include "imaging/correct/parameters.h"

namespace portcullis::imaging {

/// What may be chosen; recorded with every image. The defaults are the product's.
struct Parameters {
  bool denoise = true;  ///< Edge-keeping, joint over both energies, before material only.
  CorrectionParameters corrections;
  CalibrationLimits calibration;  ///< Beyond them a scan is marked, or refused.
};
nlohmann::json to_json(const Parameters& parameters);

}  // namespace portcullis::imaging
