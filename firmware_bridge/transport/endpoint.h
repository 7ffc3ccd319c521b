#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"

namespace portcullis::firmware_bridge {

/// Where a peer is reached: TCP at a numeric address, or a Unix socket.
struct Endpoint {
  std::string host;  ///< "127.0.0.1", "::1"; empty for a Unix socket.
  std::uint16_t port = 0;
  std::string unix_path;

  [[nodiscard]] std::string text() const;  ///< As parse_endpoint() reads it.
};

/// "127.0.0.1:5025", "[::1]:5025", "localhost:5025" or "unix:/run/x.sock". Names other than
/// localhost are refused: a look-up can block for longer than any deadline here.
/// Fails with kInvalidConfig.
core::Result<Endpoint> parse_endpoint(std::string_view text);

}  // namespace portcullis::firmware_bridge
