#pragma once

#include <string>
#include <vector>

#include "firmware_bridge/detector/detector_driver.h"
#include "firmware_bridge/rpm/portal_monitor.h"
#include "firmware_bridge/source/source_driver.h"
#include "plc/modbus/plc_stats.h"
#include "services/lane/lane_backend.h"

namespace portcullis::apps {

/// What a technician wants to know beyond whether a device works: the PLC link's timing, what
/// hardware and firmware is there, how the process runs. Levels are all kOk: whether something is
/// wrong is the devices' own rows' to say.
std::vector<services::DeviceHealth> diagnostics_of(const plc::PlcStats& plc,
                                                   const firmware_bridge::SourceView& source,
                                                   const firmware_bridge::DetectorView& detector,
                                                   const firmware_bridge::PortalView& portal,
                                                   const std::string& realtime_text);

/// "23 modules; firmware 1.0; 22.1 to 24.0 degC", or what is not known of them. Modules whose
/// firmware differs from the most common are named.
std::string detector_inventory_text(const firmware_bridge::DetectorView& detector);

}  // namespace portcullis::apps
