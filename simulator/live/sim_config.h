#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/result.h"

namespace portcullis::plc {
class TagMap;
}

namespace portcullis::simulator {

/// How long the people and vehicles of the simulated lane take for each step, seconds.
struct LaneTiming {
  double react_s = 0.2;      ///< From seeing a light or the driver panel to acting.
  double enter_s = 2.2;      ///< From the stop line to standing in the tunnel.
  double leave_cab_s = 1.8;  ///< From the panel's message to the driver behind door 1.
  double search_s = 1.0;     ///< The guard's search, from the moment the area is closed.
  double return_s = 1.8;     ///< From the panel's message to the driver in the cab.
  double exit_s = 2.2;       ///< From standing to clear of the exit barrier.
  double truck_gap_s = 1.0;  ///< From one truck gone to the next at the stop line.
  double barrier_move_s = 1.0;
  double to_bay_s = 1.0;    ///< From clear of the exit barrier to standing in the bay.
  double from_bay_s = 2.0;  ///< From the bay's exit opening to clear of the bay.
};

/// The gantry's mechanics. Positions are scene x, millimetres: 0 at the front inner wall of the
/// truck's container, growing to its rear. The gantry's home is at `travel_from_mm`.
struct GantryConfig {
  double travel_from_mm = -3000;
  double travel_to_mm = 9000;
  double acceleration_mm_s2 = 500;
  double stop_mm_s2 = 2000;  ///< Deceleration of an emergency stop.
  double speed_mm_s_max = 800;
};

/// A lane through which trucks are driven, past a source and a detector that stand. Positions are
/// those of the beam in the truck's scene (GantryConfig), whose travel is here the truck's way:
/// it waits at `travel_from_mm` and grows from front to rear.
struct DriveThroughConfig {
  bool on = false;
  double cab_from_mm = -3200;  ///< The cab is seen at the beam from here
  double cab_to_mm = -1500;    ///< to here.
  double rear_mm = 7000;       ///< From here on the truck is past the beam.
  double speed_share = 1;      ///< How fast the driver drives, of the speed that he is told.
};

struct TruckConfig {
  std::filesystem::path scene;
  double gamma_cps = 0;  ///< What its load adds to each of the portal's gamma detectors, at most.
};

/// In place of a device's path: a pseudo-terminal is made.
inline constexpr const char* kSimPty = "pty";

/// The PLC's Modbus RTU line. Without a device it speaks Modbus TCP.
struct SimSerialLine {
  std::string device;
  int baud = 115'200;  ///< Of the standard rates.
  char parity = 'E';   ///< N, E or O.
  int stop_bits = 1;   ///< 1 or 2.
};

/// Everything `portcullis-sim` is told by its configuration file. A port of 0 means any free one.
struct SimConfig {
  std::uint64_t seed = 1;
  std::string scanner = "gantry-6mv";  ///< A file of simulator/scanners.
  std::uint16_t detector_control_port = 0;
  std::uint16_t source_control_port = 0;
  std::uint16_t plc_port = 0;
  std::uint16_t portal_port = 0;
  std::uint16_t camera_port = 0;
  std::filesystem::path camera_pictures;  ///< Where the cameras put theirs; empty: they take none.
  std::filesystem::path control_socket;   ///< Empty: one in the temporary folder, by process id.
  LaneTiming timing;
  GantryConfig gantry;
  DriveThroughConfig drive_through;
  double source_warm_up_s = 3.0;
  double warning_s = 5.0;                      ///< Warning before the PLC grants the beam permit.
  std::shared_ptr<const plc::TagMap> plc_map;  ///< Another maker's; none: the built-in one.
  SimSerialLine plc_serial;
  double gamma_background_cps = 250;    ///< Of each of the portal's four gamma detectors.
  double neutron_background_cps = 1.2;  ///< Of each of the portal's four neutron detectors.
  bool samples_u16 = false;             ///< Sample format 1 instead of 2 (20 bit, packed).
  double render_step_mm = 2;            ///< Spacing of traced positions along the truck.
  bool repeat = false;                  ///< The queue starts anew after its last truck.
  std::vector<TruckConfig> trucks;      ///< In the order of arrival.
};

/// Reads sim.toml strictly; relative paths are relative to the file. Scene files must exist.
/// Fails with kInvalidConfig or kNotFound naming file, line and key.
core::Result<SimConfig> load_sim_config(const std::filesystem::path& path);

}  // namespace portcullis::simulator
