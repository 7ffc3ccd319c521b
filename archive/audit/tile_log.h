#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "archive/audit/log_files.h"
#include "archive/audit/signed_note.h"
#include "archive/audit/tile_names.h"
#include "core/result.h"

namespace portcullis::archive {

// The files of a log beside its tiles.
inline constexpr const char* kCheckpointFile = "checkpoint";
/// The log's own word on its key; who verifies should have the key from elsewhere.
inline constexpr const char* kKeyFile = "log.vkey";
/// Where files are written before they get their names; what is in it means nothing.
inline constexpr const char* kIncomingFolder = "incoming";

/// The writer of a transparency log in C2SP tlog-tiles layout (docs/audit.md).
///
/// Every append is one batch and ends in one checkpoint. Files are written aside, synced, renamed
/// and their folders synced, the checkpoint last, so that what a reader finds is always whole: a
/// checkpoint never stands before its tiles, and a batch whose append returned is on the disk.
/// Partial tiles that a newer checkpoint has no use for are removed.
///
/// After a failed append the writer refuses until reload(): whether the batch is in the log is then
/// said by size().
/// Ownership: borrows `files`. Threading: one thread.
class TileLogWriter final {
 public:
  /// Goes on with the log in `files`, or begins one where there are no files. kCorrupt where the
  /// log is not what its checkpoint says, or not of this key; nothing is changed then.
  static core::Result<TileLogWriter> open(LogFiles& files, SignerKey key);

  /// Entries of at most 65,535 bytes; kInvalidInput else. Index of the first.
  core::Result<std::uint64_t> append(const std::vector<std::string>& entries);
  /// Takes up what is on the disk.
  core::Status reload();

  [[nodiscard]] std::uint64_t size() const { return state_.size; }
  /// The newest, as published.
  [[nodiscard]] const std::string& checkpoint_note() const { return note_; }
  [[nodiscard]] const VerifierKey& verifier() const { return key_.verifier(); }

 private:
  /// The right edge of the tree: what the next entry changes.
  struct State {
    std::uint64_t size = 0;
    std::array<std::vector<TreeHash>, 8> edge;  // hashes of the partial tile of each level
    std::string bundle;                         // of the partial entry bundle
  };
  TileLogWriter(LogFiles& files, SignerKey key) : files_(files), key_(std::move(key)) {}
  core::Status begin_log();
  core::Status check_files(std::uint64_t size, std::vector<std::string>& stale) const;
  core::Status put(const std::string& path, std::string_view content);
  core::Status make_folders_of(const std::string& path);
  core::Status sync_changed();
  core::Status publish(const State& state);
  static TreeHash root_of(const State& state);

  LogFiles& files_;
  SignerKey key_;
  State state_;
  std::string note_;
  bool usable_ = false;
  std::set<std::string> folders_;  // known to be on the disk
  std::set<std::string> changed_;  // folders to sync
};

/// Reads a log by its checkpoint. What it gives is checked against the checkpoint's root where the
/// call says so. A writer may be at work: a newer tile serves where it has replaced an older one.
/// Ownership: borrows `files`. Threading: const calls from any thread.
class TileLogReader final {
 public:
  /// kNotFound where there is no log, kCorrupt where `key` did not sign its checkpoint.
  static core::Result<TileLogReader> open(const LogFiles& files, const VerifierKey& key);

  [[nodiscard]] const Checkpoint& checkpoint() const { return checkpoint_; }
  [[nodiscard]] const std::string& checkpoint_note() const { return note_; }
  [[nodiscard]] std::uint64_t size() const { return checkpoint_.size; }
  /// Unchecked: with inclusion() it becomes evidence.
  [[nodiscard]] core::Result<std::string> entry(std::uint64_t index) const;
  /// Unchecked entries [begin, end), in order.
  core::Status for_each(
      std::uint64_t begin, std::uint64_t end,
      const std::function<core::Status(std::uint64_t index, std::string_view)>& take) const;
  /// Checked to lead from the entry to the checkpoint's root.
  [[nodiscard]] core::Result<std::vector<TreeHash>> inclusion(std::uint64_t index) const;
  /// Checked; kCorrupt where the log is no continuation of `older`.
  [[nodiscard]] core::Result<std::vector<TreeHash>> consistency(const Checkpoint& older) const;

 private:
  TileLogReader(const LogFiles& files, std::string note, Checkpoint checkpoint)
      : files_(files), note_(std::move(note)), checkpoint_(std::move(checkpoint)) {}
  /// The bytes of a tile, or of a wider one in its place cut to its width.
  [[nodiscard]] core::Result<std::string> tile_bytes(TileName tile) const;
  [[nodiscard]] core::Result<TreeHash> subtree(unsigned level, std::uint64_t index) const;

  const LogFiles& files_;
  std::string note_;
  Checkpoint checkpoint_;
};

/// What verify_log() saw.
struct LogVerification {
  Checkpoint checkpoint;
  std::uint64_t files = 0;  ///< All that the checkpoint calls for.
  /// Tiles of an append that has not come to its checkpoint, and left-over older ones: of a writer
  /// at work, or of one that was killed.
  std::uint64_t unneeded_files = 0;
};

/// Checks every byte of a log: the checkpoint's signature, every entry against its hash, every hash
/// of every tile against those below it, the root against the checkpoint, and that there are no
/// other files. `on_entry` may refuse an entry; where a writer is at work it may be called again
/// from entry 0.
/// Errors: kNotFound where there is no log; else kCorrupt or kInvalidInput, naming the file.
core::Result<LogVerification> verify_log(
    const LogFiles& files, const VerifierKey& key,
    const std::function<core::Status(std::uint64_t index, std::string_view entry)>& on_entry = {});

}  // namespace portcullis::archive
