#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "acquisition/calibration_capture.h"
#include "acquisition/line_assembler.h"
#include "acquisition/line_queue.h"
#include "core/counters.h"
#include "core/geometry.h"
#include "core/result.h"
#include "core/scan.h"
#include "core/time.h"
#include "firmware_bridge/detector/detector_driver.h"

namespace portcullis::acquisition {

enum class CaptureKind : std::uint8_t { kDark, kAir, kScan };

struct AcquisitionConfig {
  std::string receive_host = "127.0.0.1";  ///< Where the detector is told to send.
  std::uint16_t receive_port = 0;          ///< 0: any free one.
  std::uint32_t line_slots = 2048;         ///< Of the pool; at 400 lines/s about 5 s.
  std::uint32_t live_queue_lines = 512;    ///< Live view's queue; a full one drops, counted.
  std::uint32_t datagram_bytes_max = 9000;
  int realtime_priority = 0;  ///< SCHED_FIFO 1 to 99 for the receive thread; 0: none.
  int cpu = -1;               ///< Its processor; -1: any.
  core::Duration drain_max = std::chrono::milliseconds(400);  ///< For asking again after stop.
  firmware_bridge::DetectorSettings detector;
  CalibrationCapture::Rules rules;
};

struct CaptureRequest {
  CaptureKind kind = CaptureKind::kScan;
  std::uint32_t lines_max = 0;     ///< Lines after which the run is full; 1 or more.
  core::ScannerGeometry geometry;  ///< Module and pixel counts are checked against the inventory.
  /// For air: what the dark capture gave, for the flatness checks. May be absent.
  std::optional<core::CalibrationFrame> dark;
};

/// How a run ended. Its lines are then all in the queues.
struct CaptureSummary {
  CaptureKind kind = CaptureKind::kScan;
  std::uint32_t arm_id = 0;
  AssemblyCounts assembly;
  core::CounterValues packets;
  std::uint64_t kernel_drops = 0;     ///< Of the socket, during this run.
  std::uint64_t archive_dropped = 0;  ///< Lines that found the archive queue full; 0 always holds.
  std::uint64_t live_dropped = 0;
  bool full = false;                  ///< lines_max was reached.
  std::vector<std::string> problems;  ///< What went wrong, in words; empty for a clean run.
  std::optional<CalibrationCapture::Outcome> calibration;  ///< For dark and air.
};

enum class AcquisitionState : std::uint8_t { kIdle, kArmed, kRunning, kStopping };
std::string_view acquisition_state_name(AcquisitionState state);

struct AcquisitionView {
  AcquisitionState state = AcquisitionState::kIdle;
  CaptureKind kind = CaptureKind::kScan;
  std::uint32_t arm_id = 0;
  bool full = false;        ///< lines_max was reached: stop when convenient.
  AssemblyCounts assembly;  ///< Of the running or the last run.
  core::CounterValues packets;
  std::uint64_t kernel_drops = 0;
  std::uint64_t archive_queue_depth = 0, live_queue_depth = 0;
  std::uint64_t archive_dropped = 0, live_dropped = 0;
  std::uint32_t slots_free = 0;
  core::Duration last_line_age{};  ///< Since the last line was released; large where none.
  std::string scheduling;          ///< "SCHED_FIFO 40", or why not.
  std::string socket_note;         ///< Empty, or that the buffer is smaller than asked.
  core::LineHeader last_line;
};

/// Detector, socket, assembler and receive thread as the lane uses them.
///
/// A run: arm() -> start() -> [lines flow into archive_queue() and live_queue()] -> stop().
/// Memory is taken by the first arm() and kept. stop() also works after a device was lost: what
/// came is kept and the summary names the problem. Lines of dark and air captures are reduced
/// here and go to live_queue() only.
///
/// Ownership: borrows detector and clock. All LinePtrs must be gone before it is destroyed; what
/// the queues still hold it releases itself.
/// Threading: arm(), start(), stop() from one thread at a time, each waits for the device (arm and
/// stop up to a few seconds where it does not answer, milliseconds where it does): never call
/// them from the thread that polls the PLC. view() and the queues from any thread.
/// Errors: those of DetectorDriver; kRefused in the wrong state or with lines of the last scan
/// still in archive_queue(); kInvalidConfig where geometry and inventory differ.
class Acquisition final {
 public:
  static core::Result<std::unique_ptr<Acquisition>> create(
      const AcquisitionConfig& config, firmware_bridge::DetectorDriver& detector,
      const core::Clock& clock);
  ~Acquisition();
  Acquisition(const Acquisition&) = delete;
  Acquisition& operator=(const Acquisition&) = delete;

  /// The arm id.
  core::Result<std::uint32_t> arm(const CaptureRequest& request);
  core::Status start();
  core::Result<CaptureSummary> stop();

  /// Every line of a scan, in pulse order; sized so that it cannot overflow.
  LineQueue& archive_queue();
  LineQueue& live_queue();
  [[nodiscard]] AcquisitionView view() const;
  [[nodiscard]] std::uint16_t receive_port() const;

 private:
  struct State;
  explicit Acquisition(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace portcullis::acquisition
