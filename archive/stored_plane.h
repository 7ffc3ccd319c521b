#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace portcullis::archive {

/// The codes of a plane, row-major, origin top left, in native order.
struct StoredPlane {
  int columns = 0;
  int rows = 0;
  int bytes_per_pixel = 0;  ///< 2 or 1.
  std::vector<std::byte> pixels;
};

/// Reads back what imaging stored of a plane in a scan file ("high", "low", "mass", "material"):
/// a gray TIFF of 8 or 16 bits in strips, on all cores. Fails with kCorrupt where it is none, cut
/// short, or of more than 65,535 columns or rows or 100 million pixels; the message begins with
/// `name`. Threading: any.
core::Result<StoredPlane> decode_plane(std::string_view tiff, std::string_view name);

}  // namespace portcullis::archive
