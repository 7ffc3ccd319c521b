#include "simulator/live/simulation.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/eventually.h"

// Every device over its real socket, spoken to with bytes written here by hand: none of the
// product's codecs is used, so that a mistake in one cannot cancel out.

namespace portcullis::simulator {
namespace {

namespace fs = std::filesystem;
using Bytes = std::vector<std::uint8_t>;
using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds kBound{20};

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

/// A blocking client with a bound on every wait.
class Wire {
 public:
  explicit Wire(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const sockaddr_in address = loopback(port);
    EXPECT_EQ(::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0)
        << port;
  }
  explicit Wire(const fs::path& path) : fd_(::socket(AF_UNIX, SOCK_STREAM, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    EXPECT_EQ(::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0)
        << path;
  }
  ~Wire() { ::close(fd_); }
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  void send(std::string_view bytes) {
    EXPECT_EQ(::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(bytes.size()));
  }
  /// Waits up to `wait_ms` for some bytes; false at end of stream or time.
  bool receive(int wait_ms) {
    pollfd ready{fd_, POLLIN, 0};
    if (::poll(&ready, 1, wait_ms) != 1) return false;
    std::array<char, 4096> chunk{};
    const ssize_t got = ::recv(fd_, chunk.data(), chunk.size(), 0);
    if (got <= 0) {
      closed_ = true;
      return false;
    }
    buffer_.append(chunk.data(), static_cast<std::size_t>(got));
    return true;
  }
  std::optional<std::string> line(int wait_ms = 5000) {
    const auto end_time = Clock::now() + std::chrono::milliseconds(wait_ms);
    while (true) {
      if (const auto end = buffer_.find('\n'); end != std::string::npos) {
        std::string line = buffer_.substr(0, end);
        buffer_.erase(0, end + 1);
        return line;
      }
      const auto left =
          std::chrono::duration_cast<std::chrono::milliseconds>(end_time - Clock::now()).count();
      if (left <= 0 || !receive(static_cast<int>(left))) return std::nullopt;
    }
  }
  std::string ask(std::string_view request) {
    send(std::string(request) + "\n");
    return line().value_or("(no reply)");
  }
  std::optional<Bytes> take(std::size_t count) {
    while (buffer_.size() < count) {
      if (!receive(5000)) return std::nullopt;
    }
    Bytes bytes(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(count));
    buffer_.erase(0, count);
    return bytes;
  }
  [[nodiscard]] bool closed() const { return closed_; }

 private:
  int fd_;
  std::string buffer_;
  bool closed_ = false;
};

/// Modbus frames by hand.
class PlcWire : public Wire {
 public:
  explicit PlcWire(std::uint16_t port) : Wire(port) {}
  /// The reply PDU; empty where none came.
  Bytes exchange(const Bytes& pdu) {
    transaction_ = (transaction_ + 1) & 0xFFFF;
    std::string frame{static_cast<char>(transaction_ >> 8),
                      static_cast<char>(transaction_ & 0xFF),
                      0,
                      0,
                      0,
                      static_cast<char>(pdu.size() + 1),
                      1};
    frame.append(pdu.begin(), pdu.end());
    send(frame);
    const auto header = take(7);
    if (!header) return {};
    EXPECT_EQ((*header)[0] << 8 | (*header)[1], transaction_);
    return take(static_cast<std::size_t>((*header)[5]) - 1).value_or(Bytes{});
  }
  bool input(unsigned address) {
    const Bytes reply = exchange({2, 0, static_cast<std::uint8_t>(address), 0, 1});
    EXPECT_EQ(reply.size(), 3U);
    return reply.size() == 3 && (reply[2] & 1) != 0;
  }
  int input_register(unsigned address) {
    const Bytes reply = exchange({4, 0, static_cast<std::uint8_t>(address), 0, 1});
    EXPECT_EQ(reply.size(), 4U);
    return reply.size() == 4 ? reply[2] << 8 | reply[3] : -1;
  }
  int input_long(unsigned address) {
    return static_cast<int>(static_cast<unsigned>(input_register(address)) << 16 |
                            static_cast<unsigned>(input_register(address + 1)));
  }
  void coil(unsigned address, bool on) {
    EXPECT_EQ(exchange({5, 0, static_cast<std::uint8_t>(address),
                        static_cast<std::uint8_t>(on ? 0xFF : 0), 0})
                  .size(),
              5U);
  }
  void hold(unsigned address, unsigned value) {
    EXPECT_EQ(exchange({6, 0, static_cast<std::uint8_t>(address),
                        static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)})
                  .size(),
              5U);
  }
  void beat() { hold(0, ++heartbeat_ & 0xFFFFU); }

 private:
  unsigned transaction_ = 0, heartbeat_ = 0;
};

/// Receives datagrams.
class DataPort {
 public:
  DataPort() : fd_(::socket(AF_INET, SOCK_DGRAM, 0)) {
    const int bytes = 8 << 20;
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
    sockaddr_in address = loopback(0);
    EXPECT_EQ(::bind(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    socklen_t size = sizeof address;
    ::getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
  }
  ~DataPort() { ::close(fd_); }
  DataPort(const DataPort&) = delete;
  DataPort& operator=(const DataPort&) = delete;

  std::optional<Bytes> datagram(int wait_ms) {
    pollfd ready{fd_, POLLIN, 0};
    if (::poll(&ready, 1, wait_ms) != 1) return std::nullopt;
    Bytes bytes(65536);
    const ssize_t got = ::recv(fd_, bytes.data(), bytes.size(), 0);
    if (got < 0) return std::nullopt;
    bytes.resize(static_cast<std::size_t>(got));
    return bytes;
  }
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  int fd_;
  std::uint16_t port_ = 0;
};

template <class T>
T little_endian(const Bytes& bytes, std::size_t at) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i)
    value |= static_cast<std::uint64_t>(bytes[at + i]) << 8 * i;
  return static_cast<T>(value);
}

/// CRC-32C bit by bit (RFC 3720).
std::uint32_t crc32c_by_bits(const Bytes& bytes) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const std::uint8_t byte : bytes) {
    crc ^= byte;
    for (int i = 0; i < 8; ++i) crc = crc >> 1 ^ (crc & 1 ? 0x82F63B78U : 0);
  }
  return ~crc;
}

bool crc_good(Bytes datagram) {
  const auto stored = little_endian<std::uint32_t>(datagram, 60);
  std::fill(datagram.begin() + 60, datagram.begin() + 64, std::uint8_t{0});
  return crc32c_by_bits(datagram) == stored;
}

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
    const auto json = nlohmann::json::parse(reply, nullptr, false);
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
