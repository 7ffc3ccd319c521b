#include "report/planes.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "archive/stored_plane.h"

namespace portcullis::report {
core::Result<Plane> read_plane(std::string_view tiff, std::string_view name) {
  PC_TRY(const auto stored, archive::decode_plane(tiff, name));
  Plane plane;
  plane.columns = stored.columns;
  plane.rows = stored.rows;
  plane.codes.resize(stored.pixels.size() / static_cast<std::size_t>(stored.bytes_per_pixel));
  if (stored.bytes_per_pixel == 2) {
    std::memcpy(plane.codes.data(), stored.pixels.data(), stored.pixels.size());
  } else {
    std::transform(stored.pixels.begin(), stored.pixels.end(), plane.codes.begin(),
                   [](std::byte code) { return std::to_integer<std::uint16_t>(code); });
  }
  return plane;
}

int reduction(int columns, int columns_max) {
  return std::max(1, (columns + columns_max - 1) / columns_max);
}

namespace {

/// Each `factor` x `factor` pixels (fewer at the ends) to one.
template <class Merge>
Plane reduced(const Plane& plane, int factor, Merge merge) {
  if (factor <= 1) return plane;
  Plane small;
  small.columns = (plane.columns + factor - 1) / factor;
  small.rows = (plane.rows + factor - 1) / factor;
  small.codes.reserve(static_cast<std::size_t>(small.columns) *
                      static_cast<std::size_t>(small.rows));
  std::vector<std::uint16_t> block;
  for (int row = 0; row < plane.rows; row += factor) {
    for (int column = 0; column < plane.columns; column += factor) {
      block.clear();
      for (int r = row; r < std::min(row + factor, plane.rows); ++r) {
        const auto first =
            plane.codes.begin() + static_cast<std::ptrdiff_t>(r) * plane.columns + column;
        block.insert(block.end(), first, first + std::min(factor, plane.columns - column));
      }
      small.codes.push_back(merge(block));
    }
  }
  return small;
}

}  // namespace

Plane mean_of(const Plane& plane, int factor) {
  return reduced(plane, factor, [](const std::vector<std::uint16_t>& block) {
    std::uint64_t sum = 0;
    for (const auto code : block) sum += code;
    return static_cast<std::uint16_t>((sum + block.size() / 2) / block.size());
  });
}

Plane most_of(const Plane& plane, int factor) {
  return reduced(plane, factor, [](const std::vector<std::uint16_t>& block) {
    std::array<int, 8> count{};
    for (const auto code : block) ++count[std::min<std::size_t>(code, count.size() - 1)];
    return static_cast<std::uint16_t>(std::max_element(count.begin(), count.end()) - count.begin());
  });
}

}  // namespace portcullis::report
