#pragma once

#include <atomic>
#include <chrono>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "tests/support/eventually.h"

namespace portcullis::firmware_bridge::testing {

using ::portcullis::test::eventually;

/// A TCP peer on loopback whose bytes the test writes itself; one connection at a time.
/// Shares no code with the product: plain sockets, its own line cutting.
class ScriptedPeer {
 public:
  struct Heard {
    std::string line;
    std::chrono::steady_clock::time_point at;
  };
  /// The bytes to send back for a line, line end included; empty: nothing. Called on the peer's
  /// thread.
  using Answer = std::function<std::string(const std::string& line)>;

  explicit ScriptedPeer(Answer answer);
  ~ScriptedPeer();
  ScriptedPeer(const ScriptedPeer&) = delete;
  ScriptedPeer& operator=(const ScriptedPeer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  void send(std::string_view bytes);  ///< Unasked.
  void drop();                        ///< Closes the connection, keeps listening.
  void go_away();                     ///< Closes the listener too.
  void come_back();                   ///< Listens on the same port again.
  /// From now on each answer comes so long after its line.
  void answer_after(std::chrono::milliseconds delay) { delay_ms_ = delay.count(); }

  [[nodiscard]] std::vector<Heard> heard() const;
  void forget();
  [[nodiscard]] int connections() const { return connections_.load(); }
  [[nodiscard]] std::size_t count(std::string_view start) const;  ///< Lines that start so.

 private:
  void run();
  void send_due();
  int bind_socket(std::uint16_t port);

  Answer answer_;
  std::uint16_t port_ = 0;
  int placeholder_ = -1;  // bound, never listening: keeps the port ours while gone away
  std::atomic<int> listener_{-1}, connection_{-1}, connections_{0};
  std::atomic<std::chrono::milliseconds::rep> delay_ms_{0};
  std::atomic<bool> stopping_{false};
  mutable std::mutex mutex_;
  std::vector<Heard> heard_;
  /// Answers not yet sent, by the moment they are due. The peer's thread only.
  std::deque<std::pair<std::chrono::steady_clock::time_point, std::string>> pending_;
  std::thread thread_;
};

}  // namespace portcullis::firmware_bridge::testing
