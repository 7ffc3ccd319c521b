#pragma once

#include <QPointF>
#include <QString>
#include <cstdint>
#include <optional>
#include <vector>

#include "hmi/models/image_set.h"
#include "imaging/display/region_mass.h"

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

struct LengthResult {
  double mm = 0, uncertainty_mm = 0;
};
/// Lengths along the vehicle are the encoder's; heights may be off by imaging::kDepthShareMost.
LengthResult measure_length(const QPointF& from, const QPointF& to, double mm_per_px);

struct RegionResult {
  imaging::RegionMass mass;         ///< See imaging/display/region_mass.h.
  double area_uncertainty_cm2 = 0;  ///< A pixel more or less all around, and the unknown depth.
  double g_cm2_uncertainty = 0;     ///< Of the mean areal density, by what its goods may be.
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
