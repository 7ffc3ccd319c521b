#include "simulator/live/camera_device.h"

#include <cmath>

#include "core/log.h"
#include "firmware_bridge/codec/camera_line.h"

namespace portcullis::simulator {
namespace {

constexpr double kPlateShare = 0.2;      // where in the drive the plate is read
constexpr double kContainerFrom = 0.35;  // and the containers, one after the other
constexpr double kContainerTo = 0.8;

/// The last digit but one, as a dirty box or a shadow would have it.
void misread(firmware_bridge::CameraReading& reading) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  std::size_t left = 2;
  for (auto it = reading.text.rbegin(); it != reading.text.rend(); ++it) {
    if (!digit(*it) || --left > 0) continue;
    *it = *it == '8' ? '3' : '8';
    break;
  }
  reading.confidence = std::round(reading.confidence * 600) / 1000;
}

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

std::vector<std::string> CameraDevice::tick(double share, core::UtcTime utc, bool misreads) {
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
    if (!pictures_.empty()) {
      std::string name = std::to_string(utc.ns) + "-" + std::to_string(++taken_) + ".png";
      if (const auto put = put_camera_picture(pictures_, name, reading.kind, reading.text);
          put.ok())
        reading.image = std::move(name);
      else
        core::log_warning("camera", put.error().message);
    }
    if (misreads) misread(reading);
    lines.push_back(firmware_bridge::format_camera_line(reading));
    ++due;
  }
  pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(due));
  return lines;
}

}  // namespace portcullis::simulator
