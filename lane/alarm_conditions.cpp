#include "lane/alarm_conditions.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace portcullis::lane {
namespace {

/// Which rows tell of a device; empty: it has no such alarm.
struct DeviceRows {
  std::string_view device, lost, fault, attention;
};
constexpr std::array<DeviceRows, 5> kDeviceRows = {{
    {"PLC", "plc_stale", "plc_fault", ""},
    {"X-ray source", "source_lost", "source_fault", "source_attention"},
    {"Detector", "detector_lost", "detector_fault", "detector_attention"},
    {"Radiation portal", "portal_lost", "portal_fault", "portal_attention"},
    {"Recorder", "", "recorder_fault", "recorder_fault"},
}};

void add_once(std::vector<AlarmCondition>& list, AlarmCondition condition) {
  const auto same = std::find_if(list.begin(), list.end(),
                                 [&](const auto& one) { return one.key == condition.key; });
  if (same == list.end()) {
    list.push_back(std::move(condition));
  } else if (same->detail.empty()) {
    same->detail = std::move(condition.detail);
  }
}

void add_faults(const LaneSnapshot& snapshot, std::vector<AlarmCondition>& list) {
  for (std::size_t i = 0; i < kFaultCount; ++i) {
    if (!snapshot.latched[i]) continue;
    const auto fault = static_cast<Fault>(i);
    AlarmCondition condition;
    condition.key = fault_name(fault);
    condition.at_once = true;
    condition.first = snapshot.first_fault == fault;
    if (fault == Fault::kPlcFault) {
      condition.detail = snapshot.plc_first_out;
      condition.plc_ms = snapshot.plc_first_out_ms;
    }
    list.push_back(std::move(condition));
  }
  if (snapshot.cycle == CycleState::kStopped) {
    AlarmCondition stop;
    stop.key = "stopped";
    stop.at_once = true;
    list.push_back(std::move(stop));
  }
}

void add_devices(const LaneSnapshot& snapshot, std::vector<AlarmCondition>& list) {
  using DeviceLevel = LaneSnapshot::Device::Level;
  for (const LaneSnapshot::Device& device : snapshot.devices) {
    const auto rows = std::find_if(kDeviceRows.begin(), kDeviceRows.end(),
                                   [&](const auto& one) { return one.device == device.name; });
    if (rows == kDeviceRows.end() || device.level == DeviceLevel::kOk) continue;
    const bool source = rows->device == "X-ray source";
    const bool detector = rows->device == "Detector";
    if (!device.lost && device.level != DeviceLevel::kFault &&
        ((source && snapshot.cycle == CycleState::kWarmUp) ||
         (detector && snapshot.cycle == CycleState::kCalibrating)))
      continue;
    const std::string_view key = device.lost                           ? rows->lost
                                 : device.level == DeviceLevel::kFault ? rows->fault
                                                                       : rows->attention;
    if (key.empty()) continue;
    AlarmCondition condition;
    condition.key = key;
    condition.detail = device.text;
    add_once(list, std::move(condition));
  }
}

void add_bays(const LaneSnapshot& snapshot, std::vector<AlarmCondition>& list) {
  for (const BayView& bay : snapshot.bays) {
    if (!bay.state.missing && !bay.state.told) continue;
    AlarmCondition condition;
    condition.key =
        (bay.state.missing ? "bay_missing:" : "bay_amiss:") + std::to_string(bay.number);
    condition.at_once = bay.state.missing;
    condition.detail = "bay " + std::to_string(bay.number);
    list.push_back(std::move(condition));
  }
}

}  // namespace

std::vector<AlarmCondition> alarm_conditions(const LaneSnapshot& snapshot) {
  std::vector<AlarmCondition> list;
  add_faults(snapshot, list);
  add_devices(snapshot, list);
  add_bays(snapshot, list);
  if (!snapshot.operator_call.empty()) {
    AlarmCondition call;
    call.key = "operator_call";
    call.detail = snapshot.operator_call;
    list.push_back(std::move(call));
  }
  return list;
}

}  // namespace portcullis::lane
