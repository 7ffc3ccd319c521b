// What the desk tells of itself: figures of the day, and the programs that it works with.
#include <fmt/format.h>

#include <algorithm>

#include "apps/lane/case_desk.h"

namespace portcullis::apps {

void CaseDesk::vehicle_left(double cycle_s) {
  const std::lock_guard lock(mutex_);
  cycle_s_.push_back(cycle_s);
  if (cycle_s_.size() > 200) cycle_s_.erase(cycle_s_.begin());
}

std::string CaseDesk::current_case_id() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

std::uint32_t CaseDesk::scans_today() const {
  const std::lock_guard lock(mutex_);
  return scans_today_;
}

double CaseDesk::median_cycle_s() const {
  const std::lock_guard lock(mutex_);
  if (cycle_s_.empty()) return 0;
  auto sorted = cycle_s_;
  std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2),
                   sorted.end());
  return sorted[sorted.size() / 2];
}

services::DeviceHealth CaseDesk::worker_health() const {
  services::DeviceHealth health;
  health.name = "Image worker";
  if (parts_.worker == nullptr) {
    health.level = services::DeviceLevel::kAttention;
    health.text = "not configured; findings are made in the lane's own process";
    return health;
  }
  const auto state = parts_.worker->state();
  health.level = state.running ? services::DeviceLevel::kOk : services::DeviceLevel::kAttention;
  health.text =
      state.running
          ? (state.lost == 0 ? "ready" : fmt::format("ready; restarted {} times", state.lost))
          : (state.last_error.empty() ? "starting" : state.last_error);
  return health;
}

services::DeviceHealth CaseDesk::gateway_health() const {
  const std::lock_guard lock(mutex_);
  return gateway_health_;
}

}  // namespace portcullis::apps
