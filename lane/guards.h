#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "lane/input.h"

/// The guards of the lane cycle: every test in step(), outputs_of() and the refusals that keeps a
/// promise of lane/invariants.h. Each goes through guard() under its own name, so that the
/// mutation tool (proving/mutation.h) can leave one out at a time and see whether the proofs
/// notice.
///
/// SAFETY NOTICE: in the product guard() is its own argument, at compile time. There is nothing to
/// switch: the other form exists only in a library of its own that is compiled with
/// PORTCULLIS_MUTATION and that no program of the product links.
namespace portcullis::lane {

enum class Condition : std::uint8_t;
enum class Fault : std::uint8_t;
enum class Command : std::uint8_t;

/// Guards that are neither a condition of beam, nor a cause of a fault, nor a member of a list.
enum class Guard : std::uint8_t {
  // what halts
  kStopHalts,
  kLatchHalts,
  kKeyHalts,
  kRequestKeepsItsConditions,
  // motion and barriers
  kMotionWithoutPeople,
  kEntryClosesOnNothing,
  kExitClosesOnNothing,
  kEntryOpensBehindClosedExit,
  kEntryNeedsFreeBay,
  kEntryGreenOnlyOpen,
  kExitGreenOnlyOpen,
  // the way of a vehicle
  kEnteringThroughOpenEntry,
  kStandsBehindClosedBarriers,
  kStandsWithCabClear,
  kStandsInTunnel,
  kGoneForItsTime,
  kExitOpensWithDriverInCab,
  kExitOpensBehindClosedDoors,
  kReviewEndsInHold,
  kBayOnlyIfFree,
  kOperatorIsCalled,
  kTailgatingIsTold,
  kStandsWithDriverInCab,
  kCabSeenFirst,
  kCabPastByItsWay,
  kCabForgottenAtStop,
  // scan and calibration
  kStartAfterRecord,
  kStartAfterWarningTail,
  kStartAtStandstill,
  kMotionAfterWarning,
  kMotionUnderLamp,
  kRunFromAnEnd,
  kScanWithArmedDetector,
  kWarningEnds,
  kPermitComesInTime,
  kBeamComesInTime,
  kBeamStays,
  kDrainEnds,
  kRecordEnds,
  kCompleteWithAllLines,
  kCompleteWithBeamGone,
  kReviewNeedsStoredRecord,
  kAirEnds,
  kAirNeedsDark,
  kCalibrationNeedsAir,
  kCaptureFailureIsALoss,
  kRecordFailureIsALoss,
  kWarningOutlastsBeam,
  // reset and maintenance
  kResetOnce,
  kResetPulseRuns,
  kResetNeedsCausesGone,
  kResetNeedsChain,
  kResetEnds,
  kMaintenanceNeedsKey,
  // decisions
  kDecisionWhereOneIsAwaited,
  kDecisionOfThisVehicle,
  kRescanInReview,
  kReleaseAfterScan,
  kReleaseByTwo,
  kReleaseNeedsMeasurement,
  kReleaseNeedsNoAlarm,
  // bays
  kBayAssignedWhenFree,
  kBayOpensForTheArrived,
  kBayDecisionOfThisVehicle,
  kBayMissingIsNotReleased,
  kBayMissingIsTold,
  kBayGoneForItsTime,
  kBayReviewEndsInHold,
  kBayArrivalIsWatched,
  kBayIntruderIsTold,
};
inline constexpr std::size_t kGuardCount = static_cast<std::size_t>(Guard::kBayIntruderIsTold) + 1;

/// Lists of inputs that must all hold; each member is a guard.
enum class GuardList : std::uint8_t {
  kSelfTest,         ///< Before SelfTest is left.
  kWarmUpCommand,    ///< Before an operator's warm-up is taken.
  kReadyForVehicle,  ///< Before the entry opens.
  kReset,            ///< Before a reset is taken.
  kCalibrate,        ///< Before a calibration is taken.
};
inline constexpr std::size_t kGuardListCount = 5;
[[nodiscard]] std::span<const Input> guard_list(GuardList list) noexcept;

struct GuardId {
  enum class Kind : std::uint8_t {
    kSingle,
    kCondition,
    kFault,
    kCommand,  ///< The row of a command in the table of states and commands.
    kListed,
  } kind = Kind::kSingle;
  std::uint8_t which = 0;              ///< Guard, Condition, Fault, Command or GuardList.
  std::uint8_t member = 0;             ///< Of a list.
  constexpr GuardId(Guard g) noexcept  // NOLINT(google-explicit-constructor): a guard is its id
      : which(static_cast<std::uint8_t>(g)) {}
  constexpr GuardId(Condition c) noexcept  // NOLINT(google-explicit-constructor)
      : kind(Kind::kCondition), which(static_cast<std::uint8_t>(c)) {}
  constexpr GuardId(Fault f) noexcept  // NOLINT(google-explicit-constructor)
      : kind(Kind::kFault), which(static_cast<std::uint8_t>(f)) {}
  constexpr GuardId(Command c) noexcept  // NOLINT(google-explicit-constructor)
      : kind(Kind::kCommand), which(static_cast<std::uint8_t>(c)) {}
  constexpr GuardId(GuardList l, std::size_t m) noexcept
      : kind(Kind::kListed),
        which(static_cast<std::uint8_t>(l)),
        member(static_cast<std::uint8_t>(m)) {}
  bool operator==(const GuardId&) const = default;
};
/// "condition:key_on", "fault:lamp_failed", "stop_halts", "self_test:plc_running"
[[nodiscard]] std::string guard_name(GuardId id);
inline constexpr std::size_t kAllGuardsMax = 256;
/// Every guard there is, in the order of its kind.
[[nodiscard]] std::span<const GuardId> all_guards() noexcept;

#ifdef PORTCULLIS_MUTATION
/// Whether the mutation tool has left this guard out.
[[nodiscard]] bool guard_removed(GuardId id) noexcept;
[[nodiscard]] inline bool guard(GuardId id, bool holds) noexcept {
  return holds || guard_removed(id);
}
#else
[[nodiscard]] constexpr bool guard(GuardId, bool holds) noexcept {
  return holds;
}
#endif

/// The first member of the list that does not hold; null where all do.
[[nodiscard]] const Input* first_missing(GuardList list, const Inputs& inputs) noexcept;

}  // namespace portcullis::lane
