#pragma once

#include <map>
#include <string>
#include <vector>

#include "lane/cycle.h"
#include "lane/invariants.h"

namespace portcullis::lane {

/// A lane in terms of the cycle's own inputs, written from docs/safety.md: devices answer after
/// set delays, a truck drives through, everything healthy unless a test says otherwise. Time is
/// handed in; every step is checked against all invariants.
class FakeLaneWorld {
 public:
  explicit FakeLaneWorld(CycleConfig config = {});

  /// One poll, 10 ms later.
  void tick();
  /// Ticks until the state is reached; false after `seconds`.
  bool run_to(CycleState state, double seconds);
  void run_for(double seconds);
  StepResult command(Command command);
  StepResult decide(core::DecisionKind kind, bool radiation_adjudicated = false,
                    bool two_officers = false);

  void truck_arrives() { truck_ = Truck::kWaiting; }
  /// Calibrated, Idle, truck through to AwaitingClear with all conditions met.
  bool bring_truck_to_awaiting_clear();
  /// From there to beam on in Scanning.
  bool bring_to_beam();

  // What a test may do to the lane: inputs forced to a value whatever the world says.
  std::map<Input, bool> forced;

  CycleConfig config;
  core::TimePoint now{std::chrono::hours(1)};
  State state;
  Outputs outputs;
  Inputs inputs;
  std::vector<std::string> violations;  ///< Of invariants, with the state they happened in.
  std::vector<Action> actions;          ///< All since the start.
  std::vector<CycleState> history;
  double position_mm = 0;  ///< Of the gantry; in a drive-through lane, of the beam in the truck.

  [[nodiscard]] bool beam_asked() const {
    return outputs.source_beam || outputs.plc.request_beam_permit;
  }
  [[nodiscard]] int count(ActionKind kind) const;
  [[nodiscard]] const Action* last(ActionKind kind) const;

 private:
  enum class Truck { kNone, kWaiting, kEntering, kStanding, kReturning, kLeaving };
  StepResult apply(const Event& event);
  void move_world();
  void sense();

  Truck truck_ = Truck::kNone;
  double truck_s_ = 0;
  bool cab_clear_ = true;
  double cab_s_ = 0;
  double barrier_entry_ = 0, barrier_exit_ = 0;  // 0 closed, 1 open
  double search_s_ = 0;
  double warning_s_ = 0;
  double speed_mm_s_ = 0;
  bool permit_ = false, motion_permit_ = false, beam_ = false;
  bool source_warm_ = false;
  double warm_s_ = 0;
  enum class Capture {
    kIdle,
    kArming,
    kArmed,
    kRunning,
    kDraining,
    kDone
  } capture_ = Capture::kIdle;
  enum class Kind { kDark, kAir, kScan } kind_ = Kind::kDark;
  double capture_s_ = 0;
  bool dark_ = false, air_ = false;
  enum class Record { kIdle, kOpening, kOpen, kClosing, kClosed } record_ = Record::kIdle;
  double record_s_ = 0;
  RecordInvariant records_;
};

std::string names(const std::vector<CycleState>& states);

}  // namespace portcullis::lane
