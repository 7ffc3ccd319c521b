#include "core/line_pool.h"

#include "core/assert.h"

namespace portcullis::core {

LinePool::LinePool(std::uint32_t slots, std::uint32_t pixels)
    : slots_(slots), pixels_(pixels), store_(std::make_unique<Slot[]>(slots)) {
  PC_ASSERT(slots > 0 && slots <= kSlotsMax);
  for (std::uint32_t i = 0; i < slots; ++i) {
    // assign() writes every page now, so that no page fault comes while a scan runs.
    store_[i].line.samples.assign(pixels, 0);
    release(i);
  }
}

LinePool::~LinePool() {
  PC_ASSERT(free_approx() == slots_);
}

LinePtr LinePool::acquire() noexcept {
  std::uint64_t seen = top_.load(std::memory_order_acquire);
  for (;;) {
    const Top top(seen);
    if (top.slot == 0) return {};
    // Where another thread has taken the slot meanwhile this is no longer what lies below it, and
    // the exchange fails.
    Top next;
    next.slot = store_[top.slot - 1].below.load(std::memory_order_relaxed);
    next.free = top.free - 1;
    next.change = top.change + 1;
    if (!top_.compare_exchange_weak(seen, next.word(), std::memory_order_acquire,
                                    std::memory_order_acquire))
      continue;
    Slot& slot = store_[top.slot - 1];
    slot.line.header = {};
    slot.line.modules_present.reset();
    slot.shares.store(1, std::memory_order_relaxed);
    return {this, top.slot - 1};
  }
}

void LinePool::release(std::uint32_t index) noexcept {
  std::uint64_t seen = top_.load(std::memory_order_relaxed);
  Top next;
  do {
    const Top top(seen);
    store_[index].below.store(top.slot, std::memory_order_relaxed);
    next.slot = index + 1;
    next.free = top.free + 1;
    next.change = top.change + 1;
  } while (!top_.compare_exchange_weak(seen, next.word(), std::memory_order_release,
                                       std::memory_order_relaxed));
}

LinePtr::LinePtr(const LinePtr& other) noexcept : pool_(other.pool_), slot_(other.slot_) {
  if (pool_ != nullptr) pool_->store_[slot_].shares.fetch_add(1, std::memory_order_relaxed);
}

void LinePtr::reset() noexcept {
  if (pool_ == nullptr) return;
  if (pool_->store_[slot_].shares.fetch_sub(1, std::memory_order_acq_rel) == 1)
    pool_->release(slot_);
  pool_ = nullptr;
}

Line& LinePtr::operator*() const noexcept {
  return pool_->store_[slot_].line;
}

}  // namespace portcullis::core
