#pragma once

#include <cstdint>

namespace portcullis::testing_support {

/// Allocations made by this program so far, all threads. allocation_counter.cpp, which a test
/// program lists among its sources, replaces operator new for that; under a sanitizer, which
/// brings its own, it counts through the sanitizer's hook instead.
std::uint64_t allocations_so_far() noexcept;

}  // namespace portcullis::testing_support
