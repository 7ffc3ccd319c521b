// The client against a server of raw sockets that does all that a PLC or a network may do.
#include "plc/modbus/plc_client.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

#include "tests/unit/plc/client_fixture.h"
#include "tests/unit/plc/scripted_plc.h"

namespace portcullis::plc {
namespace {

using std::chrono::milliseconds;
using Mode = ScriptedPlc::Mode;

class PlcClientTest : public ClientFixture {
 protected:
  void open(std::uint16_t port = 0) {
    PlcConfig config;
    config.port = port != 0 ? port : plc.port();
    config.response_timeout = milliseconds(40);
    config.reconnect_after = milliseconds(50);
    make_client(config);
    client->start([this](core::TimePoint now) {
      const core::TimePoint last = last_tick.exchange(now);
      if (last.time_since_epoch().count() != 0) {
        const auto gap = now - last;
        if (gap > longest_gap.load()) longest_gap = gap;
      }
      ++ticks;
      if (commanding) client->set_outputs(wanted);
    });
  }

  ScriptedPlc plc;
  std::atomic<int> ticks{0};
  std::atomic<core::TimePoint> last_tick{core::TimePoint{}};
  std::atomic<core::Duration> longest_gap{core::Duration{}};
  std::atomic<bool> commanding{false};
};

TEST_F(PlcClientTest, ReadsTheWholeImage) {
  plc.set_input(0, true);
  plc.set_input(49, true);
  plc.set_register(0, 0xFFFF);  // speed -400 mm/s, high word first
  plc.set_register(1, 0xFE70);
  plc.set_register(7, 123);  // wind 12.3 m/s
  open();
  ASSERT_TRUE(eventually([&] { return fresh() && client->image().heartbeat_seen; }));
  const PlcImage image = client->image();
  const PlcView view(image, clock.now(), milliseconds(200));
  EXPECT_TRUE(view.is_true(Tag::kEstopChainHealthy));
  EXPECT_TRUE(view.is_false(Tag::kEstopPanelOk));
  EXPECT_TRUE(view.is_true(Tag::kSimulated));
  EXPECT_EQ(view.value(Tag::kSpeedMmS), -400);
  EXPECT_NEAR(*view.value(Tag::kWindSpeedDmS), 12.3, 1e-9);
  EXPECT_TRUE(plc_heartbeat_alive(view, milliseconds(300)));
  EXPECT_TRUE(image.connected);
  EXPECT_EQ(image.problem, "");
}

TEST_F(PlcClientTest, AValueOutsideItsRangeIsInvalid) {
  plc.set_register(14, 3);  // PLC mode knows 0 to 2
  open();
  ASSERT_TRUE(eventually([&] { return client->image().polls > 0; }));
  EXPECT_EQ(client->image().at(Tag::kPlcMode).validity, Validity::kOutOfRange);
  EXPECT_EQ(client->image().at(Tag::kPlcHeartbeat).validity, Validity::kGood);
}

TEST_F(PlcClientTest, WritesLevelsReadsThemBackAndWatchesTheEcho) {
  wanted.request_motion = true;
  wanted.target_speed_mm_s = 400;
  wanted.direction = 1;
  commanding = true;
  open();
  ASSERT_TRUE(eventually([&] { return confirmed(); }));
  EXPECT_EQ(plc.coil(1), 1);
  EXPECT_EQ(plc.holding(3), 400);
  EXPECT_EQ(plc.holding(4), 1);
  EXPECT_EQ(plc.holding(6), 300);
  const std::uint16_t beat = plc.holding(0);
  EXPECT_TRUE(eventually([&] { return plc.holding(0) != beat; })) << "the lane heartbeat runs";
  EXPECT_EQ(client->stats().write_mismatches, 0U);
}

TEST_F(PlcClientTest, NothingIsWrittenBeforeTheLaneSaysWhatItWants) {
  open();
  ASSERT_TRUE(eventually([&] { return client->image().polls > 10; }));
  for (const auto& [function, address] : plc.log())
    EXPECT_TRUE(function == 2 || function == 4) << function;
}

TEST_F(PlcClientTest, ASilentLaneStopsItsHeartbeatAndWithdraws) {
  wanted.request_beam_permit = wanted.request_motion = true;
  commanding = true;
  open();
  ASSERT_TRUE(eventually([&] { return plc.coil(0) == 1 && plc.coil(1) == 1; }));
  commanding = false;  // set_outputs() is not called any more
  ASSERT_TRUE(eventually([&] { return plc.coil(0) == 0 && plc.coil(1) == 0; }, milliseconds(1000)));
  std::uint16_t beat = plc.holding(0);
  const auto polls = client->image().polls;
  ASSERT_TRUE(eventually([&] { return client->image().polls > polls + 30; }));
  EXPECT_EQ(plc.holding(0), beat) << "the heartbeat stands";
}

TEST_F(PlcClientTest, AWithdrawalWritesTheCoilsBeforeAnythingElse) {
  wanted.request_beam_permit = wanted.request_motion = true;
  wanted.target_speed_mm_s = 400;
  commanding = true;
  open();
  ASSERT_TRUE(eventually([&] { return confirmed(); }));
  commanding = false;
  client->set_outputs({});
  ASSERT_TRUE(eventually([&] { return plc.coil(0) == 0 && plc.holding(3) == 0; }));
  EXPECT_FALSE(plc.speed_fell_before_permit);
}

TEST_F(PlcClientTest, LostWritesAreSeenAndRepeated) {
  plc.set_mode(Mode::kWritesLost);
  wanted.warning_on = true;
  commanding = true;
  open();
  ASSERT_TRUE(eventually([&] { return client->stats().write_mismatches > 3; }));
  EXPECT_FALSE(confirmed());
  plc.set_mode(Mode::kWell);
  EXPECT_TRUE(eventually([&] { return plc.coil(2) == 1 && confirmed(); }));
}

TEST_F(PlcClientTest, AnEchoThatDoesNotComeIsNoConfirmation) {
  plc.lives = false;
  wanted.warning_on = true;
  commanding = true;
  open();
  ASSERT_TRUE(eventually([&] { return plc.coil(2) == 1 && client->image().polls > 20; }));
  EXPECT_FALSE(client->image().commands_seen);
  plc.lives = true;
  EXPECT_TRUE(eventually([&] { return confirmed(); }));
}

TEST_F(PlcClientTest, AFrozenHeartbeatIsSeen) {
  open();
  const auto alive = [&] {
    const PlcImage image = client->image();
    return plc_heartbeat_alive(PlcView(image, clock.now(), milliseconds(100)), milliseconds(200));
  };
  ASSERT_TRUE(eventually(alive));
  plc.lives = false;
  EXPECT_TRUE(eventually([&] { return !alive(); }, milliseconds(1000)));
  EXPECT_TRUE(fresh()) << "data still come";
}

struct Trouble {
  const char* name;
  Mode mode;
  int code;
  bool values_go_stale;
};

class PlcTrouble : public PlcClientTest, public testing::WithParamInterface<Trouble> {};

/// Every trouble: values become unusable within their time, polls of the lane go on without a
/// long gap, and all is well again by itself when the trouble ends. The connection never answers a
/// request with the reply to another one.
TEST_P(PlcTrouble, IsNoticedAndSurvived) {
  plc.set_input(0, true);
  plc.set_register(7, 42);
  wanted.light_entry_red = true;
  commanding = true;
  open();
  ASSERT_TRUE(eventually([&] { return fresh() && confirmed(); }));
  plc.set_mode(GetParam().mode, GetParam().code);
  EXPECT_TRUE(eventually([&] { return !fresh(); }, milliseconds(1000))) << client->image().problem;
  EXPECT_TRUE(eventually([&] { return !client->image().problem.empty(); }));
  const std::string problem = client->image().problem;
  EXPECT_EQ(problem.rfind("PLC 127.0.0.1:", 0), 0U) << problem;
  EXPECT_TRUE(eventually([&] { return !confirmed(); }, milliseconds(1000)));
  const int before = ticks;
  EXPECT_TRUE(eventually([&] { return ticks > before + 10; }, milliseconds(3000)))
      << "the lane goes on being polled";
  plc.set_input(1, true);
  plc.set_mode(Mode::kWell);
  EXPECT_TRUE(eventually([&] { return fresh() && confirmed() && client->image().problem.empty(); }))
      << client->image().problem;
  EXPECT_EQ(client->image().at(Tag::kWindSpeedDmS).raw, 42);
  EXPECT_EQ(client->image().at(Tag::kEstopPanelOk).raw, 1);
  EXPECT_LT(longest_gap.load(), milliseconds(400));
}
INSTANTIATE_TEST_SUITE_P(Each, PlcTrouble,
                         testing::Values(Trouble{"late", Mode::kLate, 0, true},
                                         Trouble{"wrong_transaction", Mode::kWrongTransaction, 0,
                                                 true},
                                         Trouble{"short_reply", Mode::kShort, 0, true},
                                         Trouble{"dribble", Mode::kDribble, 0, true},
                                         Trouble{"silent", Mode::kSilent, 0, true},
                                         Trouble{"not_read", Mode::kNotRead, 0, true},
                                         Trouble{"closed", Mode::kClose, 0, true},
                                         Trouble{"garbage", Mode::kGarbage, 0, true},
                                         Trouble{"wrong_unit", Mode::kWrongUnit, 0, true},
                                         Trouble{"stale_transaction", Mode::kStaleBefore, 0, true},
                                         Trouble{"fewer_data", Mode::kFewer, 0, true},
                                         Trouble{"exception_1", Mode::kException, 1, true},
                                         Trouble{"exception_2", Mode::kException, 2, true},
                                         Trouble{"exception_3", Mode::kException, 3, true},
                                         Trouble{"exception_4", Mode::kException, 4, true},
                                         Trouble{"exception_5", Mode::kException, 5, true},
                                         Trouble{"exception_6", Mode::kException, 6, true},
                                         Trouble{"exception_7", Mode::kException, 7, true},
                                         Trouble{"exception_8", Mode::kException, 8, true},
                                         Trouble{"exception_10", Mode::kException, 10, true},
                                         Trouble{"exception_11", Mode::kException, 11, true},
                                         Trouble{"exception_99", Mode::kException, 99, true}),
                         [](const auto& trouble) { return std::string(trouble.param.name); });

TEST_F(PlcClientTest, OneLateReplyCostsOnePollAndNoMore) {
  plc.set_register(7, 42);
  open();
  ASSERT_TRUE(eventually([&] { return client->image().polls > 20; }));
  for (int round = 1; round <= 3; ++round) {
    const PlcStats before = client->stats();
    plc.set_mode(Mode::kLateOnce);
    ASSERT_TRUE(eventually([&] { return client->stats().late_replies >= before.late_replies + 1; }))
        << client->image().problem;
    const std::uint64_t polls = client->stats().polls;
    ASSERT_TRUE(eventually([&] { return client->stats().polls > polls + 10; }));
    const PlcStats after = client->stats();
    // A machine that stops us for longer than the time-out makes replies late by itself.
    if (after.timeouts > before.timeouts + 1) continue;
    EXPECT_EQ(after.timeouts, before.timeouts + 1) << round;
    EXPECT_EQ(after.polls_failed, before.polls_failed + 1) << round;
    EXPECT_EQ(after.connects, before.connects) << "the connection stands";
    EXPECT_EQ(after.bad_replies, before.bad_replies);
  }
  EXPECT_EQ(client->image().at(Tag::kWindSpeedDmS).raw, 42);
  EXPECT_TRUE(eventually([&] { return client->image().problem.empty(); }));
}

TEST_F(PlcClientTest, AHalfOpenConnectionIsGivenUpAfterTwoRequests) {
  open();
  ASSERT_TRUE(eventually([&] { return fresh(); }));
  // The other side is gone without a word: what is sent is taken by nobody, nothing comes.
  plc.set_mode(Mode::kNotRead);
  const PlcStats before = client->stats();
  ASSERT_TRUE(eventually([&] { return client->stats().connects > before.connects; }));
  const PlcStats after = client->stats();
  EXPECT_GE(after.timeouts, before.timeouts + 2);
  plc.set_mode(Mode::kWell);
  EXPECT_TRUE(eventually([&] { return fresh(); }));
}

TEST_F(PlcClientTest, AnotherMakersMapIsPolledByItsOwnAddresses) {
  // Eight tags that matter here; the rest is not wired in this PLC.
  std::string text = "map = \"small\"\nunit = 9\nword_order = \"low_first\"\nunwired = [";
  const std::vector<std::string_view> wired = {
      "estop_chain_healthy", "key_on",         "speed_mm_s",       "plc_heartbeat",
      "command_echo",        "request_motion", "command_sequence", "target_speed_mm_s",
      "lane_heartbeat"};
  for (const TagInfo& info : tag_table()) {
    if (std::find(wired.begin(), wired.end(), info.name) == wired.end())
      text += "\"" + std::string(info.name) + "\", ";
  }
  text += "]\n";
  const auto row = [&text](const char* area, const char* tag, int address, const char* more = "") {
    text += "[[" + std::string(area) + "]]\ntag = \"" + tag +
            "\"\naddress = " + std::to_string(address) + "\n" + more;
  };
  row("discrete_input", "estop_chain_healthy", 60);
  row("discrete_input", "key_on", 70);
  row("input_register", "speed_mm_s", 50, "scale = 0.5\n");
  row("input_register", "plc_heartbeat", 8);
  row("input_register", "command_echo", 9);
  row("coil", "request_motion", 33);
  row("holding_register", "command_sequence", 1);
  row("holding_register", "target_speed_mm_s", 40);
  row("holding_register", "lane_heartbeat", 30);
  auto map = TagMap::parse(text, "small.toml");
  ASSERT_TRUE(map.ok()) << map.error().message;
  plc.set_input(60, true);
  plc.set_register(50, 800);  // 800 halves of a millimetre a second, low word first
  PlcConfig config;
  config.port = plc.port();
  config.map = std::make_shared<const TagMap>(std::move(map).value());
  make_client(config);
  wanted.request_motion = true;
  wanted.target_speed_mm_s = 400;
  client->start([this](core::TimePoint) { client->set_outputs(wanted); });
  EXPECT_TRUE(eventually([&] { return client->image().commands_seen; })) << client->image().problem;
  const PlcImage image = client->image();
  EXPECT_EQ(image.at(Tag::kSpeedMmS).raw, 400);
  EXPECT_EQ(image.at(Tag::kEstopChainHealthy).raw, 1);
  EXPECT_EQ(image.at(Tag::kKeyOn).raw, 0);
  EXPECT_EQ(image.at(Tag::kDoor1ClosedA).validity, Validity::kUnwired);
  EXPECT_EQ(plc.coil(33), 1);
  EXPECT_EQ(plc.holding(40), 400);
  EXPECT_EQ(plc.holding(41), 0);
  // Nothing was read or written that the map does not name.
  for (const auto& [function, address] : plc.log()) {
    EXPECT_TRUE(
        (function == 2 && (address == 60 || address == 70)) ||
        (function == 4 && (address == 50 || address == 8)) ||
        ((function == 1 || function == 15) && address == 33) ||
        ((function == 3 || function == 16) && (address == 1 || address == 30 || address == 40)))
        << function << " " << address;
  }
}

TEST_F(PlcClientTest, ACounterThatStandsStillWhileTheGantryMovesIsNoValue) {
  plc.set_register(1, 400);
  open();
  std::uint16_t position = 100;
  const auto moves = [&] {
    plc.set_register(5, ++position);
    return client->image().polls > 40;
  };
  ASSERT_TRUE(eventually(moves));
  EXPECT_TRUE(fresh());
  const auto speed_is = [&](Validity wanted_validity) {
    return client->image().at(Tag::kSpeedMmS).validity == wanted_validity;
  };
  EXPECT_TRUE(speed_is(Validity::kGood));
  ASSERT_TRUE(eventually([&] { return speed_is(Validity::kImplausible); }));
  EXPECT_NE(client->image().problem.find("position stands still"), std::string::npos)
      << client->image().problem;
  EXPECT_EQ(client->stats().implausible, 1U);
  EXPECT_TRUE(eventually([&] {
    plc.set_register(5, ++position);
    return speed_is(Validity::kGood);
  }));
}

TEST_F(PlcClientTest, ARefusedAreaIsUnreadAtOnceAndTheOtherStays) {
  plc.set_input(0, true);
  open();
  ASSERT_TRUE(eventually([&] { return fresh(); }));
  plc.set_mode(Mode::kExceptionOnInputs, 2);
  ASSERT_TRUE(eventually(
      [&] { return client->image().at(Tag::kEstopChainHealthy).validity == Validity::kUnread; }));
  const PlcImage image = client->image();
  EXPECT_TRUE(PlcView(image, clock.now(), milliseconds(200)).fresh(Tag::kPlcHeartbeat));
  EXPECT_NE(image.problem.find("illegal data address"), std::string::npos) << image.problem;
  EXPECT_EQ(plc.connections, 1) << "an exception is an answer: the connection stays";
}

TEST_F(PlcClientTest, WithNobodyThereItTriesAgainAndThePollsGoOn) {
  const std::uint16_t port = plc.port();
  plc.vanish();
  open(port);
  ASSERT_TRUE(eventually([&] { return client->stats().connect_failures > 2; }));
  EXPECT_TRUE(eventually([&] { return ticks > 10; }));
  EXPECT_FALSE(fresh());
  EXPECT_NE(client->image().problem.find("no connection"), std::string::npos)
      << client->image().problem;
}

TEST_F(PlcClientTest, APeerThatNeverAcceptsDoesNotBlock) {
  // A listening socket with a full backlog: connect() stays in progress.
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ASSERT_EQ(::bind(listener, reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(::listen(listener, 0), 0);
  ASSERT_EQ(::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size), 0);
  std::vector<int> fillers;
  for (int i = 0; i < 4; ++i) {
    fillers.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
    static_cast<void>(::connect(fillers.back(), reinterpret_cast<sockaddr*>(&address), size));
  }
  open(ntohs(address.sin_port));
  ASSERT_TRUE(eventually([&] { return ticks > 30; }));
  EXPECT_FALSE(fresh());
  EXPECT_LT(longest_gap.load(), milliseconds(200));
  client->stop();
  for (const int fd : fillers) ::close(fd);
  ::close(listener);
}

TEST_F(PlcClientTest, StopWithdrawsBeamAndMotion) {
  wanted.request_beam_permit = wanted.request_motion = wanted.light_entry_red = true;
  commanding = true;
  open();
  ASSERT_TRUE(eventually([&] { return plc.coil(0) == 1; }));
  client->stop();
  EXPECT_EQ(plc.coil(0), 0);
  EXPECT_EQ(plc.coil(1), 0);
  EXPECT_EQ(plc.coil(7), 1);
}

TEST_F(PlcClientTest, RepeatedStartAndStop) {
  open();
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(eventually([&] { return fresh(); }));
    client->stop();
    ASSERT_TRUE(eventually([&] { return !fresh(); }));
    client->start([](core::TimePoint) {});
  }
  EXPECT_TRUE(eventually([&] { return fresh(); }));
}

TEST_F(PlcClientTest, CountsItsPeriods) {
  open();
  ASSERT_TRUE(eventually([&] { return client->image().polls >= 50; }));
  const PlcStats stats = client->stats();
  std::uint64_t total = 0;
  for (const auto n : stats.period_histogram) total += n;
  EXPECT_GE(total, 49U);
  EXPECT_EQ(total + 1, stats.polls + stats.polls_failed);
  EXPECT_EQ(stats.scheduling, "ordinary");
  std::uint64_t trips = 0;
  for (const auto n : stats.round_trip_histogram) trips += n;
  EXPECT_GE(trips, 100U) << "two requests a poll";
  EXPECT_GT(stats.round_trip_max_ms, 0);
  const std::string text = describe_plc_stats(stats);
  EXPECT_NE(text.find("poll period median"), std::string::npos) << text;
  EXPECT_NE(text.find("round trip median"), std::string::npos) << text;
}

TEST(PlcStats, QuantilesAreTheBucketsBounds) {
  const std::array<double, 3> bounds = {1, 2, 5};
  const std::array<std::uint64_t, 4> counts = {990, 8, 1, 1};
  EXPECT_EQ(histogram_bucket(bounds, 1.0), 0U);
  EXPECT_EQ(histogram_bucket(bounds, 1.01), 1U);
  EXPECT_EQ(histogram_bucket(bounds, 9), 3U);
  EXPECT_EQ(histogram_quantile(bounds, counts, 7.5, 0.5), 1);
  EXPECT_EQ(histogram_quantile(bounds, counts, 7.5, 0.995), 2);
  EXPECT_EQ(histogram_quantile(bounds, counts, 7.5, 0.999), 5);
  EXPECT_EQ(histogram_quantile(bounds, counts, 7.5, 1), 7.5);
  EXPECT_EQ(histogram_quantile(bounds, std::array<std::uint64_t, 4>{}, 0, 0.5), 0);
}

TEST(PlcClientConfig, WrongValuesAreRefused) {
  core::SystemClock clock;
  PlcConfig config;
  config.watchdog = milliseconds(99);
  EXPECT_FALSE(PlcClient::create(config, clock).ok());
  config = {};
  config.host = "no.such.host.invalid";
  const auto made = PlcClient::create(config, clock);
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().code, core::ErrorCode::kUnavailable);
  auto reader = core::ConfigReader::parse("unwired = [\"no_such_tag\"]\n", "lane.toml");
  ASSERT_TRUE(reader.ok());
  static_cast<void>(read_plc_config(*reader));
  const auto status = reader->finish();
  ASSERT_FALSE(status.ok());
  EXPECT_NE(status.error().message.find("no_such_tag"), std::string::npos);
}

}  // namespace
}  // namespace portcullis::plc
