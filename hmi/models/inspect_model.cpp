#include "hmi/models/inspect_model.h"

#include <QDir>
#include <QLocale>
#include <QRegularExpression>
#include <QStandardPaths>
#include <algorithm>
#include <utility>

#include "hmi/models/box_place.h"
#include "hmi/models/case_model.h"
#include "hmi/models/lane_client.h"
#include "hmi/models/lane_words.h"
#include "hmi/models/office_client.h"
#include "hmi/models/session_model.h"
#include "hmi/models/words.h"

namespace portcullis::hmi {
namespace {

constexpr int kRefreshMs = 15'000;
constexpr int kPhotoFilesMax = 24;

QString metres(double value) {
  return words::code(QString::number(value, 'f', 1));
}

QString place_text(const core::InspectionReport& report, const core::PixelBox& box) {
  const auto place = place_of(report, box);
  if (!place) return {};
  if (place->whole) return InspectModel::tr("The whole container");
  return InspectModel::tr("%1 to %2 m from the doors, %3 to %4 m above the floor")
      .arg(metres(place->near_m), metres(place->far_m), metres(place->low_m),
           metres(place->high_m));
}

std::vector<std::string> seal_numbers(const QString& typed) {
  static const QRegularExpression kBetween(QStringLiteral("[\\s,;،]+"));
  std::vector<std::string> numbers;
  for (const QString& one : typed.split(kBetween, Qt::SkipEmptyParts))
    numbers.push_back(one.toStdString());
  return numbers;
}

QString joined(const std::vector<std::string>& texts) {
  QStringList list;
  for (const std::string& one : texts) list << QString::fromStdString(one);
  return list.join(QStringLiteral(", "));
}

QString time_of(core::UtcTime utc) {
  return words::code(QDateTime::fromMSecsSinceEpoch(utc.ns / 1'000'000)
                         .toString(QStringLiteral("yyyy-MM-dd HH:mm")));
}

bool needs_words(const OutcomeData& one) {
  return one.result == "found" && (one.what.empty() || one.where.empty() || one.how_much.empty());
}

}  // namespace

InspectModel::InspectModel(const Parts& parts, QObject* parent)
    : QObject(parent),
      parts_(parts),
      orders_({{"title", [](const OrderRow& row) { return QVariant(row.title); }},
               {"text", [](const OrderRow& row) { return QVariant(row.text); }},
               {"done", [](const OrderRow& row) { return QVariant(row.done); }},
               {"chosen", [](const OrderRow& row) { return QVariant(row.chosen); }}}),
      rows_(
          {{"number", [](const OutcomeRow& row) { return QVariant(row.number); }},
           {"title", [](const OutcomeRow& row) { return QVariant(row.title); }},
           {"text", [](const OutcomeRow& row) { return QVariant(row.text); }},
           {"place", [](const OutcomeRow& row) { return QVariant(row.place); }},
           {"result",
            [](const OutcomeRow& row) { return QVariant(words::text(row.outcome.result)); }},
           {"what", [](const OutcomeRow& row) { return QVariant(words::text(row.outcome.what)); }},
           {"where",
            [](const OutcomeRow& row) { return QVariant(words::text(row.outcome.where)); }},
           {"how_much",
            [](const OutcomeRow& row) { return QVariant(words::text(row.outcome.how_much)); }},
           {"box_x", [](const OutcomeRow& row) { return QVariant(row.box.x); }},
           {"box_y", [](const OutcomeRow& row) { return QVariant(row.box.y); }},
           {"box_w", [](const OutcomeRow& row) { return QVariant(row.box.w); }},
           {"box_h", [](const OutcomeRow& row) { return QVariant(row.box.h); }}}),
      photo_folder_(QStandardPaths::writableLocation(QStandardPaths::PicturesLocation)) {
  OfficeClient& office = parts_.office;
  connect(&office, &OfficeClient::inspections_arrived, this,
          [this](const std::vector<InspectionOrderData>& orders) {
            order_data_ = orders;
            set_orders();
          });
  connect(&office, &OfficeClient::photo_answered, this,
          [this](const std::string& case_id, bool ok, const QString& reason) {
            if (!ok) return say(tr("Photo not kept: %1").arg(words::lane(reason)));
            if (case_id == wanted_) parts_.office.list_photos(wanted_);
            say(tr("Photo kept"));
          });
  connect(&office, &OfficeClient::outcome_answered, this,
          [this](const std::string&, bool ok, const QString& reason) {
            busy_ = false;
            if (!ok) return say(tr("Not recorded: %1").arg(words::lane(reason)));
            say(tr("Recorded; customs and the analyst are told."));
            parts_.office.list_inspections();
          });
  connect(&office, &OfficeClient::failed, this, [this](const QString& reason) {
    if (shown_) say(words::sentence(words::lane(reason)));
  });
  connect(&parts_.inspection_case, &CaseModel::changed, this, &InspectModel::on_case);
  connect(&parts_.session, &SessionModel::left, this, [this] {
    order_data_.clear();
    wanted_.clear();
    message_.clear();
    set_orders();
    set_case_rows(false);
  });
  connect(&refresh_, &QTimer::timeout, this, [this] { parts_.office.list_inspections(); });
}

void InspectModel::show(bool shown) {
  if (shown == shown_) return;
  shown_ = shown;
  message_.clear();
  if (shown) {
    parts_.office.list_inspections();
    refresh_.start(kRefreshMs);
    if (!wanted_.empty()) parts_.lane.watch_case(wanted_);
  } else {
    refresh_.stop();
    parts_.lane.watch_case({});
  }
  Q_EMIT changed();
}

void InspectModel::retranslate() {
  set_orders();
  set_case_rows(true);
  Q_EMIT words_changed();
}

void InspectModel::set_orders() {
  std::vector<OrderRow> rows;
  for (const InspectionOrderData& order : order_data_) {
    OrderRow row;
    row.case_id = order.case_id;
    QStringList title;
    for (const std::string& number : order.container_numbers)
      title << words::code(words::container_number(number));
    if (!order.vehicle_plate.empty()) title << words::code(words::text(order.vehicle_plate));
    row.title = title.isEmpty() ? words::code(words::text(order.case_id).left(8))
                                : title.join(QStringLiteral("   "));
    row.text = time_of(order.referred);
    // That it was drawn is nobody's business who opens it: he looks the same way everywhere.
    if (!order.reason_code.empty() && order.reason_code != "drawn_to_open")
      row.text += QStringLiteral("   ") + words::reason(order.reason_code);
    row.done = order.done;
    row.chosen = order.case_id == wanted_;
    rows.push_back(std::move(row));
  }
  orders_.set_rows(std::move(rows));
  Q_EMIT changed();
}

void InspectModel::choose(int order) {
  if (order < 0 || order >= order_count() || busy_) return;
  wanted_ = order_data_[static_cast<std::size_t>(order)].case_id;
  message_.clear();
  set_orders();
  set_case_rows(false);
  parts_.lane.watch_case(wanted_);
  Q_EMIT case_chosen(wanted_);
}

void InspectModel::on_case() {
  if (shown_) set_case_rows(true);
}

void InspectModel::set_case_rows(bool keep) {
  const CaseData& data = parts_.inspection_case.data();
  std::vector<OutcomeRow> rows;
  if (!wanted_.empty() && data.case_id == wanted_ && data.report) {
    const auto& findings = data.report->findings;
    for (std::size_t i = 0; i <= findings.size(); ++i) {
      OutcomeRow row;
      if (i < findings.size()) {
        row.number = static_cast<int>(i) + 1;
        row.title = words::finding(findings[i].kind);
        row.text = words::with_units(words::lane(findings[i].text));
        row.box = findings[i].bbox_px;
        row.place = place_text(*data.report, row.box);
      } else {
        row.title = tr("The rest of the load");
      }
      if (i < data.outcomes.size()) row.outcome = data.outcomes[i];
      rows.push_back(std::move(row));
    }
  }
  const auto& old = rows_.rows();
  if (keep && old.size() == rows.size()) {
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].outcome = old[i].outcome;
  } else {
    seals_found_ = rows.empty() ? QString() : joined(data.seals_found);
    seals_put_ = rows.empty() ? QString() : joined(data.seals_put);
  }
  rows_.set_rows(std::move(rows));
  Q_EMIT changed();
}

void InspectModel::set_result(int row, const QString& result) {
  auto rows = rows_.rows();
  if (row < 0 || row >= static_cast<int>(rows.size())) return;
  OutcomeData& outcome = rows[static_cast<std::size_t>(row)].outcome;
  outcome.result = result.toStdString();
  if (outcome.result != "found") outcome.what = outcome.where = outcome.how_much = {};
  message_.clear();
  rows_.set_rows(std::move(rows));
  Q_EMIT changed();
}

void InspectModel::set_text(int row, const QString& field, const QString& text) {
  auto rows = rows_.rows();
  if (row < 0 || row >= static_cast<int>(rows.size())) return;
  OutcomeData& outcome = rows[static_cast<std::size_t>(row)].outcome;
  std::string& place = field == QLatin1String("what")    ? outcome.what
                       : field == QLatin1String("where") ? outcome.where
                                                         : outcome.how_much;
  if (place == text.toStdString()) return;
  place = text.toStdString();
  rows_.set_rows(std::move(rows));
  Q_EMIT changed();
}

void InspectModel::set_seals_found(const QString& seals) {
  if (seals_found_ == seals) return;
  seals_found_ = seals;
  Q_EMIT changed();
}

void InspectModel::set_seals_put(const QString& seals) {
  if (seals_put_ == seals) return;
  seals_put_ = seals;
  Q_EMIT changed();
}

void InspectModel::look_for_photos() {
  photo_files_.clear();
  const QDir folder(photo_folder_);
  const auto files = folder.entryInfoList(
      {QStringLiteral("*.jpg"), QStringLiteral("*.jpeg"), QStringLiteral("*.png")},
      QDir::Files | QDir::Readable, QDir::Time);
  for (const QFileInfo& file : files.mid(0, kPhotoFilesMax))
    photo_files_ << QUrl::fromLocalFile(file.absoluteFilePath()).toString();
  if (photo_files_.isEmpty()) say(tr("No photos in %1").arg(words::code(photo_folder_)));
  Q_EMIT changed();
}

void InspectModel::add_photo(const QUrl& file) {
  if (wanted_.empty()) return say(tr("Choose a case first."));
  if (!file.isLocalFile()) return say(tr("Only files of this machine can be added."));
  photo_files_.clear();
  parts_.office.add_photo(wanted_, file.toLocalFile(), parts_.session.name());
  say(tr("Photo is being sent"));
}

QString InspectModel::missing() const {
  if (!parts_.session.may("inspect")) return tr("Your role does not record inspections.");
  if (!chosen()) return tr("Choose a case first.");
  for (const OutcomeRow& row : rows_.rows()) {
    const QString of =
        row.number == 0 ? tr("The rest of the load") : tr("Finding %1").arg(row.number);
    if (row.outcome.result.empty()) return tr("%1: say what was found.").arg(of);
    if (needs_words(row.outcome)) return tr("%1: say what, where and how much.").arg(of);
  }
  return {};
}

void InspectModel::send() {
  if (!may_record()) return say(missing());
  OutcomesData outcomes;
  outcomes.case_id = wanted_;
  for (const OutcomeRow& row : rows_.rows()) outcomes.outcomes.push_back(row.outcome);
  outcomes.seals_found = seal_numbers(seals_found_);
  outcomes.seals_put = seal_numbers(seals_put_);
  outcomes.user = parts_.session.name().toStdString();
  busy_ = true;
  parts_.office.record_outcome(outcomes);
  say(tr("Being recorded"));
}

void InspectModel::say(const QString& message) {
  message_ = message;
  Q_EMIT changed();
}

QString InspectModel::orders_title() const {
  const auto open = std::count_if(order_data_.begin(), order_data_.end(),
                                  [](const auto& order) { return !order.done; });
  return open == 0 ? tr("No inspection waits") : tr("%n inspection(s) wait", nullptr, int(open));
}

QString InspectModel::title() const {
  return chosen() ? parts_.inspection_case.title() : tr("No case chosen");
}

QString InspectModel::recorded() const {
  const CaseData& data = parts_.inspection_case.data();
  if (!chosen() || data.outcome_by.empty()) return {};
  return tr("Recorded by %1").arg(words::isolated(words::text(data.outcome_by)));
}

QString InspectModel::declared_seals() const {
  if (!chosen()) return {};
  std::vector<std::string> seals;
  for (const auto& declared : parts_.inspection_case.data().declarations)
    for (const auto& container : declared.declaration.containers)
      seals.insert(seals.end(), container.seals.begin(), container.seals.end());
  return seals.empty() ? tr("No seal is declared")
                       : tr("Declared: %1").arg(words::code(joined(seals)));
}

QStringList InspectModel::what_words() const {
  return {tr("Drugs"),   tr("Cigarettes"), tr("Alcohol"),     tr("Money"),
          tr("Weapons"), tr("Waste"),      tr("Other goods"), tr("Person")};
}

QStringList InspectModel::where_words() const {
  return {tr("In the box on the image"), tr("At the doors"),  tr("In the middle"),
          tr("At the front wall"),       tr("In the floor"),  tr("In the roof"),
          tr("In a side wall"),          tr("In the cartons")};
}

}  // namespace portcullis::hmi
