#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "core/geometry.h"

namespace portcullis::imaging {

/// Shares of a place's matter by class; what is left of 1 is organic.
struct ClassShares {
  double metal = 0, heavy = 0, light = 0;
};
/// 90 % half width, relative, of an areal density whose class is known: goods of one class and one
/// material coordinate attenuate differently per gram. Organic 3 % (paper and wood against water
/// and meat, NIST coefficients), light inorganic 2.5 % (gypsum to glass and aluminium), metal 1.5 %
/// (steel, copper, brass), heavy metal 6 % (tin to uranium).
double mass_spread(const ClassShares& shares);

/// How far a height may be off, as a share: things stand up to half a vehicle's width (1.25 m)
/// before or behind the plane of the image, 7 m from the source. Evenly spread over that, 90 % lie
/// within nine tenths of it.
inline constexpr double kDepthShareMost = 0.18;
inline constexpr double kDepthShare90 = 0.9 * kDepthShareMost;

/// The planes of a scan that a mass is read from, as the screen has them (quantise.h).
struct RegionPlanes {
  core::ImageGrid grid;
  std::span<const std::uint16_t> mass_codes;  ///< [rows * columns]
  std::span<const std::uint8_t> classes;      ///< [rows * columns] Material; empty: not known.
};

struct MassRange {
  double kg = 0, low_kg = 0, high_kg = 0;  ///< 90 % interval.
};

/// What a region of the image weighs.
struct RegionMass {
  double area_cm2 = 0;
  double g_cm2 = 0;                ///< Mean along the rays, as the mass plane has it.
  MassRange all;                   ///< All that lies in its rays, walls too.
  std::optional<MassRange> above;  ///< What is more than stands beside it, left and right; nothing
                                   ///< where the two sides differ, or the image ends there.
  double thick_share = 0;  ///< Of the pixels, too thick to measure: masses are at least these.
};

/// Mass of the pixels of `inside` ([height * width], 0 is outside) in the box at (x, y) of the
/// image; parts beyond the image count nothing.
///
/// A pixel weighs its areal density along the ray, by the row's obliquity, times its area in the
/// plane of the centre line. Of magnification the depth is not known: it is in the interval
/// (kDepthShare90), with the spread of goods of one class (mass_spread()) and 1.2 % of curves; what
/// is too thick raises the upper end by 60 % of itself. What stands beside it (a container's walls,
/// a pallet) is taken, row by row, from the 60 mm that begin 10 mm left and right of the box. Pure,
/// thread-safe.
RegionMass region_mass(const RegionPlanes& planes, int x, int y, int width, int height,
                       std::span<const std::uint8_t> inside);

}  // namespace portcullis::imaging
