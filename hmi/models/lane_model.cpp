#include "hmi/models/lane_model.h"

#include <QDateTime>
#include <QTimeZone>
#include <algorithm>
#include <cmath>

#include "hmi/models/lane_words.h"
#include "hmi/models/words.h"

namespace portcullis::hmi {
namespace {

using words::text;
constexpr int kTickMs = 100;

QDateTime date_time(core::UtcTime time) {
  return QDateTime::fromMSecsSinceEpoch(time.ns / 1'000'000, Qt::UTC);
}

/// From the lane's own list: what asks for somebody now.
std::vector<AlarmRow> listed_alarms(const StatusData& status) {
  std::vector<AlarmRow> rows;
  for (const AlarmData& alarm : status.alarms) {
    if (alarm.state == "shelved" || alarm.state == "suppressed") continue;
    const QString title =
        alarm.first_out ? LaneModel::tr("Tripped first: %1").arg(words::lane(alarm.title))
        : alarm.state == "returned" ? LaneModel::tr("%1 (gone)").arg(words::lane(alarm.title))
                                    : words::lane(alarm.title);
    rows.push_back({alarm.priority != "low" || alarm.first_out, title, words::lane(alarm.detail)});
  }
  return rows;
}

std::vector<AlarmRow> alarm_rows(const StatusData& status) {
  if (status.alarms_served) return listed_alarms(status);
  std::vector<AlarmRow> rows;
  if (!status.first_out.empty()) {
    rows.push_back(
        {true, LaneModel::tr("Tripped first: %1").arg(words::lane(status.first_out)), {}});
  }
  if (!status.operator_call.empty())
    rows.push_back({false, LaneModel::tr("Go and look"), words::lane(status.operator_call)});
  for (const BayData& bay : status.bays) {
    if (!bay.alarm.empty())
      rows.push_back({true, LaneModel::tr("Bay %1").arg(bay.number), words::lane(bay.alarm)});
  }
  for (const HealthLevel level :
       {HealthLevel::kFault, HealthLevel::kAttention, HealthLevel::kUnknown}) {
    for (const DeviceState& device : status.devices) {
      if (device.level != level) continue;
      const bool fault = level == HealthLevel::kFault;
      // The words of the device say it best; without any, its level has to do.
      const QString title = fault                            ? LaneModel::tr("%1: fault")
                            : level == HealthLevel::kUnknown ? LaneModel::tr("%1: state not known")
                            : device.text.empty()            ? LaneModel::tr("%1: needs attention")
                                                             : QStringLiteral("%1");
      rows.push_back({fault, title.arg(words::lane(device.name)), words::lane(device.text)});
    }
  }
  return rows;
}

QString age_words(core::UtcTime since, core::UtcTime now) {
  if (since.ns == 0) return {};
  const std::int64_t s = std::max<std::int64_t>(0, (now.ns - since.ns) / 1'000'000'000);
  if (s >= 3600) return LaneModel::tr("%1 h %2 min").arg(s / 3600).arg(s / 60 % 60);
  return s >= 60 ? LaneModel::tr("%1 min").arg(s / 60) : LaneModel::tr("%1 s").arg(s);
}

BayRow bay_row(const BayData& bay, core::UtcTime now) {
  BayRow row;
  row.number = static_cast<int>(bay.number);
  row.place = words::lane(bay.place_text);
  row.age = age_words(bay.since, now);
  QStringList numbers;
  for (const std::string& number : bay.container_numbers)
    numbers << words::code(words::container_number(number));
  if (numbers.isEmpty() && !bay.vehicle_plate.empty())
    numbers << LaneModel::tr("plate %1").arg(words::code(text(bay.vehicle_plate)));
  row.vehicle = numbers.join(QStringLiteral(", "));
  row.owner = text(bay.owner);
  row.case_id = text(bay.case_id);
  row.alarm = words::lane(bay.alarm);
  row.to_decide = bay.place == "Waiting";
  row.isolated = bay.place == "Isolated";
  row.empty = bay.place == "Empty";
  return row;
}

}  // namespace

LaneModel::LaneModel(const core::Clock& clock, QObject* parent)
    : QObject(parent),
      clock_(clock),
      started_utc_(clock.utc_now()),
      alarms_({{"fault", [](const AlarmRow& row) { return QVariant(row.fault); }},
               {"title", [](const AlarmRow& row) { return QVariant(row.title); }},
               {"text", [](const AlarmRow& row) { return QVariant(row.text); }}}),
      bays_({{"number", [](const BayRow& row) { return QVariant(row.number); }},
             {"place", [](const BayRow& row) { return QVariant(row.place); }},
             {"age", [](const BayRow& row) { return QVariant(row.age); }},
             {"vehicle", [](const BayRow& row) { return QVariant(row.vehicle); }},
             {"owner", [](const BayRow& row) { return QVariant(row.owner); }},
             {"case_id", [](const BayRow& row) { return QVariant(row.case_id); }},
             {"alarm", [](const BayRow& row) { return QVariant(row.alarm); }},
             {"to_decide", [](const BayRow& row) { return QVariant(row.to_decide); }},
             {"isolated", [](const BayRow& row) { return QVariant(row.isolated); }},
             {"empty", [](const BayRow& row) { return QVariant(row.empty); }}}) {
  connect(&timer_, &QTimer::timeout, this, &LaneModel::tick);
  timer_.start(kTickMs);
}

void LaneModel::take(const StatusData& status) {
  data_ = status;
  last_ = clock_.now();
  last_utc_ = clock_.utc_now();
  stale_ = false;
  lost_because_.clear();
  set_rows();
  Q_EMIT changed();
}

void LaneModel::set_rows() {
  if (!data_) return;
  alarms_.set_rows(alarm_rows(*data_));
  std::vector<BayRow> bays;
  for (const BayData& bay : data_->bays) bays.push_back(bay_row(bay, data_->utc));
  bays_.set_rows(std::move(bays));
}

void LaneModel::retranslate() {
  set_rows();
  Q_EMIT changed();
  Q_EMIT time_changed();
}

void LaneModel::link_lost(const QString& reason) {
  if (reason == lost_because_) return;
  lost_because_ = reason;
  Q_EMIT changed();
}

void LaneModel::tick() {
  const bool now_stale = !data_ || clock_.now() - last_ > kStaleAfter;
  if (now_stale != stale_) {
    stale_ = now_stale;
    Q_EMIT changed();
  }
  Q_EMIT time_changed();
}

QString LaneModel::stale_text() const {
  if (!stale_) return {};
  const core::UtcTime since = data_ ? last_utc_ : started_utc_;
  QString words = tr("No connection to the lane since %1")
                      .arg(date_time(since).toLocalTime().toString(QStringLiteral("HH:mm:ss")));
  if (!lost_because_.isEmpty()) words += QStringLiteral("  -  ") + lost_because_;
  return words;
}

QString LaneModel::lane() const {
  return data_ ? text(data_->lane) : tr("Lane");
}
QString LaneModel::state() const {
  return data_ ? text(data_->state) : QString();
}
QString LaneModel::state_text() const {
  return data_ ? words::lane(data_->state_text) : tr("Not connected");
}
QString LaneModel::next_text() const {
  return data_ ? words::lane(data_->next_text) : QString();
}
QString LaneModel::beam() const {
  return data_ ? words::lane(data_->beam) : tr("not known");
}

QString LaneModel::beam_detail() const {
  if (!data_) return {};
  if (data_->beam_asked)
    return data_->beam_permit ? tr("asked, granted") : tr("asked, not granted");
  return tr("not asked");
}

QString LaneModel::beam_refused() const {
  return data_ ? words::lane(data_->beam_refused_because) : QString();
}

QString LaneModel::motion() const {
  if (!data_) return tr("not known");
  const double speed_mm_s = std::abs(data_->speed_mm_s);
  if (speed_mm_s < 0.5) return tr("stopped");
  return (data_->speed_mm_s < 0 ? tr("%1 mm/s back") : tr("%1 mm/s")).arg(speed_mm_s, 0, 'f', 0);
}

QString LaneModel::motion_detail() const {
  if (!data_) return {};
  if (data_->motion_asked)
    return data_->motion_permit ? tr("asked, granted") : tr("asked, not granted");
  return tr("not asked");
}

QString LaneModel::search() const {
  return data_ ? words::lane(data_->search_text) : tr("not known");
}
QString LaneModel::doors() const {
  return data_ ? words::lane(data_->doors_text) : tr("not known");
}

QString LaneModel::entry() const {
  if (!data_) return tr("not known");
  return tr("entry %1, %2").arg(words::lane(data_->light_entry), words::lane(data_->barrier_entry));
}
QString LaneModel::exit() const {
  if (!data_) return {};
  return tr("exit %1, %2").arg(words::lane(data_->light_exit), words::lane(data_->barrier_exit));
}
QString LaneModel::dose() const {
  return data_ ? tr("%1 µSv/h").arg(data_->dose_rate_usv_h, 0, 'f', 2) : tr("not known");
}
QString LaneModel::portal() const {
  return data_ ? words::lane(data_->portal_text) : tr("not known");
}
QString LaneModel::waiting() const {
  if (!data_) return tr("not known");
  return tr("%n truck(s)", nullptr, static_cast<int>(data_->waiting));
}
QString LaneModel::today() const {
  if (!data_) return {};
  QString words = tr("%1 today").arg(data_->scans_today);
  if (data_->median_cycle_s > 0) words += tr("\n%1 s each").arg(data_->median_cycle_s, 0, 'f', 0);
  return words;
}

QString LaneModel::vehicle() const {
  if (!data_) return {};
  QStringList words;
  for (const std::string& number : data_->container_numbers)
    words << words::code(words::container_number(number));
  if (!data_->vehicle_plate.empty())
    words << tr("plate %1").arg(words::code(text(data_->vehicle_plate)));
  return words.join(QStringLiteral("   "));
}

QString LaneModel::scan_text() const {
  if (!data_ || data_->scan_lines == 0) return {};
  const QString words = tr("%n line(s)", nullptr, static_cast<int>(data_->scan_lines));
  return data_->lines_lost == 0 ? tr("%1, none lost").arg(words)
                                : tr("%1, %2 lost").arg(words).arg(data_->lines_lost);
}

QStringList LaneModel::allowed() const {
  QStringList names;
  if (data_ && !stale_) {
    for (const std::string& name : data_->allowed_commands) names << text(name);
  }
  return names;
}

bool LaneModel::allows(const QString& command) const {
  return command == QLatin1String("STOP") || allowed().contains(command);
}

QString LaneModel::panel_pictogram() const {
  return data_ ? text(data_->panel_pictogram) : QString();
}
QString LaneModel::panel_text() const {
  return data_ ? words::lane(data_->panel_text) : QString();
}

QString LaneModel::local_time() const {
  return date_time(clock_.utc_now()).toLocalTime().toString(QStringLiteral("HH:mm:ss"));
}
QString LaneModel::utc_time() const {
  return tr("%1 UTC").arg(date_time(clock_.utc_now()).toString(QStringLiteral("HH:mm:ss")));
}

}  // namespace portcullis::hmi
