#include "hmi/models/marks.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPolygonF>
#include <QRectF>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "hmi/models/words.h"
#include "imaging/display/quantise.h"

namespace portcullis::hmi {
namespace {

constexpr std::array<const char*, 8> kKindNames = {"length", "region",  "lasso", "profile",
                                                   "box",    "ellipse", "arrow", "text"};
constexpr qsizetype kPointsMax = 2000;
constexpr qsizetype kMarksMax = 200;
constexpr int kTextMax = 500;
constexpr double kEndPx = 1.4;  // a pixel at each end
constexpr std::uint8_t kTooThick = 5;
constexpr double kShareShown = 0.03;

const PlaneData* plane_of(const PlaneSet& planes, Plane plane) {
  const auto& found = planes[static_cast<std::size_t>(plane)];
  return found == nullptr || found->levels.empty() ? nullptr : found.get();
}

QString number(double value, int decimals) {
  return QString::number(value, 'f', decimals);
}
QString say(const char* text) {
  return QCoreApplication::translate("marks", text);
}

QString region_words(const RegionResult& region) {
  QStringList lines;
  const auto& mass = region.mass;
  lines << say(QT_TRANSLATE_NOOP("marks", "%1 m² ± %2"))
               .arg(number(mass.area_cm2 / 1e4, 3), number(region.area_uncertainty_cm2 / 1e4, 3));
  lines << say(QT_TRANSLATE_NOOP("marks", "%1 g/cm² ± %2"))
               .arg(number(mass.g_cm2, 1), number(region.g_cm2_uncertainty, 1));
  const auto in_kg = [&](const char* text, const imaging::MassRange& range) {
    const int decimals = range.high_kg < 10 ? 2 : range.high_kg < 100 ? 1 : 0;
    const QString words = say(text).arg(number(range.kg, decimals), number(range.low_kg, decimals),
                                        number(range.high_kg, decimals));
    return mass.thick_share > 0 ? say(QT_TRANSLATE_NOOP("marks", "at least %1")).arg(words) : words;
  };
  if (mass.above)
    lines << in_kg(QT_TRANSLATE_NOOP("marks", "%1 kg (%2 to %3) above what is beside it"),
                   *mass.above);
  lines << in_kg(QT_TRANSLATE_NOOP("marks", "%1 kg (%2 to %3) with all in its rays"), mass.all);
  QStringList shares;
  for (std::size_t i = region.class_share.size(); i-- > 0;) {
    if (region.class_share[i] >= kShareShown)
      shares << QStringLiteral("%1 %2 %")
                    .arg(words::material(static_cast<std::uint8_t>(i)))
                    .arg(std::lround(region.class_share[i] * 100));
  }
  if (!shares.isEmpty()) lines << shares.join(QStringLiteral(", "));
  return lines.join(QLatin1Char('\n'));
}

}  // namespace

QString mark_kind_name(MarkKind kind) {
  return QLatin1String(kKindNames.at(static_cast<std::size_t>(kind)));
}
std::optional<MarkKind> mark_kind_from(const QString& name) {
  for (std::size_t i = 0; i < kKindNames.size(); ++i) {
    if (name == QLatin1String(kKindNames[i])) return static_cast<MarkKind>(i);
  }
  return std::nullopt;
}

QByteArray marks_to_json(const std::vector<Mark>& marks) {
  QJsonArray list;
  for (const Mark& mark : marks) {
    QJsonArray points;
    for (const QPointF& point : mark.points)
      points << QJsonArray{std::round(point.x() * 100) / 100, std::round(point.y() * 100) / 100};
    list << QJsonObject{{QStringLiteral("kind"), mark_kind_name(mark.kind)},
                        {QStringLiteral("points"), points},
                        {QStringLiteral("text"), mark.text},
                        {QStringLiteral("author"), mark.author}};
  }
  return QJsonDocument(list).toJson(QJsonDocument::Compact);
}

std::vector<Mark> marks_from_json(const QByteArray& json) {
  std::vector<Mark> marks;
  const QJsonArray list = QJsonDocument::fromJson(json).array();
  for (const QJsonValue each : list) {
    if (static_cast<qsizetype>(marks.size()) >= kMarksMax) break;
    const QJsonObject from = each.toObject();
    const auto kind = mark_kind_from(from.value(QStringLiteral("kind")).toString());
    const QJsonArray points = from.value(QStringLiteral("points")).toArray();
    if (!kind || points.size() < 2 || points.size() > kPointsMax) continue;
    Mark mark;
    mark.kind = *kind;
    for (const QJsonValue point : points)
      mark.points.emplace_back(point.toArray().at(0).toDouble(), point.toArray().at(1).toDouble());
    mark.text = from.value(QStringLiteral("text")).toString().left(kTextMax);
    mark.author = from.value(QStringLiteral("author")).toString().left(kTextMax);
    marks.push_back(std::move(mark));
  }
  return marks;
}

LengthResult measure_length(const QPointF& from, const QPointF& to, double mm_per_px) {
  const double across_mm = (to.x() - from.x()) * mm_per_px;
  const double up_mm = (to.y() - from.y()) * mm_per_px;
  LengthResult result;
  result.mm = std::hypot(across_mm, up_mm);
  // d(length) = up / length * d(up), d(up) = share * up.
  const double depth_mm = result.mm > 0 ? up_mm * up_mm / result.mm * imaging::kDepthShareMost : 0;
  result.uncertainty_mm = std::hypot(kEndPx * mm_per_px, depth_mm);
  return result;
}

std::optional<RegionResult> measure_region(const PlaneSet& planes, const Mark& mark) {
  const PlaneData* mass = plane_of(planes, Plane::kMass);
  if (mass == nullptr || mark.points.size() < 2 || mass->mm_per_px <= 0) return std::nullopt;
  const PlaneData* material = plane_of(planes, Plane::kMaterial);
  if (material != nullptr &&
      (material->columns() != mass->columns() || material->rows() != mass->rows()))
    material = nullptr;
  const bool lasso = mark.kind == MarkKind::kLasso;
  const QPolygonF outline(QList<QPointF>(mark.points.begin(), mark.points.end()));
  const QRectF box =
      lasso ? outline.boundingRect() : QRectF(mark.points.front(), mark.points.back()).normalized();
  const int left = std::max(0, static_cast<int>(std::floor(box.left())));
  const int right = std::min(mass->columns(), static_cast<int>(std::ceil(box.right())) + 1);
  const int top = std::max(0, static_cast<int>(std::floor(box.top())));
  const int bottom = std::min(mass->rows(), static_cast<int>(std::ceil(box.bottom())) + 1);
  if (right <= left || bottom <= top) return std::nullopt;
  RegionResult result;
  result.class_share.assign(6, 0);
  const auto width = static_cast<std::size_t>(right - left);
  std::vector<std::uint8_t> inside(width * static_cast<std::size_t>(bottom - top), 0);
  for (int row = top; row < bottom; ++row) {
    for (int column = left; column < right; ++column) {
      const QPointF centre(column + 0.5, row + 0.5);
      if (!box.contains(centre) || (lasso && !outline.containsPoint(centre, Qt::OddEvenFill)))
        continue;
      inside[static_cast<std::size_t>(row - top) * width +
             static_cast<std::size_t>(column - left)] = 1;
      const auto at = static_cast<std::size_t>(row) * static_cast<std::size_t>(mass->columns()) +
                      static_cast<std::size_t>(column);
      if (material != nullptr)
        result.class_share[std::min<std::uint8_t>(material->levels[0].classes[at], kTooThick)] += 1;
      ++result.pixels;
    }
  }
  if (result.pixels == 0) return std::nullopt;
  for (double& share : result.class_share) share /= static_cast<double>(result.pixels);
  imaging::RegionPlanes region;
  region.grid = {mass->columns(),  mass->rows(),     mass->mm_per_px,
                 mass->x_first_mm, mass->z_first_mm, mass->source_distance_mm,
                 mass->source_z_mm};
  region.mass_codes = mass->levels[0].codes;
  if (material != nullptr) region.classes = material->levels[0].classes;
  result.mass = imaging::region_mass(region, left, top, right - left, bottom - top, inside);
  const double pixel_cm2 = mass->mm_per_px * mass->mm_per_px / 100;
  const double edge_cm2 = (box.width() + box.height()) * 2 * pixel_cm2;
  result.area_uncertainty_cm2 = std::hypot(edge_cm2, result.mass.area_cm2 * imaging::kDepthShare90);
  const auto& share = result.class_share;
  result.g_cm2_uncertainty =
      result.mass.g_cm2 *
      imaging::mass_spread({.metal = share[3], .heavy = share[4], .light = share[2]});
  return result;
}

std::vector<double> measure_profile(const PlaneSet& planes, const QPointF& from, const QPointF& to,
                                    int count_max) {
  const PlaneData* mass = plane_of(planes, Plane::kMass);
  if (mass == nullptr) return {};
  const double length = std::hypot(to.x() - from.x(), to.y() - from.y());
  const int count = std::clamp(static_cast<int>(length) + 1, 2, count_max);
  std::vector<double> values(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double part = static_cast<double>(i) / (count - 1);
    const int column = static_cast<int>(std::floor(from.x() + part * (to.x() - from.x())));
    const int row = static_cast<int>(std::floor(from.y() + part * (to.y() - from.y())));
    if (column < 0 || row < 0 || column >= mass->columns() || row >= mass->rows()) {
      values[i] = std::numeric_limits<double>::quiet_NaN();
      continue;
    }
    const auto at = static_cast<std::size_t>(row) * static_cast<std::size_t>(mass->columns()) +
                    static_cast<std::size_t>(column);
    values[i] = static_cast<double>(imaging::mass_from_code_g_cm2(mass->levels[0].codes[at]));
  }
  return values;
}

QString mark_words(const Mark& mark, const PlaneSet& planes) {
  const PlaneData* high = plane_of(planes, Plane::kHigh);
  if (mark.points.size() < 2) return {};
  switch (mark.kind) {
    case MarkKind::kLength:
    case MarkKind::kProfile: {
      if (high == nullptr) return {};
      const LengthResult length =
          measure_length(mark.points.front(), mark.points.back(), high->mm_per_px);
      return say(QT_TRANSLATE_NOOP("marks", "%1 m ± %2"))
          .arg(number(length.mm / 1000, 2), number(length.uncertainty_mm / 1000, 2));
    }
    case MarkKind::kRegion:
    case MarkKind::kLasso: {
      const auto region = measure_region(planes, mark);
      return region ? region_words(*region)
                    : say(QT_TRANSLATE_NOOP("marks", "cannot be measured here"));
    }
    case MarkKind::kBox:
    case MarkKind::kEllipse:
    case MarkKind::kArrow:
    case MarkKind::kText:
      return mark.text;
  }
  return {};
}

}  // namespace portcullis::hmi
