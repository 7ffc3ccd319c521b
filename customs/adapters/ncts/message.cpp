#include <fmt/format.h>

#include <algorithm>
#include <pugixml.hpp>
#include <sstream>

#include "customs/adapters/adapter.h"
#include "customs/adapters/ncts/ncts.h"
#include "customs/adapters/quotable.h"
#include "customs/adapters/xml_messages.h"

namespace portcullis::customs::ncts {

namespace {

using F = Field;

// Names of elements: schemas of NCTS phase 5 (DDNTA).
constexpr TableRow kDeclaration[] = {
    {"messageSender", F::kSender},
    {"messageRecipient", F::kRecipient},
    {"preparationDateAndTime", F::kSent},
    {"messageIdentification", F::kMessageId},
    {"messageType", F::kKnown},
    {"TransitOperation", F::kKind, "transit"},
    {"TransitOperation/LRN", F::kLrn},
    {"TransitOperation/declarationType", F::kProcedure},
    {"CustomsOfficeOfDeparture/referenceNumber", F::kPlace, "departure office"},
    {"CustomsOfficeOfDestinationDeclared/referenceNumber", F::kPlace, "destination office"},
    {"CustomsOfficeOfTransitDeclared/referenceNumber", F::kPlace, "transit office"},
    {"CustomsOfficeOfExitForTransitDeclared/referenceNumber", F::kPlace, "exit office"},
    {"HolderOfTheTransitProcedure/identificationNumber", F::kPartyId, "holder"},
    {"HolderOfTheTransitProcedure/name", F::kPartyName, "holder"},
    {"HolderOfTheTransitProcedure/Address/streetAndNumber", F::kPartyAddress, "holder"},
    {"HolderOfTheTransitProcedure/Address/postcode", F::kPartyAddress, "holder"},
    {"HolderOfTheTransitProcedure/Address/city", F::kPartyAddress, "holder"},
    {"HolderOfTheTransitProcedure/Address/country", F::kPartyCountry, "holder"},
    {"Representative/identificationNumber", F::kPartyId, "agent"},
    {"Consignment/countryOfDispatch", F::kOriginCountry},
    {"Consignment/countryOfDestination", F::kDestinationCountry},
    {"Consignment/grossMass", F::kGrossMass},
    {"Consignment/referenceNumberUCR", F::kUcr},
    {"Consignment/Carrier/identificationNumber", F::kPartyId, "carrier"},
    {"Consignment/Consignor/identificationNumber", F::kPartyId, "consignor"},
    {"Consignment/Consignor/name", F::kPartyName, "consignor"},
    {"Consignment/Consignor/Address/streetAndNumber", F::kPartyAddress, "consignor"},
    {"Consignment/Consignor/Address/postcode", F::kPartyAddress, "consignor"},
    {"Consignment/Consignor/Address/city", F::kPartyAddress, "consignor"},
    {"Consignment/Consignor/Address/country", F::kPartyCountry, "consignor"},
    {"Consignment/Consignee/identificationNumber", F::kPartyId, "consignee"},
    {"Consignment/Consignee/name", F::kPartyName, "consignee"},
    {"Consignment/Consignee/Address/streetAndNumber", F::kPartyAddress, "consignee"},
    {"Consignment/Consignee/Address/postcode", F::kPartyAddress, "consignee"},
    {"Consignment/Consignee/Address/city", F::kPartyAddress, "consignee"},
    {"Consignment/Consignee/Address/country", F::kPartyCountry, "consignee"},
    {"Consignment/TransportEquipment", F::kBeginContainer},
    {"Consignment/TransportEquipment/sequenceNumber", F::kKnown},
    {"Consignment/TransportEquipment/containerIdentificationNumber", F::kContainerNumber},
    {"Consignment/TransportEquipment/numberOfSeals", F::kKnown},
    {"Consignment/TransportEquipment/Seal/sequenceNumber", F::kKnown},
    {"Consignment/TransportEquipment/Seal/identifier", F::kSeal},
    {"Consignment/TransportEquipment/GoodsReference/sequenceNumber", F::kKnown},
    {"Consignment/TransportEquipment/GoodsReference/declarationGoodsItemNumber", F::kContainerItem},
    {"Consignment/DepartureTransportMeans", F::kBeginMeans, "departure"},
    {"Consignment/DepartureTransportMeans/sequenceNumber", F::kKnown},
    {"Consignment/DepartureTransportMeans/typeOfIdentification", F::kMeansIdType},
    {"Consignment/DepartureTransportMeans/identificationNumber", F::kMeansId},
    {"Consignment/DepartureTransportMeans/nationality", F::kMeansNationality},
    {"Consignment/ActiveBorderTransportMeans", F::kBeginMeans, "border"},
    {"Consignment/ActiveBorderTransportMeans/sequenceNumber", F::kKnown},
    {"Consignment/ActiveBorderTransportMeans/typeOfIdentification", F::kMeansIdType},
    {"Consignment/ActiveBorderTransportMeans/identificationNumber", F::kMeansId},
    {"Consignment/ActiveBorderTransportMeans/nationality", F::kMeansNationality},
    {"Consignment/ActiveBorderTransportMeans/conveyanceReferenceNumber", F::kVoyage},
    {"Consignment/CountryOfRoutingOfConsignment/country", F::kPlace, "routing country"},
    {"Consignment/PlaceOfLoading/UNLocode", F::kPlace, "loading"},
    {"Consignment/PlaceOfUnloading/UNLocode", F::kPlace, "unloading"},
    {"Consignment/PreviousDocument", F::kBeginDocument},
    {"Consignment/PreviousDocument/type", F::kDocumentType},
    {"Consignment/PreviousDocument/referenceNumber", F::kDocumentReference},
    {"Consignment/TransportDocument", F::kBeginDocument},
    {"Consignment/TransportDocument/type", F::kDocumentType},
    {"Consignment/TransportDocument/referenceNumber", F::kDocumentReference},
    {"Consignment/HouseConsignment/ConsignmentItem", F::kBeginItem},
    {"Consignment/HouseConsignment/ConsignmentItem/declarationGoodsItemNumber", F::kItemNumber},
    {"Consignment/HouseConsignment/ConsignmentItem/Commodity/descriptionOfGoods", F::kDescription},
    {"Consignment/HouseConsignment/ConsignmentItem/Commodity/CommodityCode/"
     "harmonizedSystemSubHeadingCode",
     F::kHsCode},
    {"Consignment/HouseConsignment/ConsignmentItem/Commodity/CommodityCode/"
     "combinedNomenclatureCode",
     F::kHsCode},
    {"Consignment/HouseConsignment/ConsignmentItem/Commodity/GoodsMeasure/grossMass",
     F::kItemGrossMass},
    {"Consignment/HouseConsignment/ConsignmentItem/Commodity/GoodsMeasure/netMass",
     F::kItemNetMass},
    {"Consignment/HouseConsignment/ConsignmentItem/Packaging/typeOfPackages", F::kPackageKind},
    {"Consignment/HouseConsignment/ConsignmentItem/Packaging/numberOfPackages", F::kItemPackages},
    {"Consignment/HouseConsignment/ConsignmentItem/Packaging/shippingMarks", F::kMarks},
};

constexpr TableRow kControlDecision[] = {
    {"messageSender", F::kSender},
    {"messageRecipient", F::kRecipient},
    {"preparationDateAndTime", F::kSent},
    {"messageIdentification", F::kMessageId},
    {"messageType", F::kKnown},
    {"TransitOperation", F::kBeginNotice, "ncts-notification-type"},
    {"TransitOperation/LRN", F::kNoticeLrn},
    {"TransitOperation/MRN", F::kNoticeMrn},
    {"TransitOperation/controlNotificationDateAndTime", F::kNoticeAt},
    {"TransitOperation/notificationType", F::kNoticeCode, "ncts-notification-type"},
    {"TypeOfControls/type", F::kNoticeDetail},
    {"TypeOfControls/text", F::kNoticeDetail},
    {"RequestedDocument/documentType", F::kNoticeDetail},
    {"RequestedDocument/description", F::kNoticeDetail},
};

constexpr TableRow kUnloadingRemarks[] = {
    {"messageSender", F::kSender},
    {"messageRecipient", F::kRecipient},
    {"preparationDateAndTime", F::kSent},
    {"messageIdentification", F::kMessageId},
    {"messageType", F::kKnown},
    {"TransitOperation/MRN", F::kMrn},
    {"TransitOperation", F::kKind, "transit"},
    {"CustomsOfficeOfDestinationActual/referenceNumber", F::kPlace, "destination office"},
    {"TraderAtDestination/identificationNumber", F::kPartyId, "consignee"},
    {"UnloadingRemark", F::kBeginNotice, "ncts-conform"},
    {"UnloadingRemark/conform", F::kNoticeCode, "ncts-conform"},
    {"UnloadingRemark/unloadingDate", F::kNoticeAt},
    {"UnloadingRemark/unloadingRemark", F::kNoticeDetail},
};

constexpr XmlMessage kMessages[] = {{"CC015C", "CC015C", kDeclaration},
                                    {"CC060C", "CC060C", kControlDecision},
                                    {"CC044C", "CC044C", kUnloadingRemarks}};

bool looks_like_ncts(std::string_view bytes) {
  return has_root(bytes, kMessages);
}

core::Result<Case> parse_ncts(std::string_view bytes, std::string_view name) {
  PC_TRY(auto read, parse_xml_messages(bytes, name, kMessages));
  // What was remarked refers to the declaration of the same message.
  if (read.message.name == "CC044C" && !read.declarations.empty()) {
    for (auto& notice : read.notices) notice.mrn = read.declarations.front().mrn;
  }
  return read;
}

void put(pugi::xml_node parent, const char* name, std::string_view text) {
  parent.append_child(name).text().set(std::string(text).c_str());
}

core::Result<Emitted> write_unloading_remarks(const Case& c) {
  PC_TRY(const auto* declaration, answered_declaration(c));
  PC_TRY(const auto* decision, answered_decision(c));
  const auto lacks = [](std::string_view what) {
    return core::Error{core::ErrorCode::kInvalidInput, std::string(what)};
  };
  if (declaration->mrn.empty())
    return lacks("declaration.mrn: is empty; unloading remarks refer to it");
  std::string office;
  std::string trader;
  if (!c.details.empty()) {
    for (const auto& place : c.details.front().places)
      if (place.role == "destination office") office = place.code;
    for (const std::string_view role : {"consignee", "holder"}) {
      for (const auto& p : c.details.front().parties)
        if (trader.empty() && p.role == role) trader = p.id;
    }
  }
  if (office.size() != 8)
    return lacks("declaration.details.places: no \"destination office\" of eight characters");
  if (trader.empty() || trader.size() > 17)
    return lacks(
        "declaration.details.parties: no consignee or holder with an id of 1 to 17 characters");
  const bool conform = decision->kind == core::DecisionKind::kRelease;
  auto id = answer_id(*decision, *declaration);
  pugi::xml_document document;
  auto head = document.append_child(pugi::node_declaration);
  head.append_attribute("version") = "1.0";
  head.append_attribute("encoding") = "UTF-8";
  auto root = document.append_child("ncts:CC044C");
  root.append_attribute("PhaseID") = "NCTS5.0";
  root.append_attribute("xmlns:ncts") = "http://ncts.dgtaxud.ec";
  const auto at = core::to_iso8601(decision->decided);
  put(root, "messageSender", clean_text(trader, 35));
  put(root, "messageRecipient", fmt::format("NTA.{}", office.substr(0, 2)));
  put(root, "preparationDateAndTime", at.substr(0, 19));
  put(root, "messageIdentification", id);
  put(root, "messageType", "CC044C");
  put(root.append_child("TransitOperation"), "MRN", declaration->mrn);
  put(root.append_child("CustomsOfficeOfDestinationActual"), "referenceNumber", office);
  put(root.append_child("TraderAtDestination"), "identificationNumber", clean_text(trader, 17));
  auto remark = root.append_child("UnloadingRemark");
  put(remark, "conform", conform ? "1" : "0");
  put(remark, "unloadingCompletion", "0");  // A scan unloads nothing.
  put(remark, "unloadingDate", at.substr(0, 10));
  put(remark, "unloadingRemark",
      clean_text(
          fmt::format("DRAFT: X-ray image {}: {}", decision->scan_id, said_decision(*decision)),
          512));
  std::ostringstream out;
  document.save(out, "  ", pugi::format_default, pugi::encoding_utf8);
  return Emitted{std::move(id), out.str()};
}

}  // namespace

const Adapter& adapter() {
  static constexpr MessageWriter kWriters[] = {{"CC044C", write_unloading_remarks}};
  static constexpr Adapter kAdapter = {"ncts",
                                       "published samples and schemas",
                                       "CC015C, CC060C, CC044C",
                                       looks_like_ncts,
                                       parse_ncts,
                                       kWriters};
  return kAdapter;
}

}  // namespace portcullis::customs::ncts
