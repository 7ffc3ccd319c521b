#include "lane/driver.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <new>
#include <utility>

#include "core/assert.h"
#include "lane/identity.h"
#include "lane/inputs.h"
#include "lane/invariants.h"
#include "lane/pending.h"
#include "lane/persisted.h"
#include "lane/status.h"

namespace portcullis::lane {
namespace {

constexpr core::Duration kReplyMax = std::chrono::seconds(1);
constexpr core::Duration kSnapshotPeriod = std::chrono::milliseconds(50);
constexpr core::Duration kSaveRetry = std::chrono::seconds(1);
constexpr std::size_t kSubmittedMax = 1024;
constexpr std::string_view kTooManyAwaited =
    "too many vehicles are on their way to be scanned again";

}  // namespace

struct LaneDriver::Impl {
  DriverConfig config;
  LanePorts ports;
  std::unique_ptr<FileStateStore> state_file;
  StateStore* store = nullptr;  // null: nothing is kept

  // the ticking thread alone
  State state;
  plc::DiscrepancyState channels;
  CabWay cab;
  IdentityBinder identity;
  AwaitedDesk awaited;
  BayDesk bays;
  std::string operator_call;
  std::string decided_by;  ///< The last decision on the vehicle in the tunnel.
  std::optional<core::TimePoint> bypass_since;
  State told;  ///< Up to here changes of the state were told.
  /// What the last step wants done, and how much of it is. A tick that ends for want of memory
  /// leaves the rest to the next one.
  Actions to_do;
  std::size_t carried_out = 0;
  core::DecisionKind decided = core::DecisionKind::kHold;
  std::shared_ptr<Pending> answering;  ///< Taken, and not answered yet.
  bool memory_well = true;
  Outputs outputs;
  bool outputs_sent = false;
  core::TimePoint beam_withdrawn;
  std::string scan_id;
  core::UtcTime scan_started;
  core::TimePoint scan_opened;
  std::uint32_t scan_lines = 0;
  std::uint64_t lines_lost = 0;
  Persisted saved;
  core::TimePoint save_after;
  bool save_failed = false;
  std::uint64_t sequence = 0;
  core::TimePoint snapshot_due;
  CycleState snapshot_cycle = CycleState::kOff;

  // shared
  mutable std::mutex mutex;
  std::condition_variable replied;
  std::deque<std::shared_ptr<Pending>> pending;
  std::deque<CameraReading> camera_readings;
  std::deque<OccupancyReading> occupancies;
  std::shared_ptr<const LaneSnapshot> published = std::make_shared<LaneSnapshot>();

  Impl(DriverConfig c, const LanePorts& p)
      : config(std::move(c)),
        ports(p),
        awaited(config.cycle.come_again_max, p.listener,
                [this](const std::string& kind, const std::string& text) { event(kind, text); }),
        bays(
            config.cycle, p.listener,
            [this](const std::string& kind, const std::string& text) { event(kind, text); },
            [this](const BayView& bay) { expect(bay.record, bay.scan_id, bay.owner); },
            config.on_bay_step) {
    if (!config.state_file.empty())
      state_file = std::make_unique<FileStateStore>(config.state_file);
    store = config.state_store != nullptr ? config.state_store : state_file.get();
  }

  /// The world at one instant, as the ports show it.
  struct Seen {
    plc::PlcImage image;
    SourceView source;
    AcquisitionView acquisition;
    RecordView record;
    RadiationView radiation;
    Inputs inputs;
  };

  void look_at_devices(Seen& seen) {
    seen.source = ports.source.view();
    seen.acquisition = ports.acquisition.view();
    seen.record = ports.record.view();
    seen.radiation = ports.radiation.view();
  }

  [[nodiscard]] plc::PlcView view(const Seen& seen, core::TimePoint now) const {
    return {seen.image, now, config.cycle.stale_after};
  }

  void evaluate(Seen& seen, core::TimePoint now) {
    const plc::PlcView plc_view = view(seen, now);
    const plc::DiscrepancyResult watched = plc::watch_channels(channels, plc_view);
    channels = watched.state;
    cab = follow_cab(cab, plc_view, config.cycle.stale_after);
    seen.inputs =
        evaluate_inputs(plc_view, watched, seen.source, seen.acquisition, seen.record,
                        seen.radiation, identity.facts(), cab, beam_withdrawn, config.cycle);
    seen.inputs.free_bay = bays.free_bay(plc_view);
    seen.inputs.set(Input::kBayFree, seen.inputs.free_bay != 0);
    seen.inputs.set(Input::kMemoryWell, memory_well);
  }

  /// It is on its way back to the entry.
  void expect(const VehicleRecord& record, const std::string& scan, const std::string& officer) {
    awaited.expect({record.vehicle, scan, record.identity, officer, ports.clock.utc_now(),
                    ports.clock.now(), 0, false});
  }

  void event(const std::string& kind, const std::string& text) {
    ports.listener.on_event(ports.clock.utc_now(), kind, text);
  }

  /// Levels first, and of these what takes away before what asks.
  void send_outputs(const Inputs& inputs, core::TimePoint now) {
    Outputs wanted = outputs_of(state, inputs, now, config.cycle);
    wanted.plc.bays_exit_open = bays.exits_open();
    wanted.plc.bays_to_entry = bays.to_entry();
    if (outputs.source_beam && !wanted.source_beam) beam_withdrawn = now;
    if (!wanted.source_beam) ports.source.request_beam(false);
    ports.plc.set_outputs(wanted.plc);
    if (wanted.source_beam) ports.source.request_beam(true);
    if (!outputs_sent || wanted.source_warm != outputs.source_warm)
      ports.source.request_warm(wanted.source_warm);
    outputs = wanted;
    outputs_sent = true;
  }

  void open_record(const Seen& seen, core::TimePoint now) {
    const std::string scan_before = std::exchange(scan_id, config.new_scan_id());
    scan_lines = 0;
    lines_lost = 0;
    ScanBegin begin;
    begin.scan_id = scan_id;
    begin.vehicle = state.vehicle;
    begin.started = ports.clock.utc_now();
    begin.forward = state.direction != Direction::kBack;
    begin.simulated = seen.source.hardware == HardwareKind::kSimulated ||
                      seen.acquisition.hardware == HardwareKind::kSimulated ||
                      seen.image.at(plc::Tag::kSimulated).raw != 0;
    begin.identity = identity.record().identity;
    begin.scan_before = scan_before.empty() ? identity.record().scan_before : scan_before;
    awaited.settled(state.vehicle);
    scan_started = begin.started;
    scan_opened = now;
    ports.record.open(begin);
    ports.listener.on_scan_started(begin);
  }

  void carry_out(const Action& action, const Seen& seen, core::TimePoint now) {
    const std::string reason(action.reason);
    switch (action.kind) {
      case ActionKind::kResetSource:
        ports.source.reset();
        break;
      case ActionKind::kArmDark:
        ports.acquisition.arm(CaptureKind::kDark, config.cycle.dark_lines);
        break;
      case ActionKind::kArmAir:
        ports.acquisition.arm(CaptureKind::kAir, config.cycle.air_lines);
        break;
      case ActionKind::kArmScan:
        ports.acquisition.arm(CaptureKind::kScan, config.cycle.scan_lines_max);
        break;
      case ActionKind::kStartCapture:
        ports.acquisition.start();
        break;
      case ActionKind::kStopCapture:
        ports.acquisition.stop();
        break;
      case ActionKind::kOpenRecord:
        open_record(seen, now);
        break;
      case ActionKind::kCloseRecord:
        // By the clock that does not jump: no scan ends before it began.
        ports.record.close(action.outcome, reason,
                           core::UtcTime{scan_started.ns + (now - scan_opened).count()});
        ports.listener.on_scan_ended(scan_id, action.outcome, reason);
        break;
      case ActionKind::kVehicleArrived:
        scan_id.clear();
        identity.vehicle_arrived(state.vehicle, now, ports.clock.utc_now());
        ports.listener.on_vehicle_arrived(identity.record());
        break;
      case ActionKind::kSentRound:
      case ActionKind::kVehicleLeft: {
        const std::uint64_t left = identity.record().vehicle;
        if (action.kind == ActionKind::kSentRound)
          expect(identity.record(), scan_id, decided_by);
        else
          awaited.left(left, now, ports.clock.utc_now());
        identity.vehicle_left();
        if (!reason.empty()) event("vehicle", "vehicle " + std::to_string(left) + ": " + reason);
        ports.listener.on_vehicle_left(left);
        break;
      }
      case ActionKind::kToBay:
        bays.assign(state.bay, scan_id, identity.record(), view(seen, now), ports.clock.utc_now());
        break;
      case ActionKind::kVehicleInBay:
        identity.vehicle_left();
        break;
      case ActionKind::kTailgated:
        identity.followed_in();
        event("vehicle", "vehicle " + std::to_string(state.vehicle) + ": " + reason);
        ports.listener.on_vehicle_identity(identity.record());
        break;
      case ActionKind::kCallOperator:
        operator_call = reason;
        event("call", "vehicle " + std::to_string(state.vehicle) + ": " + reason);
        break;
      case ActionKind::kReviewWanted:
        ports.listener.on_review_wanted(scan_id, identity.record());
        break;
      case ActionKind::kDecided:
        awaited.settled(state.vehicle);
        ports.listener.on_decided(scan_id, decided);
        break;
      case ActionKind::kCalibrationGood:
        ports.listener.on_calibration(true, "dark and air taken");
        break;
      case ActionKind::kCalibrationFailed:
        ports.listener.on_calibration(false, reason);
        break;
    }
  }

  /// One that ends for want of memory is tried again as a whole; but a record is not opened twice,
  /// as closing one that was not opened does no harm.
  void carry_out_rest(const Seen& seen, core::TimePoint now) {
    while (carried_out < to_do.size()) {
      const Action& action = *(to_do.begin() + carried_out);
      const bool at_most_once = action.kind == ActionKind::kOpenRecord;
      if (at_most_once) ++carried_out;
      carry_out(action, seen, now);
      if (!at_most_once) ++carried_out;
    }
  }

  void tell_changes() {
    if (told.cycle == CycleState::kIdentifying && state.cycle == CycleState::kAwaitingClear)
      tell_identity();
    if (told.cycle != state.cycle) {
      std::string text = std::string(cycle_state_name(told.cycle)) + " to " +
                         std::string(cycle_state_name(state.cycle));
      if (state.last_loss != told.last_loss && !state.last_loss.empty())
        text += ": " + std::string(state.last_loss);
      event("state", text);
    }
    for (std::size_t i = 0; i < kFaultCount; ++i)
      if (state.latched[i] && !told.latched[i])
        event("fault", std::string(fault_text(static_cast<Fault>(i))));
    if (told.latched.any() && state.latched.none()) event("reset", "latched faults are reset");
    told = state;
  }

  StepResult advance(const Event& what, Seen& seen, core::TimePoint now) {
    carry_out_rest(seen, now);
    const State before = state;
    const StepResult result = step(state, seen.inputs, what, now, config.cycle);
    state = result.state;
    to_do = result.actions;
    carried_out = 0;
    decided = what.kind == Event::Kind::kDecision ? what.decision.kind : core::DecisionKind::kHold;
    send_outputs(seen.inputs, now);
    if (config.on_step)
      config.on_step({before, seen.inputs, state, result.actions, what, result.accepted, outputs,
                      now, config.cycle});
    carry_out_rest(seen, now);
    tell_changes();
    if (result.actions.size() > 0) look_at_devices(seen);
    save(now);
    return result;
  }

  /// The vehicle stands: what was read of it is all there is.
  void tell_identity() {
    identity.compare_with(awaited);
    identity.close_binding();
    const VehicleRecord& record = identity.record();
    const std::string who = "vehicle " + std::to_string(record.vehicle) + ": ";
    for (const std::string& text : record.ambiguities) {
      std::string words = who;
      words += identity_outcome_name(record.outcome);
      words += ", as ";
      words += text;
      event("vehicle", words);
    }
    if (record.visit_after != 0)
      event("vehicle",
            who + "it was here before, as vehicle " + std::to_string(record.visit_after));
    ports.listener.on_vehicle_identity(record);
  }

  void save(core::TimePoint now) {
    if (store == nullptr) return;
    const Persisted wanted =
        persisted_of(state, scan_id, identity.record().identity, bays.bays(), awaited.list());
    if (wanted == saved || (save_failed && now < save_after)) return;
    const core::Status status = store->save(wanted);
    if (status.ok()) {
      saved = wanted;
      save_failed = false;
      return;
    }
    if (!save_failed)
      event("error", "the lane's state cannot be kept over a restart: " + status.error().message);
    save_failed = true;
    save_after = now + kSaveRetry;
  }

  void take_readings(core::TimePoint now) {
    std::deque<CameraReading> readings;
    std::deque<OccupancyReading> measured;
    {
      const std::lock_guard lock(mutex);
      readings.swap(camera_readings);
      measured.swap(occupancies);
    }
    bool bound = false;
    for (const CameraReading& reading : readings) bound = identity.add(reading, now) || bound;
    for (const OccupancyReading& reading : measured) bound = identity.add(reading, now) || bound;
    if (bound && state.bay != 0) bays.refresh(state.bay, identity.record());
    if (bound) ports.listener.on_vehicle_identity(identity.record());
  }

  [[nodiscard]] std::shared_ptr<Pending> next_pending() {
    const std::lock_guard lock(mutex);
    while (!pending.empty()) {
      auto next = std::move(pending.front());
      pending.pop_front();
      if (next->standing != Pending::Standing::kWaiting) continue;
      next->standing = Pending::Standing::kTaken;
      answering = next;
      return next;
    }
    return nullptr;
  }

  void reply(Pending& to, core::Status status) {
    answering.reset();
    {
      const std::lock_guard lock(mutex);
      to.reply = std::move(status);
      to.standing = Pending::Standing::kDone;
    }
    replied.notify_all();
    if (to.told) to.told(to.reply);
  }

  /// Of vehicles that are not in the tunnel: in a bay, or on their way back to the entry.
  [[nodiscard]] bool elsewhere(const std::string& scan) const {
    return bays.has(scan) || awaited.has(scan);
  }
  core::Status decide_elsewhere(const Pending& asked, const Seen& seen, core::TimePoint now) {
    core::Status status = would_take(asked, seen, now);
    if (status.ok() && awaited.has(asked.decision.scan_id))
      status = awaited.decide(asked.decision.scan_id, asked.event.decision.kind);
    else if (status.ok())
      status = bays.decide(asked.decision.scan_id, asked.event.decision, asked.user,
                           view(seen, now), ports.clock.utc_now());
    event("decision",
          "decision " + std::string(core::decision_kind_name(asked.event.decision.kind)) + " by " +
              asked.user + (status.ok() ? "" : " refused: " + status.error().message));
    save(now);
    return status;
  }

  /// A gantry's tunnel scans its vehicle again where it stands; all others are let out for it.
  [[nodiscard]] bool too_many_awaited(const Pending& asked) const {
    return asked.event.decision.kind == core::DecisionKind::kRescan && awaited.full() &&
           (config.cycle.drive_through || bays.has(asked.decision.scan_id));
  }
  /// What a decision would be answered.
  [[nodiscard]] core::Status would_take(const Pending& asked, const Seen& seen,
                                        core::TimePoint now) const {
    const std::string& scan = asked.decision.scan_id;
    DecisionInput decision = asked.event.decision;
    decision.of_this_vehicle = scan == scan_id;
    const std::string_view refusal =
        too_many_awaited(asked) ? kTooManyAwaited
        : awaited.has(scan)     ? awaited.refusal(scan, decision.kind)
        : bays.has(scan)        ? bays.refusal(scan, decision, view(seen, now))
                                : decision_refusal(state, seen.inputs, decision, config.cycle);
    if (refusal.empty()) return {};
    return core::Error{core::ErrorCode::kRefused, std::string(refusal)};
  }

  /// A bypass is the PLC's; here it is told when it begins and how long it was.
  void watch_bypass(const Seen& seen, core::TimePoint now) {
    const bool active = seen.inputs[Input::kPlcFresh] && !seen.inputs[Input::kNoBypass];
    if (active && !bypass_since) {
      bypass_since = now;
      event("bypass", "an interlock bypass is active: there is no beam while it is");
    } else if (!active && bypass_since && seen.inputs[Input::kNoBypass]) {
      const auto s = std::chrono::duration_cast<std::chrono::seconds>(now - *bypass_since).count();
      event("bypass", "the interlock bypass ended after " + std::to_string(s) + " s");
      bypass_since.reset();
    }
  }

  void take_commands(Seen& seen, core::TimePoint now) {
    while (auto next = next_pending()) {
      evaluate(seen, now);
      Event what = next->event;
      const bool decision = what.kind == Event::Kind::kDecision;
      if (decision && next->decision.only_ask) {
        reply(*next, would_take(*next, seen, now));
        continue;
      }
      if (decision && (elsewhere(next->decision.scan_id) || too_many_awaited(*next))) {
        reply(*next, decide_elsewhere(*next, seen, now));
        continue;
      }
      if (decision) what.decision.of_this_vehicle = next->decision.scan_id == scan_id;
      const StepResult result = advance(what, seen, now);
      if (decision && result.accepted) decided_by = next->user;
      const std::string name =
          decision ? "decision " + std::string(core::decision_kind_name(what.decision.kind))
                   : std::string(command_name(what.command));
      event(decision ? "decision" : "command",
            name + " by " + next->user +
                (result.accepted ? "" : " refused: " + std::string(result.refusal)));
      reply(*next, result.accepted ? core::Status{}
                                   : core::Status{core::Error{core::ErrorCode::kRefused,
                                                              std::string(result.refusal)}});
    }
  }

  void publish(const Seen& seen, core::TimePoint now) {
    ++sequence;
    if (now < snapshot_due && snapshot_cycle == state.cycle) return;
    snapshot_due = now + kSnapshotPeriod;
    snapshot_cycle = state.cycle;
    auto snapshot = std::make_shared<LaneSnapshot>();
    const plc::PlcView plc_view = view(seen, now);
    fill_status(*snapshot,
                {state, seen.inputs, plc_view, seen.source, seen.acquisition, seen.record,
                 seen.radiation, config.cycle, now, awaited.next()},
                outputs);
    snapshot->sequence = sequence;
    snapshot->utc = ports.clock.utc_now();
    snapshot->lane = config.lane;
    snapshot->vehicle = state.vehicle;
    snapshot->vehicle_record = identity.record();
    if (seen.acquisition.kind == CaptureKind::kScan && state.record_open) {
      scan_lines = seen.acquisition.lines;
      lines_lost = seen.acquisition.lines_lost;
    }
    snapshot->scan_id = scan_id;
    snapshot->scan_lines = scan_lines;
    snapshot->lines_lost = lines_lost;
    const bool decidable = state.cycle == CycleState::kReviewing ||
                           state.cycle == CycleState::kAwaitingClear ||
                           (state.cycle == CycleState::kHolding && state.phase == Phase::kIsolated);
    snapshot->review_scan_id = decidable && !scan_id.empty() ? scan_id : bays.oldest_undecided();
    snapshot->bays = bays.bays();
    snapshot->awaited = awaited.list();
    snapshot->operator_call = state.operator_called ? operator_call : awaited.call();
    const std::lock_guard lock(mutex);
    published = std::move(snapshot);
  }

  void tick(core::TimePoint now) {
    ports.source.alive();
    Seen seen;
    seen.image = ports.plc.image();
    look_at_devices(seen);
    take_readings(now);
    evaluate(seen, now);
    watch_bypass(seen, now);
    bays.tick(view(seen, now), ports.clock.utc_now());
    awaited.tick(now);
    advance({}, seen, now);
    take_commands(seen, now);
    publish(seen, now);
    memory_well = true;
  }

  /// The tick ended for want of memory, wherever it was. What it asked for is taken back without
  /// asking for memory; the next tick that has some finds the fault and latches it.
  void out_of_memory(core::TimePoint now) noexcept {
    memory_well = false;
    if (outputs.source_beam) beam_withdrawn = now;
    outputs.source_beam = outputs.plc.request_beam_permit = outputs.plc.request_motion = false;
    // Each by itself: one that has no memory either does not keep the others.
    const auto attempt = [](const auto& act) {
      try {
        act();
      } catch (const std::bad_alloc&) {  // the next tick tries again; the watchdogs do not wait
      }
    };
    attempt([this] { ports.source.request_beam(false); });
    attempt([this] { ports.plc.set_outputs(outputs.plc); });
    attempt([this] {
      // So short a text takes none.
      if (const auto who = answering)
        reply(*who, core::Error{core::ErrorCode::kInternal, "out of memory"});
    });
  }

  core::Status ask(std::shared_ptr<Pending> what, std::string_view name) {
    std::unique_lock lock(mutex);
    pending.push_back(what);
    const bool done = replied.wait_for(lock, kReplyMax,
                                       [&] { return what->standing == Pending::Standing::kDone; });
    if (!done && what->standing == Pending::Standing::kTaken)
      replied.wait(lock, [&] { return what->standing == Pending::Standing::kDone; });
    if (what->standing == Pending::Standing::kDone) return what->reply;
    what->standing = Pending::Standing::kGivenUp;
    return core::Error{core::ErrorCode::kTimeout,
                       std::string(name) + ": the lane cycle does not run; nothing was done"};
  }
};

LaneDriver::LaneDriver(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
LaneDriver::~LaneDriver() = default;

core::Result<std::unique_ptr<LaneDriver>> LaneDriver::create(DriverConfig config,
                                                             const LanePorts& ports) {
  PC_ASSERT(config.new_scan_id != nullptr);
  auto impl = std::make_unique<Impl>(std::move(config), ports);
  const core::TimePoint now = ports.clock.now();
  impl->state = initial_state(now, impl->config.cycle);
  if (impl->store != nullptr) {
    PC_TRY(impl->saved, impl->store->load());
    impl->state = restored_state(impl->saved, now, impl->config.cycle);
    impl->scan_id = impl->saved.scan_id;
    if (impl->state.vehicle != 0) {
      // What it was called is kept, and that this is by hearsay. What the portal measured is not: a
      // vehicle that nobody watched meanwhile is released on an officer's word, not on that of a
      // file.
      impl->identity.vehicle_restored(impl->state.vehicle, impl->saved.identity,
                                      ports.clock.utc_now());
    }
    impl->awaited.restore(impl->saved.awaited, now);
    impl->identity.compare_with(impl->awaited);
    impl->bays.restore(bays_of(impl->saved, ports.clock.utc_now()), now);
  }
  impl->told = impl->state;
  return std::unique_ptr<LaneDriver>(new LaneDriver(std::move(impl)));
}

void LaneDriver::tick(core::TimePoint now) {
  try {
    impl_->tick(now);
  } catch (const std::bad_alloc&) {
    impl_->out_of_memory(now);
  }
}

namespace {

const core::Error& nameless_decision() {
  static const core::Error error{core::ErrorCode::kRefused,
                                 "a decision needs the name of an officer"};
  return error;
}

}  // namespace

core::Status LaneDriver::command(Command command, const std::string& user) {
  return impl_->ask(pending_command(command, user), command_name(command));
}

core::Status LaneDriver::decide(const LaneDecision& decision) {
  if (decision.officer.empty()) return nameless_decision();
  return impl_->ask(pending_decision(decision), "decision");
}

void LaneDriver::submit(Command command, const std::string& user, Told told) {
  auto pending = pending_command(command, user);
  pending->told = std::move(told);
  const std::lock_guard lock(impl_->mutex);
  impl_->pending.push_back(std::move(pending));
}

void LaneDriver::submit(const LaneDecision& decision, Told told) {
  if (decision.officer.empty()) {
    told(nameless_decision());
    return;
  }
  auto pending = pending_decision(decision);
  pending->told = std::move(told);
  const std::lock_guard lock(impl_->mutex);
  impl_->pending.push_back(std::move(pending));
}

void LaneDriver::submit(CameraReading reading) {
  const std::lock_guard lock(impl_->mutex);
  if (impl_->camera_readings.size() < kSubmittedMax)
    impl_->camera_readings.push_back(std::move(reading));
}

void LaneDriver::submit(OccupancyReading reading) {
  const std::lock_guard lock(impl_->mutex);
  if (impl_->occupancies.size() < kSubmittedMax) impl_->occupancies.push_back(std::move(reading));
}

std::shared_ptr<const LaneSnapshot> LaneDriver::snapshot() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->published;
}

}  // namespace portcullis::lane
