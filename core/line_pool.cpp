#include "core/line_pool.h"

#include "core/assert.h"

namespace portcullis::core {

LinePool::LinePool(std::uint32_t slots, std::uint32_t pixels)
    : slots_(slots), pixels_(pixels), store_(std::make_unique<Slot[]>(slots)), free_(slots) {
  PC_ASSERT(slots > 0);
  for (std::uint32_t i = 0; i < slots; ++i) {
    // assign() writes every page now, so that no page fault comes while a scan runs.
    store_[i].line.samples.assign(pixels, 0);
    PC_ASSERT(free_.try_push(std::uint32_t{i}));
  }
}

LinePool::~LinePool() {
  PC_ASSERT(free_.size_approx() == slots_);
}

LinePtr LinePool::acquire() noexcept {
  std::uint32_t index = 0;
  if (!free_.try_pop(index)) return {};
  Slot& slot = store_[index];
  slot.line.header = {};
  slot.line.modules_present.reset();
  slot.shares.store(1, std::memory_order_relaxed);
  return LinePtr(this, index);
}

LinePtr::LinePtr(const LinePtr& other) noexcept : pool_(other.pool_), slot_(other.slot_) {
  if (pool_ != nullptr) pool_->store_[slot_].shares.fetch_add(1, std::memory_order_relaxed);
}

void LinePtr::reset() noexcept {
  if (pool_ == nullptr) return;
  if (pool_->store_[slot_].shares.fetch_sub(1, std::memory_order_acq_rel) == 1) {
    PC_ASSERT(pool_->free_.try_push(std::uint32_t{slot_}));
  }
  pool_ = nullptr;
}

Line& LinePtr::operator*() const noexcept {
  return pool_->store_[slot_].line;
}

}  // namespace portcullis::core
