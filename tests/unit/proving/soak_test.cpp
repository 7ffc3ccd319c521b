// The deterministic simulation of whole lanes: that it is deterministic, finds what is planted,
// and that the shipped lane keeps its promises in the short form of the campaign.
#include "proving/soak/soak.h"
#include "proving/soak/files.h"
#include "proving/soak/plan.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>

namespace portcullis::proving {
namespace {

class SoakTest : public testing::Test {
 protected:
  static SoakConfig make(std::uint64_t seed, double hours) {
    SoakConfig config;
    config.seed = seed;
    config.length = std::chrono::milliseconds(static_cast<std::int64_t>(hours * 3'600'000));
    const char* out = std::getenv("PORTCULLIS_TEST_OUT");
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    std::error_code error;
    const bool memory = std::filesystem::is_directory("/dev/shm", error);
    config.folder = std::filesystem::path(memory           ? "/dev/shm"
                                          : out != nullptr ? out
                                                           : ".") /
                    ("portcullis-soak-test-" + std::to_string(::getpid()) + "-" + test->name());
    return config;
  }
  static SoakReport run(const SoakConfig& config) {
    auto report = run_soak(config);
    EXPECT_TRUE(report.ok()) << report.error().message;
    return report.ok() ? std::move(report).value() : SoakReport{};
  }
  static std::string told(const SoakConfig& config, const SoakReport& report) {
    if (!report.violation) return {};
    std::string text = report.violation->what + "\n";
    for (const auto& line : report.last_lines) text += "  " + line + "\n";
    return text + "replay: " + replay_command(config, report);
  }
};

TEST_F(SoakTest, TrucksPassWithoutFaults) {
  SoakConfig config = make(1, 1);
  config.faults_per_hour = 0;
  const SoakReport report = run(config);
  EXPECT_FALSE(report.violation) << told(config, report);
  EXPECT_GE(report.complete, 5U);
  EXPECT_GE(report.decisions + 1, report.complete)
      << "but the last, the hour may end in its review";
  EXPECT_EQ(report.lives, 1U);
}

TEST_F(SoakTest, ShippedLaneKeepsItsPromises) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    SoakConfig config = make(seed, 0.5);
    config.faults_per_hour = 40;
    const SoakReport report = run(config);
    EXPECT_FALSE(report.violation) << "seed " << seed << ": " << told(config, report);
  }
}

TEST_F(SoakTest, SameSeedSameLog) {
  std::string logs[2];
  for (std::string& log : logs) {
    SoakConfig config = make(7, 0.5);
    config.faults_per_hour = 60;
    config.log = [&log](const std::string& line) { log += line + "\n"; };
    run(config);
  }
  EXPECT_GT(logs[0].size(), 1000U);
  EXPECT_EQ(logs[0], logs[1]);
}

/// With faults a poll more or less changes what happens when; without, nothing may.
TEST_F(SoakTest, LeftOutPollsChangeNothing) {
  std::string logs[2];
  for (int i = 0; i < 2; ++i) {
    SoakConfig config = make(2, 0.3);
    config.faults_per_hour = 0;
    config.jump = i == 0;
    config.log = [&log = logs[i]](const std::string& line) { log += line + "\n"; };
    const SoakReport report = run(config);
    EXPECT_EQ(report.polls_left_out > 0, i == 0);
  }
  EXPECT_GT(logs[0].size(), 300U);
  EXPECT_EQ(logs[0], logs[1]);
}

/// A bug that was planted is found with the default settings.
class SoakCanary : public SoakTest, public testing::WithParamInterface<Canary> {};

TEST_P(SoakCanary, IsFound) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    SoakConfig config = make(seed, 1);
    config.canary = GetParam();
    if (run(config).violation) return;
  }
  ADD_FAILURE() << "not found in 40 lane hours";
}

INSTANTIATE_TEST_SUITE_P(Each, SoakCanary,
                         testing::Values(Canary::kBeamStays, Canary::kLatchForgotten,
                                         Canary::kRecordForgotten, Canary::kDecisionLost),
                         [](const auto& canary) {
                           std::string name(canary_name(canary.param));
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

/// Of eight faults two are needed: something that latches, and a kill while it is latched.
TEST_F(SoakTest, FailingRunIsMadeSmallAndPlayedAgain) {
  SoakConfig config = make(1, 0.3);
  config.canary = Canary::kLatchForgotten;
  config.faults.emplace();
  for (const char* text :
       {"20:packet-loss:5:0.1", "40@Idle:portal-silent:9:0", "60@Scanning:packet-reorder:9:0.3",
        "80@Scanning:lamp-failed:8:0", "80@Faulted:lane-killed:4:5", "90:disk-slow:5:200",
        "100@Reviewing:clock-jump:0.01:-60", "110:camera-garbage:60:0"}) {
    const auto planned = parse_planned_fault(text);
    ASSERT_TRUE(planned.ok()) << planned.error().message;
    config.faults->push_back(*planned);
  }
  const SoakReport found = run(config);
  ASSERT_TRUE(found.violation);
  const auto small = shrink_soak(config, found, 60);
  ASSERT_TRUE(small.ok()) << small.error().message;
  ASSERT_TRUE(small->violation);
  EXPECT_EQ(small->violation->what, found.violation->what);
  EXPECT_EQ(small->faults.size(), 2U) << replay_command(config, *small);
  config.faults = small->faults;
  const SoakReport again = run(config);
  ASSERT_TRUE(again.violation);
  EXPECT_EQ(again.violation->at, small->violation->at);
}

/// What has nothing to act on is not planned, and every other pair is, in a campaign of the usual
/// size, several times.
TEST(SoakFaults, EveryPossiblePairIsAimedAt) {
  std::size_t possible = 0;
  SoakCover aimed{};
  for (std::uint64_t seed = 1; seed <= 100; ++seed)
    for (const PlannedFault& planned : plan_soak_faults(seed, std::chrono::hours(10), 12))
      if (planned.in_state)
        ++aimed[static_cast<std::size_t>(planned.fault)]
               [static_cast<std::size_t>(*planned.in_state)];
  for (std::size_t f = 0; f < kSoakFaultCount; ++f)
    for (std::size_t s = 0; s < lane::kCycleStateCount; ++s) {
      const auto fault = static_cast<SoakFault>(f);
      const auto state = static_cast<lane::CycleState>(s);
      if (why_impossible(fault, state).empty()) {
        ++possible;
        EXPECT_GE(aimed[f][s], 3U)
            << soak_fault_info(fault).name << " in " << lane::cycle_state_name(state);
      } else {
        EXPECT_EQ(aimed[f][s], 0U) << soak_fault_info(fault).name;
      }
    }
  EXPECT_EQ(possible, possible_pair_count());
  // 60 faults in 17 states; six of the lines and one of beam act in two, two of motion in two.
  EXPECT_EQ(possible, 60U * 17U - (6U + 1U + 2U) * 15U);
}

TEST(SoakFaults, AreReadBackAndRefused) {
  for (const PlannedFault& planned : plan_soak_faults(3, std::chrono::hours(100), 20)) {
    const std::string text = format_planned_fault(planned);
    const auto read = parse_planned_fault(text);
    ASSERT_TRUE(read.ok()) << read.error().message;
    EXPECT_EQ(format_planned_fault(*read), text);
    EXPECT_EQ(read->in_state, planned.in_state);
  }
  for (const char* wrong :
       {"", "1:estop:1", "1:estop:1:0:0", "x:estop:1:0", "1:meteorite:1:0", "1:estop:1:3",
        "1@Nowhere:estop:1:0", "-1:estop:1:0", "1:estop:0:0", "1:packet-loss:1:nan", "1:estop:1:"})
    EXPECT_FALSE(parse_planned_fault(wrong).ok()) << wrong;
  const auto refused = parse_planned_fault("1:meteorite:1:0");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().message, "fault \"1:meteorite:1:0\": meteorite is not simulated");
}

TEST_F(SoakTest, FilesSurviveEveryFailingActOfTheDisk) {
  const auto report = prove_files(make(1, 1).folder);
  ASSERT_TRUE(report.ok()) << report.error().message;
  EXPECT_GT(report->acts, 30U);
  EXPECT_GT(report->runs, 5 * report->acts);
  for (std::size_t i = 0; i < std::min<std::size_t>(10, report->violations.size()); ++i)
    ADD_FAILURE() << report->violations[i];
  EXPECT_EQ(report->violations.size(), 0U);
}

}  // namespace
}  // namespace portcullis::proving
