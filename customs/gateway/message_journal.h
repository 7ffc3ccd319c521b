#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/result.h"
#include "customs/gateway/message.h"

namespace portcullis::customs {

/// What the gateway has acknowledged and its tables need not hold yet: each append() is one write
/// and one sync at the end of a file that has its room already, so that it waits for nothing but
/// the disk. The tables follow behind; after a kill or a power cut what they lack is read from here
/// again.
///
/// Messages have sequence numbers without gaps. Files `STEM-NUMBER` of some megabytes each are used
/// in turn: one whose messages the tables hold for good is written over. A record begins on a page
/// of its own, so that no record is ever rewritten, and carries its sequence number and a CRC-32C.
///
/// Ownership: holds `STEM-lock`, so that a second program cannot use the files meanwhile.
/// Threading: append() from one thread; make_room() and release() from any one other.
/// Errors: kUnavailable (another program), kCorrupt (names the file), kIo.
class MessageJournal final {
 public:
  /// `stem`: path that the files' names begin with; their folder must exist.
  static core::Result<std::unique_ptr<MessageJournal>> open(const std::filesystem::path& stem);
  ~MessageJournal();
  MessageJournal(const MessageJournal&) = delete;
  MessageJournal& operator=(const MessageJournal&) = delete;

  /// Gives back, in order, what was appended after `sequence`, a batch at a time as it was written,
  /// with the sequence number of the batch's last message; then goes on numbering from there.
  /// To be called once, before append().
  using Take = std::function<core::Status(std::vector<MessageForm>&, std::int64_t last)>;
  core::Status replay(std::int64_t sequence, const Take& take);

  /// Returns once all of them are on the disk. Their numbers follow last(). After an error none of
  /// them counts, and the next append() takes their place.
  core::Status append(const std::vector<const MessageForm*>& forms);
  [[nodiscard]] std::int64_t last() const { return last_; }
  /// The file in use is half full and none stands ready: make_room() makes one, so that append()
  /// need not wait for it.
  [[nodiscard]] bool wants_room() const;
  core::Status make_room();
  /// Messages up to `sequence` are safe elsewhere: files that hold no later one may be used anew.
  void release(std::int64_t sequence);

 private:
  struct Segment;
  explicit MessageJournal(std::filesystem::path stem);
  core::Status open_segments();
  core::Status begin_segment(std::size_t record_bytes);
  core::Status add_segment(std::size_t bytes);

  const std::filesystem::path stem_;
  int lock_ = -1;
  std::int64_t last_ = 0;
  std::string buffer_;  ///< Of append(); keeps its room.
  struct Shared;
  std::unique_ptr<Shared> shared_;    ///< What release() changes, too.
  std::unique_ptr<Segment> writing_;  ///< Null: the next append() begins one.
  std::size_t position_ = 0;          ///< In `writing_`.
};

}  // namespace portcullis::customs
