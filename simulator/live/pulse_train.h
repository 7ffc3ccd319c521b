#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "firmware_bridge/codec/packet.h"
#include "simulator/live/fault_table.h"
#include "simulator/live/gantry_motion.h"
#include "simulator/offline/line_synthesizer.h"

namespace portcullis::simulator {

/// What stands before the array at a pulse.
struct PulseScene {
  MotionSegment motion;
  std::shared_ptr<const SceneRays> rays;  ///< Null: air.
  NoiseSwitches noise;
  bool beam_on = false;
  double dose_factor = 1;
};

/// Hands the lane's present state to the pulse train.
/// Threading: thread-safe; each call holds a lock for the time of a copy.
class PulseSceneBoard final {
 public:
  void set(PulseScene scene) {
    const std::lock_guard lock(mutex_);
    scene_ = std::move(scene);
  }
  [[nodiscard]] PulseScene get() const {
    const std::lock_guard lock(mutex_);
    return scene_;
  }

 private:
  mutable std::mutex mutex_;
  PulseScene scene_;
};

enum class TestPattern : std::uint8_t { kOff, kRamp, kPrbs };

/// Sample of a test pattern, 20 bits. Ramp: pixel within the module plus pulse. PRBS: bits of
/// x^23 + x^18 + 1 (ITU-T O.150), 20 a sample, most significant first, each module's register
/// starting at pulse and module mixed to 23 bits.
void fill_test_pattern(TestPattern pattern, std::uint64_t pulse, std::uint16_t module,
                       std::span<std::uint32_t> samples);

/// The detector's data side: one datagram per module and pulse at the scanner's pulse rate, and a
/// ring of more than one second of them, byte for byte, for those asked for again.
///
/// Pulses have absolute deadlines: a late one is followed by the next at once, none is skipped and
/// the rate does not drift. While the beam is on, even pulses are high energy and odd ones low.
///
/// Ownership: borrows clock, board and faults, which must outlive it.
/// Threading: one thread commands it, its own thread sends.
class PulseTrain final {
 public:
  struct Config {
    firmware_bridge::SampleFormat format = firmware_bridge::SampleFormat::kPacked20;
    std::uint64_t seed = 1;
  };
  struct Destination {
    std::uint32_t address = 0;  ///< IPv4, host order.
    std::uint16_t port = 0;
  };
  struct Figures {
    std::uint64_t pulses = 0, datagrams = 0, resent = 0;
    std::uint64_t busy_cpu_ns = 0;  ///< CPU time of the sending thread.
    std::int64_t late_ns_max = 0;   ///< Furthest behind a deadline since arm.
    bool realtime = false;          ///< Whether the machine allowed SCHED_FIFO.
    bool running = false;
  };

  /// Fails with kIo where no UDP socket can be had.
  static core::Result<std::unique_ptr<PulseTrain>> create(const Scanner& scanner,
                                                          const Config& config,
                                                          const core::Clock& clock,
                                                          const PulseSceneBoard& board,
                                                          const FaultTable& faults);
  ~PulseTrain();
  PulseTrain(const PulseTrain&) = delete;
  PulseTrain& operator=(const PulseTrain&) = delete;

  /// Stops, forgets the ring, counts from 0 again; the new arm id.
  std::uint32_t arm();
  /// 0 before the first arm().
  [[nodiscard]] std::uint32_t arm_id() const { return arm_id_; }
  /// Armed and with a destination only (asserted).
  void start();
  void stop();
  [[nodiscard]] bool running() const;
  void set_destination(Destination destination) { destination_ = destination; }
  [[nodiscard]] const std::optional<Destination>& destination() const { return destination_; }
  void set_pattern(TestPattern pattern) { pattern_ = pattern; }
  void set_integration_us(std::uint16_t us) { integration_us_ = us; }

  /// First and last sequence number since arm; nothing where none was sent.
  [[nodiscard]] std::optional<std::pair<std::uint32_t, std::uint32_t>> range(
      std::uint16_t module) const;
  /// Sends again what the ring still holds of [first, last]; how many that was.
  std::uint32_t resend(std::uint16_t module, std::uint32_t first, std::uint32_t last);
  /// Of the last pulse; the reference temperature before the first.
  [[nodiscard]] double temperature_c() const { return temperature_c_.load(); }
  [[nodiscard]] Figures figures() const;
  [[nodiscard]] std::uint32_t ring_slots() const { return ring_slots_; }

 private:
  PulseTrain(const Scanner& scanner, const Config& config, const core::Clock& clock,
             const PulseSceneBoard& board, const FaultTable& faults, int socket);
  void run();
  void pulse_loop();
  void make_pulse(std::uint64_t pulse, core::TimePoint deadline);
  void send_pulse(std::uint32_t sequence);
  [[nodiscard]] std::byte* slot(std::uint16_t module, std::uint32_t sequence) {
    return ring_.data() +
           (static_cast<std::size_t>(module) * ring_slots_ + sequence % ring_slots_) *
               datagram_bytes_;
  }
  [[nodiscard]] bool module_dead(std::uint16_t module) const;
  bool drawn(double share);
  void freeze(std::uint16_t module, std::span<std::uint32_t> samples);

  Scanner scanner_;
  Config config_;
  const core::Clock& clock_;
  const PulseSceneBoard& board_;
  const FaultTable& faults_;
  int socket_;
  std::uint16_t modules_, pixels_per_module_;
  std::uint32_t ring_slots_;
  std::size_t datagram_bytes_;
  core::Duration period_;
  core::TimePoint origin_;      // of the synthesizer's time
  std::int64_t utc_offset_ns_;  // detector clock minus monotonic clock

  // Commanding thread writes these only while the train stands still.
  std::optional<Destination> destination_;
  std::atomic<TestPattern> pattern_{TestPattern::kOff};
  std::atomic<std::uint16_t> integration_us_{100};
  std::uint32_t arm_id_ = 0;
  std::uint32_t arm_next_;
  std::uint64_t next_pulse_ = 0;
  bool trigger_missed_ = false;  // before the next pulse; the sending thread's

  // Sending thread.
  LineSynthesizer synthesizer_;
  std::vector<std::uint32_t> samples_;
  std::vector<std::uint32_t> frozen_;  // what a module that stands still repeats; else empty
  std::vector<std::byte> corrupted_;
  std::vector<std::pair<std::uint16_t, std::uint32_t>> held_, held_before_;  // for reordering
  std::mt19937_64 fault_draws_;

  mutable std::mutex ring_mutex_;
  std::vector<std::byte> ring_;
  std::uint32_t sent_ = 0;  // sequence numbers given out since arm, the same for every module

  mutable std::mutex state_mutex_;
  std::condition_variable state_changed_;
  bool run_wanted_ = false, run_active_ = false, quit_ = false;

  std::atomic<double> temperature_c_{0};
  std::atomic<std::uint64_t> pulses_{0}, datagrams_{0}, resent_{0}, busy_cpu_ns_{0};
  std::atomic<std::int64_t> late_ns_max_{0};
  std::atomic<bool> stop_asked_{false}, realtime_{false};
  std::thread thread_;
};

}  // namespace portcullis::simulator
