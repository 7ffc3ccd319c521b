#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// What the lane cycle may know of the world: named bits, each false where its facts are stale or
/// absent. lane/inputs.h computes them from devices; step() sees nothing else of the world.
///
/// A step notes which bits, which thresholds of time and which facts of a decision it looked at,
/// where somebody wants to know (ReadLog). The note changes nothing; it is what lets the explorer
/// (proving/) walk every case that a step can tell apart, and none twice.
namespace portcullis::lane {

/// What the cycle may know. Each is a predicate that is false when its facts are stale or absent
/// (lane/inputs.h computes them), so all-zero is the safe side everywhere.
enum class Input : std::uint8_t {
  // the interlock chain, as the PLC shows it
  kPlcFresh,
  kPlcHeartbeat,
  kCommandsConfirmed,
  kPlcRunning,
  kPlcFaultFree,
  kEstopHealthy,
  kEstopButtonsReleased,
  kKeyOn,
  kKeyOff,
  kKeyService,
  kNoBypass,
  kDoorsClosed,
  kCurtainsClear,
  kChannelsAgree,
  kBeamOffMeansAgree,
  kSearchComplete,
  kBarriersClosed,
  kPeopleClear,
  kCabClear,
  kCabOccupied,
  kLaneEmpty,
  kDoseMonitorsWell,
  kLampProven,
  kBeamNotSensed,
  kBeamEnabled,
  kBeamPermitGranted,
  kMotionPermitGranted,
  // motion
  kStandstill,
  kMovingForward,  ///< Certainly not at a standstill, and forward.
  kGantryInside,
  kGantryAtStart,
  kGantryAtEnd,
  kGantryHomed,  ///< Its start limit switch is made: where it is, whatever it counts.
  kSpeedInBandForward,
  kSpeedInBandBack,
  kTravelDoneForward,
  kTravelDoneBack,
  // vehicle and barriers
  kVehicleAtEntry,
  kEntryFree,
  kVehicleInTunnel,
  kVehicleAtExit,
  kNoSecondVehicle,  ///< Certainly none within 10 m upstream.
  kCabSeen,          ///< A cab is at the beam plane now.
  kCabPast,          ///< The cab was there, and is at least 1 m past it by the speed's integral.
  kEntryOpen,
  kEntryClosed,
  kExitOpen,
  kExitClosed,
  kEntryClearBeneath,
  kExitClearBeneath,
  // other devices
  kHardwareKindsAgree,
  kSourceAlive,
  kSourceReady,
  kSourceFaultFree,
  kSourceOn,
  kAcquisitionAlive,
  kCaptureArmed,
  kCaptureRunning,
  kCaptureDone,
  kCaptureFailed,
  kCalibrated,
  kRecordOpen,
  kRecordStored,  ///< Closed, and whole.
  kRecordEnded,   ///< That of the scan before, where there was one, well or not.
  kRecordFailed,
  kStorageReady,
  kMainsPower,
  kBayFree,
  kIdentityRead,
  kRadiationMeasured,
  kRadiationClear,
  kMemoryWell,  ///< The tick before had the memory that it needed.
};
inline constexpr std::size_t kInputCount = static_cast<std::size_t>(Input::kMemoryWell) + 1;
[[nodiscard]] std::string_view input_name(Input input) noexcept;

/// Everything about time that the cycle can tell: whether a timer has run for its threshold.
/// lane/cycle.h (passed()) has the timers and their lengths.
enum class Threshold : std::uint8_t {
  // since this state was entered
  kPortalAfterBeam,
  kPanelEngineOff,
  kPanelLeaveCab,
  kIdentityMax,
  kWarningMax,
  kReviewMax,
  // since this phase began
  kNextStep,
  kCalibrationWaitMax,
  kDarkMax,
  kDrainMax,
  kPermitMax,
  kRecordMax,
  kDriverStepMax,
  // since the warning began
  kLampMax,
  kWarningMin,
  kWarningLegal,
  kAirMax,
  // since the lane was seen empty, the reset began, the last beam request ended
  kGoneFor,
  kResetPulse,
  kResetMax,
  kBeamGrace,
};
inline constexpr std::size_t kThresholdCount = static_cast<std::size_t>(Threshold::kBeamGrace) + 1;

/// The facts of a decision that step() may look at.
enum class DecisionFact : std::uint8_t { kOfThisVehicle, kTwoOfficers, kRadiationAdjudicated };
inline constexpr std::size_t kDecisionFactCount = 3;

/// Everything a step can look at, in one numbering: inputs, thresholds, facts of a decision.
inline constexpr std::size_t kReadableCount = kInputCount + kThresholdCount + kDecisionFactCount;
constexpr std::size_t readable(Input input) noexcept {
  return static_cast<std::size_t>(input);
}
constexpr std::size_t readable(Threshold threshold) noexcept {
  return kInputCount + static_cast<std::size_t>(threshold);
}
constexpr std::size_t readable(DecisionFact fact) noexcept {
  return kInputCount + kThresholdCount + static_cast<std::size_t>(fact);
}

/// What was looked at, each once, in the order of the first look.
///
/// Between settle(true) and settle(false) a step looks only for what is latched beside a cause that
/// it has found already. What was looked at there alone changes nothing but those further latches,
/// and is `beside`.
struct ReadLog {
  std::bitset<kReadableCount> seen;
  std::bitset<kReadableCount> beside;
  std::array<std::uint8_t, kReadableCount> order{};
  std::size_t count = 0;
  bool settled = false;
  void note(std::size_t what) noexcept {
    if (!settled) beside.reset(what);
    if (seen[what]) return;
    seen.set(what);
    if (settled) beside.set(what);
    order[count++] = static_cast<std::uint8_t>(what);
  }
};

struct Inputs {
  std::bitset<kInputCount> bits;
  std::uint8_t free_bay = 0;  ///< With kBayFree: the number of the first free bay, from 1.
  ReadLog* log = nullptr;     ///< Borrowed; null in the product: nobody asks.

  [[nodiscard]] bool operator[](Input input) const noexcept {
    return noted(readable(input), bits[static_cast<std::size_t>(input)]);
  }
  /// `value`, and that it was looked at.
  [[nodiscard]] bool noted(std::size_t what, bool value) const noexcept {
    if (log != nullptr) log->note(what);
    return value;
  }
  void settle(bool settled) const noexcept {
    if (log != nullptr) log->settled = settled;
  }
  void set(Input input, bool value = true) noexcept {
    bits[static_cast<std::size_t>(input)] = value;
  }
  bool operator==(const Inputs& other) const noexcept {
    return bits == other.bits && free_bay == other.free_bay;
  }
};

}  // namespace portcullis::lane
