#include "customs/adapters/tables/tables.h"
#include "customs/adapters/tables/xml_draft.h"
#include "customs/adapters/xml_messages.h"

namespace portcullis::customs {

namespace {

using F = Field;

// Names: EU Customs Data Model, as the trader interface of ICS2 uses them.
constexpr TableRow kIcs2Declaration[] = {
    {"LRN", F::kLrn},
    {"MRN", F::kMrn},
    {"documentIssueDate", F::kSent},
    {"specificCircumstanceIndicator", F::kProcedure},
    {"Declarant/identificationNumber", F::kPartyId, "declarant"},
    {"Declarant/name", F::kPartyName, "declarant"},
    {"Representative/identificationNumber", F::kPartyId, "agent"},
    {"ActiveBorderTransportMeans", F::kBeginMeans, "border"},
    {"ActiveBorderTransportMeans/identificationNumber", F::kMeansId},
    {"ActiveBorderTransportMeans/typeOfIdentification", F::kMeansIdType},
    {"ActiveBorderTransportMeans/modeOfTransport", F::kMeansMode},
    {"ActiveBorderTransportMeans/nationality", F::kMeansNationality},
    {"ActiveBorderTransportMeans/conveyanceReferenceNumber", F::kVoyage},
    {"ConsignmentMasterLevel/totalGrossMass", F::kGrossMass},
    {"ConsignmentMasterLevel/referenceNumberUCR", F::kUcr},
    {"ConsignmentMasterLevel/Carrier/identificationNumber", F::kPartyId, "carrier"},
    {"ConsignmentMasterLevel/Consignor/identificationNumber", F::kPartyId, "consignor"},
    {"ConsignmentMasterLevel/Consignor/name", F::kPartyName, "consignor"},
    {"ConsignmentMasterLevel/Consignee/identificationNumber", F::kPartyId, "consignee"},
    {"ConsignmentMasterLevel/Consignee/name", F::kPartyName, "consignee"},
    {"ConsignmentMasterLevel/PlaceOfLoading/UNLocode", F::kPlace, "loading"},
    {"ConsignmentMasterLevel/PlaceOfUnloading/UNLocode", F::kPlace, "unloading"},
    {"ConsignmentMasterLevel/TransportDocument", F::kBeginDocument},
    {"ConsignmentMasterLevel/TransportDocument/type", F::kDocumentType},
    {"ConsignmentMasterLevel/TransportDocument/documentNumber", F::kDocumentReference},
    {"ConsignmentMasterLevel/TransportEquipment", F::kBeginContainer},
    {"ConsignmentMasterLevel/TransportEquipment/containerIdentificationNumber",
     F::kContainerNumber},
    {"ConsignmentMasterLevel/TransportEquipment/containerSizeAndType", F::kIsoType},
    {"ConsignmentMasterLevel/TransportEquipment/Seal/identifier", F::kSeal},
    {"ConsignmentMasterLevel/ConsignmentItem", F::kBeginItem},
    {"ConsignmentMasterLevel/ConsignmentItem/goodsItemNumber", F::kItemNumber},
    {"ConsignmentMasterLevel/ConsignmentItem/Commodity/descriptionOfGoods", F::kDescription},
    {"ConsignmentMasterLevel/ConsignmentItem/Commodity/CommodityCode/"
     "harmonizedSystemSubHeadingCode",
     F::kHsCode},
    {"ConsignmentMasterLevel/ConsignmentItem/Commodity/CommodityCode/combinedNomenclatureCode",
     F::kHsCode},
    {"ConsignmentMasterLevel/ConsignmentItem/Weight/grossMass", F::kItemGrossMass},
    {"ConsignmentMasterLevel/ConsignmentItem/Packaging/typeOfPackages", F::kPackageKind},
    {"ConsignmentMasterLevel/ConsignmentItem/Packaging/numberOfPackages", F::kItemPackages},
    {"ConsignmentMasterLevel/ConsignmentItem/Packaging/shippingMarks", F::kMarks},
    {"ConsignmentMasterLevel/ConsignmentItem/TransportEquipment/containerIdentificationNumber",
     F::kItemContainer},
};

constexpr TableRow kIcs2Notice[] = {
    {"LRN", F::kNoticeLrn},
    {"MRN", F::kNoticeMrn},
    {"documentIssueDate", F::kNoticeAt},
    {"ReferralRequestReference", F::kNoticeDetail},
    {"text", F::kNoticeDetail},
    {"TransportEquipment/containerIdentificationNumber", F::kNoticeContainer},
};

constexpr XmlMessage kIcs2Messages[] = {
    {"IE3F10", "IE3F10", kIcs2Declaration}, {"IE3F11", "IE3F11", kIcs2Declaration},
    {"IE3F12", "IE3F12", kIcs2Declaration}, {"IE3F13", "IE3F13", kIcs2Declaration},
    {"IE3F14", "IE3F14", kIcs2Declaration}, {"IE3F15", "IE3F15", kIcs2Declaration},
    {"IE3F16", "IE3F16", kIcs2Declaration}, {"IE3F17", "IE3F17", kIcs2Declaration},
    {"IE3F20", "IE3F20", kIcs2Declaration}, {"IE3F21", "IE3F21", kIcs2Declaration},
    {"IE3F22", "IE3F22", kIcs2Declaration}, {"IE3F23", "IE3F23", kIcs2Declaration},
    {"IE3F24", "IE3F24", kIcs2Declaration}, {"IE3F25", "IE3F25", kIcs2Declaration},
    {"IE3F26", "IE3F26", kIcs2Declaration}, {"IE3F27", "IE3F27", kIcs2Declaration},
    {"IE3F28", "IE3F28", kIcs2Declaration}, {"IE3F29", "IE3F29", kIcs2Declaration},
    {"IE3Q01", "IE3Q01", kIcs2Notice},      {"IE3Q02", "IE3Q02", kIcs2Notice},
    {"IE3Q03", "IE3Q03", kIcs2Notice},      {"IE3N03", "IE3N03", kIcs2Notice},
    {"IE3N06", "IE3N06", kIcs2Notice},
};

bool looks_like_ics2(std::string_view bytes) {
  return has_root(bytes, kIcs2Messages);
}

core::Result<Case> parse_ics2(std::string_view bytes, std::string_view name) {
  // What such a message says is its kind; its fields say of what.
  return parse_xml_messages(bytes, name, kIcs2Messages, "ics2-message");
}

core::Result<Emitted> write_ics2_result(const Case& c) {
  PC_TRY(const auto a, answered(c));
  XmlDraft draft("ControlResultDraft");
  draft.put("documentReference", a.id);
  draft.put("LRN", a.declaration->lrn);
  draft.put("MRN", a.declaration->mrn);
  draft.put("dateAndTime", core::to_iso8601(a.decision->decided));
  draft.put("containerIdentificationNumber", a.decision->container);
  // Without a result of customs' own only a release is one: the rest is still open.
  if (c.control_result)
    draft.put("controlResultCode", c.control_result->code);
  else if (a.decision->kind == core::DecisionKind::kRelease)
    draft.put("controlResultCode", "A1");
  draft.put("scanReference", a.decision->scan_id);
  draft.put("text", said_decision(*a.decision));
  return Emitted{a.id, draft.text()};
}

}  // namespace

const Adapter& ics2_adapter() {
  static constexpr MessageWriter kWriters[] = {{"CONTROL-RESULT", write_ics2_result}};
  static constexpr Adapter kAdapter = {
      "ics2",
      "field list",
      "IE3F10 to IE3F17, IE3F20 to IE3F29, IE3Q01 to Q03, IE3N03, N06",
      looks_like_ics2,
      parse_ics2,
      kWriters};
  return kAdapter;
}

}  // namespace portcullis::customs
