#include "firmware_bridge/detector/native_detector.h"

#include <algorithm>
#include <chrono>
#include <limits>

#include "core/line.h"

namespace portcullis::firmware_bridge {
namespace {

using std::chrono::milliseconds;

constexpr core::Duration kNeverAge = std::chrono::hours(24 * 365);
constexpr core::TimePoint kNeverHeard{core::Duration(std::numeric_limits<std::int64_t>::min() / 4)};
constexpr std::int64_t kSequenceMax = std::numeric_limits<std::uint32_t>::max();

core::Error detector_setting_error(std::string_view field, std::uint32_t value,
                                   std::string_view range) {
  return {core::ErrorCode::kInvalidConfig, "detector settings: " + std::string(field) + " " +
                                               std::to_string(value) + " is not within " +
                                               std::string(range)};
}

}  // namespace

NativeDetector::NativeDetector(const DetectorConfig& config, const core::Clock& clock)
    : config_(config),
      clock_(&clock),
      link_("detector", config.endpoint, clock, [this] { return tick(); }),
      resends_(1024),
      answered_at_(kNeverHeard) {
  view_.last_error = link_.name() + ": not connected yet";
  thread_ = std::thread([this] { run(); });
}

NativeDetector::~NativeDetector() {
  stopping_.store(true);
  link_.wake();
  thread_.join();
}

core::Status NativeDetector::call(std::string what, std::function<core::Status()> work) {
  auto job = std::make_shared<Job>();
  job->what = std::move(what);
  job->work = std::move(work);
  std::unique_lock lock(mutex_);
  if (!view_.connected) {
    return core::Error{core::ErrorCode::kUnavailable,
                       link_.name() + ": " + job->what + ": not connected"};
  }
  jobs_.push_back(job);
  link_.wake();
  if (!changed_.wait_for(lock, config_.command_timeout, [&] { return job->done; })) {
    job->abandoned = true;
    return core::Error{core::ErrorCode::kTimeout,
                       link_.name() + ": " + job->what + ": not carried out in " +
                           std::to_string(config_.command_timeout / milliseconds(1)) + " ms"};
  }
  return job->status;
}

core::Status NativeDetector::run_jobs() {
  for (;;) {
    std::shared_ptr<Job> job;
    {
      const std::lock_guard lock(mutex_);
      while (!jobs_.empty() && jobs_.front()->abandoned) jobs_.pop_front();
      if (jobs_.empty()) return {};
      job = jobs_.front();
      jobs_.pop_front();
    }
    core::Status status = job->work();
    {
      const std::lock_guard lock(mutex_);
      job->status = status;
      job->done = true;
      if (!status.ok()) view_.last_error = status.error().message;
    }
    changed_.notify_all();
    // A refusal is an answer; anything else has ended the connection.
    if (!status.ok() && !link_.connected()) return status;
  }
}

core::Status NativeDetector::command(const std::string& line) {
  in_command_ = true;
  core::Status status = link_.command(line, config_.reply_timeout);
  in_command_ = false;
  return status;
}

core::Status NativeDetector::set(const std::string& header, const std::string& value) {
  PC_CHECK(command(header + " " + value));
  PC_TRY(const std::string reply, link_.query(header + "?", config_.reply_timeout));
  if (reply == value) return {};
  return core::Error{core::ErrorCode::kRefused, link_.name() + ": " + header + "? reads back \"" +
                                                    reply.substr(0, 60) + "\", not the \"" + value +
                                                    "\" that was set; the setting is not in force"};
}

core::Status NativeDetector::configure(const DetectorSettings& settings) {
  if (settings.integration_us < 1 || settings.integration_us > 65'535) {
    return detector_setting_error("integration_us", settings.integration_us, "1 to 65535");
  }
  if (settings.gain > 255) return detector_setting_error("gain", settings.gain, "0 to 255");
  if (settings.encoder_divider < 1 || settings.encoder_divider > 65'535) {
    return detector_setting_error("encoder_divider", settings.encoder_divider, "1 to 65535");
  }
  return call("configure", [this, settings]() -> core::Status {
    // A device that does not know how to stop what does not run says so; that is no failure.
    core::Status stopped = command("DET:STOP");
    if (!stopped.ok() && stopped.error().code != core::ErrorCode::kRefused) return stopped;
    {
      const std::lock_guard lock(mutex_);
      view_.running = false;
    }
    PC_CHECK(set("DET:TINT", std::to_string(settings.integration_us)));
    PC_CHECK(set("DET:GAIN", std::to_string(settings.gain)));
    PC_CHECK(set("DET:TRIG", settings.trigger == DetectorTrigger::kInternal ? "INT"
                             : settings.trigger == DetectorTrigger::kExternal
                                 ? "EXT"
                                 : "ENC," + std::to_string(settings.encoder_divider)));
    return set("DET:PATT", settings.pattern == DetectorPattern::kOff    ? "OFF"
                           : settings.pattern == DetectorPattern::kRamp ? "RAMP"
                                                                        : "PRBS");
  });
}

core::Status NativeDetector::set_destination(std::string_view ip, std::uint16_t port) {
  std::string line = format_scpi("DET:DEST", {std::string(ip), std::to_string(port)});
  return call("DET:DEST", [this, line = std::move(line)] { return command(line); });
}

core::Result<std::uint32_t> NativeDetector::arm() {
  // Shared with the job: after a time-out it may still be running when this call has returned.
  auto id = std::make_shared<std::uint32_t>(0);
  const core::Status status = call("DET:ARM", [this, id]() -> core::Status {
    std::uint32_t before = 0;
    {
      const std::lock_guard lock(mutex_);
      before = view_.arm_id;
    }
    PC_CHECK(command("DET:ARM"));
    PC_TRY(const std::string reply, link_.query("DET:ARM?", config_.reply_timeout));
    const auto value = parse_scpi_integer(reply);
    if (!value || *value < 1 || *value > kSequenceMax || *value == before)
      return protocol_error("DET:ARM?", reply);
    *id = static_cast<std::uint32_t>(*value);
    const std::lock_guard lock(mutex_);
    view_.arm_id = *id;
    view_.running = false;
    return {};
  });
  if (!status.ok()) return status.error();
  return *id;
}

core::Status NativeDetector::start() {
  return call("DET:START", [this]() -> core::Status {
    PC_CHECK(command("DET:START"));
    const std::lock_guard lock(mutex_);
    view_.running = true;
    return {};
  });
}

core::Status NativeDetector::stop() {
  return call("DET:STOP", [this]() -> core::Status {
    PC_CHECK(command("DET:STOP"));
    const std::lock_guard lock(mutex_);
    view_.running = false;
    return {};
  });
}

core::Result<std::optional<SequenceRange>> NativeDetector::range(std::uint16_t module) {
  auto out = std::make_shared<std::optional<SequenceRange>>();
  const std::string line = "DET:RANG? " + std::to_string(module);
  const core::Status status = call(line, [this, line, out]() -> core::Status {
    PC_TRY(const std::string reply, link_.query(line, config_.reply_timeout));
    if (reply == "NONE") return {};
    const auto fields = split_scpi_fields(reply);
    const auto first = parse_scpi_integer(fields[0]);
    const auto last = fields.size() == 2 ? parse_scpi_integer(fields[1]) : std::nullopt;
    if (!first || !last || *first < 0 || *last < *first || *last > kSequenceMax)
      return protocol_error(line, reply);
    *out = SequenceRange{static_cast<std::uint32_t>(*first), static_cast<std::uint32_t>(*last)};
    return {};
  });
  if (!status.ok()) return status.error();
  return *out;
}

bool NativeDetector::request_resend(const ResendRequest& request) noexcept {
  if (link_.connected() && resends_.try_push(ResendRequest{request})) {
    link_.wake();
    return true;
  }
  resends_refused_.fetch_add(1, std::memory_order_relaxed);
  return false;
}

DetectorView NativeDetector::view() const {
  const std::lock_guard lock(mutex_);
  DetectorView out = view_;
  if (out.connected && !link_.connected()) {
    // Lost a moment ago; the driver's thread is about to say so.
    out.connected = out.inventory_known = false;
    if (out.last_error.empty()) out.last_error = link_.name() + ": connection lost";
  }
  out.answer_age = std::min<core::Duration>(clock_->now() - answered_at_, kNeverAge);
  out.resends_asked = resends_asked_.load(std::memory_order_relaxed);
  out.resends_refused = resends_refused_.load(std::memory_order_relaxed);
  return out;
}

core::Duration NativeDetector::tick() {
  // Between a command and its SYST:ERR? a refused resend would be taken for the command's error.
  ResendRequest request;
  while (!in_command_ && resends_.try_pop(request)) {
    const core::Status status = link_.send(
        format_scpi("DET:RESEND", {std::to_string(request.module), std::to_string(request.first),
                                   std::to_string(request.last)}));
    auto& counter = status.ok() ? resends_asked_ : resends_refused_;
    counter.fetch_add(1, std::memory_order_relaxed);
  }
  return config_.poll_period;
}

core::Error NativeDetector::protocol_error(std::string_view query, std::string_view reply) {
  link_.close();
  return {core::ErrorCode::kProtocol, link_.name() + ": " + std::string(query) + " answered \"" +
                                          std::string(reply.substr(0, 60)) + "\"; reconnecting"};
}

void NativeDetector::lose(const core::Error& error) {
  link_.close();
  ResendRequest request;
  while (resends_.try_pop(request)) resends_refused_.fetch_add(1, std::memory_order_relaxed);
  const std::lock_guard lock(mutex_);
  view_.connected = false;
  view_.inventory_known = false;
  view_.last_error = error.message;
  if (error.code == core::ErrorCode::kTimeout) ++view_.timeouts;
  if (error.code == core::ErrorCode::kProtocol) ++view_.malformed;
  for (auto& job : jobs_) {
    job->status = core::Error{core::ErrorCode::kUnavailable,
                              link_.name() + ": " + job->what + ": connection lost"};
    job->done = true;
  }
  jobs_.clear();
  changed_.notify_all();
}

void NativeDetector::run() {
  WakeEvent pause;
  while (!stopping_.load()) {
    core::Status status = link_.connect(config_.connect_timeout);
    if (status.ok()) status = serve();
    in_command_ = false;
    lose(status.ok() ? core::Error{core::ErrorCode::kUnavailable, link_.name() + ": shut down"}
                     : status.error());
    for (core::Duration left = config_.reconnect_after; left.count() > 0 && !stopping_.load();
         left -= milliseconds(20)) {
      pause.wait(20);
    }
  }
}

core::Status NativeDetector::serve() {
  PC_CHECK(introduce());
  core::TimePoint polled_at = clock_->now();
  while (!stopping_.load()) {
    PC_CHECK(run_jobs());
    if (clock_->now() - polled_at >= config_.poll_period) {
      polled_at = clock_->now();
      PC_CHECK(poll());
    }
    PC_CHECK(link_.idle(config_.poll_period));
  }
  return {};
}

core::Result<double> NativeDetector::temperature(std::uint16_t module) {
  const std::string line = "DET:TEMP? " + std::to_string(module);
  PC_TRY(const std::string reply, link_.query(line, config_.reply_timeout));
  const auto value = parse_scpi_number(reply);
  if (!value || *value < -273.15 || *value > 1000) return protocol_error(line, reply);
  return *value;
}

core::Status NativeDetector::introduce() {
  PC_TRY(const std::string identity_reply, link_.query("*IDN?", config_.reply_timeout));
  const auto identity = parse_scpi_identity(identity_reply);
  if (!identity.ok()) return identity.error().with_context(link_.name());
  PC_TRY([[maybe_unused]] const ScpiError old, link_.drain_errors(config_.reply_timeout));
  PC_TRY(const std::string count_reply, link_.query("DET:COUNT?", config_.reply_timeout));
  const auto count = parse_scpi_integer(count_reply);
  if (!count || *count < 1 || *count > core::kModulesMax)
    return protocol_error("DET:COUNT?", count_reply);
  std::vector<DetectorModule> modules;
  for (std::int64_t m = 0; m < *count; ++m) {
    const std::string line = "DET:INFO? " + std::to_string(m);
    PC_TRY(const std::string reply, link_.query(line, config_.reply_timeout));
    const auto fields = split_scpi_fields(reply);
    if (fields.size() != 4) return protocol_error(line, reply);
    const auto pixels = parse_scpi_integer(fields[2]);
    const auto pitch = parse_scpi_number(fields[3]);
    if (!pixels || *pixels < 1 || *pixels > 65'535 || !pitch || *pitch <= 0)
      return protocol_error(line, reply);
    modules.push_back(
        {fields[0], fields[1], static_cast<std::uint16_t>(*pixels), *pitch, std::nullopt});
  }
  PC_TRY(const std::string arm_reply, link_.query("DET:ARM?", config_.reply_timeout));
  const auto arm_id = parse_scpi_integer(arm_reply);
  if (!arm_id || *arm_id < 0 || *arm_id > kSequenceMax)
    return protocol_error("DET:ARM?", arm_reply);
  const std::lock_guard lock(mutex_);
  view_.simulated = identity->simulated;
  view_.identity = identity->manufacturer + " " + identity->model + " " + identity->serial + " " +
                   identity->firmware;
  view_.modules = std::move(modules);
  view_.inventory_known = true;
  // Another arm id than before means that the device was restarted: its run is over.
  if (view_.arm_id != static_cast<std::uint32_t>(*arm_id)) view_.running = false;
  view_.arm_id = static_cast<std::uint32_t>(*arm_id);
  view_.connected = true;
  view_.last_error.clear();
  ++view_.connections;
  answered_at_ = clock_->now();
  return {};
}

core::Status NativeDetector::poll() {
  PC_TRY(const ScpiError error, link_.drain_errors(config_.reply_timeout));
  std::uint16_t count = 0;
  {
    const std::lock_guard lock(mutex_);
    count = static_cast<std::uint16_t>(view_.modules.size());
    if (error.number != 0) view_.last_error = link_.name() + ": says " + format_scpi_error(error);
    answered_at_ = clock_->now();
  }
  const std::uint16_t module = next_temperature_ % count;
  next_temperature_ = static_cast<std::uint16_t>((module + 1) % count);
  PC_TRY(const double value, temperature(module));
  const std::lock_guard lock(mutex_);
  view_.modules[module].temperature_c = value;
  return {};
}

core::Result<std::unique_ptr<DetectorDriver>> make_detector_driver(std::string_view driver,
                                                                   const DetectorConfig& config,
                                                                   const core::Clock& clock) {
  if (driver == "native")
    return std::unique_ptr<DetectorDriver>(std::make_unique<NativeDetector>(config, clock));
  return core::Error{
      core::ErrorCode::kUnsupported,
      "detector driver \"" + std::string(driver.substr(0, 40)) + "\" is not known; known: native"};
}

}  // namespace portcullis::firmware_bridge
