#include "customs/model/declared_changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace portcullis::customs {

namespace {

constexpr double kSumTolerance_kg = 0.5;
constexpr double kNumberMax = 1e12;

bool set_number(std::string_view text, double& out) {
  double value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() ||
      !std::isfinite(value) || value < 0 || value > kNumberMax)
    return false;
  out = value;
  return true;
}

bool set_number(std::string_view text, std::optional<double>& out) {
  double value = 0;
  if (!set_number(text, value)) return false;
  out = value;
  return true;
}

bool set_text(const std::string& text, std::string& out) {
  if (text.empty()) return false;
  out = text;
  return true;
}

bool set_commodity_code(const std::string& text, std::string& out) {
  if (text.size() < 2 || text.size() > 10 ||
      !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return false;
  if (!out.starts_with(text)) out = text;  // National digits of the same code stay.
  return true;
}

/// The sum of the items' gross masses, where each has one.
std::optional<double> items_mass_kg(const core::Declaration& declaration) {
  double sum_kg = 0;
  for (const auto& item : declaration.items) {
    if (!item.gross_mass_kg) return std::nullopt;
    sum_kg += *item.gross_mass_kg;
  }
  return declaration.items.empty() ? std::nullopt : std::optional<double>(sum_kg);
}

bool set_item(std::string_view field, const std::string& value, core::DeclaredItem& item) {
  if (field == "description") return set_text(value, item.description);
  if (field == "hs_code") return set_commodity_code(value, item.hs_code);
  if (field == "gross_mass_kg") return set_number(value, item.gross_mass_kg);
  if (field == "net_mass_kg") return set_number(value, item.net_mass_kg);
  if (field == "packages") return set_number(value, item.packages);
  if (field == "package_kind") return set_text(value, item.package_kind);
  return false;
}

bool set_field(const DeclaredChange& change, core::Declaration& declaration) {
  constexpr std::string_view kItem = "items[";
  const std::string_view field = change.field;
  if (field == "packages") return set_number(change.value, declaration.packages);
  if (field == "gross_mass_kg") return set_number(change.value, declaration.gross_mass_kg);
  if (field == "origin_country") return set_text(change.value, declaration.origin_country);
  if (field == "destination_country")
    return set_text(change.value, declaration.destination_country);
  const auto end = field.find("].");
  if (!field.starts_with(kItem) || end == std::string_view::npos) return false;
  int number = 0;
  const auto* last = field.data() + end;
  if (const auto [stop, error] = std::from_chars(field.data() + kItem.size(), last, number);
      error != std::errc() || stop != last)
    return false;
  const auto item = std::find_if(declaration.items.begin(), declaration.items.end(),
                                 [&](const auto& one) { return one.number == number; });
  return item != declaration.items.end() && set_item(field.substr(end + 2), change.value, *item);
}

}  // namespace

std::string item_field(int item_number, std::string_view field) {
  return fmt::format("items[{}].{}", item_number, field);
}

std::vector<DeclaredChange> apply_changes(const std::vector<DeclaredChange>& changes,
                                          core::Declaration& declaration) {
  const auto before_kg = items_mass_kg(declaration);
  const bool is_sum = before_kg && declaration.gross_mass_kg &&
                      std::abs(*before_kg - *declaration.gross_mass_kg) <= kSumTolerance_kg;
  std::vector<DeclaredChange> left;
  for (const auto& change : changes)
    if (!set_field(change, declaration)) left.push_back(change);
  const bool total_is_said = std::any_of(changes.begin(), changes.end(), [](const auto& change) {
    return change.field == "gross_mass_kg";
  });
  if (is_sum && !total_is_said) declaration.gross_mass_kg = items_mass_kg(declaration);
  return left;
}

std::string said_changes(const std::vector<DeclaredChange>& changes, std::size_t count_max) {
  std::string said;
  for (std::size_t i = 0; i < std::min(changes.size(), count_max); ++i) {
    if (!said.empty()) said += "; ";
    said += changes[i].field;
    if (!changes[i].value.empty()) said += " " + changes[i].value;
  }
  if (changes.size() > count_max) said += fmt::format("; {} more", changes.size() - count_max);
  return said;
}

}  // namespace portcullis::customs
