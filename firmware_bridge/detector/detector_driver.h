#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "firmware_bridge/transport/endpoint.h"

namespace portcullis::firmware_bridge {

struct DetectorModule {
  std::string serial, firmware;
  std::uint16_t pixels = 0;
  double pitch_mm = 0;
  std::optional<double> temperature_c;
};

enum class DetectorTrigger : std::uint8_t { kInternal, kExternal, kEncoder };
enum class DetectorPattern : std::uint8_t { kOff, kRamp, kPrbs };

struct DetectorSettings {
  std::uint32_t integration_us = 100;  ///< 1 to 65,535.
  std::uint32_t gain = 1;              ///< 0 to 255.
  DetectorTrigger trigger = DetectorTrigger::kExternal;
  std::uint32_t encoder_divider = 1;  ///< With kEncoder, 1 to 65,535.
  DetectorPattern pattern = DetectorPattern::kOff;
};

/// First and last sequence number that a module sent since arm.
struct SequenceRange {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

/// A wish for datagrams to come again.
struct ResendRequest {
  std::uint16_t module = 0;
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

struct DetectorView {
  bool connected = false;
  bool simulated = false;        ///< By its *IDN?.
  bool inventory_known = false;  ///< `modules` was read since it was connected.
  std::string identity;
  std::vector<DetectorModule> modules;
  core::Duration answer_age{};  ///< Since it last answered anything; large where never.
  std::uint32_t arm_id = 0;     ///< As the device says; 0: never armed.
  bool running = false;         ///< Started and not stopped, as far as this driver asked.
  std::string last_error;       ///< Empty when none since connect.
  std::uint64_t connections = 0;
  std::uint64_t timeouts = 0;
  std::uint64_t malformed = 0;
  std::uint64_t resends_asked = 0;    ///< Requests sent.
  std::uint64_t resends_refused = 0;  ///< Requests lost for a full queue or no connection.
};

/// A detector's control, one driver a device family; its data come over another channel.
///
/// After a loss of connection the driver reconnects by itself and reads the inventory again; an
/// armed detector stays armed there, and stop() works as soon as it is connected again.
///
/// Ownership: owns its thread and connection. Threading: all calls from any thread, one at a time
/// each; they wait for the device up to `command_timeout` except request_resend() and view().
/// Errors: kUnavailable (not connected), kTimeout, kRefused with the device's own words,
/// kProtocol (a reply that makes no sense), kInvalidConfig; each names device and command.
class DetectorDriver {
 public:
  virtual ~DetectorDriver() = default;

  /// Ends whatever the device runs first: a run of before a lost connection, or of a program that
  /// is gone, would refuse every setting. Each setting is read back: kRefused where the device
  /// took it and yet says another.
  virtual core::Status configure(const DetectorSettings& settings) = 0;
  /// Where the datagrams are to go.
  virtual core::Status set_destination(std::string_view ip, std::uint16_t port) = 0;
  /// The new arm id, never 0 and never the one before.
  virtual core::Result<std::uint32_t> arm() = 0;
  virtual core::Status start() = 0;
  virtual core::Status stop() = 0;
  /// Nothing where the module has sent no datagram since arm.
  virtual core::Result<std::optional<SequenceRange>> range(std::uint16_t module) = 0;
  /// For the receive thread: never blocks, locks or allocates. False where it could not be kept.
  virtual bool request_resend(const ResendRequest& request) noexcept = 0;
  [[nodiscard]] virtual DetectorView view() const = 0;
};

struct DetectorConfig {
  Endpoint endpoint;
  core::Duration connect_timeout = std::chrono::milliseconds(500);
  core::Duration reply_timeout = std::chrono::milliseconds(500);
  core::Duration reconnect_after = std::chrono::milliseconds(500);
  /// For a whole call, replies of other calls before it included.
  core::Duration command_timeout = std::chrono::milliseconds(2000);
  core::Duration poll_period = std::chrono::milliseconds(250);
};

/// `driver`: "native". Fails with kUnsupported and names the known ones. `clock` must outlive it.
core::Result<std::unique_ptr<DetectorDriver>> make_detector_driver(std::string_view driver,
                                                                   const DetectorConfig& config,
                                                                   const core::Clock& clock);

}  // namespace portcullis::firmware_bridge
