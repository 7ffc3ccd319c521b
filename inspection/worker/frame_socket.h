#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"
#include "core/time.h"

namespace portcullis::inspection {

/// A file descriptor that closes itself. Threading: one thread.
class OwnedFd final {
 public:
  OwnedFd() = default;
  explicit OwnedFd(int fd) : fd_(fd) {}
  OwnedFd(OwnedFd&& other) noexcept : fd_(other.release()) {}
  OwnedFd& operator=(OwnedFd&& other) noexcept;
  ~OwnedFd();
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] explicit operator bool() const { return fd_ >= 0; }
  [[nodiscard]] int release();
  void reset();

 private:
  int fd_ = -1;
};

enum class FrameType : std::uint8_t {
  kHello = 1,
  kJob = 2,
  kResult = 3,
  kRefused = 4,
  kBlock = 5,
  kEnd = 6
};

/// What goes over the socket between lane and worker: 4 bytes magic "PCW1", 1 byte type, 3 bytes
/// zero, 8 bytes job number, 4 bytes length, then the text; little-endian. A job carries its
/// memory file's descriptor, a block of a running scan too; the end of such a scan is text.
struct Frame {
  FrameType type = FrameType::kHello;
  std::uint64_t job = 0;
  std::string text;
  OwnedFd fd;
};

inline constexpr std::uint32_t kFrameTextMax = 8U << 20;

/// One end of the socket. Every call has a limit and is broken off when `stop_fd` becomes readable.
/// Errors: kTimeout, kUnavailable (the other end closed, or stop), kProtocol (not a frame), kIo.
class FrameSocket final {
 public:
  FrameSocket() = default;
  /// `stop_fd`: an eventfd or -1.
  FrameSocket(OwnedFd fd, int stop_fd);
  [[nodiscard]] bool open() const { return static_cast<bool>(fd_); }
  void close() { fd_.reset(); }

  core::Status send(FrameType type, std::uint64_t job, std::string_view text, int fd,
                    core::Duration limit);
  /// A negative limit waits for ever.
  core::Result<Frame> receive(core::Duration limit);

 private:
  core::Status wait_for(short events, core::TimePoint deadline, bool for_ever);
  core::Status read_exactly(char* data, std::size_t size, core::TimePoint deadline, bool for_ever,
                            OwnedFd* fd);
  OwnedFd fd_;
  int stop_fd_ = -1;
};

}  // namespace portcullis::inspection
