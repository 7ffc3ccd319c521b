#include "recording/scan_recorder.h"

#include <fmt/format.h>

#include <new>

#include "core/assert.h"
#include "core/log.h"
#include "core/version.h"
#include "recording/radiation_event.h"

namespace portcullis::recording {
namespace {

constexpr const char* kRecorderComponent = "recorder";
constexpr core::Duration kLineWait = std::chrono::milliseconds(20);
constexpr const char* kOutOfMemory = "no memory for the scan; end other programs, then scan again";

}  // namespace

ScanRecorder::ScanRecorder(Options options, acquisition::LineQueue& queue, const core::Clock& clock)
    : options_(std::move(options)), queue_(queue), clock_(clock) {
  std::error_code error;
  std::filesystem::create_directories(options_.folder, error);
  check_storage();
  storage_due_ = clock_.now();
  if (options_.own_thread) thread_ = std::thread([this] { run(); });
}

ScanRecorder::~ScanRecorder() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  queue_.notify();
  thread_.join();
}

lane::RecordView ScanRecorder::view() const {
  const std::lock_guard lock(mutex_);
  lane::RecordView view;
  view.phase = phase_;
  view.storage_ready = storage_ready_;
  view.problem = !problem_.empty() ? problem_ : storage_problem_;
  return view;
}

void ScanRecorder::set_phase(lane::RecordPhase phase, std::string problem) {
  if (!problem.empty()) {
    if (options_.on_problem)
      options_.on_problem(problem);
    else
      core::log_error(kRecorderComponent, problem);
  }
  const std::lock_guard lock(mutex_);
  phase_ = phase;
  problem_ = std::move(problem);
}

void ScanRecorder::check_storage() {
  std::error_code error;
  std::uint64_t free_mib = 0;
  if (options_.free_mib)
    free_mib = options_.free_mib();
  else if (const auto space = std::filesystem::space(options_.folder, error); !error)
    free_mib = space.available >> 20U;
  const std::lock_guard lock(mutex_);
  storage_ready_ = !error && free_mib >= options_.free_mib_min;
  storage_problem_ = storage_ready_ ? ""
                     : error
                         ? fmt::format("{}: {}", options_.folder.string(), error.message())
                         : fmt::format("{}: {} MiB free, {} needed; remove or move old scans",
                                       options_.folder.string(), free_mib, options_.free_mib_min);
}

void ScanRecorder::open(const lane::ScanBegin& begin) {
  {
    const std::lock_guard lock(mutex_);
    phase_ = lane::RecordPhase::kOpening;
    problem_.clear();
    events_.clear();
    to_open_ = begin;
  }
  queue_.notify();
}

void ScanRecorder::close(core::ScanOutcome outcome, const std::string& reason,
                         core::UtcTime ended) {
  {
    const std::lock_guard lock(mutex_);
    phase_ = lane::RecordPhase::kClosing;
    to_close_ = Closing{outcome, reason, ended};
  }
  queue_.notify();
}

void ScanRecorder::set_radiation(const core::RadiationMeasurement& radiation,
                                 std::vector<archive::RadiationLine> lines) {
  const std::lock_guard lock(mutex_);
  radiation_ = radiation;
  radiation_lines_ = std::move(lines);
  ++radiation_version_;
}

core::Status ScanRecorder::write_radiation() {
  std::vector<archive::RadiationLine> lines;
  core::RadiationMeasurement radiation;
  {
    const std::lock_guard lock(mutex_);
    if (radiation_written_ == radiation_version_) return {};
    radiation_written_ = radiation_version_;
    radiation = radiation_;
    lines = radiation_lines_;
  }
  for (; radiation_lines_written_ < lines.size(); ++radiation_lines_written_) {
    const auto& line = lines[radiation_lines_written_];
    PC_CHECK(writer_->add_radiation_line(line.utc, line.text));
  }
  return writer_->add_event(clock_.utc_now(), kRadiationEvent, radiation_event_text(radiation));
}

void ScanRecorder::add_event(core::UtcTime utc, const std::string& kind, const std::string& text) {
  const std::lock_guard lock(mutex_);
  if (phase_ == lane::RecordPhase::kOpening || phase_ == lane::RecordPhase::kOpen ||
      phase_ == lane::RecordPhase::kClosing) {
    events_.push_back({utc, kind, text});
  }
}

void ScanRecorder::set_identity(const core::VehicleIdentity& identity) {
  const std::lock_guard lock(mutex_);
  identity_ = identity;
}

void ScanRecorder::run() {
  for (bool more = true; more;) {
    try {
      more = work_round(kLineWait);
    } catch (const std::bad_alloc&) {
      out_of_memory();
    }
  }
}

void ScanRecorder::work() {
  PC_ASSERT(!options_.own_thread);
  for (bool more = true; more;) {
    try {
      work_round(core::Duration::zero());
    } catch (const std::bad_alloc&) {
      out_of_memory();
    }
    const std::lock_guard lock(mutex_);
    more = to_open_ || to_close_ || queue_.depth_approx() != 0;
  }
}

bool ScanRecorder::work_round(core::Duration wait) {
  std::optional<lane::ScanBegin> to_open;
  std::optional<Closing> to_close;
  {
    const std::lock_guard lock(mutex_);
    to_open = std::exchange(to_open_, std::nullopt);
    // Order matters: an open and its close may both be waiting.
    if (!to_open) to_close = std::exchange(to_close_, std::nullopt);
    if (stopping_ && !to_open && !to_close && !taking_) return false;
    if (stopping_ && taking_ && !to_close)
      to_close =
          Closing{core::ScanOutcome::kPartial, "the lane program was stopped", clock_.utc_now()};
  }
  if (to_open) do_open(*to_open);
  if (to_close) do_close(*to_close);
  const core::LinePtr line = wait > core::Duration::zero() ? queue_.pop_wait(wait) : queue_.pop();
  if (line) take_line(*line);
  if (clock_.now() >= storage_due_) {
    check_storage();
    storage_due_ = clock_.now() + std::chrono::seconds(5);
  }
  return true;
}

void ScanRecorder::out_of_memory() noexcept {
  {
    const std::lock_guard lock(mutex_);
    const bool recording = taking_ || phase_ == lane::RecordPhase::kOpening ||
                           phase_ == lane::RecordPhase::kOpen ||
                           phase_ == lane::RecordPhase::kClosing;
    if (!recording) return;  // what was tried is tried again
    phase_ = lane::RecordPhase::kFailed;
  }
  writer_.reset();
  imaging_.reset();  // before the scan: it works on it
  if (raw_) lost_meta_ = std::move(raw_->meta);
  raw_.reset();
  taking_ = false;
  lost_ = true;
  try {
    set_phase(lane::RecordPhase::kFailed, kOutOfMemory);
  } catch (const std::bad_alloc&) {  // the words are missing, the phase is not
  }
}

void ScanRecorder::close_lost(const Closing& closing) {
  RecordedScan scan;
  auto raw = std::make_shared<core::RawScan>();
  raw->meta = std::move(lost_meta_);
  lost_ = false;
  raw->meta.outcome = core::ScanOutcome::kPartial;
  raw->meta.outcome_reason = kOutOfMemory;
  raw->meta.ended = closing.ended;
  scan.path = path_;
  scan.vehicle = vehicle_;
  scan.problem = kOutOfMemory;
  {
    const std::lock_guard lock(mutex_);
    scan.radiation = radiation_;
  }
  const bool began = !raw->meta.id.empty();
  scan.raw = std::move(raw);
  if (began && options_.on_closed) options_.on_closed(std::move(scan));
  set_phase(lane::RecordPhase::kFailed, kOutOfMemory);
}

void ScanRecorder::do_open(const lane::ScanBegin& begin) {
  vehicle_ = begin.vehicle;
  taking_ = true;
  lost_ = false;
  lines_written_ = 0;
  write_problem_.clear();
  const auto calibration = options_.calibration();
  raw_ = std::make_shared<core::RawScan>();
  imaging_.reset();
  core::ScanMeta& meta = raw_->meta;
  meta.id = begin.scan_id;
  meta.started = begin.started;
  meta.simulated = begin.simulated;
  meta.lane = options_.lane;
  meta.software_version = core::kVersion;
  meta.identity = begin.identity;
  meta.geometry = options_.geometry;
  meta.extra["direction"] = begin.forward ? "forward" : "back";
  path_ = options_.folder / (begin.scan_id + ".pscan");
  if (!calibration) {
    set_phase(lane::RecordPhase::kFailed, "no calibration is in force; calibrate first");
    return;
  }
  raw_->calibration = *calibration;
  raw_->lines.reserve(options_.lines_max);
  raw_->modules_present.reserve(options_.lines_max);
  raw_->samples.reserve(static_cast<std::size_t>(options_.lines_max) *
                        options_.geometry.pixels.size());
  auto writer = archive::ScanWriter::create(path_, meta, *calibration);
  if (!writer.ok()) {
    set_phase(lane::RecordPhase::kFailed, writer.error().message);
    return;
  }
  writer_ = std::move(writer).value();
  radiation_written_ = 0;
  radiation_lines_written_ = 0;
  if (const auto status = write_radiation(); !status.ok()) {
    set_phase(lane::RecordPhase::kFailed, status.error().message);
    return;
  }
  if (options_.on_opened) {
    if (const auto noted = options_.on_opened(meta, path_); !noted.ok()) {
      writer_.reset();
      set_phase(lane::RecordPhase::kFailed, noted.error().message);
      return;
    }
  }
  if (options_.imaging) imaging_ = options_.imaging(raw_);
  const std::lock_guard lock(mutex_);
  if (phase_ == lane::RecordPhase::kOpening) phase_ = lane::RecordPhase::kOpen;
}

void ScanRecorder::take_line(const core::Line& line) {
  if (!taking_) return;
  if (raw_->lines.size() < options_.lines_max) {
    raw_->lines.push_back(line.header);
    raw_->modules_present.push_back(line.modules_present);
    raw_->samples.insert(raw_->samples.end(), line.samples.begin(), line.samples.end());
    if (imaging_) imaging_->lines_there(raw_->lines.size());
  }
  if (!writer_) return;
  if (const auto status = writer_->append(line); !status.ok()) {
    write_problem_ = status.error().message;
    set_phase(lane::RecordPhase::kFailed, write_problem_);
    writer_.reset();  // what is committed stays; recovery seals it
    return;
  }
  ++lines_written_;
}

void ScanRecorder::do_close(const Closing& closing) {
  if (lost_) return close_lost(closing);
  if (!taking_) {
    set_phase(lane::RecordPhase::kClosed);
    return;
  }
  // Acquisition has stopped, so what is left of the scan is in the queue.
  while (const core::LinePtr line = queue_.pop()) take_line(*line);
  taking_ = false;

  std::vector<archive::Event> events;
  RecordedScan scan;
  {
    const std::lock_guard lock(mutex_);
    scan.radiation = radiation_;
    events = std::exchange(events_, {});
    if (identity_) raw_->meta.identity = *identity_;
  }
  // Its images are finished while the record is sealed.
  if (imaging_) imaging_->ended(raw_->lines.size(), raw_->meta.identity);
  scan.imaging = std::exchange(imaging_, nullptr);
  scan.path = path_;
  scan.vehicle = vehicle_;
  scan.problem = write_problem_;
  raw_->meta.outcome = write_problem_.empty() ? closing.outcome : core::ScanOutcome::kPartial;
  raw_->meta.outcome_reason = write_problem_.empty() ? closing.reason : write_problem_;
  raw_->meta.ended = closing.ended;
  if (writer_) {
    core::Status stored = write_radiation();
    for (const auto& event : events) {
      if (stored.ok()) stored = writer_->add_event(event.utc, event.kind, event.text);
    }
    auto seal = writer_->seal(raw_->meta.outcome, raw_->meta.outcome_reason, closing.ended);
    if (seal.ok() && stored.ok()) {
      scan.seal = std::move(seal).value();
    } else {
      scan.problem = stored.ok() ? seal.error().message : stored.error().message;
    }
    writer_.reset();
  }
  scan.raw = std::exchange(raw_, nullptr);
  const bool failed = !scan.problem.empty();
  const std::string problem = scan.problem;
  if (options_.on_closed) options_.on_closed(std::move(scan));
  set_phase(failed ? lane::RecordPhase::kFailed : lane::RecordPhase::kClosed, problem);
}

}  // namespace portcullis::recording
