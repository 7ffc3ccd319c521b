#include "hmi/models/image_set.h"

#include <algorithm>
#include <utility>

namespace portcullis::hmi {
namespace {

constexpr int kPyramidTopPx = 512;

PlaneLevel half_of(const PlaneLevel& from) {
  PlaneLevel to;
  to.columns = (from.columns + 1) / 2;
  to.rows = (from.rows + 1) / 2;
  const auto count = static_cast<std::size_t>(to.columns) * static_cast<std::size_t>(to.rows);
  to.codes.resize(from.codes.empty() ? 0 : count);
  to.classes.resize(from.classes.empty() ? 0 : count);
  const auto stride = static_cast<std::size_t>(from.columns);
  for (int row = 0; row < to.rows; ++row) {
    const auto top = static_cast<std::size_t>(2 * row) * stride;
    const auto bottom = static_cast<std::size_t>(std::min(2 * row + 1, from.rows - 1)) * stride;
    for (int column = 0; column < to.columns; ++column) {
      const auto left = static_cast<std::size_t>(2 * column);
      const auto right = static_cast<std::size_t>(std::min(2 * column + 1, from.columns - 1));
      const auto at = static_cast<std::size_t>(row) * static_cast<std::size_t>(to.columns) +
                      static_cast<std::size_t>(column);
      if (!from.codes.empty()) {
        const unsigned sum = 0U + from.codes[top + left] + from.codes[top + right] +
                             from.codes[bottom + left] + from.codes[bottom + right];
        to.codes[at] = static_cast<std::uint16_t>((sum + 2) / 4);
      }
      if (!from.classes.empty()) {
        const std::array<std::uint8_t, 4> four = {
            from.classes[top + left], from.classes[top + right], from.classes[bottom + left],
            from.classes[bottom + right]};
        std::uint8_t best = 0;
        std::ptrdiff_t best_count = 0;
        for (const std::uint8_t candidate : four) {
          const auto times = std::count(four.begin(), four.end(), candidate);
          if (times > best_count || (times == best_count && candidate > best)) {
            best = candidate;
            best_count = times;
          }
        }
        to.classes[at] = best;
      }
    }
  }
  return to;
}

}  // namespace

std::vector<PlaneLevel> make_pyramid(PlaneLevel full) {
  std::vector<PlaneLevel> levels;
  levels.push_back(std::move(full));
  while (levels.back().columns > kPyramidTopPx || levels.back().rows > kPyramidTopPx) {
    levels.push_back(half_of(levels.back()));
  }
  return levels;
}

}  // namespace portcullis::hmi
