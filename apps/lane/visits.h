#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/records.h"
#include "core/time.h"
#include "lane/ports.h"

namespace portcullis::apps {

/// The vehicles in the lane from arrival to departure: what the lane's process keeps of them
/// itself. A vehicle that leaves without a scan takes the reason with it.
/// Threading: thread-safe.
class Visits final {
 public:
  struct Visit {
    core::TimePoint came{};
    lane::VehicleRecord vehicle;
    core::RadiationMeasurement radiation;
    bool scanned = false;
    std::vector<std::string> told;  ///< What kept it from being scanned: the last that was said.
  };

  void arrived(const lane::VehicleRecord& vehicle, core::TimePoint now);
  void known(const lane::VehicleRecord& vehicle);
  void measured(std::uint64_t vehicle, const core::RadiationMeasurement& radiation);
  void scan_started(std::uint64_t vehicle);
  /// An event of the lane (LaneListener::on_event): refusals, calls, faults and losses are reasons.
  void told(const std::string& kind, const std::string& text);
  /// Nothing where its arrival was not seen: it stood in the lane when the program began.
  [[nodiscard]] std::optional<Visit> of(std::uint64_t vehicle) const;
  /// The same, and it is forgotten.
  std::optional<Visit> left(std::uint64_t vehicle);

 private:
  mutable std::mutex mutex_;
  std::map<std::uint64_t, Visit> visits_;
};

/// Why a vehicle left without a scan, a sentence without its full stop.
[[nodiscard]] std::string why_unscanned(const Visits::Visit& visit);

}  // namespace portcullis::apps
