#pragma once

#include <QObject>
#include <QString>
#include <optional>

#include "core/time.h"
#include "hmi/models/lane_data.h"

namespace portcullis::hmi {

class LaneClient;

/// Who is at the screen. Where the lane has accounts nobody is at first, the login page covers all
/// but the lane strip, and only STOP works; a lane without accounts takes the screen's own name.
/// Ownership: borrows all it is given. Threading: GUI thread.
class SessionModel final : public QObject {
  Q_OBJECT
  Q_PROPERTY(bool locked READ locked NOTIFY changed)
  Q_PROPERTY(bool busy READ busy NOTIFY changed)
  Q_PROPERTY(QString message READ message NOTIFY changed)
  Q_PROPERTY(QString name READ name NOTIFY changed)
  Q_PROPERTY(bool reads_cases READ reads_cases NOTIFY changed)

 public:
  /// `own_name`: who acts where the lane has no accounts.
  SessionModel(const core::Clock& clock, LaneClient& client, QString own_name,
               QObject* parent = nullptr);

  Q_INVOKABLE void login(const QString& name, const QString& password, const QString& reason);
  /// Logs out: the screen shows no case until somebody logs in.
  Q_INVOKABLE void lock();
  /// A key or a click: at most twice a minute the lane is told; true where it was now.
  bool active();
  void take(const StatusData& status);

  [[nodiscard]] bool locked() const { return accounts_ && !session_; }
  [[nodiscard]] bool busy() const { return busy_; }
  [[nodiscard]] QString message() const { return message_; }
  [[nodiscard]] QString name() const;
  /// "read", "scan", ...: as the lane's table names them.
  [[nodiscard]] bool may(const char* right) const;
  [[nodiscard]] bool accounts() const { return accounts_; }
  [[nodiscard]] bool reads_cases() const { return may("read"); }

 Q_SIGNALS:
  void changed();
  /// Nobody is at the screen any more: what it shows of vehicles goes.
  void left();

 private:
  const core::Clock& clock_;
  LaneClient& client_;
  const QString own_name_;
  bool accounts_ = false;
  bool busy_ = false;
  std::optional<SessionData> session_;
  QString message_;
  core::TimePoint told_{};
};

}  // namespace portcullis::hmi
