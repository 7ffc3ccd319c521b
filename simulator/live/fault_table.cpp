#include "simulator/live/fault_table.h"

#include <chrono>
#include <cmath>

namespace portcullis::simulator {
namespace {

struct FaultRow {
  std::string_view name;
  double value_min, value_max;  // both 0: the fault has no value
};
constexpr std::array<FaultRow, kLiveFaultCount> kFaults{{
    {"packet-loss", 0, 1},
    {"packet-duplicate", 0, 1},
    {"packet-corrupt", 0, 1},
    {"packet-reorder", 0, 1},
    {"detector-silent", 0, 0},
    {"source-silent", 0, 0},
    {"source-fault", 0, 0},
    {"plc-silent", 0, 0},
    {"plc-exception", 1, 11},
    {"plc-slow", 0, 10'000},
    {"portal-silent", 0, 0},
    {"estop", 0, 0},
    {"door-open", 0, 0},
    {"lamp-failed", 0, 0},
    {"heartbeat-frozen", 0, 0},
    {"module-dead", 0, 255},
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
  for (const FaultRow& row : kFaults) names += (names.empty() ? "" : ", ") + std::string(row.name);
  return names;
}

core::Status FaultTable::set(LiveFault fault, double value, double for_s, core::TimePoint now) {
  const FaultRow& row = kFaults[static_cast<std::size_t>(fault)];
  if (!std::isfinite(for_s) || for_s < 0 || for_s > 86'400) {
    return core::Error{core::ErrorCode::kInvalidInput, "for_s: must be 0 to 86400 seconds"};
  }
  if (row.value_max > 0 && !(value >= row.value_min && value <= row.value_max)) {
    return core::Error{core::ErrorCode::kInvalidInput,
                       "value: " + std::string(row.name) + " takes " +
                           std::to_string(static_cast<int>(row.value_min)) + " to " +
                           std::to_string(static_cast<int>(row.value_max))};
  }
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
