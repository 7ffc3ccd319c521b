#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "imaging/correct/parameters.h"
#include "imaging/pipeline/placement.h"

namespace portcullis::imaging {

/// What may be chosen; recorded with every image. The defaults are the product's.
struct Parameters {
  bool denoise = true;  ///< Edge-keeping, joint over both energies, before material only.
  CorrectionParameters corrections;
  PlacementParameters placement;
  CalibrationLimits calibration;  ///< Beyond them a scan is marked, or refused.
};
/// Turns the switch of that name off, of corrections or placement; false where there is none.
bool leave_out(Parameters& parameters, std::string_view name);
nlohmann::json to_json(const Parameters& parameters);

}  // namespace portcullis::imaging
