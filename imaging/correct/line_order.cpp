#include "imaging/correct/line_order.h"

#include <algorithm>
#include <map>

namespace portcullis::imaging {

namespace {

/// The usual step in pulse number between lines of one energy: 2 for a source that interlaces.
std::uint64_t usual_stride(const std::vector<core::LineHeader>& lines,
                           const std::vector<std::size_t>& mine) {
  std::map<std::uint64_t, std::size_t> seen;
  for (std::size_t i = 1; i < mine.size(); ++i) {
    const std::uint64_t step = lines[mine[i]].pulse - lines[mine[i - 1]].pulse;
    if (step > 0 && step <= 16) ++seen[step];
  }
  std::uint64_t best = 0;
  std::size_t best_count = 0;
  for (const auto& [step, count] : seen) {
    if (count > best_count) {
      best = step;
      best_count = count;
    }
  }
  return best;
}

/// A counter that jumps further than this is a new count, not a gap.
constexpr std::uint64_t kGapPulsesMax = 4000;

}  // namespace

EnergyLines order_lines(const std::vector<core::LineHeader>& lines, core::Energy energy,
                        double dose_mean_counts) {
  EnergyLines out;
  std::vector<std::size_t> mine;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].energy == energy) mine.push_back(i);
  }
  std::stable_sort(mine.begin(), mine.end(),
                   [&](std::size_t a, std::size_t b) { return lines[a].pulse < lines[b].pulse; });
  const std::uint64_t stride = usual_stride(lines, mine);
  for (std::size_t k = 0; k < mine.size(); ++k) {
    const auto& line = lines[mine[k]];
    const auto x = static_cast<double>(line.encoder_counts);
    if (k > 0 && stride > 0) {
      const auto& before = lines[mine[k - 1]];
      const std::uint64_t gap = line.pulse - before.pulse;
      if (gap > stride && gap <= kGapPulsesMax) {
        const std::uint64_t absent = (gap + stride / 2) / stride - 1;
        const double step = (x - before.encoder_counts) / static_cast<double>(absent + 1);
        for (std::uint64_t n = 1; n <= absent; ++n) {
          out.lost.push_back({before.encoder_counts + step * static_cast<double>(n), 0});
        }
        out.missing_lines += absent;
      }
    }
    const bool no_dose =
        dose_mean_counts > 0 && line.dose_counts < kDoseShareMin * dose_mean_counts;
    if ((line.flags & core::line_flag::kLineMissing) != 0) {
      ++out.missing_lines;
      out.lost.push_back({x, mine[k]});
    } else if ((line.flags & core::line_flag::kTestPattern) != 0) {
      ++out.test_pattern;
      out.lost.push_back({x, mine[k]});
    } else if (no_dose) {
      ++out.without_dose;
      out.lost.push_back({x, mine[k]});
    } else {
      out.measured.push_back({x, mine[k]});
    }
  }
  const auto by_place = [](const EnergyLines::Entry& a, const EnergyLines::Entry& b) {
    return a.x_counts < b.x_counts;
  };
  std::stable_sort(out.measured.begin(), out.measured.end(), by_place);
  std::stable_sort(out.lost.begin(), out.lost.end(), by_place);
  return out;
}

}  // namespace portcullis::imaging
