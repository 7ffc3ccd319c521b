// Customs holds a container after its scan, lifts the hold, and holds it again once it is released.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "core/files.h"
#include "tests/scenario/lane/lane_session.h"

namespace portcullis::scenario {
namespace {

using api::v1::CaseView;
using Status = LaneSession::Status;

/// Outcome of the check "customs"; empty: there is none.
std::string customs_outcome(const CaseView& view) {
  const auto report = nlohmann::json::parse(view.report_json(), nullptr, false);
  if (!report.is_object()) return {};
  for (const auto& check : report.at("checks"))
    if (check.at("name") == "customs") return check.at("outcome");
  return {};
}

/// An X12 350 of US customs: segment X4 with the disposition (X407) of one container.
void tell(const LaneSession& lane, const Truck& truck, const std::string& code, char number) {
  const std::string control = std::string("00000000") + number;
  const std::string bytes =
      "ISA*00*          *00*          *ZZ*CBP            *ZZ*PORT           *260101*1200*U*00401*" +
      control + "*0*P*>~GS*SO*CBP*PORT*20260101*1200*" + number +
      "*X*004010~ST*350*0001~X4*MSCUEK569969*1***20260101*1030*" + code + "****" +
      truck.container.substr(0, 4) + "*" + truck.container.substr(4) + "~SE*3*0001~GE*1*" + number +
      "~IEA*1*" + control + "~";
  const auto put = core::write_file_atomically(
      lane.folder() / "inbox" / (std::string("notice-") + number + ".x12"), bytes);
  ASSERT_TRUE(put.ok()) << put.error().message;
}

/// A response 07 of the UK's profile: item 1 of the declaration is described otherwise.
void amend(const LaneSession& lane, const nlohmann::json& declaration,
           const std::string& description) {
  const auto put = core::write_file_atomically(
      lane.folder() / "inbox" / "amendment.xml",
      "<MetaData><WCOTypeName>RES</WCOTypeName><Response><FunctionCode>07</FunctionCode>"
      "<FunctionalReferenceID>amendment-1</FunctionalReferenceID><Declaration>"
      "<FunctionalReferenceID>" +
          declaration.at("lrn").get<std::string>() + "</FunctionalReferenceID><ID>" +
          declaration.value("mrn", std::string()) +
          "</ID></Declaration><Declaration><GoodsShipment><GovernmentAgencyGoodsItem>"
          "<SequenceNumeric>1</SequenceNumeric><Commodity><Description>" +
          description +
          "</Description></Commodity></GovernmentAgencyGoodsItem></GoodsShipment></Declaration>"
          "</Response></MetaData>");
  ASSERT_TRUE(put.ok()) << put.error().message;
}

TEST(LaneScenario, AHoldOfCustomsReachesTheOpenCaseAndWhatWasReleasedIsAlarmed) {
  LaneSession lane("customs_hold");
  ASSERT_TRUE(lane.start());
  const Truck truck = lane.make_truck(31);
  ASSERT_TRUE(lane.send(truck));
  ASSERT_TRUE(lane.scan_begins());
  ASSERT_TRUE(lane.scan_ends_and_is_reviewed());
  const std::string case_id = lane.case_view().case_id();
  ASSERT_EQ(customs_outcome(lane.case_view()), "") << "nothing is ordered yet";

  tell(lane, truck, "1H", '1');
  ASSERT_TRUE(lane.wait_case(
      "the hold", [](const CaseView& view) { return customs_outcome(view) == "differs"; }));
  const auto refused = lane.decide(case_id, "release", "as_declared");
  EXPECT_FALSE(refused.ok());
  EXPECT_NE(refused.reason().find(", " + truck.container + ": customs holds it [x12 1H"),
            std::string::npos)
      << refused.reason();
  EXPECT_EQ(lane.status().state(), "Reviewing");

  tell(lane, truck, "1I", '2');
  ASSERT_TRUE(lane.wait_case(
      "the hold's end", [](const CaseView& view) { return customs_outcome(view) == "agrees"; }));
  ASSERT_EQ(lane.case_view().declarations_size(), 1);
  const auto declared = nlohmann::json::parse(lane.case_view().declarations(0).json());
  amend(lane, declared, "Goods as customs amended them");
  ASSERT_TRUE(lane.wait_case("the amendment", [](const CaseView& view) {
    return view.declarations(0).json().find("as customs amended them") != std::string::npos &&
           view.report_json().find("customs has amended it") != std::string::npos;
  }));
  EXPECT_EQ(customs_outcome(lane.case_view()), "agrees");
  ASSERT_TRUE(lane.scan_ends_and_is_reviewed());
  const auto released = lane.decide(case_id, "release", "as_declared");
  ASSERT_TRUE(released.ok()) << released.reason();

  tell(lane, truck, "1H", '3');
  const std::string key = "customs_hold:" + case_id;
  ASSERT_TRUE(lane.wait_for("the alarm", [&](const Status& status) {
    return std::any_of(status.alarms().begin(), status.alarms().end(),
                       [&](const auto& alarm) { return alarm.key() == key; });
  }));
  EXPECT_EQ(customs_outcome(lane.case_view(case_id)), "agrees") << "as it was decided on";
  EXPECT_NE(lane.case_view(case_id).decision_note().find("after the release"), std::string::npos);
}

}  // namespace
}  // namespace portcullis::scenario
