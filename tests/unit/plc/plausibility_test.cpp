// Readings that are in range and contradict each other are a fault, not values.
#include "plc/interlock/plausibility.h"

#include <gtest/gtest.h>

#include "plc/interlock/interlock.h"

namespace portcullis::plc {
namespace {

using std::chrono::milliseconds;

/// A gantry read every 10 ms, its heartbeat changing every 50 ms.
class Gantry {
 public:
  /// `ms` of life at `speed` as told, with position and encoder moving as fast as given.
  void run(int ms, double speed, double position_speed, double encoder_speed) {
    for (int t = 0; t < ms; t += 10) {
      now_ += milliseconds(10);
      position_ += position_speed * 0.01;
      encoder_ += encoder_speed * 0.01;
      set(Tag::kSpeedMmS, speed);
      set(Tag::kGantryPositionMm, position_);
      set(Tag::kEncoderCounts, encoder_);
      if (beats_ && ++readings_ % 5 == 0) {
        image_.heartbeat_changed = now_;
        image_.heartbeat_seen = true;
      }
      watch_motion(watch_, image_, now_);
      doubted_ = doubted_ || !image_.implausible.empty();
    }
  }
  void jump(double mm) { position_ += mm; }
  void stop_heartbeat() { beats_ = false; }
  void start_heartbeat() { beats_ = true; }
  bool doubted() { return std::exchange(doubted_, false); }
  [[nodiscard]] const PlcImage& image() const { return image_; }
  [[nodiscard]] bool fresh(Tag tag) const {
    return PlcView(image_, now_, milliseconds(100)).fresh(tag);
  }

 private:
  void set(Tag tag, double value) {
    image_.at(tag) = {static_cast<std::int64_t>(value), now_, Validity::kGood};
  }
  core::TimePoint now_{std::chrono::hours(1)};
  PlcImage image_;
  MotionWatch watch_;
  double position_ = -3000, encoder_ = 0;
  int readings_ = 0;
  bool beats_ = true, doubted_ = false;
};

TEST(Plausibility, AnHonestGantryIsBelieved) {
  Gantry gantry;
  gantry.run(2000, 0, 0, 0);
  gantry.run(5000, 400, 400, 4000);
  gantry.run(2000, 0, 0, 0);
  gantry.run(5000, -800, -800, -8000);
  gantry.run(500, 5000, 5000, 50'000);
  EXPECT_FALSE(gantry.doubted());
  EXPECT_TRUE(gantry.fresh(Tag::kSpeedMmS));
}

TEST(Plausibility, AFrozenEncoderIsAFault) {
  Gantry gantry;
  gantry.run(1000, 400, 400, 4000);
  gantry.run(500, 400, 400, 0);
  EXPECT_FALSE(gantry.doubted()) << "not yet";
  gantry.run(300, 400, 400, 0);
  EXPECT_TRUE(gantry.doubted());
  EXPECT_EQ(gantry.image().implausible, "speed is 400 mm/s, and the encoder stands still");
  for (const Tag tag : {Tag::kSpeedMmS, Tag::kGantryPositionMm, Tag::kEncoderCounts}) {
    EXPECT_EQ(gantry.image().at(tag).validity, Validity::kImplausible);
    EXPECT_FALSE(gantry.fresh(tag));
  }
}

TEST(Plausibility, AFrozenPositionIsAFaultUntilAWhileAfterItMovesAgain) {
  Gantry gantry;
  gantry.run(1000, 400, 400, 4000);
  gantry.run(1000, 400, 0, 4000);
  EXPECT_EQ(gantry.image().implausible,
            "speed is 400 mm/s, and the gantry's position stands still");
  gantry.run(500, 400, 400, 4000);
  EXPECT_FALSE(gantry.fresh(Tag::kSpeedMmS)) << "held for a second";
  gantry.run(700, 400, 400, 4000);
  EXPECT_TRUE(gantry.fresh(Tag::kSpeedMmS));
}

TEST(Plausibility, AJumpIsAFault) {
  Gantry gantry;
  gantry.run(1000, 400, 400, 4000);
  gantry.jump(2000);
  gantry.run(10, 400, 400, 4000);
  EXPECT_NE(gantry.image().implausible.find("position jumped by 2004 mm"), std::string::npos)
      << gantry.image().implausible;
  EXPECT_FALSE(gantry.fresh(Tag::kSpeedMmS));
}

TEST(Plausibility, WhatNeverCountedIsNotHeldToCount) {
  Gantry gantry;  // an encoder that is not connected
  gantry.run(5000, 400, 400, 0);
  EXPECT_FALSE(gantry.doubted());
}

TEST(Plausibility, APlcThatPausesIsItsHeartbeatsAffair) {
  Gantry gantry;
  gantry.run(1000, 400, 400, 4000);
  gantry.stop_heartbeat();
  gantry.run(1500, 400, 0, 0);
  EXPECT_FALSE(gantry.doubted());
  gantry.start_heartbeat();
  gantry.jump(600);  // what it drove meanwhile, in one step
  gantry.run(200, 400, 400, 4000);
  EXPECT_FALSE(gantry.doubted());
}

TEST(Plausibility, SlowMotionMayStandStillForAWhile) {
  Gantry gantry;
  gantry.run(1000, 400, 400, 4000);
  gantry.run(3000, 20, 0, 0);
  EXPECT_FALSE(gantry.doubted());
}

}  // namespace
}  // namespace portcullis::plc
