// The alarm list on the screen: what stands, answers by key and click, shelving, the log.
#include "tests/unit/hmi/screen_fixture.h"

namespace portcullis::hmi {
namespace {

services::AlarmStatus alarm_of(const char* key, std::uint64_t occurrence, const char* priority,
                               const char* title) {
  services::AlarmStatus alarm;
  alarm.key = key;
  alarm.occurrence = occurrence;
  alarm.priority = priority;
  alarm.state = "unacknowledged";
  alarm.title = title;
  alarm.cause = "The cable is loose.";
  alarm.consequence = "No scan.";
  alarm.action = "Look at the cable.";
  alarm.raised.ns = 1'700'000'000'000'000'000;
  return alarm;
}

class AlarmScreenTest : public ScreenTest {
 protected:
  void open_with_alarms() {
    lane_.change_status([](services::LaneStatus& status) {
      status.alarms_served = true;
      status.alarms = {alarm_of("plc_fault", 7, "medium", "Safety PLC has tripped"),
                       alarm_of("source_lost", 8, "low", "X-ray source does not answer"),
                       alarm_of("source_attention", 5, "low", "X-ray source not ready")};
      status.alarms[0].first_out = true;
      status.alarms[0].detail = "Door 1, channel A";
      status.alarms[2].state = "suppressed";
      status.alarms_last_10_min = 2;
      status.alarms_per_10_min = 0.25;
    });
    open();
    key(Qt::Key_F2);
    ASSERT_NE(item("alarm_table"), nullptr);
  }
  std::string state_of(std::size_t index) { return app_->alarms().alarms()[index].state; }
};

TEST_F(AlarmScreenTest, TheFirstCauseStandsFirstWithWhatToDo) {
  open_with_alarms();
  EXPECT_EQ(app_->lane().alarm_count(), 2) << "what cannot be seen is not in the strip";
  EXPECT_TRUE(text("alarm_action").contains(QLatin1String("Look at the cable.")));
  EXPECT_TRUE(text("alarm_rate").startsWith(QLatin1String("2 in the last 10 min, 0.25")));
  EXPECT_TRUE(clipped().empty()) << clipped().front();
  shoot("alarm-list");
}

TEST_F(AlarmScreenTest, AKeyAcknowledgesTheSelectedAlarmAndNoOther) {
  open_with_alarms();
  key(Qt::Key_Down);
  EXPECT_EQ(app_->alarms().selected(), 1);
  key(Qt::Key_A);
  ASSERT_TRUE(wait_for([&] { return state_of(1) == "acknowledged"; }));
  EXPECT_EQ(state_of(0), "unacknowledged");
  EXPECT_EQ(state_of(2), "suppressed") << "what is hidden behind it";
  const auto answers = lane_.alarm_answers();
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(answers[0].key, "source_lost");
  EXPECT_EQ(answers[0].occurrence, 8U);
  EXPECT_EQ(answers[0].user, "anna");
  // The log is read anew, and can be searched.
  ASSERT_TRUE(wait_for([&] { return app_->alarms().events().size() == 1; }));
  click("alarm_search");
  QTest::keyClick(&app_->window(), Qt::Key_X);
  ASSERT_TRUE(wait_for([&] { return app_->alarms().events().empty(); }));
  EXPECT_EQ(app_->controller().overlay(), QStringLiteral("alarms")) << "X is typed, no shortcut";
}

TEST_F(AlarmScreenTest, AnAlarmThatWasRaisedAnewIsNotAcknowledgedUnseen) {
  open_with_alarms();
  lane_.hang();
  const AlarmData seen = app_->alarms().alarms()[0];
  AlarmModel& model = app_->alarms();
  lane_.change_status([](services::LaneStatus& status) { status.alarms[0].occurrence = 9; });
  ASSERT_TRUE(wait_for([&] { return model.alarms()[0].occurrence == 9; }));
  StatusData before;  // the screen is behind by one status
  before.alarms_served = true;
  before.alarms = {seen};
  model.take(before);
  model.acknowledge();
  ASSERT_TRUE(wait_for([&] { return !model.message().isEmpty(); }));
  EXPECT_TRUE(model.message().contains(QLatin1String("raised anew")));
  EXPECT_TRUE(lane_.alarm_answers().empty());
}

TEST_F(AlarmScreenTest, ShelvingAsksForTimeAndReason) {
  open_with_alarms();
  key(Qt::Key_Down);
  key(Qt::Key_H);
  ASSERT_TRUE(app_->alarms().shelving());
  EXPECT_TRUE(text("alarm_minutes").contains(QLatin1String("60 min")));
  key(Qt::Key_Right);
  EXPECT_TRUE(text("alarm_minutes").contains(QLatin1String("480 min")));
  shoot("alarm-shelve");
  EXPECT_TRUE(lane_.alarm_answers().empty()) << "nothing is sent without a reason";
  key(Qt::Key_1);
  ASSERT_TRUE(wait_for([&] { return state_of(1) == "shelved"; }));
  const auto answers = lane_.alarm_answers();
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(answers[0].minutes, 480U);
  EXPECT_FALSE(answers[0].reason.empty());
  EXPECT_EQ(app_->lane().alarm_count(), 1) << "out of the strip";
  key(Qt::Key_H);
  ASSERT_TRUE(wait_for([&] { return state_of(1) == "unacknowledged"; }));
}

}  // namespace
}  // namespace portcullis::hmi
