#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "core/result.h"
#include "core/time.h"
#include "simulator/live/sim_config.h"

namespace portcullis::simulator {

/// Where the simulated devices listen, all on 127.0.0.1.
struct SimEndpoints {
  std::uint16_t detector_control = 0;    ///< SCPI text over TCP; its data leave by UDP to DET:DEST.
  std::uint16_t source_control = 0;      ///< SCPI text over TCP.
  std::uint16_t plc = 0;                 ///< Modbus TCP; 0 where it is on a serial line.
  std::string plc_serial;                ///< Modbus RTU: the line's device; empty on TCP.
  std::uint16_t portal = 0;              ///< ASCII lines over TCP.
  std::uint16_t camera = 0;              ///< JSON lines over TCP.
  std::filesystem::path control_socket;  ///< JSON lines on a Unix socket.

  /// The ready file's content: one JSON object with the members' names as keys.
  [[nodiscard]] std::string to_json() const;
};

/// Whether the scanner and every scene that the configuration names can be used, without opening
/// a socket. Fails as Simulation::start() would.
core::Status check_sim_config(const SimConfig& config);

/// The simulated hardware of one gantry lane: detector, source, PLC, radiation portal, camera,
/// and the trucks, driver and guard they see, each device a peer on its real wire.
///
/// Ownership: owns its sockets and threads; the destructor stops all of them. Borrows the clock,
/// which must be the machine's (pulses and sockets wait for real deadlines) and outlive it.
/// Threading: start() and stop() from one thread. Inside, one thread serves the sockets and moves
/// the lane every 5 ms, one real-time thread sends the detector's pulses and one low-priority
/// thread traces the next truck ahead.
class Simulation final {
 public:
  /// Opens every socket before it returns. Fails with kInvalidConfig, kInvalidInput (a scene) or
  /// kIo (a port that is taken); the message names it.
  static core::Result<std::unique_ptr<Simulation>> start(const SimConfig& config,
                                                         const core::Clock& clock);
  ~Simulation();
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;

  [[nodiscard]] const SimEndpoints& endpoints() const;
  void stop();

 private:
  struct State;
  explicit Simulation(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace portcullis::simulator
