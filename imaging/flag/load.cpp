#include "imaging/flag/load.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/parallel.h"
#include "imaging/display/region_mass.h"
#include "imaging/material/mass.h"

namespace portcullis::imaging {

namespace {

/// Two corrugated steel side walls of 1.6 to 2.0 mm, g/cm2 at normal incidence, and how far that
/// may be off; taken where no headspace shows the walls of this container.
constexpr double kWallsUsual = 3.1;
constexpr double kWallsUsualUncertainty = 1.2;
constexpr float kWallsLeast = 1.0F;
constexpr float kWallsMost = 7.0F;    ///< Insulated walls of a reefer and more.
constexpr float kEmptySpread = 0.8F;  ///< g/cm2: noise of an empty place, less than any goods.
/// Walls are alike all the way up: what shows them is so many millimetres of rows within so much.
constexpr double kWallsShownMm = 100;
constexpr float kWallsSpread = 0.5F;
constexpr double kRoofUsual = 1.7;  ///< 2 mm of steel with its corrugation, straight through.
/// The top rails, tubes of 60 x 60 x 3 mm, at the roof's near and far edge.
constexpr double kRailUsual = 7;
constexpr double kRailMost = 14;
constexpr double kMeasuredUncertainty = 0.25;
/// Corner posts and door gear end this far from the outer faces.
constexpr double kEndMm = 190;
/// Inner faces stand this far from the outer ones, front and rear together.
constexpr double kEndWallsMm = 160;
/// Less load than this along a ray counts as none for the fill.
constexpr float kFilledGCm2 = 2.0F;
constexpr double kFillEmpty = 0.035;
constexpr double kMassEmptyKg = 350;
/// Where goods stand across the lane is not known: about the centre line to this, 90 %, relative
/// (100 mm off it is 1.4 %). With it the curves' own errors.
constexpr double kGeometrySpread = 0.012;
/// Half the width that goods in a container usually take.
constexpr double kGoodsHalfWidthMm = 1140;
/// Where the floor's edge lies, 90 %.
constexpr double kFloorErrorMm = 6;
/// How thick a post may be for load to be weighed beside or behind it.
constexpr double kPostMost = 60;
/// Load along a ray from which on its mass is said to be less certain.
constexpr float kDeepGCm2 = 150;
/// What is too thick to measure holds at least what was measured, and up to this much more.
constexpr double kThickExcess = 0.6;

/// How far off, relative, the mass of a ray is for `left` of air more or less in both energies, as
/// scatter and dark drift may leave: H by left / T, and the areal density per H by 0.27 for each
/// unit of m, which moves by what L - 1.18 H does over 0.06 H (the wedges' curves, NIST
/// coefficients: 0.1 % behind 100 g/cm2 of paper, 1.3 % behind 160, for 2e-5 of air).
double scatter_spread(double high, double low, double left) {
  const double lost_high = std::exp(high);
  const double lost_low = std::exp(low);
  const double in_m = std::max(0.0, lost_low - 1.18 * lost_high) / 0.06;
  return std::min(0.5, left / std::max(high, 0.1) * (lost_high + 0.27 * in_m));
}

class LoadMeter {
 public:
  LoadMeter(const WorkPlane& plane, const ContainerRegion& region)
      : plane_(plane), region_(region) {
    columns_ = region.columns();
    rows_ = region.rows();
    load_.margin_columns =
        region.walls ? static_cast<int>(std::ceil(kEndMm / plane.grid.mm_per_px)) : 0;
    if (columns_ < 4 * load_.margin_columns) load_.margin_columns = columns_ / 4;
  }

  Load measure() {
    const std::size_t rows = static_cast<std::size_t>(rows_);
    load_.wall_mass_g_cm2.assign(rows, 0.0F);
    wall_high_.assign(rows, 0.0F);
    wall_low_.assign(rows, 0.0F);
    if (region_.walls) measure_walls();
    subtract_walls();
    weigh();
    return std::move(load_);
  }

 private:
  [[nodiscard]] float obliquity(int r) const {
    return plane_.obliquity[static_cast<std::size_t>(region_.row_top + r)];
  }

  /// Values of one row, kept between rows.
  struct RowValues {
    std::vector<float> mass, high, low;
  };

  /// What the emptiest `share` of a row's columns have, freed of the noise that a low quantile
  /// picks: the medians of all columns within kEmptySpread of it.
  void measure_row(int r, double share, RowValues& values, float& mass, float& high,
                   float& low) const {
    const std::size_t first = plane_.at(region_.column_front, region_.row_top + r);
    const auto begin = first + static_cast<std::size_t>(load_.margin_columns);
    const auto end = first + static_cast<std::size_t>(columns_ - load_.margin_columns);
    values.mass.assign(plane_.mass_g_cm2.begin() + static_cast<std::ptrdiff_t>(begin),
                       plane_.mass_g_cm2.begin() + static_cast<std::ptrdiff_t>(end));
    const float least = quantile(values.mass, share);
    values.mass.clear();
    values.high.clear();
    values.low.clear();
    for (std::size_t p = begin; p < end; ++p) {
      if (plane_.mass_g_cm2[p] > least + kEmptySpread) continue;
      values.mass.push_back(plane_.mass_g_cm2[p]);
      values.high.push_back(plane_.high[p]);
      values.low.push_back(plane_.low[p]);
    }
    mass = quantile(values.mass, 0.5);
    high = quantile(values.high, 0.5);
    low = quantile(values.low, 0.5);
  }

  /// The thinnest level on which enough rows agree; 0 where none does. A load whose end lies in the
  /// emptiest columns has rows as thin as thick walls, but no two of them alike.
  [[nodiscard]] double walls_shown(std::vector<float> levels) const {
    std::sort(levels.begin(), levels.end());
    const auto enough =
        static_cast<std::size_t>(std::max(3.0, kWallsShownMm / plane_.grid.mm_per_px));
    for (std::size_t first = 0, end = 0; first + enough <= levels.size(); ++first) {
      if (levels[first] < kWallsLeast) continue;
      if (levels[first] > kWallsMost) break;
      end = std::max(end, first);
      while (end < levels.size() && levels[end] <= levels[first] + kWallsSpread) ++end;
      if (end - first >= enough) return static_cast<double>(levels[first + (end - first) / 2]);
    }
    return 0;
  }

  void measure_walls() {
    constexpr double kShare = 0.04;
    const double z_far_roof = plane_.seen_z_mm(region_.roof_z_mm, kContainerHalfWidthMm);
    const double z_top = plane_.grid.z_mm(region_.row_top);
    std::vector<float> mass(static_cast<std::size_t>(rows_));
    std::vector<float> high(mass.size());
    std::vector<float> low(mass.size());
    core::parallel_for(mass.size(), 16, [&](std::size_t from, std::size_t to) {
      RowValues values;
      for (std::size_t i = from; i < to; ++i)
        measure_row(static_cast<int>(i), kShare, values, mass[i], high[i], low[i]);
    });
    std::vector<float> ratios;
    for (int r = 0; r < rows_; ++r) {
      const auto i = static_cast<std::size_t>(r);
      // Below what the roof reaches, with some room, a ray crosses the side walls alone.
      if (plane_.grid.z_mm(region_.row_top + r) < z_far_roof - 80)
        ratios.push_back(mass[i] / obliquity(r));
    }
    double sides = kWallsUsual;
    load_.wall_uncertainty_g_cm2 = kWallsUsualUncertainty;
    if (const double shown = walls_shown(ratios); shown > 0) {
      sides = shown;
      load_.headspace_seen = true;
      load_.wall_uncertainty_g_cm2 = kMeasuredUncertainty;
    }
    // Attenuation per areal density of the walls, from the rows that show them.
    double per_mass_high = 0.052;
    double per_mass_low = 0.061;
    double sum_mass = 0, sum_high = 0, sum_low = 0;
    for (int r = 0; r < rows_; ++r) {
      const auto i = static_cast<std::size_t>(r);
      const double expected = sides * static_cast<double>(obliquity(r));
      if (plane_.grid.z_mm(region_.row_top + r) >= z_far_roof - 80) continue;
      if (std::abs(static_cast<double>(mass[i]) - expected) > 0.3 * expected) continue;
      sum_mass += static_cast<double>(mass[i]);
      sum_high += static_cast<double>(high[i]);
      sum_low += static_cast<double>(low[i]);
    }
    if (load_.headspace_seen && sum_mass > 0) {
      per_mass_high = sum_high / sum_mass;
      per_mass_low = sum_low / sum_mass;
    }
    for (int r = 0; r < rows_; ++r) {
      const auto i = static_cast<std::size_t>(r);
      const double o = static_cast<double>(obliquity(r));
      const double z = plane_.grid.z_mm(region_.row_top + r);
      double expected = sides * o;
      if (z > z_far_roof) {
        // In by the near wall, out through the roof: 1 / sin of the ray's elevation.
        const double sine = std::sqrt(std::max(1e-4, 1 - 1 / (o * o)));
        expected = sides * o / 2 + kRoofUsual / sine;
      }
      // What the row shows is believed as far as walls and roof can differ from that; rails and
      // the roof's edge are heavier than the sheet.
      const bool roof = z > z_far_roof - 80;
      const bool rail = z > z_top - 150 || std::abs(z - z_far_roof + 30) < 60;
      if (rail && static_cast<double>(mass[i]) > expected + kRailMost) expected += kRailUsual;
      const double most = rail ? expected + kRailMost : roof ? expected * 1.6 + 4 : expected * 1.25;
      const double seen = static_cast<double>(mass[i]);
      const bool believed = seen >= expected * 0.6 && seen <= most;
      const double wall = believed ? seen : expected;
      load_.wall_mass_g_cm2[i] = static_cast<float>(wall);
      wall_high_[i] = believed ? high[i] : static_cast<float>(wall * per_mass_high);
      wall_low_[i] = believed ? low[i] : static_cast<float>(wall * per_mass_low);
    }
  }

  void subtract_walls() {
    const auto size = static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_);
    load_.mass_g_cm2.resize(size);
    load_.high.resize(size);
    load_.low.resize(size);
    core::parallel_for(static_cast<std::size_t>(rows_), 32, [&](std::size_t from, std::size_t to) {
      for (std::size_t i = from; i < to; ++i) {
        for (int c = 0; c < columns_; ++c) {
          const std::size_t k =
              i * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(c);
          const std::size_t p =
              plane_.at(region_.column_front + c, region_.row_top + static_cast<int>(i));
          load_.mass_g_cm2[k] = plane_.mass_g_cm2[p] - load_.wall_mass_g_cm2[i];
          load_.high[k] = plane_.high[p] - wall_high_[i];
          load_.low[k] = plane_.low[p] - wall_low_[i];
        }
      }
    });
  }

  /// Weight of one g/cm2 of row r in kg, the row that stands for the hidden ones included.
  [[nodiscard]] double kg_per_g_cm2(int r) const {
    // The row just above the floor stands for what the floor's edge hides.
    const double hidden_rows =
        r < rows_ - 1 ? 0.0
                      : std::max(0.0, (plane_.grid.z_mm(region_.row_floor) - region_.floor_z_mm) /
                                              plane_.grid.mm_per_px -
                                          0.5);
    return (1 + hidden_rows) * plane_.grid.mm_per_px * plane_.grid.mm_per_px / 100 /
           static_cast<double>(obliquity(r)) / 1000;
  }

  /// Goods stand about the centre line, not on it: those nearer to the source are seen larger than
  /// those beyond are seen smaller. What the sum over the plane of the centre line is too large by,
  /// the mean of D / (D + y) over the goods' width.
  [[nodiscard]] double fan_factor() const {
    const double d = plane_.source_distance_mm;
    if (!region_.walls || d < 2 * kGoodsHalfWidthMm || d > 1e8) return 1;
    return d / (2 * kGoodsHalfWidthMm) *
           std::log((d + kGoodsHalfWidthMm) / (d - kGoodsHalfWidthMm));
  }

  /// Load in a column that holds a post or door gear: the post is as thick all the way up, so the
  /// headspace above the load shows it. False where it does not.
  bool weigh_beside_post(int c, double& kg) {
    scratch_.clear();
    const double z_roof = plane_.seen_z_mm(region_.roof_z_mm, kContainerHalfWidthMm) - 80;
    const int x = region_.column_front + c;
    for (int r = 0; r < rows_; ++r) {
      if (plane_.grid.z_mm(region_.row_top + r) > z_roof) continue;
      scratch_.push_back(plane_.mass_g_cm2[plane_.at(x, region_.row_top + r)] / obliquity(r));
    }
    if (scratch_.size() < 12) return false;
    const double post = static_cast<double>(quantile(scratch_, 0.1));
    if (!(post > 0) || post > kPostMost) return false;
    const double even = 0.5 + 0.06 * post;
    int level = 0;
    for (const float v : scratch_) level += std::abs(static_cast<double>(v) - post) < even ? 1 : 0;
    if (level * plane_.grid.mm_per_px < 200) return false;
    kg = 0;
    for (int r = 0; r < rows_; ++r) {
      if (plane_.grid.z_mm(region_.row_top + r) > z_roof) continue;
      const std::size_t p = plane_.at(x, region_.row_top + r);
      if (plane_.thick[p] > 0.5F) return false;
      const double above =
          static_cast<double>(plane_.mass_g_cm2[p]) - post * static_cast<double>(obliquity(r));
      if (above > even) kg += above * kg_per_g_cm2(r);
    }
    return true;
  }

  /// Both ends, kg: columns with posts by their own headspace, the others as the load beside them.
  double weigh_ends(const std::vector<double>& column_kg) {
    const int margin = load_.margin_columns;
    const double mm = plane_.grid.mm_per_px;
    const int beside =
        std::min(std::max(1, static_cast<int>(80 / mm)), (columns_ - 2 * margin) / 2);
    if (!region_.walls || beside <= 0) return 0;
    double total = 0;
    for (const bool front : {true, false}) {
      const auto column = [&](int i) { return front ? i : columns_ - 1 - i; };
      double near = 0;
      for (int i = 0; i < beside; ++i)
        near += column_kg[static_cast<std::size_t>(column(margin + i))] / beside;
      for (int i = margin - 1; i >= 0; --i) {
        // How much of the column is inside the end wall.
        const double inside = std::clamp((i + 1) - kEndWallsMm / 2 / mm, 0.0, 1.0);
        if (inside <= 0) break;
        double kg = 0;
        const bool measured = weigh_beside_post(column(i), kg);
        // A post's edge is no place to weigh: more than beside is not believed.
        if (measured) near = std::min(near, std::max(0.0, kg));
        total += near * inside;
        guessed_kg_ += measured ? 0.1 * near * inside : 0.5 * near * inside;
      }
    }
    return total;
  }

  struct Sums {
    std::vector<double> column_kg;
    double thick_kg = 0, material_kg = 0, floor_kg = 0, scatter_kg = 0;
    std::int64_t filled = 0, thick = 0, deep = 0;
  };
  static constexpr std::size_t kRowsSummed = 32;

  [[nodiscard]] Sums sums_of(int first_row, int end_row) const {
    const int margin = load_.margin_columns;
    Sums sums;
    sums.column_kg.assign(static_cast<std::size_t>(columns_), 0.0);
    for (int r = first_row; r < end_row; ++r) {
      const double weight = kg_per_g_cm2(r);
      for (int c = margin; c < columns_ - margin; ++c) {
        const std::size_t k = static_cast<std::size_t>(r) * static_cast<std::size_t>(columns_) +
                              static_cast<std::size_t>(c);
        const std::size_t p = plane_.at(region_.column_front + c, region_.row_top + r);
        const double kg = static_cast<double>(load_.mass_g_cm2[k]) * weight;
        sums.column_kg[static_cast<std::size_t>(c)] += kg;
        if (load_.mass_g_cm2[k] <= kFilledGCm2) continue;
        ++sums.filled;
        sums.material_kg += kg * mass_spread({.metal = static_cast<double>(plane_.metal[p]),
                                              .heavy = static_cast<double>(plane_.heavy[p]),
                                              .light = static_cast<double>(plane_.light[p])});
        if (r == rows_ - 1) sums.floor_kg += kg;
        sums.deep += load_.mass_g_cm2[k] > kDeepGCm2 ? 1 : 0;
        if (plane_.thick[p] > 0.5F) {
          ++sums.thick;
          sums.thick_kg += kg;
        } else {
          sums.scatter_kg +=
              kg * scatter_spread(static_cast<double>(plane_.high[p]),
                                  static_cast<double>(plane_.low[p]), plane_.scatter_left);
        }
      }
    }
    return sums;
  }

  void weigh() {
    const int margin = load_.margin_columns;
    const double pixel_cm2 = plane_.grid.mm_per_px * plane_.grid.mm_per_px / 100;
    // Sums of so many rows each, put together in their order: the same with any number of threads.
    std::vector<Sums> parts((static_cast<std::size_t>(rows_) + kRowsSummed - 1) / kRowsSummed);
    core::parallel_for(parts.size(), 1, [&](std::size_t from, std::size_t to) {
      for (std::size_t i = from; i < to; ++i) {
        const int first = static_cast<int>(i * kRowsSummed);
        parts[i] = sums_of(first, std::min(rows_, first + static_cast<int>(kRowsSummed)));
      }
    });
    std::vector<double> column_kg(static_cast<std::size_t>(columns_), 0.0);
    double thick_kg = 0, material_kg = 0, floor_kg = 0, scatter_kg = 0;
    std::int64_t filled = 0, thick = 0, deep = 0;
    for (const Sums& part : parts) {
      for (std::size_t c = 0; c < column_kg.size(); ++c) column_kg[c] += part.column_kg[c];
      thick_kg += part.thick_kg;
      material_kg += part.material_kg;
      floor_kg += part.floor_kg;
      scatter_kg += part.scatter_kg;
      filled += part.filled;
      thick += part.thick;
      deep += part.deep;
    }
    double kg = 0;
    for (const double k : column_kg) kg += k;
    kg += weigh_ends(column_kg);
    const double scale = 1 / fan_factor();
    kg *= scale;
    thick_kg *= scale;
    const double area_cm2 = (columns_ - 2.0 * margin) * rows_ * pixel_cm2;
    const double area_px = (columns_ - 2.0 * margin) * rows_;
    load_.fill = area_px > 0 ? static_cast<double>(filled) / area_px : 0;
    load_.thick_share = filled > 0 ? static_cast<double>(thick) / static_cast<double>(filled) : 0;
    load_.mass_kg = std::max(0.0, kg);
    const double walls_kg = load_.wall_uncertainty_g_cm2 * area_cm2 / 1000;
    const double geometry_kg = kGeometrySpread * load_.mass_kg;
    floor_kg *= kFloorErrorMm / plane_.grid.mm_per_px;
    // What scatter leaves is the same for all of the load: it does not average out with the rest.
    const double half =
        std::sqrt(walls_kg * walls_kg + material_kg * material_kg + geometry_kg * geometry_kg +
                  floor_kg * floor_kg + guessed_kg_ * guessed_kg_) +
        scatter_kg * scale;
    load_.mass_low_kg = std::max(0.0, load_.mass_kg - half - 0.1 * thick_kg);
    load_.mass_high_kg = load_.mass_kg + half + kThickExcess * thick_kg;
    load_.empty = load_.fill < kFillEmpty && load_.mass_kg < kMassEmptyKg;
    if (load_.thick_share > 0.01) {
      load_.mass_remark = fmt::format(
          "{:.0f} % of the load is too thick to be weighed; there may be more than was seen",
          100 * load_.thick_share);
    } else if (static_cast<double>(deep) > 0.01 * static_cast<double>(filled)) {
      load_.mass_remark = fmt::format(
          "{:.0f} % of the load is more than {:.0f} g/cm2 thick; what scatter may hide there "
          "widens "
          "the interval",
          100.0 * static_cast<double>(deep) / static_cast<double>(filled),
          static_cast<double>(kDeepGCm2));
    } else if (region_.walls && !load_.headspace_seen) {
      load_.mass_remark = "no headspace shows the walls; usual ones were assumed";
    }
  }

  const WorkPlane& plane_;
  const ContainerRegion& region_;
  int columns_ = 0;
  int rows_ = 0;
  Load load_;
  std::vector<float> wall_high_;
  std::vector<float> wall_low_;
  std::vector<float> scratch_;
  double guessed_kg_ = 0;  ///< 90 %, of what the ends hold.
};

}  // namespace

Load measure_load(const WorkPlane& plane, const ContainerRegion& region) {
  return LoadMeter(plane, region).measure();
}

}  // namespace portcullis::imaging
