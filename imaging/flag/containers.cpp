#include "imaging/flag/containers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "core/parallel.h"

namespace portcullis::imaging {

namespace {

/// Height of a container's floor above ground on a road vehicle.
constexpr double kFloorZMm = 1250;
/// Rows between these see the side walls alone: above most of what stands low on a vehicle,
/// below the roof of the lowest container (seen over its far edge).
constexpr double kBandLowMm = 1650;
constexpr double kBandHighMm = 3300;
/// Two corrugated side walls attenuate at least this much (1.6 mm of steel each is 0.12).
constexpr float kWallAttenuation = 0.055F;

/// External lengths: ISO 668 and the usual swap bodies and domestic boxes.
constexpr std::array<double, 9> kLengthsMm{6058, 12192, 13716, 2991, 9125,
                                           7450, 7820,  14630, 16154};

double iso_length_mm(const std::string& iso_type) {
  if (iso_type.empty()) return 0;
  switch (iso_type[0]) {
    case '1':
      return 2991;
    case '2':
      return 6058;
    case '3':
      return 9125;
    case '4':
      return 12192;
    case 'C':
      return 7450;
    case 'G':
      return 12500;
    case 'L':
      return 13716;
    case 'M':
      return 14630;
    default:
      return 0;
  }
}

struct Run {
  int first = 0;
  int last = 0;
  double error = 1;  ///< Relative distance from the nearest container length.
  double weight = 0;
};

double length_error(double length_mm) {
  double best = 1;
  for (const double l : kLengthsMm) best = std::min(best, std::abs(length_mm - l) / l);
  return best;
}

class Finder {
 public:
  Finder(const WorkPlane& plane, const core::VehicleIdentity& identity)
      : plane_(plane), identity_(identity) {}

  std::vector<ContainerRegion> find() {
    if (plane_.grid.columns < 8 || plane_.grid.rows < 8) return {};
    row_band_top_ = row_of(kBandHighMm);
    row_band_bottom_ = row_of(kBandLowMm);
    if (row_band_bottom_ - row_band_top_ < 4) return {};
    measure_columns();
    std::vector<Run> chosen = choose(split(runs()));
    std::vector<ContainerRegion> regions;
    regions.reserve(chosen.size());
    for (const Run& run : chosen) regions.push_back(region_of(run));
    if (regions.empty()) {
      if (auto open = open_load(); open.column_rear > open.column_front) regions.push_back(open);
    }
    for (std::size_t i = 0; i < regions.size() && i < identity_.containers.size(); ++i) {
      regions[i].number = identity_.containers[i].number;
    }
    return regions;
  }

 private:
  [[nodiscard]] int row_of(double z_mm) const {
    return std::clamp(static_cast<int>(std::lround(plane_.grid.row_of(z_mm))), 0,
                      plane_.grid.rows - 1);
  }
  [[nodiscard]] double mm() const { return plane_.grid.mm_per_px; }

  /// wall_[c]: attenuation that nearly all of the column exceeds; line_[c]: how far the column
  /// stands out from what is beside it over nearly its whole height, as an end wall does.
  void measure_columns() {
    const int n = plane_.grid.columns;
    wall_.resize(static_cast<std::size_t>(n));
    line_.resize(static_cast<std::size_t>(n));
    const int beside = std::max(2, static_cast<int>(std::lround(60 / mm())));
    core::parallel_for(wall_.size(), 64, [&](std::size_t from, std::size_t to) {
      std::vector<float> values;
      for (int c = static_cast<int>(from); c < static_cast<int>(to); ++c) {
        values.clear();
        for (int r = row_band_top_; r <= row_band_bottom_; ++r)
          values.push_back(plane_.high[plane_.at(c, r)]);
        wall_[static_cast<std::size_t>(c)] = quantile(values, 0.08);
        values.clear();
        for (int r = row_band_top_; r <= row_band_bottom_; ++r) {
          const float left = plane_.high[plane_.at(std::max(0, c - beside), r)];
          const float right = plane_.high[plane_.at(std::min(n - 1, c + beside), r)];
          values.push_back(plane_.high[plane_.at(c, r)] - std::max(left, right));
        }
        line_[static_cast<std::size_t>(c)] = quantile(values, 0.3);
      }
    });
  }

  [[nodiscard]] std::vector<Run> runs() const {
    std::vector<Run> found;
    const int gap = std::max(1, static_cast<int>(20 / mm()));
    for (int c = 0; c < plane_.grid.columns; ++c) {
      if (wall_[static_cast<std::size_t>(c)] < kWallAttenuation) continue;
      if (!found.empty() && c - found.back().last <= gap)
        found.back().last = c;
      else
        found.push_back({c, c});
    }
    return found;
  }

  /// Runs that are no container's length but hold one (a cab that touches it, two containers
  /// door to door) are cut at their end walls.
  [[nodiscard]] std::vector<Run> split(const std::vector<Run>& runs) const {
    std::vector<Run> out;
    for (const Run& run : runs) {
      const double length = (run.last - run.first + 1) * mm();
      if (length < 2700) continue;
      if (length_error(length) < 0.025) {
        out.push_back(scored(run));
        continue;
      }
      const std::vector<int> walls = end_walls(run);
      std::vector<Run> parts;
      for (std::size_t i = 0; i < walls.size(); ++i) {
        for (std::size_t j = i + 1; j < walls.size(); ++j) {
          Run part = scored({walls[i], walls[j]});
          if (part.error < 0.02 && (part.last - part.first) * mm() > 5000) parts.push_back(part);
        }
      }
      // Long and exact parts first, none over another.
      std::stable_sort(parts.begin(), parts.end(),
                       [](const Run& a, const Run& b) { return a.weight > b.weight; });
      std::vector<Run> taken;
      for (const Run& part : parts) {
        const bool free = std::none_of(taken.begin(), taken.end(), [&](const Run& t) {
          return part.first < t.last - 10 && part.last > t.first + 10;
        });
        if (free) taken.push_back(part);
      }
      if (taken.empty())
        out.push_back(scored(run));
      else
        out.insert(out.end(), taken.begin(), taken.end());
    }
    return out;
  }

  [[nodiscard]] std::vector<int> end_walls(const Run& run) const {
    std::vector<int> walls{run.first};
    const int apart = std::max(2, static_cast<int>(40 / mm()));
    for (int c = run.first + apart; c < run.last - apart; ++c) {
      const float v = line_[static_cast<std::size_t>(c)];
      if (v < 0.12F) continue;
      bool peak = true;
      for (int k = c - apart; k <= c + apart && peak; ++k)
        peak = line_[static_cast<std::size_t>(k)] <= v;
      if (peak) walls.push_back(c);
    }
    walls.push_back(run.last);
    return walls;
  }

  [[nodiscard]] Run scored(Run run) const {
    const double length = (run.last - run.first + 1) * mm();
    run.error = length_error(length);
    run.weight = length * (1 - std::min(1.0, 10 * run.error));
    for (const auto& reading : identity_.containers) {
      const double expected = iso_length_mm(reading.iso_type);
      if (expected > 0 && std::abs(length - expected) / expected < 0.03) run.weight += 20'000;
    }
    return run;
  }

  [[nodiscard]] std::vector<Run> choose(std::vector<Run> runs) const {
    // A cab or a body that is no container is shorter than any but the smallest of them.
    std::erase_if(runs, [&](const Run& run) {
      const double length = (run.last - run.first + 1) * mm();
      return length < 5000 && run.error > 0.01;
    });
    const std::size_t wanted = identity_.containers.size();
    if (wanted > 0 && runs.size() > wanted) {
      std::stable_sort(runs.begin(), runs.end(),
                       [](const Run& a, const Run& b) { return a.weight > b.weight; });
      runs.resize(wanted);
    }
    std::sort(runs.begin(), runs.end(),
              [](const Run& a, const Run& b) { return a.first < b.first; });
    return runs;
  }

  /// Where the floor ends: the greatest drop of what all columns have, near 1.25 m.
  [[nodiscard]] double floor_z(int first, int last) const {
    std::vector<float> values;
    const auto least = [&](int r) {
      values.clear();
      for (int c = first; c <= last; ++c) values.push_back(plane_.high[plane_.at(c, r)]);
      return quantile(values, 0.2);
    };
    double best_drop = 1.2;
    int best = -1;
    const int reach = std::max(1, static_cast<int>(std::lround(15 / mm())));
    for (int r = row_of(kFloorZMm + 80); r <= row_of(kFloorZMm - 80); ++r) {
      if (r - reach < 0 || r + reach >= plane_.grid.rows) continue;
      const double drop =
          static_cast<double>(least(r + reach)) - static_cast<double>(least(r - reach));
      if (drop > best_drop) {
        best_drop = drop;
        best = r;
      }
    }
    if (best < 0) return kFloorZMm;
    // Between rows: where half of what comes through above is left. Where pixels are coarser than
    // rows many rows drop alike, and any of them would do for the greatest.
    const auto light = [&](int r) { return std::exp(-static_cast<double>(least(r))); };
    const double half = 0.5 * (light(best - reach) + light(best + reach));
    double above = light(best - reach);
    for (int r = best - reach + 1; r <= best + reach; ++r) {
      const double here = light(r);
      if (here <= half)
        return plane_.grid.z_mm(r - 1 + (above > here ? (above - half) / (above - here) : 1.0));
      above = here;
    }
    return plane_.grid.z_mm(best);
  }

  [[nodiscard]] ContainerRegion region_of(const Run& run) const {
    ContainerRegion region;
    region.column_front = run.first;
    region.column_rear = run.last;
    const int inset = static_cast<int>(250 / mm());
    const int first = std::min(run.first + inset, run.last);
    const int last = std::max(run.last - inset, first);
    region.floor_z_mm = floor_z(first, last);
    region.row_floor = std::min(plane_.grid.rows - 1, row_of(region.floor_z_mm + 25 + mm() / 2));
    // The roof's near edge: the highest row that nearly all columns attenuate.
    region.row_top = row_band_top_;
    std::vector<float> values;
    int air = 0;
    for (int r = row_band_top_; r >= 0; --r) {
      values.clear();
      for (int c = first; c <= last; ++c) values.push_back(plane_.high[plane_.at(c, r)]);
      if (quantile(values, 0.15) > kWallAttenuation * 0.6F) {
        region.row_top = r;
        air = 0;
      } else if (++air * mm() > 60) {
        break;
      }
    }
    region.roof_z_mm =
        plane_.true_z_mm(plane_.grid.z_mm(region.row_top - 0.5), -kContainerHalfWidthMm);
    return region;
  }

  /// All that stands on the floor's height, where no container was found.
  [[nodiscard]] ContainerRegion open_load() const {
    ContainerRegion region;
    region.walls = false;
    const int row_floor = row_of(kFloorZMm + 40);
    Run best{0, -1};
    Run now{0, -1};
    bool open = false;
    const int gap = static_cast<int>(400 / mm());
    const auto close = [&] {
      if (open && now.last - now.first > best.last - best.first) best = now;
      open = false;
    };
    for (int c = 0; c < plane_.grid.columns; ++c) {
      int filled = 0;
      for (int r = 0; r <= row_floor; ++r)
        filled += plane_.high[plane_.at(c, r)] > kWallAttenuation ? 1 : 0;
      if (filled * mm() > 60) {
        if (!open) now = {c, c};
        open = true;
        now.last = c;
      } else if (open && c - now.last > gap) {
        close();
      }
    }
    close();
    if ((best.last - best.first + 1) * mm() < 200) return region;
    region.column_front = best.first;
    region.column_rear = best.last;
    region.row_floor = row_floor;
    region.row_top = row_floor;
    for (int r = row_floor; r >= 0; --r) {
      int filled = 0;
      for (int c = best.first; c <= best.last; ++c)
        filled += plane_.high[plane_.at(c, r)] > kWallAttenuation ? 1 : 0;
      if (filled * mm() > 60) region.row_top = r;
    }
    region.roof_z_mm = plane_.grid.z_mm(region.row_top);
    return region;
  }

  const WorkPlane& plane_;
  const core::VehicleIdentity& identity_;
  int row_band_top_ = 0;
  int row_band_bottom_ = 0;
  std::vector<float> wall_;
  std::vector<float> line_;
};

}  // namespace

std::vector<ContainerRegion> find_containers(const WorkPlane& plane,
                                             const core::VehicleIdentity& identity) {
  return Finder(plane, identity).find();
}

}  // namespace portcullis::imaging
