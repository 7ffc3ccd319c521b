#pragma once

#include <cstddef>
#include <limits>
#include <new>
#include <vector>

namespace portcullis::core {

/// Asks the kernel to back this memory with large pages as it is first touched: planes of an image
/// are tens of megabytes, and faulting them in by 4 KiB costs more than filling them. A hint; does
/// nothing where the kernel has none to give. The memory must not have been touched for it to help.
void prefer_huge_pages(void* begin, std::size_t bytes);

/// Of HugePageAllocator. Throws std::bad_alloc; the size is given back as it was asked for.
[[nodiscard]] void* allocate_on_huge_pages(std::size_t bytes);
void free_on_huge_pages(void* begin, std::size_t bytes) noexcept;

/// Memory for planes that stay one process's own: of a large page and more it begins on one, so
/// that all of it can be backed by large pages; of less it is as any other.
template <class T>
class HugePageAllocator {
 public:
  using value_type = T;
  HugePageAllocator() = default;
  template <class U>
  HugePageAllocator(const HugePageAllocator<U>&) noexcept {}  // NOLINT: as every allocator
  [[nodiscard]] T* allocate(std::size_t count) {
    if (count > std::numeric_limits<std::size_t>::max() / sizeof(T)) throw std::bad_alloc();
    return static_cast<T*>(allocate_on_huge_pages(count * sizeof(T)));
  }
  void deallocate(T* values, std::size_t count) noexcept {
    free_on_huge_pages(values, count * sizeof(T));
  }
  friend bool operator==(const HugePageAllocator&, const HugePageAllocator&) = default;
};
template <class T>
using HugePageVector = std::vector<T, HugePageAllocator<T>>;

/// `values` gets `size` elements, all zero; what it held is gone. Memory it has already is used
/// again, new memory is asked for on large pages.
template <class T, class Allocator>
void zeroed_on_huge_pages(std::vector<T, Allocator>& values, std::size_t size) {
  if (values.capacity() < size) {
    values = std::vector<T, Allocator>();
    values.reserve(size);
    prefer_huge_pages(values.data(), size * sizeof(T));
  }
  values.assign(size, T{});
}

/// `values` gets `size` elements, whatever they are: for what is all written anew. New memory is
/// asked for on large pages.
template <class T, class Allocator>
void resized_on_huge_pages(std::vector<T, Allocator>& values, std::size_t size) {
  if (size > values.capacity())
    zeroed_on_huge_pages(values, size);
  else
    values.resize(size);
}

}  // namespace portcullis::core
