#include <cstddef>
#include <cstdint>
#include <string_view>

#include "archive/stored_plane.h"
#include "core/assert.h"

// A plane as it stands in a scan file: what is read has the size that it says.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace portcullis;  // NOLINT: in this function only
  const auto plane = archive::decode_plane({reinterpret_cast<const char*>(data), size}, "plane");
  if (!plane.ok()) return 0;
  PC_ASSERT(plane->columns > 0 && plane->rows > 0);
  PC_ASSERT(plane->bytes_per_pixel == 1 || plane->bytes_per_pixel == 2);
  PC_ASSERT(plane->pixels.size() == static_cast<std::size_t>(plane->columns) *
                                        static_cast<std::size_t>(plane->rows) *
                                        static_cast<std::size_t>(plane->bytes_per_pixel));
  return 0;
}
