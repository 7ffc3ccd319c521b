#pragma once

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "acquisition/line_queue.h"
#include "archive/scan_file.h"
#include "core/records.h"
#include "core/scan.h"
#include "lane/ports.h"

namespace portcullis::recording {

/// Whoever works with the lines of a scan while it is recorded. Both calls come from the recorder's
/// thread and must not wait.
class LineFollower {
 public:
  virtual ~LineFollower() = default;
  /// The first `count` lines of the scan are there and will not change.
  virtual void lines_there(std::size_t count) = 0;
  /// And these are all. `identity`: of the vehicle, as it is known now.
  virtual void ended(std::size_t count, const core::VehicleIdentity& identity) = 0;
};

/// A scan whose record is closed: the file, its seal and, for imaging, the same data in memory.
struct RecordedScan {
  std::shared_ptr<const core::RawScan> raw;
  std::filesystem::path path;
  archive::SealInfo seal;  ///< Empty sha256: sealing failed, `problem` says why.
  std::uint64_t vehicle = 0;
  std::string problem;
  /// Its images, made while it ran; null where they are to be made from `raw`.
  std::shared_ptr<LineFollower> imaging;
  core::RadiationMeasurement radiation{};  ///< Of the vehicle's passage, as far as it is known.
  bool again = false;  ///< Read back from its file after a restart; its vehicle may be gone.
};

/// The lane's record port: takes the lines of the running scan from acquisition's queue on a
/// thread of its own, writes them to the scan file as they come and keeps them for imaging.
///
/// A disk that fails ends the scan as partial; its lines are still taken from the queue, so that
/// nothing before it has to wait. So does a machine without memory: no exception leaves the thread,
/// and what was committed to the file is sealed by recovery. (But nlohmann::json allocates in its
/// destructor: where even those few bytes are missing, the program ends there.)
/// Ownership: borrows queue and clock. Threading: port calls and the setters from any thread;
/// callbacks run on the recorder's thread.
class ScanRecorder final : public lane::RecordPort {
 public:
  struct Options {
    std::filesystem::path folder;  ///< Of the scan files; made where missing.
    std::string lane;
    core::ScannerGeometry geometry;
    std::uint32_t lines_max = 0;  ///< Memory for these is taken when a record is opened.
    std::uint64_t free_mib_min = 0;
    /// The calibration in force when a record is opened; null refuses it.
    std::function<std::shared_ptr<const core::Calibration>()> calibration;
    /// Notes that the scan began; without that note there is no scan, and so no beam.
    std::function<core::Status(const core::ScanMeta&, const std::filesystem::path&)> on_opened;
    /// Begins to make images of a scan whose lines are about to come; may be empty.
    std::function<std::shared_ptr<LineFollower>(std::shared_ptr<const core::RawScan>)> imaging;
    std::function<void(RecordedScan)> on_closed;
    // For a lane in virtual time:
    /// False: there is no thread; whoever owns it calls work().
    bool own_thread = true;
    std::function<std::uint64_t()> free_mib;  ///< Of the disk; empty: what the system says.
    std::function<void(const std::string&)> on_problem;  ///< Instead of the program's log.
  };
  ScanRecorder(Options options, acquisition::LineQueue& queue, const core::Clock& clock);
  ~ScanRecorder() override;

  [[nodiscard]] lane::RecordView view() const override;
  void open(const lane::ScanBegin& begin) override;
  void close(core::ScanOutcome outcome, const std::string& reason, core::UtcTime ended) override;

  /// The passage of the vehicle in the lane through the radiation portal, with the portal's lines;
  /// both are stored with every scan of it. Call it for each vehicle.
  void set_radiation(const core::RadiationMeasurement& radiation,
                     std::vector<archive::RadiationLine> lines);
  /// What happened, stored with the running scan; dropped where none runs.
  void add_event(core::UtcTime utc, const std::string& kind, const std::string& text);
  /// What identity binding knows by now; goes to imaging with the scan.
  void set_identity(const core::VehicleIdentity& identity);
  /// Without a thread of its own: does what is to be done, without waiting. Destroying it then
  /// leaves a running scan as a kill does.
  void work();
  /// Lines of the running or last scan that its file took: whole blocks of them survive everything.
  [[nodiscard]] std::uint64_t lines_written() const { return lines_written_; }
  /// Free space of the disk under `folder` is looked up now and then; here at once.
  void check_storage();

 private:
  struct Closing {
    core::ScanOutcome outcome;
    std::string reason;
    core::UtcTime ended;
  };
  void run();
  /// One round of the work, with a line at most, waited for so long; false where it has ended.
  bool work_round(core::Duration wait);
  void do_open(const lane::ScanBegin& begin);
  void do_close(const Closing& closing);
  void take_line(const core::Line& line);
  void set_phase(lane::RecordPhase phase, std::string problem = {});
  /// There was no memory for the running scan: its record has failed, and its close() is told so.
  void out_of_memory() noexcept;
  void close_lost(const Closing& closing);
  /// What is known of it and not yet in the file: at the scan's begin, so that a program that is
  /// killed does not lose it, and at its end.
  core::Status write_radiation();

  const Options options_;
  acquisition::LineQueue& queue_;
  const core::Clock& clock_;

  mutable std::mutex mutex_;
  bool stopping_ = false;
  lane::RecordPhase phase_ = lane::RecordPhase::kIdle;
  std::string problem_;
  bool storage_ready_ = false;
  std::string storage_problem_;
  std::optional<lane::ScanBegin> to_open_;
  std::optional<Closing> to_close_;
  std::vector<archive::RadiationLine> radiation_lines_;
  core::RadiationMeasurement radiation_{
      false, false, false, 0,
      "the lane was started again, and what the portal measured before is not kept"};
  std::uint64_t radiation_version_ = 1;
  std::vector<archive::Event> events_;
  std::optional<core::VehicleIdentity> identity_;

  std::atomic<std::uint64_t> lines_written_{0};

  // The recorder's thread only:
  core::TimePoint storage_due_;
  std::optional<archive::ScanWriter> writer_;
  std::shared_ptr<core::RawScan> raw_;
  std::shared_ptr<LineFollower> imaging_;
  std::filesystem::path path_;
  std::uint64_t vehicle_ = 0;
  bool taking_ = false;  // between open and close, with or without a writer
  std::string write_problem_;
  bool lost_ = false;  // for want of memory; until the close() of that scan
  core::ScanMeta lost_meta_;
  std::uint64_t radiation_written_ = 0;  // version of it in the file
  std::size_t radiation_lines_written_ = 0;

  std::thread thread_;
};

}  // namespace portcullis::recording
