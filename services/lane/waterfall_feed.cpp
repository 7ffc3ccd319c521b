#include "services/lane/waterfall_feed.h"

#include <algorithm>
#include <utility>

#include "core/assert.h"

namespace portcullis::services {

WaterfallFeed::WaterfallFeed(std::uint32_t columns_kept, std::uint32_t rows_max)
    : columns_kept_(columns_kept),
      rows_max_(rows_max),
      ring_(static_cast<std::size_t>(columns_kept) * rows_max) {
  PC_ASSERT(columns_kept > 0 && rows_max > 0);
}

void WaterfallFeed::begin(std::string scan_id, std::uint32_t rows, bool from_rear) {
  PC_ASSERT(rows > 0 && rows <= rows_max_);
  {
    const std::lock_guard lock(mutex_);
    scan_id_ = std::move(scan_id);
    rows_ = rows;
    from_rear_ = from_rear;
    columns_ = 0;
    ended_ = false;
    ++picture_;
  }
  changed_.notify_all();
}

void WaterfallFeed::push(std::span<const std::uint8_t> column) {
  {
    const std::lock_guard lock(mutex_);
    PC_ASSERT(!ended_ && column.size() == rows_);
    const std::size_t slot = static_cast<std::size_t>(columns_ % columns_kept_) * rows_max_;
    std::copy(column.begin(), column.end(), ring_.begin() + static_cast<std::ptrdiff_t>(slot));
    ++columns_;
  }
  changed_.notify_all();
}

void WaterfallFeed::end() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  changed_.notify_all();
}

std::optional<WaterfallFeed::Block> WaterfallFeed::wait(Cursor& cursor,
                                                        std::chrono::milliseconds timeout) const {
  std::unique_lock lock(mutex_);
  const auto news = [&] {
    if (picture_ == 0) return false;
    return cursor.picture != picture_ || cursor.column < columns_ || (ended_ && !cursor.ended);
  };
  if (!changed_.wait_for(lock, timeout, news)) return std::nullopt;
  if (cursor.picture != picture_) {
    cursor.picture = picture_;
    cursor.column = 0;
    cursor.ended = false;
  }
  if (columns_ - cursor.column > columns_kept_) {
    const std::uint64_t oldest = columns_ - columns_kept_;
    cursor.columns_lost += oldest - cursor.column;
    cursor.column = oldest;
  }
  Block block;
  block.scan_id = scan_id_;
  block.rows = rows_;
  block.from_rear = from_rear_;
  block.first_column = static_cast<std::uint32_t>(cursor.column);
  block.columns = static_cast<std::uint32_t>(
      std::min<std::uint64_t>(kColumnsPerBlockMax, columns_ - cursor.column));
  block.gray.reserve(static_cast<std::size_t>(block.columns) * rows_);
  for (std::uint32_t i = 0; i < block.columns; ++i) {
    const std::size_t slot =
        static_cast<std::size_t>((cursor.column + i) % columns_kept_) * rows_max_;
    const auto first = ring_.begin() + static_cast<std::ptrdiff_t>(slot);
    block.gray.insert(block.gray.end(), first, first + static_cast<std::ptrdiff_t>(rows_));
  }
  cursor.column += block.columns;
  if (ended_ && cursor.column == columns_) {
    block.last = true;
    cursor.ended = true;
  }
  return block;
}

}  // namespace portcullis::services
