#pragma once

#include <QObject>
#include <QStringList>
#include <QTimer>
#include <optional>

#include "core/time.h"
#include "hmi/models/lane_data.h"
#include "hmi/models/row_model.h"

namespace portcullis::hmi {

/// One thing that is not as it should be, in the alarm strip.
struct AlarmRow {
  bool fault = false;  ///< Else it asks for attention only.
  QString title;
  QString text;
};

/// One bay, in the officer's words.
struct BayRow {
  int number = 0;
  QString place, age, vehicle, owner, case_id, alarm;
  bool to_decide = false;  ///< Its vehicle waits for an officer.
  bool isolated = false;
  bool empty = true;
};

/// The lane strip: the lane's status in words, and how old it is.
///
/// Stale: more than 1.5 s since the last status, or none yet. Everything keeps its last words then
/// and the screen draws them as stale.
/// Threading: GUI thread.
class LaneModel final : public QObject {
  Q_OBJECT
  Q_PROPERTY(bool known READ known NOTIFY changed)
  Q_PROPERTY(bool stale READ stale NOTIFY changed)
  Q_PROPERTY(QString stale_text READ stale_text NOTIFY changed)
  Q_PROPERTY(bool simulated READ simulated NOTIFY changed)
  Q_PROPERTY(QString lane READ lane NOTIFY changed)
  Q_PROPERTY(QString state READ state NOTIFY changed)
  Q_PROPERTY(QString state_text READ state_text NOTIFY changed)
  Q_PROPERTY(QString next_text READ next_text NOTIFY changed)
  Q_PROPERTY(QString beam READ beam NOTIFY changed)
  Q_PROPERTY(QString beam_detail READ beam_detail NOTIFY changed)
  Q_PROPERTY(QString beam_refused READ beam_refused NOTIFY changed)
  Q_PROPERTY(bool beam_on READ beam_on NOTIFY changed)
  Q_PROPERTY(QString motion READ motion NOTIFY changed)
  Q_PROPERTY(QString motion_detail READ motion_detail NOTIFY changed)
  Q_PROPERTY(QString search READ search NOTIFY changed)
  Q_PROPERTY(QString doors READ doors NOTIFY changed)
  Q_PROPERTY(QString entry READ entry NOTIFY changed)
  Q_PROPERTY(QString exit READ exit NOTIFY changed)
  Q_PROPERTY(QString dose READ dose NOTIFY changed)
  Q_PROPERTY(QString portal READ portal NOTIFY changed)
  Q_PROPERTY(QString waiting READ waiting NOTIFY changed)
  Q_PROPERTY(QString today READ today NOTIFY changed)
  Q_PROPERTY(QString vehicle READ vehicle NOTIFY changed)
  Q_PROPERTY(QString scan_text READ scan_text NOTIFY changed)
  Q_PROPERTY(QStringList allowed READ allowed NOTIFY changed)
  Q_PROPERTY(QAbstractListModel* alarms READ alarms CONSTANT)
  Q_PROPERTY(int alarm_count READ alarm_count NOTIFY changed)
  Q_PROPERTY(QAbstractListModel* bays READ bays CONSTANT)
  Q_PROPERTY(int bay_count READ bay_count NOTIFY changed)
  Q_PROPERTY(QString panel_pictogram READ panel_pictogram NOTIFY changed)
  Q_PROPERTY(QString panel_text READ panel_text NOTIFY changed)
  Q_PROPERTY(QString local_time READ local_time NOTIFY time_changed)
  Q_PROPERTY(QString utc_time READ utc_time NOTIFY time_changed)

 public:
  static constexpr std::chrono::milliseconds kStaleAfter{1500};

  explicit LaneModel(const core::Clock& clock, QObject* parent = nullptr);

  void take(const StatusData& status);
  void link_lost(const QString& reason);
  /// The language has changed: says everything anew.
  void retranslate();

  [[nodiscard]] const std::optional<StatusData>& data() const { return data_; }
  [[nodiscard]] bool known() const { return data_.has_value(); }
  [[nodiscard]] bool stale() const { return stale_; }
  [[nodiscard]] QString stale_text() const;
  [[nodiscard]] bool simulated() const { return data_ && data_->simulated; }
  [[nodiscard]] QString lane() const;
  [[nodiscard]] QString state() const;
  [[nodiscard]] QString state_text() const;
  [[nodiscard]] QString next_text() const;
  [[nodiscard]] QString beam() const;
  [[nodiscard]] QString beam_detail() const;
  [[nodiscard]] QString beam_refused() const;
  [[nodiscard]] bool beam_on() const { return data_ && data_->beam == "on"; }
  [[nodiscard]] QString motion() const;
  [[nodiscard]] QString motion_detail() const;
  [[nodiscard]] QString search() const;
  [[nodiscard]] QString doors() const;
  [[nodiscard]] QString entry() const;
  [[nodiscard]] QString exit() const;
  [[nodiscard]] QString dose() const;
  [[nodiscard]] QString portal() const;
  [[nodiscard]] QString waiting() const;
  [[nodiscard]] QString today() const;
  [[nodiscard]] QString vehicle() const;
  [[nodiscard]] QString scan_text() const;
  [[nodiscard]] QStringList allowed() const;
  /// Whether the lane would accept the command now; STOP always.
  Q_INVOKABLE [[nodiscard]] bool allows(const QString& command) const;
  [[nodiscard]] QAbstractListModel* alarms() { return &alarms_; }
  [[nodiscard]] int alarm_count() const { return static_cast<int>(alarms_.rows().size()); }
  [[nodiscard]] QAbstractListModel* bays() { return &bays_; }
  [[nodiscard]] int bay_count() const { return static_cast<int>(bays_.rows().size()); }
  [[nodiscard]] QString panel_pictogram() const;
  [[nodiscard]] QString panel_text() const;
  [[nodiscard]] QString local_time() const;
  [[nodiscard]] QString utc_time() const;

 Q_SIGNALS:
  void changed();
  void time_changed();

 private:
  void tick();
  void set_rows();

  const core::Clock& clock_;
  std::optional<StatusData> data_;
  core::TimePoint last_{};
  core::UtcTime last_utc_;
  core::UtcTime started_utc_;
  bool stale_ = true;
  QString lost_because_;
  RowModel<AlarmRow> alarms_;
  RowModel<BayRow> bays_;
  QTimer timer_;
};

}  // namespace portcullis::hmi
