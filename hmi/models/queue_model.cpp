#include "hmi/models/queue_model.h"

#include <QDateTime>
#include <algorithm>

#include "core/records.h"
#include "hmi/models/lane_client.h"
#include "hmi/models/lane_words.h"
#include "hmi/models/session_model.h"
#include "hmi/models/words.h"

namespace portcullis::hmi {
namespace {

constexpr int kRestMs = 400;
constexpr std::uint32_t kFoundRows = 50;
constexpr std::int64_t kHourNs = 3'600'000'000'000;

constexpr std::array<core::DecisionKind, 4> kDecisionChoices = {
    core::DecisionKind::kRelease, core::DecisionKind::kPhysicalInspection,
    core::DecisionKind::kHold, core::DecisionKind::kIsolate};
// All, not decided, decided; then by decision.
constexpr std::size_t kStateChoices = 3 + kDecisionChoices.size();
constexpr std::size_t kFindingKinds =
    static_cast<std::size_t>(core::FindingKind::kImageQuality) + 1;
constexpr std::array<std::int64_t, 4> kTimeChoices_h = {0, 24, 7 * 24, 30 * 24};

std::string state_wanted(std::size_t choice) {
  if (choice == 0) return {};
  if (choice == 1) return "undecided";
  if (choice == 2) return "decided";
  return std::string(core::decision_kind_name(kDecisionChoices[choice - 3]));
}

QString when_words(core::UtcTime time) {
  return QDateTime::fromMSecsSinceEpoch(time.ns / 1'000'000, Qt::UTC)
      .toLocalTime()
      .toString(QStringLiteral("dd.MM.yyyy HH:mm"));
}

QString title_of(const FoundCaseData& row) {
  QStringList numbers;
  for (const std::string& number : row.container_numbers)
    numbers << words::code(words::container_number(number));
  return numbers.isEmpty() ? QueueModel::tr("No container number read")
                           : numbers.join(QStringLiteral(", "));
}

QString about(const FoundCaseData& row) {
  QStringList parts{words::code(when_words(row.started))};
  if (!row.vehicle_plate.empty())
    parts << QueueModel::tr("plate %1").arg(words::code(words::text(row.vehicle_plate)));
  for (const std::string& reference : row.declarations)
    parts << words::code(words::text(reference));
  return parts.join(QStringLiteral("   "));
}

QString standing(const FoundCaseData& row) {
  if (const auto kind = core::decision_kind_from(row.decision)) return words::decided(*kind);
  if (row.state == "to_decide") return QueueModel::tr("Not decided");
  if (row.state == "decided") return QueueModel::tr("Decided");
  return QueueModel::tr("No image yet");
}

QString finding_words(const FoundCaseData& row) {
  QStringList kinds;
  for (const std::string& name : row.findings)
    if (const auto kind = core::finding_kind_from(name)) kinds << words::finding(*kind);
  return kinds.join(QStringLiteral(", "));
}

QString picture_of(const FoundCaseData& row) {
  if (row.thumbnail_png.empty()) return {};
  const auto size = static_cast<qsizetype>(row.thumbnail_png.size());
  return QStringLiteral("data:image/png;base64,") +
         QString::fromLatin1(QByteArray::fromRawData(row.thumbnail_png.data(), size).toBase64());
}

}  // namespace

QueueModel::QueueModel(const core::Clock& clock, LaneClient& client, const SessionModel& session,
                       QObject* parent)
    : QObject(parent),
      clock_(clock),
      client_(client),
      session_(session),
      rows_({{"title", [](const FoundCaseData& row) { return QVariant(title_of(row)); }},
             {"about", [](const FoundCaseData& row) { return QVariant(about(row)); }},
             {"standing", [](const FoundCaseData& row) { return QVariant(standing(row)); }},
             {"findings", [](const FoundCaseData& row) { return QVariant(finding_words(row)); }},
             {"picture", [](const FoundCaseData& row) { return QVariant(picture_of(row)); }},
             {"open", [](const FoundCaseData& row) { return QVariant(row.decision.empty()); }}}) {
  rest_.setSingleShot(true);
  rest_.setInterval(kRestMs);
  connect(&rest_, &QTimer::timeout, this, &QueueModel::ask);
  connect(&client_, &LaneClient::cases_found, this, &QueueModel::take);
}

void QueueModel::show(bool shown) {
  if (shown == shown_) return;
  shown_ = shown;
  rest_.stop();
  // Whoever looks next may be another person; and what was found is old by then.
  rows_.set_rows({});
  found_ = {};
  selected_ = 0;
  if (shown_) {
    ask();
  } else {
    asked_ = 0;
    searching_ = false;
    text_.clear();
    chosen_.fill(0);
    Q_EMIT changed();
  }
}

void QueueModel::ask() {
  CaseSearchData search;
  search.text = text_.trimmed().toStdString();
  search.state = state_wanted(chosen_[0]);
  if (chosen_[1] > 0)
    search.finding = core::finding_kind_name(static_cast<core::FindingKind>(chosen_[1] - 1));
  if (const std::int64_t hours = kTimeChoices_h[chosen_[2]]; hours > 0)
    search.from.ns = clock_.utc_now().ns - hours * kHourNs;
  search.count_max = kFoundRows;
  search.user = session_.name().toStdString();
  search.thumbnails = true;
  searching_ = true;
  asked_ = client_.find_cases(search);
  Q_EMIT changed();
}

void QueueModel::take(const FoundCasesData& found) {
  if (!shown_ || found.number != asked_) return;
  searching_ = false;
  found_ = found;
  found_.cases.clear();
  selected_ = 0;
  rows_.set_rows(found.cases);
  Q_EMIT changed();
}

void QueueModel::act(const QString& list, const QString& id) {
  if (list != QLatin1String("queue")) return;
  if (id == QLatin1String("up")) select(selected_ - 1);
  if (id == QLatin1String("down")) select(selected_ + 1);
  if (id == QLatin1String("confirm")) open();
  if (id.startsWith(QLatin1String("digit_"))) step(id.mid(6).toInt() - 1);
}

void QueueModel::select(int index) {
  if (index < 0 || index >= static_cast<int>(cases().size())) return;
  selected_ = index;
  Q_EMIT changed();
}

void QueueModel::open() {
  const auto index = static_cast<std::size_t>(selected_);
  if (searching_ || index >= cases().size()) return;
  Q_EMIT chosen(words::text(cases()[index].case_id));
}

void QueueModel::step(int choice) {
  if (choice < 0 || choice >= kChoices) return;
  constexpr std::array<std::size_t, kChoices> kCounts = {kStateChoices, kFindingKinds + 1,
                                                         kTimeChoices_h.size()};
  const auto at = static_cast<std::size_t>(choice);
  chosen_[at] = (chosen_[at] + 1) % kCounts[at];
  searching_ = true;
  asked_ = 0;  // what is under way answers another question
  rest_.start();
  Q_EMIT changed();
}

void QueueModel::search(const QString& text) {
  text_ = text;
  rest_.stop();
  ask();
}

QString QueueModel::choice_text(Choice choice) const {
  const std::size_t at = chosen_[static_cast<std::size_t>(choice)];
  switch (choice) {
    case Choice::kState:
      return at == 0   ? tr("all")
             : at == 1 ? tr("not decided")
             : at == 2 ? tr("decided")
                       : words::decision(kDecisionChoices[at - 3]);
    case Choice::kFinding:
      return at == 0 ? tr("all") : words::finding(static_cast<core::FindingKind>(at - 1));
    case Choice::kTime:
      break;
  }
  const std::int64_t hours = kTimeChoices_h[at];
  return hours == 0    ? tr("all")
         : hours == 24 ? tr("last 24 h")
                       : tr("last %n day(s)", nullptr, static_cast<int>(hours / 24));
}

QStringList QueueModel::choices() const {
  return {tr("State: %1").arg(choice_text(Choice::kState)),
          tr("Finding: %1").arg(choice_text(Choice::kFinding)),
          tr("Time: %1").arg(choice_text(Choice::kTime))};
}

QString QueueModel::note() const {
  if (searching_) return tr("Searching");
  if (!found_.problem.empty()) return tr("Not searched: %1").arg(words::lane(found_.problem));
  const int count = static_cast<int>(cases().size());
  QString said = count == 0    ? tr("No case is like that")
                 : found_.more ? tr("The newest %n of more case(s)", nullptr, count)
                               : tr("%n case(s)", nullptr, count);
  if (found_.older_left_out) said += QStringLiteral("   ") + tr("older ones need a narrower time");
  return said;
}

void QueueModel::retranslate() {
  rows_.set_rows(std::vector(rows_.rows()));
  Q_EMIT changed();
}

}  // namespace portcullis::hmi
