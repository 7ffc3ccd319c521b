#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/result.h"
#include "core/scan.h"

namespace portcullis::imaging {

/// What two attenuations H = -ln T_high and L = -ln T_low say of the matter in a ray, calibrated by
/// the wedges of the scanner itself: polyethylene, aluminium, iron and, where there is one, lead.
///
/// Everything depends on thickness, so every figure is a curve over H. The material coordinate
///
///     m = (L - L_aluminium(H)) / s(H),      s(H) = L_polyethylene(H) - L_iron(H)
///
/// is 0 for aluminium, about +0.44 for polyethylene, +0.35 for paper, wood and water, +0.14 to
/// +0.06 for soil, stone and glass, -0.56 for iron at any thickness, and from -0.4 (10 g/cm2) to
/// -1.4 (80 g/cm2) for lead. L - L_aluminium is linear in what is measured, so neighbours average
/// without bias.
/// Threading: const after create().
class MaterialCurves final {
 public:
  static constexpr std::size_t kSteps = 2048;
  static constexpr float kStepsPerUnit = 128.0F;  ///< H from 0 to 16.

  /// One place on the curves. Masses are g/cm2 per unit of H.
  struct Point {
    float low_aluminium = 0;  ///< L of aluminium at this H.
    float span = 1;           ///< s(H), above 0.
    float m_polyethylene = 0, m_iron = 0, m_lead = 0;
    float mass_polyethylene = 0, mass_aluminium = 0, mass_iron = 0, mass_lead = 0;
  };

  /// `bad`: pixels to leave out of the wedge's averages. Fails with kInvalidInput where a wedge of
  /// polyethylene, aluminium or iron is missing or has fewer than three usable steps, or the curves
  /// do not lie in the order physics demands; the message names the wedge.
  static core::Result<MaterialCurves> create(std::span<const core::WedgeStep> wedges,
                                             std::span<const std::uint8_t> bad);

  [[nodiscard]] Point at(float high) const;
  /// The class boundaries at H, in m: organic above [0], light inorganic above [1], metal above
  /// [2], heavy metal below. Without lead, or where lead cannot be told from iron, [2] is far
  /// below.
  struct Boundaries {
    float organic = 0, light = 0, metal = 0;
  };
  [[nodiscard]] Boundaries boundaries(const Point& point) const;
  /// Where m, uncertainty included, comes below this, heavy metal is not excluded: the lead wedge's
  /// coordinate and what uranium and tungsten may lie beside it (NIST coefficients: +0.3 at
  /// 10 g/cm2, +0.1 at 40). Far above everything without a lead wedge.
  [[nodiscard]] float heavy_reach(float high, const Point& point) const;

  /// What the classifier reads for every pixel, at steps of 1 / kStepsPerUnit in H without
  /// interpolation: one cache line. L_aluminium is low_slope * H + low_offset within 1e-5.
  struct alignas(64) Look {
    float low_offset = 0;
    float span_inverse = 1;
    float noise = 1;  ///< Noise of hardened deposits against air's; see hardened_noise().
    float organic = 0, light = 0, metal = 0;  ///< Boundaries.
    float heavy_reach = 0;
    float m_polyethylene = 0, m_iron = 0, m_lead = 0;
    float scatter_m = 0;  ///< How far m falls for each unit of air that is added to both energies.
  };
  static constexpr float kLowSlope = 1.18F;
  [[nodiscard]] const Look& look(float high) const {
    const float place = high * kStepsPerUnit + 0.5F;
    const float held = place < 0 ? 0.0F : place > kLast ? kLast : place;
    return looks_[static_cast<std::size_t>(held)];
  }

  /// Areal density along the ray, g/cm2, of matter with coordinate m at H: between the calibrated
  /// materials it is interpolated in m. Not below 0. Table: within 0.1 % of its anchors.
  [[nodiscard]] float mass_g_cm2(float high, float m) const {
    using T = MassTable;
    if (!(high > 0)) return 0;
    const float row = high * T::kRowsPerUnit + 0.5F;
    const float column = (m - T::kFrom) * T::kColumnsPerUnit;
    const float r = row > T::kRows - 1 ? T::kRows - 1 : row;
    const float c =
        column > 0 ? (column < T::kColumns - 1.001F ? column : T::kColumns - 1.001F) : 0.0F;
    const auto i = static_cast<std::size_t>(c);
    const float* at_row = &mass_[static_cast<std::size_t>(r) * T::kColumns + i];
    return (at_row[0] + (at_row[1] - at_row[0]) * (c - static_cast<float>(i))) * high;
  }
  /// Where mass_g_cm2() reads: [kRows][kColumns], g/cm2 per H. For kernels that work many pixels.
  struct MassTable {
    static constexpr int kRows = 513, kColumns = 148;
    static constexpr float kRowsPerUnit = 32.0F, kColumnsPerUnit = 64.0F;
    static constexpr float kFrom = -1.6875F;  ///< A column stands at 0, where the curve has a kink.
    const float* values = nullptr;
  };
  [[nodiscard]] MassTable mass_table() const { return {mass_.data()}; }
  /// Atomic number of a pure element that would give m at H: 4.8 polyethylene, 13, 26, 82 at the
  /// wedges. Above iron only where lead can be told from it.
  [[nodiscard]] float effective_z(float m, const Look& look) const;
  /// L of matter with coordinate m.
  [[nodiscard]] float low_of(float high, float m) const;

  /// Above this H the wedges were never measured.
  [[nodiscard]] float high_max() const { return high_max_; }
  [[nodiscard]] bool has_lead() const { return has_lead_; }

 private:
  static constexpr float kLast = static_cast<float>(kSteps);

  void fill_tables();

  std::vector<Point> points_;  ///< [kSteps + 1]
  std::vector<Look> looks_;    ///< [kSteps + 1]
  std::vector<float> mass_;    ///< See MassTable.
  float high_max_ = 0;
  bool has_lead_ = false;
};

/// What photon noise grows by as the beam hardens: the deposits' mean square over their mean,
/// relative to air. 1.39 at H = 1.85 and 1.6 at H = 6 for both energies (Schiff spectra, NIST
/// coefficients, CdWO4 as thick as is usual).
inline float hardened_noise(float high) {
  const float h = high > 0 ? high : 0;
  return 1.0F + 0.8F * h / (h + 2.0F);
}

/// The least distance in m between iron and lead at which the classes metal and heavy metal are
/// told apart at all.
inline constexpr float kHeavyGapLeast = 0.2F;
/// The boundary between them lies at least this far below iron.
inline constexpr float kHeavyOffsetLeast = 0.24F;

}  // namespace portcullis::imaging
