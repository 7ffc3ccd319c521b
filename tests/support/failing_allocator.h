#pragma once

#include <cstddef>
#include <cstdint>

/// A machine without memory, for tests: one allocation of a thread fails when it is told to.
/// failing_allocator.cpp, which a test program lists among its sources, replaces operator new for
/// that. A sanitizer brings its own: a program that lists it is labelled no_asan.
namespace portcullis::testing_support {

/// Of this thread: the allocation after `count` further ones fails, once; below 0 none does. Those
/// below `bytes_min` always succeed and are not counted.
void fail_allocation_after(std::int64_t count, std::size_t bytes_min = 0) noexcept;
/// None fails from here on; returns how many further ones it would have been, below 0 where none.
std::int64_t stop_failing_allocations() noexcept;
/// Whether one failed, in any thread, since this was last asked.
bool an_allocation_failed() noexcept;

}  // namespace portcullis::testing_support
