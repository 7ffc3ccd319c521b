#include "imaging/display/region_mass.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "core/assert.h"
#include "imaging/display/quantise.h"

namespace portcullis::imaging {

namespace {

constexpr double kCurves = 0.012;
constexpr double kThickExcess = 0.6;
constexpr double kThickLess = 0.1;
constexpr double kBesideGap_mm = 10;
constexpr double kBeside_mm = 60;
constexpr int kBesideLeast_px = 3;
/// Further apart than this, as a share of their mean and 1 g/cm2, the two sides do not tell what
/// stands in the region.
constexpr double kSidesApart = 0.25;
constexpr double kAboveLeast = 1e-3;  ///< Of all: less is nothing.
constexpr double kSidesApart_g_cm2 = 1;
// Of the material plane.
constexpr std::uint8_t kLight = 2, kMetalClass = 3, kHeavy = 4, kThick = 5;

double spread_of(std::uint8_t material) {
  return mass_spread({.metal = material == kMetalClass ? 1.0 : 0.0,
                      .heavy = material == kHeavy ? 1.0 : 0.0,
                      .light = material == kLight ? 1.0 : 0.0});
}

/// Mean areal density of a row's columns [from, to); nothing where too few are in the image.
std::optional<double> mean_beside(const RegionPlanes& planes, int row, int from, int to) {
  from = std::max(from, 0);
  to = std::min(to, planes.grid.columns);
  if (to - from < kBesideLeast_px) return std::nullopt;
  const std::size_t first =
      static_cast<std::size_t>(row) * static_cast<std::size_t>(planes.grid.columns);
  double sum = 0;
  for (int c = from; c < to; ++c)
    sum += static_cast<double>(
        mass_from_code_g_cm2(planes.mass_codes[first + static_cast<std::size_t>(c)]));
  return sum / (to - from);
}

/// `kg` with what is not known of it: `spread_kg` of its goods, `thick_kg` of it too thick.
MassRange range_of(double kg, double spread_kg, double thick_kg, double other_kg) {
  const double half = std::sqrt(spread_kg * spread_kg + other_kg * other_kg +
                                (kCurves * kCurves + kDepthShare90 * kDepthShare90) * kg * kg);
  return {kg, std::max(0.0, kg - half - kThickLess * thick_kg),
          kg + half + kThickExcess * thick_kg};
}

}  // namespace

double mass_spread(const ClassShares& s) {
  const double organic = std::max(0.0, 1 - s.metal - s.heavy - s.light);
  return 0.03 * organic + 0.025 * s.light + 0.015 * s.metal + 0.06 * s.heavy;
}

RegionMass region_mass(const RegionPlanes& planes, int x, int y, int width, int height,
                       std::span<const std::uint8_t> inside) {
  const auto& grid = planes.grid;
  const std::size_t size =
      static_cast<std::size_t>(grid.columns) * static_cast<std::size_t>(grid.rows);
  PC_ASSERT(planes.mass_codes.size() == size &&
            (planes.classes.empty() || planes.classes.size() == size));
  PC_ASSERT(width >= 0 && height >= 0 &&
            inside.size() == static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  const double pixel_cm2 = grid.mm_per_px * grid.mm_per_px / 100;
  const auto px = [&](double mm) {
    return std::max(1, static_cast<int>(std::lround(mm / grid.mm_per_px)));
  };
  const int left_to = x - px(kBesideGap_mm);
  const int right_from = x + width + px(kBesideGap_mm);
  const int beside = std::max(kBesideLeast_px, px(kBeside_mm));

  RegionMass out;
  std::size_t pixels = 0, thick = 0;
  double sum_g_cm2 = 0, kg = 0, spread_kg = 0, thick_kg = 0;
  double left_kg = 0, right_kg = 0, left_g_cm2 = 0, right_g_cm2 = 0;
  bool sides = true;
  for (int r = std::max(0, y); r < std::min(grid.rows, y + height); ++r) {
    // g/cm2 of one pixel to kg.
    const double weight = pixel_cm2 / grid.obliquity(r) / 1000;
    const std::size_t first = static_cast<std::size_t>(r) * static_cast<std::size_t>(grid.columns);
    std::size_t in_row = 0;
    for (int c = std::max(0, x); c < std::min(grid.columns, x + width); ++c) {
      if (inside[static_cast<std::size_t>(r - y) * static_cast<std::size_t>(width) +
                 static_cast<std::size_t>(c - x)] == 0)
        continue;
      const std::size_t at = first + static_cast<std::size_t>(c);
      const auto g_cm2 = static_cast<double>(mass_from_code_g_cm2(planes.mass_codes[at]));
      const std::uint8_t material = planes.classes.empty() ? std::uint8_t{0} : planes.classes[at];
      ++in_row;
      sum_g_cm2 += g_cm2;
      kg += g_cm2 * weight;
      spread_kg += g_cm2 * weight * spread_of(material);
      if (material != kThick) continue;
      ++thick;
      thick_kg += g_cm2 * weight;
    }
    if (in_row == 0) continue;
    pixels += in_row;
    const auto left = mean_beside(planes, r, left_to - beside, left_to);
    const auto right = mean_beside(planes, r, right_from, right_from + beside);
    sides = sides && left.has_value() && right.has_value();
    if (!sides) continue;
    const auto count = static_cast<double>(in_row);
    left_kg += *left * weight * count;
    right_kg += *right * weight * count;
    left_g_cm2 += *left * count;
    right_g_cm2 += *right * count;
  }
  if (pixels == 0) return out;
  const auto n = static_cast<double>(pixels);
  out.area_cm2 = n * pixel_cm2;
  out.g_cm2 = sum_g_cm2 / n;
  out.thick_share = static_cast<double>(thick) / n;
  out.all = range_of(kg, spread_kg, thick_kg, 0);
  const double apart = std::abs(left_g_cm2 - right_g_cm2) / n;
  const double mean = (left_g_cm2 + right_g_cm2) / (2 * n);
  if (!sides || apart > kSidesApart * mean + kSidesApart_g_cm2) return out;
  const double beside_kg = (left_kg + right_kg) / 2;
  const double above = kg - beside_kg;
  if (above > kAboveLeast * kg)
    out.above = range_of(above, kg > 0 ? spread_kg * above / kg : 0, thick_kg,
                         std::abs(left_kg - right_kg) / 2);
  return out;
}

}  // namespace portcullis::imaging
