#include "hmi/models/language.h"

#include <QGuiApplication>
#include <QLocale>
#include <algorithm>

namespace portcullis::hmi {

const QVector<Language::Known>& Language::known() {
  static const QVector<Known> kKnown = {
      {"en", "English"}, {"fr", "Français"}, {"es", "Español"}, {"ar", "العربية"}};
  return kKnown;
}

QString Language::of_system() {
  for (const QString& wanted : QLocale::system().uiLanguages()) {
    for (const Known& each : known()) {
      if (wanted.left(2) == QLatin1String(each.code)) return QLatin1String(each.code);
    }
  }
  return QStringLiteral("en");
}

Language::Language(QObject* parent) : QObject(parent) {}

Language::~Language() {
  QCoreApplication::removeTranslator(&translator_);
  QGuiApplication::setLayoutDirection(Qt::LayoutDirectionAuto);
}

bool Language::set(const QString& code) {
  const QString wanted = code == QLatin1String("system") ? of_system() : code;
  if (wanted == code_) return true;
  const bool spoken = std::any_of(known().begin(), known().end(), [&](const Known& each) {
    return wanted == QLatin1String(each.code);
  });
  if (!spoken) return false;
  QCoreApplication::removeTranslator(&translator_);
  if (!translator_.load(QStringLiteral(":/portcullis/i18n/portcullis_%1.qm").arg(wanted)))
    return false;
  code_ = wanted;
  QCoreApplication::installTranslator(&translator_);
  QGuiApplication::setLayoutDirection(right_to_left() ? Qt::RightToLeft : Qt::LeftToRight);
  Q_EMIT changed();
  return true;
}

void Language::choose(int index) {
  if (index >= 0 && index < known().size()) set(QLatin1String(known().at(index).code));
}

bool Language::right_to_left() const {
  return QLocale(code_).textDirection() == Qt::RightToLeft;
}

QStringList Language::names() const {
  QStringList names;
  for (const Known& each : known()) names << QString::fromUtf8(each.name);
  return names;
}

int Language::index() const {
  for (int i = 0; i < known().size(); ++i) {
    if (code_ == QLatin1String(known().at(i).code)) return i;
  }
  return -1;
}

}  // namespace portcullis::hmi
