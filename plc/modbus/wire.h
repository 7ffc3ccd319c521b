#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace portcullis::plc {

// Modbus as bytes: requests written, replies judged. No socket, no clock. Sources: MODBUS
// Application Protocol V1.1b3, MODBUS Messaging on TCP/IP V1.0b, MODBUS over Serial Line V1.02.

/// One request. `words` are what is written (bits one a word), empty for a read.
struct ModbusRequest {
  std::uint8_t unit = 1;
  std::uint8_t function = 0;  ///< 1, 2, 3, 4, 15 or 16.
  std::uint16_t first = 0;
  std::uint16_t count = 0;  ///< 1 up to what the function allows; asserted.
  std::span<const std::uint16_t> words{};
};

/// A whole frame on the wire: MBAP header and PDU (260 bytes at most), or address, PDU and CRC.
struct ModbusFrame {
  std::array<std::uint8_t, 260> bytes{};
  std::size_t size = 0;
  [[nodiscard]] std::span<const std::uint8_t> view() const noexcept {
    return std::span(bytes).first(size);
  }
};

[[nodiscard]] ModbusFrame encode_modbus_tcp(const ModbusRequest& request,
                                            std::uint16_t transaction) noexcept;
[[nodiscard]] ModbusFrame encode_modbus_rtu(const ModbusRequest& request) noexcept;
/// CRC-16 of the serial line (polynomial 0xA001, start 0xFFFF), low byte sent first.
[[nodiscard]] std::uint16_t modbus_crc(std::span<const std::uint8_t> bytes) noexcept;

/// What a reply's PDU is to its request.
struct ModbusVerdict {
  enum class Kind : std::uint8_t { kGood, kException, kMisfit };
  Kind kind = Kind::kMisfit;
  std::uint8_t exception = 0;  ///< With kException: the code, whatever it is.
  std::string_view why;        ///< With kMisfit: in words.
};
/// Strict: function, byte count, every length and, for a write, the echo must fit the request. For
/// a good read `out` (request.count words at least) takes the values, bits one a word; else it is
/// left alone.
[[nodiscard]] ModbusVerdict judge_modbus_reply(const ModbusRequest& request,
                                               std::span<const std::uint8_t> pdu,
                                               std::span<std::uint16_t> out) noexcept;

/// A reply cut from the stream. `pdu` is valid until the next call of its stream.
struct ModbusReply {
  std::uint16_t transaction = 0;  ///< 0 on a serial line.
  std::uint8_t unit = 0;
  std::span<const std::uint8_t> pdu;
};

/// Cuts the bytes of a connection into replies. Holds at most one frame and what came after it.
/// Threading: one thread. Real time: no allocation.
class ModbusStream final {
 public:
  enum class Wire : std::uint8_t { kTcp, kRtu };
  explicit ModbusStream(Wire wire) noexcept : wire_(wire) {}

  /// Takes bytes; what does not fit (nobody called next()) loses the stream.
  void push(std::span<const std::uint8_t> bytes) noexcept;
  /// The next whole reply, or nothing: then look at lost().
  [[nodiscard]] std::optional<ModbusReply> next() noexcept;
  /// What came can be no reply (protocol number, length, CRC): the connection must be made anew,
  /// the serial line left to fall silent.
  [[nodiscard]] bool lost() const noexcept { return lost_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  void clear() noexcept;

 private:
  [[nodiscard]] std::optional<ModbusReply> next_tcp() noexcept;
  [[nodiscard]] std::optional<ModbusReply> next_rtu() noexcept;

  Wire wire_;
  std::array<std::uint8_t, 1024> buffer_{};
  std::size_t size_ = 0;
  std::size_t done_ = 0;  // bytes of the reply last given out, dropped at the next call
  bool lost_ = false;
};

}  // namespace portcullis::plc
