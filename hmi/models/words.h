#pragma once

#include <QString>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/records.h"

/// The officer's words for what the lane sends as codes. All translatable.
namespace portcullis::hmi::words {

/// "CSQU 305438 3"; other texts as they are.
QString container_number(const std::string& number);
/// "4802 56", "4802 56 90 00"
QString hs_code(const std::string& code);
/// "11 240 kg" with narrow spaces.
QString mass_kg(double kg);
/// "5 pallets"; UN/ECE Recommendation 21 codes that are not in the table are shown as they are.
QString packages(double count, const std::string& kind);
QString material(std::uint8_t class_code);
QString finding(core::FindingKind kind);
QString check(const std::string& name);
QString decision(core::DecisionKind kind);
/// What was decided, in the past: "Released".
QString decided(core::DecisionKind kind);

/// One coded reason of a decision.
struct Reason {
  const char* code;
  QString text;
};
std::vector<Reason> reasons(core::DecisionKind kind);
/// What a coded reason says, whatever it is a reason for; a code that is not known as words.
QString reason(const std::string& code);

/// The sentence without "Container CSQU3054383" at its start, where that is the only container and
/// stands above it anyway: "The load weighs ...". Other sentences as they are.
QString without_container(const std::string& utf8, const std::string& number);

/// A number and its unit stay in one line: "5.0 t" with a no-break space.
QString with_units(QString words);

/// The lane's words as a sentence: a capital at its start, a full stop at its end.
QString sentence(const QString& words);
inline QString text(const std::string& utf8) {
  return QString::fromStdString(utf8);
}

}  // namespace portcullis::hmi::words
