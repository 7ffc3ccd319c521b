#pragma once

#include <optional>
#include <string_view>

#include "lane/cycle.h"

/// Inside of step(), shared by its source files; nothing outside lane/ includes it.
namespace portcullis::lane {

/// One step's working set: the handlers change `s` and add actions.
struct StepContext {
  State s;
  const Inputs& in;
  core::TimePoint now;
  const CycleConfig& config;
  Actions actions;

  [[nodiscard]] bool is(Input input) const { return in[input]; }
  [[nodiscard]] bool has_passed(Threshold threshold) const {
    return passed(threshold, s, in, now, config);
  }
  [[nodiscard]] std::optional<Condition> missing(Stage stage) const {
    return first_failing(stage, s, in, now, config);
  }

  void act(ActionKind kind, std::string_view reason = {}) {
    actions.add({kind, core::ScanOutcome::kRunning, reason});
  }
  void phase(Phase phase) {
    s.phase = phase;
    s.phase_entered = now;
    s.operator_called = false;
  }
  void go(CycleState cycle, Phase first = Phase::kNone) {
    s.cycle = cycle;
    s.entered = now;
    s.empty_since.reset();
    phase(first);
  }
  /// Beam, motion, warning and the act are gone. The warning's lamp stays until beam is seen to be.
  void withdraw();
  void warn() {
    s.warning_since = now;
    s.warning_tail = false;
  }
  void close_record(core::ScanOutcome outcome, std::string_view reason);
  void new_vehicle();
  void vehicle_left(std::string_view reason);
};

/// Ends whatever has beam, motion or a capture, as a loss: a record is closed as what it is.
void end_work(StepContext& c, std::string_view reason);
/// A loss that is not latched: the vehicle waits for another Start.
void lose(StepContext& c, std::string_view reason);
[[nodiscard]] bool beam_is_seen(const StepContext& c);

// Handlers of a tick, by state.
void tick_calibrating(StepContext& c);
void tick_warning(StepContext& c);
void tick_scanning(StepContext& c);
void tick_finishing(StepContext& c);
void tick_idle(StepContext& c);
void tick_entering(StepContext& c);
void tick_identifying(StepContext& c);
void tick_awaiting(StepContext& c);
void tick_reviewing(StepContext& c);
void tick_leaving(StepContext& c);
/// Where the cycle goes on when lane and source are ready: with the vehicle that is still there.
void resume(StepContext& c);
void decide(StepContext& c, core::DecisionKind kind);
/// Drive-through: whether the driver's cab has passed the beam, on this drive of this vehicle.
void watch_cab(StepContext& c);

}  // namespace portcullis::lane
