#include "hmi/models/case_model.h"

#include <QRegularExpression>
#include <algorithm>
#include <cmath>

#include "hmi/models/lane_words.h"
#include "hmi/models/words.h"

namespace portcullis::hmi {
namespace {

using words::text;
constexpr int kDeadlineTickMs = 500;

// More of the image's columns than this left out is damage, whatever the cause.
constexpr double kLeftOutShareMax = 0.005;
constexpr int kLeftOutAlways = 10;
constexpr int kCaseShown = 8;  // characters of an id

QString reference_of(const DeclarationData& declared) {
  const core::Declaration& d = declared.declaration;
  return text(!d.mrn.empty() ? d.mrn : !d.lrn.empty() ? d.lrn : declared.id);
}

std::vector<ItemRow> item_rows(const CaseData& data) {
  std::vector<ItemRow> rows;
  for (const DeclarationData& declared : data.declarations) {
    const QString reference = data.declarations.size() > 1 ? reference_of(declared) : QString();
    for (const core::DeclaredItem& item : declared.declaration.items) {
      const auto mass = item.gross_mass_kg ? item.gross_mass_kg : item.net_mass_kg;
      rows.push_back({words::hs_code(item.hs_code), text(item.description).simplified(),
                      words::packages(item.packages, item.package_kind),
                      mass ? words::mass_kg(*mass) : QString(), reference});
    }
  }
  return rows;
}

std::vector<RowModel<ItemRow>::Role> item_roles() {
  return {{"hs_code", [](const ItemRow& row) { return QVariant(row.hs_code); }},
          {"description", [](const ItemRow& row) { return QVariant(row.description); }},
          {"packages", [](const ItemRow& row) { return QVariant(row.packages); }},
          {"mass", [](const ItemRow& row) { return QVariant(row.mass); }},
          {"declared", [](const ItemRow& row) { return QVariant(row.declared); }}};
}

/// Several declarations of which one may not be taken for another, as the lane says; before it has
/// judged, wherever there are several.
bool ambiguous(const CaseData& data) {
  if (data.declarations.size() < 2) return false;
  if (!data.report) return true;
  return std::any_of(data.report->checks.begin(), data.report->checks.end(), [](const auto& check) {
    return check.name == "declaration" && check.outcome != core::CheckOutcome::kAgrees;
  });
}

bool harmless(const QString& remark, int columns) {
  static const QRegularExpression kLeftOut(
      QStringLiteral("^(\\d{1,9}) (pulses? without dose|arced pulses? left out|lines? of test "
                     "pattern left out)$"));
  const QRegularExpressionMatch match = kLeftOut.match(remark);
  return match.hasMatch() &&
         match.captured(1).toInt() <= std::max<double>(kLeftOutAlways, columns * kLeftOutShareMax);
}

/// The one container of the case; empty where there are more, or none.
std::string only_container(const CaseData& data) {
  return data.container_numbers.size() == 1 ? data.container_numbers.front() : std::string();
}

QString check_words(const core::Check& check, const std::string& container) {
  if (!check.text.empty())
    return words::with_units(words::lane(words::without_container(check.text, container)));
  if (check.seen.empty() && check.expected.empty()) return CaseModel::tr("cannot say");
  return CaseModel::tr("seen %1, declared %2")
      .arg(words::isolated(words::lane(check.seen)), words::isolated(words::lane(check.expected)));
}

std::vector<CheckRow> check_rows(const CaseData& data) {
  std::vector<CheckRow> rows;
  if (!data.report) return rows;
  for (const core::Check& check : data.report->checks) {
    rows.push_back(
        {check.outcome, words::check(check.name), check_words(check, only_container(data))});
  }
  // What differs is read first, and is never what the list has no room for.
  const auto rank = [](const CheckRow& row) {
    return row.outcome == core::CheckOutcome::kDiffers   ? 0
           : row.outcome == core::CheckOutcome::kUnknown ? 1
                                                         : 2;
  };
  std::stable_sort(rows.begin(), rows.end(),
                   [&](const CheckRow& a, const CheckRow& b) { return rank(a) < rank(b); });
  return rows;
}

QString outcome_words(const OutcomeData& outcome) {
  if (outcome.result == "nothing") return CaseModel::tr("nothing found");
  if (outcome.result == "not_examined") return CaseModel::tr("not examined");
  return CaseModel::tr("found %1, %2, %3")
      .arg(words::isolated(text(outcome.what)), words::isolated(text(outcome.how_much)),
           words::isolated(text(outcome.where)));
}

std::vector<FindingRow> finding_rows_of(const CaseData& data) {
  std::vector<FindingRow> rows;
  if (!data.report) return rows;
  for (const core::Finding& finding : data.report->findings) {
    const std::size_t index = rows.size();
    QStringList evidence;
    for (const core::Evidence& piece : finding.evidence) {
      evidence << QStringLiteral("%1 %2").arg(text(piece.name)).arg(piece.value, 0, 'g', 3);
    }
    FindingRow row;
    row.number = static_cast<int>(index) + 1;
    row.title = words::finding(finding.kind);
    row.text = words::with_units(
        words::lane(words::without_container(finding.text, only_container(data))));
    if (index < data.outcomes.size())
      row.text += QStringLiteral(" ") +
                  CaseModel::tr("Opened: %1.").arg(outcome_words(data.outcomes[index]));
    row.evidence = evidence.join(QStringLiteral("   "));
    row.score = finding.score;
    row.answer = index < data.answers.size() ? data.answers[index] : core::FindingAnswer::kNone;
    row.box = finding.bbox_px;
    rows.push_back(row);
  }
  return rows;
}

}  // namespace

CaseModel::CaseModel(const core::Clock& clock, QObject* parent)
    : QObject(parent),
      clock_(clock),
      data_(std::make_shared<const CaseData>()),
      items_(item_roles()),
      first_items_(item_roles()),
      checks_({{"outcome",
                [](const CheckRow& row) {
                  return QVariant(QString::fromUtf8(core::check_outcome_name(row.outcome).data()));
                }},
               {"name", [](const CheckRow& row) { return QVariant(row.name); }},
               {"text", [](const CheckRow& row) { return QVariant(row.text); }}}),
      findings_({{"number", [](const FindingRow& row) { return QVariant(row.number); }},
                 {"title", [](const FindingRow& row) { return QVariant(row.title); }},
                 {"text", [](const FindingRow& row) { return QVariant(row.text); }},
                 {"evidence", [](const FindingRow& row) { return QVariant(row.evidence); }},
                 {"score", [](const FindingRow& row) { return QVariant(row.score); }},
                 {"answer",
                  [](const FindingRow& row) {
                    return QVariant(
                        QString::fromUtf8(core::finding_answer_name(row.answer).data()));
                  }},
                 {"box_x", [](const FindingRow& row) { return QVariant(row.box.x); }},
                 {"box_y", [](const FindingRow& row) { return QVariant(row.box.y); }},
                 {"box_w", [](const FindingRow& row) { return QVariant(row.box.w); }},
                 {"box_h", [](const FindingRow& row) { return QVariant(row.box.h); }}}) {
  connect(&timer_, &QTimer::timeout, this, &CaseModel::deadline_changed);
  timer_.start(kDeadlineTickMs);
}

void CaseModel::take(const std::shared_ptr<const CaseData>& data) {
  const bool other = data->case_id != data_->case_id;
  const bool now_ready = data->state == "to_decide" && data_->state != "to_decide";
  data_ = data;
  set_rows();
  if (other || now_ready) Q_EMIT new_case();
  Q_EMIT changed();
  Q_EMIT deadline_changed();
}

void CaseModel::set_rows() {
  std::vector<ItemRow> items = item_rows(*data_);
  first_items_.set_rows({items.begin(), items.begin() + static_cast<std::ptrdiff_t>(
                                                            std::min(items.size(), kFirstItems))});
  items_.set_rows(std::move(items));
  checks_.set_rows(check_rows(*data_));
  findings_.set_rows(finding_rows_of(*data_));
}

void CaseModel::lane_time(core::UtcTime utc) {
  lane_offset_ns_ = utc.ns - clock_.now().time_since_epoch().count();
}

void CaseModel::retranslate() {
  set_rows();
  Q_EMIT changed();
  Q_EMIT deadline_changed();
}

QString CaseModel::title() const {
  if (!present()) return tr("No case");
  QStringList parts;
  const auto declared_container = [&](const std::string& number) -> const core::DeclaredContainer* {
    for (const DeclarationData& declared : data_->declarations) {
      for (const core::DeclaredContainer& container : declared.declaration.containers) {
        if (container.number == number) return &container;
      }
    }
    return nullptr;
  };
  for (const std::string& number : data_->container_numbers) {
    parts << words::code(words::container_number(number));
    if (const auto* container = declared_container(number)) {
      if (!container->iso_type.empty()) parts << words::code(text(container->iso_type));
      if (!container->seals.empty())
        parts << tr("seal\u00A0%1").arg(words::code(text(container->seals.front())));
    }
  }
  if (parts.isEmpty()) parts << tr("No container number read");
  return parts.join(QStringLiteral("   "));
}

QString CaseModel::subtitle() const {
  QStringList parts;
  for (const DeclarationData& declared : data_->declarations) {
    const QString reference = reference_of(declared);
    if (!reference.isEmpty()) parts << words::code(reference);
    if (!declared.declaration.procedure.empty())
      parts << words::isolated(words::lane(declared.declaration.procedure));
  }
  if (!data_->vehicle_plate.empty())
    parts << tr("plate %1").arg(words::code(text(data_->vehicle_plate)));
  return parts.join(QStringLiteral("   "));
}

QString CaseModel::identity_text() const {
  QStringList sentences;
  if (const auto& said = data_->identity_proposed)
    sentences << tr("%1 says whose vehicle it is: a second person has to confirm it (Ctrl I)")
                     .arg(words::isolated(text(said->by)));
  if (const auto& set = data_->identity_set)
    sentences << tr("Identity said by %1, confirmed by %2")
                     .arg(words::isolated(text(set->by)), words::isolated(text(set->confirmed_by)));
  else if (const QString doubt = identity_doubt(); !doubt.isEmpty())
    sentences << doubt;
  const auto code = [](const std::string& id) { return words::code(text(id).left(kCaseShown)); };
  if (!data_->case_before.empty())
    sentences << tr("Scanned again; the scan before is %1").arg(code(data_->case_before));
  if (!data_->case_after.empty())
    sentences << tr("This vehicle was scanned again: %1").arg(code(data_->case_after));
  return sentences.join(QStringLiteral("; "));
}

QString CaseModel::identity_doubt() const {
  const std::string& outcome = data_->identity_outcome;
  if (outcome.empty() || outcome == "bound") return {};
  const QString title = outcome == "tailgated"    ? tr("Tailgated")
                        : outcome == "unreadable" ? tr("Number not readable")
                        : outcome == "split load" ? tr("Load on two vehicles")
                                                  : tr("Identity in doubt");
  QStringList remarks;
  for (const std::string& remark : data_->identity_remarks) remarks << words::lane(remark);
  return remarks.isEmpty()
             ? title
             : QStringLiteral("%1: %2").arg(title, remarks.join(QStringLiteral("; ")));
}

QString CaseModel::declaration_text() const {
  if (!data_->unreadable.empty())
    return tr("Cannot be read: %1").arg(words::lane(data_->unreadable));
  if (!present() || waiting_for_image()) return {};
  if (ambiguous(*data_)) {
    return tr("%n declaration(s) name this vehicle; the documents must tell which one holds",
              nullptr, static_cast<int>(data_->declarations.size()));
  }
  if (!data_->declarations.empty()) return {};
  if (!data_->declaration_chosen_by.empty()) {
    return tr("None of the %n declaration(s) that name this vehicle belongs to it, says %1",
              nullptr, static_cast<int>(data_->declarations_set_aside.size()))
        .arg(words::isolated(text(data_->declaration_chosen_by)));
  }
  if (!data_->declaration_problem.empty())
    return tr("Declarations could not be asked for: %1")
        .arg(words::lane(data_->declaration_problem));
  return tr("No declaration found for this vehicle");
}

QString CaseModel::declaration_late() const {
  if (data_->declarations_late.empty()) return {};
  QStringList references;
  for (const DeclarationData& late : data_->declarations_late) references << reference_of(late);
  return tr("Came after the decision, and was not decided on: %1")
      .arg(references.join(QStringLiteral(", ")));
}

QString CaseModel::declaration_choice() const {
  if (data_->declaration_chosen_by.empty() || data_->declarations.empty()) return {};
  return tr("Chosen by %1 among %n declaration(s)", nullptr,
            static_cast<int>(data_->declarations.size() + data_->declarations_set_aside.size()))
      .arg(words::isolated(text(data_->declaration_chosen_by)));
}

bool CaseModel::declaration_open() const {
  return decidable() && (ambiguous(*data_) || !data_->declaration_chosen_by.empty());
}

QString CaseModel::declaration_pending() const {
  return waiting_for_image() && data_->declarations.empty() && data_->unreadable.empty()
             ? tr("Declaration: looking")
             : QString();
}

bool CaseModel::long_codes() const {
  constexpr qsizetype kSixDigitsAndASpace = 7;
  const auto& rows = items_.rows();
  return std::any_of(rows.begin(), rows.end(),
                     [](const ItemRow& row) { return row.hs_code.size() > kSixDigitsAndASpace; });
}

int CaseModel::unanswered() const {
  const auto& rows = findings_.rows();
  return static_cast<int>(std::count_if(rows.begin(), rows.end(), [](const FindingRow& row) {
    return row.answer == core::FindingAnswer::kNone;
  }));
}

QString CaseModel::findings_title() const {
  if (!present()) return tr("Findings");
  if (!has_report()) return tr("Findings: not yet");
  if (read_first()) return tr("Findings: after your own look");
  if (finding_count() == 0) return tr("Findings: none");
  const int open = unanswered();
  if (open == 0) return tr("Findings, all answered");
  return tr("Findings, %n to answer", nullptr, open);
}

QString CaseModel::image_words(bool harmful) const {
  QStringList found;
  for (const std::string& remark : data_->scan_damage) {
    if (harmless(text(remark), has_report() ? data_->report->columns : 0) != harmful)
      found << words::lane(remark);
  }
  return found.join(QStringLiteral("; "));
}

QString CaseModel::damage() const {
  return image_words(true);
}
QString CaseModel::remarks() const {
  return image_words(false);
}

QString CaseModel::decision_text() const {
  if (!decided()) return {};
  if (!data_->decision) return tr("Decided");
  const core::Decision& decision = *data_->decision;
  const bool apart =
      std::any_of(data_->container_decisions.begin(), data_->container_decisions.end(),
                  [](const auto& one) { return one.decision && one.decision->container_only; });
  if (apart) return each_container().join(QStringLiteral("; "));
  return tr("%1 by %2: %3")
      .arg(words::decided(decision.kind), words::isolated(text(decision.officer)),
           words::reason(decision.reason_code));
}

QStringList CaseModel::each_container() const {
  QStringList list;
  for (const auto& one : data_->container_decisions) {
    if (one.decision)
      list << tr("%1: %2 by %3")
                  .arg(words::code(words::container_number(one.container)),
                       words::decided(one.decision->kind),
                       words::isolated(text(one.decision->officer)));
  }
  return list;
}

QString CaseModel::decided_so_far() const {
  if (!present() || decided()) return {};
  const auto list = each_container();
  return list.isEmpty() ? QString() : list.join(QStringLiteral("; ")) + QLatin1Char('.');
}

QString CaseModel::outcome_text() const {
  if (data_->outcome_by.empty() || data_->outcomes.empty()) return {};
  QString said =
      tr("Inspected by %1. The rest of the load: %2.")
          .arg(words::isolated(text(data_->outcome_by)), outcome_words(data_->outcomes.back()));
  const auto seals = [](const std::vector<std::string>& numbers) {
    QStringList list;
    for (const std::string& one : numbers) list << text(one);
    return words::code(list.join(QStringLiteral(", ")));
  };
  if (!data_->seals_found.empty())
    said += QStringLiteral(" ") + tr("Old seal: %1.").arg(seals(data_->seals_found));
  if (!data_->seals_put.empty())
    said += QStringLiteral(" ") + tr("New seal: %1.").arg(seals(data_->seals_put));
  return said;
}

QString CaseModel::decision_note() const {
  if (data_->drawn.empty()) return words::lane(data_->decision_note);
  return words::lane(data_->decision_note) + QStringLiteral("; ") + words::lane(data_->drawn);
}

QString CaseModel::deadline_text() const {
  if (!to_decide() || data_->review_deadline.ns == 0) return {};
  const std::int64_t now_ns = lane_offset_ns_
                                  ? *lane_offset_ns_ + clock_.now().time_since_epoch().count()
                                  : clock_.utc_now().ns;
  const std::int64_t left_s =
      std::max<std::int64_t>(0, (data_->review_deadline.ns - now_ns) / 1'000'000'000);
  return tr("Goes to hold in %1:%2.")
      .arg(left_s / 60, 2, 10, QLatin1Char('0'))
      .arg(left_s % 60, 2, 10, QLatin1Char('0'));
}

}  // namespace portcullis::hmi
