#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace portcullis::simulator {

/// Exception codes of the Modbus application protocol (V1.1b3, section 7).
enum class ModbusException : std::uint8_t {
  kIllegalFunction = 1,
  kIllegalDataAddress = 2,
  kIllegalDataValue = 3,
  kServerDeviceFailure = 4,
  kServerDeviceBusy = 6,
  kGatewayTargetFailed = 11,
};

/// The four tables of one Modbus unit, each from address 0.
struct ModbusTables {
  std::vector<bool> discrete_inputs, coils;
  std::vector<std::uint16_t> input_registers, holding_registers;
};

/// Answers Modbus requests over tables: functions 1, 2, 3, 4, 5, 6, 15 and 16.
///
/// Bytes in, bytes out, no socket. A request that the protocol allows to be answered gets its
/// reply or an exception; nothing from outside is an assertion. A write takes effect whole or not
/// at all. Source: MODBUS Application Protocol V1.1b3; MODBUS Messaging on TCP/IP V1.0b. Threading:
/// one thread. Ownership: borrows the tables.
class ModbusSlave final {
 public:
  /// Asked before a write of holding registers takes effect, with the registers as they would be;
  /// false refuses it with "illegal data value".
  using AcceptHolding = std::function<bool(const std::vector<std::uint16_t>& holding,
                                           std::size_t first, std::size_t count)>;

  ModbusSlave(ModbusTables& tables, std::uint8_t unit, AcceptHolding accept_holding = {})
      : tables_(tables), unit_(unit), accept_holding_(std::move(accept_holding)) {}

  /// The reply PDU (function code first) to a request PDU. Empty only for an empty request.
  [[nodiscard]] std::vector<std::uint8_t> answer(std::span<const std::uint8_t> request_pdu);

  /// The whole reply frame to a whole request frame (MBAP header and PDU, as cut by ModbusFramer).
  /// `forced`, where set, is given to every request instead of its answer, without effect.
  [[nodiscard]] std::vector<std::uint8_t> answer_frame(std::span<const std::uint8_t> frame,
                                                       std::optional<ModbusException> forced = {});

  /// The same on a serial line, both without CRC: unit and PDU. Nothing to another unit's request.
  [[nodiscard]] std::vector<std::uint8_t> answer_serial(std::span<const std::uint8_t> request,
                                                        std::optional<ModbusException> forced = {});

 private:
  ModbusTables& tables_;
  std::uint8_t unit_;
  AcceptHolding accept_holding_;
};

/// Cuts a TCP stream into Modbus frames. A header that cannot be (protocol not 0, length outside 2
/// to 254) means the stream is lost: the connection must be closed.
/// Threading: one thread.
class ModbusFramer final {
 public:
  void push(std::span<const std::uint8_t> bytes);
  /// The next whole frame, or nothing yet; then look at lost().
  [[nodiscard]] std::optional<std::vector<std::uint8_t>> next();
  [[nodiscard]] bool lost() const { return lost_; }

 private:
  std::vector<std::uint8_t> buffer_;
  bool lost_ = false;
};

}  // namespace portcullis::simulator
