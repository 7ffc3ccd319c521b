#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Clients of the simulated devices' sockets that write every byte by hand: none of the product's
// codecs is used, so that a mistake in one cannot cancel out. Every wait has a bound.

namespace portcullis::simulator {

namespace fs = std::filesystem;
using Bytes = std::vector<std::uint8_t>;
using Clock = std::chrono::steady_clock;
inline constexpr std::chrono::seconds kBound{20};

inline sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

/// A blocking client with a bound on every wait.
class Wire {
 public:
  explicit Wire(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const sockaddr_in address = loopback(port);
    EXPECT_EQ(::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0)
        << port;
  }
  explicit Wire(const fs::path& path) : fd_(::socket(AF_UNIX, SOCK_STREAM, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    EXPECT_EQ(::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0)
        << path;
  }
  ~Wire() { ::close(fd_); }
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  void send(std::string_view bytes) {
    EXPECT_EQ(::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(bytes.size()));
  }
  /// Waits up to `wait_ms` for some bytes; false at end of stream or time.
  bool receive(int wait_ms) {
    pollfd ready{fd_, POLLIN, 0};
    if (::poll(&ready, 1, wait_ms) != 1) return false;
    std::array<char, 4096> chunk{};
    const ssize_t got = ::recv(fd_, chunk.data(), chunk.size(), 0);
    if (got <= 0) {
      closed_ = true;
      return false;
    }
    buffer_.append(chunk.data(), static_cast<std::size_t>(got));
    return true;
  }
  std::optional<std::string> line(int wait_ms = 5000) {
    const auto end_time = Clock::now() + std::chrono::milliseconds(wait_ms);
    while (true) {
      if (const auto end = buffer_.find('\n'); end != std::string::npos) {
        std::string line = buffer_.substr(0, end);
        buffer_.erase(0, end + 1);
        return line;
      }
      const auto left =
          std::chrono::duration_cast<std::chrono::milliseconds>(end_time - Clock::now()).count();
      if (left <= 0 || !receive(static_cast<int>(left))) return std::nullopt;
    }
  }
  std::string ask(std::string_view request) {
    send(std::string(request) + "\n");
    return line().value_or("(no reply)");
  }
  std::optional<Bytes> take(std::size_t count) {
    while (buffer_.size() < count) {
      if (!receive(5000)) return std::nullopt;
    }
    Bytes bytes(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(count));
    buffer_.erase(0, count);
    return bytes;
  }
  [[nodiscard]] bool closed() const { return closed_; }

 private:
  int fd_;
  std::string buffer_;
  bool closed_ = false;
};

/// Modbus frames by hand.
class PlcWire : public Wire {
 public:
  explicit PlcWire(std::uint16_t port) : Wire(port) {}
  /// The reply PDU; empty where none came.
  Bytes exchange(const Bytes& pdu) {
    transaction_ = (transaction_ + 1) & 0xFFFF;
    std::string frame{static_cast<char>(transaction_ >> 8),
                      static_cast<char>(transaction_ & 0xFF),
                      0,
                      0,
                      0,
                      static_cast<char>(pdu.size() + 1),
                      1};
    frame.append(pdu.begin(), pdu.end());
    send(frame);
    const auto header = take(7);
    if (!header) return {};
    EXPECT_EQ((*header)[0] << 8 | (*header)[1], transaction_);
    return take(static_cast<std::size_t>((*header)[5]) - 1).value_or(Bytes{});
  }
  bool input(unsigned address) {
    const Bytes reply = exchange({2, 0, static_cast<std::uint8_t>(address), 0, 1});
    EXPECT_EQ(reply.size(), 3U);
    return reply.size() == 3 && (reply[2] & 1) != 0;
  }
  int input_register(unsigned address) {
    const Bytes reply = exchange({4, 0, static_cast<std::uint8_t>(address), 0, 1});
    EXPECT_EQ(reply.size(), 4U);
    return reply.size() == 4 ? reply[2] << 8 | reply[3] : -1;
  }
  int input_long(unsigned address) {
    return static_cast<int>(static_cast<unsigned>(input_register(address)) << 16 |
                            static_cast<unsigned>(input_register(address + 1)));
  }
  void coil(unsigned address, bool on) {
    EXPECT_EQ(exchange({5, 0, static_cast<std::uint8_t>(address),
                        static_cast<std::uint8_t>(on ? 0xFF : 0), 0})
                  .size(),
              5U);
  }
  void hold(unsigned address, unsigned value) {
    EXPECT_EQ(exchange({6, 0, static_cast<std::uint8_t>(address),
                        static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)})
                  .size(),
              5U);
  }
  void beat() { hold(0, ++heartbeat_ & 0xFFFFU); }

 private:
  unsigned transaction_ = 0, heartbeat_ = 0;
};

/// Receives datagrams.
class DataPort {
 public:
  DataPort() : fd_(::socket(AF_INET, SOCK_DGRAM, 0)) {
    const int bytes = 8 << 20;
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
    sockaddr_in address = loopback(0);
    EXPECT_EQ(::bind(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    socklen_t size = sizeof address;
    ::getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
  }
  ~DataPort() { ::close(fd_); }
  DataPort(const DataPort&) = delete;
  DataPort& operator=(const DataPort&) = delete;

  std::optional<Bytes> datagram(int wait_ms) {
    pollfd ready{fd_, POLLIN, 0};
    if (::poll(&ready, 1, wait_ms) != 1) return std::nullopt;
    Bytes bytes(65536);
    const ssize_t got = ::recv(fd_, bytes.data(), bytes.size(), 0);
    if (got < 0) return std::nullopt;
    bytes.resize(static_cast<std::size_t>(got));
    return bytes;
  }
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  int fd_;
  std::uint16_t port_ = 0;
};

template <class T>
T little_endian(const Bytes& bytes, std::size_t at) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i)
    value |= static_cast<std::uint64_t>(bytes[at + i]) << 8 * i;
  return static_cast<T>(value);
}

/// CRC-32C bit by bit (RFC 3720).
inline std::uint32_t crc32c_by_bits(const Bytes& bytes) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const std::uint8_t byte : bytes) {
    crc ^= byte;
    for (int i = 0; i < 8; ++i) crc = crc >> 1 ^ (crc & 1 ? 0x82F63B78U : 0);
  }
  return ~crc;
}

inline bool crc_good(Bytes datagram) {
  if (datagram.size() < 64) return false;
  const auto stored = little_endian<std::uint32_t>(datagram, 60);
  std::fill(datagram.begin() + 60, datagram.begin() + 64, std::uint8_t{0});
  return crc32c_by_bits(datagram) == stored;
}

}  // namespace portcullis::simulator
