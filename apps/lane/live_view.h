#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "acquisition/line_queue.h"
#include "core/scan.h"
#include "imaging/pipeline/waterfall.h"
#include "services/lane/waterfall_feed.h"

namespace portcullis::apps {

/// Lines of the running scan to the screens' waterfall, on a thread of its own. It may fall behind
/// or die without the scan noticing: its queue drops, and counts, what it does not take.
///
/// Ownership: borrows queue and feed. Threading: all calls from any thread, none waits.
class LiveView {
 public:
  LiveView(acquisition::LineQueue& queue, services::WaterfallFeed& feed);
  ~LiveView();
  LiveView(const LiveView&) = delete;
  LiveView& operator=(const LiveView&) = delete;

  /// A picture begins with the next line. `from_rear`: the gantry runs from the vehicle's rear.
  /// `column_mm`: what the gantry moves between two lines of high energy.
  void begin(const std::string& scan_id, const core::ScannerGeometry& geometry,
             const core::Calibration& calibration, double column_mm, bool from_rear);
  void end();

 private:
  void run();
  void join(std::span<const std::uint8_t> column);

  acquisition::LineQueue& queue_;
  services::WaterfallFeed& feed_;
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;  // guards all below but the thread
  std::optional<imaging::Waterfall> picture_;
  int columns_joined_ = 1;  // lines that make one column of the picture
  int joined_ = 0;
  std::vector<std::uint32_t> sums_;   // [rows]
  std::vector<std::uint8_t> column_;  // [rows]
  std::thread thread_;
};

}  // namespace portcullis::apps
