#pragma once

#include <cstdint>
#include <span>

#include "imaging/images.h"

namespace portcullis::imaging {

/// Mass from areal densities.
///
/// A pixel covers mm_per_px x mm_per_px of the plane of the centre line (y = 0). Its areal density
/// is measured along a ray that climbs or falls, so it is divided by the row's obliquity
/// (1 / cos) to get what stands above that piece of the plane. The fan spreads vertically only: at
/// depth y the same ray bundle is (y - source_y) / (0 - source_y) as high as at the centre line.
/// A load that stands evenly about the centre line has that factor 1 on average; for one whose
/// mean depth is known, multiply by depth_factor(). Along x nothing is magnified.

/// Rectangle of pixels; parts outside the image count nothing.
struct PixelBox {
  int x = 0, y = 0, width = 0, height = 0;
};

/// kg of one pixel per g/cm2 of its row: 1e-5 * mm2 / obliquity.
double kg_per_g_cm2(const Images& images, int row);

/// Mass in a box, kg.
double mass_kg(const Images& images, const PixelBox& box);

/// Mass of the pixels whose mask is not 0; `mask` has images.size() entries.
double mass_kg(const Images& images, std::span<const std::uint8_t> mask);

/// Mass above a known background, kg: sum of (areal density - background of the row), of the box.
/// `background_g_cm2` has one entry a row of the image. Differences below zero count as they are,
/// so that noise cancels.
double mass_above_kg(const Images& images, const PixelBox& box,
                     std::span<const float> background_g_cm2);

/// Shares of a place's matter by class; what is left of 1 is organic.
struct ClassShares {
  double metal = 0, heavy = 0, light = 0;
};
/// 90 % half width, relative, of an areal density whose class is known: goods of one class and one
/// material coordinate attenuate differently per gram. Organic 3 % (paper and wood against water
/// and meat, NIST coefficients), light inorganic 2.5 % (gypsum to glass and aluminium), metal 1.5 %
/// (steel, copper, brass), heavy metal 6 % (tin to uranium).
double mass_spread(const ClassShares& shares);

/// Mass in a box with its 90 % interval: the spread of mass_spread() by the pixels' classes, 1.2 %
/// of curves and place across the lane; where the image is too thick to measure (kTooThick) the
/// upper end rises by 60 % of what is seen there.
struct MassInterval {
  double kg = 0, low_kg = 0, high_kg = 0;
  double thick_share = 0;  ///< Of the mass, too thick to measure: why the interval is wide.
};
MassInterval mass_interval_kg(const Images& images, const PixelBox& box);

/// Magnification of things at depth y against the centre line, for the fan's vertical spread.
double depth_factor(double source_y_mm, double y_mm);

}  // namespace portcullis::imaging
