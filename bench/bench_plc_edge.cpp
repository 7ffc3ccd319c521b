// From an input's edge on the wire to the beam request withdrawn there, with imaging at full load.
// The PLC is a Modbus server on loopback, on a thread of its own that flips the emergency stop at
// random moments and takes the time until the coil that requests the beam permit is written 0. The
// lane's side is its own client with the chain's predicates on its poll; both ask for SCHED_FIFO.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <memory>
#include <random>
#include <thread>
#include <vector>

#include "imaging/pipeline/process.h"
#include "plc/interlock/interlock.h"
#include "plc/modbus/plc_client.h"
#include "simulator/live/modbus_slave.h"
#include "simulator/live/plc_map.h"
#include "tests/support/eventually.h"
#include "tests/unit/imaging/pipeline/synthetic_scan.h"

namespace portcullis {
namespace {

using SteadyClock = std::chrono::steady_clock;
namespace synthetic = imaging::testing;

constexpr int kEdges = 2'000;
constexpr int kPriority = 50;

bool ask_realtime() {
  sched_param parameter{};
  parameter.sched_priority = kPriority;
  return ::pthread_setschedparam(::pthread_self(), SCHED_FIFO, &parameter) == 0;
}

/// The PLC: one client, the tables of the simulated one, its heartbeat at every read.
class EdgePlc {
 public:
  EdgePlc() : tables_(simulator::PlcMap::make_tables()), slave_(tables_, plc::kModbusUnit) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        ::listen(listener_, 1) != 0 ||
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
      std::abort();
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~EdgePlc() {
    stopping_ = true;
    thread_.join();
    ::close(listener_);
  }
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] bool realtime() const { return realtime_; }
  [[nodiscard]] int edges() const { return edges_; }
  /// After edges() has reached kEdges.
  [[nodiscard]] const std::vector<double>& delays_ms() const { return delays_ms_; }

 private:
  static constexpr std::chrono::milliseconds kRequestTime{60};

  void serve() {
    realtime_ = ask_realtime();
    delays_ms_.reserve(kEdges);
    std::mt19937 random(1);
    const int client = ::accept(listener_, nullptr, nullptr);
    const int on = 1;
    ::setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    simulator::ModbusFramer framer;
    std::uint16_t heartbeat = 0;
    SteadyClock::time_point edge_due = SteadyClock::time_point::max(), edge_at{};
    bool tripped = false;
    publish(true, heartbeat);
    while (!stopping_) {
      timespec wait{0, 20'000'000};
      const auto left = edge_due - SteadyClock::now();
      if (left < std::chrono::milliseconds(20))
        wait.tv_nsec = std::max<long>(
            0,
            static_cast<long>(std::chrono::duration_cast<std::chrono::nanoseconds>(left).count()));
      pollfd fd{client, POLLIN, 0};
      ::ppoll(&fd, 1, &wait, nullptr);
      if (!tripped && SteadyClock::now() >= edge_due) {
        edge_at = SteadyClock::now();
        publish(false, heartbeat);
        tripped = true;
      }
      if ((fd.revents & POLLIN) == 0) continue;
      std::uint8_t bytes[512];
      const ssize_t got = ::recv(client, bytes, sizeof bytes, MSG_DONTWAIT);
      if (got <= 0) continue;
      framer.push({bytes, static_cast<std::size_t>(got)});
      while (const auto frame = framer.next()) {
        publish(!tripped, ++heartbeat);
        const auto reply = slave_.answer_frame(*frame);
        ::send(client, reply.data(), reply.size(), MSG_NOSIGNAL);
        const bool asked = tables_.coils[0];
        const auto now = SteadyClock::now();
        if (tripped && !asked) {
          delays_ms_.push_back(std::chrono::duration<double, std::milli>(now - edge_at).count());
          tripped = false;
          edge_due = SteadyClock::time_point::max();
          edges_ = static_cast<int>(delays_ms_.size());
        } else if (!tripped && asked && edge_due == SteadyClock::time_point::max()) {
          // At any moment of a poll.
          edge_due = now + kRequestTime + std::chrono::microseconds(random() % 10'000);
        }
      }
    }
    ::close(client);
  }

  void publish(bool healthy, std::uint16_t heartbeat) {
    simulator::PlcDiscreteInputs inputs;
    inputs.estop_chain_healthy = inputs.estop_panel_ok = healthy;
    simulator::PlcInputRegisters registers;
    registers.plc_heartbeat = heartbeat;
    registers.command_echo = tables_.holding_registers[1];
    simulator::PlcMap::publish(inputs, registers, tables_);
  }

  simulator::ModbusTables tables_;
  simulator::ModbusSlave slave_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> stopping_{false}, realtime_{false};
  std::atomic<int> edges_{0};
  std::vector<double> delays_ms_;
  std::thread thread_;
};

/// Imaging of a scan again and again, on every processor, until destroyed.
class ImagingLoad {
 public:
  ImagingLoad() {
    synthetic::SyntheticOptions options;
    options.modules = 23;
    options.pixels_per_module = 64;
    options.pairs = 400;
    scan_ = synthetic::synthetic_scan(options, [](double x, double z) {
      synthetic::Path path{};
      if (x > 200 && x < 1200 && z > 800 && z < 2500) path[synthetic::kPaper] = 40;
      return path;
    });
    for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i) {
      threads_.emplace_back([this] {
        while (!stopping_) {
          benchmark::DoNotOptimize(imaging::process(scan_, {}, {}));
          ++scans_;
        }
      });
    }
  }
  ~ImagingLoad() {
    stopping_ = true;
    for (auto& thread : threads_) thread.join();
  }
  [[nodiscard]] int scans() const { return scans_; }

 private:
  core::RawScan scan_;
  std::atomic<bool> stopping_{false};
  std::atomic<int> scans_{0};
  std::vector<std::thread> threads_;
};

double quantile(const std::vector<double>& sorted, double share) {
  const auto at = static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1) + 0.5);
  return sorted[at];
}

void plc_edge_to_withdrawal(benchmark::State& state) {
  for (auto _ : state) {
    EdgePlc peer;
    const core::SystemClock clock;
    plc::PlcConfig config;
    config.port = peer.port();
    config.realtime_priority = kPriority;
    auto client = plc::PlcClient::create(config, clock);
    if (!client.ok()) return state.SkipWithError(client.error().message.c_str());
    const ImagingLoad load;
    (*client)->start([&](core::TimePoint now) {
      const plc::PlcImage image = (*client)->image();
      const plc::PlcView view(image, now, std::chrono::milliseconds(100));
      plc::PlcOutputs wanted;
      wanted.request_beam_permit = plc::estop_healthy(view) && plc::plc_data_fresh(view) &&
                                   plc::plc_heartbeat_alive(view, std::chrono::milliseconds(300));
      (*client)->set_outputs(wanted);
    });
    const bool done = test::eventually([&] { return peer.edges() >= kEdges; },
                                       std::chrono::minutes(5), std::chrono::milliseconds(50));
    const plc::PlcStats stats = (*client)->stats();
    (*client)->stop();
    const int scans = load.scans();
    if (!done) return state.SkipWithError("the edges did not come in 5 minutes");
    std::vector<double> delays = peer.delays_ms();
    std::sort(delays.begin(), delays.end());
    state.SetIterationTime(quantile(delays, 0.999) * 1e-3);
    state.counters["p999_ms"] = quantile(delays, 0.999);
    state.counters["p99_ms"] = quantile(delays, 0.99);
    state.counters["median_ms"] = quantile(delays, 0.5);
    state.counters["longest_ms"] = delays.back();
    state.counters["scans_meanwhile"] = scans;
    const bool realtime = peer.realtime() && stats.scheduling.rfind("SCHED_FIFO", 0) == 0;
    state.counters["privileged"] = realtime ? 1 : 0;
    state.SetLabel(realtime ? "SCHED_FIFO on both ends" : "unprivileged: " + stats.scheduling);
    std::fprintf(stderr, "plc edge: %d edges, histogram ms:", kEdges);
    for (int ms = 0; ms < 40; ++ms) {
      const auto in = std::count_if(delays.begin(), delays.end(), [ms](double delay) {
        return delay >= ms && (ms == 39 || delay < ms + 1);
      });
      if (in > 0) std::fprintf(stderr, " %d%s:%td", ms, ms == 39 ? "+" : "", in);
    }
    std::fprintf(stderr, "\n%s\n", plc::describe_plc_stats(stats).c_str());
  }
}
BENCHMARK(plc_edge_to_withdrawal)->Iterations(1)->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace portcullis

BENCHMARK_MAIN();
