#pragma once

#include <chrono>
#include <string>

namespace portcullis::apps {

/// Tells the service manager how the program is (systemd's notify protocol, by libsystemd). Started
/// by hand, without a manager, every call does nothing.
///
/// A program that asks for a watchdog (WatchdogSec= in its unit) calls alive() from a loop that
/// goes on only while the work goes on; where that stops, the manager starts it anew. Threading:
/// one thread.
class ServiceNotify final {
 public:
  ServiceNotify();

  /// How often to look and call alive(): a quarter of the watchdog's time, a second without one.
  [[nodiscard]] std::chrono::milliseconds period() const { return period_; }
  /// Whether the manager waits for signs of life.
  [[nodiscard]] bool watched() const { return watched_; }

  void ready(const std::string& status);
  void alive(const std::string& status);
  void stopping();

 private:
  std::chrono::milliseconds period_{1000};
  bool watched_ = false;
};

}  // namespace portcullis::apps
