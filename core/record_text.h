#pragma once

#include <string>

#include "core/geometry.h"
#include "core/records.h"
#include "core/scan.h"

/// JSON text of what is recorded while a scan runs, for writers that may find no memory: the same
/// bytes as core/record_json.h (keys in order, UTF-8, what is none replaced), but without a tree of
/// values, because such a tree allocates when it is destroyed, where nothing can be thrown.
///
/// Throws std::bad_alloc and nothing else. Threading: pure functions.
namespace portcullis::core {

[[nodiscard]] std::string geometry_text(const ScannerGeometry& geometry);
[[nodiscard]] std::string scan_meta_text(const ScanMeta& meta);
[[nodiscard]] std::string radiation_text(const RadiationMeasurement& radiation);

}  // namespace portcullis::core
