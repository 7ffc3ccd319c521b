#include "simulator/live/safety_plc.h"

#include <algorithm>
#include <chrono>

namespace portcullis::simulator {
namespace {

using In = PlcDiscreteInputs;

constexpr PlcInputName kInputNames[] = {
    {"estop_chain_healthy", &In::estop_chain_healthy},
    {"estop_panel_ok", &In::estop_panel_ok},
    {"estop_source_ok", &In::estop_source_ok},
    {"estop_detector_ok", &In::estop_detector_ok},
    {"door_1_closed_a", &In::door_1_closed_a},
    {"door_1_closed_b", &In::door_1_closed_b},
    {"door_2_closed_a", &In::door_2_closed_a},
    {"door_2_closed_b", &In::door_2_closed_b},
    {"door_3_closed_a", &In::door_3_closed_a},
    {"door_3_closed_b", &In::door_3_closed_b},
    {"door_4_closed_a", &In::door_4_closed_a},
    {"door_4_closed_b", &In::door_4_closed_b},
    {"curtain_1_clear_a", &In::curtain_1_clear_a},
    {"curtain_1_clear_b", &In::curtain_1_clear_b},
    {"curtain_2_clear_a", &In::curtain_2_clear_a},
    {"curtain_2_clear_b", &In::curtain_2_clear_b},
    {"curtain_3_clear_a", &In::curtain_3_clear_a},
    {"curtain_3_clear_b", &In::curtain_3_clear_b},
    {"curtain_4_clear_a", &In::curtain_4_clear_a},
    {"curtain_4_clear_b", &In::curtain_4_clear_b},
    {"search_complete", &In::search_complete},
    {"key_off", &In::key_off},
    {"key_service", &In::key_service},
    {"key_on", &In::key_on},
    {"warning_lamp_current", &In::warning_lamp_current},
    {"people_clear", &In::people_clear},
    {"vehicle_at_entry", &In::vehicle_at_entry},
    {"vehicle_in_tunnel", &In::vehicle_in_tunnel},
    {"vehicle_at_exit", &In::vehicle_at_exit},
    {"second_vehicle_upstream", &In::second_vehicle_upstream},
    {"cab_seen", &In::cab_seen},
    {"cab_clear", &In::cab_clear},
    {"gantry_limit_start", &In::gantry_limit_start},
    {"gantry_limit_end", &In::gantry_limit_end},
    {"source_hv_contactor", &In::source_hv_contactor},
    {"trigger_inhibit", &In::trigger_inhibit},
    {"beam_sensed", &In::beam_sensed},
    {"dose_monitor_ok", &In::dose_monitor_ok},
    {"dose_monitor_alarm", &In::dose_monitor_alarm},
    {"bypass_active", &In::bypass_active},
    {"ups_on_battery", &In::ups_on_battery},
    {"barrier_entry_open", &In::barrier_entry_open},
    {"barrier_entry_closed", &In::barrier_entry_closed},
    {"barrier_entry_clear_beneath", &In::barrier_entry_clear_beneath},
    {"barrier_exit_open", &In::barrier_exit_open},
    {"barrier_exit_closed", &In::barrier_exit_closed},
    {"barrier_exit_clear_beneath", &In::barrier_exit_clear_beneath},
    {"beam_permit_granted", &In::beam_permit_granted},
    {"motion_permit_granted", &In::motion_permit_granted},
    {"simulated", &In::simulated},
};

struct ChainInput {
  bool In::*member;
  bool healthy;
};

constexpr bool In::*kEmergencyStops[] = {&In::estop_chain_healthy, &In::estop_panel_ok,
                                         &In::estop_source_ok, &In::estop_detector_ok};

struct ChannelPair {
  bool In::*a;
  bool In::*b;
};
constexpr ChannelPair kPairs[] = {
    {&In::door_1_closed_a, &In::door_1_closed_b},
    {&In::door_2_closed_a, &In::door_2_closed_b},
    {&In::door_3_closed_a, &In::door_3_closed_b},
    {&In::door_4_closed_a, &In::door_4_closed_b},
    {&In::curtain_1_clear_a, &In::curtain_1_clear_b},
    {&In::curtain_2_clear_a, &In::curtain_2_clear_b},
    {&In::curtain_3_clear_a, &In::curtain_3_clear_b},
    {&In::curtain_4_clear_a, &In::curtain_4_clear_b},
};

/// What motion needs; the emergency stops and door and curtain pairs come on top.
constexpr ChainInput kMotionChain[] = {
    {&In::key_on, true},
    {&In::people_clear, true},
    {&In::cab_clear, true},
};
/// What beam needs beyond motion.
constexpr ChainInput kBeamChain[] = {
    {&In::search_complete, true},     {&In::warning_lamp_current, true},
    {&In::dose_monitor_ok, true},     {&In::dose_monitor_alarm, false},
    {&In::bypass_active, false},      {&In::barrier_entry_closed, true},
    {&In::barrier_exit_closed, true},
};

std::uint16_t code_of(bool In::*member) {
  for (std::size_t i = 0; i < std::size(kInputNames); ++i) {
    if (kInputNames[i].member == member) return static_cast<std::uint16_t>(i + 1);
  }
  return 0;
}

double plc_elapsed_s(core::TimePoint from, core::TimePoint to) {
  return std::chrono::duration<double>(to - from).count();
}

/// Keeps the instant since which a condition holds.
bool held_for(std::optional<core::TimePoint>& since, bool condition, core::TimePoint now,
              double seconds) {
  if (!condition) {
    since.reset();
    return false;
  }
  if (!since) since = now;
  return plc_elapsed_s(*since, now) >= seconds;
}

constexpr std::chrono::milliseconds kHeartbeatPeriod{50};
constexpr double kChannelsDifferS = 0.5;
constexpr double kLampProvenS = 0.5;
constexpr double kBeamUnpermittedS = 0.15;

}  // namespace

std::span<const PlcInputName> plc_input_names() {
  return kInputNames;
}

const PlcInputName* find_plc_input(std::string_view name) {
  for (const PlcInputName& input : kInputNames) {
    if (input.name == name) return &input;
  }
  return nullptr;
}

SafetyPlc::SafetyPlc(double warning_s, core::TimePoint now, bool drive_through)
    : warning_s_(warning_s),
      drive_through_(drive_through),
      started_(now),
      heartbeat_due_(now + kHeartbeatPeriod) {}

/// The first-out code of the first unhealthy input that motion needs, 0 where all is well.
std::uint16_t SafetyPlc::motion_chain_fault(const In& in) const {
  for (const auto member : kEmergencyStops) {
    if (!(in.*member)) return code_of(member);
  }
  for (const ChannelPair& pair : kPairs) {
    if (!(in.*pair.a)) return code_of(pair.a);
    if (!(in.*pair.b)) return code_of(pair.b);
  }
  for (const ChainInput& input : kMotionChain) {
    if (drive_through_ && input.member == &In::cab_clear) continue;
    if (in.*input.member != input.healthy) return code_of(input.member);
  }
  return 0;
}

std::uint16_t SafetyPlc::beam_chain_fault(const In& in) const {
  if (const std::uint16_t code = motion_chain_fault(in); code != 0) return code;
  for (const ChainInput& input : kBeamChain) {
    if (drive_through_ && input.member == &In::search_complete) continue;
    if (in.*input.member != input.healthy) return code_of(input.member);
  }
  if (!drive_through_) return 0;
  if (in.second_vehicle_upstream) return code_of(&In::second_vehicle_upstream);
  return in.vehicle_in_tunnel && (in.cab_seen || !cab_was_seen_) ? code_of(&In::cab_seen) : 0;
}

void SafetyPlc::note_first_out(core::TimePoint now, std::uint16_t code) {
  if (first_out_code_ != 0 || code == 0) return;
  first_out_code_ = code;
  first_out_time_ms_ = static_cast<std::uint32_t>(
      std::chrono::duration_cast<std::chrono::milliseconds>(now - started_).count());
}

void SafetyPlc::latch(core::TimePoint now, std::uint16_t bit, std::uint16_t first_out) {
  note_first_out(now, first_out);
  fault_word_ = static_cast<std::uint16_t>(fault_word_ | bit);
}

void SafetyPlc::watch_lane(core::TimePoint now, const PlcCommands& commands) {
  if (!lane_heartbeat_ || *lane_heartbeat_ != commands.lane_heartbeat) {
    // The value found at start says nothing; a change does.
    if (lane_heartbeat_) {
      lane_heartbeat_at_ = now;
      lane_alive_ = true;
    }
    lane_heartbeat_ = commands.lane_heartbeat;
  }
  if (lane_alive_ && now - lane_heartbeat_at_ > std::chrono::milliseconds(commands.watchdog_ms)) {
    lane_alive_ = false;
    if (beam_permit_ || motion_permit_) {
      latch(now, plc_fault::kLaneHeartbeatLost, kFirstOutLaneHeartbeat);
    }
  }
}

void SafetyPlc::latch_faults(core::TimePoint now, const In& field, const PlcCommands& commands) {
  std::uint16_t causes = 0;
  for (const auto member : kEmergencyStops) {
    if (field.*member) continue;
    causes |= plc_fault::kEmergencyStop;
    latch(now, plc_fault::kEmergencyStop, code_of(member));
  }
  for (std::size_t i = 0; i < std::size(kPairs); ++i) {
    const bool differ = field.*kPairs[i].a != field.*kPairs[i].b;
    if (differ) causes |= plc_fault::kChannelsDiffer;
    if (held_for(differ_since_[i], differ, now, kChannelsDifferS)) {
      latch(now, plc_fault::kChannelsDiffer,
            code_of(field.*kPairs[i].a ? kPairs[i].b : kPairs[i].a));
    }
  }
  const bool lamp_missing = commands.warning_on && !field.warning_lamp_current;
  if (lamp_missing) causes |= plc_fault::kLampFailed;
  if (held_for(lamp_missing_since_, lamp_missing, now, kLampProvenS)) {
    latch(now, plc_fault::kLampFailed, code_of(&In::warning_lamp_current));
  }
  if (!field.dose_monitor_ok || field.dose_monitor_alarm) {
    causes |= plc_fault::kDoseMonitor;
    latch(now, plc_fault::kDoseMonitor,
          code_of(field.dose_monitor_ok ? &In::dose_monitor_alarm : &In::dose_monitor_ok));
  }
  const bool beam_unpermitted = field.beam_sensed && !beam_permit_;
  if (beam_unpermitted) causes |= plc_fault::kBeamUnpermitted;
  if (held_for(beam_unpermitted_since_, beam_unpermitted, now, kBeamUnpermittedS)) {
    latch(now, plc_fault::kBeamUnpermitted, code_of(&In::beam_sensed));
  }

  if (commands.fault_reset && !reset_was_) {
    if (!lane_alive_) causes |= plc_fault::kLaneHeartbeatLost;
    fault_word_ = static_cast<std::uint16_t>(fault_word_ & causes);
    if (fault_word_ == 0) {
      first_out_code_ = 0;
      first_out_time_ms_ = 0;
    }
  }
  reset_was_ = commands.fault_reset;
}

void SafetyPlc::tick(core::TimePoint now, In& field, const PlcCommands& commands) {
  if (now >= heartbeat_due_) {
    // After a pause of the whole simulator the rhythm starts anew instead of catching up.
    heartbeat_due_ = std::max(heartbeat_due_ + kHeartbeatPeriod, now);
    if (!heartbeat_frozen_) ++heartbeat_;
  }
  command_echo_ = commands.command_sequence;
  mode_ = field.key_service ? 2 : field.key_on ? 1 : 0;
  watch_lane(now, commands);
  latch_faults(now, field, commands);

  const bool may = lane_alive_ && fault_word_ == 0;
  const bool warned =
      held_for(lamp_since_, commands.warning_on && field.warning_lamp_current, now, warning_s_);
  cab_was_seen_ = field.vehicle_in_tunnel && (cab_was_seen_ || field.cab_seen);
  const std::uint16_t beam_fault = beam_chain_fault(field);
  if (!commands.request_beam_permit) request_spent_ = false;
  const bool beam =
      commands.request_beam_permit && !request_spent_ && may && warned && beam_fault == 0;
  if (beam_permit_ && !beam && commands.request_beam_permit) {
    request_spent_ = true;
    note_first_out(now, beam_fault != 0 ? beam_fault : code_of(&In::warning_lamp_current));
  }
  if (beam && !beam_permit_ && fault_word_ == 0) {
    first_out_code_ = 0;
    first_out_time_ms_ = 0;
  }
  beam_permit_ = beam;
  motion_permit_ = commands.request_motion && may && motion_chain_fault(field) == 0;

  field.beam_permit_granted = beam_permit_;
  field.motion_permit_granted = motion_permit_;
  field.source_hv_contactor = beam_permit_;
  field.trigger_inhibit = !beam_permit_;
}

void wire_inputs(const LaneFacts& facts, In& inputs) {
  for (std::size_t i = 0; i < 4; ++i) {
    inputs.*kPairs[i].a = inputs.*kPairs[i].b = facts.door_closed[i];
    inputs.*kPairs[i + 4].a = inputs.*kPairs[i + 4].b = facts.curtain_clear[i];
  }
  inputs.search_complete = facts.search_finished;
  inputs.warning_lamp_current = facts.lamp_current;
  inputs.people_clear = facts.people_clear;
  inputs.vehicle_at_entry = facts.vehicle_at_entry;
  inputs.vehicle_in_tunnel = facts.vehicle_in_tunnel;
  inputs.vehicle_at_exit = facts.vehicle_at_exit;
  inputs.cab_seen = facts.cab_seen;
  inputs.cab_clear = facts.cab_clear;
  inputs.gantry_limit_start = facts.gantry_at_start;
  inputs.gantry_limit_end = facts.gantry_at_end;
  inputs.barrier_entry_open = facts.barrier_entry_open;
  inputs.barrier_entry_closed = facts.barrier_entry_closed;
  inputs.barrier_entry_clear_beneath = facts.barrier_entry_clear;
  inputs.barrier_exit_open = facts.barrier_exit_open;
  inputs.barrier_exit_closed = facts.barrier_exit_closed;
  inputs.barrier_exit_clear_beneath = facts.barrier_exit_clear;
}

LaneActuators wire_outputs(const PlcCommands& commands, const In& inputs, const SafetyPlc& plc) {
  LaneActuators out;
  out.barrier_entry_open = commands.barrier_entry_open_cmd;
  out.barrier_entry_close = commands.barrier_entry_close_cmd;
  out.barrier_exit_open = commands.barrier_exit_open_cmd;
  out.barrier_exit_close = commands.barrier_exit_close_cmd;
  out.light_entry_red = commands.light_entry_red;
  out.light_entry_green = commands.light_entry_green;
  out.light_exit_red = commands.light_exit_red;
  out.light_exit_green = commands.light_exit_green;
  out.warning_lamp = commands.warning_on;
  out.motion_permit = inputs.motion_permit_granted;
  out.emergency_stop = plc.emergency_stop();
  out.direction = static_cast<MotionDirection>(commands.direction <= 2 ? commands.direction : 0);
  out.target_speed_mm_s = commands.target_speed_mm_s;
  out.panel_message = commands.driver_panel_message;
  return out;
}

}  // namespace portcullis::simulator
