#include "hmi/models/panel_sign_item.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

namespace portcullis::hmi {
namespace {

// All signs are drawn in a square of 32 x 32.
constexpr double kSignSide = 32;

void draw_person(QPainter& painter, double x, double foot) {
  painter.drawEllipse(QPointF(x, foot - 18), 3.2, 3.2);
  painter.drawLine(QPointF(x, foot - 14.5), QPointF(x, foot - 6));
  painter.drawLine(QPointF(x - 4, foot - 11), QPointF(x + 4, foot - 11));
  painter.drawLine(QPointF(x, foot - 6), QPointF(x - 3.5, foot));
  painter.drawLine(QPointF(x, foot - 6), QPointF(x + 3.5, foot));
}

void draw_arrow(QPainter& painter, QPointF from, QPointF to) {
  painter.drawLine(from, to);
  const QPointF d = to - from;
  const double length = std::hypot(d.x(), d.y());
  const QPointF along = d / length, across(-along.y(), along.x());
  painter.drawLine(to, to - along * 4.5 + across * 3.5);
  painter.drawLine(to, to - along * 4.5 - across * 3.5);
}

void draw_stop(QPainter& painter) {
  QPolygonF octagon;
  for (int i = 0; i < 8; ++i) {
    const double angle = (i + 0.5) * 3.14159265358979 / 4;
    octagon << QPointF(16 + 13 * std::cos(angle), 16 + 13 * std::sin(angle));
  }
  painter.drawPolygon(octagon);
  painter.drawLine(QPointF(9, 16), QPointF(23, 16));
}

void draw_engine_off(QPainter& painter) {
  painter.drawArc(QRectF(6, 7, 20, 20), 125 * 16, 290 * 16);
  painter.drawLine(QPointF(16, 4), QPointF(16, 15));
}

void draw_cab(QPainter& painter) {
  painter.drawPolyline(
      QPolygonF({QPointF(3, 27), QPointF(3, 13), QPointF(6, 6), QPointF(14, 6), QPointF(14, 27)}));
  painter.drawLine(QPointF(3, 27), QPointF(14, 27));
  painter.drawLine(QPointF(4, 15), QPointF(14, 15));
}

void draw_hourglass(QPainter& painter) {
  painter.drawLine(QPointF(8, 4), QPointF(24, 4));
  painter.drawLine(QPointF(8, 28), QPointF(24, 28));
  painter.drawPolyline(
      QPolygonF({QPointF(10, 4), QPointF(10, 9), QPointF(22, 23), QPointF(22, 28)}));
  painter.drawPolyline(
      QPolygonF({QPointF(22, 4), QPointF(22, 9), QPointF(10, 23), QPointF(10, 28)}));
}

void draw_parking(QPainter& painter) {
  painter.drawRoundedRect(QRectF(4, 4, 24, 24), 2, 2);
  painter.drawLine(QPointF(12, 9), QPointF(12, 24));
  painter.drawArc(QRectF(9, 9, 12, 8), -90 * 16, 180 * 16);
  painter.drawLine(QPointF(12, 9), QPointF(15, 9));
  painter.drawLine(QPointF(12, 17), QPointF(15, 17));
}

void draw_way_round(QPainter& painter) {
  painter.drawLine(QPointF(23, 28), QPointF(23, 13));
  painter.drawArc(QRectF(9, 6, 14, 14), 0, 180 * 16);
  draw_arrow(painter, QPointF(9, 13), QPointF(9, 27));
}

void draw_magnifier(QPainter& painter) {
  painter.drawEllipse(QPointF(13, 13), 8, 8);
  painter.drawLine(QPointF(19, 19), QPointF(28, 28));
}

}  // namespace

void PanelSignItem::set_pictogram(const QString& name) {
  if (name == pictogram_) return;
  pictogram_ = name;
  Q_EMIT setup_changed();
  update();
}

void PanelSignItem::set_line(const QColor& colour) {
  if (colour == line_) return;
  line_ = colour;
  Q_EMIT setup_changed();
  update();
}

void PanelSignItem::paint(QPainter* painter) {
  const double scale = std::min(width(), height()) / kSignSide;
  if (scale <= 0 || pictogram_.isEmpty()) return;
  painter->setRenderHint(QPainter::Antialiasing);
  painter->scale(scale, scale);
  painter->setPen(QPen(line_, 2.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter->setBrush(Qt::NoBrush);
  if (pictogram_ == QLatin1String("stop")) {
    draw_stop(*painter);
  } else if (pictogram_ == QLatin1String("engine_off")) {
    draw_engine_off(*painter);
  } else if (pictogram_ == QLatin1String("leave_cab")) {
    draw_cab(*painter);
    draw_arrow(*painter, QPointF(16, 10), QPointF(24, 10));
    draw_person(*painter, 25, 30);
  } else if (pictogram_ == QLatin1String("return")) {
    draw_cab(*painter);
    draw_arrow(*painter, QPointF(26, 10), QPointF(18, 10));
    draw_person(*painter, 25, 30);
  } else if (pictogram_ == QLatin1String("stand_here")) {
    draw_person(*painter, 16, 26);
    painter->drawLine(QPointF(6, 29), QPointF(26, 29));
  } else if (pictogram_ == QLatin1String("drive_on")) {
    draw_arrow(*painter, QPointF(16, 28), QPointF(16, 4));
    painter->drawLine(QPointF(5, 28), QPointF(9, 4));
    painter->drawLine(QPointF(27, 28), QPointF(23, 4));
  } else if (pictogram_ == QLatin1String("wait")) {
    draw_hourglass(*painter);
  } else if (pictogram_ == QLatin1String("to_entry")) {
    draw_way_round(*painter);
  } else if (pictogram_ == QLatin1String("to_inspection")) {
    draw_magnifier(*painter);
  } else if (pictogram_ == QLatin1String("go_to_bay")) {
    draw_parking(*painter);
  }
}

}  // namespace portcullis::hmi
