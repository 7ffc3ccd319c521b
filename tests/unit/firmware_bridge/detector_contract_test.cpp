// What every detector driver promises, whatever it speaks. A new driver adds a DetectorRig and one
// line at the end.
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>

#include "firmware_bridge/detector/detector_driver.h"
#include "tests/unit/firmware_bridge/scripted_peer.h"

namespace portcullis::firmware_bridge {
namespace {

using std::chrono::milliseconds;
using testing::eventually;
using testing::ScriptedPeer;

class DetectorRig {
 public:
  virtual ~DetectorRig() = default;
  virtual std::unique_ptr<DetectorDriver> make_driver(const core::Clock& clock) = 0;
  std::atomic<bool> silent{false}, garbage{false}, refuse_start{false}, refuse_resend{false},
      same_arm_id{false}, keeps_its_gain{false};
  virtual void answer_after(milliseconds delay) = 0;
  virtual void go_away() = 0;
  virtual void come_back() = 0;
  virtual void restart() = 0;  ///< Loses its arm.
  [[nodiscard]] virtual bool running() const = 0;
  [[nodiscard]] virtual std::size_t starts() const = 0;
  [[nodiscard]] virtual std::string destination() const = 0;
  /// What the device was told last of integration time, gain, trigger and pattern.
  [[nodiscard]] virtual std::vector<std::string> settings() const = 0;
  [[nodiscard]] virtual std::vector<std::string> resends() const = 0;
};

class NativeDetectorRig final : public DetectorRig {
 public:
  std::unique_ptr<DetectorDriver> make_driver(const core::Clock& clock) override {
    DetectorConfig config;
    config.endpoint = {"127.0.0.1", peer_.port(), {}};
    config.reply_timeout = milliseconds(150);
    config.reconnect_after = milliseconds(60);
    config.command_timeout = milliseconds(1500);
    config.poll_period = milliseconds(20);
    auto driver = make_detector_driver("native", config, clock);
    return driver.ok() ? std::move(*driver) : nullptr;
  }
  void answer_after(milliseconds delay) override { peer_.answer_after(delay); }
  void go_away() override { peer_.go_away(); }
  void come_back() override { peer_.come_back(); }
  void restart() override {
    arm_ = 0;
    running_ = false;
  }
  [[nodiscard]] bool running() const override { return running_; }
  [[nodiscard]] std::size_t starts() const override { return peer_.count("DET:START"); }
  [[nodiscard]] std::string destination() const override { return last_of("DET:DEST"); }
  [[nodiscard]] std::vector<std::string> settings() const override {
    return {last_of("DET:TINT "), last_of("DET:GAIN "), last_of("DET:TRIG "), last_of("DET:PATT ")};
  }
  [[nodiscard]] std::vector<std::string> resends() const override {
    std::vector<std::string> out;
    for (const auto& h : peer_.heard()) {
      if (h.line.substr(0, 11) == "DET:RESEND ") out.push_back(h.line.substr(11));
    }
    return out;
  }

 private:
  [[nodiscard]] std::string last_of(const std::string& start) const {
    std::string out;
    for (const auto& h : peer_.heard()) {
      if (h.line.substr(0, start.size()) == start) out = h.line;
    }
    return out;
  }
  std::string answer(const std::string& line) {
    if (line.find('?') == std::string::npos) {
      if (line == "DET:ARM" && !same_arm_id) arm_ = arm_ + 7;
      if (line == "DET:START") {
        if (refuse_start) {
          error_ = "-221,\"Settings conflict;arm first\"";
        } else {
          running_ = true;
        }
      }
      if (line == "DET:STOP") running_ = false;
      const std::string head = line.substr(0, 8);
      const bool setting = head == "DET:TINT" || head == "DET:GAIN" || head == "DET:TRIG" ||
                           head == "DET:PATT" || head == "DET:DEST" || line == "DET:ARM";
      if (running_ && setting) error_ = "-221,\"Settings conflict;stop first\"";
      if (refuse_resend && line.substr(0, 10) == "DET:RESEND")
        error_ = "-222,\"Data out of range;not in the ring\"";
      return {};
    }
    if (silent) return {};
    if (garbage) return "]]]\n";
    if (line == "*IDN?") return "Acme,SIM-ARRAY,99,2.1\n";
    if (line == "DET:COUNT?") return "3\n";
    if (line.substr(0, 9) == "DET:INFO?") return "M" + line.substr(10) + ",2.1,64,4.6\n";
    if (line.substr(0, 9) == "DET:TEMP?") return "25.1" + line.substr(10) + "\n";
    if (line == "DET:RANG? 2") return "NONE\n";
    if (line.substr(0, 9) == "DET:RANG?") return "0,4711\n";
    if (line == "DET:GAIN?" && keeps_its_gain) return "2\n";
    for (const char* setting : {"DET:TINT", "DET:GAIN", "DET:TRIG", "DET:PATT"}) {
      if (line == std::string(setting) + "?")
        return last_of(std::string(setting) + " ").substr(9) + "\n";
    }
    if (line == "DET:ARM?") return std::to_string(arm_) + "\n";
    if (line == "SYST:ERR?") return std::exchange(error_, "0,\"No error\"") + "\n";
    return "what?\n";
  }

  std::string error_ = "0,\"No error\"";
  std::atomic<unsigned> arm_{0};
  std::atomic<bool> running_{false};
  ScriptedPeer peer_{[this](const std::string& line) { return answer(line); }};
};

using MakeDetectorRig = std::unique_ptr<DetectorRig> (*)();

class DetectorContract : public ::testing::TestWithParam<MakeDetectorRig> {
 protected:
  void SetUp() override {
    rig = GetParam()();
    driver = rig->make_driver(clock);
    ASSERT_NE(driver, nullptr);
    ASSERT_TRUE(ready());
  }
  bool ready() {
    return eventually([&] { return driver->view().connected; });
  }

  core::SystemClock clock;
  std::unique_ptr<DetectorRig> rig;
  std::unique_ptr<DetectorDriver> driver;
};

TEST_P(DetectorContract, ReadsItsInventoryAndTemperatures) {
  const DetectorView v = driver->view();
  EXPECT_TRUE(v.simulated);
  ASSERT_EQ(v.modules.size(), 3U);
  EXPECT_EQ(v.modules[1].serial, "M1");
  EXPECT_EQ(v.modules[1].pixels, 64);
  EXPECT_DOUBLE_EQ(v.modules[1].pitch_mm, 4.6);
  ASSERT_TRUE(eventually([&] { return driver->view().modules.at(2).temperature_c.has_value(); }));
  EXPECT_DOUBLE_EQ(*driver->view().modules[2].temperature_c, 25.12);
}

TEST_P(DetectorContract, StartsAndStopsAgainAndAgainWithANewArmEachTime) {
  ASSERT_TRUE(driver->configure({}).ok());
  ASSERT_TRUE(driver->set_destination("127.0.0.1", 4444).ok());
  EXPECT_EQ(rig->destination(), "DET:DEST 127.0.0.1,4444");
  std::uint32_t before = 0;
  for (int i = 0; i < 20; ++i) {
    const auto id = driver->arm();
    ASSERT_TRUE(id.ok()) << id.error().message;
    EXPECT_NE(*id, before);
    before = *id;
    ASSERT_TRUE(driver->start().ok());
    EXPECT_TRUE(rig->running());
    EXPECT_TRUE(driver->view().running);
    EXPECT_EQ(driver->view().arm_id, *id);
    ASSERT_TRUE(driver->stop().ok());
    EXPECT_FALSE(rig->running());
  }
  EXPECT_EQ(rig->starts(), 20U);
}

TEST_P(DetectorContract, AnArmIdThatDoesNotChangeIsNotBelieved) {
  ASSERT_TRUE(driver->arm().ok());
  rig->same_arm_id = true;
  const auto id = driver->arm();
  ASSERT_FALSE(id.ok());
  EXPECT_EQ(id.error().code, core::ErrorCode::kProtocol);
}

TEST_P(DetectorContract, TellsTheRangeOfAModuleAndThatThereIsNone) {
  const auto range = driver->range(1);
  ASSERT_TRUE(range.ok()) << range.error().message;
  ASSERT_TRUE(range->has_value());
  EXPECT_EQ((*range)->first, 0U);
  EXPECT_EQ((*range)->last, 4711U);
  const auto none = driver->range(2);
  ASSERT_TRUE(none.ok());
  EXPECT_FALSE(none->has_value());
}

TEST_P(DetectorContract, AsksForDatagramsAgain) {
  ASSERT_TRUE(driver->request_resend({1, 100, 120}));
  ASSERT_TRUE(driver->request_resend({0, 7, 7}));
  ASSERT_TRUE(eventually([&] { return rig->resends().size() == 2; }));
  EXPECT_EQ(rig->resends(), (std::vector<std::string>{"1,100,120", "0,7,7"}));
  EXPECT_TRUE(eventually([&] { return driver->view().resends_asked == 2; }));
}

TEST_P(DetectorContract, ARefusedResendIsNotTakenForTheRefusalOfACommand) {
  rig->refuse_resend = true;
  for (int i = 0; i < 20; ++i) {
    driver->request_resend({0, 1, 2});
    EXPECT_TRUE(driver->start().ok());
    EXPECT_TRUE(driver->stop().ok());
  }
}

TEST_P(DetectorContract, ARefusalIsNamed) {
  rig->refuse_start = true;
  const auto refused = driver->start();
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, core::ErrorCode::kRefused);
  EXPECT_NE(refused.error().message.find("arm first"), std::string::npos);
  EXPECT_NE(refused.error().message.find("DET:START"), std::string::npos);
  EXPECT_FALSE(driver->view().running);
  EXPECT_TRUE(driver->view().connected);
  rig->refuse_start = false;
  EXPECT_TRUE(driver->start().ok());
}

TEST_P(DetectorContract, ImpossibleSettingsAreRefusedByField) {
  EXPECT_NE(driver->configure({.integration_us = 0}).error().message.find("integration_us"),
            std::string::npos);
  EXPECT_NE(driver->configure({.gain = 256}).error().message.find("gain"), std::string::npos);
}

TEST_P(DetectorContract, WhatIsSetIsReadBack) {
  DetectorSettings settings;
  settings.integration_us = 80;
  settings.gain = 3;
  settings.trigger = DetectorTrigger::kEncoder;
  settings.encoder_divider = 4;
  settings.pattern = DetectorPattern::kRamp;
  ASSERT_TRUE(driver->configure(settings).ok());
  EXPECT_EQ(rig->settings(), (std::vector<std::string>{"DET:TINT 80", "DET:GAIN 3",
                                                       "DET:TRIG ENC,4", "DET:PATT RAMP"}));
  // A device that says yes and does otherwise.
  rig->keeps_its_gain = true;
  const auto status = driver->configure(settings);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, core::ErrorCode::kRefused);
  EXPECT_NE(status.error().message.find("DET:GAIN? reads back \"2\", not the \"3\""),
            std::string::npos)
      << status.error().message;
  EXPECT_TRUE(driver->view().connected);
}

TEST_P(DetectorContract, ALostConnectionFailsCallsAtOnceAndRecovers) {
  ASSERT_TRUE(driver->arm().ok());
  ASSERT_TRUE(driver->start().ok());
  rig->go_away();
  ASSERT_TRUE(eventually([&] { return !driver->view().connected; }));
  const auto lost = driver->stop();
  ASSERT_FALSE(lost.ok());
  EXPECT_EQ(lost.error().code, core::ErrorCode::kUnavailable);
  EXPECT_FALSE(driver->request_resend({0, 0, 0}));
  rig->come_back();
  ASSERT_TRUE(ready());
  EXPECT_TRUE(driver->view().running) << "the same arm id: it went on meanwhile";
  EXPECT_TRUE(driver->stop().ok());
  EXPECT_EQ(driver->view().connections, 2U);
}

TEST_P(DetectorContract, ARunThatWasLeftOverIsEndedBeforeTheDeviceIsSetUp) {
  ASSERT_TRUE(driver->configure({}).ok());
  ASSERT_TRUE(driver->arm().ok());
  ASSERT_TRUE(driver->start().ok());
  driver.reset();  // as a program that was killed: nothing is stopped
  ASSERT_TRUE(rig->running());
  driver = rig->make_driver(clock);
  ASSERT_TRUE(ready());
  const auto configured = driver->configure({});
  EXPECT_TRUE(configured.ok()) << configured.error().message;
  EXPECT_FALSE(rig->running());
  EXPECT_TRUE(driver->set_destination("127.0.0.1", 4444).ok());
  EXPECT_TRUE(driver->arm().ok());
}

TEST_P(DetectorContract, ARestartedDeviceIsNotTakenForARunningOne) {
  ASSERT_TRUE(driver->arm().ok());
  ASSERT_TRUE(driver->start().ok());
  rig->go_away();
  ASSERT_TRUE(eventually([&] { return !driver->view().connected; }));
  rig->restart();
  rig->come_back();
  ASSERT_TRUE(ready());
  EXPECT_FALSE(driver->view().running);
  EXPECT_EQ(driver->view().arm_id, 0U);
}

TEST_P(DetectorContract, ASilentDeviceTimesOutByNameAndIsReconnectedTo) {
  rig->silent = true;
  const auto silent = driver->start();
  ASSERT_FALSE(silent.ok());
  EXPECT_NE(silent.error().message.find("detector 127.0.0.1"), std::string::npos)
      << silent.error().message;
  ASSERT_TRUE(eventually([&] { return driver->view().timeouts > 0; }));
  rig->silent = false;
  EXPECT_TRUE(ready());
}

TEST_P(DetectorContract, GarbageEndsTheConnectionNotTheDriver) {
  rig->garbage = true;
  EXPECT_FALSE(driver->range(0).ok());
  ASSERT_TRUE(eventually([&] { return driver->view().malformed > 0; }));
  rig->garbage = false;
  EXPECT_TRUE(ready());
}

TEST_P(DetectorContract, SlowAnswersWithinTheDeadlineAreFine) {
  rig->answer_after(milliseconds(50));
  EXPECT_TRUE(driver->arm().ok());
  EXPECT_EQ(driver->view().timeouts, 0U);
}

INSTANTIATE_TEST_SUITE_P(Native, DetectorContract,
                         ::testing::Values<MakeDetectorRig>([]() -> std::unique_ptr<DetectorRig> {
                           return std::make_unique<NativeDetectorRig>();
                         }),
                         [](const auto&) { return "native"; });

TEST(DetectorDrivers, AnUnknownOneIsRefusedWithTheKnownOnes) {
  core::SystemClock clock;
  EXPECT_NE(make_detector_driver("magic", {}, clock).error().message.find("known: native"),
            std::string::npos);
}

}  // namespace
}  // namespace portcullis::firmware_bridge
