#pragma once

#include "lane/driver.h"
#include "services/lane/lane_backend.h"

namespace portcullis::apps {

/// The lane's snapshot as its clients see it. Devices of the lane come first; those that only the
/// program knows (camera, worker, gateway) are added by the caller. Pure.
services::LaneStatus to_status(const lane::LaneSnapshot& snapshot);

/// START -> lane::Command::kStart and so on.
lane::Command to_lane_command(services::LaneCommand command);

}  // namespace portcullis::apps
