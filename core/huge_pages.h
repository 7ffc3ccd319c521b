#pragma once

#include <cstddef>
#include <vector>

namespace portcullis::core {

/// Asks the kernel to back this memory with large pages as it is first touched: planes of an image
/// are tens of megabytes, and faulting them in by 4 KiB costs more than filling them. A hint; does
/// nothing where the kernel has none to give. The memory must not have been touched for it to help.
void prefer_huge_pages(void* begin, std::size_t bytes);

/// `values` gets `size` elements, all zero; what it held is gone. Memory it has already is used
/// again, new memory is asked for on large pages.
template <class T>
void zeroed_on_huge_pages(std::vector<T>& values, std::size_t size) {
  if (values.capacity() < size) {
    values = std::vector<T>();
    values.reserve(size);
    prefer_huge_pages(values.data(), size * sizeof(T));
  }
  values.assign(size, T{});
}

/// `values` gets `size` elements, whatever they are: for what is all written anew. New memory is
/// asked for on large pages.
template <class T>
void resized_on_huge_pages(std::vector<T>& values, std::size_t size) {
  if (size > values.capacity())
    zeroed_on_huge_pages(values, size);
  else
    values.resize(size);
}

}  // namespace portcullis::core
