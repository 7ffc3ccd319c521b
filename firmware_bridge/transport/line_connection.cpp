#include "firmware_bridge/transport/line_connection.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <ctime>

namespace portcullis::firmware_bridge {
namespace {

/// Deadlines of a socket are the kernel's business, not the lane's: they run on the machine's
/// monotonic clock even where the lane's time is handed in.
std::int64_t monotonic_ns() {
  timespec t{};
  ::clock_gettime(CLOCK_MONOTONIC, &t);
  return static_cast<std::int64_t>(t.tv_sec) * 1'000'000'000 + t.tv_nsec;
}

int remaining_ms(std::int64_t deadline_ns) {
  const std::int64_t left = deadline_ns - monotonic_ns();
  return static_cast<int>(std::clamp<std::int64_t>((left + 999'999) / 1'000'000, 0, 60'000));
}

std::string system_text(int error) {
  // strerror() is not thread-safe; this form of the GNU function returns the text.
  std::array<char, 128> buffer{};
  return ::strerror_r(error, buffer.data(), buffer.size());
}

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t bytes = 0;
};

SocketAddress address_of(const Endpoint& endpoint) {
  SocketAddress out;
  if (!endpoint.unix_path.empty()) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::size_t length = std::min(endpoint.unix_path.size(), sizeof address.sun_path - 1);
    std::memcpy(address.sun_path, endpoint.unix_path.data(), length);
    std::memcpy(&out.storage, &address, sizeof address);
    out.bytes = sizeof address;
  } else if (endpoint.host.find(':') != std::string::npos) {
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(endpoint.port);
    ::inet_pton(AF_INET6, endpoint.host.c_str(), &address.sin6_addr);
    std::memcpy(&out.storage, &address, sizeof address);
    out.bytes = sizeof address;
  } else {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(endpoint.port);
    ::inet_pton(AF_INET, endpoint.host.c_str(), &address.sin_addr);
    std::memcpy(&out.storage, &address, sizeof address);
    out.bytes = sizeof address;
  }
  return out;
}

core::Error unavailable(const Endpoint& endpoint, const std::string& why) {
  return {core::ErrorCode::kUnavailable, endpoint.text() + ": " + why};
}

}  // namespace

LineConnection::LineConnection(Endpoint endpoint, std::size_t line_bytes_max)
    : endpoint_(std::move(endpoint)), splitter_(line_bytes_max) {}

core::Status LineConnection::connect(core::Duration timeout) {
  close();
  const std::int64_t deadline = monotonic_ns() + timeout.count();
  const SocketAddress address = address_of(endpoint_);
  FileDescriptor socket(
      ::socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!socket) return unavailable(endpoint_, "no socket: " + system_text(errno));
  if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address.storage), address.bytes) !=
      0) {
    if (errno != EINPROGRESS) return unavailable(endpoint_, system_text(errno));
    for (;;) {
      std::array<pollfd, 2> entries = {{{socket.get(), POLLOUT, 0}, {wake_.fd(), POLLIN, 0}}};
      const int left = remaining_ms(deadline);
      const int ready = ::poll(entries.data(), entries.size(), left);
      if (ready < 0 && errno != EINTR) return unavailable(endpoint_, system_text(errno));
      if (entries[0].revents != 0) break;
      if (entries[1].revents != 0) {
        wake_.clear();
        return unavailable(endpoint_, "connecting was interrupted");
      }
      if (ready == 0 && left == 0) {
        return core::Error{core::ErrorCode::kTimeout,
                           endpoint_.text() + ": no connection in " +
                               std::to_string(timeout / std::chrono::milliseconds(1)) + " ms"};
      }
    }
    int error = 0;
    socklen_t bytes = sizeof error;
    ::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &error, &bytes);
    if (error != 0) return unavailable(endpoint_, system_text(error));
  }
  if (endpoint_.unix_path.empty()) {
    // Retrying a port of the ephemeral range on this machine where nobody listens can meet itself
    // (TCP simultaneous open) and would then take the port from its owner.
    sockaddr_storage own{};
    sockaddr_storage peer{};
    socklen_t own_bytes = sizeof own;
    socklen_t peer_bytes = sizeof peer;
    ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&own), &own_bytes);
    ::getpeername(socket.get(), reinterpret_cast<sockaddr*>(&peer), &peer_bytes);
    if (own_bytes == peer_bytes && std::memcmp(&own, &peer, own_bytes) == 0) {
      return unavailable(endpoint_, "nobody listens there");
    }
    const int on = 1;
    ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::setsockopt(socket.get(), SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
  }
  splitter_.clear();
  const std::lock_guard lock(send_mutex_);
  socket_ = std::move(socket);
  connected_.store(true);
  return {};
}

void LineConnection::close() noexcept {
  const std::lock_guard lock(send_mutex_);
  connected_.store(false);
  socket_.reset();
}

core::Status LineConnection::send_line(std::string_view line) noexcept {
  std::array<char, 1200> buffer{};
  if (line.size() + 1 > buffer.size()) {
    return core::Error{core::ErrorCode::kInternal, endpoint_.text() + ": line too long to send"};
  }
  std::memcpy(buffer.data(), line.data(), line.size());
  buffer[line.size()] = '\n';
  const auto bytes = static_cast<ssize_t>(line.size() + 1);
  const std::lock_guard lock(send_mutex_);
  if (!connected_.load()) return unavailable(endpoint_, "not connected");
  ssize_t sent = 0;
  do {
    sent = ::send(socket_.get(), buffer.data(), static_cast<std::size_t>(bytes),
                  MSG_NOSIGNAL | MSG_DONTWAIT);
  } while (sent < 0 && errno == EINTR);
  if (sent == bytes) return {};
  const int error = errno;
  // The owner thread sees the end of the stream and closes; half a line must not be continued.
  ::shutdown(socket_.get(), SHUT_RDWR);
  connected_.store(false);
  return unavailable(endpoint_,
                     sent < 0 && error != EAGAIN ? system_text(error) : "the peer does not read");
}

core::Result<std::optional<std::string>> LineConnection::receive_line(core::Duration timeout) {
  const std::int64_t deadline = monotonic_ns() + timeout.count();
  for (;;) {
    if (auto line = splitter_.next()) return std::optional<std::string>(std::string(*line));
    if (!socket_) return unavailable(endpoint_, "not connected");
    std::array<pollfd, 2> entries = {{{socket_.get(), POLLIN, 0}, {wake_.fd(), POLLIN, 0}}};
    const int left = remaining_ms(deadline);
    const int ready = ::poll(entries.data(), entries.size(), left);
    if (ready < 0 && errno != EINTR) {
      const int error = errno;
      close();
      return unavailable(endpoint_, system_text(error));
    }
    if (entries[0].revents != 0) {
      std::array<char, 4096> buffer;
      const ssize_t got = ::recv(socket_.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
      if (got > 0) {
        splitter_.push({buffer.data(), static_cast<std::size_t>(got)});
        continue;
      }
      if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
        const std::string why = got == 0 ? "closed by the peer" : system_text(errno);
        close();
        return unavailable(endpoint_, why);
      }
    }
    if (entries[1].revents != 0) {
      wake_.clear();
      return std::optional<std::string>();
    }
    if (left == 0) return std::optional<std::string>();
  }
}

}  // namespace portcullis::firmware_bridge
