#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "archive/audit/audit_entry.h"
#include "archive/audit/log_files.h"
#include "archive/audit/salts.h"
#include "archive/audit/tile_log.h"
#include "core/result.h"
#include "core/time.h"

namespace portcullis::archive {

/// What a program writes its audit entries to: a queue before a TileLogWriter, on a thread of its
/// own, that appends all that waits as one batch. A disk that fails loses nothing that is still in
/// memory: the batch is tried again until it is in.
///
/// Beside the private key stands the newest checkpoint (KEY.head). A log that is shorter than that,
/// or other than that, was rolled back and is refused at open.
/// Ownership: owns its files and thread; the destructor writes what waits, if the disk lets it.
/// Threading: thread-safe. add() never waits.
class AuditLog final {
 public:
  struct Options {
    std::filesystem::path folder;    ///< Of the log; anyone may read it.
    std::filesystem::path key_file;  ///< Of the private key; made where missing.
    std::filesystem::path salt_file;
    /// Name of the log where its key is made; the key keeps it. No blanks, no '+'.
    std::string origin;
  };
  /// An entry with what is personal still readable; its hashes are what is logged.
  struct Draft {
    AuditEntry entry;
    std::string person{};  ///< The actor is this person; empty: entry.actor stands.
    std::map<std::string, std::string> personal{};  ///< kind to value; logged as "KIND_hash".
  };

  /// Fails where the log, its key or its salts cannot be used, or the log was tampered with.
  static core::Result<std::unique_ptr<AuditLog>> open(const Options& options);
  ~AuditLog();
  AuditLog(const AuditLog&) = delete;
  AuditLog& operator=(const AuditLog&) = delete;

  void add(Draft draft);
  /// Index of the entry once it is on the disk; kTimeout where that takes longer. It may still be
  /// logged after that.
  core::Result<std::uint64_t> add_and_wait(Draft draft, core::Duration limit);
  /// True once all that was added is on the disk.
  [[nodiscard]] bool flush(core::Duration limit);

  /// Empty while all is well; else why entries wait.
  [[nodiscard]] std::string problem() const;
  [[nodiscard]] std::uint64_t size() const;
  /// The last entries with their indices, at most `count_max`, oldest first.
  [[nodiscard]] core::Result<std::vector<std::pair<std::uint64_t, AuditEntry>>> newest(
      std::uint64_t count_max) const;
  [[nodiscard]] const std::filesystem::path& folder() const { return options_.folder; }

 private:
  struct Waiting {
    std::uint64_t ticket;
    Draft draft;
  };
  AuditLog(Options options, DiskLogFiles files)
      : options_(std::move(options)), files_(std::move(files)) {}
  core::Status check_head();
  void run();
  core::Result<std::string> text_of(const Draft& draft);
  /// Entries into the log and the head beside the key.
  core::Status write(const std::vector<std::string>& entries, std::uint64_t& first);

  const Options options_;
  DiskLogFiles files_;
  std::unique_ptr<Salts> salts_;
  std::optional<TileLogWriter> writer_;  // the thread's own once it runs

  mutable std::mutex mutex_;
  std::condition_variable wake_, written_;
  std::deque<Waiting> waiting_;
  std::map<std::uint64_t, std::uint64_t> index_of_;  // of tickets that somebody waits for
  std::uint64_t tickets_ = 0, tickets_done_ = 0;
  std::uint64_t size_ = 0;
  std::string problem_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace portcullis::archive
