#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "acquisition/acquisition.h"
#include "apps/lane/task_thread.h"
#include "core/scan.h"
#include "firmware_bridge/detector/detector_driver.h"
#include "lane/ports.h"

namespace portcullis::apps {

/// The lane's acquisition port on the real acquisition: its calls wait for the detector, so they
/// are made on a thread of their own, and view() tells how far they are.
///
/// Keeps the calibration in force: dark and air as captured here, wedge steps of the installation.
/// Ownership: borrows acquisition and detector. Threading: as AcquisitionPort; calibration() from
/// any thread.
class AcquisitionAdapter final : public lane::AcquisitionPort {
 public:
  AcquisitionAdapter(acquisition::Acquisition& acquisition,
                     firmware_bridge::DetectorDriver& detector, core::ScannerGeometry geometry,
                     std::vector<core::WedgeStep> wedges, const core::Clock& clock);

  [[nodiscard]] lane::AcquisitionView view() const override;
  void arm(lane::CaptureKind kind, std::uint32_t lines) override;
  void start() override;
  void stop() override;

  /// Null until a dark and an air capture were good.
  [[nodiscard]] std::shared_ptr<const core::Calibration> calibration() const;

 private:
  void note(lane::CapturePhase phase, std::string problem = {});
  void do_arm(lane::CaptureKind kind, std::uint32_t lines);
  void do_start();
  void do_stop();
  /// A dark or air capture that has all its lines is stopped and reduced.
  void finish_full_capture();
  void take_calibration(const acquisition::CaptureSummary& summary);

  acquisition::Acquisition& acquisition_;
  firmware_bridge::DetectorDriver& detector_;
  const core::ScannerGeometry geometry_;
  const core::Clock& clock_;

  mutable std::mutex mutex_;
  lane::CapturePhase phase_ = lane::CapturePhase::kIdle;
  lane::CaptureKind kind_ = lane::CaptureKind::kDark;
  std::string problem_;
  core::Calibration captured_;
  bool dark_good_ = false;
  bool air_good_ = false;
  std::shared_ptr<const core::Calibration> in_force_;

  TaskThread thread_;  // last: its tasks use all of the above
};

}  // namespace portcullis::apps
