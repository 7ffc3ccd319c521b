#pragma once

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace portcullis::test {

/// One plain HTTP connection to this machine, spoken by hand. Threading: one thread.
class RawHttp {
 public:
  explicit RawHttp(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ =
        ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
  }
  ~RawHttp() { ::close(socket_); }
  RawHttp(const RawHttp&) = delete;
  RawHttp& operator=(const RawHttp&) = delete;

  [[nodiscard]] bool connected() const { return connected_; }
  void send(std::string_view text) {
    while (!text.empty()) {
      const auto sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
  /// Head and body of the next response; what there is where the connection ends or 10 s pass.
  std::string response() {
    while (true) {
      const auto head = seen_.find("\r\n\r\n");
      if (head != std::string::npos) {
        const auto field = seen_.find("Content-Length: ");
        const auto body = field < head ? std::stoul(seen_.substr(field + 16)) : 0;
        const auto end = head + 4 + body;
        if (seen_.size() >= end) {
          auto one = seen_.substr(0, end);
          seen_.erase(0, end);
          return one;
        }
      }
      if (!more()) return std::exchange(seen_, {});
    }
  }
  bool ended() {
    while (more()) {
    }
    return seen_.empty();
  }

 private:
  bool more() {
    pollfd waiting{socket_, POLLIN, 0};
    if (::poll(&waiting, 1, 10'000) != 1) return false;
    char bytes[65'536];
    const auto got = ::recv(socket_, bytes, sizeof(bytes), 0);
    if (got <= 0) return false;
    seen_.append(bytes, static_cast<std::size_t>(got));
    return true;
  }
  int socket_;
  bool connected_ = false;
  std::string seen_;
};

inline std::string http_post(std::string_view body, std::string_view more = "",
                             std::string_view target = "/v1/messages") {
  return fmt::format("POST {} HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n{}\r\n{}", target,
                     body.size(), more, body);
}
inline std::string http_get(std::string_view target) {
  return fmt::format("GET {} HTTP/1.1\r\nHost: x\r\n\r\n", target);
}

}  // namespace portcullis::test
