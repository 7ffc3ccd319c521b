#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "core/scan.h"
#include "core/time.h"

namespace portcullis::simulator {

/// The cameras at the entry: while a vehicle drives in they read its plate and then each
/// container's number and type, front to rear, as JSON lines.
/// Threading: one thread; time is handed in, no socket inside.
class CameraDevice final {
 public:
  explicit CameraDevice(std::uint64_t seed) : draws_(seed ^ 0x63616d657261ULL) {}

  /// A vehicle begins to pass.
  void vehicle(const core::VehicleIdentity& identity);
  /// Lines that are due (without LF) when `share` of its drive in is done, 0 to 1.
  std::vector<std::string> tick(double share, core::UtcTime utc);

 private:
  struct Pending {
    double at_share;
    std::string kind, text;
  };
  std::mt19937_64 draws_;
  std::vector<Pending> pending_;
};

}  // namespace portcullis::simulator
