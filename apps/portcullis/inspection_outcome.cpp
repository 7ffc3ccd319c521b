#include "apps/portcullis/inspection_outcome.h"

#include <nlohmann/json.hpp>

#include "access/reading.h"

namespace portcullis::apps {

std::optional<customs::Inspection> inspection_from(const std::string& text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("outcomes") || !json["outcomes"].is_array())
    return std::nullopt;
  bool found = false, all_examined = !json["outcomes"].empty();
  for (const auto& one : json["outcomes"]) {
    const auto word = one.is_object() ? one.value("result", std::string()) : std::string();
    const auto result = access::outcome_result_from(word);
    found = found || result == access::OutcomeResult::kFound;
    all_examined =
        all_examined && result.has_value() && *result != access::OutcomeResult::kNotExamined;
  }
  customs::Inspection inspection;
  // Of goods that were opened in part and held nothing nothing is known.
  inspection.outcome = found ? "differs" : all_examined ? "as declared" : "examined in part";
  if (const auto by = json.find("by"); by != json.end() && by->is_string())
    inspection.officer = by->get<std::string>();
  return inspection;
}

}  // namespace portcullis::apps
