#include "hmi/models/key_guard.h"

#include <QGuiApplication>
#include <QQuickItem>

#include "hmi/models/operate_controller.h"

namespace portcullis::hmi {
namespace {

/// Something over a page that is left by itself.
bool takes_leave(const QQuickItem* focus) {
  for (; focus != nullptr; focus = focus->parentItem())
    if (focus->property("takes_leave").toBool()) return true;
  return false;
}

/// A digit, plus or minus of the keypad, with Num Lock on.
bool on_keypad(const QKeyEvent& event) {
  if (!event.modifiers().testFlag(Qt::KeypadModifier)) return false;
  return (event.key() >= Qt::Key_0 && event.key() <= Qt::Key_9) || event.key() == Qt::Key_Plus ||
         event.key() == Qt::Key_Minus;
}

}  // namespace

KeyGuard::KeyGuard(QQuickWindow& window, OperateController& controller, QObject* parent)
    : QObject(parent), window_(window), controller_(controller) {
  const QString platform = QGuiApplication::platformName();
  scan_codes_ = platform == QLatin1String("xcb") || platform.startsWith(QLatin1String("wayland"));
  window_.installEventFilter(this);
}

bool KeyGuard::eventFilter(QObject* watched, QEvent* event) {
  if (watched == &window_ &&
      (event->type() == QEvent::KeyPress || event->type() == QEvent::MouseButtonPress))
    controller_.person_is_active();
  if (watched == &window_ && event->type() == QEvent::KeyPress) {
    return on_press(*static_cast<const QKeyEvent*>(event));
  }
  if (watched == &window_ && event->type() == QEvent::KeyRelease) {
    const auto& released = *static_cast<const QKeyEvent*>(event);
    if (!released.isAutoRepeat()) controller_.release(action_of(released));
  }
  return QObject::eventFilter(watched, event);
}

QString KeyGuard::action_of(const QKeyEvent& event) const {
  if ((event.modifiers() & (Qt::AltModifier | Qt::MetaModifier)) != 0) return {};
  const bool control = (event.modifiers() & Qt::ControlModifier) != 0;
  // "?" lies elsewhere on every layout and is what the hand looks for: by symbol.
  if (event.key() == Qt::Key_Question) return QStringLiteral("sheet");
  // The keypad's digits and signs say what they are on every layout: by symbol.
  const bool by_symbol = !scan_codes_ || event.nativeScanCode() == 0 || on_keypad(event);
  if (!by_symbol) {
    for (const Action& action : actions()) {
      if (action.scan_code == event.nativeScanCode() && action.control == control)
        return QLatin1String(action.id);
    }
  }
  for (const Action& action : actions()) {
    const bool by_place_only = !by_symbol && action.scan_code != 0;
    if (!by_place_only && action.key == event.key() && action.control == control)
      return QLatin1String(action.id);
  }
  return {};
}

bool KeyGuard::on_press(const QKeyEvent& event) {
  const QString action = action_of(event);
  if (action == QLatin1String("stop")) {
    if (!event.isAutoRepeat()) controller_.trigger(action);
    return true;
  }
  // The login page's fields take all the others but the language of the page.
  if (controller_.locked()) {
    if (action == QLatin1String("language") && !event.isAutoRepeat()) controller_.trigger(action);
    return action == QLatin1String("language");
  }
  if (controller_.page_open()) return on_page(event, action);
  if (controller_.case_is_new()) {
    ++ignored_;
    return true;
  }
  QQuickItem* focus = window_.activeFocusItem();
  if (focus != nullptr && focus->flags().testFlag(QQuickItem::ItemAcceptsInputMethod)) {
    if (action == QLatin1String("leave")) {
      focus->setFocus(false);
      return true;
    }
    return false;  // typing, with its own auto-repeat
  }
  if (event.isAutoRepeat()) {
    ++ignored_;
    return true;
  }
  if (action.isEmpty()) return false;
  controller_.trigger(action);
  return true;
}

// A page has fields and buttons that take keys themselves.
bool KeyGuard::on_page(const QKeyEvent& event, const QString& action) {
  const bool ours = action == QLatin1String("leave") || action == QLatin1String("lock") ||
                    action == QLatin1String("language") ||
                    action.startsWith(QLatin1String("page_"));
  if (!ours || event.isAutoRepeat()) return false;
  QQuickItem* focus = window_.activeFocusItem();
  if (action == QLatin1String("leave") && takes_leave(focus)) return false;
  if (action == QLatin1String("leave") && focus != nullptr &&
      focus->flags().testFlag(QQuickItem::ItemAcceptsInputMethod)) {
    focus->setFocus(false);
    return true;
  }
  controller_.trigger(action);
  return true;
}

}  // namespace portcullis::hmi
