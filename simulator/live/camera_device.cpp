#include "simulator/live/camera_device.h"

#include <cmath>

#include "firmware_bridge/codec/camera_line.h"

namespace portcullis::simulator {
namespace {

constexpr double kPlateShare = 0.2;      // where in the drive the plate is read
constexpr double kContainerFrom = 0.35;  // and the containers, one after the other
constexpr double kContainerTo = 0.8;

}  // namespace

void CameraDevice::vehicle(const core::VehicleIdentity& identity) {
  pending_.clear();
  if (!identity.plate.empty()) pending_.push_back({kPlateShare, "plate", identity.plate});
  const double step =
      (kContainerTo - kContainerFrom) / static_cast<double>(identity.containers.size() + 1);
  double share = kContainerFrom;
  for (const core::ContainerReading& container : identity.containers) {
    if (!container.number.empty()) pending_.push_back({share, "container", container.number});
    if (!container.iso_type.empty()) pending_.push_back({share, "iso_type", container.iso_type});
    share += step;
  }
}

std::vector<std::string> CameraDevice::tick(double share, core::UtcTime utc) {
  std::vector<std::string> lines;
  std::size_t due = 0;
  while (due < pending_.size() && pending_[due].at_share <= share) {
    firmware_bridge::CameraReading reading;
    reading.t_ns = utc.ns;
    reading.camera = "entry";
    reading.kind = pending_[due].kind;
    reading.text = pending_[due].text;
    const double confidence = std::uniform_real_distribution<double>(0.93, 0.995)(draws_);
    reading.confidence = std::round(confidence * 1000) / 1000;
    lines.push_back(firmware_bridge::format_camera_line(reading));
    ++due;
  }
  pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(due));
  return lines;
}

}  // namespace portcullis::simulator
