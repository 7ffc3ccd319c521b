#pragma once

#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "core/result.h"
#include "core/time.h"
#include "plc/modbus/modbus_wire.h"
#include "plc/modbus/wire.h"

namespace portcullis::plc {

/// Modbus RTU line. Empty `device`: Modbus TCP instead.
struct SerialLine {
  std::string device;  ///< "/dev/ttyS0"
  int baud = 115'200;  ///< 1,200 to 921,600, of the standard rates.
  char parity = 'E';   ///< N, E or O; E is the standard's own choice.
  int stop_bits = 1;   ///< 1 or 2.
};

/// A Modbus client's connection, TCP or serial, with deadlines of its own.
///
/// libmodbus carries it: it sets up and closes the wire, reads replies, and on a serial line puts
/// requests into frames and checks their CRC. Ours are what its calls cannot do
/// (docs/decisions/0007): transaction ids, opening TCP without waiting, and what a reply must be.
///
/// One request at a time. A reply that comes after its time-out is never taken for another's:
/// - TCP: it is known by its transaction id and dropped; the connection stands. A second request in
///   a row without a reply closes it: the other side may be gone without a word (half open). So
///   does a reply of which a part came in time.
/// - serial: there is no such id, so after a time-out nothing is sent until the late reply has come
///   and the line has been silent for a while, or one more response time has passed.
///
/// Ownership: owns its wire; `clock` must outlive it. Threading: one thread. Nothing blocks longer
/// than the response time-out: sends are non-blocking, opening goes on in advance().
class ModbusConnection final : public ModbusWire {
 public:
  struct Config {
    sockaddr_storage address{};  ///< Where `serial.device` is empty.
    socklen_t address_size = 0;
    SerialLine serial;
    std::uint8_t unit = 1;
    core::Duration response_timeout{std::chrono::milliseconds(50)};
    core::Duration connect_timeout{std::chrono::milliseconds(500)};
  };
  /// Fails with kInvalidConfig where the serial line's figures are none that it can have.
  static core::Status check(const SerialLine& line);

  ModbusConnection(const Config& config, const core::Clock& clock);
  ~ModbusConnection() override;
  ModbusConnection(const ModbusConnection&) = delete;
  ModbusConnection& operator=(const ModbusConnection&) = delete;

  Progress advance(std::string& why) override;
  [[nodiscard]] bool open() const noexcept override { return open_; }
  void close() noexcept override;
  WireAnswer transact(std::uint8_t function, std::uint16_t first, std::uint16_t count,
                      std::span<const std::uint16_t> words, std::span<std::uint16_t> out) override;
  [[nodiscard]] std::uint64_t late_replies() const noexcept override { return late_replies_; }

 private:
  struct Library;  // libmodbus' context
  [[nodiscard]] bool serial() const noexcept { return !config_.serial.device.empty(); }
  Progress open_serial(std::string& why);
  Progress open_tcp(std::string& why);
  Progress opened(std::string& why);
  Progress wait_for_quiet();
  bool send_request(const ModbusRequest& request, WireAnswer& failed);
  bool receive(core::TimePoint deadline, ModbusReply& reply, WireAnswer& failed);
  WireAnswer wait_for_reply(const ModbusRequest& request, std::span<std::uint16_t> out,
                            core::TimePoint deadline);
  WireAnswer lost(std::string text);
  WireAnswer misfit(std::string_view why);
  WireAnswer timed_out(bool in_part);
  [[nodiscard]] bool forget_abandoned(std::uint16_t transaction) noexcept;
  bool drain();

  const Config config_;
  const core::Clock& clock_;
  std::unique_ptr<Library> library_;
  std::array<std::uint8_t, 260> frame_{};  // the reply last received
  int fd_ = -1;
  bool open_ = false;
  core::TimePoint opening_since_;
  std::uint16_t transaction_ = 0;
  // Transactions that timed out on this connection, the newest last; 0: none.
  std::array<std::uint16_t, 4> abandoned_{};
  int timeouts_in_a_row_ = 0;
  bool quiet_wanted_ = false;
  core::TimePoint quiet_until_;
  core::TimePoint last_byte_;
  bool late_seen_ = false;
  std::uint64_t late_replies_ = 0;
};

}  // namespace portcullis::plc
