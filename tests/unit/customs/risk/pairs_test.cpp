#include "customs/risk/pairs.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace portcullis::customs {
namespace {

void decide(std::vector<Case>& cases, const char* declarant, const char* officer, int count,
            int released, const char* outcome = "") {
  for (int i = 0; i < count; ++i) {
    core::Declaration declaration;
    declaration.declarant = declarant;
    auto one = case_of(declaration);
    core::Decision decision;
    decision.officer = officer;
    decision.kind = i < released ? core::DecisionKind::kRelease : core::DecisionKind::kHold;
    one.decisions.push_back(decision);
    if (*outcome != '\0') one.inspection = Inspection{outcome, "", ""};
    cases.push_back(std::move(one));
  }
}

// Fisher's lady tasting tea: all four right of four in eight, 1 in 70; three or more, 17 in 70.
TEST(DeciderPairs, ChancesAreHypergeometric) {
  EXPECT_NEAR(hypergeometric_tail(8, 4, 4, 4), 1.0 / 70, 1e-12);
  EXPECT_NEAR(hypergeometric_tail(8, 4, 4, 3), 17.0 / 70, 1e-12);
  EXPECT_EQ(hypergeometric_tail(8, 4, 4, 0), 1.0);
  EXPECT_EQ(hypergeometric_tail(8, 8, 4, 4), 1.0);
  EXPECT_NEAR(hypergeometric_tail(10, 8, 4, 3), 1.0 - 28.0 / 210, 1e-12);
}

TEST(DeciderPairs, TheOneWhoReleasesWhatOthersHoldIsWatched) {
  std::vector<Case> cases;
  decide(cases, "B1", "ann", 20, 20);
  decide(cases, "B1", "bob", 20, 4);
  decide(cases, "B1", "cat", 20, 4);
  decide(cases, "B2", "ann", 20, 10);
  decide(cases, "B2", "bob", 20, 10);
  decide(cases, "B2", "cat", 20, 10);
  decide(cases, "", "cat", 5, 5);
  decide(cases, "B3", "", 5, 5);
  const auto pairs = decider_pairs(cases, 10);
  ASSERT_EQ(pairs.size(), 6U);
  EXPECT_EQ(pairs[0].declarant, "B1");
  EXPECT_EQ(pairs[0].officer, "ann");
  EXPECT_EQ(pairs[0].declarant_released, 28U);
  EXPECT_EQ(pairs[0].officer_cases, 40U);
  EXPECT_NEAR(pairs[0].release_chance, hypergeometric_tail(60, 28, 20, 20), 1e-15);
  EXPECT_TRUE(pairs[0].watched);
  for (std::size_t i = 1; i < pairs.size(); ++i) EXPECT_FALSE(pairs[i].watched) << i;
}

TEST(DeciderPairs, TheOneToWhomABrokersCasesAlwaysComeIsWatched) {
  std::vector<Case> cases;
  decide(cases, "B1", "ann", 30, 15);
  decide(cases, "B2", "ann", 10, 5);
  decide(cases, "B2", "bob", 40, 20);
  const auto pairs = decider_pairs(cases, 10);
  ASSERT_EQ(pairs.size(), 3U);
  const auto ann = std::find_if(pairs.begin(), pairs.end(),
                                [](const auto& pair) { return pair.declarant == "B1"; });
  ASSERT_NE(ann, pairs.end());
  EXPECT_TRUE(ann->watched);
  EXPECT_EQ(ann->release_chance, 1.0);  // He alone decides on them.
  EXPECT_LT(ann->meeting_chance, 1e-6);
}

// Only what was opened counts, not what anybody thought of it.
TEST(DeciderPairs, WhatWasReleasedAndDifferedTwiceIsWatched) {
  std::vector<Case> cases;
  decide(cases, "B1", "ann", 2, 2, "differs");
  decide(cases, "B1", "bob", 2, 2, "as declared");
  const auto pairs = decider_pairs(cases, 1);
  ASSERT_EQ(pairs.size(), 2U);
  EXPECT_EQ(pairs[0].officer, "ann");
  EXPECT_EQ(pairs[0].released_and_differed, 2U);
  EXPECT_TRUE(pairs[0].watched);
  EXPECT_FALSE(pairs[1].watched);
}

}  // namespace
}  // namespace portcullis::customs
