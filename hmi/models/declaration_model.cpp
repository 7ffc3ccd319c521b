#include "hmi/models/declaration_model.h"

#include <QStringList>
#include <algorithm>

#include "hmi/models/case_model.h"
#include "hmi/models/lane_client.h"
#include "hmi/models/lane_model.h"
#include "hmi/models/lane_words.h"
#include "hmi/models/session_model.h"
#include "hmi/models/words.h"

namespace portcullis::hmi {
namespace {

QString candidate_why(const std::string& matched_by) {
  if (matched_by == "container") return DeclarationModel::tr("names the container");
  if (matched_by == "ucr") return DeclarationModel::tr("names the same UCR");
  if (matched_by == "mrn") return DeclarationModel::tr("named by a scan order");
  if (matched_by == "order") return DeclarationModel::tr("names the container of a scan order");
  if (matched_by == "plate") return DeclarationModel::tr("names the plate");
  if (matched_by == "chassis") return DeclarationModel::tr("names the chassis");
  return words::lane(matched_by);
}

/// What is declared, in a line: the first goods, how many others, what they all weigh.
QString candidate_goods(const core::Declaration& declaration) {
  if (declaration.items.empty()) return DeclarationModel::tr("no goods declared");
  QString line = words::isolated(words::text(declaration.items.front().description).simplified());
  if (declaration.items.size() > 1)
    line +=
        QStringLiteral(" ") + DeclarationModel::tr("and %n more item(s)", nullptr,
                                                   static_cast<int>(declaration.items.size()) - 1);
  auto mass_kg = declaration.gross_mass_kg;
  if (!mass_kg) {
    double sum = 0;
    bool all = true;
    for (const core::DeclaredItem& item : declaration.items) {
      const auto mass = item.gross_mass_kg ? item.gross_mass_kg : item.net_mass_kg;
      all = all && mass.has_value();
      sum += mass.value_or(0);
    }
    if (all) mass_kg = sum;
  }
  return mass_kg ? QStringLiteral("%1   %2").arg(line, words::mass_kg(*mass_kg)) : line;
}

CandidateRow candidate_row(const DeclarationData& declared) {
  const core::Declaration& d = declared.declaration;
  CandidateRow row;
  row.id = declared.id;
  row.reference = words::code(words::text(!d.mrn.empty()   ? d.mrn
                                          : !d.lrn.empty() ? d.lrn
                                                           : declared.id));
  row.declarant = d.declarant.empty() ? DeclarationModel::tr("declarant not named")
                                      : words::isolated(words::text(d.declarant));
  QStringList numbers;
  for (const core::DeclaredContainer& one : d.containers)
    numbers << words::code(words::container_number(one.number));
  row.containers = numbers.isEmpty() ? DeclarationModel::tr("no container named")
                                     : numbers.join(QStringLiteral(", "));
  row.goods = candidate_goods(d);
  row.why = candidate_why(declared.matched_by);
  return row;
}

std::vector<std::string> ids_in(const std::vector<CandidateRow>& rows) {
  std::vector<std::string> ids;
  ids.reserve(rows.size());
  for (const CandidateRow& row : rows) ids.push_back(row.id);
  return ids;
}

}  // namespace

DeclarationModel::DeclarationModel(LaneClient& client, LaneModel& lane, CaseModel& inspection_case,
                                   SessionModel& session, QObject* parent)
    : QObject(parent),
      client_(client),
      lane_(lane),
      case_(inspection_case),
      session_(session),
      rows_({{"reference", [](const CandidateRow& row) { return QVariant(row.reference); }},
             {"declarant", [](const CandidateRow& row) { return QVariant(row.declarant); }},
             {"containers", [](const CandidateRow& row) { return QVariant(row.containers); }},
             {"goods", [](const CandidateRow& row) { return QVariant(row.goods); }},
             {"why", [](const CandidateRow& row) { return QVariant(row.why); }},
             {"holds", [](const CandidateRow& row) { return QVariant(row.holds); }}}) {
  connect(&case_, &CaseModel::changed, this, &DeclarationModel::take);
  connect(&session_, &SessionModel::changed, this, &DeclarationModel::changed);
  connect(&lane_, &LaneModel::changed, this, &DeclarationModel::changed);
  connect(&client_, &LaneClient::choice_answered, this, [this](bool ok, const QString& reason) {
    busy_ = false;
    say(ok ? QString() : tr("Not taken: %1").arg(words::lane(reason)));
    if (ok) Q_EMIT taken();
  });
}

void DeclarationModel::take() {
  std::vector<CandidateRow> rows;
  if (shown_ && case_.declaration_open()) {
    const CaseData& data = case_.data();
    for (const auto* part : {&data.declarations, &data.declarations_set_aside}) {
      for (const DeclarationData& declared : *part) {
        rows.push_back(candidate_row(declared));
        rows.back().holds = part == &data.declarations && !data.declaration_chosen_by.empty();
      }
    }
    // In the same order whatever was chosen before.
    std::stable_sort(rows.begin(), rows.end(),
                     [](const CandidateRow& a, const CandidateRow& b) { return a.id < b.id; });
  }
  // Others than the officer chose among: he looks again.
  if (ids_in(rows) != ids_in(rows_.rows())) choice_ = -1;
  rows_.set_rows(std::move(rows));
  Q_EMIT changed();
}

void DeclarationModel::show(bool shown) {
  if (shown == shown_) return;
  shown_ = shown;
  choice_ = -1;
  message_.clear();
  take();
}

bool DeclarationModel::allowed() const {
  return !busy_ && !lane_.stale() && session_.reads_cases() && case_.declaration_open();
}

void DeclarationModel::act(const QString& list, const QString& id) {
  if (list != QLatin1String("declarations")) return;
  if (id == QLatin1String("up")) step(-1);
  if (id == QLatin1String("down")) step(1);
  if (id == QLatin1String("confirm")) confirm();
  if (!id.startsWith(QLatin1String("digit_"))) return;
  const int number = id.mid(6).toInt();
  if (number <= count()) choose(number == 0 ? count() : number - 1);
}

void DeclarationModel::step(int by) {
  const int all = count() + 1;
  choose(choice_ < 0 ? (by > 0 ? 0 : all - 1) : (choice_ + by + all) % all);
}

void DeclarationModel::choose(int row) {
  // Where there are none, "none of them" says nothing.
  if (row < 0 || row > count() || count() == 0 || busy_) return;
  choice_ = row;
  say({});
}

void DeclarationModel::confirm() {
  if (busy_) return;
  if (lane_.stale()) return say(tr("No connection to the lane: not sent."));
  if (!session_.reads_cases()) return say(tr("Your role does not decide cases."));
  if (!case_.declaration_open()) return say(tr("Nothing is in doubt any more."));
  if (choice_ < 0) return say(tr("Choose a declaration first, or none of these."));
  const auto& rows = rows_.rows();
  ChoiceData choice;
  choice.case_id = case_.data().case_id;
  if (choice_ < count()) choice.chosen = rows[static_cast<std::size_t>(choice_)].id;
  choice.shown = ids_in(rows);
  choice.user = session_.name().toStdString();
  busy_ = true;
  client_.choose_declaration(choice);
  say({});
}

void DeclarationModel::say(const QString& message) {
  message_ = message;
  Q_EMIT changed();
}

}  // namespace portcullis::hmi
