#include <fmt/format.h>

#include "customs/adapters/adapter.h"
#include "customs/adapters/quotable.h"
#include "customs/adapters/tables/tables.h"

namespace portcullis::customs {

namespace {

constexpr std::size_t kDossierTextMax = 2'000;

std::string line(std::string_view label, std::string_view value) {
  return value.empty() ? std::string()
                       : fmt::format("{}: {}\n", label, clean_text(value, kDossierTextMax));
}

core::Result<Emitted> write_dossier(const Case& c) {
  PC_TRY(const auto* declaration, answered_declaration(c));
  PC_TRY(const auto* decision, answered_decision(c));
  const auto& d = *declaration;
  auto id = answer_id(*decision, d);
  std::string out =
      "CASE DOSSIER for the Customs Information System, Regulation (EC) No 515/97\n"
      "Draft. Nothing was sent: an authorised person decides what is entered.\n\n";
  out += line("Dossier", id);
  out += line("Decided", core::to_iso8601(decision->decided));
  out += line("LRN", d.lrn) + line("MRN", d.mrn) + line("UCR", d.ucr);
  out += "\nMeans of transport\n" + line("  Registration", d.vehicle_plate);
  if (!c.details.empty()) {
    for (const auto& m : c.details.front().means)
      out +=
          line(fmt::format("  {}", m.role), fmt::format("{} {} {}", m.id, m.name, m.nationality));
  }
  out += "\nCompanies and persons\n" + line("  Declarant", d.declarant) +
         line("  Consignor", d.consignor) + line("  Consignee", d.consignee);
  out += "\nGoods\n";
  for (const auto& item : d.items)
    out += line(fmt::format("  Item {}", item.number),
                fmt::format("{} {}", item.hs_code, item.description));
  for (const auto& container : d.containers) out += line("  Container", container.number);
  out += "\nWhat was found\n" + line("  Scan", decision->scan_id);
  for (const auto& finding : c.findings)
    out += line(fmt::format("  {}", core::finding_kind_name(finding.kind)), finding.text);
  out += line("  Decision", said_decision(*decision));
  if (c.inspection)
    out += line("  Inspection", fmt::format("{} {}", c.inspection->outcome, c.inspection->text));
  return Emitted{std::move(id), std::move(out)};
}

core::Result<Case> parse_cis(std::string_view /*bytes*/, std::string_view name) {
  return core::Error{core::ErrorCode::kUnsupported,
                     fmt::format("{}: nothing is read from the system cis", name)};
}

}  // namespace

const Adapter& cis_adapter() {
  static constexpr MessageWriter kWriters[] = {{"DOSSIER", write_dossier}};
  static constexpr Adapter kAdapter = {
      "cis", "field list", "-", [](std::string_view) { return false; }, parse_cis, kWriters};
  return kAdapter;
}

}  // namespace portcullis::customs
