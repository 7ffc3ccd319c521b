#pragma once

#include <optional>
#include <string>

#include "archive/scan_file.h"
#include "core/records.h"

namespace portcullis::recording {

/// What the lane stores of the portal's measurement with each scan: an event of this kind, its
/// text the measurement's JSON. Of several the last holds.
inline constexpr const char* kRadiationEvent = "radiation";
std::string radiation_event_text(const core::RadiationMeasurement& radiation);

/// Absent where the file holds none: no lane made it, or it was cut off before.
std::optional<core::RadiationMeasurement> stored_radiation(const archive::ScanInfo& info);

}  // namespace portcullis::recording
