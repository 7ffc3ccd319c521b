// The whole space of the lane cycle, walked.
#include "proving/explore.h"

#include <gtest/gtest.h>

#include <iostream>

#include "core/files.h"
#include "proving/bay_walk.h"
#include "proving/state_page.h"
#include "proving/vectors.h"

namespace portcullis::proving {
namespace {

void tell(const char* name, const ExploreReport& report) {
  std::cout << name << ": states " << report.states << ", transitions " << report.transitions
            << ", depth " << report.depth << ", violations " << report.violations.size() << ", "
            << report.seconds << " s\n";
  for (const Violation& violation : report.violations) {
    std::cout << "  " << violation.invariant << "\n";
    for (const std::string& step : violation.trace) std::cout << "    " << step << "\n";
  }
}

lane::CycleConfig strict() {
  lane::CycleConfig config;
  config.second_reader = true;
  return config;
}

TEST(Explore, EveryReachableStateOfATunnelLaneKeepsEveryInvariant) {
  const ExploreReport report = explore(strict());
  tell("tunnel", report);
  EXPECT_TRUE(report.whole);
  EXPECT_TRUE(report.violations.empty());
  EXPECT_EQ(report.states_by_cycle.size(), lane::kCycleStateCount);
  EXPECT_LT(report.seconds, 60);
}

TEST(Explore, EveryReachableStateOfALaneWithBaysKeepsEveryInvariant) {
  lane::CycleConfig config = strict();
  config.review_in_bays = true;
  config.bay_count = 3;
  config.auto_calibrate = true;
  const ExploreReport report = explore(config);
  tell("bays", report);
  EXPECT_TRUE(report.whole);
  EXPECT_TRUE(report.violations.empty());
  EXPECT_LT(report.seconds, 60);

  const ExploreReport tunnel = explore(strict());
  for (const std::string& row : unused_rows({report, tunnel})) ADD_FAILURE() << row;
}

TEST(Explore, EveryReachableStateOfADriveThroughLaneKeepsEveryInvariant) {
  lane::CycleConfig config = strict();
  config.drive_through = true;
  const ExploreReport report = explore(config);
  tell("drive-through", report);
  EXPECT_TRUE(report.whole);
  EXPECT_TRUE(report.violations.empty());
  EXPECT_EQ(report.states_by_cycle.size(), lane::kCycleStateCount);
  EXPECT_LT(report.seconds, 60);
}

/// A lamp that may be dark for longer than the warning runs before beam: its latch comes too late
/// to cover for the conditions that ask for the lamp.
TEST(Explore, ASlowLampChangesNothing) {
  lane::CycleConfig config = strict();
  config.lamp_max = 2 * config.warning_min;
  const ExploreReport report = explore(config);
  tell("slow lamp", report);
  EXPECT_TRUE(report.whole);
  EXPECT_TRUE(report.violations.empty());
}

TEST(Explore, EveryReachableStateOfABayKeepsEveryInvariant) {
  lane::CycleConfig config = strict();
  config.review_in_bays = true;
  config.bay_count = 1;
  const ExploreReport report = explore_bay(config);
  tell("bay", report);
  EXPECT_TRUE(report.violations.empty());
  EXPECT_GT(report.states, lane::kBayPlaceCount);
}

/// The permission of beam over all vectors, in every context, whether reachable or not.
TEST(Explore, BeamIsAllowedExactlyWhereTheRulesAllowIt) {
  const VectorReport report = prove_beam_vectors(strict());
  std::cout << report.contexts << " contexts, " << report.cases << " cases\n";
  EXPECT_TRUE(report.whole);
  for (const std::string& text : report.violations) ADD_FAILURE() << text;
}

TEST(Explore, DriveThroughBeamIsAllowedExactlyWhereTheRulesAllowIt) {
  lane::CycleConfig config = strict();
  config.drive_through = true;
  const VectorReport report = prove_beam_vectors(config);
  std::cout << report.contexts << " contexts, " << report.cases << " cases\n";
  EXPECT_TRUE(report.whole);
  for (const std::string& text : report.violations) ADD_FAILURE() << text;
}

/// Each cause of a fault latches in every state and under all vectors.
TEST(Explore, EveryCauseLatches) {
  const VectorReport report = prove_latch_vectors(strict());
  std::cout << report.contexts << " contexts, " << report.cases << " cases\n";
  EXPECT_TRUE(report.whole);
  for (const std::string& text : report.violations) ADD_FAILURE() << text;
}

TEST(Explore, TheTablesAskForNothingTheyMustNot) {
  const VectorReport report = prove_table_vectors(strict());
  std::cout << report.contexts << " contexts, " << report.cases << " cases\n";
  EXPECT_TRUE(report.whole);
  for (const std::string& text : report.violations) ADD_FAILURE() << text;
}

TEST(Explore, ThePageOfStatesIsWhatTheTablesSay) {
  const auto page = core::read_file("docs/lane_states.md", 1 << 20);
  ASSERT_TRUE(page.ok()) << page.error().message;
  EXPECT_EQ(*page, state_page()) << "write it again: portcullis explore --states "
                                    "docs/lane_states.md";
}

}  // namespace
}  // namespace portcullis::proving
