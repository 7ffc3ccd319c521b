#pragma once

#include "core/result.h"
#include "core/scan.h"

namespace portcullis::imaging {

/// Are geometry and calibration a base for images at all? Fails with kInvalidInput that names the
/// field: pixels that are not modules times pixels, a pixel before the centre line, more than
/// 16,384 rows, frames of another array or with means that are no numbers.
core::Status check_imaging_base(const core::ScannerGeometry& geometry,
                                const core::Calibration& calibration);

}  // namespace portcullis::imaging
