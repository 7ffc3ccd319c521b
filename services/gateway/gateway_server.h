#pragma once

#include <filesystem>
#include <memory>

#include "core/result.h"
#include "customs/gateway/gateway_api.h"

namespace portcullis::services {

/// Serves a GatewayPort as api/gateway.proto over a Unix socket.
///
/// Ownership: borrows `gateway`, which must outlive stop(). Threading: start() and stop() from one
/// thread; the gateway is called from the server's threads. What a client sends is checked before
/// the gateway sees it: sizes, counts, JSON.
class GatewayServer final {
 public:
  explicit GatewayServer(customs::GatewayPort& gateway);
  ~GatewayServer();  ///< Stops.
  GatewayServer(const GatewayServer&) = delete;
  GatewayServer& operator=(const GatewayServer&) = delete;

  /// Listens on `socket_path` (mode 0660; a socket left by a process that is gone is replaced).
  /// Fails with kUnavailable where another process listens there, kInvalidConfig where the path is
  /// longer than a Unix socket's (107 bytes), kIo otherwise.
  core::Status start(const std::filesystem::path& socket_path);
  /// Ends calls within 1 s and removes the socket. Idempotent.
  void stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace portcullis::services
