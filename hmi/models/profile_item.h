#pragma once

#include <QColor>
#include <QQuickPaintedItem>
#include <vector>

#include "hmi/models/lane_data.h"

namespace portcullis::hmi {

/// The radiation portal's counts while the vehicle passed, as a line over the pane's width.
class ProfileItem : public QQuickPaintedItem {
  Q_OBJECT
  Q_PROPERTY(QObject* source READ source WRITE set_source NOTIFY setup_changed)
  Q_PROPERTY(QColor line READ line WRITE set_line NOTIFY setup_changed)

 public:
  explicit ProfileItem(QQuickItem* parent = nullptr) : QQuickPaintedItem(parent) {}

  [[nodiscard]] QObject* source() const { return source_; }
  /// A CaseModel.
  void set_source(QObject* source);
  [[nodiscard]] QColor line() const { return line_; }
  void set_line(const QColor& colour);
  void paint(QPainter* painter) override;

 Q_SIGNALS:
  void setup_changed();

 private:
  QObject* source_ = nullptr;
  QColor line_ = Qt::white;
};

}  // namespace portcullis::hmi
