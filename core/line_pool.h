#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>

#include "core/line.h"
#include "core/mpmc_queue.h"

namespace portcullis::core {

class LinePool;

/// A share in a line slot of a LinePool; the last share gone, the slot is free again.
/// Threading: as shared_ptr: each LinePtr belongs to one thread, copies may go to others.
class LinePtr {
 public:
  LinePtr() = default;
  LinePtr(const LinePtr& other) noexcept;
  LinePtr(LinePtr&& other) noexcept
      : pool_(std::exchange(other.pool_, nullptr)), slot_(other.slot_) {}
  LinePtr& operator=(LinePtr other) noexcept {
    std::swap(pool_, other.pool_);
    std::swap(slot_, other.slot_);
    return *this;
  }
  ~LinePtr() { reset(); }

  void reset() noexcept;
  explicit operator bool() const noexcept { return pool_ != nullptr; }
  Line& operator*() const noexcept;
  Line* operator->() const noexcept { return &**this; }

 private:
  friend class LinePool;
  LinePtr(LinePool* pool, std::uint32_t slot) noexcept : pool_(pool), slot_(slot) {}
  LinePool* pool_ = nullptr;
  std::uint32_t slot_ = 0;
};

/// All lines of a scan live here: memory is taken when a scan is armed, never while it runs.
///
/// Ownership: must outlive every LinePtr (asserted). Threading: acquire() and the release by
/// LinePtr are lock-free from any thread, never block, lock or allocate.
class LinePool {
 public:
  LinePool(std::uint32_t slots, std::uint32_t pixels);
  ~LinePool();
  LinePool(const LinePool&) = delete;
  LinePool& operator=(const LinePool&) = delete;

  /// An empty handle where no slot is free: the caller counts it and receives into scratch.
  /// The line's header and modules are cleared, its samples are not.
  [[nodiscard]] LinePtr acquire() noexcept;

  [[nodiscard]] std::uint32_t slots() const noexcept { return slots_; }
  [[nodiscard]] std::uint32_t pixels() const noexcept { return pixels_; }
  [[nodiscard]] std::uint32_t free_approx() const noexcept {
    return static_cast<std::uint32_t>(free_.size_approx());
  }

 private:
  friend class LinePtr;
  struct Slot {
    Line line;
    std::atomic<std::uint32_t> shares{0};
  };
  std::uint32_t slots_;
  std::uint32_t pixels_;
  std::unique_ptr<Slot[]> store_;
  MpmcQueue<std::uint32_t> free_;
};

}  // namespace portcullis::core
