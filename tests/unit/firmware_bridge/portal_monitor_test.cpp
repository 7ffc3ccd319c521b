#include "firmware_bridge/rpm/portal_monitor.h"

#include <gtest/gtest.h>

#include <cmath>

namespace portcullis::firmware_bridge {
namespace {

using std::chrono::milliseconds;

/// Feeds lines with time handed in.
class PortalMonitorTest : public ::testing::Test {
 protected:
  void line(std::string_view text, core::Duration after = milliseconds(200)) {
    clock.advance(after);
    monitor.push(text, clock.now(), clock.utc_now());
  }
  void background() {
    monitor.set_connected(true, clock.now());
    line("GB,000250,000250,000250,000250");  // B = 1,000
    line("NB,000001,000001,000001,000001");
  }
  /// 180 counts, never twice alike: counts that stand still are none.
  static std::string_view quiet_sample(int i) {
    return i % 2 == 0 ? "GS,000044,000046,000045,000045" : "GS,000046,000044,000045,000045";
  }
  [[nodiscard]] PortalView view() const { return monitor.view(clock.now()); }

  core::ManualClock clock;
  PortalMonitor monitor{PortalMonitor::Config{}};
};

TEST_F(PortalMonitorTest, IsUnhealthyUntilConnectedAndBothBackgroundsAreKnown) {
  EXPECT_FALSE(view().healthy);
  EXPECT_EQ(view().health_text, "portal not connected");
  monitor.set_connected(true, clock.now());
  EXPECT_EQ(view().health_text, "portal background not known yet");
  line("GB,000250,000250,000250,000250");
  EXPECT_FALSE(view().healthy);
  line("NB,000001,000001,000001,000001");
  EXPECT_TRUE(view().healthy) << view().health_text;
  EXPECT_DOUBLE_EQ(view().gamma_background_cps, 1000);
}

TEST_F(PortalMonitorTest, StaleTamperAndBackgroundFaultsBlock) {
  background();
  clock.advance(std::chrono::seconds(13));
  EXPECT_EQ(view().health_text, "portal data stale");
  line("GB,000250,000250,000250,000250");
  EXPECT_TRUE(view().healthy);
  line("TT");
  EXPECT_EQ(view().health_text, "portal tamper");
  line("TC");
  EXPECT_TRUE(view().healthy);
  line("GH,002500,002500,002500,002500");
  EXPECT_EQ(view().health_text, "gamma background high");
  line("GB,000250,000250,000250,000250");
  line("GL,000000,000000,000000,000000");
  EXPECT_EQ(view().health_text, "gamma background low");
  line("GB,000250,000250,000250,000250");
  line("NH,000900,000900,000900,000900");
  EXPECT_EQ(view().health_text, "neutron background high");
}

TEST_F(PortalMonitorTest, AQuietPassageIsKeptWholeAndValid) {
  background();
  // The vehicle shadows a tenth of the background: 900 of 1,000 counts a second.
  for (int i = 0; i < 20; ++i) line(quiet_sample(i));
  EXPECT_TRUE(view().occupied);
  line("NS,000001,000001,000000,000001");
  line("SP,0.2249,03.032,004.88,000000");
  line("GX,000123,004000,000000,000000");
  EXPECT_FALSE(view().occupied);
  const auto passages = monitor.take_occupancies();
  ASSERT_EQ(passages.size(), 1U);
  const PortalOccupancy& p = passages[0];
  EXPECT_TRUE(p.valid) << p.invalid_reason;
  EXPECT_EQ(p.number, 123U);
  EXPECT_EQ(p.lines.size(), 23U);
  EXPECT_EQ(p.lines.front().text, "GS,000044,000046,000045,000045");
  EXPECT_FALSE(p.gamma_alarm || p.gamma_alarm_own || p.neutron_alarm);
  EXPECT_NEAR(p.background_ratio_min, 0.9, 1e-12);
  EXPECT_NEAR(p.sigma_max, 0, 1e-12);
  EXPECT_DOUBLE_EQ(p.speed_km_h, 4.88);
  EXPECT_EQ((p.ended_at - p.started_at) / milliseconds(1), 22 * 200);
  EXPECT_TRUE(monitor.take_occupancies().empty());
  EXPECT_EQ(monitor.take_records().size(), 25U);
}

TEST_F(PortalMonitorTest, OwnAlarmComesAtNSigmaOfTheSlidingSecond) {
  background();
  // n = 7, B = 1,000: the limit is S = 1,000 + 7 * sqrt(1,000) = 1,221.36.
  for (int i = 0; i < 5; ++i) line("GS,000061,000061,000061,000061");  // S = 1,220
  EXPECT_FALSE(view().gamma_alarm_own);
  EXPECT_NEAR(view().sigma_max, 220 / std::sqrt(1000.0), 1e-9);
  line("GS,000062,000061,000061,000062");  // S = 1,222
  EXPECT_TRUE(view().gamma_alarm_own);
  EXPECT_FALSE(view().gamma_alarm);
  line("GA,000062,000061,000061,000062");
  EXPECT_TRUE(view().gamma_alarm);
  line("NA,000009,000009,000009,000009");
  EXPECT_TRUE(view().neutron_alarm);
}

TEST_F(PortalMonitorTest, SamplesWithBeamAreFlaggedNeverJudgedAndNeverBackground) {
  background();
  monitor.set_beam_on(true, clock.now());
  line("GB,009000,009000,009000,009000");
  EXPECT_DOUBLE_EQ(view().gamma_background_cps, 1000);
  line("GH,009000,009000,009000,009000");
  EXPECT_TRUE(view().healthy);
  for (int i = 0; i < 10; ++i) line("GS,009000,009000,009000,009000");
  monitor.set_beam_on(false, clock.now());
  line("GB,005000,005000,005000,005000");  // sums a second that had beam in it
  EXPECT_DOUBLE_EQ(view().gamma_background_cps, 1000);
  line("GX,000001,000000,000000,000000", milliseconds(1500));
  const auto passages = monitor.take_occupancies();
  ASSERT_EQ(passages.size(), 1U);
  EXPECT_FALSE(passages[0].gamma_alarm_own);
  EXPECT_EQ(passages[0].beam_samples, 10U);
  EXPECT_TRUE(passages[0].lines[0].beam_on);
  EXPECT_FALSE(passages[0].valid);
  EXPECT_EQ(passages[0].invalid_reason, "beam was on during part of the passage");
}

TEST_F(PortalMonitorTest, APassageThatIsCutOffIsInvalid) {
  background();
  for (int i = 0; i < 10; ++i) line(quiet_sample(i));
  monitor.set_connected(false, clock.now());
  clock.advance(std::chrono::seconds(20));
  monitor.tick(clock.now(), clock.utc_now());
  const auto passages = monitor.take_occupancies();
  ASSERT_EQ(passages.size(), 1U);
  EXPECT_FALSE(passages[0].valid);
  EXPECT_EQ(passages[0].invalid_reason, "connection to the portal lost during the passage");
  EXPECT_EQ(passages[0].number, 0U);
}

TEST_F(PortalMonitorTest, CountsThatStandStillAreNoMeasurement) {
  background();
  for (int i = 0; i < 9; ++i) line("GS,000045,000045,000045,000045");
  line(quiet_sample(0));
  line("GX,000001,004000,000000,000000");
  for (int i = 0; i < 10; ++i) line("GS,000045,000045,000045,000045");
  line("GX,000002,004000,000000,000000");
  // Few counts are alike by chance.
  for (int i = 0; i < 20; ++i) line("GS,000003,000002,000003,000002");
  line("GX,000003,004000,000000,000000");
  const auto passages = monitor.take_occupancies();
  ASSERT_EQ(passages.size(), 3U);
  EXPECT_TRUE(passages[0].valid) << passages[0].invalid_reason;
  EXPECT_FALSE(passages[1].valid);
  EXPECT_EQ(passages[1].invalid_reason, "the portal's counts stand still");
  EXPECT_TRUE(passages[2].valid) << passages[2].invalid_reason;
}

TEST_F(PortalMonitorTest, MalformedAndUnknownLinesAreCounted) {
  background();
  line("GS,xx");
  line("QQ,1");
  EXPECT_EQ(view().malformed, 1U);
  EXPECT_EQ(view().unknown, 1U);
  EXPECT_TRUE(view().healthy);
}

}  // namespace
}  // namespace portcullis::firmware_bridge
