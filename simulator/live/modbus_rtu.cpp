#include "simulator/live/modbus_rtu.h"

#include <cstddef>

namespace portcullis::simulator {

std::uint16_t modbus_rtu_crc(std::span<const std::uint8_t> bytes) {
  unsigned crc = 0xFFFF;
  for (const std::uint8_t byte : bytes) {
    crc ^= byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc & 1U) != 0 ? (crc >> 1) ^ 0xA001U : crc >> 1;
  }
  return static_cast<std::uint16_t>(crc);
}

void ModbusRtuFramer::push(std::span<const std::uint8_t> bytes) {
  buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
}

std::optional<std::size_t> ModbusRtuFramer::frame_bytes() const {
  constexpr std::size_t kShort = 8;      // unit, function, address, count or value, CRC
  constexpr std::size_t kWriteHead = 7;  // unit, function, address, count, byte count
  if (buffer_.size() < 2) return 0;
  const std::uint8_t function = buffer_[1];
  if (function >= 1 && function <= 6) return kShort;
  if (function != 15 && function != 16) return std::nullopt;
  return buffer_.size() < kWriteHead ? 0 : kWriteHead + buffer_[kWriteHead - 1] + std::size_t{2};
}

std::optional<std::vector<std::uint8_t>> ModbusRtuFramer::next() {
  const auto size = frame_bytes();
  if (size && (*size == 0 || buffer_.size() < *size)) return std::nullopt;
  // A whole frame with its CRC has the CRC 0.
  if (!size || modbus_rtu_crc(std::span(buffer_).first(*size)) != 0) {
    buffer_.clear();
    return std::nullopt;
  }
  const auto end = buffer_.begin() + static_cast<std::ptrdiff_t>(*size);
  std::vector<std::uint8_t> request(buffer_.begin(), end - 2);
  buffer_.erase(buffer_.begin(), end);
  return request;
}

}  // namespace portcullis::simulator
