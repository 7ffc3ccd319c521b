#include "simulator/live/pulse_train.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstring>

#include "core/assert.h"

namespace portcullis::simulator {

namespace bridge = firmware_bridge;
namespace {

constexpr double kRingSeconds = 1.28;
constexpr int kDatagramsPerCall = 64;

sockaddr_in socket_address(const PulseTrain::Destination& destination) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(destination.address);
  address.sin_port = htons(destination.port);
  return address;
}

std::uint64_t thread_cpu_ns() {
  timespec used{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return static_cast<std::uint64_t>(used.tv_sec) * 1'000'000'000U +
         static_cast<std::uint64_t>(used.tv_nsec);
}

void sleep_until(core::TimePoint deadline) {
  const std::int64_t ns = deadline.time_since_epoch().count();
  timespec at{};
  at.tv_sec = ns / 1'000'000'000;
  at.tv_nsec = ns % 1'000'000'000;
  while (::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, nullptr) == EINTR) {
  }
}

/// Gathers datagrams and sends them with as few system calls as possible. A full socket buffer
/// loses them, as a wire would.
class Batch final {
 public:
  Batch(int socket, const sockaddr_in& to) : socket_(socket), to_(to) {}
  void add(std::byte* data, std::size_t size) {
    vectors_[count_] = {data, size};
    mmsghdr& message = messages_[count_];
    message = {};
    message.msg_hdr.msg_name = &to_;
    message.msg_hdr.msg_namelen = sizeof to_;
    message.msg_hdr.msg_iov = &vectors_[count_];
    message.msg_hdr.msg_iovlen = 1;
    if (++count_ == kDatagramsPerCall) flush();
  }
  void flush() {
    unsigned done = 0;
    while (done < count_) {
      const int sent = ::sendmmsg(socket_, messages_.data() + done, count_ - done, MSG_DONTWAIT);
      if (sent < 0 && errno == EINTR) continue;
      // A refused one (nobody listens there) is that datagram's loss, not the others'.
      done += sent > 0 ? static_cast<unsigned>(sent) : 1U;
      total_ += sent > 0 ? static_cast<unsigned>(sent) : 0U;
    }
    count_ = 0;
  }
  [[nodiscard]] std::uint64_t total() const { return total_; }

 private:
  int socket_;
  sockaddr_in to_;
  std::array<iovec, kDatagramsPerCall> vectors_{};
  std::array<mmsghdr, kDatagramsPerCall> messages_{};
  unsigned count_ = 0;
  std::uint64_t total_ = 0;
};

}  // namespace

void fill_test_pattern(TestPattern pattern, std::uint64_t pulse, std::uint16_t module,
                       std::span<std::uint32_t> samples) {
  if (pattern == TestPattern::kRamp) {
    for (std::size_t i = 0; i < samples.size(); ++i) {
      samples[i] = static_cast<std::uint32_t>((i + pulse) & bridge::kSampleMax);
    }
    return;
  }
  constexpr std::uint32_t kRegisterMask = (1U << 23) - 1;
  std::uint32_t state =
      static_cast<std::uint32_t>((pulse * 257U + module * 8191U + 1U)) & kRegisterMask;
  if (state == 0) state = 1;
  for (std::uint32_t& sample : samples) {
    sample = 0;
    for (int bit = 0; bit < 20; ++bit) {
      const std::uint32_t next = (state >> 22 ^ state >> 17) & 1U;
      state = (state << 1 | next) & kRegisterMask;
      sample = sample << 1 | next;
    }
  }
}

core::Result<std::unique_ptr<PulseTrain>> PulseTrain::create(const Scanner& scanner,
                                                             const Config& config,
                                                             const core::Clock& clock,
                                                             const PulseSceneBoard& board,
                                                             const FaultTable& faults) {
  const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (socket < 0) {
    return core::Error{core::ErrorCode::kIo,
                       std::string("simulated detector: UDP socket: ") + std::strerror(errno)};
  }
  const int send_buffer_bytes = 1 << 20;
  ::setsockopt(socket, SOL_SOCKET, SO_SNDBUF, &send_buffer_bytes, sizeof send_buffer_bytes);
  return std::unique_ptr<PulseTrain>(new PulseTrain(scanner, config, clock, board, faults, socket));
}

PulseTrain::PulseTrain(const Scanner& scanner, const Config& config, const core::Clock& clock,
                       const PulseSceneBoard& board, const FaultTable& faults, int socket)
    : scanner_(scanner),
      config_(config),
      clock_(clock),
      board_(board),
      faults_(faults),
      socket_(socket),
      modules_(scanner.geometry.module_count),
      pixels_per_module_(scanner.geometry.pixels_per_module),
      ring_slots_(
          static_cast<std::uint32_t>(std::ceil(kRingSeconds * scanner.geometry.pulse_rate_hz))),
      datagram_bytes_(bridge::packet_bytes(config.format, pixels_per_module_)),
      period_(static_cast<std::int64_t>(std::llround(1e9 / scanner.geometry.pulse_rate_hz))),
      origin_(clock.now()),
      utc_offset_ns_(clock.utc_now().ns - clock.now().time_since_epoch().count()),
      arm_next_(static_cast<std::uint32_t>(clock.utc_now().ns / 1'000'000'000)),
      synthesizer_(scanner, NoiseSwitches{}, config.seed),
      samples_(scanner.geometry.pixels.size()),
      corrupted_(datagram_bytes_ * modules_),
      fault_draws_(config.seed ^ 0x6661756c74ULL),
      ring_(static_cast<std::size_t>(modules_) * ring_slots_ * datagram_bytes_) {
  PC_ASSERT(samples_.size() == static_cast<std::size_t>(modules_) * pixels_per_module_);
  temperature_c_ = scanner.levels.temperature_c;
  held_.reserve(modules_);
  frozen_.reserve(pixels_per_module_);
  held_before_.reserve(modules_);
  thread_ = std::thread([this] { run(); });
}

PulseTrain::~PulseTrain() {
  stop_asked_ = true;
  {
    const std::lock_guard lock(state_mutex_);
    quit_ = true;
    run_wanted_ = false;
  }
  state_changed_.notify_all();
  thread_.join();
  ::close(socket_);
}

std::uint32_t PulseTrain::arm() {
  stop();
  const std::lock_guard lock(ring_mutex_);
  sent_ = 0;
  next_pulse_ = 0;
  held_.clear();
  late_ns_max_ = 0;
  arm_id_ = arm_next_++;
  if (arm_id_ == 0) arm_id_ = arm_next_++;
  synthesizer_.reset(arm_id_);
  return arm_id_;
}

void PulseTrain::start() {
  PC_ASSERT(arm_id_ != 0 && destination_.has_value());
  stop_asked_ = false;
  {
    const std::lock_guard lock(state_mutex_);
    run_wanted_ = true;
  }
  state_changed_.notify_all();
}

void PulseTrain::stop() {
  stop_asked_ = true;
  std::unique_lock lock(state_mutex_);
  run_wanted_ = false;
  state_changed_.wait(lock, [this] { return !run_active_; });
}

bool PulseTrain::running() const {
  const std::lock_guard lock(state_mutex_);
  return run_wanted_;
}

void PulseTrain::run() {
  ::pthread_setname_np(::pthread_self(), "sim-detector");
  sched_param priority{};
  priority.sched_priority = 10;
  realtime_ = ::pthread_setschedparam(::pthread_self(), SCHED_FIFO, &priority) == 0;
  while (true) {
    {
      std::unique_lock lock(state_mutex_);
      state_changed_.wait(lock, [this] { return run_wanted_ || quit_; });
      if (quit_) return;
      run_active_ = true;
    }
    pulse_loop();
    {
      const std::lock_guard lock(state_mutex_);
      run_active_ = false;
    }
    state_changed_.notify_all();
  }
}

void PulseTrain::pulse_loop() {
  const core::TimePoint first = clock_.now() + period_;
  const std::uint64_t first_pulse = next_pulse_;
  while (!stop_asked_.load(std::memory_order_relaxed)) {
    const core::TimePoint deadline =
        first + period_ * static_cast<std::int64_t>(next_pulse_ - first_pulse);
    sleep_until(deadline);
    if (stop_asked_.load(std::memory_order_relaxed)) break;
    const std::int64_t late_ns = (clock_.now() - deadline).count();
    if (late_ns > late_ns_max_.load(std::memory_order_relaxed)) late_ns_max_ = late_ns;
    // A trigger that is missed still counts; its datagrams were never made.
    if (drawn(faults_.value(LiveFault::kPulseMissed)))
      trigger_missed_ = true;
    else
      make_pulse(next_pulse_, deadline);
    ++next_pulse_;
    pulses_.fetch_add(1, std::memory_order_relaxed);
    busy_cpu_ns_.store(thread_cpu_ns(), std::memory_order_relaxed);
  }
}

void PulseTrain::make_pulse(std::uint64_t pulse, core::TimePoint deadline) {
  const PulseScene scene = board_.get();
  const TestPattern pattern = pattern_.load(std::memory_order_relaxed);
  const double x_mm = scene.motion.position_at(deadline);
  PulseState state;
  state.pulse = pulse;
  state.energy = scene.beam_on ? energy_of_pulse(pulse) : core::Energy::kNone;
  state.x_mm = x_mm;
  state.time_s = std::chrono::duration<double>(deadline - origin_).count();
  state.moving = std::abs(scene.motion.speed_at(deadline)) > 1;
  state.dose_factor = scene.dose_factor;
  PulseFacts facts;
  synthesizer_.set_switches(scene.noise);
  synthesizer_.synthesize(state, scene.rays.get(), samples_, facts);
  temperature_c_.store(facts.temperature_c, std::memory_order_relaxed);

  bridge::PacketHeader header;
  header.format = config_.format;
  header.energy = state.energy;
  header.pulse = pulse;
  header.timestamp_ns =
      static_cast<std::uint64_t>(deadline.time_since_epoch().count() + utc_offset_ns_);
  header.encoder_counts = encoder_counts_at(scanner_.geometry, x_mm);
  header.dose_counts = facts.dose_counts;
  header.temperature_centi_c = static_cast<std::int16_t>(std::lround(facts.temperature_c * 100));
  header.integration_us = integration_us_.load(std::memory_order_relaxed);
  header.first_pixel = 0;
  header.arm_id = arm_id_;
  if (pattern != TestPattern::kOff) header.flags |= bridge::packet_flag::kTestPattern;
  if (std::exchange(trigger_missed_, false)) header.flags |= bridge::packet_flag::kTriggerMissed;

  const double full_scale = std::min<double>(bridge::kSampleMax, scanner_.levels.saturation_counts);
  std::uint32_t sequence = 0;
  {
    const std::lock_guard lock(ring_mutex_);
    sequence = sent_;
    for (std::uint16_t module = 0; module < modules_; ++module) {
      const std::span<std::uint32_t> samples = std::span(samples_).subspan(
          static_cast<std::size_t>(module) * pixels_per_module_, pixels_per_module_);
      freeze(module, samples);
      bridge::PacketHeader own = header;
      own.module = module;
      own.sequence = sequence;
      if (pattern != TestPattern::kOff) {
        fill_test_pattern(pattern, pulse, module, samples);
      } else if (facts.saturated &&
                 *std::max_element(samples.begin(), samples.end()) >= full_scale) {
        own.flags |= bridge::packet_flag::kSaturated;
      }
      const std::size_t written =
          bridge::encode_packet(own, samples, {slot(module, sequence), datagram_bytes_});
      PC_ASSERT(written == datagram_bytes_);
    }
    ++sent_;
  }
  send_pulse(sequence);
}

void PulseTrain::freeze(std::uint16_t module, std::span<std::uint32_t> samples) {
  const double which = faults_.value(LiveFault::kModuleFrozen);
  if (!faults_.active(LiveFault::kModuleFrozen)) {
    frozen_.clear();
  } else if (static_cast<int>(which) == module) {
    if (frozen_.empty()) frozen_.assign(samples.begin(), samples.end());
    std::copy(frozen_.begin(), frozen_.end(), samples.begin());
  }
}

bool PulseTrain::drawn(double share) {
  return share > 0 && std::uniform_real_distribution<double>(0, 1)(fault_draws_) < share;
}

bool PulseTrain::module_dead(std::uint16_t module) const {
  return faults_.active(LiveFault::kModuleDead) &&
         static_cast<int>(faults_.value(LiveFault::kModuleDead)) == module;
}

void PulseTrain::send_pulse(std::uint32_t sequence) {
  const double loss = faults_.value(LiveFault::kPacketLoss);
  const double duplicate = faults_.value(LiveFault::kPacketDuplicate);
  const double corrupt = faults_.value(LiveFault::kPacketCorrupt);
  const double reorder = faults_.value(LiveFault::kPacketReorder);
  if (faults_.active(LiveFault::kDetectorSilent)) {
    held_.clear();
    return;
  }
  // Those held back from the pulse before go out behind this one.
  held_before_.swap(held_);
  held_.clear();
  Batch batch(socket_, socket_address(*destination_));
  for (std::uint16_t module = 0; module < modules_; ++module) {
    if (module_dead(module) || drawn(loss)) continue;
    if (drawn(reorder)) {
      held_.emplace_back(module, sequence);
      continue;
    }
    std::byte* data = slot(module, sequence);
    if (drawn(corrupt)) {
      std::byte* copy = corrupted_.data() + module * datagram_bytes_;
      std::copy_n(data, datagram_bytes_, copy);
      const std::size_t bit = fault_draws_() % (datagram_bytes_ * 8);
      copy[bit / 8] ^= static_cast<std::byte>(1U << bit % 8);
      data = copy;
    }
    batch.add(data, datagram_bytes_);
    if (drawn(duplicate)) batch.add(slot(module, sequence), datagram_bytes_);
  }
  for (const auto& [module, earlier] : held_before_) {
    batch.add(slot(module, earlier), datagram_bytes_);
  }
  batch.flush();
  datagrams_.fetch_add(batch.total(), std::memory_order_relaxed);
}

std::optional<std::pair<std::uint32_t, std::uint32_t>> PulseTrain::range(
    std::uint16_t module) const {
  const std::lock_guard lock(ring_mutex_);
  if (module >= modules_ || sent_ == 0) return std::nullopt;
  return std::pair<std::uint32_t, std::uint32_t>{0, sent_ - 1};
}

std::uint32_t PulseTrain::resend(std::uint16_t module, std::uint32_t first, std::uint32_t last) {
  if (module >= modules_ || !destination_ || module_dead(module)) return 0;
  std::vector<std::byte> copies;
  std::uint32_t count = 0;
  {
    const std::lock_guard lock(ring_mutex_);
    if (sent_ == 0) return 0;
    const std::uint32_t oldest = sent_ > ring_slots_ ? sent_ - ring_slots_ : 0;
    first = std::max(first, oldest);
    last = std::min(last, sent_ - 1);
    if (first > last) return 0;
    count = last - first + 1;
    copies.reserve(count * datagram_bytes_);
    for (std::uint32_t sequence = first; sequence <= last; ++sequence) {
      const std::byte* data = slot(module, sequence);
      copies.insert(copies.end(), data, data + datagram_bytes_);
    }
  }
  Batch batch(socket_, socket_address(*destination_));
  for (std::uint32_t i = 0; i < count; ++i) {
    batch.add(copies.data() + i * datagram_bytes_, datagram_bytes_);
  }
  batch.flush();
  resent_.fetch_add(batch.total(), std::memory_order_relaxed);
  return count;
}

PulseTrain::Figures PulseTrain::figures() const {
  Figures figures;
  figures.pulses = pulses_;
  figures.datagrams = datagrams_;
  figures.resent = resent_;
  figures.busy_cpu_ns = busy_cpu_ns_;
  figures.late_ns_max = late_ns_max_;
  figures.realtime = realtime_;
  figures.running = running();
  return figures;
}

}  // namespace portcullis::simulator
