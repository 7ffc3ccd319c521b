#pragma once

#include <vector>

#include "lane/alarms/alarm_desk.h"
#include "lane/driver.h"

namespace portcullis::lane {

/// What of the lane is not as it should be: its latched faults, its devices, bays and calls. Every
/// key has its row in the alarm table. What only takes its time (warming up, calibrating) is none.
[[nodiscard]] std::vector<AlarmCondition> alarm_conditions(const LaneSnapshot& snapshot);

}  // namespace portcullis::lane
