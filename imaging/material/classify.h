#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "imaging/images.h"
#include "imaging/material/material_curves.h"

namespace portcullis::imaging {

/// What the classifier looks at: both energies on the image grid, and how sure each pixel is.
struct ClassifyInput {
  int columns = 0, rows = 0;
  double mm_per_px = 0;
  std::span<const float> transmission_high;  ///< [rows * columns]
  std::span<const float> transmission_low;
  std::span<const std::uint8_t> bad;  ///< Interpolated pixels count little.
  /// Variance of T of one detector pixel on one pulse is photon * T + electronic.
  double photon_high = 0, photon_low = 0;
  double electronic_high = 0, electronic_low = 0;
  double line_spacing_mm = 0;                ///< Usual distance between pulses of one energy,
  std::span<const float> column_spacing_mm;  ///< or, where not empty, that of each column.
  std::span<const float> ray_spacing_mm;     ///< [rows]
  std::span<const float> obliquity;          ///< [rows] 1 / cos of the rays' elevation.
  bool denoise = true;                       ///< Off: each cell of 2 x 2 pixels stands alone.
};

struct ClassifyOutput {
  std::vector<std::uint8_t> material;  ///< Material
  std::vector<float> confidence;  ///< Share of the class in what the measurement allows, 0 to 1.
  std::vector<float> mass_g_cm2;  ///< Along the ray.
};

/// Class, confidence and areal density of every pixel.
///
/// The material coordinate (see MaterialCurves) is averaged over neighbours on cells of 2 x 2
/// pixels: in up to four passes of a 3 x 3 kernel whose taps stand 1, 2, 4 and 8 cells apart
/// (edge-avoiding a-trous wavelets; Dammertz et al., HPG 2010). A tap counts as far as its high
/// energy is alike (joint bilateral), and by its information s^2 / variance, so thick and clean
/// neighbours say more than thin and noisy ones, and cells across an edge, where the mean of two
/// transmissions looks like heavier matter than either, say almost nothing. A cell stops growing
/// once its class is settled: details of thick goods stay sharp, thin walls are averaged over
/// about 60 mm to each side.
///
/// What stands before a container's walls is told from the walls: where a column shows, over at
/// least 100 mm of its height, an even thin background (headspace, a gap between goods), its share
/// is taken out of m of everything thicker in that column, so goods keep their own class. Areal
/// density is that of all that the ray crosses.
///
/// Each pixel takes the cell beside it that is most alike in high energy. Transmission itself is
/// not smoothed, but for areal densities behind less than 1/1000 of air.
/// A pixel depends on columns at most kClassifyHalo_px away. Runs on core::parallel_for.
inline constexpr int kClassifyHalo_px = 140;
ClassifyOutput classify(const ClassifyInput& input, const MaterialCurves& curves);

/// Attenuation of high energy past which no class is given: scatter is then of the signal's size.
inline constexpr float kTooThick_attenuation = 7.2F;
/// Attenuation of high energy below which there is nothing to class.
inline constexpr float kTooThin_attenuation = 0.015F;

}  // namespace portcullis::imaging
