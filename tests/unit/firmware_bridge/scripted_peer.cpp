#include "tests/unit/firmware_bridge/scripted_peer.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

namespace portcullis::firmware_bridge::testing {

ScriptedPeer::ScriptedPeer(Answer answer) : answer_(std::move(answer)) {
  placeholder_ = bind_socket(0);
  listener_ = bind_socket(port_);
  EXPECT_EQ(::listen(listener_, 4), 0);
  thread_ = std::thread([this] { run(); });
}

ScriptedPeer::~ScriptedPeer() {
  stopping_ = true;
  thread_.join();
  if (const int fd = connection_.exchange(-1); fd >= 0) ::close(fd);
  if (const int fd = listener_.exchange(-1); fd >= 0) ::close(fd);
  ::close(placeholder_);
}

int ScriptedPeer::bind_socket(std::uint16_t port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  const int on = 1;
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  // A listener that was closed under poll() lives until that returns.
  EXPECT_TRUE(eventually([&] {
    return ::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }));
  socklen_t bytes = sizeof address;
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &bytes);
  port_ = ntohs(address.sin_port);
  return fd;
}

void ScriptedPeer::send(std::string_view bytes) {
  // The other side may know of the connection before this one has accepted it.
  EXPECT_TRUE(eventually([&] { return connection_ >= 0; }));
  if (connection_ >= 0) [[maybe_unused]]
    const auto sent = ::send(connection_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

// Shut down here, closed by the peer's own thread, so that no descriptor is used after its close.
void ScriptedPeer::drop() {
  if (connection_ >= 0) ::shutdown(connection_, SHUT_RDWR);
}

void ScriptedPeer::go_away() {
  if (const int fd = listener_.exchange(-1); fd >= 0) ::close(fd);
  drop();
}

void ScriptedPeer::come_back() {
  const int fd = bind_socket(port_);
  EXPECT_EQ(::listen(fd, 4), 0);
  listener_ = fd;
}

std::vector<ScriptedPeer::Heard> ScriptedPeer::heard() const {
  const std::lock_guard lock(mutex_);
  return heard_;
}

void ScriptedPeer::forget() {
  const std::lock_guard lock(mutex_);
  heard_.clear();
}

std::size_t ScriptedPeer::count(std::string_view start) const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(std::count_if(heard_.begin(), heard_.end(), [&](const Heard& h) {
    return h.line.substr(0, start.size()) == start;
  }));
}

void ScriptedPeer::run() {
  std::string buffer;
  while (!stopping_) {
    pollfd entries[2] = {{listener_, POLLIN, 0}, {connection_, POLLIN, 0}};
    ::poll(entries, 2, 2);
    send_due();
    if (connection_ < 0 && (entries[0].revents & POLLIN) != 0) {
      const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (fd >= 0) {
        const int on = 1;
        ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        buffer.clear();
        pending_.clear();
        connection_ = fd;
        ++connections_;
      }
      continue;
    }
    if (connection_ < 0 || entries[1].fd != connection_ || entries[1].revents == 0) continue;
    char bytes[4096];
    const ssize_t got = ::recv(connection_, bytes, sizeof bytes, MSG_DONTWAIT);
    if (got <= 0) {
      ::close(connection_.exchange(-1));
      continue;
    }
    buffer.append(bytes, static_cast<std::size_t>(got));
    for (std::size_t end = buffer.find('\n'); end != std::string::npos; end = buffer.find('\n')) {
      const std::string line = buffer.substr(0, end);
      buffer.erase(0, end + 1);
      {
        const std::lock_guard lock(mutex_);
        heard_.push_back({line, std::chrono::steady_clock::now()});
      }
      if (std::string reply = answer_(line); !reply.empty())
        pending_.emplace_back(
            std::chrono::steady_clock::now() + std::chrono::milliseconds(delay_ms_),
            std::move(reply));
    }
    send_due();
  }
}

void ScriptedPeer::send_due() {
  while (!pending_.empty() && pending_.front().first <= std::chrono::steady_clock::now()) {
    if (connection_ >= 0) send(pending_.front().second);
    pending_.pop_front();
  }
}

}  // namespace portcullis::firmware_bridge::testing
