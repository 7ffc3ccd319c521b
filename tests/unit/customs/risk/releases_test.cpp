#include "customs/risk/releases.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portcullis::customs {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr core::UtcTime kStart{1'767'225'600'000'000'000};
constexpr core::Duration kWeek = std::chrono::hours(168);

core::UtcTime after(core::Duration time) {
  return {kStart.ns + time.count()};
}

std::vector<std::string> words_of(const core::Result<std::vector<ReleaseEvent>>& events) {
  std::vector<std::string> words;
  EXPECT_TRUE(events.ok()) << events.error().message;
  if (!events.ok()) return words;
  for (const auto& event : *events) words.push_back(event.what + " " + event.id);
  return words;
}

TEST(RiskReleases, TwoPeopleActivateAfterAShadowRun) {
  ReleaseRecord record;
  EXPECT_THAT(words_of(record.propose(ReleaseKind::kModel, "m1", "m1.risk", "ann", kStart)),
              ElementsAre("proposed m1"));
  EXPECT_EQ(record.active(ReleaseKind::kModel), nullptr);
  const auto early = record.approve(ReleaseKind::kModel, "m1", "ann", kWeek, after(kWeek / 2));
  ASSERT_FALSE(early.ok());
  EXPECT_EQ(early.error().code, core::ErrorCode::kRefused);
  EXPECT_THAT(early.error().message, HasSubstr("in shadow since 2026-01-01"));
  EXPECT_THAT(words_of(record.approve(ReleaseKind::kModel, "m1", "ann", kWeek, after(kWeek))),
              ElementsAre("approved m1"));
  EXPECT_EQ(record.active(ReleaseKind::kModel), nullptr);
  const auto again = record.approve(ReleaseKind::kModel, "m1", "ann", kWeek, after(kWeek));
  ASSERT_FALSE(again.ok());
  EXPECT_THAT(again.error().message, HasSubstr("another person's"));
  EXPECT_THAT(words_of(record.approve(ReleaseKind::kModel, "m1", "bob", kWeek, after(kWeek))),
              ElementsAre("approved m1", "activated m1"));
  ASSERT_NE(record.active(ReleaseKind::kModel), nullptr);
  EXPECT_EQ(record.active(ReleaseKind::kModel)->id, "m1");
  EXPECT_EQ(record.active(ReleaseKind::kRules), nullptr);
}

TEST(RiskReleases, TheNextOneRetiresTheLast) {
  ReleaseRecord record;
  for (const char* id : {"m1", "m2"}) {
    ASSERT_TRUE(record.propose(ReleaseKind::kModel, id, "f", "ann", kStart).ok());
    ASSERT_TRUE(record.approve(ReleaseKind::kModel, id, "ann", {}, kStart).ok());
    EXPECT_FALSE(record.propose(ReleaseKind::kModel, id, "f", "ann", kStart).ok());
    const auto done = record.approve(ReleaseKind::kModel, id, "bob", {}, kStart);
    if (std::string(id) == "m2") {
      EXPECT_THAT(words_of(done), ElementsAre("approved m2", "retired m1", "activated m2"));
    }
  }
  EXPECT_EQ(record.active(ReleaseKind::kModel)->id, "m2");
  EXPECT_FALSE(record.withdraw(ReleaseKind::kModel, "m2", "ann", kStart).ok());
  EXPECT_FALSE(record.approve(ReleaseKind::kModel, "m1", "bob", {}, kStart).ok());
  // Back to the old one: from the start, without its old approvals.
  EXPECT_THAT(words_of(record.propose(ReleaseKind::kModel, "m1", "f", "bob", kStart)),
              ElementsAre("proposed m1"));
  EXPECT_TRUE(record.releases()[0].approved_by.empty());
  EXPECT_THAT(words_of(record.withdraw(ReleaseKind::kModel, "m1", "bob", kStart)),
              ElementsAre("retired m1"));
}

TEST(RiskReleases, TheRecordComesBackFromItsFileAndIsNotBelievedBlindly) {
  ReleaseRecord record;
  ASSERT_TRUE(record.propose(ReleaseKind::kRules, "r1", "rules.toml", "ann", kStart).ok());
  ASSERT_TRUE(record.approve(ReleaseKind::kRules, "r1", "ann", {}, kStart).ok());
  ASSERT_TRUE(record.approve(ReleaseKind::kRules, "r1", "bob", {}, kStart).ok());
  const auto text = record.text();
  const auto read = ReleaseRecord::parse(text, "releases.json");
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(read->text(), text);
  const auto problem = [&](const std::string& from, const std::string& to) {
    auto changed = text;
    const auto at = changed.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    changed.replace(at, from.size(), to);
    const auto parsed = ReleaseRecord::parse(changed, "releases.json");
    EXPECT_FALSE(parsed.ok());
    return parsed.ok() ? std::string() : parsed.error().message;
  };
  EXPECT_EQ(problem("\"bob\"", "\"ann\""),
            "releases.json: release 0: is active without two people's approval");
  EXPECT_EQ(problem("\"active\"", "\"actve\""),
            "releases.json: release 0: 'state' is missing or wrong");
  EXPECT_THAT(problem("releases 1", "releases 2"), HasSubstr("is no 'portcullis-risk-releases 1'"));
  EXPECT_THAT(problem("{", "["), HasSubstr("is no "));
}

}  // namespace
}  // namespace portcullis::customs
