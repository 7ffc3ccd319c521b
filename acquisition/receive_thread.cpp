#include "acquisition/receive_thread.h"

#include <pthread.h>
#include <sched.h>

#include <array>
#include <chrono>
#include <cstring>
#include <limits>

namespace portcullis::acquisition {
namespace {

using std::chrono::milliseconds;

constexpr std::int64_t kNoLineYet = std::numeric_limits<std::int64_t>::min();
/// Deadlines and resend requests are met to within this.
constexpr core::Duration kReceiveWait = milliseconds(2);

std::string error_text(int error) {
  std::array<char, 128> buffer{};
  return ::strerror_r(error, buffer.data(), buffer.size());
}

}  // namespace

ReceiveThread::ReceiveThread(const Config& config, LineAssembler assembler, const Sinks& sinks,
                             firmware_bridge::UdpReceiver& receiver,
                             firmware_bridge::DetectorDriver& detector, const core::Clock& clock)
    : config_(config),
      assembler_(std::move(assembler)),
      sinks_(sinks),
      receiver_(&receiver),
      detector_(&detector),
      clock_(&clock),
      expectations_(core::kModulesMax),
      last_line_at_ns_(kNoLineYet) {
  thread_ = std::thread([this] { run(); });
  set_up_scheduling();
}

ReceiveThread::~ReceiveThread() {
  finish();
}

void ReceiveThread::set_up_scheduling() {
  const pthread_t handle = thread_.native_handle();
  ::pthread_setname_np(handle, "pc-receive");
  scheduling_ = "normal";
  if (config_.realtime_priority > 0) {
    sched_param parameters{};
    parameters.sched_priority = config_.realtime_priority;
    const int error = ::pthread_setschedparam(handle, SCHED_FIFO, &parameters);
    scheduling_ = "SCHED_FIFO " + std::to_string(config_.realtime_priority);
    if (error != 0) scheduling_ += " not granted (" + error_text(error) + "), normal priority";
  }
  if (config_.cpu >= 0) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(static_cast<unsigned>(config_.cpu) % CPU_SETSIZE, &set);
    const int error = ::pthread_setaffinity_np(handle, sizeof set, &set);
    scheduling_ += ", cpu " + std::to_string(config_.cpu);
    if (error != 0) scheduling_ += " not granted (" + error_text(error) + ")";
  }
}

bool ReceiveThread::expect(std::uint16_t module, std::uint32_t last) noexcept {
  if (!expectations_.try_push(Expectation{module, last})) return false;
  expected_.fetch_add(1);
  return true;
}

bool ReceiveThread::settled() const noexcept {
  return looked_at_.load() == expected_.load() && !gaps_open_.load();
}

std::uint64_t ReceiveThread::finish() {
  phase_.store(Phase::kFinish);
  if (thread_.joinable()) thread_.join();
  return stranded_.load();
}

core::Duration ReceiveThread::last_line_age(core::TimePoint now) const noexcept {
  const std::int64_t at = last_line_at_ns_.load(std::memory_order_relaxed);
  if (at == kNoLineYet) return std::chrono::hours(24 * 365);
  return now - core::TimePoint(core::Duration(at));
}

core::LineHeader ReceiveThread::last_line() const noexcept {
  constexpr auto r = std::memory_order_relaxed;
  core::LineHeader header;
  header.pulse = last_pulse_.load(r);
  header.timestamp_ns = last_timestamp_ns_.load(r);
  header.encoder_counts = last_encoder_.load(r);
  header.dose_counts = last_dose_.load(r);
  header.energy = static_cast<core::Energy>(last_energy_.load(r));
  header.flags = last_flags_.load(r);
  header.temperature_centi_c = last_temperature_.load(r);
  return header;
}

void ReceiveThread::deliver(core::LinePtr line, core::TimePoint now) noexcept {
  constexpr auto r = std::memory_order_relaxed;
  const core::LineHeader& header = line->header;
  last_line_at_ns_.store(now.time_since_epoch().count(), r);
  last_pulse_.store(header.pulse, r);
  last_timestamp_ns_.store(header.timestamp_ns, r);
  last_encoder_.store(header.encoder_counts, r);
  last_dose_.store(header.dose_counts, r);
  last_energy_.store(static_cast<std::uint8_t>(header.energy), r);
  last_flags_.store(header.flags, r);
  last_temperature_.store(header.temperature_centi_c, r);
  if (sinks_.capture != nullptr) sinks_.capture->add(*line);
  if (sinks_.archive != nullptr) sinks_.archive->push(line);
  if (sinks_.live != nullptr) sinks_.live->push(std::move(line));
  notify_ = true;
  if (++delivered_ >= config_.lines_max) full_.store(true, r);
}

void ReceiveThread::deliver_due(core::TimePoint now) noexcept {
  while (!full()) {
    core::LinePtr line = assembler_.poll(now);
    if (!line) return;
    deliver(std::move(line), now);
  }
}

void ReceiveThread::notify_sinks() noexcept {
  if (!notify_) return;
  if (sinks_.archive != nullptr) sinks_.archive->notify();
  if (sinks_.live != nullptr) sinks_.live->notify();
  notify_ = false;
}

void ReceiveThread::receive_batch(core::Duration timeout) noexcept {
  const auto datagrams = receiver_->receive(timeout);
  const core::TimePoint now = clock_->now();
  if (!full()) {
    for (const auto datagram : datagrams) {
      firmware_bridge::PacketView packet;
      const auto check = firmware_bridge::parse_packet(datagram, packet);
      if (check != firmware_bridge::PacketCheck::kOk) {
        assembler_.count_malformed(check);
      } else if (!assembler_.push(packet, now)) {
        deliver_due(now);
        if (full()) break;
        assembler_.push(packet, now);
      }
    }
    deliver_due(now);
  }
  Expectation expectation;
  while (expectations_.try_pop(expectation)) {
    if (!full()) assembler_.expect_until(expectation.module, expectation.last, now);
    gaps_open_.store(assembler_.gaps_open() && !full());
    looked_at_.fetch_add(1);
  }
  while (!full()) {
    const auto request = assembler_.next_resend(now);
    if (!request || !detector_->request_resend(*request)) break;
  }
  gaps_open_.store(assembler_.gaps_open() && !full());
  notify_sinks();
  if (!datagrams.empty()) {
    const auto spent = static_cast<std::uint64_t>((clock_->now() - now).count());
    busy_ns_.store(busy_ns_.load(std::memory_order_relaxed) + spent, std::memory_order_relaxed);
  }
}

void ReceiveThread::run() noexcept {
  for (;;) {
    const Phase phase = phase_.load();
    if (phase == Phase::kFinish) break;
    assembler_.hold(phase == Phase::kHold);
    receive_batch(kReceiveWait);
  }
  // What the socket still holds belongs to the run.
  for (int i = 0; i < 64; ++i) receive_batch(core::Duration(0));
  assembler_.finish();
  const core::TimePoint until = clock_->now() + config_.slot_wait_max;
  for (;;) {
    deliver_due(clock_->now());
    notify_sinks();
    if (full() || assembler_.open_lines() == 0 || clock_->now() >= until) break;
    pause_.wait(1);  // a sink has to give slots back first
  }
  if (!full()) stranded_.store(assembler_.open_lines());
}

}  // namespace portcullis::acquisition
