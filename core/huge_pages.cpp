#include "core/huge_pages.h"

#include <sys/mman.h>

#include <cstdint>
#include <new>

namespace portcullis::core {

namespace {
constexpr std::size_t kHugePage = std::size_t{2} << 20U;
}

void prefer_huge_pages(void* begin, std::size_t bytes) {
  constexpr std::uintptr_t kPage = 4096;
  constexpr std::size_t kWorthIt = std::size_t{4} << 20U;
  if (bytes < kWorthIt) return;
  const auto address = reinterpret_cast<std::uintptr_t>(begin);
  const auto skipped = (kPage - address % kPage) % kPage;
  const auto whole = (bytes - skipped) / kPage * kPage;
  static_cast<void>(::madvise(static_cast<char*>(begin) + skipped, whole, MADV_HUGEPAGE));
}

void* allocate_on_huge_pages(std::size_t bytes) {
  if (bytes < kHugePage) return ::operator new(bytes);
  void* const begin = ::operator new (bytes, std::align_val_t{kHugePage});
  static_cast<void>(::madvise(begin, bytes / kHugePage * kHugePage, MADV_HUGEPAGE));
  return begin;
}

void free_on_huge_pages(void* begin, std::size_t bytes) noexcept {
  if (bytes < kHugePage)
    ::operator delete(begin);
  else
    ::operator delete (begin, std::align_val_t{kHugePage});
}

}  // namespace portcullis::core
