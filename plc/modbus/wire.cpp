#include "plc/modbus/wire.h"

#include <algorithm>

#include "core/assert.h"

namespace portcullis::plc {
namespace {

constexpr std::size_t kMbapBytes = 7;      // transaction, protocol, length, unit
constexpr std::size_t kReplyPduBytes = 2;  // function and one byte: an exception

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

ModbusFrame encode_modbus_raw(const ModbusRequest& request) noexcept {
  ModbusFrame frame;
  put_byte(frame, request.unit);
  put_pdu(frame, request);
  return frame;
}

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

std::optional<ModbusReply> split_modbus_tcp(std::span<const std::uint8_t> frame) noexcept {
  if (frame.size() < kMbapBytes + kReplyPduBytes) return std::nullopt;
  if (wire_u16(frame, 2) != 0 || std::size_t{6} + wire_u16(frame, 4) != frame.size())
    return std::nullopt;
  return ModbusReply{wire_u16(frame, 0), frame[6], frame.subspan(kMbapBytes)};
}

std::optional<ModbusReply> split_modbus_rtu(std::span<const std::uint8_t> frame) noexcept {
  if (frame.size() < 1 + kReplyPduBytes + 2) return std::nullopt;
  return ModbusReply{0, frame[0], frame.subspan(1, frame.size() - 3)};
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

}  // namespace portcullis::plc
