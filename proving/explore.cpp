#include "proving/explore.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "lane/invariants.h"
#include "proving/cases.h"

namespace portcullis::proving {
namespace {

using lane::Command;
using lane::CycleState;
using lane::Event;
using lane::State;

/// Of the decisions that lead to inspection, hold; release, rescan and isolate are their own.
core::DecisionKind decision_standing_for(core::DecisionKind kind) {
  const bool own = kind == core::DecisionKind::kRelease || kind == core::DecisionKind::kRescan ||
                   kind == core::DecisionKind::kIsolate;
  return own ? kind : core::DecisionKind::kHold;
}

/// The part of a state that a step can tell apart, packed; see explore.h.
class StateKey {
 public:
  explicit StateKey(const State& s) {
    put(static_cast<std::uint64_t>(s.cycle), 5);
    put(static_cast<std::uint64_t>(s.phase), 5);
    put(s.warning_since.has_value(), 1);
    put(s.warning_tail, 1);
    put(s.beam_permit_requested, 1);
    put(s.source_beam_requested, 1);
    put(s.beam_seen, 1);
    put(s.motion_requested, 1);
    put(s.cab_seen, 1);
    put(s.cab_passed, 1);
    put(static_cast<std::uint64_t>(s.direction), 2);
    put(static_cast<std::uint64_t>(s.act.kind), 2);
    put(s.act.vehicle == 0 ? 0U : s.act.vehicle == s.vehicle ? 1U : 2U, 2);
    put(s.act.consumed, 1);
    put(s.vehicle != 0, 1);
    put(s.vehicle_scanned, 1);
    put(s.decision ? static_cast<std::uint64_t>(decision_standing_for(*s.decision)) + 1 : 0, 4);
    put(s.record_open, 1);
    put(s.bay, 4);
    put(s.tailgated, 1);
    put(s.operator_called, 1);
    put(s.empty_since.has_value(), 1);
    put(s.reset_since.has_value(), 1);
    put(s.latched.any(), 1);
    put(s.first_out.has_value(), 1);
  }
  [[nodiscard]] std::uint64_t value() const { return bits_; }

 private:
  void put(std::uint64_t value, unsigned width) {
    bits_ = bits_ << width | (value & ((1ULL << width) - 1));
    used_ += width;
  }
  std::uint64_t bits_ = 0;
  unsigned used_ = 0;
};

/// The one state that stands for all with the same key.
State standing_for(State s) {
  s.act.vehicle = s.act.vehicle == 0 ? 0 : s.act.vehicle == s.vehicle ? 1 : 2;
  if (s.vehicle != 0) s.vehicle = 1;
  s.vehicles = s.vehicle;
  s.last_loss = {};
  if (s.latched.any()) s.latched.set();
  if (s.decision) s.decision = decision_standing_for(*s.decision);
  return s;
}

struct Node {
  State state;
  std::uint32_t depth = 0;
  std::uint32_t parent = 0;
  std::string how;  ///< From the parent.
};

std::vector<Event> all_events() {
  std::vector<Event> events(1);
  for (std::size_t i = 0; i < lane::kCommandCount; ++i) {
    Event event;
    event.kind = Event::Kind::kCommand;
    event.command = static_cast<Command>(i);
    events.push_back(event);
  }
  for (int kind = 0; kind <= static_cast<int>(core::DecisionKind::kIsolate); ++kind) {
    Event event;
    event.kind = Event::Kind::kDecision;
    event.decision.kind = static_cast<core::DecisionKind>(kind);
    events.push_back(event);
  }
  return events;
}

std::string choice_name(std::uint8_t what) {
  if (what < lane::kInputCount)
    return std::string(lane::input_name(static_cast<lane::Input>(what)));
  if (what < lane::kInputCount + lane::kThresholdCount)
    return "time:" +
           std::string(
               lane::threshold_info(static_cast<lane::Threshold>(what - lane::kInputCount)).name);
  return "decision:" + std::to_string(what - lane::kInputCount - lane::kThresholdCount);
}

std::string describe(const Event& event, const CaseWalk& walk) {
  std::string text = event.kind == Event::Kind::kTick ? "tick"
                     : event.kind == Event::Kind::kCommand
                         ? std::string(lane::command_name(event.command))
                         : "decision " + std::string(core::decision_kind_name(event.decision.kind));
  for (const auto& choice : walk.choices())
    text += fmt::format(" {}{}", choice.value ? "" : "!", choice_name(choice.what));
  return text;
}

class Explorer {
 public:
  Explorer(const lane::CycleConfig& config, const ExploreOptions& options)
      : config_(config), options_(options), events_(all_events()) {}

  ExploreReport run() {
    const auto begun = std::chrono::steady_clock::now();
    report_.whole = true;
    find(lane::initial_state(core::TimePoint{}, config_), 0, 0, "start");
    for (std::uint32_t i = 0; i < nodes_.size() && !full(); ++i) {
      successors_.clear();
      for (const Event& event : events_) walk_event(i, event);
      report_.steps_distinct += successors_.size();
    }
    if (full()) report_.whole = false;
    report_.states = nodes_.size();
    for (std::size_t a = 0; a < lane::kCycleStateCount; ++a) {
      const auto from = static_cast<CycleState>(a);
      for (std::size_t b = 0; b < lane::kCycleStateCount; ++b)
        if (a != b && changes_[a][b] != 0)
          report_.changes[{from, static_cast<CycleState>(b)}] = changes_[a][b];
      for (std::size_t i = 0; i < lane::kCommandCount; ++i)
        if (taken_[a][i] != 0) report_.taken[{from, static_cast<Command>(i)}] = taken_[a][i];
    }
    for (const Node& node : nodes_) {
      ++report_.states_by_cycle[node.state.cycle];
      report_.depth = std::max(report_.depth, node.depth);
    }
    report_.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    return std::move(report_);
  }

 private:
  [[nodiscard]] bool full() const {
    return report_.violations.size() >= options_.violations_max ||
           nodes_.size() >= options_.states_max;
  }

  void find(const State& raw, std::uint32_t parent, std::uint32_t depth, std::string how) {
    nodes_.push_back({standing_for(raw), depth, parent, std::move(how)});
    known_.emplace(StateKey(raw).value(), static_cast<std::uint32_t>(nodes_.size() - 1));
  }

  void walk_event(std::uint32_t from, const Event& event) {
    CaseWalk walk(nodes_[from].state, config_);
    do {
      check_case(from, event, walk);
      if (full()) return;
    } while (walk.next());
    if (std::abs(walk.covered() - 1) > 1e-12) report_.whole = false;
  }

  void check_case(std::uint32_t from, Event event, CaseWalk& walk) {
    const CaseWalk::World& world = walk.world();
    event.decision.of_this_vehicle = world.of_this_vehicle;
    event.decision.two_officers = world.two_officers;
    event.decision.radiation_adjudicated = world.radiation_adjudicated;
    const lane::StepResult result =
        lane::step(world.state, world.inputs, event, world.now, config_);
    const lane::Outputs outputs = lane::outputs_of(result.state, world.inputs, world.now, config_);
    ++report_.transitions;
    const lane::StepView view{world.state,     world.inputs, result.state, result.actions, event,
                              result.accepted, outputs,      world.now,    config_};
    std::string_view broken = lane::violated_invariant(view);
    if (broken.empty()) broken = broken_record(world.state, result);
    const CycleState before = world.state.cycle;
    ++changes_[static_cast<std::size_t>(before)][static_cast<std::size_t>(result.state.cycle)];
    if (event.kind == Event::Kind::kCommand && result.accepted)
      ++taken_[static_cast<std::size_t>(before)][static_cast<std::size_t>(event.command)];

    const std::uint64_t key = StateKey(result.state).value();
    successors_.insert(key);
    if (!broken.empty()) tell(broken, from, describe(event, walk), result.state);
    if (known_.find(key) == known_.end())
      find(result.state, from, nodes_[from].depth + 1, describe(event, walk));
  }

  /// RecordInvariant over one step: whether one was open before is in the state.
  static std::string_view broken_record(const State& before, const lane::StepResult& result) {
    lane::RecordInvariant records;
    if (before.record_open) {
      lane::Actions opened;
      opened.add({lane::ActionKind::kOpenRecord, core::ScanOutcome::kRunning, {}});
      State open = before;
      open.cycle = CycleState::kScanning;
      if (const auto broken = records.check(open, opened); !broken.empty()) return broken;
    }
    return records.check(result.state, result.actions);
  }

  void tell(std::string_view broken, std::uint32_t from, const std::string& how,
            const State& after) {
    // One of a kind is enough: the shortest way to it.
    for (const Violation& known : report_.violations)
      if (known.invariant == broken) return;
    Violation violation{std::string(broken), {}};
    violation.trace.push_back(fmt::format("{} -> {}", how, lane::cycle_state_name(after.cycle)));
    for (std::uint32_t i = from;; i = nodes_[i].parent) {
      violation.trace.push_back(
          fmt::format("{} -> {}", nodes_[i].how, lane::cycle_state_name(nodes_[i].state.cycle)));
      if (i == 0) break;
    }
    std::reverse(violation.trace.begin(), violation.trace.end());
    report_.violations.push_back(std::move(violation));
  }

  const lane::CycleConfig& config_;
  const ExploreOptions options_;
  const std::vector<Event> events_;
  std::vector<Node> nodes_;
  std::unordered_map<std::uint64_t, std::uint32_t> known_;
  std::unordered_set<std::uint64_t> successors_;
  std::array<std::array<std::uint64_t, lane::kCycleStateCount>, lane::kCycleStateCount> changes_{};
  std::array<std::array<std::uint64_t, lane::kCommandCount>, lane::kCycleStateCount> taken_{};
  ExploreReport report_;
};

}  // namespace

ExploreReport explore(const lane::CycleConfig& config, const ExploreOptions& options) {
  return Explorer(config, options).run();
}

std::vector<std::string> unused_rows(const std::vector<ExploreReport>& reports) {
  std::vector<std::string> unused;
  const auto any = [&](const auto& used) {
    return std::any_of(reports.begin(), reports.end(), used);
  };
  for (std::size_t a = 0; a < lane::kCycleStateCount; ++a) {
    const auto from = static_cast<CycleState>(a);
    for (std::size_t b = 0; b < lane::kCycleStateCount; ++b) {
      const auto to = static_cast<CycleState>(b);
      if (from == to || !lane::transition_allowed(from, to)) continue;
      if (!any([&](const ExploreReport& r) { return r.changes.contains({from, to}); }))
        unused.push_back(fmt::format("{} to {} is in the table and never happens",
                                     lane::cycle_state_name(from), lane::cycle_state_name(to)));
    }
    for (std::size_t i = 0; i < lane::kCommandCount; ++i) {
      const auto command = static_cast<Command>(i);
      if (!lane::command_possible(from, command)) continue;
      if (!any([&](const ExploreReport& r) { return r.taken.contains({from, command}); }))
        unused.push_back(fmt::format("{} in {} is in the table and never taken",
                                     lane::command_name(command), lane::cycle_state_name(from)));
    }
  }
  return unused;
}

}  // namespace portcullis::proving
