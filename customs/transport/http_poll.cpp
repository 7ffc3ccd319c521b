#include "customs/transport/http_poll.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <sstream>

#include "core/files.h"
#include "core/log.h"
#include "customs/adapters/quotable.h"
#include "customs/gateway/message_form.h"
#include "customs/gateway/retry.h"

namespace portcullis::customs {

namespace {

constexpr std::size_t kKeysBytesMax = 1'000'000;
constexpr std::size_t kKeyBytesMax = 100;
constexpr std::size_t kKeysMax = 10'000;
constexpr core::Duration kIdle = std::chrono::seconds(1);

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

}  // namespace

core::Status HttpPoll::check(const Config& config) {
  const auto wrong = [&](std::string_view why) {
    return core::Error{core::ErrorCode::kInvalidConfig, fmt::format("{}: {}", config.name, why)};
  };
  auto address = config.address;
  if (address.find("{key}") == std::string::npos)
    return wrong("address: has no {key}, so that it would ask for the same again and again");
  if ((address.find("{secret}") != std::string::npos) != !config.secret.empty())
    return wrong("secret: a file and {secret} in the address go together");
  for (const auto* part : {"{key}", "{second}", "{secret}"}) replace_all(address, part, "x");
  if (address.find_first_of("{}") != std::string::npos)
    return wrong("address: has other than {key}, {second} and {secret} in braces");
  return check_http_address(address);
}

HttpPoll::HttpPoll(Config config, Gateway& gateway, const core::Clock& clock)
    : config_(std::move(config)),
      gateway_(gateway),
      clock_(clock),
      client_(config_.peer),
      next_(clock.now()) {}

core::Result<std::vector<HttpPoll::Key>> HttpPoll::read_keys() const {
  PC_TRY(const auto text, core::read_file(config_.keys, kKeysBytesMax));
  std::vector<Key> keys;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream words(line);
    Key key;
    words >> key.first >> key.second;
    if (key.first.empty()) continue;
    if (key.first.size() > kKeyBytesMax || key.second.size() > kKeyBytesMax ||
        keys.size() >= kKeysMax)
      return core::Error{
          core::ErrorCode::kInvalidInput,
          fmt::format("{}: \"{}\": a key has at most {} bytes, the file {} keys",
                      config_.keys.string(), quotable(line, 40), kKeyBytesMax, kKeysMax)};
    keys.push_back(std::move(key));
  }
  return keys;
}

core::Result<std::string> HttpPoll::address_of(const Key& key) const {
  auto address = config_.address;
  // The secret first: a key cannot name it.
  if (!config_.secret.empty()) {
    PC_TRY(const auto secret, read_secret(config_.secret));
    replace_all(address, "{secret}", http_encoded(secret));
  }
  replace_all(address, "{second}", http_encoded(key.second));
  replace_all(address, "{key}", http_encoded(key.first));
  return address;
}

core::Status HttpPoll::ask(const Key& key, std::int64_t& retry_after_s) {
  PC_TRY(const auto address, address_of(key));
  PC_TRY(auto answer, client_.get(address));
  // Nothing is known of it yet.
  if (answer.status == 204 || answer.status == 404) return {};
  if (answer.status != 200) {
    retry_after_s = answer.retry_after_s;
    return core::Error{
        core::ErrorCode::kUnavailable,
        fmt::format("{} answers with status {}",
                    config_.address.substr(0, config_.address.find('?')), answer.status)};
  }
  std::promise<core::Result<Receipt>> promise;
  gateway_.submit(form_message({std::move(answer.body), config_.name, "poll"}, clock_.utc_now()),
                  [&](core::Result<Receipt> told) { promise.set_value(std::move(told)); });
  const auto told = promise.get_future().get();
  if (!told.ok()) return told.error();
  if (told->state == MessageState::kRefused && !told->repeated)
    core::log_warning("gateway", fmt::format("the answer for {} was refused: {}",
                                             quotable(key.first, 40), told->reason));
  return {};
}

core::Duration HttpPoll::step() {
  const auto now = clock_.now();
  if (now < next_) return next_ - now;
  const auto keys = read_keys();
  core::Status done;
  core::Duration pause = kIdle;
  if (!keys.ok()) {
    done = keys.error();
  } else {
    // What is no longer asked for is forgotten; what is new is due at once.
    std::map<Key, core::TimePoint> due;
    for (const auto& key : *keys) {
      const auto known = due_.find(key);
      due.emplace(key, known == due_.end() ? now : known->second);
    }
    due_ = std::move(due);
    const auto next = std::min_element(
        due_.begin(), due_.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    if (next != due_.end() && next->second <= now) {
      std::int64_t retry_after_s = 0;
      done = ask(next->first, retry_after_s);
      if (done.ok()) {
        attempts_ = 0;
        next->second = now + std::chrono::seconds(config_.period_s);
        pause = std::chrono::milliseconds(config_.gap_ms);
      } else {
        pause = core::Duration(retry_after_ns(attempts_++, retry_after_s));
        next->second = now + pause;  // Another key's turn: this one may be what is wrong.
      }
    }
  }
  note(done.ok() ? std::string() : fmt::format("{}: {}", config_.name, done.error().message));
  next_ = clock_.now() + pause;
  return pause;
}

void HttpPoll::note(std::string problem) {
  const std::lock_guard lock(mutex_);
  if (problem == problem_) return;
  if (problem.empty())
    core::log_info("gateway", config_.name + ": answers again");
  else
    core::log_error("gateway", problem);
  problem_ = std::move(problem);
}

std::string HttpPoll::problem() const {
  const std::lock_guard lock(mutex_);
  return problem_;
}

}  // namespace portcullis::customs
