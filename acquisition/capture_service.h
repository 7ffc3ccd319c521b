#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "acquisition/acquisition.h"
#include "core/geometry.h"
#include "core/scan.h"
#include "core/time.h"

namespace portcullis::acquisition {

/// Where the capture that was asked for last stands.
enum class CapturePhase : std::uint8_t {
  kIdle,  ///< Nothing asked for, or the last was called off before it ran.
  kArming,
  kArmed,
  kRunning,
  kDraining,  ///< Stopped; the last lines are on their way to the sinks.
  kDone,      ///< A scan: its lines have been taken from the archive queue. Dark, air: frame fit.
  kFailed,    ///< `problem` says why.
};
std::string_view capture_phase_name(CapturePhase phase);

struct CaptureServiceView {
  CapturePhase phase = CapturePhase::kIdle;
  CaptureKind kind = CaptureKind::kDark;
  bool calibrated = false;  ///< Fit dark and air frames of both energies are at hand.
  std::string problem;      ///< Of the failed capture; or what was odd about a done one.
  AcquisitionView acquisition;
  firmware_bridge::DetectorView detector;
};

/// Acquisition for callers that may not wait: notes what is wanted and does it on a thread of its
/// own. Calls are carried out in order.
///
/// Dark and air captures end by themselves when they have their lines, and their frames are kept
/// where they are fit; a scan runs until stop(). arm() is allowed in any phase and drops what ran.
///
/// Ownership: borrows acquisition, detector and clock; owns its thread. The destructor stops a
/// running capture. Threading: all calls from any thread; none waits.
class CaptureService final {
 public:
  CaptureService(Acquisition& acquisition, firmware_bridge::DetectorDriver& detector,
                 const core::ScannerGeometry& geometry, const core::Clock& clock);
  ~CaptureService();
  CaptureService(const CaptureService&) = delete;
  CaptureService& operator=(const CaptureService&) = delete;

  void arm(CaptureKind kind, std::uint32_t lines_max);
  void start();
  void stop();

  [[nodiscard]] CaptureServiceView view() const;
  /// Dark and air of the latest fit captures, without wedges or id; nothing until there are all.
  [[nodiscard]] std::optional<core::Calibration> calibration() const;
  /// Frames from elsewhere, as of an earlier day's calibration.
  void set_calibration(const core::Calibration& calibration);
  /// Of the last capture that ended.
  [[nodiscard]] std::optional<CaptureSummary> last_summary() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace portcullis::acquisition
