#include "customs/risk/case_fields.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "customs/model/case.h"

namespace portcullis::customs {

namespace {

using nlohmann::json;

/// A case with one of everything, so that its JSON has every field.
Case full_case() {
  Case c;
  auto& declaration = c.declarations.emplace_back();
  declaration.gross_mass_kg = declaration.packages = 0;
  auto& item = declaration.items.emplace_back();
  item.gross_mass_kg = item.net_mass_kg = 0;
  item.containers.emplace_back();
  auto& container = declaration.containers.emplace_back();
  container.seals.emplace_back();
  container.empty = false;
  container.verified_gross_kg = container.tare_kg = 0;
  auto& details = c.details.emplace_back();
  details.parties.emplace_back();
  details.means.emplace_back();
  details.places.emplace_back();
  details.documents.emplace_back();
  details.items.emplace_back().value = 0;
  auto& masses = details.containers.emplace_back();
  masses.gross_mass_kg = masses.tare_kg = masses.verified_mass_kg = 0;
  details.value = 0;
  c.manifest.emplace();
  auto& order = c.orders.emplace_back();
  order.empty = false;
  order.gross_mass_kg = order.verified_mass_kg = 0;
  order.seals.emplace_back();
  c.notices.emplace_back();
  auto& selection = c.selection.emplace();
  selection.probability = selection.score = 0;
  selection.rules.emplace_back();
  selection.shadow_rules.emplace_back();
  c.scan_ids.emplace_back();
  c.bindings.emplace_back().declarations.emplace_back();
  c.findings.emplace_back();
  c.checks.emplace_back();
  c.radiation.emplace();
  c.decisions.emplace_back().answers.emplace_back();
  c.control_result.emplace();
  c.inspection.emplace();
  const core::UtcTime any{};
  c.times = {any, any, any, any, any, any, any, any, any, any};
  c.holders.emplace_back();
  c.unknown.emplace_back();
  c.remarks.emplace_back();
  return c;
}

void list_fields(const json& node, const std::string& path,
                 std::map<std::string, FieldKind, std::less<>>& fields) {
  if (node.is_array()) {
    for (const auto& element : node) list_fields(element, path, fields);
    return;
  }
  if (!path.empty()) {
    fields[path] = node.is_object()    ? FieldKind::kObject
                   : node.is_number()  ? FieldKind::kNumber
                   : node.is_boolean() ? FieldKind::kFlag
                                       : FieldKind::kText;
  }
  if (!node.is_object()) return;
  for (const auto& [key, value] : node.items())
    list_fields(value, path.empty() ? key : fmt::format("{}.{}", path, key), fields);
}

}  // namespace

std::optional<FieldKind> case_field_kind(std::string_view path) {
  // What a finding rests on has names of its own.
  constexpr std::string_view kEvidence = "findings.evidence.";
  if (path.starts_with(kEvidence) && path.size() > kEvidence.size() &&
      path.find('.', kEvidence.size()) == std::string_view::npos)
    return FieldKind::kNumber;
  static const auto fields = [] {
    std::map<std::string, FieldKind, std::less<>> all;
    list_fields(to_json(full_case()), "", all);
    return all;
  }();
  const auto it = fields.find(path);
  if (it == fields.end()) return std::nullopt;
  return it->second;
}

bool any_value(const json& node, std::string_view path,
               const std::function<bool(const json&)>& visit) {
  if (node.is_null()) return false;
  if (node.is_array()) {
    for (const auto& element : node)
      if (any_value(element, path, visit)) return true;
    return false;
  }
  if (path.empty()) return visit(node);
  if (!node.is_object()) return false;
  const auto dot = path.find('.');
  const auto it = node.find(path.substr(0, dot));
  if (it == node.end()) return false;
  return any_value(*it, dot == std::string_view::npos ? "" : path.substr(dot + 1), visit);
}

}  // namespace portcullis::customs
