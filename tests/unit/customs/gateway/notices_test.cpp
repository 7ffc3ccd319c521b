// What customs told of a declaration or a container, and what was decided on each container.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "core/files.h"
#include "customs/gateway/gateway.h"
#include "customs/gateway/message_form.h"
#include "customs/model/container_standing.h"
#include "customs/model/customs_order.h"
#include "gateway_samples.h"

namespace portcullis::customs {
namespace {

using core::CheckOutcome;
using core::DecisionKind;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr const char* kA = "CSQU3054383";
constexpr const char* kB = "MWCU6059784";
constexpr const char* kMrn = "20GB1Q3RTK463FGVR4";

core::UtcTime at(const std::string& hour_minute) {
  return core::parse_iso8601("2026-11-22T" + hour_minute + ":00Z").value();
}

class NoticesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = test::test_folder(::testing::UnitTest::GetInstance()->current_test_info()->name());
    auto made = Gateway::create(test::config_in(folder_), clock_);
    ASSERT_TRUE(made.ok()) << made.error().message;
    gateway_ = std::move(made).value();
  }
  std::string push(const std::string& bytes) {
    std::promise<core::Result<Receipt>> told;
    gateway_->submit(form_message({bytes, "message", "http"}, clock_.utc_now()),
                     [&](core::Result<Receipt> receipt) { told.set_value(std::move(receipt)); });
    const auto receipt = told.get_future().get();
    EXPECT_TRUE(receipt.ok() && receipt->state == MessageState::kTaken)
        << (receipt.ok() ? receipt->reason : receipt.error().message);
    return receipt.ok() ? receipt->id : std::string();
  }
  /// A declaration of the UK's profile, of two containers where `second` names one.
  std::string declare(const std::string& lrn, const std::string& first,
                      const std::string& second = "", const std::string& mrn = kMrn) {
    auto bytes = test::dec_message(lrn, first);
    const auto put = [&](const std::string& before, const std::string& added) {
      const auto place = bytes.find(before);
      ASSERT_NE(place, std::string::npos);
      bytes.insert(place, added);
    };
    put("<TypeCode>", fmt::format("<ID>{}</ID>", mrn));
    if (!second.empty())
      put("</Consignment>", fmt::format("<TransportEquipment><SequenceNumeric>2</SequenceNumeric>"
                                        "<ID>{}</ID></TransportEquipment>",
                                        second));
    return push(bytes);
  }
  static std::string response(const std::string& function, const std::string& id,
                              const std::string& issued = "20261122110000Z",
                              const std::string& mrn = kMrn, const std::string& lrn = "L1") {
    return fmt::format(
        "<MetaData><WCOTypeName>RES</WCOTypeName><Response><FunctionCode>{}</FunctionCode>"
        "<FunctionalReferenceID>{}</FunctionalReferenceID><IssueDateTime><DateTimeString "
        "formatCode=\"304\">{}</DateTimeString></IssueDateTime><Declaration>"
        "<FunctionalReferenceID>{}</FunctionalReferenceID><ID>{}</ID></Declaration></Response>"
        "</MetaData>",
        function, id, issued, lrn, mrn);
  }
  /// X12 350: segment X4 has the bill, the disposition (X407) and the container's prefix and
  /// number.
  static std::string ace(const std::string& code, const std::string& number,
                         const std::string& container = kA) {
    return fmt::format(
        "ISA*00*          *00*          *ZZ*CBP            *ZZ*PORT           *261122*1200*U*00401*"
        "00000{0}*0*P*>~GS*SO*CBP*PORT*20261122*1200*{0}*X*004010~ST*350*0001~"
        "X4*MSCUEK569969*1***20261122*1030*{1}****{2}*{3}~SE*3*0001~GE*1*{0}~IEA*1*00000{0}~",
        number, code, container.substr(0, 4), container.substr(4));
  }
  static std::string do_not_load(const std::string& lrn, const std::string& mrn) {
    return fmt::format(
        "<IE3Q01><LRN>{}</LRN><MRN>{}</MRN><documentIssueDate>2026-11-22T10:00:00Z"
        "</documentIssueDate><text>Bombs are suspected</text></IE3Q01>",
        lrn, mrn);
  }
  core::Check check(const std::vector<std::string>& containers,
                    const std::vector<std::string>& ids = {}) {
    const auto asked = gateway_->check_orders(containers, ids);
    EXPECT_TRUE(asked.ok()) << asked.error().message;
    return asked.ok() && *asked ? **asked : core::Check{};
  }
  DecisionReceipt decide(const std::string& id, const std::string& container, DecisionKind kind,
                         const std::string& hour_minute, const std::string& case_id) {
    DecisionSubmission submission;
    submission.idempotency_key = case_id + container + hour_minute;
    submission.declaration_id = id;
    submission.decision.case_id = submission.decision.scan_id = case_id;
    submission.decision.container = container;
    submission.decision.kind = kind;
    submission.decision.decided = at(hour_minute);
    const auto receipt = gateway_->submit_decision(submission);
    EXPECT_TRUE(receipt.ok()) << receipt.error().message;
    clock_.advance(std::chrono::minutes(1));
    return receipt.ok() ? *receipt : DecisionReceipt{};
  }
  Case whole(const std::string& id) { return gateway_->find_case(id).value().value(); }

  core::ManualClock clock_{core::TimePoint(std::chrono::hours(1)), at("12:00")};
  std::filesystem::path folder_;
  std::unique_ptr<Gateway> gateway_;
};

TEST_F(NoticesTest, AReleaseOfOneContainerDoesNotEndTheHoldOfAnother) {
  const auto id = declare("L1", kA, kB);
  EXPECT_THAT(decide(id, kA, DecisionKind::kHold, "12:10", "case-a").answer_file,
              HasSubstr("DMSCTL"));
  const auto told = decide(id, kB, DecisionKind::kRelease, "12:20", "case-b");
  EXPECT_EQ(told.answer_file, "") << "the declaration as a whole is not released";
  EXPECT_THAT(told.message, HasSubstr("CSQU3054383 of the same declaration stands at hold"));
  auto now = whole(id);
  EXPECT_EQ(now.times.decision, at("12:10"));
  EXPECT_FALSE(now.times.release.has_value());
  auto standings = container_standings(now);
  ASSERT_THAT(standings, SizeIs(2));
  EXPECT_EQ(standings[0].container, kA);
  EXPECT_FALSE(standings[0].released.has_value());
  EXPECT_EQ(standings[1].released, at("12:20"));

  EXPECT_THAT(decide(id, kA, DecisionKind::kRelease, "12:30", "case-a").answer_file,
              HasSubstr("DMSROG"));
  EXPECT_EQ(whole(id).times.release, at("12:30"));
  decide(id, kB, DecisionKind::kPhysicalInspection, "12:40", "case-b2");
  EXPECT_FALSE(whole(id).times.release.has_value());
}

TEST_F(NoticesTest, ADecisionOnNoneOfTheContainersSpeaksForAllOfThem) {
  Case c;
  auto& declaration = c.declarations.emplace_back();
  declaration.containers = {{kA, "", {}, {}}, {kB, "", {}, {}}};
  const auto decided = [&](const char* case_id, const char* container, DecisionKind kind) {
    auto& one = c.decisions.emplace_back();
    one.case_id = case_id;
    one.container = container;
    one.kind = kind;
    one.decided = {static_cast<std::int64_t>(c.decisions.size())};
    set_decision_times(c);
    return c.times.release.has_value();
  };
  EXPECT_FALSE(decided("1", "", DecisionKind::kHold));
  EXPECT_FALSE(decided("2", "misread", DecisionKind::kRelease)) << "another visit's";
  EXPECT_TRUE(decided("1", "", DecisionKind::kRelease));
  EXPECT_FALSE(decided("3", "csqu 305438 3", DecisionKind::kHold));
  EXPECT_TRUE(decided("3", kA, DecisionKind::kRelease));
  c.declarations.front().containers.clear();
  c.decisions.clear();
  EXPECT_FALSE(decided("1", "", DecisionKind::kHold));
  EXPECT_TRUE(decided("1", "", DecisionKind::kRelease));
}

TEST_F(NoticesTest, ADecisionOnTheVehicleEndsThoseOnItsContainersAndOneOnAContainerDoesNot) {
  Case c;
  auto& declaration = c.declarations.emplace_back();
  declaration.containers = {{kA, "", {}, {}}, {kB, "", {}, {}}};
  const auto released = [&](const char* container, bool container_only, DecisionKind kind) {
    auto& one = c.decisions.emplace_back();
    one.case_id = "1";
    one.container = container;
    one.container_only = container_only;
    one.kind = kind;
    one.decided = {static_cast<std::int64_t>(c.decisions.size())};
    set_decision_times(c);
    return c.times.release.has_value();
  };
  EXPECT_FALSE(released(kB, false, DecisionKind::kHold));
  EXPECT_FALSE(released(kA, true, DecisionKind::kRelease)) << "of the front one alone";
  EXPECT_TRUE(released(kA, false, DecisionKind::kRelease)) << "of both, whichever is named";
  EXPECT_FALSE(released(kB, true, DecisionKind::kHold));
  EXPECT_TRUE(released(kB, true, DecisionKind::kRelease));
}

TEST_F(NoticesTest, AControlIsAskedForUntilTheSameDeclarationIsReleased) {
  const auto id = declare("L1", kA);
  EXPECT_EQ(check({kA}, {id}).name, "") << "nothing is ordered";
  push(response("05", "r1"));
  auto now = check({kA}, {id});
  EXPECT_EQ(now.name, "customs");
  EXPECT_EQ(now.outcome, CheckOutcome::kUnknown);
  EXPECT_EQ(now.seen, "control");
  EXPECT_THAT(
      now.text,
      HasSubstr(
          "Declaration 20GB1Q3RTK463FGVR4: customs asks for a control of it [wco 05, DMSCTL"));
  EXPECT_EQ(check({kA}).name, "") << "of the declaration, not of the container";
  push(response("08", "r2", "20261122113000Z", "26GB000000000000A1", "L9"));
  EXPECT_EQ(check({kA}, {id}).seen, "control") << "another declaration's release";
  push(response("05", "r6", "20261122110000Z", "26GB000000000000A1"));
  EXPECT_THAT(check({kA}, {id}).text, ::testing::Not(HasSubstr("26GB000000000000A1")))
      << "another declarant's of the same reference";
  push(response("08", "r3", "20261122103000Z"));
  EXPECT_EQ(check({kA}, {id}).seen, "control") << "a release of before the control, come late";
  push(response("99", "r4", "20261122113000Z"));
  now = check({kA}, {id});
  EXPECT_EQ(now.seen, "control, unknown") << "a code that no list holds releases nothing";
  EXPECT_THAT(now.text, HasSubstr("in a code that no list holds, which is no release [wco 99"));
  push(response("08", "r5", "20261122120000Z"));
  now = check({kA}, {id});
  EXPECT_EQ(now.outcome, CheckOutcome::kAgrees);
  EXPECT_THAT(
      now.text,
      HasSubstr("Declaration 20GB1Q3RTK463FGVR4: customs has lifted what it ordered [wco 05"));
}

/// The sample of HM Revenue and Customs (hmrc/customs-declarations, see its SOURCE.md).
TEST_F(NoticesTest, ThePublishedControlNotificationIsAnOrder) {
  const auto id = declare("IM08a_PHYCTL_002", kA);
  push(core::read_file("tests/data/customs/wco/05_DMSCTL.xml", 1'000'000).value());
  EXPECT_EQ(check({kA}, {id}).seen, "control");
}

TEST_F(NoticesTest, DoNotLoadKeepsTheContainerAndAnotherSystemDoesNotLiftIt) {
  const auto id = declare("L1", kA);
  push(do_not_load("L1", kMrn));
  push(response("08", "r1", "20261122113000Z"));
  const auto now = check({kA}, {id});
  EXPECT_EQ(now.outcome, CheckOutcome::kDiffers);
  EXPECT_EQ(now.seen, "do not load");
  EXPECT_THAT(now.text, HasSubstr("must not be loaded [ics2 IE3Q01"));
  EXPECT_THAT(now.text, HasSubstr("Bombs are suspected"));
  const auto told = decide(id, kA, DecisionKind::kRelease, "12:10", "case-a");
  EXPECT_EQ(told.answer_file, "") << "customs are not told a release of what they hold";
  EXPECT_THAT(told.message, HasSubstr("customs told do not load (ics2-message IE3Q01)"));
  EXPECT_THAT(decide(id, kA, DecisionKind::kHold, "12:20", "case-a").answer_file,
              HasSubstr("DMSCTL"));
}

TEST_F(NoticesTest, AHoldOfOneContainerIsRemovedByItsOwnCodeAlone) {
  push(ace("1H", "0001"));
  EXPECT_EQ(check({kA}).outcome, CheckOutcome::kDiffers);
  EXPECT_EQ(check({kB}).name, "") << "of the other container nothing is told";
  EXPECT_EQ(check({kA, kB}).seen, "hold");
  push(ace("1C", "0002"));
  EXPECT_EQ(check({kA}).outcome, CheckOutcome::kDiffers) << "a release says nothing of the hold";
  push(ace("1I", "0003", kB));
  EXPECT_EQ(check({kA}).outcome, CheckOutcome::kDiffers) << "the other container's";
  push(ace("1I", "0004"));
  EXPECT_EQ(check({kA}).outcome, CheckOutcome::kAgrees);
  push(ace("1A", "0005"));
  EXPECT_EQ(check({kA}).outcome, CheckOutcome::kUnknown);
  push(ace("1B", "0006"));
  EXPECT_EQ(check({kA}).outcome, CheckOutcome::kAgrees);
  push(ace("1H", "0007"));
  EXPECT_EQ(check({kA}).outcome, CheckOutcome::kDiffers) << "held again";
}

TEST_F(NoticesTest, WhatWasToldOfAContainerOnAnotherVoyageHasPassed) {
  push(ace("1H", "0001"));
  clock_.advance(std::chrono::hours(24 * 59));
  EXPECT_EQ(check({kA}).seen, "hold");
  clock_.advance(std::chrono::hours(24 * 2));
  EXPECT_EQ(check({kA}).name, "");
}

TEST_F(NoticesTest, ADeclarationWithoutAnMrnIsToldOfByItsReference) {
  const auto first = push(test::dec_message("L1", kA));
  push(response("05", "r1", "20261122110000Z", kMrn));
  EXPECT_EQ(check({kA}, {first}).seen, "control") << "by its LRN";
  push(response("08", "r2", "20261122113000Z", kMrn));
  EXPECT_EQ(check({kA}, {first}).seen, "lifted");
}

/// A response 07 with new values of the declaration, in the shape of the published sample.
std::string amended(const std::string& id, const std::string& values,
                    const std::string& issued = "20261122110000Z", const std::string& lrn = "L1") {
  return fmt::format(
      "<MetaData><WCOTypeName>RES</WCOTypeName><Response><FunctionCode>07</FunctionCode>"
      "<FunctionalReferenceID>{}</FunctionalReferenceID><IssueDateTime><DateTimeString "
      "formatCode=\"304\">{}</DateTimeString></IssueDateTime><Declaration>"
      "<FunctionalReferenceID>{}</FunctionalReferenceID><ID>{}</ID></Declaration><Declaration>"
      "<FunctionCode>9</FunctionCode>{}</Declaration></Response></MetaData>",
      id, issued, lrn, kMrn, values);
}
std::string item_one(const std::string& values) {
  return "<GoodsShipment><GovernmentAgencyGoodsItem><SequenceNumeric>1</SequenceNumeric>" + values +
         "</GovernmentAgencyGoodsItem></GoodsShipment>";
}

TEST_F(NoticesTest, AnAmendmentOfCustomsIsWhatTheScanIsComparedWith) {
  auto bytes = test::dec_message("L1", kA);
  bytes.insert(bytes.find("<UCR>"),
               "<GovernmentAgencyGoodsItem><SequenceNumeric>1</SequenceNumeric><Commodity>"
               "<Description>Paper</Description><GoodsMeasure><GrossMassMeasure>1200"
               "</GrossMassMeasure></GoodsMeasure></Commodity></GovernmentAgencyGoodsItem>");
  const auto id = push(bytes);
  push(amended("r2",
               "<TotalPackageQuantity>40</TotalPackageQuantity>" +
                   item_one("<Commodity><Description>Machine parts</Description>"
                            "<Classification><ID>84099900</ID><IdentificationTypeCode>TSP"
                            "</IdentificationTypeCode></Classification><GoodsMeasure>"
                            "<GrossMassMeasure unitCode=\"TNE\">5.5</GrossMassMeasure>"
                            "</GoodsMeasure></Commodity>"),
               "20261122120000Z"));
  push(amended("r1", "<TotalPackageQuantity>30</TotalPackageQuantity>", "20261122110000Z"));
  push(amended("r3", "<TotalPackageQuantity>7</TotalPackageQuantity>", "20261122130000Z", "L2"));
  const auto found = gateway_->find_declarations({{kA}, "", {}}).value();
  ASSERT_THAT(found, SizeIs(1));
  const auto& declaration = found.front().declaration;
  EXPECT_EQ(declaration.packages, 40) << "the one issued last, of this reference";
  ASSERT_THAT(declaration.items, SizeIs(1));
  EXPECT_EQ(declaration.items[0].description, "Machine parts");
  EXPECT_EQ(declaration.items[0].hs_code, "84099900");
  EXPECT_EQ(declaration.items[0].gross_mass_kg, 5500);
  EXPECT_EQ(declaration.gross_mass_kg, 5500) << "the total was the sum of its items";
  const auto now = check({kA}, {id});
  EXPECT_EQ(now.outcome, CheckOutcome::kAgrees);
  EXPECT_EQ(now.seen, "amended");
  EXPECT_THAT(now.text, HasSubstr("customs has amended it since it was lodged [wco 07, DMSRES"));
  EXPECT_THAT(now.text, HasSubstr("items(1).gross_mass_kg 5500"));
  EXPECT_THAT(decide(id, kA, DecisionKind::kRelease, "12:10", "case-a").answer_file,
              HasSubstr("DMSROG"));
}

TEST_F(NoticesTest, AnAmendmentThatCannotBeComparedIsForPeople) {
  const auto id = push(test::dec_message("L1", kA));
  push(amended("r1", item_one("<Commodity><Classification><ID>pens</ID><IdentificationTypeCode>TSP"
                              "</IdentificationTypeCode></Classification></Commodity>")));
  auto now = check({kA}, {id});
  EXPECT_EQ(now.outcome, CheckOutcome::kUnknown);
  EXPECT_THAT(now.text, HasSubstr("not all of that can be compared here [wco 07"));
  const auto other = push(test::dec_message("L2", kB));
  push(amended("r2", "", "20261122120000Z", "L2"));
  now = check({kB}, {other});
  EXPECT_EQ(now.outcome, CheckOutcome::kUnknown) << "an amendment that says no value";
}

/// What is replaced was known to who replaced it.
TEST_F(NoticesTest, AReplacementHasWhatWasAmendedBeforeIt) {
  push(test::dec_message("L1", kA));
  push(amended("r1", "<TotalPackageQuantity>40</TotalPackageQuantity>"));
  auto bytes = test::dec_message("L1", kA);
  const std::string original = "<FunctionCode>9</FunctionCode>";
  ASSERT_NE(bytes.find(original), std::string::npos) << bytes;
  bytes.replace(bytes.find(original), original.size(), "<FunctionCode>5</FunctionCode>");
  push(bytes);
  const auto found = gateway_->find_declarations({{kA}, "", {}}).value();
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_NE(found.front().declaration.packages, 40);
}

TEST_F(NoticesTest, AnInvalidatedDeclarationDeclaresNothing) {
  const auto id = push(test::dec_message("L1", kA));
  push(response("10", "r1"));
  ASSERT_THAT(gateway_->find_declarations({{kA}, "", {}}).value(), SizeIs(1))
      << "nothing else names it, so the officer sees what was";
  const auto now = check({kA}, {id});
  EXPECT_EQ(now.outcome, CheckOutcome::kDiffers);
  EXPECT_EQ(now.seen, "invalidated");
  EXPECT_THAT(now.text, HasSubstr("customs has invalidated it, so that it declares nothing"));
  push(response("08", "r2", "20261122120000Z"));
  EXPECT_EQ(check({kA}, {id}).seen, "invalidated") << "no release brings it back";
  const auto told = decide(id, kA, DecisionKind::kRelease, "12:10", "case-a");
  EXPECT_EQ(told.answer_file, "");
  EXPECT_THAT(told.message, HasSubstr("customs has invalidated the declaration (wco-function 10)"));
  const auto newer = push(test::dec_message("L2", kA));
  const auto found = gateway_->find_declarations({{kA}, "", {}}).value();
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found.front().id, newer);
}

TEST_F(NoticesTest, WhatADeclarantAskedForWaitsForCustoms) {
  const auto id = push(test::dec_message("L1", kA));
  const auto request = [](const std::string& type, const std::string& rest) {
    return "<MetaData><WCOTypeName>DEC</WCOTypeName><Declaration><FunctionCode>13</FunctionCode>"
           "<FunctionalReferenceID>L1</FunctionalReferenceID><ID>" +
           std::string(kMrn) + "</ID><TypeCode>" + type + "</TypeCode>" + rest +
           "</Declaration></MetaData>";
  };
  push(request("COR",
               "<AdditionalInformation><StatementDescription>Miscounted</StatementDescription>"
               "</AdditionalInformation><TotalPackageQuantity>41</TotalPackageQuantity>"));
  auto now = check({kA}, {id});
  EXPECT_EQ(now.outcome, CheckOutcome::kUnknown);
  EXPECT_THAT(now.text, HasSubstr("its declarant has asked customs to amend it and has no answer "
                                  "yet [wco COR, the declarant asks for an amendment, Miscounted, "
                                  "packages 41]"));
  EXPECT_NE(gateway_->find_declarations({{kA}, "", {}}).value().front().declaration.packages, 41)
      << "asked for is not granted";
  push(response("11", "r1"));
  now = check({kA}, {id});
  EXPECT_EQ(now.outcome, CheckOutcome::kAgrees);
  EXPECT_THAT(now.text, HasSubstr("customs has dealt with what its declarant asked for [wco COR"));
  push(request("INV", ""));
  EXPECT_EQ(check({kA}, {id}).seen, "cancellation asked");
  push(response("08", "r2"));
  EXPECT_EQ(check({kA}, {id}).seen, "cancellation asked") << "a release answers no request";
  push(response("10", "r3"));
  EXPECT_EQ(check({kA}, {id}).seen, "invalidated");
}

/// Samples of HM Revenue and Customs (see their SOURCE.md).
TEST_F(NoticesTest, ThePublishedAmendmentAndInvalidationAreRead) {
  const auto read = [&](const char* name) {
    return core::read_file(std::string("tests/data/customs/wco/") + name, 1'000'000).value();
  };
  const auto changed = declare("3.1_P1_TT_1311RM41", kA, "", "19GBCKKCQSXV2FGVA8");
  push(read("07_DMSRES.xml"));
  const auto now = check({kA}, {changed});
  EXPECT_EQ(now.outcome, CheckOutcome::kUnknown) << "where goods lie is compared with nothing";
  EXPECT_THAT(now.text, HasSubstr("GoodsShipment/Consignment/GoodsLocation/Name LHRLHRLHR"));
  const auto over = declare("TC18_SM_1701_004", kB, "", "20GB0NKQGSX2IX8PR5");
  push(read("10_DMSINV.xml"));
  EXPECT_EQ(check({kB}, {over}).seen, "invalidated");
  EXPECT_THAT(check({kB}, {over}).text, HasSubstr("Comments for Submitter for TC18"));
}

/// Two declarants use the same reference and have no MRN yet: whose is released cannot be said.
TEST_F(NoticesTest, AReferenceOfTwoDeclarantsHoldsAndReleasesNothing) {
  const auto declare_by = [&](const std::string& declarant, const char* container) {
    auto bytes = test::dec_message("L1", container);
    bytes.insert(bytes.find("<GoodsShipment>"),
                 "<Declarant><ID>" + declarant + "</ID></Declarant>");
    return push(bytes);
  };
  const auto first = declare_by("GB111", kA);
  const auto second = declare_by("GB222", kB);
  push(response("05", "r1"));
  EXPECT_EQ(check({kA}, {first}).seen, "control");
  EXPECT_EQ(check({kB}, {second}).seen, "control");
  push(response("08", "r2", "20261122113000Z"));
  EXPECT_EQ(check({kA}, {first}).seen, "control");
  EXPECT_EQ(check({kB}, {second}).seen, "control");
}

}  // namespace
}  // namespace portcullis::customs
