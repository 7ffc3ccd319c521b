#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace portcullis::firmware_bridge::testing {

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

  [[nodiscard]] std::vector<Heard> heard() const;
  void forget();
  [[nodiscard]] int connections() const { return connections_.load(); }
  [[nodiscard]] std::size_t count(std::string_view start) const;  ///< Lines that start so.

 private:
  void run();
  int bind_socket(std::uint16_t port);

  Answer answer_;
  std::uint16_t port_ = 0;
  int placeholder_ = -1;  // bound, never listening: keeps the port ours while gone away
  std::atomic<int> listener_{-1}, connection_{-1}, connections_{0};
  std::atomic<bool> stopping_{false};
  mutable std::mutex mutex_;
  std::vector<Heard> heard_;
  std::thread thread_;
};

/// Waits, with a bound, until `condition` holds.
template <class Condition>
[[nodiscard]] bool eventually(Condition condition,
                              std::chrono::milliseconds within = std::chrono::milliseconds(5000)) {
  const auto until = std::chrono::steady_clock::now() + within;
  std::mutex mutex;
  std::condition_variable never;
  std::unique_lock lock(mutex);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > until) return false;
    never.wait_for(lock, std::chrono::milliseconds(1));
  }
  return true;
}

/// A device or an owner that takes its time: part of what it plays, not a wait for something.
inline void take_time(std::chrono::milliseconds time) {
  [[maybe_unused]] const bool never = eventually([] { return false; }, time);
}

}  // namespace portcullis::firmware_bridge::testing
