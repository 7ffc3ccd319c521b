#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "core/time.h"
#include "firmware_bridge/transport/endpoint.h"

namespace portcullis::firmware_bridge {

/// As the source itself says; kUnknown where it has not said so within SourceView::status_age.
enum class SourceState : std::uint8_t { kUnknown, kOff, kWarming, kReady, kOn, kFault };
/// "unknown", "off", "warming", "ready", "on", "fault".
std::string_view source_state_name(SourceState state);
/// The reply to BEAM:STAT?, in any case; nothing where it is none.
std::optional<SourceState> source_state_from(std::string_view reply);

struct SourceSettings {
  double energy_high_mv = 6.0;  ///< 0.1 to 25.
  double energy_low_mv = 4.0;   ///< 0.1 to 25, below the high one.
  double pulse_rate_hz = 400;   ///< Both energies together, 1 to 2,000.
  double dose = 1.0;            ///< Relative to nominal, 0.01 to 2.
};

/// One moment of the source, by value.
struct SourceView {
  bool connected = false;
  bool simulated = false;  ///< By its *IDN?; false until it has answered.
  std::string identity;    ///< "manufacturer model serial firmware"
  SourceState state = SourceState::kUnknown;
  core::Duration status_age{};     ///< Since the last answered status poll; large where none.
  bool interlocks_closed = false;  ///< The source's own view.
  std::string interlock_text;      ///< "OK", or the open ones.
  bool settings_applied = false;   ///< Accepted by the source since it was connected.
  bool warm_asked = false;
  bool beam_asked = false;         ///< What was last sent and not since withdrawn or lost.
  bool heartbeat_running = false;  ///< False where the owner has not called alive() for 200 ms.
  double tube_kv = 0;
  double beam_current_ma = 0;
  double dose_rate_gy_min = 0;
  double hours = 0;
  std::uint32_t arcs = 0;
  std::string last_error;  ///< Of the connection or the device; empty when none since connect.
  std::uint64_t connections = 0;  ///< Times it was connected.
  std::uint64_t timeouts = 0;
  std::uint64_t malformed = 0;  ///< Replies that were not what the protocol allows.
};

/// An X-ray source, one driver a device family.
///
/// Wishes are levels: the driver applies settings and warm-up whenever it is connected and applies
/// them again after a loss. Beam is the exception: a loss of connection, of the owner's alive()
/// or of the source's answers withdraws it, and it stays withdrawn until the owner has called
/// request_beam(false) and asks anew. The driver only ever asks: the interlock chain grants.
///
/// Ownership: owns its thread and connection; the destructor withdraws the beam request.
/// Threading: all calls from any thread; none waits for the device.
class SourceDriver {
 public:
  virtual ~SourceDriver() = default;

  /// Fails with kInvalidConfig naming the field. Applied at once and after every reconnect.
  virtual core::Status configure(const SourceSettings& settings) = 0;
  virtual void set_warm(bool warm) = 0;
  /// Sends the device its reset, once, so that it forgets latched faults whose cause is gone.
  /// Settings and warm-up are applied again after it, beam is withdrawn as by a loss. Not
  /// connected, it does nothing.
  virtual void reset() = 0;
  /// Written to the device before the call returns; a withdrawal never waits for anything.
  /// Repeating the current level sends nothing. Fails with kRefused (and sends nothing) where
  /// beam may not be asked for, with kUnavailable where it cannot be sent; the withdrawal then
  /// holds all the same, because heartbeats end with the connection.
  virtual core::Status request_beam(bool on) = 0;
  /// The owner's sign of life: without one for 200 ms heartbeats stop and beam is withdrawn.
  virtual void alive() noexcept = 0;
  [[nodiscard]] virtual SourceView view() const = 0;
};

struct SourceConfig {
  Endpoint endpoint;
  core::Duration connect_timeout = std::chrono::milliseconds(500);
  core::Duration reply_timeout = std::chrono::milliseconds(300);
  core::Duration reconnect_after = std::chrono::milliseconds(500);
  core::Duration heartbeat_period = std::chrono::milliseconds(50);
  core::Duration owner_watchdog = std::chrono::milliseconds(200);
  core::Duration status_period = std::chrono::milliseconds(50);
  /// Older than this, the state is unknown.
  core::Duration status_stale_after = std::chrono::milliseconds(400);
  /// SCHED_FIFO of the driver's thread, 1 to 99; 0: ordinary. Its heartbeats carry the beam: behind
  /// image work on a busy machine they come too late. Where it is not granted, ordinary.
  int realtime_priority = 0;
};

/// `driver`: "scpi". Fails with kUnsupported and names the known ones. `clock` must outlive it.
core::Result<std::unique_ptr<SourceDriver>> make_source_driver(std::string_view driver,
                                                               const SourceConfig& config,
                                                               const core::Clock& clock);

}  // namespace portcullis::firmware_bridge
