#include "proving/vectors.h"

#include <fmt/format.h>

#include <cmath>

#include "lane/invariants.h"
#include "proving/cases.h"

namespace portcullis::proving {
namespace {

using lane::Act;
using lane::CycleState;
using lane::Input;
using lane::Stage;
using lane::State;

/// What docs/safety.md wants for beam; shares nothing with the product's table of conditions.
bool beam_may(Stage stage, const State& s, const lane::Inputs& in, core::TimePoint now,
              const lane::CycleConfig& config) {
  const bool air = s.cycle == CycleState::kCalibrating;
  for (const Input input :
       {Input::kEstopHealthy, Input::kKeyOn, Input::kDoorsClosed, Input::kCurtainsClear,
        Input::kBarriersClosed, Input::kPeopleClear, Input::kNoBypass, Input::kDoseMonitorsWell,
        Input::kBeamOffMeansAgree, Input::kPlcFresh, Input::kPlcHeartbeat,
        Input::kCommandsConfirmed, Input::kPlcRunning, Input::kSourceAlive, Input::kSourceReady,
        Input::kAcquisitionAlive, Input::kHardwareKindsAgree})
    if (!in[input]) return false;
  if (s.latched.any()) return false;
  if (air ? !in[Input::kLaneEmpty] : !in[Input::kVehicleInTunnel]) return false;
  if (config.drive_through) {
    if (!in[Input::kNoSecondVehicle]) return false;
  } else if (!in[Input::kSearchComplete] || !in[Input::kGantryInside] ||
             (!air && !in[Input::kCabClear])) {
    return false;
  }
  if (!air && !in[Input::kCalibrated]) return false;
  if (!s.record_open && !in[Input::kMainsPower]) return false;
  if (!air && !s.record_open && !in[Input::kStorageReady]) return false;
  if (stage == Stage::kStart) return true;

  if (!air && s.cycle != CycleState::kScanning) return false;
  const bool own_act =
      air ? s.act.kind == Act::Kind::kCalibrate
          : s.act.kind == Act::Kind::kScan && s.vehicle != 0 && s.act.vehicle == s.vehicle;
  if (!own_act || (s.act.consumed && !s.beam_permit_requested)) return false;
  if (!s.warning_since || !lane::passed(lane::Threshold::kWarningMin, s, in, now, config) ||
      !in[Input::kLampProven])
    return false;
  if (air && !in[Input::kStandstill]) return false;
  if (!air) {
    const bool back = s.direction == lane::Direction::kBack;
    if (!s.motion_requested || !in[back ? Input::kSpeedInBandBack : Input::kSpeedInBandForward])
      return false;
    if (!s.record_open || !in[Input::kRecordOpen]) return false;
    if (config.drive_through && !s.cab_passed) return false;
  }
  if (stage == Stage::kPermit) return true;

  if (!in[Input::kBeamPermitGranted] || !in[Input::kBeamEnabled]) return false;
  return air || (in[Input::kMotionPermitGranted] && in[Input::kCaptureRunning]);
}

class VectorProof {
 public:
  VectorProof(const lane::CycleConfig& config, std::size_t violations_max)
      : config_(config), violations_max_(violations_max) {}

  VectorReport run() {
    report_.whole = true;
    for (std::size_t cycle = 0; cycle < lane::kCycleStateCount; ++cycle)
      for (unsigned act = 0; act < 18; ++act)
        for (unsigned rest = 0; rest < (config_.drive_through ? 6U : 3U) * 64U; ++rest) {
          prove_context(context(static_cast<CycleState>(cycle), act, rest));
          if (report_.violations.size() >= violations_max_) return std::move(report_);
        }
    return std::move(report_);
  }

 private:
  static State context(CycleState cycle, unsigned act, unsigned rest) {
    State s;
    s.cycle = cycle;
    s.act.kind = static_cast<Act::Kind>(act % 3);
    s.act.vehicle = act / 3 % 3;
    s.act.consumed = act / 9 != 0;
    s.direction = static_cast<lane::Direction>(rest / 64 % 3);
    s.cab_passed = rest / 64 >= 3;
    s.beam_permit_requested = (rest & 1U) != 0;
    if ((rest & 2U) != 0) s.warning_since = core::TimePoint{};
    s.motion_requested = (rest & 4U) != 0;
    s.record_open = (rest & 8U) != 0;
    if ((rest & 16U) != 0) s.latched.set(0);
    s.vehicle = (rest & 32U) != 0 ? 1 : 0;
    return s;
  }

  void prove_context(const State& s) {
    for (const Stage stage : {Stage::kStart, Stage::kPermit, Stage::kSource}) {
      ++report_.contexts;
      CaseWalk walk(s, config_);
      do {
        const CaseWalk::World& w = walk.world();
        ++report_.cases;
        const auto failing = lane::first_failing(stage, w.state, w.inputs, w.now, config_);
        const bool may = beam_may(stage, w.state, w.inputs, w.now, config_);
        if (may == !failing.has_value()) continue;
        report_.violations.push_back(fmt::format(
            "in {} beam is {} though it must {}be", lane::cycle_state_name(s.cycle),
            failing ? fmt::format("refused ({})", lane::condition_name(*failing)) : "allowed",
            may ? "" : "not "));
        if (report_.violations.size() >= violations_max_) return;
      } while (walk.next());
      if (std::abs(walk.covered() - 1) > 1e-12) report_.whole = false;
    }
  }

  const lane::CycleConfig& config_;
  const std::size_t violations_max_;
  VectorReport report_;
};

}  // namespace

namespace {

/// What docs/safety.md wants in each list, once more.
std::vector<Input> wanted_in(lane::GuardList list) {
  switch (list) {
    case lane::GuardList::kSelfTest:
      return {Input::kEstopHealthy,      Input::kKeyOn,
              Input::kPlcFresh,          Input::kPlcHeartbeat,
              Input::kPlcRunning,        Input::kPlcFaultFree,
              Input::kBeamNotSensed,     Input::kSourceAlive,
              Input::kAcquisitionAlive,  Input::kRecordEnded,
              Input::kBeamOffMeansAgree, Input::kCommandsConfirmed,
              Input::kHardwareKindsAgree};
    case lane::GuardList::kWarmUpCommand:
      return {Input::kEstopHealthy,      Input::kKeyOn,         Input::kPlcFresh,
              Input::kPlcFaultFree,      Input::kBeamNotSensed, Input::kSourceAlive,
              Input::kHardwareKindsAgree};
    case lane::GuardList::kReadyForVehicle:
      return {Input::kKeyOn,        Input::kPlcFresh,
              Input::kNoBypass,     Input::kMainsPower,
              Input::kStorageReady, Input::kDoseMonitorsWell,
              Input::kCalibrated,   Input::kAcquisitionAlive,
              Input::kSourceReady,  Input::kHardwareKindsAgree};
    case lane::GuardList::kReset:
      return {Input::kEstopButtonsReleased, Input::kPlcFresh,      Input::kPlcHeartbeat,
              Input::kChannelsAgree,        Input::kBeamNotSensed, Input::kBeamOffMeansAgree,
              Input::kDoseMonitorsWell};
    case lane::GuardList::kCalibrate:
      return {Input::kLaneEmpty, Input::kEntryFree, Input::kSourceReady, Input::kAcquisitionAlive};
  }
  return {};
}

void prove_list(lane::GuardList list, const lane::CycleConfig& config, VectorReport& report) {
  ++report.contexts;
  CaseWalk walk(State{}, config);
  do {
    const CaseWalk::World& w = walk.world();
    ++report.cases;
    const bool open = lane::first_missing(list, w.inputs) == nullptr;
    bool wanted = true;
    for (const Input input : wanted_in(list)) wanted = wanted && w.inputs[input];
    if (open != wanted)
      report.violations.push_back(fmt::format("list {}: {} though it must not be",
                                              static_cast<int>(list), open ? "open" : "closed"));
  } while (walk.next());
  if (std::abs(walk.covered() - 1) > 1e-12) report.whole = false;
}

void prove_outputs(const State& s, const lane::CycleConfig& config, VectorReport& report) {
  ++report.contexts;
  CaseWalk walk(s, config);
  do {
    const CaseWalk::World& w = walk.world();
    ++report.cases;
    const auto p = lane::outputs_of(w.state, w.inputs, w.now, config).plc;
    const bool well = (!p.request_motion || w.inputs[Input::kPeopleClear]) &&
                      (!p.barrier_entry_close || w.inputs[Input::kEntryClearBeneath]) &&
                      (!p.barrier_exit_close || w.inputs[Input::kExitClearBeneath]) &&
                      (!p.light_entry_green || w.inputs[Input::kEntryOpen]) &&
                      (!p.light_exit_green || w.inputs[Input::kExitOpen]);
    if (!well)
      report.violations.push_back(
          fmt::format("outputs of {} move something onto somebody or show a wrong green",
                      lane::cycle_state_name(s.cycle)));
  } while (walk.next());
  if (std::abs(walk.covered() - 1) > 1e-12) report.whole = false;
}

}  // namespace

VectorReport prove_table_vectors(const lane::CycleConfig& config, std::size_t violations_max) {
  VectorReport report;
  report.whole = true;
  for (std::size_t i = 0; i < lane::kGuardListCount; ++i)
    prove_list(static_cast<lane::GuardList>(i), config, report);
  for (std::size_t cycle = 0; cycle < lane::kCycleStateCount; ++cycle)
    for (std::size_t phase = 0; phase <= static_cast<std::size_t>(lane::Phase::kIsolated); ++phase)
      for (unsigned rest = 0; rest < 8; ++rest) {
        if (report.violations.size() >= violations_max) return report;
        State s;
        s.cycle = static_cast<CycleState>(cycle);
        s.phase = static_cast<lane::Phase>(phase);
        s.motion_requested = (rest & 1U) != 0;
        s.vehicle = (rest & 2U) != 0 ? 1 : 0;
        s.bay = (rest & 4U) != 0 ? 1 : 0;
        prove_outputs(s, config, report);
      }
  return report;
}

VectorReport prove_latch_vectors(const lane::CycleConfig& config, std::size_t violations_max) {
  VectorReport report;
  report.whole = true;
  for (std::size_t cycle = 0; cycle < lane::kCycleStateCount; ++cycle)
    for (unsigned rest = 0; rest < 16; ++rest) {
      // A command that is refused everywhere but in Maintenance: nothing but the latching and what
      // halts happens in the step, and no phase of the state is asked for.
      State s;
      s.cycle = static_cast<CycleState>(cycle);
      s.source_beam_requested = (rest & 1U) != 0;
      if ((rest & 2U) != 0) s.warning_since = core::TimePoint{};
      if ((rest & 4U) != 0) s.latched.set(static_cast<std::size_t>(lane::Fault::kDoseMonitors));
      if (s.latched.any()) s.first_out = lane::Fault::kDoseMonitors;
      s.record_open = (rest & 8U) != 0;
      lane::Event event;
      event.kind = lane::Event::Kind::kCommand;
      event.command = lane::Command::kMaintenanceLeave;
      ++report.contexts;
      CaseWalk walk(s, config, true);
      do {
        const CaseWalk::World& w = walk.world();
        ++report.cases;
        const lane::StepResult result = lane::step(w.state, w.inputs, event, w.now, config);
        const lane::Outputs outputs = lane::outputs_of(result.state, w.inputs, w.now, config);
        const auto broken =
            lane::violated_latch_invariant({w.state, w.inputs, result.state, result.actions, event,
                                            result.accepted, outputs, w.now, config});
        if (broken.empty()) continue;
        report.violations.push_back(
            fmt::format("in {}: {}", lane::cycle_state_name(s.cycle), broken));
        if (report.violations.size() >= violations_max) return report;
      } while (walk.next());
      if (std::abs(walk.covered() - 1) > 1e-12) report.whole = false;
    }
  return report;
}

VectorReport prove_beam_vectors(const lane::CycleConfig& config, std::size_t violations_max) {
  return VectorProof(config, violations_max).run();
}

}  // namespace portcullis::proving
