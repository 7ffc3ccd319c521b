#include "firmware_bridge/transport/file_descriptor.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>

#include "core/assert.h"

namespace portcullis::firmware_bridge {

void FileDescriptor::reset() noexcept {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

WakeEvent::WakeEvent() : fd_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  PC_ASSERT(fd_.get() >= 0);
}

void WakeEvent::notify() noexcept {
  const std::uint64_t one = 1;
  // A full counter means that the waiter is already being woken.
  [[maybe_unused]] const auto written = ::write(fd_.get(), &one, sizeof one);
}

void WakeEvent::clear() noexcept {
  std::uint64_t count = 0;
  [[maybe_unused]] const auto got = ::read(fd_.get(), &count, sizeof count);
}

bool WakeEvent::wait(int timeout_ms) noexcept {
  pollfd entry{fd_.get(), POLLIN, 0};
  if (::poll(&entry, 1, timeout_ms) <= 0) return false;
  clear();
  return true;
}

}  // namespace portcullis::firmware_bridge
