#pragma once

#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "archive/catalogue.h"
#include "core/decided_view.h"
#include "core/records.h"
#include "report/sheet.h"
#include "report/words.h"

// For case_report.cpp: parts of a case as they are printed. Threading: pure.
namespace portcullis::report {

/// "%1 x %2" with its values.
std::string with(std::string text, std::initializer_list<std::string> values);
/// "2026-01-01 00:00:10"; empty where there is none.
std::string time_text(core::UtcTime utc);
/// Whole kilograms; empty where there are none.
std::string kilograms(const std::optional<double>& kg);
/// "A, B"
std::string joined(const std::vector<std::string>& texts);

struct StandingRow {
  std::string what, text;
  bool bold = false;
};
/// The decision by which the vehicle goes; where its containers were decided on apart, that on each
/// as well. `officer`: by whom, in words.
std::vector<StandingRow> standing_rows(
    Language language, const archive::CatalogueCase& kept,
    const std::function<std::string(const core::Decision&)>& officer);

/// One thing that somebody said about the case, in its order.
struct Act {
  core::Decision decision;
  std::string_view what;  ///< English, of the table.
};
std::vector<Act> acts_of(const archive::CatalogueCase& kept);

/// Whose choice among several declarations holds, and what was set aside by it: names of facts,
/// English, of the table, and what they say. Nothing where nobody has chosen.
std::vector<std::pair<std::string_view, std::string>> choice_of(const archive::CatalogueCase& kept);

/// What the screen showed whoever decided; absent where it was not recorded or cannot be read.
std::optional<core::DecidedView> view_of(const core::Decision& decision);
/// View, contrast, enhancements and what was in sight, in words.
std::string view_words(Language language, const core::DecidedView& view);

struct DrawnMark {
  std::string kind, text, author;
  std::vector<std::pair<double, double>> points;
};
/// The marks that stand on the image; those that cannot be read are left out, as on the screen.
std::vector<DrawnMark> marks_of(const archive::CatalogueCase& kept);
/// As a line on the picture: boxes and ellipses as their frame.
Stroke stroke_of(const DrawnMark& mark, int factor, std::string label);

}  // namespace portcullis::report
