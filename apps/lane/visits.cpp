#include "apps/lane/visits.h"

#include <fmt/format.h>

namespace portcullis::apps {
namespace {

constexpr std::size_t kReasonsKept = 3;
constexpr std::string_view kRefusedIn = " refused: ";

/// The reason in an event; empty where it holds none.
std::string reason_in(const std::string& kind, const std::string& text) {
  if (kind == "fault") return text;
  if (kind == "command") {
    const auto at = text.find(kRefusedIn);
    return at == std::string::npos ? std::string()
                                   : "start was refused: " + text.substr(at + kRefusedIn.size());
  }
  // "vehicle 7: why", "Warning to AwaitingClear: why"
  if (kind != "vehicle" && kind != "call" && kind != "state") return {};
  const auto at = text.find(": ");
  return at == std::string::npos ? std::string() : text.substr(at + 2);
}

}  // namespace

void Visits::arrived(const lane::VehicleRecord& vehicle, core::TimePoint now) {
  const std::lock_guard lock(mutex_);
  Visit& visit = visits_[vehicle.vehicle];
  visit = {};
  visit.came = now;
  visit.vehicle = vehicle;
}

void Visits::known(const lane::VehicleRecord& vehicle) {
  const std::lock_guard lock(mutex_);
  const auto found = visits_.find(vehicle.vehicle);
  if (found != visits_.end()) found->second.vehicle = vehicle;
}

void Visits::measured(std::uint64_t vehicle, const core::RadiationMeasurement& radiation) {
  const std::lock_guard lock(mutex_);
  const auto found = visits_.find(vehicle);
  if (found != visits_.end()) found->second.radiation = radiation;
}

void Visits::scan_started(std::uint64_t vehicle) {
  const std::lock_guard lock(mutex_);
  const auto found = visits_.find(vehicle);
  if (found != visits_.end()) found->second.scanned = true;
}

void Visits::told(const std::string& kind, const std::string& text) {
  std::string reason = reason_in(kind, text);
  if (reason.empty()) return;
  const std::lock_guard lock(mutex_);
  // Only one vehicle at a time has not been scanned yet: the newest.
  if (visits_.empty() || visits_.rbegin()->second.scanned) return;
  auto& reasons = visits_.rbegin()->second.told;
  std::erase(reasons, reason);
  reasons.push_back(std::move(reason));
  if (reasons.size() > kReasonsKept) reasons.erase(reasons.begin());
}

std::optional<Visits::Visit> Visits::of(std::uint64_t vehicle) const {
  const std::lock_guard lock(mutex_);
  const auto found = visits_.find(vehicle);
  if (found == visits_.end()) return std::nullopt;
  return found->second;
}

std::optional<Visits::Visit> Visits::left(std::uint64_t vehicle) {
  const std::lock_guard lock(mutex_);
  const auto found = visits_.find(vehicle);
  if (found == visits_.end()) return std::nullopt;
  Visit visit = std::move(found->second);
  visits_.erase(found);
  return visit;
}

std::string why_unscanned(const Visits::Visit& visit) {
  if (visit.told.empty()) return "the vehicle left before a scan was started";
  return fmt::format("no scan was made: {}", fmt::join(visit.told, "; "));
}

}  // namespace portcullis::apps
