#include "customs/adapters/tables/tables.h"
#include "customs/adapters/tables/xml_draft.h"
#include "customs/adapters/xml_messages.h"

namespace portcullis::customs {

namespace {

using F = Field;

// Names: the XML that ASYCUDA World's declaration screen imports and exports.
constexpr TableRow kSad[] = {
    {"Identification/Office_segment/Customs_clearance_office_code", F::kPlace, "clearance office"},
    {"Identification/Type/Type_of_declaration", F::kProcedure, "asycuda-type"},
    {"Identification/Type/Declaration_gen_procedure_code", F::kKnown},
    {"Identification/Manifest_reference_number", F::kBeginDocument},
    {"Identification/Manifest_reference_number", F::kDocumentReference},
    {"Identification/Registration/Date", F::kSent},
    {"Identification/Selectivity_lane", F::kChannel, "asycuda-lane"},
    {"Traders/Exporter/Exporter_code", F::kPartyId, "exporter"},
    {"Traders/Exporter/Exporter_name", F::kPartyName, "exporter"},
    {"Traders/Consignee/Consignee_code", F::kPartyId, "consignee"},
    {"Traders/Consignee/Consignee_name", F::kPartyName, "consignee"},
    {"Declarant/Declarant_code", F::kPartyId, "declarant"},
    {"Declarant/Declarant_name", F::kPartyName, "declarant"},
    {"Declarant/Reference/Number", F::kLrn},
    {"General_information/Country/Export/Export_country_code", F::kOriginCountry},
    {"General_information/Country/Destination/Destination_country_code", F::kDestinationCountry},
    {"Transport/Means_of_transport/Departure_arrival_information", F::kBeginMeans, "arrival"},
    {"Transport/Means_of_transport/Departure_arrival_information/Identity", F::kMeansId},
    {"Transport/Means_of_transport/Departure_arrival_information/Nationality",
     F::kMeansNationality},
    {"Transport/Means_of_transport/Border_information", F::kBeginMeans, "border"},
    {"Transport/Means_of_transport/Border_information/Identity", F::kMeansId},
    {"Transport/Means_of_transport/Border_information/Nationality", F::kMeansNationality},
    {"Transport/Means_of_transport/Border_information/Mode", F::kMeansMode},
    {"Transport/Place_of_loading/Code", F::kPlace, "loading"},
    {"Transport/Location_of_goods", F::kPlace, "goods location"},
    {"Property/Nbers/Total_number_of_packages", F::kPackages},
    {"Valuation/Weight/Gross_weight", F::kGrossMass},
    {"Container", F::kBeginContainer},
    {"Container/Container_identity", F::kContainerNumber},
    {"Container/Container_type", F::kIsoType},
    {"Container/Item_Number", F::kContainerItem},
    {"Item", F::kBeginItem},
    {"Item/Packages/Number_of_packages", F::kItemPackages},
    {"Item/Packages/Kind_of_packages_code", F::kPackageKind},
    {"Item/Packages/Marks1_of_packages", F::kMarks},
    {"Item/Packages/Marks2_of_packages", F::kMarks},
    {"Item/Tarification/HScode/Commodity_code", F::kHsCode},
    {"Item/Tarification/HScode/Precision_1", F::kHsCode},
    {"Item/Tarification/Item_price", F::kItemValue},
    {"Item/Goods_description/Country_of_origin_code", F::kItemOrigin},
    {"Item/Goods_description/Description_of_goods", F::kDescription},
    {"Item/Goods_description/Commercial_Description", F::kDescription},
    {"Item/Valuation_item/Weight_itm/Gross_weight_itm", F::kItemGrossMass},
    {"Item/Valuation_item/Weight_itm/Net_weight_itm", F::kItemNetMass},
    {"Item/Attached_documents", F::kBeginDocument},
    {"Item/Attached_documents/Attached_document_code", F::kDocumentType},
    {"Item/Attached_documents/Attached_document_reference", F::kDocumentReference},
};
constexpr XmlMessage kAsycudaMessages[] = {{"ASYCUDA", "SAD", kSad}};

bool looks_like_asycuda(std::string_view bytes) {
  return has_root(bytes, kAsycudaMessages);
}
core::Result<Case> parse_asycuda(std::string_view bytes, std::string_view name) {
  return parse_xml_messages(bytes, name, kAsycudaMessages);
}

core::Result<Emitted> write_inspection_act(const Case& c) {
  PC_TRY(const auto a, answered(c));
  XmlDraft draft("Inspection_act");
  draft.put("Act_reference", a.id);
  draft.put("Declarant_reference", a.declaration->lrn);
  draft.put("Registration_reference", a.declaration->mrn);
  draft.put("Date", core::to_iso8601(a.decision->decided));
  draft.put("Officer", a.decision->officer);
  draft.put("Container_identity", a.decision->container);
  draft.put("Scan_reference", a.decision->scan_id);
  draft.put("Result", core::decision_kind_name(a.decision->kind));
  draft.put("Remarks", said_decision(*a.decision));
  return Emitted{a.id, draft.text()};
}

}  // namespace

const Adapter& asycuda_adapter() {
  static constexpr MessageWriter kWriters[] = {{"INSPECTION-ACT", write_inspection_act}};
  static constexpr Adapter kAdapter = {"asycuda",          "field list",  "SAD",
                                       looks_like_asycuda, parse_asycuda, kWriters};
  return kAdapter;
}

}  // namespace portcullis::customs
