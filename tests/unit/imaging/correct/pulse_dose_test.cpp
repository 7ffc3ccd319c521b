#include "imaging/correct/pulse_dose.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace portcullis::imaging {
namespace {

TEST(PulseDose, ArcsOfTwentyToEightyPercentAreFoundAndNoOthers) {
  // Pulses of 2 % spread, cut at four sigma, of which one in a hundred breaks off.
  constexpr unsigned kSeed = 71;
  std::mt19937 random(kSeed);
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> uniform;
  constexpr std::size_t kPulses = 100'000;
  constexpr std::size_t kReach = 5;
  std::vector<double> dose;
  std::vector<bool> arced;
  for (std::size_t i = 0; i < kPulses; ++i) {
    const double usual = 1 + 0.02 * std::clamp(normal(random), -4.0, 4.0);
    arced.push_back(uniform(random) < 0.01);
    dose.push_back(arced.back() ? usual * (0.2 + 0.6 * uniform(random)) : usual);
  }
  std::size_t missed = 0, wrong = 0, arcs = 0;
  for (std::size_t i = kReach; i + kReach < kPulses; ++i) {
    const auto* at = &dose[i];
    const bool found = broke_off(*at, {at - kReach, kReach}, {at + 1, kReach});
    arcs += arced[i] ? 1 : 0;
    missed += arced[i] && !found ? 1 : 0;
    wrong += !arced[i] && found ? 1 : 0;
  }
  EXPECT_GT(arcs, 900U);
  // The weakest arcs lose 20 %: within reach of the widest six spreads of five neighbours' own.
  EXPECT_LE(missed, arcs / 50) << "of " << arcs << ", seed " << kSeed;
  EXPECT_LE(wrong, 2U) << "seed " << kSeed;
}

TEST(PulseDose, ARampAndAStepAreNoArcs) {
  std::vector<double> dose;
  for (int i = 0; i < 60; ++i) dose.push_back(0.3 + 0.7 * i / 60.0);
  for (int i = 0; i < 30; ++i) dose.push_back(0.7);
  for (std::size_t i = 5; i + 5 < dose.size(); ++i)
    EXPECT_FALSE(broke_off(dose[i], {&dose[i - 5], 5}, {&dose[i + 1], 5})) << i;
}

TEST(PulseDose, AtTheEndsOneSideIsAsked) {
  const std::vector<double> usual{1.00, 1.01, 0.99, 1.02, 0.98};
  EXPECT_TRUE(broke_off(0.6, {}, usual));
  EXPECT_TRUE(broke_off(0.6, usual, std::span(usual).first(2)));
  EXPECT_FALSE(broke_off(0.95, {}, usual));
  EXPECT_FALSE(broke_off(0.6, std::span(usual).first(2), {})) << "nothing to tell it from";
}

TEST(PulseDose, AnUnsteadySourceIsJudgedByItsOwnSpread) {
  const std::vector<double> before{1.1, 0.9, 1.1, 0.9, 1.0};
  const std::vector<double> after{0.92, 1.08, 1.0, 0.93, 1.1};
  EXPECT_FALSE(broke_off(0.75, before, after));
  EXPECT_TRUE(broke_off(0.1, before, after));
}

}  // namespace
}  // namespace portcullis::imaging
