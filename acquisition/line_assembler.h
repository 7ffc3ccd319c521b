#pragma once

#include <array>
#include <bitset>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/counters.h"
#include "core/line_pool.h"
#include "core/result.h"
#include "core/time.h"
#include "firmware_bridge/codec/packet.h"
#include "firmware_bridge/detector/detector_driver.h"

namespace portcullis::acquisition {

/// What happened to datagrams and lines; the stage's counters say the same in the common words.
struct AssemblyCounts {
  std::uint64_t duplicates = 0;  ///< A module's second datagram of one pulse.
  std::uint64_t reordered = 0;   ///< Came after a later one of its module, in time to be used.
  std::uint64_t wrong_arm = 0;
  std::uint64_t wrong_shape = 0;      ///< Module or pixel count that this detector does not have.
  std::uint64_t no_slot = 0;          ///< Went to scratch: the pool was empty.
  std::uint64_t far_ahead = 0;        ///< Pulse beyond what can be open at once.
  std::uint64_t lines = 0;            ///< Released.
  std::uint64_t lines_complete = 0;   ///< Of those, with every module.
  std::uint64_t lines_missing = 0;    ///< Of those, without any datagram.
  std::uint64_t modules_missing = 0;  ///< Module samples that lines were released without.
  std::uint64_t conflicts = 0;        ///< Lines whose modules disagreed.
  std::uint64_t frozen = 0;           ///< Datagrams of a module that repeats itself: no values.
  std::uint64_t gaps_seen = 0;        ///< Datagrams found missing by their sequence numbers.
  std::uint64_t gaps_filled = 0;      ///< Of those, come in time after all.
  std::uint64_t resend_requests = 0;
  std::uint64_t gaps_forgotten = 0;  ///< Not asked for: more separate gaps than are kept.
};

/// Builds detector lines from module packets that come late, twice or never.
///
/// Lines are released in pulse order, each pulse exactly once, from pulse 0 of the arm. A line is
/// released when every module has reported, or `deadline` after it was first heard of (its own
/// first packet or a later pulse's). Gaps are flagged in core::Line, never filled: a pulse of
/// which nothing came is released as a line flagged kLineMissing with an inferred header
/// (timestamp and encoder between its neighbours, energy by the pulses' alternation, dose 0), so
/// that the pulse order has no hole. Samples of missing modules are 0.
///
/// A module that goes on to send the samples it sent before measures nothing any more: from the
/// fourth datagram alike on it is missing. The first 64 bytes are compared; with one count of noise
/// in a sample (25 of 20 bits) the chance of one such pair is below 1e-13. Test patterns and
/// saturated modules may well be alike, and so may one whose samples all have one value.
///
/// A hole in a module's sequence numbers is offered to the caller as a resend request
/// `resend_after` after it was seen, and again every `resend_again` while its line can be open.
///
/// With no free slot in the pool the packets of a line go to scratch and are counted; the line
/// itself waits for a slot and is then released as missing: no later line takes its place.
///
/// Ownership: borrows `pool`, which must outlive the assembler.
/// Threading: bound to the receive thread; counters() and counts() are thread-safe.
/// Real time: push(), poll() and next_resend() never allocate, lock, block or read a clock.
class LineAssembler final {
 public:
  struct Config {
    std::uint16_t module_count = 0;                  ///< 1 to 256.
    std::uint16_t pixels_per_module = 0;             ///< 1 to 65,535.
    std::uint32_t arm_id = 0;                        ///< Datagrams of any other are dropped.
    std::uint16_t lines_open_max = 1024;             ///< Pulses being filled at once, 2 to 32,768.
    std::chrono::microseconds deadline{40'000};      ///< Must be positive.
    std::chrono::microseconds resend_after{5'000};   ///< Not negative.
    std::chrono::microseconds resend_again{10'000};  ///< Must be positive.
  };

  /// Fails with kInvalidConfig if a field is outside its range above or the pool's lines have
  /// another number of pixels than all modules together.
  static core::Result<LineAssembler> create(const Config& config, core::LinePool& pool);
  LineAssembler(LineAssembler&&) noexcept;
  LineAssembler& operator=(LineAssembler&&) = delete;
  ~LineAssembler();

  /// Counts a datagram that failed parse_packet().
  void count_malformed(firmware_bridge::PacketCheck check) noexcept;

  /// Takes one checked packet; a useless one is counted and discarded, never an error. False
  /// where its pulse is ahead of the window: poll() until nothing is due and push it again
  /// (a second refusal in a row is counted as far_ahead and returns true).
  bool push(const firmware_bridge::PacketView& packet, core::TimePoint now) noexcept;

  /// Returns the next finished line in line order, or null if none is due.
  [[nodiscard]] core::LinePtr poll(core::TimePoint now) noexcept;

  /// The next gap that is due to be asked for, or nothing.
  [[nodiscard]] std::optional<firmware_bridge::ResendRequest> next_resend(
      core::TimePoint now) noexcept;

  /// While on, lines wait for their modules past their deadline: for the end of a run, when the
  /// last datagrams are being asked for.
  void hold(bool on) noexcept { holding_ = on; }
  /// The device says `last` is the module's last sequence number: notices a lost last datagram.
  void expect_until(std::uint16_t module, std::uint32_t last, core::TimePoint now) noexcept;
  /// True while a gap may still be filled.
  [[nodiscard]] bool gaps_open() const noexcept;
  /// Everything still open is due now: poll() until null.
  void finish() noexcept;

  [[nodiscard]] core::CounterValues counters() const noexcept;
  [[nodiscard]] AssemblyCounts counts() const noexcept;
  /// Datagrams of a module that were used; 0 for one that sent nothing or is out of range.
  [[nodiscard]] std::uint64_t module_packets(std::uint16_t module) const noexcept;
  /// Lines heard of and not released yet.
  [[nodiscard]] std::uint64_t open_lines() const noexcept { return heard_until_ - base_; }
  /// Datagrams by the check they failed, index PacketCheck.
  [[nodiscard]] std::array<std::uint64_t, firmware_bridge::kPacketCheckCount> malformed()
      const noexcept;

 private:
  struct OpenLine {
    bool any = false;  // a packet came
    bool conflict = false;
    std::uint16_t reported = 0;  // distinct modules, with or without a slot
    core::TimePoint opened_at{};
    core::LineHeader header;
    std::int32_t temperature_sum = 0;
    std::bitset<core::kModulesMax> heard;  // reported at all (duplicates are told by it)
    core::LinePtr line;
  };
  struct Gap {
    std::uint32_t first = 0, last = 0;
    core::TimePoint seen_at{};
    core::TimePoint asked_at{};
    bool asked = false;
  };
  static constexpr std::uint16_t kGapsPerModule = 32;
  struct ModuleState {
    std::uint32_t next_sequence = 0;
    bool any = false;
    std::uint32_t last_sequence = 0;  // of the latest packet by sequence, with its pulse
    std::uint64_t last_pulse = 0;
    std::uint16_t gap_count = 0;
    std::array<Gap, kGapsPerModule> gaps;
    std::array<std::byte, 64> head{};  // of the samples before
    std::size_t head_bytes = 0;        // of head that are in use
    std::uint32_t alike = 0;           // datagrams in a row that equal the one before
  };
  struct Atomics;  // counters, on the heap so that the assembler can move

  LineAssembler(const Config& config, core::LinePool& pool);
  [[nodiscard]] OpenLine& at(std::uint64_t pulse) noexcept {
    return window_[pulse % window_.size()];
  }
  [[nodiscard]] const OpenLine& at(std::uint64_t pulse) const noexcept {
    return window_[pulse % window_.size()];
  }
  /// True where the packet is one that was missing.
  bool track_sequence(const firmware_bridge::PacketHeader& header, core::TimePoint now) noexcept;
  void add_gap(ModuleState& module, std::uint32_t first, std::uint32_t last,
               core::TimePoint now) noexcept;
  void remove_gap(ModuleState& module, std::uint16_t index) noexcept;
  [[nodiscard]] bool stands_still(const firmware_bridge::PacketView& packet) noexcept;
  void take(OpenLine& open, const firmware_bridge::PacketView& packet, bool frozen) noexcept;
  bool fill_gap(ModuleState& module, std::uint32_t sequence) noexcept;
  void open_until(std::uint64_t pulse, core::TimePoint now) noexcept;
  void infer_header(std::uint64_t pulse, core::LineHeader& out) const noexcept;
  void remember(const core::LineHeader& header) noexcept;

  Config config_;
  core::LinePool* pool_;
  std::vector<OpenLine> window_;  // ring, index pulse % size
  std::vector<ModuleState> modules_;
  std::uint64_t base_ = 0;         // next pulse to release
  std::uint64_t heard_until_ = 0;  // pulses below are open or released
  std::uint64_t due_below_ = 0;    // released whatever they have
  bool refused_ahead_ = false;
  bool holding_ = false;
  bool finishing_ = false;
  std::uint32_t gaps_total_ = 0;
  std::uint16_t resend_module_ = 0;  // where next_resend() goes on
  core::LineHeader ahead_;           // of the packet last refused for being ahead of the window
  bool ahead_known_ = false;
  core::LineHeader previous_;  // last released line with a real header
  bool previous_known_ = false;
  std::uint64_t pulse_interval_ns_ = 0;
  std::array<core::Energy, 2> energy_by_parity_{core::Energy::kNone, core::Energy::kNone};
  std::unique_ptr<Atomics> atomics_;
};

}  // namespace portcullis::acquisition
