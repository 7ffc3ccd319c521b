#include "simulator/live/sim_config.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <string>

#include "simulator/live/simulation.h"

namespace portcullis::simulator {
namespace {

namespace fs = std::filesystem;

class SimConfigFile : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("portcullis-sim-config-" + std::to_string(::getpid()));
    fs::create_directories(folder_);
    std::ofstream(folder_ / "truck.toml") << "seed = 1\n[scan]\nscanner = \"gantry-small\"\n";
  }
  void TearDown() override { fs::remove_all(folder_); }
  core::Result<SimConfig> load(const std::string& text) {
    std::ofstream(folder_ / "sim.toml") << text;
    return load_sim_config(folder_ / "sim.toml");
  }
  fs::path folder_;
};

TEST_F(SimConfigFile, reads_ports_travel_and_trucks_relative_to_itself) {
  const auto config = load(
      "seed = 9\nscanner = \"gantry-small\"\ncontrol_socket = \"s.sock\"\n[ports]\nplc = 5020\n"
      "[gantry]\ntravel_from_mm = -100\ntravel_to_mm = 900\n[[truck]]\nscene = \"truck.toml\"\n"
      "gamma_cps = 20\n");
  ASSERT_TRUE(config.ok()) << config.error().message;
  EXPECT_EQ(config->seed, 9U);
  EXPECT_EQ(config->plc_port, 5020);
  EXPECT_EQ(config->source_control_port, 0);
  EXPECT_EQ(config->control_socket, folder_ / "s.sock");
  EXPECT_EQ(config->gantry.travel_from_mm, -100);
  ASSERT_EQ(config->trucks.size(), 1U);
  EXPECT_EQ(config->trucks[0].scene, folder_ / "truck.toml");
  EXPECT_EQ(config->trucks[0].gamma_cps, 20);
  EXPECT_TRUE(check_sim_config(*config).ok());
}

struct Wrong {
  const char* name;
  const char* text;
  const char* says;
};
class WrongSimConfig : public SimConfigFile, public testing::WithParamInterface<Wrong> {};

TEST_P(WrongSimConfig, names_the_key) {
  const auto config = load(GetParam().text);
  ASSERT_FALSE(config.ok());
  EXPECT_NE(config.error().message.find(GetParam().says), std::string::npos)
      << config.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    Files, WrongSimConfig,
    testing::Values(
        Wrong{"unknown_key", "sed = 1\n", "sed"}, Wrong{"port", "[ports]\nplc = 70000\n", "plc"},
        Wrong{"short_warning", "[plc]\nwarning_s = 2\n", "warning_s"},
        Wrong{"two_wires", "[plc]\nserial = \"pty\"\n[ports]\nplc = 502\n", "one wire"},
        Wrong{"serial_baud", "[plc]\nserial = \"pty\"\nserial_baud = 1\n", "serial_baud"},
        Wrong{"travel", "[gantry]\ntravel_from_mm = 0\ntravel_to_mm = 50\n", "travel_to_mm"},
        Wrong{"truck_without_scene", "[[truck]]\n", "scene"},
        Wrong{"missing_scene", "[[truck]]\nscene = \"no.toml\"\n", "no.toml"},
        Wrong{"sample_format", "[detector]\nsample_format = \"u8\"\n", "sample_format"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST_F(SimConfigFile, a_scene_for_another_scanner_is_refused) {
  const auto config = load("scanner = \"gantry-6mv\"\n[[truck]]\nscene = \"truck.toml\"\n");
  ASSERT_TRUE(config.ok());
  const auto checked = check_sim_config(*config);
  ASSERT_FALSE(checked.ok());
  EXPECT_NE(checked.error().message.find("gantry-small"), std::string::npos)
      << checked.error().message;
}

TEST(SimConfigDemo, the_demonstration_can_be_run) {
  const auto config = load_sim_config("config/demo/sim.toml");
  ASSERT_TRUE(config.ok()) << config.error().message;
  EXPECT_EQ(config->trucks.size(), 3U);
  const auto checked = check_sim_config(*config);
  EXPECT_TRUE(checked.ok()) << checked.error().message;
}

}  // namespace
}  // namespace portcullis::simulator
