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

/// How many threads the whole process' parallel_for()s work on, the calling one included: at least
/// 1, also more than there are cores; 0 gives back the default, one a core. For calls that begin
/// after it returned. Threading: from any thread.
void set_parallel_threads(unsigned count);
/// What a parallel_for() would work on now.
[[nodiscard]] unsigned parallel_threads();

}  // namespace portcullis::core
