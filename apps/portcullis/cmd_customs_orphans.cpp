#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "apps/portcullis/command.h"
#include "apps/portcullis/customs_tables.h"
#include "apps/report_error.h"
#include "archive/catalogue.h"
#include "archive/catalogue_pages.h"
#include "core/time.h"
#include "customs/gateway/message_store.h"

namespace portcullis::apps {

namespace {

struct CustomsOrphansOptions {
  std::string store, catalogue, from, to, tables;
  bool json = false;
};

struct OrphanScan {
  archive::CatalogueScan scan;
  std::size_t set_aside = 0;  ///< Declarations of which an officer said they are not of it.
};
struct Orphans {
  std::vector<core::Declaration> declarations;  ///< Oldest first.
  std::vector<std::string> declaration_ids;     ///< Of each, same order.
  std::vector<OrphanScan> scans;                ///< Newest first.
};

struct OrphanRange {
  std::optional<core::UtcTime> from, to;
  [[nodiscard]] bool holds(core::UtcTime at) const {
    return (!from || at >= *from) && (!to || at < *to);
  }
};

/// What the catalogue says of all its scans: a declaration may be older than its scan.
struct ScannedDeclarations {
  std::set<std::string> ids;
  /// System and LRN: a newer message of a declaration has an id of its own.
  std::set<std::pair<std::string, std::string>> references;
  std::set<std::pair<std::string, std::string>> set_aside;  ///< Declaration and scan.
};

core::Result<ScannedDeclarations> read_scans(const std::string& path, const OrphanRange& range,
                                             std::vector<OrphanScan>& orphans) {
  constexpr std::uint32_t kScansPerLook = 10'000;
  PC_TRY(auto catalogue, archive::Catalogue::open_to_read(path));
  archive::CatalogueQuery query;
  query.limit = kScansPerLook;
  PC_TRY(auto scans, archive::find_all(catalogue, query));
  ScannedDeclarations scanned;
  for (auto& scan : scans) {
    if (scan.file.empty() || scan.ended.ns == 0) continue;  // there was none, or it runs yet
    PC_TRY(const auto kept, catalogue.show(scan.id));
    for (const auto* part : {&kept.declarations, &kept.declarations_late}) {
      for (const auto& bound : *part) {
        scanned.ids.insert(bound.store_id);
        if (!bound.declaration.lrn.empty())
          scanned.references.emplace(bound.declaration.system, bound.declaration.lrn);
      }
    }
    for (const auto& bound : kept.declarations_set_aside)
      scanned.set_aside.emplace(bound.store_id, scan.id);
    if (kept.declarations.empty() && kept.declarations_late.empty() && range.holds(scan.started))
      orphans.push_back({std::move(scan), kept.declarations_set_aside.size()});
  }
  return scanned;
}

bool was_scanned(const std::string& id, const customs::Case& whole,
                 const ScannedDeclarations& scanned) {
  const auto& declaration = whole.declarations.front();
  if (scanned.ids.contains(id) ||
      scanned.references.contains({declaration.system, declaration.lrn}))
    return true;
  // Scans of other lanes stand in the gateway's store alone.
  for (const auto& scan : whole.scan_ids)
    if (!scanned.set_aside.contains({id, scan})) return true;
  return false;
}

core::Result<Orphans> find_orphans(const CustomsOrphansOptions& options) {
  constexpr int kPlacesPerLook = 1'000;
  for (const auto& [name, path] :
       {std::pair("--store ", &options.store), std::pair("--catalogue ", &options.catalogue)}) {
    std::error_code ignored;
    if (!std::filesystem::exists(*path, ignored))
      return core::Error{core::ErrorCode::kNotFound, name + *path + ": no such file"};
  }
  OrphanRange range;
  if (!options.from.empty()) {
    PC_TRY(range.from, core::parse_iso8601(options.from));
  }
  if (!options.to.empty()) {
    PC_TRY(range.to, core::parse_iso8601(options.to));
  }
  PC_CHECK(use_tables(options.tables));
  Orphans orphans;
  PC_TRY(const auto scanned, read_scans(options.catalogue, range, orphans.scans));
  PC_TRY(auto store, customs::MessageStore::open(options.store));
  std::int64_t after = 0;
  while (true) {
    PC_TRY(const auto places, store.declarations_after(after, kPlacesPerLook));
    if (places.empty()) return orphans;
    for (const auto& place : places) {
      PC_TRY(auto whole, store.whole_case(place.id));
      if (!whole || whole->declarations.empty()) continue;
      if (!range.holds(whole->declarations.front().received)) continue;
      if (was_scanned(place.id, *whole, scanned)) continue;
      orphans.declarations.push_back(std::move(whole->declarations.front()));
      orphans.declaration_ids.push_back(place.id);
    }
    after = places.back().index;
  }
}

void print_orphans_json(const Orphans& orphans) {
  auto document =
      nlohmann::json{{"declarations", nlohmann::json::array()}, {"scans", nlohmann::json::array()}};
  for (std::size_t i = 0; i < orphans.declarations.size(); ++i) {
    const auto& one = orphans.declarations[i];
    auto containers = nlohmann::json::array();
    for (const auto& container : one.containers) containers.push_back(container.number);
    document["declarations"].push_back({{"store_id", orphans.declaration_ids[i]},
                                        {"system", one.system},
                                        {"received", core::to_iso8601(one.received)},
                                        {"lrn", one.lrn},
                                        {"mrn", one.mrn},
                                        {"ucr", one.ucr},
                                        {"plate", one.vehicle_plate},
                                        {"containers", containers}});
  }
  for (const auto& one : orphans.scans) {
    auto containers = nlohmann::json::array();
    for (const auto& container : one.scan.containers) containers.push_back(container.number);
    document["scans"].push_back({{"id", one.scan.id},
                                 {"started", core::to_iso8601(one.scan.started)},
                                 {"lane", one.scan.lane},
                                 {"plate", one.scan.plate},
                                 {"containers", containers},
                                 {"set_aside", one.set_aside}});
  }
  std::printf("%s\n",
              document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
}

int run_customs_orphans(const CustomsOrphansOptions& options) {
  const auto orphans = find_orphans(options);
  if (!orphans.ok()) return report_error(orphans.error());
  if (options.json) {
    print_orphans_json(*orphans);
    return 0;
  }
  std::printf("%zu declarations without a scan\n", orphans->declarations.size());
  for (const auto& one : orphans->declarations) {
    std::string containers;
    for (const auto& container : one.containers) containers += " " + container.number;
    std::printf("  %s %-8s LRN %s MRN %s plate %s containers%s\n",
                core::to_iso8601(one.received).c_str(), one.system.c_str(),
                one.lrn.empty() ? "-" : one.lrn.c_str(), one.mrn.empty() ? "-" : one.mrn.c_str(),
                one.vehicle_plate.empty() ? "-" : one.vehicle_plate.c_str(),
                containers.empty() ? " -" : containers.c_str());
  }
  std::printf("%zu scans without a declaration\n", orphans->scans.size());
  for (const auto& one : orphans->scans) {
    std::string containers;
    for (const auto& container : one.scan.containers) containers += " " + container.number;
    std::printf("  %s %s lane %s plate %s containers%s%s\n",
                core::to_iso8601(one.scan.started).c_str(), one.scan.id.c_str(),
                one.scan.lane.c_str(), one.scan.plate.empty() ? "-" : one.scan.plate.c_str(),
                containers.empty() ? " -" : containers.c_str(),
                one.set_aside == 0
                    ? ""
                    : fmt::format(" ({} set aside by an officer)", one.set_aside).c_str());
  }
  return 0;
}

}  // namespace

void add_customs_orphans(Command customs, int& exit_code) {
  auto options = std::make_shared<CustomsOrphansOptions>();
  auto orphans = customs.add_subcommand(
      "orphans", "Declarations that nobody scanned, and a lane's scans without a declaration");
  orphans.add_option("--store", options->store, "The gateway's store").required();
  orphans.add_option("--catalogue", options->catalogue, "The lane's catalogue").required();
  orphans.add_option("--from", options->from,
                     "Received or started at or after (2026-03-04T05:06:07Z)");
  orphans.add_option("--to", options->to, "Received or started before");
  orphans.add_flag("--json", options->json, "One JSON document on stdout");
  add_tables_option(orphans, options->tables);
  orphans.callback([options, &exit_code] { exit_code = run_customs_orphans(*options); });
}

}  // namespace portcullis::apps
