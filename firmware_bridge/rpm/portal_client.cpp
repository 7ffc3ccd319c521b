#include "firmware_bridge/rpm/portal_client.h"

#include <mutex>

#include "firmware_bridge/transport/line_client.h"

namespace portcullis::firmware_bridge {

struct PortalClient::State {
  const core::Clock* clock = nullptr;
  mutable std::mutex mutex;
  PortalMonitor monitor;
  std::unique_ptr<LineClient> client;  // last: its thread ends before the rest goes

  State(const PortalMonitor::Config& config, const core::Clock& time)
      : clock(&time), monitor(config) {}
};

PortalClient::PortalClient(Endpoint endpoint, const PortalMonitor::Config& config,
                           const core::Clock& clock)
    : state_(std::make_unique<State>(config, clock)) {
  State* s = state_.get();
  LineClient::Handlers handlers;
  handlers.line = [s](std::string_view line) {
    const std::lock_guard lock(s->mutex);
    s->monitor.push(line, s->clock->now(), s->clock->utc_now());
  };
  handlers.connection = [s](bool connected, std::string_view) {
    const std::lock_guard lock(s->mutex);
    s->monitor.set_connected(connected, s->clock->now());
  };
  handlers.tick = [s] {
    const std::lock_guard lock(s->mutex);
    s->monitor.tick(s->clock->now(), s->clock->utc_now());
  };
  s->client =
      std::make_unique<LineClient>(std::move(endpoint), kPortalLineBytesMax, std::move(handlers));
}

PortalClient::~PortalClient() {
  state_->client.reset();
}

void PortalClient::set_beam_on(bool on) {
  const std::lock_guard lock(state_->mutex);
  state_->monitor.set_beam_on(on, state_->clock->now());
}

PortalView PortalClient::view() const {
  const std::lock_guard lock(state_->mutex);
  return state_->monitor.view(state_->clock->now());
}

std::vector<PortalOccupancy> PortalClient::take_occupancies() {
  const std::lock_guard lock(state_->mutex);
  return state_->monitor.take_occupancies();
}

std::vector<PortalRecord> PortalClient::take_records() {
  const std::lock_guard lock(state_->mutex);
  return state_->monitor.take_records();
}

std::vector<PortalRecord> PortalClient::occupancy_lines() const {
  const std::lock_guard lock(state_->mutex);
  return state_->monitor.occupancy_lines();
}

}  // namespace portcullis::firmware_bridge
