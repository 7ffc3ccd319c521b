#pragma once

#include <filesystem>

#include "core/result.h"
#include "core/scan.h"
#include "core/time.h"

namespace portcullis::apps {

/// The calibration in force, kept on the disk: a lane that is started again with a vehicle in it
/// cannot take dark and air, and must go on all the same.
///
/// It is a scan file without lines. `installation` is the description of the installation it was
/// taken on; after a new survey it no longer holds.

/// Replaces what is kept. Fails with kIo naming the path; what was kept before stays then.
core::Status keep_calibration(const std::filesystem::path& path,
                              const core::Calibration& calibration,
                              const core::ScanMeta& installation, core::UtcTime now);

/// Fails with kNotFound where none is kept, kRefused where it is of another installation or older
/// than `age_max`, else as archive::read_calibration(); the message says which and why.
core::Result<core::Calibration> load_kept_calibration(const std::filesystem::path& path,
                                                      const core::ScanMeta& installation,
                                                      core::Duration age_max, core::UtcTime now);

}  // namespace portcullis::apps
