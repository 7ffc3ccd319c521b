#include "customs/gateway/gateway.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/files.h"
#include "customs/gateway/referral.h"
#include "gateway_samples.h"

namespace portcullis::customs {
namespace {

using test::dec_message;
using test::names_in;
using test::put_file;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class GatewayTest : public ::testing::Test {
 protected:
  void open(const std::string& name) {
    folder_ = test::test_folder(name);
    reopen();
  }
  void reopen() {
    gateway_.reset();
    auto made = Gateway::create(test::config_in(folder_), clock_);
    ASSERT_TRUE(made.ok()) << made.error().message;
    gateway_ = std::move(made).value();
  }
  int look() {
    auto taken = gateway_->poll();
    EXPECT_TRUE(taken.ok()) << taken.error().message;
    return taken.ok() ? *taken : -1;
  }
  std::vector<std::string> lrns(const std::vector<std::string>& containers,
                                const std::string& plate = "",
                                const std::vector<std::string>& chassis = {}) {
    auto found = gateway_->find_declarations({containers, plate, chassis});
    EXPECT_TRUE(found.ok());
    std::vector<std::string> out;
    for (const auto& f : *found) out.push_back(f.declaration.lrn + "/" + f.matched_by);
    return out;
  }
  std::filesystem::path inbox() const { return folder_ / "inbox"; }

  core::ManualClock clock_;
  std::filesystem::path folder_;
  std::unique_ptr<Gateway> gateway_;
};

TEST_F(GatewayTest, FileIsTakenWhenTwoLooksAgree) {
  open("looks");
  put_file(inbox() / "a.xml", dec_message("L1", "CSQU3054383").substr(0, 100));
  EXPECT_EQ(look(), 0);
  put_file(inbox() / "a.xml", dec_message("L1", "CSQU3054383"));  // It grew: still being written.
  EXPECT_EQ(look(), 0);
  put_file(inbox() / "b.xml.tmp", "half");
  put_file(inbox() / ".c.xml", "half");
  EXPECT_EQ(look(), 1);
  EXPECT_THAT(names_in(inbox()), ElementsAre(".c.xml", "b.xml.tmp"));
  EXPECT_THAT(names_in(inbox() / "done"), ElementsAre("a.xml"));
  EXPECT_THAT(lrns({"CSQU3054383"}), ElementsAre("L1/container"));
  EXPECT_EQ(look(), 0);
  EXPECT_EQ(gateway_->status()->declarations, 1u);
}

TEST_F(GatewayTest, FindsByContainerElsePlateAndByUcr) {
  open("find");
  put_file(inbox() / "1.xml", dec_message("L1", "CSQU3054383", "AB 123", "U1"));
  put_file(inbox() / "2.xml", dec_message("L2", "CSQU3054383", "XY 999"));
  put_file(inbox() / "3.xml", dec_message("L3", "MWCU6059784", "AB-123"));
  look();
  EXPECT_EQ(look(), 3);
  EXPECT_THAT(lrns({"csqu 305438 3"}),
              ElementsAre("L1/container", "L2/container"));  // Groupage: both, undecided.
  EXPECT_THAT(lrns({"MWCU6059784", "CSQU3054383"}),
              ElementsAre("L3/container", "L1/container", "L2/container"));
  EXPECT_THAT(lrns({}, "ab123"), ElementsAre("L1/plate", "L3/plate"));
  EXPECT_THAT(lrns({"MWCU6059784"}, "XY999"), ElementsAre("L3/container"));
  EXPECT_THAT(lrns({"TGHU1234560"}, ""), IsEmpty());
}

/// None of the declarations names what was read at the gate; the terminal's orders link them.
TEST_F(GatewayTest, AnOpenScanOrderLeadsToTheDeclarationItNames) {
  clock_.advance(std::chrono::nanoseconds(core::parse_iso8601("2026-11-22T12:00:00Z")->ns -
                                          clock_.utc_now().ns));
  open("orders");
  put_file(inbox() / "1.xml", dec_message("L1", "MWCU6059784", "", "UCR-1"));
  put_file(inbox() / "2.xml", dec_message("L2", "TGHU1234567", "TRAILER 9", "UCR-2"));
  put_file(inbox() / "3.xml", dec_message("L3", "TCLU4265640", "B CD 7", "UCR-3"));
  put_file(inbox() / "orders.csv",
           "reference,planned,container,plate,ucr,chassis,state\n"
           "A-1,2026-11-22T12:30:00Z,CSQU3054383,B AB 123,UCR-1,,\n"
           "A-2,2026-11-22T12:30:00Z,,B CD 7,,TRAILER-9,\n"
           "A-3,2026-11-22T12:30:00Z,TCLU4265640,B EF 1,,,\n"
           "A-4,2026-11-22T12:30:00Z,HLXU1234567,,UCR-2,,cancelled\n"
           "A-5,2026-11-10T12:30:00Z,MSKU0000001,,UCR-2,,\n"
           "A-6,2026-11-22T12:30:00Z,,,UCR-2,CHAS 6,\n");
  look();
  EXPECT_EQ(look(), 4);
  EXPECT_THAT(lrns({"CSQU3054383"}), ElementsAre("L1/ucr")) << "the order of the container";
  EXPECT_THAT(lrns({}, "bab123"), ElementsAre("L1/ucr")) << "the order of the plate";
  EXPECT_THAT(lrns({}, "B EF 1"), ElementsAre("L3/order")) << "by the container it should bring";
  EXPECT_THAT(lrns({}, "B CD 7"), ElementsAre("L3/plate")) << "before the order's chassis";
  EXPECT_THAT(lrns({"MWCU6059784"}, "B CD 7"), ElementsAre("L1/container"));
  EXPECT_THAT(lrns({"HLXU1234567"}), IsEmpty()) << "the order is cancelled";
  EXPECT_THAT(lrns({"MSKU0000001"}), IsEmpty()) << "the order is of another visit";
  EXPECT_THAT(lrns({}, "", {"trailer-9"}), ElementsAre("L2/chassis"));
  EXPECT_THAT(lrns({}, "", {"CHAS6"}), ElementsAre("L2/ucr")) << "the order of the chassis";
  EXPECT_THAT(lrns({}, "NOBODY 1", {"CHAS 99"}), IsEmpty());
}

TEST_F(GatewayTest, SameMessageAgainChangesNothingAndANewerOneReplaces) {
  open("again");
  const auto message = dec_message("L1", "CSQU3054383");
  for (const char* name : {"a.xml", "a.xml", "b.xml"}) {
    put_file(inbox() / name, message);
    look();
    EXPECT_EQ(look(), 1);
  }
  EXPECT_EQ(gateway_->status()->declarations, 1u);
  EXPECT_EQ(names_in(inbox() / "done").size(), 3u);               // Every file is kept.
  put_file(inbox() / "c.xml", dec_message("L1", "MWCU6059784"));  // Same trader, same reference.
  look();
  look();
  EXPECT_THAT(lrns({"CSQU3054383"}), IsEmpty());
  EXPECT_THAT(lrns({"MWCU6059784"}), ElementsAre("L1/container"));
  EXPECT_EQ(gateway_->status()->declarations, 2u);  // Nothing is thrown away.
}

TEST_F(GatewayTest, UnreadableGoesToQuarantineWithItsReasonAndItsBytes) {
  open("quarantine");
  const std::string bad =
      "<!DOCTYPE x [<!ENTITY e 'boo'>]><MetaData xmlns=\"urn:wco:datamodel:WCO\">&e;</MetaData>";
  put_file(inbox() / "bad.xml", bad);
  put_file(inbox() / "note.txt", "hello");
  put_file(inbox() / "note.txt.reason.txt", "a message that is named like a reason");
  std::filesystem::create_symlink("/etc/passwd", inbox() / "link.xml");
  look();
  EXPECT_EQ(look(), 3);
  const auto quarantine = inbox() / "quarantine";
  EXPECT_THAT(names_in(quarantine),
              ElementsAre("bad.xml", "bad.xml.reason.txt", "note.txt", "note.txt.reason.txt",
                          "note.txt.reason.txt.message", "note.txt.reason.txt.message.reason.txt"));
  EXPECT_EQ(*core::read_file(quarantine / "bad.xml", 1000), bad);
  EXPECT_THAT(*core::read_file(quarantine / "bad.xml.reason.txt", 1000), HasSubstr("DOCTYPE"));
  EXPECT_THAT(*core::read_file(quarantine / "note.txt.reason.txt", 1000),
              HasSubstr("no supported customs message"));
  const auto status = gateway_->status();
  EXPECT_EQ(status->quarantined, 3u);
  EXPECT_EQ(status->declarations, 0u);
  EXPECT_FALSE(status->last_quarantine_reason.empty());
  EXPECT_TRUE(std::filesystem::is_symlink(inbox() / "link.xml"));  // Left where it was.
  // Another message of the same name keeps its own place.
  put_file(inbox() / "bad.xml", "other");
  look();
  EXPECT_EQ(look(), 1);
  EXPECT_EQ(names_in(quarantine).size(), 8u);
  EXPECT_EQ(*core::read_file(quarantine / "bad.xml", 1000), bad);
}

TEST_F(GatewayTest, TooLargeIsQuarantined) {
  open("large");
  put_file(inbox() / "large.xml", "x");
  std::filesystem::resize_file(inbox() / "large.xml", 10'000'001);
  look();
  EXPECT_EQ(look(), 1);
  EXPECT_THAT(*core::read_file(inbox() / "quarantine" / "large.xml.reason.txt", 1000),
              HasSubstr("larger than"));
}

TEST_F(GatewayTest, DecisionIsAnsweredOnce) {
  open("decision");
  put_file(inbox() / "1.xml", dec_message("L/1 x", "CSQU3054383"));
  look();
  look();
  DecisionSubmission submission;
  submission.idempotency_key = "k1";
  submission.declaration_id = gateway_->find_declarations({{"CSQU3054383"}, "", {}})->at(0).id;
  submission.decision.scan_id = "s1";
  submission.decision.kind = core::DecisionKind::kRelease;
  submission.decision.decided = clock_.utc_now();
  auto first = gateway_->submit_decision(submission);
  ASSERT_TRUE(first.ok()) << first.error().message;
  EXPECT_FALSE(first->repeated);
  EXPECT_THAT(first->answer_file, ::testing::StartsWith("DMSROG_L_1_x_"));
  EXPECT_THAT(names_in(folder_ / "outbox"), ElementsAre(first->answer_file));
  EXPECT_THAT(*core::read_file(folder_ / "outbox" / first->answer_file, 10'000),
              HasSubstr("<FunctionalReferenceID>L/1 x</FunctionalReferenceID>"));
  std::filesystem::remove(folder_ / "outbox" / first->answer_file);  // The sender took it.
  put_file(folder_ / "outbox" / "half.xml.77.new", "<ha");           // A kill left it.
  reopen();
  auto second = gateway_->submit_decision(submission);
  ASSERT_TRUE(second.ok());
  EXPECT_TRUE(second->repeated);
  EXPECT_EQ(second->answer_file, first->answer_file);
  look();
  EXPECT_THAT(names_in(folder_ / "outbox"), IsEmpty());  // Not written twice.
  EXPECT_EQ(gateway_->status()->answers_written, 1u);

  submission.decision.kind = core::DecisionKind::kHold;
  EXPECT_EQ(gateway_->submit_decision(submission).error().code, core::ErrorCode::kRefused);
  submission.idempotency_key = "k2";
  submission.declaration_id = "nosuch";
  EXPECT_EQ(gateway_->submit_decision(submission).error().code, core::ErrorCode::kNotFound);
  submission.declaration_id.clear();
  auto unbound = gateway_->submit_decision(submission);
  ASSERT_TRUE(unbound.ok());
  EXPECT_EQ(unbound->answer_file, "");
  submission.idempotency_key.clear();
  EXPECT_EQ(gateway_->submit_decision(submission).error().code, core::ErrorCode::kInvalidInput);
}

TEST_F(GatewayTest, AContainerThatComesAgainIsNotOfItsEarlierDeclaration) {
  open("visits");
  put_file(inbox() / "1.xml", dec_message("L1", "CSQU3054383"));
  put_file(inbox() / "2.xml", dec_message("L2", "MSKU6011672"));
  look();
  look();
  const auto decide = [&](const std::string& container, core::DecisionKind kind) {
    DecisionSubmission submission;
    submission.idempotency_key = container;
    submission.declaration_id = gateway_->find_declarations({{container}, "", {}})->at(0).id;
    submission.decision.scan_id = "s-" + container;
    submission.decision.container = container;
    submission.decision.kind = kind;
    submission.decision.decided = clock_.utc_now();
    ASSERT_TRUE(gateway_->submit_decision(submission).ok());
  };
  decide("CSQU3054383", core::DecisionKind::kRelease);
  decide("MSKU6011672", core::DecisionKind::kPhysicalInspection);
  // Sent round, or read at another lane of the site: still its own.
  clock_.advance(std::chrono::hours(24));
  EXPECT_THAT(lrns({"CSQU3054383"}), ElementsAre("L1/container"));
  clock_.advance(std::chrono::hours(1));
  EXPECT_THAT(lrns({"CSQU3054383"}), IsEmpty());
  EXPECT_THAT(lrns({"MSKU6011672"}), ElementsAre("L2/container")) << "it comes again, inspected";
  // The next voyage has its own.
  put_file(inbox() / "3.xml", dec_message("L3", "CSQU3054383"));
  look();
  look();
  EXPECT_THAT(lrns({"CSQU3054383"}), ElementsAre("L3/container"));
  clock_.advance(std::chrono::hours(24 * 30));
  EXPECT_THAT(lrns({"MSKU6011672"}), IsEmpty());
  EXPECT_THAT(lrns({"CSQU3054383"}), ElementsAre("L3/container")) << "never scanned yet";
  clock_.advance(std::chrono::hours(24 * 336));
  EXPECT_THAT(lrns({"CSQU3054383"}), IsEmpty());
}

TEST_F(GatewayTest, OtherAgencyIsToldOfItsContainerAlone) {
  open("referral");
  auto message = dec_message("L7", "CSQU3054383");
  put_file(inbox() / "1.xml", message);
  look();
  look();
  DecisionSubmission submission;
  submission.idempotency_key = "k1";
  submission.declaration_id = gateway_->find_declarations({{"CSQU3054383"}, "", {}})->at(0).id;
  auto& decision = submission.decision;
  decision.scan_id = "s1";
  decision.case_id = "s1";
  decision.container = "CSQU3054383";
  decision.kind = core::DecisionKind::kOtherAgency;
  decision.reason_code = "veterinary";
  decision.reason_text = "Meat without a certificate.";
  decision.officer = "carla";
  decision.decided = clock_.utc_now();
  submission.report.findings.emplace_back().text = "Organic load of one density.";
  submission.report.checks = {{"revenue", core::CheckOutcome::kDiffers, "1,000 EUR", "0 EUR", ""},
                              {"mass", core::CheckOutcome::kAgrees, "1 t", "1 t", ""}};
  std::filesystem::remove_all(folder_ / "outbox");  // It comes later, as answers do.
  const auto receipt = gateway_->submit_decision(submission);
  ASSERT_TRUE(receipt.ok()) << receipt.error().message;
  EXPECT_THAT(receipt->message, HasSubstr("The other agency: REFERRAL_L7_"));
  std::filesystem::create_directories(folder_ / "outbox");
  clock_.advance(std::chrono::seconds(1));
  reopen();
  look();
  const auto folder = folder_ / "outbox" / "referral";
  const auto names = names_in(folder);
  ASSERT_EQ(names.size(), 1U);
  EXPECT_THAT(names_in(folder_ / "outbox"), ElementsAre(receipt->answer_file));
  const auto text = *core::read_file(folder / names[0], 100'000);
  const auto told = nlohmann::json::parse(text);
  EXPECT_EQ(told["format"], "portcullis-referral");
  const auto read = case_from_json(told["case"]);
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(read->declarations.at(0).lrn, "L7");
  EXPECT_EQ(read->decisions.at(0).reason_text, "Meat without a certificate.");
  EXPECT_EQ(read->findings.size(), 1U);
  ASSERT_EQ(read->checks.size(), 1U);
  EXPECT_EQ(read->checks[0].name, "mass");
  EXPECT_EQ(text.find("carla"), std::string::npos);
  // The same again is written once.
  std::filesystem::remove(folder / names[0]);
  EXPECT_TRUE(gateway_->submit_decision(submission)->repeated);
  look();
  EXPECT_THAT(names_in(folder), IsEmpty());

  submission.idempotency_key = "k2";
  submission.declaration_id.clear();
  EXPECT_TRUE(gateway_->submit_decision(submission).ok());
  EXPECT_THAT(names_in(folder), ElementsAre(::testing::StartsWith("REFERRAL_undeclared_")));
}

TEST(ReferralTest, GoodsOfOtherContainersStayOut) {
  Case c;
  auto& declaration = c.declarations.emplace_back();
  declaration.mrn = "06DE586600006143E1";
  declaration.containers = {{"CSQU3054383", {}, {}, std::nullopt},
                            {"MWCU6059784", {}, {}, std::nullopt}};
  declaration.items.resize(3);
  declaration.items[0].description = "meat";
  declaration.items[0].containers = {"CSQU 305438 3"};
  declaration.items[1].description = "watches";
  declaration.items[1].containers = {"MWCU6059784"};
  declaration.items[2].description = "ice";  // Not said where: it may be here.
  DecisionSubmission submission;
  submission.decision.container = "CSQU3054383";
  submission.decision.kind = core::DecisionKind::kOtherAgency;
  const auto referral = write_referral(c, submission);
  EXPECT_THAT(referral.content, ::testing::AllOf(HasSubstr("meat"), HasSubstr("ice")));
  EXPECT_THAT(referral.content, ::testing::Not(HasSubstr("watches")));
  EXPECT_THAT(referral.content, ::testing::Not(HasSubstr("MWCU6059784")));
  EXPECT_THAT(referral.name, ::testing::StartsWith("REFERRAL_06DE586600006143E1_"));
}

TEST_F(GatewayTest, AnswerWaitsForTheOutbox) {
  open("outbox");
  put_file(inbox() / "1.xml", dec_message("L1", "CSQU3054383"));
  look();
  look();
  std::filesystem::remove_all(folder_ / "outbox");
  DecisionSubmission submission;
  submission.idempotency_key = "k1";
  submission.declaration_id = gateway_->find_declarations({{"CSQU3054383"}, "", {}})->at(0).id;
  auto receipt = gateway_->submit_decision(submission);
  ASSERT_TRUE(receipt.ok()) << receipt.error().message;
  EXPECT_THAT(receipt->message, HasSubstr("waits"));
  EXPECT_FALSE(gateway_->poll().ok());
  std::filesystem::create_directories(folder_ / "outbox");
  EXPECT_FALSE(gateway_->poll().ok());  // Not its time yet.
  EXPECT_THAT(names_in(folder_ / "outbox"), IsEmpty());
  reopen();
  clock_.advance(std::chrono::seconds(1));
  look();
  EXPECT_THAT(names_in(folder_ / "outbox"), ElementsAre(receipt->answer_file));
}

TEST_F(GatewayTest, ForeignStoreIsRefused) {
  folder_ = test::test_folder("foreign");
  put_file(folder_ / "store.sqlite", std::string(5000, 'x'));
  auto made = Gateway::create(test::config_in(folder_), clock_);
  ASSERT_FALSE(made.ok());
  EXPECT_THAT(made.error().message, HasSubstr("store.sqlite"));
}

}  // namespace
}  // namespace portcullis::customs
