#include "plc/modbus/plc_poller.h"

#include <algorithm>
#include <filesystem>
#include <mutex>
#include <utility>

#include "core/assert.h"
#include "plc/interlock/plausibility.h"
#include "plc/modbus/command_words.h"

namespace portcullis::plc {
namespace {

using core::Duration;
using core::TimePoint;
using std::chrono::milliseconds;

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

struct PlcPoller::Impl {
  PlcConfig config;
  const core::Clock& clock;
  const TagMap& map;
  std::string endpoint;

  // shared
  mutable std::mutex mutex;
  PlcImage shared_image;
  PlcStats shared_stats;
  PlcOutputs outputs;
  bool outputs_given = false;
  TimePoint outputs_at;

  // the polling thread alone
  std::unique_ptr<ModbusWire> link;
  bool connected = false;
  bool poll_lost = false;  // a request of this poll found no answer
  bool opening = false;
  TimePoint opening_since;
  TimePoint connect_next;
  PlcImage image;
  PlcStats stats;
  PlcOutputs commanded;
  bool commanded_once = false;
  bool commands_stand = false;  // last read-back agreed with what is commanded
  bool write_needed = true;
  bool withdrawal_open = false;  // taken away, and not yet written whole: coils go first
  std::uint16_t sequence = 0;
  std::uint16_t heartbeat = 0;
  TimePoint heartbeat_due;
  TimePoint verify_due;
  TimePoint last_poll;
  MotionWatch motion;
  std::vector<std::uint16_t> found_words;  // as large as the largest request

  Impl(const PlcConfig& c, std::string name, std::unique_ptr<ModbusWire> wire, const core::Clock& k)
      : config(c),
        clock(k),
        map(config.map ? *config.map : TagMap::built_in()),
        endpoint(std::move(name)),
        link(std::move(wire)),
        found_words(kRunBitsMax) {
    for (const Tag tag : config.unwired) image.at(tag).validity = Validity::kUnwired;
    for (std::size_t i = 0; i < kTagCount; ++i) {
      if (!map.place(static_cast<Tag>(i)).wired) image.tags[i].validity = Validity::kUnwired;
    }
    image.problem = "PLC " + endpoint + ": not connected yet";
    shared_image = image;
  }

  // ---- connection -----------------------------------------------------------------------------

  void drop() {
    link->close();
    connected = opening = false;
    image.connected = false;
    commands_stand = false;
    write_needed = true;
    motion = {};
  }

  void tell(const std::string& why) { image.problem = "PLC " + endpoint + ": " + why; }

  void give_up(TimePoint now, const std::string& why, Duration retry_after) {
    drop();
    connect_next = now + retry_after;
    tell(why);
  }

  /// Moves the connection on without waiting; true where requests may be sent.
  bool advance_connection(TimePoint now) {
    if (!connected && now < connect_next) return false;
    std::string why;
    switch (link->advance(why)) {
      case ModbusWire::Progress::kOpening:
        if (!opening) opening_since = now;
        opening = true;
        if (now - opening_since > config.connect_timeout) {
          ++stats.connect_failures;
          give_up(now, "no connection within its time; tried again", config.reconnect_after);
        }
        return false;
      case ModbusWire::Progress::kQuiet:
        return false;
      case ModbusWire::Progress::kFailed:
        ++stats.connect_failures;
        give_up(now, why, config.reconnect_after);
        return false;
      case ModbusWire::Progress::kOpened:
        opening = false;
        connected = true;
        image.connected = true;
        image.problem.clear();
        ++stats.connects;
        return true;
      case ModbusWire::Progress::kOpen:
        return true;
    }
    return false;
  }

  // ---- requests -------------------------------------------------------------------------------

  enum class Answer : std::uint8_t { kGood, kRetry, kInvalid, kLost };

  Answer judge_exception(int code, const char* request) {
    ++stats.exceptions[code < 16 ? static_cast<std::size_t>(code) : 0];
    const ExceptionOutcome outcome = exception_outcome(code);
    const std::string why = std::string(request) + ": " + exception_words(code);
    if (outcome == ExceptionOutcome::kReopen) {
      give_up(clock.now(), why, config.reconnect_after);
      return Answer::kLost;
    }
    tell(why);
    return outcome == ExceptionOutcome::kRetry ? Answer::kRetry : Answer::kInvalid;
  }

  Answer request(std::uint8_t function, const AddressRun& run, std::span<const std::uint16_t> words,
                 std::span<std::uint16_t> out, const char* what) {
    const TimePoint asked = clock.now();
    const WireAnswer outcome = link->transact(function, run.first, run.count, words, out);
    stats.late_replies = link->late_replies();
    const TimePoint now = clock.now();
    switch (outcome.kind) {
      case WireAnswer::Kind::kGood:
      case WireAnswer::Kind::kException: {
        const double ms = std::chrono::duration<double, std::milli>(now - asked).count();
        ++stats.round_trip_histogram[histogram_bucket(kRoundTripBoundsMs, ms)];
        stats.round_trip_max_ms = std::max(stats.round_trip_max_ms, ms);
        if (!outcome.good()) return judge_exception(outcome.code, what);
        return Answer::kGood;
      }
      case WireAnswer::Kind::kTimeout:
        ++stats.timeouts;
        break;
      case WireAnswer::Kind::kBadReply:
        ++stats.bad_replies;
        break;
      case WireAnswer::Kind::kLost:
        ++stats.connection_losses;
        break;
    }
    const std::string why = std::string(what) + ": " + outcome.text;
    poll_lost = true;
    commands_stand = false;
    write_needed = true;
    // The PLC did answer before: it is tried again at once.
    if (!link->open()) give_up(now, why, Duration::zero());
    tell(why);
    return Answer::kLost;
  }

  Answer read_area(Area area, std::uint8_t function, TimePoint now, const char* what) {
    for (const AddressRun& run : map.read_runs(area)) {
      const auto words = std::span(found_words).first(run.count);
      const Answer answer = request(function, run, {}, words, what);
      if (answer == Answer::kInvalid) invalidate_area(image, area);
      if (answer != Answer::kGood) return answer;
      take_run(image, map, area, run.first, words, now);
    }
    return Answer::kGood;
  }

  Answer read_inputs(TimePoint now) {
    const Answer bits = read_area(Area::kDiscreteInput, 2, now, "reading discrete inputs");
    if (bits == Answer::kLost) return bits;
    const TagReading before = image.at(Tag::kPlcHeartbeat);
    const Answer words = read_area(Area::kInputRegister, 4, now, "reading input registers");
    if (words != Answer::kGood) return words;
    const TagReading& after = image.at(Tag::kPlcHeartbeat);
    if (before.read_at.time_since_epoch().count() != 0 && before.raw != after.raw) {
      image.heartbeat_changed = now;
      image.heartbeat_seen = true;
    }
    return bits;
  }

  Answer write_area(Area area, std::uint8_t function, std::span<const std::uint16_t> words,
                    const char* what) {
    for (const AddressRun& run : map.write_runs(area)) {
      ++stats.writes;
      const Answer answer = request(function, run, words.subspan(run.first, run.count), {}, what);
      if (answer != Answer::kGood) return answer;
    }
    return Answer::kGood;
  }
  Answer write_coils(const CommandWords& words) {
    return write_area(Area::kCoil, 15, words.coils, "writing coils");
  }
  Answer write_holding(const CommandWords& words) {
    return write_area(Area::kHoldingRegister, 16, words.holding, "writing holding registers");
  }

  /// Reads what is written of an area back, takes it into the image and compares.
  Answer read_area_back(Area area, std::uint8_t function, std::span<const std::uint16_t> wanted,
                        const char* what, bool& alike) {
    for (const AddressRun& run : map.write_runs(area)) {
      const auto found = std::span(found_words).first(run.count);
      const Answer answer = request(function, run, {}, found, what);
      if (answer != Answer::kGood) return answer;
      take_run(image, map, area, run.first, found, clock.now());
      const auto expected = wanted.subspan(run.first, run.count);
      alike = alike && std::equal(found.begin(), found.end(), expected.begin());
    }
    return Answer::kGood;
  }

  Answer read_back(const CommandWords& words) {
    bool alike = true;
    Answer answer = read_area_back(Area::kCoil, 1, words.coils, "reading coils back", alike);
    if (answer != Answer::kGood) return answer;
    answer = read_area_back(Area::kHoldingRegister, 3, words.holding,
                            "reading holding registers back", alike);
    if (answer != Answer::kGood) return answer;
    commands_stand = alike;
    if (!commands_stand) {
      ++stats.write_mismatches;
      tell("commands read back otherwise than written; written again");
      write_needed = true;
    }
    return answer;
  }

  void write_outputs(const PlcOutputs& wanted, TimePoint now, bool lane_alive) {
    const bool changed = !commanded_once || !(wanted == commanded);
    withdrawal_open = withdrawal_open || (commanded_once && withdraws(commanded, wanted));
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
        encode_commands(map, commanded, heartbeat, sequence,
                        static_cast<std::uint16_t>(
                            std::chrono::duration_cast<milliseconds>(config.watchdog).count()));
    if (all) {
      write_needed = false;
      const bool coils_first = withdrawal_open;
      if (coils_first && write_coils(words) != Answer::kGood) return void(write_needed = true);
      if (write_holding(words) != Answer::kGood) return void(write_needed = true);
      if (!coils_first && write_coils(words) != Answer::kGood) return void(write_needed = true);
      withdrawal_open = false;
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
      ++stats.period_histogram[histogram_bucket(kPeriodBoundsMs, ms)];
      stats.period_max_ms = std::max(stats.period_max_ms, ms);
      if (now - last_poll > 2 * config.poll_period) ++stats.overruns;
    }
    last_poll = now;
  }

  void poll_once(const std::function<void(TimePoint)>& on_poll) {
    const TimePoint now = clock.now();
    note_period(now);
    poll_lost = false;
    bool usable = advance_connection(now);
    bool complete = false;
    if (usable) {
      const std::string before = image.problem;
      complete = read_inputs(now) == Answer::kGood;
      if (complete && image.problem == before && (commands_stand || !commanded_once))
        image.problem.clear();
    }
    if (complete) {
      const bool doubted = !image.implausible.empty();
      watch_motion(motion, image, now);
      if (!image.implausible.empty()) {
        if (!doubted) ++stats.implausible;
        tell(image.implausible);
      }
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
    // After a lost request nothing more is asked in this poll: each would cost its time-out too.
    usable = usable && connected && !poll_lost;
    if (usable && given) {
      // A lane that no longer says what it wants is taken to want nothing that moves or shines.
      if (!lane_alive) {
        wanted.request_beam_permit = false;
        wanted.request_motion = false;
      }
      write_outputs(wanted, clock.now(), lane_alive);
      publish();
    }
  }

  void end() {
    if (connected && commanded_once) {
      PlcOutputs last = commanded;
      last.request_beam_permit = false;
      last.request_motion = false;
      write_outputs(last, clock.now(), false);
    }
    drop();
    publish();
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
  config.serial.device = table.text("serial", "");
  config.serial.baud =
      static_cast<int>(table.integer("serial_baud", config.serial.baud, {1200, 921'600}));
  config.serial.parity = "NEO"[table.choice("serial_parity", 1, {"none", "even", "odd"})];
  config.serial.stop_bits =
      static_cast<int>(table.integer("serial_stop_bits", config.serial.stop_bits, {1, 2}));
  if (const auto line = ModbusConnection::check(config.serial); table.good() && !line.ok())
    table.fail("serial_baud", line.error().message);
  if (const std::filesystem::path file = table.path("map"); table.good() && !file.empty()) {
    auto map = TagMap::load(file);
    if (map.ok())
      config.map = std::make_shared<const TagMap>(std::move(map).value());
    else
      table.fail("map", map.error().message);
  }
  config.processor = static_cast<int>(table.integer("processor", -1, {-1, 1023}));
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

PlcPoller::PlcPoller(const PlcConfig& config, std::string name, std::unique_ptr<ModbusWire> wire,
                     const core::Clock& clock)
    : impl_(std::make_unique<Impl>(config, std::move(name), std::move(wire), clock)) {}

PlcPoller::~PlcPoller() = default;

void PlcPoller::poll(const std::function<void(core::TimePoint)>& on_poll) {
  impl_->poll_once(on_poll);
}

void PlcPoller::end() {
  impl_->end();
}

PlcImage PlcPoller::image() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->shared_image;
}

void PlcPoller::set_outputs(const PlcOutputs& outputs) {
  const std::lock_guard lock(impl_->mutex);
  impl_->outputs = outputs;
  impl_->outputs_given = true;
  impl_->outputs_at = impl_->clock.now();
}

PlcStats PlcPoller::stats() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->shared_stats;
}

void PlcPoller::set_scheduling(std::string text) {
  impl_->stats.scheduling = std::move(text);
}

}  // namespace portcullis::plc
