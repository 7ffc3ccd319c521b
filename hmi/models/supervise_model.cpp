#include "hmi/models/supervise_model.h"

#include <QDateTime>
#include <algorithm>
#include <cmath>

#include "hmi/models/complaint_model.h"
#include "hmi/models/lane_words.h"
#include "hmi/models/office_client.h"
#include "hmi/models/session_model.h"
#include "hmi/models/words.h"

namespace portcullis::hmi {
namespace {

constexpr int kSuperviseRefreshMs = 10'000;

QString duration_text(double seconds) {
  const auto whole = static_cast<long long>(std::max(0.0, seconds));
  if (whole < 3600)
    return words::code(
        QStringLiteral("%1:%2").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0')));
  return SuperviseModel::tr("%1 h %2 min").arg(whole / 3600).arg(whole / 60 % 60);
}

QString seconds_text(double seconds) {
  return SuperviseModel::tr("%1 s").arg(words::code(QString::number(std::lround(seconds))));
}

QString moment_text(core::UtcTime utc) {
  return words::code(QDateTime::fromMSecsSinceEpoch(utc.ns / 1'000'000)
                         .toString(QStringLiteral("yyyy-MM-dd HH:mm")));
}

/// "50 % (9 to 91)"
QString share_text(double share, double low, double high) {
  const auto percent = [](double part) { return QString::number(std::lround(100 * part)); };
  return SuperviseModel::tr("%1 % (%2 to %3)").arg(percent(share), percent(low), percent(high));
}

QString cause_words(const std::string& cause) {
  for (const auto& [code, said] : ComplaintModel::known_causes())
    if (cause == code) return said;
  return words::isolated(words::text(cause));
}

QString finder_words(const std::string& name) {
  const auto kind = core::finding_kind_from(name);
  return kind ? words::finding(*kind) : words::text(name);
}

/// `alarms`: somebody or something had pointed at what was opened.
QVariantMap rate_row(const QString& group, const QString& name, const RateData& rate,
                     bool alarms = true) {
  QVariantMap row{
      {QStringLiteral("group"), group},
      {QStringLiteral("name"), name},
      {QStringLiteral("count"), SuperviseModel::tr("%1 of %2").arg(rate.hits).arg(rate.count)},
      {QStringLiteral("low"), rate.low},
      {QStringLiteral("high"), rate.high},
      {QStringLiteral("share"), 0.0},
      {QStringLiteral("words"), QString()}};
  if (rate.count == 0) return row;
  const double share = double(rate.hits) / rate.count;
  const QString hits = share_text(share, rate.low, rate.high);
  row[QStringLiteral("share")] = share;
  row[QStringLiteral("words")] =
      alarms ? SuperviseModel::tr("hits %1, false alarms %2")
                   .arg(hits, share_text(1 - share, 1 - rate.high, 1 - rate.low))
             : SuperviseModel::tr("held something: %1").arg(hits);
  return row;
}

QVariantMap words_row(const QString& name, const QString& value, const QString& detail = {}) {
  return {{QStringLiteral("name"), name},
          {QStringLiteral("value"), value},
          {QStringLiteral("detail"), detail}};
}

QString item_name(const HandoverItemData& item) {
  const QString subject = words::code(words::text(item.subject));
  const auto with = [&](const QString& what) {
    return item.subject.empty() ? what : QStringLiteral("%1   %2").arg(what, subject);
  };
  if (item.kind == "lane") return words::isolated(words::text(item.subject));
  if (item.kind == "open_case") return with(SuperviseModel::tr("Open case"));
  if (item.kind == "reader") return with(SuperviseModel::tr("Being read"));
  if (item.kind == "bay") return with(SuperviseModel::tr("Bay"));
  if (item.kind == "outcome_missing") return with(SuperviseModel::tr("Inspection without outcome"));
  if (item.kind == "shelved_alarm")
    return QStringLiteral("%1   %2").arg(SuperviseModel::tr("Shelved alarm"),
                                         words::lane(item.subject));
  if (item.kind == "bypass") return with(SuperviseModel::tr("Bypass"));
  if (item.kind == "device") return words::sentence(words::lane(item.subject)).chopped(1);
  if (item.kind == "image_complaint") return with(SuperviseModel::tr("Unfit image"));
  return with(words::text(item.kind));
}

}  // namespace

SuperviseModel::SuperviseModel(OfficeClient& office, SessionModel& session, QObject* parent)
    : QObject(parent), office_(office), session_(session) {
  connect(&office_, &OfficeClient::supervision_arrived, this, [this](const SupervisionData& data) {
    data_ = data;
    Q_EMIT changed();
  });
  connect(&office_, &OfficeClient::handover_arrived, this, [this](const HandoverData& data) {
    handover_ = data;
    busy_ = false;
    Q_EMIT changed();
  });
  connect(&office_, &OfficeClient::handover_answered, this, [this](bool ok, const QString& reason) {
    busy_ = false;
    if (!ok) return say(tr("Not signed: %1").arg(words::lane(reason)));
    handover_.reset();
    say(tr("Signed by both and kept."));
    Q_EMIT signed_over();
  });
  connect(&office_, &OfficeClient::failed, this, [this](const QString& reason) {
    busy_ = false;
    if (shown_) say(words::sentence(words::lane(reason)));
  });
  connect(&session_, &SessionModel::left, this, [this] {
    data_.reset();
    handover_.reset();
    message_.clear();
    Q_EMIT changed();
  });
  connect(&session_, &SessionModel::changed, this, &SuperviseModel::changed);
  connect(&refresh_, &QTimer::timeout, this,
          [this] { office_.supervise(static_cast<std::uint32_t>(days_)); });
}

void SuperviseModel::show(bool shown) {
  if (shown == shown_) return;
  shown_ = shown;
  message_.clear();
  handover_.reset();
  if (shown) {
    office_.supervise(static_cast<std::uint32_t>(days_));
    refresh_.start(kSuperviseRefreshMs);
  } else {
    refresh_.stop();
  }
  Q_EMIT changed();
}

void SuperviseModel::look_back(int days) {
  days_ = std::clamp(days, 1, 366);
  office_.supervise(static_cast<std::uint32_t>(days_));
  Q_EMIT changed();
}

void SuperviseModel::begin_handover() {
  if (busy_ || !may_hand_over()) return;
  busy_ = true;
  message_.clear();
  office_.ask_handover();
  Q_EMIT changed();
}

void SuperviseModel::sign(const QString& from_password, const QString& to,
                          const QString& to_password, const QString& remark) {
  if (busy_ || !handover_) return;
  if (from_password.isEmpty() || to.isEmpty() || to_password.isEmpty())
    return say(tr("Both sign: two names and two passwords."));
  SignatureData signature;
  signature.draft = handover_->draft;
  signature.from = from().toStdString();
  signature.from_password = from_password.toStdString();
  signature.to = to.toStdString();
  signature.to_password = to_password.toStdString();
  signature.remark = remark.toStdString();
  busy_ = true;
  office_.sign_handover(signature);
  say(tr("Being checked"));
}

void SuperviseModel::say(const QString& message) {
  message_ = message;
  Q_EMIT changed();
}

QString SuperviseModel::queue_text() const {
  if (!data_) return tr("Being asked for");
  if (data_->queue == 0) return tr("No case waits");
  return tr("%n case(s) wait, the oldest for %1", nullptr, int(data_->queue))
      .arg(duration_text(data_->oldest_s));
}

QString SuperviseModel::left_out() const {
  if (!data_ || data_->counted_from.ns == 0) return {};
  return tr("More scans than can be counted: the figures are of those since %1")
      .arg(moment_text(data_->counted_from));
}

QVariantList SuperviseModel::waiting() const {
  QVariantList rows;
  if (!data_) return rows;
  const std::int64_t now_ns = QDateTime::currentMSecsSinceEpoch() * 1'000'000;
  for (const WaitingCaseData& one : data_->waiting) {
    const std::string& subject = one.plate.empty() ? one.case_id : one.plate;
    rows << words_row(
        words::code(words::text(subject)),
        one.since.ns == 0 ? QString() : duration_text(double(now_ns - one.since.ns) * 1e-9),
        one.reader.empty() ? tr("nobody reads it")
                           : tr("read by %1").arg(words::isolated(words::text(one.reader))));
  }
  return rows;
}

QVariantList SuperviseModel::readers() const {
  QVariantList rows;
  if (!data_) return rows;
  for (const ReaderLoadData& one : data_->readers) {
    rows << words_row(words::isolated(words::text(one.name)), QString::number(one.readings),
                      tr("median %1, 9 of 10 within %2, overridden %3")
                          .arg(seconds_text(one.median_s), seconds_text(one.p90_s))
                          .arg(one.overridden));
  }
  return rows;
}

QVariantList SuperviseModel::rates() const {
  QVariantList rows;
  if (!data_) return rows;
  QString group = tr("By finder");
  for (const RateData& rate : data_->finders) {
    rows << rate_row(group, finder_words(rate.name), rate);
    group.clear();
  }
  group = tr("By check that differed");
  for (const RateData& rate : data_->checks) {
    rows << rate_row(group, words::check(rate.name), rate);
    group.clear();
  }
  group = tr("By reason of the referral");
  for (const RateData& rate : data_->reasons) {
    rows << rate_row(group, words::reason(rate.name), rate);
    group.clear();
  }
  group = tr("By customs rule");
  for (const RateData& rate : data_->rules) {
    rows << rate_row(group, words::code(words::text(rate.name)), rate);
    group.clear();
  }
  group = tr("Drawn at random");
  for (const RateData& rate : data_->drawn) {
    if (rate.name == "selected" && rate.count == 0) continue;
    const QString what = rate.name == "selected"        ? tr("Selected by customs")
                         : rate.name == "first_reader"  ? tr("Read first: seen by the reader alone")
                         : rate.name == "first_machine" ? tr("Read first: found by the machine")
                                                        : tr("Read as release, opened");
    rows << rate_row(group, what, rate, false);
    group.clear();
  }
  return rows;
}

QVariantList SuperviseModel::open_points() const {
  QVariantList rows;
  if (!data_) return rows;
  for (const std::string& one : data_->overrides)
    rows << words_row(tr("Overridden"), words::code(words::text(one).left(8)));
  for (const std::string& one : data_->outcomes_missing)
    rows << words_row(tr("Inspection without outcome"), words::code(words::text(one).left(8)));
  for (const ComplaintData& one : data_->complaints) {
    QStringList detail{cause_words(one.cause)};
    if (!one.text.empty()) detail << words::isolated(words::text(one.text));
    detail << (one.done_by.empty()
                   ? tr("open")
                   : tr("closed by %1").arg(words::isolated(words::text(one.done_by))));
    rows << words_row(tr("Unfit image"), words::code(words::text(one.ticket)),
                      detail.join(QStringLiteral(", ")));
  }
  return rows;
}

bool SuperviseModel::may_hand_over() const {
  return session_.accounts() && session_.may("hand_over");
}

QVariantList SuperviseModel::handover() const {
  QVariantList rows;
  if (!handover_) return rows;
  for (const HandoverItemData& item : handover_->items) {
    const QString text = item.kind == "image_complaint" ? cause_words(item.text)
                         : item.kind == "reader" || item.kind == "outcome_missing"
                             ? words::isolated(words::text(item.text))
                             : words::lane(item.text);
    rows << words_row(item_name(item), item.since.ns == 0 ? QString() : moment_text(item.since),
                      text);
  }
  return rows;
}

QString SuperviseModel::handover_title() const {
  if (!handover_) return tr("Handover of the shift");
  return tr("Handover of the shift, as of %1").arg(moment_text(handover_->utc));
}

QString SuperviseModel::last_handover() const {
  if (!handover_) return {};
  if (handover_->last_at.ns == 0) return tr("None has been signed yet");
  return tr("Last: %1, from %2 to %3")
      .arg(moment_text(handover_->last_at), words::isolated(words::text(handover_->last_from)),
           words::isolated(words::text(handover_->last_to)));
}

QString SuperviseModel::from() const {
  return session_.name();
}

}  // namespace portcullis::hmi
