#pragma once

#include <filesystem>
#include <string>

#include "core/result.h"
#include "imaging/images.h"
#include "imaging/pipeline/parameters.h"
#include "services/lane/lane_backend.h"

namespace portcullis::apps {

/// What a scan file keeps beside each of its images: the parameters and where the image lies.
std::string image_note(const imaging::Parameters& parameters, const core::ImageGrid& grid);

/// A plane as it was stored when the scan was judged: some tens of milliseconds, where making it
/// anew takes seconds. Fails with kNotFound (none is stored, or of before image_note() said where
/// it lies), kCorrupt or kIo. Threading: any.
core::Result<services::Image> stored_plane(const std::filesystem::path& scan_file,
                                           services::ImagePlane plane);

}  // namespace portcullis::apps
