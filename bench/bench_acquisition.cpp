// What it costs to make lines of datagrams, beside a bare recvmmsg loop on the same datagrams.
//
// A sender thread sends one pass of datagrams, made beforehand, over loopback and never runs
// further ahead of the receiver than the socket holds; so nothing is lost unless the receiver
// loses it, and the rate is what sender and receiver together sustain. "drain" leaves the sender
// out: a socket is filled, then emptied, by one thread, and only the emptying is timed.

#include <benchmark/benchmark.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "acquisition/line_assembler.h"
#include "acquisition/receive_thread.h"
#include "core/line_pool.h"
#include "core/time.h"
#include "firmware_bridge/codec/packet.h"
#include "firmware_bridge/transport/udp_receiver.h"
#include "tests/support/allocation_counter.h"

namespace {

namespace acquisition = portcullis::acquisition;
namespace bridge = portcullis::firmware_bridge;
namespace core = portcullis::core;
using SteadyClock = std::chrono::steady_clock;

constexpr std::uint32_t kArmId = 77;
constexpr std::uint32_t kSocketBytes = 32U << 20U;
constexpr unsigned kBatch = 256;
constexpr auto kGiveUp = std::chrono::seconds(2);

[[noreturn]] void fail(const std::string& what) {
  std::fprintf(stderr, "bench_acquisition: %s\n", what.c_str());
  std::exit(1);
}

/// The detector: modules, pixels a module, and how far the sender may be ahead.
struct Shape {
  std::uint16_t modules = 0;
  std::uint16_t pixels = 0;
  std::uint32_t pulses = 0;
  std::uint32_t window = 0;
  [[nodiscard]] std::size_t datagrams() const { return std::size_t{pulses} * modules; }
};
constexpr Shape kSmall{23, 64, 6000, 4096};   // 224 bytes, as the default detector sends
constexpr Shape kLarge{4, 3250, 2500, 1024};  // 8,189 bytes

/// One pass, encoded once.
class Datagrams {
 public:
  explicit Datagrams(const Shape& shape)
      : shape_(shape), bytes_(bridge::packet_bytes(bridge::SampleFormat::kPacked20, shape.pixels)) {
    data_.resize(shape.datagrams() * bytes_);
    std::vector<std::uint32_t> samples(shape.pixels);
    std::uint32_t noise = 1;
    bridge::PacketHeader header;
    header.arm_id = kArmId;
    for (std::uint32_t pulse = 0; pulse < shape.pulses; ++pulse) {
      for (std::uint16_t m = 0; m < shape.modules; ++m) {
        for (auto& s : samples) {
          noise = noise * 1664525U + 1013904223U;
          s = 700'000 + (noise >> 20U);
        }
        header.energy = pulse % 2 == 0 ? core::Energy::kHigh : core::Energy::kLow;
        header.module = m;
        header.pulse = pulse;
        header.sequence = pulse;
        header.timestamp_ns = pulse * 2'500'000ULL;
        header.encoder_counts = static_cast<std::int32_t>(pulse * 10);
        header.dose_counts = 500'000;
        const std::size_t at = (std::size_t{pulse} * shape.modules + m) * bytes_;
        if (bridge::encode_packet(header, samples, std::span(data_).subspan(at, bytes_)) != bytes_)
          fail("a datagram does not encode");
      }
    }
  }
  [[nodiscard]] const Shape& shape() const { return shape_; }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  [[nodiscard]] std::byte* at(std::size_t index) { return data_.data() + index * bytes_; }

 private:
  Shape shape_;
  std::size_t bytes_;
  std::vector<std::byte> data_;
};

Datagrams& datagrams_of(const Shape& shape) {
  static Datagrams small(kSmall);
  static Datagrams large(kLarge);
  return shape.modules == kSmall.modules ? small : large;
}

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

/// Sends on a socket of its own, up to a batch a call.
class SendSocket {
 public:
  explicit SendSocket(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    const sockaddr_in to = loopback(port);
    const int bytes = 8 << 20;
    ::setsockopt(fd_, SOL_SOCKET, SO_SNDBUFFORCE, &bytes, sizeof bytes);
    if (fd_ < 0 || ::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0)
      fail("no socket to send with");
    for (unsigned i = 0; i < kBatch; ++i) {
      messages_[i].msg_hdr.msg_iov = &vectors_[i];
      messages_[i].msg_hdr.msg_iovlen = 1;
    }
  }
  ~SendSocket() { ::close(fd_); }
  SendSocket(const SendSocket&) = delete;
  SendSocket& operator=(const SendSocket&) = delete;

  void send(Datagrams& all, std::size_t first, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) vectors_[i] = {all.at(first + i), all.bytes()};
    for (std::size_t done = 0; done < count;) {
      const int sent = ::sendmmsg(fd_, messages_ + done, static_cast<unsigned>(count - done), 0);
      if (sent <= 0) fail(std::string("sendmmsg: ") + std::strerror(errno));
      done += static_cast<std::size_t>(sent);
    }
  }

 private:
  int fd_;
  mmsghdr messages_[kBatch] = {};
  iovec vectors_[kBatch] = {};
};

/// A plain socket and the least that takes datagrams out of it.
class BareReceiver {
 public:
  explicit BareReceiver(std::size_t bytes)
      : fd_(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)), data_(kBatch * (bytes + 64)) {
    const int wanted = static_cast<int>(kSocketBytes);
    if (::setsockopt(fd_, SOL_SOCKET, SO_RCVBUFFORCE, &wanted, sizeof wanted) != 0)
      ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &wanted, sizeof wanted);
    const timeval patience{0, 2000};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    if (::bind(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
      fail("no socket to receive with");
    port_ = ntohs(address.sin_port);
    for (unsigned i = 0; i < kBatch; ++i) {
      vectors_[i] = {data_.data() + i * (bytes + 64), bytes + 64};
      messages_[i].msg_hdr.msg_iov = &vectors_[i];
      messages_[i].msg_hdr.msg_iovlen = 1;
    }
  }
  ~BareReceiver() { ::close(fd_); }
  BareReceiver(const BareReceiver&) = delete;
  BareReceiver& operator=(const BareReceiver&) = delete;

  std::size_t receive() {
    const int got = ::recvmmsg(fd_, messages_, kBatch, MSG_WAITFORONE, nullptr);
    return got > 0 ? static_cast<std::size_t>(got) : 0;
  }
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  int fd_;
  std::uint16_t port_ = 0;
  std::vector<std::byte> data_;
  mmsghdr messages_[kBatch] = {};
  iovec vectors_[kBatch] = {};
};

double seconds_of(const rusage& usage) {
  const auto part = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  return part(usage.ru_utime) + part(usage.ru_stime);
}
double cpu_seconds(int who) {
  rusage usage{};
  ::getrusage(who, &usage);
  return seconds_of(usage);
}

/// Sends one pass on a thread of its own once told to go: as fast as `received` keeps up, or
/// `pulses_per_s`.
class Sender {
 public:
  Sender(Datagrams& all, std::uint16_t port, std::function<std::uint64_t()> received,
         double pulses_per_s)
      : all_(all), socket_(port), received_(std::move(received)), pulses_per_s_(pulses_per_s) {
    thread_ = std::thread([this] { run(); });
  }
  ~Sender() { thread_.join(); }
  Sender(const Sender&) = delete;
  Sender& operator=(const Sender&) = delete;
  void go() { go_ = true; }
  /// Of the thread, once it is through.
  double cpu_s() const { return cpu_s_; }
  bool done() const { return done_; }
  void give_up() { stop_ = true; }

 private:
  void run() {
    while (!go_) std::this_thread::yield();
    const double before = cpu_seconds(RUSAGE_THREAD);
    if (pulses_per_s_ > 0) {
      run_paced();
    } else {
      run_free();
    }
    cpu_s_ = cpu_seconds(RUSAGE_THREAD) - before;
    done_ = true;
  }
  void run_free() {
    const std::size_t total = all_.shape().datagrams();
    for (std::size_t sent = 0; sent < total && !stop_;) {
      const std::uint64_t ahead = sent - std::min<std::uint64_t>(sent, received_());
      if (ahead + 64 > all_.shape().window) {
        std::this_thread::yield();
        continue;
      }
      const std::size_t count = std::min<std::size_t>(64, total - sent);
      socket_.send(all_, sent, count);
      sent += count;
    }
  }
  void run_paced() {
    timespec next{};
    ::clock_gettime(CLOCK_MONOTONIC, &next);
    const auto period_ns = static_cast<long>(1e9 / pulses_per_s_);
    for (std::uint32_t pulse = 0; pulse < all_.shape().pulses && !stop_; ++pulse) {
      next.tv_nsec += period_ns;
      if (next.tv_nsec >= 1'000'000'000) {
        next.tv_nsec -= 1'000'000'000;
        ++next.tv_sec;
      }
      ::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, nullptr);
      socket_.send(all_, std::size_t{pulse} * all_.shape().modules, all_.shape().modules);
    }
  }

  Datagrams& all_;
  SendSocket socket_;
  std::function<std::uint64_t()> received_;
  double pulses_per_s_;
  std::atomic<bool> go_{false}, done_{false}, stop_{false};
  std::atomic<double> cpu_s_{0};
  std::thread thread_;
};

/// What one pass took.
struct Pass {
  double wall_s = 0;
  double cpu_s = 0;  ///< Of the receiving thread.
  std::uint64_t lost = 0;
  std::uint64_t allocations = 0;
};

Pass bare_pass(const Shape& shape, double pulses_per_s) {
  Datagrams& all = datagrams_of(shape);
  BareReceiver receiver(all.bytes());
  std::atomic<std::uint64_t> received{0};
  Sender sender(
      all, receiver.port(), [&] { return received.load(std::memory_order_relaxed); }, pulses_per_s);
  const double cpu_before = cpu_seconds(RUSAGE_THREAD);
  const auto begin = SteadyClock::now();
  auto last = begin;
  sender.go();
  while (received < shape.datagrams()) {
    const std::size_t got = receiver.receive();
    if (got > 0) {
      received += got;
      last = SteadyClock::now();
    } else if (SteadyClock::now() - last > kGiveUp) {
      sender.give_up();
      break;
    }
  }
  Pass pass;
  pass.wall_s = std::chrono::duration<double>(last - begin).count();
  pass.cpu_s = cpu_seconds(RUSAGE_THREAD) - cpu_before;
  pass.lost = shape.datagrams() - std::min<std::uint64_t>(received, shape.datagrams());
  return pass;
}

/// A detector that nobody asks anything.
class SilentDetector final : public bridge::DetectorDriver {
 public:
  core::Status configure(const bridge::DetectorSettings&) override { return {}; }
  core::Status set_destination(std::string_view, std::uint16_t) override { return {}; }
  core::Result<std::uint32_t> arm() override { return kArmId; }
  core::Status start() override { return {}; }
  core::Status stop() override { return {}; }
  core::Result<std::optional<bridge::SequenceRange>> range(std::uint16_t) override {
    return std::optional<bridge::SequenceRange>{};
  }
  bool request_resend(const bridge::ResendRequest&) noexcept override { return true; }
  [[nodiscard]] bridge::DetectorView view() const override { return {}; }
};

acquisition::LineAssembler make_assembler(const Shape& shape, core::LinePool& pool) {
  acquisition::LineAssembler::Config config;
  config.module_count = shape.modules;
  config.pixels_per_module = shape.pixels;
  config.arm_id = kArmId;
  config.lines_open_max = 1024;
  auto assembler = acquisition::LineAssembler::create(config, pool);
  if (!assembler.ok()) fail(assembler.error().message);
  return std::move(assembler).value();
}
bridge::UdpReceiver make_receiver(const Datagrams& all) {
  bridge::UdpReceiver::Config config;
  config.batch = kBatch;
  config.datagram_bytes_max = static_cast<std::uint32_t>(all.bytes() + 64);
  config.socket_buffer_bytes = kSocketBytes;
  auto receiver = bridge::UdpReceiver::open(config);
  if (!receiver.ok()) fail(receiver.error().message);
  return std::move(receiver).value();
}
std::uint32_t slots_of(const Shape& shape) {
  return shape.modules == kSmall.modules ? 1536 : 300;
}

/// The product's own receive thread, lines and all; what it delivers goes back to the pool.
Pass assembled_pass(const Shape& shape, double pulses_per_s) {
  Datagrams& all = datagrams_of(shape);
  bridge::UdpReceiver receiver = make_receiver(all);
  core::LinePool pool(slots_of(shape), std::uint32_t{shape.modules} * shape.pixels);
  SilentDetector detector;
  const core::SystemClock clock;
  acquisition::ReceiveThread::Config config;
  config.lines_max = shape.pulses + 1;
  acquisition::ReceiveThread thread(config, make_assembler(shape, pool), {}, receiver, detector,
                                    clock);
  Sender sender(
      all, receiver.port(), [&] { return thread.assembler().counters().in; }, pulses_per_s);
  const double self_before = cpu_seconds(RUSAGE_SELF);
  const double mine_before = cpu_seconds(RUSAGE_THREAD);
  const std::uint64_t allocations_before = portcullis::testing_support::allocations_so_far();
  const auto begin = SteadyClock::now();
  auto last = begin;
  std::uint64_t lines = 0;
  sender.go();
  while (lines < shape.pulses) {
    const timespec pause{0, 100'000};
    ::nanosleep(&pause, nullptr);  // repository-rule: watches the receiver without loading it
    const std::uint64_t now_lines = thread.assembler().counts().lines;
    if (now_lines != lines) {
      lines = now_lines;
      last = SteadyClock::now();
    } else if (SteadyClock::now() - last > kGiveUp) {
      sender.give_up();
      break;
    }
  }
  Pass pass;
  pass.allocations = portcullis::testing_support::allocations_so_far() - allocations_before;
  while (!sender.done()) std::this_thread::yield();
  pass.wall_s = std::chrono::duration<double>(last - begin).count();
  pass.cpu_s = cpu_seconds(RUSAGE_SELF) - self_before - (cpu_seconds(RUSAGE_THREAD) - mine_before) -
               sender.cpu_s();
  thread.finish();
  const auto counts = thread.assembler().counts();
  pass.lost = shape.pulses - counts.lines_complete;
  return pass;
}

void report(benchmark::State& state, const Shape& shape, const Pass& pass) {
  state.SetIterationTime(pass.wall_s);
  state.SetItemsProcessed(static_cast<std::int64_t>(shape.datagrams()));
  state.SetBytesProcessed(
      static_cast<std::int64_t>(shape.datagrams() * datagrams_of(shape).bytes()));
  state.counters["core_percent"] = 100.0 * pass.cpu_s / pass.wall_s;
  state.counters["cpu_ns_per_datagram"] = 1e9 * pass.cpu_s / static_cast<double>(shape.datagrams());
  state.counters["lost"] = static_cast<double>(pass.lost);
  state.counters["allocations"] = static_cast<double>(pass.allocations);
}

using PassFunction = Pass (*)(const Shape&, double);
void run_pass(benchmark::State& state, PassFunction pass, const Shape& shape, double pulses_per_s) {
  static std::vector<std::pair<PassFunction, std::uint16_t>> warm;
  const std::pair<PassFunction, std::uint16_t> key(pass, shape.modules);
  if (std::find(warm.begin(), warm.end(), key) == warm.end()) {
    warm.push_back(key);
    (void)pass(shape, 0);
  }
  for (auto _ : state) report(state, shape, pass(shape, pulses_per_s));
}

// ---- the receiver's own cost: a full socket, emptied

constexpr std::size_t kDrainSmall = 23 * 400;
constexpr std::size_t kDrainLarge = 4 * 250;
std::size_t drain_count(const Shape& shape) {
  return shape.modules == kSmall.modules ? kDrainSmall : kDrainLarge;
}

void drain_bare(benchmark::State& state, const Shape& shape) {
  Datagrams& all = datagrams_of(shape);
  BareReceiver receiver(all.bytes());
  SendSocket socket(receiver.port());
  const std::size_t count = drain_count(shape);
  std::size_t lost = 0;
  for (auto _ : state) {
    for (std::size_t i = 0; i < count; i += 64)
      socket.send(all, i, std::min<std::size_t>(64, count - i));
    const auto begin = SteadyClock::now();
    std::size_t got = 0;
    while (got < count) {
      const std::size_t more = receiver.receive();
      if (more == 0) break;
      got += more;
    }
    state.SetIterationTime(std::chrono::duration<double>(SteadyClock::now() - begin).count());
    lost += count - got;
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(count * state.iterations()));
  state.counters["lost"] = static_cast<double>(lost);
}

void drain_assembled(benchmark::State& state, const Shape& shape) {
  Datagrams& all = datagrams_of(shape);
  bridge::UdpReceiver receiver = make_receiver(all);
  core::LinePool pool(slots_of(shape), std::uint32_t{shape.modules} * shape.pixels);
  SendSocket socket(receiver.port());
  const core::SystemClock clock;
  const std::size_t count = drain_count(shape);
  std::size_t lost = 0;
  for (auto _ : state) {
    acquisition::LineAssembler assembler = make_assembler(shape, pool);
    for (std::size_t i = 0; i < count; i += 64)
      socket.send(all, i, std::min<std::size_t>(64, count - i));
    const auto begin = SteadyClock::now();
    std::size_t lines = 0;
    for (;;) {
      const auto datagrams = receiver.receive(core::Duration(0));
      if (datagrams.empty()) break;
      const core::TimePoint now = clock.now();
      for (const auto datagram : datagrams) {
        bridge::PacketView packet;
        const auto check = bridge::parse_packet(datagram, packet);
        if (check != bridge::PacketCheck::kOk) {
          assembler.count_malformed(check);
        } else {
          assembler.push(packet, now);
        }
      }
      while (assembler.poll(now)) ++lines;
    }
    state.SetIterationTime(std::chrono::duration<double>(SteadyClock::now() - begin).count());
    lost += count / shape.modules - lines;
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(count * state.iterations()));
  state.counters["lost"] = static_cast<double>(lost);
}

constexpr double kDriveThrough_pulses_s = 1000;

void register_all() {
  const auto add = [](const std::string& name, PassFunction pass, const Shape& shape, double rate,
                      int repetitions) {
    benchmark::RegisterBenchmark(
        name.c_str(), [=](benchmark::State& state) { run_pass(state, pass, shape, rate); })
        ->UseManualTime()
        ->Iterations(1)
        ->Repetitions(repetitions)
        ->Unit(benchmark::kMillisecond);
  };
  add("bare_small", &bare_pass, kSmall, 0, 15);
  add("assembled_small", &assembled_pass, kSmall, 0, 15);
  add("bare_8KiB", &bare_pass, kLarge, 0, 15);
  add("assembled_8KiB", &assembled_pass, kLarge, 0, 15);
  add("bare_drive_through", &bare_pass, kSmall, kDriveThrough_pulses_s, 3);
  add("assembled_drive_through", &assembled_pass, kSmall, kDriveThrough_pulses_s, 3);
  for (const auto& [name, shape] : {std::pair<const char*, Shape>{"small", kSmall},
                                    std::pair<const char*, Shape>{"8KiB", kLarge}}) {
    for (const auto& [kind, drain] :
         {std::pair<const char*, void (*)(benchmark::State&, const Shape&)>{"bare", &drain_bare},
          std::pair<const char*, void (*)(benchmark::State&, const Shape&)>{"assembled",
                                                                            &drain_assembled}}) {
      const Shape of = shape;
      const auto function = drain;
      benchmark::RegisterBenchmark(("drain_" + std::string(kind) + "_" + name).c_str(),
                                   [of, function](benchmark::State& state) { function(state, of); })
          ->UseManualTime()
          ->Iterations(20)
          ->Repetitions(9)
          ->Unit(benchmark::kMillisecond);
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  register_all();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
