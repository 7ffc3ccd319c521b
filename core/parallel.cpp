#include "core/parallel.h"

#include <algorithm>
#include <atomic>
#include <thread>

#if defined(__SANITIZE_THREAD__)
#define PC_PARALLEL_STD_THREAD 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define PC_PARALLEL_STD_THREAD 1
#endif
#endif

#ifdef PC_PARALLEL_STD_THREAD
#include <vector>
#else
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <memory>
#include <mutex>
#endif

namespace portcullis::core {

namespace {

std::atomic<unsigned> g_threads_wanted{0};  // 0: one a core

#ifndef PC_PARALLEL_STD_THREAD
/// A count other than the cores': TBB's limit for the process, and places for that many.
struct ThreadLimit {
  explicit ThreadLimit(unsigned count)
      : control(tbb::global_control::max_allowed_parallelism, count),
        arena(static_cast<int>(count)) {}
  tbb::global_control control;
  tbb::task_arena arena;
};
std::mutex g_limit_mutex;
std::shared_ptr<ThreadLimit> g_limit;  // under the mutex; null: TBB's own default
#endif

}  // namespace

void set_parallel_threads(unsigned count) {
#ifndef PC_PARALLEL_STD_THREAD
  std::shared_ptr<ThreadLimit> made = count == 0 ? nullptr : std::make_shared<ThreadLimit>(count);
  const std::lock_guard lock(g_limit_mutex);
  g_limit.swap(made);
#endif
  g_threads_wanted = count;
}

unsigned parallel_threads() {
  const unsigned wanted = g_threads_wanted;
  return wanted != 0 ? wanted : std::max(1U, std::thread::hardware_concurrency());
}

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
  const std::size_t n = std::min<std::size_t>(chunks, parallel_threads());
  for (std::size_t i = 1; i < n; ++i) threads.emplace_back(work);
  work();
  for (auto& thread : threads) thread.join();
#else
  std::shared_ptr<ThreadLimit> limit;
  {
    const std::lock_guard lock(g_limit_mutex);
    limit = g_limit;
  }
  if (limit) {
    limit->arena.execute([&] { tbb::parallel_for(std::size_t{0}, chunks, run); });
  } else {
    tbb::parallel_for(std::size_t{0}, chunks, run);
  }
#endif
}

}  // namespace portcullis::core
