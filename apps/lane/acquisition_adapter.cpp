#include "apps/lane/acquisition_adapter.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "core/files.h"

namespace portcullis::apps {
namespace {

acquisition::CaptureKind to_acquisition(lane::CaptureKind kind) {
  switch (kind) {
    case lane::CaptureKind::kDark:
      return acquisition::CaptureKind::kDark;
    case lane::CaptureKind::kAir:
      return acquisition::CaptureKind::kAir;
    case lane::CaptureKind::kScan:
      break;
  }
  return acquisition::CaptureKind::kScan;
}

lane::CaptureKind to_lane(acquisition::CaptureKind kind) {
  switch (kind) {
    case acquisition::CaptureKind::kDark:
      return lane::CaptureKind::kDark;
    case acquisition::CaptureKind::kAir:
      return lane::CaptureKind::kAir;
    case acquisition::CaptureKind::kScan:
      break;
  }
  return lane::CaptureKind::kScan;
}

lane::CapturePhase to_lane(acquisition::CapturePhase phase) {
  using From = acquisition::CapturePhase;
  switch (phase) {
    case From::kIdle:
      return lane::CapturePhase::kIdle;
    case From::kArming:
      return lane::CapturePhase::kArming;
    case From::kArmed:
      return lane::CapturePhase::kArmed;
    case From::kRunning:
      return lane::CapturePhase::kRunning;
    case From::kDraining:
      return lane::CapturePhase::kDraining;
    case From::kDone:
      return lane::CapturePhase::kDone;
    case From::kFailed:
      break;
  }
  return lane::CapturePhase::kFailed;
}

}  // namespace

lane::AcquisitionView AcquisitionAdapter::view() const {
  const auto now = service_.view();
  lane::AcquisitionView view;
  view.connected = now.detector.connected && now.detector.inventory_known;
  view.seen = clock_.now() - now.detector.answer_age;
  if (!now.detector.identity.empty()) {
    view.hardware =
        now.detector.simulated ? lane::HardwareKind::kSimulated : lane::HardwareKind::kReal;
  }
  view.phase = to_lane(now.phase);
  view.kind = to_lane(now.kind);
  view.lines = static_cast<std::uint32_t>(now.acquisition.assembly.lines);
  view.lines_lost = now.acquisition.assembly.lines_missing;
  const std::string too_old = now.calibrated ? age_problem() : std::string();
  view.calibrated = now.calibrated && too_old.empty();
  view.problem = !now.problem.empty()               ? now.problem
                 : !now.detector.last_error.empty() ? now.detector.last_error
                                                    : too_old;
  return view;
}

std::string AcquisitionAdapter::age_problem() const {
  if (!age_max_) return {};
  const auto in_force = calibration();
  if (!in_force) return {};
  const core::Duration age(clock_.utc_now().ns -
                           std::min(in_force->dark.taken.ns, in_force->air_high.taken.ns));
  if (age >= core::Duration::zero() && age <= *age_max_) return {};
  const auto hours = [](core::Duration span) {
    return std::chrono::duration<double, std::ratio<3600>>(span).count();
  };
  return fmt::format("calibration is {:.1f} hours old, allowed are {:.1f}: calibrate", hours(age),
                     hours(*age_max_));
}

void AcquisitionAdapter::arm(lane::CaptureKind kind, std::uint32_t lines) {
  service_.arm(to_acquisition(kind), lines);
}

void AcquisitionAdapter::restore(core::Calibration calibration) {
  calibration.wedges = installed_.wedges;
  calibration.detector = installed_.detector;
  service_.set_calibration(calibration);
  const std::lock_guard lock(mutex_);
  in_force_ = std::make_shared<const core::Calibration>(std::move(calibration));
}

std::shared_ptr<const core::Calibration> AcquisitionAdapter::calibration() const {
  auto captured = service_.calibration();
  const std::lock_guard lock(mutex_);
  if (!captured) {
    in_force_.reset();
  } else if (!in_force_ || in_force_->air_high.taken != captured->air_high.taken ||
             in_force_->dark.taken != captured->dark.taken) {
    captured->id = core::make_uuid();
    captured->wedges = installed_.wedges;
    captured->detector = installed_.detector;
    in_force_ = std::make_shared<const core::Calibration>(std::move(*captured));
  }
  return in_force_;
}

}  // namespace portcullis::apps
