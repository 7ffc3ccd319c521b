#pragma once

#include <functional>

#include "core/result.h"
#include "core/scan.h"
#include "imaging/images.h"
#include "imaging/pipeline/parameters.h"
#include "imaging/pipeline/scan_processor.h"

namespace portcullis::imaging {

/// Called with 0 to 1 from the calling thread; may be empty.
using Progress = std::function<void(double fraction)>;

/// The direction of travel that the lane wrote into the scan's metadata, or unknown.
Travel travel_of(const core::ScanMeta& meta);

/// Corrected images of a raw scan, from its own calibration alone: a loop over ScanProcessor, so
/// what comes out is what comes out of the scan while it runs.
///
/// Where dark or air of the scan's calibration cannot be used, the image is made by levels
/// estimated from the scan itself, marked, and has neither material nor mass
/// (calibration_mending.h); with Parameters::calibration.refuse it is kRefused.
///
/// Pure: the same scan, parameters and software version give the same bytes on any number of
/// threads. Fails with kInvalidInput where the scan cannot be made an image at all (see
/// ScanProcessor); damage that leaves an image is named in Images::quality.
core::Result<Images> process(const core::RawScan& scan, const Parameters& parameters,
                             const Progress& progress);

}  // namespace portcullis::imaging
