#pragma once

#include <atomic>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "core/time.h"
#include "firmware_bridge/codec/line_splitter.h"
#include "firmware_bridge/transport/endpoint.h"
#include "firmware_bridge/transport/file_descriptor.h"

namespace portcullis::firmware_bridge {

/// A text connection with deadlines of its own: lines out, lines in.
///
/// Nothing here waits without a bound. A send that the peer does not take at once closes the
/// connection: a line is 1 KiB, a full socket buffer means that nobody reads there.
///
/// Errors: kUnavailable (not connected, refused, closed by the peer), kTimeout (connect),
/// each naming the endpoint. Threading: send_line(), wake() and connected() from any thread;
/// the rest from one owner thread. Waiting uses the machine's monotonic clock.
class LineConnection {
 public:
  LineConnection(Endpoint endpoint, std::size_t line_bytes_max);

  core::Status connect(core::Duration timeout);
  void close() noexcept;
  [[nodiscard]] bool connected() const noexcept { return connected_.load(); }

  /// Adds the LF. The bytes of one call stay together.
  core::Status send_line(std::string_view line) noexcept;

  /// The next line, or nothing where `timeout` passed or wake() was called first. A closed
  /// connection is an error and leaves it closed.
  core::Result<std::optional<std::string>> receive_line(core::Duration timeout);

  /// Ends a receive_line() or connect() that waits, or the next one.
  void wake() noexcept { wake_.notify(); }

  [[nodiscard]] const Endpoint& endpoint() const { return endpoint_; }
  /// Lines discarded for their length since made.
  [[nodiscard]] std::uint64_t overlong() const { return splitter_.overlong(); }

 private:
  Endpoint endpoint_;
  LineSplitter splitter_;
  WakeEvent wake_;
  std::mutex send_mutex_;  // guards socket_ against close() while another thread sends
  FileDescriptor socket_;
  std::atomic<bool> connected_{false};
};

}  // namespace portcullis::firmware_bridge
