#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>

#include "apps/portcullis/command.h"
#include "apps/portcullis/customs_tables.h"
#include "apps/portcullis/inspection_outcome.h"
#include "apps/report_error.h"
#include "archive/catalogue.h"
#include "archive/catalogue_pages.h"
#include "customs/gateway/message_store.h"

namespace portcullis::apps {

namespace {

struct CustomsCasesOptions {
  std::string store, catalogue, tables;
};

/// What physical inspections found, by scan: the last word on each counts. Only what was opened is
/// truth: no decision and no analyst's answer is read here.
struct InspectedScan {
  std::optional<customs::Inspection> inspection;
  std::set<std::string> set_aside;  ///< Declarations of which an officer said they are not of it.
};
using InspectionsByScan = std::map<std::string, InspectedScan>;

core::Result<InspectionsByScan> read_inspections(const std::string& path) {
  constexpr std::uint32_t kScansPerLook = 10'000;
  PC_TRY(auto catalogue, archive::Catalogue::open_to_read(path));
  archive::CatalogueQuery query;
  query.limit = kScansPerLook;
  PC_TRY(const auto scans, archive::find_all(catalogue, query));
  InspectionsByScan inspections;
  for (const auto& scan : scans) {
    PC_TRY(const auto kept, catalogue.show(scan.id));
    for (const auto& event : kept.events) {
      if (event.kind != kInspectionOutcomeEvent) continue;
      if (auto inspection = inspection_from(event.text))
        inspections[scan.id].inspection = std::move(*inspection);
    }
    // What was found in the vehicle says nothing of a declaration that is not of it.
    for (const auto& aside : kept.declarations_set_aside)
      inspections[scan.id].set_aside.insert(aside.store_id);
  }
  return inspections;
}

core::Status write_selected_cases(const CustomsCasesOptions& options) {
  constexpr int kSelectedPerLook = 1'000;
  std::error_code ignored;
  if (!std::filesystem::exists(options.store, ignored))
    return core::Error{core::ErrorCode::kNotFound, "--store " + options.store + ": no such file"};
  PC_CHECK(use_tables(options.tables));
  PC_TRY(auto store, customs::MessageStore::open(options.store));
  InspectionsByScan inspections;
  if (!options.catalogue.empty()) {
    PC_TRY(inspections, read_inspections(options.catalogue));
  }
  std::int64_t after = 0;
  while (true) {
    PC_TRY(const auto places, store.selected_after(after, kSelectedPerLook));
    if (places.empty()) return {};
    for (const auto& place : places) {
      PC_TRY(auto whole, store.whole_case(place.id));
      if (!whole) continue;
      for (const auto& scan : whole->scan_ids) {
        const auto found = inspections.find(scan);
        if (found != inspections.end() && found->second.inspection &&
            !found->second.set_aside.contains(place.id))
          whole->inspection = found->second.inspection;
      }
      std::printf("%s\n", customs::to_json(*whole)
                              .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)
                              .c_str());
    }
    after = places.back().index;
  }
}

int run_customs_cases(const CustomsCasesOptions& options) {
  const auto written = write_selected_cases(options);
  return written.ok() ? 0 : report_error(written.error());
}

}  // namespace

void add_customs_cases(Command customs, int& exit_code) {
  auto options = std::make_shared<CustomsCasesOptions>();
  auto cases = customs.add_subcommand(
      "cases",
      "Cases that were selected, one JSON document a line: what `risk hit-rates` and "
      "`risk dry-run` read");
  cases.add_option("--store", options->store, "The gateway's store").required();
  cases.add_option("--catalogue", options->catalogue,
                   "The lane's catalogue: what physical inspections found");
  add_tables_option(cases, options->tables);
  cases.callback([options, &exit_code] { exit_code = run_customs_cases(*options); });
}

}  // namespace portcullis::apps
