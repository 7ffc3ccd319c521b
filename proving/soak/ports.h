#pragma once

#include <cstddef>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "acquisition/line_assembler.h"
#include "acquisition/line_queue.h"
#include "archive/catalogue.h"
#include "archive/scan_file.h"
#include "core/line_pool.h"
#include "firmware_bridge/rpm/portal_monitor.h"
#include "firmware_bridge/source/beam_wish.h"
#include "lane/driver.h"
#include "lane/persisted.h"
#include "lane/ports.h"
#include "proving/soak/disk.h"
#include "proving/soak/draws.h"
#include "proving/soak/faults.h"
#include "proving/soak/soak.h"
#include "proving/soak/world.h"
#include "recording/scan_recorder.h"

/// The lane's ports in virtual time: each does what the product's adapter does, without its
/// threads and sockets, over the shipped parts below it (line assembler, packet codec, portal
/// monitor, scan writer, catalogue). They belong to one life of the lane's program.
namespace portcullis::proving {

/// A scan whose record said that it is closed.
struct ClosedScan {
  std::string id;
  core::ScanOutcome outcome = core::ScanOutcome::kRunning;
  std::string reason;
  std::uint64_t lines = 0;
};

/// What outlives the lane's program.
struct SoakKept {
  std::filesystem::path folder;
  std::string state_json;  ///< Empty: none was ever saved.
  std::optional<core::UtcTime> calibrated;
  Canary canary = Canary::kNone;
};

class SoakStore final : public lane::StateStore {
 public:
  SoakStore(SoakKept& kept, const FaultBoard& faults, Life& life)
      : kept_(kept), faults_(faults), life_(life) {}
  core::Result<lane::Persisted> load() override;
  core::Status save(const lane::Persisted& persisted) override;
  /// Whether what was saved last is what was last to be saved.
  [[nodiscard]] bool current() const { return current_; }

 private:
  SoakKept& kept_;
  const FaultBoard& faults_;
  Life& life_;
  bool current_ = true;
};

/// The driver of SCPI sources without its thread and socket: when beam may be asked for, what takes
/// it away and when the heart is beaten is the shipped machine
/// (firmware_bridge/source/beam_wish.h); the status poll and the reconnecting around it are
/// modelled.
class SoakSource final : public lane::SourcePort {
 public:
  SoakSource(SoakWorld& world, const FaultBoard& faults, const SoakClock& clock, Life& life,
             const SoakKept& kept);

  void tick();
  [[nodiscard]] lane::SourceView view() const override;
  void request_beam(bool on) override;
  void request_warm(bool on) override {
    warm_ = on;
    warm_dirty_ = true;
  }
  void reset() override;
  void alive() override { alive_at_ = clock_.now(); }
  [[nodiscard]] bool beam_asked() const { return wish_.asked(); }

 private:
  /// The reply; nothing where the link or the device is silent.
  std::optional<std::string> send(const std::string& line);
  void lose();

  SoakWorld& world_;
  const FaultBoard& faults_;
  const SoakClock& clock_;
  Life& life_;
  const SoakKept& kept_;
  firmware_bridge::BeamWish wish_;
  bool connected_ = false;
  bool warm_ = false, warm_dirty_ = false, reset_wanted_ = false;
  std::string problem_ = "not connected yet";
  core::TimePoint alive_at_, status_due_, reconnect_at_;
  std::optional<core::TimePoint> silent_since_;
  std::uint64_t heartbeat_ = 0;
};

/// The detector, its datagrams, and what takes them.
class SoakDetector final : public lane::AcquisitionPort {
 public:
  /// Lines of a scan go to `queue`, as in the product; both outlive it.
  SoakDetector(SoakWorld& world, const FaultBoard& faults, const SoakClock& clock, Life& life,
               SoakKept& kept, std::uint64_t seed, std::uint32_t arm_id, core::LinePool& pool,
               acquisition::LineQueue& queue);

  void tick();
  [[nodiscard]] lane::AcquisitionView view() const override;
  void arm(lane::CaptureKind kind, std::uint32_t lines) override;
  void start() override;
  void stop() override;
  [[nodiscard]] bool calibrated() const { return calibrated_; }
  [[nodiscard]] bool busy() const;
  /// Figures that must add up; empty, or what does not.
  [[nodiscard]] std::string books() const;
  [[nodiscard]] std::uint64_t gaps_filled() const { return gaps_filled_; }
  [[nodiscard]] std::uint64_t lines_missing() const { return lines_missing_; }

 private:
  struct Datagram {
    core::TimePoint due;
    std::vector<std::byte> bytes;
  };
  void pulse(core::TimePoint now);
  void transmit(std::vector<std::byte> bytes, core::TimePoint now);
  void receive(core::TimePoint now);
  void take_lines(core::TimePoint now);
  void end_run();
  void fail(std::string problem);

  SoakWorld& world_;
  const FaultBoard& faults_;
  const SoakClock& clock_;
  Life& life_;
  SoakKept& kept_;
  Draws draws_;
  std::uint32_t arm_id_;
  core::LinePool& pool_;
  acquisition::LineQueue& queue_;
  std::optional<acquisition::LineAssembler> assembler_;
  lane::CapturePhase phase_ = lane::CapturePhase::kIdle;
  lane::CaptureKind kind_ = lane::CaptureKind::kDark;
  std::string problem_;
  std::uint32_t lines_wanted_ = 0, lines_ = 0;
  std::uint64_t lines_lost_ = 0, gaps_filled_ = 0, lines_missing_ = 0;
  bool dark_ = false, calibrated_ = false, connected_ = true;
  core::TimePoint seen_, phase_due_, pulse_due_;
  std::uint64_t pulse_ = 0;
  bool missed_before_ = false;
  std::array<std::uint32_t, 2> sequence_{};
  std::array<std::map<std::uint32_t, std::vector<std::byte>>, 2> ring_;
  std::vector<Datagram> on_the_way_;
};

/// Lines that a lane of this size can have on their way.
inline constexpr std::uint32_t kSoakLines = 256;
/// And that a scan of it can have at most.
inline constexpr std::uint32_t kSoakScanLinesMax = 2000;
[[nodiscard]] core::LinePool soak_line_pool();

/// The product's recorder, without its thread: it works when a poll gives it the time, later where
/// the disk is slow. What the case desk does for it in the product, the catalogue's part, is here.
class SoakRecorder final : public lane::RecordPort {
 public:
  struct Told {
    std::function<void(const std::string& scan_id)> begun;  ///< In the catalogue from here on.
    std::function<void(const ClosedScan& scan)> closed;
    std::function<void(const std::string& text)> note;
  };
  SoakRecorder(const SoakKept& kept, archive::Catalogue& catalogue, const FaultBoard& faults,
               const SoakClock& clock, Life& life, acquisition::LineQueue& queue,
               std::uint64_t seed, Told told);

  void tick();
  [[nodiscard]] lane::RecordView view() const override { return recorder_.view(); }
  void open(const lane::ScanBegin& begin) override;
  void close(core::ScanOutcome outcome, const std::string& reason, core::UtcTime ended) override;
  [[nodiscard]] bool busy() const;
  [[nodiscard]] const std::string& scan_id() const { return scan_id_; }
  /// Lines that the writer has said it keeps whatever happens: whole blocks.
  [[nodiscard]] std::uint64_t lines_kept() const {
    return begun_ ? recorder_.lines_written() / 256 * 256 : 0;
  }

 private:
  [[nodiscard]] recording::ScanRecorder::Options options();
  core::Status begin(const core::ScanMeta& meta, const std::filesystem::path& path);
  void end(const recording::RecordedScan& scan);
  [[nodiscard]] core::Duration delay() const;

  const SoakKept& kept_;
  archive::Catalogue& catalogue_;
  const FaultBoard& faults_;
  const SoakClock& clock_;
  Life& life_;
  Draws draws_;  // of the canary
  Told told_;
  std::shared_ptr<const core::Calibration> calibration_;
  std::string scan_id_;
  bool begun_ = false;  ///< The recorder has begun with it.
  core::TimePoint work_due_;
  recording::ScanRecorder recorder_;  // last: it is made of what is above
};

/// The portal's client: lines to its monitor, occupancies to the lane.
class SoakPortal final : public lane::RadiationPort {
 public:
  SoakPortal(SoakWorld& world, const FaultBoard& faults, const SoakClock& clock)
      : world_(world), faults_(faults), clock_(clock), monitor_({}) {}
  void tick(lane::LaneDriver& driver, bool beam_asked);
  [[nodiscard]] lane::RadiationView view() const override;

 private:
  SoakWorld& world_;
  const FaultBoard& faults_;
  const SoakClock& clock_;
  firmware_bridge::PortalMonitor monitor_;
  bool tampered_ = false, high_ = false, beam_told_ = false;
  core::TimePoint tick_due_;
  std::uint64_t occupancies_ = 0;
};

/// One camera line to the lane, as the product does; false where it is no reading.
bool submit_camera_line(lane::LaneDriver& driver, const std::string& line, core::TimePoint now);

}  // namespace portcullis::proving
