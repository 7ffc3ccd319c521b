#include "plc/modbus/wire.h"

#include <algorithm>

#include "core/assert.h"

namespace portcullis::plc {
namespace {

constexpr std::size_t kMbapBytes = 7;       // transaction, protocol, length, unit
constexpr std::size_t kTcpLengthMin = 3;    // unit, function and one byte: an exception
constexpr std::size_t kTcpLengthMax = 254;  // unit and a PDU of 253 bytes
constexpr std::size_t kRtuBytesMax = 256;

std::uint16_t wire_u16(std::span<const std::uint8_t> bytes, std::size_t at) {
  return static_cast<std::uint16_t>(bytes[at] << 8 | bytes[at + 1]);
}

void put_byte(ModbusFrame& frame, std::size_t value) {
  frame.bytes[frame.size++] = static_cast<std::uint8_t>(value & 0xFF);
}
void put_u16(ModbusFrame& frame, std::size_t value) {
  put_byte(frame, value >> 8);
  put_byte(frame, value);
}

bool reads_bits(std::uint8_t function) {
  return function == 1 || function == 2;
}
bool reads_registers(std::uint8_t function) {
  return function == 3 || function == 4;
}

void put_pdu(ModbusFrame& frame, const ModbusRequest& request) {
  put_byte(frame, request.function);
  put_u16(frame, request.first);
  put_u16(frame, request.count);
  if (reads_bits(request.function)) {
    PC_ASSERT(request.count >= 1 && request.count <= 2000);
  } else if (reads_registers(request.function)) {
    PC_ASSERT(request.count >= 1 && request.count <= 125);
  } else if (request.function == 15) {
    PC_ASSERT(request.count >= 1 && request.count <= 1968);
    PC_ASSERT(request.words.size() >= request.count);
    const std::size_t bytes = (std::size_t{request.count} + 7) / 8;
    put_byte(frame, bytes);
    for (std::size_t b = 0; b < bytes; ++b) {
      unsigned packed = 0;
      for (std::size_t i = 8 * b; i < std::min<std::size_t>(8 * b + 8, request.count); ++i)
        if (request.words[i] != 0) packed |= 1U << (i % 8);
      put_byte(frame, packed);
    }
  } else {
    PC_ASSERT(request.function == 16);
    PC_ASSERT(request.count >= 1 && request.count <= 123);
    PC_ASSERT(request.words.size() >= request.count);
    put_byte(frame, 2 * std::size_t{request.count});
    for (std::size_t i = 0; i < request.count; ++i) put_u16(frame, request.words[i]);
  }
}

}  // namespace

ModbusFrame encode_modbus_tcp(const ModbusRequest& request, std::uint16_t transaction) noexcept {
  ModbusFrame frame;
  put_u16(frame, transaction);
  put_u16(frame, 0);
  put_u16(frame, 0);  // the length, known at the end
  put_byte(frame, request.unit);
  put_pdu(frame, request);
  const std::size_t length = frame.size - 6;
  frame.bytes[4] = static_cast<std::uint8_t>(length >> 8);
  frame.bytes[5] = static_cast<std::uint8_t>(length & 0xFF);
  return frame;
}

ModbusFrame encode_modbus_rtu(const ModbusRequest& request) noexcept {
  ModbusFrame frame;
  put_byte(frame, request.unit);
  put_pdu(frame, request);
  const std::uint16_t crc = modbus_crc(frame.view());
  put_byte(frame, crc);
  put_byte(frame, static_cast<std::size_t>(crc) >> 8);
  return frame;
}

std::uint16_t modbus_crc(std::span<const std::uint8_t> bytes) noexcept {
  unsigned crc = 0xFFFF;
  for (const std::uint8_t byte : bytes) {
    crc ^= byte;
    for (int i = 0; i < 8; ++i) crc = (crc & 1U) != 0 ? crc >> 1 ^ 0xA001U : crc >> 1;
  }
  return static_cast<std::uint16_t>(crc);
}

ModbusVerdict judge_modbus_reply(const ModbusRequest& request, std::span<const std::uint8_t> pdu,
                                 std::span<std::uint16_t> out) noexcept {
  using Kind = ModbusVerdict::Kind;
  const auto misfit = [](std::string_view why) { return ModbusVerdict{Kind::kMisfit, 0, why}; };
  if (pdu.size() < 2) return misfit("the reply is too short");
  if (pdu[0] == (request.function | 0x80)) {
    if (pdu.size() != 2) return misfit("the exception has a wrong length");
    return {Kind::kException, pdu[1], {}};
  }
  if (pdu[0] != request.function) return misfit("the reply is to another function");
  if (reads_bits(request.function)) {
    const std::size_t bytes = (std::size_t{request.count} + 7) / 8;
    if (pdu[1] != bytes || pdu.size() != 2 + bytes)
      return misfit("the reply holds another number of bits");
    PC_ASSERT(out.size() >= request.count);
    for (std::size_t i = 0; i < request.count; ++i)
      out[i] = static_cast<std::uint16_t>(pdu[2 + i / 8] >> (i % 8) & 1);
    return {Kind::kGood, 0, {}};
  }
  if (reads_registers(request.function)) {
    const std::size_t bytes = 2 * std::size_t{request.count};
    if (pdu[1] != bytes || pdu.size() != 2 + bytes)
      return misfit("the reply holds another number of registers");
    PC_ASSERT(out.size() >= request.count);
    for (std::size_t i = 0; i < request.count; ++i) out[i] = wire_u16(pdu, 2 + 2 * i);
    return {Kind::kGood, 0, {}};
  }
  if (pdu.size() != 5) return misfit("the reply to a write has a wrong length");
  if (wire_u16(pdu, 1) != request.first || wire_u16(pdu, 3) != request.count)
    return misfit("the reply is to another write");
  return {Kind::kGood, 0, {}};
}

void ModbusStream::clear() noexcept {
  size_ = done_ = 0;
  lost_ = false;
}

void ModbusStream::push(std::span<const std::uint8_t> bytes) noexcept {
  if (lost_) return;
  if (bytes.size() > buffer_.size() - size_) {
    lost_ = true;
    return;
  }
  std::copy(bytes.begin(), bytes.end(), buffer_.begin() + static_cast<std::ptrdiff_t>(size_));
  size_ += bytes.size();
}

std::optional<ModbusReply> ModbusStream::next() noexcept {
  if (done_ > 0) {
    std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(done_),
              buffer_.begin() + static_cast<std::ptrdiff_t>(size_), buffer_.begin());
    size_ -= done_;
    done_ = 0;
  }
  if (lost_) return std::nullopt;
  return wire_ == Wire::kTcp ? next_tcp() : next_rtu();
}

std::optional<ModbusReply> ModbusStream::next_tcp() noexcept {
  const auto bytes = std::span<const std::uint8_t>(buffer_).first(size_);
  if (bytes.size() < 6) return std::nullopt;
  const std::size_t length = wire_u16(bytes, 4);
  if (wire_u16(bytes, 2) != 0 || length < kTcpLengthMin || length > kTcpLengthMax) {
    lost_ = true;
    return std::nullopt;
  }
  if (bytes.size() < 6 + length) return std::nullopt;
  done_ = 6 + length;
  return ModbusReply{wire_u16(bytes, 0), bytes[6], bytes.subspan(kMbapBytes, length - 1)};
}

std::optional<ModbusReply> ModbusStream::next_rtu() noexcept {
  const auto bytes = std::span<const std::uint8_t>(buffer_).first(size_);
  if (bytes.size() < 3) return std::nullopt;
  const std::uint8_t function = bytes[1];
  std::size_t length = 0;
  if ((function & 0x80) != 0) {
    length = 5;
  } else if (reads_bits(function) || reads_registers(function)) {
    length = std::size_t{5} + bytes[2];
  } else if (function == 15 || function == 16) {
    length = 8;
  } else {
    lost_ = true;
    return std::nullopt;
  }
  if (length > kRtuBytesMax) {
    lost_ = true;
    return std::nullopt;
  }
  if (bytes.size() < length) return std::nullopt;
  const unsigned sent =
      static_cast<unsigned>(bytes[length - 2]) | static_cast<unsigned>(bytes[length - 1]) << 8;
  if (modbus_crc(bytes.first(length - 2)) != sent) {
    lost_ = true;
    return std::nullopt;
  }
  done_ = length;
  return ModbusReply{0, bytes[0], bytes.subspan(1, length - 3)};
}

}  // namespace portcullis::plc
