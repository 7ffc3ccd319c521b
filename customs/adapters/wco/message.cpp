#include <fmt/format.h>

#include <algorithm>

#include "customs/adapters/adapter.h"
#include "customs/adapters/safe_xml.h"
#include "customs/adapters/wco/changes.h"
#include "customs/adapters/wco/located.h"
#include "customs/adapters/wco/wco.h"
#include "customs/adapters/xml_table.h"

namespace portcullis::customs::wco {

namespace {

using F = Field;

// Element names are the WCO Data Model's. What parse_declaration() reads is known here.
constexpr TableRow kDeclarationRows[] = {
    {"FunctionCode", F::kFunction},
    {"FunctionalReferenceID", F::kKnown},
    {"ID", F::kKnown},
    {"TypeCode", F::kProcedure},
    {"IssueDateTime/DateTimeString", F::kSent},
    {"TotalPackageQuantity", F::kKnown},
    {"TotalGrossMassMeasure", F::kKnown},
    {"InvoiceAmount", F::kValue},
    {"Declarant/ID", F::kPartyId, "declarant"},
    {"Declarant/Name", F::kPartyName, "declarant"},
    {"Agent/ID", F::kPartyId, "agent"},
    {"Agent/Name", F::kPartyName, "agent"},
    {"Exporter/ID", F::kPartyId, "exporter"},
    {"Exporter/Name", F::kPartyName, "exporter"},
    {"Exporter/Address/Line", F::kPartyAddress, "exporter"},
    {"Exporter/Address/PostcodeID", F::kPartyAddress, "exporter"},
    {"Exporter/Address/CityName", F::kPartyAddress, "exporter"},
    {"Exporter/Address/CountryCode", F::kPartyCountry, "exporter"},
    {"Consignment/Carrier/ID", F::kPartyId, "carrier"},
    {"Consignment/Carrier/Name", F::kPartyName, "carrier"},
    {"Consignment/Itinerary/RoutingCountryCode", F::kPlace, "routing country"},
    {"Consignment/Itinerary/SequenceNumeric", F::kKnown},
    {"ExitOffice/ID", F::kPlace, "exit office"},
    {"SupervisingOffice/ID", F::kPlace, "supervising office"},
    {"BorderTransportMeans", F::kBeginMeans, "border"},
    {"BorderTransportMeans/ID", F::kMeansId},
    {"BorderTransportMeans/IdentificationTypeCode", F::kMeansIdType},
    {"BorderTransportMeans/ModeCode", F::kMeansMode},
    {"BorderTransportMeans/RegistrationNationalityCode", F::kMeansNationality},
    {"AdditionalDocument", F::kBeginDocument},
    {"AdditionalDocument/TypeCode", F::kDocumentType},
    {"AdditionalDocument/ID", F::kDocumentReference},
    {"GoodsShipment/Consignor/ID", F::kPartyId, "consignor"},
    {"GoodsShipment/Consignor/Name", F::kPartyName, "consignor"},
    {"GoodsShipment/Consignee/ID", F::kPartyId, "consignee"},
    {"GoodsShipment/Consignee/Name", F::kPartyName, "consignee"},
    {"GoodsShipment/Consignee/Address/Line", F::kPartyAddress, "consignee"},
    {"GoodsShipment/Consignee/Address/PostcodeID", F::kPartyAddress, "consignee"},
    {"GoodsShipment/Consignee/Address/CityName", F::kPartyAddress, "consignee"},
    {"GoodsShipment/Consignee/Address/CountryCode", F::kPartyCountry, "consignee"},
    {"GoodsShipment/Importer/ID", F::kPartyId, "importer"},
    {"GoodsShipment/Importer/Name", F::kPartyName, "importer"},
    {"GoodsShipment/ExportCountry/ID", F::kKnown},
    {"GoodsShipment/Destination/CountryCode", F::kKnown},
    {"GoodsShipment/Consignment/GoodsLocation/Name", F::kPlace, "goods location"},
    {"GoodsShipment/Consignment/ArrivalTransportMeans", F::kBeginMeans, "arrival"},
    {"GoodsShipment/Consignment/ArrivalTransportMeans/ID", F::kMeansId},
    {"GoodsShipment/Consignment/ArrivalTransportMeans/IdentificationTypeCode", F::kMeansIdType},
    {"GoodsShipment/Consignment/ArrivalTransportMeans/ModeCode", F::kMeansMode},
    {"GoodsShipment/Consignment/DepartureTransportMeans", F::kBeginMeans, "departure"},
    {"GoodsShipment/Consignment/DepartureTransportMeans/ID", F::kMeansId},
    {"GoodsShipment/Consignment/DepartureTransportMeans/IdentificationTypeCode", F::kMeansIdType},
    {"GoodsShipment/Consignment/DepartureTransportMeans/ModeCode", F::kMeansMode},
    {"GoodsShipment/Consignment/TransportEquipment/ID", F::kKnown},
    {"GoodsShipment/Consignment/TransportEquipment/SequenceNumeric", F::kKnown},
    {"GoodsShipment/Consignment/TransportEquipment/CharacteristicCode", F::kKnown},
    {"GoodsShipment/Consignment/TransportEquipment/FullnessCode", F::kKnown},
    {"GoodsShipment/Consignment/TransportEquipment/Seal/ID", F::kKnown},
    {"GoodsShipment/Consignment/TransportEquipment/Seal/SequenceNumeric", F::kKnown},
    {"GoodsShipment/PreviousDocument", F::kBeginDocument},
    {"GoodsShipment/PreviousDocument/TypeCode", F::kDocumentType},
    {"GoodsShipment/PreviousDocument/ID", F::kDocumentReference},
    {"GoodsShipment/UCR/ID", F::kKnown},
    {"GoodsShipment/UCR/TraderAssignedReferenceID", F::kKnown},
    {"GoodsShipment/GovernmentAgencyGoodsItem", F::kBeginItem},
    {"GoodsShipment/GovernmentAgencyGoodsItem/SequenceNumeric", F::kItemNumber},
    {"GoodsShipment/GovernmentAgencyGoodsItem/CustomsValueAmount", F::kItemValue},
    {"GoodsShipment/GovernmentAgencyGoodsItem/Origin/CountryCode", F::kItemOrigin},
    {"GoodsShipment/GovernmentAgencyGoodsItem/ExportCountry/ID", F::kKnown},
    {"GoodsShipment/GovernmentAgencyGoodsItem/Commodity/Description", F::kKnown},
    {"GoodsShipment/GovernmentAgencyGoodsItem/Commodity/Classification/ID", F::kKnown},
    {"GoodsShipment/GovernmentAgencyGoodsItem/Commodity/Classification/IdentificationTypeCode",
     F::kKnown},
    {"GoodsShipment/GovernmentAgencyGoodsItem/Commodity/GoodsMeasure/GrossMassMeasure", F::kKnown},
    {"GoodsShipment/GovernmentAgencyGoodsItem/Commodity/GoodsMeasure/NetNetWeightMeasure",
     F::kKnown},
    {"GoodsShipment/GovernmentAgencyGoodsItem/Commodity/InvoiceLine/ItemChargeAmount",
     F::kItemValue},
    {"GoodsShipment/GovernmentAgencyGoodsItem/Commodity/TransportEquipment/ID", F::kKnown},
    {"GoodsShipment/GovernmentAgencyGoodsItem/Commodity/TransportEquipment/SequenceNumeric",
     F::kKnown},
    {"GoodsShipment/GovernmentAgencyGoodsItem/TransportEquipment/ID", F::kKnown},
    {"GoodsShipment/GovernmentAgencyGoodsItem/TransportEquipment/SequenceNumeric", F::kKnown},
    {"GoodsShipment/GovernmentAgencyGoodsItem/Packaging/QuantityQuantity", F::kKnown},
    {"GoodsShipment/GovernmentAgencyGoodsItem/Packaging/TypeCode", F::kKnown},
    {"GoodsShipment/GovernmentAgencyGoodsItem/Packaging/SequenceNumeric", F::kKnown},
    {"GoodsShipment/GovernmentAgencyGoodsItem/Packaging/MarksNumbersID", F::kMarks},
};

constexpr TableRow kResponseRows[] = {
    {"FunctionCode", F::kNoticeCode, "wco-function"},
    {"FunctionalReferenceID", F::kMessageId},
    {"IssueDateTime/DateTimeString", F::kNoticeAt},
    {"Declaration/FunctionalReferenceID", F::kNoticeLrn},
    {"Declaration/ID", F::kNoticeMrn},
    {"AdditionalInformation/StatementDescription", F::kNoticeDetail},
    {"Status/NameCode", F::kNoticeDetail},
    {"Error/ValidationCode", F::kNoticeDetail},
};

/// A request of the declarant (DEC with function 13): which declaration it speaks of, and why.
constexpr TableRow kRequestRows[] = {
    {"FunctionCode", F::kFunction},
    {"TypeCode", F::kNoticeCode, "wco-request"},
    {"FunctionalReferenceID", F::kNoticeLrn},
    {"ID", F::kNoticeMrn},
    {"IssueDateTime/DateTimeString", F::kNoticeAt},
    {"AdditionalInformation/StatementDescription", F::kNoticeDetail},
};
constexpr std::string_view kRequest = "13";  // UN/EDIFACT 1225.

/// The MetaData's own values.
void read_metadata(const pugi::xml_node& metadata, MessageHead& head) {
  head.version = text_of(child_of(metadata, "WCODataModelVersionCode"));
  head.sender = text_of(child_of(metadata, "ResponsibleAgencyName"));
}

/// What stands around the body that is read, and that read_metadata() does not read.
void keep_around(const pugi::xml_node& node, const pugi::xml_node& body, CaseBuilder& builder) {
  if (node == body) return;
  for (const auto& child : node.children()) {
    if (child.type() != pugi::node_element || child == body) continue;
    const auto name = local_name(child);
    const auto text = text_of(child);
    if (!text.empty() && name != "WCODataModelVersionCode" && name != "ResponsibleAgencyName" &&
        name != "WCOTypeName")
      builder.keep_unknown(path_of(child), std::string(text));
    keep_around(child, body, builder);
  }
}

/// The classifications of an item that are no part of its commodity code: additional codes.
void keep_other_classifications(const pugi::xml_node& declaration, CaseBuilder& builder) {
  const auto each = [](const pugi::xml_node& node, std::string_view name, const auto& visit) {
    for (const auto& child : node.children())
      if (child.type() == pugi::node_element && local_name(child) == name) visit(child);
  };
  std::size_t number = 0;
  const auto& items = builder.declaration().items;
  each(child_of(declaration, "GoodsShipment"), "GovernmentAgencyGoodsItem", [&](const auto& item) {
    const auto code =
        number < items.size() ? std::string_view(items[number].hs_code) : std::string_view();
    ++number;
    std::size_t used = 0;  // digits of the commodity code that were met
    each(child_of(item, "Commodity"), "Classification", [&](const auto& node) {
      const auto id = text_of(child_of(node, "ID"));
      const auto type = text_of(child_of(node, "IdentificationTypeCode"));
      if ((type == "TSP" || type == "TRC") && used < code.size() && !id.empty() &&
          code.substr(used).starts_with(id)) {
        used += id.size();
        return;
      }
      if (!id.empty()) builder.keep_unknown(path_of(node) + "/ID", std::string(id));
      if (!type.empty())
        builder.keep_unknown(path_of(node) + "/IdentificationTypeCode", std::string(type));
    });
  });
}

/// Declaration elements of a response that hold the values of an amendment: those that name no
/// declaration.
std::vector<pugi::xml_node> amended_parts(const pugi::xml_node& response) {
  std::vector<pugi::xml_node> parts;
  for (const auto& node : response.children())
    if (local_name(node) == "Declaration" && !child_of(node, "ID") &&
        !child_of(node, "FunctionalReferenceID"))
      parts.push_back(node);
  return parts;
}

core::Result<Case> parse_response(const pugi::xml_node& metadata, pugi::xml_node response,
                                  std::string_view name) {
  CaseBuilder builder(name);
  std::vector<DeclaredChange> changes;
  if (const auto parts = amended_parts(response);
      text_of(child_of(response, "FunctionCode")) == "07") {
    changes = read_changes(response, parts);
    for (const auto& part : parts) response.remove_child(part);
  }
  read_table(response, kResponseRows, builder);
  if (!builder.problem() && text_of(child_of(response, "FunctionCode")).empty())
    builder.fail(path_of(response) + "/FunctionCode", "is missing");
  auto& c = builder.current();
  if (!changes.empty() && !c.notices.empty()) c.notices.back().changes = std::move(changes);
  c.message.name = "RES";
  read_metadata(metadata, c.message);
  keep_around(metadata, response, builder);
  return std::move(builder).finish();
}

core::Result<Case> parse_request(const Located& found, std::string_view name) {
  CaseBuilder builder(name);
  auto declaration = found.declaration;
  const auto type = text_of(child_of(declaration, "TypeCode"));
  std::vector<DeclaredChange> changes;
  if (type != "INV") {
    changes = read_changes(declaration, {declaration});
    for (auto child = declaration.first_child(); child;) {
      const auto next = child.next_sibling();
      const auto of = local_name(child);
      const bool is_head = std::any_of(
          std::begin(kRequestRows), std::end(kRequestRows),
          [&](const auto& row) { return row.path.substr(0, row.path.find('/')) == of; });
      if (child.type() == pugi::node_element && !is_head && of != "Amendment")
        declaration.remove_child(child);
      child = next;
    }
  }
  read_table(declaration, kRequestRows, builder);
  auto& c = builder.current();
  if (!builder.problem() && type.empty())
    builder.fail(path_of(declaration) + "/TypeCode", "is missing");
  if (!builder.problem() && text_of(child_of(declaration, "ID")).empty() &&
      text_of(child_of(declaration, "FunctionalReferenceID")).empty())
    builder.fail(path_of(declaration) + "/ID",
                 "is missing (and there is no FunctionalReferenceID either)");
  if (!c.notices.empty()) c.notices.back().changes = std::move(changes);
  c.message.name = "DEC";
  read_metadata(found.metadata, c.message);
  return std::move(builder).finish();
}

core::Result<Case> parse_message(std::string_view bytes, std::string_view name) {
  PC_TRY(const auto document, read_untrusted_xml(bytes, name));
  const auto root = document->document_element();
  const auto found = locate(root);
  const auto response =
      local_name(root) == "Response" ? root : child_of(found.metadata, "Response");
  if (response) return parse_response(found.metadata, response, name);
  if (found.declaration && text_of(child_of(found.declaration, "FunctionCode")) == kRequest)
    return parse_request(found, name);
  // Two readers: one for what checks need, with its own rules; the table for all the rest.
  PC_TRY(auto declaration, read_declaration(root, name));
  CaseBuilder builder(name);
  read_table(found.declaration, kDeclarationRows, builder);
  auto& c = builder.current();
  const auto message_id = declaration.message_id;
  builder.declaration() = std::move(declaration);
  c.message.name = "DEC";
  c.message.id = message_id;
  read_metadata(found.metadata, c.message);
  keep_around(root, found.declaration, builder);
  keep_other_classifications(found.declaration, builder);
  if (const auto kind = case_kind_from(builder.declaration().procedure))
    builder.details().kind = *kind;
  return std::move(builder).finish();
}

core::Result<Emitted> write_response(const Case& c) {
  PC_TRY(const auto* declaration, answered_declaration(c));
  PC_TRY(const auto* decision, answered_decision(c));
  PC_TRY(auto notification, emit_notification(*decision, *declaration));
  return Emitted{std::move(notification.message_id), std::move(notification.xml)};
}

}  // namespace

const Adapter& adapter() {
  static constexpr MessageWriter kWriters[] = {{"RES", write_response}, {"DEC", write_declaration}};
  static constexpr Adapter kAdapter = {"wco",         "published samples and schemas",
                                       "DEC, RES",    looks_like_message,
                                       parse_message, kWriters};
  return kAdapter;
}

}  // namespace portcullis::customs::wco
