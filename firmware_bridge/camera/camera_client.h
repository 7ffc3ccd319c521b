#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/time.h"
#include "firmware_bridge/codec/camera_line.h"
#include "firmware_bridge/transport/endpoint.h"

namespace portcullis::firmware_bridge {

struct ReceivedReading {
  core::UtcTime received;  ///< Lane's clock.
  core::TimePoint received_at;
  CameraReading reading;
};

struct CameraView {
  bool connected = false;
  std::uint64_t readings = 0;
  std::uint64_t malformed = 0;
  std::uint64_t dropped = 0;  ///< Nobody took them: the latest 1,000 are kept.
  std::string last_error;
};

/// A plate or container number camera over TCP, one JSON line a reading.
/// Ownership: owns its thread; `clock` must outlive it. Threading: all calls from any thread;
/// none waits for the device.
class CameraClient {
 public:
  CameraClient(Endpoint endpoint, const core::Clock& clock);
  ~CameraClient();
  CameraClient(const CameraClient&) = delete;
  CameraClient& operator=(const CameraClient&) = delete;

  /// Readings since the last call, in order of arrival.
  std::vector<ReceivedReading> take_readings();
  [[nodiscard]] CameraView view() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace portcullis::firmware_bridge
