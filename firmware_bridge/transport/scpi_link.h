#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "core/time.h"
#include "firmware_bridge/codec/scpi.h"
#include "firmware_bridge/transport/line_connection.h"

namespace portcullis::firmware_bridge {

/// Query and answer over a LineConnection, one query at a time, with work that goes on meanwhile.
///
/// After a query without an answer in time, or a line that nobody asked for, the connection is
/// closed: a late answer would otherwise be taken for the next query's.
///
/// Errors: kUnavailable, kTimeout, kProtocol, each as "source 127.0.0.1:5025: BEAM:STAT?: why".
/// Threading: send() and wake() from any thread, the rest from one owner thread.
class ScpiLink {
 public:
  /// Does what is due while an answer is waited for; returns how long it may be left alone.
  using Tick = std::function<core::Duration()>;

  ScpiLink(std::string_view device, Endpoint endpoint, const core::Clock& clock, Tick tick);

  core::Status connect(core::Duration timeout);
  void close() noexcept { connection_.close(); }
  [[nodiscard]] bool connected() const noexcept { return connection_.connected(); }
  void wake() noexcept { connection_.wake(); }

  core::Status send(std::string_view line) noexcept { return connection_.send_line(line); }
  core::Result<std::string> query(std::string_view line, core::Duration timeout);
  /// Reads the device's error queue empty; the first entry is the answer.
  core::Result<ScpiError> drain_errors(core::Duration timeout);
  /// Sends a command and asks whether it was accepted: kRefused with the device's words if not.
  /// Errors that were in the queue before are drained and do not count.
  core::Status command(std::string_view line, core::Duration timeout);
  /// Ticks, then waits up to `time` (at most 10 ms, less after wake()): for loops. Fails where the
  /// connection ends or something arrives unasked.
  core::Status idle(core::Duration time);

  /// "source 127.0.0.1:5025"
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  core::Result<std::string> receive(std::string_view what, core::Duration timeout);

  std::string name_;
  LineConnection connection_;
  const core::Clock* clock_;
  Tick tick_;
};

}  // namespace portcullis::firmware_bridge
