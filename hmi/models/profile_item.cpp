#include "hmi/models/profile_item.h"

#include <QPainter>
#include <QPolygonF>
#include <algorithm>
#include <cmath>

namespace portcullis::hmi {
namespace {

constexpr double kMetre_mm = 1000;
constexpr double kTickGap_px = 8;  // metres nearer to one another are not marked each

}  // namespace

ProfileItem::ProfileItem(QQuickItem* parent) : QQuickPaintedItem(parent) {
  connect(this, &ProfileItem::setup_changed, this, [this] {
    update();
    Q_EMIT data_changed();
  });
}

void ProfileItem::set_source(CaseModel* source) {
  if (source == source_) return;
  if (source_ != nullptr) disconnect(source_, nullptr, this, nullptr);
  source_ = source;
  if (source_ != nullptr) connect(source_, &CaseModel::changed, this, &ProfileItem::refresh);
  refresh();
  Q_EMIT setup_changed();
}

void ProfileItem::set_view(ViewState* view) {
  if (view == view_) return;
  if (view_ != nullptr) disconnect(view_, nullptr, this, nullptr);
  view_ = view;
  if (view_ != nullptr)
    connect(view_, &ViewState::changed, this, [this] {
      update();
      if (cursor_ >= 0) Q_EMIT data_changed();
    });
  Q_EMIT setup_changed();
}

void ProfileItem::set_store(ImageStore* store) {
  if (store == store_) return;
  if (store_ != nullptr) disconnect(store_, nullptr, this, nullptr);
  store_ = store;
  if (store_ != nullptr) connect(store_, &ImageStore::changed, this, &ProfileItem::refresh);
  refresh();
  Q_EMIT setup_changed();
}

void ProfileItem::refresh() {
  points_.clear();
  vehicle_ = {};
  if (source_ != nullptr) {
    const CaseData& data = source_->data();
    points_ = radiation_points(data.radiation_profile, data.radiation_passage);
    const auto high =
        store_ == nullptr ? nullptr : store_->planes()[static_cast<std::size_t>(Plane::kHigh)];
    if (high != high_) {
      high_ = high;
      columns_ = high_ == nullptr ? ColumnSpan{} : vehicle_columns(*high_);
    }
    if (high_ != nullptr && high_->scan_id == data.scan_id && data.radiation_passage.passage_s > 0)
      vehicle_ = columns_;
  }
  update();
  Q_EMIT data_changed();
}

double ProfileItem::x_of(double share) const {
  if (!placed() || view_ == nullptr) return share * width();
  return (column_of_share(share, vehicle_) - view_->origin_column()) * view_->scale();
}

double ProfileItem::share_at(double x) const {
  const double left = x_of(0);
  const double right = x_of(1);
  return right > left ? (x - left) / (right - left) : -1;
}

double ProfileItem::lowest() const {
  double value = points_.front().gamma_cps;
  for (const RadiationPoint& point : points_) value = std::min(value, point.gamma_cps);
  return value;
}

double ProfileItem::highest() const {
  double value = points_.front().gamma_cps;
  for (const RadiationPoint& point : points_) value = std::max(value, point.gamma_cps);
  return value;
}

QString ProfileItem::text() const {
  if (source_ == nullptr || points_.empty()) return tr("no profile for this vehicle");
  const auto rounded = [](double value) { return QString::number(std::lround(value)); };
  QString said;
  if (const auto here = gamma_at(points_, share_at(cursor_)); cursor_ >= 0 && here) {
    said = tr("%1 counts/s").arg(rounded(*here));
    if (placed() && view_ != nullptr && view_->mm_per_px() > 0) {
      const double column = view_->origin_column() + cursor_ / view_->scale();
      said = tr("%1 m from the front: %2")
                 .arg((column - vehicle_.first) * view_->mm_per_px() / kMetre_mm, 0, 'f', 2)
                 .arg(said);
    }
  } else {
    said = tr("%1 to %2 counts/s").arg(rounded(lowest()), rounded(highest()));
  }
  const PassageData& passage = source_->data().radiation_passage;
  if (passage.background_cps > 0 && passage.alarm_cps > 0)
    said = tr("%1, background %2, alarm above %3")
               .arg(said, rounded(passage.background_cps), rounded(passage.alarm_cps));
  return said;
}

void ProfileItem::paint_metres(QPainter& painter) const {
  const double metre_px =
      view_->mm_per_px() > 0 ? kMetre_mm / view_->mm_per_px() * view_->scale() : 0;
  if (metre_px < kTickGap_px) return;
  const double front = x_of(0);
  const double rear = x_of(1);
  painter.setPen(QPen(level_, 1));
  for (int metre = 0; front + metre * metre_px <= rear; ++metre) {
    const double x = front + metre * metre_px;
    painter.drawLine(QPointF(x, height()), QPointF(x, height() - (metre % 5 == 0 ? 8 : 4)));
  }
}

void ProfileItem::paint(QPainter* painter) {
  if (source_ == nullptr || points_.size() < 2) return;
  const PassageData& passage = source_->data().radiation_passage;
  double bottom = lowest();
  double top = highest();
  for (const double level : {passage.background_cps, passage.alarm_cps}) {
    if (level <= 0) continue;
    bottom = std::min(bottom, level);
    top = std::max(top, level);
  }
  const double room = std::max(1.0, 0.06 * (top - bottom));
  const auto y_of = [&](double cps) {
    return height() - 1 - (cps - bottom + room) / (top - bottom + 2 * room) * (height() - 2);
  };
  painter->setRenderHint(QPainter::Antialiasing);
  if (placed() && view_ != nullptr) paint_metres(*painter);
  const auto level = [&](double cps, const QColor& colour, Qt::PenStyle style) {
    if (cps <= 0) return;
    painter->setPen(QPen(colour, 1.2, style));
    painter->drawLine(QPointF(x_of(0), y_of(cps)), QPointF(x_of(1), y_of(cps)));
  };
  level(passage.background_cps, level_, Qt::DashLine);
  level(passage.alarm_cps, alarm_, Qt::DotLine);
  QPolygonF line;
  for (const RadiationPoint& point : points_)
    line << QPointF(x_of(point.share), y_of(point.gamma_cps));
  painter->setPen(QPen(line_, 1.6));
  painter->drawPolyline(line);
  if (cursor_ < 0) return;
  painter->setPen(QPen(level_, 1));
  painter->drawLine(QPointF(cursor_, 0), QPointF(cursor_, height()));
  if (const auto here = gamma_at(points_, share_at(cursor_))) {
    painter->setBrush(line_);
    painter->setPen(Qt::NoPen);
    painter->drawEllipse(QPointF(cursor_, y_of(*here)), 3, 3);
  }
}

}  // namespace portcullis::hmi
