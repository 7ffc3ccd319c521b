#include "customs/adapters/adapter.h"
#include "customs/adapters/tables/tables.h"
#include "customs/adapters/xml_messages.h"

namespace portcullis::customs {

namespace {

using F = Field;

// Names: Korea Customs Service's open interface API001, cargo clearance progress.
constexpr TableRow kProgress[] = {
    {"cargCsclPrgsInfoQryVo", F::kBeginNotice, "unipass-status"},
    {"cargCsclPrgsInfoQryVo/cargMtNo", F::kLrn},
    {"cargCsclPrgsInfoQryVo/cargMtNo", F::kNoticeLrn},
    {"cargCsclPrgsInfoQryVo/csclPrgsStts", F::kNoticeCode, "unipass-status"},
    {"cargCsclPrgsInfoQryVo/prgsStts", F::kNoticeDetail},
    {"cargCsclPrgsInfoQryVo/prcsDttm", F::kNoticeAt},
    {"cargCsclPrgsInfoQryVo/mblNo", F::kBeginDocument},
    {"cargCsclPrgsInfoQryVo/mblNo", F::kDocumentReference},
    {"cargCsclPrgsInfoQryVo/hblNo", F::kBeginDocument},
    {"cargCsclPrgsInfoQryVo/hblNo", F::kDocumentReference},
    {"cargCsclPrgsInfoQryVo/shipNm", F::kManifestVessel},
    {"cargCsclPrgsInfoQryVo/vydf", F::kManifestVoyage},
    {"cargCsclPrgsInfoQryVo/ldprCd", F::kManifestLoading},
    {"cargCsclPrgsInfoQryVo/dsprCd", F::kManifestDischarge},
    {"cargCsclPrgsInfoQryVo/etprDt", F::kManifestArrival},
    {"cargCsclPrgsInfoQryVo/lodCntyCd", F::kOriginCountry},
    {"cargCsclPrgsInfoQryVo/etprCstm", F::kPlace, "entry office"},
    {"cargCsclPrgsInfoQryVo/frwrEntsConm", F::kPartyName, "forwarder"},
    {"cargCsclPrgsInfoQryVo/pckGcnt", F::kPackages},
    {"cargCsclPrgsInfoQryVo/ttwg", F::kGrossMass},
    {"cargCsclPrgsInfoQryVo/wghtUt", F::kGrossMassUnit},
    {"cargCsclPrgsInfoQryVo/prnm", F::kBeginItem},
    {"cargCsclPrgsInfoQryVo/prnm", F::kDescription},
    {"cargCsclPrgsInfoQryVo/cntrNo", F::kBeginContainer},
    {"cargCsclPrgsInfoQryVo/cntrNo", F::kContainerNumber},
    {"tCnt", F::kKnown},
};
constexpr XmlMessage kUnipassMessages[] = {{"cargCsclPrgsInfoQryRtnVo", "API001", kProgress}};

bool looks_like_unipass(std::string_view bytes) {
  return has_root(bytes, kUnipassMessages);
}
core::Result<Case> parse_unipass(std::string_view bytes, std::string_view name) {
  return parse_xml_messages(bytes, name, kUnipassMessages);
}

}  // namespace

const Adapter& unipass_adapter() {
  static constexpr Adapter kAdapter = {"unipass",          "field list",  "API001",
                                       looks_like_unipass, parse_unipass, {}};
  return kAdapter;
}

}  // namespace portcullis::customs
