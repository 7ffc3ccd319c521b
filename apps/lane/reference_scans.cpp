#include "apps/lane/reference_scans.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

namespace portcullis::apps {
namespace {

constexpr const char* kReferenceEvent = "reference";
constexpr std::uint32_t kReferenceEventsMax = 2000;
constexpr std::size_t kReferencesOfAKind = 3;

/// The HS chapters that are declared with their masses, the heaviest first. Where a mass is not
/// said the item counts a kilogram, so that its chapter is there at all.
std::vector<std::string> declared_chapters(const archive::CatalogueCase& stored) {
  std::map<std::string, double> mass_kg;
  for (const auto& bound : stored.declarations) {
    for (const auto& item : bound.declaration.items) {
      if (item.hs_code.size() >= 2)
        mass_kg[item.hs_code.substr(0, 2)] +=
            std::max(1.0, item.gross_mass_kg.value_or(item.net_mass_kg.value_or(1.0)));
    }
  }
  std::vector<std::string> chapters;
  for (const auto& [chapter, mass] : mass_kg) chapters.push_back(chapter);
  std::stable_sort(chapters.begin(), chapters.end(),
                   [&](const auto& a, const auto& b) { return mass_kg.at(a) > mass_kg.at(b); });
  return chapters;
}

struct DeclaredContainers {
  std::set<std::string> types;
  bool empty = false;  ///< Every container that is declared is declared empty.
};
DeclaredContainers declared_containers(const archive::CatalogueCase& stored) {
  DeclaredContainers declared;
  std::size_t all = 0, empty = 0;
  for (const auto& bound : stored.declarations) {
    for (const auto& container : bound.declaration.containers) {
      if (!container.iso_type.empty()) declared.types.insert(container.iso_type);
      ++all;
      if (container.empty.value_or(false)) ++empty;
    }
  }
  declared.empty = all > 0 && empty == all;
  return declared;
}

}  // namespace

core::Status ReferenceScans::set(const services::ReferenceChoice& choice) {
  const bool goods = choice.kind == "goods";
  if (!goods && choice.kind != "empty" && choice.kind != "none")
    return core::Error{
        core::ErrorCode::kInvalidInput,
        fmt::format("field kind: \"{}\" is none of empty, goods, none", choice.kind)};
  if (choice.case_id.empty())
    return core::Error{core::ErrorCode::kNotFound, "field case_id: is empty"};
  PC_TRY(const auto stored, catalogue_.show(choice.case_id));
  if (choice.kind != "none") {
    if (stored.decisions.empty())
      return core::Error{core::ErrorCode::kRefused,
                         "the case is not decided yet; it can be a reference after that"};
    if (stored.scan.file.empty() || !stored.report)
      return core::Error{core::ErrorCode::kRefused, "the case has no image to compare with"};
    const auto chapters = declared_chapters(stored);
    if (goods && std::find(chapters.begin(), chapters.end(), choice.chapter) == chapters.end())
      return core::Error{core::ErrorCode::kRefused,
                         fmt::format("no goods of chapter {} are declared in it", choice.chapter)};
  }
  const nlohmann::json object = {{"scan", stored.scan.id},
                                 {"kind", choice.kind},
                                 {"chapter", goods ? choice.chapter : ""},
                                 {"by", choice.user}};
  return catalogue_.add_event("", kReferenceEvent,
                              object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
                              clock_.utc_now());
}

core::Result<std::vector<services::ReferenceScan>> ReferenceScans::kept() {
  archive::CatalogueEventQuery query;
  query.kind_prefix = kReferenceEvent;
  query.limit = kReferenceEventsMax;
  PC_TRY(const auto events, catalogue_.find_events(query));
  std::vector<services::ReferenceScan> references;
  std::set<std::string> seen;
  for (const auto& event : events) {
    const auto object = nlohmann::json::parse(event.text, nullptr, false);
    if (!object.is_object()) continue;
    const auto word = [&](const char* key) {
      const auto found = object.find(key);
      return found != object.end() && found->is_string() ? found->get<std::string>()
                                                         : std::string();
    };
    services::ReferenceScan one;
    one.scan_id = word("scan");
    if (one.scan_id.empty() || !seen.insert(one.scan_id).second) continue;
    one.kind = word("kind");
    one.chapter = word("chapter");
    one.by = word("by");
    if (one.kind == "goods" || one.kind == "empty") references.push_back(std::move(one));
  }
  return references;
}

core::Result<std::vector<services::ReferenceScan>> ReferenceScans::list(
    const std::string& case_id) {
  if (case_id.empty()) return core::Error{core::ErrorCode::kNotFound, "field case_id: is empty"};
  PC_TRY(const auto stored, catalogue_.show(case_id));
  const auto chapters = declared_chapters(stored);
  const auto declared = declared_containers(stored);
  PC_TRY(auto references, kept());
  struct Fitting {
    services::ReferenceScan scan;
    std::size_t rank = 0;
    bool other_type = false;
  };
  std::vector<Fitting> fitting;
  for (auto& one : references) {
    if (one.scan_id == stored.scan.id) continue;
    const auto chapter = std::find(chapters.begin(), chapters.end(), one.chapter);
    if (one.kind == "goods" && chapter == chapters.end()) continue;
    const auto there = catalogue_.show(one.scan_id);
    if (!there.ok() || there->scan.file.empty()) continue;  // kept no longer
    Fitting fits;
    one.case_id = there->scan.id;
    one.started = there->scan.started;
    fits.rank = one.kind == "empty" ? (declared.empty ? 0 : chapters.size() + 1)
                                    : 1 + static_cast<std::size_t>(chapter - chapters.begin());
    const auto types = declared_containers(*there).types;
    fits.other_type = std::none_of(types.begin(), types.end(),
                                   [&](const auto& type) { return declared.types.contains(type); });
    fits.scan = std::move(one);
    fitting.push_back(std::move(fits));
  }
  std::stable_sort(fitting.begin(), fitting.end(), [](const Fitting& a, const Fitting& b) {
    if (a.rank != b.rank) return a.rank < b.rank;
    if (a.other_type != b.other_type) return b.other_type;
    return a.scan.started.ns > b.scan.started.ns;
  });
  std::vector<services::ReferenceScan> best;
  std::map<std::size_t, std::size_t> of_rank;
  for (auto& fits : fitting)
    if (++of_rank[fits.rank] <= kReferencesOfAKind) best.push_back(std::move(fits.scan));
  return best;
}

}  // namespace portcullis::apps
