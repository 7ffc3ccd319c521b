#pragma once

#include <QObject>
#include <QStringList>
#include <string>
#include <utility>
#include <vector>

namespace portcullis::hmi {

class CaseModel;
class OfficeClient;
class SessionModel;

/// "The image is unfit", said of the case on the screen: a cause, and words where the officer has
/// some. It opens a ticket for maintenance and decides nothing.
/// Ownership: borrows all it is given. Threading: GUI thread.
class ComplaintModel final : public QObject {
  Q_OBJECT
  Q_PROPERTY(QStringList causes READ causes NOTIFY changed)
  Q_PROPERTY(bool allowed READ allowed NOTIFY changed)
  Q_PROPERTY(QString message READ message NOTIFY changed)

 public:
  ComplaintModel(OfficeClient& office, CaseModel& inspection_case, SessionModel& session,
                 QObject* parent = nullptr);
  /// Code and words of a cause, in the order in which they are offered.
  static std::vector<std::pair<std::string, QString>> known_causes();

  Q_INVOKABLE void send(int cause, const QString& text);
  /// The card comes up, or goes.
  void begin();
  void retranslate() { Q_EMIT changed(); }

  [[nodiscard]] QStringList causes() const;
  [[nodiscard]] bool allowed() const;
  [[nodiscard]] QString message() const { return message_; }

 Q_SIGNALS:
  void changed();

 private:
  void say(const QString& message);

  OfficeClient& office_;
  CaseModel& case_;
  SessionModel& session_;
  bool busy_ = false;
  QString message_;
};

}  // namespace portcullis::hmi
