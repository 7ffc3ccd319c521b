#include "lane/inputs.h"

#include <gtest/gtest.h>

namespace portcullis::lane {
namespace {

using std::chrono::milliseconds;
const core::TimePoint kNow{std::chrono::hours(1)};

plc::PlcImage image_with(std::initializer_list<std::pair<plc::Tag, std::int64_t>> values) {
  plc::PlcImage image;
  for (plc::TagReading& r : image.tags) r = {0, kNow, plc::Validity::kGood};
  for (const auto& [tag, raw] : values) image.at(tag).raw = raw;
  return image;
}

TEST(LaneInputs, EverythingUnreadIsTheSafeSide) {
  const plc::PlcImage image;
  const plc::PlcView view(image, kNow, milliseconds(100));
  plc::DiscrepancyResult channels = plc::watch_channels({}, view);
  const Inputs in = evaluate_inputs(view, channels, {}, {}, {}, {}, {}, {}, {}, {});
  for (std::size_t i = 0; i < kInputCount; ++i) {
    const auto input = static_cast<Input>(i);
    // Channels that nobody read do not differ, and a recorder that never recorded has nothing open.
    const bool may = input == Input::kChannelsAgree || input == Input::kRecordEnded;
    EXPECT_EQ(in[input], may) << input_name(input);
  }
}

/// A cab at 0.5 m/s is 1 m past its last sight 2 s later, and whatever is not certain forgets it.
class CabPasses : public testing::Test {
 protected:
  plc::PlcImage driving(std::int64_t speed_mm_s, bool cab) {
    return image_with({{plc::Tag::kSpeedMmS, speed_mm_s},
                       {plc::Tag::kCabSeen, cab ? 1 : 0},
                       {plc::Tag::kVehicleInTunnel, 1}});
  }
  void poll(plc::PlcImage image) {
    now_ += milliseconds(10);
    for (plc::TagReading& r : image.tags) r.read_at += now_ - kNow;
    cab_ = follow_cab(cab_, {image, now_, milliseconds(100)}, milliseconds(100));
  }
  void see_and_drive(double driven_s) {
    poll(driving(500, true));
    for (int i = 0; i < static_cast<int>(driven_s * 100 + 0.5); ++i) poll(driving(500, false));
  }

  core::TimePoint now_ = kNow;
  CabWay cab_;
};

TEST_F(CabPasses, AfterItsWayAndNotBefore) {
  for (int i = 0; i < 500; ++i) poll(driving(500, false));
  EXPECT_FALSE(cab_past(cab_)) << "no cab was seen";
  see_and_drive(1.98);
  EXPECT_FALSE(cab_past(cab_));
  see_and_drive(2.01);
  EXPECT_TRUE(cab_past(cab_));
  poll(driving(500, true));
  EXPECT_FALSE(cab_past(cab_)) << "it is at the beam again";
}

TEST_F(CabPasses, TheLowerSpeedOfAnIntervalCounts) {
  poll(driving(500, true));
  for (int i = 0; i < 201; ++i) poll(driving(i % 2 == 0 ? 1000 : 500, false));
  EXPECT_NEAR(cab_.way_mm, 2.01 * 500, 1e-6);
}

TEST_F(CabPasses, WhateverIsNotCertainForgetsIt) {
  plc::PlcImage stands = driving(0, false);
  plc::PlcImage reverses = driving(-500, false);
  plc::PlcImage left = driving(500, false);
  left.at(plc::Tag::kVehicleInTunnel).raw = 0;
  std::vector<plc::PlcImage> doubts{stands, reverses, left};
  for (const plc::Tag tag : {plc::Tag::kSpeedMmS, plc::Tag::kCabSeen, plc::Tag::kVehicleInTunnel}) {
    for (const plc::Validity validity :
         {plc::Validity::kUnread, plc::Validity::kOutOfRange, plc::Validity::kImplausible}) {
      doubts.push_back(driving(500, false));
      doubts.back().at(tag).validity = validity;
    }
    doubts.push_back(driving(500, false));
    doubts.back().at(tag).read_at -= milliseconds(101);  // stale
  }
  for (const plc::PlcImage& doubt : doubts) {
    see_and_drive(3);
    ASSERT_TRUE(cab_past(cab_));
    poll(doubt);
    EXPECT_EQ(cab_, CabWay{});
    for (int i = 0; i < 500; ++i) poll(driving(500, false));
    EXPECT_FALSE(cab_past(cab_)) << "it does not come back by itself";
  }
  see_and_drive(3);
  now_ += milliseconds(200);  // nobody looked for so long
  poll(driving(500, false));
  EXPECT_FALSE(cab_past(cab_));
}

/// Real and simulated devices: of all 3^3 * 3 combinations only two may scan.
TEST(LaneInputs, HardwareIsOfOneKindOrRefused) {
  int agreed = 0;
  for (int plc_kind = 0; plc_kind < 3; ++plc_kind)
    for (int a = 0; a < 3; ++a)
      for (int b = 0; b < 3; ++b)
        for (int c = 0; c < 3; ++c) {
          plc::PlcImage image = image_with({{plc::Tag::kSimulated, plc_kind == 2 ? 1 : 0}});
          if (plc_kind == 0) image.at(plc::Tag::kSimulated).validity = plc::Validity::kUnread;
          SourceView source;
          source.hardware = static_cast<HardwareKind>(a);
          AcquisitionView acquisition;
          acquisition.hardware = static_cast<HardwareKind>(b);
          RadiationView radiation;
          radiation.hardware = static_cast<HardwareKind>(c);
          const bool agree = hardware_kinds_agree({image, kNow, milliseconds(100)}, source,
                                                  acquisition, radiation);
          EXPECT_EQ(agree, plc_kind != 0 && a == plc_kind && b == plc_kind && c == plc_kind);
          agreed += agree ? 1 : 0;
        }
  EXPECT_EQ(agreed, 2);
}

TEST(LaneInputs, SourceOnCountsOnlyWhenItsStatusIsYoungerThanTheWithdrawal) {
  SourceView source;
  source.connected = true;
  source.state = SourceState::kOn;
  source.seen = kNow;
  EXPECT_TRUE(source_on(source, kNow - milliseconds(100)));
  EXPECT_FALSE(source_on(source, kNow - milliseconds(99)));
  source.state = SourceState::kReady;
  EXPECT_FALSE(source_on(source, kNow - milliseconds(1000)));
  source.state = SourceState::kOn;
  source.connected = false;
  EXPECT_FALSE(source_on(source, kNow - milliseconds(1000)));
}

/// A count that slipped must not pass for a gantry that stands at an end of its travel.
TEST(LaneInputs, AnEndIsByACountThatItsSwitchesDoNotContradict) {
  CycleConfig config;
  config.travel_from_mm = 0;
  config.travel_to_mm = 10'000;
  config.end_tolerance_mm = 400;
  const auto see = [&](int position, bool start_switch, bool end_switch) {
    const auto image = image_with({{plc::Tag::kGantryPositionMm, position},
                                   {plc::Tag::kGantryLimitStart, start_switch ? 1 : 0},
                                   {plc::Tag::kGantryLimitEnd, end_switch ? 1 : 0}});
    const plc::PlcView view(image, kNow, milliseconds(100));
    return evaluate_inputs(view, plc::watch_channels({}, view), {}, {}, {}, {}, {}, {}, {}, config);
  };
  EXPECT_TRUE(see(3, true, false)[Input::kGantryAtStart]);
  EXPECT_TRUE(see(390, false, false)[Input::kGantryAtStart]) << "it may stop short of the switch";
  EXPECT_FALSE(see(390, false, true)[Input::kGantryAtStart]) << "the other end's switch is made";
  EXPECT_FALSE(see(-401, true, false)[Input::kGantryAtStart]) << "nothing stands beyond its end";
  EXPECT_TRUE(see(9'700, false, false)[Input::kGantryAtEnd]);
  EXPECT_FALSE(see(9'700, true, false)[Input::kGantryAtEnd]);
  EXPECT_FALSE(see(10'401, false, true)[Input::kGantryAtEnd]);
  EXPECT_TRUE(see(-463, true, false)[Input::kGantryHomed]) << "homed is by the switch alone";
  EXPECT_FALSE(see(0, false, false)[Input::kGantryHomed]);
}

TEST(LaneInputs, TravelIsDoneAtBrakingDistanceOrSlowInTheEndZone) {
  CycleConfig config;
  config.travel_from_mm = 0;
  config.travel_to_mm = 10'000;
  config.braking_mm = 200;
  config.end_tolerance_mm = 400;
  const auto done = [&](int position, int speed, Direction direction) {
    const auto image =
        image_with({{plc::Tag::kGantryPositionMm, position}, {plc::Tag::kSpeedMmS, speed}});
    return travel_done({image, kNow, milliseconds(100)}, config, direction);
  };
  EXPECT_FALSE(done(9'799, 400, Direction::kForward));
  EXPECT_TRUE(done(9'800, 400, Direction::kForward));
  EXPECT_TRUE(done(9'700, 300, Direction::kForward)) << "the PLC brakes before the end";
  EXPECT_FALSE(done(9'500, 300, Direction::kForward)) << "slow in mid-travel is a loss, not an end";
  EXPECT_FALSE(done(201, -400, Direction::kBack));
  EXPECT_TRUE(done(200, -400, Direction::kBack));
  EXPECT_TRUE(done(300, -300, Direction::kBack));
  EXPECT_FALSE(done(100, 400, Direction::kForward));
}

}  // namespace
}  // namespace portcullis::lane
