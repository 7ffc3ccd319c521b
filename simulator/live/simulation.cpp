#include "simulator/live/simulation.h"

#include <pthread.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cmath>
#include <deque>
#include <exception>
#include <nlohmann/json.hpp>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "core/log.h"
#include "core/time.h"
#include "firmware_bridge/codec/line_splitter.h"
#include "plc/tags/tags.h"
#include "simulator/live/bay_yard.h"
#include "simulator/live/camera_device.h"
#include "simulator/live/control_request.h"
#include "simulator/live/detector_device.h"
#include "simulator/live/fault_table.h"
#include "simulator/live/lane_world.h"
#include "simulator/live/plc_map.h"
#include "simulator/live/portal_device.h"
#include "simulator/live/pulse_train.h"
#include "simulator/live/safety_plc.h"
#include "simulator/live/scene_renderer.h"
#include "simulator/live/source_device.h"
#include "simulator/live/stream_server.h"

namespace portcullis::simulator {

namespace asio = boost::asio;
namespace bridge = firmware_bridge;
namespace {

constexpr std::chrono::milliseconds kTick{5};

/// A truck on its way: its scene, and its rays once they are traced.
struct Truck {
  std::uint64_t number = 0;
  std::shared_ptr<const Scene> scene;
  double gamma_cps = 0;
  bool traced = false;
  std::shared_ptr<const SceneRays> rays;
};

core::Result<Scene> load_truck_scene(const std::filesystem::path& path,
                                     const std::string& scanner) {
  PC_TRY(Scene scene, load_scene(path));
  if (scene.scanner != scanner) {
    return core::Error{core::ErrorCode::kInvalidConfig,
                       path.string() + ": scan.scanner: \"" + scene.scanner +
                           "\" is not this lane's \"" + scanner + "\""};
  }
  if (!scene.faults.empty()) {
    return core::Error{core::ErrorCode::kUnsupported,
                       path.string() +
                           ": fault: the live simulator takes faults from its control "
                           "socket, not from a scene"};
  }
  return scene;
}

double cpu_share(std::uint64_t cpu_ns, double wall_s) {
  return wall_s > 0 ? static_cast<double>(cpu_ns) * 1e-9 / wall_s : 0;
}

}  // namespace

std::string SimEndpoints::to_json() const {
  return nlohmann::json{{"detector_control", detector_control},
                        {"source_control", source_control},
                        {"plc", plc},
                        {"portal", portal},
                        {"camera", camera},
                        {"control_socket", control_socket.string()}}
      .dump();
}

struct Simulation::State {
  State(const SimConfig& simulation_config, Scanner simulation_scanner,
        const core::Clock& machine_clock)
      : config(simulation_config),
        scanner(std::move(simulation_scanner)),
        clock(machine_clock),
        started(clock.now()),
        world(config.timing, config.gantry, started),
        plc(config.warning_s, started),
        tables(PlcMap::make_tables()),
        slave(tables, plc::kModbusUnit, &PlcMap::holding_in_range),
        yard(config.timing),
        source(scanner.geometry, config.source_warm_up_s),
        portal({config.gamma_background_cps, config.neutron_background_cps, 12, config.seed},
               started),
        camera(config.seed),
        renderer(scanner, config.render_step_mm, config.gantry.travel_from_mm,
                 config.gantry.travel_to_mm) {}

  core::Status open();
  core::Status open_device(TcpServer& server, std::uint16_t wanted, std::uint16_t& got,
                           std::string_view name, TcpServer::Welcome welcome);
  core::Status open_control();
  TcpServer::Session::OnBytes make_scpi_handler(ScpiDevice& device, LiveFault silent);
  TcpServer::Session::OnBytes make_plc_handler();
  UnixServer::Session::OnBytes make_control_handler();
  void run();
  void schedule_tick();
  void tick(core::TimePoint now);
  void move_trucks(core::TimePoint now);
  void move_bays(core::TimePoint now, const PlcCommands& commands);
  void move_portal_and_camera(core::TimePoint now);
  void update_board();
  core::Result<std::uint64_t> queue_truck(const std::filesystem::path& scene, double gamma_cps);

  nlohmann::json answer(const std::string& line);
  nlohmann::json carry_out(const ControlRequest& request);
  [[nodiscard]] nlohmann::json status() const;

  SimConfig config;
  Scanner scanner;
  const core::Clock& clock;
  core::TimePoint started;
  SimEndpoints endpoints;

  LaneWorld world;
  SafetyPlc plc;
  ModbusTables tables;
  ModbusSlave slave;
  PlcDiscreteInputs inputs;
  PlcInputRegisters registers;
  BayYard yard;
  std::uint16_t bay_target = 0;  ///< Of the truck that drives out; 0: away.
  std::uint64_t bay_truck = 0;   ///< Number of the truck that is or was in the lane last.
  std::vector<std::pair<const PlcInputName*, bool>> forced_inputs;
  SourceDevice source;
  PortalDevice portal;
  CameraDevice camera;
  FaultTable faults;
  PulseSceneBoard board;
  std::unique_ptr<PulseTrain> train;
  std::unique_ptr<DetectorDevice> detector;
  SceneRenderer renderer;

  std::deque<std::shared_ptr<Truck>> queue;
  std::shared_ptr<Truck> current, rendering;
  std::uint64_t trucks_queued = 0;
  std::uint64_t trucks_entered_seen = 0;
  std::string scene_error;

  asio::io_context io{1};
  asio::steady_timer timer{io};
  TcpServer detector_server{io}, source_server{io}, plc_server{io}, portal_server{io},
      camera_server{io};
  UnixServer control_server{io};
  std::thread thread;
};

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
    if (auto queued = queue_truck(truck.scene, truck.gamma_cps); !queued.ok()) {
      return queued.error();
    }
  }
  PC_CHECK(open_device(
      detector_server, config.detector_control_port, endpoints.detector_control, "detector",
      [this] { return make_scpi_handler(*detector, LiveFault::kDetectorSilent); }));
  PC_CHECK(open_device(source_server, config.source_control_port, endpoints.source_control,
                       "source",
                       [this] { return make_scpi_handler(source, LiveFault::kSourceSilent); }));
  PC_CHECK(open_device(plc_server, config.plc_port, endpoints.plc, "PLC",
                       [this] { return make_plc_handler(); }));
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

TcpServer::Session::OnBytes Simulation::State::make_plc_handler() {
  auto framer = std::make_shared<ModbusFramer>();
  return [this, framer](TcpServer::Session& session, std::string_view bytes) {
    framer->push({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
    while (const auto frame = framer->next()) {
      if (faults.active(LiveFault::kPlcSilent)) continue;
      std::optional<ModbusException> forced;
      if (faults.active(LiveFault::kPlcException)) {
        forced = static_cast<ModbusException>(
            static_cast<std::uint8_t>(faults.value(LiveFault::kPlcException)));
      }
      const std::vector<std::uint8_t> reply = slave.answer_frame(*frame, forced);
      std::string text(reply.begin(), reply.end());
      if (!faults.active(LiveFault::kPlcSlow)) {
        session.send(std::move(text));
        continue;
      }
      auto delay = std::make_shared<asio::steady_timer>(
          io, std::chrono::microseconds(
                  static_cast<std::int64_t>(faults.value(LiveFault::kPlcSlow) * 1000)));
      delay->async_wait([delay, peer = session.shared_from_this(),
                         text = std::move(text)](const boost::system::error_code& error) {
        if (!error) peer->send(text);
      });
    }
    if (framer->lost()) session.close();
  };
}

UnixServer::Session::OnBytes Simulation::State::make_control_handler() {
  auto splitter = std::make_shared<bridge::LineSplitter>(kControlLineBytesMax);
  return [this, splitter](UnixServer::Session& session, std::string_view bytes) {
    const std::uint64_t overlong_before = splitter->overlong();
    splitter->push(bytes);
    while (const auto line = splitter->next()) {
      if (line->empty()) continue;
      session.send(answer(std::string(*line)).dump() + "\n");
    }
    if (splitter->overlong() != overlong_before) {
      session.send(nlohmann::json{{"ok", false}, {"error", "request too long"}}.dump() + "\n");
    }
  };
}

// ---- the lane

void Simulation::State::run() {
  ::pthread_setname_np(::pthread_self(), "sim-lane");
  // A PLC keeps its rhythm whatever else the machine does; where that is not allowed, status of
  // the detector's thread says so for both.
  sched_param priority{};
  priority.sched_priority = 5;
  [[maybe_unused]] const int refused =
      ::pthread_setschedparam(::pthread_self(), SCHED_FIFO, &priority);
  schedule_tick();
  try {
    io.run();
  } catch (const std::exception& error) {
    core::log_error("simulator", std::string("stopped serving: ") + error.what());
  }
}

void Simulation::State::schedule_tick() {
  timer.expires_after(kTick);
  timer.async_wait([this](const boost::system::error_code& error) {
    if (error) return;
    tick(clock.now());
    schedule_tick();
  });
}

void Simulation::State::tick(core::TimePoint now) {
  faults.expire(now);
  world.set_lamp_failed(faults.active(LiveFault::kLampFailed));
  world.set_door_forced_open(faults.active(LiveFault::kDoorOpen));
  plc.set_heartbeat_frozen(faults.active(LiveFault::kHeartbeatFrozen));
  source.set_hardware_fault(faults.active(LiveFault::kSourceFault));

  const PlcCommands commands = PlcMap::read_commands(tables);
  move_trucks(now);
  world.tick(now, wire_outputs(commands, inputs, plc), current != nullptr && current->traced);
  move_portal_and_camera(now);

  const auto force = [this] {
    for (const auto& [input, value] : forced_inputs) inputs.*input->member = value;
  };
  inputs = PlcDiscreteInputs{};
  wire_inputs(world.facts(), inputs);
  inputs.beam_sensed = source.beam_on();
  if (faults.active(LiveFault::kEstop)) {
    inputs.estop_chain_healthy = inputs.estop_panel_ok = false;
  }
  force();
  plc.tick(now, inputs, commands);
  force();
  source.tick(now,
              {inputs.beam_permit_granted, inputs.source_hv_contactor, inputs.trigger_inhibit});

  const LaneFacts& facts = world.facts();
  registers.speed_mm_s = static_cast<std::int32_t>(std::lround(facts.speed_mm_s));
  registers.encoder_counts = encoder_counts_at(scanner.geometry, facts.position_mm);
  registers.gantry_position_mm = static_cast<std::int32_t>(std::lround(facts.position_mm));
  registers.area_dose_rate_nsv_h = source.beam_on() ? 450 : 80;
  registers.plc_heartbeat = plc.heartbeat();
  registers.command_echo = plc.command_echo();
  registers.fault_word = plc.fault_word();
  registers.first_out_code = plc.first_out_code();
  registers.first_out_time_ms = plc.first_out_time_ms();
  registers.plc_mode = plc.mode();
  move_bays(now, commands);
  PlcMap::publish(inputs, registers, tables);
  update_board();
}

/// A truck that drives out under "go to bay 3" drives there once it has left the lane.
void Simulation::State::move_bays(core::TimePoint now, const PlcCommands& commands) {
  const std::uint16_t message = commands.driver_panel_message;
  if (world.truck() == TruckState::kLeaving) {
    if (message > panel::kGoToBay && message <= panel::kGoToBay + panel::kBays)
      bay_target = static_cast<std::uint16_t>(message - panel::kGoToBay);
  } else if (bay_target != 0) {
    yard.truck_comes(bay_target, bay_truck, now);
    bay_target = 0;
  }
  if (current) bay_truck = current->number;
  yard.tick(now, commands.bays_exit_open);
  registers.bays_occupied = yard.occupied();
  registers.bays_free = yard.free();
}

void Simulation::State::move_trucks(core::TimePoint now) {
  if (world.truck() == TruckState::kNone) {
    current.reset();
    if (!queue.empty() && world.next_may_arrive(now)) {
      current = queue.front();
      queue.pop_front();
      if (config.repeat) {
        auto again = std::make_shared<Truck>(*current);
        again->number = ++trucks_queued;
        queue.push_back(std::move(again));
      }
      world.truck_arrives(now);
    }
  }
  if (auto done = renderer.take(); done && rendering) {
    if (done->ok()) {
      rendering->rays = std::move(*done).value();
      rendering->traced = true;
    } else {
      scene_error = rendering->scene->path.string() + ": " + done->error().message;
      core::log_error("simulator", "truck turned away: " + scene_error);
      if (rendering == current) {
        world.truck_turns_away(now);
        current.reset();
      } else {
        std::erase(queue, rendering);
      }
    }
    rendering.reset();
  }
  if (!renderer.busy()) {
    if (current && !current->traced) {
      rendering = current;
    } else if (!queue.empty() && !queue.front()->traced) {
      rendering = queue.front();
    }
    if (rendering) renderer.begin(rendering->scene);
  }
}

void Simulation::State::move_portal_and_camera(core::TimePoint now) {
  std::optional<PortalDevice::Passage> passage;
  const bool entering = world.truck() == TruckState::kEntering;
  if (world.trucks_entered() != trucks_entered_seen) {
    trucks_entered_seen = world.trucks_entered();
    camera.vehicle(current->scene->identity());
  }
  if (entering) passage = PortalDevice::Passage{world.drive_share(), current->gamma_cps};
  for (const std::string& line : portal.tick(now, passage)) {
    if (!faults.active(LiveFault::kPortalSilent)) portal_server.send_all(line + "\r\n");
  }
  if (entering) {
    for (const std::string& line : camera.tick(world.drive_share(), clock.utc_now())) {
      camera_server.send_all(line + "\n");
    }
  }
}

void Simulation::State::update_board() {
  PulseScene scene;
  scene.motion = world.motion();
  scene.beam_on = source.beam_on();
  scene.dose_factor = source.dose_factor();
  const TruckState truck = world.truck();
  const bool inside = truck != TruckState::kNone && truck != TruckState::kWaiting &&
                      truck != TruckState::kEntering && truck != TruckState::kLeaving;
  if (inside && current) {
    scene.rays = current->rays;
    scene.noise = current->scene->noise;
  }
  board.set(std::move(scene));
}

core::Result<std::uint64_t> Simulation::State::queue_truck(const std::filesystem::path& path,
                                                           double gamma_cps) {
  PC_TRY(Scene scene, load_truck_scene(path, config.scanner));
  auto truck = std::make_shared<Truck>();
  truck->number = ++trucks_queued;
  truck->scene = std::make_shared<const Scene>(std::move(scene));
  truck->gamma_cps = gamma_cps;
  queue.push_back(truck);
  return truck->number;
}

// ---- control

nlohmann::json Simulation::State::answer(const std::string& line) {
  const core::Result<ControlRequest> request = parse_control_request(line);
  if (!request.ok()) return {{"ok", false}, {"error", request.error().message}};
  return carry_out(request.value());
}

nlohmann::json Simulation::State::carry_out(const ControlRequest& request) {
  const auto refused = [](const core::Error& error) {
    return nlohmann::json{{"ok", false}, {"error", error.message}};
  };
  switch (request.command) {
    case ControlCommand::kTruck: {
      const auto queued = queue_truck(request.scene, request.gamma_cps);
      if (!queued.ok()) return refused(queued.error());
      return {{"ok", true}, {"truck", queued.value()}, {"queue", queue.size()}};
    }
    case ControlCommand::kStatus:
      return status();
    case ControlCommand::kClock:
      return {{"ok", true},
              {"utc", core::to_iso8601(clock.utc_now())},
              {"running_s", std::chrono::duration<double>(clock.now() - started).count()}};
    case ControlCommand::kFault: {
      if (request.clear) {
        faults.clear(request.fault);
      } else if (auto set = faults.set(request.fault, request.value, request.for_s, clock.now());
                 !set.ok()) {
        return refused(set.error());
      }
      tick(clock.now());
      return {{"ok", true}};
    }
    case ControlCommand::kInput: {
      std::erase_if(forced_inputs, [&](const auto& f) { return f.first == request.input; });
      if (request.input_value) forced_inputs.emplace_back(request.input, *request.input_value);
      tick(clock.now());
      return {{"ok", true}};
    }
  }
  return {{"ok", false}, {"error", "unknown command"}};
}

nlohmann::json Simulation::State::status() const {
  const core::TimePoint now = clock.now();
  const PulseTrain::Figures figures = train->figures();
  const double running_s = std::chrono::duration<double>(now - started).count();
  nlohmann::json truck = {
      {"state", truck_state_name(world.truck())},
      {"since_s", std::chrono::duration<double>(now - world.truck_since()).count()},
      {"waits_for", world.waits_for()}};
  if (current) {
    truck["number"] = current->number;
    truck["scene"] = current->scene->path.string();
    truck["traced"] = current->traced;
  }
  static constexpr const char* kBeamNames[] = {"off", "warming", "ready", "on", "fault"};
  nlohmann::json active = nlohmann::json::array();
  for (std::size_t i = 0; i < kLiveFaultCount; ++i) {
    const auto fault = static_cast<LiveFault>(i);
    if (faults.active(fault)) active.push_back(live_fault_name(fault));
  }
  nlohmann::json forced = nlohmann::json::object();
  for (const auto& [input, value] : forced_inputs) forced[std::string(input->name)] = value;
  nlohmann::json bays = nlohmann::json::array();
  for (unsigned i = 0; i < panel::kBays; ++i) {
    const BayYard::Bay& bay = yard.bays()[i];
    if (bay.where != BayTruck::kNone)
      bays.push_back({{"bay", i + 1}, {"truck", bay.truck}, {"state", bay_truck_name(bay.where)}});
  }
  timespec used{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return {{"ok", true},
          {"running_s", running_s},
          {"process_cpu_s",
           static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) * 1e-9},
          {"truck", std::move(truck)},
          {"queue", queue.size()},
          {"trucks_entered", world.trucks_entered()},
          {"trucks_left", world.trucks_left()},
          {"bays", std::move(bays)},
          {"trucks_left_bays", yard.trucks_left()},
          {"rendering",
           {{"scene", rendering ? rendering->scene->path.string() : ""},
            {"share", rendering ? renderer.share() : 0.0},
            {"last_error", scene_error}}},
          {"gantry",
           {{"position_mm", world.motion().position_at(now)},
            {"speed_mm_s", world.motion().speed_at(now)}}},
          {"source", kBeamNames[static_cast<int>(source.state())]},
          {"plc",
           {{"beam_permit", inputs.beam_permit_granted},
            {"motion_permit", inputs.motion_permit_granted},
            {"search_complete", inputs.search_complete},
            {"lane_alive", plc.lane_alive()},
            {"fault_word", plc.fault_word()},
            {"first_out_code", plc.first_out_code()}}},
          {"detector",
           {{"running", figures.running},
            {"arm_id", train->arm_id()},
            {"pulses", figures.pulses},
            {"datagrams", figures.datagrams},
            {"resent", figures.resent},
            {"late_ms_max", static_cast<double>(figures.late_ns_max) * 1e-6},
            {"cpu_s", static_cast<double>(figures.busy_cpu_ns) * 1e-9},
            {"cpu_share_while_sending",
             cpu_share(figures.busy_cpu_ns,
                       static_cast<double>(figures.pulses) / scanner.geometry.pulse_rate_hz)},
            {"realtime", figures.realtime}}},
          {"clients",
           {{"detector", detector_server.clients()},
            {"source", source_server.clients()},
            {"plc", plc_server.clients()},
            {"portal", portal_server.clients()},
            {"camera", camera_server.clients()}}},
          {"faults", std::move(active)},
          {"inputs_forced", std::move(forced)}};
}

// ---- facade

core::Status check_sim_config(const SimConfig& config) {
  PC_TRY(const Scanner scanner, load_scanner(config.scanner));
  for (const TruckConfig& truck : config.trucks) {
    if (auto scene = load_truck_scene(truck.scene, config.scanner); !scene.ok()) {
      return scene.error();
    }
  }
  return {};
}

Simulation::Simulation(std::unique_ptr<State> state) : state_(std::move(state)) {}

core::Result<std::unique_ptr<Simulation>> Simulation::start(const SimConfig& config,
                                                            const core::Clock& clock) {
  PC_TRY(Scanner scanner, load_scanner(config.scanner));
  auto state = std::make_unique<State>(config, std::move(scanner), clock);
  PC_CHECK(state->open());
  State* running = state.get();
  state->thread = std::thread([running] { running->run(); });
  return std::unique_ptr<Simulation>(new Simulation(std::move(state)));
}

Simulation::~Simulation() {
  stop();
}

const SimEndpoints& Simulation::endpoints() const {
  return state_->endpoints;
}

void Simulation::stop() {
  if (!state_->thread.joinable()) return;
  state_->io.stop();
  state_->thread.join();
  std::error_code ignored;
  std::filesystem::remove(state_->endpoints.control_socket, ignored);
}

}  // namespace portcullis::simulator
