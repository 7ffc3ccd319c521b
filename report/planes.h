#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace portcullis::report {

/// One stored plane of a scan's images: row-major, origin top left.
struct Plane {
  int columns = 0;
  int rows = 0;
  std::vector<std::uint16_t> codes;
};

/// A gray TIFF of 8 or 16 bits, as imaging stores them. Fails as archive::decode_plane() does.
core::Result<Plane> read_plane(std::string_view tiff, std::string_view name);

/// So many pixels each way become one, until at most `columns_max` columns are left.
int reduction(int columns, int columns_max);
/// Means of codes: of attenuations.
Plane mean_of(const Plane& plane, int factor);
/// The class that most of the pixels have; of equal numbers the lower one.
Plane most_of(const Plane& plane, int factor);

}  // namespace portcullis::report
