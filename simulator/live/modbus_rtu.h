#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace portcullis::simulator {

/// CRC-16 of a Modbus serial line (polynomial 0xA001, start 0xFFFF), low byte sent first. Source:
/// MODBUS over Serial Line V1.02, 6.2.2.
[[nodiscard]] std::uint16_t modbus_rtu_crc(std::span<const std::uint8_t> bytes);

/// Cuts the bytes of a serial line into requests of functions 1 to 6, 15 and 16. What is none, by
/// function or CRC, is dropped with all that came with it: the line must fall silent, and the
/// master ask again.
/// Threading: one thread.
class ModbusRtuFramer final {
 public:
  void push(std::span<const std::uint8_t> bytes);
  /// The next whole request, unit and PDU without its CRC, or nothing yet.
  [[nodiscard]] std::optional<std::vector<std::uint8_t>> next();
  /// The line has been silent: what is there was the beginning of nothing.
  void clear() { buffer_.clear(); }

 private:
  /// Of the whole frame; 0: not known yet; nothing: no request.
  [[nodiscard]] std::optional<std::size_t> frame_bytes() const;
  std::vector<std::uint8_t> buffer_;
};

}  // namespace portcullis::simulator
