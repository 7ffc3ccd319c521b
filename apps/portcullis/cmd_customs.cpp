#include <cstdio>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "apps/portcullis/command.h"
#include "apps/portcullis/customs_tables.h"
#include "apps/report_error.h"
#include "archive/catalogue.h"
#include "archive/catalogue_pages.h"
#include "core/files.h"
#include "customs/adapters/parse.h"
#include "customs/gateway/message_store.h"
#include "customs/identifiers.h"
#include "customs/model/case.h"
#include "customs/model/time_release.h"

namespace portcullis::apps {

namespace {

/// Case files hold a message's texts several times over in JSON's words.
constexpr std::size_t kCaseBytesMax = 100'000'000;

struct CustomsOptions {
  std::string file, system, message, kind, value;
  std::string store, catalogue, csv, svg, tables;
  bool json = false;
};

void print_declaration(const core::Declaration& d) {
  std::printf("%s declaration, %s: LRN %s, MRN %s, UCR %s\n", d.system.c_str(),
              d.procedure.empty() ? "procedure not said" : d.procedure.c_str(),
              d.lrn.empty() ? "-" : d.lrn.c_str(), d.mrn.empty() ? "-" : d.mrn.c_str(),
              d.ucr.empty() ? "-" : d.ucr.c_str());
  std::printf("  from %s (%s) to %s (%s), declared by %s\n", d.consignor.c_str(),
              d.origin_country.c_str(), d.consignee.c_str(), d.destination_country.c_str(),
              d.declarant.c_str());
  for (const auto& container : d.containers) {
    std::printf("  container %s", container.number.c_str());
    if (container.empty) std::printf(", declared %s", *container.empty ? "empty" : "full");
    for (const auto& seal : container.seals) std::printf(", seal %s", seal.c_str());
    std::printf("\n");
  }
  for (const auto& item : d.items) {
    std::printf("  item %d: %s %s, %g %s", item.number, item.hs_code.c_str(),
                item.description.c_str(), item.packages, item.package_kind.c_str());
    if (item.gross_mass_kg) std::printf(", gross %g kg", *item.gross_mass_kg);
    if (item.net_mass_kg) std::printf(", net %g kg", *item.net_mass_kg);
    std::printf("\n");
  }
}

void print_case(const customs::Case& c) {
  std::printf("%s of %s (basis: %s)%s\n", c.message.name.c_str(), c.message.system.c_str(),
              c.message.basis.c_str(), c.message.test ? ", a test" : "");
  for (const auto& declaration : c.declarations) print_declaration(declaration);
  for (const auto& order : c.orders)
    std::printf("order %s: %s, container %s, plate %s\n", order.reference.c_str(),
                std::string(customs::order_state_name(order.state)).c_str(),
                order.container.c_str(), order.plate.c_str());
  for (const auto& notice : c.notices)
    std::printf("notice %s %s: %s (%s) LRN %s, MRN %s\n", notice.list.c_str(), notice.code.c_str(),
                notice.text.c_str(), std::string(customs::effect_name(notice.effect)).c_str(),
                notice.lrn.empty() ? "-" : notice.lrn.c_str(),
                notice.mrn.empty() ? "-" : notice.mrn.c_str());
  for (const auto& remark : c.remarks)
    std::printf("  note: %s %s: %s\n", remark.kind.c_str(), remark.value.c_str(),
                remark.reason.c_str());
  if (!c.unknown.empty()) std::printf("  %zu more elements kept as read\n", c.unknown.size());
}

void print_customs_json(const nlohmann::json& document) {
  std::printf("%s\n",
              document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
}

int run_parse(const CustomsOptions& options) {
  if (const auto used = use_tables(options.tables); !used.ok()) return report_error(used.error());
  const auto customs_case = customs::parse_message_file(options.file, options.system);
  if (!customs_case.ok()) return report_error(customs_case.error());
  if (options.json)
    print_customs_json(customs::to_json(*customs_case));
  else
    print_case(*customs_case);
  return 0;
}

int run_emit(const CustomsOptions& options) {
  if (const auto used = use_tables(options.tables); !used.ok()) return report_error(used.error());
  const auto text = core::read_file(options.file, kCaseBytesMax);
  if (!text.ok()) return report_error(text.error());
  const auto json = nlohmann::json::parse(*text, nullptr, false);
  if (json.is_discarded())
    return report_error({core::ErrorCode::kInvalidInput, options.file + ": is not JSON"});
  const auto customs_case = customs::case_from_json(json);
  if (!customs_case.ok()) return report_error(customs_case.error().with_context(options.file));
  const auto emitted = customs::emit_message(*customs_case, options.system, options.message);
  if (!emitted.ok()) {
    // What is not supported is the command line's fault, the rest the file's.
    return report_error(emitted.error().code == core::ErrorCode::kUnsupported
                            ? emitted.error()
                            : emitted.error().with_context(options.file));
  }
  if (options.json) {
    print_customs_json({{"system", options.system},
                        {"message", options.message},
                        {"message_id", emitted->message_id},
                        {"content", emitted->content}});
  } else {
    std::printf("%s", emitted->content.c_str());
  }
  return 0;
}

int run_systems(const CustomsOptions& options) {
  nlohmann::json list = nlohmann::json::array();
  for (const auto& info : customs::supported_systems()) {
    list.push_back({{"system", info.system},
                    {"basis", info.basis},
                    {"reads", info.reads},
                    {"writes", info.writes}});
    if (options.json) continue;
    std::string writes;
    for (const auto name : info.writes) writes += (writes.empty() ? "" : ", ") + std::string(name);
    std::printf("%-10s reads %s; writes %s (basis: %s)\n", std::string(info.system).c_str(),
                std::string(info.reads).c_str(), writes.empty() ? "nothing" : writes.c_str(),
                std::string(info.basis).c_str());
  }
  if (options.json) print_customs_json({{"systems", list}});
  return 0;
}

int run_table(const CustomsOptions& options) {
  const auto text = customs::shipped_table(options.value + ".txt");
  if (text.empty()) {
    std::string names;
    for (const auto name : customs::table_names())
      names += (names.empty() ? "" : ", ") + std::string(name.substr(0, name.rfind('.')));
    return report_error({core::ErrorCode::kInvalidInput,
                         "name: \"" + options.value + "\" is no table (" + names + ")"});
  }
  std::printf("%.*s", static_cast<int>(text.size()), text.data());
  return 0;
}

int run_check_id(const CustomsOptions& options) {
  const auto status = options.kind == "container" ? customs::check_container(options.value)
                      : options.kind == "mrn"     ? customs::check_mrn(options.value)
                                                  : customs::check_imo(options.value);
  if (options.json) {
    const nlohmann::json document = {{"kind", options.kind},
                                     {"value", options.value},
                                     {"valid", status.ok()},
                                     {"reason", status.ok() ? "" : status.error().message}};
    print_customs_json(document);
  } else if (status.ok()) {
    std::printf("%s %s: valid\n", options.kind.c_str(), options.value.c_str());
  } else {
    std::fprintf(stderr, "portcullis: %s %s: %s\n", options.kind.c_str(), options.value.c_str(),
                 status.error().message.c_str());
  }
  return status.ok() ? 0 : 1;
}

/// When declarations that the lane bound were scanned: the last scan of each counts.
core::Status add_scan_times(const std::string& catalogue_path,
                            std::map<std::string, customs::Case>& cases) {
  constexpr std::uint32_t kScansPerLook = 10'000;
  PC_TRY(auto catalogue, archive::Catalogue::open_to_read(catalogue_path));
  archive::CatalogueQuery query;
  query.limit = kScansPerLook;
  PC_TRY(const auto scans, archive::find_all(catalogue, query));
  for (auto scan = scans.rbegin(); scan != scans.rend(); ++scan) {
    if (scan->ended.ns == 0 || scan->file.empty()) continue;  // runs yet, or there was none
    PC_TRY(const auto kept, catalogue.show(scan->id));
    for (const auto& bound : kept.declarations) {
      const auto known = cases.find(bound.store_id);
      if (known == cases.end()) continue;
      known->second.times.scan_start = scan->started;
      known->second.times.scan_end = scan->ended;
      if (kept.arrival) known->second.times.arrival = kept.arrival->at;
      if (kept.judged_first.ns != 0) known->second.times.image_ready = kept.judged_first;
    }
  }
  return {};
}

core::Result<std::vector<customs::ReleaseStep>> time_release_of(const CustomsOptions& options) {
  constexpr int kPlacesPerLook = 1'000;
  std::error_code ignored;
  if (!std::filesystem::exists(options.store, ignored))
    return core::Error{core::ErrorCode::kNotFound, "--store " + options.store + ": no such file"};
  PC_CHECK(use_tables(options.tables));
  PC_TRY(auto store, customs::MessageStore::open(options.store));
  std::map<std::string, customs::Case> cases;
  std::int64_t after = 0;
  while (true) {
    PC_TRY(const auto places, store.declarations_after(after, kPlacesPerLook));
    if (places.empty()) break;
    for (const auto& place : places) {
      PC_TRY(auto whole, store.whole_case(place.id));
      if (whole) cases.emplace(place.id, std::move(*whole));
    }
    after = places.back().index;
  }
  if (!options.catalogue.empty()) PC_CHECK(add_scan_times(options.catalogue, cases));
  std::vector<customs::Case> list;
  list.reserve(cases.size());
  for (auto& [id, one] : cases) list.push_back(std::move(one));
  return customs::time_release(list);
}

int run_trs(const CustomsOptions& options) {
  const auto steps = time_release_of(options);
  if (!steps.ok()) return report_error(steps.error());
  if (!options.csv.empty()) {
    const auto written =
        core::write_file_atomically(options.csv, customs::time_release_csv(*steps));
    if (!written.ok()) return report_error(written.error());
  }
  if (!options.svg.empty()) {
    const auto written =
        core::write_file_atomically(options.svg, customs::time_release_svg(*steps));
    if (!written.ok()) return report_error(written.error());
  }
  if (options.json) {
    nlohmann::json list = nlohmann::json::array();
    for (const auto& step : *steps)
      list.push_back({{"channel", customs::channel_name(step.channel)},
                      {"step", step.step},
                      {"cases", step.cases},
                      {"median_s", step.median_s},
                      {"p90_s", step.p90_s}});
    print_customs_json({{"steps", list}});
  } else {
    std::printf("%-8s %-26s %8s %12s %12s\n", "channel", "step", "cases", "median s", "p90 s");
    for (const auto& step : *steps)
      std::printf("%-8s %-26s %8zu %12.1f %12.1f\n",
                  std::string(customs::channel_name(step.channel)).c_str(),
                  std::string(step.step).c_str(), step.cases, step.median_s, step.p90_s);
  }
  return 0;
}

}  // namespace

void add_customs(Command app, int& exit_code) {
  auto options = std::make_shared<CustomsOptions>();
  auto command = app.add_subcommand("customs", "Customs messages and identifiers");
  command.require_subcommand();
  auto parse = command.add_subcommand("parse", "A message to the canonical case");
  parse.add_option("file", options->file, "Message as received").required();
  parse.add_option("--system", options->system, "Force the adapter instead of detecting it");
  parse.add_flag("--json", options->json, "One JSON document on stdout");
  add_tables_option(parse, options->tables);
  parse.callback([options, &exit_code] { exit_code = run_parse(*options); });
  auto emit = command.add_subcommand("emit", "The message that answers a case");
  emit.add_option("file", options->file, "Case as `customs parse --json` writes it, with decisions")
      .required();
  emit.add_option("--system", options->system, "System of the message; `systems` lists them")
      .required();
  emit.add_option("--message", options->message, "Kind of message; `systems` lists them")
      .required();
  emit.add_flag("--json", options->json, "One JSON document on stdout");
  add_tables_option(emit, options->tables);
  emit.callback([options, &exit_code] { exit_code = run_emit(*options); });
  auto systems = command.add_subcommand("systems", "Systems and messages with an adapter");
  systems.add_flag("--json", options->json, "One JSON document on stdout");
  systems.callback([options, &exit_code] { exit_code = run_systems(*options); });
  auto table = command.add_subcommand(
      "table", "A table by which messages are read, as it comes with the program");
  table.add_option("name", options->value, "camir or carm").required();
  table.callback([options, &exit_code] { exit_code = run_table(*options); });
  auto trs = command.add_subcommand(
      "trs", "Time release study: median and 90th percentile of each step by channel");
  trs.add_option("--store", options->store, "The gateway's store").required();
  trs.add_option("--catalogue", options->catalogue, "The lane's catalogue: when scans were made");
  trs.add_option("--csv", options->csv, "Write the figures to this file");
  trs.add_option("--svg", options->svg, "Write a chart to this file");
  trs.add_flag("--json", options->json, "One JSON document on stdout");
  add_tables_option(trs, options->tables);
  trs.callback([options, &exit_code] { exit_code = run_trs(*options); });
  add_customs_bundles(command, exit_code);
  add_customs_cases(command, exit_code);
  add_customs_goods(command, exit_code);
  add_customs_orders(command, exit_code);
  add_customs_orphans(command, exit_code);
  auto check = command.add_subcommand("check-id", "Check an identifier: exit 0 valid, 1 not valid");
  check.add_option("kind", options->kind, "container, mrn or imo")
      .required()
      .one_of({"container", "mrn", "imo"});
  check.add_option("value", options->value, "The identifier").required();
  check.add_flag("--json", options->json, "One JSON document on stdout");
  check.callback([options, &exit_code] { exit_code = run_check_id(*options); });
}

}  // namespace portcullis::apps
