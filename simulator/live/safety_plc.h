#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/time.h"
#include "simulator/live/lane_world.h"

namespace portcullis::simulator {

/// The discrete inputs that the PLC publishes, by the names of the tag table. Where they are
/// true, what the name says is the case.
struct PlcDiscreteInputs {
  bool estop_chain_healthy = true, estop_panel_ok = true, estop_source_ok = true,
       estop_detector_ok = true;
  bool door_1_closed_a = true, door_1_closed_b = true, door_2_closed_a = true,
       door_2_closed_b = true, door_3_closed_a = true, door_3_closed_b = true,
       door_4_closed_a = true, door_4_closed_b = true;
  bool curtain_1_clear_a = true, curtain_1_clear_b = true, curtain_2_clear_a = true,
       curtain_2_clear_b = true, curtain_3_clear_a = true, curtain_3_clear_b = true,
       curtain_4_clear_a = true, curtain_4_clear_b = true;
  bool search_complete = false;
  bool key_off = false, key_service = false, key_on = true;
  bool warning_lamp_current = false, people_clear = true;
  bool vehicle_at_entry = false, vehicle_in_tunnel = false, vehicle_at_exit = false,
       second_vehicle_upstream = false, cab_seen = false, cab_clear = true;
  bool gantry_limit_start = true, gantry_limit_end = false;
  bool source_hv_contactor = false, trigger_inhibit = true, beam_sensed = false;
  bool dose_monitor_ok = true, dose_monitor_alarm = false;
  bool bypass_active = false, ups_on_battery = false;
  bool barrier_entry_open = false, barrier_entry_closed = true, barrier_entry_clear_beneath = true;
  bool barrier_exit_open = false, barrier_exit_closed = true, barrier_exit_clear_beneath = true;
  bool beam_permit_granted = false, motion_permit_granted = false;
  bool simulated = true;
};

/// One discrete input by name.
struct PlcInputName {
  std::string_view name;
  bool PlcDiscreteInputs::*member;
};
/// All of them, in the order above.
std::span<const PlcInputName> plc_input_names();
/// Null where there is no such input.
const PlcInputName* find_plc_input(std::string_view name);

struct PlcInputRegisters {
  std::int32_t speed_mm_s = 0, encoder_counts = 0, gantry_position_mm = 0;
  std::uint16_t area_dose_rate_nsv_h = 80, wind_speed_dm_s = 32, plc_heartbeat = 0,
                command_echo = 0, fault_word = 0, first_out_code = 0;
  std::uint32_t first_out_time_ms = 0;
  std::uint16_t plc_mode = 1;
  std::uint16_t bays_occupied = 0, bays_free = 0;  ///< Bit 0 is bay 1.
};

/// What the lane last wrote.
struct PlcCommands {
  bool request_beam_permit = false, request_motion = false, warning_on = false;
  bool barrier_entry_open_cmd = false, barrier_entry_close_cmd = false;
  bool barrier_exit_open_cmd = false, barrier_exit_close_cmd = false;
  bool light_entry_red = false, light_entry_green = false, light_exit_red = false,
       light_exit_green = false;
  bool fault_reset = false;
  std::uint16_t lane_heartbeat = 0, command_sequence = 0;
  std::int32_t target_speed_mm_s = 0;
  std::uint16_t direction = 0, lane_state = 0, watchdog_ms = 300, driver_panel_message = 0,
                bays_exit_open = 0, bays_to_entry = 0;
};

/// Bits of the fault word; each is latched until a reset finds its cause gone.
namespace plc_fault {
inline constexpr std::uint16_t kEmergencyStop = 1;
inline constexpr std::uint16_t kChannelsDiffer = 2;     ///< Two channels differ for over 0.5 s.
inline constexpr std::uint16_t kLampFailed = 4;         ///< Warning on for 0.5 s without current.
inline constexpr std::uint16_t kLaneHeartbeatLost = 8;  ///< Under a permit.
inline constexpr std::uint16_t kDoseMonitor = 16;       ///< Failed or in alarm.
inline constexpr std::uint16_t kBeamUnpermitted = 32;   ///< Beam sensed 150 ms after the permit.
}  // namespace plc_fault

/// First-out code of an interlock that is an input: its number in plc_input_names() plus 1.
/// Causes that are no input:
inline constexpr std::uint16_t kFirstOutLaneHeartbeat = 201;

/// The safety PLC's program: what it grants, and what it latches.
///
/// A beam permit needs the whole chain healthy, the lane's heartbeat, no latched fault, and the
/// warning lamp proven for `warning_s` without a break. Once lost it is granted again only after
/// the lane has withdrawn its request. Contactor and trigger inhibit follow the permit in one tick.
///
/// A pure machine of the time handed in. Threading: one thread.
class SafetyPlc final {
 public:
  /// `drive_through`: the driver sits in the cab, nobody searches the area; a second vehicle
  /// upstream takes the beam permit away, and so does a cab that has not left the beam behind.
  SafetyPlc(double warning_s, core::TimePoint now, bool drive_through = false);

  /// `field`: what the sensors say; members that are the PLC's own decisions are overwritten.
  void tick(core::TimePoint now, PlcDiscreteInputs& field, const PlcCommands& commands);

  void set_heartbeat_frozen(bool frozen) { heartbeat_frozen_ = frozen; }

  [[nodiscard]] std::uint16_t heartbeat() const { return heartbeat_; }
  [[nodiscard]] std::uint16_t fault_word() const { return fault_word_; }
  [[nodiscard]] std::uint16_t first_out_code() const { return first_out_code_; }
  [[nodiscard]] std::uint32_t first_out_time_ms() const { return first_out_time_ms_; }
  [[nodiscard]] std::uint16_t command_echo() const { return command_echo_; }
  [[nodiscard]] std::uint16_t mode() const { return mode_; }
  [[nodiscard]] bool emergency_stop() const {
    return (fault_word_ & plc_fault::kEmergencyStop) != 0;
  }
  [[nodiscard]] bool lane_alive() const { return lane_alive_; }

 private:
  void watch_lane(core::TimePoint now, const PlcCommands& commands);
  void latch_faults(core::TimePoint now, const PlcDiscreteInputs& field,
                    const PlcCommands& commands);
  void latch(core::TimePoint now, std::uint16_t bit, std::uint16_t first_out);
  void note_first_out(core::TimePoint now, std::uint16_t code);

  [[nodiscard]] std::uint16_t motion_chain_fault(const PlcDiscreteInputs& in) const;
  [[nodiscard]] std::uint16_t beam_chain_fault(const PlcDiscreteInputs& in) const;

  double warning_s_;
  bool drive_through_;
  bool cab_was_seen_ = false;  // of the vehicle in the tunnel
  core::TimePoint started_;
  core::TimePoint heartbeat_due_;
  std::uint16_t heartbeat_ = 0, fault_word_ = 0, first_out_code_ = 0, command_echo_ = 0, mode_ = 1;
  std::uint32_t first_out_time_ms_ = 0;
  bool heartbeat_frozen_ = false;
  bool lane_alive_ = false, beam_permit_ = false, motion_permit_ = false;
  bool request_spent_ = false;  // a permit was lost under this request: it must be withdrawn first
  bool reset_was_ = false;
  std::optional<std::uint16_t> lane_heartbeat_;
  core::TimePoint lane_heartbeat_at_{};
  std::optional<core::TimePoint> lamp_since_, lamp_missing_since_, beam_unpermitted_since_;
  std::array<std::optional<core::TimePoint>, 8> differ_since_{};
};

/// The PLC's wiring of the lane's sensors to its inputs, both channels of each pair alike.
void wire_inputs(const LaneFacts& facts, PlcDiscreteInputs& inputs);
/// The PLC's wiring of commands and grants to the lane's hardware.
LaneActuators wire_outputs(const PlcCommands& commands, const PlcDiscreteInputs& inputs,
                           const SafetyPlc& plc);

}  // namespace portcullis::simulator
