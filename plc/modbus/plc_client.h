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
#include "plc/modbus/plc_poller.h"

namespace portcullis::plc {

/// A Modbus PLC, TCP or RTU, polled at a fixed period on a thread of its own.
///
/// Each period: reads both input areas (one request each in the built-in map) into the image, calls
/// `on_poll`, then writes the levels last given to set_outputs() (withdrawals first), reads them
/// back and compares. Every request has a deadline. A late reply costs its own poll and is dropped
/// when it comes; a wrong or broken one, or silence, closes the connection, and it is opened anew
/// without blocking (docs/plc_link.md has every trouble and its outcome).
/// A write whose outcome is unknown is read back and repeated: commands are levels.
/// The lane heartbeat is written while set_outputs() is called at least once a watchdog time.
///
/// Ownership: owns its thread; `clock` must outlive it. Threading: start() and stop() on one
/// thread, all else from any; image() copies under a short lock. `on_poll` runs on the client's
/// thread, at every period whether connected or not, and must not block. Errors: create() fails
/// with kInvalidConfig or kUnavailable (unknown host); later trouble is in image().problem and
/// stats().
class PlcClient final : public PlcLink {
 public:
  static core::Result<std::unique_ptr<PlcClient>> create(const PlcConfig& config,
                                                         const core::Clock& clock);
  ~PlcClient() override;
  PlcClient(const PlcClient&) = delete;
  PlcClient& operator=(const PlcClient&) = delete;

  void start(std::function<void(core::TimePoint)> on_poll);
  /// Ends the thread and closes the connection. Beam and motion are withdrawn first where a
  /// connection stands.
  void stop();

  [[nodiscard]] PlcImage image() const override;
  void set_outputs(const PlcOutputs& outputs) override;
  [[nodiscard]] PlcStats stats() const;

 private:
  struct Impl;
  explicit PlcClient(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace portcullis::plc
