#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>

namespace portcullis::services {

/// The newest value of something, for readers that wait for changes. What LaneBackend's wait_
/// calls are made of.
///
/// Threading: thread-safe. publish() never waits for a reader beyond a pointer's copy.
template <class T>
class Published final {
 public:
  struct Versioned {
    std::uint64_t version = 0;       ///< 1 for the first value.
    std::shared_ptr<const T> value;  ///< Never null.
  };

  explicit Published(T first = {}) : value_(std::make_shared<const T>(std::move(first))) {}

  /// Returns the new version.
  std::uint64_t publish(T value) {
    auto next = std::make_shared<const T>(std::move(value));
    std::uint64_t version = 0;
    {
      const std::lock_guard lock(mutex_);
      value_.swap(next);
      version = ++version_;
    }
    changed_.notify_all();
    return version;
  }

  [[nodiscard]] Versioned get() const {
    const std::lock_guard lock(mutex_);
    return {version_, value_};
  }

  /// The newest value as soon as its version differs from `version_seen`, else after `timeout`.
  [[nodiscard]] Versioned wait(std::uint64_t version_seen,
                               std::chrono::milliseconds timeout) const {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, timeout, [&] { return version_ != version_seen; });
    return {version_, value_};
  }

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::shared_ptr<const T> value_;
  std::uint64_t version_ = 1;
};

}  // namespace portcullis::services
