#pragma once

#include <cstddef>
#include <functional>

namespace portcullis::core {

/// Calls body(begin, end) over [0, count) in chunks of at most `grain`, on the machine's cores,
/// and returns when all are done. The split into chunks is fixed by count and grain alone, so
/// results do not depend on the number of threads. Runs on oneTBB, and on std::thread in the
/// thread sanitizer's build (TBB is not instrumented). `body` must not throw.
void parallel_for(std::size_t count, std::size_t grain,
                  const std::function<void(std::size_t begin, std::size_t end)>& body);

}  // namespace portcullis::core
