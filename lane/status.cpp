#include "lane/status.h"

#include <fmt/format.h>

#include <algorithm>

#include "lane/panel.h"

namespace portcullis::lane {
namespace {

using Level = LaneSnapshot::Device::Level;

/// The PLC's first-out code for the heartbeat that it wants from the lane.
constexpr std::size_t kPlcCauseLaneHeartbeat = 201;

std::string age_text(core::Duration age) {
  return fmt::format("{:.1f} s", std::chrono::duration<double>(age).count());
}

std::string barrier_word(bool open, bool closed) {
  return open ? "open" : closed ? "closed" : "moving";
}

std::string_view hardware_word(HardwareKind kind) {
  return kind == HardwareKind::kReal        ? "real"
         : kind == HardwareKind::kSimulated ? "simulated"
                                            : "unknown";
}

/// What the safety PLC itself names as its first cause; empty where it names none.
std::string plc_cause(const plc::PlcView& plc) {
  const auto code =
      static_cast<std::size_t>(std::max(0.0, plc.value(plc::Tag::kFirstOutCode).value_or(0)));
  if (code == kPlcCauseLaneHeartbeat) return "Heartbeat of the lane";
  // The number of a discrete input, from 1; these stand first in the table.
  const auto tags = plc::tag_table();
  if (code == 0 || code > tags.size() || tags[code - 1].area != plc::Area::kDiscreteInput)
    return {};
  return std::string(tags[code - 1].text);
}

std::string fault_words(Fault fault, const StatusFacts& f) {
  std::string text(fault_text(fault));
  const std::string cause = fault == Fault::kPlcFault ? plc_cause(f.plc) : std::string();
  return cause.empty() ? text : fmt::format("{}: {}", text, cause);
}

/// The condition's text, with what only the driver knows about it.
std::string condition_words(Condition condition, const StatusFacts& f) {
  std::string text(condition_text(condition));
  switch (condition) {
    case Condition::kHardwareKindsAgree: {
      const auto plc = plc::hardware_simulated(f.plc);
      text += fmt::format(" (PLC {}, source {}, detector {}, portal {})",
                          plc ? (*plc ? "simulated" : "real") : "unknown",
                          hardware_word(f.source.hardware), hardware_word(f.acquisition.hardware),
                          hardware_word(f.radiation.hardware));
      break;
    }
    case Condition::kDoorsClosed:
    case Condition::kCurtainsClear:
      for (std::size_t i = 0; i + 1 < plc::kPairCount; ++i) {
        const auto& pair = plc::channel_pairs()[i];
        const bool door = i < 4;
        if (door == (condition == Condition::kDoorsClosed) &&
            !(f.plc.is_true(pair.a) && f.plc.is_true(pair.b))) {
          text += fmt::format(" ({})", pair.text);
          break;
        }
      }
      break;
    case Condition::kVehicleClear:
      if (f.config.drive_through && f.state.cycle != CycleState::kCalibrating)
        text = "no vehicle is certain to be in the tunnel";
      break;
    case Condition::kMotionAsNeeded:
      if (f.config.drive_through && f.state.cycle != CycleState::kCalibrating)
        text = "the vehicle is not in its speed band";
      break;
    case Condition::kNoLatchedFault:
      if (f.state.first_out) text = fmt::format("latched: {}", fault_words(*f.state.first_out, f));
      break;
    case Condition::kSourceReady:
      if (!f.source.problem.empty()) text += ": " + f.source.problem;
      break;
    case Condition::kPlcFresh:
      if (!f.plc.image().problem.empty()) text += ": " + f.plc.image().problem;
      break;
    case Condition::kStorageReady:
      if (!f.record.problem.empty()) text += ": " + f.record.problem;
      break;
    default:
      break;
  }
  return text;
}

std::string self_test_text(const StatusFacts& f) {
  const Inputs& in = f.inputs;
  if (!in[Input::kPlcFresh]) return "waiting for fresh data of the PLC";
  if (!in[Input::kPlcHeartbeat]) return "waiting for the PLC's heartbeat";
  if (!in[Input::kCommandsConfirmed]) return "waiting for the PLC to confirm commands";
  if (!in[Input::kPlcRunning]) return "the PLC is not in mode running";
  if (!in[Input::kSourceAlive]) return "waiting for the X-ray source";
  if (!in[Input::kAcquisitionAlive]) return "waiting for the detector";
  if (!in[Input::kHardwareKindsAgree]) return condition_words(Condition::kHardwareKindsAgree, f);
  if (!in[Input::kBeamNotSensed]) return "beam is sensed, or its sensor is not trusted";
  if (!in[Input::kBeamOffMeansAgree])
    return std::string(condition_text(Condition::kBeamOffMeansAgree));
  if (!in[Input::kRecordEnded]) return "waiting for the record of the last scan to be closed";
  return f.config.auto_warm_up ? "self-test passed"
                               : "self-test passed; the operator starts the warm-up";
}

std::string idle_text(const StatusFacts& f) {
  const Inputs& in = f.inputs;
  if (!in[Input::kSourceReady]) return condition_words(Condition::kSourceReady, f);
  if (!in[Input::kAcquisitionAlive])
    return std::string(condition_text(Condition::kAcquisitionAlive));
  if (!in[Input::kCalibrated]) {
    std::string text = "the detector is not calibrated: calibrate";
    if (!f.state.last_loss.empty()) text += fmt::format(" (last time: {})", f.state.last_loss);
    return text;
  }
  if (!in[Input::kStorageReady]) return condition_words(Condition::kStorageReady, f);
  if (!in[Input::kMainsPower]) return std::string(condition_text(Condition::kMainsPower));
  if (!in[Input::kNoBypass]) return std::string(condition_text(Condition::kNoBypass));
  if (!in[Input::kDoseMonitorsWell])
    return std::string(condition_text(Condition::kDoseMonitorsWell));
  if (!in[Input::kHardwareKindsAgree]) return condition_words(Condition::kHardwareKindsAgree, f);
  if (f.config.review_in_bays && !in[Input::kBayFree])
    return "no bay is free: the entry stays red until a vehicle has left its bay";
  if (!f.awaited.empty())
    return fmt::format("ready; vehicle {} comes to be scanned again", f.awaited);
  return "ready for a vehicle";
}

/// Only a vehicle that drives through leaves on such a decision.
bool comes_again(const State& state) {
  return state.decision == core::DecisionKind::kRescan;
}

std::string leaving_text(const StatusFacts& f) {
  switch (f.state.phase) {
    case Phase::kReturnDriver:
      return "the driver returns to the cab";
    case Phase::kOpenExit:
      return "the exit opens";
    case Phase::kDriveOut:
      if (f.state.bay != 0) return fmt::format("the vehicle drives to bay {}", f.state.bay);
      return f.state.cycle == CycleState::kReleasing ? "the vehicle drives on"
             : comes_again(f.state) ? "the vehicle drives round to be scanned again"
                                    : "the vehicle goes to the inspection place";
    case Phase::kIsolated:
      return "isolated: do not open; another decision is needed to move the vehicle";
    default:
      return {};
  }
}

/// The portal's own words without its name, which stands beside them on every screen.
std::string portal_words(std::string problem) {
  constexpr std::string_view kName = "portal ";
  constexpr std::string_view kYet = " yet";
  if (problem.starts_with(kName)) problem.erase(0, kName.size());
  if (problem.ends_with(kYet)) problem.erase(problem.size() - kYet.size());
  return problem;
}

void fill_devices(LaneSnapshot& s, const StatusFacts& f) {
  const auto add = [&](std::string name, Level level, std::string text, bool lost = false) {
    s.devices.push_back({std::move(name), level, std::move(text), lost});
  };
  const plc::PlcImage& image = f.plc.image();
  if (f.inputs[Input::kPlcFresh] && f.inputs[Input::kPlcHeartbeat])
    add("PLC",
        f.inputs[Input::kPlcFaultFree] && f.inputs[Input::kPlcRunning] ? Level::kOk : Level::kFault,
        !f.inputs[Input::kPlcFaultFree]
            ? fmt::format("fault word {}{}{}", image.at(plc::Tag::kFaultWord).raw,
                          plc_cause(f.plc).empty() ? "" : ": ", plc_cause(f.plc))
        : !f.inputs[Input::kPlcRunning] ? "not in mode running"
                                        : "");
  else
    add("PLC", Level::kFault,
        !image.problem.empty()       ? image.problem
        : f.inputs[Input::kPlcFresh] ? "heartbeat stands still"
                                     : "data are stale",
        !f.inputs[Input::kPlcFresh]);
  if (f.inputs[Input::kSourceAlive])
    add("X-ray source",
        f.source.state == SourceState::kFault ? Level::kFault
        : f.inputs[Input::kSourceReady]       ? Level::kOk
                                              : Level::kAttention,
        !f.source.problem.empty() || f.inputs[Input::kSourceReady] ? f.source.problem
        : f.source.state == SourceState::kFault                    ? "the source reports a fault"
        : f.source.state == SourceState::kWarming                  ? "warming up"
                                                                   : "not ready");
  else
    add("X-ray source", Level::kFault,
        !f.source.problem.empty() ? f.source.problem
        : f.source.connected      ? "no answer for " + age_text(f.now - f.source.seen)
                                  : "not connected",
        true);
  if (f.inputs[Input::kAcquisitionAlive])
    add("Detector",
        f.acquisition.phase == CapturePhase::kFailed ? Level::kFault
        : f.acquisition.calibrated                   ? Level::kOk
                                                     : Level::kAttention,
        !f.acquisition.problem.empty() ? f.acquisition.problem
        : f.acquisition.calibrated     ? ""
                                       : "not calibrated");
  else
    add("Detector", Level::kFault,
        !f.acquisition.problem.empty() ? f.acquisition.problem : "not connected", true);
  const std::string portal_problem = portal_words(f.radiation.problem);
  add("Radiation portal",
      !f.radiation.connected ? Level::kFault
      : f.radiation.healthy  ? Level::kOk
                             : Level::kAttention,
      !portal_problem.empty() ? portal_problem
      : f.radiation.connected ? ""
                              : "not connected",
      !f.radiation.connected);
  add("Recorder",
      f.record.phase == RecordPhase::kFailed ? Level::kFault
      : f.record.storage_ready               ? Level::kOk
                                             : Level::kFault,
      f.record.problem);
}

}  // namespace

std::string state_text(const State& state, const CycleConfig& config) {
  switch (state.cycle) {
    case CycleState::kOff:
      return "Off: the key is not at on";
    case CycleState::kSelfTest:
      return "Self-test";
    case CycleState::kWarmUp:
      return "Source warming up";
    case CycleState::kCalibrating:
      if (state.phase == Phase::kWaitArea) return "Calibrating: the area is being closed";
      if (state.phase == Phase::kDarkArming || state.phase == Phase::kDarkRunning)
        return "Calibrating: dark, no beam";
      return state.phase == Phase::kWarn ? "Calibrating: warning before beam"
                                         : "Calibrating: air, beam on";
    case CycleState::kIdle:
      return "Idle, lane empty";
    case CycleState::kEntering:
      return "A vehicle drives in";
    case CycleState::kIdentifying:
      return "Vehicle in the tunnel, being identified";
    case CycleState::kAwaitingClear:
      return "Vehicle waits to be scanned";
    case CycleState::kWarning:
      return state.phase == Phase::kHoming || state.phase == Phase::kHomingBrake
                 ? "Warning, gantry returns to its start"
             : !state.motion_requested ? "Warning before the scan"
             : config.drive_through    ? "Warning, the vehicle drives on"
                                       : "Warning, gantry gathers speed";
    case CycleState::kScanning:
      if (config.drive_through) return "Scanning, the vehicle drives through";
      return state.direction == Direction::kBack ? "Scanning, gantry moving back"
                                                 : "Scanning, gantry moving forward";
    case CycleState::kFinishing:
      return "Scan ends, last lines are stored";
    case CycleState::kReviewing:
      return "Image in review";
    case CycleState::kReleasing:
      return "Vehicle released";
    case CycleState::kHolding:
      if (state.bay != 0) return fmt::format("Vehicle goes to wait in bay {}", state.bay);
      if (comes_again(state)) return "Vehicle to be scanned again";
      return state.phase == Phase::kIsolated ? "Vehicle isolated" : "Vehicle held for inspection";
    case CycleState::kStopped:
      return "Stopped";
    case CycleState::kFaulted:
      return "Fault latched";
    case CycleState::kMaintenance:
      return "Maintenance";
  }
  return {};
}

std::string next_text(const StatusFacts& f) {
  switch (f.state.cycle) {
    case CycleState::kOff:
      return f.inputs[Input::kPlcFresh] ? "turn the key to on"
                                        : condition_words(Condition::kPlcFresh, f);
    case CycleState::kSelfTest:
      return self_test_text(f);
    case CycleState::kWarmUp:
      return f.source.problem.empty() ? "waiting for the source to be ready" : f.source.problem;
    case CycleState::kCalibrating:
      if (const auto missing = first_failing(Stage::kStart, f.state, f.inputs, f.now, f.config))
        return condition_words(*missing, f);
      return "calibration is under way";
    case CycleState::kIdle:
      return idle_text(f);
    case CycleState::kEntering:
      return "the vehicle drives on to its place";
    case CycleState::kIdentifying:
      if (f.config.drive_through) return "the driver stays in the cab; the entry closes";
      return f.inputs[Input::kCabClear] ? "the entry closes"
                                        : "the driver stops the engine and leaves the cab";
    case CycleState::kAwaitingClear: {
      std::string text;
      const auto refusal = command_refusal(f.state, f.inputs, Command::kStart, f.now, f.config);
      const auto missing = first_failing(Stage::kStart, f.state, f.inputs, f.now, f.config);
      text = missing           ? condition_words(*missing, f)
             : refusal.empty() ? "ready: Start begins the scan"
                               : std::string(refusal);
      if (!f.state.last_loss.empty())
        text += fmt::format(" (the scan before ended: {})", f.state.last_loss);
      return text;
    }
    case CycleState::kWarning:
      if (f.config.drive_through && f.state.motion_requested)
        return "the driver drives on; beam follows once the cab is past it";
      return "motion and beam follow after the warning";
    case CycleState::kScanning:
      return f.config.drive_through ? "the scan ends when the vehicle is past the beam"
                                    : "the scan ends at the end of the gantry's travel";
    case CycleState::kFinishing:
      return "the image comes for review";
    case CycleState::kReviewing:
      return "an officer decides";
    case CycleState::kReleasing:
    case CycleState::kHolding:
      return leaving_text(f);
    case CycleState::kStopped:
    case CycleState::kFaulted: {
      if (f.state.reset_since) return "reset is under way";
      const auto refusal = command_refusal(f.state, f.inputs, Command::kReset, f.now, f.config);
      return refusal.empty() ? "cause gone: reset" : std::string(refusal);
    }
    case CycleState::kMaintenance:
      return "maintenance is ended by command";
  }
  return {};
}

void fill_status(LaneSnapshot& s, const StatusFacts& f, const Outputs& outputs) {
  s.simulated = plc::hardware_simulated(f.plc).value_or(false) ||
                f.source.hardware == HardwareKind::kSimulated ||
                f.acquisition.hardware == HardwareKind::kSimulated ||
                f.radiation.hardware == HardwareKind::kSimulated;
  s.cycle = f.state.cycle;
  s.state = cycle_state_name(f.state.cycle);
  s.state_text = state_text(f.state, f.config);
  s.next_text = next_text(f);
  s.beam_on = f.plc.is_true(plc::Tag::kBeamSensed) ||
              (f.source.connected && f.source.state == SourceState::kOn);
  s.beam_asked = outputs.source_beam || outputs.plc.request_beam_permit;
  s.beam_permit = f.inputs[Input::kBeamPermitGranted];
  s.motion_asked = outputs.plc.request_motion;
  s.motion_permit = f.inputs[Input::kMotionPermitGranted];
  s.speed_mm_s = f.plc.value(plc::Tag::kSpeedMmS).value_or(0);
  s.gantry_position_mm = f.plc.value(plc::Tag::kGantryPositionMm).value_or(0);
  s.first_out =
      f.state.first_out ? fault_words(*f.state.first_out, f) : std::string(f.state.last_loss);
  s.latched = f.state.latched;
  s.first_fault = f.state.first_out;
  s.plc_first_out = plc_cause(f.plc);
  const auto plc_ms = f.plc.value(plc::Tag::kFirstOutTimeMs);
  if (!s.plc_first_out.empty() && plc_ms && *plc_ms >= 0)
    s.plc_first_out_ms = static_cast<std::uint32_t>(*plc_ms);
  const auto missing = first_failing(Stage::kPermit, f.state, f.inputs, f.now, f.config);
  s.beam_refused_because = missing ? condition_words(*missing, f) : std::string();
  s.search_text = f.inputs[Input::kSearchComplete] ? "complete" : "not complete";
  s.doors_text =
      f.inputs[Input::kDoorsClosed] ? "closed" : condition_words(Condition::kDoorsClosed, f);
  s.dose_rate_usv_h = f.plc.value(plc::Tag::kAreaDoseRateNsvH).value_or(0) / 1000;
  const auto& p = outputs.plc;
  s.light_entry = p.light_entry_green ? "green" : p.light_entry_red ? "red" : "off";
  s.light_exit = p.light_exit_green ? "green" : p.light_exit_red ? "red" : "off";
  s.barrier_entry = barrier_word(f.inputs[Input::kEntryOpen], f.inputs[Input::kEntryClosed]);
  s.barrier_exit = barrier_word(f.inputs[Input::kExitOpen], f.inputs[Input::kExitClosed]);
  s.portal_text = !f.radiation.connected ? "not connected"
                  : f.radiation.healthy  ? "measuring"
                                         : portal_words(f.radiation.problem);
  s.panel_message = p.driver_panel_message;
  s.panel_text = panel_text(p.driver_panel_message, "en");
  fill_devices(s, f);
  for (std::size_t i = 0; i < kCommandCount; ++i) {
    const auto command = static_cast<Command>(i);
    if (command_refusal(f.state, f.inputs, command, f.now, f.config).empty())
      s.allowed_commands.push_back(command);
  }
}

}  // namespace portcullis::lane
