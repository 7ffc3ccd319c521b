#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <utility>

#include "core/assert.h"

namespace portcullis::core {

/// Bounded queue for any number of producers and consumers, without locks: each cell carries a
/// sequence number that says whose turn it is (D. Vyukov's bounded MPMC queue, 2010).
///
/// Memory is taken in the constructor. T must be default constructible and movable.
/// Threading: try_push() and try_pop() from any thread; never block, lock or allocate.
template <class T>
class MpmcQueue {
 public:
  /// `capacity` is rounded up to a power of two, at least 2.
  explicit MpmcQueue(std::size_t capacity) {
    std::size_t size = 2;
    while (size < capacity) size *= 2;
    mask_ = size - 1;
    cells_ = std::make_unique<Cell[]>(size);
    for (std::size_t i = 0; i < size; ++i) cells_[i].turn.store(i, std::memory_order_relaxed);
  }
  MpmcQueue(const MpmcQueue&) = delete;
  MpmcQueue& operator=(const MpmcQueue&) = delete;

  /// False where the queue is full; `value` is then untouched.
  bool try_push(T& value) noexcept {
    std::size_t position = tail_.load(std::memory_order_relaxed);
    for (;;) {
      Cell& cell = cells_[position & mask_];
      const std::size_t turn = cell.turn.load(std::memory_order_acquire);
      if (turn == position) {
        if (tail_.compare_exchange_weak(position, position + 1, std::memory_order_relaxed)) {
          cell.value = std::move(value);
          cell.turn.store(position + 1, std::memory_order_release);
          return true;
        }
      } else if (turn < position) {
        return false;
      } else {
        position = tail_.load(std::memory_order_relaxed);
      }
    }
  }
  bool try_push(T&& value) noexcept { return try_push(value); }

  /// False where the queue is empty.
  bool try_pop(T& out) noexcept {
    std::size_t position = head_.load(std::memory_order_relaxed);
    for (;;) {
      Cell& cell = cells_[position & mask_];
      const std::size_t turn = cell.turn.load(std::memory_order_acquire);
      if (turn == position + 1) {
        if (head_.compare_exchange_weak(position, position + 1, std::memory_order_relaxed)) {
          out = std::move(cell.value);
          cell.turn.store(position + mask_ + 1, std::memory_order_release);
          return true;
        }
      } else if (turn < position + 1) {
        return false;
      } else {
        position = head_.load(std::memory_order_relaxed);
      }
    }
  }

  /// A moment's depth, for counters only.
  [[nodiscard]] std::size_t size_approx() const noexcept {
    const auto tail = tail_.load(std::memory_order_relaxed);
    const auto head = head_.load(std::memory_order_relaxed);
    return tail > head ? tail - head : 0;
  }
  [[nodiscard]] std::size_t capacity() const noexcept { return mask_ + 1; }

 private:
  struct Cell {
    std::atomic<std::size_t> turn{0};
    T value{};
  };
  std::size_t mask_ = 0;
  std::unique_ptr<Cell[]> cells_;
  alignas(64) std::atomic<std::size_t> head_{0};
  alignas(64) std::atomic<std::size_t> tail_{0};
};

}  // namespace portcullis::core
