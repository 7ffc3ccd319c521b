#include "core/parallel.h"

#include <algorithm>

#if defined(__SANITIZE_THREAD__)
#define PC_PARALLEL_STD_THREAD 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define PC_PARALLEL_STD_THREAD 1
#endif
#endif

#ifdef PC_PARALLEL_STD_THREAD
#include <atomic>
#include <thread>
#include <vector>
#else
#include <tbb/parallel_for.h>
#endif

namespace portcullis::core {

void parallel_for(std::size_t count, std::size_t grain,
                  const std::function<void(std::size_t, std::size_t)>& body) {
  if (count == 0) return;
  grain = std::max<std::size_t>(grain, 1);
  const std::size_t chunks = (count + grain - 1) / grain;
  const auto run = [&](std::size_t chunk) {
    body(chunk * grain, std::min(count, (chunk + 1) * grain));
  };
  if (chunks == 1) {
    run(0);
    return;
  }
#ifdef PC_PARALLEL_STD_THREAD
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t c = next.fetch_add(1); c < chunks; c = next.fetch_add(1)) run(c);
  };
  std::vector<std::thread> threads;
  const std::size_t n =
      std::min<std::size_t>(chunks, std::max(1U, std::thread::hardware_concurrency()));
  for (std::size_t i = 1; i < n; ++i) threads.emplace_back(work);
  work();
  for (auto& thread : threads) thread.join();
#else
  tbb::parallel_for(std::size_t{0}, chunks, run);
#endif
}

}  // namespace portcullis::core
