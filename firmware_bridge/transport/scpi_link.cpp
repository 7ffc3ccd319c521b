#include "firmware_bridge/transport/scpi_link.h"

#include <algorithm>
#include <chrono>

namespace portcullis::firmware_bridge {
namespace {

/// Ticks are at most this far apart, so that a clock that is handed in may move as it likes.
constexpr core::Duration kTickMax = std::chrono::milliseconds(10);

}  // namespace

ScpiLink::ScpiLink(std::string_view device, Endpoint endpoint, const core::Clock& clock, Tick tick)
    : name_(std::string(device) + " " + endpoint.text()),
      connection_(std::move(endpoint), kScpiLineBytesMax),
      clock_(&clock),
      tick_(std::move(tick)) {}

core::Status ScpiLink::connect(core::Duration timeout) {
  const core::Status status = connection_.connect(timeout);
  if (!status.ok()) {
    // The connection's own text starts with the endpoint, which the name has already.
    const std::string& text = status.error().message;
    const std::size_t at = text.find(": ");
    return core::Error{status.error().code, name_ + text.substr(std::min(at, text.size()))};
  }
  return {};
}

core::Result<std::string> ScpiLink::receive(std::string_view what, core::Duration timeout) {
  const core::TimePoint deadline = clock_->now() + timeout;
  for (;;) {
    const core::Duration alone = std::min(tick_(), kTickMax);
    const core::Duration left = deadline - clock_->now();
    const core::Duration wait = std::clamp(std::min(alone, left), core::Duration(0), kTickMax);
    auto line = connection_.receive_line(wait);
    if (!line.ok()) return line.error().with_context(name_ + ": " + std::string(what));
    if (line->has_value()) return std::move(**line);
    if (clock_->now() >= deadline) {
      close();
      return core::Error{core::ErrorCode::kTimeout,
                         name_ + ": " + std::string(what) + ": no answer in " +
                             std::to_string(timeout / std::chrono::milliseconds(1)) +
                             " ms; reconnecting"};
    }
  }
}

core::Result<std::string> ScpiLink::query(std::string_view line, core::Duration timeout) {
  const auto early = connection_.receive_line(core::Duration(0));
  if (!early.ok()) return early.error().with_context(name_);
  if (early->has_value()) {
    close();
    return core::Error{core::ErrorCode::kProtocol, name_ + ": sent \"" + (*early)->substr(0, 60) +
                                                       "\" without being asked; reconnecting"};
  }
  PC_CHECK(send(line));
  return receive(line, timeout);
}

core::Result<ScpiError> ScpiLink::drain_errors(core::Duration timeout) {
  ScpiError first;
  for (int i = 0; i < 64; ++i) {
    PC_TRY(const std::string reply, query("SYST:ERR?", timeout));
    auto parsed = parse_scpi_error(reply);
    if (!parsed.ok()) {
      close();
      return parsed.error().with_context(name_);
    }
    if (parsed->number == 0) return first;
    if (i == 0) first = std::move(*parsed);
  }
  close();
  return core::Error{core::ErrorCode::kProtocol,
                     name_ + ": SYST:ERR? never comes to an end; reconnecting"};
}

core::Status ScpiLink::command(std::string_view line, core::Duration timeout) {
  PC_TRY([[maybe_unused]] const ScpiError before, drain_errors(timeout));
  PC_CHECK(send(line));
  PC_TRY(const ScpiError error, drain_errors(timeout));
  if (error.number == 0) return {};
  return core::Error{core::ErrorCode::kRefused,
                     name_ + ": " + std::string(line) + ": " + format_scpi_error(error)};
}

core::Status ScpiLink::idle(core::Duration time) {
  const core::Duration alone = std::min(tick_(), kTickMax);
  const auto line =
      connection_.receive_line(std::clamp(std::min(alone, time), core::Duration(0), kTickMax));
  if (!line.ok()) return line.error().with_context(name_);
  if (line->has_value()) {
    close();
    return core::Error{core::ErrorCode::kProtocol, name_ + ": sent \"" + (*line)->substr(0, 60) +
                                                       "\" without being asked; reconnecting"};
  }
  return {};
}

}  // namespace portcullis::firmware_bridge
