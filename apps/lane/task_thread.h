#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "core/time.h"

namespace portcullis::apps {

/// One thread that does what it is given, in order. What it was given before destruction is done
/// before the destructor returns.
/// Threading: post() from any thread, never waits for a task.
class TaskThread {
 public:
  /// `idle` (may be empty) is called when nothing was posted for `idle_after`.
  explicit TaskThread(std::function<void()> idle = {},
                      core::Duration idle_after = std::chrono::milliseconds(200))
      : idle_(std::move(idle)), idle_after_(idle_after), thread_([this] { run(); }) {}
  ~TaskThread() { stop(); }
  TaskThread(const TaskThread&) = delete;
  TaskThread& operator=(const TaskThread&) = delete;

  void post(std::function<void()> task) {
    {
      const std::lock_guard lock(mutex_);
      tasks_.push_back(std::move(task));
    }
    wake_.notify_one();
  }
  /// Does what is left and joins. Not from a task.
  void stop() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
  }

 private:
  void run() {
    for (;;) {
      std::function<void()> task;
      {
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, idle_after_, [&] { return stopping_ || !tasks_.empty(); });
        if (!tasks_.empty()) {
          task = std::move(tasks_.front());
          tasks_.pop_front();
        } else if (stopping_) {
          return;
        } else {
          task = idle_;
        }
      }
      if (task) task();
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> tasks_;
  std::function<void()> idle_;
  core::Duration idle_after_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace portcullis::apps
