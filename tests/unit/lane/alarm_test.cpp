#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "lane/alarm_conditions.h"
#include "lane/alarms/alarm_desk.h"

namespace portcullis::lane {
namespace {

using std::chrono::seconds;

/// A desk, its time, and what holds now.
class AlarmDeskTest : public ::testing::Test {
 protected:
  std::vector<AlarmChange> after(core::Duration time,
                                 const std::vector<AlarmCondition>& conditions) {
    now_ += time;
    utc_.ns += std::chrono::duration_cast<std::chrono::nanoseconds>(time).count();
    return desk_.update(conditions, now_, utc_);
  }
  static AlarmCondition latched(const char* key) {
    AlarmCondition condition;
    condition.key = key;
    condition.at_once = true;
    return condition;
  }
  static AlarmCondition lasting(const char* key, const char* detail = "") {
    AlarmCondition condition;
    condition.key = key;
    condition.detail = detail;
    return condition;
  }
  /// Stands for long enough to be raised.
  void stand(const std::vector<AlarmCondition>& conditions) {
    after(seconds(1), conditions);
    after(AlarmDesk::kRaiseDelay, conditions);
  }
  AlarmEntry entry(const std::string& key) {
    for (const AlarmEntry& one : desk_.entries())
      if (one.key == key) return one;
    ADD_FAILURE() << key << " does not stand";
    return {};
  }
  bool stands(const std::string& key) {
    const auto all = desk_.entries();
    return std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.key == key; });
  }
  core::Status acknowledge(const std::string& key, const char* user = "anna") {
    const auto change = desk_.acknowledge(key, entry(key).occurrence, user, utc_);
    return change.ok() ? core::Status() : core::Status(change.error());
  }
  void restart() {
    auto again = AlarmDesk::from_text(desk_.to_text(), now_);
    ASSERT_TRUE(again.ok()) << again.error().message;
    desk_ = std::move(again).value();
  }

  AlarmDesk desk_;
  core::TimePoint now_{std::chrono::hours(1)};
  core::UtcTime utc_{1'700'000'000'000'000'000};
};

TEST(AlarmTable, HasAUseForEachRowAndTheSharesOfTheStandard) {
  std::set<std::string_view> keys;
  int low = 0, medium = 0, high = 0;
  for (const AlarmRow& row : alarm_table()) {
    EXPECT_TRUE(keys.insert(row.key).second) << row.key;
    EXPECT_FALSE(row.title.empty() || row.cause.empty() || row.consequence.empty() ||
                 row.action.empty())
        << row.key;
    (row.priority == AlarmPriority::kLow      ? low
     : row.priority == AlarmPriority::kMedium ? medium
                                              : high)++;
  }
  // About 80 / 15 / 5 %.
  const double all = static_cast<double>(keys.size());
  EXPECT_NEAR(low / all, 0.80, 0.05);
  EXPECT_NEAR(medium / all, 0.15, 0.05);
  EXPECT_NEAR(high / all, 0.05, 0.03);
  for (std::size_t i = 0; i < kFaultCount; ++i)
    EXPECT_TRUE(keys.count(fault_name(static_cast<Fault>(i)))) << i;
}

TEST_F(AlarmDeskTest, AlarmsAreRaisedAcknowledgedAndGo) {
  EXPECT_TRUE(after(seconds(1), {lasting("detector_attention", "warm")}).empty()) << "at once";
  EXPECT_FALSE(stands("detector_attention"));
  const auto raised = after(AlarmDesk::kRaiseDelay, {lasting("detector_attention", "warm")});
  ASSERT_EQ(raised.size(), 1U);
  EXPECT_EQ(raised[0].kind, "alarm raised");
  EXPECT_EQ(entry("detector_attention").standing, AlarmStanding::kUnacknowledged);
  ASSERT_TRUE(acknowledge("detector_attention").ok());
  EXPECT_EQ(entry("detector_attention").standing, AlarmStanding::kAcknowledged);
  EXPECT_FALSE(acknowledge("detector_attention").ok()) << "twice";
  after(seconds(1), {});
  EXPECT_TRUE(stands("detector_attention")) << "it may only be chatter";
  after(AlarmDesk::kReturnDelay, {});
  EXPECT_FALSE(stands("detector_attention"));
}

TEST_F(AlarmDeskTest, WhatWentUnseenStaysUntilSomebodyHasSeenIt) {
  stand({lasting("portal_fault")});
  after(seconds(1), {});
  after(AlarmDesk::kReturnDelay, {});
  EXPECT_EQ(entry("portal_fault").standing, AlarmStanding::kReturned);
  ASSERT_TRUE(acknowledge("portal_fault").ok());
  EXPECT_FALSE(stands("portal_fault"));
}

TEST_F(AlarmDeskTest, AnAnswerCountsForTheOccurrenceThatWasSeen) {
  after(seconds(1), {latched("plc_fault")});
  const std::uint64_t seen = entry("plc_fault").occurrence;
  after(seconds(1), {});
  after(AlarmDesk::kReturnDelay, {});
  after(seconds(1), {latched("plc_fault")});
  const auto change = desk_.acknowledge("plc_fault", seen, "anna", utc_);
  ASSERT_FALSE(change.ok());
  EXPECT_EQ(change.error().code, core::ErrorCode::kRefused);
  EXPECT_EQ(entry("plc_fault").standing, AlarmStanding::kUnacknowledged);
}

TEST_F(AlarmDeskTest, AcknowledgingALostDeviceAcknowledgesNothingBehindIt) {
  stand({lasting("source_attention", "arc")});
  const std::vector<AlarmCondition> lost = {lasting("source_lost", "no answer")};
  stand(lost);
  EXPECT_EQ(entry("source_attention").standing, AlarmStanding::kSuppressed);
  EXPECT_EQ(entry("source_attention").suppressed_by, "source_lost");
  ASSERT_TRUE(acknowledge("source_lost").ok());
  EXPECT_FALSE(acknowledge("source_attention").ok()) << "nobody can see it";
  after(seconds(60), lost);
  EXPECT_EQ(entry("source_attention").standing, AlarmStanding::kSuppressed) << "not gone";
  // It is back, with what it had and with something new.
  stand({lasting("source_attention", "arc")});
  EXPECT_EQ(entry("source_attention").standing, AlarmStanding::kUnacknowledged);
}

TEST_F(AlarmDeskTest, WhatALostDeviceReportsMeanwhileIsRaisedWhenItIsBack) {
  stand({lasting("portal_lost")});
  stand({lasting("portal_lost"), lasting("portal_attention")});
  EXPECT_FALSE(stands("portal_attention")) << "suppressed by design";
  ASSERT_TRUE(acknowledge("portal_lost").ok());
  stand({lasting("portal_attention")});
  EXPECT_EQ(entry("portal_attention").standing, AlarmStanding::kUnacknowledged);
}

TEST_F(AlarmDeskTest, AcknowledgementsAndShelvesSurviveARestart) {
  const std::vector<AlarmCondition> conditions = {latched("lamp_failed"), lasting("gateway_amiss"),
                                                  lasting("detector_attention", "warm")};
  stand(conditions);
  ASSERT_TRUE(acknowledge("lamp_failed", "bea").ok());
  ASSERT_TRUE(
      desk_.shelve("gateway_amiss", entry("gateway_amiss").occurrence, 60, "repair", "bea", utc_)
          .ok());
  restart();
  // The devices are not there yet.
  after(seconds(1), {lasting("detector_lost")});
  after(seconds(4), {lasting("detector_lost")});
  EXPECT_TRUE(after(seconds(5), conditions).size() <= 1);
  EXPECT_EQ(entry("lamp_failed").standing, AlarmStanding::kAcknowledged);
  EXPECT_EQ(entry("lamp_failed").acknowledged_by, "bea");
  EXPECT_EQ(entry("gateway_amiss").standing, AlarmStanding::kShelved);
  EXPECT_EQ(entry("gateway_amiss").shelved_reason, "repair");
  EXPECT_EQ(entry("detector_attention").standing, AlarmStanding::kUnacknowledged);
  EXPECT_EQ(desk_.raised_last_10_min(utc_), 4U);
}

TEST_F(AlarmDeskTest, AShelfNeedsAReasonAndEndsByItself) {
  const std::vector<AlarmCondition> conditions = {lasting("camera_lost"),
                                                  latched("beam_unrequested")};
  stand(conditions);
  const std::uint64_t camera = entry("camera_lost").occurrence;
  EXPECT_FALSE(desk_.shelve("camera_lost", camera, 60, "", "anna", utc_).ok());
  EXPECT_FALSE(desk_.shelve("camera_lost", camera, 0, "repair", "anna", utc_).ok());
  EXPECT_FALSE(desk_.shelve("camera_lost", camera, 481, "repair", "anna", utc_).ok());
  EXPECT_FALSE(desk_
                   .shelve("beam_unrequested", entry("beam_unrequested").occurrence, 60, "repair",
                           "anna", utc_)
                   .ok())
      << "what ends work is never shelved";
  ASSERT_TRUE(desk_.shelve("camera_lost", camera, 60, "repair", "anna", utc_).ok());
  EXPECT_EQ(entry("camera_lost").standing, AlarmStanding::kShelved);
  after(std::chrono::minutes(59), conditions);
  EXPECT_EQ(entry("camera_lost").standing, AlarmStanding::kShelved);
  const auto changes = after(std::chrono::minutes(2), conditions);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].kind, "alarm unshelved");
  EXPECT_EQ(entry("camera_lost").standing, AlarmStanding::kUnacknowledged);
}

TEST_F(AlarmDeskTest, TheFirstCauseIsByThePlcsOwnTime) {
  AlarmCondition mine = latched("plc_heartbeat");
  mine.first = true;  // the lane saw this one first: polls are 10 ms apart
  after(seconds(1), {mine, latched("channels_differ")});
  EXPECT_TRUE(entry("plc_heartbeat").first_out);
  AlarmCondition plc = latched("plc_fault");
  plc.plc_ms = 4'294'967'290U;
  after(seconds(1), {mine, latched("channels_differ"), plc});
  EXPECT_TRUE(entry("plc_fault").first_out);
  EXPECT_FALSE(entry("plc_heartbeat").first_out);
  // Its counter wraps around: 10 ms later is 4.
  AlarmCondition later = latched("lamp_failed");
  later.plc_ms = 4U;
  after(seconds(1), {mine, later, plc});
  EXPECT_TRUE(entry("plc_fault").first_out);
  EXPECT_EQ(desk_.entries().front().key, "plc_fault") << "it stands first";
}

TEST_F(AlarmDeskTest, RatesAreMeasuredAgainstOneInTenMinutes) {
  for (int i = 0; i < 3; ++i) {
    after(std::chrono::minutes(1), {latched("stopped")});
    after(seconds(1), {});
    after(AlarmDesk::kReturnDelay, {});
  }
  EXPECT_EQ(desk_.raised_last_10_min(utc_), 3U);
  EXPECT_NEAR(desk_.raised_per_10_min(utc_), 3.0 / 144, 1e-9);
  after(std::chrono::hours(1), {});
  EXPECT_EQ(desk_.raised_last_10_min(utc_), 0U);
}

TEST_F(AlarmDeskTest, DamagedTextIsSaidToBeSo) {
  stand({lasting("camera_lost", "cable")});
  const std::string good = desk_.to_text();
  EXPECT_TRUE(AlarmDesk::from_text(good, now_).ok());
  for (std::size_t length = 0; length + 1 < good.size(); ++length)
    EXPECT_FALSE(AlarmDesk::from_text(good.substr(0, length), now_).ok()) << length;
  EXPECT_FALSE(
      AlarmDesk::from_text(R"({"occurrences":1,"raised_utc_ns":[],"alarms":[{"key":7}]})", now_)
          .ok());
}

TEST(AlarmConditions, NameWhatTheLaneShows) {
  LaneSnapshot snapshot;
  using Level = LaneSnapshot::Device::Level;
  snapshot.latched.set(static_cast<std::size_t>(Fault::kPlcFault));
  snapshot.first_fault = Fault::kPlcFault;
  snapshot.plc_first_out = "Door 1, channel A";
  snapshot.plc_first_out_ms = 1234;
  snapshot.devices = {{"PLC", Level::kFault, "fault word 1", false},
                      {"X-ray source", Level::kFault, "not connected", true},
                      {"Detector", Level::kAttention, "not calibrated", false},
                      {"Radiation portal", Level::kOk, "", false}};
  snapshot.operator_call = "the number cannot be read";
  const auto conditions = alarm_conditions(snapshot);
  std::vector<std::string> keys;
  for (const AlarmCondition& one : conditions) {
    keys.push_back(one.key);
    EXPECT_NE(alarm_row(one.key), nullptr) << one.key;
  }
  EXPECT_EQ(keys, (std::vector<std::string>{"plc_fault", "source_lost", "detector_attention",
                                            "operator_call"}));
  EXPECT_EQ(conditions[0].detail, "Door 1, channel A");
  EXPECT_EQ(conditions[0].plc_ms, 1234U);
  snapshot.cycle = CycleState::kCalibrating;
  for (const AlarmCondition& one : alarm_conditions(snapshot))
    EXPECT_NE(one.key, "detector_attention") << "it is being done";
}

}  // namespace
}  // namespace portcullis::lane
