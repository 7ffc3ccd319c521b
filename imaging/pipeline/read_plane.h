#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace portcullis::imaging {

/// The codes of a plane, row-major, in native order.
struct StoredPlane {
  int columns = 0;
  int rows = 0;
  int bytes_per_pixel = 0;  ///< 2 or 1.
  std::vector<std::byte> pixels;
};

/// Reads back what encode_images() made of a plane ("high", "low", "mass", "material"), on all
/// cores. Fails with kCorrupt where it is another kind of TIFF or cut short. Threading: any.
core::Result<StoredPlane> decode_plane(std::string_view tiff);

}  // namespace portcullis::imaging
