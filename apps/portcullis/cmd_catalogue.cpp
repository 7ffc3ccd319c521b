#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "apps/portcullis/command.h"
#include "apps/report_error.h"
#include "archive/catalogue.h"
#include "core/record_json.h"

namespace portcullis::apps {

namespace {

struct CatalogueOptions {
  std::string path, id, container, plate, from, to;
  std::uint32_t limit = 100;
  bool json = false;
  bool seals = false;
};

std::string time_or_empty(core::UtcTime utc) {
  return utc.ns == 0 ? std::string() : core::to_iso8601(utc);
}

nlohmann::json scan_json(const archive::CatalogueScan& scan) {
  nlohmann::json containers = nlohmann::json::array();
  for (const auto& c : scan.containers) {
    containers.push_back({{"number", c.number},
                          {"iso_type", c.iso_type},
                          {"check_digit_ok", c.check_digit_ok},
                          {"confidence", c.confidence}});
  }
  return {{"id", scan.id},
          {"file", scan.file.string()},
          {"started", core::to_iso8601(scan.started)},
          {"ended", time_or_empty(scan.ended)},
          {"outcome", core::scan_outcome_name(scan.outcome)},
          {"outcome_reason", scan.outcome_reason},
          {"lane", scan.lane},
          {"simulated", scan.simulated},
          {"plate", scan.plate},
          {"containers", containers},
          {"sha256", scan.sha256},
          {"lines", scan.lines},
          {"lines_lost", scan.lines_lost}};
}

nlohmann::json case_json(const archive::CatalogueCase& found) {
  const auto listed = [](const std::vector<archive::BoundDeclaration>& bound) {
    nlohmann::json declarations = nlohmann::json::array();
    for (const auto& d : bound) {
      declarations.push_back({{"store_id", d.store_id},
                              {"matched_by", d.matched_by},
                              {"bound", core::to_iso8601(d.bound)},
                              {"declaration", core::to_json(d.declaration)}});
    }
    return declarations;
  };
  nlohmann::json choices = nlohmann::json::array();
  for (const auto& c : found.choices)
    choices.push_back({{"utc", core::to_iso8601(c.at)},
                       {"by", c.by},
                       {"chosen", c.chosen},
                       {"shown", c.shown},
                       {"set_aside", c.set_aside}});
  nlohmann::json decisions = nlohmann::json::array();
  for (const auto& d : found.decisions) decisions.push_back(core::to_json(d));
  nlohmann::json events = nlohmann::json::array();
  for (const auto& e : found.events)
    events.push_back({{"utc", core::to_iso8601(e.utc)}, {"kind", e.kind}, {"text", e.text}});
  return {{"scan", scan_json(found.scan)},
          {"declarations", listed(found.declarations)},
          {"declarations_set_aside", listed(found.declarations_set_aside)},
          {"declarations_late", listed(found.declarations_late)},
          {"declaration_choices", choices},
          {"report", found.report ? core::to_json(*found.report) : nlohmann::json(nullptr)},
          {"report_versions", found.report_versions},
          {"decisions", decisions},
          {"events", events}};
}

void print_json(const nlohmann::json& document) {
  std::printf("%s\n",
              document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
}

void print_scan(const archive::CatalogueScan& scan) {
  std::printf("%s  %s  %-8s  %-10s", core::to_iso8601(scan.started).c_str(), scan.id.c_str(),
              std::string(core::scan_outcome_name(scan.outcome)).c_str(), scan.plate.c_str());
  for (const auto& container : scan.containers) std::printf(" %s", container.number.c_str());
  std::printf("\n");
}

core::Result<std::optional<core::UtcTime>> time_option(const std::string& name,
                                                       const std::string& text) {
  if (text.empty()) return std::optional<core::UtcTime>();
  auto utc = core::parse_iso8601(text);
  if (!utc.ok()) return utc.error().with_context(name);
  return std::optional<core::UtcTime>(*utc);
}

int run_find(const CatalogueOptions& options) {
  auto catalogue = archive::Catalogue::open_to_read(options.path);
  if (!catalogue.ok()) return report_error(catalogue.error());
  archive::CatalogueQuery query;
  query.id = options.id;
  query.container = options.container;
  query.plate = options.plate;
  query.limit = options.limit;
  const auto from = time_option("--from", options.from);
  if (!from.ok()) return report_error(from.error());
  const auto to = time_option("--to", options.to);
  if (!to.ok()) return report_error(to.error());
  query.from = *from;
  query.to = *to;
  const auto scans = catalogue->find(query);
  if (!scans.ok()) return report_error(scans.error());
  if (options.json) {
    nlohmann::json list = nlohmann::json::array();
    for (const auto& scan : *scans) list.push_back(scan_json(scan));
    print_json({{"scans", list}});
  } else {
    for (const auto& scan : *scans) print_scan(scan);
    std::fprintf(stderr, "%zu scans\n", scans->size());
  }
  return 0;
}

int run_show(const CatalogueOptions& options) {
  auto catalogue = archive::Catalogue::open_to_read(options.path);
  if (!catalogue.ok()) return report_error(catalogue.error());
  const auto found = catalogue->show(options.id);
  if (!found.ok()) return report_error(found.error());
  if (options.json) {
    print_json(case_json(*found));
    return 0;
  }
  print_scan(found->scan);
  std::printf("  file %s, %llu lines (%llu lost)\n", found->scan.file.c_str(),
              static_cast<unsigned long long>(found->scan.lines),
              static_cast<unsigned long long>(found->scan.lines_lost));
  if (!found->scan.outcome_reason.empty())
    std::printf("  because: %s\n", found->scan.outcome_reason.c_str());
  for (const auto& d : found->declarations)
    std::printf("  declaration %s %s (by %s)\n", d.declaration.lrn.c_str(),
                d.declaration.mrn.c_str(), d.matched_by.c_str());
  if (found->report) {
    std::printf("  verdict %s, %zu findings\n",
                std::string(core::verdict_outcome_name(found->report->verdict.outcome)).c_str(),
                found->report->findings.size());
    for (const auto& reason : found->report->verdict.reasons)
      std::printf("    %s\n", reason.c_str());
  }
  for (const auto& d : found->decisions) {
    std::printf("  decision %s for %s by %s, %s\n",
                std::string(core::decision_kind_name(d.kind)).c_str(),
                d.container.empty() ? "the vehicle" : d.container.c_str(), d.officer.c_str(),
                core::to_iso8601(d.decided).c_str());
  }
  for (const auto& e : found->events)
    std::printf("  %s %s: %s\n", core::to_iso8601(e.utc).c_str(), e.kind.c_str(), e.text.c_str());
  return 0;
}

int run_check(const CatalogueOptions& options) {
  auto catalogue = archive::Catalogue::open_to_read(options.path);
  if (!catalogue.ok()) return report_error(catalogue.error());
  const auto result = catalogue->check(options.seals);
  if (!result.ok()) return report_error(result.error());
  if (options.json) {
    print_json({{"scans", result->scans},
                {"files_checked", result->files_checked},
                {"seals_checked", options.seals},
                {"problems", result->problems}});
  } else {
    std::printf("%llu scans, %llu files looked at, %zu problems\n",
                static_cast<unsigned long long>(result->scans),
                static_cast<unsigned long long>(result->files_checked), result->problems.size());
  }
  for (const auto& problem : result->problems)
    std::fprintf(stderr, "portcullis: %s\n", problem.c_str());
  return result->problems.empty() ? 0 : 1;
}

}  // namespace

void add_catalogue(Command app, int& exit_code) {
  auto options = std::make_shared<CatalogueOptions>();
  auto command = app.add_subcommand("catalogue", "Records of a lane");
  command.require_subcommand();
  const auto add_common = [&](Command sub) {
    sub.add_option("--catalogue", options->path, "The lane's catalogue.sqlite").required();
    sub.add_flag("--json", options->json, "One JSON document on stdout");
  };
  auto find = command.add_subcommand("find", "Scans, newest first");
  add_common(find);
  find.add_option("--id", options->id, "Scan");
  find.add_option("--container", options->container, "Container number");
  find.add_option("--plate", options->plate, "Licence plate");
  find.add_option("--from", options->from, "Started at or after (2026-03-04T05:06:07Z)");
  find.add_option("--to", options->to, "Started before");
  find.add_option("--limit", options->limit, "At most so many").range(1, 10'000);
  find.callback([options, &exit_code] { exit_code = run_find(*options); });
  auto show = command.add_subcommand("show", "Everything about one scan");
  add_common(show);
  show.add_option("id", options->id, "Scan").required();
  show.callback([options, &exit_code] { exit_code = run_show(*options); });
  auto check = command.add_subcommand(
      "check", "Whether records and files are sound: exit 0 all well, 1 problems");
  add_common(check);
  check.add_flag("--seals", options->seals, "Compute every file's seal again (reads all of it)");
  check.callback([options, &exit_code] { exit_code = run_check(*options); });
}

}  // namespace portcullis::apps
