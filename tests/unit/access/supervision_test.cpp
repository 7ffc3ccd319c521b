#include "access/supervision.h"

#include <gtest/gtest.h>

namespace portcullis::access {
namespace {

using core::DecisionKind;
using core::FindingKind;
using enum OutcomeResult;

core::Decision made(const char* officer, DecisionKind kind, std::int64_t time_ms,
                    const char* reason = "image") {
  core::Decision decision;
  decision.officer = officer;
  decision.kind = kind;
  decision.reason_code = reason;
  decision.time_on_image_ms = time_ms;
  return decision;
}

InspectionOutcome outcome(OutcomeResult result) {
  return {result, result == kFound ? "cigarettes" : "", "", result == kFound ? "40 cartons" : ""};
}

const HitRate* rate_of(const std::vector<HitRate>& rates, const char* name) {
  for (const auto& rate : rates)
    if (rate.name == name) return &rate;
  return nullptr;
}

// Six cases, counted by hand.
std::vector<CaseRecord> six_cases() {
  std::vector<CaseRecord> cases(6);
  const auto inspect = DecisionKind::kPhysicalInspection;
  // 1: two finders, one right; the mass differed.
  cases[0] = {"c1",
              {},
              {made("anna", inspect, 10'000, "object")},
              {FindingKind::kSmallDenseObject, FindingKind::kShielding},
              {"mass"},
              {outcome(kFound), outcome(kNothing), outcome(kNothing)},
              {},
              {},
              false};
  // 2: the finder was wrong, but the rest held something; the same check differed twice.
  cases[1] = {"c2",
              {},
              {made("anna", inspect, 30'000, "object")},
              {FindingKind::kSmallDenseObject},
              {"mass", "mass"},
              {outcome(kNothing), outcome(kFound)},
              {},
              {},
              false};
  // 3: nobody examined the finding; the rest was as declared.
  cases[2] = {"c3",
              {},
              {made("bo", inspect, 20'000, "mass_differs")},
              {FindingKind::kShielding},
              {"mass"},
              {outcome(kNotExamined), outcome(kNothing)},
              {},
              {},
              false};
  // 4: read as release by two, drawn to be opened, and something was in it.
  cases[3] = {"c4",
              {made("anna", DecisionKind::kRelease, 50'000)},
              {made("bo", inspect, 40'000, kDrawnToOpen)},
              {},
              {},
              {outcome(kFound)},
              {},
              {},
              false};
  // Customs had selected 1 by two rules, 2 by one of them at random as well, 3 by that one alone
  // and for a declaration twice.
  cases[0].rules = {"R1", "R2"};
  cases[1].rules = {"R1"};
  cases[1].selected_at_random = true;
  cases[2].rules = {"R1", "R1"};
  // 5: isolated by bo, overridden by the supervisor; sent to inspection, no outcome yet.
  cases[4] = {"c5", {}, {made("bo", DecisionKind::kIsolate, 5'000), made("sue", inspect, 0)},
              {},   {}, {},
              {},   {}, false};
  // 6: the lane held it, anna released it: nobody was overridden.
  cases[5] = {
      "c6",
      {},
      {made(kLaneOfficer, DecisionKind::kHold, 0), made("anna", DecisionKind::kRelease, 20'000)},
      {},
      {},
      {},
      {{"t-1", "c6", "stripes", "", "anna", {5}, "", ""},
       {"t-2", "c6", "noisy", "", "bo", {9}, "", ""}},
      {},
      false};
  return cases;
}

TEST(Supervision, WhatWasReadFirstTellsReaderAndMachineApart) {
  auto cases = six_cases();
  EXPECT_EQ(supervise_cases(cases, {}, {}).drawn.size(), 2U) << "nothing was";
  std::uint32_t held = 0, seen_by_reader = 0, found_by_machine = 0;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    cases[i].first_look = i % 2 == 0;
    bool something = false;
    for (const auto& one : cases[i].outcomes)
      something = something || one.result == OutcomeResult::kFound;
    if (!something || cases[i].decisions.empty()) continue;
    ++held;
    seen_by_reader += i % 2 == 0 ? 1 : 0;
    found_by_machine += cases[i].findings.empty() ? 0 : 1;
  }
  ASSERT_GT(held, 1U);
  const auto seen = supervise_cases(cases, {}, {});
  ASSERT_EQ(seen.drawn.size(), 4U);
  EXPECT_EQ(seen.drawn[2].name, "first_reader");
  EXPECT_EQ(seen.drawn[2].count, held);
  EXPECT_EQ(seen.drawn[2].hits, seen_by_reader);
  EXPECT_EQ(seen.drawn[3].name, "first_machine");
  EXPECT_EQ(seen.drawn[3].count, held);
  EXPECT_EQ(seen.drawn[3].hits, found_by_machine);
}

TEST(Supervision, CountsAsOneDoesByHand) {
  const auto cases = six_cases();
  const Supervision seen = supervise_cases(cases, {}, {});
  const auto* dense = rate_of(seen.finders, "small_dense_object");
  ASSERT_NE(dense, nullptr);
  EXPECT_EQ(dense->hits, 1U);
  EXPECT_EQ(dense->count, 2U);
  const auto* shielding = rate_of(seen.finders, "shielding");
  ASSERT_NE(shielding, nullptr);
  EXPECT_EQ(shielding->hits, 0U);
  EXPECT_EQ(shielding->count, 1U) << "what nobody examined counts neither way";
  const auto* mass = rate_of(seen.checks, "mass");
  ASSERT_NE(mass, nullptr);
  EXPECT_EQ(mass->hits, 2U);
  EXPECT_EQ(mass->count, 3U) << "a check that differs twice in a case is one";
  ASSERT_EQ(seen.reasons.size(), 2U) << "the draw is no reason";
  EXPECT_EQ(rate_of(seen.reasons, "object")->hits, 2U);
  EXPECT_EQ(rate_of(seen.reasons, "object")->count, 2U);
  EXPECT_EQ(rate_of(seen.reasons, "mass_differs")->hits, 0U);
  ASSERT_EQ(seen.rules.size(), 2U);
  EXPECT_EQ(rate_of(seen.rules, "R1")->hits, 2U);
  EXPECT_EQ(rate_of(seen.rules, "R1")->count, 3U);
  EXPECT_EQ(rate_of(seen.rules, "R2")->hits, 1U);
  EXPECT_EQ(rate_of(seen.rules, "R2")->count, 1U);
  ASSERT_EQ(seen.drawn.size(), 2U);
  EXPECT_EQ(seen.drawn[0].name, "open");
  EXPECT_EQ(seen.drawn[0].hits, 1U);
  EXPECT_EQ(seen.drawn[0].count, 1U);
  EXPECT_EQ(seen.drawn[1].name, "selected");
  EXPECT_EQ(seen.drawn[1].hits, 1U);
  EXPECT_EQ(seen.drawn[1].count, 1U);
  EXPECT_EQ(seen.overrides, std::vector<std::string>{"c5"});
  EXPECT_EQ(seen.outcomes_missing, std::vector<std::string>{"c5"});
  ASSERT_EQ(seen.complaints.size(), 2U);
  EXPECT_EQ(seen.complaints[0].ticket, "t-2") << "newest first";

  ASSERT_EQ(seen.readers.size(), 3U) << "the lane is nobody";
  const auto& anna = seen.readers[0];
  EXPECT_EQ(anna.name, "anna");
  EXPECT_EQ(anna.readings, 4U);  // 10, 30, 50 (an opinion), 20 s
  EXPECT_EQ(anna.median_time_on_image_s, 20);
  EXPECT_EQ(anna.p90_time_on_image_s, 50);
  EXPECT_EQ(anna.overridden, 0U);
  const auto& bo = seen.readers[1];
  EXPECT_EQ(bo.readings, 3U);  // 20, 40, 5 s
  EXPECT_EQ(bo.median_time_on_image_s, 20);
  EXPECT_EQ(bo.overridden, 1U);
  EXPECT_EQ(seen.readers[2].name, "sue");
}

TEST(Supervision, TheQueueIsAsOldAsItsOldestCase) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  const core::UtcTime now{1000 * kSecond};
  const Supervision seen = supervise_cases(
      {}, {{"b", "", "", {990 * kSecond}}, {"a", "B-KL 4417", "anna", {880 * kSecond}}}, now);
  EXPECT_EQ(seen.queue, 2U);
  EXPECT_DOUBLE_EQ(seen.oldest_s, 120);
  EXPECT_EQ(seen.waiting[0].case_id, "a");
  EXPECT_TRUE(seen.readers.empty());
  EXPECT_EQ(supervise_cases({}, {{"c", "", "", {}}}, now).oldest_s, 0) << "not known";
}

TEST(Supervision, QuantilesAreNearestRanks) {
  EXPECT_EQ(nearest_rank({}, 0.5), 0);
  EXPECT_EQ(nearest_rank({7}, 0.9), 7);
  EXPECT_EQ(nearest_rank({4, 1, 3, 2}, 0.5), 2);
  EXPECT_EQ(nearest_rank({5, 4, 3, 2, 1}, 0.5), 3);
  EXPECT_EQ(nearest_rank({10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, 0.9), 9);
  EXPECT_EQ(nearest_rank({1, 2, 3}, 0), 1);
}

}  // namespace
}  // namespace portcullis::access
