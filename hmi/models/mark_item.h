#pragma once

#include <QQuickPaintedItem>

#include "hmi/models/mark_model.h"
#include "hmi/models/view_state.h"

namespace portcullis::hmi {

/// Draws the marks over a pane: white lines in a black casing, and their words on white.
/// Threading: GUI thread.
class MarkItem : public QQuickPaintedItem {
  Q_OBJECT
  Q_PROPERTY(portcullis::hmi::ViewState* view READ view WRITE set_view NOTIFY setup_changed)
  Q_PROPERTY(portcullis::hmi::MarkModel* marks READ marks WRITE set_marks NOTIFY setup_changed)
  Q_PROPERTY(int text_size MEMBER text_size_ NOTIFY setup_changed)

 public:
  using QQuickPaintedItem::QQuickPaintedItem;
  [[nodiscard]] ViewState* view() const { return view_; }
  void set_view(ViewState* view);
  [[nodiscard]] MarkModel* marks() const { return marks_; }
  void set_marks(MarkModel* marks);
  void paint(QPainter* painter) override;

 Q_SIGNALS:
  void setup_changed();

 private:
  void paint_mark(QPainter& painter, const Mark& mark) const;

  ViewState* view_ = nullptr;
  MarkModel* marks_ = nullptr;
  int text_size_ = 16;
};

}  // namespace portcullis::hmi
