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

/// Magnification of things at depth y against the centre line, for the fan's vertical spread.
double depth_factor(double source_y_mm, double y_mm);

}  // namespace portcullis::imaging
