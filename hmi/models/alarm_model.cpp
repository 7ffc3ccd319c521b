#include "hmi/models/alarm_model.h"

#include <QCoreApplication>
#include <QDateTime>
#include <algorithm>
#include <array>

#include "hmi/models/lane_client.h"
#include "hmi/models/lane_words.h"
#include "hmi/models/words.h"

namespace portcullis::hmi {
namespace {

constexpr std::array<std::uint32_t, 3> kShelveMinutes = {15, 60, 480};
/// They go into the lane's log, so they are kept in one language.
constexpr std::array<const char*, 4> kShelveReasons = {
    QT_TRANSLATE_NOOP("alarms", "Known, is being repaired"),
    QT_TRANSLATE_NOOP("alarms", "Comes and goes without cause"),
    QT_TRANSLATE_NOOP("alarms", "Maintenance or test under way"),
    QT_TRANSLATE_NOOP("alarms", "Part is out of use on purpose")};
constexpr std::uint32_t kLogRows = 100;

QString clock_time(core::UtcTime time) {
  return QDateTime::fromMSecsSinceEpoch(time.ns / 1'000'000, Qt::UTC)
      .toLocalTime()
      .toString(QStringLiteral("dd.MM. HH:mm:ss"));
}

QString state_words(const AlarmData& alarm) {
  if (alarm.state == "acknowledged")
    return AlarmModel::tr("acknowledged by %1")
        .arg(words::isolated(words::text(alarm.acknowledged_by)));
  if (alarm.state == "returned") return AlarmModel::tr("gone, not acknowledged");
  if (alarm.state == "shelved")
    return AlarmModel::tr("shelved until %1 by %2: %3")
        .arg(words::code(clock_time(alarm.shelved_until)),
             words::isolated(words::text(alarm.shelved_by)),
             words::isolated(QCoreApplication::translate("alarms", alarm.shelved_reason.c_str())));
  if (alarm.state == "suppressed") return AlarmModel::tr("not to be seen: its device is lost");
  return AlarmModel::tr("not acknowledged");
}

}  // namespace

AlarmModel::AlarmModel(LaneClient& client, QString user, QObject* parent)
    : QObject(parent),
      client_(client),
      user_(std::move(user)),
      rows_({{"title",
              [](const AlarmData& row) {
                return QVariant(row.first_out ? tr("First: %1").arg(words::lane(row.title))
                                              : words::lane(row.title));
              }},
             {"detail", [](const AlarmData& row) { return QVariant(words::lane(row.detail)); }},
             {"cause", [](const AlarmData& row) { return QVariant(words::lane(row.cause)); }},
             {"consequence",
              [](const AlarmData& row) { return QVariant(words::lane(row.consequence)); }},
             {"action", [](const AlarmData& row) { return QVariant(words::lane(row.action)); }},
             {"state_text", [](const AlarmData& row) { return QVariant(state_words(row)); }},
             {"since", [](const AlarmData& row) { return QVariant(clock_time(row.raised)); }},
             {"fault", [](const AlarmData& row) { return QVariant(row.priority != "low"); }},
             {"open",
              [](const AlarmData& row) {
                return QVariant(row.state == "unacknowledged" || row.state == "returned");
              }}}),
      log_({{"when", [](const AlarmEventData& row) { return QVariant(clock_time(row.utc)); }},
            {"what", [](const AlarmEventData& row) { return QVariant(words::lane(row.kind)); }},
            {"text", [](const AlarmEventData& row) { return QVariant(words::lane(row.text)); }}}) {
  connect(&client_, &LaneClient::alarm_answered, this, [this](bool ok, const QString& reason) {
    message_ = ok ? QString() : tr("Not taken: %1").arg(words::lane(reason));
    if (ok && shown_) client_.find_alarms(search_, kLogRows);
    Q_EMIT changed();
  });
  connect(&client_, &LaneClient::alarms_found, this,
          [this](const std::vector<AlarmEventData>& events) {
            log_.set_rows(events);
            Q_EMIT changed();
          });
}

void AlarmModel::take(const StatusData& status) {
  served_ = status.alarms_served;
  last_10_min_ = status.alarms_last_10_min;
  per_10_min_ = status.alarms_per_10_min;
  // The selection stays on its alarm, wherever that has moved.
  const auto at = std::find_if(status.alarms.begin(), status.alarms.end(),
                               [&](const AlarmData& one) { return one.key == selected_key_; });
  if (at == status.alarms.end()) {
    shelving_ = false;
    selected_ = 0;
    selected_key_ = status.alarms.empty() ? std::string() : status.alarms.front().key;
  } else {
    selected_ = static_cast<int>(at - status.alarms.begin());
  }
  rows_.set_rows(status.alarms);
  Q_EMIT changed();
}

void AlarmModel::show(bool shown) {
  if (shown == shown_) return;
  shown_ = shown;
  shelving_ = false;
  message_.clear();
  log_.set_rows({});  // whoever was here before may have seen more
  if (shown_ && served_) client_.find_alarms(search_, kLogRows);
  Q_EMIT changed();
}

void AlarmModel::act(const QString& list, const QString& id) {
  if (list != QLatin1String("alarms")) return;
  if (id == QLatin1String("up")) select(selected_ - 1);
  if (id == QLatin1String("down")) select(selected_ + 1);
  if (id == QLatin1String("agree")) acknowledge();
  if (id == QLatin1String("hold")) shelve();
  if (id == QLatin1String("left")) choose_minutes(-1);
  if (id == QLatin1String("right")) choose_minutes(1);
  if (id.startsWith(QLatin1String("digit_"))) choose_reason(id.mid(6).toInt() - 1);
}

const AlarmData* AlarmModel::chosen() const {
  const auto& all = rows_.rows();
  const auto index = static_cast<std::size_t>(selected_);
  return index < all.size() ? &all[index] : nullptr;
}

void AlarmModel::select(int index) {
  if (index < 0 || index >= static_cast<int>(rows_.rows().size())) return;
  selected_ = index;
  selected_key_ = chosen()->key;
  shelving_ = false;
  message_.clear();
  Q_EMIT changed();
}

void AlarmModel::acknowledge() {
  send("ACKNOWLEDGE");
}

void AlarmModel::shelve() {
  const AlarmData* alarm = chosen();
  if (alarm == nullptr) return;
  if (alarm->state == "shelved") {
    send("UNSHELVE");
    return;
  }
  shelving_ = !shelving_;
  Q_EMIT changed();
}

void AlarmModel::choose_minutes(int by) {
  if (!shelving_) return;
  const int last = static_cast<int>(kShelveMinutes.size()) - 1;
  time_choice_ = static_cast<std::size_t>(std::clamp(static_cast<int>(time_choice_) + by, 0, last));
  Q_EMIT changed();
}

int AlarmModel::shelve_minutes() const {
  return static_cast<int>(kShelveMinutes[time_choice_]);
}

QStringList AlarmModel::reasons() const {
  QStringList list;
  for (const char* reason : kShelveReasons) list << QCoreApplication::translate("alarms", reason);
  return list;
}

void AlarmModel::choose_reason(int index) {
  if (!shelving_ || index < 0 || index >= static_cast<int>(kShelveReasons.size())) return;
  shelving_ = false;
  send("SHELVE", kShelveMinutes[time_choice_], kShelveReasons[static_cast<std::size_t>(index)]);
}

void AlarmModel::send(const char* kind, std::uint32_t minutes, const std::string& reason) {
  const AlarmData* alarm = chosen();
  if (alarm == nullptr) return;
  message_.clear();
  client_.answer_alarm({kind, alarm->key, alarm->occurrence, minutes, reason, user_.toStdString()});
  Q_EMIT changed();
}

void AlarmModel::search(const QString& text) {
  if (text == search_) return;
  search_ = text;
  if (served_) client_.find_alarms(search_, kLogRows);
}

void AlarmModel::retranslate() {
  rows_.set_rows(std::vector(rows_.rows()));
  log_.set_rows(std::vector(log_.rows()));
  message_.clear();
  Q_EMIT changed();
}

QString AlarmModel::rate() const {
  return tr("%1 in the last 10 min, %2 on average over 24 h; at most 1 is wanted")
      .arg(last_10_min_)
      .arg(per_10_min_, 0, 'f', 2);
}

}  // namespace portcullis::hmi
