// What passes the radiation portal: to the vehicle, its record and its case, and as N42 files.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "apps/lane/lane_process.h"
#include "apps/lane/radiation_files.h"
#include "core/log.h"
#include "firmware_bridge/codec/portal_line.h"

namespace portcullis::apps {
namespace {

constexpr const char* kPassagesComponent = "lane";
constexpr std::size_t kPassagesKept = 32;
constexpr double kSample_s = 0.2;  // of the portal's gamma counts

/// Gamma counts a second over the passage, from the portal's own lines.
std::vector<services::RadiationSample> profile_of(
    const firmware_bridge::PortalOccupancy& occupancy) {
  std::vector<services::RadiationSample> profile;
  for (const auto& record : occupancy.lines) {
    const auto line = firmware_bridge::parse_portal_line(record.text);
    if (!line.ok()) continue;
    if (line->tag != firmware_bridge::PortalTag::kGS &&
        line->tag != firmware_bridge::PortalTag::kGA)
      continue;
    const double seconds = static_cast<double>(record.utc.ns - occupancy.started.ns) * 1e-9;
    profile.push_back({static_cast<float>(seconds),
                       static_cast<float>(line->count_sum()) / static_cast<float>(kSample_s)});
  }
  return profile;
}

/// Alarm level: one second's counts S with (S - B) / sqrt(B) > n, as PortalMonitor has it.
services::RadiationPassage passage_of(const firmware_bridge::PortalOccupancy& occupancy) {
  services::RadiationPassage passage;
  passage.sample_s = kSample_s;
  // It starts with the end of its first sample.
  passage.passage_s =
      static_cast<double>(occupancy.ended.ns - occupancy.started.ns) * 1e-9 + kSample_s;
  passage.background_cps = occupancy.gamma_background_cps;
  if (passage.background_cps > 0)
    passage.alarm_cps =
        passage.background_cps +
        firmware_bridge::PortalMonitor::Config{}.alarm_sigma * std::sqrt(passage.background_cps);
  passage.speed_km_h = occupancy.speed_km_h;
  return passage;
}

core::RadiationMeasurement measurement_of(const firmware_bridge::PortalOccupancy& occupancy) {
  return {occupancy.valid, occupancy.gamma_alarm || occupancy.gamma_alarm_own,
          occupancy.neutron_alarm, occupancy.sigma_max, occupancy.invalid_reason};
}

}  // namespace

void LaneProcess::take_occupancies() {
  for (const auto& occupancy : portal_->take_occupancies()) {
    const auto now = clock_.now();
    const auto utc = clock_.utc_now().ns;
    lane::OccupancyReading reading;
    reading.began = now - core::Duration(std::max<std::int64_t>(0, utc - occupancy.started.ns));
    reading.ended = now - core::Duration(std::max<std::int64_t>(0, utc - occupancy.ended.ns));
    reading.number = occupancy.number;
    Passage passage;
    passage.measured = measurement_of(occupancy);
    passage.profile = profile_of(occupancy);
    passage.passed = passage_of(occupancy);
    for (const auto& record : occupancy.lines) passage.lines.push_back({record.utc, record.text});
    passage.whole = occupancy;
    // Kept at once: what passes without a scan has been measured, too.
    notes_->post([this, occupancy] {
      if (const auto kept =
              write_n42_files(config_.storage_folder / "radiation", passage_stem(occupancy),
                              {occupancy}, config_.lane, {}, config_.portal_simulated);
          !kept.ok())
        core::log_warning(kPassagesComponent, kept.error().message);
    });
    reading.valid = passage.measured.valid;
    reading.alarm = passage.measured.alarm();
    reading.text = passage.measured.problem;
    {
      const std::lock_guard lock(passages_mutex_);
      reading.id = ++passages_seen_;
      passages_.emplace(reading.id, std::move(passage));
      if (passages_.size() > kPassagesKept) passages_.erase(passages_.begin());
    }
    driver_->submit(std::move(reading));
  }
}

void LaneProcess::bind_radiation(const lane::VehicleRecord& vehicle) {
  core::RadiationMeasurement measured;
  std::vector<services::RadiationSample> profile;
  services::RadiationPassage passed;
  std::vector<archive::RadiationLine> lines;
  {
    const std::lock_guard lock(passages_mutex_);
    for (const std::uint64_t id : vehicle.occupancies) {
      const auto found = passages_.find(id);
      if (found == passages_.end()) continue;
      const Passage& passage = found->second;
      measured.gamma_alarm = measured.gamma_alarm || passage.measured.gamma_alarm;
      measured.neutron_alarm = measured.neutron_alarm || passage.measured.neutron_alarm;
      measured.sigma_max = std::max(measured.sigma_max, passage.measured.sigma_max);
      if (measured.problem.empty()) measured.problem = passage.measured.problem;
      profile = passage.profile;
      passed = passage.passed;
      lines.insert(lines.end(), passage.lines.begin(), passage.lines.end());
    }
  }
  // Which part of the vehicle each of several goes measured is not known.
  if (vehicle.occupancies.size() > 1) passed.passage_s = 0;
  // Whether it counts is the driver's word: a release asks for the same.
  measured.valid = vehicle.radiation_measured;
  if (measured.valid)
    measured.problem.clear();
  else if (vehicle.occupancies.empty())
    measured.problem = "the portal saw no passage of this vehicle";
  visits_.measured(vehicle.vehicle, measured);
  recorder_->set_radiation(measured, std::move(lines));
  notes_->post([this, passed, profile = std::move(profile)]() mutable {
    desk_->radiation_measured(std::move(profile), passed);
  });
}

void LaneProcess::keep_n42(const std::string& scan_id, const lane::VehicleRecord& vehicle) {
  std::vector<firmware_bridge::PortalOccupancy> passages;
  {
    const std::lock_guard lock(passages_mutex_);
    for (const std::uint64_t id : vehicle.occupancies) {
      if (const auto found = passages_.find(id); found != passages_.end())
        passages.push_back(found->second.whole);
    }
  }
  if (passages.empty()) return;
  const std::string item = vehicle.identity.plate.empty()
                               ? "scan " + scan_id
                               : "plate " + vehicle.identity.plate + ", scan " + scan_id;
  if (const auto kept = write_n42_files(config_.storage_folder / "scans", scan_id, passages,
                                        config_.lane, item, config_.portal_simulated);
      !kept.ok())
    core::log_warning(kPassagesComponent, kept.error().message);
}

}  // namespace portcullis::apps
