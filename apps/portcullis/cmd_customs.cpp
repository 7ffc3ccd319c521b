#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "apps/portcullis/command.h"
#include "apps/report_error.h"
#include "core/files.h"
#include "customs/adapters/parse.h"
#include "customs/adapters/wco/wco.h"
#include "customs/identifiers.h"
#include "customs/model/case.h"

namespace portcullis::apps {

namespace {

struct CustomsOptions {
  std::string file, system, message, kind, value;
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

int run_parse(const CustomsOptions& options) {
  const auto declaration = customs::parse_declaration_file(options.file, options.system);
  if (!declaration.ok()) return report_error(declaration.error());
  const auto customs_case = customs::case_of(*declaration);
  if (options.json) {
    std::printf("%s\n", customs::to_json(customs_case)
                            .dump(2, ' ', false, nlohmann::json::error_handler_t::replace)
                            .c_str());
    return 0;
  }
  print_declaration(*declaration);
  for (const auto& remark : customs_case.remarks)
    std::printf("  note: %s %s: %s\n", remark.kind.c_str(), remark.value.c_str(),
                remark.reason.c_str());
  return 0;
}

int run_emit(const CustomsOptions& options) {
  const auto unsupported = [&](const std::string& why) {
    return report_error({core::ErrorCode::kUnsupported, why});
  };
  if (options.system != "wco")
    return unsupported("--system " + options.system + ": only wco can be written so far");
  if (options.message != "RES")
    return unsupported("--message " + options.message + ": of wco only RES can be written so far");
  const auto text = core::read_file(options.file, customs::kMessageBytesMax);
  if (!text.ok()) return report_error(text.error());
  const auto json = nlohmann::json::parse(*text, nullptr, false);
  if (json.is_discarded())
    return report_error({core::ErrorCode::kInvalidInput, options.file + ": is not JSON"});
  const auto customs_case = customs::case_from_json(json);
  if (!customs_case.ok()) return report_error(customs_case.error().with_context(options.file));
  if (customs_case->declarations.size() != 1) {
    return report_error({core::ErrorCode::kInvalidInput,
                         options.file + ": case.declarations: one is needed to answer, " +
                             std::to_string(customs_case->declarations.size()) + " found"});
  }
  if (customs_case->decisions.empty())
    return report_error({core::ErrorCode::kInvalidInput,
                         options.file + ": case.decisions: is empty, so there is nothing to tell"});
  const auto notification = customs::wco::emit_notification(customs_case->decisions.back(),
                                                            customs_case->declarations.front());
  if (!notification.ok()) return report_error(notification.error().with_context(options.file));
  if (options.json) {
    const nlohmann::json document = {{"system", "wco"},
                                     {"message", "RES"},
                                     {"message_id", notification->message_id},
                                     {"content", notification->xml}};
    std::printf("%s\n",
                document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
  } else {
    std::printf("%s", notification->xml.c_str());
  }
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
    std::printf("%s\n",
                document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
  } else if (status.ok()) {
    std::printf("%s %s: valid\n", options.kind.c_str(), options.value.c_str());
  } else {
    std::fprintf(stderr, "portcullis: %s %s: %s\n", options.kind.c_str(), options.value.c_str(),
                 status.error().message.c_str());
  }
  return status.ok() ? 0 : 1;
}

}  // namespace

void add_customs(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<CustomsOptions>();
  auto* command = app.add_subcommand("customs", "Customs messages and identifiers");
  command->require_subcommand(1);
  auto* parse = command->add_subcommand("parse", "A message to the canonical case");
  parse->add_option("file", options->file, "Message as received")->required();
  parse->add_option("--system", options->system, "Force the adapter (wco) instead of detecting it");
  parse->add_flag("--json", options->json, "One JSON document on stdout");
  parse->callback([options, &exit_code] { exit_code = run_parse(*options); });
  auto* emit = command->add_subcommand("emit", "The message that answers a case");
  emit->add_option("file", options->file,
                   "Case as `customs parse --json` writes it, with decisions")
      ->required();
  emit->add_option("--system", options->system, "System of the message (wco)")->required();
  emit->add_option("--message", options->message, "Kind of message (RES)")->required();
  emit->add_flag("--json", options->json, "One JSON document on stdout");
  emit->callback([options, &exit_code] { exit_code = run_emit(*options); });
  auto* check =
      command->add_subcommand("check-id", "Check an identifier: exit 0 valid, 1 not valid");
  check->add_option("kind", options->kind, "container, mrn or imo")
      ->required()
      ->check(CLI::IsMember({"container", "mrn", "imo"}));
  check->add_option("value", options->value, "The identifier")->required();
  check->add_flag("--json", options->json, "One JSON document on stdout");
  check->callback([options, &exit_code] { exit_code = run_check_id(*options); });
}

}  // namespace portcullis::apps
