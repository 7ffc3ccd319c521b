#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "core/assert.h"

namespace portcullis::plc {

/// What came of one request to a Modbus PLC.
struct WireAnswer {
  enum class Kind : std::uint8_t {
    kGood,
    kException,  ///< The PLC refused; `code` is its exception code. The connection stands.
    kTimeout,    ///< No whole reply within the response time.
    kBadReply,   ///< A reply that does not fit the request.
    kLost,       ///< The connection is gone; `text` says how.
  } kind = Kind::kGood;
  int code = 0;
  std::string text{};
  [[nodiscard]] bool good() const noexcept { return kind == Kind::kGood; }
};

/// One connection to a Modbus unit, request by request: the seam between what the lane does with a
/// PLC (PlcPoller) and what carries it. ModbusConnection has sockets and serial lines behind it, a
/// simulation a PLC in virtual time.
///
/// Threading: one thread. A request takes at most the response time; opening never waits.
class ModbusWire {
 public:
  enum class Progress : std::uint8_t {
    kOpening,  ///< Not yet.
    kOpened,   ///< By this very call.
    kOpen,
    kFailed,  ///< `why` says why; call again when it should be tried anew.
    kQuiet,   ///< Open, but nothing may be sent yet: a late reply is waited for.
  };
  virtual ~ModbusWire() = default;

  /// Begins to open, or moves it on, without waiting.
  virtual Progress advance(std::string& why) = 0;
  /// Whether requests may be made, now or after a quiet time. An answer that is not good may have
  /// ended it.
  [[nodiscard]] virtual bool open() const noexcept = 0;
  virtual void close() noexcept = 0;
  /// Function 1, 2, 3, 4, 15 or 16 on `count` places from `first` on; bits are one a word. `words`
  /// is what is written, `out` (count of them) takes what a good read brought. Only while open().
  virtual WireAnswer transact(std::uint8_t function, std::uint16_t first, std::uint16_t count,
                              std::span<const std::uint16_t> words,
                              std::span<std::uint16_t> out) = 0;
  /// Replies that came after their time-out, and were dropped.
  [[nodiscard]] virtual std::uint64_t late_replies() const noexcept { return 0; }
};

/// A wire that knows whole areas only, from address 0 on, and whose connection ends with any answer
/// that is neither good nor an exception: what a simulation of the built-in map needs.
class WholeAreaWire : public ModbusWire {
 public:
  enum class Connecting : std::uint8_t { kUp, kPending, kFailed };
  /// Begins a connection; only while there is none. `why` is set where it failed.
  virtual Connecting begin_connect(std::string& why) = 0;
  /// How a pending one stands.
  virtual Connecting poll_connect(std::string& why) = 0;
  /// Ends the connection, pending or up; harmless where there is none.
  virtual void end_connection() = 0;

  // Requests, only while the connection is up. Bits are one a byte, 0 or 1. Reads begin at
  // address 0 and fill the whole span, or leave it undefined where the answer is not good.
  virtual WireAnswer read_discrete_inputs(std::span<std::uint8_t> bits) = 0;
  virtual WireAnswer read_input_registers(std::span<std::uint16_t> words) = 0;
  virtual WireAnswer read_coils(std::span<std::uint8_t> bits) = 0;
  virtual WireAnswer read_holding_registers(std::span<std::uint16_t> words) = 0;
  virtual WireAnswer write_coils(std::uint16_t first, std::span<const std::uint8_t> bits) = 0;
  virtual WireAnswer write_holding_registers(std::uint16_t first,
                                             std::span<const std::uint16_t> words) = 0;

  // ModbusWire
  Progress advance(std::string& why) final {
    if (up_) return Progress::kOpen;
    const Connecting now = pending_ ? poll_connect(why) : begin_connect(why);
    pending_ = now == Connecting::kPending;
    up_ = now == Connecting::kUp;
    if (now == Connecting::kFailed) return Progress::kFailed;
    return up_ ? Progress::kOpened : Progress::kOpening;
  }
  [[nodiscard]] bool open() const noexcept final { return up_; }
  void close() noexcept final {
    up_ = pending_ = false;
    end_connection();
  }
  WireAnswer transact(std::uint8_t function, std::uint16_t first, std::uint16_t count,
                      std::span<const std::uint16_t> words, std::span<std::uint16_t> out) final {
    WireAnswer answer = dispatch(function, first, count, words, out);
    if (!answer.good() && answer.kind != WireAnswer::Kind::kException) up_ = false;
    return answer;
  }

 private:
  WireAnswer dispatch(std::uint8_t function, std::uint16_t first, std::uint16_t count,
                      std::span<const std::uint16_t> words, std::span<std::uint16_t> out) {
    std::array<std::uint8_t, 256> bits{};
    const bool on_bits = function == 1 || function == 2 || function == 15;
    PC_ASSERT(!on_bits || count <= bits.size());
    const auto some = std::span(bits).first(on_bits ? count : 0);
    if (function == 15) {
      std::transform(words.begin(), words.begin() + count, some.begin(),
                     [](std::uint16_t word) { return static_cast<std::uint8_t>(word != 0); });
      return write_coils(first, some);
    }
    if (function == 16) return write_holding_registers(first, words.first(count));
    PC_ASSERT(first == 0);
    if (function == 3) return read_holding_registers(out.first(count));
    if (function == 4) return read_input_registers(out.first(count));
    WireAnswer answer = function == 1 ? read_coils(some) : read_discrete_inputs(some);
    if (answer.good()) std::copy(some.begin(), some.end(), out.begin());
    return answer;
  }

  bool up_ = false;
  bool pending_ = false;
};

}  // namespace portcullis::plc
