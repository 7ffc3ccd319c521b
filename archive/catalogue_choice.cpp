#include "archive/catalogue_choice.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

namespace portcullis::archive {
namespace {

bool is_listed(const std::vector<std::string>& ids, const std::string& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

std::optional<std::vector<std::string>> ids_from(const nlohmann::json& json, const char* key) {
  const auto found = json.find(key);
  const bool texts =
      found != json.end() && found->is_array() &&
      std::all_of(found->begin(), found->end(), [](const auto& one) { return one.is_string(); });
  if (!texts) return std::nullopt;
  return found->get<std::vector<std::string>>();
}

}  // namespace

std::string choice_json(const CatalogueChoice& choice) {
  return nlohmann::json({{"by", choice.by},
                         {"chosen", choice.chosen},
                         {"shown", choice.shown},
                         {"set_aside", choice.set_aside}})
      .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::optional<CatalogueChoice> choice_from_json(std::string_view text, core::UtcTime at) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  const auto by = json.find("by"), chosen = json.find("chosen");
  auto shown = ids_from(json, "shown"), set_aside = ids_from(json, "set_aside");
  if (by == json.end() || !by->is_string() || chosen == json.end() || !chosen->is_string() ||
      !shown || !set_aside)
    return std::nullopt;
  return CatalogueChoice{at, by->get<std::string>(), chosen->get<std::string>(), std::move(*shown),
                         std::move(*set_aside)};
}

void part_declarations(CatalogueCase& kept) {
  // Of a decision that does not say when it was taken nothing is late.
  if (!kept.decisions.empty() && kept.decisions.back().decided.ns != 0) {
    const core::UtcTime decided = kept.decisions.back().decided;
    const auto late = std::stable_partition(kept.declarations.begin(), kept.declarations.end(),
                                            [&](const auto& one) { return one.bound <= decided; });
    std::move(late, kept.declarations.end(), std::back_inserter(kept.declarations_late));
    kept.declarations.erase(late, kept.declarations.end());
  }
  if (kept.choices.empty()) return;
  const auto& aside = kept.choices.back().set_aside;
  const auto holds_no_more =
      std::stable_partition(kept.declarations.begin(), kept.declarations.end(),
                            [&](const auto& one) { return !is_listed(aside, one.store_id); });
  std::move(holds_no_more, kept.declarations.end(),
            std::back_inserter(kept.declarations_set_aside));
  kept.declarations.erase(holds_no_more, kept.declarations.end());
}

std::vector<core::ContainerDecision> standing_of(const CatalogueCase& kept) {
  std::vector<std::string> vehicle;
  for (const auto& container : kept.scan.containers) vehicle.push_back(container.number);
  return core::standing_decisions(kept.decisions, vehicle);
}

std::vector<BoundDeclaration> declarations_at(const CatalogueCase& kept, core::UtcTime at) {
  auto held = kept.declarations;
  held.insert(held.end(), kept.declarations_set_aside.begin(), kept.declarations_set_aside.end());
  const CatalogueChoice* last = nullptr;
  for (const auto& choice : kept.choices)
    if (choice.at <= at) last = &choice;
  if (last != nullptr)
    std::erase_if(held, [&](const auto& one) { return is_listed(last->set_aside, one.store_id); });
  return held;
}

}  // namespace portcullis::archive
