#include <fmt/format.h>

#include "customs/adapters/tables/tables.h"
#include "customs/adapters/tables/xml_draft.h"
#include "customs/adapters/tables_in_use.h"
#include "customs/adapters/xml_messages.h"

namespace portcullis::customs {

namespace {

constexpr std::string_view kCadName = "CAD";
/// Values for duty are told in it.
constexpr std::string_view kCanadianDollars = "CAD";
constexpr std::string_view kCargoControl = "cargo control number";

bool looks_like_carm(std::string_view bytes) {
  const auto tables = tables_in_use();
  const auto& table = tables->carm;
  if (is_json_object(bytes))
    return bytes.find(fmt::format("\"{}\"", table.root())) != std::string_view::npos;
  const XmlMessage messages[] = {{table.root(), kCadName, table.xml_rows()}};
  return has_root(bytes, messages);
}

/// What the declaration's form says once for all of them.
void add_what_is_understood(Case& read) {
  for (auto& details : read.details) {
    if (details.value && details.currency.empty()) details.currency = kCanadianDollars;
    for (auto& item : details.items)
      if (item.value && item.currency.empty()) item.currency = kCanadianDollars;
    for (auto& document : details.documents)
      if (document.type.empty()) document.type = kCargoControl;
  }
}

core::Result<Case> parse_carm(std::string_view bytes, std::string_view name) {
  const auto tables = tables_in_use();
  const auto& table = tables->carm;
  Case read;
  if (is_json_object(bytes)) {
    CaseBuilder builder(name);
    builder.current().message.name = kCadName;
    PC_CHECK(read_json_table(bytes, name, table.json_rows(), builder));
    PC_TRY(read, std::move(builder).finish());
  } else {
    const XmlMessage messages[] = {{table.root(), kCadName, table.xml_rows()}};
    PC_TRY(read, parse_xml_messages(bytes, name, messages, {}, false));
  }
  if (read.declarations.empty() || read.declarations.front().lrn.empty())
    return core::Error{core::ErrorCode::kInvalidInput,
                       fmt::format("{}: {} without a transaction number", name, table.root())};
  add_what_is_understood(read);
  return read;
}

core::Result<Emitted> write_carm_status(const Case& c) {
  PC_TRY(const auto a, answered(c));
  XmlDraft draft("cad_status_draft");
  draft.put("status_number", a.id);
  draft.put("transaction_number", a.declaration->lrn);
  draft.put("registration_number", a.declaration->mrn);
  draft.put("container", a.decision->container);
  draft.put("scan", a.decision->scan_id);
  draft.put("decided", core::to_iso8601(a.decision->decided));
  draft.put("decision", core::decision_kind_name(a.decision->kind));
  draft.put("remarks", said_decision(*a.decision));
  return Emitted{a.id, draft.text()};
}

}  // namespace

const Adapter& carm_adapter() {
  static constexpr MessageWriter kWriters[] = {{"STATUS-DRAFT", write_carm_status}};
  static constexpr Adapter kAdapter = {"carm",          "field list", "CAD (JSON, XML)",
                                       looks_like_carm, parse_carm,   kWriters};
  return kAdapter;
}

}  // namespace portcullis::customs
