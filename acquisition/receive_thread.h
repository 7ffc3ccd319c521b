#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>

#include "acquisition/calibration_capture.h"
#include "acquisition/line_assembler.h"
#include "acquisition/line_queue.h"
#include "core/mpmc_queue.h"
#include "core/time.h"
#include "firmware_bridge/detector/detector_driver.h"
#include "firmware_bridge/transport/udp_receiver.h"

namespace portcullis::acquisition {

/// Datagrams to lines to the sinks' queues, for one run.
///
/// Ownership: owns its thread and the assembler; borrows receiver, sinks, detector and clock.
/// Threading: the constructor starts the thread, hold(), expect() and finish() are for the owner;
/// the counts from any thread.
/// Real time: between start and end the thread never blocks but in the socket, never locks and
/// never allocates.
class ReceiveThread {
 public:
  struct Sinks {
    LineQueue* archive = nullptr;  ///< Null: not wanted.
    LineQueue* live = nullptr;
    CalibrationCapture* capture = nullptr;  ///< Read it only after finish().
  };
  struct Config {
    std::uint32_t lines_max = 0;
    int realtime_priority = 0;  ///< SCHED_FIFO; 0: none.
    int cpu = -1;
    core::Duration slot_wait_max = std::chrono::seconds(2);  ///< finish() waits so long for slots.
  };
  ReceiveThread(const Config& config, LineAssembler assembler, const Sinks& sinks,
                firmware_bridge::UdpReceiver& receiver, firmware_bridge::DetectorDriver& detector,
                const core::Clock& clock);
  ~ReceiveThread();
  ReceiveThread(const ReceiveThread&) = delete;
  ReceiveThread& operator=(const ReceiveThread&) = delete;

  /// The run is over: lines wait for what is being asked for again.
  void hold() noexcept { phase_.store(Phase::kHold); }
  /// Tells of a module's last sequence number; false where 256 wait already.
  bool expect(std::uint16_t module, std::uint32_t last) noexcept;
  /// True where every expect() has been looked at and nothing is missing any more.
  [[nodiscard]] bool settled() const noexcept;
  /// Releases all lines and ends the thread. Returns the lines that could not be released for
  /// want of slots.
  std::uint64_t finish();

  [[nodiscard]] const LineAssembler& assembler() const { return assembler_; }
  [[nodiscard]] bool full() const noexcept { return full_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t busy_ns() const noexcept {
    return busy_ns_.load(std::memory_order_relaxed);
  }
  /// Since the last line; large where none.
  [[nodiscard]] core::Duration last_line_age(core::TimePoint now) const noexcept;
  /// Fields of the latest line, each exact, not one common instant.
  [[nodiscard]] core::LineHeader last_line() const noexcept;
  /// "normal", "SCHED_FIFO 40", or why that was not granted. Valid once the constructor is done.
  [[nodiscard]] const std::string& scheduling() const { return scheduling_; }

 private:
  enum class Phase : std::uint8_t { kRun, kHold, kFinish };
  struct Expectation {
    std::uint16_t module = 0;
    std::uint32_t last = 0;
  };
  void run() noexcept;
  void receive_batch(core::Duration timeout) noexcept;
  void notify_sinks() noexcept;
  void deliver_due(core::TimePoint now) noexcept;
  void deliver(core::LinePtr line, core::TimePoint now) noexcept;
  void set_up_scheduling();

  const Config config_;
  LineAssembler assembler_;
  const Sinks sinks_;
  firmware_bridge::UdpReceiver* receiver_;
  firmware_bridge::DetectorDriver* detector_;
  const core::Clock* clock_;
  core::MpmcQueue<Expectation> expectations_;
  std::atomic<Phase> phase_{Phase::kRun};
  std::atomic<std::uint64_t> expected_{0}, looked_at_{0}, busy_ns_{0}, stranded_{0};
  std::atomic<bool> gaps_open_{false}, full_{false};
  std::atomic<std::int64_t> last_line_at_ns_;
  std::atomic<std::uint64_t> last_pulse_{0}, last_timestamp_ns_{0};
  std::atomic<std::uint32_t> last_dose_{0};
  std::atomic<std::int32_t> last_encoder_{0};
  std::atomic<std::uint8_t> last_energy_{0}, last_flags_{0};
  std::atomic<std::int16_t> last_temperature_{0};
  std::uint32_t delivered_ = 0;
  bool notify_ = false;
  firmware_bridge::WakeEvent pause_;  // nobody notifies it: a bounded wait
  std::string scheduling_;
  std::thread thread_;
};

}  // namespace portcullis::acquisition
