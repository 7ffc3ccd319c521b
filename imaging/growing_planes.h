#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/huge_pages.h"

namespace portcullis::imaging {

/// Columns that a vehicle of usual length (24 m) has: what to expect of a scan that begins.
inline int usual_columns(double mm_per_px) {
  constexpr double kUsualLength_mm = 24'000;
  return static_cast<int>(kUsualLength_mm / mm_per_px) + 1;
}

/// Where columns lie in row-major planes that they are added to at either end, and how what is
/// there moves when room runs out. Kept apart from the planes so that all of an image share one.
class GrowingColumns final {
 public:
  /// Room for `columns_expected` columns from the beginning; more is made when they come.
  GrowingColumns(std::size_t rows, std::size_t columns_expected)
      : rows_(rows), stride_(std::max<std::size_t>(1, columns_expected)) {}

  /// What is there goes from `from` on with old_stride values a row to `to` with new_stride.
  struct Move {
    std::size_t rows = 0, width = 0;
    std::size_t from = 0, old_stride = 0;
    std::size_t to = 0, new_stride = 0;
    [[nodiscard]] bool none() const { return from == to && old_stride == new_stride; }
  };
  /// Takes in columns [first, first + count), beside or among those that are there. The move is to
  /// be made in every plane before offset_of() is used.
  Move take_in(std::int64_t first, std::size_t count) {
    const auto end = first + static_cast<std::int64_t>(count);
    if (first_ == end_) {
      first_ = end_ = first;
      base_ = first;
    }
    const auto wanted_first = std::min(first_, first);
    const auto wanted_end = std::max(end_, end);
    const auto wanted = static_cast<std::size_t>(wanted_end - wanted_first);
    std::size_t stride = stride_;
    while (stride < wanted) stride += stride / 2 + 1;
    std::int64_t base = base_;
    const auto room = static_cast<std::int64_t>(stride);
    // Whoever comes on the left goes on to come from there: all goes to the right end.
    if (wanted_first < base) base = wanted_end - room;
    if (wanted_end > base + room) base = wanted_first;
    const Move move = moved_to(base, stride);
    base_ = base;
    stride_ = stride;
    first_ = wanted_first;
    end_ = wanted_end;
    return move;
  }
  /// Of all that is there to planes without any room.
  Move close() {
    const Move move = moved_to(first_, width());
    base_ = first_;
    stride_ = width();
    return move;
  }

  [[nodiscard]] std::size_t offset_of(std::int64_t column) const {
    return static_cast<std::size_t>(column - base_);
  }
  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::size_t stride() const { return stride_; }
  [[nodiscard]] std::size_t size() const { return rows_ * stride_; }
  [[nodiscard]] std::size_t width() const { return static_cast<std::size_t>(end_ - first_); }
  [[nodiscard]] std::int64_t first() const { return first_; }

 private:
  [[nodiscard]] Move moved_to(std::int64_t base, std::size_t stride) const {
    return {rows_,
            width(),
            static_cast<std::size_t>(first_ - base_),
            stride_,
            static_cast<std::size_t>(first_ - base),
            stride};
  }
  std::size_t rows_;
  std::size_t stride_;
  std::int64_t base_ = 0;             ///< Column at offset 0 of a row.
  std::int64_t first_ = 0, end_ = 0;  ///< What is there.
};

/// Makes that move in one plane of `unit` values a pixel.
template <class T>
void move_columns(const GrowingColumns::Move& m, std::vector<T>& plane, std::size_t unit = 1) {
  static_assert(std::is_trivially_copyable_v<T>);
  const std::size_t size = m.rows * m.new_stride * unit;
  if (m.none() && plane.size() == size) return;
  const auto copy_row = [&](const T* from, T* to, std::size_t r) {
    std::memmove(to + (r * m.new_stride + m.to) * unit, from + (r * m.old_stride + m.from) * unit,
                 m.width * unit * sizeof(T));
  };
  const bool down = m.new_stride < m.old_stride || (m.new_stride == m.old_stride && m.to < m.from);
  const bool in_place = size <= plane.capacity() && (down ? m.to <= m.from : m.to >= m.from);
  if (!in_place) {
    std::vector<T> larger;
    core::zeroed_on_huge_pages(larger, size);
    for (std::size_t r = 0; r < m.rows && m.width > 0; ++r)
      copy_row(plane.data(), larger.data(), r);
    plane = std::move(larger);
    return;
  }
  if (size > plane.size()) plane.resize(size);
  if (m.width > 0 && down) {
    for (std::size_t r = 0; r < m.rows; ++r) copy_row(plane.data(), plane.data(), r);
  } else if (m.width > 0) {
    for (std::size_t r = m.rows; r-- > 0;) copy_row(plane.data(), plane.data(), r);
  }
  plane.resize(size);
}

}  // namespace portcullis::imaging
