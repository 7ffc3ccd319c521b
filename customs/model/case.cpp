#include "customs/model/case.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/record_json.h"
#include "customs/identifiers.h"

namespace portcullis::customs {

std::vector<IdentifierRemark> check_identifiers(const core::Declaration& declaration) {
  std::vector<IdentifierRemark> remarks;
  for (const auto& container : declaration.containers) {
    if (auto status = check_container(container.number); !status.ok()) {
      remarks.push_back({"container", container.number, status.error().message});
    }
  }
  if (!declaration.mrn.empty()) {
    if (auto status = check_mrn(declaration.mrn); !status.ok())
      remarks.push_back({"mrn", declaration.mrn, status.error().message});
  }
  return remarks;
}

Case case_of(core::Declaration declaration) {
  Case customs_case;
  customs_case.remarks = check_identifiers(declaration);
  customs_case.declarations.push_back(std::move(declaration));
  return customs_case;
}

nlohmann::json to_json(const Case& customs_case) {
  nlohmann::json declarations = nlohmann::json::array();
  for (const auto& declaration : customs_case.declarations)
    declarations.push_back(core::to_json(declaration));
  nlohmann::json decisions = nlohmann::json::array();
  for (const auto& decision : customs_case.decisions) decisions.push_back(core::to_json(decision));
  nlohmann::json remarks = nlohmann::json::array();
  for (const auto& r : customs_case.remarks)
    remarks.push_back({{"kind", r.kind}, {"value", r.value}, {"reason", r.reason}});
  return {{"id", customs_case.id},
          {"declarations", declarations},
          {"scans", customs_case.scan_ids},
          {"decisions", decisions},
          {"remarks", remarks}};
}

core::Result<Case> case_from_json(const nlohmann::json& json) {
  const auto invalid = [](std::string why) {
    return core::Error{core::ErrorCode::kInvalidInput, std::move(why)};
  };
  if (!json.is_object()) return invalid("case: expected an object");
  Case customs_case;
  const auto list = [&](const char* key) -> core::Result<nlohmann::json> {
    const auto it = json.find(key);
    if (it == json.end() || it->is_null()) return nlohmann::json(nlohmann::json::array());
    if (!it->is_array()) return invalid(fmt::format("case.{}: expected a list", key));
    return nlohmann::json(*it);
  };
  if (const auto id = json.find("id"); id != json.end()) {
    if (!id->is_string()) return invalid("case.id: expected a text");
    customs_case.id = id->get<std::string>();
  }
  PC_TRY(const auto declarations, list("declarations"));
  for (const auto& element : declarations) {
    auto declaration = core::declaration_from_json(element);
    if (!declaration.ok()) return declaration.error().with_context("case.declarations");
    for (auto& remark : check_identifiers(*declaration))
      customs_case.remarks.push_back(std::move(remark));
    customs_case.declarations.push_back(std::move(declaration).value());
  }
  PC_TRY(const auto scans, list("scans"));
  for (const auto& element : scans) {
    if (!element.is_string()) return invalid("case.scans: expected texts");
    customs_case.scan_ids.push_back(element.get<std::string>());
  }
  PC_TRY(const auto decisions, list("decisions"));
  for (const auto& element : decisions) {
    auto decision = core::decision_from_json(element);
    if (!decision.ok()) return decision.error().with_context("case.decisions");
    customs_case.decisions.push_back(std::move(decision).value());
  }
  return customs_case;
}

}  // namespace portcullis::customs
