#pragma once

#include <atomic>
#include <cstdint>

#include "core/line_pool.h"
#include "core/mpmc_queue.h"
#include "core/time.h"
#include "firmware_bridge/transport/file_descriptor.h"

namespace portcullis::acquisition {

/// Bounded queue of finished lines from the receive thread to one sink (archive writer, live
/// view). A line in it keeps its slot of the pool.
///
/// Threading: push() and notify() from the receive thread, never block, lock or allocate;
/// pop() and wait() from the sink's thread.
class LineQueue {
 public:
  explicit LineQueue(std::uint32_t capacity) : queue_(capacity) {}

  /// Counts and drops the line where the queue is full.
  bool push(core::LinePtr line) noexcept {
    in_.fetch_add(1, std::memory_order_relaxed);
    if (queue_.try_push(line)) return true;
    dropped_.fetch_add(1, std::memory_order_relaxed);
    return false;
  }
  /// Wakes the sink: once after a batch of lines.
  void notify() noexcept { wake_.notify(); }

  /// Null where the queue is empty.
  [[nodiscard]] core::LinePtr pop() noexcept {
    core::LinePtr line;
    if (queue_.try_pop(line)) out_.fetch_add(1, std::memory_order_relaxed);
    return line;
  }
  /// As pop(), waiting up to `timeout` for a line.
  [[nodiscard]] core::LinePtr pop_wait(core::Duration timeout) noexcept {
    core::LinePtr line = pop();
    if (line) return line;
    wake_.wait(static_cast<int>(timeout / std::chrono::milliseconds(1)));
    return pop();
  }

  [[nodiscard]] std::size_t depth_approx() const noexcept { return queue_.size_approx(); }
  [[nodiscard]] std::uint64_t pushed() const noexcept {
    return in_.load(std::memory_order_relaxed);
  }
  [[nodiscard]] std::uint64_t popped() const noexcept {
    return out_.load(std::memory_order_relaxed);
  }
  [[nodiscard]] std::uint64_t dropped() const noexcept {
    return dropped_.load(std::memory_order_relaxed);
  }
  [[nodiscard]] std::size_t capacity() const noexcept { return queue_.capacity(); }

 private:
  core::MpmcQueue<core::LinePtr> queue_;
  firmware_bridge::WakeEvent wake_;
  std::atomic<std::uint64_t> in_{0}, out_{0}, dropped_{0};
};

}  // namespace portcullis::acquisition
