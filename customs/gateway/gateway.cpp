#include "customs/gateway/gateway.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <mutex>

#include "core/files.h"
#include "core/log.h"
#include "customs/adapters/parse.h"
#include "customs/adapters/wco/wco.h"
#include "customs/gateway/declaration_store.h"

namespace portcullis::customs {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kLogName = "gateway";
constexpr std::string_view kReasonSuffix = ".reason.txt";
constexpr std::size_t kFilesPerLook = 64;  // The rest waits: answers and callers come in between.

core::Error folder_error(const fs::path& path, const std::error_code& error) {
  return {core::ErrorCode::kIo, fmt::format("{}: {}", path.string(), error.message())};
}

core::Status make_folder(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) return folder_error(path, error);
  if (::access(path.c_str(), W_OK | X_OK) != 0)
    return core::Error{core::ErrorCode::kIo, fmt::format("{}: cannot be written: {}", path.string(),
                                                         std::strerror(errno))};
  return {};
}

void sync_folder(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

bool still_being_written(std::string_view name) {
  return name.starts_with(".") || name.ends_with(".tmp") || name.ends_with(".part");
}

/// Where `name` goes in `folder`: under its own name, or with the first digits of its content's
/// hash where another file of that name stands there.
fs::path free_place(const fs::path& folder, const std::string& name, std::string_view sha256) {
  std::error_code ignored;
  auto place = folder / name;
  if (!fs::exists(place, ignored)) return place;
  const fs::path original(name);
  const auto stem = original.stem().string().substr(0, 150);
  place =
      folder / fmt::format("{}.{}{}", stem, sha256.substr(0, 12), original.extension().string());
  for (int i = 2; fs::exists(place, ignored); ++i)
    place = folder /
            fmt::format("{}.{}-{}{}", stem, sha256.substr(0, 12), i, original.extension().string());
  return place;
}

/// A text as part of a file name.
std::string file_name_part(std::string_view text) {
  std::string out;
  for (const char c : text.substr(0, 60)) {
    const bool plain =
        (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    out += plain ? c : '_';
  }
  return out;
}

struct Seen {
  std::uintmax_t bytes = 0;
  fs::file_time_type changed;
};

}  // namespace

struct Gateway::State {
  State(Config given, const core::Clock& given_clock, DeclarationStore opened)
      : config(std::move(given)), clock(given_clock), store(std::move(opened)) {}

  std::mutex mutex;       ///< Of the store.
  std::mutex look_mutex;  ///< Of poll(): taken before `mutex`.
  const Config config;
  const core::Clock& clock;
  DeclarationStore store;
  std::map<std::string, Seen> seen;  ///< Files of the inbox as the last look found them.

  [[nodiscard]] fs::path done() const { return config.inbox / "done"; }
  [[nodiscard]] fs::path quarantine() const { return config.inbox / "quarantine"; }
  /// Messages stand here while they are worked on, so that a sender who puts another file of the
  /// same name into the inbox cannot have it moved away unread.
  [[nodiscard]] fs::path taken() const { return config.inbox / ".taken"; }

  /// Regular files by name. Links are left where they are: what they point at is not the sender's
  /// to give.
  static core::Result<std::vector<std::pair<std::string, Seen>>> list(const fs::path& folder) {
    std::error_code error;
    std::vector<std::pair<std::string, Seen>> files;
    fs::directory_iterator entries(folder, error);
    if (error) return folder_error(folder, error);
    for (; entries != fs::directory_iterator(); entries.increment(error)) {
      if (error) return folder_error(folder, error);
      std::error_code gone;
      if (!fs::is_regular_file(entries->symlink_status(gone)) || gone) continue;
      Seen now{entries->file_size(gone), {}};
      if (gone) continue;
      now.changed = entries->last_write_time(gone);
      if (!gone) files.emplace_back(entries->path().filename().string(), now);
    }
    std::sort(files.begin(), files.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    return files;
  }

  core::Status move_to(const fs::path& from, const fs::path& to) {
    std::error_code error;
    fs::rename(from, to, error);
    if (error == std::errc::no_such_file_or_directory)
      return {};  // Somebody took it back, or it was moved before.
    if (error) return folder_error(to, error);
    sync_folder(to.parent_path());
    sync_folder(from.parent_path());
    return {};
  }

  /// The reason is written before the file moves: a file in quarantine always has one.
  core::Status put_into_quarantine(const fs::path& file, const std::string& name,
                                   std::string_view sha256, std::string_view reason) {
    core::log_warning(kLogName, fmt::format("quarantined {}: {}", name, reason));
    PC_CHECK(store.note_quarantined(name, sha256, reason, clock.utc_now()));
    // No message may look like another's reason.
    const auto place =
        free_place(quarantine(), name.ends_with(kReasonSuffix) ? name + ".message" : name, sha256);
    PC_CHECK(core::write_file_atomically(
        place.string() + std::string(kReasonSuffix),
        fmt::format("{}\nsha256 {}\n{}\n", reason, sha256, core::to_iso8601(clock.utc_now()))));
    return move_to(file, place);
  }

  core::Status take(const fs::path& file, const std::string& name) {
    const auto bytes = core::read_file(file, kMessageBytesMax);
    if (!bytes.ok()) {
      if (bytes.error().code == core::ErrorCode::kNotFound) return {};
      if (bytes.error().code != core::ErrorCode::kInvalidInput)
        return bytes.error();  // The disk's fault, not the message's.
      const auto sha256 = core::sha256_file_hex(file);
      return put_into_quarantine(file, name, sha256.ok() ? *sha256 : std::string(64, '0'),
                                 fmt::format("{}: larger than {} bytes", name, kMessageBytesMax));
    }
    const auto sha256 = core::sha256_hex(*bytes);
    const auto declaration = parse_declaration(*bytes, name);
    if (!declaration.ok())
      return put_into_quarantine(file, name, sha256, declaration.error().message);
    const auto stored = store.add(*declaration, name, sha256, *bytes, clock.utc_now());
    if (!stored.ok()) {
      if (stored.error().code == core::ErrorCode::kRefused)
        return put_into_quarantine(file, name, sha256, stored.error().message);
      return stored.error();
    }
    core::log_info(kLogName, fmt::format("{} {}: declaration {}",
                                         stored->is_new ? "stored" : "again", name, stored->id));
    return move_to(file, free_place(done(), name, sha256));
  }

  core::Status write_answers() {
    PC_TRY(const auto answers, store.answers_to_write());
    for (const auto& answer : answers) {
      PC_CHECK(core::write_file_atomically(config.outbox / answer.file_name, answer.content));
      PC_CHECK(store.mark_written(answer.file_name, clock.utc_now()));
    }
    return {};
  }
};

Gateway::Gateway(std::unique_ptr<State> state) : state_(std::move(state)) {}
Gateway::~Gateway() = default;

core::Result<std::unique_ptr<Gateway>> Gateway::create(const Config& config,
                                                       const core::Clock& clock) {
  // The store first: one that is none leaves no folders behind.
  if (config.store.has_parent_path()) PC_CHECK(make_folder(config.store.parent_path()));
  PC_TRY(auto store, DeclarationStore::open(config.store));
  PC_CHECK(make_folder(config.inbox));
  PC_CHECK(make_folder(config.inbox / "done"));
  PC_CHECK(make_folder(config.inbox / "quarantine"));
  PC_CHECK(make_folder(config.inbox / ".taken"));
  PC_CHECK(make_folder(config.outbox));
  return std::unique_ptr<Gateway>(
      new Gateway(std::make_unique<State>(config, clock, std::move(store))));
}

core::Result<int> Gateway::poll() {
  State& s = *state_;
  const std::lock_guard look(s.look_mutex);
  int taken = 0;
  // What an earlier run of this program had begun.
  PC_TRY(const auto begun, s.list(s.taken()));
  for (const auto& [name, ignored] : begun) {
    const std::lock_guard lock(s.mutex);
    PC_CHECK(s.take(s.taken() / name, name));
    ++taken;
  }
  PC_TRY(const auto files, s.list(s.config.inbox));
  std::map<std::string, Seen> seen;
  for (const auto& [name, now] : files) {
    if (still_being_written(name)) continue;
    const auto before = s.seen.find(name);
    const bool still = before != s.seen.end() && before->second.bytes == now.bytes &&
                       before->second.changed == now.changed;
    if (!still || static_cast<std::size_t>(taken) >= kFilesPerLook) {
      seen.emplace(name, now);
      continue;
    }
    PC_CHECK(s.move_to(s.config.inbox / name, s.taken() / name));
    const std::lock_guard lock(s.mutex);
    PC_CHECK(s.take(s.taken() / name, name));
    ++taken;
  }
  s.seen = std::move(seen);
  const std::lock_guard lock(s.mutex);
  PC_CHECK(s.write_answers());
  return taken;
}

core::Result<std::vector<FoundDeclaration>> Gateway::find_declarations(
    const std::vector<std::string>& container_numbers, const std::string& vehicle_plate) {
  const std::lock_guard lock(state_->mutex);
  std::vector<FoundDeclaration> found;
  for (const auto& number : container_numbers) {
    PC_TRY(auto more, state_->store.find_by_container(number));
    for (auto& one : more) {
      const bool known =
          std::any_of(found.begin(), found.end(), [&](const auto& f) { return f.id == one.id; });
      if (!known) found.push_back(std::move(one));
    }
  }
  // A plate changes trailers: it speaks only where no container does.
  if (found.empty()) {
    PC_TRY(found, state_->store.find_by_plate(vehicle_plate));
  }
  return found;
}

core::Result<std::vector<FoundDeclaration>> Gateway::find_by_ucr(const std::string& ucr) {
  const std::lock_guard lock(state_->mutex);
  return state_->store.find_by_ucr(ucr);
}

core::Result<DecisionReceipt> Gateway::submit_decision(const DecisionSubmission& submission) {
  const std::lock_guard lock(state_->mutex);
  State& s = *state_;
  if (submission.idempotency_key.empty())
    return core::Error{core::ErrorCode::kInvalidInput, "idempotency_key: is empty"};
  DeclarationStore::PendingAnswer answer;
  std::string said = "Recorded; no declaration was bound, so nobody is told.";
  if (!submission.declaration_id.empty()) {
    PC_TRY(const auto declaration, s.store.declaration(submission.declaration_id));
    if (!declaration)
      return core::Error{core::ErrorCode::kNotFound,
                         fmt::format("declaration_id: no declaration \"{}\" is stored",
                                     submission.declaration_id)};
    if (declaration->system != "wco") {
      return core::Error{
          core::ErrorCode::kUnsupported,
          fmt::format("declaration_id: answers to system \"{}\" cannot be written yet",
                      declaration->system)};
    }
    PC_TRY(auto notification, wco::emit_notification(submission.decision, *declaration));
    const auto kind = wco::notification_name(wco::notification_kind(submission.decision.kind));
    answer.file_name =
        fmt::format("{}_{}_{}.xml", kind,
                    file_name_part(declaration->mrn.empty() ? declaration->lrn : declaration->mrn),
                    notification.message_id);
    answer.content = std::move(notification.xml);
    said = fmt::format("Answered {} with {}.",
                       declaration->mrn.empty() ? declaration->lrn : declaration->mrn, kind);
  }
  PC_TRY(const auto applied, s.store.apply_decision(submission, answer, s.clock.utc_now()));
  // The decision stands whether or not the outbox can be written now: poll() tries again.
  if (const auto written = s.write_answers(); !written.ok()) {
    core::log_error(kLogName, written.error().message);
    said += " The answer waits for the outbox.";
  }
  return DecisionReceipt{applied.answer_file, applied.is_new ? said : "Had been recorded before.",
                         !applied.is_new};
}

core::Result<GatewayStatus> Gateway::status() {
  const std::lock_guard lock(state_->mutex);
  return state_->store.status();
}

}  // namespace portcullis::customs
