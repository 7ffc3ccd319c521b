#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "acquisition/capture_service.h"
#include "core/scan.h"
#include "lane/ports.h"

namespace portcullis::apps {

/// The lane's acquisition port on the capture service, and the calibration in force: dark and air
/// as captured here, wedge steps of the installation. With `age_max` a set that is older counts as
/// none: where scans on it are refused an image, no truck is given beam for one.
///
/// Ownership: borrows the service. Threading: as AcquisitionPort; calibration() from any thread.
class AcquisitionAdapter final : public lane::AcquisitionPort {
 public:
  AcquisitionAdapter(acquisition::CaptureService& service, core::Calibration installed,
                     const core::Clock& clock, std::optional<core::Duration> age_max = {})
      : service_(service), clock_(clock), age_max_(age_max), installed_(std::move(installed)) {}

  [[nodiscard]] lane::AcquisitionView view() const override;
  void arm(lane::CaptureKind kind, std::uint32_t lines) override;
  void start() override { service_.start(); }
  void stop() override { service_.stop(); }

  /// Frames that were taken before a restart of the program, as calibration() gave them.
  void restore(core::Calibration calibration);
  /// Null until a dark and an air capture were good. A new pair of captures gets a new id.
  [[nodiscard]] std::shared_ptr<const core::Calibration> calibration() const;

 private:
  /// Why the set in force is too old; empty: it is not.
  [[nodiscard]] std::string age_problem() const;

  acquisition::CaptureService& service_;
  const core::Clock& clock_;
  const std::optional<core::Duration> age_max_;
  const core::Calibration installed_;  ///< Wedges and commissioning data are taken from it.
  mutable std::mutex mutex_;
  mutable std::shared_ptr<const core::Calibration> in_force_;
};

}  // namespace portcullis::apps
