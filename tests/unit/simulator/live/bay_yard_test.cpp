#include "simulator/live/bay_yard.h"

#include <gtest/gtest.h>

namespace portcullis::simulator {
namespace {

using std::chrono::milliseconds;

constexpr core::TimePoint kT0{std::chrono::hours(1)};

LaneTiming bay_timing() {
  LaneTiming timing;
  timing.react_s = 0.2;
  timing.to_bay_s = 1;
  timing.from_bay_s = 2;
  return timing;
}

TEST(BayYard, ATruckDrivesToItsBayWaitsAndLeavesWhenItsExitIsOpen) {
  BayYard yard(bay_timing());
  yard.tick(kT0, 0);
  EXPECT_EQ(yard.free(), 0xFF);
  yard.truck_comes(3, 41, kT0);
  yard.tick(kT0 + milliseconds(900), 0);
  EXPECT_EQ(yard.occupied(), 0) << "still on its way";
  EXPECT_EQ(yard.bays()[2].where, BayTruck::kComing);
  yard.tick(kT0 + milliseconds(1000), 0);
  EXPECT_EQ(yard.occupied(), 4);
  EXPECT_EQ(yard.free(), 0xFB);
  EXPECT_EQ(yard.bays()[2].truck, 41U);
  yard.tick(kT0 + std::chrono::minutes(30), 0b011);  // other bays' exits
  EXPECT_EQ(yard.occupied(), 4);
  const auto opened = kT0 + std::chrono::minutes(30) + milliseconds(5);
  yard.tick(opened, 0b100);
  EXPECT_EQ(yard.bays()[2].where, BayTruck::kLeaving);
  yard.tick(opened + milliseconds(1995), 0b100);
  EXPECT_EQ(yard.occupied(), 4);
  yard.tick(opened + milliseconds(2000), 0b100);
  EXPECT_EQ(yard.occupied(), 0);
  EXPECT_EQ(yard.free(), 0xFF);
  EXPECT_EQ(yard.trucks_left(), 1U);
}

TEST(BayYard, ATruckThatItsPanelSendsRoundIsNamedOnceItHasLeft) {
  BayYard yard(bay_timing());
  yard.truck_comes(1, 7, kT0);
  yard.truck_comes(2, 8, kT0);
  yard.tick(kT0 + milliseconds(1000), 0);
  yard.tick(kT0 + milliseconds(2000), 0b11, 0b10);
  EXPECT_TRUE(yard.take_gone_round().empty()) << "still leaving";
  yard.tick(kT0 + milliseconds(4000), 0b11, 0b10);
  EXPECT_EQ(yard.take_gone_round(), std::vector<std::uint64_t>{8});
  EXPECT_TRUE(yard.take_gone_round().empty());
  EXPECT_EQ(yard.trucks_left(), 2U);
}

TEST(BayYard, AnExitThatClosesAgainKeepsTheTruckThatHasNotPassedIt) {
  BayYard yard(bay_timing());
  yard.truck_comes(1, 7, kT0);
  yard.tick(kT0 + milliseconds(1000), 0);
  yard.tick(kT0 + milliseconds(2000), 1);
  ASSERT_EQ(yard.bays()[0].where, BayTruck::kLeaving);
  yard.tick(kT0 + milliseconds(2900), 0);
  EXPECT_EQ(yard.bays()[0].where, BayTruck::kStanding);
  yard.tick(kT0 + milliseconds(9000), 0);
  EXPECT_EQ(yard.occupied(), 1);
}

}  // namespace
}  // namespace portcullis::simulator
