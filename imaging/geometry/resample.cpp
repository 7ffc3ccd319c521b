#include "imaging/geometry/resample.h"

#include <algorithm>

#include "core/assert.h"

namespace portcullis::imaging {

namespace {

/// Samples that stand at one place.
struct Knot {
  double position = 0;
  std::uint32_t first = 0, count = 0;
};

std::vector<Knot> merge_equal(std::span<const double> position) {
  std::vector<Knot> knots;
  for (std::size_t i = 0; i < position.size(); ++i) {
    if (!knots.empty() && position[i] <= knots.back().position) {
      ++knots.back().count;
    } else {
      knots.push_back({position[i], static_cast<std::uint32_t>(i), 1});
    }
  }
  return knots;
}

}  // namespace

ResampleWeights make_resample_weights(std::span<const double> position, double start, double step,
                                      std::size_t cells) {
  PC_ASSERT(!position.empty() && step > 0);
  const std::vector<Knot> knots = merge_equal(position);
  ResampleWeights out;
  out.first.reserve(cells + 1);
  out.first.push_back(0);
  std::vector<double> knot_weight;
  std::size_t k0 = 0;  // the last knot at or before the cell's left edge
  for (std::size_t c = 0; c < cells; ++c) {
    const double left = start + (static_cast<double>(c) - 0.5) * step;
    const double right = left + step;
    while (k0 + 1 < knots.size() && knots[k0 + 1].position <= left) ++k0;
    knot_weight.clear();
    std::size_t last = k0;
    const auto add = [&](std::size_t knot, double weight) {
      if (knot - k0 >= knot_weight.size()) knot_weight.resize(knot - k0 + 1, 0.0);
      knot_weight[knot - k0] += weight;
    };
    // Before the first sample and behind the last one.
    if (left < knots.front().position) add(0, std::min(right, knots.front().position) - left);
    if (right > knots.back().position)
      add(knots.size() - 1, right - std::max(left, knots.back().position));
    for (last = k0; last + 1 < knots.size() && knots[last].position < right; ++last) {
      const double a = knots[last].position;
      const double b = knots[last + 1].position;
      const double from = std::max(left, a);
      const double to = std::min(right, b);
      if (to <= from) continue;
      const double upper_part = (0.5 * (from + to) - a) / (b - a);
      add(last, (to - from) * (1.0 - upper_part));
      add(last + 1, (to - from) * upper_part);
    }
    for (std::size_t i = 0; i < knot_weight.size(); ++i) {
      if (knot_weight[i] <= 0) continue;
      const Knot& knot = knots[k0 + i];
      const double each = knot_weight[i] / step / knot.count;
      for (std::uint32_t n = 0; n < knot.count; ++n) {
        out.index.push_back(knot.first + n);
        out.weight.push_back(static_cast<float>(each));
      }
    }
    out.first.push_back(static_cast<std::uint32_t>(out.index.size()));
  }
  return out;
}

}  // namespace portcullis::imaging
