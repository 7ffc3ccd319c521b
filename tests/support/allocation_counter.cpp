#include "tests/support/allocation_counter.h"

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define PORTCULLIS_ALLOCATIONS_BY_HOOK 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define PORTCULLIS_ALLOCATIONS_BY_HOOK 1
#endif
#endif

#ifdef PORTCULLIS_ALLOCATIONS_BY_HOOK
#include <sanitizer/allocator_interface.h>
#endif

namespace {
std::atomic<std::uint64_t> counted_allocations{0};
}  // namespace

namespace portcullis::testing_support {
std::uint64_t allocations_so_far() noexcept {
  return counted_allocations.load(std::memory_order_relaxed);
}
}  // namespace portcullis::testing_support

#ifdef PORTCULLIS_ALLOCATIONS_BY_HOOK

namespace {
void count_malloc(const volatile void*, std::size_t) {
  counted_allocations.fetch_add(1, std::memory_order_relaxed);
}
void ignore_free(const volatile void*) {}
[[maybe_unused]] const int hooks_installed =
    __sanitizer_install_malloc_and_free_hooks(&count_malloc, &ignore_free);
}  // namespace

#else

namespace {
void* counted_alloc(std::size_t size, std::size_t alignment) {
  counted_allocations.fetch_add(1, std::memory_order_relaxed);
  if (size == 0) size = 1;
  void* memory =
      alignment <= alignof(std::max_align_t)
          ? std::malloc(size)
          : std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
  if (memory == nullptr) std::abort();
  return memory;
}
}  // namespace

void* operator new(std::size_t size) {
  return counted_alloc(size, 1);
}
void* operator new[](std::size_t size) {
  return counted_alloc(size, 1);
}
void* operator new(std::size_t size, std::align_val_t a) {
  return counted_alloc(size, static_cast<std::size_t>(a));
}
void* operator new[](std::size_t size, std::align_val_t a) {
  return counted_alloc(size, static_cast<std::size_t>(a));
}
void operator delete(void* p) noexcept {
  std::free(p);
}
void operator delete[](void* p) noexcept {
  std::free(p);
}
void operator delete(void* p, std::size_t) noexcept {
  std::free(p);
}
void operator delete[](void* p, std::size_t) noexcept {
  std::free(p);
}
void operator delete(void* p, std::align_val_t) noexcept {
  std::free(p);
}
void operator delete[](void* p, std::align_val_t) noexcept {
  std::free(p);
}
void operator delete(void* p, std::size_t, std::align_val_t) noexcept {
  std::free(p);
}
void operator delete[](void* p, std::size_t, std::align_val_t) noexcept {
  std::free(p);
}

#endif
