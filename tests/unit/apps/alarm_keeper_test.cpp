#include "apps/lane/alarm_keeper.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>

#include "tests/support/socket_folder.h"

namespace portcullis::apps {
namespace {

using namespace std::chrono_literals;
using Kind = services::AlarmAnswer::Kind;

/// A keeper over a real catalogue and file; restart() is what a lane's restart does to it.
class AlarmKeeperTest : public ::testing::Test {
 protected:
  AlarmKeeperTest() {
    auto opened = archive::Catalogue::open_for_lane(folder_ / "catalogue.sqlite", clock_.utc_now());
    EXPECT_TRUE(opened.ok());
    catalogue_.emplace(std::move(opened).value());
    restart();
  }
  ~AlarmKeeperTest() override {
    notes_.reset();
    keeper_.reset();
  }
  void restart() {
    notes_.reset();  // does what is left
    keeper_.reset();
    notes_ = std::make_unique<TaskThread>();
    keeper_ = std::make_unique<AlarmKeeper>(folder_ / "alarms.json", *catalogue_, *notes_, clock_);
  }
  services::LaneStatus look(core::Duration after = 0s) {
    clock_.advance(after);
    lane::AlarmCondition latched;
    latched.key = "lamp_failed";
    latched.at_once = true;
    services::LaneStatus status;
    status.devices = {
        {"Camera", services::DeviceLevel::kAttention, "no connection"},
        {"Fan", services::DeviceLevel::kFault, "stands still"},
        {"PLC", services::DeviceLevel::kFault, "of the lane's own conditions, not of these"}};
    keeper_->update({latched}, status);
    return status;
  }
  static const services::AlarmStatus* find(const services::LaneStatus& status,
                                           const std::string& key) {
    for (const auto& alarm : status.alarms)
      if (alarm.key == key) return &alarm;
    return nullptr;
  }

  const test::SocketFolder made_;
  const std::filesystem::path folder_ = made_.path();
  core::ManualClock clock_;
  std::optional<archive::Catalogue> catalogue_;
  std::unique_ptr<AlarmKeeper> keeper_;
  std::unique_ptr<TaskThread> notes_;
};

TEST_F(AlarmKeeperTest, AnAcknowledgementSurvivesARestartAndIsInTheLog) {
  look();
  const auto status = look(4s);
  EXPECT_TRUE(status.alarms_served);
  ASSERT_EQ(status.alarms.size(), 3U);
  EXPECT_NE(find(status, "device_amiss:Fan"), nullptr);
  const auto* camera = find(status, "camera_lost");
  ASSERT_NE(camera, nullptr);
  ASSERT_TRUE(
      keeper_->answer({Kind::kAcknowledge, "camera_lost", camera->occurrence, 0, "", "anna"}).ok());
  EXPECT_FALSE(
      keeper_->answer({Kind::kAcknowledge, "camera_lost", camera->occurrence + 1, 0, "", "anna"})
          .ok());
  restart();
  const auto again = look();
  ASSERT_NE(find(again, "camera_lost"), nullptr);
  EXPECT_EQ(find(again, "camera_lost")->state, "acknowledged");
  EXPECT_EQ(find(again, "camera_lost")->acknowledged_by, "anna");
  EXPECT_EQ(find(again, "lamp_failed")->state, "unacknowledged");
  EXPECT_TRUE(find(again, "lamp_failed")->first_out);
  services::AlarmSearch search;
  search.text = "anna";
  const auto events = keeper_->find(search);
  ASSERT_TRUE(events.ok());
  ASSERT_EQ(events->size(), 1U);
  EXPECT_EQ(events->front().kind, "alarm acknowledged");
}

TEST_F(AlarmKeeperTest, ADamagedFileIsPutAsideAndNothingCountsAsAcknowledged) {
  const auto status = look();
  ASSERT_TRUE(keeper_
                  ->answer({Kind::kAcknowledge, "lamp_failed",
                            find(status, "lamp_failed")->occurrence, 0, "", "anna"})
                  .ok());
  std::ofstream(folder_ / "alarms.json") << "{";
  restart();
  EXPECT_EQ(find(look(), "lamp_failed")->state, "unacknowledged");
  EXPECT_TRUE(std::filesystem::exists(folder_ / "alarms.json.damaged"));
}

TEST_F(AlarmKeeperTest, AnAnswerThatCannotBeKeptIsRefused) {
  const auto status = look();
  std::filesystem::remove(folder_ / "alarms.json");
  std::filesystem::create_directory(folder_ / "alarms.json");
  EXPECT_FALSE(keeper_
                   ->answer({Kind::kAcknowledge, "lamp_failed",
                             find(status, "lamp_failed")->occurrence, 0, "", "anna"})
                   .ok());
  EXPECT_EQ(find(look(), "lamp_failed")->state, "unacknowledged");
}

}  // namespace
}  // namespace portcullis::apps
