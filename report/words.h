#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/records.h"
#include "core/scan.h"

/// The words of a printed report in the languages that it can be printed in. What people wrote and
/// what was measured stands in a report as it was recorded, in no other words.
/// Threading: pure.
namespace portcullis::report {

enum class Language : std::uint8_t { kEnglish, kFrench, kSpanish, kArabic };
/// "en", "fr", "es", "ar"
std::string_view language_code(Language language);
std::optional<Language> language_from(std::string_view code);
bool right_to_left(Language language);

/// `english` in that language; it must stand in the table (an assert).
std::string say(Language language, std::string_view english);
/// Of text that need not stand there: itself where it does not.
std::string say_if_known(Language language, std::string_view english);

/// One row of the table: the English text and the three others.
struct Phrase {
  std::string_view english, french, spanish, arabic;
};
std::vector<Phrase> phrases();

std::string say(Language language, core::FindingKind kind);
std::string say(Language language, core::CheckOutcome outcome);
std::string say(Language language, core::VerdictOutcome outcome);
std::string say(Language language, core::DecisionKind kind);
std::string say(Language language, core::FindingAnswer answer);
std::string say(Language language, core::ScanOutcome outcome);
/// Of a check's name; of a decision's reason code. As recorded where it is not known.
std::string say_check(Language language, std::string_view name);
std::string say_reason(Language language, std::string_view code);

}  // namespace portcullis::report
