#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/files.h"
#include "customs/gateway/message_store.h"
#include "customs/risk/releases.h"
#include "customs/risk/rules.h"
#include "gateway_samples.h"

namespace portcullis::customs {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kPlain = R"(
[selection]
yellow_weight = 30
red_weight = 60
yellow_score = 0.5
red_score = 0.9
random_share = 0.25
random_channel = "yellow"

[[rule]]
id = "watched-box"
owner = "Port unit"
reason = "Container on the port's list"
channel = "red"
[[rule.when]]
field = "declarations.containers.number"
one_of = ["CSQU3054383"]
)";

class GatewaySelectionTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = test::test_folder(std::string("selection-") +
                                ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_ / "risk");
    first_ = propose("plain.toml", kPlain);
    activate(first_);
    reopen();
  }
  void reopen() {
    gateway_.reset();
    auto config = test::config_in(folder_);
    config.risk_site = folder_ / "risk";
    auto made = Gateway::create(config, clock_);
    ASSERT_TRUE(made.ok()) << made.error().message;
    gateway_ = std::move(made).value();
  }
  [[nodiscard]] std::filesystem::path record_file() const {
    return folder_ / "risk" / "releases.json";
  }
  void change(const std::function<bool(ReleaseRecord&)>& how) {
    auto record = ReleaseRecord::load(record_file());
    ASSERT_TRUE(record.ok());
    ASSERT_TRUE(how(*record));
    ASSERT_TRUE(record->save(record_file()).ok());
    // Two changes within the file system's clock tick are still two.
    std::filesystem::last_write_time(record_file(), std::filesystem::file_time_type::clock::now() +
                                                        std::chrono::seconds(++changes_));
  }
  std::string propose(const std::string& file, const std::string& rules) {
    test::put_file(folder_ / "risk" / file, rules);
    const auto loaded = load_risk_rules(folder_ / "risk" / file);
    EXPECT_TRUE(loaded.ok()) << loaded.error().message;
    change([&](ReleaseRecord& record) {
      return record.propose(ReleaseKind::kRules, loaded->id, file, "ann", clock_.utc_now()).ok();
    });
    return loaded->id;
  }
  void activate(const std::string& id) {
    change([&](ReleaseRecord& record) {
      return record.approve(ReleaseKind::kRules, id, "bob", {}, clock_.utc_now()).ok() &&
             record.approve(ReleaseKind::kRules, id, "cat", {}, clock_.utc_now()).ok();
    });
  }
  void declare(const std::string& lrn, const std::string& container) {
    static int number = 0;
    test::put_file(folder_ / "inbox" / fmt::format("{}.xml", ++number),
                   test::dec_message(lrn, container));
    for (int look = 0; look < 2; ++look) ASSERT_TRUE(gateway_->poll().ok());
  }
  std::string id_of(const std::string& container) {
    const auto found = gateway_->find_declarations({container}, "");
    EXPECT_TRUE(found.ok() && found->size() == 1u);
    return found.ok() && !found->empty() ? found->front().id : "";
  }
  BoundSelection bind(const std::string& id, std::optional<double> draw,
                      const std::string& scan = "scan-1") {
    const auto bound = gateway_->bind({scan, {id}, draw});
    EXPECT_TRUE(bound.ok()) << bound.error().message;
    return bound.ok() && bound->size() == 1 ? bound->front() : BoundSelection{};
  }
  std::vector<MessageStore::KeptSelection> kept(const std::string& id) {
    auto store = MessageStore::open(folder_ / "store.sqlite");
    EXPECT_TRUE(store.ok());
    auto all = store->selections(id);
    EXPECT_TRUE(all.ok());
    return *all;
  }
  std::vector<std::string> logged() {
    std::vector<std::string> details;
    const auto events = gateway_->events_after(0, 1000);
    EXPECT_TRUE(events.ok());
    for (const auto& event : *events)
      if (event.type == "case_selected") details.push_back(event.detail);
    return details;
  }

  core::ManualClock clock_{core::TimePoint(std::chrono::hours(1)),
                           core::parse_iso8601("2026-11-22T12:00:00Z").value()};
  std::filesystem::path folder_;
  std::string first_;
  int changes_ = 0;
  std::unique_ptr<Gateway> gateway_;
};

TEST_F(GatewaySelectionTest, ABoundCaseIsSelectedOnceKeptLoggedAndTold) {
  declare("L1", "CSQU3054383");
  const auto id = id_of("CSQU3054383");
  const auto bound = bind(id, 0.99);
  EXPECT_EQ(bound.channel, "red");
  EXPECT_THAT(bound.reason, HasSubstr("Container on the port's list"));
  EXPECT_FALSE(bound.random);
  EXPECT_TRUE(bound.is_new);
  EXPECT_FALSE(bind(id, 0.99).is_new);
  EXPECT_TRUE(bind(id, 0.99, "scan-2").is_new);
  reopen();
  EXPECT_FALSE(bind(id, 0.99).is_new);
  ASSERT_EQ(kept(id).size(), 2u);
  EXPECT_EQ(kept(id).front().selection.rules, std::vector<std::string>{"watched-box"});
  EXPECT_EQ(kept(id).front().selection.probability, 1.0);
  const auto whole = gateway_->find_case(id);
  ASSERT_TRUE(whole.ok() && whole->has_value());
  EXPECT_EQ((*whole)->selection->channel, Channel::kRed);
  EXPECT_EQ((*whole)->selection->selected_by, "rules " + first_);
  EXPECT_EQ((*whole)->times.selected, clock_.utc_now());
  EXPECT_THAT((*whole)->scan_ids, ElementsAre("scan-1", "scan-2"));
  ASSERT_EQ(logged().size(), 2u);
  EXPECT_THAT(logged().front(), HasSubstr("red; probability 1; rules " + first_));
  EXPECT_THAT(logged().front(), Not(HasSubstr("CSQU")));  // No field of the case.

  DecisionSubmission submission;
  submission.idempotency_key = "k";
  submission.declaration_id = id;
  submission.decision.scan_id = "scan-1";
  submission.decision.kind = core::DecisionKind::kHold;
  submission.decision.reason_text = "Dense object";
  submission.decision.decided = clock_.utc_now();
  const auto receipt = gateway_->submit_decision(submission);
  ASSERT_TRUE(receipt.ok()) << receipt.error().message;
  const auto answer = *core::read_file(folder_ / "outbox" / receipt->answer_file, 100'000);
  EXPECT_THAT(answer, HasSubstr("Dense object; selected red, probability 1, rules " + first_));
  // The record keeps the officer's own words.
  EXPECT_EQ((*gateway_->find_case(id))->decisions.at(0).reason_text, "Dense object");
}

TEST_F(GatewaySelectionTest, WhatNothingElseSelectsIsDrawn) {
  declare("L1", "MWCU6059784");
  const auto id = id_of("MWCU6059784");
  const auto drawn = bind(id, 0.2, "a");
  EXPECT_EQ(drawn.channel, "yellow");
  EXPECT_TRUE(drawn.random);
  const auto not_drawn = bind(id, 0.25, "b");
  EXPECT_EQ(not_drawn.channel, "green");
  EXPECT_FALSE(not_drawn.random);
  const auto no_signer = bind(id, std::nullopt, "c");
  EXPECT_EQ(no_signer.channel, "yellow");
  EXPECT_THAT(no_signer.reason, HasSubstr("no draw could be had"));
  const auto all = kept(id);
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].selection.probability, 0.25);
  EXPECT_EQ(all[1].selection.probability, 0.25);  // Whether it was drawn or not.
  EXPECT_EQ(all[2].selection.probability, 1.0);
  EXPECT_FALSE(all[2].draw.has_value());
}

TEST_F(GatewaySelectionTest, AChangedDeclarationIsSelectedAnewAndBothAreKept) {
  declare("L1", "MWCU6059784");
  const auto before = id_of("MWCU6059784");
  EXPECT_EQ(bind(before, 0.9).channel, "green");
  declare("L1", "CSQU3054383");  // The same trader's same reference: it takes the other's place.
  const auto after = id_of("CSQU3054383");
  ASSERT_NE(after, before);
  const auto selected = kept(after);
  ASSERT_EQ(selected.size(), 1u);
  EXPECT_EQ(selected[0].selection.channel, Channel::kRed);
  EXPECT_EQ(selected[0].scan_id, "scan-1");
  EXPECT_EQ(selected[0].draw, 0.9);
  ASSERT_EQ(kept(before).size(), 1u);
  EXPECT_EQ(kept(before)[0].selection.channel, Channel::kGreen);
  EXPECT_EQ(logged().size(), 2u);
  // One that was bound to nothing is not selected.
  declare("L2", "TGHU1234560");
  declare("L2", "TGHU1234565");
  EXPECT_EQ(logged().size(), 2u);
}

TEST_F(GatewaySelectionTest, NewRulesAreTakenUpWhenTwoPeopleHaveActivatedThem) {
  declare("L1", "MWCU6059784");
  const auto id = id_of("MWCU6059784");
  auto wider = std::string(kPlain);
  wider.replace(wider.find("CSQU3054383"), 11, "MWCU6059784");
  const auto second = propose("wider.toml", wider);
  ASSERT_TRUE(gateway_->poll().ok());
  EXPECT_EQ(bind(id, 0.9).channel, "green");  // In shadow: it is noted.
  EXPECT_THAT(kept(id).back().selection.shadow_rules, ElementsAre("watched-box@" + second));
  EXPECT_THAT(logged().back(), HasSubstr("in shadow " + second + ": red"));
  activate(second);
  ASSERT_TRUE(gateway_->poll().ok());
  EXPECT_EQ(bind(id, 0.9).channel, "red");
  EXPECT_EQ(kept(id).size(), 2u);
  // Changed behind the record: what was approved goes on selecting, and it is said.
  test::put_file(folder_ / "risk" / "wider.toml", kPlain);
  change([](ReleaseRecord&) { return true; });
  const auto looked = gateway_->poll();
  ASSERT_FALSE(looked.ok());
  EXPECT_THAT(looked.error().message, HasSubstr("proposed and approved"));
  EXPECT_EQ(bind(id, 0.9).channel, "red");
}

TEST_F(GatewaySelectionTest, WhatIsAskedWronglyIsRefused) {
  EXPECT_EQ(gateway_->bind({"", {"x"}, 0.5}).error().code, core::ErrorCode::kInvalidInput);
  EXPECT_EQ(gateway_->bind({"s", {"x"}, 0.5}).error().code, core::ErrorCode::kNotFound);
  EXPECT_EQ(gateway_->bind({"s", {}, 1.0}).error().code, core::ErrorCode::kInvalidInput);
  std::filesystem::remove(record_file());
  gateway_.reset();
  auto config = test::config_in(folder_);
  config.risk_site = folder_ / "risk";
  EXPECT_EQ(Gateway::create(config, clock_).error().code, core::ErrorCode::kRefused);
}

}  // namespace
}  // namespace portcullis::customs
