#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "core/result.h"
#include "core/time.h"

namespace portcullis::firmware_bridge {

/// Receives datagrams in batches (recvmmsg) and reads the kernel's own drop counter.
///
/// Ownership: owns socket and buffers. Threading: one thread at a time; kernel_drops() from any.
/// Real time: receive() never allocates or locks; it waits in the kernel up to its timeout.
class UdpReceiver {
 public:
  struct Config {
    std::string host = "127.0.0.1";  ///< Numeric address to receive at.
    std::uint16_t port = 0;          ///< 0: any free one.
    std::uint32_t datagram_bytes_max =
        2048;  ///< Longer ones are cut and so fail their length check.
    /// Datagrams a call at most, 1 to 1,024; large ones come in fewer (512 KiB a call, at least
    /// 16), so that they are still in the cache when they are read.
    std::uint32_t batch = 256;
    std::uint32_t socket_buffer_bytes = 8U << 20U;
  };

  /// Fails with kInvalidConfig (address, batch) or kIo (bind).
  static core::Result<UdpReceiver> open(const Config& config);
  UdpReceiver(UdpReceiver&&) noexcept;
  UdpReceiver& operator=(UdpReceiver&&) noexcept;
  ~UdpReceiver();

  /// All datagrams that wait, up to a batch; waits for a first one up to `timeout`. The bytes
  /// are valid until the next call. Empty: none came.
  std::span<const std::span<const std::byte>> receive(core::Duration timeout) noexcept;

  [[nodiscard]] std::uint16_t port() const;
  /// Datagrams that the kernel dropped at this socket since it was opened.
  [[nodiscard]] std::uint64_t kernel_drops() const noexcept;
  /// What the kernel granted; where it is less than asked, a burst can be lost: say so.
  [[nodiscard]] std::uint32_t socket_buffer_bytes() const;

 private:
  struct State;
  explicit UdpReceiver(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace portcullis::firmware_bridge
