// The client against a Modbus server by other people.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "core/child_process.h"
#include "core/files.h"
#include "plc/interlock/interlock.h"
#include "plc/modbus/plc_client.h"
#include "tests/unit/plc/scripted_plc.h"

namespace portcullis::plc {
namespace {

using std::chrono::milliseconds;

TEST(Pymodbus, ReadsWritesAndConfirms) {
  const std::filesystem::path out =
      std::filesystem::path(std::getenv("PORTCULLIS_TEST_OUT")) / "pymodbus";
  std::filesystem::remove_all(out);
  std::filesystem::create_directories(out);
  auto probe = core::ChildProcess::start({.program = "/usr/bin/python3",
                                          .arguments = {"-c", "import pymodbus"},
                                          .environment = {},
                                          .output = out / "probe"});
  if (!probe.ok() ||
      !probe->wait(std::chrono::seconds(20)).value_or(core::ChildProcess::Exit{1, 0}).clean()) {
    if (std::getenv("CI") != nullptr) {
      FAIL() << "python3-pymodbus is missing; packages.txt names it";
    }
    GTEST_SKIP() << "python3-pymodbus is not installed";
  }
  auto server = core::ChildProcess::start(
      {.program = "/usr/bin/python3",
       .arguments = {"tests/unit/plc/pymodbus_server.py",
                     std::to_string(tag_info(Tag::kPlcHeartbeat).address),
                     std::to_string(tag_info(Tag::kCommandEcho).address),
                     std::to_string(tag_info(Tag::kCommandSequence).address)},
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
    if (info.area != Area::kDiscreteInput) continue;
    EXPECT_EQ(image.tags[i].raw, info.address % 3 == 0 ? 1 : 0) << info.name;
  }
  EXPECT_EQ(image.at(Tag::kEncoderCounts).raw, 1002 * 65'536 + 1003);
  EXPECT_EQ(image.at(Tag::kAreaDoseRateNsvH).raw, 1006);
  EXPECT_TRUE(image.heartbeat_seen);
  // Read back from the server's own memory.
  EXPECT_EQ(image.at(Tag::kRequestMotion).raw, 1);
  EXPECT_EQ(image.at(Tag::kRequestBeamPermit).raw, 0);
  EXPECT_EQ(image.at(Tag::kTargetSpeedMmS).raw, 700);
  EXPECT_EQ(image.at(Tag::kDirection).raw, 2);
  // Killed: the link is lost, nothing hangs.
  server->send_signal(9);
  EXPECT_TRUE(eventually([&] { return !(*client)->image().connected; }));
  (*client)->stop();
}

}  // namespace
}  // namespace portcullis::plc
