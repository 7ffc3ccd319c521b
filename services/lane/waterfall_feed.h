#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace portcullis::services {

/// The running scan's columns on their way to the screens. One picture at a time, kept whole in a
/// ring, so that a screen that comes late sees it from the start and a slow one catches up in
/// bigger steps; one that falls behind the whole ring loses columns and is told which by the
/// numbers. The writer never waits for a reader.
///
/// Threading: one writer thread, any number of readers; all calls are thread-safe.
/// Real time: push() does not allocate; it takes a lock that readers hold for the copy of at most
/// `columns_per_block_max` columns (tens of microseconds), so it belongs on the imaging thread,
/// not on a receive thread.
class WaterfallFeed final {
 public:
  static constexpr std::uint32_t kColumnsPerBlockMax = 64;

  /// Memory for `columns_kept` columns of `rows_max` bytes is taken now.
  explicit WaterfallFeed(std::uint32_t columns_kept = 8192, std::uint32_t rows_max = 2048);

  /// A new picture of `rows` bytes a column. More than rows_max is a bug of the caller.
  /// Screens draw its pixels as squares. `from_rear`: the gantry runs from the vehicle's rear to
  /// its front; screens keep the front at the left.
  void begin(std::string scan_id, std::uint32_t rows, bool from_rear = false);
  /// The next column, top first, air = 255. Its size is `rows`.
  void push(std::span<const std::uint8_t> column);
  /// The scan has ended; readers get a block with `last` set.
  void end();

  /// Where a reader stands. Starts at nothing seen.
  struct Cursor {
    std::uint64_t picture = 0;
    std::uint64_t column = 0;
    bool ended = false;
    std::uint64_t columns_lost = 0;  ///< By this reader, for falling behind; it counts on.
  };
  struct Block {
    std::string scan_id;
    std::uint32_t first_column = 0;
    std::uint32_t columns = 0;
    std::uint32_t rows = 0;
    std::vector<std::uint8_t> gray;  ///< Column after column.
    bool last = false;
    bool from_rear = false;
  };
  /// The next block for this reader, or nothing after `timeout`.
  std::optional<Block> wait(Cursor& cursor, std::chrono::milliseconds timeout) const;

 private:
  const std::uint32_t columns_kept_;
  const std::uint32_t rows_max_;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::vector<std::uint8_t> ring_;
  std::string scan_id_;
  std::uint32_t rows_ = 0;
  bool from_rear_ = false;
  std::uint64_t picture_ = 0;
  std::uint64_t columns_ = 0;
  bool ended_ = true;
};

}  // namespace portcullis::services
