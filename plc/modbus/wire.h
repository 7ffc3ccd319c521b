#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace portcullis::plc {

// Modbus as bytes: requests written, replies judged; the library that carries them (connection.h)
// does neither as strictly. No socket, no clock. Sources: MODBUS Application Protocol V1.1b3,
// MODBUS Messaging on TCP/IP V1.0b.

/// One request. `words` are what is written (bits one a word), empty for a read.
struct ModbusRequest {
  std::uint8_t unit = 1;
  std::uint8_t function = 0;  ///< 1, 2, 3, 4, 15 or 16.
  std::uint16_t first = 0;
  std::uint16_t count = 0;  ///< 1 up to what the function allows; asserted.
  std::span<const std::uint16_t> words{};
};

/// What is sent: MBAP header and PDU (260 bytes at most), or unit and PDU.
struct ModbusFrame {
  std::array<std::uint8_t, 260> bytes{};
  std::size_t size = 0;
  [[nodiscard]] std::span<const std::uint8_t> view() const noexcept {
    return std::span(bytes).first(size);
  }
};

/// Unit and PDU: what libmodbus takes for a raw request, to which it adds the serial line's CRC.
[[nodiscard]] ModbusFrame encode_modbus_raw(const ModbusRequest& request) noexcept;
/// The whole frame of a TCP request.
[[nodiscard]] ModbusFrame encode_modbus_tcp(const ModbusRequest& request,
                                            std::uint16_t transaction) noexcept;

/// One reply as it came. `pdu` points into its frame.
struct ModbusReply {
  std::uint16_t transaction = 0;  ///< 0 on a serial line.
  std::uint8_t unit = 0;
  std::span<const std::uint8_t> pdu;
};
/// A TCP reply by its header: nothing where protocol number or length do not fit the bytes.
[[nodiscard]] std::optional<ModbusReply> split_modbus_tcp(
    std::span<const std::uint8_t> frame) noexcept;
/// A serial reply whose CRC was checked: unit, PDU and the two bytes of the CRC.
[[nodiscard]] std::optional<ModbusReply> split_modbus_rtu(
    std::span<const std::uint8_t> frame) noexcept;

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

}  // namespace portcullis::plc
