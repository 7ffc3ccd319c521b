#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "core/time.h"

namespace portcullis::simulator {

/// What can be made to go wrong by name while the lane runs.
enum class LiveFault : std::uint8_t {
  kPacketLoss,           ///< Value: share of datagrams that are not sent.
  kPacketDuplicate,      ///< Value: share sent twice.
  kPacketCorrupt,        ///< Value: share with one bit wrong.
  kPacketReorder,        ///< Value: share sent a pulse late.
  kDetectorSilent,       ///< No data, no replies.
  kSourceSilent,         ///< No replies; what was asked of it before goes on.
  kSourceFault,          ///< The source's own fault.
  kPlcSilent,            ///< Takes requests and answers none; the program goes on.
  kPlcException,         ///< Value: the Modbus exception code of every reply.
  kPlcSlow,              ///< Value: milliseconds before every reply.
  kPortalSilent,         ///< No lines.
  kEstop,                ///< Emergency stop pressed at the panel.
  kDoorOpen,             ///< Door 2 opened.
  kLampFailed,           ///< The warning lamp draws no current.
  kHeartbeatFrozen,      ///< The PLC's heartbeat stands still.
  kModuleDead,           ///< Value: the module that sends nothing.
  kModuleFrozen,         ///< Value: the module that sends its last samples again and again.
  kPulseMissed,          ///< Value: share of pulses without a trigger.
  kSourceArc,            ///< Value: arcs a second; each takes the dose of a few pulses.
  kSourceCold,           ///< The warm-up is lost.
  kSourceLies,           ///< The source's arc counter goes back.
  kPlcFrozen,            ///< Inputs stand still, the heartbeat goes on.
  kPlcDisconnect,        ///< Closes the connection on every request.
  kPlcWrongUnit,         ///< Replies come from another unit.
  kPlcWrongTransaction,  ///< Replies carry another transaction's number.
  kPlcShort,             ///< Half of every reply, then nothing.
  kEncoderFrozen,        ///< Encoder and position stand still.
  kPositionJump,         ///< Value: millimetres that the position is wrong by.
  kChannelsDiffer,       ///< Door 1: channel B open, channel A closed.
  kInterlockFlicker,     ///< "People clear" is lost every other 100 ms.
  kPersonInArea,
  kDoseMonitorFailed,
  kBeamSensed,  ///< Beam is sensed whether there is any or not.
  kBypass,
  kUpsOnBattery,
  kKeyOff,
  kPortalTamper,
  kPortalBackgroundHigh,
  kPortalFrozen,   ///< The same counts again and again.
  kPortalGarbage,  ///< Every line has a wrong character.
  kCameraSilent,
  kCameraMisreads,
};
inline constexpr std::size_t kLiveFaultCount = 42;

/// One row of the catalogue.
struct LiveFaultInfo {
  std::string_view name;
  double value_min = 0, value_max = 0;  ///< Both 0: the fault has no value.
  double value_default = 0;             ///< Where none is given.
  std::string_view value_text;          ///< "share of datagrams"; empty where it has none.
  std::string_view text;
};
[[nodiscard]] const LiveFaultInfo& live_fault_info(LiveFault fault);

std::string_view live_fault_name(LiveFault fault);
std::optional<LiveFault> find_live_fault(std::string_view name);
/// "packet-loss, packet-duplicate, ...".
std::string live_fault_names();

/// Which faults act now. Threading: set() and expire() from one thread, the rest from any.
class FaultTable final {
 public:
  /// Whether the fault can have this value and time. Fails with kInvalidInput.
  static core::Status check(LiveFault fault, double value, double for_s);
  /// Starts a fault (or changes its value) for `for_s` seconds; 0: until cleared. Fails with
  /// kInvalidInput for a value that the fault cannot have.
  core::Status set(LiveFault fault, double value, double for_s, core::TimePoint now);
  void clear(LiveFault fault);
  /// Ends those whose time is over.
  void expire(core::TimePoint now);

  [[nodiscard]] bool active(LiveFault fault) const noexcept {
    return slot(fault).active.load(std::memory_order_acquire);
  }
  /// The value of an active fault, 0 otherwise.
  [[nodiscard]] double value(LiveFault fault) const noexcept {
    const Slot& s = slot(fault);
    return s.active.load(std::memory_order_acquire) ? s.value.load(std::memory_order_relaxed) : 0;
  }

 private:
  struct Slot {
    std::atomic<bool> active{false};
    std::atomic<double> value{0};
    std::optional<core::TimePoint> until;
  };
  [[nodiscard]] Slot& slot(LiveFault fault) noexcept {
    return slots_[static_cast<std::size_t>(fault)];
  }
  [[nodiscard]] const Slot& slot(LiveFault fault) const noexcept {
    return slots_[static_cast<std::size_t>(fault)];
  }
  std::array<Slot, kLiveFaultCount> slots_;
};

}  // namespace portcullis::simulator
