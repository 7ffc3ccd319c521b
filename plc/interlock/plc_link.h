#pragma once

#include <cstdint>

#include "plc/interlock/plc_image.h"

namespace portcullis::plc {

/// What the lane asks of the PLC: levels, never edges. The default asks for nothing.
struct PlcOutputs {
  bool request_beam_permit = false;
  bool request_motion = false;
  bool warning_on = false;
  bool barrier_entry_open = false;  ///< Open and close both false: hold.
  bool barrier_entry_close = false;
  bool barrier_exit_open = false;
  bool barrier_exit_close = false;
  bool light_entry_red = false;
  bool light_entry_green = false;
  bool light_exit_red = false;
  bool light_exit_green = false;
  bool fault_reset = false;
  std::int32_t target_speed_mm_s = 0;
  std::uint16_t direction = 0;  ///< 0 hold, 1 forward, 2 back to start.
  std::uint16_t lane_state = 0;
  std::uint16_t driver_panel_message = 0;
  std::uint16_t bays_exit_open = 0;  ///< Bit 0 is bay 1.
  std::uint16_t bays_to_entry = 0;   ///< The same bits: their panels say "round to the entry".

  bool operator==(const PlcOutputs&) const = default;
};

/// A PLC as the lane uses it; PlcClient is the real one, tests have fakes.
/// Threading: both calls from any thread; neither blocks.
class PlcLink {
 public:
  virtual ~PlcLink() = default;
  [[nodiscard]] virtual PlcImage image() const = 0;
  /// Replaces all levels. They go out with the next poll; while nobody calls this for the watchdog
  /// time the lane heartbeat stops, and the PLC withdraws beam and motion by itself.
  virtual void set_outputs(const PlcOutputs& outputs) = 0;
};

}  // namespace portcullis::plc
