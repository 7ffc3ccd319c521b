#include "hmi/models/words.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <algorithm>
#include <array>
#include <cmath>

#include "hmi/models/lane_words.h"

namespace portcullis::hmi::words {
namespace {

constexpr QChar kNarrowSpace(0x202F);  // no-break, so that a number never falls apart

QString say(const char* source) {
  return QCoreApplication::translate("words", source);
}

QString grouped(qint64 number) {
  QString digits = QString::number(std::abs(number));
  for (qsizetype at = digits.size() - 3; at > 0; at -= 3) digits.insert(at, kNarrowSpace);
  return number < 0 ? QStringLiteral("-") + digits : digits;
}

/// Of a code that no table here has: "Gross_mass" as "Gross mass".
QString words_of_code(const std::string& code) {
  QString plain = text(code);
  plain.replace(QLatin1Char('_'), QLatin1Char(' '));
  if (!plain.isEmpty()) plain[0] = plain[0].toUpper();
  return plain;
}

}  // namespace

QString sentence(const QString& lane_words) {
  QString words = lane_words.trimmed();
  if (words.isEmpty()) return words;
  words[0] = words[0].toUpper();
  if (!words.endsWith(QLatin1Char('.'))) words += QLatin1Char('.');
  return words;
}

QString without_container(const std::string& utf8, const std::string& number) {
  QString whole = text(utf8);
  const QString start = QStringLiteral("Container ") + text(number);
  if (number.empty() || !whole.startsWith(start)) return whole;
  QString rest = whole.mid(start.size());
  if (rest.startsWith(QLatin1String(": "))) {
    rest = rest.mid(2);
  } else if (rest.startsWith(QLatin1String(" is "))) {
    rest = rest.mid(4);
  } else {
    return whole;
  }
  if (!rest.isEmpty()) rest[0] = rest[0].toUpper();
  return rest;
}

QString with_units(QString words) {
  static const QRegularExpression kUnit(
      QStringLiteral("(\\d) (?=(?:t|kg|g|m|cm|mm|%|g/cm2|g/cm\u00B2|s|x \\d)(?![\\w]))"));
  return words.replace(kUnit, QStringLiteral("\\1\u00A0"));
}

QString container_number(const std::string& number) {
  QString plain = text(number);
  if (plain.size() != 11) return plain;
  return plain.left(4) + kNarrowSpace + plain.mid(4, 6) + kNarrowSpace + plain.right(1);
}

QString hs_code(const std::string& code) {
  const QString plain = text(code);
  QString grouped_code = plain.left(4);
  for (qsizetype at = 4; at < plain.size(); at += 2) {
    grouped_code += kNarrowSpace;
    grouped_code += plain.mid(at, 2);
  }
  return grouped_code;
}

QString mass_kg(double kg) {
  return say(QT_TRANSLATE_NOOP("words", "%1 kg"))
      .arg(code(grouped(static_cast<qint64>(std::llround(kg)))));
}

QString packages(double count, const std::string& kind) {
  struct Row {
    const char* code;
    const char* words;
  };
  static constexpr std::array<Row, 13> kRows = {{
      {"BA", QT_TRANSLATE_N_NOOP("words", "%1 barrel(s)")},
      {"BG", QT_TRANSLATE_N_NOOP("words", "%1 bag(s)")},
      {"BX", QT_TRANSLATE_N_NOOP("words", "%1 box(es)")},
      {"CR", QT_TRANSLATE_N_NOOP("words", "%1 crate(s)")},
      {"CS", QT_TRANSLATE_N_NOOP("words", "%1 case(s)")},
      {"CT", QT_TRANSLATE_N_NOOP("words", "%1 carton(s)")},
      {"DR", QT_TRANSLATE_N_NOOP("words", "%1 drum(s)")},
      {"PA", QT_TRANSLATE_N_NOOP("words", "%1 packet(s)")},
      {"PC", QT_TRANSLATE_N_NOOP("words", "%1 parcel(s)")},
      {"PK", QT_TRANSLATE_N_NOOP("words", "%1 package(s)")},
      {"PX", QT_TRANSLATE_N_NOOP("words", "%1 pallet(s)")},
      {"RO", QT_TRANSLATE_N_NOOP("words", "%1 roll(s)")},
      {"SA", QT_TRANSLATE_N_NOOP("words", "%1 sack(s)")},
  }};
  if (count <= 0) return {};
  const QString number = grouped(static_cast<qint64>(std::llround(count)));
  for (const Row& row : kRows) {
    if (kind == row.code) {
      return QCoreApplication::translate(
                 "words", row.words, nullptr,
                 static_cast<int>(std::min(std::llround(count), 1'000'000LL)))
          .arg(code(number));
    }
  }
  return number + QLatin1Char(' ') + text(kind);
}

QString material(std::uint8_t class_code) {
  switch (class_code) {
    case 0:
      return say(QT_TRANSLATE_NOOP("words", "too thin to say"));
    case 1:
      return say(QT_TRANSLATE_NOOP("words", "organic"));
    case 2:
      return say(QT_TRANSLATE_NOOP("words", "light inorganic"));
    case 3:
      return say(QT_TRANSLATE_NOOP("words", "metal"));
    case 4:
      return say(QT_TRANSLATE_NOOP("words", "heavy metal"));
    case 5:
      return say(QT_TRANSLATE_NOOP("words", "too thick to say"));
    default:
      return say(QT_TRANSLATE_NOOP("words", "unknown class"));
  }
}

QString finding(core::FindingKind kind) {
  switch (kind) {
    case core::FindingKind::kSmallDenseObject:
      return say(QT_TRANSLATE_NOOP("words", "Small dense object"));
    case core::FindingKind::kShielding:
      return say(QT_TRANSLATE_NOOP("words", "Shielding"));
    case core::FindingKind::kConcealedVehicle:
      return say(QT_TRANSLATE_NOOP("words", "Concealed vehicle"));
    case core::FindingKind::kHiddenCompartment:
      return say(QT_TRANSLATE_NOOP("words", "Hidden compartment"));
    case core::FindingKind::kFalseWall:
      return say(QT_TRANSLATE_NOOP("words", "False wall"));
    case core::FindingKind::kAnomalousRegion:
      return say(QT_TRANSLATE_NOOP("words", "Anomalous region"));
    case core::FindingKind::kMaterialMismatch:
      return say(QT_TRANSLATE_NOOP("words", "Material differs from declaration"));
    case core::FindingKind::kMassMismatch:
      return say(QT_TRANSLATE_NOOP("words", "Mass differs from declaration"));
    case core::FindingKind::kEmptyMismatch:
      return say(QT_TRANSLATE_NOOP("words", "Not as empty as declared"));
    case core::FindingKind::kCountMismatch:
      return say(QT_TRANSLATE_NOOP("words", "Count differs from declaration"));
    case core::FindingKind::kRadiationAlarm:
      return say(QT_TRANSLATE_NOOP("words", "Radiation"));
    case core::FindingKind::kImageQuality:
      return say(QT_TRANSLATE_NOOP("words", "Image quality"));
  }
  return {};
}

QString check(const std::string& name) {
  if (name == "mass") return say(QT_TRANSLATE_NOOP("words", "Mass"));
  if (name == "empty") return say(QT_TRANSLATE_NOOP("words", "Empty"));
  if (name == "material") return say(QT_TRANSLATE_NOOP("words", "Material"));
  if (name == "count" || name == "packages") return say(QT_TRANSLATE_NOOP("words", "Packages"));
  if (name == "identity" || name == "container") return say(QT_TRANSLATE_NOOP("words", "Identity"));
  if (name == "declaration") return say(QT_TRANSLATE_NOOP("words", "Declaration"));
  if (name == "radiation") return say(QT_TRANSLATE_NOOP("words", "Radiation"));
  if (name == "customs") return say(QT_TRANSLATE_NOOP("words", "Customs"));
  if (name == "goods") return say(QT_TRANSLATE_NOOP("words", "Goods"));
  if (name == "revenue") return say(QT_TRANSLATE_NOOP("words", "Revenue"));
  return words_of_code(name);
}

QString decision(core::DecisionKind kind) {
  switch (kind) {
    case core::DecisionKind::kRelease:
      return say(QT_TRANSLATE_NOOP("words", "Release"));
    case core::DecisionKind::kDocumentaryCheck:
      return say(QT_TRANSLATE_NOOP("words", "Documentary check"));
    case core::DecisionKind::kPhysicalInspection:
      return say(QT_TRANSLATE_NOOP("words", "Physical inspection"));
    case core::DecisionKind::kHold:
      return say(QT_TRANSLATE_NOOP("words", "Hold"));
    case core::DecisionKind::kRadiationSecondary:
      return say(QT_TRANSLATE_NOOP("words", "Radiation secondary"));
    case core::DecisionKind::kOtherAgency:
      return say(QT_TRANSLATE_NOOP("words", "Other agency"));
    case core::DecisionKind::kRescan:
      return say(QT_TRANSLATE_NOOP("words", "Scan again"));
    case core::DecisionKind::kIsolate:
      return say(QT_TRANSLATE_NOOP("words", "Isolate"));
  }
  return {};
}

QString decided(core::DecisionKind kind) {
  switch (kind) {
    case core::DecisionKind::kRelease:
      return say(QT_TRANSLATE_NOOP("words", "Released"));
    case core::DecisionKind::kDocumentaryCheck:
      return say(QT_TRANSLATE_NOOP("words", "Sent to documentary check"));
    case core::DecisionKind::kPhysicalInspection:
      return say(QT_TRANSLATE_NOOP("words", "Sent to physical inspection"));
    case core::DecisionKind::kHold:
      return say(QT_TRANSLATE_NOOP("words", "Held"));
    case core::DecisionKind::kRadiationSecondary:
      return say(QT_TRANSLATE_NOOP("words", "Sent to radiation secondary"));
    case core::DecisionKind::kOtherAgency:
      return say(QT_TRANSLATE_NOOP("words", "Handed to another agency"));
    case core::DecisionKind::kRescan:
      return say(QT_TRANSLATE_NOOP("words", "To be scanned again"));
    case core::DecisionKind::kIsolate:
      return say(QT_TRANSLATE_NOOP("words", "Isolated"));
  }
  return {};
}

std::vector<Reason> reasons(core::DecisionKind kind) {
  switch (kind) {
    case core::DecisionKind::kRelease:
      return {
          {"image_agrees", say(QT_TRANSLATE_NOOP("words", "Image agrees with the declaration"))},
          {"explained_by_goods",
           say(QT_TRANSLATE_NOOP("words", "What was found belongs to the goods"))},
          {"explained_by_documents",
           say(QT_TRANSLATE_NOOP("words", "Documents explain the difference"))},
          {"empty_confirmed", say(QT_TRANSLATE_NOOP("words", "Empty, as declared"))},
          // The lane takes it for the adjudication that a release without a valid measurement, or
          // with an open alarm, asks for.
          {"radiation_judged",
           say(QT_TRANSLATE_NOOP("words", "Radiation measured by hand: harmless"))}};
    case core::DecisionKind::kDocumentaryCheck:
      return {
          {"declaration_missing",
           say(QT_TRANSLATE_NOOP("words", "No declaration, or an incomplete one"))},
          {"declaration_differs", say(QT_TRANSLATE_NOOP("words", "Goods, mass or count differ"))},
          {"identity_differs",
           say(QT_TRANSLATE_NOOP("words", "Container, plate or seal differs"))}};
    case core::DecisionKind::kPhysicalInspection:
      return {
          {"suspect_object",
           say(QT_TRANSLATE_NOOP("words", "Suspect object or place in the image"))},
          {"declaration_differs", say(QT_TRANSLATE_NOOP("words", "Goods, mass or count differ"))},
          {"cannot_see_through",
           say(QT_TRANSLATE_NOOP("words", "Part of the load cannot be judged"))},
          {"structure_changed",
           say(QT_TRANSLATE_NOOP("words", "Container or vehicle looks altered"))}};
    case core::DecisionKind::kHold:
      return {{"second_opinion", say(QT_TRANSLATE_NOOP("words", "Second opinion wanted"))},
              {"waiting_for_documents", say(QT_TRANSLATE_NOOP("words", "Waiting for documents"))},
              {"waiting_for_order", say(QT_TRANSLATE_NOOP("words", "Waiting for an order"))}};
    case core::DecisionKind::kRadiationSecondary:
      return {{"portal_alarm", say(QT_TRANSLATE_NOOP("words", "Alarm of the radiation portal"))},
              {"shielding_seen", say(QT_TRANSLATE_NOOP("words", "Shielding in the image"))}};
    case core::DecisionKind::kOtherAgency:
      return {{"police", say(QT_TRANSLATE_NOOP("words", "Police"))},
              {"health_food_plants",
               say(QT_TRANSLATE_NOOP("words", "Health, food or plant inspection"))},
              {"immigration", say(QT_TRANSLATE_NOOP("words", "Immigration"))},
              {"dangerous_goods", say(QT_TRANSLATE_NOOP("words", "Dangerous goods"))}};
    case core::DecisionKind::kRescan:
      return {{"lines_lost", say(QT_TRANSLATE_NOOP("words", "Parts of the image are missing"))},
              {"vehicle_moved", say(QT_TRANSLATE_NOOP("words", "The vehicle moved"))},
              {"not_all_scanned",
               say(QT_TRANSLATE_NOOP("words", "Not all of the vehicle was scanned"))}};
    case core::DecisionKind::kIsolate:
      return {{"person",
               say(QT_TRANSLATE_NOOP("words", "A person may be inside: stop, call, never open"))},
              {"explosive",
               say(QT_TRANSLATE_NOOP("words", "Explosive suspected: stop, call, never open"))}};
  }
  return {};
}

QString reason(const std::string& code) {
  // Nobody chooses it: the lane draws (docs/access.md).
  if (code == "drawn_to_open")
    return say(QT_TRANSLATE_NOOP("words", "Drawn at random to be opened"));
  for (int kind = 0; kind <= static_cast<int>(core::DecisionKind::kIsolate); ++kind) {
    for (const Reason& known : reasons(static_cast<core::DecisionKind>(kind)))
      if (code == known.code) return known.text;
  }
  return isolated(words_of_code(code));
}

}  // namespace portcullis::hmi::words
