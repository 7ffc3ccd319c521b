// Modbus RTU over a pseudo-terminal: the same client, the same outcomes, without transaction ids.
#include <gtest/gtest.h>

#include "tests/unit/plc/client_fixture.h"
#include "tests/unit/plc/scripted_rtu.h"

namespace portcullis::plc {
namespace {

using std::chrono::milliseconds;
using RtuMode = ScriptedRtu::Mode;

class RtuTest : public ClientFixture {
 protected:
  void open() {
    PlcConfig config;
    config.serial.device = line.device();
    config.response_timeout = milliseconds(50);
    config.reconnect_after = milliseconds(50);
    make_client(config);
    client->start([this](core::TimePoint) { client->set_outputs(wanted); });
  }

  ScriptedPlc tables;
  ScriptedRtu line{tables};
};

TEST_F(RtuTest, ReadsWritesAndConfirms) {
  tables.set_input(49, true);
  tables.set_register(0, 0xFFFF);
  tables.set_register(1, 0xFE70);
  wanted.request_motion = true;
  wanted.target_speed_mm_s = 400;
  open();
  ASSERT_TRUE(eventually([&] { return confirmed(); })) << client->image().problem;
  const PlcImage image = client->image();
  EXPECT_EQ(image.at(Tag::kSpeedMmS).raw, -400);
  EXPECT_EQ(image.at(Tag::kSimulated).raw, 1);
  EXPECT_EQ(tables.coil(1), 1);
  EXPECT_EQ(tables.holding(3), 400);
  EXPECT_EQ(client->stats().bad_replies, 0U);
  EXPECT_EQ(client->stats().connects, 1U);
}

struct RtuTrouble {
  const char* name;
  RtuMode mode;
  int code;
};
class RtuTroubles : public RtuTest, public testing::WithParamInterface<RtuTrouble> {};

TEST_P(RtuTroubles, AreNoticedAndSurvived) {
  tables.set_input(0, true);
  tables.set_register(7, 42);
  open();
  ASSERT_TRUE(eventually([&] { return fresh() && confirmed(); })) << client->image().problem;
  line.set_mode(GetParam().mode, GetParam().code);
  EXPECT_TRUE(eventually([&] { return !fresh(); }));
  EXPECT_TRUE(eventually([&] { return !client->image().problem.empty(); }));
  EXPECT_EQ(client->image().problem.rfind("PLC /dev/pts/", 0), 0U) << client->image().problem;
  tables.set_input(1, true);
  line.set_mode(RtuMode::kWell);
  EXPECT_TRUE(eventually([&] { return fresh() && confirmed() && client->image().problem.empty(); }))
      << client->image().problem;
  EXPECT_EQ(client->image().at(Tag::kEstopPanelOk).raw, 1);
  EXPECT_EQ(client->image().at(Tag::kWindSpeedDmS).raw, 42);
}
INSTANTIATE_TEST_SUITE_P(Each, RtuTroubles,
                         testing::Values(RtuTrouble{"silent", RtuMode::kSilent, 0},
                                         RtuTrouble{"wrong_unit", RtuMode::kWrongUnit, 0},
                                         RtuTrouble{"bad_crc", RtuMode::kBadCrc, 0},
                                         RtuTrouble{"short_reply", RtuMode::kShort, 0},
                                         RtuTrouble{"noise", RtuMode::kNoise, 0},
                                         RtuTrouble{"exception_2", RtuMode::kException, 2},
                                         RtuTrouble{"exception_6", RtuMode::kException, 6},
                                         RtuTrouble{"exception_11", RtuMode::kException, 11}),
                         [](const auto& trouble) { return std::string(trouble.param.name); });

TEST_F(RtuTest, ALateReplyIsNeverTakenForAnother) {
  open();
  ASSERT_TRUE(eventually([&] { return client->image().polls > 20; }));
  const PlcStats before = client->stats();
  line.set_mode(RtuMode::kLateOnce);
  ASSERT_TRUE(eventually([&] { return client->stats().late_replies > before.late_replies; }))
      << client->image().problem;
  const std::uint64_t polls = client->stats().polls;
  ASSERT_TRUE(eventually([&] { return client->stats().polls > polls + 10; }));
  const PlcStats after = client->stats();
  EXPECT_EQ(line.requests_while_late, 0) << "the line is left alone until it has come";
  EXPECT_EQ(after.bad_replies, before.bad_replies);
  EXPECT_EQ(after.connects, before.connects);
  if (after.timeouts == before.timeouts + 1) {
    // 70 ms late, 20 ms of silence: 50 ms are the request's own, the rest four or five polls.
    EXPECT_LE(after.polls_failed, before.polls_failed + 8);
  }
}

TEST_F(RtuTest, ALineThatIsNotThereIsToldAndTriedAgain) {
  PlcConfig config;
  config.serial.device = "/dev/pts/no-such-line";
  config.reconnect_after = milliseconds(20);
  make_client(config);
  client->start([](core::TimePoint) {});
  ASSERT_TRUE(eventually([&] { return client->stats().connect_failures > 2; }));
  EXPECT_EQ(
      client->image().problem,
      "PLC /dev/pts/no-such-line: the serial line cannot be opened: No such file or directory");
}

TEST(RtuConfig, IsReadStrictly) {
  const auto problem_of = [](const std::string& text) {
    auto reader = core::ConfigReader::parse(text, "lane.toml");
    if (!reader.ok()) return reader.error().message;
    const PlcConfig config = read_plc_config(*reader);
    const auto status = reader->finish();
    return status.ok() ? config.serial.device + std::to_string(config.serial.baud) +
                             config.serial.parity + std::to_string(config.serial.stop_bits)
                       : status.error().message;
  };
  EXPECT_EQ(problem_of("serial = \"/dev/ttyS1\"\nserial_baud = 19200\nserial_parity = \"none\"\n"
                       "serial_stop_bits = 2\n"),
            "/dev/ttyS119200N2");
  EXPECT_EQ(problem_of("serial = \"/dev/ttyS1\"\n"), "/dev/ttyS1115200E1");
  EXPECT_EQ(problem_of("serial_baud = 20000\n"),
            "lane.toml:1: serial_baud: 20000 baud is no standard rate");
  EXPECT_NE(problem_of("map = \"no-such-map.toml\"\n").find("no-such-map.toml"), std::string::npos);
}

}  // namespace
}  // namespace portcullis::plc
