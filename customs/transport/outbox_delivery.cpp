#include "customs/transport/outbox_delivery.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "core/files.h"
#include "core/log.h"
#include "customs/adapters/parse.h"
#include "customs/adapters/quotable.h"
#include "customs/gateway/retry.h"

namespace portcullis::customs {

namespace {

namespace fs = std::filesystem;

constexpr core::Duration kLook = std::chrono::milliseconds(500);
constexpr const char* kSent = "sent";
constexpr const char* kRefused = "refused";
constexpr std::size_t kSaidBytesMax = 300;

struct Waiting {
  fs::path path;
  fs::file_time_type written;
};

core::Error outbox_error(const fs::path& path, const std::error_code& error) {
  return {core::ErrorCode::kIo, fmt::format("{}: {}", path.string(), error.message())};
}

core::Result<std::vector<Waiting>> waiting_in(const fs::path& outbox) {
  std::error_code error;
  std::vector<Waiting> found;
  for (fs::directory_iterator entry(outbox, error); !error && entry != fs::directory_iterator();
       entry.increment(error)) {
    std::error_code gone;
    const auto name = entry->path().filename().string();
    if (name.starts_with(".") || name.ends_with(".new")) continue;
    if (!fs::is_regular_file(entry->symlink_status(gone)) || gone) continue;
    const auto written = entry->last_write_time(gone);
    if (!gone) found.push_back({entry->path(), written});
  }
  if (error) return outbox_error(outbox, error);
  std::sort(found.begin(), found.end(), [](const Waiting& a, const Waiting& b) {
    return a.written != b.written ? a.written < b.written : a.path < b.path;
  });
  return found;
}

std::string_view content_type_of(const std::string& name) {
  if (name.ends_with(".xml")) return "application/xml";
  if (name.ends_with(".json")) return "application/json";
  if (name.ends_with(".edi")) return "application/EDIFACT";
  if (name.ends_with(".x12")) return "application/EDI-X12";
  if (name.ends_with(".csv")) return "text/csv";
  return "application/octet-stream";
}

/// Fit for the value of a header.
bool is_plain_name(const std::string& name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  });
}

}  // namespace

OutboxDelivery::OutboxDelivery(fs::path outbox, Send send, const core::Clock& clock)
    : outbox_(std::move(outbox)), send_(std::move(send)), clock_(clock), next_(clock.now()) {}

core::Result<std::unique_ptr<OutboxDelivery>> OutboxDelivery::create(fs::path outbox, Send send,
                                                                     const core::Clock& clock) {
  for (const char* folder : {kSent, kRefused}) {
    std::error_code error;
    fs::create_directories(outbox / folder, error);
    if (error) return outbox_error(outbox / folder, error);
  }
  return std::unique_ptr<OutboxDelivery>(
      new OutboxDelivery(std::move(outbox), std::move(send), clock));
}

void OutboxDelivery::note(std::string problem) {
  const std::lock_guard lock(mutex_);
  if (problem == problem_) return;
  if (problem.empty())
    core::log_info("gateway", "delivery of answers works again");
  else
    core::log_error("gateway", problem);
  problem_ = std::move(problem);
}

std::string OutboxDelivery::problem() const {
  const std::lock_guard lock(mutex_);
  return problem_;
}

core::Status OutboxDelivery::deliver(const fs::path& file, bool& wait) {
  const auto name = file.filename().string();
  auto content = core::read_file(file, kMessageBytesMax);
  if (!content.ok() && content.error().code == core::ErrorCode::kNotFound) return {};
  Told told{Told::Outcome::kRefused, {}, 0};
  if (!is_plain_name(name))
    told.reason = "its name has other than letters, digits, '-', '_' and '.': rename it";
  else if (!content.ok() && content.error().code == core::ErrorCode::kInvalidInput)
    told.reason = content.error().message;
  else if (!content.ok())
    return content.error();
  else
    told = send_(name, *content);
  if (told.outcome == Told::Outcome::kLater) {
    wait = true;
    asked_s_ = told.retry_after_s;
    return core::Error{core::ErrorCode::kUnavailable,
                       fmt::format("answers wait in {}: {}", outbox_.string(), told.reason)};
  }
  const bool taken = told.outcome == Told::Outcome::kTaken;
  const auto folder = outbox_ / (taken ? kSent : kRefused);
  if (!taken) {
    core::log_error("gateway",
                    fmt::format("answer {} was refused: {}", quotable(name, 100), told.reason));
    PC_CHECK(core::write_file_atomically(folder / (name + ".reason.txt"), told.reason + "\n"));
  }
  std::error_code error;
  fs::rename(file, folder / name, error);
  if (error) return outbox_error(file, error);
  return {};
}

core::Duration OutboxDelivery::step() {
  const auto now = clock_.now();
  if (now < next_) return next_ - now;
  const auto files = waiting_in(outbox_);
  core::Status worst = files.ok() ? core::Status() : core::Status(files.error());
  bool wait = !files.ok();
  if (files.ok()) {
    for (const auto& file : *files) {
      const auto delivered = deliver(file.path, wait);
      if (!delivered.ok()) worst = delivered;
      if (wait) break;  // The receiver does not take the next one either; and their order is kept.
    }
  }
  note(worst.ok() ? std::string() : worst.error().message);
  core::Duration pause = kLook;
  if (wait) {
    pause = core::Duration(retry_after_ns(attempts_++, asked_s_));
    asked_s_ = 0;
  } else {
    attempts_ = 0;
  }
  next_ = clock_.now() + pause;
  return pause;
}

OutboxDelivery::Send http_send(HttpClient& client, std::string address) {
  return [&client, address = std::move(address)](const std::string& name,
                                                 const std::string& content) {
    using Outcome = OutboxDelivery::Told::Outcome;
    const auto answer =
        client.post(address, content,
                    {{"Content-Type", std::string(content_type_of(name))},
                     {"Idempotency-Key", "\"" + name + "\""},
                     {"Content-Disposition", fmt::format("attachment; filename=\"{}\"", name)}});
    OutboxDelivery::Told told;
    if (!answer.ok()) {
      told.reason = answer.error().message;
      return told;
    }
    const auto status = answer->status;
    told.retry_after_s = answer->retry_after_s;
    if (status >= 200 && status <= 299) {
      told.outcome = Outcome::kTaken;
      return told;
    }
    // What another try may mend: who we are, how fast we are, the receiver's own troubles.
    const bool later = status < 400 || status == 401 || status == 403 || status == 408 ||
                       status == 425 || status == 429 || status >= 500;
    told.outcome = later ? Outcome::kLater : Outcome::kRefused;
    told.reason = fmt::format("{}: status {}: {}", address.substr(0, address.find_first_of("?#")),
                              status, quotable(answer->body, kSaidBytesMax));
    return told;
  };
}

}  // namespace portcullis::customs
