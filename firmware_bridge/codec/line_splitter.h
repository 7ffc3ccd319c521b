#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace portcullis::firmware_bridge {

/// Cuts a byte stream into lines at LF; one CR before it is dropped. For SCPI text, portal lines
/// and JSON lines, on both ends of the wire.
///
/// A line longer than `line_bytes_max` is discarded up to its LF and counted, so that a peer
/// that never sends LF costs a bounded amount of memory.
/// Threading: one thread.
class LineSplitter {
 public:
  explicit LineSplitter(std::size_t line_bytes_max) : line_bytes_max_(line_bytes_max) {}

  /// Takes bytes as received; then call next() until it gives nothing.
  void push(std::string_view bytes);
  /// The next whole line without its end, valid until the next call of push() or next().
  [[nodiscard]] std::optional<std::string_view> next();
  /// Lines thrown away for their length so far.
  [[nodiscard]] std::uint64_t overlong() const { return overlong_; }
  /// Forgets a partial line: for a new connection.
  void clear();

 private:
  std::size_t line_bytes_max_;
  std::string buffer_;
  std::size_t read_ = 0;     // start of what next() has not given out
  bool discarding_ = false;  // inside an overlong line
  std::uint64_t overlong_ = 0;
};

}  // namespace portcullis::firmware_bridge
