#include "inspection/worker/frame_socket.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace portcullis::inspection {

namespace {

constexpr std::uint32_t kFrameMagic = 0x31574350;  // "PCW1"
constexpr std::size_t kFrameHeaderBytes = 20;

core::TimePoint frame_now() {
  return core::SystemClock().now();
}

}  // namespace

OwnedFd& OwnedFd::operator=(OwnedFd&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}
OwnedFd::~OwnedFd() {
  reset();
}
int OwnedFd::release() {
  return std::exchange(fd_, -1);
}
void OwnedFd::reset() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

FrameSocket::FrameSocket(OwnedFd fd, int stop_fd) : fd_(std::move(fd)), stop_fd_(stop_fd) {
  if (fd_) ::fcntl(fd_.get(), F_SETFL, ::fcntl(fd_.get(), F_GETFL) | O_NONBLOCK);
}

core::Status FrameSocket::wait_for(short events, core::TimePoint deadline, bool for_ever) {
  for (;;) {
    int timeout_ms = -1;
    if (!for_ever) {
      const auto left =
          std::chrono::ceil<std::chrono::milliseconds>(deadline - frame_now()).count();
      if (left <= 0)
        return core::Error{core::ErrorCode::kTimeout, "worker socket: no answer in time"};
      timeout_ms = static_cast<int>(std::min<std::int64_t>(left, 1'000'000));
    }
    std::array<pollfd, 2> fds{{{fd_.get(), events, 0}, {stop_fd_, POLLIN, 0}}};
    const int ready = ::poll(fds.data(), stop_fd_ >= 0 ? 2 : 1, timeout_ms);
    if (ready < 0 && errno != EINTR)
      return core::Error{core::ErrorCode::kIo,
                         fmt::format("worker socket: poll: {}", std::strerror(errno))};
    if (ready <= 0) continue;
    if (stop_fd_ >= 0 && fds[1].revents != 0)
      return core::Error{core::ErrorCode::kUnavailable, "worker socket: stopping"};
    if (fds[0].revents != 0) return {};
  }
}

core::Status FrameSocket::send(FrameType type, std::uint64_t job, std::string_view text, int fd,
                               core::Duration limit) {
  if (!fd_) return core::Error{core::ErrorCode::kUnavailable, "worker socket: closed"};
  if (text.size() > kFrameTextMax)
    return core::Error{core::ErrorCode::kInvalidInput, "worker socket: text too long"};
  std::string bytes(kFrameHeaderBytes, '\0');
  const auto size = static_cast<std::uint32_t>(text.size());
  std::memcpy(bytes.data(), &kFrameMagic, 4);
  bytes[4] = static_cast<char>(type);
  std::memcpy(bytes.data() + 8, &job, 8);
  std::memcpy(bytes.data() + 16, &size, 4);
  bytes += text;

  const core::TimePoint deadline = frame_now() + limit;
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    iovec part{bytes.data() + sent, bytes.size() - sent};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    if (fd >= 0 && sent == 0) {
      message.msg_control = control.data();
      message.msg_controllen = control.size();
      cmsghdr* header = CMSG_FIRSTHDR(&message);
      header->cmsg_level = SOL_SOCKET;
      header->cmsg_type = SCM_RIGHTS;
      header->cmsg_len = CMSG_LEN(sizeof(int));
      std::memcpy(CMSG_DATA(header), &fd, sizeof fd);
    }
    const ssize_t n = ::sendmsg(fd_.get(), &message, MSG_NOSIGNAL);
    if (n > 0) {
      sent += static_cast<std::size_t>(n);
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      PC_CHECK(wait_for(POLLOUT, deadline, false));
    } else if (errno != EINTR) {
      return core::Error{core::ErrorCode::kUnavailable,
                         fmt::format("worker socket: send: {}", std::strerror(errno))};
    }
  }
  return {};
}

core::Status FrameSocket::read_exactly(char* data, std::size_t size, core::TimePoint deadline,
                                       bool for_ever, OwnedFd* fd) {
  std::size_t got = 0;
  while (got < size) {
    iovec part{data + got, size - got};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    const ssize_t n = ::recvmsg(fd_.get(), &message, MSG_CMSG_CLOEXEC);
    if (n > 0) {
      got += static_cast<std::size_t>(n);
      for (cmsghdr* c = CMSG_FIRSTHDR(&message); c != nullptr; c = CMSG_NXTHDR(&message, c)) {
        if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS) continue;
        int received = -1;
        std::memcpy(&received, CMSG_DATA(c), sizeof received);
        OwnedFd owned(received);
        if (fd != nullptr) *fd = std::move(owned);
      }
    } else if (n == 0) {
      return core::Error{core::ErrorCode::kUnavailable, "worker socket: closed by the other end"};
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      PC_CHECK(wait_for(POLLIN, deadline, for_ever));
    } else if (errno != EINTR) {
      return core::Error{core::ErrorCode::kUnavailable,
                         fmt::format("worker socket: receive: {}", std::strerror(errno))};
    }
  }
  return {};
}

core::Result<Frame> FrameSocket::receive(core::Duration limit) {
  if (!fd_) return core::Error{core::ErrorCode::kUnavailable, "worker socket: closed"};
  const bool for_ever = limit < core::Duration::zero();
  const core::TimePoint deadline = for_ever ? core::TimePoint{} : frame_now() + limit;
  Frame frame;
  std::array<char, kFrameHeaderBytes> header{};
  PC_CHECK(read_exactly(header.data(), header.size(), deadline, for_ever, &frame.fd));
  std::uint32_t magic = 0;
  std::uint32_t size = 0;
  std::memcpy(&magic, header.data(), 4);
  std::memcpy(&frame.job, header.data() + 8, 8);
  std::memcpy(&size, header.data() + 16, 4);
  const auto type = static_cast<std::uint8_t>(header[4]);
  if (magic != kFrameMagic)
    return core::Error{core::ErrorCode::kProtocol, "worker socket: magic: not a frame"};
  if (type < 1 || type > 6)
    return core::Error{core::ErrorCode::kProtocol,
                       fmt::format("worker socket: type {}: unknown", type)};
  if (size > kFrameTextMax)
    return core::Error{core::ErrorCode::kProtocol,
                       fmt::format("worker socket: length {}: too long", size)};
  frame.type = static_cast<FrameType>(type);
  frame.text.resize(size);
  PC_CHECK(read_exactly(frame.text.data(), size, deadline, for_ever, &frame.fd));
  return frame;
}

}  // namespace portcullis::inspection
