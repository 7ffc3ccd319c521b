#include <fmt/format.h>

#include "customs/adapters/tables/tables.h"
#include "customs/adapters/tables/xml_draft.h"
#include "customs/adapters/xml_messages.h"

namespace portcullis::customs {

namespace {

using F = Field;

// A permit's key is the declarant's entity number, the date and the sequence number; the other
// names are our field list.
constexpr TableRow kPermit[] = {
    {"message_type", F::kProcedure, "tradenet-type"},
    {"cr_uei_no", F::kPartyId, "declarant"},
    {"date", F::kSent},
    {"seq_no", F::kMessageVersion},  // Joined to the key when all is read.
    {"permit_no", F::kMrn},
    {"importer/uei_no", F::kPartyId, "importer"},
    {"importer/name", F::kPartyName, "importer"},
    {"exporter/uei_no", F::kPartyId, "exporter"},
    {"exporter/name", F::kPartyName, "exporter"},
    {"consignee/name", F::kPartyName, "consignee"},
    {"origin_country", F::kOriginCountry},
    {"destination_country", F::kDestinationCountry},
    {"gross_weight_kg", F::kGrossMass},
    {"packages", F::kPackages},
    {"conveyance", F::kBeginMeans, "main"},
    {"conveyance/mode", F::kMeansMode},
    {"conveyance/id", F::kMeansId},
    {"conveyance/name", F::kMeansName},
    {"conveyance/voyage", F::kVoyage},
    {"container", F::kBeginContainer},
    {"container/number", F::kContainerNumber},
    {"container/type", F::kIsoType},
    {"container/seal", F::kSeal},
    {"item", F::kBeginItem},
    {"item/seq_no", F::kItemNumber},
    {"item/hs_code", F::kHsCode},
    {"item/description", F::kDescription},
    {"item/origin_country", F::kItemOrigin},
    {"item/packages", F::kItemPackages},
    {"item/package_type", F::kPackageKind},
    {"item/gross_weight_kg", F::kItemGrossMass},
    {"item/net_weight_kg", F::kItemNetMass},
    {"item/value", F::kItemValue},
    {"item/currency", F::kItemCurrency},
};
constexpr XmlMessage kTradenetMessages[] = {{"tradenet_permit", "PERMIT", kPermit}};

bool looks_like_tradenet(std::string_view bytes) {
  return has_root(bytes, kTradenetMessages) ||
         (is_json_object(bytes) && bytes.find("\"cr_uei_no\"") != std::string_view::npos);
}

core::Result<Case> parse_tradenet(std::string_view bytes, std::string_view name) {
  Case read;
  if (is_json_object(bytes)) {
    CaseBuilder builder(name);
    builder.current().message.name = "PERMIT";
    PC_CHECK(read_json_table(bytes, name, kPermit, builder));
    PC_TRY(read, std::move(builder).finish());
  } else {
    // Its reference is put together below.
    PC_TRY(read, parse_xml_messages(bytes, name, kTradenetMessages, {}, false));
  }
  auto& head = read.message;
  const auto& declarant =
      read.declarations.empty() ? std::string() : read.declarations.front().declarant;
  if (declarant.empty() || head.sent.empty() || head.version.empty()) {
    return core::Error{core::ErrorCode::kInvalidInput,
                       fmt::format("{}: cr_uei_no, date or seq_no: is missing", name)};
  }
  read.declarations.front().lrn = fmt::format("{}-{}-{}", declarant, head.sent, head.version);
  head.id = read.declarations.front().lrn;
  head.version.clear();
  return read;
}

core::Result<Emitted> write_inspection_note(const Case& c) {
  PC_TRY(const auto a, answered(c));
  XmlDraft draft("inspection_note");
  draft.put("note_no", a.id);
  draft.put("permit_key", a.declaration->lrn);
  draft.put("permit_no", a.declaration->mrn);
  draft.put("container", a.decision->container);
  draft.put("scan", a.decision->scan_id);
  draft.put("decided", core::to_iso8601(a.decision->decided));
  draft.put("decision", core::decision_kind_name(a.decision->kind));
  draft.put("remarks", said_decision(*a.decision));
  return Emitted{a.id, draft.text()};
}

core::Result<Emitted> write_status_query(const Case& c) {
  PC_TRY(const auto* declaration, answered_declaration(c));
  XmlDraft draft("status_query");
  draft.put("permit_key", declaration->lrn);
  draft.put("permit_no", declaration->mrn);
  return Emitted{declaration->lrn.empty() ? declaration->mrn : declaration->lrn, draft.text()};
}

}  // namespace

const Adapter& tradenet_adapter() {
  static constexpr MessageWriter kWriters[] = {{"INSPECTION-NOTE", write_inspection_note},
                                               {"STATUS-QUERY", write_status_query}};
  static constexpr Adapter kAdapter = {"tradenet",          "field list",   "permits (JSON, XML)",
                                       looks_like_tradenet, parse_tradenet, kWriters};
  return kAdapter;
}

}  // namespace portcullis::customs
