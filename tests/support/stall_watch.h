#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

namespace portcullis::test {

/// Whether the machine itself stood still: a thread on each processor, before all ordinary threads
/// and the lane's own where that is allowed, sleeps 10 ms at a time and notes the longest time
/// until it ran again. A virtual machine is stopped by its host now and then, and a test of a
/// lane that must answer within a tenth of a second says nothing then.
/// Threading: longest() may be called from any thread.
class StallWatch final {
 public:
  StallWatch();
  ~StallWatch();
  StallWatch(const StallWatch&) = delete;
  StallWatch& operator=(const StallWatch&) = delete;

  [[nodiscard]] std::chrono::milliseconds longest() const;

 private:
  void watch(unsigned processor);

  std::mutex mutex_;
  std::condition_variable ended_;
  bool quit_ = false;
  std::atomic<std::int64_t> longest_ns_{0};
  std::vector<std::thread> threads_;
};

/// Runs all tests, as gtest_main does. Where they fail and the machine stood still for longer than
/// `bound` meanwhile, says so and runs them again in a new process, at most twice.
int run_tests_unless_stalled(int argc, char** argv, std::chrono::milliseconds bound);

}  // namespace portcullis::test
