// When a source's driver may ask for beam, and what takes that away.
#include "firmware_bridge/source/beam_wish.h"

#include <gtest/gtest.h>

#include <functional>

namespace portcullis::firmware_bridge {
namespace {

using std::chrono::milliseconds;

constexpr core::TimePoint kT0{std::chrono::hours(1)};
constexpr BeamWish::Times kTimes{milliseconds(200), milliseconds(50), milliseconds(400)};

/// Connected, ready, its owner alive at kT0.
BeamWish ready_wish() {
  BeamWish wish(kTimes);
  wish.tick(kT0, kT0);
  wish.answered(SourceState::kReady, kT0);
  return wish;
}

TEST(BeamWish, AsksWhereOwnerAndSourceAreKnownToBeWellAndNowhereElse) {
  EXPECT_NE(BeamWish(kTimes).refusal(kT0), "") << "nothing is known yet";
  BeamWish wish = ready_wish();
  EXPECT_EQ(wish.refusal(kT0), "");
  EXPECT_EQ(wish.refusal(kT0 + milliseconds(400)), "");
  EXPECT_EQ(wish.refusal(kT0 + milliseconds(401)), "the source's state is not known");
  EXPECT_EQ(wish.state(kT0 + milliseconds(401)), SourceState::kUnknown);
  for (const SourceState state :
       {SourceState::kUnknown, SourceState::kOff, SourceState::kWarming, SourceState::kFault}) {
    wish.answered(state, kT0);
    EXPECT_EQ(wish.refusal(kT0), "the source is " + std::string(source_state_name(state)));
  }
  wish.answered(SourceState::kOn, kT0);
  EXPECT_EQ(wish.refusal(kT0), "");
}

TEST(BeamWish, WhatWasLostIsAskedForAnewOnlyAfterTheOwnersOwnWithdrawal) {
  const auto silent = [](BeamWish& wish) {
    return wish.tick(kT0 + milliseconds(201), kT0).withdraw;
  };
  const auto reset = [](BeamWish& wish) { return wish.take_away(); };
  const auto lost = [](BeamWish& wish) {
    wish.lost();
    return true;
  };
  for (const auto& loss :
       {std::function<bool(BeamWish&)>(silent), std::function<bool(BeamWish&)>(reset),
        std::function<bool(BeamWish&)>(lost)}) {
    BeamWish wish = ready_wish();
    wish.ask();
    EXPECT_TRUE(loss(wish));
    EXPECT_FALSE(wish.asked());
    wish.tick(kT0 + milliseconds(210), kT0 + milliseconds(210));
    wish.answered(SourceState::kReady, kT0 + milliseconds(210));
    EXPECT_NE(wish.refusal(kT0 + milliseconds(210)), "");
    EXPECT_FALSE(wish.withdraw()) << "nothing is asked for any more";
    EXPECT_EQ(wish.refusal(kT0 + milliseconds(210)), "");
  }
}

TEST(BeamWish, ALossOfNothingLocksNothing) {
  BeamWish wish = ready_wish();
  EXPECT_FALSE(wish.take_away());
  EXPECT_EQ(wish.refusal(kT0), "");
  wish.ask();
  EXPECT_TRUE(wish.withdraw());
  EXPECT_FALSE(wish.withdraw());
  EXPECT_EQ(wish.refusal(kT0), "");
}

TEST(BeamWish, BeatsEveryPeriodWhileTheOwnerLivesAndCatchesNothingUp) {
  BeamWish wish(kTimes);
  EXPECT_TRUE(wish.tick(kT0, kT0).beat);
  for (int ms = 10; ms < 50; ms += 10) {
    const auto due = wish.tick(kT0 + milliseconds(ms), kT0);
    EXPECT_FALSE(due.beat) << ms;
    EXPECT_EQ(due.next, milliseconds(50 - ms));
  }
  EXPECT_TRUE(wish.tick(kT0 + milliseconds(53), kT0).beat);
  EXPECT_TRUE(wish.tick(kT0 + milliseconds(100), kT0).beat) << "by the period, not by the last";
  const core::TimePoint late = kT0 + milliseconds(1000);
  EXPECT_FALSE(wish.tick(late, kT0).beat) << "the owner is silent";
  EXPECT_FALSE(wish.heartbeat_running());
  EXPECT_TRUE(wish.tick(late, late).beat);
  EXPECT_FALSE(wish.tick(late + milliseconds(10), late).beat);
}

}  // namespace
}  // namespace portcullis::firmware_bridge
