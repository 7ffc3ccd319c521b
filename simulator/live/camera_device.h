#pragma once

#include <cstdint>
#include <filesystem>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "core/scan.h"
#include "core/time.h"
#include "simulator/live/camera_picture.h"

namespace portcullis::simulator {

/// The cameras at the entry: while a vehicle drives in they read its plate and then each
/// container's number and type, front to rear, as JSON lines.
/// Threading: one thread; time is handed in, no socket inside.
class CameraDevice final {
 public:
  /// `pictures`: the folder to put a picture of each reading into; empty: none is taken.
  explicit CameraDevice(std::uint64_t seed, std::filesystem::path pictures = {})
      : draws_(seed ^ 0x63616d657261ULL), pictures_(std::move(pictures)) {
    // The first one finds its fonts, which takes longer than the devices' wires may stand still.
    if (!pictures_.empty()) (void)draw_camera_picture("plate", "1");
  }

  /// A vehicle begins to pass.
  void vehicle(const core::VehicleIdentity& identity);
  /// Lines that are due (without LF) when `share` of its drive in is done, 0 to 1.
  /// `misreads`: one character of each text is another than its picture shows.
  std::vector<std::string> tick(double share, core::UtcTime utc, bool misreads = false);

 private:
  struct Pending {
    double at_share;
    std::string kind, text;
  };
  std::mt19937_64 draws_;
  std::filesystem::path pictures_;
  std::vector<Pending> pending_;
  std::uint64_t taken_ = 0;  ///< Pictures, for their names.
};

}  // namespace portcullis::simulator
