#include "archive/audit/audit_log.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/files.h"
#include "core/log.h"

namespace portcullis::archive {
namespace {

constexpr const char* kAuditComponent = "audit";
constexpr std::chrono::seconds kRetry{1};
constexpr std::size_t kBatchMax = 256;

std::filesystem::path head_file(const std::filesystem::path& key_file) {
  auto path = key_file;
  path += ".head";
  return path;
}

}  // namespace

core::Result<std::unique_ptr<AuditLog>> AuditLog::open(const Options& options) {
  PC_TRY(auto key, SignerKey::load_or_make(options.key_file, options.origin));
  PC_TRY(auto files, DiskLogFiles::open(options.folder, DiskLogFiles::Access::kWrite));
  std::unique_ptr<AuditLog> log(new AuditLog(options, std::move(files)));
  PC_TRY(log->salts_, Salts::open(options.salt_file));
  // What stands beside the key must be in the log, so it is looked at before a new log is begun.
  PC_CHECK(log->check_head());
  auto writer = TileLogWriter::open(log->files_, std::move(key));
  if (!writer.ok()) return writer.error().with_context(options.folder.string());
  log->writer_.emplace(std::move(writer).value());
  log->size_ = log->writer_->size();
  log->thread_ = std::thread([raw = log.get()] { raw->run(); });
  return log;
}

core::Status AuditLog::check_head() {
  PC_TRY(const auto key, SignerKey::load(options_.key_file));
  const auto head = core::read_file(head_file(options_.key_file), 1U << 16U);
  if (!head.ok()) {
    if (head.error().code == core::ErrorCode::kNotFound) return {};
    return head.error();
  }
  auto known = open_checkpoint(*head, key.verifier());
  if (!known.ok()) return known.error().with_context(head_file(options_.key_file).string());
  const auto rolled_back = [&](std::string_view why) {
    return core::Error{core::ErrorCode::kCorrupt,
                       fmt::format("{}: is not the log that was written before ({} entries): {}; "
                                   "bring it back from its copy",
                                   options_.folder.string(), known->size, why)};
  };
  const auto reader = TileLogReader::open(files_, key.verifier());
  if (!reader.ok()) return rolled_back(reader.error().message);
  if (const auto continued = reader->consistency(*known); !continued.ok())
    return rolled_back(continued.error().message);
  return {};
}

AuditLog::~AuditLog() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void AuditLog::add(Draft draft) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back({++tickets_, std::move(draft)});
  }
  wake_.notify_one();
}

core::Result<std::uint64_t> AuditLog::add_and_wait(Draft draft, core::Duration limit) {
  std::unique_lock lock(mutex_);
  const std::uint64_t ticket = ++tickets_;
  const std::uint64_t kNone = ~std::uint64_t{0};
  index_of_[ticket] = kNone;
  waiting_.push_back({ticket, std::move(draft)});
  wake_.notify_one();
  const bool done = written_.wait_for(lock, limit, [&] { return tickets_done_ >= ticket; });
  const std::uint64_t index = index_of_[ticket];
  index_of_.erase(ticket);
  if (!done) {
    return core::Error{
        core::ErrorCode::kTimeout,
        fmt::format("{}: the entry is not on the disk yet{}{}", options_.folder.string(),
                    problem_.empty() ? "" : ": ", problem_)};
  }
  if (index == kNone)
    return core::Error{core::ErrorCode::kInvalidInput, "the entry could not be written as JSON"};
  return index;
}

bool AuditLog::flush(core::Duration limit) {
  std::unique_lock lock(mutex_);
  const std::uint64_t all = tickets_;
  return written_.wait_for(lock, limit, [&] { return tickets_done_ >= all; });
}

std::string AuditLog::problem() const {
  const std::lock_guard lock(mutex_);
  return problem_;
}

std::uint64_t AuditLog::size() const {
  const std::lock_guard lock(mutex_);
  return size_;
}

core::Result<std::vector<std::pair<std::uint64_t, AuditEntry>>> AuditLog::newest(
    std::uint64_t count_max) const {
  PC_TRY(const auto reader, TileLogReader::open(files_, writer_->verifier()));
  std::vector<std::pair<std::uint64_t, AuditEntry>> entries;
  const std::uint64_t begin = reader.size() - std::min(reader.size(), count_max);
  PC_CHECK(reader.for_each(begin, reader.size(),
                           [&](std::uint64_t index, std::string_view text) -> core::Status {
                             PC_TRY(auto entry, parse_audit_entry(text));
                             entries.emplace_back(index, std::move(entry));
                             return {};
                           }));
  return entries;
}

core::Result<std::string> AuditLog::text_of(const Draft& draft) {
  AuditEntry entry = draft.entry;
  if (!draft.person.empty()) {
    PC_TRY(const auto hash, salts_->hash("person", draft.person));
    entry.actor = "person:" + hash;
  }
  for (const auto& [kind, value] : draft.personal) {
    if (value.empty()) continue;
    PC_TRY(auto hash, salts_->hash(kind, value));
    entry.data[kind + "_hash"] = std::move(hash);
  }
  return to_canonical_json(entry);
}

core::Status AuditLog::write(const std::vector<std::string>& entries, std::uint64_t& first) {
  first = writer_->size();
  if (auto appended = writer_->append(entries); !appended.ok()) {
    // Whether the batch came to its checkpoint is seen in the log itself.
    PC_CHECK(writer_->reload());
    if (writer_->size() == first) return appended.error();
  }
  // Failing here is no reason to log the batch again; the next one brings it up to date.
  if (const auto kept =
          core::write_file_atomically(head_file(options_.key_file), writer_->checkpoint_note());
      !kept.ok())
    core::log_error(kAuditComponent, kept.error().message);
  return {};
}

void AuditLog::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    std::vector<std::string> entries;
    std::vector<std::uint64_t> tickets;
    const std::size_t count = std::min(waiting_.size(), kBatchMax);
    const std::vector<Waiting> batch(waiting_.begin(),
                                     waiting_.begin() + static_cast<std::ptrdiff_t>(count));
    lock.unlock();
    core::Status status;
    for (const auto& one : batch) {
      auto text = text_of(one.draft);
      if (text.ok() && text->size() <= 0xFFFF) {
        entries.push_back(std::move(text).value());
        tickets.push_back(one.ticket);
      } else if (text.ok() || text.error().code == core::ErrorCode::kInvalidInput) {
        // No disk makes it better; the program's own log keeps what it was.
        core::log_error(kAuditComponent,
                        fmt::format("entry {} of {} left out: {}", one.draft.entry.type,
                                    one.draft.entry.subject,
                                    text.ok() ? "it is too long" : text.error().message));
      } else {
        status = text.error();
        break;
      }
    }
    std::uint64_t first = 0;
    if (status.ok() && !entries.empty()) status = write(entries, first);
    lock.lock();
    if (status.ok()) {
      for (std::size_t i = 0; i < tickets.size(); ++i) {
        if (const auto asked = index_of_.find(tickets[i]); asked != index_of_.end())
          asked->second = first + i;
      }
      waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(count));
      tickets_done_ = batch.back().ticket;
      size_ = writer_->size();
      if (!problem_.empty()) core::log_info(kAuditComponent, "the audit log is written again");
      problem_.clear();
      written_.notify_all();
      continue;
    }
    if (problem_ != status.error().message)
      core::log_error(kAuditComponent,
                      fmt::format("{}; {} entries wait", status.error().message, waiting_.size()));
    problem_ = status.error().message;
    if (stopping_) return;
    wake_.wait_for(lock, kRetry, [&] { return stopping_; });
  }
}

}  // namespace portcullis::archive
