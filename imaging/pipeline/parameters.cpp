#include "imaging/pipeline/parameters.h"

#include <nlohmann/json.hpp>
#include <string>

namespace portcullis::imaging {

bool leave_out(Parameters& parameters, std::string_view name) {
  for (const auto& [known, member] : kPlacements) {
    if (known != name) continue;
    parameters.placement.*member = false;
    return true;
  }
  return without_correction(parameters.corrections, name);
}

nlohmann::json to_json(const Parameters& parameters) {
  nlohmann::json corrections = nlohmann::json::object();
  for (const auto& [name, member] : kCorrections)
    corrections[std::string(name)] = parameters.corrections.*member;
  nlohmann::json placement = nlohmann::json::object();
  for (const auto& [name, member] : kPlacements)
    placement[std::string(name)] = parameters.placement.*member;
  const CalibrationLimits& limits = parameters.calibration;
  return {{"denoise", parameters.denoise},
          {"corrections", corrections},
          {"placement", placement},
          {"calibration_limits",
           {{"age_max_h", limits.age_max_h},
            {"commissioning_age_max_d", limits.commissioning_age_max_d},
            {"temperature_max_c", limits.temperature_max_c},
            {"dose_change_max", limits.dose_change_max},
            {"level_change_max", limits.level_change_max},
            {"pixel_change_max", limits.pixel_change_max},
            {"pixel_share_max", limits.pixel_share_max},
            {"refuse", limits.refuse}}}};
}

}  // namespace portcullis::imaging
