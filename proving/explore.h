#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "lane/cycle.h"

namespace portcullis::proving {

/// A walk over every reachable state of the shipped lane::step() under every input, command,
/// decision and lapse of time, with every invariant of lane/invariants.h checked after each step.
///
/// Nothing is left out:
/// - Inputs change from any vector to any other between two steps, so what the world can do is
///   contained in what is walked; vectors that a step and the invariants cannot tell apart are
///   walked once (proving/cases.h).
/// - Time is known to step() only as thresholds passed or not. Each may have passed or not at any
///   step, the timers independent of each other, so every run of a clock is contained.
/// - Two states are one where no step can tell them apart: the vehicles' count, the texts of
///   losses, which causes are latched (step() asks whether any is; that each cause latches is
///   prove_latch_vectors()'s), and which of the decisions that lead to inspection was made.
struct ExploreOptions {
  std::size_t violations_max = 20;  ///< Stop after so many.
  std::size_t states_max = 1'000'000;
};

struct Violation {
  std::string invariant;
  std::vector<std::string> trace;  ///< One line a step, from the start.
};

struct ExploreReport {
  std::uint64_t states = 0;
  std::uint64_t transitions = 0;     ///< Cases stepped: state, event, what the step can tell apart.
  std::uint64_t steps_distinct = 0;  ///< Of these, pairs of states.
  std::uint32_t depth = 0;           ///< Steps from the start to the farthest state.
  bool whole = false;  ///< Every reachable state was walked, and each case's space adds up to 1.
  double seconds = 0;
  std::vector<Violation> violations;
  std::map<lane::CycleState, std::uint64_t> states_by_cycle;
  /// Changes of the cycle's state that were made, and how often.
  std::map<std::pair<lane::CycleState, lane::CycleState>, std::uint64_t> changes;
  /// Commands that were taken at least once, by the state they were given in.
  std::map<std::pair<lane::CycleState, lane::Command>, std::uint64_t> taken;
};

[[nodiscard]] ExploreReport explore(const lane::CycleConfig& config,
                                    const ExploreOptions& options = {});

/// Rows of the lane's tables (transition_allowed(), command_possible()) that no walk of `reports`
/// ever used, in words: a table that allows what cannot happen is wrong too.
[[nodiscard]] std::vector<std::string> unused_rows(const std::vector<ExploreReport>& reports);

}  // namespace portcullis::proving
