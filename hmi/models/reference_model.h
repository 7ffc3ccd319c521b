#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <string>
#include <vector>

namespace portcullis::hmi {

class CaseModel;
class OfficeClient;
class SessionModel;

/// "Keep as a reference": the case on the screen is what others are compared with, as an empty
/// container or as goods of one of the chapters that it declares. For who may supervise.
/// Ownership: borrows all it is given. Threading: GUI thread.
class ReferenceModel final : public QObject {
  Q_OBJECT
  Q_PROPERTY(QStringList choices READ choices NOTIFY changed)
  Q_PROPERTY(bool allowed READ allowed NOTIFY changed)
  Q_PROPERTY(QString blocked READ blocked NOTIFY changed)
  Q_PROPERTY(QString message READ message NOTIFY changed)

 public:
  ReferenceModel(OfficeClient& office, CaseModel& inspection_case, SessionModel& session,
                 QObject* parent = nullptr);

  /// 0: no reference any more; 1: an empty container; from 2: the chapters.
  Q_INVOKABLE void choose(int number);
  /// The card comes up, or goes.
  void begin();
  void retranslate() { Q_EMIT changed(); }

  /// From the first choice on, 1.
  [[nodiscard]] QStringList choices() const;
  [[nodiscard]] bool allowed() const;
  /// Why it cannot be one; empty where it can.
  [[nodiscard]] QString blocked() const;
  [[nodiscard]] QString message() const { return message_; }

 Q_SIGNALS:
  void changed();

 private:
  void say(const QString& message);
  [[nodiscard]] std::vector<std::string> chapters() const;

  OfficeClient& office_;
  CaseModel& case_;
  SessionModel& session_;
  bool busy_ = false;
  QString message_;
};

}  // namespace portcullis::hmi
