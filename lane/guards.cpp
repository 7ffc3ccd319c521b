#include "lane/guards.h"

#include <array>

#include "core/assert.h"
#include "lane/cycle.h"

namespace portcullis::lane {
namespace {

constexpr std::array kSelfTestInputs = {
    Input::kPlcFresh,         Input::kPlcHeartbeat,  Input::kCommandsConfirmed,
    Input::kPlcRunning,       Input::kPlcFaultFree,  Input::kHardwareKindsAgree,
    Input::kEstopHealthy,     Input::kKeyOn,         Input::kSourceAlive,
    Input::kAcquisitionAlive, Input::kBeamNotSensed, Input::kBeamOffMeansAgree,
    Input::kRecordEnded};
constexpr std::array kWarmUpInputs = {
    Input::kPlcFresh,    Input::kEstopHealthy, Input::kKeyOn,        Input::kHardwareKindsAgree,
    Input::kSourceAlive, Input::kPlcFaultFree, Input::kBeamNotSensed};
constexpr std::array kReadyInputs = {Input::kPlcFresh,           Input::kKeyOn,
                                     Input::kHardwareKindsAgree, Input::kSourceReady,
                                     Input::kAcquisitionAlive,   Input::kCalibrated,
                                     Input::kStorageReady,       Input::kMainsPower,
                                     Input::kNoBypass,           Input::kDoseMonitorsWell};
constexpr std::array kResetInputs = {Input::kPlcFresh,      Input::kEstopButtonsReleased,
                                     Input::kChannelsAgree, Input::kBeamOffMeansAgree,
                                     Input::kBeamNotSensed, Input::kDoseMonitorsWell,
                                     Input::kPlcHeartbeat};
constexpr std::array kCalibrateInputs = {Input::kLaneEmpty, Input::kEntryFree, Input::kSourceReady,
                                         Input::kAcquisitionAlive};

constexpr std::array<std::string_view, kGuardListCount> kListNames = {
    "self_test", "warm_up", "ready_for_vehicle", "reset", "calibrate"};

constexpr std::array<std::string_view, kGuardCount> kGuardNames = {
    "stop_halts",
    "latch_halts",
    "key_halts",
    "request_keeps_its_conditions",
    "motion_without_people",
    "entry_closes_on_nothing",
    "exit_closes_on_nothing",
    "entry_opens_behind_closed_exit",
    "entry_needs_free_bay",
    "entry_green_only_open",
    "exit_green_only_open",
    "entering_through_open_entry",
    "stands_behind_closed_barriers",
    "stands_with_cab_clear",
    "stands_in_tunnel",
    "gone_for_its_time",
    "exit_opens_with_driver_in_cab",
    "exit_opens_behind_closed_doors",
    "review_ends_in_hold",
    "bay_only_if_free",
    "operator_is_called",
    "tailgating_is_told",
    "stands_with_driver_in_cab",
    "cab_seen_first",
    "cab_past_by_its_way",
    "cab_forgotten_at_stop",
    "start_after_record",
    "start_after_warning_tail",
    "start_at_standstill",
    "motion_after_warning",
    "motion_under_lamp",
    "run_from_an_end",
    "scan_with_armed_detector",
    "warning_ends",
    "permit_comes_in_time",
    "beam_comes_in_time",
    "beam_stays",
    "drain_ends",
    "record_ends",
    "complete_with_all_lines",
    "complete_with_beam_gone",
    "review_needs_stored_record",
    "air_ends",
    "air_needs_dark",
    "calibration_needs_air",
    "capture_failure_is_a_loss",
    "record_failure_is_a_loss",
    "warning_outlasts_beam",
    "reset_once",
    "reset_pulse_runs",
    "reset_needs_causes_gone",
    "reset_needs_chain",
    "reset_ends",
    "maintenance_needs_key",
    "decision_where_one_is_awaited",
    "decision_of_this_vehicle",
    "rescan_in_review",
    "release_after_scan",
    "release_by_two",
    "release_needs_measurement",
    "release_needs_no_alarm",
    "bay_assigned_when_free",
    "bay_opens_for_the_arrived",
    "bay_decision_of_this_vehicle",
    "bay_missing_is_not_released",
    "bay_missing_is_told",
    "bay_gone_for_its_time",
    "bay_review_ends_in_hold",
    "bay_arrival_is_watched",
    "bay_intruder_is_told",
};
static_assert(!kGuardNames.back().empty());

struct GuardTable {
  std::array<GuardId, kAllGuardsMax> ids;
  std::size_t count;
};

GuardTable make_guard_table() {
  GuardTable table{[] {
                     std::array<GuardId, kAllGuardsMax> filled =
                         []<std::size_t... I>(std::index_sequence<I...>) {
                       return std::array{(static_cast<void>(I), GuardId(Guard::kStopHalts))...};
                     }
                     (std::make_index_sequence<kAllGuardsMax>{});
                     return filled;
                   }(),
                   0};
  const auto add = [&](GuardId id) {
    PC_ASSERT(table.count < kAllGuardsMax);
    table.ids[table.count++] = id;
  };
  for (std::size_t i = 0; i < kConditionCount; ++i) add(static_cast<Condition>(i));
  for (std::size_t i = 0; i < kFaultCount; ++i) add(static_cast<Fault>(i));
  for (std::size_t i = 0; i < kCommandCount; ++i)
    if (static_cast<Command>(i) != Command::kStop) add(static_cast<Command>(i));
  for (std::size_t i = 0; i < kGuardListCount; ++i)
    for (std::size_t m = 0; m < guard_list(static_cast<GuardList>(i)).size(); ++m)
      add({static_cast<GuardList>(i), m});
  for (std::size_t i = 0; i < kGuardCount; ++i) add(static_cast<Guard>(i));
  return table;
}

}  // namespace

std::span<const Input> guard_list(GuardList list) noexcept {
  switch (list) {
    case GuardList::kSelfTest:
      return kSelfTestInputs;
    case GuardList::kWarmUpCommand:
      return kWarmUpInputs;
    case GuardList::kReadyForVehicle:
      return kReadyInputs;
    case GuardList::kReset:
      return kResetInputs;
    case GuardList::kCalibrate:
      return kCalibrateInputs;
  }
  return {};
}

const Input* first_missing(GuardList list, const Inputs& inputs) noexcept {
  const std::span<const Input> members = guard_list(list);
  for (std::size_t i = 0; i < members.size(); ++i)
    if (!guard({list, i}, inputs[members[i]])) return &members[i];
  return nullptr;
}

std::string guard_name(GuardId id) {
  switch (id.kind) {
    case GuardId::Kind::kSingle:
      return std::string(kGuardNames[id.which]);
    case GuardId::Kind::kCondition:
      return "condition:" + std::string(condition_name(static_cast<Condition>(id.which)));
    case GuardId::Kind::kFault:
      return "fault:" + std::string(fault_name(static_cast<Fault>(id.which)));
    case GuardId::Kind::kCommand:
      return "command:" + std::string(command_name(static_cast<Command>(id.which)));
    case GuardId::Kind::kListed:
      return std::string(kListNames[id.which]) + ":" +
             std::string(input_name(guard_list(static_cast<GuardList>(id.which))[id.member]));
  }
  return {};
}

std::span<const GuardId> all_guards() noexcept {
  static const GuardTable table = make_guard_table();
  return {table.ids.data(), table.count};
}

}  // namespace portcullis::lane
