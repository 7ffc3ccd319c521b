// HTTP POST of WCO declarations, one each, over 64 connections: how many a second are taken, on the
// disk before they are answered, and after how long. The load comes from this program, too.
#include <arpa/inet.h>
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "core/files.h"
#include "customs/gateway/gateway.h"
#include "customs/gateway/http_server.h"

namespace portcullis {
namespace {

namespace fs = std::filesystem;
using SteadyClock = std::chrono::steady_clock;

constexpr int kConnections = 64;
constexpr std::size_t kNumberDigits = 12;

double bench_seconds() {
  const char* text = std::getenv("PORTCULLIS_BENCH_SECONDS");
  return text != nullptr ? std::atof(text) : 5.0;
}

double quantile(const std::vector<double>& sorted, double share) {
  return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1) + 0.5)];
}

/// A request whose local reference ends in twelve digits that next() counts up.
class DistinctRequest {
 public:
  explicit DistinctRequest(std::string body) {
    const auto tag = body.find("<FunctionalReferenceID>") + 23;
    const auto end = body.find('<', tag);
    body.replace(tag, end - tag, "B" + std::string(kNumberDigits, '0'));
    bytes_ = "POST /v1/messages HTTP/1.1\r\nHost: gateway\r\nContent-Length: " +
             std::to_string(body.size()) + "\r\n\r\n";
    digits_ = bytes_.size() + tag + 1;
    bytes_ += body;
  }
  [[nodiscard]] const std::string& next() {
    for (std::size_t i = digits_ + kNumberDigits; i-- > digits_;) {
      if (bytes_[i]++ != '9') break;
      bytes_[i] = '0';
    }
    return bytes_;
  }

 private:
  std::string bytes_;
  std::size_t digits_ = 0;
};

std::string brief_declaration() {
  return "<md:MetaData xmlns:md=\"urn:wco:datamodel:WCO:DocumentMetaData-DMS:2\" "
         "xmlns=\"urn:wco:datamodel:WCO:DEC-DMS:2\"><md:WCOTypeName>DEC</md:WCOTypeName>"
         "<Declaration><FunctionCode>9</FunctionCode>"
         "<FunctionalReferenceID>L</FunctionalReferenceID><TypeCode>IMA</TypeCode>"
         "<GoodsShipment><Consignment><TransportEquipment><SequenceNumeric>1</SequenceNumeric>"
         "<ID>CSQU3054383</ID></TransportEquipment></Consignment>"
         "<GovernmentAgencyGoodsItem><SequenceNumeric>1</SequenceNumeric><Commodity>"
         "<Description>Paper</Description></Commodity></GovernmentAgencyGoodsItem>"
         "</GoodsShipment></Declaration></md:MetaData>";
}

/// The disk's own limit: a megabyte-less append and sync, one after the other.
double syncs_per_second(const fs::path& folder) {
  const auto path = folder / "syncs";
  const int file = ::open(path.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  const std::string block(32'768, 'x');
  int count = 0;
  const auto begin = SteadyClock::now();
  double seconds = 0;
  while (seconds < 0.5) {
    if (::write(file, block.data(), block.size()) < 0) break;
    ::fdatasync(file);
    ++count;
    seconds = std::chrono::duration<double>(SteadyClock::now() - begin).count();
  }
  ::close(file);
  return count / seconds;
}

struct Connection {
  int socket = -1;
  std::string out, in;
  std::size_t sent = 0;
  SteadyClock::time_point begun;
};

class Load {
 public:
  Load(std::uint16_t port, DistinctRequest request)
      : request_(std::move(request)), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
    connections_.resize(kConnections);
    for (auto& c : connections_) {
      c.socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
      sockaddr_in address{};
      address.sin_family = AF_INET;
      address.sin_port = htons(port);
      address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
      const int one = 1;
      ::setsockopt(c.socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
      if (::connect(c.socket, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0)
        ++failed_;
      ::fcntl(c.socket, F_SETFL, O_NONBLOCK);
      epoll_event event{};
      event.events = EPOLLIN | EPOLLOUT | EPOLLET;
      event.data.ptr = &c;
      ::epoll_ctl(epoll_, EPOLL_CTL_ADD, c.socket, &event);
    }
  }
  ~Load() {
    for (auto& c : connections_) ::close(c.socket);
    ::close(epoll_);
  }
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;

  /// Every connection sends its next one as soon as the last is answered; or, with `rate`, as the
  /// clock asks for it.
  void run(double seconds, double rate) {
    const auto begin = SteadyClock::now();
    const auto end = begin + std::chrono::duration<double>(seconds);
    std::vector<Connection*> idle;
    for (auto& c : connections_) idle.push_back(&c);
    std::uint64_t begun = 0;
    std::size_t busy = 0;
    epoll_event events[kConnections];
    while (true) {
      const auto now = SteadyClock::now();
      const bool over = now >= end;
      if (over && busy == 0) break;
      const double due = rate * std::chrono::duration<double>(now - begin).count();
      while (!over && !idle.empty() && (rate <= 0 || static_cast<double>(begun) < due)) {
        auto* c = idle.back();
        idle.pop_back();
        ++begun;
        ++busy;
        c->out = request_.next();
        c->sent = 0;
        // A request that found no free connection has waited since it was due.
        c->begun =
            rate > 0
                ? begin + std::chrono::duration_cast<SteadyClock::duration>(
                              std::chrono::duration<double>(static_cast<double>(begun - 1) / rate))
                : SteadyClock::now();
        write_some(*c);
      }
      const int ready = ::epoll_wait(epoll_, events, kConnections, rate > 0 ? 1 : 100);
      for (int i = 0; i < ready; ++i) {
        auto& c = *static_cast<Connection*>(events[i].data.ptr);
        if ((events[i].events & EPOLLOUT) != 0) write_some(c);
        if ((events[i].events & EPOLLIN) != 0 && answered(c)) {
          delays_ms_.push_back(
              std::chrono::duration<double, std::milli>(SteadyClock::now() - c.begun).count());
          --busy;
          idle.insert(idle.begin(), &c);
        }
      }
    }
    seconds_ = std::chrono::duration<double>(SteadyClock::now() - begin).count();
  }

  std::vector<double> delays_ms_;
  double seconds_ = 0;
  int failed_ = 0;

 private:
  static void write_some(Connection& c) {
    while (c.sent < c.out.size()) {
      const auto sent =
          ::send(c.socket, c.out.data() + c.sent, c.out.size() - c.sent, MSG_NOSIGNAL);
      if (sent <= 0) return;
      c.sent += static_cast<std::size_t>(sent);
    }
  }
  bool answered(Connection& c) {
    char bytes[8'192];
    while (true) {
      const auto got = ::recv(c.socket, bytes, sizeof(bytes), 0);
      if (got <= 0) break;
      c.in.append(bytes, static_cast<std::size_t>(got));
    }
    const auto head = c.in.find("\r\n\r\n");
    if (head == std::string::npos) return false;
    const auto field = c.in.find("Content-Length: ");
    const auto body = std::strtoul(c.in.c_str() + field + 16, nullptr, 10);
    if (c.in.size() < head + 4 + body) return false;
    if (c.in.rfind("HTTP/1.1 201", 0) != 0) ++failed_;
    c.in.clear();
    return true;
  }

  DistinctRequest request_;
  int epoll_;
  std::vector<Connection> connections_;
};

/// `rate`: declarations a second that are asked for; 0: as many as are taken.
void gateway_post(benchmark::State& state, const std::string& body, double rate) {
  for (auto _ : state) {
    const char* place = std::getenv("TMPDIR");
    const auto folder = fs::path(place != nullptr ? place : "/tmp") /
                        ("bench-gateway-" + std::to_string(::getpid()));
    fs::remove_all(folder);
    fs::create_directories(folder);
    const double syncs = syncs_per_second(folder);
    const core::SystemClock clock;
    {
      auto gateway = customs::Gateway::create(
          {folder / "inbox", folder / "outbox", folder / "store.sqlite"}, clock);
      if (!gateway.ok()) return state.SkipWithError(gateway.error().message.c_str());
      auto server = customs::HttpServer::start({}, **gateway);
      if (!server.ok()) return state.SkipWithError(server.error().message.c_str());
      Load load((*server)->port(), DistinctRequest(body));
      load.run(bench_seconds(), rate);
      auto& delays = load.delays_ms_;
      if (delays.empty()) return state.SkipWithError("nothing was answered");
      std::sort(delays.begin(), delays.end());
      const auto count = static_cast<double>(delays.size());
      state.SetIterationTime(load.seconds_);
      state.counters["declarations_s"] = count / load.seconds_;
      state.counters["median_ms"] = quantile(delays, 0.5);
      state.counters["p99_ms"] = quantile(delays, 0.99);
      state.counters["p999_ms"] = quantile(delays, 0.999);
      state.counters["longest_ms"] = delays.back();
      state.counters["failed"] = load.failed_;
      const auto kept = (*gateway)->status();
      state.counters["not_stored"] =
          kept.ok() ? count - static_cast<double>(kept->declarations) : count;
      state.counters["syncs_s"] = syncs;
      std::error_code ignored;
      state.counters["wal_mb"] =
          static_cast<double>(fs::file_size(folder / "store.sqlite-wal", ignored)) / 1e6;
    }
    fs::remove_all(folder);
  }
}

std::string published_declaration() {
  const auto bytes = core::read_file("tests/data/customs/wco/Step1_TT_EX015a.xml", 1'000'000);
  return bytes.ok() ? *bytes : brief_declaration();
}

void gateway_post_published(benchmark::State& state) {
  gateway_post(state, published_declaration(), 0);
}
void gateway_post_published_2000(benchmark::State& state) {
  gateway_post(state, published_declaration(), 2'000);
}
void gateway_post_brief(benchmark::State& state) {
  gateway_post(state, brief_declaration(), 0);
}
BENCHMARK(gateway_post_published)->Iterations(1)->UseManualTime()->Unit(benchmark::kSecond);
BENCHMARK(gateway_post_published_2000)->Iterations(1)->UseManualTime()->Unit(benchmark::kSecond);
BENCHMARK(gateway_post_brief)->Iterations(1)->UseManualTime()->Unit(benchmark::kSecond);

}  // namespace
}  // namespace portcullis

BENCHMARK_MAIN();
