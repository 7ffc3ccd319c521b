#include "recording/radiation_event.h"

#include <nlohmann/json.hpp>

#include "core/record_json.h"
#include "core/record_text.h"

namespace portcullis::recording {

std::string radiation_event_text(const core::RadiationMeasurement& radiation) {
  return core::radiation_text(radiation);
}

std::optional<core::RadiationMeasurement> stored_radiation(const archive::ScanInfo& info) {
  std::optional<core::RadiationMeasurement> found;
  for (const auto& event : info.events) {
    if (event.kind != kRadiationEvent) continue;
    const auto json = nlohmann::json::parse(event.text, nullptr, false);
    auto read = core::radiation_from_json(json);
    // What cannot be read is no measurement, and it is not none either.
    found = read.ok()
                ? std::move(read).value()
                : core::RadiationMeasurement{false, false, false, 0,
                                             "its record cannot be read: " + read.error().message};
  }
  return found;
}

}  // namespace portcullis::recording
