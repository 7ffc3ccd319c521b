#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "tests/unit/plc/scripted_plc.h"

namespace portcullis::plc {

/// Two ends of a serial line: a program opens `a`, another `b`; what one writes the other reads.
class SerialPair {
 public:
  SerialPair();
  ~SerialPair();
  [[nodiscard]] const std::string& a() const { return a_.name; }
  [[nodiscard]] const std::string& b() const { return b_.name; }

 private:
  struct End {
    int master = -1, slave = -1;  // the slave is held open, so that a peer may come and go
    std::string name;
  };
  static End open_end();
  void relay();
  End a_, b_;
  int wake_[2] = {-1, -1};
  std::thread thread_;
};

/// A Modbus RTU server on a pseudo-terminal, which misbehaves as told. Frames and CRC are put
/// together here; what it answers is the given PLC's.
class ScriptedRtu {
 public:
  enum class Mode { kWell, kLateOnce, kSilent, kWrongUnit, kBadCrc, kShort, kNoise, kException };

  explicit ScriptedRtu(ScriptedPlc& tables);
  ~ScriptedRtu();
  [[nodiscard]] const std::string& device() const { return device_; }
  void set_mode(Mode mode, int code = 0) {
    code_ = code;
    mode_ = mode;
  }
  /// With kLateOnce: after its request.
  std::atomic<int> late_ms{70};
  std::atomic<int> requests{0};
  /// Requests that came while a late reply was still owed: the client must not send any.
  std::atomic<int> requests_while_late{0};

 private:
  void serve();
  void answer(const std::vector<std::uint8_t>& request);
  void send(const std::vector<std::uint8_t>& bytes) const;

  ScriptedPlc& tables_;
  int master_ = -1, slave_ = -1;
  int wake_[2] = {-1, -1};
  std::string device_;
  std::atomic<Mode> mode_{Mode::kWell};
  std::atomic<int> code_{0};
  // The server's thread only.
  std::vector<std::uint8_t> late_;
  std::chrono::steady_clock::time_point late_at_;
  std::thread thread_;
};

}  // namespace portcullis::plc
