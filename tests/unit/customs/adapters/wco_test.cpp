#include "customs/adapters/wco/wco.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "core/files.h"
#include "customs/adapters/parse.h"
#include "customs/model/case.h"

namespace portcullis::customs {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kData = "tests/data/customs/wco/";

core::Declaration parse_sample(const std::string& name) {
  auto declaration = parse_declaration_file(kData + name);
  EXPECT_TRUE(declaration.ok()) << declaration.error().message;
  return declaration.ok() ? *declaration : core::Declaration{};
}

// Expected values were read in the files with an editor.
TEST(WcoDeclaration, ExportWithContainerAndSeal) {
  const auto d = parse_sample("Step1_TT_EX015a.xml");
  EXPECT_EQ(d.system, "wco");
  EXPECT_EQ(d.procedure, "export");
  EXPECT_EQ(d.lrn, "7849431ZBEWB");
  EXPECT_EQ(d.mrn, "");
  EXPECT_EQ(d.declarant, "GB150454489082");
  EXPECT_EQ(d.consignor, "GB150454489082");
  EXPECT_EQ(d.consignee, "Bags Export");
  EXPECT_EQ(d.origin_country, "GB");
  EXPECT_EQ(d.destination_country, "US");
  EXPECT_EQ(d.packages, 30.0);
  ASSERT_EQ(d.containers.size(), 1u);
  EXPECT_EQ(d.containers[0].number, "PSSU8023971");
  EXPECT_THAT(d.containers[0].seals, ElementsAre("34587"));
  EXPECT_FALSE(d.containers[0].empty.has_value());
  ASSERT_EQ(d.items.size(), 1u);
  EXPECT_EQ(d.items[0].number, 1);
  EXPECT_EQ(d.items[0].hs_code, "22085011");
  EXPECT_EQ(d.items[0].description, "Gin in containers holding 2 litres or less");
  EXPECT_EQ(d.items[0].gross_mass_kg, 40.0);
  EXPECT_EQ(d.items[0].net_mass_kg, 30.0);
  EXPECT_THAT(d.items[0].containers, IsEmpty());
}

TEST(WcoDeclaration, ImportWithContainerAtTheItem) {
  const auto d = parse_sample("Step1_TT_IM009a.xml");
  EXPECT_EQ(d.procedure, "import");
  EXPECT_EQ(d.lrn, "7849431XPV85");
  EXPECT_EQ(d.consignor, "US Trading Commodities Inc.");
  EXPECT_EQ(d.consignee, "GB896458895015");
  EXPECT_EQ(d.gross_mass_kg, 2200.0);
  ASSERT_EQ(d.items.size(), 1u);
  EXPECT_EQ(d.items[0].hs_code, "0712340031");  // TSP 07123400 and TRC 31.
  EXPECT_EQ(d.items[0].packages, 100.0);
  EXPECT_EQ(d.items[0].package_kind, "BX");
  EXPECT_THAT(d.items[0].containers, ElementsAre("AD12345"));
  ASSERT_EQ(d.containers.size(), 1u);
  EXPECT_EQ(d.containers[0].number, "AD12345");  // As declared, and marked:
  const auto remarks = check_identifiers(d);
  ASSERT_EQ(remarks.size(), 1u);
  EXPECT_EQ(remarks[0].value, "AD12345");
}

TEST(WcoDeclaration, EnvelopeGivesTheMessageId) {
  const auto d = parse_sample("Step1_TT_IM171a.xml");
  EXPECT_EQ(d.message_id, "22e79515-1f57-4f2b-aa99-e237e78b11f2");
  EXPECT_EQ(d.items.at(0).hs_code, "2403991000");
}

// Each half of a name is from the Data Model's own element list; nothing of our emitter.
std::string message(const std::string& inside, const std::string& head = "") {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + head +
         "<md:MetaData xmlns:md=\"urn:wco:datamodel:WCO:DocumentMetaData-DMS:2\" "
         "xmlns=\"urn:wco:datamodel:WCO:DEC-DMS:2\">"
         "<md:WCOTypeName>DEC</md:WCOTypeName><Declaration><FunctionCode>9</FunctionCode>"
         "<FunctionalReferenceID>LRN-7</FunctionalReferenceID><ID>06DE586600006143E1</"
         "ID><TypeCode>IMA</TypeCode>" +
         inside + "</Declaration></md:MetaData>";
}

constexpr const char* kTwoContainers = R"xml(
  <TotalGrossMassMeasure unitCode="TNE">21.5</TotalGrossMassMeasure>
  <GoodsShipment>
    <Consignment>
      <ArrivalTransportMeans><ID>B-AB 1234</ID><IdentificationTypeCode>30</IdentificationTypeCode></ArrivalTransportMeans>
      <TransportEquipment><SequenceNumeric>1</SequenceNumeric><CharacteristicCode>45G1</CharacteristicCode>
        <FullnessCode>5</FullnessCode><ID>csqu305438-3</ID>
        <Seal><SequenceNumeric>1</SequenceNumeric><ID>S1</ID></Seal><Seal><SequenceNumeric>2</SequenceNumeric><ID>S2</ID></Seal></TransportEquipment>
      <TransportEquipment><SequenceNumeric>2</SequenceNumeric><FullnessCode>4</FullnessCode><ID>MWCU6059784</ID></TransportEquipment>
    </Consignment>
    <GovernmentAgencyGoodsItem><SequenceNumeric>1</SequenceNumeric>
      <Commodity><Description>Paper &amp; board</Description>
        <Classification><ID>4802</ID><IdentificationTypeCode>HS</IdentificationTypeCode></Classification>
        <GoodsMeasure><GrossMassMeasure>20000.5</GrossMassMeasure></GoodsMeasure>
        <TransportEquipment><SequenceNumeric>1</SequenceNumeric></TransportEquipment></Commodity>
      <Packaging><SequenceNumeric>1</SequenceNumeric><QuantityQuantity>12</QuantityQuantity><TypeCode>PX</TypeCode></Packaging>
      <Packaging><SequenceNumeric>2</SequenceNumeric><QuantityQuantity>3</QuantityQuantity><TypeCode>CT</TypeCode></Packaging>
    </GovernmentAgencyGoodsItem>
    <GovernmentAgencyGoodsItem><SequenceNumeric>2</SequenceNumeric></GovernmentAgencyGoodsItem>
    <UCR><TraderAssignedReferenceID>UCR-9</TraderAssignedReferenceID></UCR>
  </GoodsShipment>)xml";

void texts_of(const nlohmann::json& value, std::vector<std::string>& into) {
  if (value.is_structured()) {
    for (const auto& one : value) texts_of(one, into);
  } else {
    into.push_back(value.is_string() ? value.get<std::string>() : value.dump());
  }
}

bool is_held(const std::string& text, const std::vector<std::string>& values) {
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  const bool numeric = *end == '\0';
  return std::any_of(values.begin(), values.end(), [&](const std::string& value) {
    if (value.find(text) != std::string::npos) return true;
    return numeric && std::strtod(value.c_str(), nullptr) == number;
  });
}

/// Every text of a message stands in the case, in a field or among what is unknown; the published
/// ones here and, where a folder is named, all that lie there. The type of a commodity code is the
/// field it stands in.
TEST(WcoDeclaration, NothingOfAPublishedMessageIsDropped) {
  int files = 0;
  for (const char* variable : {"", "PORTCULLIS_WCO_SAMPLES", "PORTCULLIS_WCO_NOTIFICATIONS"}) {
    const char* folder = *variable == '\0' ? kData : std::getenv(variable);
    if (folder == nullptr) continue;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (entry.path().extension() != ".xml") continue;
      const auto read = parse_message_file(entry.path());
      ASSERT_TRUE(read.ok()) << entry.path() << ": " << read.error().message;
      ++files;
      std::vector<std::string> values;
      texts_of(to_json(*read), values);
      pugi::xml_document document;
      ASSERT_TRUE(
          document.load_file(entry.path().c_str(), pugi::parse_default | pugi::parse_trim_pcdata));
      struct Walker : pugi::xml_tree_walker {
        const std::vector<std::string>* values = nullptr;
        std::string file;
        bool for_each(pugi::xml_node& node) override {
          if (node.type() != pugi::node_pcdata) return true;
          const std::string text = node.value();
          const std::string name = node.parent().name();
          if (name.ends_with("IdentificationTypeCode") && (text == "TSP" || text == "TRC"))
            return true;
          EXPECT_TRUE(is_held(text, *values))
              << file << ": " << node.parent().path() << " " << text;
          return true;
        }
      } walker;
      walker.values = &values;
      walker.file = entry.path().filename();
      document.traverse(walker);
    }
  }
  EXPECT_GE(files, 5);
}

TEST(WcoDeclaration, AnAdditionalCodeIsKeptBesideTheCommodityCode) {
  const auto read = parse_message_file(std::string(kData) + "Step1_TT_IM009a.xml");
  ASSERT_TRUE(read.ok()) << read.error().message;
  bool found = false;
  for (const auto& unknown : read->unknown) found = found || unknown.value == "VATZ";
  EXPECT_TRUE(found);
}

TEST(WcoDeclaration, ContainersItemsAndWhatLinksThem) {
  auto d = parse_declaration(message(kTwoContainers), "two.xml");
  ASSERT_TRUE(d.ok()) << d.error().message;
  EXPECT_EQ(d->mrn, "06DE586600006143E1");
  EXPECT_EQ(d->ucr, "UCR-9");
  EXPECT_EQ(d->vehicle_plate, "B-AB 1234");
  EXPECT_DOUBLE_EQ(*d->gross_mass_kg, 21'500.0);
  ASSERT_EQ(d->containers.size(), 2u);
  EXPECT_EQ(d->containers[0].number, "CSQU3054383");
  EXPECT_EQ(d->containers[0].iso_type, "45G1");
  EXPECT_THAT(d->containers[0].seals, ElementsAre("S1", "S2"));
  EXPECT_EQ(d->containers[0].empty, false);
  EXPECT_EQ(d->containers[1].empty, true);
  ASSERT_EQ(d->items.size(), 2u);
  EXPECT_EQ(d->items[0].description, "Paper & board");
  EXPECT_EQ(d->items[0].hs_code, "4802");
  EXPECT_EQ(d->items[0].packages, 15.0);
  EXPECT_THAT(d->items[0].containers,
              ElementsAre("CSQU3054383"));  // By its number in the consignment's list.
  EXPECT_FALSE(d->items[1].gross_mass_kg.has_value());
  EXPECT_THAT(check_identifiers(*d), IsEmpty());
}

struct Wrong {
  const char* inside;
  const char* says;
};
TEST(WcoDeclaration, MissingAndMistypedFieldsAreNamed) {
  const Wrong wrongs[] = {
      {"", "/MetaData/Declaration/GoodsShipment: is missing"},
      {"<GoodsShipment><GovernmentAgencyGoodsItem/></GoodsShipment>",
       "/GovernmentAgencyGoodsItem/SequenceNumeric: is missing"},
      {"<GoodsShipment><GovernmentAgencyGoodsItem><SequenceNumeric>0</SequenceNumeric></"
       "GovernmentAgencyGoodsItem></GoodsShipment>",
       "SequenceNumeric: is not an item number"},
      {"<TotalPackageQuantity>many</TotalPackageQuantity><GoodsShipment/>",
       "/MetaData/Declaration/TotalPackageQuantity: \"many\" is not a number"},
      {"<TotalPackageQuantity>-1</TotalPackageQuantity><GoodsShipment/>", "-1 is out of range"},
      {"<TotalPackageQuantity>inf</TotalPackageQuantity><GoodsShipment/>", "is not a number"},
      {"<TotalGrossMassMeasure unitCode=\"ZZZ\">1</TotalGrossMassMeasure><GoodsShipment/>",
       "unitCode \"ZZZ\""},
      {"<GoodsShipment><GovernmentAgencyGoodsItem><SequenceNumeric>1</SequenceNumeric></"
       "GovernmentAgencyGoodsItem>"
       "<GovernmentAgencyGoodsItem><SequenceNumeric>2</"
       "SequenceNumeric><Commodity><GoodsMeasure><GrossMassMeasure>x</GrossMassMeasure>"
       "</GoodsMeasure></Commodity></GovernmentAgencyGoodsItem></GoodsShipment>",
       "/GovernmentAgencyGoodsItem[2]/Commodity/GoodsMeasure/GrossMassMeasure: \"x\" is not a "
       "number"},
      {"<GoodsShipment><GovernmentAgencyGoodsItem><SequenceNumeric>1</"
       "SequenceNumeric><Commodity><Classification><ID>84a</ID>"
       "</Classification></Commodity></GovernmentAgencyGoodsItem></GoodsShipment>",
       "Classification/ID: \"84a\" is not a commodity code"},
      {"<GoodsShipment><Consignment><TransportEquipment><ID>A</ID><FullnessCode>Q</FullnessCode></"
       "TransportEquipment></Consignment></GoodsShipment>",
       "\"Q\" is not a fullness code"},
      {"<GoodsShipment><Consignment><TransportEquipment><ID>A</ID><FullnessCode>4</FullnessCode></"
       "TransportEquipment>"
       "<TransportEquipment><ID>A</ID><FullnessCode>5</FullnessCode></TransportEquipment></"
       "Consignment></GoodsShipment>",
       "container A is declared both empty and full"},
  };
  for (const auto& wrong : wrongs) {
    auto d = parse_declaration(message(wrong.inside), "case.xml");
    ASSERT_FALSE(d.ok()) << wrong.inside;
    EXPECT_EQ(d.error().code, core::ErrorCode::kInvalidInput);
    EXPECT_THAT(d.error().message, HasSubstr(wrong.says));
    EXPECT_THAT(d.error().message, ::testing::StartsWith("case.xml: "));
    EXPECT_EQ(d.error().message.find('\n'), std::string::npos);
  }
}

TEST(WcoDeclaration, OtherMessagesAndSystemsAreNotTaken) {
  const auto notification = core::read_file(std::string(kData) + "08_DMSROG.xml", 100'000);
  ASSERT_TRUE(notification.ok());
  auto d = parse_declaration(*notification, "08_DMSROG.xml");
  EXPECT_EQ(d.error().code, core::ErrorCode::kUnsupported);
  EXPECT_THAT(d.error().message, HasSubstr("\"RES\" is no declaration"));
  EXPECT_EQ(parse_declaration("%PDF-1.7", "a.pdf").error().code, core::ErrorCode::kUnsupported);
  EXPECT_EQ(parse_declaration("<a/>", "a.xml", "nosuch").error().code,
            core::ErrorCode::kUnsupported);
  EXPECT_EQ(parse_declaration("<a/>", "a.xml", "wco").error().code, core::ErrorCode::kInvalidInput);
  EXPECT_EQ(parse_declaration_file("no/such.xml").error().code, core::ErrorCode::kNotFound);
  auto text = message("<GoodsShipment/>");
  text.replace(text.find("<FunctionCode>9"), 15, "<FunctionCode>1");
  EXPECT_EQ(parse_declaration(text, "cancel.xml").error().code, core::ErrorCode::kUnsupported);
}

/// Of the element, its path and the value, as read in the sample with an editor.
TEST(WcoDeclaration, AnAmendmentOfCustomsKeepsItsValuesAndWhatItPointsAt) {
  const auto read = parse_message_file(std::string(kData) + "07_DMSRES.xml");
  ASSERT_TRUE(read.ok()) << read.error().message;
  ASSERT_EQ(read->notices.size(), 1u);
  const auto& notice = read->notices[0];
  EXPECT_EQ(notice.effect, Effect::kAmended);
  EXPECT_EQ(notice.mrn, "19GBCKKCQSXV2FGVA8");
  EXPECT_THAT(notice.changes, ElementsAre(DeclaredChange{
                                  "GoodsShipment/Consignment/GoodsLocation/Name", "LHRLHRLHR"}));
  const auto again = case_from_json(to_json(*read));
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->notices[0].changes, notice.changes);
  EXPECT_EQ(again->notices[0].effect, Effect::kAmended);
  const bool points = std::any_of(read->unknown.begin(), read->unknown.end(), [](const auto& one) {
    return one.value == "L017" && one.path.find("Amendment") != std::string::npos;
  });
  EXPECT_TRUE(points) << "what it points at is kept";
}

TEST(WcoDeclaration, ARequestOfTheDeclarantDeclaresNothing) {
  const auto request = [](const std::string& inner) {
    return parse_message(
        "<MetaData><WCOTypeName>DEC</WCOTypeName><Declaration><FunctionCode>13"
        "</FunctionCode>" +
            inner + "</Declaration></MetaData>",
        "request");
  };
  const auto cancel = request("<ID>20GB1Q3RTK463FGVR4</ID><TypeCode>INV</TypeCode>");
  ASSERT_TRUE(cancel.ok()) << cancel.error().message;
  EXPECT_THAT(cancel->declarations, IsEmpty());
  ASSERT_EQ(cancel->notices.size(), 1u);
  EXPECT_EQ(cancel->notices[0].effect, Effect::kCancellationAsked);
  EXPECT_EQ(cancel->notices[0].mrn, "20GB1Q3RTK463FGVR4");
  const auto pointing = request(
      "<ID>20GB1Q3RTK463FGVR4</ID><TypeCode>COR</TypeCode><Amendment><ChangeReasonCode>32"
      "</ChangeReasonCode><Pointer><DocumentSectionCode>42A</DocumentSectionCode></"
      "Pointer><Pointer>"
      "<SequenceNumeric>1</SequenceNumeric><DocumentSectionCode>68A</DocumentSectionCode><TagID>131"
      "</TagID></Pointer></Amendment>");
  ASSERT_TRUE(pointing.ok()) << pointing.error().message;
  EXPECT_THAT(pointing->notices.at(0).changes, ElementsAre(DeclaredChange{"42A/68A(1) 131", ""}));
  const auto packed = request(
      "<ID>20GB1Q3RTK463FGVR4</ID><TypeCode>COR</TypeCode><GoodsShipment>"
      "<GovernmentAgencyGoodsItem><SequenceNumeric>2</"
      "SequenceNumeric><Packaging><QuantityQuantity>3"
      "</QuantityQuantity></Packaging><Packaging><QuantityQuantity>4</QuantityQuantity></Packaging>"
      "</GovernmentAgencyGoodsItem></GoodsShipment>");
  ASSERT_TRUE(packed.ok()) << packed.error().message;
  EXPECT_THAT(packed->notices.at(0).changes,
              ElementsAre(DeclaredChange{"items[2].packages (one of several)", "3"},
                          DeclaredChange{"items[2].packages (one of several)", "4"}));
  for (const char* lacking : {"<ID>20GB1Q3RTK463FGVR4</ID>", "<TypeCode>INV</TypeCode>"}) {
    const auto refused = request(lacking);
    ASSERT_FALSE(refused.ok()) << lacking;
    EXPECT_EQ(refused.error().code, core::ErrorCode::kInvalidInput);
    EXPECT_THAT(refused.error().message, HasSubstr("is missing"));
  }
}

TEST(WcoDeclaration, HostileXmlIsRefused) {
  const auto refused = [](const std::string& bytes, const char* says) {
    auto d = parse_declaration(bytes, "h.xml", "wco");
    ASSERT_FALSE(d.ok()) << says;
    EXPECT_EQ(d.error().code, core::ErrorCode::kInvalidInput);
    EXPECT_THAT(d.error().message, HasSubstr(says));
  };
  refused(message("<GoodsShipment/>", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>"),
          "DOCTYPE");
  std::string deep = "<GoodsShipment>";
  for (int i = 0; i < 100; ++i) deep += "<a>";
  for (int i = 0; i < 100; ++i) deep += "</a>";
  refused(message(deep + "</GoodsShipment>"), "more than 64 deep");
  refused(message("<GoodsShipment/>") + std::string(kMessageBytesMax, ' '),
          "a message has at most");
  refused(message("<GoodsShipment>\xff</GoodsShipment>"), "not UTF-8");
  refused(message("<GoodsShipment>"), "not well-formed");
  refused(message("<GoodsShipment/>") + "<b/>", "2 root elements");
  refused(std::string("<a>\0</a>", 8), "a zero byte");
  refused("<?xml version=\"1.0\" encoding=\"UTF-7\"?><a/>", "encoding \"UTF-7\"");
  refused("", "not well-formed");
}

TEST(WcoDeclaration, Latin1IsReadAsUtf8) {
  auto text = message("<Declarant><Name>M\xfcller</Name></Declarant><GoodsShipment/>");
  text.replace(text.find("UTF-8"), 5, "ISO-8859-1");
  auto d = parse_declaration(text, "latin.xml");
  ASSERT_TRUE(d.ok()) << d.error().message;
  EXPECT_EQ(d->declarant, "M\xc3\xbcller");
}

core::Decision sample_decision(core::DecisionKind kind) {
  core::Decision decision;
  decision.case_id = "case-1";
  decision.scan_id = "scan-1";
  decision.container = "CSQU3054383";
  decision.kind = kind;
  decision.reason_code = "R04";
  decision.reason_text = "Dense <object> & a line\nbreak, \x01 \xc3\xbc";
  decision.decided = core::UtcTime{1'767'225'660'500'000'000};  // 2026-01-01T00:01:00.5Z
  return decision;
}

// The element names, order and namespaces are the schema's; the published DMSROG gives the shape.
TEST(WcoNotification, RefersToTheDeclarationAndSaysTheDecision) {
  const auto declaration = parse_declaration(message(kTwoContainers), "two.xml");
  ASSERT_TRUE(declaration.ok());
  auto release =
      wco::emit_notification(sample_decision(core::DecisionKind::kRelease), *declaration);
  ASSERT_TRUE(release.ok());
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(release->xml.c_str()));
  const auto root = document.document_element();
  EXPECT_STREQ(root.name(), "md:MetaData");
  EXPECT_STREQ(root.child_value("md:WCOTypeName"), "RES");
  const auto response = root.child("Response");
  EXPECT_STREQ(response.child_value("FunctionCode"), "08");
  EXPECT_STREQ(response.child("IssueDateTime").child_value("ds:DateTimeString"), "20260101000100Z");
  EXPECT_STREQ(response.child("Declaration").child_value("FunctionalReferenceID"), "LRN-7");
  EXPECT_STREQ(response.child("Declaration").child_value("ID"), "06DE586600006143E1");
  EXPECT_STREQ(response.child("AdditionalInformation").child_value("StatementDescription"),
               "release; R04; Dense <object> & a line break,   \xc3\xbc");
  EXPECT_STREQ(response.child_value("FunctionalReferenceID"), release->message_id.c_str());
  EXPECT_LE(release->message_id.size(), 35u);

  auto control = wco::emit_notification(sample_decision(core::DecisionKind::kPhysicalInspection),
                                        *declaration);
  EXPECT_THAT(control->xml, HasSubstr("<FunctionCode>05</FunctionCode>"));
  EXPECT_NE(control->message_id, release->message_id);
  EXPECT_EQ(
      wco::emit_notification(sample_decision(core::DecisionKind::kRelease), *declaration)->xml,
      release->xml);
  // Everything but a release keeps the goods.
  for (const auto kind : {core::DecisionKind::kHold, core::DecisionKind::kDocumentaryCheck,
                          core::DecisionKind::kRadiationSecondary, core::DecisionKind::kOtherAgency,
                          core::DecisionKind::kRescan, core::DecisionKind::kIsolate}) {
    EXPECT_EQ(wco::notification_name(wco::notification_kind(kind)), "DMSCTL");
  }
  EXPECT_FALSE(wco::emit_notification(sample_decision(core::DecisionKind::kRelease), {}).ok());
}

TEST(CustomsCase, JsonRoundTrip) {
  auto customs_case = case_of(parse_sample("Step1_TT_IM009a.xml"));
  customs_case.scan_ids = {"scan-1"};
  customs_case.decisions.push_back(sample_decision(core::DecisionKind::kHold));
  auto again = case_from_json(to_json(customs_case));
  ASSERT_TRUE(again.ok()) << again.error().message;
  EXPECT_EQ(to_json(*again), to_json(customs_case));
  EXPECT_EQ(again->remarks.size(), 1u);
  EXPECT_FALSE(case_from_json(nlohmann::json::parse("[]")).ok());
  EXPECT_THAT(case_from_json(nlohmann::json::parse(R"({"declarations": 3})")).error().message,
              HasSubstr("case.declarations"));
}

}  // namespace
}  // namespace portcullis::customs
