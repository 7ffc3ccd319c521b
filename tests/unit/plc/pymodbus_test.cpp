// The client against a Modbus server by other people: both wires, the built-in map and another's.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "core/child_process.h"
#include "core/files.h"
#include "plc/interlock/interlock.h"
#include "plc/modbus/plc_client.h"
#include "tests/support/environment.h"
#include "tests/unit/plc/scripted_rtu.h"

namespace portcullis::plc {
namespace {

using std::chrono::milliseconds;

struct Peer {
  const char* name;
  bool serial;
  const char* map;  // empty: the built-in one
};
class Pymodbus : public testing::TestWithParam<Peer> {};

TEST_P(Pymodbus, ReadsWritesAndConfirms) {
  const Peer& peer = GetParam();
  const std::filesystem::path out =
      std::filesystem::path(::portcullis::test::set_variable("PORTCULLIS_TEST_OUT")) / "pymodbus" /
      peer.name;
  std::filesystem::remove_all(out);
  std::filesystem::create_directories(out);
  auto probe =
      core::ChildProcess::start({.program = "/usr/bin/python3",
                                 .arguments = {"-c", "import pymodbus, serial, serial_asyncio"},
                                 .environment = {},
                                 .output = out / "probe"});
  if (!probe.ok() ||
      !probe->wait(std::chrono::seconds(20)).value_or(core::ChildProcess::Exit{1, 0}).clean()) {
    if (std::getenv("CI") != nullptr) {
      FAIL() << "python3-pymodbus, -serial or -serial-asyncio is missing; packages.txt names them";
    }
    GTEST_SKIP() << "python3-pymodbus is not installed";
  }
  std::shared_ptr<const TagMap> map;
  if (*peer.map != '\0') {
    auto loaded = TagMap::load(peer.map);
    ASSERT_TRUE(loaded.ok()) << loaded.error().message;
    map = std::make_shared<const TagMap>(std::move(loaded).value());
  }
  const TagMap& places = map ? *map : TagMap::built_in();
  const auto address = [&places](Tag tag) { return std::to_string(places.place(tag).address); };
  SerialPair line;
  auto server = core::ChildProcess::start(
      {.program = "/usr/bin/python3",
       .arguments = {"tests/unit/plc/pymodbus_server.py", peer.serial ? line.b() : "tcp",
                     std::to_string(places.unit()), address(Tag::kPlcHeartbeat),
                     address(Tag::kCommandEcho), address(Tag::kCommandSequence)},
       .environment = {},
       .output = out / "server"});
  ASSERT_TRUE(server.ok()) << server.error().message;
  int port = 0;
  const bool listening = eventually(
      [&] {
        const auto text = core::read_file(out / "server", 4096);
        if (text.ok()) port = std::atoi(text->c_str());
        return port != 0;
      },
      milliseconds(20'000));
  const auto printed = core::read_file(out / "server", 4096);
  ASSERT_TRUE(listening) << (printed.ok() ? *printed : "no output");

  core::SystemClock clock;
  PlcConfig config;
  config.port = static_cast<std::uint16_t>(port);
  if (peer.serial) config.serial.device = line.a();
  config.map = map;
  config.response_timeout = milliseconds(400);  // an interpreted server on a busy machine
  auto client = PlcClient::create(config, clock);
  ASSERT_TRUE(client.ok());
  PlcOutputs wanted;
  wanted.request_motion = true;
  wanted.target_speed_mm_s = 70'000 / 100;
  wanted.direction = 2;
  (*client)->start([&](core::TimePoint) { (*client)->set_outputs(wanted); });
  EXPECT_TRUE(eventually([&] { return (*client)->image().commands_seen; }, milliseconds(10'000)))
      << (*client)->image().problem;
  const PlcImage image = (*client)->image();
  // Discrete input n is n % 3 == 0; input register n holds 1000 + n.
  for (std::size_t i = 0; i < kTagCount; ++i) {
    const TagInfo& info = tag_table()[i];
    const TagPlace& place = places.place(static_cast<Tag>(i));
    if (info.area != Area::kDiscreteInput || !place.wired) continue;
    EXPECT_EQ(image.tags[i].raw, (place.address % 3 == 0) != place.inverted ? 1 : 0) << info.name;
  }
  if (map) {
    // By hand from the example: encoder at 310, low word first; position at 312, tenths.
    EXPECT_EQ(image.at(Tag::kEncoderCounts).raw, 1311 * 65'536 + 1310);
    EXPECT_EQ(image.at(Tag::kAreaDoseRateNsvH).raw, 1321 * 65'536 + 1320);
    EXPECT_EQ(image.at(Tag::kAreaDoseRateNsvH).validity, Validity::kOutOfRange);
    EXPECT_EQ(image.at(Tag::kSpeedMmS).raw, 1300);
    EXPECT_EQ(image.at(Tag::kWindSpeedDmS).raw, 132);  // 13.22 m/s
    EXPECT_EQ(image.at(Tag::kUpsOnBattery).validity, Validity::kUnwired);
  } else {
    EXPECT_EQ(image.at(Tag::kEncoderCounts).raw, 1002 * 65'536 + 1003);
    EXPECT_EQ(image.at(Tag::kAreaDoseRateNsvH).raw, 1006);
  }
  EXPECT_TRUE(image.heartbeat_seen);
  // Read back from the server's own memory.
  EXPECT_EQ(image.at(Tag::kRequestMotion).raw, 1);
  EXPECT_EQ(image.at(Tag::kRequestBeamPermit).raw, 0);
  EXPECT_EQ(image.at(Tag::kTargetSpeedMmS).raw, 700);
  EXPECT_EQ(image.at(Tag::kDirection).raw, 2);
  EXPECT_EQ((*client)->stats().bad_replies, 0U) << describe_plc_stats((*client)->stats());
  // Killed: the link is lost, nothing hangs.
  server->send_signal(9);
  EXPECT_TRUE(eventually([&] {
    const PlcImage now = (*client)->image();
    return !PlcView(now, clock.now(), milliseconds(1000)).fresh(Tag::kEncoderCounts);
  }));
  EXPECT_FALSE((*client)->image().problem.empty());
  (*client)->stop();
}
INSTANTIATE_TEST_SUITE_P(
    Each, Pymodbus,
    testing::Values(Peer{"tcp", false, ""}, Peer{"rtu", true, ""},
                    Peer{"tcp_other_map", false, "config/plc/low-word-first.toml"},
                    Peer{"rtu_other_map", true, "config/plc/low-word-first.toml"}),
    [](const auto& peer) { return std::string(peer.param.name); });

}  // namespace
}  // namespace portcullis::plc
