#include "firmware_bridge/transport/udp_receiver.h"

#include <arpa/inet.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <vector>

#include "firmware_bridge/transport/file_descriptor.h"

namespace portcullis::firmware_bridge {
namespace {

core::Error udp_error(core::ErrorCode code, const UdpReceiver::Config& config,
                      const std::string& why) {
  std::array<char, 128> buffer{};
  const int error = errno;
  std::string text = "udp " + config.host + ":" + std::to_string(config.port) + ": " + why;
  if (code == core::ErrorCode::kIo)
    text += std::string(": ") + ::strerror_r(error, buffer.data(), buffer.size());
  return {code, std::move(text)};
}

}  // namespace

struct UdpReceiver::State {
  FileDescriptor socket;
  std::uint16_t port = 0;
  std::uint32_t socket_buffer_bytes = 0;
  std::size_t slot_bytes = 0;
  std::vector<std::byte> data;
  std::vector<iovec> vectors;
  std::vector<mmsghdr> messages;
  std::vector<std::span<const std::byte>> datagrams;
  std::atomic<std::uint64_t> drops{0};
  std::uint32_t drops_raw = 0;  // the kernel's counter wraps at 32 bits

  /// Asked once a batch: told with every datagram (SO_RXQ_OVFL) it costs as much as the CRC.
  void count_drops() noexcept {
    std::array<std::uint32_t, SK_MEMINFO_VARS> memory{};
    socklen_t bytes = sizeof memory;
    if (::getsockopt(socket.get(), SOL_SOCKET, SO_MEMINFO, memory.data(), &bytes) != 0 ||
        bytes <= SK_MEMINFO_DROPS * sizeof memory[0])
      return;
    const std::uint32_t raw = memory[SK_MEMINFO_DROPS];
    drops.fetch_add(raw - drops_raw, std::memory_order_relaxed);
    drops_raw = raw;
  }
};

UdpReceiver::UdpReceiver(std::unique_ptr<State> state) : state_(std::move(state)) {}
UdpReceiver::UdpReceiver(UdpReceiver&&) noexcept = default;
UdpReceiver& UdpReceiver::operator=(UdpReceiver&&) noexcept = default;
UdpReceiver::~UdpReceiver() = default;

core::Result<UdpReceiver> UdpReceiver::open(const Config& config) {
  using core::ErrorCode;
  if (config.batch < 1 || config.batch > 1024)
    return udp_error(ErrorCode::kInvalidConfig, config, "batch: not within 1 to 1024");
  if (config.datagram_bytes_max < 64 || config.datagram_bytes_max > 65'536) {
    return udp_error(ErrorCode::kInvalidConfig, config,
                     "datagram_bytes_max: not within 64 to 65536");
  }
  sockaddr_in v4{};
  sockaddr_in6 v6{};
  const bool is_v6 = config.host.find(':') != std::string::npos;
  v4.sin_family = AF_INET;
  v4.sin_port = htons(config.port);
  v6.sin6_family = AF_INET6;
  v6.sin6_port = htons(config.port);
  void* to = is_v6 ? static_cast<void*>(&v6.sin6_addr) : static_cast<void*>(&v4.sin_addr);
  if (::inet_pton(is_v6 ? AF_INET6 : AF_INET, config.host.c_str(), to) != 1) {
    return udp_error(ErrorCode::kInvalidConfig, config, "host: not a numeric address");
  }
  auto state = std::make_unique<State>();
  state->socket = FileDescriptor(
      ::socket(is_v6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!state->socket) return udp_error(ErrorCode::kIo, config, "no socket");
  const int fd = state->socket.get();
  const int wanted = static_cast<int>(config.socket_buffer_bytes);
  // FORCE passes the system's limit and needs a privilege; without it the limit holds.
  if (::setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &wanted, sizeof wanted) != 0) {
    ::setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &wanted, sizeof wanted);
  }
  int granted = 0;
  socklen_t bytes = sizeof granted;
  ::getsockopt(fd, SOL_SOCKET, SO_RCVBUF, &granted, &bytes);
  state->socket_buffer_bytes = static_cast<std::uint32_t>(granted) / 2;  // the kernel doubles it
  const auto* address =
      is_v6 ? reinterpret_cast<const sockaddr*>(&v6) : reinterpret_cast<const sockaddr*>(&v4);
  if (::bind(fd, address, is_v6 ? sizeof v6 : sizeof v4) != 0)
    return udp_error(ErrorCode::kIo, config, "cannot bind");
  sockaddr_storage bound{};
  bytes = sizeof bound;
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&bound), &bytes);
  in_port_t port = 0;
  std::memcpy(&port, reinterpret_cast<const char*>(&bound) + offsetof(sockaddr_in, sin_port),
              sizeof port);
  state->port = ntohs(port);

  state->slot_bytes = (config.datagram_bytes_max + 63U) / 64U * 64U;
  // What the kernel has just copied should still be in the cache when it is read, and so should
  // the lines that it is unpacked to: for large datagrams these take 1.6 times as much again.
  constexpr std::size_t kBufferBytes = 128U << 10U;
  constexpr std::size_t kBatchLeast = 16;
  const std::size_t batch =
      std::min<std::size_t>(config.batch, std::max(kBatchLeast, kBufferBytes / state->slot_bytes));
  state->data.resize(batch * state->slot_bytes);
  state->vectors.resize(batch);
  state->messages.resize(batch);
  state->datagrams.resize(batch);
  for (std::size_t i = 0; i < batch; ++i) {
    state->vectors[i] = {state->data.data() + i * state->slot_bytes, config.datagram_bytes_max};
    msghdr& header = state->messages[i].msg_hdr;
    header.msg_iov = &state->vectors[i];
    header.msg_iovlen = 1;
  }
  return UdpReceiver(std::move(state));
}

std::span<const std::span<const std::byte>> UdpReceiver::receive(core::Duration timeout) noexcept {
  State& s = *state_;
  const auto batch = static_cast<unsigned>(s.messages.size());
  int got = ::recvmmsg(s.socket.get(), s.messages.data(), batch, MSG_DONTWAIT, nullptr);
  if (got <= 0 && timeout.count() > 0) {
    pollfd entry{s.socket.get(), POLLIN, 0};
    const timespec wait{timeout.count() / 1'000'000'000, timeout.count() % 1'000'000'000};
    if (::ppoll(&entry, 1, &wait, nullptr) > 0) {
      got = ::recvmmsg(s.socket.get(), s.messages.data(), batch, MSG_DONTWAIT, nullptr);
    }
  }
  if (got <= 0) return {};
  for (std::size_t i = 0; i < static_cast<std::size_t>(got); ++i)
    s.datagrams[i] = {s.data.data() + i * s.slot_bytes, s.messages[i].msg_len};
  s.count_drops();
  return {s.datagrams.data(), static_cast<std::size_t>(got)};
}

std::uint16_t UdpReceiver::port() const {
  return state_->port;
}
std::uint64_t UdpReceiver::kernel_drops() const noexcept {
  return state_->drops.load(std::memory_order_relaxed);
}
std::uint32_t UdpReceiver::socket_buffer_bytes() const {
  return state_->socket_buffer_bytes;
}

}  // namespace portcullis::firmware_bridge
