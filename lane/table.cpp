// The tables of the cycle: what is allowed in which state, and what is asked for in it.
#include <algorithm>

#include "lane/cycle.h"
#include "lane/panel.h"

namespace portcullis::lane {
namespace {

enum class Barrier : std::uint8_t { kHold, kOpen, kClose };

struct Road {
  Barrier entry = Barrier::kHold;
  Barrier exit = Barrier::kHold;
  bool entry_green = false;
  bool exit_green = false;
  std::uint16_t panel = sign::kBlank;
};

/// The lane can take a vehicle from end to end: nothing that a scan needs is known to be missing.
bool ready_for_vehicle(const Inputs& in, const CycleConfig& config) {
  if (first_missing(GuardList::kReadyForVehicle, in) != nullptr) return false;
  if (!guard(Guard::kEntryOpensBehindClosedExit, in[Input::kExitClosed])) return false;
  return !config.review_in_bays || guard(Guard::kEntryNeedsFreeBay, in[Input::kBayFree]);
}

std::uint16_t way_out_panel(const State& s) {
  if (s.bay != 0) return static_cast<std::uint16_t>(sign::kGoToBay + s.bay);
  if (s.cycle == CycleState::kReleasing) return sign::kDriveOn;
  return s.decision == core::DecisionKind::kRescan ? sign::kToEntry : sign::kToInspection;
}

Road road_of(const State& s, const Inputs& in, core::TimePoint now, const CycleConfig& config) {
  using enum CycleState;
  Road road;
  switch (s.cycle) {
    case kCalibrating:
    case kWarmUp:
      if (s.vehicle == 0 && in[Input::kLaneEmpty] && in[Input::kEntryFree])
        road.entry = road.exit = Barrier::kClose;
      break;
    case kIdle:
      road.exit = Barrier::kClose;
      road.entry = ready_for_vehicle(in, config) ? Barrier::kOpen
                   : in[Input::kEntryFree]       ? Barrier::kClose
                                                 : Barrier::kHold;
      // A vehicle that drove in just after beam would have no valid radiation measurement.
      road.entry_green = road.entry == Barrier::kOpen &&
                         passed(Threshold::kPortalAfterBeam, s, in, now, config) &&
                         guard(Guard::kEntryGreenOnlyOpen, in[Input::kEntryOpen]);
      break;
    case kEntering:
      road.entry = Barrier::kOpen;
      road.exit = Barrier::kClose;
      road.panel = sign::kDriveOn;
      break;
    case kIdentifying: {
      road.entry = in[Input::kEntryFree] ? Barrier::kClose : Barrier::kHold;
      road.exit = in[Input::kVehicleAtExit] ? Barrier::kHold : Barrier::kClose;
      if (config.drive_through)
        road.panel =
            passed(Threshold::kPanelEngineOff, s, in, now, config) ? sign::kWait : sign::kStop;
      else if (in[Input::kCabClear])
        road.panel = sign::kStandHere;
      else if (passed(Threshold::kPanelLeaveCab, s, in, now, config))
        road.panel = sign::kLeaveCab;
      else
        road.panel =
            passed(Threshold::kPanelEngineOff, s, in, now, config) ? sign::kEngineOff : sign::kStop;
      break;
    }
    case kAwaitingClear:
      road.entry = in[Input::kEntryFree] ? Barrier::kClose : Barrier::kHold;
      road.exit = in[Input::kVehicleAtExit] ? Barrier::kHold : Barrier::kClose;
      road.panel = config.drive_through ? sign::kWait : sign::kStandHere;
      break;
    case kWarning:
    case kScanning:
    case kFinishing:
      road.panel = !config.drive_through ? sign::kStandHere
                   : s.motion_requested  ? sign::kDriveOn
                                         : sign::kWait;
      break;
    case kReviewing:
      road.panel = sign::kWait;
      break;
    case kReleasing:
    case kHolding:
      if (s.phase == Phase::kReturnDriver) road.panel = sign::kReturn;
      if (s.phase == Phase::kIsolated) road.panel = sign::kWait;
      if (s.phase == Phase::kOpenExit || s.phase == Phase::kDriveOut) {
        road.exit = Barrier::kOpen;
        road.exit_green =
            s.phase == Phase::kDriveOut && guard(Guard::kExitGreenOnlyOpen, in[Input::kExitOpen]);
        road.panel = way_out_panel(s);
      }
      break;
    case kOff:
    case kSelfTest:
    case kMaintenance:
      break;
    case kStopped:
    case kFaulted:
      if (s.vehicle != 0) road.panel = sign::kStop;
      break;
  }
  // A barrier never closes on a vehicle, whatever the state wants.
  if (road.entry == Barrier::kClose &&
      !guard(Guard::kEntryClosesOnNothing, in[Input::kEntryClearBeneath]))
    road.entry = Barrier::kHold;
  if (road.exit == Barrier::kClose &&
      !guard(Guard::kExitClosesOnNothing, in[Input::kExitClearBeneath]))
    road.exit = Barrier::kHold;
  return road;
}

constexpr std::uint32_t states(std::initializer_list<CycleState> list) {
  std::uint32_t mask = 0;
  for (const CycleState state : list) mask |= 1U << static_cast<unsigned>(state);
  return mask;
}
constexpr bool contains(std::uint32_t mask, CycleState state) {
  return (mask >> static_cast<unsigned>(state) & 1U) != 0;
}

constexpr std::array<std::uint32_t, kCycleStateCount> transition_table() {
  using enum CycleState;
  // Where every state leads that works: an emergency stop or Stop, a latched fault, the key.
  constexpr std::uint32_t kHalts = states({kStopped, kFaulted, kOff});
  return {
      /* Off           */ states({kSelfTest, kFaulted, kMaintenance}),
      /* SelfTest      */ kHalts | states({kWarmUp, kMaintenance}),
      /* WarmUp        */ kHalts |
          states({kIdle, kCalibrating, kIdentifying, kReviewing, kReleasing, kHolding}),
      /* Calibrating   */ kHalts | states({kIdle}),
      /* Idle          */ kHalts | states({kEntering, kIdentifying, kWarmUp, kCalibrating}),
      /* Entering      */ kHalts | states({kIdentifying, kIdle}),
      /* Identifying   */ kHalts | states({kAwaitingClear, kIdle}),
      /* AwaitingClear */ kHalts | states({kWarning, kHolding, kIdle}),
      /* Warning       */ kHalts | states({kScanning, kAwaitingClear}),
      /* Scanning      */ kHalts | states({kFinishing, kAwaitingClear}),
      /* Finishing     */ kHalts | states({kReviewing, kHolding, kAwaitingClear}),
      /* Reviewing     */ kHalts | states({kReleasing, kHolding, kAwaitingClear}),
      /* Releasing     */ kHalts | states({kIdle}),
      /* Holding       */ kHalts | states({kIdle, kReleasing}),
      /* Stopped       */ states({kSelfTest, kMaintenance}),
      /* Faulted       */ states({kSelfTest, kStopped, kMaintenance}),
      /* Maintenance   */ states({kOff}),
  };
}
constexpr auto kTransitions = transition_table();

struct CommandRow {
  Command command;
  std::uint32_t possible;
  std::string_view elsewhere;  ///< The refusal in all other states.
};
constexpr std::array<CommandRow, kCommandCount> command_table() {
  using enum CycleState;
  return {{
      {Command::kStart, states({kAwaitingClear}),
       "a Start is possible only with a vehicle in the tunnel that waits to be scanned"},
      {Command::kStop, ~0U, {}},
      {Command::kReset, states({kStopped, kFaulted}),
       "there is nothing to reset: the lane is neither stopped nor faulted"},
      {Command::kWarmUp, states({kSelfTest, kIdle}),
       "warming up is possible after the self-test and in Idle only"},
      {Command::kCalibrate, states({kIdle}), "calibration is possible in Idle only"},
      {Command::kMaintenanceEnter, states({kOff, kSelfTest, kStopped, kFaulted}),
       "maintenance begins from Off, SelfTest, Stopped or Faulted only"},
      {Command::kMaintenanceLeave, states({kMaintenance}), "the lane is not in maintenance"},
  }};
}
constexpr auto kCommands = command_table();
constexpr bool command_rows_in_order() {
  for (std::size_t i = 0; i < kCommands.size(); ++i)
    if (kCommands[i].command != static_cast<Command>(i)) return false;
  return true;
}
static_assert(command_rows_in_order());

std::string_view start_refusal(const State& s, const Inputs& in, core::TimePoint now,
                               const CycleConfig& config) {
  if (const auto missing = first_failing(Stage::kStart, s, in, now, config))
    return condition_text(*missing);
  if (!guard(Guard::kStartAfterRecord, in[Input::kRecordEnded]))
    return "the record of the scan before is not closed yet";
  if (!guard(Guard::kStartAfterWarningTail, !s.warning_tail))
    return "the warning of the scan before has not ended yet";
  if (!guard(Guard::kStartAtStandstill, in[Input::kStandstill])) return "the gantry still moves";
  return {};
}

std::string_view reset_refusal(const State& s, const Inputs& in) {
  if (!guard(Guard::kResetOnce, !s.reset_since)) return "a reset is under way";
  const Input* missing = first_missing(GuardList::kReset, in);
  if (missing == nullptr) return {};
  switch (*missing) {
    case Input::kPlcFresh:
      return condition_text(Condition::kPlcFresh);
    case Input::kEstopButtonsReleased:
      return "an emergency stop is still pressed";
    case Input::kChannelsAgree:
      return fault_text(Fault::kChannelsDiffer);
    case Input::kBeamOffMeansAgree:
      return fault_text(Fault::kBeamOffMeansDiffer);
    case Input::kBeamNotSensed:
      return "beam is still sensed";
    case Input::kDoseMonitorsWell:
      return condition_text(Condition::kDoseMonitorsWell);
    default:
      return condition_text(Condition::kPlcHeartbeat);
  }
}

std::string_view calibrate_refusal(const Inputs& in) {
  const Input* missing = first_missing(GuardList::kCalibrate, in);
  if (missing == nullptr) return {};
  return *missing == Input::kSourceReady        ? condition_text(Condition::kSourceReady)
         : *missing == Input::kAcquisitionAlive ? condition_text(Condition::kAcquisitionAlive)
                                                : "the lane is not empty";
}

}  // namespace

bool transition_allowed(CycleState from, CycleState to) noexcept {
  return from == to || contains(kTransitions[static_cast<std::size_t>(from)], to);
}

bool command_possible(CycleState state, Command command) noexcept {
  return contains(kCommands[static_cast<std::size_t>(command)].possible, state);
}

namespace {

/// Slow from where the start should be on: the limit switch is to be met gently.
constexpr std::int32_t kHomingCreep_mm_s = 150;

std::int32_t homing_speed_mm_s(const Inputs& in, const CycleConfig& config) {
  return in[Input::kGantryAtStart] ? std::min(kHomingCreep_mm_s, config.return_speed_mm_s)
                                   : config.return_speed_mm_s;
}

}  // namespace

Outputs outputs_of(const State& s, const Inputs& in, core::TimePoint now,
                   const CycleConfig& config) noexcept {
  Outputs out;
  const Road road = road_of(s, in, now, config);
  plc::PlcOutputs& p = out.plc;
  p.request_beam_permit = s.beam_permit_requested;
  // Asked for with a person detected, motion would not be granted; nor is it asked.
  p.request_motion =
      s.motion_requested && guard(Guard::kMotionWithoutPeople, in[Input::kPeopleClear]);
  p.warning_on = s.warning_since.has_value() || s.warning_tail;
  p.barrier_entry_open = road.entry == Barrier::kOpen;
  p.barrier_entry_close = road.entry == Barrier::kClose;
  p.barrier_exit_open = road.exit == Barrier::kOpen;
  p.barrier_exit_close = road.exit == Barrier::kClose;
  p.light_entry_green = road.entry_green;
  p.light_entry_red = !road.entry_green;
  p.light_exit_green = road.exit_green;
  p.light_exit_red = !road.exit_green;
  p.fault_reset = s.reset_since.has_value();
  p.direction = p.request_motion ? static_cast<std::uint16_t>(s.direction) : std::uint16_t{0};
  p.target_speed_mm_s = !p.request_motion           ? 0
                        : s.phase == Phase::kHoming ? homing_speed_mm_s(in, config)
                                                    : config.scan_speed_mm_s;
  p.lane_state = static_cast<std::uint16_t>(s.cycle);
  p.driver_panel_message = road.panel;
  out.source_beam = s.source_beam_requested;
  out.source_warm = s.cycle >= CycleState::kWarmUp && s.cycle <= CycleState::kHolding;
  return out;
}

std::string_view command_refusal(const State& s, const Inputs& in, Command command,
                                 core::TimePoint now, const CycleConfig& config) noexcept {
  if (!guard(command, command_possible(s.cycle, command)))
    return kCommands[static_cast<std::size_t>(command)].elsewhere;
  switch (command) {
    case Command::kStart:
      return start_refusal(s, in, now, config);
    case Command::kReset:
      return reset_refusal(s, in);
    case Command::kWarmUp:
      if (s.cycle == CycleState::kSelfTest &&
          first_missing(GuardList::kWarmUpCommand, in) != nullptr)
        return "the self-test has not passed";
      return {};
    case Command::kCalibrate:
      return calibrate_refusal(in);
    case Command::kMaintenanceEnter:
      if (!guard(Guard::kMaintenanceNeedsKey, in[Input::kKeyService]))
        return "the key is not at service";
      return {};
    case Command::kStop:
    case Command::kMaintenanceLeave:
      return {};
  }
  return "unknown command";
}

std::string_view release_refusal(const Inputs& in, const DecisionInput& decision,
                                 const CycleConfig& config) noexcept {
  if (config.second_reader &&
      !guard(Guard::kReleaseByTwo,
             in.noted(readable(DecisionFact::kTwoOfficers), decision.two_officers)))
    return "a release needs a second reader here";
  if (!config.radiation_required ||
      in.noted(readable(DecisionFact::kRadiationAdjudicated), decision.radiation_adjudicated))
    return {};
  if (!guard(Guard::kReleaseNeedsMeasurement, in[Input::kRadiationMeasured]))
    return "there is no valid radiation measurement: it must be adjudicated";
  if (!guard(Guard::kReleaseNeedsNoAlarm, in[Input::kRadiationClear]))
    return "the radiation alarm is open: it must be adjudicated";
  return {};
}

std::string_view decision_refusal(const State& s, const Inputs& in, const DecisionInput& decision,
                                  const CycleConfig& config) noexcept {
  const bool reviewing = s.cycle == CycleState::kReviewing;
  const bool isolated = s.cycle == CycleState::kHolding && s.phase == Phase::kIsolated;
  if (!guard(Guard::kDecisionWhereOneIsAwaited,
             reviewing || isolated || s.cycle == CycleState::kAwaitingClear))
    return "no vehicle waits for a decision";
  if (!guard(Guard::kDecisionOfThisVehicle,
             in.noted(readable(DecisionFact::kOfThisVehicle), decision.of_this_vehicle)))
    return "the decision is not about the scan in review";
  if (decision.kind == core::DecisionKind::kRescan && !guard(Guard::kRescanInReview, reviewing))
    return "there is no scan to repeat";
  if (decision.kind != core::DecisionKind::kRelease) return {};
  if (!guard(Guard::kReleaseAfterScan, s.vehicle_scanned))
    return "a vehicle without a complete scan cannot be released";
  return release_refusal(in, decision, config);
}

}  // namespace portcullis::lane
