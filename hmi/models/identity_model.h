#pragma once

#include <QObject>
#include <QString>

namespace portcullis::hmi {

class CaseModel;
class LaneClient;
class SessionModel;

/// Whose vehicle the case on the screen is, where a camera misread it: one person types it, a
/// second confirms the same.
/// Ownership: borrows all it is given. Threading: GUI thread.
class IdentityModel final : public QObject {
  Q_OBJECT
  Q_PROPERTY(bool allowed READ allowed NOTIFY changed)
  Q_PROPERTY(bool may_confirm READ may_confirm NOTIFY changed)
  Q_PROPERTY(QString proposed READ proposed NOTIFY changed)
  Q_PROPERTY(QString plate READ plate NOTIFY changed)
  Q_PROPERTY(QString first READ first NOTIFY changed)
  Q_PROPERTY(QString second READ second NOTIFY changed)
  Q_PROPERTY(QString message READ message NOTIFY changed)

 public:
  IdentityModel(LaneClient& lane, CaseModel& inspection_case, SessionModel& session,
                QObject* parent = nullptr);

  /// `first`, `second`: container numbers front to rear; empty: none.
  Q_INVOKABLE void say(const QString& plate, const QString& first, const QString& second);
  /// What is proposed, as it stands on the screen.
  Q_INVOKABLE void confirm();
  /// The card comes up, or goes.
  void begin();
  void retranslate() { Q_EMIT changed(); }

  [[nodiscard]] bool allowed() const;
  [[nodiscard]] bool may_confirm() const;
  /// Who says it is whose, in words; empty: nobody does.
  [[nodiscard]] QString proposed() const;
  // What the fields begin with: as it holds now.
  [[nodiscard]] QString plate() const;
  [[nodiscard]] QString first() const { return container(0); }
  [[nodiscard]] QString second() const { return container(1); }
  [[nodiscard]] QString message() const { return message_; }

 Q_SIGNALS:
  void changed();

 private:
  [[nodiscard]] QString container(std::size_t place) const;
  void tell(const QString& message);

  LaneClient& lane_;
  CaseModel& case_;
  SessionModel& session_;
  bool busy_ = false;
  QString message_;
};

}  // namespace portcullis::hmi
