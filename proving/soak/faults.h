#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "lane/cycle.h"

/// What can go wrong in the simulated lane, by name, and when.
namespace portcullis::proving {

enum class SoakFault : std::uint8_t {
  // datagrams of the detector
  kPacketLoss,
  kPacketDuplicate,
  kPacketReorder,
  kPacketCorrupt,
  kModuleDead,
  kDetectorSilent,
  kPulseMissed,
  // gantry and encoder
  kEncoderSlip,
  kGantryStall,
  kGantryReversal,
  kGantryOverrun,
  // the link to the PLC, and the PLC
  kPlcSilent,
  kPlcLate,
  kPlcException,
  kPlcGarbage,
  kPlcStale,
  kPlcCut,
  kPlcWriteLost,
  kPlcHeartbeat,
  kPlcRestart,
  kPlcRange,
  // the X-ray source
  kSourceSilent,
  kSourceFault,
  kSourceArc,
  kWarmUpLoss,
  // the interlock chain
  kEstop,
  kDoorOpen,
  kDoorFlicker,
  kCurtainBroken,
  kChannelsDiffer,
  kBeamOffDiffers,
  kLampFailed,
  kDoseAlarm,
  kDoseFailed,
  kKeyOff,
  kKeyService,
  kBypass,
  kPersonInside,
  kSearchLost,
  kBeamStuck,
  kInputFlip,
  kMainsLost,
  // portal and cameras
  kPortalSilent,
  kPortalTamper,
  kPortalHigh,
  kPortalAlarm,
  kCameraSilent,
  kCameraGarbage,
  // the disk
  kDiskFull,
  kDiskSlow,
  kDiskFailing,
  kStateFailing,
  // the lane's program and its machine
  kLaneKilled,
  kPowerLost,
  kClockJump,
  // people and vehicles
  kTailgater,
  kDriverStays,
  kOperatorStop,
  kOperatorErrs,
  kBayConfused,
};
inline constexpr std::size_t kSoakFaultCount =
    static_cast<std::size_t>(SoakFault::kBayConfused) + 1;

struct SoakFaultInfo {
  SoakFault fault = SoakFault::kPacketLoss;
  std::string_view name;  ///< "packet-loss"
  std::string_view text;  ///< For people, with what its value means.
  double lasts_min_s = 0, lasts_max_s = 0;
  double value_min = 0, value_max = 0;
};
[[nodiscard]] std::span<const SoakFaultInfo> soak_faults() noexcept;
[[nodiscard]] const SoakFaultInfo& soak_fault_info(SoakFault fault) noexcept;

/// One fault of a run.
struct PlannedFault {
  core::Duration at{};                       ///< Not before this time since the run's begin.
  std::optional<lane::CycleState> in_state;  ///< Then: once the lane is in this state.
  SoakFault fault = SoakFault::kPacketLoss;
  core::Duration lasts{};
  double value = 0;
};
/// "1234.560:estop:2.500:0" or "1234.560@Scanning:estop:2.500:0": seconds, fault, seconds, value.
[[nodiscard]] std::string format_planned_fault(const PlannedFault& planned);
/// Strict; kInvalidInput names what is wrong, also a fault that the simulation does not know.
core::Result<PlannedFault> parse_planned_fault(std::string_view text);

/// Which faults act now. One thread.
class FaultBoard {
 public:
  void set(SoakFault fault, double value, core::TimePoint until) noexcept;
  /// Ends those whose time is over.
  void expire(core::TimePoint now) noexcept;
  [[nodiscard]] bool active(SoakFault fault) const noexcept { return slot(fault).active; }
  [[nodiscard]] double value(SoakFault fault) const noexcept {
    return slot(fault).active ? slot(fault).value : 0;
  }
  [[nodiscard]] std::size_t count() const noexcept { return count_; }
  /// Of all faults that act: the earliest end; nothing where none acts.
  [[nodiscard]] std::optional<core::TimePoint> next_end() const noexcept;

 private:
  struct Slot {
    bool active = false;
    double value = 0;
    core::TimePoint until;
  };
  [[nodiscard]] Slot& slot(SoakFault fault) noexcept {
    return slots_[static_cast<std::size_t>(fault)];
  }
  [[nodiscard]] const Slot& slot(SoakFault fault) const noexcept {
    return slots_[static_cast<std::size_t>(fault)];
  }
  std::array<Slot, kSoakFaultCount> slots_{};
  std::size_t count_ = 0;
};

}  // namespace portcullis::proving
