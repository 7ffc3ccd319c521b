#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/config.h"
#include "core/result.h"
#include "core/time.h"
#include "plc/interlock/plc_link.h"
#include "plc/modbus/connection.h"
#include "plc/modbus/modbus_wire.h"
#include "plc/modbus/plc_stats.h"

namespace portcullis::plc {

struct PlcConfig {
  std::string host = "127.0.0.1";  ///< Address or name, looked up once.
  std::uint16_t port = 502;
  core::Duration poll_period{std::chrono::milliseconds(10)};
  core::Duration response_timeout{std::chrono::milliseconds(50)};  ///< For one whole reply.
  core::Duration connect_timeout{std::chrono::milliseconds(500)};
  core::Duration reconnect_after{std::chrono::milliseconds(250)};
  core::Duration watchdog{std::chrono::milliseconds(300)};  ///< Told to the PLC too: 100 to 500 ms.
  std::vector<Tag> unwired;                                 ///< Inputs with nothing connected.
  int realtime_priority = 0;                                ///< SCHED_FIFO 1 to 99; 0: ordinary.
  SerialLine serial;  ///< With a device: Modbus RTU on it; host and port are unused.
  std::shared_ptr<const TagMap> map;  ///< Another maker's; none: the built-in one.
  int processor = -1;                 ///< The thread is bound to this one; -1: to none.
};
/// Reads the [plc] table: host, port, serial, serial_baud, serial_parity, serial_stop_bits, map,
/// poll_period_ms, response_timeout_ms, connect_timeout_ms, reconnect_after_ms, watchdog_ms,
/// unwired (names of tags), realtime_priority, processor. A map file is read, and its problems are
/// told.
PlcConfig read_plc_config(core::ConfigReader& table);

/// One poll after the other of a Modbus PLC, over a wire that is handed in: all of PlcClient but
/// its socket and its thread.
///
/// A poll reads both input areas (one request each in the built-in map) into the image, calls
/// `on_poll`, then writes the levels last given to set_outputs() (withdrawals first), reads them
/// back and compares. A late reply costs its own poll; after a wrong or broken one, or silence, the
/// wire is opened anew without blocking (docs/plc_link.md has every trouble and its outcome). A
/// write whose outcome is unknown is read back and repeated: commands are levels. The lane
/// heartbeat is written while set_outputs() is called at least once a watchdog time.
///
/// Ownership: owns the wire; `clock` must outlive it. Threading: poll() and end() on one thread;
/// image(), set_outputs() and stats() from any, also from within `on_poll`.
class PlcPoller final : public PlcLink {
 public:
  /// `name`: of the PLC in what is told, "10.0.0.7:502".
  PlcPoller(const PlcConfig& config, std::string name, std::unique_ptr<ModbusWire> wire,
            const core::Clock& clock);
  ~PlcPoller() override;
  PlcPoller(const PlcPoller&) = delete;
  PlcPoller& operator=(const PlcPoller&) = delete;

  void poll(const std::function<void(core::TimePoint)>& on_poll);
  /// Withdraws beam and motion where a connection stands, and closes it.
  void end();

  [[nodiscard]] PlcImage image() const override;
  void set_outputs(const PlcOutputs& outputs) override;
  [[nodiscard]] PlcStats stats() const;
  void set_scheduling(std::string text);  ///< For PlcStats; before the first poll.

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace portcullis::plc
