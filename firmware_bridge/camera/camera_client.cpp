#include "firmware_bridge/camera/camera_client.h"

#include <deque>
#include <mutex>

#include "firmware_bridge/transport/line_client.h"

namespace portcullis::firmware_bridge {
namespace {

constexpr std::size_t kReadingsKept = 1000;

}  // namespace

struct CameraClient::State {
  const core::Clock* clock = nullptr;
  mutable std::mutex mutex;
  std::deque<ReceivedReading> readings;
  CameraView view;
  std::unique_ptr<LineClient> client;  // last: its thread ends before the rest goes
};

CameraClient::CameraClient(Endpoint endpoint, const core::Clock& clock)
    : state_(std::make_unique<State>()) {
  State* s = state_.get();
  s->clock = &clock;
  s->view.last_error = "camera " + endpoint.text() + ": not connected yet";
  const std::string name = "camera " + endpoint.text();
  LineClient::Handlers handlers;
  handlers.line = [s, name](std::string_view line) {
    auto reading = parse_camera_line(line);
    const std::lock_guard lock(s->mutex);
    if (!reading.ok()) {
      ++s->view.malformed;
      s->view.last_error = name + ": " + reading.error().message;
      return;
    }
    ++s->view.readings;
    if (s->readings.size() >= kReadingsKept) {
      s->readings.pop_front();
      ++s->view.dropped;
    }
    s->readings.push_back({s->clock->utc_now(), s->clock->now(), std::move(*reading)});
  };
  handlers.connection = [s](bool connected, std::string_view why) {
    const std::lock_guard lock(s->mutex);
    s->view.connected = connected;
    s->view.last_error = connected ? "" : "camera " + std::string(why);
  };
  handlers.tick = [] {};
  s->client =
      std::make_unique<LineClient>(std::move(endpoint), kCameraLineBytesMax, std::move(handlers));
}

CameraClient::~CameraClient() {
  state_->client.reset();
}

std::vector<ReceivedReading> CameraClient::take_readings() {
  const std::lock_guard lock(state_->mutex);
  std::vector<ReceivedReading> out(std::make_move_iterator(state_->readings.begin()),
                                   std::make_move_iterator(state_->readings.end()));
  state_->readings.clear();
  return out;
}

CameraView CameraClient::view() const {
  const std::lock_guard lock(state_->mutex);
  return state_->view;
}

}  // namespace portcullis::firmware_bridge
