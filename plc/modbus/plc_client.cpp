#include "plc/modbus/plc_client.h"

#include <netdb.h>
#include <pthread.h>
#include <sched.h>

#include <condition_variable>
#include <cstring>
#include <mutex>
#include <thread>
#include <utility>

#include "core/assert.h"

namespace portcullis::plc {

using core::Duration;
using core::TimePoint;
using std::chrono::milliseconds;

struct PlcClient::Impl {
  PlcConfig config;
  const core::Clock& clock;
  PlcPoller poller;
  std::mutex mutex;
  std::condition_variable wake;
  bool stopping = false;
  std::function<void(TimePoint)> on_poll;
  std::thread thread;

  Impl(const PlcConfig& c, const std::string& endpoint, std::unique_ptr<ModbusWire> wire,
       const core::Clock& k)
      : config(c), clock(k), poller(c, endpoint, std::move(wire), k) {}

  void run() {
    TimePoint due = clock.now();
    std::unique_lock lock(mutex);
    while (!stopping) {
      lock.unlock();
      poller.poll(on_poll);
      due += config.poll_period;
      const TimePoint now = clock.now();
      if (due < now) due = now;  // late: go on from here, never catch up in a burst
      lock.lock();
      if (due > now) wake.wait_for(lock, due - now, [this] { return stopping; });
    }
    lock.unlock();
    poller.end();
  }

  void schedule() {
    std::string text = "ordinary";
    if (config.realtime_priority > 0) {
      sched_param parameter{};
      parameter.sched_priority = config.realtime_priority;
      const int error = pthread_setschedparam(pthread_self(), SCHED_FIFO, &parameter);
      text = error == 0 ? "SCHED_FIFO " + std::to_string(config.realtime_priority)
                        : std::string("ordinary; SCHED_FIFO refused: ") + std::strerror(error);
    }
    if (config.processor >= 0) {
      cpu_set_t processors;
      CPU_ZERO(&processors);
      CPU_SET(static_cast<std::size_t>(config.processor), &processors);
      const int error = pthread_setaffinity_np(pthread_self(), sizeof processors, &processors);
      text += error == 0 ? ", processor " + std::to_string(config.processor)
                         : ", processor " + std::to_string(config.processor) +
                               " refused: " + std::strerror(error);
    }
    poller.set_scheduling(std::move(text));
  }
};

PlcClient::PlcClient(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

PlcClient::~PlcClient() {
  stop();
}

core::Result<std::unique_ptr<PlcClient>> PlcClient::create(const PlcConfig& config,
                                                           const core::Clock& clock) {
  if (config.poll_period <= Duration::zero() || config.response_timeout <= Duration::zero())
    return core::Error{core::ErrorCode::kInvalidConfig,
                       "PLC: poll period and response time-out must be positive"};
  if (config.watchdog < milliseconds(100) || config.watchdog > milliseconds(500))
    return core::Error{core::ErrorCode::kInvalidConfig, "PLC: watchdog_ms must be 100 to 500"};
  ModbusConnection::Config wire;
  wire.serial = config.serial;
  wire.unit = (config.map ? *config.map : TagMap::built_in()).unit();
  wire.response_timeout = config.response_timeout;
  wire.connect_timeout = config.connect_timeout;
  std::string endpoint = config.serial.device;
  if (endpoint.empty()) {
    endpoint = config.host + ":" + std::to_string(config.port);
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const int error =
        ::getaddrinfo(config.host.c_str(), std::to_string(config.port).c_str(), &hints, &found);
    if (error != 0 || found == nullptr)
      return core::Error{core::ErrorCode::kUnavailable,
                         "PLC " + endpoint + ": unknown host: " + gai_strerror(error)};
    std::memcpy(&wire.address, found->ai_addr, found->ai_addrlen);
    wire.address_size = found->ai_addrlen;
    ::freeaddrinfo(found);
  } else {
    PC_CHECK(ModbusConnection::check(config.serial));
  }
  auto impl = std::make_unique<Impl>(config, endpoint,
                                     std::make_unique<ModbusConnection>(wire, clock), clock);
  return std::unique_ptr<PlcClient>(new PlcClient(std::move(impl)));
}

void PlcClient::start(std::function<void(TimePoint)> on_poll) {
  PC_ASSERT(!impl_->thread.joinable());
  impl_->on_poll = std::move(on_poll);
  impl_->stopping = false;
  impl_->thread = std::thread([impl = impl_.get()] {
    pthread_setname_np(pthread_self(), "plc");
    impl->schedule();
    impl->run();
  });
}

void PlcClient::stop() {
  if (!impl_->thread.joinable()) return;
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->stopping = true;
  }
  impl_->wake.notify_all();
  impl_->thread.join();
}

PlcImage PlcClient::image() const {
  return impl_->poller.image();
}

void PlcClient::set_outputs(const PlcOutputs& outputs) {
  impl_->poller.set_outputs(outputs);
}

PlcStats PlcClient::stats() const {
  return impl_->poller.stats();
}

}  // namespace portcullis::plc
