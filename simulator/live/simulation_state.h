#pragma once

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "firmware_bridge/codec/line_splitter.h"
#include "plc/tags/tag_map.h"
#include "simulator/live/bay_yard.h"
#include "simulator/live/camera_device.h"
#include "simulator/live/control_request.h"
#include "simulator/live/detector_device.h"
#include "simulator/live/fault_table.h"
#include "simulator/live/lane_world.h"
#include "simulator/live/modbus_slave.h"
#include "simulator/live/plc_map.h"
#include "simulator/live/portal_device.h"
#include "simulator/live/pulse_train.h"
#include "simulator/live/safety_plc.h"
#include "simulator/live/scene_faults.h"
#include "simulator/live/scene_renderer.h"
#include "simulator/live/serial_line.h"
#include "simulator/live/simulation.h"
#include "simulator/live/source_device.h"
#include "simulator/live/stream_server.h"

// What simulation.cpp (the lane's time), simulation_wires.cpp (sockets) and
// simulation_control.cpp (the control socket) share. No other file includes it.

namespace portcullis::simulator {

/// A truck on its way: its scene, and its rays once they are traced.
struct Truck {
  std::uint64_t number = 0;
  std::shared_ptr<const Scene> scene;
  double gamma_cps = 0;
  bool traced = false;
  std::shared_ptr<const SceneRays> rays;
};

/// One client of the control socket.
struct ControlClient {
  firmware_bridge::LineSplitter splitter{kControlLineBytesMax};
  std::deque<std::string> asked;
  bool reading_scene = false;
};

core::Result<Scene> load_truck_scene(const std::filesystem::path& path, const std::string& scanner);

struct Simulation::State {
  State(const SimConfig& simulation_config, Scanner simulation_scanner,
        const core::Clock& machine_clock)
      : config(simulation_config),
        scanner(std::move(simulation_scanner)),
        clock(machine_clock),
        started(clock.now()),
        world(config.timing, config.gantry, started, config.drive_through),
        plc(config.warning_s, started, config.drive_through.on),
        map(config.plc_map ? *config.plc_map : portcullis::plc::TagMap::built_in()),
        tables(PlcMap::make_tables(map)),
        slave(tables, map.unit(),
              [this](const std::vector<std::uint16_t>& holding, std::size_t first,
                     std::size_t count) {
                return PlcMap::holding_in_range(holding, first, count, map);
              }),
        yard(config.timing),
        source(scanner.geometry, config.source_warm_up_s),
        portal({config.gamma_background_cps, config.neutron_background_cps, 12, config.seed},
               started),
        camera(config.seed, config.camera_pictures),
        renderer(scanner, config.render_step_mm, config.gantry.travel_from_mm,
                 config.gantry.travel_to_mm) {}

  core::Status open();
  core::Status open_device(TcpServer& server, std::uint16_t wanted, std::uint16_t& got,
                           std::string_view name, TcpServer::Welcome welcome);
  core::Status open_control();
  TcpServer::Session::OnBytes make_scpi_handler(ScpiDevice& device, LiveFault silent);
  TcpServer::Session::OnBytes make_plc_handler();
  SerialLineServer::OnBytes make_serial_plc_handler();
  [[nodiscard]] std::optional<ModbusException> plc_exception() const;
  void send_plc(std::vector<std::uint8_t> reply, std::function<void(std::string)> send);
  UnixServer::Session::OnBytes make_control_handler();
  void run();
  void schedule_tick();
  void tick(core::TimePoint now);
  void move_trucks(core::TimePoint now);
  void begin_scene_faults(core::TimePoint now);
  void disturb_inputs(core::TimePoint now);
  void move_bays(core::TimePoint now, const PlcCommands& commands);
  void move_portal_and_camera(core::TimePoint now);
  void update_board();
  [[nodiscard]] core::Status check_fault(LiveFault fault) const;
  [[nodiscard]] core::Result<std::shared_ptr<Truck>> read_truck(const std::filesystem::path& scene,
                                                                double gamma_cps) const;
  std::uint64_t queue_truck(std::shared_ptr<Truck> truck);

  /// Answers what one client of the control socket has asked, in order, up to a truck whose scene
  /// is still being read.
  void serve_control(const UnixServer::SessionPtr& session,
                     const std::shared_ptr<ControlClient>& client);
  nlohmann::json carry_out(const ControlRequest& request);
  [[nodiscard]] nlohmann::json status() const;

  SimConfig config;
  Scanner scanner;
  const core::Clock& clock;
  core::TimePoint started;
  SimEndpoints endpoints;

  LaneWorld world;
  SafetyPlc plc;
  const portcullis::plc::TagMap& map;  // of config, or the built-in one
  ModbusTables tables;
  ModbusSlave slave;
  PlcDiscreteInputs inputs;
  PlcInputRegisters registers;
  PlcDiscreteInputs frozen_inputs;  ///< As last published before the PLC froze.
  PlcInputRegisters frozen_registers;
  BayYard yard;
  std::uint16_t bay_target = 0;      ///< Of the truck that drives out; 0: away.
  bool goes_round = false;           ///< It drives round to the entry.
  std::shared_ptr<Truck> left_last;  ///< The truck that is or was in the lane last.
  std::map<std::uint64_t, std::shared_ptr<Truck>> in_yard;  ///< By number; on its way there, too.
  std::vector<std::pair<const PlcInputName*, bool>> forced_inputs;
  SourceDevice source;
  PortalDevice portal;
  CameraDevice camera;
  FaultTable faults;
  SceneFaults scene_faults;
  std::shared_ptr<Truck> scene_faults_of;  ///< The truck they are of.
  PulseSceneBoard board;
  std::unique_ptr<PulseTrain> train;
  std::unique_ptr<DetectorDevice> detector;
  SceneRenderer renderer;

  std::deque<std::shared_ptr<Truck>> queue;
  std::shared_ptr<Truck> current, rendering;
  std::uint64_t trucks_queued = 0;
  std::uint64_t trucks_entered_seen = 0;
  std::string scene_error;

  boost::asio::io_context io{1};
  boost::asio::steady_timer timer{io};
  TcpServer detector_server{io}, source_server{io}, plc_server{io}, portal_server{io},
      camera_server{io};
  UnixServer control_server{io};
  SerialLineServer plc_line{io};
  std::thread thread;
  /// Reads scenes: a tenth of a second or more, in which the PLC would not answer.
  boost::asio::thread_pool scene_reader{1};
};

}  // namespace portcullis::simulator
