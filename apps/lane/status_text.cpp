#include "apps/lane/status_text.h"

#include "apps/lane/case_words.h"
#include "lane/panel.h"

namespace portcullis::apps {
namespace {

services::DeviceLevel to_level(lane::LaneSnapshot::Device::Level level) {
  using From = lane::LaneSnapshot::Device::Level;
  switch (level) {
    case From::kOk:
      return services::DeviceLevel::kOk;
    case From::kAttention:
      return services::DeviceLevel::kAttention;
    case From::kFault:
      return services::DeviceLevel::kFault;
    case From::kUnknown:
      break;
  }
  return services::DeviceLevel::kUnknown;
}

services::LaneCommand to_service_command(lane::Command command) {
  switch (command) {
    case lane::Command::kStart:
      return services::LaneCommand::kStart;
    case lane::Command::kStop:
      return services::LaneCommand::kStop;
    case lane::Command::kReset:
      return services::LaneCommand::kReset;
    case lane::Command::kWarmUp:
      return services::LaneCommand::kWarmUp;
    case lane::Command::kCalibrate:
      return services::LaneCommand::kCalibrate;
    case lane::Command::kMaintenanceEnter:
      return services::LaneCommand::kMaintenanceEnter;
    case lane::Command::kMaintenanceLeave:
      return services::LaneCommand::kMaintenanceLeave;
  }
  return services::LaneCommand::kStop;
}

std::string_view place_words(const lane::BayState& bay) {
  using lane::BayPlace;
  switch (bay.place) {
    case BayPlace::kEmpty:
      return "empty";
    case BayPlace::kWaiting:
      return bay.arrived ? "waits for a decision" : "on its way, not decided";
    case BayPlace::kReleased:
      return "released, its exit is open";
    case BayPlace::kToInspection:
      return "to inspection, its exit is open";
    case BayPlace::kHeld:
      return "held";
    case BayPlace::kRescan:
      return "to be scanned again, its exit is open";
    case BayPlace::kIsolated:
      return "isolated: stay away, do not open";
  }
  return {};
}

std::string_view bay_alarm(const lane::BayState& bay) {
  if (bay.missing) return "the vehicle is gone, and no decision let it go";
  if (!bay.told) return {};
  return bay.place == lane::BayPlace::kEmpty ? "occupied by a vehicle that was not sent there"
                                             : "the vehicle does not arrive";
}

services::BayStatus bay_status(const lane::BayView& bay) {
  services::BayStatus status;
  status.number = bay.number;
  status.place = lane::bay_place_name(bay.state.place);
  status.place_text = place_words(bay.state);
  status.alarm = bay_alarm(bay.state);
  status.exit_open = lane::bay_exit_open(bay.state);
  if (bay.state.place == lane::BayPlace::kEmpty) return status;
  status.owner = bay.owner;
  status.since = bay.since;
  status.case_id = case_id_of(bay.scan_id);
  status.vehicle_plate = bay.record.identity.plate;
  for (const auto& container : bay.record.identity.containers)
    status.container_numbers.push_back(container.number);
  status.arrived = bay.state.arrived;
  return status;
}

services::DriverPanel panel_status(std::uint16_t message,
                                   const std::vector<std::string>& languages) {
  services::DriverPanel panel;
  panel.message = message;
  panel.pictogram = lane::panel_pictogram(message);
  if (panel.pictogram.empty()) return panel;
  for (const std::string& language : languages)
    panel.lines.push_back({language, lane::panel_text(message, language)});
  return panel;
}

}  // namespace

lane::Command to_lane_command(services::LaneCommand command) {
  switch (command) {
    case services::LaneCommand::kStart:
      return lane::Command::kStart;
    case services::LaneCommand::kStop:
      return lane::Command::kStop;
    case services::LaneCommand::kReset:
      return lane::Command::kReset;
    case services::LaneCommand::kWarmUp:
      return lane::Command::kWarmUp;
    case services::LaneCommand::kCalibrate:
      return lane::Command::kCalibrate;
    case services::LaneCommand::kMaintenanceEnter:
      return lane::Command::kMaintenanceEnter;
    case services::LaneCommand::kMaintenanceLeave:
      return lane::Command::kMaintenanceLeave;
  }
  return lane::Command::kStop;
}

std::vector<std::string> scans_to_decide(const lane::LaneSnapshot& snapshot) {
  std::vector<std::string> ids;
  if (!snapshot.review_scan_id.empty()) ids.push_back(snapshot.review_scan_id);
  for (const lane::BayView& bay : snapshot.bays)
    if (!bay.scan_id.empty() && bay.scan_id != snapshot.review_scan_id) ids.push_back(bay.scan_id);
  for (const lane::AwaitedVehicle& one : snapshot.awaited) ids.push_back(one.scan_id);
  return ids;
}

services::LaneStatus to_status(const lane::LaneSnapshot& snapshot,
                               const std::vector<std::string>& driver_languages) {
  services::LaneStatus status;
  status.utc = snapshot.utc;
  status.lane = snapshot.lane;
  status.simulated = snapshot.simulated;
  status.state = snapshot.state;
  status.state_text = snapshot.state_text;
  status.next_text = snapshot.next_text;
  status.beam = snapshot.beam_on ? "on" : "off";
  status.beam_asked = snapshot.beam_asked;
  status.beam_permit = snapshot.beam_permit;
  status.motion_asked = snapshot.motion_asked;
  status.motion_permit = snapshot.motion_permit;
  status.speed_mm_s = snapshot.speed_mm_s;
  status.first_out = snapshot.first_out;
  status.beam_refused_because = snapshot.beam_refused_because;
  status.search_text = snapshot.search_text;
  status.doors_text = snapshot.doors_text;
  status.dose_rate_usv_h = snapshot.dose_rate_usv_h;
  status.light_entry = snapshot.light_entry;
  status.light_exit = snapshot.light_exit;
  status.barrier_entry = snapshot.barrier_entry;
  status.barrier_exit = snapshot.barrier_exit;
  status.portal_text = snapshot.portal_text;
  for (const auto& device : snapshot.devices)
    status.devices.push_back({device.name, to_level(device.level), device.text});
  status.vehicle_plate = snapshot.vehicle_record.identity.plate;
  for (const auto& container : snapshot.vehicle_record.identity.containers)
    status.container_numbers.push_back(container.number);
  status.scan_id = snapshot.scan_id;
  status.scan_lines = snapshot.scan_lines;
  status.lines_lost = snapshot.lines_lost;
  for (const auto command : snapshot.allowed_commands)
    status.allowed_commands.push_back(to_service_command(command));
  for (const lane::BayView& bay : snapshot.bays) status.bays.push_back(bay_status(bay));
  status.operator_call = snapshot.operator_call;
  status.driver_panel = panel_status(snapshot.panel_message, driver_languages);
  return status;
}

}  // namespace portcullis::apps
