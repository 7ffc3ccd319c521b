#include "hmi/models/mark_item.h"

#include <QPainter>
#include <QPainterPath>
#include <QPolygonF>
#include <algorithm>
#include <cmath>

namespace portcullis::hmi {
namespace {

constexpr double kLinePx = 2, kCasingPx = 5, kHeadPx = 14;

QPainterPath outline_of(const Mark& mark, const QPolygonF& points) {
  QPainterPath path;
  const QPointF first = points.front();
  const QPointF last = points.back();
  const QRectF box = QRectF(first, last).normalized();
  switch (mark.kind) {
    case MarkKind::kLength:
    case MarkKind::kProfile:
    case MarkKind::kArrow: {
      path.moveTo(first);
      path.lineTo(last);
      const double angle = std::atan2(last.y() - first.y(), last.x() - first.x());
      // An arrow has a head, a length a bar at each end.
      const double spread = mark.kind == MarkKind::kArrow ? 2.6 : 1.5708;
      for (const double side : {-spread, spread}) {
        const QPointF arm(kHeadPx * std::cos(angle + side), kHeadPx * std::sin(angle + side));
        path.moveTo(last);
        path.lineTo(last + arm);
        if (mark.kind == MarkKind::kArrow) continue;
        path.moveTo(first);
        path.lineTo(first + arm);
      }
      break;
    }
    case MarkKind::kLasso:
      path.addPolygon(points);
      path.closeSubpath();
      break;
    case MarkKind::kEllipse:
      path.addEllipse(box);
      break;
    case MarkKind::kRegion:
    case MarkKind::kBox:
      path.addRect(box);
      break;
    case MarkKind::kText:
      path.addEllipse(first, 4, 4);
      break;
  }
  return path;
}

}  // namespace

void MarkItem::set_view(ViewState* view) {
  if (view == view_) return;
  view_ = view;
  if (view_ != nullptr) connect(view_, &ViewState::changed, this, [this] { update(); });
  Q_EMIT setup_changed();
}

void MarkItem::set_marks(MarkModel* marks) {
  if (marks == marks_) return;
  marks_ = marks;
  if (marks_ != nullptr) connect(marks_, &MarkModel::changed, this, [this] { update(); });
  Q_EMIT setup_changed();
}

void MarkItem::paint(QPainter* painter) {
  if (view_ == nullptr || marks_ == nullptr) return;
  painter->setRenderHint(QPainter::Antialiasing);
  QFont font(QStringLiteral("DejaVu Sans"));
  font.setPixelSize(std::max(8, text_size_));
  painter->setFont(font);
  for (const Mark& mark : marks_->marks()) paint_mark(*painter, mark);
  if (const Mark* drawing = marks_->drawing()) paint_mark(*painter, *drawing);
}

void MarkItem::paint_mark(QPainter& painter, const Mark& mark) const {
  if (mark.points.size() < 2) return;
  QPolygonF points;
  for (const QPointF& point : mark.points) {
    points << QPointF((point.x() - view_->origin_column()) * view_->scale(),
                      (point.y() - view_->origin_row()) * view_->scale());
  }
  const QPainterPath path = outline_of(mark, points);
  painter.setBrush(Qt::NoBrush);
  painter.strokePath(path, QPen(Qt::black, kCasingPx, Qt::SolidLine, Qt::RoundCap));
  painter.strokePath(path, QPen(Qt::white, kLinePx, Qt::SolidLine, Qt::RoundCap));
  const QString words = marks_->words_of(mark);
  if (words.isEmpty()) return;
  const QRectF around = path.boundingRect();
  QRectF label = painter.boundingRect(QRectF(0, 0, width() * 0.4, height()),
                                      Qt::AlignLeft | Qt::TextWordWrap, words);
  label.adjust(-6, -3, 6, 3);
  // Beside the mark; where there is no room, before it, and always within the pane.
  double x = around.right() + 8;
  if (x + label.width() > width()) x = around.left() - 8 - label.width();
  label.moveTo(std::clamp(x, 0.0, std::max(0.0, width() - label.width())),
               std::clamp(around.top(), 0.0, std::max(0.0, height() - label.height())));
  painter.fillRect(label, Qt::white);
  painter.setPen(QPen(Qt::black, 1));
  painter.drawRect(label);
  painter.drawText(label.adjusted(6, 3, -6, -3), Qt::AlignLeft | Qt::TextWordWrap, words);
}

}  // namespace portcullis::hmi
