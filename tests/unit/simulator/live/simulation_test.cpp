#include "simulator/live/simulation.h"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/eventually.h"
#include "tests/unit/simulator/live/device_wires.h"

// Every device over its real socket, spoken to with bytes written by hand.

namespace portcullis::simulator {
namespace {

constexpr const char* kSmallTruck = R"(
seed = 5
[scan]
scanner = "gantry-small"
[vehicle]
kind = "none"
plate = "AB123CD"
[[container]]
number = "CSQU3054383"
iso_type = "22G1"
[[object]]
name = "block"
container = 0
shape = "box"
size_mm = [600, 600, 600]
center_mm = [1000, 0, 300]
material = "iron"
)";

class Simulated : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("portcullis-sim-test-" + std::to_string(::getpid()));
    fs::create_directories(folder_);
    std::ofstream(folder_ / "truck.toml") << kSmallTruck;
    config_.scanner = "gantry-small";
    config_.seed = 11;
    config_.control_socket = folder_ / "sim.sock";
    config_.source_warm_up_s = 0.1;
    config_.gantry.travel_from_mm = -1500;
    config_.gantry.travel_to_mm = 7500;
    config_.render_step_mm = 50;
    config_.timing = {0.02, 0.4, 0.1, 0.1, 0.1, 0.3, 0.1, 0.1};
  }
  void TearDown() override {
    simulation_.reset();
    fs::remove_all(folder_);
  }
  void start() {
    auto simulation = Simulation::start(config_, clock_);
    ASSERT_TRUE(simulation.ok()) << simulation.error().message;
    simulation_ = std::move(simulation).value();
  }
  const SimEndpoints& ports() { return simulation_->endpoints(); }
  nlohmann::json control(const std::string& request) {
    Wire wire(ports().control_socket);
    const std::string reply = wire.ask(request);
    auto json = nlohmann::json::parse(reply, nullptr, false);
    EXPECT_TRUE(json.is_object()) << reply;
    return json;
  }
  template <class Condition>
  static bool eventually(Condition condition) {
    return test::eventually(condition, kBound);
  }

  core::SystemClock clock_;
  fs::path folder_;
  SimConfig config_;
  std::unique_ptr<Simulation> simulation_;
};

TEST_F(Simulated, ready_file_names_every_port) {
  start();
  const auto json = nlohmann::json::parse(ports().to_json());
  for (const char* key : {"detector_control", "source_control", "plc", "portal", "camera"}) {
    EXPECT_GT(json.at(key).get<int>(), 0) << key;
  }
  EXPECT_EQ(json.at("control_socket").get<std::string>(), (folder_ / "sim.sock").string());
}

TEST_F(Simulated, detector_sends_every_module_of_every_pulse_and_again_byte_for_byte) {
  start();
  DataPort data;
  Wire control(ports().detector_control);
  EXPECT_TRUE(control.ask("*IDN?").starts_with("Portcullis,SIM-DETECTOR,"));
  const int modules = std::stoi(control.ask("DET:COUNT?"));
  ASSERT_EQ(modules, 8);  // gantry-small
  EXPECT_EQ(control.ask("DET:RANG? 0"), "NONE");
  control.send("DET:TINT 80\nDET:TRIG int\nDET:PATT ramp\n");
  EXPECT_EQ(control.ask("DET:TINT?"), "80");
  EXPECT_EQ(control.ask("DET:GAIN?"), "1");
  EXPECT_EQ(control.ask("DET:TRIG?"), "INT");
  EXPECT_EQ(control.ask("DET:PATT?"), "RAMP");
  control.send("DET:TRIG EXT\nDET:PATT OFF\n");
  control.send("DET:START\n");
  EXPECT_EQ(control.ask("SYST:ERR?").substr(0, 5), "-221,");
  control.send("DET:DEST 127.0.0.1," + std::to_string(data.port()) + "\nDET:ARM\n");
  const unsigned arm = static_cast<unsigned>(std::stoul(control.ask("DET:ARM?")));
  EXPECT_GT(arm, 0U);
  control.send("DET:START\n");

  std::map<std::pair<int, unsigned>, Bytes> seen;  // by module and sequence
  while (seen.size() < 8U * 40) {
    const auto datagram = data.datagram(3000);
    ASSERT_TRUE(datagram.has_value()) << seen.size();
    ASSERT_EQ(datagram->size(), 64U + 32 / 2 * 5);  // 32 pixels, two in five bytes
    ASSERT_EQ(little_endian<std::uint32_t>(*datagram, 0), 0x31444C50U);
    ASSERT_EQ((*datagram)[4], 1);
    ASSERT_EQ((*datagram)[5], 2);
    ASSERT_EQ((*datagram)[28], 0);  // no beam
    ASSERT_EQ(little_endian<std::uint16_t>(*datagram, 30), 32);
    ASSERT_EQ(little_endian<std::uint32_t>(*datagram, 48), arm);
    ASSERT_EQ(little_endian<std::uint64_t>(*datagram, 8),
              little_endian<std::uint32_t>(*datagram, 40));
    ASSERT_TRUE(crc_good(*datagram));
    seen[{little_endian<std::uint16_t>(*datagram, 6),
          little_endian<std::uint32_t>(*datagram, 40)}] = *datagram;
  }
  for (int module = 0; module < 8; ++module) {
    for (unsigned sequence = 0; sequence < 40; ++sequence) {
      ASSERT_TRUE(seen.contains({module, sequence})) << module << " " << sequence;
    }
  }
  control.send("DET:STOP\n");
  const std::string range = control.ask("DET:RANG? 3");
  EXPECT_TRUE(range.starts_with("0,")) << range;
  while (data.datagram(0)) {
  }
  control.send("DET:RESEND 3,7,9\n");
  for (unsigned sequence = 7; sequence <= 9; ++sequence) {
    const auto again = data.datagram(3000);
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(*again, (seen[{3, sequence}]));
  }
  control.send("DET:RESEND 3,4000000,4000001\n");
  EXPECT_EQ(control.ask("SYST:ERR?").substr(0, 5), "-222,");
  control.send("DET:ARM\n");
  EXPECT_NE(std::stoul(control.ask("DET:ARM?")), arm);
  EXPECT_EQ(control.ask("DET:RANG? 3"), "NONE");
}

TEST_F(Simulated, detector_keeps_its_rate) {
  start();
  DataPort data;
  Wire control(ports().detector_control);
  control.send("DET:DEST 127.0.0.1," + std::to_string(data.port()) + "\nDET:ARM\nDET:START\n");
  std::uint64_t first_ns = 0, last_ns = 0, last_pulse = 0;
  const auto begun = Clock::now();
  while (last_pulse < 150) {
    const auto datagram = data.datagram(3000);
    ASSERT_TRUE(datagram.has_value());
    last_ns = little_endian<std::uint64_t>(*datagram, 16);
    last_pulse = little_endian<std::uint64_t>(*datagram, 8);
    if (last_pulse == 0) first_ns = last_ns;
  }
  const double took_s = std::chrono::duration<double>(Clock::now() - begun).count();
  const double stamped_s = static_cast<double>(last_ns - first_ns) * 1e-9;
  const double rate = static_cast<double>(last_pulse) / stamped_s;
  EXPECT_NEAR(rate, 200, 0.01);  // gantry-small: 100 pairs a second
  EXPECT_GT(took_s, stamped_s * 0.98);
}

TEST_F(Simulated, test_patterns_are_flagged_and_as_described) {
  start();
  DataPort data;
  Wire control(ports().detector_control);
  control.send("DET:DEST 127.0.0.1," + std::to_string(data.port()) +
               "\nDET:PATT RAMP\nDET:ARM\nDET:START\n");
  const auto datagram = data.datagram(3000);
  ASSERT_TRUE(datagram.has_value());
  EXPECT_EQ((*datagram)[29] & 1, 1);
  const auto pulse = little_endian<std::uint64_t>(*datagram, 8);
  // Samples 0 and 1 in five bytes, low bits first.
  const unsigned first = (*datagram)[64] | (*datagram)[65] << 8 | ((*datagram)[66] & 0xF) << 16;
  const unsigned second = (*datagram)[66] >> 4 | (*datagram)[67] << 4 | (*datagram)[68] << 12;
  EXPECT_EQ(first, pulse);
  EXPECT_EQ(second, pulse + 1);
}

TEST_F(Simulated, malformed_text_gets_an_error_never_a_dropped_connection) {
  start();
  for (const std::uint16_t port : {ports().detector_control, ports().source_control}) {
    Wire wire(port);
    wire.send(std::string("\xff\xfe\n;;;\n:::\nDET:ARM?,\n") + std::string(5000, 'x') + "\n");
    EXPECT_NE(wire.ask("SYST:ERR?"), "0,\"No error\"");
    wire.send("*CLS\n");
    EXPECT_EQ(wire.ask("SYST:ERR?"), "0,\"No error\"");
  }
}

TEST_F(Simulated, plc_answers_what_can_be_answered_and_closes_on_a_lost_stream) {
  start();
  PlcWire plc(ports().plc);
  EXPECT_TRUE(plc.input(0));  // e-stop chain healthy
  EXPECT_EQ(plc.exchange({2, 0, 200, 0, 1}), (Bytes{0x82, 2}));
  EXPECT_EQ(plc.exchange({43, 14, 1, 0}), (Bytes{0xAB, 1}));
  plc.hold(6, 200);  // watchdog
  EXPECT_EQ(plc.exchange({6, 0, 6, 0, 5}), (Bytes{0x86, 3}));
  const int heartbeat = plc.input_register(8);
  EXPECT_TRUE(eventually([&] { return plc.input_register(8) != heartbeat; }));
  plc.hold(1, 1234);
  EXPECT_TRUE(eventually([&] { return plc.input_register(9) == 1234; }));

  Wire broken(ports().plc);
  broken.send(std::string("\x00\x01\x00\x07\x00\x06\x01\x04", 8));
  while (broken.receive(5000)) {
  }
  EXPECT_TRUE(broken.closed());
}

TEST_F(Simulated, plc_faults_do_what_their_names_say) {
  start();
  PlcWire plc(ports().plc);
  EXPECT_EQ(control(R"({"cmd":"fault","kind":"plc-exception","value":6})").at("ok"), true);
  EXPECT_EQ(plc.exchange({2, 0, 0, 0, 1}), (Bytes{0x82, 6}));
  control(R"({"cmd":"fault","kind":"plc-exception","clear":true})");
  control(R"({"cmd":"fault","kind":"plc-slow","value":120})");
  const auto begun = Clock::now();
  EXPECT_TRUE(plc.input(0));
  EXPECT_GE(Clock::now() - begun, std::chrono::milliseconds(119));
  control(R"({"cmd":"fault","kind":"plc-slow","clear":true})");
  control(R"({"cmd":"fault","kind":"estop"})");
  EXPECT_FALSE(plc.input(0));
  EXPECT_FALSE(plc.input(1));
  control(R"({"cmd":"fault","kind":"estop","clear":true})");
  control(R"({"cmd":"input","tag":"door_3_closed_a","value":false})");
  EXPECT_FALSE(plc.input(8));
  control(R"({"cmd":"input","tag":"door_3_closed_a","value":null})");
  EXPECT_TRUE(plc.input(8));
  control(R"({"cmd":"fault","kind":"heartbeat-frozen"})");
  const int frozen = plc.input_register(8);
  Wire portal(ports().portal);
  EXPECT_TRUE(portal.line().has_value());  // the portal's first background comes after a second
  EXPECT_EQ(plc.input_register(8), frozen);
  control(R"({"cmd":"fault","kind":"plc-silent"})");
  plc.send(std::string("\x00\x01\x00\x00\x00\x06\x01\x04\x00\x00\x00\x01", 12));
  EXPECT_FALSE(plc.receive(100));
  EXPECT_FALSE(plc.closed());
}

TEST_F(Simulated, control_socket_answers_every_request) {
  start();
  EXPECT_EQ(control(R"({"cmd":"status"})").at("ok"), true);
  EXPECT_EQ(control(R"({"cmd":"clock"})").at("ok"), true);
  EXPECT_EQ(control("garbage").at("ok"), false);
  const auto unknown = control(R"({"cmd":"fault","kind":"gremlins"})");
  EXPECT_EQ(unknown.at("ok"), false);
  EXPECT_NE(unknown.at("error").get<std::string>().find("detector-silent"), std::string::npos);
  EXPECT_EQ(control(R"({"cmd":"truck","scene":"/nowhere.toml"})").at("ok"), false);
  EXPECT_EQ(
      control(R"({"cmd":"truck","scene":")" + (folder_ / "truck.toml").string() + "\"}").at("ok"),
      true);
}

TEST_F(Simulated, what_is_asked_behind_a_truck_is_answered_behind_it) {
  start();
  Wire wire(ports().control_socket);
  const std::string truck =
      R"({"cmd":"truck","scene":")" + (folder_ / "truck.toml").string() + "\"}\n";
  wire.send(truck + "{\"cmd\":\"clock\"}\n" + truck + "garbage\n");
  std::vector<nlohmann::json> answers;
  for (int i = 0; i < 4; ++i) {
    const auto line = wire.line();
    ASSERT_TRUE(line.has_value()) << i;
    answers.push_back(nlohmann::json::parse(*line));
  }
  EXPECT_EQ(answers[0].at("truck"), 1);
  EXPECT_TRUE(answers[1].contains("utc"));
  EXPECT_EQ(answers[2].at("truck"), 2);
  EXPECT_EQ(answers[3].at("ok"), false);
}

TEST_F(Simulated, a_socket_left_by_a_killed_simulator_is_taken_over_and_ports_are_free_again) {
  start();
  config_.plc_port = ports().plc;
  config_.detector_control_port = ports().detector_control;
  {
    PlcWire used(ports().plc);
    used.input(0);
  }
  simulation_.reset();
  const int left = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, config_.control_socket.c_str(), sizeof address.sun_path - 1);
  ASSERT_EQ(::bind(left, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  ::close(left);
  start();
  EXPECT_EQ(control(R"({"cmd":"status"})").at("ok"), true);
  PlcWire plc(ports().plc);
  EXPECT_TRUE(plc.input(0));
}

TEST_F(Simulated, a_taken_port_is_named) {
  start();
  SimConfig second = config_;
  second.control_socket = folder_ / "second.sock";
  second.plc_port = ports().plc;
  const auto refused = Simulation::start(second, clock_);
  ASSERT_FALSE(refused.ok());
  EXPECT_NE(refused.error().message.find("PLC: port " + std::to_string(second.plc_port)),
            std::string::npos)
      << refused.error().message;
}

/// One truck from the stop line to the road, driven by this test in place of the lane.
TEST_F(Simulated, a_truck_is_driven_in_scanned_and_let_out) {
  config_.trucks = {{folder_ / "truck.toml", 0}};
  start();
  DataPort data;
  PlcWire plc(ports().plc);
  Wire source(ports().source_control), detector(ports().detector_control), portal(ports().portal),
      camera(ports().camera);
  // The server takes a connection up before it speaks to it: ask once on each that answers.
  EXPECT_TRUE(
      eventually([&] { return control(R"({"cmd":"status"})").at("clients").at("camera") == 1; }));
  source.send("SOUR:WARM ON\n");
  detector.send("DET:DEST 127.0.0.1," + std::to_string(data.port()) + "\nDET:ARM\n");

  plc.coil(8, true);  // entry light green
  plc.coil(3, true);  // entry barrier open
  ASSERT_TRUE(eventually([&] { return plc.input(27); }))
      << control(R"({"cmd":"status"})");                    // in tunnel
  ASSERT_TRUE(eventually([&] { return !plc.input(26); }));  // past the entry
  const std::string plate = camera.line().value_or("");
  EXPECT_NE(plate.find("\"AB123CD\""), std::string::npos) << plate;
  const std::string number = camera.line().value_or("");
  EXPECT_NE(number.find("\"CSQU3054383\""), std::string::npos) << number;
  plc.coil(8, false);
  plc.coil(3, false);
  plc.coil(4, true);
  plc.hold(7, 3);                                          // leave cab
  ASSERT_TRUE(eventually([&] { return plc.input(20); }));  // search complete
  EXPECT_TRUE(plc.input(31));                              // cab clear

  // Warning and beam: nothing for five seconds, then the permit.
  plc.beat();
  plc.coil(2, true);
  plc.coil(0, true);
  const auto warned = Clock::now();
  ASSERT_TRUE(eventually([&] {
    plc.beat();
    return plc.input(47);
  }));
  EXPECT_GE(Clock::now() - warned, std::chrono::milliseconds(4950));
  EXPECT_TRUE(plc.input(34));   // contactor
  EXPECT_FALSE(plc.input(35));  // trigger inhibit
  detector.send("DET:START\n");
  plc.hold(3, 800);  // speed
  plc.hold(4, 1);    // forward
  plc.coil(1, true);
  source.send("HB 1\nBEAM:REQ ON\n");
  EXPECT_EQ(source.ask("BEAM:STAT?"), "ON");

  // The truck's iron block (x 700 to 1,300 mm) must throw a shadow, the air before it none.
  std::map<int, std::pair<double, int>>
      by_x;  // 100 mm bins: sum and number of pixel means, high energy
  bool wrong_energy = false;
  int beat = 0;
  const auto end = Clock::now() + kBound;
  while (Clock::now() < end) {
    const auto datagram = data.datagram(1000);
    ASSERT_TRUE(datagram.has_value());
    if (little_endian<std::uint16_t>(*datagram, 6) != 1) continue;
    if (++beat % 10 == 0) {
      plc.beat();
      source.send("HB 2\n");
    }
    const auto pulse = little_endian<std::uint64_t>(*datagram, 8);
    const int energy = (*datagram)[28];
    if (energy != 0 && energy != (pulse % 2 == 0 ? 2 : 1)) wrong_energy = true;
    const double x_mm = little_endian<std::int32_t>(*datagram, 24) * 0.1;
    if (energy == 2) {
      double sum = 0;
      for (std::size_t pair = 0; pair < 16; ++pair) {
        const std::size_t at = 64 + pair * 5;
        sum += (*datagram)[at] | (*datagram)[at + 1] << 8 | ((*datagram)[at + 2] & 0xF) << 16;
      }
      auto& bin = by_x[static_cast<int>(std::floor(x_mm / 100))];
      bin.first += sum / 16;
      ++bin.second;
    }
    if (x_mm > 1500) break;
  }
  EXPECT_FALSE(wrong_energy);
  const auto mean = [&](int bin) {
    return by_x[bin].second > 0 ? by_x[bin].first / by_x[bin].second : -1;
  };
  EXPECT_GT(mean(-8), 300'000) << mean(-8);
  EXPECT_GT(mean(10), 0);
  EXPECT_LT(mean(10), 0.5 * mean(-8)) << mean(10) << " " << mean(-8);

  // A person in the area: beam and motion are gone by the PLC's own doing.
  EXPECT_GT(plc.input_long(0), 700);
  control(R"({"cmd":"input","tag":"people_clear","value":false})");
  EXPECT_FALSE(plc.input(47));
  EXPECT_TRUE(plc.input(35));
  EXPECT_EQ(source.ask("BEAM:STAT?"), "READY");
  EXPECT_TRUE(eventually([&] { return plc.input_long(0) == 0; }));
  control(R"({"cmd":"input","tag":"people_clear","value":null})");
  for (const unsigned coil : {0U, 1U, 2U}) plc.coil(coil, false);

  plc.hold(7, 5);  // return to the cab
  ASSERT_TRUE(eventually([&] { return !plc.input(20); }));
  plc.hold(7, 6);
  plc.coil(5, true);   // exit barrier open
  plc.coil(10, true);  // exit light green
  ASSERT_TRUE(eventually([&] { return plc.input(28); }));
  ASSERT_TRUE(eventually([&] { return !plc.input(28); }));
  EXPECT_FALSE(plc.input(27));
  const auto status = control(R"({"cmd":"status"})");
  EXPECT_EQ(status.at("trucks_left"), 1) << status;

  // The portal saw the passage.
  bool occupied = false, ended = false;
  while (const auto line = portal.line(200)) {
    EXPECT_EQ(line->back(), '\r');
    occupied = occupied || line->starts_with("GS,");
    ended = ended || line->starts_with("GX,000001,");
  }
  EXPECT_TRUE(occupied);
  EXPECT_TRUE(ended);
}

TEST_F(Simulated, packet_faults_are_seen_on_the_wire) {
  start();
  DataPort data;
  Wire detector(ports().detector_control);
  detector.send("DET:DEST 127.0.0.1," + std::to_string(data.port()) + "\nDET:ARM\n");
  EXPECT_NE(detector.ask("DET:ARM?"), "0");
  control(R"({"cmd":"fault","kind":"packet-loss","value":0.2})");
  control(R"({"cmd":"fault","kind":"packet-duplicate","value":0.2})");
  control(R"({"cmd":"fault","kind":"packet-corrupt","value":0.2})");
  control(R"({"cmd":"fault","kind":"packet-reorder","value":0.2})");
  detector.send("DET:START\n");
  std::map<std::pair<int, unsigned>, int> seen;
  std::map<int, unsigned> latest;
  int corrupt = 0, backwards = 0;
  unsigned last = 0;
  while (last < 100) {
    const auto datagram = data.datagram(3000);
    ASSERT_TRUE(datagram.has_value());
    if (!crc_good(*datagram)) {
      ++corrupt;
      continue;
    }
    const int module = little_endian<std::uint16_t>(*datagram, 6);
    last = little_endian<std::uint32_t>(*datagram, 40);
    ++seen[{module, last}];
    if (last < latest[module]) ++backwards;
    latest[module] = std::max(latest[module], last);
  }
  int twice = 0;
  for (const auto& [key, times] : seen) twice += times > 1;
  const int sent = 8 * 100;
  EXPECT_GT(corrupt, sent / 20);
  EXPECT_GT(backwards, sent / 20);
  EXPECT_GT(twice, sent / 20);
  EXPECT_LT(static_cast<int>(seen.size()), sent * 9 / 10);
  control(R"({"cmd":"fault","kind":"detector-silent"})");
  while (data.datagram(50)) {
  }
  detector.send("*IDN?\n");
  EXPECT_FALSE(detector.receive(100));
}

/// An independent Modbus client, where the machine has one.
TEST_F(Simulated, pymodbus_reads_and_writes) {
  if (std::system("/usr/bin/python3 -c 'import pymodbus' 2>/dev/null") != 0) {
    if (std::getenv("CI") != nullptr) {
      FAIL() << "python3-pymodbus is missing; packages.txt names it";
    }
    GTEST_SKIP() << "python3-pymodbus is not installed (packages.txt names it)";
  }
  start();
  const std::string program = R"(
import sys, types
# pymodbus imports its serial part even for TCP; where those packages are absent, an empty
# stand-in does, since nothing serial is used.
for name in ('serial', 'serial_asyncio'):
    try:
        __import__(name)
    except ImportError:
        sys.modules[name] = types.ModuleType(name)
        sys.modules[name].create_serial_connection = None
from pymodbus.client import ModbusTcpClient
c = ModbusTcpClient('127.0.0.1', port=int(sys.argv[1]))
assert c.connect()
d = c.read_discrete_inputs(0, 50, slave=1)
assert not d.isError() and d.bits[0] and d.bits[49], d
assert c.read_discrete_inputs(0, 51, slave=1).exception_code == 2
r = c.read_input_registers(0, 15, slave=1)
assert not r.isError() and len(r.registers) == 15 and r.registers[14] == 1, r
assert not c.write_coils(0, [False, False, True], slave=1).isError()
assert c.read_coils(0, 12, slave=1).bits[:3] == [False, False, True]
assert not c.write_registers(2, [0, 400], slave=1).isError()
assert c.read_holding_registers(2, 2, slave=1).registers == [0, 400]
assert c.write_register(6, 1, slave=1).exception_code == 3
assert c.read_input_registers(0, 1, slave=5).exception_code == 11
c.close()
)";
  const fs::path script = folder_ / "client.py";
  std::ofstream(script) << program;
  const std::string command =
      "/usr/bin/python3 " + script.string() + " " + std::to_string(ports().plc);
  EXPECT_EQ(std::system(command.c_str()), 0);
}

}  // namespace
}  // namespace portcullis::simulator
