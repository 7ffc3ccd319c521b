#include "proving/state_page.h"

#include <fmt/format.h>

#include "lane/bays.h"
#include "lane/cycle.h"
#include "lane/guards.h"
#include "lane/invariants.h"

namespace portcullis::proving {
namespace {

using lane::CycleState;

CycleState state_at(std::size_t i) {
  return static_cast<CycleState>(i);
}
bool is_halt(CycleState state) {
  return state == CycleState::kStopped || state == CycleState::kFaulted ||
         state == CycleState::kOff;
}
/// Has the three ways that every working state has.
bool works(CycleState state) {
  return lane::transition_allowed(state, CycleState::kStopped) &&
         lane::transition_allowed(state, CycleState::kFaulted) &&
         lane::transition_allowed(state, CycleState::kOff) && !is_halt(state);
}

std::string diagram() {
  std::string page = "```mermaid\nstateDiagram-v2\n    [*] --> Off\n";
  for (std::size_t a = 0; a < lane::kCycleStateCount; ++a)
    for (std::size_t b = 0; b < lane::kCycleStateCount; ++b) {
      const CycleState from = state_at(a);
      const CycleState to = state_at(b);
      if (a == b || !lane::transition_allowed(from, to) || (works(from) && is_halt(to))) continue;
      page +=
          fmt::format("    {} --> {}\n", lane::cycle_state_name(from), lane::cycle_state_name(to));
    }
  page += "```\n\nNot drawn: from ";
  std::string names;
  for (std::size_t a = 0; a < lane::kCycleStateCount; ++a)
    if (works(state_at(a)))
      names += fmt::format("{}{}", names.empty() ? "" : ", ", lane::cycle_state_name(state_at(a)));
  return page + names +
         ",\nan emergency stop or Stop leads to Stopped, a latched fault to Faulted, the key "
         "leaving\n\"on\" to Off.\n";
}

std::string command_rows() {
  std::string page = "| state | beam |";
  for (std::size_t c = 0; c < lane::kCommandCount; ++c)
    page += fmt::format(" {} |", lane::command_name(static_cast<lane::Command>(c)));
  page += "\n|---|---|";
  for (std::size_t c = 0; c < lane::kCommandCount; ++c) page += "---|";
  for (std::size_t a = 0; a < lane::kCycleStateCount; ++a) {
    page += fmt::format("\n| {} | {} |", lane::cycle_state_name(state_at(a)),
                        lane::state_may_have_beam(state_at(a)) ? "may be" : "never");
    for (std::size_t c = 0; c < lane::kCommandCount; ++c)
      page +=
          lane::command_possible(state_at(a), static_cast<lane::Command>(c)) ? " yes |" : " - |";
  }
  return page + "\n";
}

}  // namespace

std::string state_page() {
  std::string page =
      "# States of the lane cycle\n\nWritten by `portcullis explore --states` from the tables that "
      "the product runs; do not edit.\n`docs/safety.md` explains them.\n\n## Changes of state\n\n";
  page += diagram();
  page +=
      "\n## Commands\n\n\"yes\": possible, where its conditions hold too; \"-\": refused in this "
      "state, whatever holds.\n\n";
  page += command_rows();
  page +=
      "\n## Conditions of beam\n\nIn this order; the first that fails is what the operator is "
      "told.\n\n| condition | when it fails |\n|---|---|\n";
  for (std::size_t i = 0; i < lane::kConditionCount; ++i) {
    const auto condition = static_cast<lane::Condition>(i);
    page += fmt::format("| `{}` | {} |\n", lane::condition_name(condition),
                        lane::condition_text(condition));
  }
  page += "\n## Latched faults\n\n| fault | |\n|---|---|\n";
  for (std::size_t i = 0; i < lane::kFaultCount; ++i) {
    const auto fault = static_cast<lane::Fault>(i);
    page += fmt::format("| `{}` | {} |\n", lane::fault_name(fault), lane::fault_text(fault));
  }
  page += "\n## Invariants\n\nChecked after every step of the exploration.\n\n";
  for (const auto* it = lane::invariants_begin(); it != lane::invariants_end(); ++it)
    page += fmt::format("- {}\n", it->name);
  for (const auto* it = lane::latch_invariants_begin(); it != lane::latch_invariants_end(); ++it)
    page += fmt::format("- {}\n", it->name);
  page += "\n## Guards\n\nEach is left out in turn by the mutation tool; a proof must notice.\n\n";
  for (const lane::GuardId id : lane::all_guards())
    page += fmt::format("- `{}`\n", lane::guard_name(id));
  return page;
}

}  // namespace portcullis::proving
