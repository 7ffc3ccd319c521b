#include "firmware_bridge/transport/line_client.h"

#include <algorithm>
#include <chrono>

namespace portcullis::firmware_bridge {

using std::chrono::milliseconds;

LineClient::LineClient(Endpoint endpoint, std::size_t line_bytes_max, Handlers handlers)
    : connection_(std::move(endpoint), line_bytes_max), handlers_(std::move(handlers)) {
  thread_ = std::thread([this] { run(); });
}

LineClient::~LineClient() {
  stopping_.store(true);
  connection_.wake();
  thread_.join();
}

void LineClient::run() {
  constexpr core::Duration kBackoffFirst = milliseconds(250);
  constexpr core::Duration kBackoffMax = milliseconds(2000);
  core::Duration backoff = kBackoffFirst;
  WakeEvent pause;  // nobody notifies it: a bounded wait
  while (!stopping_.load()) {
    handlers_.tick();
    const core::Status status = connection_.connect(milliseconds(500));
    if (!status.ok()) {
      handlers_.connection(false, status.error().message);
      for (core::Duration left = backoff; left.count() > 0 && !stopping_.load();
           left -= milliseconds(50)) {
        pause.wait(50);
        handlers_.tick();
      }
      backoff = std::min(backoff * 2, kBackoffMax);
      continue;
    }
    handlers_.connection(true, "");
    while (!stopping_.load()) {
      const auto line = connection_.receive_line(milliseconds(100));
      if (!line.ok()) {
        handlers_.connection(false, line.error().message);
        break;
      }
      if (line->has_value()) {
        backoff = kBackoffFirst;  // a peer that only accepts and closes is not hammered
        handlers_.line(**line);
      }
      handlers_.tick();
    }
    if (!stopping_.load() && !connection_.connected())
      pause.wait(static_cast<int>(backoff / milliseconds(1)) / 5);
  }
  connection_.close();
}

}  // namespace portcullis::firmware_bridge
