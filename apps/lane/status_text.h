#pragma once

#include <string>
#include <vector>

#include "lane/driver.h"
#include "services/lane/lane_backend.h"

namespace portcullis::apps {

/// The lane's snapshot as its clients see it. Devices of the lane come first; those that only the
/// program knows (camera, worker, gateway) are added by the caller. `driver_languages`: of the
/// driver panel's lines, in this order. Pure.
services::LaneStatus to_status(const lane::LaneSnapshot& snapshot,
                               const std::vector<std::string>& driver_languages);
/// The scans on whose vehicles the lane takes decisions: in review, isolated, in a bay. Pure.
std::vector<std::string> scans_to_decide(const lane::LaneSnapshot& snapshot);

/// START -> lane::Command::kStart and so on.
lane::Command to_lane_command(services::LaneCommand command);

}  // namespace portcullis::apps
