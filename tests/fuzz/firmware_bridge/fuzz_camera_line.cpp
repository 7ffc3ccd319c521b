#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "firmware_bridge/codec/camera_line.h"

namespace bridge = portcullis::firmware_bridge;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto reading = bridge::parse_camera_line({reinterpret_cast<const char*>(data), size});
  if (!reading.ok()) return 0;
  const auto again = bridge::parse_camera_line(bridge::format_camera_line(*reading));
  if (!again.ok() || again->text != reading->text || again->t_ns != reading->t_ns ||
      again->confidence != reading->confidence || again->image != reading->image) {
    std::abort();
  }
  return 0;
}
