#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <set>

#include "core/files.h"
#include "customs/adapters/parse.h"
#include "customs/gateway/gateway.h"
#include "customs/gateway/message_form.h"
#include "gateway_samples.h"
#include "tests/unit/customs/adapters/adapter_samples.h"

namespace portcullis::customs {
namespace {

std::string long_text(std::size_t size) {
  std::string text;
  text.resize(size, ' ');
  return text;
}

using ::testing::HasSubstr;

core::UtcTime utc(const char* text) {
  return core::parse_iso8601(text).value();
}

/// One CUSDEC with the interchange's character set, time and references in place.
std::string cusdec(const std::string& set, const std::string& goods,
                   const std::string& sent = "260101:0000", const std::string& reference = "R1") {
  return fmt::format(
      "UNB+{}:3+SENDER+PORT+{}+{}'UNH+1+CUSDEC:D:96B:UN'BGM+930+LRN-{}+9'"
      "EQD+CN+CSQU3054383'CST+1+48025810:122'FTX+AAA+++{}'UNT+6+1'UNZ+1+{}'",
      set, sent, reference, reference, goods, reference);
}

class IntakeTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = test::test_folder(::testing::UnitTest::GetInstance()->current_test_info()->name());
    reopen();
  }
  void reopen() {
    gateway_.reset();
    auto made = Gateway::create(test::config_in(folder_), clock_);
    ASSERT_TRUE(made.ok()) << made.error().message;
    gateway_ = std::move(made).value();
  }
  Receipt push(const std::string& bytes, const std::string& name = "message") {
    std::promise<core::Result<Receipt>> told;
    gateway_->submit(form_message({bytes, name, "http"}, clock_.utc_now()),
                     [&](core::Result<Receipt> receipt) { told.set_value(std::move(receipt)); });
    auto receipt = told.get_future().get();
    EXPECT_TRUE(receipt.ok()) << receipt.error().message;
    return receipt.ok() ? *receipt : Receipt{};
  }
  std::filesystem::path quarantined(const Receipt& receipt) const {
    return folder_ / "inbox" / "quarantine" / fmt::format("http-{}.message", receipt.id);
  }

  core::ManualClock clock_{core::TimePoint(std::chrono::hours(1)), utc("2026-11-22T12:00:00Z")};
  std::filesystem::path folder_;
  std::unique_ptr<Gateway> gateway_;
};

// Every message that an adapter knows by itself goes in, is kept whole, and is known again.
TEST_F(IntakeTest, EveryKindOfMessageIsTakenOnce) {
  std::uint64_t declarations = 0;
  std::set<std::string> systems;
  for (const auto& sample : adapter_samples()) {
    if (!sample.detected) continue;
    SCOPED_TRACE(sample.system + " " + sample.what);
    const auto first = push(sample.bytes, sample.what);
    ASSERT_EQ(first.state, MessageState::kTaken) << first.reason;
    EXPECT_EQ(first.system, sample.system);
    EXPECT_FALSE(first.repeated);
    const auto again = push(sample.bytes, sample.what);
    EXPECT_TRUE(again.repeated);
    EXPECT_EQ(again.id, first.id);
    const auto kept = gateway_->receipt(first.id);
    ASSERT_TRUE(kept.ok() && kept->has_value());
    EXPECT_EQ((*kept)->kind, first.kind);
    EXPECT_EQ((*kept)->sha256, core::sha256_hex(sample.bytes));
    declarations += first.declarations;
    systems.insert(sample.system);
  }
  EXPECT_GE(systems.size(), 9u);
  EXPECT_EQ(gateway_->status()->declarations, declarations);
  EXPECT_EQ(gateway_->status()->quarantined, 0u);
  reopen();
  EXPECT_EQ(gateway_->status()->declarations, declarations);
}

TEST_F(IntakeTest, DeclarationsOfEverySystemAreFoundByTheirContainers) {
  for (const auto& sample : adapter_samples()) {
    const auto read =
        sample.detected ? parse_message(sample.bytes, sample.what) : core::Result<Case>(Case{});
    ASSERT_TRUE(read.ok());
    if (read->message.test || read->message.function == "1") continue;
    push(sample.bytes, sample.what);
    for (const auto& declaration : read->declarations) {
      for (const auto& container : declaration.containers) {
        SCOPED_TRACE(sample.what + " " + container.number);
        const auto found = gateway_->find_declarations({{container.number}, "", {}});
        ASSERT_TRUE(found.ok()) << found.error().message;
        EXPECT_TRUE(std::any_of(found->begin(), found->end(), [&](const auto& f) {
          return f.declaration.lrn == declaration.lrn && f.declaration.mrn == declaration.mrn;
        }));
        for (const auto& f : *found) {
          const auto whole = gateway_->find_case(f.id);
          ASSERT_TRUE(whole.ok() && whole->has_value()) << f.id;
          EXPECT_EQ((*whole)->declarations.at(0).lrn, f.declaration.lrn);
        }
      }
    }
  }
}

TEST_F(IntakeTest, HostileAndWrongMessagesAreRefusedWithReasonAndBytes) {
  const std::string bomb =
      "<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
      "<MetaData xmlns=\"urn:wco:datamodel:WCO:DocumentMetaData-DMS:2\">&b;</MetaData>";
  const std::string good = test::dec_message("L1", "CSQU3054383");
  const auto with_sent = [&](const std::string& format, const std::string& at) {
    auto bytes = test::dec_message("L2", "CSQU3054383");
    const std::string before = "<TypeCode>";
    bytes.insert(bytes.find(before),
                 fmt::format("<IssueDateTime><DateTimeString formatCode=\"{}\">{}</DateTimeString>"
                             "</IssueDateTime>",
                             format, at));
    return bytes;
  };
  const std::string utf16{'\xff', '\xfe', '<', '\0', 'M', '\0'};
  const struct {
    const char* what;
    std::string bytes, says;
  } rows[] = {
      {"entity bomb", bomb, "DOCTYPE"},
      {"cut-off XML", good.substr(0, good.size() / 2), "not well-formed"},
      {"UTF-16", utf16, "no supported customs message"},
      {"Latin-1 called UTF-8", test::dec_message("L\xe9", "CSQU3054383"), "not UTF-8"},
      {"segment of ten megabytes", cusdec("UNOC", long_text(9'900'000)), "segment"},
      {"more than ten megabytes", long_text(10'000'001), "10000000"},
      {"UNOX", cusdec("UNOX", "PAPER"), "character set \"UNOX\" is not read"},
      {"UNOZ", cusdec("UNOZ", "PAPER"), "character set \"UNOZ\" is not read"},
      {"UNOA that is not", cusdec("UNOA", "PAP\xc9"), "US-ASCII"},
      {"UNOY that is not", cusdec("UNOY", "PAP\xc9"), "UTF-8"},
      {"cut-off interchange", cusdec("UNOC", "PAPER").substr(0, 120), "cut off"},
      {"EDIFACT of tomorrow and a half", cusdec("UNOC", "PAPER", "261124:0300"), "future"},
      {"EDIFACT of the year 9999", cusdec("UNOC", "PAPER", "99991231:0000"), "future"},
      {"WCO an hour ahead, in UTC", with_sent("304", "20261122130000Z"), "future"},
      {"nothing", "", "no supported customs message"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.what);
    const auto receipt = push(row.bytes, row.what);
    EXPECT_EQ(receipt.state, MessageState::kRefused);
    EXPECT_THAT(receipt.reason, HasSubstr(row.says));
    EXPECT_LT(receipt.reason.size(), 1000u);
    EXPECT_TRUE(core::read_file(quarantined(receipt), 20'000'000).value() == row.bytes);
    EXPECT_THAT(*core::read_file(quarantined(receipt).string() + ".reason.txt", 10'000),
                HasSubstr(row.says));
    const auto kept = gateway_->receipt(receipt.id);
    ASSERT_TRUE(kept.ok() && kept->has_value());
    EXPECT_EQ((*kept)->state, MessageState::kRefused);
    EXPECT_EQ((*kept)->reason, receipt.reason);
    EXPECT_TRUE(push(row.bytes, row.what).repeated);
  }
  EXPECT_EQ(gateway_->status()->quarantined, std::size(rows));
  EXPECT_EQ(gateway_->status()->declarations, 0u);
  // Local time may be ahead of ours by the width of the world.
  EXPECT_EQ(push(cusdec("UNOC", "PAPER", "261123:0100")).state, MessageState::kTaken);
  EXPECT_EQ(push(with_sent("304", "20261122120500Z")).state, MessageState::kTaken);
}

TEST_F(IntakeTest, EveryCharacterSetThatIsReadIsTaken) {
  const struct {
    const char *set, *goods, *utf8;
  } rows[] = {{"UNOA", "PAPER", "PAPER"},
              {"UNOB", "Paper", "Paper"},
              {"UNOC", "Caf\xe9", "Caf\xc3\xa9"},        // ISO 8859-1
              {"UNOD", "S\xf2l", "S\xc5\x88l"},          // ISO 8859-2
              {"UNOE", "\xc1\xe3", "\xd0\xa1\xd1\x83"},  // ISO 8859-5
              {"UNOF", "\xe1", "\xce\xb1"},              // ISO 8859-7
              {"UNOG", "\xe6", "\xc4\x89"},              // ISO 8859-3
              {"UNOH", "\xe0", "\xc4\x81"},              // ISO 8859-4
              {"UNOI", "\xc7", "\xd8\xa7"},              // ISO 8859-6
              {"UNOJ", "\xe0", "\xd7\x90"},              // ISO 8859-8
              {"UNOK", "\xfd", "\xc4\xb1"},              // ISO 8859-9
              {"UNOW", "\xe7\xb4\x99", "\xe7\xb4\x99"},  // UTF-8
              {"UNOY", "\xe7\xb4\x99", "\xe7\xb4\x99"}};
  for (const auto& row : rows) {
    SCOPED_TRACE(row.set);
    const auto receipt = push(cusdec(row.set, row.goods, "260101:0000", row.set));
    ASSERT_EQ(receipt.state, MessageState::kTaken) << receipt.reason;
    const auto kept = gateway_->find_case(receipt.id);
    ASSERT_TRUE(kept.ok() && kept->has_value());
    EXPECT_EQ((*kept)->declarations.at(0).items.at(0).description, row.utf8);
  }
}

TEST_F(IntakeTest, AControlReferenceUsedTwiceIsRefusedAndNothingChanges) {
  const auto first = push(cusdec("UNOC", "PAPER"));
  ASSERT_EQ(first.state, MessageState::kTaken) << first.reason;
  const auto second = push(cusdec("UNOC", "GOLD"));  // Same sender, same reference.
  EXPECT_EQ(second.state, MessageState::kRefused);
  EXPECT_EQ(second.code, core::ErrorCode::kRefused);
  EXPECT_THAT(second.reason, HasSubstr("was used before"));
  EXPECT_NE(second.id, first.id);
  EXPECT_TRUE(std::filesystem::exists(quarantined(second)));
  const auto kept = gateway_->find_case(first.id);
  EXPECT_EQ((*kept)->declarations.at(0).items.at(0).description, "PAPER");
  // The same reference of another sender is another message.
  auto other = cusdec("UNOC", "GOLD");
  other.replace(other.find("SENDER"), 6, "SOMEONE");
  EXPECT_EQ(push(other).state, MessageState::kTaken);
  EXPECT_EQ(gateway_->status()->declarations, 2u);
}

TEST_F(IntakeTest, CancellationsAndTestsAreKeptAndNotBound) {
  ASSERT_EQ(push(cusdec("UNOC", "PAPER")).state, MessageState::kTaken);
  ASSERT_EQ(gateway_->find_declarations({{"CSQU3054383"}, "", {}})->size(), 1u);
  auto test = cusdec("UNOC", "PAPER", "260101:0000", "R2");
  test.replace(test.find("+R2'"), 4, "+R2++++++1'");
  test.replace(test.find("LRN-R2"), 6, "LRN-R1");
  EXPECT_EQ(push(test).state, MessageState::kTaken);
  EXPECT_EQ(gateway_->find_declarations({{"CSQU3054383"}, "", {}})->size(), 1u);
  auto cancellation = cusdec("UNOC", "PAPER", "260101:0000", "R3");
  cancellation.replace(cancellation.find("LRN-R3+9"), 8, "LRN-R1+1");
  EXPECT_EQ(push(cancellation).state, MessageState::kTaken);
  EXPECT_TRUE(gateway_->find_declarations({{"CSQU3054383"}, "", {}})->empty());
}

TEST_F(IntakeTest, ABillOfAnOceanManifestIsAnsweredAndWithdrawn) {
  const auto file = [](const std::string& name) {
    const auto bytes = core::read_file("tests/data/customs/camir/" + name, 10'000);
    EXPECT_TRUE(bytes.ok()) << name;
    return bytes.ok() ? *bytes : std::string();
  };
  ASSERT_EQ(push(file("manifest.camir")).state, MessageState::kTaken);
  const auto found = gateway_->find_declarations({{"CSQU3054383"}, "", {}});
  ASSERT_TRUE(found.ok());
  ASSERT_EQ(found->size(), 1u);
  EXPECT_EQ(found->front().declaration.lrn, "MSCUEK569969");
  DecisionSubmission submission;
  submission.idempotency_key = "k1";
  submission.declaration_id = found->front().id;
  submission.decision.scan_id = "s1";
  submission.decision.container = "CSQU3054383";
  submission.decision.kind = core::DecisionKind::kPhysicalInspection;
  submission.decision.decided = clock_.utc_now();
  const auto answered = gateway_->submit_decision(submission);
  ASSERT_TRUE(answered.ok()) << answered.error().message;
  EXPECT_TRUE(answered->answer_file.starts_with("STATUS-DRAFT_MSCUEK569969_"));
  EXPECT_TRUE(answered->answer_file.ends_with(".camir"));
  // What was amended elsewhere takes no container from the bill.
  auto replaced = file("deletion.camir");
  replaced.replace(replaced.find("A01MSCU2704D"), 12, "A01MSCU2704R");
  EXPECT_EQ(push(replaced).state, MessageState::kTaken);
  EXPECT_EQ(gateway_->find_declarations({{"CSQU3054383"}, "", {}})->size(), 1u);
  EXPECT_EQ(push(file("deletion.camir")).state, MessageState::kTaken);
  EXPECT_TRUE(gateway_->find_declarations({{"CSQU3054383"}, "", {}})->empty());
}

TEST_F(IntakeTest, OneBadMessageDoesNotHoldUpItsBatch) {
  std::vector<std::future<core::Result<Receipt>>> told;
  for (int i = 0; i < 200; ++i) {
    auto promise = std::make_shared<std::promise<core::Result<Receipt>>>();
    told.push_back(promise->get_future());
    const auto bytes = i % 10 == 3 ? fmt::format("junk {}", i)
                                   : test::dec_message(fmt::format("L{}", i), "CSQU3054383");
    gateway_->submit(form_message({bytes, fmt::format("m{}", i), "http"}, clock_.utc_now()),
                     [promise](core::Result<Receipt> r) { promise->set_value(std::move(r)); });
  }
  int taken = 0;
  for (auto& one : told) {
    const auto receipt = one.get();
    ASSERT_TRUE(receipt.ok());
    taken += receipt->state == MessageState::kTaken ? 1 : 0;
  }
  EXPECT_EQ(taken, 180);
  EXPECT_EQ(gateway_->status()->quarantined, 20u);
  const auto events = gateway_->events_after(0, 1000);
  ASSERT_TRUE(events.ok());
  EXPECT_EQ(events->size(), 200u);
}

TEST_F(IntakeTest, ACaseHoldsWhatNamesItAndWhatWasDecided) {
  const auto declared = push(test::dec_message("L1", "CSQU3054383", "", "U-77"));
  // COPINO: a container is announced for the gate.
  const std::string order =
      "UNB+UNOA:2+HAULIER+PORT+260101:0000+O1'UNH+1+COPINO:D:95B:UN'BGM+661+ORDER1+9'"
      "TDT+1++3++:::++++:::AB123CD'EQD+CN+CSQU3054383+45G1:102:5'CNT+16:1'UNT+6+1'UNZ+1+O1'";
  const auto announced = push(order);
  ASSERT_EQ(announced.state, MessageState::kTaken) << announced.reason;
  DecisionSubmission submission;
  submission.idempotency_key = "k";
  submission.declaration_id = declared.id;
  submission.decision.scan_id = "s1";
  submission.decision.kind = core::DecisionKind::kRelease;
  submission.decision.decided = utc("2026-11-22T12:30:00Z");
  ASSERT_TRUE(gateway_->submit_decision(submission).ok());
  for (const auto& key : {declared.id, std::string("U-77")}) {
    const auto found = gateway_->find_case(key);
    ASSERT_TRUE(found.ok() && found->has_value()) << key;
    const auto& whole = **found;
    EXPECT_EQ(whole.orders.size(), 1u);
    ASSERT_EQ(whole.decisions.size(), 1u);
    EXPECT_EQ(whole.times.lodged, clock_.utc_now());
    EXPECT_EQ(whole.times.release, submission.decision.decided);
  }
  push(test::dec_message("L2", "CSQU3054383", "", "U-77"));
  EXPECT_FALSE(gateway_->find_case("U-77")->has_value());  // Of two: nobody's to guess.
  EXPECT_FALSE(gateway_->find_case("nosuch")->has_value());
}

TEST(PartId, NamesMessageAndPosition) {
  EXPECT_EQ(part_id("abc", 1, 1), "abc");
  EXPECT_EQ(part_id("abc", 3, 2), "abc-2");
  EXPECT_EQ(part_name("abc").position, 0u);
  EXPECT_EQ(part_name("abc-2").message_id, "abc");
  EXPECT_EQ(part_name("abc-2").position, 2u);
  for (const char* other : {"abc-", "abc-0", "abc-x", "abc-1234567", "-"})
    EXPECT_EQ(part_name(other).message_id, other);
}

TEST(StatedTime, FormsOfMessages) {
  const struct {
    const char *text, *utc;
    bool zoned;
  } rows[] = {{"20260304050607Z", "2026-03-04T05:06:07Z", true},
              {"2026-03-04T05:06:07", "2026-03-04T05:06:07Z", false},
              {"2026-03-04T05:06:07.25Z", "2026-03-04T05:06:07Z", true},
              {"2026-03-04T05:06:07+01:00", "2026-03-04T04:06:07Z", true},
              {"260304:0506", "2026-03-04T05:06:00Z", false},
              {"20260304:0506", "2026-03-04T05:06:00Z", false},
              {"202603040506", "2026-03-04T05:06:00Z", false},
              {"20260304", "2026-03-04T00:00:00Z", false},
              {"2026-03-04", "2026-03-04T00:00:00Z", false},
              {"260304", "2026-03-04T00:00:00Z", false}};
  for (const auto& row : rows) {
    const auto stated = parse_stated_time(row.text);
    ASSERT_TRUE(stated.has_value()) << row.text;
    EXPECT_EQ(core::to_iso8601(stated->time), core::to_iso8601(utc(row.utc))) << row.text;
    EXPECT_EQ(stated->zoned, row.zoned) << row.text;
  }
  for (const char* text :
       {"", "tomorrow", "2026-13-01", "99", "2026-03-04T05:06:07+99:00", "260304:9999"})
    EXPECT_FALSE(parse_stated_time(text).has_value()) << text;
}

}  // namespace
}  // namespace portcullis::customs
