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
/// is 0 for aluminium, about +0.45 for polyethylene, +0.35 for paper, wood and water, -0.55 for
/// iron at any thickness, and from -0.4 (thin) to -1.4 (thick) for lead. L - L_aluminium is linear
/// in what is measured, so neighbours average without bias.
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

  /// Areal density along the ray, g/cm2, of matter with coordinate m at H: between the calibrated
  /// materials it is interpolated in m. Not below 0.
  [[nodiscard]] float mass_g_cm2(float high, float m) const;
  /// L of matter with coordinate m.
  [[nodiscard]] float low_of(float high, float m) const;

  /// Above this H the wedges were never measured.
  [[nodiscard]] float high_max() const { return high_max_; }
  [[nodiscard]] bool has_lead() const { return has_lead_; }

 private:
  std::vector<Point> points_;  ///< [kSteps + 1]
  float high_max_ = 0;
  bool has_lead_ = false;
};

/// Typical organic goods attenuate less per gram than the wedge's polyethylene does: paper 6 %,
/// carbon 12 %, water 1.5 %. A middle of what is shipped; the spread stays in the mass' interval.
inline constexpr float kOrganicOverPolyethylene = 1.045F;
/// Stone, glass, ceramics and salts attenuate 0 to 5 % more per gram than aluminium.
inline constexpr float kLightOverAluminium = 0.985F;

}  // namespace portcullis::imaging
