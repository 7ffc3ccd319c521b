#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/config.h"
#include "core/result.h"
#include "core/time.h"
#include "plc/interlock/plc_link.h"

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
};
/// Reads the [plc] table: host, port, poll_period_ms, response_timeout_ms, connect_timeout_ms,
/// reconnect_after_ms, watchdog_ms, unwired (names of tags), realtime_priority.
PlcConfig read_plc_config(core::ConfigReader& table);

/// Upper bounds of the poll period histogram, ms; one more bucket holds what is longer.
inline constexpr std::array<double, 9> kPeriodBoundsMs = {9, 10, 10.5, 11, 12, 15, 20, 50, 100};

struct PlcStats {
  std::uint64_t polls = 0;  ///< Complete ones: both input areas read.
  std::uint64_t polls_failed = 0;
  std::uint64_t connects = 0;
  std::uint64_t connect_failures = 0;
  std::uint64_t timeouts = 0;     ///< No whole reply in time; the connection was closed.
  std::uint64_t bad_replies = 0;  ///< Wrong transaction id, length or function; closed likewise.
  std::uint64_t connection_losses = 0;         ///< Closed or refused by the other side.
  std::array<std::uint64_t, 16> exceptions{};  ///< By code; 0 holds codes above 15.
  std::uint64_t writes = 0;
  std::uint64_t write_mismatches = 0;  ///< Read back otherwise than written.
  std::uint64_t overruns = 0;          ///< Polls that began more than a period late.
  std::array<std::uint64_t, kPeriodBoundsMs.size() + 1> period_histogram{};
  double period_max_ms = 0;
  std::string scheduling;  ///< "SCHED_FIFO 50", "ordinary", or why not as asked.
};

/// A Modbus TCP PLC, polled at a fixed period on a thread of its own.
///
/// Each period: reads both input areas (one request each) into the image, calls `on_poll`, then
/// writes the levels last given to set_outputs() (withdrawals first), reads them back and compares.
/// Every request has a deadline; a late, wrong or broken reply closes the connection, because a
/// reply that comes later would answer the wrong request, and it is opened anew without blocking.
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
