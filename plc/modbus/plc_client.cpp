#include "plc/modbus/plc_client.h"

#include <fcntl.h>
#include <modbus/modbus.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <thread>

#include "core/assert.h"
#include "plc/modbus/command_words.h"

namespace portcullis::plc {
namespace {

using core::Duration;
using core::TimePoint;
using std::chrono::milliseconds;

constexpr std::size_t kDiscreteCount = kAreaSize[static_cast<std::size_t>(Area::kDiscreteInput)];
constexpr std::size_t kInputWords = kAreaSize[static_cast<std::size_t>(Area::kInputRegister)];
static_assert(kDiscreteCount <= MODBUS_MAX_READ_BITS && kInputWords <= MODBUS_MAX_READ_REGISTERS,
              "an area must fit one request");

constexpr Duration kHeartbeatPeriod = milliseconds(50);
/// Unchanged commands are read back this often all the same.
constexpr Duration kVerifyPeriod = milliseconds(100);

std::string exception_words(int code) {
  switch (code) {
    case 1:
      return "illegal function";
    case 2:
      return "illegal data address: tag table and PLC differ";
    case 3:
      return "illegal data value";
    case 4:
      return "device failure";
    case 5:
      return "acknowledge, still working";
    case 6:
      return "busy";
    case 7:
      return "negative acknowledge";
    case 8:
      return "memory parity error";
    case 10:
      return "gateway has no path";
    case 11:
      return "gateway target does not answer";
    default:
      return "exception " + std::to_string(code);
  }
}

}  // namespace

struct PlcClient::Impl {
  PlcConfig config;
  const core::Clock& clock;
  sockaddr_storage address{};
  socklen_t address_size = 0;
  std::string endpoint;
  std::vector<WriteRun> coil_runs = writable_runs(Area::kCoil);
  std::vector<WriteRun> holding_runs = writable_runs(Area::kHoldingRegister);

  // shared
  mutable std::mutex mutex;
  std::condition_variable wake;
  bool stopping = false;
  PlcImage shared_image;
  PlcStats shared_stats;
  PlcOutputs outputs;
  bool outputs_given = false;
  TimePoint outputs_at;

  // the client's thread alone
  std::function<void(TimePoint)> on_poll;
  modbus_t* context = nullptr;
  int connecting_fd = -1;
  bool connected = false;
  TimePoint connect_since;
  TimePoint connect_next;
  PlcImage image;
  PlcStats stats;
  PlcOutputs commanded;
  bool commanded_once = false;
  bool commands_stand = false;  // last read-back agreed with what is commanded
  bool write_needed = true;
  std::uint16_t sequence = 0;
  std::uint16_t heartbeat = 0;
  TimePoint heartbeat_due;
  TimePoint verify_due;
  TimePoint last_poll;
  std::thread thread;

  Impl(const PlcConfig& c, const core::Clock& k) : config(c), clock(k) {}
  ~Impl() {
    drop();
    if (context != nullptr) modbus_free(context);
  }

  // ---- connection -----------------------------------------------------------------------------

  void drop() {
    if (connecting_fd >= 0) ::close(connecting_fd);
    connecting_fd = -1;
    if (connected) modbus_close(context);
    connected = false;
    image.connected = false;
    commands_stand = false;
    write_needed = true;
  }

  void give_up(TimePoint now, std::string why) {
    drop();
    connect_next = now + config.reconnect_after;
    image.problem = "PLC " + endpoint + ": " + std::move(why);
  }

  void established() {
    modbus_set_socket(context, connecting_fd);
    connecting_fd = -1;
    connected = true;
    image.connected = true;
    image.problem.clear();
    ++stats.connects;
  }

  /// Moves the connection on without waiting.
  void advance_connection(TimePoint now) {
    if (connected) return;
    if (connecting_fd < 0) {
      if (now < connect_next) return;
      connecting_fd = ::socket(address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
      if (connecting_fd < 0) return give_up(now, std::string("no socket: ") + std::strerror(errno));
      const int on = 1;
      ::setsockopt(connecting_fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      connect_since = now;
      if (::connect(connecting_fd, reinterpret_cast<const sockaddr*>(&address), address_size) == 0)
        return established();
      if (errno != EINPROGRESS) {
        ++stats.connect_failures;
        return give_up(now,
                       std::string("no connection: ") + std::strerror(errno) + "; tried again");
      }
    }
    pollfd wait{connecting_fd, POLLOUT, 0};
    if (::poll(&wait, 1, 0) > 0) {
      int error = 0;
      socklen_t size = sizeof error;
      ::getsockopt(connecting_fd, SOL_SOCKET, SO_ERROR, &error, &size);
      if (error == 0) return established();
      ++stats.connect_failures;
      return give_up(now, std::string("no connection: ") + std::strerror(error) + "; tried again");
    }
    if (now - connect_since > config.connect_timeout) {
      ++stats.connect_failures;
      give_up(now, "no connection within its time; tried again");
    }
  }

  // ---- requests -------------------------------------------------------------------------------

  enum class Answer : std::uint8_t { kGood, kRetry, kInvalid, kLost };

  /// Judges what libmodbus returned: `wanted` items, or -1 and errno.
  Answer judge(int got, int wanted, const char* request) {
    if (got == wanted) return Answer::kGood;
    const int error = got < 0 ? errno : EMBBADDATA;
    const TimePoint now = clock.now();
    const int code = error - MODBUS_ENOBASE;
    if (code > 0 && code < MODBUS_EXCEPTION_MAX) {
      ++stats.exceptions[code < 16 ? static_cast<std::size_t>(code) : 0];
      const ExceptionOutcome outcome = exception_outcome(code);
      const std::string why = std::string(request) + ": " + exception_words(code);
      if (outcome == ExceptionOutcome::kReopen) {
        give_up(now, why);
        return Answer::kLost;
      }
      image.problem = "PLC " + endpoint + ": " + why;
      return outcome == ExceptionOutcome::kRetry ? Answer::kRetry : Answer::kInvalid;
    }
    if (error == ETIMEDOUT) {
      ++stats.timeouts;
      give_up(now, std::string(request) + ": no answer in time");
    } else if (error >= MODBUS_ENOBASE) {
      ++stats.bad_replies;
      give_up(now, std::string(request) + ": the answer does not fit the request");
    } else {
      ++stats.connection_losses;
      give_up(now, std::string(request) + ": connection lost: " + std::strerror(error));
    }
    connect_next = now;  // the PLC did answer before: try at once
    return Answer::kLost;
  }

  Answer read_inputs(TimePoint now) {
    std::array<std::uint8_t, kDiscreteCount> bits{};
    Answer answer =
        judge(modbus_read_input_bits(context, 0, static_cast<int>(kDiscreteCount), bits.data()),
              static_cast<int>(kDiscreteCount), "reading discrete inputs");
    if (answer == Answer::kLost) return answer;
    if (answer == Answer::kInvalid) invalidate_area(image, Area::kDiscreteInput);
    Answer worst = answer;
    if (answer == Answer::kGood) {
      std::array<std::uint16_t, kDiscreteCount> words{};
      std::copy(bits.begin(), bits.end(), words.begin());
      take_area(image, Area::kDiscreteInput, words, now);
    }
    std::array<std::uint16_t, kInputWords> registers{};
    answer = judge(
        modbus_read_input_registers(context, 0, static_cast<int>(kInputWords), registers.data()),
        static_cast<int>(kInputWords), "reading input registers");
    if (answer == Answer::kLost) return answer;
    if (answer == Answer::kInvalid) invalidate_area(image, Area::kInputRegister);
    if (answer != Answer::kGood) return answer;
    const TagReading before = image.at(Tag::kPlcHeartbeat);
    take_area(image, Area::kInputRegister, registers, now);
    const TagReading& after = image.at(Tag::kPlcHeartbeat);
    if (before.read_at.time_since_epoch().count() != 0 && before.raw != after.raw) {
      image.heartbeat_changed = now;
      image.heartbeat_seen = true;
    }
    return worst;
  }

  Answer write_coils(const CommandWords& words) {
    std::array<std::uint8_t, std::tuple_size_v<decltype(CommandWords::coils)>> bits{};
    std::copy(words.coils.begin(), words.coils.end(), bits.begin());
    for (const WriteRun& run : coil_runs) {
      const int count = run.count;
      ++stats.writes;
      const Answer answer =
          judge(modbus_write_bits(context, run.first, count, bits.data() + run.first), count,
                "writing coils");
      if (answer != Answer::kGood) return answer;
    }
    return Answer::kGood;
  }

  Answer write_holding(const CommandWords& words) {
    for (const WriteRun& run : holding_runs) {
      const int count = run.count;
      ++stats.writes;
      const Answer answer =
          judge(modbus_write_registers(context, run.first, count, words.holding.data() + run.first),
                count, "writing holding registers");
      if (answer != Answer::kGood) return answer;
    }
    return Answer::kGood;
  }

  /// Reads both written areas back, takes them into the image and compares.
  Answer read_back(const CommandWords& words) {
    std::array<std::uint8_t, std::tuple_size_v<decltype(CommandWords::coils)>> bits{};
    constexpr int kCoils = static_cast<int>(bits.size());
    Answer answer =
        judge(modbus_read_bits(context, 0, kCoils, bits.data()), kCoils, "reading coils back");
    if (answer != Answer::kGood) return answer;
    CommandWords found;
    constexpr int kHolding = static_cast<int>(std::tuple_size_v<decltype(CommandWords::holding)>);
    answer = judge(modbus_read_registers(context, 0, kHolding, found.holding.data()), kHolding,
                   "reading holding registers back");
    if (answer != Answer::kGood) return answer;
    std::transform(bits.begin(), bits.end(), found.coils.begin(),
                   [](std::uint8_t b) -> std::uint16_t { return b != 0 ? 1 : 0; });
    const TimePoint now = clock.now();
    take_area(image, Area::kCoil, found.coils, now);
    take_area(image, Area::kHoldingRegister, found.holding, now);
    commands_stand = found == words;
    if (!commands_stand) {
      ++stats.write_mismatches;
      image.problem =
          "PLC " + endpoint + ": commands read back otherwise than written; written again";
      write_needed = true;
    }
    return answer;
  }

  void write_outputs(const PlcOutputs& wanted, TimePoint now, bool lane_alive) {
    const bool changed = !commanded_once || !(wanted == commanded);
    const bool withdraw_first = commanded_once && withdraws(commanded, wanted);
    if (changed) {
      ++sequence;
      commanded = wanted;
      commanded_once = true;
      commands_stand = false;
      write_needed = true;
    }
    const bool beat = lane_alive && now >= heartbeat_due;
    const bool verify = write_needed || now >= verify_due;
    if (beat) {
      ++heartbeat;
      heartbeat_due = std::max(heartbeat_due + kHeartbeatPeriod, now);
    }
    if (!beat && !verify) return;
    const bool all = write_needed;
    const CommandWords words =
        encode_commands(commanded, heartbeat, sequence,
                        static_cast<std::uint16_t>(
                            std::chrono::duration_cast<milliseconds>(config.watchdog).count()));
    if (all) {
      write_needed = false;
      const bool coils_first = withdraw_first;
      if (coils_first && write_coils(words) != Answer::kGood) return void(write_needed = true);
      if (write_holding(words) != Answer::kGood) return void(write_needed = true);
      if (!coils_first && write_coils(words) != Answer::kGood) return void(write_needed = true);
    } else if (beat && write_holding(words) != Answer::kGood) {
      return void(write_needed = true);
    }
    if (!verify) return;
    verify_due = now + kVerifyPeriod;
    if (read_back(words) != Answer::kGood) {
      commands_stand = false;
      write_needed = true;
    }
  }

  // ---- the poll -------------------------------------------------------------------------------

  void publish() {
    image.taken = clock.now();
    const std::lock_guard lock(mutex);
    shared_image = image;
    shared_stats = stats;
  }

  void note_period(TimePoint now) {
    if (last_poll.time_since_epoch().count() != 0) {
      const double ms = std::chrono::duration<double, std::milli>(now - last_poll).count();
      std::size_t bucket = 0;
      while (bucket < kPeriodBoundsMs.size() && ms > kPeriodBoundsMs[bucket]) ++bucket;
      ++stats.period_histogram[bucket];
      stats.period_max_ms = std::max(stats.period_max_ms, ms);
      if (now - last_poll > 2 * config.poll_period) ++stats.overruns;
    }
    last_poll = now;
  }

  void poll_once() {
    const TimePoint now = clock.now();
    note_period(now);
    advance_connection(now);
    bool complete = false;
    if (connected) {
      const std::string before = image.problem;
      complete = read_inputs(now) == Answer::kGood;
      if (complete && image.problem == before && commands_stand) image.problem.clear();
    }
    if (complete) {
      ++stats.polls;
      image.polls = stats.polls;
      const TagReading& echo = image.at(Tag::kCommandEcho);
      if (commands_stand && commanded_once && echo.validity == Validity::kGood &&
          echo.raw == sequence) {
        image.commands_confirmed = now;
        image.commands_seen = true;
      }
    } else {
      ++stats.polls_failed;
    }
    publish();
    if (on_poll) on_poll(clock.now());
    PlcOutputs wanted;
    bool given = false;
    bool lane_alive = false;
    {
      const std::lock_guard lock(mutex);
      wanted = outputs;
      given = outputs_given;
      lane_alive = given && clock.now() - outputs_at <= config.watchdog;
    }
    image.writing = given;
    if (connected && given) {
      // A lane that no longer says what it wants is taken to want nothing that moves or shines.
      if (!lane_alive) {
        wanted.request_beam_permit = false;
        wanted.request_motion = false;
      }
      write_outputs(wanted, clock.now(), lane_alive);
      publish();
    }
  }

  void run() {
    TimePoint due = clock.now();
    std::unique_lock lock(mutex);
    while (!stopping) {
      lock.unlock();
      poll_once();
      due += config.poll_period;
      const TimePoint now = clock.now();
      if (due < now) due = now;  // late: go on from here, never catch up in a burst
      lock.lock();
      if (due > now) wake.wait_for(lock, due - now, [this] { return stopping; });
    }
    lock.unlock();
    if (connected && commanded_once) {
      PlcOutputs last = commanded;
      last.request_beam_permit = false;
      last.request_motion = false;
      write_outputs(last, clock.now(), false);
    }
    drop();
    publish();
  }

  void schedule() {
    stats.scheduling = "ordinary";
    if (config.realtime_priority > 0) {
      sched_param parameter{};
      parameter.sched_priority = config.realtime_priority;
      const int error = pthread_setschedparam(pthread_self(), SCHED_FIFO, &parameter);
      stats.scheduling = error == 0
                             ? "SCHED_FIFO " + std::to_string(config.realtime_priority)
                             : std::string("ordinary; SCHED_FIFO refused: ") + std::strerror(error);
    }
  }
};

PlcConfig read_plc_config(core::ConfigReader& table) {
  PlcConfig config;
  const auto ms = [&](std::string_view key, Duration fallback, double low, double high) {
    const double value =
        table.number(key, std::chrono::duration<double, std::milli>(fallback).count(), {low, high});
    return std::chrono::duration_cast<Duration>(std::chrono::duration<double, std::milli>(value));
  };
  config.host = table.text("host", config.host);
  config.port = static_cast<std::uint16_t>(table.integer("port", config.port, {1, 65535}));
  config.poll_period = ms("poll_period_ms", config.poll_period, 5, 100);
  config.response_timeout = ms("response_timeout_ms", config.response_timeout, 5, 500);
  config.connect_timeout = ms("connect_timeout_ms", config.connect_timeout, 10, 10'000);
  config.reconnect_after = ms("reconnect_after_ms", config.reconnect_after, 10, 10'000);
  config.watchdog = ms("watchdog_ms", config.watchdog, 100, 500);
  config.realtime_priority = static_cast<int>(table.integer("realtime_priority", 0, {0, 99}));
  for (const std::string& name : table.texts("unwired", {})) {
    const auto tag = find_tag(name);
    if (!tag) {
      table.fail("unwired", "there is no tag \"" + name + "\"");
      break;
    }
    config.unwired.push_back(*tag);
  }
  return config;
}

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
  auto impl = std::make_unique<Impl>(config, clock);
  impl->endpoint = config.host + ":" + std::to_string(config.port);
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int error =
      ::getaddrinfo(config.host.c_str(), std::to_string(config.port).c_str(), &hints, &found);
  if (error != 0 || found == nullptr)
    return core::Error{core::ErrorCode::kUnavailable,
                       "PLC " + impl->endpoint + ": unknown host: " + gai_strerror(error)};
  std::memcpy(&impl->address, found->ai_addr, found->ai_addrlen);
  impl->address_size = found->ai_addrlen;
  ::freeaddrinfo(found);

  impl->context = modbus_new_tcp(nullptr, config.port);
  if (impl->context == nullptr)
    return core::Error{core::ErrorCode::kInternal,
                       "PLC " + impl->endpoint + ": libmodbus made no context"};
  modbus_set_slave(impl->context, kModbusUnit);
  modbus_set_error_recovery(impl->context, MODBUS_ERROR_RECOVERY_NONE);
  // A byte time-out of zero makes the response time-out the bound of the whole reply.
  const auto us =
      std::chrono::duration_cast<std::chrono::microseconds>(config.response_timeout).count();
  modbus_set_response_timeout(impl->context, static_cast<std::uint32_t>(us / 1'000'000),
                              static_cast<std::uint32_t>(us % 1'000'000));
  modbus_set_byte_timeout(impl->context, 0, 0);
  for (const Tag tag : config.unwired) impl->image.at(tag).validity = Validity::kUnwired;
  impl->image.problem = "PLC " + impl->endpoint + ": not connected yet";
  impl->shared_image = impl->image;
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
  const std::lock_guard lock(impl_->mutex);
  return impl_->shared_image;
}

void PlcClient::set_outputs(const PlcOutputs& outputs) {
  const std::lock_guard lock(impl_->mutex);
  impl_->outputs = outputs;
  impl_->outputs_given = true;
  impl_->outputs_at = impl_->clock.now();
}

PlcStats PlcClient::stats() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->shared_stats;
}

}  // namespace portcullis::plc
