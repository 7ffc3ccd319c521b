#pragma once

#include <QColor>
#include <QQuickPaintedItem>
#include <QString>

namespace portcullis::hmi {

/// The driver panel's pictogram, drawn: the lane names it (api/lane.proto, DriverPanel.pictogram),
/// this knows its lines. An unknown or empty name draws nothing.
class PanelSignItem : public QQuickPaintedItem {
  Q_OBJECT
  Q_PROPERTY(QString pictogram READ pictogram WRITE set_pictogram NOTIFY setup_changed)
  Q_PROPERTY(QColor line READ line WRITE set_line NOTIFY setup_changed)

 public:
  explicit PanelSignItem(QQuickItem* parent = nullptr) : QQuickPaintedItem(parent) {}

  [[nodiscard]] QString pictogram() const { return pictogram_; }
  void set_pictogram(const QString& name);
  [[nodiscard]] QColor line() const { return line_; }
  void set_line(const QColor& colour);
  void paint(QPainter* painter) override;

 Q_SIGNALS:
  void setup_changed();

 private:
  QString pictogram_;
  QColor line_ = Qt::white;
};

}  // namespace portcullis::hmi
