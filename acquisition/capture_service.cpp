#include "acquisition/capture_service.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

namespace portcullis::acquisition {
namespace {

using std::chrono::milliseconds;

constexpr core::Duration kDrainedByTakerMax = std::chrono::seconds(5);

std::string join_problems(const std::vector<std::string>& problems) {
  std::string out;
  for (const std::string& problem : problems) out += (out.empty() ? "" : "; ") + problem;
  return out;
}

}  // namespace

std::string_view capture_phase_name(CapturePhase phase) {
  switch (phase) {
    case CapturePhase::kIdle:
      return "idle";
    case CapturePhase::kArming:
      return "arming";
    case CapturePhase::kArmed:
      return "armed";
    case CapturePhase::kRunning:
      return "running";
    case CapturePhase::kDraining:
      return "draining";
    case CapturePhase::kDone:
      return "done";
    case CapturePhase::kFailed:
      return "failed";
  }
  return "unknown";
}

struct CaptureService::State {
  enum class Wish : std::uint8_t { kArm, kStart, kStop };
  struct Command {
    Wish wish = Wish::kStop;
    CaptureKind kind = CaptureKind::kDark;
    std::uint32_t lines_max = 0;
  };

  Acquisition* acquisition = nullptr;
  firmware_bridge::DetectorDriver* detector = nullptr;
  const core::Clock* clock = nullptr;
  core::ScannerGeometry geometry;

  mutable std::mutex mutex;
  std::condition_variable changed;
  std::deque<Command> commands;
  bool stopping = false;
  CapturePhase phase = CapturePhase::kIdle;
  CaptureKind kind = CaptureKind::kDark;
  std::string problem;
  std::optional<core::CalibrationFrame> dark, air_high, air_low;
  std::optional<CaptureSummary> summary;
  std::thread thread;

  void post(Command command) {
    {
      const std::lock_guard lock(mutex);
      // What follows an arm() belongs to it: what was asked for before is void.
      if (command.wish == Wish::kArm) commands.clear();
      // Seen at once by the caller, not only when the thread gets to it.
      if (command.wish == Wish::kArm) {
        phase = CapturePhase::kArming;
        kind = command.kind;
        problem.clear();
      }
      commands.push_back(command);
    }
    changed.notify_all();
  }
  void set(CapturePhase next, std::string why = {}) {
    const std::lock_guard lock(mutex);
    // A new arm() that waits has the phase already.
    for (const Command& command : commands) {
      if (command.wish == Wish::kArm) return;
    }
    phase = next;
    problem = std::move(why);
  }
  [[nodiscard]] CapturePhase current() const {
    const std::lock_guard lock(mutex);
    return phase;
  }

  void run();
  void arm(const Command& command);
  void start();
  void end(bool keep);
  bool wait_for_taker();
};

CaptureService::CaptureService(Acquisition& acquisition, firmware_bridge::DetectorDriver& detector,
                               const core::ScannerGeometry& geometry, const core::Clock& clock)
    : state_(std::make_unique<State>()) {
  State& s = *state_;
  s.acquisition = &acquisition;
  s.detector = &detector;
  s.clock = &clock;
  s.geometry = geometry;
  s.thread = std::thread([&s] { s.run(); });
}

CaptureService::~CaptureService() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stopping = true;
  }
  state_->changed.notify_all();
  state_->thread.join();
}

void CaptureService::arm(CaptureKind kind, std::uint32_t lines_max) {
  state_->post({State::Wish::kArm, kind, lines_max});
}
void CaptureService::start() {
  state_->post({State::Wish::kStart, {}, 0});
}
void CaptureService::stop() {
  state_->post({State::Wish::kStop, {}, 0});
}

void CaptureService::State::run() {
  for (;;) {
    std::optional<Command> command;
    {
      std::unique_lock lock(mutex);
      changed.wait_for(lock, milliseconds(5), [&] { return stopping || !commands.empty(); });
      if (stopping) break;
      if (!commands.empty()) {
        command = commands.front();
        commands.pop_front();
      }
    }
    if (command) {
      switch (command->wish) {
        case Wish::kArm:
          arm(*command);
          break;
        case Wish::kStart:
          start();
          break;
        case Wish::kStop:
          end(true);
          break;
      }
      continue;
    }
    const AcquisitionView view = acquisition->view();
    const bool reduced = view.kind != CaptureKind::kScan;
    if (view.state == AcquisitionState::kRunning && view.full && reduced) end(true);
  }
  end(false);
}

bool CaptureService::State::wait_for_taker() {
  const core::TimePoint until = clock->now() + kDrainedByTakerMax;
  while (acquisition->archive_queue().depth_approx() > 0) {
    if (clock->now() >= until) return false;
    std::unique_lock lock(mutex);
    if (changed.wait_for(lock, milliseconds(2), [&] { return stopping; })) return false;
  }
  return true;
}

void CaptureService::State::arm(const Command& command) {
  end(false);
  if (!wait_for_taker()) {
    set(CapturePhase::kFailed, "lines of the last scan were not taken from the archive queue");
    return;
  }
  CaptureRequest request;
  request.kind = command.kind;
  request.lines_max = command.lines_max;
  request.geometry = geometry;
  {
    const std::lock_guard lock(mutex);
    if (command.kind == CaptureKind::kAir) request.dark = dark;
  }
  const auto armed = acquisition->arm(request);
  if (armed.ok()) {
    set(CapturePhase::kArmed);
  } else {
    set(CapturePhase::kFailed, armed.error().message);
  }
}

void CaptureService::State::start() {
  if (acquisition->view().state != AcquisitionState::kArmed)
    return;  // the arm failed: the view says so
  const core::Status status = acquisition->start();
  if (status.ok()) {
    set(CapturePhase::kRunning);
    return;
  }
  [[maybe_unused]] const auto ignored = acquisition->stop();
  set(CapturePhase::kFailed, status.error().message);
}

void CaptureService::State::end(bool keep) {
  const AcquisitionState was = acquisition->view().state;
  if (was == AcquisitionState::kIdle) return;
  if (was == AcquisitionState::kArmed) {
    [[maybe_unused]] const auto ignored = acquisition->stop();
    if (keep) set(CapturePhase::kIdle);
    return;
  }
  if (keep) set(CapturePhase::kDraining);
  auto ended = acquisition->stop();
  if (!ended.ok()) {
    if (keep) set(CapturePhase::kFailed, ended.error().message);
    return;
  }
  {
    const std::lock_guard lock(mutex);
    summary = *ended;
  }
  if (!keep) return;
  std::string problems = join_problems(ended->problems);
  if (ended->kind == CaptureKind::kScan) {
    if (wait_for_taker()) {
      set(CapturePhase::kDone, std::move(problems));
    } else {
      set(CapturePhase::kFailed, "the last lines were not taken from the archive queue");
    }
    return;
  }
  if (!ended->calibration->fit) {
    set(CapturePhase::kFailed, join_problems(ended->calibration->problems));
    return;
  }
  {
    const std::lock_guard lock(mutex);
    if (ended->kind == CaptureKind::kDark) {
      dark = ended->calibration->dark;
    } else {
      air_high = ended->calibration->air_high;
      air_low = ended->calibration->air_low;
    }
  }
  set(CapturePhase::kDone, std::move(problems));
}

CaptureServiceView CaptureService::view() const {
  CaptureServiceView out;
  out.acquisition = state_->acquisition->view();
  out.detector = state_->detector->view();
  const std::lock_guard lock(state_->mutex);
  out.phase = state_->phase;
  out.kind = state_->kind;
  out.problem = state_->problem;
  out.calibrated = state_->dark && state_->air_high && state_->air_low;
  return out;
}

std::optional<core::Calibration> CaptureService::calibration() const {
  const std::lock_guard lock(state_->mutex);
  if (!state_->dark || !state_->air_high || !state_->air_low) return std::nullopt;
  core::Calibration out;
  out.dark = *state_->dark;
  out.air_high = *state_->air_high;
  out.air_low = *state_->air_low;
  return out;
}

void CaptureService::set_calibration(const core::Calibration& calibration) {
  const std::lock_guard lock(state_->mutex);
  state_->dark = calibration.dark;
  state_->air_high = calibration.air_high;
  state_->air_low = calibration.air_low;
}

std::optional<CaptureSummary> CaptureService::last_summary() const {
  const std::lock_guard lock(state_->mutex);
  return state_->summary;
}

}  // namespace portcullis::acquisition
