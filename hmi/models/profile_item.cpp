#include "hmi/models/profile_item.h"

#include <QPainter>
#include <QPolygonF>
#include <algorithm>
#include <cmath>

#include "hmi/models/case_model.h"

namespace portcullis::hmi {

void ProfileItem::set_source(QObject* source) {
  if (source == source_) return;
  if (source_ != nullptr) disconnect(source_, nullptr, this, nullptr);
  source_ = source;
  if (auto* model = qobject_cast<CaseModel*>(source_)) {
    connect(model, &CaseModel::changed, this, [this] { update(); });
  }
  Q_EMIT setup_changed();
  update();
}

void ProfileItem::set_line(const QColor& colour) {
  if (colour == line_) return;
  line_ = colour;
  Q_EMIT setup_changed();
  update();
}

void ProfileItem::paint(QPainter* painter) {
  const auto* model = qobject_cast<const CaseModel*>(source_);
  if (model == nullptr) return;
  const std::vector<ProfilePoint>& points = model->profile();
  if (points.size() < 2) return;
  const float first = points.front().seconds;
  const float span = std::max(points.back().seconds - first, 1e-3F);
  float top = 1;
  for (const ProfilePoint& point : points) {
    if (std::isfinite(point.gamma_cps)) top = std::max(top, point.gamma_cps);
  }
  QPolygonF line;
  for (const ProfilePoint& point : points) {
    if (!std::isfinite(point.gamma_cps) || !std::isfinite(point.seconds)) continue;
    const double x = static_cast<double>((point.seconds - first) / span) * width();
    const double y = (1 - static_cast<double>(point.gamma_cps / (top * 1.1F))) * (height() - 2) + 1;
    line << QPointF(x, y);
  }
  painter->setRenderHint(QPainter::Antialiasing);
  painter->setPen(QPen(line_, 1.6));
  painter->drawPolyline(line);
}

}  // namespace portcullis::hmi
