#include "imaging/material/background.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "core/parallel.h"

namespace portcullis::imaging {

namespace {

constexpr float kLevelMin = 0.05F;  ///< H of a layer: more than air's unevenness,
constexpr float kLevelMax = 0.35F;  ///< no more than insulated walls: thicker may be goods.
constexpr float kLevelBin = 0.01F;
constexpr int kLevelBins = 30;
/// A roof of one to a few millimetres of steel, H straight through, and a near wall below it.
constexpr double kRoofMin = 0.03;
constexpr double kRoofMax = 0.30;
constexpr double kNearWallMin = 0.02;
constexpr double kNearWallMax = 0.175;
constexpr double kRoofResidual = 0.012;  ///< H of a cell off the fit that still belongs to it.

/// A layer of one column of cells: H of a level ray, m, and what m is worth.
struct ColumnLayer {
  float level = 0;
  float m = 0;
};

class LayerFinder {
 public:
  LayerFinder(const CellPlanes& cells, std::span<const float> obliquity, int cells_min, int reach)
      : cells_(cells), obliquity_(obliquity), cells_min_(cells_min), reach_(reach) {}

  std::vector<Layer> find() {
    find_cotangents();
    seen_.resize(static_cast<std::size_t>(cells_.width));
    core::parallel_for(seen_.size(), 16, [&](std::size_t from, std::size_t to) {
      for (std::size_t x = from; x < to; ++x) seen_[x] = layer_of_column(static_cast<int>(x));
    });
    std::vector<ColumnLayer> nearby(seen_.size());
    for (int x = 0; x < cells_.width; ++x) nearby[static_cast<std::size_t>(x)] = near_column(x);
    std::vector<Layer> out(cells_.high.size());
    core::parallel_for(
        static_cast<std::size_t>(cells_.height), 16, [&](std::size_t from, std::size_t to) {
          for (auto y = static_cast<int>(from); y < static_cast<int>(to); ++y) {
            for (int x = 0; x < cells_.width; ++x) {
              Layer layer = around(x, y);
              if (layer.high <= 0) {
                const ColumnLayer& column = nearby[static_cast<std::size_t>(x)];
                layer = {column.level * obliquity_[static_cast<std::size_t>(y)], column.m};
              }
              out[cells_.at(x, y)] = layer;
            }
          }
        });
    return out;
  }

 private:
  /// 1 / tan of the rays' elevation where they climb; 0 where they hardly do, or fall.
  void find_cotangents() {
    cotangent_.assign(static_cast<std::size_t>(cells_.height), 0.0);
    const auto level = std::min_element(obliquity_.begin(), obliquity_.end());
    for (std::size_t y = 0; y < static_cast<std::size_t>(level - obliquity_.begin()); ++y) {
      const auto o = static_cast<double>(obliquity_[y]);
      if (o > 1.0005) cotangent_[y] = 1 / std::sqrt(o * o - 1);
    }
  }

  /// Over a high load no ray crosses both walls: it enters by the near one and leaves by the roof.
  /// H / obliquity of such rays is a + b / tan(elevation), a of one wall and b of the roof straight
  /// through, and so falls with height where that of two walls stays. From `level` and the cells
  /// about it: what two walls would be, or `level` where this is no roof.
  [[nodiscard]] double without_roof(int x, int peak, double level) const {
    double a = level, b = 0;
    const auto fit = [&](const auto& counts) {
      double n = 0, u = 0, l = 0, uu = 0, ul = 0, ll = 0;
      for (int y = 0; y < cells_.height; ++y) {
        const double cotangent = cotangent_[static_cast<std::size_t>(y)];
        if (!(cotangent > 0) || !counts(y)) continue;
        const double seen = level_of(x, y);
        n += 1;
        u += cotangent;
        l += seen;
        uu += cotangent * cotangent;
        ul += cotangent * seen;
        ll += seen * seen;
      }
      const double spread = uu - u * u / n;
      if (n < 4 || !(spread > 0)) return false;
      b = (ul - u * l / n) / spread;
      a = (l - b * u) / n;
      const double rest = std::max(0.0, ll - l * l / n - b * b * spread);
      return b > kRoofMin && b * b * spread * (n - 2) > 16 * rest;
    };
    const auto near_fit = [&](int y) {
      return bin_of(x, y) >= 0 &&
             std::abs(level_of(x, y) - a - b * cotangent_[static_cast<std::size_t>(y)]) <
                 kRoofResidual;
    };
    if (!fit([&](int y) { return std::abs(bin_of(x, y) - peak) <= 1; })) return level;
    for (int round = 0; round < 3; ++round) {
      if (!fit(near_fit)) return level;
    }
    const bool plausible = b < kRoofMax && a > kNearWallMin && a < kNearWallMax;
    return plausible ? 2 * a : level;
  }

  [[nodiscard]] double level_of(int x, int y) const {
    return static_cast<double>(cells_.high[cells_.at(x, y)] /
                               obliquity_[static_cast<std::size_t>(y)]);
  }

  [[nodiscard]] int bin_of(int x, int y) const {
    const std::size_t i = cells_.at(x, y);
    if (cells_.even[i] == 0) return -1;
    const float level = cells_.high[i] / obliquity_[static_cast<std::size_t>(y)];
    if (!(level >= kLevelMin) || level >= kLevelMax) return -1;
    return std::min(kLevelBins - 1, static_cast<int>((level - kLevelMin) / kLevelBin));
  }

  [[nodiscard]] ColumnLayer layer_of_column(int x) const {
    std::array<int, kLevelBins + 2> histogram{};
    for (int y = 0; y < cells_.height; ++y) {
      if (const int bin = bin_of(x, y); bin >= 0) ++histogram[static_cast<std::size_t>(bin) + 1];
    }
    for (int bin = 0; bin < kLevelBins; ++bin) {
      const auto i = static_cast<std::size_t>(bin) + 1;
      if (histogram[i - 1] + histogram[i] + histogram[i + 1] < cells_min_) continue;
      // The peak is here or one further on.
      const int peak = bin + 1 < kLevelBins && histogram[i + 1] > histogram[i] ? bin + 1 : bin;
      double level = 0, am = 0, a = 0;
      int count = 0;
      for (int y = 0; y < cells_.height; ++y) {
        const int at = bin_of(x, y);
        if (at < 0 || std::abs(at - peak) > 1) continue;
        const std::size_t cell = cells_.at(x, y);
        const double worth = static_cast<double>(cells_.information[cell]);
        level += static_cast<double>(cells_.high[cell] / obliquity_[static_cast<std::size_t>(y)]);
        am += worth * static_cast<double>(cells_.m[cell]);
        a += worth;
        ++count;
      }
      if (count < cells_min_ || !(a > 0)) continue;
      return {static_cast<float>(without_roof(x, peak, level / count)), static_cast<float>(am / a)};
    }
    return {};
  }

  /// A column that shows none takes its nearest neighbour's. m is averaged over neighbours of like
  /// thickness.
  [[nodiscard]] ColumnLayer near_column(int x) const {
    const ColumnLayer* nearest = nullptr;
    for (int d = 0; d <= reach_ && nearest == nullptr; ++d) {
      for (const int other : {x - d, x + d}) {
        if (other < 0 || other >= cells_.width || seen_[static_cast<std::size_t>(other)].level <= 0)
          continue;
        nearest = &seen_[static_cast<std::size_t>(other)];
        break;
      }
    }
    if (nearest == nullptr) return {};
    double sum = 0;
    int count = 0;
    for (int other = std::max(0, x - reach_); other <= std::min(cells_.width - 1, x + reach_);
         ++other) {
      const ColumnLayer& b = seen_[static_cast<std::size_t>(other)];
      if (b.level <= 0 || std::abs(b.level - nearest->level) > 0.3F * nearest->level) continue;
      sum += static_cast<double>(b.m);
      ++count;
    }
    const float m = count > 0 ? static_cast<float>(sum / count) : nearest->m;
    return {nearest->level, std::clamp(m, -0.65F, 0.5F)};
  }

  [[nodiscard]] Layer around(int x, int y) const {
    const std::size_t centre = cells_.at(x, y);
    const float high = cells_.high[centre];
    if (!(high > 0.15F)) return {};
    const float below = high - std::max(0.08F, 0.2F * high);
    struct Seen {
      float high, m, information;
    };
    std::array<Seen, 8> found{};
    std::size_t count = 0;
    constexpr std::array<std::array<int, 2>, 8> kWays{
        {{-1, 0}, {1, 0}, {0, -1}, {0, 1}, {-1, -1}, {1, -1}, {-1, 1}, {1, 1}}};
    for (std::size_t way = 0; way < kWays.size(); ++way) {
      if (count + (kWays.size() - way) < 6) return {};
      for (int step = 1; step <= reach_; ++step) {
        const int xx = x + kWays[way][0] * step;
        const int yy = y + kWays[way][1] * step;
        if (xx < 0 || yy < 0 || xx >= cells_.width || yy >= cells_.height) break;
        const std::size_t i = cells_.at(xx, yy);
        if (cells_.even[i] == 0 || cells_.high[i] >= below) continue;
        // Kept in order of H.
        std::size_t k = count++;
        for (; k > 0 && found[k - 1].high > cells_.high[i]; --k) found[k] = found[k - 1];
        found[k] = {cells_.high[i], cells_.m[i], cells_.information[i]};
        break;
      }
    }
    if (count < 6) return {};
    // All alike but for one at each end.
    const float middle = 0.5F * (found[(count - 1) / 2].high + found[count / 2].high);
    if (middle < kLevelMin || found[count - 2].high - found[1].high > 0.04F + 0.15F * middle)
      return {};
    double am = 0, a = 0;
    for (std::size_t i = 1; i + 1 < count; ++i) {
      am += static_cast<double>(found[i].m) * static_cast<double>(found[i].information);
      a += static_cast<double>(found[i].information);
    }
    if (!(a > 0)) return {};
    return {middle, std::clamp(static_cast<float>(am / a), -1.6F, 0.5F)};
  }

  const CellPlanes& cells_;
  std::span<const float> obliquity_;
  int cells_min_;
  int reach_;
  std::vector<double> cotangent_;  ///< Of each row of cells.
  std::vector<ColumnLayer> seen_;
};

}  // namespace

std::vector<Layer> find_layers(const CellPlanes& cells, std::span<const float> obliquity,
                               int cells_min, int reach) {
  return LayerFinder(cells, obliquity, cells_min, reach).find();
}

}  // namespace portcullis::imaging
