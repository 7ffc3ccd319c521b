#include "plc/modbus/command_words.h"

#include <span>
#include <utility>

#include "core/assert.h"

namespace portcullis::plc {
namespace {

class CommandWriter {
 public:
  explicit CommandWriter(const TagMap& map) : map_(map) {
    words_.coils.resize(map.area_size(Area::kCoil));
    words_.holding.resize(map.area_size(Area::kHoldingRegister));
  }
  void put(Tag tag, std::int64_t raw) {
    const TagInfo& info = tag_info(tag);
    PC_ASSERT(info.writable);
    const double value = static_cast<double>(raw) * info.scale;
    PC_ASSERT(value >= info.min && value <= info.max);
    const TagPlace& place = map_.place(tag);
    if (!place.wired) return;
    auto& area = info.area == Area::kCoil ? words_.coils : words_.holding;
    map_.encode(tag, raw, std::span(area).subspan(place.address, place.words()));
  }
  CommandWords take() { return std::move(words_); }

 private:
  const TagMap& map_;
  CommandWords words_;
};

}  // namespace

CommandWords encode_commands(const TagMap& map, const PlcOutputs& o, std::uint16_t heartbeat,
                             std::uint16_t sequence, std::uint16_t watchdog_ms) {
  CommandWriter words(map);
  words.put(Tag::kRequestBeamPermit, o.request_beam_permit);
  words.put(Tag::kRequestMotion, o.request_motion);
  words.put(Tag::kWarningOn, o.warning_on);
  words.put(Tag::kBarrierEntryOpenCmd, o.barrier_entry_open);
  words.put(Tag::kBarrierEntryCloseCmd, o.barrier_entry_close);
  words.put(Tag::kBarrierExitOpenCmd, o.barrier_exit_open);
  words.put(Tag::kBarrierExitCloseCmd, o.barrier_exit_close);
  words.put(Tag::kLightEntryRed, o.light_entry_red);
  words.put(Tag::kLightEntryGreen, o.light_entry_green);
  words.put(Tag::kLightExitRed, o.light_exit_red);
  words.put(Tag::kLightExitGreen, o.light_exit_green);
  words.put(Tag::kFaultReset, o.fault_reset);
  words.put(Tag::kLaneHeartbeat, heartbeat);
  words.put(Tag::kCommandSequence, sequence);
  words.put(Tag::kTargetSpeedMmS, o.target_speed_mm_s);
  words.put(Tag::kDirection, o.direction);
  words.put(Tag::kLaneState, o.lane_state);
  words.put(Tag::kWatchdogMs, watchdog_ms);
  words.put(Tag::kDriverPanelMessage, o.driver_panel_message);
  words.put(Tag::kBaysExitOpen, o.bays_exit_open);
  words.put(Tag::kBaysToEntry, o.bays_to_entry);
  return words.take();
}

bool withdraws(const PlcOutputs& before, const PlcOutputs& after) noexcept {
  return (before.request_beam_permit && !after.request_beam_permit) ||
         (before.request_motion && !after.request_motion);
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
