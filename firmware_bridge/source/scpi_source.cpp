#include "firmware_bridge/source/scpi_source.h"

#include <pthread.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <optional>
#include <utility>

namespace portcullis::firmware_bridge {
namespace {

using std::chrono::milliseconds;

constexpr core::Duration kMeasurePeriod = milliseconds(1000);
constexpr core::Duration kLongAgo = std::chrono::hours(24 * 365);

core::Error source_setting_error(std::string_view field, double value, std::string_view range) {
  return {core::ErrorCode::kInvalidConfig, "source settings: " + std::string(field) + " " +
                                               format_scpi_number(value) + " is not within " +
                                               std::string(range)};
}

}  // namespace

std::string_view source_state_name(SourceState state) {
  switch (state) {
    case SourceState::kUnknown:
      return "unknown";
    case SourceState::kOff:
      return "off";
    case SourceState::kWarming:
      return "warming";
    case SourceState::kReady:
      return "ready";
    case SourceState::kOn:
      return "on";
    case SourceState::kFault:
      return "fault";
  }
  return "unknown";
}

std::optional<SourceState> source_state_from(std::string_view reply) {
  std::string upper;
  for (const char c : reply)
    upper.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
  if (upper == "OFF") return SourceState::kOff;
  if (upper == "WARMING") return SourceState::kWarming;
  if (upper == "READY") return SourceState::kReady;
  if (upper == "ON") return SourceState::kOn;
  if (upper == "FAULT") return SourceState::kFault;
  return std::nullopt;
}

ScpiSource::ScpiSource(const SourceConfig& config, const core::Clock& clock)
    : config_(config),
      clock_(&clock),
      link_("source", config.endpoint, clock, [this] { return tick(); }),
      alive_at_ns_(BeamWish::kNever.time_since_epoch().count()),
      wish_({config.owner_watchdog, config.heartbeat_period, config.status_stale_after}) {
  view_.last_error = link_.name() + ": not connected yet";
  thread_ = std::thread([this] { run(); });
}

ScpiSource::~ScpiSource() {
  {
    const std::lock_guard lock(mutex_);
    take_beam_away();
  }
  stopping_.store(true);
  link_.wake();
  thread_.join();
}

core::Status ScpiSource::configure(const SourceSettings& settings) {
  // Written so that NaN fails too.
  if (!(settings.energy_high_mv >= 0.1 && settings.energy_high_mv <= 25)) {
    return source_setting_error("energy_high_mv", settings.energy_high_mv, "0.1 to 25");
  }
  if (!(settings.energy_low_mv >= 0.1 && settings.energy_low_mv < settings.energy_high_mv)) {
    return source_setting_error("energy_low_mv", settings.energy_low_mv, "0.1 to energy_high_mv");
  }
  if (!(settings.pulse_rate_hz >= 1 && settings.pulse_rate_hz <= 2000)) {
    return source_setting_error("pulse_rate_hz", settings.pulse_rate_hz, "1 to 2000");
  }
  if (!(settings.dose >= 0.01 && settings.dose <= 2)) {
    return source_setting_error("dose", settings.dose, "0.01 to 2");
  }
  const std::lock_guard lock(mutex_);
  settings_ = settings;
  settings_wanted_ = settings_dirty_ = true;
  view_.settings_applied = false;
  link_.wake();
  return {};
}

void ScpiSource::set_warm(bool warm) {
  const std::lock_guard lock(mutex_);
  if (view_.warm_asked == warm) return;
  view_.warm_asked = warm;
  warm_dirty_ = true;
  link_.wake();
}

void ScpiSource::reset() {
  const std::lock_guard lock(mutex_);
  if (!view_.connected) return;
  take_beam_away();
  reset_wanted_ = true;
  link_.wake();
}

core::Status ScpiSource::request_beam(bool on) {
  using core::Error;
  using core::ErrorCode;
  const std::lock_guard lock(mutex_);
  if (!on) return wish_.withdraw() ? link_.send("BEAM:REQ OFF") : core::Status{};
  if (!view_.connected || !link_.connected()) {
    return Error{ErrorCode::kUnavailable, link_.name() + ": BEAM:REQ ON not sent: not connected"};
  }
  if (wish_.asked()) return {};
  if (const std::string why = wish_.refusal(clock_->now()); !why.empty())
    return Error{ErrorCode::kRefused, link_.name() + ": BEAM:REQ ON not sent: " + why};
  PC_CHECK(link_.send("BEAM:REQ ON"));
  wish_.ask();
  return {};
}

void ScpiSource::alive() noexcept {
  alive_at_ns_.store(clock_->now().time_since_epoch().count());
}

SourceView ScpiSource::view() const {
  const std::lock_guard lock(mutex_);
  SourceView out = view_;
  const core::TimePoint now = clock_->now();
  out.status_age = std::min<core::Duration>(now - wish_.answered_at(), kLongAgo);
  out.state = wish_.state(now);
  out.beam_asked = wish_.asked();
  out.heartbeat_running = wish_.heartbeat_running();
  if (out.connected && !link_.connected()) {
    // Lost a moment ago; the driver's thread is about to say so.
    out.connected = out.settings_applied = out.beam_asked = out.heartbeat_running = false;
    if (out.last_error.empty()) out.last_error = link_.name() + ": connection lost";
  }
  if (!out.connected || wish_.stale(now)) {
    out.state = SourceState::kUnknown;
    out.interlocks_closed = false;
    out.interlock_text = "unknown";
  }
  return out;
}

void ScpiSource::take_beam_away() {
  // Where it cannot be sent, the source drops beam for want of heartbeats.
  if (wish_.take_away()) [[maybe_unused]]
    const core::Status ignored = link_.send("BEAM:REQ OFF");
}

core::Duration ScpiSource::tick() {
  const core::TimePoint alive_at{core::Duration(alive_at_ns_.load())};
  BeamWish::Due due;
  {
    const std::lock_guard lock(mutex_);
    due = wish_.tick(clock_->now(), alive_at);
    if (due.withdraw) [[maybe_unused]]
      const core::Status ignored = link_.send("BEAM:REQ OFF");
  }
  if (due.beat) [[maybe_unused]]
    const core::Status ignored = link_.send("HB " + std::to_string(++heartbeat_));
  return due.next;
}

void ScpiSource::lose(const core::Error& error) {
  link_.close();
  const std::lock_guard lock(mutex_);
  wish_.lost();
  view_.connected = false;
  view_.settings_applied = false;
  view_.last_error = error.message;
  if (error.code == core::ErrorCode::kTimeout) ++view_.timeouts;
  if (error.code == core::ErrorCode::kProtocol) ++view_.malformed;
}

void ScpiSource::run() {
  if (config_.realtime_priority > 0) {
    sched_param parameter{};
    parameter.sched_priority = config_.realtime_priority;
    [[maybe_unused]] const int refused =
        ::pthread_setschedparam(::pthread_self(), SCHED_FIFO, &parameter);
  }
  WakeEvent pause;
  while (!stopping_.load()) {
    core::Status status = link_.connect(config_.connect_timeout);
    if (status.ok()) status = serve();
    if (stopping_.load()) break;
    lose(status.ok() ? core::Error{core::ErrorCode::kUnavailable, link_.name() + ": not connected"}
                     : status.error());
    for (core::Duration left = config_.reconnect_after; left.count() > 0 && !stopping_.load();
         left -= milliseconds(20)) {
      pause.wait(20);
    }
  }
  link_.close();
}

core::Status ScpiSource::serve() {
  PC_CHECK(introduce());
  core::TimePoint measured_at = BeamWish::kNever;
  core::TimePoint polled_at = BeamWish::kNever;
  while (!stopping_.load()) {
    PC_CHECK(apply_wishes());
    if (clock_->now() - polled_at >= config_.status_period) {
      polled_at = clock_->now();
      PC_CHECK(poll_status());
    }
    if (clock_->now() - measured_at >= kMeasurePeriod) {
      measured_at = clock_->now();
      PC_CHECK(poll_measurements());
    }
    PC_CHECK(link_.idle(config_.status_period));
  }
  return {};
}

core::Status ScpiSource::introduce() {
  measured_once_ = false;  // another device may stand there now
  // Whatever was asked for on an earlier connection is not asked for on this one.
  PC_CHECK(link_.send("BEAM:REQ OFF"));
  PC_TRY(const std::string reply, link_.query("*IDN?", config_.reply_timeout));
  const auto identity = parse_scpi_identity(reply);
  if (!identity.ok()) return identity.error().with_context(link_.name());
  PC_TRY([[maybe_unused]] const ScpiError old, link_.drain_errors(config_.reply_timeout));
  const std::lock_guard lock(mutex_);
  view_.simulated = identity->simulated;
  view_.identity = identity->manufacturer + " " + identity->model + " " + identity->serial + " " +
                   identity->firmware;
  view_.connected = true;
  view_.last_error.clear();
  ++view_.connections;
  settings_dirty_ = settings_wanted_;
  warm_dirty_ = true;
  reset_wanted_ = false;
  return {};
}

core::Status ScpiSource::apply_wishes() {
  SourceSettings settings;
  bool do_settings = false;
  bool do_warm = false;
  bool warm = false;
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(reset_wanted_, false)) {
      PC_CHECK(link_.send("*RST"));
      // What it was told before, it may have forgotten; what was said about it is no longer so.
      settings_dirty_ = settings_wanted_;
      warm_dirty_ = true;
      view_.last_error.clear();
    }
    settings = settings_;
    do_settings = std::exchange(settings_dirty_, false);
    do_warm = std::exchange(warm_dirty_, false);
    warm = view_.warm_asked;
  }
  const auto command = [&](const std::string& line) -> core::Status {
    core::Status status = link_.command(line, config_.reply_timeout);
    if (status.ok() || status.error().code != core::ErrorCode::kRefused) return status;
    const std::lock_guard lock(mutex_);
    view_.last_error = status.error().message;
    do_settings = false;  // not applied: the view says so and why
    return {};
  };
  // Accepted is not yet set: what stands there is read back.
  const auto stands = [&](const std::string& query,
                          std::initializer_list<double> wanted) -> core::Status {
    if (!do_settings) return {};
    PC_TRY(const std::string reply, link_.query(query, config_.reply_timeout));
    const auto fields = split_scpi_fields(reply);
    bool alike = fields.size() == wanted.size();
    for (std::size_t i = 0; alike && i < fields.size(); ++i) {
      const auto value = parse_scpi_number(fields[i]);
      if (!value) return protocol_error(query, reply);
      const double want = *(wanted.begin() + i);
      alike = std::abs(*value - want) <= 1e-3 * want;
    }
    if (alike) return {};
    const std::lock_guard lock(mutex_);
    view_.last_error = link_.name() + ": " + query + " reads back \"" + reply.substr(0, 60) +
                       "\", not what was set; settings are not in force";
    do_settings = false;
    return {};
  };
  if (do_settings) {
    PC_CHECK(command(format_scpi("SOUR:ENER", {format_scpi_number(settings.energy_high_mv),
                                               format_scpi_number(settings.energy_low_mv)})));
    PC_CHECK(command(format_scpi("SOUR:PRF", {format_scpi_number(settings.pulse_rate_hz)})));
    PC_CHECK(command(format_scpi("SOUR:DOSE", {format_scpi_number(settings.dose)})));
    PC_CHECK(stands("SOUR:ENER?", {settings.energy_high_mv, settings.energy_low_mv}));
    PC_CHECK(stands("SOUR:PRF?", {settings.pulse_rate_hz}));
    PC_CHECK(stands("SOUR:DOSE?", {settings.dose}));
    const std::lock_guard lock(mutex_);
    if (!settings_dirty_) view_.settings_applied = do_settings;
  }
  if (do_warm) PC_CHECK(command(warm ? "SOUR:WARM ON" : "SOUR:WARM OFF"));
  return {};
}

core::Error ScpiSource::protocol_error(std::string_view query, std::string_view reply) {
  return {core::ErrorCode::kProtocol, link_.name() + ": " + std::string(query) + " answered \"" +
                                          std::string(reply.substr(0, 60)) + "\"; reconnecting"};
}

core::Error ScpiSource::lie(std::string_view what, std::string_view reply) {
  return {core::ErrorCode::kProtocol, link_.name() + ": " + std::string(what) + " to \"" +
                                          std::string(reply.substr(0, 60)) +
                                          "\"; not believed, reconnecting"};
}

core::Status ScpiSource::poll_status() {
  PC_TRY(const std::string state_reply, link_.query("BEAM:STAT?", config_.reply_timeout));
  const auto state = source_state_from(state_reply);
  if (!state) return protocol_error("BEAM:STAT?", state_reply);
  PC_TRY(const std::string interlock_reply, link_.query("INTL?", config_.reply_timeout));
  if (interlock_reply.empty()) return protocol_error("INTL?", interlock_reply);
  {
    const std::lock_guard lock(mutex_);
    wish_.answered(*state, clock_->now());
    view_.interlocks_closed = interlock_reply == "OK";
    view_.interlock_text.clear();
    for (const std::string& name : split_scpi_fields(interlock_reply)) {
      if (!view_.interlock_text.empty()) view_.interlock_text += ", ";
      view_.interlock_text += name;
    }
    // A source that went cold by itself does not warm up by itself.
    if (*state == SourceState::kOff && view_.warm_asked) warm_dirty_ = true;
  }
  PC_TRY(const ScpiError error, link_.drain_errors(config_.reply_timeout));
  if (error.number != 0) {
    const std::lock_guard lock(mutex_);
    view_.last_error = link_.name() + ": says " + format_scpi_error(error);
  }
  return {};
}

core::Status ScpiSource::poll_measurements() {
  PC_TRY(const std::string reply, link_.query("MEAS?", config_.reply_timeout));
  const auto fields = split_scpi_fields(reply);
  if (fields.size() != 4) return protocol_error("MEAS?", reply);
  std::array<double, 4> values{};
  for (std::size_t i = 0; i < 4; ++i) {
    const auto value = parse_scpi_number(fields[i]);
    if (!value) return protocol_error("MEAS?", reply);
    values[i] = *value;
  }
  PC_TRY(const std::string arc_reply, link_.query("HIST:ARC?", config_.reply_timeout));
  const auto arcs = parse_scpi_integer(arc_reply);
  if (!arcs || *arcs < 0 || *arcs > std::numeric_limits<std::uint32_t>::max()) {
    return protocol_error("HIST:ARC?", arc_reply);
  }
  // Counters only count up, and no tube gives less than nothing: a device that says otherwise is
  // not believed in the rest either.
  if (std::any_of(values.begin(), values.end(), [](double v) { return v < 0; }))
    return protocol_error("MEAS?", reply);
  if (measured_once_ && values[3] < hours_before_ - 1e-6) return lie("beam hours went back", reply);
  if (measured_once_ && *arcs < arcs_before_) return lie("the arc counter went back", arc_reply);
  measured_once_ = true;
  hours_before_ = values[3];
  arcs_before_ = *arcs;
  const std::lock_guard lock(mutex_);
  view_.tube_kv = values[0];
  view_.beam_current_ma = values[1];
  view_.dose_rate_gy_min = values[2];
  view_.hours = values[3];
  view_.arcs = static_cast<std::uint32_t>(*arcs);
  return {};
}

core::Result<std::unique_ptr<SourceDriver>> make_source_driver(std::string_view driver,
                                                               const SourceConfig& config,
                                                               const core::Clock& clock) {
  if (driver == "scpi")
    return std::unique_ptr<SourceDriver>(std::make_unique<ScpiSource>(config, clock));
  return core::Error{
      core::ErrorCode::kUnsupported,
      "source driver \"" + std::string(driver.substr(0, 40)) + "\" is not known; known: scpi"};
}

}  // namespace portcullis::firmware_bridge
