#pragma once

#include <memory>
#include <vector>

#include "core/time.h"
#include "firmware_bridge/rpm/portal_monitor.h"
#include "firmware_bridge/transport/endpoint.h"

namespace portcullis::firmware_bridge {

/// A radiation portal over TCP: keeps the connection and a PortalMonitor.
/// Ownership: owns its thread; `clock` must outlive it. Threading: all calls from any thread;
/// none waits for the device.
class PortalClient {
 public:
  PortalClient(Endpoint endpoint, const PortalMonitor::Config& config, const core::Clock& clock);
  ~PortalClient();
  PortalClient(const PortalClient&) = delete;
  PortalClient& operator=(const PortalClient&) = delete;

  /// Call on every change of the beam: samples are flagged by it.
  void set_beam_on(bool on);
  [[nodiscard]] PortalView view() const;
  std::vector<PortalOccupancy> take_occupancies();
  std::vector<PortalRecord> take_records();
  [[nodiscard]] std::vector<PortalRecord> occupancy_lines() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace portcullis::firmware_bridge
