// The simulated devices' sockets.
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>
#include <system_error>

#include "core/log.h"
#include "firmware_bridge/codec/line_splitter.h"
#include "simulator/live/modbus_rtu.h"
#include "simulator/live/simulation_state.h"

namespace portcullis::simulator {

namespace asio = boost::asio;
namespace bridge = firmware_bridge;

namespace {
/// A request on a serial line has no longer pause in it. A master asks again after 5 ms at the
/// earliest.
constexpr std::chrono::milliseconds kRequestPause{4};
}  // namespace

std::string SimEndpoints::to_json() const {
  return nlohmann::json{{"detector_control", detector_control},
                        {"source_control", source_control},
                        {"plc", plc},
                        {"plc_serial", plc_serial},
                        {"portal", portal},
                        {"camera", camera},
                        {"control_socket", control_socket.string()}}
      .dump();
}

// ---- sockets

core::Status Simulation::State::open_device(TcpServer& server, std::uint16_t wanted,
                                            std::uint16_t& got, std::string_view name,
                                            TcpServer::Welcome welcome) {
  const auto error = server.listen({asio::ip::address_v4::loopback(), wanted}, std::move(welcome));
  if (error) {
    return core::Error{core::ErrorCode::kIo, "simulated " + std::string(name) + ": port " +
                                                 std::to_string(wanted) + ": " + error.message()};
  }
  got = server.endpoint().port();
  return {};
}

core::Status Simulation::State::open_control() {
  std::error_code error;
  if (config.control_socket.empty()) {
    config.control_socket = std::filesystem::temp_directory_path(error) /
                            ("portcullis-sim-" + std::to_string(::getpid()) + ".sock");
  }
  const std::string path = config.control_socket.string();
  // What a killed simulator left behind is taken over; anything else in that place is not ours.
  if (std::filesystem::is_socket(config.control_socket, error)) {
    std::filesystem::remove(config.control_socket, error);
  }
  if (path.size() > 100) {
    return core::Error{core::ErrorCode::kInvalidConfig,
                       "control_socket: " + path + ": a socket's path has at most 100 bytes"};
  }
  const auto failed = control_server.listen(asio::local::stream_protocol::endpoint(path),
                                            [this] { return make_control_handler(); });
  if (failed) {
    return core::Error{core::ErrorCode::kIo, "control_socket: " + path + ": " + failed.message()};
  }
  ::chmod(path.c_str(), 0600);
  endpoints.control_socket = std::filesystem::absolute(config.control_socket, error);
  return {};
}

core::Status Simulation::State::open() {
  PC_CHECK(PlcMap::check());
  PulseTrain::Config train_config;
  train_config.format =
      config.samples_u16 ? bridge::SampleFormat::kU16 : bridge::SampleFormat::kPacked20;
  train_config.seed = config.seed;
  PC_TRY(train, PulseTrain::create(scanner, train_config, clock, board, faults));
  detector = std::make_unique<DetectorDevice>(scanner.geometry, *train);
  for (const TruckConfig& truck : config.trucks) {
    PC_TRY(auto queued, read_truck(truck.scene, truck.gamma_cps));
    queue_truck(std::move(queued));
  }
  PC_CHECK(open_device(
      detector_server, config.detector_control_port, endpoints.detector_control, "detector",
      [this] { return make_scpi_handler(*detector, LiveFault::kDetectorSilent); }));
  PC_CHECK(open_device(source_server, config.source_control_port, endpoints.source_control,
                       "source",
                       [this] { return make_scpi_handler(source, LiveFault::kSourceSilent); }));
  if (config.plc_serial.device.empty()) {
    PC_CHECK(open_device(plc_server, config.plc_port, endpoints.plc, "PLC",
                         [this] { return make_plc_handler(); }));
  } else {
    PC_TRY(endpoints.plc_serial, plc_line.open(config.plc_serial, make_serial_plc_handler()));
  }
  // Portal and camera only speak; what they are told is not looked at.
  const auto deaf = [] { return [](TcpServer::Session&, std::string_view) {}; };
  PC_CHECK(open_device(portal_server, config.portal_port, endpoints.portal, "portal", deaf));
  PC_CHECK(open_device(camera_server, config.camera_port, endpoints.camera, "camera", deaf));
  PC_CHECK(open_control());
  tick(clock.now());
  return {};
}

TcpServer::Session::OnBytes Simulation::State::make_scpi_handler(ScpiDevice& device,
                                                                 LiveFault silent) {
  auto splitter = std::make_shared<bridge::LineSplitter>(bridge::kScpiLineBytesMax);
  return [this, &device, silent, splitter](TcpServer::Session& session, std::string_view bytes) {
    splitter->push(bytes);
    const std::uint64_t overlong_before = splitter->overlong();
    if (faults.active(silent)) {
      splitter->clear();
      return;
    }
    while (const auto line = splitter->next()) {
      if (const auto reply = device.handle(*line, clock.now())) session.send(*reply + "\n");
    }
    for (std::uint64_t i = overlong_before; i < splitter->overlong(); ++i) device.note_overlong();
    update_board();  // a withdrawn beam is gone at the next pulse, not at the next tick
  };
}

std::optional<ModbusException> Simulation::State::plc_exception() const {
  if (!faults.active(LiveFault::kPlcException)) return std::nullopt;
  return static_cast<ModbusException>(
      static_cast<std::uint8_t>(faults.value(LiveFault::kPlcException)));
}

/// Half of it, or late, where that is the fault.
void Simulation::State::send_plc(std::vector<std::uint8_t> reply,
                                 std::function<void(std::string)> send) {
  if (faults.active(LiveFault::kPlcShort)) reply.resize(reply.size() / 2);
  std::string text(reply.begin(), reply.end());
  if (!faults.active(LiveFault::kPlcSlow)) return send(std::move(text));
  auto delay = std::make_shared<asio::steady_timer>(
      io, std::chrono::microseconds(
              static_cast<std::int64_t>(faults.value(LiveFault::kPlcSlow) * 1000)));
  delay->async_wait([delay, send = std::move(send),
                     text = std::move(text)](const boost::system::error_code& error) {
    if (!error) send(text);
  });
}

SerialLineServer::OnBytes Simulation::State::make_serial_plc_handler() {
  auto framer = std::make_shared<ModbusRtuFramer>();
  auto silence = std::make_shared<asio::steady_timer>(io);
  return [this, framer, silence](std::string_view bytes) {
    framer->push({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
    while (const auto request = framer->next()) {
      if (faults.active(LiveFault::kPlcSilent)) continue;
      std::vector<std::uint8_t> reply = slave.answer_serial(*request, plc_exception());
      if (reply.empty()) continue;  // another unit's
      if (faults.active(LiveFault::kPlcWrongUnit)) ++reply[0];
      const std::uint16_t crc = modbus_rtu_crc(reply);
      reply.push_back(static_cast<std::uint8_t>(crc & 0xFF));
      reply.push_back(static_cast<std::uint8_t>(crc >> 8));
      send_plc(std::move(reply), [this](const std::string& text) { plc_line.send(text); });
    }
    silence->expires_after(kRequestPause);
    silence->async_wait([framer](const boost::system::error_code& error) {
      if (!error) framer->clear();
    });
  };
}

TcpServer::Session::OnBytes Simulation::State::make_plc_handler() {
  auto framer = std::make_shared<ModbusFramer>();
  return [this, framer](TcpServer::Session& session, std::string_view bytes) {
    framer->push({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
    while (const auto frame = framer->next()) {
      if (faults.active(LiveFault::kPlcSilent)) continue;
      if (faults.active(LiveFault::kPlcDisconnect)) return session.close();
      std::vector<std::uint8_t> reply = slave.answer_frame(*frame, plc_exception());
      if (faults.active(LiveFault::kPlcWrongUnit)) ++reply[6];
      if (faults.active(LiveFault::kPlcWrongTransaction)) reply[0] ^= 0x55;
      send_plc(std::move(reply), [peer = session.shared_from_this()](std::string text) {
        peer->send(std::move(text));
      });
    }
    if (framer->lost()) session.close();
  };
}

UnixServer::Session::OnBytes Simulation::State::make_control_handler() {
  auto client = std::make_shared<ControlClient>();
  return [this, client](UnixServer::Session& session, std::string_view bytes) {
    const std::uint64_t overlong_before = client->splitter.overlong();
    client->splitter.push(bytes);
    while (const auto line = client->splitter.next()) {
      if (!line->empty()) client->asked.emplace_back(*line);
    }
    serve_control(session.shared_from_this(), client);
    if (client->splitter.overlong() != overlong_before) {
      session.send(nlohmann::json{{"ok", false}, {"error", "request too long"}}.dump() + "\n");
    }
  };
}

}  // namespace portcullis::simulator
