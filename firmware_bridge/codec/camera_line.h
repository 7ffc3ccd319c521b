#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"

namespace portcullis::firmware_bridge {

inline constexpr std::size_t kCameraLineBytesMax = 16'384;

/// One reading of a camera, a JSON object on a line of its own:
/// {"t_ns":1,"camera":"entry","kind":"plate","text":"AB123CD","confidence":0.97,"image":""}
struct CameraReading {
  std::int64_t t_ns = 0;  ///< Camera's clock, ns since 1970, not negative.
  std::string camera;     ///< Name, 1 to 64 bytes.
  std::string kind;       ///< "plate", "container", "iso_type"; 1 to 32 bytes, others tolerated.
  std::string text;       ///< What was read, up to 256 bytes.
  double confidence = 0;  ///< 0 to 1.
  std::string image;      ///< Reference to the picture, up to 1,024 bytes; may be empty.
};

/// Strict: exactly the six keys above, each once, of its type and range; valid UTF-8, no control
/// characters; at most kCameraLineBytesMax bytes. Fails with kInvalidInput naming the key.
core::Result<CameraReading> parse_camera_line(std::string_view line);
/// One line without its end.
std::string format_camera_line(const CameraReading& reading);

}  // namespace portcullis::firmware_bridge
