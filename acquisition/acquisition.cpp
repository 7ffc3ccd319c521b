#include "acquisition/acquisition.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <mutex>

#include "acquisition/receive_thread.h"
#include "firmware_bridge/transport/udp_receiver.h"

namespace portcullis::acquisition {
namespace {

using core::Error;
using core::ErrorCode;

constexpr core::Duration kNoLineAge = std::chrono::hours(24 * 365);

}  // namespace

std::string_view acquisition_state_name(AcquisitionState state) {
  switch (state) {
    case AcquisitionState::kIdle:
      return "idle";
    case AcquisitionState::kArmed:
      return "armed";
    case AcquisitionState::kRunning:
      return "running";
    case AcquisitionState::kStopping:
      return "stopping";
  }
  return "unknown";
}

struct Acquisition::State {
  AcquisitionConfig config;
  firmware_bridge::DetectorDriver* detector;
  const core::Clock* clock;
  firmware_bridge::UdpReceiver receiver;
  std::unique_ptr<core::LinePool> pool;  // before the queues: they hold lines of it
  LineQueue archive, live;
  std::unique_ptr<CalibrationCapture> capture;
  std::unique_ptr<ReceiveThread> thread;
  CaptureRequest request;
  std::string scheduling = "normal";
  std::uint64_t drops_before = 0, archive_dropped_before = 0, live_dropped_before = 0;
  mutable std::mutex mutex;  // guards what follows and the thread pointer against view()
  AcquisitionView last;      // state, and the counts of the last run once the thread is gone

  State(const AcquisitionConfig& c, firmware_bridge::DetectorDriver& d, const core::Clock& time,
        firmware_bridge::UdpReceiver udp)
      : config(c),
        detector(&d),
        clock(&time),
        receiver(std::move(udp)),
        archive(c.line_slots),
        live(c.live_queue_lines) {}

  void set_state(AcquisitionState state) {
    const std::lock_guard lock(mutex);
    last.state = state;
  }
  [[nodiscard]] AcquisitionState state() const {
    const std::lock_guard lock(mutex);
    return last.state;
  }
  void fill_counts(AcquisitionView& out) const {
    out.assembly = thread->assembler().counts();
    out.packets = thread->assembler().counters();
    out.packets.busy_ns = thread->busy_ns();
    out.full = thread->full();
    out.last_line = thread->last_line();
    out.last_line_age = thread->last_line_age(clock->now());
    out.kernel_drops = receiver.kernel_drops() - drops_before;
    out.archive_dropped = archive.dropped() - archive_dropped_before;
    out.live_dropped = live.dropped() - live_dropped_before;
  }
  core::Status check_inventory(const CaptureRequest& wanted) const;
  core::Status make_pool(std::uint32_t pixels);
  void drain(std::vector<std::string>& problems);
  void judge(CaptureSummary& summary) const;
};

Acquisition::Acquisition(std::unique_ptr<State> state) : state_(std::move(state)) {}

Acquisition::~Acquisition() {
  State& s = *state_;
  if (s.thread) {
    if (s.state() == AcquisitionState::kRunning) [[maybe_unused]]
      const core::Status ignored = s.detector->stop();
    s.thread.reset();
  }
  while (s.archive.pop()) {
  }
  while (s.live.pop()) {
  }
}

core::Result<std::unique_ptr<Acquisition>> Acquisition::create(
    const AcquisitionConfig& config, firmware_bridge::DetectorDriver& detector,
    const core::Clock& clock) {
  if (config.line_slots < 16 || config.line_slots > 1'000'000) {
    return Error{
        ErrorCode::kInvalidConfig,
        fmt::format("acquisition: line_slots {} is not within 16 to 1000000", config.line_slots)};
  }
  if (config.live_queue_lines < 2 || config.live_queue_lines > config.line_slots / 2) {
    return Error{
        ErrorCode::kInvalidConfig,
        fmt::format("acquisition: live_queue_lines {} is not within 2 to half of line_slots",
                    config.live_queue_lines)};
  }
  if (config.realtime_priority < 0 || config.realtime_priority > 99) {
    return Error{ErrorCode::kInvalidConfig,
                 fmt::format("acquisition: realtime_priority {} is not within 0 to 99",
                             config.realtime_priority)};
  }
  firmware_bridge::UdpReceiver::Config udp;
  udp.host = config.receive_host;
  udp.port = config.receive_port;
  udp.datagram_bytes_max = config.datagram_bytes_max;
  PC_TRY(auto receiver, firmware_bridge::UdpReceiver::open(udp));
  auto state = std::make_unique<State>(config, detector, clock, std::move(receiver));
  if (state->receiver.socket_buffer_bytes() < udp.socket_buffer_bytes) {
    state->last.socket_note = fmt::format(
        "the system grants a socket buffer of {} KiB, {} KiB are asked for: raise "
        "net.core.rmem_max, or bursts are lost",
        state->receiver.socket_buffer_bytes() / 1024, udp.socket_buffer_bytes / 1024);
  }
  state->last.last_line_age = kNoLineAge;
  return std::unique_ptr<Acquisition>(new Acquisition(std::move(state)));
}

core::Status Acquisition::State::check_inventory(const CaptureRequest& wanted) const {
  const firmware_bridge::DetectorView view = detector->view();
  if (!view.connected || !view.inventory_known) {
    return Error{ErrorCode::kUnavailable,
                 "acquisition: the detector is not connected: " + view.last_error};
  }
  if (view.modules.size() != wanted.geometry.module_count) {
    return Error{ErrorCode::kInvalidConfig,
                 fmt::format("acquisition: the detector has {} modules, the geometry {}",
                             view.modules.size(), wanted.geometry.module_count)};
  }
  for (std::size_t m = 0; m < view.modules.size(); ++m) {
    if (view.modules[m].pixels != wanted.geometry.pixels_per_module) {
      return Error{ErrorCode::kInvalidConfig,
                   fmt::format("acquisition: module {} ({}) has {} pixels, the geometry {}", m,
                               view.modules[m].serial, view.modules[m].pixels,
                               wanted.geometry.pixels_per_module)};
    }
  }
  return {};
}

core::Status Acquisition::State::make_pool(std::uint32_t pixels) {
  while (live.pop()) {
  }
  if (pool && pool->pixels() == pixels) return {};
  if (pool && pool->free_approx() != pool->slots()) {
    return Error{ErrorCode::kRefused,
                 fmt::format("acquisition: {} lines of another geometry are still in use",
                             pool->slots() - pool->free_approx())};
  }
  auto fresh = std::make_unique<core::LinePool>(config.line_slots, pixels);
  const std::lock_guard lock(mutex);
  pool = std::move(fresh);
  return {};
}

core::Result<std::uint32_t> Acquisition::arm(const CaptureRequest& request) {
  State& s = *state_;
  if (s.state() != AcquisitionState::kIdle) {
    return Error{ErrorCode::kRefused, fmt::format("acquisition: cannot arm while {}",
                                                  acquisition_state_name(s.state()))};
  }
  if (request.lines_max < 1) return Error{ErrorCode::kInvalidConfig, "acquisition: lines_max is 0"};
  if (s.archive.depth_approx() > 0) {
    return Error{ErrorCode::kRefused,
                 fmt::format("acquisition: {} lines of the last scan are not written yet",
                             s.archive.depth_approx())};
  }
  PC_CHECK(s.check_inventory(request));
  const std::uint32_t pixels =
      std::uint32_t{request.geometry.module_count} * request.geometry.pixels_per_module;
  PC_CHECK(s.make_pool(pixels));
  PC_CHECK(s.detector->configure(s.config.detector));
  PC_CHECK(s.detector->set_destination(s.config.receive_host, s.receiver.port()));
  PC_TRY(const std::uint32_t arm_id, s.detector->arm());

  LineAssembler::Config assembly;
  assembly.module_count = request.geometry.module_count;
  assembly.pixels_per_module = request.geometry.pixels_per_module;
  assembly.arm_id = arm_id;
  PC_TRY(LineAssembler assembler, LineAssembler::create(assembly, *s.pool));
  s.request = request;
  s.capture.reset();
  if (request.kind != CaptureKind::kScan) {
    const auto kind = request.kind == CaptureKind::kDark ? CalibrationCapture::Kind::kDark
                                                         : CalibrationCapture::Kind::kAir;
    s.capture = std::make_unique<CalibrationCapture>(kind, assembly.module_count,
                                                     assembly.pixels_per_module, s.config.rules);
  }
  s.drops_before = s.receiver.kernel_drops();
  s.archive_dropped_before = s.archive.dropped();
  s.live_dropped_before = s.live.dropped();
  ReceiveThread::Sinks sinks;
  sinks.archive = request.kind == CaptureKind::kScan ? &s.archive : nullptr;
  sinks.live = &s.live;
  sinks.capture = s.capture.get();
  ReceiveThread::Config thread_config;
  thread_config.lines_max = request.lines_max;
  thread_config.realtime_priority = s.config.realtime_priority;
  thread_config.cpu = s.config.cpu;
  auto thread = std::make_unique<ReceiveThread>(thread_config, std::move(assembler), sinks,
                                                s.receiver, *s.detector, *s.clock);
  const std::lock_guard lock(s.mutex);
  s.scheduling = thread->scheduling();
  s.thread = std::move(thread);
  s.last.kind = request.kind;
  s.last.arm_id = arm_id;
  s.last.state = AcquisitionState::kArmed;
  return arm_id;
}

core::Status Acquisition::start() {
  State& s = *state_;
  if (s.state() != AcquisitionState::kArmed) {
    return Error{ErrorCode::kRefused, fmt::format("acquisition: cannot start while {}",
                                                  acquisition_state_name(s.state()))};
  }
  PC_CHECK(s.detector->start());
  s.set_state(AcquisitionState::kRunning);
  return {};
}

void Acquisition::State::drain(std::vector<std::string>& problems) {
  thread->hold();
  const core::Status stopped = detector->stop();
  if (!stopped.ok()) {
    problems.push_back("stop: " + stopped.error().message);
    return;
  }
  if (thread->full()) return;
  const core::TimePoint until = clock->now() + config.drain_max;
  for (std::uint16_t m = 0; m < request.geometry.module_count; ++m) {
    const auto range = detector->range(m);
    if (!range.ok()) {
      problems.push_back("last datagrams not verified: " + range.error().message);
      return;
    }
    if (range->has_value()) thread->expect(m, (*range)->last);
  }
  firmware_bridge::WakeEvent pause;
  while (!thread->settled() && clock->now() < until) pause.wait(1);
}

void Acquisition::State::judge(CaptureSummary& summary) const {
  const AssemblyCounts& a = summary.assembly;
  auto& problems = summary.problems;
  if (a.lines == 0) problems.push_back("no line came at all");
  if (a.lines_missing > 0)
    problems.push_back(fmt::format("{} of {} lines missing", a.lines_missing, a.lines));
  for (std::uint16_t m = 0; m < request.geometry.module_count && a.lines > a.lines_missing; ++m) {
    if (thread->assembler().module_packets(m) == 0)
      problems.push_back(fmt::format("module {} sent nothing", m));
  }
  if (a.frozen > 0)
    problems.push_back(fmt::format(
        "a module stood still: {} times it sent the samples it had sent before", a.frozen));
  if (a.no_slot > 0)
    problems.push_back(
        fmt::format("{} datagrams found no free line slot: a sink is too slow", a.no_slot));
  if (summary.kernel_drops > 0)
    problems.push_back(
        fmt::format("the kernel dropped {} datagrams: socket buffer full", summary.kernel_drops));
  if (a.conflicts > 0) problems.push_back(fmt::format("modules disagree in {} lines", a.conflicts));
}

core::Result<CaptureSummary> Acquisition::stop() {
  State& s = *state_;
  const AcquisitionState before = s.state();
  if (before != AcquisitionState::kArmed && before != AcquisitionState::kRunning) {
    return Error{ErrorCode::kRefused,
                 fmt::format("acquisition: cannot stop while {}", acquisition_state_name(before))};
  }
  CaptureSummary summary;
  s.set_state(AcquisitionState::kStopping);
  if (before == AcquisitionState::kRunning) s.drain(summary.problems);
  const std::uint64_t stranded = s.thread->finish();
  if (stranded > 0)
    summary.problems.push_back(fmt::format("{} last lines given up: no free line slot", stranded));
  AcquisitionView counts;
  s.fill_counts(counts);
  summary.kind = s.request.kind;
  summary.arm_id = s.last.arm_id;
  summary.assembly = counts.assembly;
  summary.packets = counts.packets;
  summary.kernel_drops = counts.kernel_drops;
  summary.archive_dropped = counts.archive_dropped;
  summary.live_dropped = counts.live_dropped;
  summary.full = counts.full;
  if (before == AcquisitionState::kRunning) s.judge(summary);
  if (s.capture) {
    const core::CalibrationFrame* dark = s.request.dark ? &*s.request.dark : nullptr;
    summary.calibration = s.capture->finish(s.clock->utc_now(), dark);
  }
  const std::lock_guard lock(s.mutex);
  counts.kind = s.last.kind;
  counts.arm_id = s.last.arm_id;
  counts.socket_note = s.last.socket_note;
  s.last = counts;
  s.last.state = AcquisitionState::kIdle;
  s.thread.reset();
  return summary;
}

LineQueue& Acquisition::archive_queue() {
  return state_->archive;
}
LineQueue& Acquisition::live_queue() {
  return state_->live;
}
std::uint16_t Acquisition::receive_port() const {
  return state_->receiver.port();
}

AcquisitionView Acquisition::view() const {
  const State& s = *state_;
  const std::lock_guard lock(s.mutex);
  AcquisitionView out = s.last;
  if (s.thread) s.fill_counts(out);
  out.archive_queue_depth = s.archive.depth_approx();
  out.live_queue_depth = s.live.depth_approx();
  out.slots_free = s.pool ? s.pool->free_approx() : s.config.line_slots;
  out.scheduling = s.scheduling;
  return out;
}

}  // namespace portcullis::acquisition
