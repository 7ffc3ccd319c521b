#pragma once

#include <QKeyEvent>
#include <QObject>
#include <QQuickWindow>

namespace portcullis::hmi {

class OperateController;

/// Stands before the window and turns keys into the officer's actions.
///
/// Keys are bound to their place on the keyboard where the platform tells it (X11, Wayland), so
/// another layout moves no action; else by their symbol. Auto-repeat does nothing; any key within
/// 500 ms of a new case does nothing (but Stop). While a text field has the focus all shortcuts
/// sleep but Stop; Esc leaves the field.
/// Ownership: borrows both. Threading: GUI thread.
class KeyGuard final : public QObject {
  Q_OBJECT

 public:
  KeyGuard(QQuickWindow& window, OperateController& controller, QObject* parent = nullptr);

  /// Whether a key that comes with a scan code is taken by its place; at first, what the platform
  /// is known for. Without it every key is taken by its symbol.
  void bind_by_place(bool by_place) { scan_codes_ = by_place; }

  /// Keys that did nothing because of auto-repeat or a new case.
  [[nodiscard]] int ignored() const { return ignored_; }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  [[nodiscard]] QString action_of(const QKeyEvent& event) const;
  bool on_press(const QKeyEvent& event);
  bool on_page(const QKeyEvent& event, const QString& action);

  QQuickWindow& window_;
  OperateController& controller_;
  bool scan_codes_ = false;
  int ignored_ = 0;
};

}  // namespace portcullis::hmi
