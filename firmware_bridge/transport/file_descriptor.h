#pragma once

#include <utility>

namespace portcullis::firmware_bridge {

/// Owns a POSIX file descriptor and closes it. Threading: one thread.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int fd) : fd_(fd) {}
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~FileDescriptor() { reset(); }

  void reset() noexcept;
  [[nodiscard]] int get() const noexcept { return fd_; }
  explicit operator bool() const noexcept { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

/// Wakes a thread that waits in poll(): an eventfd.
/// Threading: notify() from any thread, never blocks or allocates; the rest from the waiter.
class WakeEvent {
 public:
  WakeEvent();  ///< Asserts that the system has a descriptor left.
  void notify() noexcept;
  void clear() noexcept;
  /// True where it was notified within `timeout_ms` (0: only looks).
  bool wait(int timeout_ms) noexcept;
  [[nodiscard]] int fd() const noexcept { return fd_.get(); }

 private:
  FileDescriptor fd_;
};

}  // namespace portcullis::firmware_bridge
