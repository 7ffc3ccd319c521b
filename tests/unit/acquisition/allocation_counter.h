#pragma once

#include <cstdint>

namespace portcullis::acquisition {

/// Calls of operator new in this program so far, all threads (allocation_counter.cpp replaces it).
std::uint64_t allocations_so_far() noexcept;

}  // namespace portcullis::acquisition
