#include "plc/modbus/command_words.h"

#include "core/assert.h"
#include "plc/tags/words.h"

namespace portcullis::plc {
namespace {

void put(CommandWords& words, Tag tag, std::int64_t raw) {
  const TagInfo& info = tag_info(tag);
  PC_ASSERT(info.writable);
  const double value = static_cast<double>(raw) * info.scale;
  PC_ASSERT(value >= info.min && value <= info.max);
  if (info.area == Area::kCoil) {
    words.coils[info.address] = raw != 0 ? 1 : 0;
  } else {
    encode_words(info.type, raw, std::span(words.holding).subspan(info.address, info.words));
  }
}

}  // namespace

CommandWords encode_commands(const PlcOutputs& o, std::uint16_t heartbeat, std::uint16_t sequence,
                             std::uint16_t watchdog_ms) noexcept {
  CommandWords words;
  put(words, Tag::kRequestBeamPermit, o.request_beam_permit);
  put(words, Tag::kRequestMotion, o.request_motion);
  put(words, Tag::kWarningOn, o.warning_on);
  put(words, Tag::kBarrierEntryOpenCmd, o.barrier_entry_open);
  put(words, Tag::kBarrierEntryCloseCmd, o.barrier_entry_close);
  put(words, Tag::kBarrierExitOpenCmd, o.barrier_exit_open);
  put(words, Tag::kBarrierExitCloseCmd, o.barrier_exit_close);
  put(words, Tag::kLightEntryRed, o.light_entry_red);
  put(words, Tag::kLightEntryGreen, o.light_entry_green);
  put(words, Tag::kLightExitRed, o.light_exit_red);
  put(words, Tag::kLightExitGreen, o.light_exit_green);
  put(words, Tag::kFaultReset, o.fault_reset);
  put(words, Tag::kLaneHeartbeat, heartbeat);
  put(words, Tag::kCommandSequence, sequence);
  put(words, Tag::kTargetSpeedMmS, o.target_speed_mm_s);
  put(words, Tag::kDirection, o.direction);
  put(words, Tag::kLaneState, o.lane_state);
  put(words, Tag::kWatchdogMs, watchdog_ms);
  put(words, Tag::kDriverPanelMessage, o.driver_panel_message);
  put(words, Tag::kBaysExitOpen, o.bays_exit_open);
  return words;
}

bool withdraws(const PlcOutputs& before, const PlcOutputs& after) noexcept {
  return (before.request_beam_permit && !after.request_beam_permit) ||
         (before.request_motion && !after.request_motion);
}

std::vector<WriteRun> writable_runs(Area area) {
  std::vector<WriteRun> runs;
  for (const TagInfo& info : tag_table()) {
    if (info.area != area || !info.writable) continue;
    if (!runs.empty() && runs.back().first + runs.back().count == info.address)
      runs.back().count = static_cast<std::uint16_t>(runs.back().count + info.words);
    else
      runs.push_back({info.address, info.words});
  }
  return runs;
}

ExceptionOutcome exception_outcome(int code) noexcept {
  switch (code) {
    case 5:
    case 6:
      return ExceptionOutcome::kRetry;
    case 10:
    case 11:
      return ExceptionOutcome::kReopen;
    default:
      return ExceptionOutcome::kInvalidate;
  }
}

}  // namespace portcullis::plc
