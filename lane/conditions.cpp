// Names and texts of the cycle's parts, and the conditions of beam.
#include "core/assert.h"
#include "lane/cycle.h"

namespace portcullis::lane {
namespace {

struct ConditionRow {
  Condition condition;
  Stage stage;
  std::string_view name;
  std::string_view text;
};

constexpr std::array<ConditionRow, kConditionCount> kConditions = {{
    {Condition::kPlcFresh, Stage::kStart, "plc_fresh", "data of the PLC are stale or incomplete"},
    {Condition::kPlcHeartbeat, Stage::kStart, "plc_heartbeat", "the PLC's heartbeat stands still"},
    {Condition::kCommandsConfirmed, Stage::kStart, "commands_confirmed",
     "the PLC does not confirm the lane's commands"},
    {Condition::kPlcRunning, Stage::kStart, "plc_running", "the PLC is not in mode running"},
    {Condition::kHardwareKindsAgree, Stage::kStart, "hardware_kinds_agree",
     "simulated and real hardware are mixed, or a device has not said which it is"},
    {Condition::kNoStop, Stage::kStart, "no_stop",
     "an emergency stop is pressed or its chain is open"},
    {Condition::kNoLatchedFault, Stage::kStart, "no_latched_fault",
     "a fault is latched: remove its cause, then reset"},
    {Condition::kKeyOn, Stage::kStart, "key_on", "the key is not at on"},
    {Condition::kNoBypass, Stage::kStart, "no_bypass", "an interlock bypass is active"},
    {Condition::kDoorsClosed, Stage::kStart, "doors_closed",
     "a door is not closed on both channels"},
    {Condition::kCurtainsClear, Stage::kStart, "curtains_clear",
     "a light curtain is not clear on both channels"},
    {Condition::kBarriersClosed, Stage::kStart, "barriers_closed", "a barrier is not closed"},
    {Condition::kPeopleClear, Stage::kStart, "people_clear",
     "a person is in the area, or the detection is not trusted"},
    {Condition::kVehicleClear, Stage::kStart, "vehicle_clear",
     "the cab is not clear (or, to calibrate, the lane is not empty)"},
    {Condition::kNoSecondVehicle, Stage::kStart, "no_second_vehicle",
     "another vehicle is within 10 m upstream, or its sensor is not trusted"},
    {Condition::kSearchComplete, Stage::kStart, "search_complete",
     "the search of the area is not complete"},
    {Condition::kDoseMonitorsWell, Stage::kStart, "dose_monitors_well",
     "an area dose monitor has failed or is in alarm"},
    {Condition::kBeamOffMeansAgree, Stage::kStart, "beam_off_means_agree",
     "high-voltage contactor and trigger inhibit disagree"},
    {Condition::kGantryInside, Stage::kStart, "gantry_inside", "the gantry is outside its limits"},
    {Condition::kSourceAlive, Stage::kStart, "source_alive",
     "no fresh answer from the X-ray source"},
    {Condition::kSourceReady, Stage::kStart, "source_ready", "the X-ray source is not ready"},
    {Condition::kAcquisitionAlive, Stage::kStart, "acquisition_alive",
     "no fresh answer from the detector"},
    {Condition::kStorageReady, Stage::kStart, "storage_ready", "no room to store a scan"},
    {Condition::kMainsPower, Stage::kStart, "mains_power",
     "the lane runs on battery: no new scan begins"},
    {Condition::kCalibrated, Stage::kStart, "calibrated", "the detector is not calibrated"},
    {Condition::kStateHasBeam, Stage::kPermit, "state_has_beam", "there is no beam in this state"},
    {Condition::kActValid, Stage::kPermit, "act_valid", "no Start is given for this vehicle"},
    {Condition::kWarningRan, Stage::kPermit, "warning_ran", "the warning has not run for its time"},
    {Condition::kLampProven, Stage::kPermit, "lamp_proven", "the warning lamp draws no current"},
    {Condition::kMotionAsNeeded, Stage::kPermit, "motion_as_needed",
     "the gantry is not in its speed band (to calibrate: at a standstill)"},
    {Condition::kCabPassed, Stage::kPermit, "cab_passed",
     "the driver's cab has not passed the beam"},
    {Condition::kRecordOpen, Stage::kPermit, "record_open", "the record of the scan is not open"},
    {Condition::kBeamPermit, Stage::kSource, "beam_permit",
     "the safety PLC does not grant the beam permit"},
    {Condition::kMotionPermit, Stage::kSource, "motion_permit",
     "the safety PLC does not grant the motion permit"},
    {Condition::kBeamEnabled, Stage::kSource, "beam_enabled",
     "contactor or trigger inhibit keep the beam off"},
    {Condition::kCaptureRunning, Stage::kSource, "capture_running",
     "the detector is not taking lines"},
}};

constexpr bool condition_rows_in_order() {
  for (std::size_t i = 0; i < kConditions.size(); ++i)
    if (kConditions[i].condition != static_cast<Condition>(i)) return false;
  return true;
}
static_assert(condition_rows_in_order());

constexpr std::array<std::string_view, kCycleStateCount> kStateNames = {
    "Off",         "SelfTest",      "WarmUp",  "Calibrating", "Idle",       "Entering",
    "Identifying", "AwaitingClear", "Warning", "Scanning",    "Finishing",  "Reviewing",
    "Releasing",   "Holding",       "Stopped", "Faulted",     "Maintenance"};
constexpr std::array<std::string_view, kCommandCount> kCommandNames = {
    "START", "STOP", "RESET", "WARM_UP", "CALIBRATE", "MAINTENANCE_ENTER", "MAINTENANCE_LEAVE"};
constexpr std::array<std::string_view, kInputCount> kInputNames = {"plc_fresh",
                                                                   "plc_heartbeat",
                                                                   "commands_confirmed",
                                                                   "plc_running",
                                                                   "plc_fault_free",
                                                                   "estop_healthy",
                                                                   "estop_buttons_released",
                                                                   "key_on",
                                                                   "key_off",
                                                                   "key_service",
                                                                   "no_bypass",
                                                                   "doors_closed",
                                                                   "curtains_clear",
                                                                   "channels_agree",
                                                                   "beam_off_means_agree",
                                                                   "search_complete",
                                                                   "barriers_closed",
                                                                   "people_clear",
                                                                   "cab_clear",
                                                                   "cab_occupied",
                                                                   "lane_empty",
                                                                   "dose_monitors_well",
                                                                   "lamp_proven",
                                                                   "beam_not_sensed",
                                                                   "beam_enabled",
                                                                   "beam_permit_granted",
                                                                   "motion_permit_granted",
                                                                   "standstill",
                                                                   "moving_forward",
                                                                   "gantry_inside",
                                                                   "gantry_at_start",
                                                                   "gantry_at_end",
                                                                   "gantry_homed",
                                                                   "speed_in_band_forward",
                                                                   "speed_in_band_back",
                                                                   "travel_done_forward",
                                                                   "travel_done_back",
                                                                   "vehicle_at_entry",
                                                                   "entry_free",
                                                                   "vehicle_in_tunnel",
                                                                   "vehicle_at_exit",
                                                                   "no_second_vehicle",
                                                                   "cab_seen",
                                                                   "cab_past",
                                                                   "entry_open",
                                                                   "entry_closed",
                                                                   "exit_open",
                                                                   "exit_closed",
                                                                   "entry_clear_beneath",
                                                                   "exit_clear_beneath",
                                                                   "hardware_kinds_agree",
                                                                   "source_alive",
                                                                   "source_ready",
                                                                   "source_fault_free",
                                                                   "source_on",
                                                                   "acquisition_alive",
                                                                   "capture_armed",
                                                                   "capture_running",
                                                                   "capture_done",
                                                                   "capture_failed",
                                                                   "calibrated",
                                                                   "record_open",
                                                                   "record_stored",
                                                                   "record_ended",
                                                                   "record_failed",
                                                                   "storage_ready",
                                                                   "mains_power",
                                                                   "bay_free",
                                                                   "identity_read",
                                                                   "radiation_measured",
                                                                   "radiation_clear",
                                                                   "memory_well"};
static_assert(!kInputNames.back().empty());

struct FaultRow {
  std::string_view name;
  std::string_view text;
};
constexpr std::array<FaultRow, kFaultCount> kFaults = {{
    {"plc_stale", "the PLC's data became stale"},
    {"plc_heartbeat", "the PLC's heartbeat stood still"},
    {"commands_unconfirmed", "the PLC did not confirm the lane's commands"},
    {"plc_fault", "the safety PLC reported a fault"},
    {"channels_differ", "the two channels of a door or curtain differed for more than 0.5 s"},
    {"beam_off_means_differ",
     "high-voltage contactor and trigger inhibit differed for more than 0.5 s"},
    {"beam_unrequested", "beam was sensed without a request"},
    {"lamp_failed", "the warning lamp drew no current with the warning on"},
    {"dose_monitors", "an area dose monitor failed or gave alarm"},
    {"source_fault", "the X-ray source reported a fault"},
    {"no_memory", "the lane's program had no memory; end other programs on this machine"},
}};

}  // namespace

namespace {

/// The portal judges no sample of the second after beam.
constexpr core::Duration kPortalAfterBeamFor = std::chrono::milliseconds(1200);
constexpr core::Duration kPanelStopFor = std::chrono::milliseconds(500);
constexpr core::Duration kPanelEngineOffFor = std::chrono::milliseconds(1000);
constexpr core::Duration kResetPulseLength = std::chrono::milliseconds(200);
constexpr core::Duration kResetWaitMax = std::chrono::seconds(2);
constexpr core::Duration kWarningLegalMin = std::chrono::seconds(5);

constexpr std::array<ThresholdInfo, kThresholdCount> kThresholds = {{
    {"portal_after_beam", Timer::kState}, {"panel_engine_off", Timer::kState},
    {"panel_leave_cab", Timer::kState},   {"identity_max", Timer::kState},
    {"warning_max", Timer::kState},       {"review_max", Timer::kState},
    {"next_step", Timer::kPhase},         {"calibration_wait_max", Timer::kPhase},
    {"dark_max", Timer::kPhase},          {"drain_max", Timer::kPhase},
    {"permit_max", Timer::kPhase},        {"record_max", Timer::kPhase},
    {"driver_step_max", Timer::kPhase},   {"lamp_max", Timer::kWarning},
    {"warning_min", Timer::kWarning},     {"warning_legal", Timer::kWarning},
    {"air_max", Timer::kWarning},         {"gone_for", Timer::kEmpty},
    {"reset_pulse", Timer::kReset},       {"reset_max", Timer::kReset},
    {"beam_grace", Timer::kGrace},
}};

/// How long the timer has run; nothing where it does not run.
std::optional<core::Duration> timer_age(Timer timer, const State& s, core::TimePoint now) {
  switch (timer) {
    case Timer::kState:
      return now - s.entered;
    case Timer::kPhase:
      return now - s.phase_entered;
    case Timer::kWarning:
      return s.warning_since ? std::optional(now - *s.warning_since) : std::nullopt;
    case Timer::kEmpty:
      return s.empty_since ? std::optional(now - *s.empty_since) : std::nullopt;
    case Timer::kReset:
      return s.reset_since ? std::optional(now - *s.reset_since) : std::nullopt;
    case Timer::kGrace:
      return now - s.beam_grace_until;
  }
  return std::nullopt;
}

}  // namespace

const ThresholdInfo& threshold_info(Threshold threshold) noexcept {
  return kThresholds[static_cast<std::size_t>(threshold)];
}

core::Duration threshold_length(Threshold threshold, const CycleConfig& c) noexcept {
  switch (threshold) {
    case Threshold::kPortalAfterBeam:
      return kPortalAfterBeamFor;
    case Threshold::kPanelEngineOff:
      return kPanelStopFor;
    case Threshold::kPanelLeaveCab:
      return kPanelEngineOffFor;
    case Threshold::kIdentityMax:
      return c.identity_max;
    case Threshold::kWarningMax:
      return c.warning_max;
    case Threshold::kReviewMax:
      return c.review_max;
    case Threshold::kNextStep:
      return core::Duration(1);
    case Threshold::kCalibrationWaitMax:
      return c.calibration_wait_max;
    case Threshold::kDarkMax:
      return c.calibration_beam_max;
    case Threshold::kDrainMax:
      return c.drain_max;
    case Threshold::kPermitMax:
      return c.permit_max;
    case Threshold::kRecordMax:
      return c.record_max;
    case Threshold::kDriverStepMax:
      return c.driver_step_max;
    case Threshold::kLampMax:
      return c.lamp_max;
    case Threshold::kWarningMin:
      return c.warning_min;
    case Threshold::kWarningLegal:
      return kWarningLegalMin;
    case Threshold::kAirMax:
      return c.warning_min + c.calibration_beam_max;
    case Threshold::kGoneFor:
      return c.gone_for;
    case Threshold::kResetPulse:
      return kResetPulseLength;
    case Threshold::kResetMax:
      return kResetWaitMax;
    case Threshold::kBeamGrace:
      return core::Duration::zero();
  }
  return core::Duration::max();
}

bool passed(Threshold threshold, const State& state, const Inputs& inputs, core::TimePoint now,
            const CycleConfig& config) noexcept {
  const auto age = timer_age(threshold_info(threshold).timer, state, now);
  if (!age) return false;  // known from the state alone: nothing was looked at
  return inputs.noted(readable(threshold), *age >= threshold_length(threshold, config));
}

std::string_view cycle_state_name(CycleState state) noexcept {
  return kStateNames[static_cast<std::size_t>(state)];
}
std::string_view command_name(Command command) noexcept {
  return kCommandNames[static_cast<std::size_t>(command)];
}
std::string_view input_name(Input input) noexcept {
  return kInputNames[static_cast<std::size_t>(input)];
}
std::string_view fault_name(Fault fault) noexcept {
  return kFaults[static_cast<std::size_t>(fault)].name;
}
std::string_view fault_text(Fault fault) noexcept {
  return kFaults[static_cast<std::size_t>(fault)].text;
}
std::string_view condition_name(Condition c) noexcept {
  return kConditions[static_cast<std::size_t>(c)].name;
}
std::string_view condition_text(Condition c) noexcept {
  return kConditions[static_cast<std::size_t>(c)].text;
}

bool state_may_have_beam(CycleState state) noexcept {
  return state == CycleState::kWarmUp || state == CycleState::kCalibrating ||
         state == CycleState::kScanning;
}

namespace {

bool act_is_valid(const State& state) {
  // A consumed act carries only the request that consumed it.
  if (state.act.consumed && !state.beam_permit_requested) return false;
  if (state.cycle == CycleState::kCalibrating) return state.act.kind == Act::Kind::kCalibrate;
  return state.act.kind == Act::Kind::kScan && state.vehicle != 0 &&
         state.act.vehicle == state.vehicle;
}

bool speed_in_band(const State& state, const Inputs& inputs) {
  return inputs[state.direction == Direction::kBack ? Input::kSpeedInBandBack
                                                    : Input::kSpeedInBandForward];
}

}  // namespace

bool condition_holds(Condition condition, const State& state, const Inputs& inputs,
                     core::TimePoint now, const CycleConfig& config) noexcept {
  const bool calibrating = state.cycle == CycleState::kCalibrating;
  switch (condition) {
    case Condition::kPlcFresh:
      return inputs[Input::kPlcFresh];
    case Condition::kPlcHeartbeat:
      return inputs[Input::kPlcHeartbeat];
    case Condition::kCommandsConfirmed:
      return inputs[Input::kCommandsConfirmed];
    case Condition::kPlcRunning:
      return inputs[Input::kPlcRunning];
    case Condition::kHardwareKindsAgree:
      return inputs[Input::kHardwareKindsAgree];
    case Condition::kNoStop:
      return inputs[Input::kEstopHealthy];
    case Condition::kNoLatchedFault:
      return state.latched.none();
    case Condition::kKeyOn:
      return inputs[Input::kKeyOn];
    case Condition::kNoBypass:
      return inputs[Input::kNoBypass];
    case Condition::kDoorsClosed:
      return inputs[Input::kDoorsClosed];
    case Condition::kCurtainsClear:
      return inputs[Input::kCurtainsClear];
    case Condition::kBarriersClosed:
      return inputs[Input::kBarriersClosed];
    case Condition::kPeopleClear:
      return inputs[Input::kPeopleClear];
    case Condition::kVehicleClear:
      return calibrating ? inputs[Input::kLaneEmpty]
                         : inputs[Input::kVehicleInTunnel] &&
                               (config.drive_through || inputs[Input::kCabClear]);
    case Condition::kNoSecondVehicle:
      return !config.drive_through || inputs[Input::kNoSecondVehicle];
    case Condition::kSearchComplete:
      // Nobody can search an area in which a driver sits in his cab.
      return config.drive_through || inputs[Input::kSearchComplete];
    case Condition::kDoseMonitorsWell:
      return inputs[Input::kDoseMonitorsWell];
    case Condition::kBeamOffMeansAgree:
      return inputs[Input::kBeamOffMeansAgree];
    case Condition::kGantryInside:
      return config.drive_through || inputs[Input::kGantryInside];
    case Condition::kSourceAlive:
      return inputs[Input::kSourceAlive];
    case Condition::kSourceReady:
      return inputs[Input::kSourceReady];
    case Condition::kAcquisitionAlive:
      return inputs[Input::kAcquisitionAlive];
    case Condition::kStorageReady:
      return calibrating || state.record_open || inputs[Input::kStorageReady];
    case Condition::kMainsPower:
      return state.record_open || inputs[Input::kMainsPower];
    case Condition::kCalibrated:
      return calibrating || inputs[Input::kCalibrated];
    case Condition::kStateHasBeam:
      return calibrating || state.cycle == CycleState::kScanning;
    case Condition::kActValid:
      return act_is_valid(state);
    case Condition::kWarningRan:
      return passed(Threshold::kWarningMin, state, inputs, now, config);
    case Condition::kLampProven:
      return inputs[Input::kLampProven];
    case Condition::kMotionAsNeeded:
      return calibrating ? inputs[Input::kStandstill]
                         : state.motion_requested && speed_in_band(state, inputs);
    case Condition::kCabPassed:
      return !config.drive_through || calibrating || state.cab_passed;
    case Condition::kRecordOpen:
      return calibrating || (state.record_open && inputs[Input::kRecordOpen]);
    case Condition::kBeamPermit:
      return inputs[Input::kBeamPermitGranted];
    case Condition::kMotionPermit:
      return calibrating || inputs[Input::kMotionPermitGranted];
    case Condition::kBeamEnabled:
      return inputs[Input::kBeamEnabled];
    case Condition::kCaptureRunning:
      return calibrating || inputs[Input::kCaptureRunning];
  }
  return false;
}

std::optional<Condition> first_failing(Stage stage, const State& state, const Inputs& inputs,
                                       core::TimePoint now, const CycleConfig& config) noexcept {
  for (const ConditionRow& row : kConditions)
    if (row.stage <= stage &&
        !guard(row.condition, condition_holds(row.condition, state, inputs, now, config)))
      return row.condition;
  return std::nullopt;
}

void Actions::add(Action action) noexcept {
  PC_ASSERT(count_ < items_.size());
  items_[count_++] = action;
}

bool Actions::has(ActionKind kind) const noexcept {
  for (const Action& action : *this)
    if (action.kind == kind) return true;
  return false;
}

}  // namespace portcullis::lane
