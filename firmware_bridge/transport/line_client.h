#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <thread>

#include "core/time.h"
#include "firmware_bridge/transport/line_connection.h"

namespace portcullis::firmware_bridge {

/// Keeps a connection to a peer that talks by itself (portal, camera) and hands its lines on.
/// Reconnects for ever: first after 250 ms, doubling to 2 s.
///
/// Ownership: owns its thread; the destructor stops it and returns within 100 ms. `handlers` are
/// called on that thread only.
class LineClient {
 public:
  struct Handlers {
    std::function<void(std::string_view line)> line;
    std::function<void(bool connected, std::string_view why)> connection;  ///< On every change.
    std::function<void()> tick;  ///< At least every 100 ms.
  };
  LineClient(Endpoint endpoint, std::size_t line_bytes_max, Handlers handlers);
  ~LineClient();
  LineClient(const LineClient&) = delete;
  LineClient& operator=(const LineClient&) = delete;

 private:
  void run();

  LineConnection connection_;
  Handlers handlers_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace portcullis::firmware_bridge
