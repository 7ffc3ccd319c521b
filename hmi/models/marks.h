#pragma once

#include <QPointF>
#include <QString>
#include <cstdint>
#include <optional>
#include <vector>

#include "hmi/models/image_set.h"

namespace portcullis::hmi {

/// Measurements and annotations on the image. The order is that of their names in the files.
enum class MarkKind : std::uint8_t {
  kLength,
  kRegion,   ///< Box whose goods are measured.
  kLasso,    ///< The same with a line drawn about it.
  kProfile,  ///< Areal density along a line.
  kBox,
  kEllipse,
  kArrow,
  kText,
};
QString mark_kind_name(MarkKind kind);
std::optional<MarkKind> mark_kind_from(const QString& name);

/// One mark; places in the image's pixels.
struct Mark {
  MarkKind kind = MarkKind::kBox;
  std::vector<QPointF> points;  ///< Two, first and last of the drag; of a lasso all.
  QString text;                 ///< Of an annotation: what the officer wrote.
  QString author;

  bool operator==(const Mark&) const = default;
};

/// As kept with the case: a JSON array. Marks that cannot be read are left out.
QByteArray marks_to_json(const std::vector<Mark>& marks);
std::vector<Mark> marks_from_json(const QByteArray& json);

/// How far off a height may be: things stand up to half a vehicle's width (1.25 m) before or behind
/// the plane that the image's pixels are of, 7 m from the source; lengths along the vehicle are the
/// encoder's and do not depend on it.
inline constexpr double kDepthShare = 0.18;
/// Of a mass: what dual energy cannot resolve among goods (6 %) and calibration (2 %), 90 %
/// interval; see docs/findings.md.
inline constexpr double kMassShare = 0.063;

struct LengthResult {
  double mm = 0, uncertainty_mm = 0;
};
LengthResult measure_length(const QPointF& from, const QPointF& to, double mm_per_px);

struct RegionResult {
  double area_cm2 = 0, area_uncertainty_cm2 = 0;
  double density_g_cm2 = 0,
         density_uncertainty_g_cm2 = 0;  ///< Mean, with all that lies in the rays.
  double mass_kg = 0, mass_uncertainty_kg = 0;
  bool at_least = false;            ///< Some of it is too thick to be measured.
  std::vector<double> class_share;  ///< Of its area, by class 0 to 5.
  std::size_t pixels = 0;
};
/// What is inside (pixel centres); nullopt without a mass plane or without a pixel inside. `mark`:
/// a region or lasso. Pure.
std::optional<RegionResult> measure_region(const PlaneSet& planes, const Mark& mark);

/// Areal density (g/cm2) in even steps along a line, a step a pixel, at most `count_max`; empty
/// without a mass plane. Outside the image: not a number. Pure.
std::vector<double> measure_profile(const PlaneSet& planes, const QPointF& from, const QPointF& to,
                                    int count_max = 2000);

/// In the officer's words, in lines: "1.23 m ± 0.05".
QString mark_words(const Mark& mark, const PlaneSet& planes);

}  // namespace portcullis::hmi
