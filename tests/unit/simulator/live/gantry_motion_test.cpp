#include "simulator/live/gantry_motion.h"

#include <gtest/gtest.h>

#include <chrono>

namespace portcullis::simulator {
namespace {

using std::chrono::milliseconds;

core::TimePoint at_ms(std::int64_t ms) {
  return core::TimePoint(milliseconds(ms));
}

TEST(MotionSegment, ramps_and_then_holds_speed) {
  // v = a t until 400 mm/s at 0.8 s, 160 mm on the way; then constant.
  const MotionSegment segment{at_ms(1000), -100, 0, 400, 500};
  EXPECT_DOUBLE_EQ(segment.speed_at(at_ms(1400)), 200);
  EXPECT_DOUBLE_EQ(segment.position_at(at_ms(1400)), -100 + 0.5 * 500 * 0.16);
  EXPECT_DOUBLE_EQ(segment.speed_at(at_ms(3000)), 400);
  EXPECT_DOUBLE_EQ(segment.position_at(at_ms(2800)), -100 + 160 + 400);
}

TEST(MotionSegment, brakes_backwards_motion) {
  const MotionSegment segment{at_ms(0), 1000, -400, 0, 500};
  EXPECT_DOUBLE_EQ(segment.speed_at(at_ms(400)), -200);
  EXPECT_DOUBLE_EQ(segment.position_at(at_ms(800)), 1000 - 160);
  EXPECT_DOUBLE_EQ(segment.position_at(at_ms(5000)), 1000 - 160);
}

class GantryTravel : public testing::Test {
 protected:
  void run(double seconds, bool permit, bool emergency, MotionDirection direction, double speed) {
    const auto end =
        now_ + std::chrono::duration_cast<core::Duration>(std::chrono::duration<double>(seconds));
    while (now_ < end) {
      now_ += milliseconds(5);
      motion_.tick(now_, permit, emergency, direction, speed);
    }
  }
  [[nodiscard]] double position() const { return motion_.segment().position_at(now_); }
  [[nodiscard]] double speed() const { return motion_.segment().speed_at(now_); }

  GantryConfig config_{-1000, 3000, 500, 2000, 800};
  core::TimePoint now_ = at_ms(0);
  GantryMotion motion_{config_, now_};
};

TEST_F(GantryTravel, starts_at_home_and_stands_still_without_permit) {
  EXPECT_TRUE(motion_.at_start_limit(now_));
  run(2, false, false, MotionDirection::kForward, 400);
  EXPECT_NEAR(position(), -1000, 10);
  EXPECT_EQ(speed(), 0);
}

TEST_F(GantryTravel, goes_to_the_end_limit_and_back_without_passing_either) {
  run(30, true, false, MotionDirection::kForward, 400);
  EXPECT_TRUE(motion_.at_end_limit(now_));
  EXPECT_LE(position(), 3000);
  EXPECT_EQ(speed(), 0);
  run(30, true, false, MotionDirection::kBackToStart, 800);
  EXPECT_TRUE(motion_.at_start_limit(now_));
  EXPECT_GE(position(), -1000);
  EXPECT_EQ(speed(), 0);
}

TEST_F(GantryTravel, loss_of_permit_stops_it_and_an_emergency_stops_it_sooner) {
  run(2, true, false, MotionDirection::kForward, 400);
  EXPECT_NEAR(speed(), 400, 1e-9);
  const double from = position();
  run(2, false, false, MotionDirection::kForward, 400);
  EXPECT_NEAR(position() - from, 400.0 * 400 / (2 * 500), 3);  // v^2 / 2a
  run(2, true, false, MotionDirection::kForward, 400);
  const double again = position();
  run(2, true, true, MotionDirection::kForward, 400);
  EXPECT_NEAR(position() - again, 400.0 * 400 / (2 * 2000), 3);
  EXPECT_EQ(speed(), 0);
}

TEST_F(GantryTravel, speed_is_limited_to_what_it_can) {
  run(3, true, false, MotionDirection::kForward, 5000);
  EXPECT_LE(speed(), 800 + 1e-9);
}

}  // namespace
}  // namespace portcullis::simulator
