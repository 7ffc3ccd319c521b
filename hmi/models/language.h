#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTranslator>
#include <QVector>

namespace portcullis::hmi {

/// The language of the screen, chosen at start and changed while it runs.
///
/// The texts in the source are English; English too has a catalogue, for its plural forms. The
/// catalogues (hmi/translations/portcullis_*.ts) are compiled into the program.
/// Right to left is the layout of all but the image and what runs along the vehicle or in time.
/// Threading: GUI thread, with a QGuiApplication alive. One at a time: it is the application's.
class Language final : public QObject {
  Q_OBJECT
  Q_PROPERTY(QString code READ code NOTIFY changed)
  Q_PROPERTY(bool right_to_left READ right_to_left NOTIFY changed)
  Q_PROPERTY(QStringList names READ names CONSTANT)
  Q_PROPERTY(int index READ index NOTIFY changed)

 public:
  struct Known {
    const char* code;  ///< ISO 639-1
    const char* name;  ///< In the language itself: who looks for it cannot read another.
  };
  static const QVector<Known>& known();
  /// The first of the system's languages that the screen speaks; "en" where there is none.
  static QString of_system();

  explicit Language(QObject* parent = nullptr);
  ~Language() override;

  /// False, and nothing changes, where the screen does not speak it. "system": of_system().
  bool set(const QString& code);
  void choose(int index);

  [[nodiscard]] QString code() const { return code_; }
  [[nodiscard]] bool right_to_left() const;
  [[nodiscard]] QStringList names() const;
  [[nodiscard]] int index() const;

 Q_SIGNALS:
  void changed();

 private:
  QString code_;
  QTranslator translator_;
};

}  // namespace portcullis::hmi
