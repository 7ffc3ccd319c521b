#include "simulator/live/modbus_slave.h"

#include <algorithm>
#include <utility>

namespace portcullis::simulator {
namespace {

constexpr std::size_t kMbapBytes = 7;    // transaction, protocol, length, unit
constexpr std::size_t kLengthMin = 2;    // unit and function code
constexpr std::size_t kLengthMax = 254;  // unit and a PDU of 253 bytes
constexpr std::size_t kReadBitsMax = 2000;
constexpr std::size_t kReadRegistersMax = 125;
constexpr std::size_t kWriteBitsMax = 1968;
constexpr std::size_t kWriteRegistersMax = 123;

std::uint16_t big_endian_16(std::span<const std::uint8_t> bytes, std::size_t at) {
  return static_cast<std::uint16_t>(bytes[at] << 8 | bytes[at + 1]);
}

std::vector<std::uint8_t> exception_pdu(std::uint8_t function, ModbusException code) {
  return {static_cast<std::uint8_t>(function | 0x80), static_cast<std::uint8_t>(code)};
}

std::vector<std::uint8_t> read_bits(std::span<const std::uint8_t> pdu,
                                    const std::vector<bool>& bits) {
  if (pdu.size() != 5) return exception_pdu(pdu[0], ModbusException::kIllegalDataValue);
  const std::size_t first = big_endian_16(pdu, 1), count = big_endian_16(pdu, 3);
  if (count < 1 || count > kReadBitsMax) {
    return exception_pdu(pdu[0], ModbusException::kIllegalDataValue);
  }
  if (first + count > bits.size()) {
    return exception_pdu(pdu[0], ModbusException::kIllegalDataAddress);
  }
  std::vector<std::uint8_t> reply(2 + (count + 7) / 8, 0);
  reply[0] = pdu[0];
  reply[1] = static_cast<std::uint8_t>((count + 7) / 8);
  for (std::size_t i = 0; i < count; ++i) {
    if (bits[first + i])
      reply[2 + i / 8] = static_cast<std::uint8_t>(reply[2 + i / 8] | 1U << i % 8);
  }
  return reply;
}

std::vector<std::uint8_t> read_registers(std::span<const std::uint8_t> pdu,
                                         const std::vector<std::uint16_t>& registers) {
  if (pdu.size() != 5) return exception_pdu(pdu[0], ModbusException::kIllegalDataValue);
  const std::size_t first = big_endian_16(pdu, 1), count = big_endian_16(pdu, 3);
  if (count < 1 || count > kReadRegistersMax) {
    return exception_pdu(pdu[0], ModbusException::kIllegalDataValue);
  }
  if (first + count > registers.size()) {
    return exception_pdu(pdu[0], ModbusException::kIllegalDataAddress);
  }
  std::vector<std::uint8_t> reply{pdu[0], static_cast<std::uint8_t>(2 * count)};
  for (std::size_t i = 0; i < count; ++i) {
    reply.push_back(static_cast<std::uint8_t>(registers[first + i] >> 8));
    reply.push_back(static_cast<std::uint8_t>(registers[first + i] & 0xFF));
  }
  return reply;
}

std::vector<std::uint8_t> echo(std::span<const std::uint8_t> pdu) {
  return {pdu.begin(), pdu.begin() + 5};
}

}  // namespace

std::vector<std::uint8_t> ModbusSlave::answer(std::span<const std::uint8_t> pdu) {
  if (pdu.empty()) return {};
  const std::uint8_t function = pdu[0];
  const auto refuse = [function](ModbusException code) { return exception_pdu(function, code); };
  const auto commit_holding = [this](std::vector<std::uint16_t> next, std::size_t first,
                                     std::size_t count) {
    if (accept_holding_ && !accept_holding_(next, first, count)) return false;
    tables_.holding_registers = std::move(next);
    return true;
  };

  switch (function) {
    case 1:
      return read_bits(pdu, tables_.coils);
    case 2:
      return read_bits(pdu, tables_.discrete_inputs);
    case 3:
      return read_registers(pdu, tables_.holding_registers);
    case 4:
      return read_registers(pdu, tables_.input_registers);
    case 5: {
      if (pdu.size() != 5) return refuse(ModbusException::kIllegalDataValue);
      const std::size_t at = big_endian_16(pdu, 1);
      const std::uint16_t value = big_endian_16(pdu, 3);
      if (value != 0xFF00 && value != 0) return refuse(ModbusException::kIllegalDataValue);
      if (at >= tables_.coils.size()) return refuse(ModbusException::kIllegalDataAddress);
      tables_.coils[at] = value != 0;
      return echo(pdu);
    }
    case 6: {
      if (pdu.size() != 5) return refuse(ModbusException::kIllegalDataValue);
      const std::size_t at = big_endian_16(pdu, 1);
      if (at >= tables_.holding_registers.size()) {
        return refuse(ModbusException::kIllegalDataAddress);
      }
      std::vector<std::uint16_t> next = tables_.holding_registers;
      next[at] = big_endian_16(pdu, 3);
      if (!commit_holding(std::move(next), at, 1))
        return refuse(ModbusException::kIllegalDataValue);
      return echo(pdu);
    }
    case 15: {
      if (pdu.size() < 6) return refuse(ModbusException::kIllegalDataValue);
      const std::size_t first = big_endian_16(pdu, 1), count = big_endian_16(pdu, 3);
      if (count < 1 || count > kWriteBitsMax || pdu[5] != (count + 7) / 8 ||
          pdu.size() != 6 + static_cast<std::size_t>(pdu[5])) {
        return refuse(ModbusException::kIllegalDataValue);
      }
      if (first + count > tables_.coils.size()) {
        return refuse(ModbusException::kIllegalDataAddress);
      }
      for (std::size_t i = 0; i < count; ++i) {
        tables_.coils[first + i] = (pdu[6 + i / 8] >> (i % 8) & 1) != 0;
      }
      return echo(pdu);
    }
    case 16: {
      if (pdu.size() < 6) return refuse(ModbusException::kIllegalDataValue);
      const std::size_t first = big_endian_16(pdu, 1), count = big_endian_16(pdu, 3);
      if (count < 1 || count > kWriteRegistersMax || pdu[5] != 2 * count ||
          pdu.size() != 6 + static_cast<std::size_t>(pdu[5])) {
        return refuse(ModbusException::kIllegalDataValue);
      }
      if (first + count > tables_.holding_registers.size()) {
        return refuse(ModbusException::kIllegalDataAddress);
      }
      std::vector<std::uint16_t> next = tables_.holding_registers;
      for (std::size_t i = 0; i < count; ++i) next[first + i] = big_endian_16(pdu, 6 + 2 * i);
      if (!commit_holding(std::move(next), first, count)) {
        return refuse(ModbusException::kIllegalDataValue);
      }
      return echo(pdu);
    }
    default:
      return refuse(ModbusException::kIllegalFunction);
  }
}

std::vector<std::uint8_t> ModbusSlave::answer_frame(std::span<const std::uint8_t> frame,
                                                    std::optional<ModbusException> forced) {
  if (frame.size() <= kMbapBytes) return {};
  const std::span<const std::uint8_t> pdu = frame.subspan(kMbapBytes);
  std::vector<std::uint8_t> reply;
  if (frame[6] != unit_) {
    reply = exception_pdu(pdu[0], ModbusException::kGatewayTargetFailed);
  } else if (forced) {
    reply = exception_pdu(pdu[0], *forced);
  } else {
    reply = answer(pdu);
  }
  const std::size_t length = reply.size() + 1;
  std::vector<std::uint8_t> out{frame[0],
                                frame[1],
                                0,
                                0,
                                static_cast<std::uint8_t>(length >> 8),
                                static_cast<std::uint8_t>(length & 0xFF),
                                frame[6]};
  out.insert(out.end(), reply.begin(), reply.end());
  return out;
}

std::vector<std::uint8_t> ModbusSlave::answer_serial(std::span<const std::uint8_t> request,
                                                     std::optional<ModbusException> forced) {
  if (request.size() < 2 || request[0] != unit_) return {};
  std::vector<std::uint8_t> out{unit_};
  const auto reply = forced ? exception_pdu(request[1], *forced) : answer(request.subspan(1));
  out.insert(out.end(), reply.begin(), reply.end());
  return out;
}

void ModbusFramer::push(std::span<const std::uint8_t> bytes) {
  if (!lost_) buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
}

std::optional<std::vector<std::uint8_t>> ModbusFramer::next() {
  if (lost_ || buffer_.size() < 6) return std::nullopt;
  const std::size_t length = big_endian_16(buffer_, 4);
  if (big_endian_16(buffer_, 2) != 0 || length < kLengthMin || length > kLengthMax) {
    lost_ = true;
    buffer_.clear();
    return std::nullopt;
  }
  if (buffer_.size() < 6 + length) return std::nullopt;
  const auto end = buffer_.begin() + static_cast<std::ptrdiff_t>(6 + length);
  std::vector<std::uint8_t> frame(buffer_.begin(), end);
  buffer_.erase(buffer_.begin(), end);
  return frame;
}

}  // namespace portcullis::simulator
