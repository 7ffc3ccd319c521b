#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/huge_pages.h"
#include "imaging/images.h"
#include "imaging/material/material_curves.h"
#include "imaging/material/neighbourhood.h"

namespace portcullis::imaging {

/// What the classifier looks at: both energies on the image grid, and how sure each pixel is.
struct ClassifyInput {
  int columns = 0, rows = 0;
  double mm_per_px = 0;
  /// Number of column 0 on the grid of the whole scan, any sign: cells of 8 columns begin at its
  /// multiples of 8, so that a block gives what the whole image would.
  std::int64_t column_first = 0;
  std::span<const float> transmission_high;  ///< [rows * columns]; may be below zero.
  std::span<const float> transmission_low;
  /// [rows * columns]; interpolated pixels do not speak for their neighbours.
  std::span<const std::uint8_t> bad;
  /// Variance of T of one detector pixel on one pulse is photon * T + electronic.
  double photon_high = 0, photon_low = 0;
  double electronic_high = 0, electronic_low = 0;
  double line_spacing_mm = 0;                ///< Usual distance between pulses of one energy,
  std::span<const float> column_spacing_mm;  ///< or, where not empty, that of each column.
  std::span<const float> ray_spacing_mm;     ///< [rows]
  std::span<const float> obliquity;          ///< [rows] 1 / cos of the rays' elevation.
  /// What scatter and dark drift may leave of air in each energy, at most: half of it is reckoned
  /// with, all of it is allowed for.
  double scatter_left = kScatterLeftUnknown;
  bool denoise = true;  ///< Off: each pixel stands alone.
  /// Also ask up to 20 columns and rows around where 7 x 7 pixels do not settle the class. Off:
  /// what a pixel is called rests on 7 x 7 pixels alone, away from edges.
  bool wide = true;
};

/// Planes of `stride` values to a row.
struct ClassifyOutput {
  std::size_t stride = 0;
  core::HugePageVector<std::uint8_t> material;  ///< Material
  /// Share of the class in what the measurement allows, 0 to 100.
  core::HugePageVector<std::uint8_t> confidence_percent;
  core::HugePageVector<float> mass_g_cm2;                 ///< Along the ray.
  core::HugePageVector<std::uint8_t> marks;               ///< kMark... of images.h
  core::HugePageVector<std::uint8_t> effective_z_halves;  ///< Twice the effective Z; 0 not known.
};

/// Class, confidence, effective Z and areal density of every pixel.
///
/// Both energies' transmission is averaged over 7 x 7 pixels with weights that both share (joint
/// bilateral; Petschnigg et al., Eisemann and Durand, SIGGRAPH 2004): a neighbour counts as far as
/// its attenuation, taken from both energies over 3 x 3 pixels, is alike, and not at all where it
/// stands at an edge, since the mean of two transmissions looks like heavier matter than either.
/// The average is of linear transmission, so thick places are not biased by the logarithm. The
/// material coordinate m (see MaterialCurves) and its uncertainty follow from the two averages.
///
/// Where that leaves m too uncertain for a class (below 14 g/cm2, or past 150), the same is done on
/// cells of 4 x 4 pixels: 28 x 28 pixels around, with the same respect for edges.
///
/// What stands before something else (goods in a container, a block in a pallet) is told from it:
/// where the surroundings show an even thinner layer (find_layers()), its share is taken out of m.
/// Areal density is that of all that the ray crosses.
///
/// A pixel at an edge takes its class from pixels beside it that are no thinner. Transmission
/// itself is not smoothed, but for areal densities behind less than 1/500 of air.
///
/// "None" with kMarkTooThin: something is there, its class is not known. kMarkHeavyNotExcluded: so
/// thin, or so noisy, that heavy metal would look the same.
///
/// A pixel depends on columns at most kClassifyHalo_px away. Runs on core::parallel_for.
inline constexpr int kClassifyHalo_px = 72;
ClassifyOutput classify(const ClassifyInput& input, const MaterialCurves& curves);

/// Memory between calls, some 40 bytes a pixel of the largest input: taken once, not for each
/// block. What was worked before shows in nothing. Threading: one call at a time.
class ClassifyWorkspace final {
 public:
  ClassifyWorkspace();
  ClassifyWorkspace(ClassifyWorkspace&&) noexcept;
  ClassifyWorkspace& operator=(ClassifyWorkspace&&) noexcept;
  ~ClassifyWorkspace();
  struct Planes;
  [[nodiscard]] Planes& planes() { return *planes_; }

 private:
  std::unique_ptr<Planes> planes_;
};
/// The same without a copy of anything: transmission in planes made for it, `columns` by `rows`,
/// instead of input.transmission_high and _low, which are not looked at. input.bad and what comes
/// out have their stride. The room beside each row is set here, and once they were read the planes
/// are taken to at least kTransmissionLeast (only then: a value below zero still averages right, a
/// clipped one does not).
void classify(const ClassifyInput& input, const MaterialCurves& curves, PaddedPlane& high,
              PaddedPlane& low, ClassifyWorkspace& workspace, ClassifyOutput& output);

/// What transmission is taken to at least, as an image.
inline constexpr float kTransmissionLeast = 1e-7F;

/// Attenuation of high energy past which no class is given: scatter is then of the signal's size.
inline constexpr float kTooThick_attenuation = 7.2F;
/// Attenuation of high energy below which there is nothing to class.
inline constexpr float kTooThin_attenuation = 0.015F;

}  // namespace portcullis::imaging
