// What the cycle tells: on the driver's thread, so everything slow goes to notes_.
#include <fmt/format.h>

#include "apps/lane/case_words.h"
#include "apps/lane/kept_calibration.h"
#include "apps/lane/lane_process.h"
#include "core/log.h"

namespace portcullis::apps {
namespace {

constexpr const char* kEventsComponent = "lane";

}  // namespace

void LaneProcess::on_vehicle_arrived(const lane::VehicleRecord& vehicle) {
  visits_.arrived(vehicle, clock_.now());
  audit_->vehicle_arrived(vehicle);
  recorder_->set_identity(vehicle.identity);
  bind_radiation(vehicle);
}

void LaneProcess::on_vehicle_identity(const lane::VehicleRecord& vehicle) {
  visits_.known(vehicle);
  recorder_->set_identity(vehicle.identity);
  bind_radiation(vehicle);
}

void LaneProcess::on_scan_started(const lane::ScanBegin& begin) {
  audit_->scan_started(begin);
  visits_.scan_started(begin.vehicle);
  const auto visit = visits_.of(begin.vehicle);
  notes_->post([this, id = begin.scan_id, before = begin.scan_before, forward = begin.forward,
                visit] {
    if (visit) {
      if (const auto kept = catalogue_->add_event(
              id, archive::kArrivalEvent, visit_of(visit->vehicle.vehicle), visit->vehicle.arrived);
          !kept.ok())
        core::log_warning(kEventsComponent, kept.error().message);
    }
    if (visit) pictures_->keep(id, visit->vehicle.readings);
    if (!before.empty()) desk_->scanned_again(id, before);
    const auto calibration = acquisition_port_->calibration();
    if (!calibration) return;
    // A column is a pair of pulses.
    const double column_mm =
        config_.cycle.scan_speed_mm_s * 2.0 / installation_.geometry.pulse_rate_hz;
    live_->begin(id, installation_.geometry, *calibration, column_mm, !forward);
  });
}

void LaneProcess::on_scan_ended(const std::string& scan_id, core::ScanOutcome outcome,
                                const std::string& reason) {
  notes_->post([this, scan_id, outcome, reason] {
    live_->end();
    core::log_info(kEventsComponent,
                   fmt::format("scan {} ended: {}{}{}", scan_id, core::scan_outcome_name(outcome),
                               reason.empty() ? "" : ", ", reason));
  });
}

void LaneProcess::on_review_wanted(const std::string& scan_id, const lane::VehicleRecord& vehicle) {
  {
    const std::lock_guard lock(reviews_mutex_);
    reviews_[scan_id] = vehicle.vehicle;
  }
  audit_->review_begins(vehicle.vehicle);
  notes_->post([this, scan_id, vehicle] {
    desk_->vehicle_known(scan_id, vehicle);
    desk_->review_wanted(scan_id);
    keep_n42(scan_id, vehicle);
  });
}

void LaneProcess::on_decided(const std::string& scan_id, core::DecisionKind kind) {
  desk_->decided_by_lane(scan_id, kind);
}

void LaneProcess::on_vehicle_left(std::uint64_t vehicle) {
  audit_->vehicle_left(vehicle);
  const auto visit = visits_.left(vehicle);
  if (!visit) return;
  desk_->vehicle_left(std::chrono::duration<double>(clock_.now() - visit->came).count());
  if (visit->scanned) return;
  notes_->post([this, visit] {
    desk_->left_unscanned(*visit, config_.lane, driver_->snapshot()->simulated);
  });
}

void LaneProcess::on_calibration(bool good, const std::string& text) {
  core::log(good ? core::LogLevel::kInfo : core::LogLevel::kError, kEventsComponent,
            fmt::format("calibration: {}", text));
  audit_->calibrated(good, text);
  if (!good) return;
  notes_->post([this] {
    const auto calibration = acquisition_port_->calibration();
    if (!calibration) return;
    if (const auto kept =
            keep_calibration(calibration_file(), *calibration, installation_, clock_.utc_now());
        !kept.ok()) {
      core::log_warning(
          kEventsComponent,
          fmt::format("the calibration does not outlive a restart: {}", kept.error().message));
    }
  });
}

void LaneProcess::on_event(core::UtcTime utc, const std::string& kind, const std::string& text) {
  recorder_->add_event(utc, kind, text);
  visits_.told(kind, text);
  office_->lane_event(utc, kind, text);
  notes_->post([this, utc, kind, text] {
    core::log_info(kEventsComponent, fmt::format("{}: {}", kind, text));
    if (const auto kept = catalogue_->add_event("", kind, text, utc); !kept.ok())
      core::log_warning(kEventsComponent, kept.error().message);
  });
}

}  // namespace portcullis::apps
