#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string_view>

#include "core/result.h"
#include "simulator/live/fault_table.h"
#include "simulator/live/safety_plc.h"

namespace portcullis::simulator {

inline constexpr std::size_t kControlLineBytesMax = 16'384;

enum class ControlCommand : std::uint8_t { kTruck, kStatus, kClock, kFault, kFaults, kInput };

/// One line of the control socket, a JSON object:
///   {"cmd":"truck","scene":"/path.toml","gamma_cps":0}    gamma_cps optional
///   {"cmd":"status"}   {"cmd":"clock"}
///   {"cmd":"fault","kind":"packet-loss","value":0.01,"for_s":2}   for_s 0 or absent: until cleared
///   {"cmd":"fault","kind":"packet-loss","clear":true}
///   {"cmd":"faults"}                                       the catalogue, and what acts now
///   {"cmd":"input","tag":"estop_chain_healthy","value":false}     value null: as wired again
struct ControlRequest {
  ControlCommand command = ControlCommand::kStatus;
  std::filesystem::path scene;
  double gamma_cps = 0;
  LiveFault fault = LiveFault::kPacketLoss;
  double value = 0, for_s = 0;
  bool clear = false;
  const PlcInputName* input = nullptr;
  std::optional<bool> input_value;
};

/// Strict: unknown commands, keys, faults and tags are refused by name; kUnsupported for what the
/// live simulator cannot do (setting the clock).
core::Result<ControlRequest> parse_control_request(std::string_view line);

}  // namespace portcullis::simulator
