#include "tests/unit/lane/fake_lane_world.h"

#include <algorithm>
#include <cmath>

namespace portcullis::lane {
namespace {
constexpr double kStep = 0.01;
// A truck driven through: where the beam is in it.
constexpr double kCabFrom_mm = 500;
constexpr double kCabTo_mm = 2500;
constexpr double kRear_mm = 9000;
}  // namespace

std::string names(const std::vector<CycleState>& states) {
  std::string out;
  for (const CycleState s : states)
    out += (out.empty() ? "" : " ") + std::string(cycle_state_name(s));
  return out;
}

FakeLaneWorld::FakeLaneWorld(CycleConfig c) : config(c), state(initial_state(now, c)) {
  history.push_back(state.cycle);
}

int FakeLaneWorld::count(ActionKind kind) const {
  return static_cast<int>(std::count_if(actions.begin(), actions.end(),
                                        [&](const Action& a) { return a.kind == kind; }));
}

const Action* FakeLaneWorld::last(ActionKind kind) const {
  for (auto it = actions.rbegin(); it != actions.rend(); ++it)
    if (it->kind == kind) return &*it;
  return nullptr;
}

void FakeLaneWorld::move_world() {
  const auto& p = outputs.plc;
  // barriers, one second each way
  if (p.barrier_entry_open) barrier_entry_ = std::min(1.0, barrier_entry_ + kStep);
  if (p.barrier_entry_close) barrier_entry_ = std::max(0.0, barrier_entry_ - kStep);
  if (p.barrier_exit_open) barrier_exit_ = std::min(1.0, barrier_exit_ + kStep);
  if (p.barrier_exit_close) barrier_exit_ = std::max(0.0, barrier_exit_ - kStep);
  // truck
  truck_s_ += kStep;
  const auto become = [&](Truck t) {
    truck_ = t;
    truck_s_ = 0;
  };
  if (truck_ == Truck::kWaiting && p.light_entry_green && barrier_entry_ >= 1) {
    if (config.drive_through) position_mm = 0;
    become(Truck::kEntering);
  } else if (truck_ == Truck::kEntering && truck_s_ > 2)
    become(Truck::kStanding);
  else if (truck_ == Truck::kStanding && cab_clear_ && p.driver_panel_message == 5)
    become(Truck::kReturning);
  else if (truck_ == Truck::kReturning && truck_s_ > 2) {
    cab_clear_ = false;
    become(Truck::kStanding);
  } else if (truck_ == Truck::kStanding && !cab_clear_ && p.light_exit_green && barrier_exit_ >= 1)
    become(Truck::kLeaving);
  else if (truck_ == Truck::kLeaving && truck_s_ > 2) {
    become(Truck::kNone);
  }
  if (truck_ == Truck::kNone || truck_ == Truck::kWaiting) cab_clear_ = true;
  if (truck_ == Truck::kEntering || truck_ == Truck::kLeaving) cab_clear_ = false;
  if (truck_ == Truck::kStanding && !cab_clear_ && !config.drive_through &&
      (p.driver_panel_message == 3 || p.driver_panel_message == 4)) {
    cab_s_ += kStep;
    if (cab_s_ > 1) cab_clear_ = true;
  } else {
    cab_s_ = 0;
  }
  // the safety PLC
  const bool nobody = cab_clear_ || config.drive_through;
  const bool closed = barrier_entry_ <= 0 && barrier_exit_ <= 0 && nobody;
  search_s_ = closed ? search_s_ + kStep : 0;
  warning_s_ = p.warning_on ? warning_s_ + kStep : 0;
  permit_ = p.request_beam_permit && warning_s_ >= 5 && closed;
  motion_permit_ = p.request_motion && nobody;
  // gantry, 0.5 m/s2
  double target = motion_permit_ ? p.target_speed_mm_s * (p.direction == 1   ? 1.0
                                                          : p.direction == 2 ? -1.0
                                                                             : 0.0)
                                 : 0;
  const double brake = speed_mm_s_ * speed_mm_s_ / 1000 + 5;
  if (position_mm >= config.travel_to_mm - brake && target > 0) target = 0;
  if (position_mm <= config.travel_from_mm + brake && target < 0) target = 0;
  const double change = std::clamp(target - speed_mm_s_, -500 * kStep, 500 * kStep);
  speed_mm_s_ += change;
  position_mm += speed_mm_s_ * kStep;
  // source: 3 s to warm; beam a tick after its request
  warm_s_ = outputs.source_warm ? warm_s_ + kStep : 0;
  source_warm_ = warm_s_ > 3;
  beam_ = outputs.source_beam && permit_ && source_warm_;
  // detector
  capture_s_ += kStep;
  const auto phase = [&](Capture to) {
    capture_ = to;
    capture_s_ = 0;
  };
  if (capture_ == Capture::kArming && capture_s_ > 0.05) phase(Capture::kArmed);
  if (capture_ == Capture::kRunning && kind_ != Kind::kScan && capture_s_ > 1) {
    (kind_ == Kind::kDark ? dark_ : air_) = true;
    phase(Capture::kDone);
  }
  if (capture_ == Capture::kDraining && capture_s_ > 0.1) phase(Capture::kDone);
  // recorder
  record_s_ += kStep;
  if (record_ == Record::kOpening && record_s_ > 0.03) record_ = Record::kOpen;
  if (record_ == Record::kClosing && record_s_ > 0.1) record_ = Record::kClosed;
}

void FakeLaneWorld::sense() {
  Inputs in;
  for (const Input healthy : {Input::kPlcFresh,
                              Input::kPlcHeartbeat,
                              Input::kCommandsConfirmed,
                              Input::kPlcRunning,
                              Input::kPlcFaultFree,
                              Input::kEstopHealthy,
                              Input::kEstopButtonsReleased,
                              Input::kKeyOn,
                              Input::kNoBypass,
                              Input::kDoorsClosed,
                              Input::kCurtainsClear,
                              Input::kChannelsAgree,
                              Input::kBeamOffMeansAgree,
                              Input::kDoseMonitorsWell,
                              Input::kGantryInside,
                              Input::kHardwareKindsAgree,
                              Input::kSourceAlive,
                              Input::kSourceFaultFree,
                              Input::kAcquisitionAlive,
                              Input::kStorageReady,
                              Input::kMainsPower,
                              Input::kBayFree,
                              Input::kIdentityRead,
                              Input::kRadiationMeasured,
                              Input::kRadiationClear,
                              Input::kMemoryWell})
    in.set(healthy);
  in.set(Input::kSearchComplete, search_s_ > 1 && !config.drive_through);
  in.set(Input::kBarriersClosed, barrier_entry_ <= 0 && barrier_exit_ <= 0);
  in.set(Input::kPeopleClear, cab_clear_ || config.drive_through);
  in.set(Input::kCabClear, cab_clear_);
  in.set(Input::kCabOccupied, !cab_clear_);
  in.set(Input::kLampProven, outputs.plc.warning_on);
  in.set(Input::kBeamNotSensed, !beam_);
  in.set(Input::kSourceOn, beam_);
  in.set(Input::kBeamPermitGranted, permit_);
  in.set(Input::kBeamEnabled, permit_);
  in.set(Input::kMotionPermitGranted, motion_permit_);
  in.set(Input::kSourceReady, source_warm_);
  in.set(Input::kStandstill, std::abs(speed_mm_s_) < 10);
  in.set(Input::kGantryAtStart, position_mm <= config.travel_from_mm + config.end_tolerance_mm);
  in.set(Input::kGantryAtEnd, position_mm >= config.travel_to_mm - config.end_tolerance_mm);
  in.set(Input::kGantryHomed, position_mm <= config.travel_from_mm + 10);
  in.set(Input::kSpeedInBandForward, std::abs(speed_mm_s_ - config.scan_speed_mm_s) <= 60);
  in.set(Input::kSpeedInBandBack, std::abs(speed_mm_s_ + config.scan_speed_mm_s) <= 60);
  in.set(Input::kTravelDoneForward, position_mm >= config.travel_to_mm - config.braking_mm);
  in.set(Input::kTravelDoneBack, position_mm <= config.travel_from_mm + config.braking_mm);
  const bool standing = truck_ == Truck::kStanding || truck_ == Truck::kReturning;
  const bool at_entry = truck_ == Truck::kEntering && truck_s_ < 1.5;
  const bool past = config.drive_through && position_mm >= kRear_mm;
  const bool in_tunnel = (standing && !past) || (truck_ == Truck::kEntering && truck_s_ > 1) ||
                         (truck_ == Truck::kLeaving && truck_s_ < 1 && !past);
  if (config.drive_through) {
    in.set(Input::kMovingForward, speed_mm_s_ > 10);
    in.set(Input::kNoSecondVehicle);
    in.set(Input::kCabSeen, standing && position_mm >= kCabFrom_mm && position_mm <= kCabTo_mm);
    in.set(Input::kCabPast, standing && position_mm >= kCabTo_mm + 1000 && speed_mm_s_ > 0);
    in.set(Input::kTravelDoneForward, standing && past);
    in.set(Input::kGantryInside, false);
  }
  in.set(Input::kVehicleAtEntry, at_entry);
  in.set(Input::kEntryFree, !at_entry);
  in.set(Input::kVehicleInTunnel, in_tunnel);
  const bool at_exit = truck_ == Truck::kLeaving || (standing && past);
  in.set(Input::kVehicleAtExit, at_exit);
  in.set(Input::kLaneEmpty, !in_tunnel && !at_exit);
  in.set(Input::kEntryOpen, barrier_entry_ >= 1);
  in.set(Input::kEntryClosed, barrier_entry_ <= 0);
  in.set(Input::kExitOpen, barrier_exit_ >= 1);
  in.set(Input::kExitClosed, barrier_exit_ <= 0);
  in.set(Input::kEntryClearBeneath, truck_ != Truck::kEntering || truck_s_ > 1.3);
  in.set(Input::kExitClearBeneath, truck_ != Truck::kLeaving);
  in.set(Input::kCaptureArmed, capture_ == Capture::kArmed);
  in.set(Input::kCaptureRunning, capture_ == Capture::kRunning);
  in.set(Input::kCaptureDone, capture_ == Capture::kDone);
  in.set(Input::kCalibrated, dark_ && air_);
  in.set(Input::kRecordOpen, record_ == Record::kOpen);
  in.set(Input::kRecordStored, record_ == Record::kClosed);
  in.set(Input::kRecordEnded, record_ == Record::kIdle || record_ == Record::kClosed);
  for (const auto& [input, value] : forced) in.set(input, value);
  in.free_bay = in[Input::kBayFree] ? 1 : 0;
  inputs = in;
}

StepResult FakeLaneWorld::apply(const Event& event) {
  const State before = state;
  const StepResult result = step(state, inputs, event, now, config);
  state = result.state;
  outputs = outputs_of(state, inputs, now, config);
  const StepView view{before,          inputs,  state, result.actions, event,
                      result.accepted, outputs, now,   config};
  auto broken = violated_invariant(view);
  if (broken.empty()) broken = violated_latch_invariant(view);
  if (!broken.empty())
    violations.push_back(std::string(broken) + " in " + std::string(cycle_state_name(state.cycle)));
  const auto record = records_.check(state, result.actions);
  if (!record.empty())
    violations.push_back(std::string(record) + " in " + std::string(cycle_state_name(state.cycle)));
  for (const Action& a : result.actions) {
    actions.push_back(a);
    switch (a.kind) {
      case ActionKind::kArmDark:
        kind_ = Kind::kDark;
        capture_ = Capture::kArming;
        capture_s_ = 0;
        break;
      case ActionKind::kArmAir:
        kind_ = Kind::kAir;
        capture_ = Capture::kArming;
        capture_s_ = 0;
        break;
      case ActionKind::kArmScan:
        kind_ = Kind::kScan;
        capture_ = Capture::kArming;
        capture_s_ = 0;
        break;
      case ActionKind::kStartCapture:
        capture_ = Capture::kRunning;
        capture_s_ = 0;
        break;
      case ActionKind::kStopCapture:
        capture_ = capture_ == Capture::kRunning ? Capture::kDraining : Capture::kIdle;
        capture_s_ = 0;
        break;
      case ActionKind::kOpenRecord:
        record_ = Record::kOpening;
        record_s_ = 0;
        break;
      case ActionKind::kCloseRecord:
        record_ = Record::kClosing;
        record_s_ = 0;
        break;
      default:
        break;
    }
  }
  if (history.back() != state.cycle) history.push_back(state.cycle);
  return result;
}

void FakeLaneWorld::tick() {
  now += std::chrono::milliseconds(10);
  move_world();
  sense();
  apply({});
}

StepResult FakeLaneWorld::command(Command command) {
  sense();
  Event event;
  event.kind = Event::Kind::kCommand;
  event.command = command;
  return apply(event);
}

StepResult FakeLaneWorld::decide(core::DecisionKind kind, bool adjudicated, bool two) {
  sense();
  Event event;
  event.kind = Event::Kind::kDecision;
  event.decision = {kind, two, adjudicated, true};
  return apply(event);
}

void FakeLaneWorld::run_for(double seconds) {
  for (int i = 0; i < static_cast<int>(seconds / kStep); ++i) tick();
}

bool FakeLaneWorld::run_to(CycleState wanted, double seconds) {
  for (int i = 0; i < static_cast<int>(seconds / kStep); ++i) {
    if (state.cycle == wanted) return true;
    tick();
  }
  return state.cycle == wanted;
}

bool FakeLaneWorld::bring_truck_to_awaiting_clear() {
  if (!run_to(CycleState::kIdle, 30)) return false;
  if (!inputs[Input::kCalibrated]) {
    if (!command(Command::kCalibrate).accepted) return false;
    if (!run_to(CycleState::kIdle, 60)) return false;
    if (!inputs[Input::kCalibrated]) return false;
  }
  truck_arrives();
  if (!run_to(CycleState::kAwaitingClear, 30)) return false;
  for (int i = 0; i < 1000; ++i) {
    if (command_refusal(state, inputs, Command::kStart, now, config).empty()) return true;
    tick();
  }
  return false;
}

bool FakeLaneWorld::bring_to_beam() {
  if (!command(Command::kStart).accepted) return false;
  if (!run_to(CycleState::kScanning, 20)) return false;
  for (int i = 0; i < 200 && state.phase != Phase::kRunning; ++i) tick();
  return state.phase == Phase::kRunning;
}

}  // namespace portcullis::lane
