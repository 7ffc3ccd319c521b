#pragma once

#include <string_view>

#include "lane/cycle.h"

namespace portcullis::lane {

/// What must hold after every step, whatever happened: written from docs/safety.md and from the
/// inputs alone, sharing nothing with the conditions that step() uses, so that a mistake there
/// does not excuse itself here.
struct StepView {
  const State& before;
  const Inputs& inputs;
  const State& after;
  const Actions& actions;
  const Event& event;
  bool accepted = true;
  const Outputs& outputs;  ///< Of `after`.
  core::TimePoint now;
  const CycleConfig& config;
};

/// One named promise; true where it holds.
struct Invariant {
  std::string_view name;
  bool (*holds)(const StepView&) noexcept;
};
[[nodiscard]] const Invariant* invariants_begin() noexcept;
[[nodiscard]] const Invariant* invariants_end() noexcept;

/// The name of the first invariant that is violated; empty where all hold.
[[nodiscard]] std::string_view violated_invariant(const StepView& view) noexcept;

/// Those that say which cause latches; apart, because every one looks at its causes in every state.
[[nodiscard]] const Invariant* latch_invariants_begin() noexcept;
[[nodiscard]] const Invariant* latch_invariants_end() noexcept;
[[nodiscard]] std::string_view violated_latch_invariant(const StepView& view) noexcept;

/// Follows records and acts over many steps; check() after each.
class RecordInvariant {
 public:
  /// Empty, or what is wrong: a record opened twice, closed without being open, never closed.
  [[nodiscard]] std::string_view check(const State& after, const Actions& actions) noexcept;

 private:
  bool open_ = false;
};

}  // namespace portcullis::lane
