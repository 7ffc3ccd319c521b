#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>

#include "core/result.h"
#include "core/scan.h"
#include "imaging/images.h"

namespace portcullis::imaging {

/// What may be chosen; recorded with every image. The defaults are the product's.
struct Parameters {
  bool denoise = true;  ///< Edge-keeping, joint over both energies, before material only.
  bool reject_bad_pixels = true;
};
nlohmann::json to_json(const Parameters& parameters);

/// Called with 0 to 1 from the calling thread; may be empty.
using Progress = std::function<void(double fraction)>;

/// Corrected images of a raw scan, from its own calibration alone.
///
/// Pure: the same scan, parameters and software version give the same bytes on any number of
/// threads. Fails with kInvalidInput where the scan cannot be made an image at all (no lines, no
/// calibration, one energy missing); damage that leaves an image is named in Images::quality.
core::Result<Images> process(const core::RawScan& scan, const Parameters& parameters,
                             const Progress& progress);

}  // namespace portcullis::imaging
