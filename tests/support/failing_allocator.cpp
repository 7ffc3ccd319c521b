#include "tests/support/failing_allocator.h"

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>
#include <utility>

namespace {

thread_local std::int64_t allocations_left = -1;
thread_local std::size_t allocations_from_bytes = 0;
std::atomic<bool> allocation_failed{false};

void* allocate_or_fail(std::size_t size) {
  if (allocations_left >= 0 && size >= allocations_from_bytes && allocations_left-- == 0) {
    allocation_failed = true;
    throw std::bad_alloc();
  }
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}

}  // namespace

namespace portcullis::testing_support {

void fail_allocation_after(std::int64_t count, std::size_t bytes_min) noexcept {
  allocations_left = count;
  allocations_from_bytes = bytes_min;
}
std::int64_t stop_failing_allocations() noexcept {
  return std::exchange(allocations_left, -1);
}
bool an_allocation_failed() noexcept {
  return allocation_failed.exchange(false);
}

}  // namespace portcullis::testing_support

void* operator new(std::size_t size) {
  return allocate_or_fail(size);
}
void* operator new[](std::size_t size) {
  return allocate_or_fail(size);
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete[](void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
  std::free(memory);
}
