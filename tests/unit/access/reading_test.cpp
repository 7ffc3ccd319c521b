#include "access/reading.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <random>
#include <set>

namespace portcullis::access {
namespace {

using core::DecisionKind;
constexpr core::UtcTime kStart{1'767'225'600'000'000'000};
constexpr core::Duration kHold = std::chrono::minutes(2);

core::UtcTime later(core::UtcTime from, core::Duration by) {
  return {from.ns + by.count()};
}

TEST(ReadingTable, HasEachRowOnceAndNoWayOutOfSettled) {
  std::set<std::pair<ReadingState, OpinionIs>> seen;
  for (const ReadingRow& row : reading_table()) {
    EXPECT_TRUE(seen.emplace(row.from, row.opinion).second);
    EXPECT_NE(row.from, ReadingState::kSettled);
    EXPECT_NE(row.to, ReadingState::kUnread);
  }
}

TEST(Reading, OneReaderSettlesACaseThatWantsNoSecond) {
  Reading reading;
  EXPECT_TRUE(give_opinion(reading, {"anna", DecisionKind::kRelease}, false, kStart).ok());
  EXPECT_EQ(reading.state, ReadingState::kSettled);
  EXPECT_FALSE(give_opinion(reading, {"berta", DecisionKind::kHold}, false, kStart).ok());
}

TEST(Reading, TwoWhoAgreeSettleItAndTwoWhoDoNotLeaveItToAThird) {
  Reading reading;
  ASSERT_TRUE(give_opinion(reading, {"anna", DecisionKind::kRelease}, true, kStart).ok());
  EXPECT_EQ(reading.state, ReadingState::kReadOnce);
  EXPECT_FALSE(give_opinion(reading, {"anna", DecisionKind::kRelease}, true, kStart).ok());
  Reading other = reading;
  ASSERT_TRUE(give_opinion(reading, {"berta", DecisionKind::kRelease}, true, kStart).ok());
  EXPECT_EQ(reading.state, ReadingState::kSettled);
  ASSERT_TRUE(give_opinion(other, {"berta", DecisionKind::kPhysicalInspection}, true, kStart).ok());
  EXPECT_EQ(other.state, ReadingState::kDisagreed);
  EXPECT_FALSE(give_opinion(other, {"anna", DecisionKind::kRelease}, true, kStart).ok());
  EXPECT_FALSE(give_opinion(other, {"berta", DecisionKind::kRelease}, true, kStart).ok());
  ASSERT_TRUE(give_opinion(other, {"carla", DecisionKind::kHold}, true, kStart).ok());
  EXPECT_EQ(other.state, ReadingState::kSettled);
}

TEST(Reading, IsolateIsNeverArguedAbout) {
  for (int before = 0; before < 3; ++before) {
    Reading reading;
    const Opinion opinions[] = {{"anna", DecisionKind::kRelease}, {"berta", DecisionKind::kHold}};
    for (int i = 0; i < before; ++i)
      ASSERT_TRUE(give_opinion(reading, opinions[i], true, kStart).ok());
    ASSERT_TRUE(give_opinion(reading, {"carla", DecisionKind::kIsolate}, true, kStart).ok());
    EXPECT_EQ(reading.state, ReadingState::kSettled);
  }
}

TEST(Reading, OneReaderAtATimeUntilHeGoesOrDoesNothing) {
  Reading reading;
  ASSERT_TRUE(take_case(reading, "anna", kStart, kHold).ok());
  const auto refused = take_case(reading, "berta", later(kStart, kHold / 2), kHold);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().message, "anna reads this case now");
  EXPECT_FALSE(
      give_opinion(reading, {"berta", DecisionKind::kHold}, false, later(kStart, kHold / 2)).ok());
  ASSERT_TRUE(take_case(reading, "anna", later(kStart, kHold / 2), kHold).ok());  // goes on
  EXPECT_FALSE(take_case(reading, "berta", later(kStart, kHold), kHold).ok());
  EXPECT_TRUE(take_case(reading, "berta", later(kStart, kHold * 3 / 2), kHold).ok());
  leave_case(reading, "anna");  // has it no more
  EXPECT_TRUE(reading.reads("berta", later(kStart, kHold * 3 / 2)));
  leave_case(reading, "berta");
  EXPECT_TRUE(take_case(reading, "anna", later(kStart, kHold * 2), kHold).ok());
}

TEST(Reading, WhateverHappensTheRulesHold) {
  constexpr unsigned kSeed = 20261122;
  std::printf("seed %u\n", kSeed);
  std::mt19937 random(kSeed);
  const std::vector<std::string> people = {"anna", "berta", "carla", "dora", ""};
  const std::vector<DecisionKind> kinds = {DecisionKind::kRelease, DecisionKind::kHold,
                                           DecisionKind::kPhysicalInspection,
                                           DecisionKind::kIsolate};
  int settled_runs = 0;
  for (int run = 0; run < 3000; ++run) {
    Reading reading;
    core::UtcTime now = kStart;
    const bool second = random() % 2 == 0;
    for (int step = 0; step < 12; ++step) {
      now = later(now, std::chrono::seconds(random() % 100));
      const std::string& who = people[random() % people.size()];
      const Reading before = reading;
      switch (random() % 3) {
        case 0: {
          const bool ok = take_case(reading, who, now, kHold).ok();
          const bool held =
              !before.reader.empty() && before.reader != who && now < before.reader_until;
          EXPECT_EQ(ok, !who.empty() && !held && !before.has_read(who) &&
                            before.state != ReadingState::kSettled);
          EXPECT_TRUE(!ok || reading.reads(who, now));
          break;
        }
        case 1:
          leave_case(reading, who);
          EXPECT_TRUE(reading.reader == before.reader || before.reader == who);
          break;
        default: {
          const bool ok =
              give_opinion(reading, {who, kinds[random() % kinds.size()]}, second, now).ok();
          EXPECT_EQ(reading.opinions.size(), before.opinions.size() + (ok ? 1 : 0));
          EXPECT_TRUE(ok || reading.state == before.state);
        }
      }
      // Nobody twice; never more than three; settled stays settled.
      std::set<std::string> readers;
      for (const Opinion& one : reading.opinions) EXPECT_TRUE(readers.insert(one.reader).second);
      EXPECT_LE(reading.opinions.size(), 3U);
      EXPECT_TRUE(
          before.state != ReadingState::kSettled ||
          (reading.state == before.state && reading.opinions.size() == before.opinions.size()));
    }
    if (reading.state != ReadingState::kSettled) continue;
    ++settled_runs;
    const bool isolated = reading.opinions.back().kind == DecisionKind::kIsolate;
    const bool agreed =
        reading.opinions.size() == 2 && reading.opinions[0].kind == reading.opinions[1].kind;
    if (second)
      EXPECT_TRUE(isolated || agreed || reading.opinions.size() == 3);
    else
      EXPECT_EQ(reading.opinions.size(), 1U);
  }
  EXPECT_GT(settled_runs, 500);
}

TEST(Override, NotOfOnesOwnAndNotWithoutAReason) {
  core::Decision stands;
  stands.officer = "anna";
  EXPECT_FALSE(may_override(stands, "anna", "it was wrong").ok());
  EXPECT_FALSE(may_override(stands, "sara", "").ok());
  EXPECT_TRUE(may_override(stands, "sara", "the seal was broken").ok());
}

TEST(Outcome, EachFindingAndTheRestAreAnsweredByAnotherThanWhoReferred) {
  core::Decision referred;
  referred.kind = DecisionKind::kPhysicalInspection;
  referred.officer = "anna";
  const InspectionOutcome nothing{};
  const InspectionOutcome cigarettes{OutcomeResult::kFound, "cigarettes", "behind the wall",
                                     "400 cartons"};
  EXPECT_TRUE(check_outcomes(std::vector{cigarettes, nothing}, 1, referred, "ivan").ok());
  EXPECT_FALSE(check_outcomes(std::vector{cigarettes, nothing}, 1, referred, "anna").ok());
  EXPECT_FALSE(check_outcomes(std::vector{cigarettes}, 1, referred, "ivan").ok());
  EXPECT_FALSE(check_outcomes(std::vector{cigarettes, nothing}, 0, referred, "ivan").ok());
  InspectionOutcome vague = cigarettes;
  vague.how_much.clear();
  EXPECT_EQ(check_outcomes(std::vector{vague, nothing}, 1, referred, "ivan").error().message,
            "finding 1: say what was found, where and how much");
  const InspectionOutcome odd{OutcomeResult::kNothing, "cigarettes", "", ""};
  EXPECT_FALSE(check_outcomes(std::vector{nothing, odd}, 1, referred, "ivan").ok());
  referred.kind = DecisionKind::kRelease;
  EXPECT_FALSE(check_outcomes(std::vector{cigarettes, nothing}, 1, referred, "ivan").ok());
}

}  // namespace
}  // namespace portcullis::access
