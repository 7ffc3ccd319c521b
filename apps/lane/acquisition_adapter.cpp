#include "apps/lane/acquisition_adapter.h"

#include <fmt/format.h>

#include "core/files.h"
#include "core/log.h"

namespace portcullis::apps {
namespace {

constexpr const char* kComponent = "acquisition";

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

}  // namespace

AcquisitionAdapter::AcquisitionAdapter(acquisition::Acquisition& acquisition,
                                       firmware_bridge::DetectorDriver& detector,
                                       core::ScannerGeometry geometry,
                                       std::vector<core::WedgeStep> wedges,
                                       const core::Clock& clock)
    : acquisition_(acquisition),
      detector_(detector),
      geometry_(std::move(geometry)),
      clock_(clock),
      thread_([this] { finish_full_capture(); }, std::chrono::milliseconds(20)) {
  const std::lock_guard lock(mutex_);
  captured_.wedges = std::move(wedges);
}

lane::AcquisitionView AcquisitionAdapter::view() const {
  const auto device = detector_.view();
  const auto run = acquisition_.view();
  lane::AcquisitionView view;
  view.connected = device.connected && device.inventory_known;
  view.seen = clock_.now() - device.answer_age;
  if (!device.identity.empty())
    view.hardware = device.simulated ? lane::HardwareKind::kSimulated : lane::HardwareKind::kReal;
  view.lines = static_cast<std::uint32_t>(run.assembly.lines);
  view.lines_lost = run.assembly.lines_missing;
  const std::lock_guard lock(mutex_);
  view.phase = phase_;
  view.kind = kind_;
  view.calibrated = in_force_ != nullptr;
  view.problem = !problem_.empty() ? problem_ : device.last_error;
  return view;
}

void AcquisitionAdapter::note(lane::CapturePhase phase, std::string problem) {
  if (!problem.empty()) core::log_warning(kComponent, problem);
  const std::lock_guard lock(mutex_);
  phase_ = phase;
  problem_ = std::move(problem);
}

void AcquisitionAdapter::arm(lane::CaptureKind kind, std::uint32_t lines) {
  {
    const std::lock_guard lock(mutex_);
    phase_ = lane::CapturePhase::kArming;
    kind_ = kind;
    problem_.clear();
  }
  thread_.post([this, kind, lines] { do_arm(kind, lines); });
}

void AcquisitionAdapter::start() {
  thread_.post([this] { do_start(); });
}

void AcquisitionAdapter::stop() {
  {
    const std::lock_guard lock(mutex_);
    if (phase_ == lane::CapturePhase::kRunning) phase_ = lane::CapturePhase::kDraining;
  }
  thread_.post([this] { do_stop(); });
}

void AcquisitionAdapter::do_arm(lane::CaptureKind kind, std::uint32_t lines) {
  if (acquisition_.view().state != acquisition::AcquisitionState::kIdle) {
    if (const auto dropped = acquisition_.stop(); !dropped.ok())
      core::log_warning(kComponent, dropped.error().message);
  }
  acquisition::CaptureRequest request;
  request.kind = to_acquisition(kind);
  request.lines_max = lines;
  request.geometry = geometry_;
  {
    const std::lock_guard lock(mutex_);
    if (kind == lane::CaptureKind::kAir && dark_good_) request.dark = captured_.dark;
  }
  const auto armed = acquisition_.arm(request);
  note(armed.ok() ? lane::CapturePhase::kArmed : lane::CapturePhase::kFailed,
       armed.ok() ? "" : armed.error().message);
}

void AcquisitionAdapter::do_start() {
  const auto started = acquisition_.start();
  note(started.ok() ? lane::CapturePhase::kRunning : lane::CapturePhase::kFailed,
       started.ok() ? "" : started.error().message);
}

void AcquisitionAdapter::do_stop() {
  const auto state = acquisition_.view().state;
  if (state == acquisition::AcquisitionState::kIdle) {
    const std::lock_guard lock(mutex_);
    if (phase_ == lane::CapturePhase::kArming || phase_ == lane::CapturePhase::kArmed)
      phase_ = lane::CapturePhase::kIdle;
    if (phase_ == lane::CapturePhase::kDraining) phase_ = lane::CapturePhase::kDone;
    return;
  }
  const auto summary = acquisition_.stop();
  if (!summary.ok()) {
    note(lane::CapturePhase::kFailed, summary.error().message);
    return;
  }
  for (const auto& problem : summary->problems) core::log_warning(kComponent, problem);
  if (state == acquisition::AcquisitionState::kArmed) {
    note(lane::CapturePhase::kIdle);
  } else if (summary->calibration) {
    take_calibration(*summary);
  } else {
    note(lane::CapturePhase::kDone);
  }
}

void AcquisitionAdapter::finish_full_capture() {
  {
    const std::lock_guard lock(mutex_);
    if (phase_ != lane::CapturePhase::kRunning || kind_ == lane::CaptureKind::kScan) return;
  }
  if (acquisition_.view().full) do_stop();
}

void AcquisitionAdapter::take_calibration(const acquisition::CaptureSummary& summary) {
  const auto& outcome = *summary.calibration;
  std::string problem;
  for (const auto& reason : outcome.problems) problem += (problem.empty() ? "" : "; ") + reason;
  if (!outcome.fit) {
    note(lane::CapturePhase::kFailed, fmt::format("calibration is unfit: {}", problem));
    return;
  }
  const std::lock_guard lock(mutex_);
  if (summary.kind == acquisition::CaptureKind::kDark) {
    captured_.dark = outcome.dark;
    dark_good_ = true;
    air_good_ = false;  // an air capture belongs to the dark before it
  } else {
    captured_.air_high = outcome.air_high;
    captured_.air_low = outcome.air_low;
    air_good_ = true;
  }
  if (dark_good_ && air_good_) {
    captured_.id = core::make_uuid();
    in_force_ = std::make_shared<const core::Calibration>(captured_);
  }
  phase_ = lane::CapturePhase::kDone;
  problem_.clear();
}

std::shared_ptr<const core::Calibration> AcquisitionAdapter::calibration() const {
  const std::lock_guard lock(mutex_);
  return in_force_;
}

}  // namespace portcullis::apps
