// The fault catalogue: by name from the control socket, from the command line, from a scene.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/child_process.h"
#include "core/files.h"
#include "plc/interlock/interlock.h"
#include "plc/modbus/plc_client.h"
#include "simulator/live/scene_faults.h"
#include "simulator/live/simulation.h"
#include "tests/support/environment.h"
#include "tests/support/eventually.h"
#include "tests/unit/simulator/live/device_wires.h"

namespace portcullis::simulator {
namespace {

using std::chrono::milliseconds;

TEST(FaultCatalogue, SceneFilesAndPageNameAllOfThem) {
  std::stringstream page;
  page << std::ifstream("docs/portcullis-sim.md").rdbuf();
  for (std::size_t i = 0; i < kLiveFaultCount; ++i) {
    const auto& row = live_fault_info(static_cast<LiveFault>(i));
    EXPECT_NE(std::find(fault_kinds().begin(), fault_kinds().end(), row.name), fault_kinds().end())
        << row.name;
    EXPECT_NE(page.str().find("| `" + std::string(row.name) + "` | " + std::string(row.text)),
              std::string::npos)
        << row.name << ": docs/portcullis-sim.md has no such row";
    EXPECT_TRUE(FaultTable::check(static_cast<LiveFault>(i), row.value_default, 0).ok())
        << row.name;
  }
  // The scene's catalogue has one more, for offline scans.
  EXPECT_EQ(fault_kinds().size(), kLiveFaultCount + 1);
}

TEST(SceneFaults, BeginAfterTheirEventAndEndWithTheTruck) {
  auto scene = std::make_shared<Scene>();
  scene->faults.push_back({1.0, SceneEvent::kBeamOn, "packet-loss", 0.5, true, 2.0});
  scene->faults.push_back({0.0, SceneEvent::kEnters, "door-open", 0, false, 0});
  scene->faults.push_back({0.5, SceneEvent::kParked, "plc-slow", 0, false, 0});
  ASSERT_TRUE(SceneFaults::check(*scene).ok());
  FaultTable table;
  SceneFaults faults;
  core::TimePoint now{std::chrono::hours(1)};
  faults.set_scene(scene, table);
  faults.tick(now, table);
  EXPECT_EQ(faults.begun(), 0U);
  faults.note(SceneEvent::kEnters, now);
  faults.tick(now, table);
  EXPECT_TRUE(table.active(LiveFault::kDoorOpen));
  EXPECT_FALSE(table.active(LiveFault::kPlcSlow));
  faults.note(SceneEvent::kParked, now);
  faults.note(SceneEvent::kParked, now + std::chrono::seconds(9));  // only the first counts
  now += milliseconds(500);
  faults.tick(now, table);
  EXPECT_EQ(table.value(LiveFault::kPlcSlow), 100) << "its default";
  faults.note(SceneEvent::kBeamOn, now);
  now += milliseconds(999);
  faults.tick(now, table);
  EXPECT_FALSE(table.active(LiveFault::kPacketLoss));
  now += milliseconds(1);
  faults.tick(now, table);
  EXPECT_EQ(table.value(LiveFault::kPacketLoss), 0.5);
  table.expire(now + std::chrono::seconds(2));
  EXPECT_FALSE(table.active(LiveFault::kPacketLoss));
  faults.tick(now + std::chrono::seconds(3), table);
  EXPECT_FALSE(table.active(LiveFault::kPacketLoss)) << "once";
  faults.set_scene(nullptr, table);
  EXPECT_FALSE(table.active(LiveFault::kDoorOpen));
  EXPECT_FALSE(table.active(LiveFault::kPlcSlow));
  EXPECT_EQ(faults.begun(), 3U);
}

TEST(SceneFaults, WhatTheLiveSimulatorCannotDoIsRefusedByName) {
  Scene scene;
  scene.path = "truck.toml";
  scene.faults.push_back({1.0, SceneEvent::kBeamOn, "line-loss", 0.5, true, 2.0});
  const auto offline = SceneFaults::check(scene);
  ASSERT_FALSE(offline.ok());
  EXPECT_EQ(offline.error().code, core::ErrorCode::kUnsupported);
  EXPECT_NE(offline.error().message.find("truck.toml: fault \"line-loss\" is for offline"),
            std::string::npos)
      << offline.error().message;
  scene.faults[0].kind = "packet-loss";
  scene.faults[0].value = 3;
  const auto value = SceneFaults::check(scene);
  ASSERT_FALSE(value.ok());
  EXPECT_NE(value.error().message.find("packet-loss takes 0 to 1"), std::string::npos)
      << value.error().message;
}

class FaultedSimulation : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("portcullis-fault-test-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    config_.scanner = "gantry-small";
    config_.control_socket = folder_ / "sim.sock";
    config_.source_warm_up_s = 0.1;
  }
  void TearDown() override {
    if (client_) client_->stop();
    simulation_.reset();
    std::filesystem::remove_all(folder_);
  }
  void start() {
    auto simulation = Simulation::start(config_, clock_);
    ASSERT_TRUE(simulation.ok()) << simulation.error().message;
    simulation_ = std::move(*simulation);
  }
  nlohmann::json control(const std::string& request) {
    Wire wire(simulation_->endpoints().control_socket);
    return nlohmann::json::parse(wire.ask(request));
  }
  /// The lane's own PLC client on this simulator.
  void connect_plc() {
    portcullis::plc::PlcConfig plc;
    plc.port = simulation_->endpoints().plc;
    plc.serial.device = simulation_->endpoints().plc_serial;
    plc.map = config_.plc_map;
    plc.response_timeout = milliseconds(200);
    auto made = portcullis::plc::PlcClient::create(plc, clock_);
    ASSERT_TRUE(made.ok()) << made.error().message;
    client_ = std::move(*made);
    client_->start([](core::TimePoint) {});
  }
  struct Said {
    int code = -1;
    std::string text;
  };
  /// `portcullis sim ...`: exit code and all it printed.
  Said portcullis_sim(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "sim");
    const auto output = folder_ / "said";
    auto child = core::ChildProcess::start(
        {.program = std::filesystem::path(::portcullis::test::set_variable("PORTCULLIS_BIN")) /
                    "portcullis",
         .arguments = std::move(arguments),
         .environment = {},
         .output = output});
    if (!child.ok()) return {-1, child.error().message};
    const auto exit = child->wait(std::chrono::seconds(20));
    const auto text = core::read_file(output, 1 << 16);
    return {exit ? exit->code : -1, text.ok() ? *text : ""};
  }
  [[nodiscard]] portcullis::plc::Validity validity(portcullis::plc::Tag tag) const {
    return client_->image().at(tag).validity;
  }

  std::filesystem::path folder_;
  core::SystemClock clock_;
  SimConfig config_;
  std::unique_ptr<Simulation> simulation_;
  std::unique_ptr<portcullis::plc::PlcClient> client_;
};

TEST_F(FaultedSimulation, TheCommandLineBeginsAndEndsFaultsByName) {
  start();
  const std::string socket = config_.control_socket.string();
  const auto acts = [&](const std::string& name) {
    const auto status = control(R"({"cmd":"status"})");
    const auto& list = status.at("faults");
    return std::find(list.begin(), list.end(), name) != list.end();
  };
  const Said list = portcullis_sim({"fault", "--list"});
  EXPECT_EQ(list.code, 0) << list.text;
  EXPECT_NE(list.text.find("plc-wrong-unit"), std::string::npos) << list.text;
  EXPECT_NE(list.text.find("share of datagrams, 0 to 1"), std::string::npos) << list.text;

  EXPECT_EQ(portcullis_sim({"fault", "door-open", "--socket", socket}).code, 0);
  EXPECT_TRUE(acts("door-open"));
  EXPECT_EQ(portcullis_sim({"fault", "door-open", "--off", "--socket", socket}).code, 0);
  EXPECT_FALSE(acts("door-open"));
  EXPECT_EQ(portcullis_sim({"fault", "lamp-failed", "--for", "0.2", "--socket", socket}).code, 0);
  EXPECT_TRUE(test::eventually([&] { return !acts("lamp-failed"); }));

  const Said unknown = portcullis_sim({"fault", "gremlins", "--socket", socket});
  EXPECT_EQ(unknown.code, 2);
  EXPECT_NE(unknown.text.find("no fault \"gremlins\"; known are packet-loss"), std::string::npos)
      << unknown.text;
  const Said value = portcullis_sim({"fault", "packet-loss", "--value", "7", "--socket", socket});
  EXPECT_EQ(value.code, 2);
  EXPECT_NE(value.text.find("packet-loss takes 0 to 1"), std::string::npos) << value.text;
  const Said nobody = portcullis_sim({"fault", "estop", "--socket", socket + ".none"});
  EXPECT_EQ(nobody.code, 1);
  EXPECT_NE(nobody.text.find("is portcullis-sim running?"), std::string::npos) << nobody.text;
  EXPECT_EQ(portcullis_sim({"status", "--socket", socket}).code, 0);
}

TEST_F(FaultedSimulation, ThePlcMayBeOnASerialLine) {
  using portcullis::plc::Tag;
  config_.plc_serial.device = kSimPty;
  start();
  EXPECT_EQ(simulation_->endpoints().plc, 0);
  connect_plc();
  portcullis::plc::PlcOutputs wanted;
  wanted.light_entry_red = true;
  // Said once a watchdog time: else the lane counts as gone.
  const auto confirmed = [&] {
    client_->set_outputs(wanted);
    return client_->image().commands_seen;
  };
  ASSERT_TRUE(test::eventually(confirmed)) << client_->image().problem;
  EXPECT_EQ(client_->image().at(Tag::kSimulated).raw, 1);
  EXPECT_EQ(client_->image().at(Tag::kLightEntryRed).raw, 1);
  const auto stats = client_->stats();
  EXPECT_EQ(stats.bad_replies, 0U);
  // Its faults act there; those of TCP alone are refused.
  control(R"({"cmd":"fault","kind":"plc-exception","value":2})");
  EXPECT_TRUE(test::eventually(
      [&] { return validity(Tag::kEstopChainHealthy) == portcullis::plc::Validity::kUnread; }));
  control(R"({"cmd":"fault","kind":"plc-exception","clear":true})");
  control(R"({"cmd":"fault","kind":"plc-wrong-unit"})");
  EXPECT_TRUE(test::eventually([&] { return client_->stats().bad_replies > stats.bad_replies; }));
  const auto refused = control(R"({"cmd":"fault","kind":"plc-disconnect"})");
  EXPECT_FALSE(refused.at("ok").get<bool>());
  EXPECT_NE(refused.at("error").get<std::string>().find("serial"), std::string::npos);
  control(R"({"cmd":"fault","kind":"plc-wrong-unit","clear":true})");
  EXPECT_TRUE(test::eventually([&] { return client_->image().problem.empty(); }))
      << client_->image().problem;
}

TEST_F(FaultedSimulation, TheControlSocketTellsTheCatalogue) {
  start();
  control(R"({"cmd":"fault","kind":"position-jump"})");
  const auto answer = control(R"({"cmd":"faults"})");
  ASSERT_EQ(answer.at("faults").size(), kLiveFaultCount);
  const auto row = std::find_if(answer["faults"].begin(), answer["faults"].end(),
                                [](const auto& r) { return r.at("kind") == "position-jump"; });
  ASSERT_NE(row, answer["faults"].end());
  EXPECT_EQ(row->at("active"), true);
  EXPECT_EQ(row->at("value").at("default"), 2000);
}

TEST_F(FaultedSimulation, InputsAreDisturbedAsTheFaultSays) {
  start();
  connect_plc();
  ASSERT_TRUE(test::eventually([&] { return client_->image().polls > 0; }));
  using portcullis::plc::Tag;
  struct Row {
    const char* fault;
    Tag tag;
    int value;
  };
  for (const Row& row :
       {Row{"channels-differ", Tag::kDoor1ClosedB, 0}, Row{"person-in-area", Tag::kPeopleClear, 0},
        Row{"interlock-flicker", Tag::kPeopleClear, 0},
        Row{"dose-monitor-failed", Tag::kDoseMonitorOk, 0}, Row{"beam-sensed", Tag::kBeamSensed, 1},
        Row{"bypass", Tag::kBypassActive, 1}, Row{"ups-on-battery", Tag::kUpsOnBattery, 1},
        Row{"key-off", Tag::kKeyOn, 0}}) {
    const std::string kind = std::string("\"kind\":\"") + row.fault + "\"";
    EXPECT_EQ(control("{\"cmd\":\"fault\"," + kind + "}").at("ok"), true) << row.fault;
    EXPECT_TRUE(test::eventually([&] { return client_->image().at(row.tag).raw == row.value; }))
        << row.fault;
    control("{\"cmd\":\"fault\"," + kind + ",\"clear\":true}");
    EXPECT_TRUE(test::eventually([&] { return client_->image().at(row.tag).raw != row.value; }))
        << row.fault;
  }
  control(R"({"cmd":"fault","kind":"position-jump","value":4000})");
  EXPECT_TRUE(test::eventually([&] {
    return validity(Tag::kGantryPositionMm) == portcullis::plc::Validity::kImplausible;
  })) << "a jump is a fault, not a value";
}

TEST_F(FaultedSimulation, TheLanesClientSurvivesEveryPlcFault) {
  start();
  connect_plc();
  const auto fresh = [&] {
    const auto image = client_->image();
    return portcullis::plc::PlcView(image, clock_.now(), milliseconds(100))
        .fresh(portcullis::plc::Tag::kEstopChainHealthy);
  };
  ASSERT_TRUE(test::eventually(fresh));
  for (const char* fault : {"plc-silent", "plc-disconnect", "plc-wrong-unit",
                            "plc-wrong-transaction", "plc-short", "plc-exception"}) {
    const std::string kind = std::string("\"kind\":\"") + fault + "\"";
    control("{\"cmd\":\"fault\"," + kind + "}");
    EXPECT_TRUE(test::eventually([&] { return !fresh(); })) << fault;
    EXPECT_TRUE(test::eventually([&] { return !client_->image().problem.empty(); })) << fault;
    control("{\"cmd\":\"fault\"," + kind + ",\"clear\":true}");
    EXPECT_TRUE(test::eventually(fresh)) << fault;
  }
}

TEST_F(FaultedSimulation, AnotherMakersPlcIsServedByItsMap) {
  auto map = portcullis::plc::TagMap::load("config/plc/low-word-first.toml");
  ASSERT_TRUE(map.ok()) << map.error().message;
  config_.plc_map = std::make_shared<const portcullis::plc::TagMap>(std::move(map).value());
  config_.gantry.travel_from_mm = -1500;
  start();
  connect_plc();
  using portcullis::plc::Tag;
  ASSERT_TRUE(test::eventually([&] { return client_->image().heartbeat_seen; }))
      << client_->image().problem;
  portcullis::plc::PlcOutputs wanted;
  wanted.warning_on = true;
  wanted.target_speed_mm_s = 400;
  const auto confirmed = [&] {
    client_->set_outputs(wanted);
    return client_->image().commands_seen;
  };
  EXPECT_TRUE(test::eventually(confirmed)) << client_->image().problem;
  const auto image = client_->image();
  EXPECT_EQ(image.at(Tag::kGantryPositionMm).raw, -1497);  // home is 3 mm inside the travel
  EXPECT_EQ(image.at(Tag::kEstopChainHealthy).raw, 1);
  EXPECT_EQ(image.at(Tag::kVehicleInTunnel).raw, 0);
  EXPECT_EQ(image.at(Tag::kWindSpeedDmS).raw, 32);
  EXPECT_EQ(image.at(Tag::kSimulated).raw, 1);
  EXPECT_TRUE(test::eventually([&] {
    client_->set_outputs(wanted);
    return client_->image().at(Tag::kWarningLampCurrent).raw == 1;
  })) << "the command reached the lamp";
}

}  // namespace
}  // namespace portcullis::simulator
