// What every source driver promises, whatever it speaks. A new driver adds a SourceRig and one
// line at the end.
#include <gtest/gtest.h>

#include <map>

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>

#include "firmware_bridge/source/source_driver.h"
#include "tests/unit/firmware_bridge/scripted_peer.h"

namespace portcullis::firmware_bridge {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using testing::eventually;
using testing::ScriptedPeer;

/// A device on a wire that the test plays by hand, and the driver that is to be tried against it.
class SourceRig {
 public:
  virtual ~SourceRig() = default;
  virtual std::unique_ptr<SourceDriver> make_driver(const core::Clock& clock) = 0;
  // What the device does:
  std::atomic<bool> silent{false}, garbage{false}, refuse_settings{false};
  std::atomic<SourceState> state{SourceState::kReady};
  std::atomic<bool> forget_settings{false};  ///< Accepts them and keeps its own.
  std::atomic<int> arcs{3};
  std::atomic<double> hours{1234.5};
  virtual void drop() = 0;
  virtual void answer_after(milliseconds delay) = 0;
  virtual void go_away() = 0;
  virtual void come_back() = 0;
  virtual void talk_unasked() = 0;
  // What it heard:
  [[nodiscard]] virtual bool beam_requested() const = 0;
  [[nodiscard]] virtual std::size_t beam_on_requests() const = 0;
  [[nodiscard]] virtual std::size_t warm_on_requests() const = 0;
  [[nodiscard]] virtual std::size_t resets() const = 0;
  [[nodiscard]] virtual std::vector<steady_clock::time_point> heartbeats() const = 0;
  [[nodiscard]] virtual std::optional<steady_clock::time_point> withdrawn_at() const = 0;
};

class ScpiSourceRig final : public SourceRig {
 public:
  std::unique_ptr<SourceDriver> make_driver(const core::Clock& clock) override {
    SourceConfig config;
    config.endpoint = {"127.0.0.1", peer_.port(), {}};
    config.reply_timeout = milliseconds(150);
    config.reconnect_after = milliseconds(60);
    config.status_period = milliseconds(20);
    config.status_stale_after = milliseconds(250);
    auto driver = make_source_driver("scpi", config, clock);
    return driver.ok() ? std::move(*driver) : nullptr;
  }
  void drop() override { peer_.drop(); }
  void answer_after(milliseconds delay) override { peer_.answer_after(delay); }
  void go_away() override { peer_.go_away(); }
  void come_back() override { peer_.come_back(); }
  void talk_unasked() override { peer_.send("READY\n"); }
  [[nodiscard]] bool beam_requested() const override {
    bool on = false;
    for (const auto& h : peer_.heard()) {
      if (h.line == "BEAM:REQ ON") on = true;
      if (h.line == "BEAM:REQ OFF") on = false;
    }
    return on;
  }
  [[nodiscard]] std::size_t beam_on_requests() const override { return peer_.count("BEAM:REQ ON"); }
  [[nodiscard]] std::size_t warm_on_requests() const override {
    return peer_.count("SOUR:WARM ON");
  }
  [[nodiscard]] std::size_t resets() const override { return peer_.count("*RST"); }
  [[nodiscard]] std::vector<steady_clock::time_point> heartbeats() const override {
    std::vector<steady_clock::time_point> out;
    for (const auto& h : peer_.heard()) {
      if (h.line.substr(0, 3) == "HB ") out.push_back(h.at);
    }
    return out;
  }
  [[nodiscard]] std::optional<steady_clock::time_point> withdrawn_at() const override {
    std::optional<steady_clock::time_point> at;
    bool on = false;
    for (const auto& h : peer_.heard()) {
      if (h.line == "BEAM:REQ ON") on = true;
      if (h.line == "BEAM:REQ OFF" && on) {
        at = h.at;
        on = false;
      }
    }
    return at;
  }

 private:
  std::string answer(const std::string& line) {
    if (line.find('?') == std::string::npos) {
      if (line == "*RST" && state == SourceState::kFault) state = SourceState::kOff;
      if (refuse_settings && line.substr(0, 9) == "SOUR:ENER")
        error_ = "-222,\"Data out of range;this source makes 9 MV\"";
      const std::size_t space = line.find(' ');
      if (line.substr(0, 5) == "SOUR:" && space != std::string::npos && !forget_settings)
        set_[line.substr(0, space)] = line.substr(space + 1);
      return {};
    }
    if (silent) return {};
    if (garbage) return "\x7F#!\n";
    if (line == "*IDN?") return "Acme,SIM-LINAC,17,1.0\n";
    if (line == "BEAM:STAT?") {
      static const char* const kNames[] = {"?", "OFF", "WARMING", "READY", "ON", "FAULT"};
      return std::string(kNames[static_cast<int>(state.load())]) + "\n";
    }
    if (line == "INTL?") return "OK\n";
    if (line == "MEAS?") return "6000,0.13,4.5," + std::to_string(hours.load()) + "\n";
    if (line == "HIST:ARC?") return std::to_string(arcs.load()) + "\n";
    if (const auto set = set_.find(line.substr(0, line.size() - 1)); set != set_.end())
      return set->second + "\n";
    if (line == "SYST:ERR?") return std::exchange(error_, "0,\"No error\"") + "\n";
    return "what?\n";
  }

  std::string error_ = "0,\"No error\"";
  std::map<std::string, std::string> set_{
      {"SOUR:ENER", "9,6"}, {"SOUR:PRF", "100"}, {"SOUR:DOSE", "1"}};
  ScriptedPeer peer_{[this](const std::string& line) { return answer(line); }};
};

using MakeSourceRig = std::unique_ptr<SourceRig> (*)();

class SourceContract : public ::testing::TestWithParam<MakeSourceRig> {
 protected:
  void SetUp() override {
    rig = GetParam()();
    driver = rig->make_driver(clock);
    ASSERT_NE(driver, nullptr);
    // The owner's sign of life, as the lane gives it at every poll.
    owner = std::thread([this] {
      do {
        if (owner_alive) driver->alive();
      } while (!eventually([this] { return owner_gone.load(); }, milliseconds(5)));
    });
    ASSERT_TRUE(ready());
  }
  void TearDown() override {
    owner_gone = true;
    owner.join();
  }
  bool ready() {
    return eventually([&] {
      const SourceView v = driver->view();
      return v.connected && v.state == SourceState::kReady && v.heartbeat_running;
    });
  }

  core::SystemClock clock;
  std::unique_ptr<SourceRig> rig;
  std::unique_ptr<SourceDriver> driver;
  std::atomic<bool> owner_alive{true}, owner_gone{false};
  std::thread owner;
};

TEST_P(SourceContract, SaysWhatItIsAndWhatItMeasures) {
  ASSERT_TRUE(eventually([&] { return driver->view().arcs == 3; }));
  const SourceView v = driver->view();
  EXPECT_TRUE(v.simulated);
  EXPECT_TRUE(v.interlocks_closed);
  EXPECT_DOUBLE_EQ(v.tube_kv, 6000);
  EXPECT_DOUBLE_EQ(v.hours, 1234.5);
  EXPECT_TRUE(v.last_error.empty()) << v.last_error;
}

TEST_P(SourceContract, BeamIsAskedForAndWithdrawnAgainAndAgain) {
  for (int i = 1; i <= 20; ++i) {
    ASSERT_TRUE(driver->request_beam(true).ok());
    ASSERT_TRUE(driver->request_beam(true).ok());  // a level: nothing is sent twice
    ASSERT_TRUE(eventually([&] { return rig->beam_requested(); }));
    ASSERT_TRUE(driver->request_beam(false).ok());
    ASSERT_TRUE(eventually([&] { return !rig->beam_requested(); }));
    EXPECT_EQ(rig->beam_on_requests(), static_cast<std::size_t>(i));
  }
}

TEST_P(SourceContract, WithdrawalIsNotHeldUpByASlowDevice) {
  ASSERT_TRUE(driver->request_beam(true).ok());
  ASSERT_TRUE(eventually([&] { return rig->beam_requested(); }));
  rig->silent = true;  // a query is now waiting for its answer
  // The best of several: the machine may be busy, the path may not be.
  const auto asked = steady_clock::now();
  ASSERT_TRUE(driver->request_beam(false).ok());
  const auto returned = steady_clock::now();
  ASSERT_TRUE(eventually([&] { return rig->withdrawn_at().has_value(); }));
  EXPECT_LT(returned - asked, milliseconds(50));
  EXPECT_LT(*rig->withdrawn_at() - asked, milliseconds(100))
      << "must not wait for the reply time-out of 150 ms";
}

TEST_P(SourceContract, HeartbeatsGoOnWhileAnswersAreSlow) {
  const std::size_t before = rig->heartbeats().size();
  rig->silent = true;
  ASSERT_TRUE(
      eventually([&] { return rig->heartbeats().size() >= before + 2; }, milliseconds(400)));
}

TEST_P(SourceContract, HeartbeatsKeepTheirPeriod) {
  const std::size_t before = rig->heartbeats().size();
  const auto from = steady_clock::now();
  ASSERT_TRUE(eventually([&] { return rig->heartbeats().size() >= before + 10; }));
  const auto took = steady_clock::now() - from;
  EXPECT_GE(took, milliseconds(400));  // not faster than every 50 ms
  // The source gives up after 200 ms; a busy machine may stretch one beat, not all of them.
  EXPECT_LE(took, milliseconds(2000));
}

TEST_P(SourceContract, WithoutTheOwnersSignOfLifeBeamAndHeartbeatsEnd) {
  ASSERT_TRUE(driver->request_beam(true).ok());
  ASSERT_TRUE(eventually([&] { return rig->beam_requested(); }));
  owner_alive = false;
  const auto gone_at = steady_clock::now();
  ASSERT_TRUE(eventually([&] { return !rig->beam_requested(); }));
  EXPECT_GE(*rig->withdrawn_at() - gone_at, milliseconds(150));
  EXPECT_FALSE(driver->view().heartbeat_running);
  const std::size_t beats = rig->heartbeats().size();
  EXPECT_FALSE(eventually([&] { return rig->heartbeats().size() > beats + 1; }, milliseconds(200)));
  // It comes back, the beam does not, until it is asked for anew.
  owner_alive = true;
  ASSERT_TRUE(eventually([&] { return driver->view().heartbeat_running; }));
  const auto refused = driver->request_beam(true);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, core::ErrorCode::kRefused);
  ASSERT_TRUE(driver->request_beam(false).ok());
  EXPECT_TRUE(driver->request_beam(true).ok());
}

TEST_P(SourceContract, ALostConnectionRecoversWithoutBeam) {
  driver->set_warm(true);
  ASSERT_TRUE(eventually([&] { return rig->warm_on_requests() == 1; }));
  ASSERT_TRUE(driver->request_beam(true).ok());
  ASSERT_TRUE(eventually([&] { return rig->beam_requested(); }));
  rig->go_away();
  ASSERT_TRUE(eventually([&] { return !driver->view().connected; }));
  EXPECT_EQ(driver->view().state, SourceState::kUnknown);
  EXPECT_FALSE(driver->view().beam_asked);
  EXPECT_FALSE(driver->view().last_error.empty());
  const auto unavailable = driver->request_beam(true);
  ASSERT_FALSE(unavailable.ok());
  EXPECT_NE(unavailable.error().message.find("BEAM:REQ ON"), std::string::npos);
  rig->come_back();
  ASSERT_TRUE(ready());
  // Wishes are applied anew, the beam is not.
  ASSERT_TRUE(eventually([&] { return rig->warm_on_requests() == 2; }));
  EXPECT_FALSE(rig->beam_requested());
  EXPECT_EQ(driver->request_beam(true).error().code, core::ErrorCode::kRefused);
  ASSERT_TRUE(driver->request_beam(false).ok());
  ASSERT_TRUE(driver->request_beam(true).ok());
  EXPECT_EQ(driver->view().connections, 2U);
}

TEST_P(SourceContract, ASilentDeviceIsUnknownAndReconnectedTo) {
  rig->silent = true;
  ASSERT_TRUE(eventually([&] { return driver->view().state == SourceState::kUnknown; }));
  ASSERT_TRUE(eventually([&] { return driver->view().timeouts > 0; }));
  EXPECT_NE(driver->view().last_error.find("150 ms"), std::string::npos)
      << driver->view().last_error;
  rig->silent = false;
  EXPECT_TRUE(ready());
}

TEST_P(SourceContract, GarbageEndsTheConnectionNotTheDriver) {
  rig->garbage = true;
  ASSERT_TRUE(eventually([&] { return driver->view().malformed > 0; }));
  EXPECT_FALSE(driver->request_beam(true).ok());
  rig->garbage = false;
  EXPECT_TRUE(ready());
}

TEST_P(SourceContract, AnAnswerWithoutAQuestionEndsTheConnection) {
  rig->talk_unasked();
  ASSERT_TRUE(eventually([&] { return driver->view().connections == 2; }));
  EXPECT_TRUE(ready());
}

TEST_P(SourceContract, SlowAnswersWithinTheDeadlineAreFine) {
  rig->answer_after(milliseconds(60));
  ASSERT_TRUE(eventually([&] { return driver->view().status_age < milliseconds(250); }));
  EXPECT_EQ(driver->view().timeouts, 0U);
  EXPECT_EQ(driver->view().connections, 1U);
}

TEST_P(SourceContract, ARefusalIsNamed) {
  rig->refuse_settings = true;
  ASSERT_TRUE(driver->configure(SourceSettings{}).ok());
  ASSERT_TRUE(eventually([&] {
    return driver->view().last_error.find("this source makes 9 MV") != std::string::npos;
  })) << driver->view().last_error;
  EXPECT_FALSE(driver->view().settings_applied);
  rig->refuse_settings = false;
  ASSERT_TRUE(driver->configure(SourceSettings{}).ok());
  EXPECT_TRUE(eventually([&] { return driver->view().settings_applied; }));
}

TEST_P(SourceContract, SettingsThatDoNotStandThereAreNotInForce) {
  rig->forget_settings = true;
  ASSERT_TRUE(driver->configure(SourceSettings{}).ok());
  ASSERT_TRUE(eventually([&] { return !driver->view().last_error.empty(); }));
  EXPECT_FALSE(driver->view().settings_applied);
  EXPECT_NE(driver->view().last_error.find("SOUR:ENER? reads back \"9,6\""), std::string::npos)
      << driver->view().last_error;
  rig->forget_settings = false;
  ASSERT_TRUE(driver->configure(SourceSettings{}).ok());
  EXPECT_TRUE(eventually([&] { return driver->view().settings_applied; }));
}

TEST_P(SourceContract, CountersThatGoBackAreNotBelieved) {
  ASSERT_TRUE(eventually([&] { return driver->view().arcs == 3; }));
  const std::uint64_t connections = driver->view().connections;
  rig->arcs = 2;
  ASSERT_TRUE(eventually([&] { return driver->view().malformed == 1; }));
  // A new connection may lead to another device: its counters begin anew.
  ASSERT_TRUE(eventually([&] { return driver->view().connections > connections; }));
  EXPECT_TRUE(eventually([&] { return driver->view().arcs == 2; }));
  rig->hours = 1000;
  ASSERT_TRUE(eventually([&] { return driver->view().malformed == 2; }));
  EXPECT_TRUE(eventually([&] { return driver->view().hours == 1000; }));
}

TEST_P(SourceContract, ImpossibleSettingsAreRefusedByField) {
  const auto message = [&](SourceSettings s) { return driver->configure(s).error().message; };
  EXPECT_NE(message({.energy_high_mv = 26}).find("energy_high_mv"), std::string::npos);
  EXPECT_NE(message({.energy_low_mv = 6.5}).find("energy_low_mv"), std::string::npos);
  EXPECT_NE(message({.pulse_rate_hz = 0}).find("pulse_rate_hz"), std::string::npos);
  EXPECT_NE(message({.dose = std::numeric_limits<double>::quiet_NaN()}).find("dose"),
            std::string::npos);
}

TEST_P(SourceContract, BeamIsNotAskedOfASourceThatIsNotReady) {
  for (const SourceState state : {SourceState::kOff, SourceState::kWarming, SourceState::kFault}) {
    rig->state = state;
    ASSERT_TRUE(eventually([&] { return driver->view().state == state; }));
    const auto refused = driver->request_beam(true);
    ASSERT_FALSE(refused.ok());
    EXPECT_NE(refused.error().message.find(source_state_name(state)), std::string::npos);
  }
  EXPECT_EQ(rig->beam_on_requests(), 0U);
}

TEST_P(SourceContract, AResetGoesToTheDeviceOnceAndItsWarmUpIsAskedForAgain) {
  driver->set_warm(true);
  ASSERT_TRUE(eventually([&] { return rig->warm_on_requests() == 1; }));
  ASSERT_TRUE(driver->request_beam(true).ok());
  rig->state = SourceState::kFault;
  ASSERT_TRUE(eventually([&] { return driver->view().state == SourceState::kFault; }));
  EXPECT_EQ(rig->resets(), 0U);
  driver->reset();
  EXPECT_FALSE(driver->view().beam_asked);
  ASSERT_TRUE(eventually([&] { return driver->view().state == SourceState::kOff; }));
  ASSERT_TRUE(eventually([&] { return rig->warm_on_requests() == 2; }));
  EXPECT_EQ(rig->resets(), 1U);
  EXPECT_FALSE(rig->beam_requested());
  EXPECT_EQ(driver->view().connections, 1U);
  // Beam was lost: it is asked for anew only after the request was withdrawn.
  rig->state = SourceState::kReady;
  ASSERT_TRUE(ready());
  EXPECT_FALSE(driver->request_beam(true).ok());
  ASSERT_TRUE(driver->request_beam(false).ok());
  EXPECT_TRUE(driver->request_beam(true).ok());
}

/// A source that lost its warm-up by itself is told again, and only where warmth is wanted.
TEST_P(SourceContract, ASourceThatWentColdIsWarmedUpAgain) {
  rig->state = SourceState::kOff;
  ASSERT_TRUE(eventually([&] { return driver->view().state == SourceState::kOff; }));
  EXPECT_EQ(rig->warm_on_requests(), 0U) << "nobody wants it warm";
  rig->state = SourceState::kReady;
  ASSERT_TRUE(ready());
  driver->set_warm(true);
  ASSERT_TRUE(eventually([&] { return rig->warm_on_requests() == 1; }));
  rig->state = SourceState::kOff;
  ASSERT_TRUE(eventually([&] { return rig->warm_on_requests() >= 2; }));
  rig->state = SourceState::kReady;
  ASSERT_TRUE(ready());
  EXPECT_EQ(driver->view().connections, 1U) << "all on the same connection";
}

TEST_P(SourceContract, GoingAwayWithdrawsBeam) {
  ASSERT_TRUE(driver->request_beam(true).ok());
  ASSERT_TRUE(eventually([&] { return rig->beam_requested(); }));
  owner_gone = true;
  owner.join();
  owner = std::thread([] {});
  driver.reset();
  EXPECT_TRUE(eventually([&] { return !rig->beam_requested(); }));
}

INSTANTIATE_TEST_SUITE_P(Scpi, SourceContract,
                         ::testing::Values<MakeSourceRig>([]() -> std::unique_ptr<SourceRig> {
                           return std::make_unique<ScpiSourceRig>();
                         }),
                         [](const auto&) { return "scpi"; });

TEST(SourceDrivers, AnUnknownOneIsRefusedWithTheKnownOnes) {
  core::SystemClock clock;
  const auto driver = make_source_driver("magic", {}, clock);
  ASSERT_FALSE(driver.ok());
  EXPECT_NE(driver.error().message.find("known: scpi"), std::string::npos);
}

}  // namespace
}  // namespace portcullis::firmware_bridge
