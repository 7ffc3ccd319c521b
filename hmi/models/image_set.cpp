#include "hmi/models/image_set.h"

#include <algorithm>
#include <utility>

namespace portcullis::hmi {
namespace {

constexpr int kPyramidTopPx = 512;
// A pixel that lets less than 95 % through is no air; three of them in a row or column are no
// noise.
constexpr int kMatterCode16 = 1024 + 210;  // 4096 * 0.051
constexpr int kMatterPixels = 3;
constexpr double kAirSide_mm = 150;
constexpr double kAirAbove_mm = 350;  // room for the numbers of findings at the roof
constexpr double kAirBelow_mm = 60;
constexpr double kShareMin = 0.2;

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

/// How many pixels of each column and row of a level are no air.
struct MatterCounts {
  std::vector<int> columns, rows;
};
MatterCounts matter_counts(const PlaneLevel& level, int first, int end) {
  MatterCounts counts{std::vector<int>(static_cast<std::size_t>(end - first), 0),
                      std::vector<int>(static_cast<std::size_t>(level.rows), 0)};
  std::size_t start = static_cast<std::size_t>(first);
  for (int& row : counts.rows) {
    std::size_t at = start;
    for (int& column : counts.columns) {
      if (level.codes[at++] <= kMatterCode16) continue;
      ++row;
      ++column;
    }
    start += static_cast<std::size_t>(level.columns);
  }
  return counts;
}

/// The first and the last index but one with matter; the other way round where there is none.
std::pair<int, int> matter_range(const std::vector<int>& counts) {
  const auto matter = [](int count) { return count >= kMatterPixels; };
  const auto first = std::find_if(counts.begin(), counts.end(), matter);
  const auto last = std::find_if(counts.rbegin(), counts.rend(), matter);
  return {static_cast<int>(first - counts.begin()), static_cast<int>(counts.rend() - last)};
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

core::PixelBox content_box(const PlaneData& high) {
  const core::PixelBox whole{0, 0, high.columns(), high.rows()};
  if (high.levels.empty() || high.mm_per_px <= 0) return whole;
  const PlaneLevel& level = high.levels.back();
  if (level.codes.empty()) return whole;
  const int factor = 1 << (high.levels.size() - 1);
  const auto counts = matter_counts(level, 0, level.columns);
  const auto [left, right] = matter_range(counts.columns);
  const auto [top, bottom] = matter_range(counts.rows);
  const auto air_px = [&](double mm) { return static_cast<int>(mm / high.mm_per_px); };
  const int x = std::max(0, left * factor - air_px(kAirSide_mm));
  const int y = std::max(0, top * factor - air_px(kAirAbove_mm));
  const int x_end = std::min(whole.w, right * factor + air_px(kAirSide_mm));
  const int y_end = std::min(whole.h, bottom * factor + air_px(kAirBelow_mm));
  if (x_end - x < whole.w * kShareMin || y_end - y < whole.h * kShareMin) return whole;
  return {x, y, x_end - x, y_end - y};
}

std::optional<int> class_agreement_percent(const PlaneLevel& level, int column, int row) {
  constexpr int kReach = 3;
  const auto class_at = [&](int c, int r) {
    return level.classes[static_cast<std::size_t>(r) * static_cast<std::size_t>(level.columns) +
                         static_cast<std::size_t>(c)];
  };
  // 0: too thin or nothing there, 5: too thick (imaging's classes as they come over the wire).
  const auto says_something = [](std::uint8_t code) { return code >= 1 && code <= 4; };
  const std::uint8_t own = class_at(column, row);
  if (!says_something(own)) return std::nullopt;
  int alike = 0, all = 0;
  for (int r = std::max(0, row - kReach); r <= std::min(level.rows - 1, row + kReach); ++r) {
    for (int c = std::max(0, column - kReach); c <= std::min(level.columns - 1, column + kReach);
         ++c) {
      const std::uint8_t there = class_at(c, r);
      if (!says_something(there)) continue;
      ++all;
      if (there == own) ++alike;
    }
  }
  return 100 * alike / all;
}

ColumnSpan vehicle_columns(const PlaneData& high) {
  if (high.levels.empty() || high.levels.back().codes.empty()) return {};
  const PlaneLevel& coarse = high.levels.back();
  const auto [left, right] = matter_range(matter_counts(coarse, 0, coarse.columns).columns);
  if (left >= right) return {};
  // To the pixel: the finest level is counted about the two ends alone.
  const int factor = 1 << (high.levels.size() - 1);
  const PlaneLevel& fine = high.levels.front();
  const auto about = [&](int column) {
    const int from = std::clamp((column - 1) * factor, 0, fine.columns);
    const int to = std::clamp((column + 2) * factor, from, fine.columns);
    const auto [first, end] = matter_range(matter_counts(fine, from, to).columns);
    return first < end ? ColumnSpan{from + first, from + end} : ColumnSpan{from, to};
  };
  return {about(left).first, about(right - 1).end};
}

}  // namespace portcullis::hmi
