#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>

namespace portcullis::core {

/// Room for values that are all written before they are read: not cleared, and kept for the next
/// time, so that its memory is taken from the kernel once. For what is needed again and again in
/// the same size; `static thread_local` where threads work side by side, and then only in code that
/// starts no core::parallel_for() of its own while it holds a span (another piece of the same work
/// may run on the thread meanwhile).
/// Ownership: spans are valid until the next of(). Threading: one thread at a time.
template <class T>
class Scratch final {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

 public:
  /// `size` values, whatever they are.
  std::span<T> of(std::size_t size) {
    if (size > size_) {
      values_.reset();
      values_ = std::make_unique_for_overwrite<T[]>(size);
      size_ = size;
    }
    return {values_.get(), size};
  }

 private:
  std::unique_ptr<T[]> values_;
  std::size_t size_ = 0;
};

}  // namespace portcullis::core
