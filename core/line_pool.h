#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>

#include "core/line.h"

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
/// The slot that came back last is given out first: its memory is still in the processor's cache.
///
/// Ownership: must outlive every LinePtr (asserted). Threading: acquire() and the release by
/// LinePtr are lock-free from any thread, never block, lock or allocate.
class LinePool {
 public:
  static constexpr std::uint32_t kSlotsMax = (1U << 20U) - 1;

  /// `slots`: 1 to kSlotsMax.
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
    return Top(top_.load(std::memory_order_relaxed)).free;
  }

 private:
  friend class LinePtr;
  struct Slot {
    Line line;
    std::atomic<std::uint32_t> shares{0};
    std::atomic<std::uint32_t> below{0};  ///< While free: the next one of the stack, as Top::slot.
  };
  /// The stack of free slots in one word (R. K. Treiber, "Systems Programming: Coping with
  /// Parallelism", IBM 1986), with a number that counts the changes: who was held up between
  /// looking and changing does not take a stack that came to look the same for the one that was.
  struct Top {
    static constexpr unsigned kSlotBits = 20, kChangeBits = 24;
    std::uint32_t slot = 0;    ///< Index + 1; 0: none.
    std::uint32_t free = 0;    ///< Slots in the stack.
    std::uint32_t change = 0;  ///< Modulo 2^kChangeBits.
    Top() = default;
    explicit Top(std::uint64_t word) noexcept
        : slot(static_cast<std::uint32_t>(word) & kSlotsMax),
          free(static_cast<std::uint32_t>(word >> kSlotBits) & kSlotsMax),
          change(static_cast<std::uint32_t>(word >> (2 * kSlotBits))) {}
    [[nodiscard]] std::uint64_t word() const noexcept {
      return slot | std::uint64_t{free} << kSlotBits |
             std::uint64_t{change & ((1U << kChangeBits) - 1)} << (2 * kSlotBits);
    }
  };
  void release(std::uint32_t index) noexcept;

  std::uint32_t slots_;
  std::uint32_t pixels_;
  std::unique_ptr<Slot[]> store_;
  alignas(64) std::atomic<std::uint64_t> top_{0};
};

}  // namespace portcullis::core
