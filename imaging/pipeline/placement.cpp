#include "imaging/pipeline/placement.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>

namespace portcullis::imaging {

std::string unplaced_remark(std::string_view name) {
  return "laid out without " + std::string(name) +
         ", as asked for: no measure of places, material or mass";
}

std::vector<core::LineHeader> placed_without(std::span<const core::LineHeader> headers,
                                             const PlacementParameters& placement) {
  std::vector<core::LineHeader> placed(headers.begin(), headers.end());
  if (placed.empty()) return placed;
  std::vector<std::size_t> order(placed.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return placed[a].pulse < placed[b].pulse; });
  const core::LineHeader first = placed[order.front()];
  const core::LineHeader last = placed[order.back()];
  if (!placement.motion && last.pulse > first.pulse) {
    const double way = static_cast<double>(last.encoder_counts) - first.encoder_counts;
    const auto pulses = static_cast<double>(last.pulse - first.pulse);
    for (auto& header : placed) {
      const double share = static_cast<double>(header.pulse - first.pulse) / pulses;
      header.encoder_counts =
          static_cast<std::int32_t>(std::lround(first.encoder_counts + share * way));
    }
  }
  if (!placement.registration) {
    for (std::size_t i = 1; i < order.size(); ++i) {
      const core::LineHeader& before = placed[order[i - 1]];
      core::LineHeader& here = placed[order[i]];
      if (here.energy == core::Energy::kLow && before.energy == core::Energy::kHigh)
        here.encoder_counts = before.encoder_counts;
    }
  }
  return placed;
}

}  // namespace portcullis::imaging
