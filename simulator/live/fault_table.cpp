#include "simulator/live/fault_table.h"

#include <chrono>
#include <cmath>

namespace portcullis::simulator {
namespace {

constexpr std::array<LiveFaultInfo, kLiveFaultCount> kFaults{{
    {"packet-loss", 0, 1, 0.01, "share of datagrams", "datagrams that are not sent"},
    {"packet-duplicate", 0, 1, 0.01, "share of datagrams", "datagrams that are sent twice"},
    {"packet-corrupt", 0, 1, 0.01, "share of datagrams", "datagrams with one bit wrong"},
    {"packet-reorder", 0, 1, 0.01, "share of datagrams", "datagrams that come a pulse late"},
    {"detector-silent", 0, 0, 0, "", "the detector sends no data and answers nothing"},
    {"source-silent", 0, 0, 0, "", "the source answers nothing; what was asked before goes on"},
    {"source-fault", 0, 0, 0, "", "the source's own fault, latched until *RST"},
    {"plc-silent", 0, 0, 0, "", "the PLC takes requests and answers none"},
    {"plc-exception", 1, 255, 4, "Modbus exception code", "the PLC refuses every request"},
    {"plc-slow", 0, 10'000, 100, "milliseconds", "the PLC answers late"},
    {"portal-silent", 0, 0, 0, "", "the portal sends no lines"},
    {"estop", 0, 0, 0, "", "emergency stop pressed at the panel"},
    {"door-open", 0, 0, 0, "", "door 2 open"},
    {"lamp-failed", 0, 0, 0, "", "the warning lamp draws no current"},
    {"heartbeat-frozen", 0, 0, 0, "", "the PLC's heartbeat stands still"},
    {"module-dead", 0, 255, 0, "number of the module", "one detector module sends nothing"},
    {"module-frozen", 0, 255, 0, "number of the module",
     "one detector module sends its last samples again and again"},
    {"pulse-missed", 0, 1, 0.01, "share of pulses", "pulses without a trigger"},
    {"source-arc", 0.1, 50, 2, "arcs a second", "the source arcs: counted, its dose lost"},
    {"source-cold", 0, 0, 0, "", "the source's warm-up is lost and begins anew after it"},
    {"source-lies", 0, 0, 0, "", "the source's arc counter goes back"},
    {"plc-frozen", 0, 0, 0, "", "the PLC's inputs stand still, its heartbeat goes on"},
    {"plc-disconnect", 0, 0, 0, "", "the PLC closes the connection on every request"},
    {"plc-wrong-unit", 0, 0, 0, "", "the PLC's replies come from another unit"},
    {"plc-wrong-transaction", 0, 0, 0, "", "the PLC's replies carry another transaction's number"},
    {"plc-short", 0, 0, 0, "", "half of every reply of the PLC, then nothing"},
    {"encoder-frozen", 0, 0, 0, "", "encoder and position stand still while the gantry moves"},
    {"position-jump", -100'000, 100'000, 2000, "millimetres", "the gantry's position is wrong"},
    {"channels-differ", 0, 0, 0, "", "door 1: channel B says open, channel A closed"},
    {"interlock-flicker", 0, 0, 0, "", "people clear is lost every other 100 ms"},
    {"person-in-area", 0, 0, 0, "", "a person in the area"},
    {"dose-monitor-failed", 0, 0, 0, "", "the area dose monitor does not work"},
    {"beam-sensed", 0, 0, 0, "", "beam is sensed whether there is any or not"},
    {"bypass", 0, 0, 0, "", "an interlock is bypassed"},
    {"ups-on-battery", 0, 0, 0, "", "mains power is lost"},
    {"key-off", 0, 0, 0, "", "the key is turned off"},
    {"portal-tamper", 0, 0, 0, "", "the portal's cabinet is opened"},
    {"portal-background-high", 0, 0, 0, "", "the portal says that its background is high"},
    {"portal-frozen", 0, 0, 0, "", "the portal sends the same counts again and again"},
    {"portal-garbage", 0, 0, 0, "", "every line of the portal is damaged"},
    {"camera-silent", 0, 0, 0, "", "the cameras read nothing"},
    {"camera-misreads", 0, 0, 0, "", "the cameras read one character of each number wrongly"},
}};

}  // namespace

std::string_view live_fault_name(LiveFault fault) {
  return kFaults[static_cast<std::size_t>(fault)].name;
}

std::optional<LiveFault> find_live_fault(std::string_view name) {
  for (std::size_t i = 0; i < kFaults.size(); ++i) {
    if (kFaults[i].name == name) return static_cast<LiveFault>(i);
  }
  return std::nullopt;
}

std::string live_fault_names() {
  std::string names;
  for (const LiveFaultInfo& row : kFaults)
    names += (names.empty() ? "" : ", ") + std::string(row.name);
  return names;
}

const LiveFaultInfo& live_fault_info(LiveFault fault) {
  return kFaults[static_cast<std::size_t>(fault)];
}

core::Status FaultTable::check(LiveFault fault, double value, double for_s) {
  const LiveFaultInfo& row = live_fault_info(fault);
  if (!std::isfinite(for_s) || for_s < 0 || for_s > 86'400) {
    return core::Error{core::ErrorCode::kInvalidInput, "for_s: must be 0 to 86400 seconds"};
  }
  const bool valued = row.value_min != 0 || row.value_max != 0;
  if (valued && !(value >= row.value_min && value <= row.value_max)) {
    return core::Error{core::ErrorCode::kInvalidInput,
                       "value: " + std::string(row.name) + " takes " +
                           std::to_string(static_cast<int>(row.value_min)) + " to " +
                           std::to_string(static_cast<int>(row.value_max)) + " (" +
                           std::string(row.value_text) + ")"};
  }
  return {};
}

core::Status FaultTable::set(LiveFault fault, double value, double for_s, core::TimePoint now) {
  PC_CHECK(check(fault, value, for_s));
  Slot& s = slot(fault);
  s.value.store(value, std::memory_order_relaxed);
  s.until.reset();
  if (for_s > 0) {
    s.until =
        now + std::chrono::duration_cast<core::Duration>(std::chrono::duration<double>(for_s));
  }
  s.active.store(true, std::memory_order_release);
  return {};
}

void FaultTable::clear(LiveFault fault) {
  slot(fault).active.store(false, std::memory_order_release);
  slot(fault).until.reset();
}

void FaultTable::expire(core::TimePoint now) {
  for (Slot& s : slots_) {
    if (s.until && now >= *s.until) {
      s.active.store(false, std::memory_order_release);
      s.until.reset();
    }
  }
}

}  // namespace portcullis::simulator
