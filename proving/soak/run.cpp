#include "proving/soak/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <system_error>
#include <utility>

namespace portcullis::proving {
namespace {

using F = SoakFault;
using lane::CycleState;
using lane::Phase;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr core::Duration kPoll = milliseconds(10);
/// Polls without any change before polls are left out: longer than what is under way in the world
/// without being seen (the guard's search and a barrier's way take 1 s).
constexpr int kQuietPolls = 120;
/// 200 ms: the longest period of a device that is asked all the time, and a multiple of the others.
constexpr int kRoundPolls = 20;
/// A source drops beam 200 ms after its last heartbeat, the PLC after its watchdog of 300 ms.
constexpr core::Duration kBeamOutlives = milliseconds(350);
/// With all links well the withdrawal goes out in the poll that sees its cause.
constexpr core::Duration kBeamLingers = milliseconds(30);
/// With nothing amiss a lane does not stay as it is for this long with work to do.
constexpr core::Duration kStuckAfter = minutes(40);
constexpr std::size_t kLastLines = 60;

lane::CycleConfig draw_cycle(std::uint64_t seed, const SoakWorld::Config& world) {
  lane::CycleConfig cycle;
  cycle.travel_from_mm = 0;
  cycle.travel_to_mm = world.travel_to_mm;
  cycle.dark_lines = 40;
  cycle.air_lines = 80;
  cycle.scan_lines_max = kSoakScanLinesMax;
  cycle.review_max = minutes(10);
  cycle.drive_through = world.drive_through;
  cycle.second_reader = seed % 2 == 0;
  cycle.auto_calibrate = seed % 5 == 0;
  if (seed % 3 == 0) {
    cycle.review_in_bays = true;
    cycle.bay_count = 2;
  }
  return cycle;
}

std::string clear_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::remove_all(folder, error);
  std::filesystem::create_directories(folder, error);
  return error ? error.message() : std::string();
}

}  // namespace

// ---- one life -----------------------------------------------------------------------------------

SoakLife::SoakLife(SoakRun& r, std::uint64_t n)
    : run(r), number(n), store(r.kept_, r.faults_, life) {
  life.on_death([this] { run.disk_.set_dead(true); });
}

core::Status SoakLife::start() {
  std::vector<archive::Catalogue::Recovered> recovered;
  PC_TRY(auto opened, archive::Catalogue::open_for_lane(run.kept_.folder / "catalogue.sqlite",
                                                        run.clock_.utc_now(), &recovered));
  catalogue.emplace(std::move(opened));
  for (const auto& scan : recovered) {
    run.say(
        fmt::format("recovered {}: {} lines, {}", scan.scan_id, scan.lines, scan.outcome_reason));
    run.mark(scan.file_ok ? "scan-recovered" : "scan-file-lost");
  }
  const std::uint64_t seed = run.config_.seed * 1000 + number;
  source = std::make_unique<SoakSource>(*run.world_, run.faults_, run.clock_, life, run.kept_);
  SoakRecorder::Told told;
  told.begun = [this](const std::string& id) {
    run.begun_scans_.insert(id);
    ++run.report_.scans;
  };
  told.closed = [this](const ClosedScan& scan) { run.closed_[scan.id] = scan; };
  told.note = [this](const std::string& text) { run.say(text); };
  recorder = std::make_unique<SoakRecorder>(run.kept_, *catalogue, run.faults_, run.clock_, life,
                                            lines, seed, std::move(told));
  detector =
      std::make_unique<SoakDetector>(*run.world_, run.faults_, run.clock_, life, run.kept_, seed,
                                     static_cast<std::uint32_t>(number * 10'000), pool, lines);
  portal = std::make_unique<SoakPortal>(*run.world_, run.faults_, run.clock_);
  plc = std::make_unique<plc::PlcPoller>(
      plc::PlcConfig{}, "simulated",
      std::make_unique<SoakWire>(*run.world_, run.faults_, run.clock_, life, seed,
                                 run.config_.canary == Canary::kBeamStays),
      run.clock_);
  lane::DriverConfig config;
  config.cycle = run.cycle_;
  config.state_store = &store;
  config.new_scan_id = [this] {
    return fmt::format("scan-{}-{}", run.config_.seed, ++run.scans_begun_);
  };
  config.on_step = [this](const lane::StepView& view) { run.check_step(view); };
  config.on_bay_step = [this](const lane::BayStepView& view) { run.check_bay_step(view); };
  PC_TRY(driver, lane::LaneDriver::create(std::move(config), {*plc, *source, *detector, *recorder,
                                                              *portal, *this, run.clock_}));
  return {};
}

void SoakLife::on_vehicle_arrived(const lane::VehicleRecord& vehicle) {
  if (!life.dead()) run.say(fmt::format("vehicle {} arrived", vehicle.vehicle));
}
void SoakLife::on_scan_started(const lane::ScanBegin& begin) {
  if (life.dead()) return;
  run.say(fmt::format("{} of vehicle {}, {}", begin.scan_id, begin.vehicle,
                      begin.forward ? "forward" : "back"));
  if (!begin.forward) run.mark("scan-back");
}
void SoakLife::on_scan_ended(const std::string& scan_id, core::ScanOutcome outcome,
                             const std::string& reason) {
  if (life.dead()) return;
  run.say(fmt::format("{} {}: {}", scan_id, core::scan_outcome_name(outcome), reason));
  if (outcome == core::ScanOutcome::kComplete) ++run.report_.complete;
  if (outcome == core::ScanOutcome::kPartial) run.mark("scan-partial");
  if (outcome == core::ScanOutcome::kAborted) run.mark("scan-aborted");
}
void SoakLife::on_review_wanted(const std::string& scan_id, const lane::VehicleRecord& vehicle) {
  if (life.dead()) return;
  run.say(fmt::format("{} of vehicle {} waits for a decision ({})", scan_id, vehicle.vehicle,
                      lane::identity_outcome_name(vehicle.outcome)));
}
void SoakLife::on_decided(const std::string& scan_id, core::DecisionKind kind) {
  if (life.dead()) return;
  run.say(fmt::format("{} decided: {}", scan_id, core::decision_kind_name(kind)));
  if (kind == core::DecisionKind::kRescan) run.mark("rescan");
}
void SoakLife::on_vehicle_left(std::uint64_t vehicle) {
  if (!life.dead()) run.say(fmt::format("vehicle {} left", vehicle));
}
void SoakLife::on_calibration(bool good, const std::string& text) {
  if (life.dead()) return;
  run.say(fmt::format("calibration {}: {}", good ? "good" : "failed", text));
  if (!good) run.mark("calibration-failed");
}
void SoakLife::on_event(core::UtcTime, const std::string& kind, const std::string& text) {
  if (life.dead()) return;
  run.say(kind + ": " + text);
  if (kind == "error") run.mark("state-not-saved");
  if (kind == "alarm") run.mark("bay-alarm");
  if (kind == "rescan" && text.find("goes round") != std::string::npos) run.mark("sent-round");
  if (kind == "rescan" && text.find(", come to be") != std::string::npos) run.mark("came-round");
  if (kind == "bypass") run.mark("bypass-told");
}

// ---- the run ------------------------------------------------------------------------------------

SoakRun::SoakRun(const SoakConfig& config)
    : config_(config),
      begun_(clock_.now()),
      people_(config.seed, 5),
      canary_(config.seed, 6),
      planner_(config.seed, config.length, config.faults ? 0 : config.faults_per_hour) {
  SoakWorld::Config world;
  world.seed = config.seed;
  world.trucks_per_hour = config.trucks_per_hour;
  world.drive_through = config.seed % 4 == 3;
  cycle_ = draw_cycle(config.seed, world);
  kept_.folder = config.folder;
  kept_.canary = config.canary;
  world_ = std::make_unique<SoakWorld>(world, faults_, begun_);
  if (config.faults) plan_ = *config.faults;
  std::stable_sort(plan_.begin(), plan_.end(),
                   [](const PlannedFault& a, const PlannedFault& b) { return a.at < b.at; });
  report_.seed = config.seed;
  report_.log_hash = 0xCBF29CE484222325ULL;
}

core::Duration SoakRun::since_begin() const {
  return clock_.now() - begun_;
}

void SoakRun::say(const std::string& text) {
  const auto ms = std::chrono::duration_cast<milliseconds>(since_begin()).count();
  std::string line = fmt::format("{:>9}.{:03} {}", ms / 1000, ms % 1000, text);
  ++report_.log_lines;
  for (const char c : line) {
    report_.log_hash ^= static_cast<unsigned char>(c);
    report_.log_hash *= 0x100000001B3ULL;
  }
  if (config_.log) config_.log(line);
  last_lines_.push_back(std::move(line));
  if (last_lines_.size() > kLastLines) last_lines_.pop_front();
}

void SoakRun::violated(const std::string& what) {
  if (report_.violation) return;
  say("VIOLATED: " + what);
  report_.violation = SoakViolation{since_begin(), what};
}

core::Status SoakRun::begin_life() {
  restart_at_.reset();
  lane_ = std::make_unique<SoakLife>(*this, ++report_.lives);
  const core::Status started = lane_->start();
  if (started.ok()) {
    say(fmt::format("the lane's program starts, life {}", report_.lives));
    operator_due_ = clock_.now() + seconds(2);
    return {};
  }
  // Whoever looks after processes starts it again.
  say("the lane's program does not start: " + started.error().message);
  mark("start-failed");
  disk_.set_dead(true);
  lane_.reset();
  disk_.set_dead(false);
  restart_at_ = clock_.now() + seconds(5);
  if (faults_.count() == 0) violated("the lane does not start: " + started.error().message);
  return {};
}

void SoakRun::end_life(bool power_lost) {
  if (!lane_) return;
  say(power_lost ? "power is lost" : "the lane's program is killed");
  if (state_.cycle == CycleState::kScanning) mark("killed-in-scan");
  if (lane_->recorder->view().phase == lane::RecordPhase::kClosing) mark("killed-closing-record");
  if (lane_->recorder->view().phase == lane::RecordPhase::kOpening) mark("killed-opening-record");
  const auto plc = lane_->plc->stats();
  if (plc.timeouts != 0) mark("plc-timeout");
  if (plc.bad_replies != 0) mark("plc-bad-reply");
  if (plc.write_mismatches != 0) mark("plc-write-mismatch");
  if (plc.connection_losses != 0) mark("plc-connection-lost");
  if (std::any_of(plc.exceptions.begin(), plc.exceptions.end(), [](auto n) { return n != 0; }))
    mark("plc-exception");
  if (lane_->detector->gaps_filled() != 0) mark("gap-filled");
  if (lane_->detector->lines_missing() != 0) mark("line-missing");
  disk_.set_dead(true);
  lane_.reset();
  asked_motion_ = asked_beam_ = false;
  if (power_lost) {
    if (const auto lost = disk_.lose_power(config_.seed + report_.lives); !lost.ok())
      violated(lost.error().message);
    std::error_code ignored;
    for (const auto& file : std::filesystem::directory_iterator(kept_.folder, ignored))
      if (file.path().string().ends_with("-shm")) std::filesystem::remove(file.path(), ignored);
  }
  disk_.set_dead(false);
  // What was saved in the poll of the death, or before it.
  settled_latches_.insert(settled_latches_.end(), tick_latches_.begin(), tick_latches_.end());
  first_step_ = true;
}

void SoakRun::poll() {
  const core::TimePoint begin = clock_.now();
  ++report_.polls;
  step_changed_ = false;
  tick_latches_.clear();
  begin_faults();
  world_->tick(begin, clock_.utc_now());
  if (!lane_ && restart_at_ && begin >= *restart_at_) static_cast<void>(begin_life());
  auto cameras = world_->take_camera_lines();
  note_cover();
  if (lane_) {
    SoakLife& l = *lane_;
    l.portal->tick(*l.driver, l.source->beam_asked());
    for (std::string& line : cameras) {
      if (faults_.active(F::kCameraGarbage))
        line[people_.below(line.size())] = static_cast<char>(32 + people_.below(95));
      if (!submit_camera_line(*l.driver, line, begin)) mark("camera-line-refused");
    }
    l.source->tick();
    l.detector->tick();
    l.recorder->tick();
    if (!l.life.dead() && l.recorder->lines_kept() != 0)
      lines_kept_[l.recorder->scan_id()] = l.recorder->lines_kept();
    operate();
    l.plc->poll([&l](core::TimePoint now) { l.driver->tick(now); });
    if (const auto wrong = l.detector->books(); !wrong.empty())
      violated("the assembler's figures do not add up: " + wrong);
    if (l.life.dying() && clock_.now() >= die_by_) l.life.die();
    if (l.life.dead()) {
      end_life(kill_with_power_);
      restart_at_ = clock_.now() + down_for_;
    } else {
      settled_latches_ = {state_.latched};
      settled_vehicles_ = state_.vehicles;
      settled_saved_ = l.store.current();
    }
  } else {
    static_cast<void>(world_->take_portal_lines());
  }
  check_world();
  check_progress();
  if (clock_.now() < begin + kPoll) clock_.advance(begin + kPoll - clock_.now());
}

// ---- checks -------------------------------------------------------------------------------------

void SoakRun::check_step(const lane::StepView& view) {
  if (!lane_ || lane_->life.dead()) return;
  ++report_.steps;
  std::string_view broken = lane::violated_invariant(view);
  if (broken.empty()) broken = lane::violated_latch_invariant(view);
  if (broken.empty()) broken = lane_->records.check(view.after, view.actions);
  if (!broken.empty())
    violated(fmt::format("{} (in {})", broken, lane::cycle_state_name(view.after.cycle)));
  if (first_step_) {
    first_step_ = false;
    check_restart(view.before);
  }
  const lane::State& s = view.after;
  step_changed_ = step_changed_ || view.event.kind != lane::Event::Kind::kTick ||
                  view.actions.size() > 0 || !(s == state_) || !(view.inputs == inputs_);
  if (!(s == state_)) {
    if (s.phase == Phase::kHoming) mark("homing");
    if (s.phase == Phase::kIsolated) mark("isolated");
    if (s.warning_tail) mark("warning-tail");
    if (s.cycle != state_.cycle) {
      ++progress_;
      ++visits_;
      operator_due_ = std::min(operator_due_, view.now + milliseconds(500 + people_.below(4500)));
    }
  }
  if (view.actions.size() > 0) {
    if (view.actions.has(lane::ActionKind::kCallOperator)) mark("operator-called");
    if (view.actions.has(lane::ActionKind::kTailgated)) mark("tailgated");
    if (view.actions.has(lane::ActionKind::kToBay)) mark("to-bay");
    if (view.actions.has(lane::ActionKind::kResetSource)) mark("reset");
  }
  if (view.outputs.source_beam && s.cycle == CycleState::kScanning &&
      !begun_scans_.contains(lane_->recorder->scan_id()))
    violated("beam is asked for a scan that has no record in the catalogue");
  tick_latches_.push_back(s.latched);
  asked_motion_ = view.outputs.plc.request_motion;
  asked_beam_ = view.outputs.source_beam;
  state_ = s;
  inputs_ = view.inputs;
  inputs_.log = nullptr;
}

void SoakRun::check_restart(const lane::State& restored) {
  if (report_.lives < 2) return;
  if (restored.latched.any()) mark("restart-with-latch");
  if (restored.vehicle != 0) mark("restart-with-vehicle");
  if (!settled_saved_) return;
  if (std::find(settled_latches_.begin(), settled_latches_.end(), restored.latched) ==
      settled_latches_.end())
    violated("a restart changed the latched faults");
  if (restored.vehicles < settled_vehicles_)
    violated("a restart forgot vehicles: their numbers come again");
}

void SoakRun::check_bay_step(const lane::BayStepView& view) {
  if (!lane_ || lane_->life.dead()) return;
  ++report_.steps;
  const auto broken = lane::violated_bay_invariant(view.before, view.inputs, view.event,
                                                   view.result, view.now, cycle_);
  if (!broken.empty()) violated(fmt::format("{} (in bay {})", broken, view.number));
  if (!(view.before == view.result.state)) {
    step_changed_ = true;
    ++progress_;
    if (view.result.state.missing) mark("bay-missing");
  }
}

void SoakRun::check_world() {
  const core::TimePoint now = clock_.now();
  if (lane_ && lane_->source->beam_asked()) beam_wanted_at_ = now;
  if (faults_.count() != 0 || !lane_) fault_at_ = now;
  const core::Duration outlives = now - fault_at_ > seconds(1) ? kBeamLingers : kBeamOutlives;
  if (world_->beam_on() && now - beam_wanted_at_ > outlives)
    violated("the source makes beam that the lane does not ask for");
  if (world_->beam_on() && world_->person_at_risk())
    violated("the source makes beam with somebody in the area");
  if (world_->beam_on() && world_->cab_at_risk())
    violated("the source makes beam with the driver's cab before it");
}

void SoakRun::check_progress() {
  const core::TimePoint now = clock_.now();
  const bool waits_for_nobody = state_.cycle == CycleState::kIdle &&
                                inputs_[lane::Input::kCalibrated] &&
                                world_->lane().truck() == simulator::TruckState::kNone;
  const core::Duration passed = now - progress_at_;
  progress_at_ = now;
  if (!lane_ || waits_for_nobody || progress_ != progress_seen_) {
    progress_seen_ = progress_;
    stuck_for_ = {};
    return;
  }
  // Times with a fault do not count, and do not excuse the others.
  if (faults_.count() == 0) stuck_for_ += passed;
  if (stuck_for_ <= kStuckAfter) return;
  violated(fmt::format("nothing is amiss, and the lane has been in {} for {} min: {}",
                       lane::cycle_state_name(state_.cycle),
                       std::chrono::duration_cast<minutes>(kStuckAfter).count(),
                       lane_->driver->snapshot()->next_text));
}

core::Status SoakRun::check_records() {
  std::vector<archive::Catalogue::Recovered> recovered;
  PC_TRY(auto catalogue, archive::Catalogue::open_for_lane(kept_.folder / "catalogue.sqlite",
                                                           clock_.utc_now(), &recovered));
  for (const std::string& id : begun_scans_) {
    const auto shown = catalogue.show(id);
    if (!shown.ok()) {
      violated(fmt::format("{} began and has no record: {}", id, shown.error().message));
      continue;
    }
    const auto& scan = shown->scan;
    if (scan.outcome == core::ScanOutcome::kRunning)
      violated(fmt::format("{} has no end in its record", id));
    if (const auto kept = lines_kept_.find(id);
        kept != lines_kept_.end() && !scan.sha256.empty() && scan.lines < kept->second)
      violated(fmt::format("{} has {} lines, {} were written", id, scan.lines, kept->second));
    if (const auto closed = closed_.find(id); closed != closed_.end()) {
      if (scan.outcome != closed->second.outcome || scan.outcome_reason != closed->second.reason ||
          scan.lines != closed->second.lines)
        violated(fmt::format("{} was closed as {} ({}), and its record says {} ({})", id,
                             core::scan_outcome_name(closed->second.outcome), closed->second.reason,
                             core::scan_outcome_name(scan.outcome), scan.outcome_reason));
    }
  }
  PC_TRY(const auto all, catalogue.find({.limit = 10'000}));
  if (all.size() != begun_scans_.size()) {
    // A begin that was written and never answered, because of a kill, is one more: no harm.
    if (all.size() < begun_scans_.size())
      violated(fmt::format("{} scans began, {} records", begun_scans_.size(), all.size()));
    else
      mark("record-of-unanswered-begin");
  }
  for (const auto& kept : acknowledged_) {
    const auto shown = catalogue.show(kept.scan_id);
    const bool there = shown.ok() && std::any_of(shown->decisions.begin(), shown->decisions.end(),
                                                 [&](const core::Decision& decision) {
                                                   return decision.kind == kept.kind &&
                                                          decision.reason_text == kept.reason_text;
                                                 });
    if (!there)
      violated(
          fmt::format("a decision on {} was acknowledged and is not found again", kept.scan_id));
  }
  PC_TRY(const auto checked, catalogue.check(true));
  for (const std::string& problem : checked.problems) violated("catalogue: " + problem);
  return {};
}

// ---- time ---------------------------------------------------------------------------------------

std::optional<core::TimePoint> SoakRun::next_threshold() const {
  std::optional<core::TimePoint> next;
  const core::TimePoint now = clock_.now();
  const auto consider = [&](core::TimePoint at) {
    if (at > now && (!next || at < *next)) next = at;
  };
  for (std::size_t i = 0; i < lane::kThresholdCount; ++i) {
    const auto threshold = static_cast<lane::Threshold>(i);
    const core::Duration length = lane::threshold_length(threshold, cycle_);
    std::optional<core::TimePoint> start;
    switch (lane::threshold_info(threshold).timer) {
      case lane::Timer::kState:
        start = state_.entered;
        break;
      case lane::Timer::kPhase:
        start = state_.phase_entered;
        break;
      case lane::Timer::kWarning:
        start = state_.warning_since;
        break;
      case lane::Timer::kEmpty:
        start = state_.empty_since;
        break;
      case lane::Timer::kReset:
        start = state_.reset_since;
        break;
      case lane::Timer::kGrace:
        start = state_.beam_grace_until;
        break;
    }
    if (start) consider(*start + length);
  }
  for (const lane::BayView& bay : lane_->driver->snapshot()->bays) {
    consider(bay.state.since + cycle_.bay_arrive_max);
    consider(bay.state.since + cycle_.review_max);
  }
  for (const lane::AwaitedVehicle& one : lane_->driver->snapshot()->awaited)
    consider(one.let_out + cycle_.come_again_max);
  return next;
}

void SoakRun::leave_out_polls() {
  const bool quiet = lane_ && !step_changed_ && faults_.count() == 0 && world_->at_rest() &&
                     !lane_->detector->busy() && !lane_->recorder->busy() && !lane_->life.dying() &&
                     lane_->store.current();
  quiet_polls_ = quiet ? quiet_polls_ + 1 : 0;
  if (!config_.jump || quiet_polls_ < kQuietPolls) return;
  core::TimePoint target = begun_ + config_.length;
  const auto not_after = [&](core::TimePoint at) { target = std::min(target, at); };
  not_after(operator_due_);
  if (world_->lane().truck() == simulator::TruckState::kNone) not_after(world_->next_truck());
  if (planned_next_ < plan_.size()) not_after(begun_ + plan_[planned_next_].at);
  if (planner_.next_at()) not_after(begun_ + *planner_.next_at());
  if (const auto threshold = next_threshold()) not_after(*threshold);
  not_after(clock_.now() + kStuckAfter - stuck_for_ + kPoll);
  // Whole rounds, so that pulses, heartbeats and status polls come where they would have come.
  const auto polls = ((target - clock_.now()) / kPoll - 1) / kRoundPolls * kRoundPolls;
  if (polls == 0) return;
  clock_.advance(polls * kPoll);
  report_.polls_left_out += static_cast<std::uint64_t>(polls);
  // What was left out counts for the states all the same.
  report_.in_state[static_cast<std::size_t>(state_.cycle)] += static_cast<std::uint64_t>(polls);
}

core::Result<SoakReport> SoakRun::go() {
  PC_CHECK(SoakDisk::install());
  if (const std::string problem = clear_folder(config_.folder); !problem.empty())
    return core::Error{core::ErrorCode::kIo,
                       fmt::format("{}: {}", config_.folder.string(), problem)};
  PC_CHECK(begin_life());
  while (since_begin() < config_.length && !report_.violation) {
    poll();
    leave_out_polls();
  }
  report_.ran = since_begin();
  report_.trucks = world_->trucks();
  if (!report_.violation) {
    faults_.expire(core::TimePoint::max());
    disk_.set_full(false);
    disk_.set_failing(false);
    end_life(false);
    PC_CHECK(check_records());
  }
  report_.faults = plan_;
  if (report_.violation) {
    report_.faults.resize(planned_next_);
    report_.last_lines.assign(last_lines_.begin(), last_lines_.end());
    disk_.set_dead(true);
    lane_.reset();
    disk_.set_dead(false);
  }
  std::error_code ignored;
  std::filesystem::remove_all(config_.folder, ignored);
  return std::move(report_);
}

}  // namespace portcullis::proving
