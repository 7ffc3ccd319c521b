#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/config.h"
#include "core/records.h"
#include "core/scan.h"
#include "core/time.h"
#include "lane/guards.h"
#include "lane/input.h"
#include "plc/interlock/plc_link.h"

/// The lane cycle as a pure function. No clock, socket, thread, allocation or text building in it:
/// what it knows of the world are the named bits of Inputs, and what it wants are levels
/// (outputs_of) and actions. docs/safety.md draws it.
///
/// SAFETY NOTICE: this decides when beam and motion are asked for. It can only ask: the safety PLC
/// and the hardware chain grant. A change here needs the invariants' tests (lane/invariants.h).
namespace portcullis::lane {

enum class CycleState : std::uint8_t {
  kOff,            ///< Key off: nothing asked for, lights red, barriers held.
  kSelfTest,       ///< As off, while links, chain and hardware kinds are looked over.
  kWarmUp,         ///< Source warming, without beam.
  kCalibrating,    ///< Lane empty and closed: dark without beam, air with warning and beam.
  kIdle,           ///< Exit closed; entry open and green when the lane can scan.
  kEntering,       ///< A vehicle is at the entry; entry red, barrier held open.
  kIdentifying,    ///< Vehicle in the tunnel, entry closing, driver leaving the cab.
  kAwaitingClear,  ///< All closed; waits for the conditions and for an operator's Start.
  kWarning,        ///< Warning on; after 5 s motion is asked for, never beam.
  kScanning,       ///< Warning, motion and beam asked for.
  kFinishing,      ///< Beam and motion withdrawn; last lines drained, record closed.
  kReviewing,      ///< Nothing asked for; waits for an officer's decision.
  kReleasing,      ///< Driver returns, exit opens.
  kHolding,        ///< As releasing, to the inspection place; or isolated: exit stays closed.
  kStopped,        ///< Emergency stop or an operator's Stop: nothing asked for, barriers held.
  kFaulted,        ///< A latched fault: as stopped.
  kMaintenance,    ///< Key at service: nothing asked for.
};
inline constexpr std::size_t kCycleStateCount = 17;
[[nodiscard]] std::string_view cycle_state_name(CycleState state) noexcept;  ///< "AwaitingClear"

enum class Command : std::uint8_t {
  kStart,
  kStop,
  kReset,
  kWarmUp,
  kCalibrate,
  kMaintenanceEnter,
  kMaintenanceLeave,
};
inline constexpr std::size_t kCommandCount = 7;
[[nodiscard]] std::string_view command_name(Command command) noexcept;  ///< "START", "WARM_UP"

/// Latched until an explicit reset with the cause gone; kept over a restart. Numbers are stored.
enum class Fault : std::uint8_t {
  kPlcStale,
  kPlcHeartbeat,
  kCommandsUnconfirmed,
  kPlcFault,
  kChannelsDiffer,
  kBeamOffMeansDiffer,
  kBeamUnrequested,
  kLampFailed,
  kDoseMonitors,
  kSourceFault,  ///< By the source's own word; a reset sends it its own reset.
  kNoMemory,     ///< A tick of the lane's driver ended for want of memory.
};
inline constexpr std::size_t kFaultCount = 11;
[[nodiscard]] std::string_view fault_name(Fault fault) noexcept;  ///< "beam_unrequested"
[[nodiscard]] std::string_view fault_text(Fault fault) noexcept;

/// Beam is the AND of these; the first that fails, in this order, is what the operator is told.
enum class Condition : std::uint8_t {
  kPlcFresh,
  kPlcHeartbeat,
  kCommandsConfirmed,
  kPlcRunning,
  kHardwareKindsAgree,
  kNoStop,
  kNoLatchedFault,
  kKeyOn,
  kNoBypass,
  kDoorsClosed,
  kCurtainsClear,
  kBarriersClosed,
  kPeopleClear,
  kVehicleClear,
  kNoSecondVehicle,
  kSearchComplete,
  kDoseMonitorsWell,
  kBeamOffMeansAgree,
  kGantryInside,
  kSourceAlive,
  kSourceReady,
  kAcquisitionAlive,
  kStorageReady,
  kMainsPower,
  kCalibrated,
  // from here on: for a beam permit, not yet for a Start
  kStateHasBeam,
  kActValid,
  kWarningRan,
  kLampProven,
  kMotionAsNeeded,
  kCabPassed,
  kRecordOpen,
  // from here on: for beam from the source, not yet for the permit
  kBeamPermit,
  kMotionPermit,
  kBeamEnabled,
  kCaptureRunning,
};
inline constexpr std::size_t kConditionCount =
    static_cast<std::size_t>(Condition::kCaptureRunning) + 1;
[[nodiscard]] std::string_view condition_name(Condition condition) noexcept;  ///< "people_clear"
[[nodiscard]] std::string_view condition_text(
    Condition condition) noexcept;  ///< What is amiss when it fails.

/// How much must hold: for a Start, for the PLC's beam permit, for beam from the source.
enum class Stage : std::uint8_t { kStart, kPermit, kSource };

/// A lane has at most so many bays for vehicles that wait for a decision.
inline constexpr std::uint8_t kBaysMax = 8;

struct CycleConfig {
  /// Source and detector stand; the vehicle is driven past them, its driver in the cab. Motion is
  /// then the driver's: asked for by the panel and the PLC's permit, seen in the vehicle's speed.
  bool drive_through = false;
  core::Duration stale_after{std::chrono::milliseconds(100)};
  core::Duration watchdog{std::chrono::milliseconds(300)};  ///< 100 to 500 ms.
  core::Duration warning_min{std::chrono::seconds(5)};      ///< Never less than 5 s.
  core::Duration warning_max{std::chrono::seconds(30)};
  core::Duration lamp_max{std::chrono::seconds(1)};    ///< Lamp current after warning on.
  core::Duration permit_max{std::chrono::seconds(2)};  ///< Permit and beam after the request.
  core::Duration beam_grace{std::chrono::milliseconds(150)};  ///< Beam after its request ended.
  core::Duration beam_grace_restart{std::chrono::milliseconds(300)};
  core::Duration calibration_beam_max{std::chrono::seconds(60)};
  core::Duration calibration_wait_max{std::chrono::minutes(5)};
  core::Duration identity_max{std::chrono::seconds(5)};
  core::Duration drain_max{std::chrono::seconds(10)};
  core::Duration record_max{std::chrono::seconds(30)};
  core::Duration review_max{std::chrono::minutes(30)};  ///< Then hold, never release.
  core::Duration gone_for{std::chrono::seconds(1)};     ///< Lane empty this long: vehicle gone.
  core::Duration driver_step_max{
      std::chrono::minutes(2)};  ///< A step of the driver takes longer: the operator is called.
  bool review_in_bays = false;   ///< A scanned vehicle waits for its decision in a bay.
  std::uint8_t bay_count = 0;    ///< 1 to kBaysMax with review_in_bays.
  core::Duration bay_arrive_max{std::chrono::minutes(5)};  ///< From the tunnel into the bay.
  core::Duration come_again_max{
      std::chrono::minutes(15)};  ///< From there back to the entry, to be scanned again.
  std::uint32_t dark_lines = 400;
  std::uint32_t air_lines = 2000;
  std::uint32_t scan_lines_max = 30'000;
  bool auto_warm_up = true;
  bool auto_calibrate = false;
  bool second_reader = false;      ///< A release needs two officers.
  bool radiation_required = true;  ///< A release needs a valid measurement or an adjudication.
  std::int32_t scan_speed_mm_s = 400;
  std::int32_t return_speed_mm_s = 800;
  double speed_band = 0.15;  ///< Beam within scan speed * (1 +- this).
  double standstill_mm_s = 10;
  double travel_from_mm = 0;
  double travel_to_mm = 10'000;
  double end_tolerance_mm = 400;  ///< So near an end, the gantry stands at it.
  double braking_mm = 200;        ///< Beam and motion are withdrawn this far before the far end.
  double overrun_mm = 500;        ///< Beyond an end by more: outside its limits.
};
/// Reads [lane.cycle]: the fields above by their names, times in seconds or milliseconds with the
/// unit in the key (warning_min_s, watchdog_ms). Problems go to the reader.
CycleConfig read_cycle_config(core::ConfigReader& table);

enum class Direction : std::uint8_t { kHold = 0, kForward = 1, kBack = 2 };

/// One act of an operator: beam needs one, and uses it up.
struct Act {
  enum class Kind : std::uint8_t { kNone, kScan, kCalibrate } kind = Kind::kNone;
  std::uint64_t vehicle = 0;
  bool consumed = false;  ///< By the beam request that it led to.
  bool operator==(const Act&) const = default;
};

/// Steps within a state.
enum class Phase : std::uint8_t {
  kNone,
  kWaitArea,
  kDarkArming,
  kDarkRunning,
  kWarn,
  kAirBeam,
  kAirArming,
  kAirRunning,  // Calibrating
  kWarnOnly,
  kHoming,
  kHomingBrake,
  kRunUp,  // Warning
  kPermit,
  kBeam,
  kRunning,  // Scanning
  kDrain,
  kClose,  // Finishing
  kReturnDriver,
  kOpenExit,
  kDriveOut,
  kIsolated,  // Releasing, Holding
};

/// All that the cycle remembers. A plain value.
struct State {
  CycleState cycle = CycleState::kOff;
  Phase phase = Phase::kNone;
  core::TimePoint entered;  ///< This state.
  core::TimePoint phase_entered;
  std::optional<core::TimePoint> warning_since;
  bool warning_tail = false;  ///< Warning on until beam is seen to be gone.
  bool beam_permit_requested = false;
  bool source_beam_requested = false;
  bool beam_seen = false;            ///< Since the source was asked, in this scan.
  core::TimePoint beam_grace_until;  ///< Beam sensed later without request trips.
  bool motion_requested = false;
  bool cab_seen = false;    ///< Drive-through: on this drive the cab was at the beam plane,
  bool cab_passed = false;  ///< and is past it.
  Direction direction = Direction::kHold;
  Act act;
  std::uint64_t vehicles = 0;                  ///< Counted so far; the last one's number.
  std::uint64_t vehicle = 0;                   ///< In the lane now; 0: none.
  bool vehicle_scanned = false;                ///< Completely.
  std::optional<core::DecisionKind> decision;  ///< On this vehicle.
  bool record_open = false;                    ///< Between open and close of a record.
  std::uint8_t bay = 0;                        ///< The vehicle goes there to wait; 0: to none.
  bool tailgated = false;        ///< Another vehicle followed this one through the entry.
  bool operator_called = false;  ///< In this phase, because the driver takes too long.
  std::optional<core::TimePoint> empty_since;
  std::optional<core::TimePoint> reset_since;
  std::bitset<kFaultCount> latched;
  std::optional<Fault> first_out;
  std::string_view last_loss;  ///< Why beam, act or calibration was lost last; static text.
  bool operator==(const State&) const = default;
};

/// The state after a start or restart at `now`: Off, with what was kept.
[[nodiscard]] State initial_state(core::TimePoint now, const CycleConfig& config) noexcept;

struct DecisionInput {
  core::DecisionKind kind = core::DecisionKind::kHold;
  bool two_officers = false;
  bool radiation_adjudicated = false;
  bool of_this_vehicle = false;  ///< Names the scan in review (or none, where none is).
};

struct Event {
  enum class Kind : std::uint8_t { kTick, kCommand, kDecision } kind = Kind::kTick;
  Command command = Command::kStop;
  DecisionInput decision;
};

enum class ActionKind : std::uint8_t {
  kResetSource,
  kArmDark,
  kArmAir,
  kArmScan,
  kStartCapture,
  kStopCapture,
  kOpenRecord,
  kCloseRecord,
  kVehicleArrived,
  kVehicleLeft,
  kReviewWanted,
  kDecided,
  kCalibrationGood,
  kCalibrationFailed,
  kToBay,         ///< The vehicle leaves for bay State::bay, undecided.
  kVehicleInBay,  ///< It has left the tunnel for that bay.
  kSentRound,     ///< It has left as decided, to come again and be scanned again.
  kTailgated,     ///< Another vehicle followed it in.
  kCallOperator,  ///< `reason`: which step of the driver takes too long.
};
struct Action {
  ActionKind kind = ActionKind::kStopCapture;
  core::ScanOutcome outcome = core::ScanOutcome::kRunning;  ///< Of kCloseRecord.
  std::string_view reason;                                  ///< Static text.
};
class Actions {
 public:
  void add(Action action) noexcept;
  [[nodiscard]] const Action* begin() const noexcept { return items_.data(); }
  [[nodiscard]] const Action* end() const noexcept { return items_.data() + count_; }
  [[nodiscard]] std::size_t size() const noexcept { return count_; }
  [[nodiscard]] bool has(ActionKind kind) const noexcept;

 private:
  std::array<Action, 16> items_{};
  std::size_t count_ = 0;
};

struct StepResult {
  State state;
  Actions actions;
  bool accepted = true;      ///< Of a command or decision.
  std::string_view refusal;  ///< Why not; static text.
};

/// One step: at every poll with a tick, and once for every command and decision.
[[nodiscard]] StepResult step(const State& state, const Inputs& inputs, const Event& event,
                              core::TimePoint now, const CycleConfig& config) noexcept;

/// The levels wanted in `state`: what goes to the PLC and the source.
struct Outputs {
  plc::PlcOutputs plc;
  bool source_beam = false;
  bool source_warm = false;
};
[[nodiscard]] Outputs outputs_of(const State& state, const Inputs& inputs, core::TimePoint now,
                                 const CycleConfig& config) noexcept;

/// Empty where the command would be accepted now, else the reason: the one table.
[[nodiscard]] std::string_view command_refusal(const State& state, const Inputs& inputs,
                                               Command command, core::TimePoint now,
                                               const CycleConfig& config) noexcept;
[[nodiscard]] std::string_view decision_refusal(const State& state, const Inputs& inputs,
                                                const DecisionInput& decision,
                                                const CycleConfig& config) noexcept;

/// Whether the timer of `threshold` has run for its length; a timer that does not run has not.
[[nodiscard]] bool passed(Threshold threshold, const State& state, const Inputs& inputs,
                          core::TimePoint now, const CycleConfig& config) noexcept;
enum class Timer : std::uint8_t { kState, kPhase, kWarning, kEmpty, kReset, kGrace };
struct ThresholdInfo {
  std::string_view name;  ///< "warning_min"
  Timer timer = Timer::kState;
};
[[nodiscard]] const ThresholdInfo& threshold_info(Threshold threshold) noexcept;
/// How long its timer must have run; of kBeamGrace zero: its timer carries its own end.
[[nodiscard]] core::Duration threshold_length(Threshold threshold,
                                              const CycleConfig& config) noexcept;

/// The table of changes of state: no step makes another.
[[nodiscard]] bool transition_allowed(CycleState from, CycleState to) noexcept;
/// The table of commands: false where `command` is refused in `state` whatever the inputs are.
[[nodiscard]] bool command_possible(CycleState state, Command command) noexcept;

/// What a release needs besides a decision on the right scan: the same in the tunnel and in a bay.
[[nodiscard]] std::string_view release_refusal(const Inputs& inputs, const DecisionInput& decision,
                                               const CycleConfig& config) noexcept;

[[nodiscard]] bool condition_holds(Condition condition, const State& state, const Inputs& inputs,
                                   core::TimePoint now, const CycleConfig& config) noexcept;
/// The first condition up to `stage` that fails; none: allowed. Each is a guard (lane/guards.h).
[[nodiscard]] std::optional<Condition> first_failing(Stage stage, const State& state,
                                                     const Inputs& inputs, core::TimePoint now,
                                                     const CycleConfig& config) noexcept;
/// True for the states in which beam exists at all.
[[nodiscard]] bool state_may_have_beam(CycleState state) noexcept;

}  // namespace portcullis::lane
