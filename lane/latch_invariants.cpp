// Which cause latches, and that every record that was opened is closed once.
#include <array>

#include "lane/invariant_facts.h"
#include "lane/invariants.h"

namespace portcullis::lane {
namespace {

// Each cause latches, wherever the lane is past its self-test; written fault by fault.
bool latched_after(const StepView& v, Fault fault) {
  return v.after.latched[static_cast<std::size_t>(fault)];
}
bool links_latch(const StepView& v) noexcept {
  if (v.before.cycle == CycleState::kOff || v.before.cycle == CycleState::kSelfTest ||
      v.before.cycle == CycleState::kMaintenance)
    return true;
  if (!v.inputs[Input::kPlcFresh]) return latched_after(v, Fault::kPlcStale);
  return (v.inputs[Input::kPlcHeartbeat] || latched_after(v, Fault::kPlcHeartbeat)) &&
         (v.inputs[Input::kCommandsConfirmed] || latched_after(v, Fault::kCommandsUnconfirmed));
}
bool plc_fault_latches(const StepView& v) noexcept {
  return !v.inputs[Input::kPlcFresh] || v.inputs[Input::kPlcFaultFree] ||
         latched_after(v, Fault::kPlcFault);
}
bool discrepancy_latches(const StepView& v) noexcept {
  return (v.inputs[Input::kChannelsAgree] || latched_after(v, Fault::kChannelsDiffer)) &&
         (!v.inputs[Input::kPlcFresh] || v.inputs[Input::kBeamOffMeansAgree] ||
          latched_after(v, Fault::kBeamOffMeansDiffer));
}
bool unrequested_beam_latches(const StepView& v) noexcept {
  return v.before.source_beam_requested || !passed_before(v, Threshold::kBeamGrace) ||
         !beam_seen_by_inputs(v) || latched_after(v, Fault::kBeamUnrequested);
}
bool dark_lamp_latches(const StepView& v) noexcept {
  return !passed_before(v, Threshold::kLampMax) || !v.inputs[Input::kPlcFresh] ||
         v.inputs[Input::kLampProven] || latched_after(v, Fault::kLampFailed);
}
bool dose_monitor_latches(const StepView& v) noexcept {
  return !v.inputs[Input::kPlcFresh] || v.inputs[Input::kDoseMonitorsWell] ||
         latched_after(v, Fault::kDoseMonitors);
}
bool source_fault_latches(const StepView& v) noexcept {
  return !v.inputs[Input::kSourceAlive] || v.inputs[Input::kSourceFaultFree] ||
         latched_after(v, Fault::kSourceFault);
}
bool want_of_memory_latches(const StepView& v) noexcept {
  return v.inputs[Input::kMemoryWell] || latched_after(v, Fault::kNoMemory);
}

constexpr std::array kLatchInvariants = {
    Invariant{"a lost link to the PLC latches", links_latch},
    Invariant{"a fault of the PLC latches", plc_fault_latches},
    Invariant{"a discrepancy latches", discrepancy_latches},
    Invariant{"beam without a request latches", unrequested_beam_latches},
    Invariant{"a dark warning lamp latches", dark_lamp_latches},
    Invariant{"a dose monitor latches", dose_monitor_latches},
    Invariant{"a fault of the source latches", source_fault_latches},
    Invariant{"want of memory latches", want_of_memory_latches},
};

}  // namespace

const Invariant* latch_invariants_begin() noexcept {
  return kLatchInvariants.data();
}
const Invariant* latch_invariants_end() noexcept {
  return kLatchInvariants.data() + kLatchInvariants.size();
}

std::string_view violated_latch_invariant(const StepView& view) noexcept {
  for (const Invariant& invariant : kLatchInvariants)
    if (!invariant.holds(view)) return invariant.name;
  return {};
}

std::string_view RecordInvariant::check(const State& after, const Actions& actions) noexcept {
  for (const Action& action : actions) {
    if (action.kind == ActionKind::kOpenRecord) {
      if (open_) return "a record was opened while another was open";
      open_ = true;
    }
    if (action.kind == ActionKind::kCloseRecord) {
      if (!open_) return "a record was closed that was not open";
      if (action.outcome == core::ScanOutcome::kRunning)
        return "a record was closed without an outcome";
      if (action.outcome != core::ScanOutcome::kComplete && action.reason.empty())
        return "a record was closed without a reason";
      open_ = false;
    }
  }
  if (open_ != after.record_open) return "the state does not know whether a record is open";
  switch (after.cycle) {
    case CycleState::kWarning:
    case CycleState::kScanning:
    case CycleState::kFinishing:
      return {};
    default:
      return open_ ? "a record stayed open after its scan" : "";
  }
}

}  // namespace portcullis::lane
