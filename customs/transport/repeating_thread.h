#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "core/time.h"

namespace portcullis::customs {

/// Calls `step` again and again on a thread of its own, each time after as long as the call before
/// said. Destruction waits for a call that runs.
class RepeatingThread final {
 public:
  explicit RepeatingThread(std::function<core::Duration()> step)
      : step_(std::move(step)), thread_([this] { run(); }) {}
  ~RepeatingThread() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
  }
  RepeatingThread(const RepeatingThread&) = delete;
  RepeatingThread& operator=(const RepeatingThread&) = delete;

 private:
  void run() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
      lock.unlock();
      const auto pause = step_();
      lock.lock();
      wake_.wait_for(lock, pause, [&] { return stopping_; });
    }
  }

  const std::function<core::Duration()> step_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace portcullis::customs
