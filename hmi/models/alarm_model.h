#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <vector>

#include "hmi/models/lane_data.h"
#include "hmi/models/row_model.h"

namespace portcullis::hmi {

class LaneClient;

/// The lane's alarm list (ISA-18.2) as the officer works with it: one is selected, answers go to
/// the lane and show when it has confirmed them, the log is searched by words.
/// Ownership: borrows `client`. Threading: GUI thread.
class AlarmModel final : public QObject {
  Q_OBJECT
  Q_PROPERTY(bool served READ served NOTIFY changed)
  Q_PROPERTY(QAbstractListModel* rows READ rows CONSTANT)
  Q_PROPERTY(QAbstractListModel* log READ log CONSTANT)
  Q_PROPERTY(int selected READ selected NOTIFY changed)
  Q_PROPERTY(bool shelving READ shelving NOTIFY changed)
  Q_PROPERTY(int shelve_minutes READ shelve_minutes NOTIFY changed)
  Q_PROPERTY(QStringList reasons READ reasons NOTIFY changed)
  Q_PROPERTY(QString message READ message NOTIFY changed)
  Q_PROPERTY(QString rate READ rate NOTIFY changed)

 public:
  AlarmModel(LaneClient& client, QString user, QObject* parent = nullptr);

  void take(const StatusData& status);
  /// The list lies over the screen, or no longer.
  void show(bool shown);
  /// An action of the officer while it does: select, acknowledge, shelve.
  void act(const QString& list, const QString& id);
  Q_INVOKABLE void select(int index);
  Q_INVOKABLE void acknowledge();
  /// Of a shelved alarm: back to the list. Else asks for time and reason.
  Q_INVOKABLE void shelve();
  Q_INVOKABLE void choose_reason(int index);
  Q_INVOKABLE void choose_minutes(int by);
  Q_INVOKABLE void search(const QString& text);
  /// Says everything anew, in the language that is now in place.
  void retranslate();

  [[nodiscard]] bool served() const { return served_; }
  [[nodiscard]] QAbstractListModel* rows() { return &rows_; }
  [[nodiscard]] QAbstractListModel* log() { return &log_; }
  [[nodiscard]] int selected() const { return selected_; }
  [[nodiscard]] bool shelving() const { return shelving_; }
  [[nodiscard]] int shelve_minutes() const;
  [[nodiscard]] QStringList reasons() const;
  [[nodiscard]] QString message() const { return message_; }
  [[nodiscard]] QString rate() const;
  [[nodiscard]] const std::vector<AlarmData>& alarms() const { return rows_.rows(); }
  [[nodiscard]] const std::vector<AlarmEventData>& events() const { return log_.rows(); }

 Q_SIGNALS:
  void changed();

 private:
  [[nodiscard]] const AlarmData* chosen() const;
  void send(const char* kind, std::uint32_t minutes = 0, const std::string& reason = {});

  LaneClient& client_;
  const QString user_;
  RowModel<AlarmData> rows_;
  RowModel<AlarmEventData> log_;
  bool served_ = false, shown_ = false, shelving_ = false;
  int selected_ = 0;
  std::string selected_key_;
  std::size_t time_choice_ = 1;
  QString message_, search_;
  std::uint32_t last_10_min_ = 0;
  double per_10_min_ = 0;
};

}  // namespace portcullis::hmi
