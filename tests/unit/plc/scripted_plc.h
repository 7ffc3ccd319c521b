#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "tests/support/eventually.h"

namespace portcullis::plc {

using test::eventually;

/// A Modbus TCP server of raw sockets and hand-written frames, which misbehaves as told. It shares
/// no code with the client: frames are put together from the Modbus specification here.
class ScriptedPlc {
 public:
  enum class Mode {
    kWell,
    kLate,               ///< Each reply comes 120 ms after its request.
    kWrongTransaction,   ///< The reply carries the next transaction's number.
    kShort,              ///< Half of the reply, then nothing.
    kDribble,            ///< A byte every 20 ms.
    kSilent,             ///< Requests are read and not answered.
    kNotRead,            ///< The connection stands, nothing is even read.
    kException,          ///< Every request is answered with `exception_code`.
    kExceptionOnInputs,  ///< Only function 2 is.
    kClose,              ///< The connection is closed on every request.
    kGarbage,            ///< The reply is random bytes.
    kFewer,              ///< A well-formed reply with fewer data than asked for.
    kWritesLost,         ///< Writes are acknowledged and not done.
    kWrongUnit,          ///< The reply comes from the unit after the one asked.
    kLateOnce,           ///< One reply comes 60 ms after its request, then kWell.
    kStaleBefore,        ///< Before each reply, the reply to an older transaction comes again.
  };

  ScriptedPlc();
  ~ScriptedPlc();

  [[nodiscard]] std::uint16_t port() const { return port_; }
  void set_mode(Mode mode, int exception_code = 0);
  /// Closes the listening socket and all connections; nobody answers any more.
  void vanish();

  void set_input(std::size_t address, bool value);
  void set_register(std::size_t address, std::uint16_t value);
  std::uint16_t coil(std::size_t address);
  std::uint16_t holding(std::size_t address);
  /// While set, the heartbeat (input register 8) counts up with each read and the echo
  /// (register 9) follows holding register 1.
  std::atomic<bool> lives{true};
  /// The target speed was seen to fall to 0 while the beam permit was still requested.
  std::atomic<bool> speed_fell_before_permit{false};
  std::atomic<int> connections{0};
  std::atomic<int> requests{0};
  /// Functions of the requests in order, with the first address.
  std::vector<std::pair<int, int>> log();
  /// The whole reply frame to a whole request frame, for a peer on another wire that shares these
  /// tables.
  std::vector<std::uint8_t> reply_to(const std::vector<std::uint8_t>& request, Mode mode, int code);

 private:
  using Bytes = std::vector<std::uint8_t>;
  struct Pending {
    int fd = -1;
    Bytes bytes;
  };

  void serve();
  /// Sends what is due by now; closes a connection that does not take it.
  void send_due();
  /// Milliseconds until the next reply is due, 20 at most.
  [[nodiscard]] int wait_ms() const;
  void close_client(int fd);
  bool answer(int fd);

  int listener_ = -1;
  int wake_[2] = {-1, -1};
  std::uint16_t port_ = 0;
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;
  Mode mode_ = Mode::kWell;
  int exception_code_ = 0;
  std::array<std::uint16_t, 128> inputs_{}, registers_{}, coils_{}, holding_{};
  std::vector<std::pair<int, int>> log_;
  // The server's thread only.
  std::vector<int> clients_;
  std::multimap<std::chrono::steady_clock::time_point, Pending> pending_;
  std::thread thread_;
};

}  // namespace portcullis::plc
