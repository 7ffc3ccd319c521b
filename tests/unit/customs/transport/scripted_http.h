#pragma once

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace portcullis::customs::test {

/// An HTTP server of this machine that says what it is told to and keeps what it was asked.
/// Threading: one connection at a time on a thread of its own; requests() from any.
class ScriptedHttp final {
 public:
  /// Head and body of a request to the whole of a response.
  using Answer = std::function<std::string(const std::string& request)>;

  explicit ScriptedHttp(Answer answer)
      : answer_(std::move(answer)), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_, generic, size) == 0 && ::listen(listener_, 8) == 0 &&
        ::getsockname(listener_, generic, &size) == 0)
      port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { run(); });
  }
  ~ScriptedHttp() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  ScriptedHttp(const ScriptedHttp&) = delete;
  ScriptedHttp& operator=(const ScriptedHttp&) = delete;

  [[nodiscard]] std::string address(const std::string& path) const {
    return fmt::format("http://127.0.0.1:{}{}", port_, path);
  }
  [[nodiscard]] std::vector<std::string> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

  static std::string response(int status, const std::string& body, const std::string& more = "") {
    return fmt::format("HTTP/1.1 {} Said\r\nContent-Length: {}\r\nConnection: close\r\n{}\r\n{}",
                       status, body.size(), more, body);
  }

 private:
  void run() {
    while (true) {
      const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (connection < 0) return;
      const auto request = read_request(connection);
      if (!request.empty()) {
        {
          const std::lock_guard lock(mutex_);
          requests_.push_back(request);
        }
        const auto response = answer_(request);
        static_cast<void>(::send(connection, response.data(), response.size(), MSG_NOSIGNAL));
      }
      ::close(connection);
    }
  }
  static std::string read_request(int connection) {
    std::string seen;
    while (true) {
      const auto head = seen.find("\r\n\r\n");
      if (head != std::string::npos) {
        const auto field = seen.find("Content-Length: ");
        const auto body = field < head ? std::stoul(seen.substr(field + 16)) : 0;
        if (seen.size() >= head + 4 + body) return seen;
      }
      pollfd waiting{connection, POLLIN, 0};
      if (::poll(&waiting, 1, 10'000) != 1) return {};
      char bytes[65'536];
      const auto got = ::recv(connection, bytes, sizeof(bytes), 0);
      if (got <= 0) return {};
      seen.append(bytes, static_cast<std::size_t>(got));
    }
  }

  const Answer answer_;
  const int listener_;
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;
  std::vector<std::string> requests_;
  std::thread thread_;
};

}  // namespace portcullis::customs::test
