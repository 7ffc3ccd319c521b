// The lane's time: what moves every 5 ms, and the trucks' queue.
#include "simulator/live/simulation.h"

#include <pthread.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <chrono>
#include <cmath>
#include <exception>
#include <system_error>
#include <utility>

#include "core/log.h"
#include "core/time.h"
#include "simulator/live/simulation_state.h"

namespace portcullis::simulator {
namespace {

constexpr std::chrono::milliseconds kTick{5};

}  // namespace

core::Result<Scene> load_truck_scene(const std::filesystem::path& path,
                                     const std::string& scanner) {
  PC_TRY(Scene scene, load_scene(path));
  if (scene.scanner != scanner) {
    return core::Error{core::ErrorCode::kInvalidConfig,
                       path.string() + ": scan.scanner: \"" + scene.scanner +
                           "\" is not this lane's \"" + scanner + "\""};
  }
  PC_CHECK(SceneFaults::check(scene));
  return scene;
}

// ---- the lane

void Simulation::State::run() {
  ::pthread_setname_np(::pthread_self(), "sim-lane");
  // A PLC keeps its rhythm whatever else the machine does, the detector's thread included; where
  // that is not allowed, status of the detector's thread says so for both.
  sched_param priority{};
  priority.sched_priority = 12;
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
  begin_scene_faults(now);
  world.set_lamp_failed(faults.active(LiveFault::kLampFailed));
  world.set_door_forced_open(faults.active(LiveFault::kDoorOpen));
  plc.set_heartbeat_frozen(faults.active(LiveFault::kHeartbeatFrozen));
  source.set_hardware_fault(faults.active(LiveFault::kSourceFault));
  source.set_arcs_per_s(faults.value(LiveFault::kSourceArc));
  source.set_cold(faults.active(LiveFault::kSourceCold));
  source.set_counter_back(faults.active(LiveFault::kSourceLies));

  const PlcCommands commands = PlcMap::read_commands(tables, map);
  move_trucks(now);
  world.tick(now, wire_outputs(commands, inputs, plc), current != nullptr && current->traced);
  move_portal_and_camera(now);

  const auto force = [this] {
    for (const auto& [input, value] : forced_inputs) inputs.*input->member = value;
  };
  inputs = PlcDiscreteInputs{};
  wire_inputs(world.facts(), inputs);
  inputs.beam_sensed = source.beam_on();
  disturb_inputs(now);
  force();
  plc.tick(now, inputs, commands);
  force();
  source.tick(now,
              {inputs.beam_permit_granted, inputs.source_hv_contactor, inputs.trigger_inhibit});

  const LaneFacts& facts = world.facts();
  const std::int32_t encoder_before = registers.encoder_counts;
  const std::int32_t position_before = registers.gantry_position_mm;
  registers.speed_mm_s = static_cast<std::int32_t>(std::lround(facts.speed_mm_s));
  registers.encoder_counts = encoder_counts_at(scanner.geometry, facts.way_mm);
  registers.gantry_position_mm = static_cast<std::int32_t>(std::lround(facts.position_mm));
  if (faults.active(LiveFault::kEncoderFrozen)) {
    registers.encoder_counts = encoder_before;
    registers.gantry_position_mm = position_before;
  }
  if (faults.active(LiveFault::kPositionJump)) {
    registers.gantry_position_mm +=
        static_cast<std::int32_t>(faults.value(LiveFault::kPositionJump));
  }
  registers.area_dose_rate_nsv_h = source.beam_on() ? 450 : 80;
  registers.plc_heartbeat = plc.heartbeat();
  registers.command_echo = plc.command_echo();
  registers.fault_word = plc.fault_word();
  registers.first_out_code = plc.first_out_code();
  registers.first_out_time_ms = plc.first_out_time_ms();
  registers.plc_mode = plc.mode();
  move_bays(now, commands);
  if (faults.active(LiveFault::kPlcFrozen)) {
    // What it says of the world stands still; that it lives and hears still shows.
    frozen_registers.plc_heartbeat = registers.plc_heartbeat;
    frozen_registers.command_echo = registers.command_echo;
    PlcMap::publish(frozen_inputs, frozen_registers, tables, map);
  } else {
    frozen_inputs = inputs;
    frozen_registers = registers;
    PlcMap::publish(inputs, registers, tables, map);
  }
  update_board();
}

void Simulation::State::begin_scene_faults(core::TimePoint now) {
  if (scene_faults_of != current) {
    scene_faults.set_scene(current ? current->scene : nullptr, faults);
    scene_faults_of = current;
  }
  if (!current) return;
  scene_faults.note(SceneEvent::kArrives, now);
  const TruckState truck = world.truck();
  if (truck >= TruckState::kEntering) scene_faults.note(SceneEvent::kEnters, now);
  if (truck >= TruckState::kParked) scene_faults.note(SceneEvent::kParked, now);
  if (truck == TruckState::kLeaving) scene_faults.note(SceneEvent::kLeaves, now);
  if (truck >= TruckState::kParked && source.beam_on()) {
    scene_faults.note(SceneEvent::kBeamOn, now);
  }
  scene_faults.tick(now, faults);
}

/// What the field's sensors say, as the faults that act now have it.
void Simulation::State::disturb_inputs(core::TimePoint now) {
  if (faults.active(LiveFault::kEstop)) {
    inputs.estop_chain_healthy = inputs.estop_panel_ok = false;
  }
  const bool flicker = faults.active(LiveFault::kInterlockFlicker) &&
                       (now - started) / std::chrono::milliseconds(100) % 2 == 0;
  if (flicker || faults.active(LiveFault::kPersonInArea)) inputs.people_clear = false;
  if (faults.active(LiveFault::kChannelsDiffer)) inputs.door_1_closed_b = false;
  if (faults.active(LiveFault::kDoseMonitorFailed)) inputs.dose_monitor_ok = false;
  if (faults.active(LiveFault::kBeamSensed)) inputs.beam_sensed = true;
  if (faults.active(LiveFault::kBypass)) inputs.bypass_active = true;
  if (faults.active(LiveFault::kUpsOnBattery)) inputs.ups_on_battery = true;
  if (faults.active(LiveFault::kKeyOff)) {
    inputs.key_on = false;
    inputs.key_off = true;
  }
}

/// A truck that drives out under "go to bay 3" drives there once it has left the lane; one that is
/// sent round to the entry, from the lane or from its bay, comes again behind those that wait.
void Simulation::State::move_bays(core::TimePoint now, const PlcCommands& commands) {
  const std::uint16_t message = commands.driver_panel_message;
  if (world.truck() == TruckState::kLeaving) {
    if (message > panel::kGoToBay && message <= panel::kGoToBay + panel::kBays)
      bay_target = static_cast<std::uint16_t>(message - panel::kGoToBay);
    goes_round = message == panel::kToEntry;
  } else if (bay_target != 0) {
    yard.truck_comes(bay_target, left_last->number, now);
    in_yard[left_last->number] = left_last;
    bay_target = 0;
  } else if (std::exchange(goes_round, false)) {
    queue.push_back(left_last);
  }
  if (current) left_last = current;
  yard.tick(now, commands.bays_exit_open, commands.bays_to_entry);
  for (const std::uint64_t number : yard.take_gone_round()) queue.push_back(in_yard.at(number));
  std::erase_if(in_yard, [this](const auto& truck) {
    return std::none_of(yard.bays().begin(), yard.bays().end(),
                        [&](const BayYard::Bay& bay) { return bay.truck == truck.first; });
  });
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
  portal.set_frozen(faults.active(LiveFault::kPortalFrozen));
  portal.set_tamper(faults.active(LiveFault::kPortalTamper));
  portal.set_background_high(faults.active(LiveFault::kPortalBackgroundHigh));
  for (std::string& line : portal.tick(now, passage)) {
    if (faults.active(LiveFault::kPortalSilent)) continue;
    if (faults.active(LiveFault::kPortalGarbage) && line.size() > 4) line[4] = 'x';
    portal_server.send_all(line + "\r\n");
  }
  if (entering) {
    for (const std::string& line : camera.tick(world.drive_share(), clock.utc_now(),
                                               faults.active(LiveFault::kCameraMisreads))) {
      if (!faults.active(LiveFault::kCameraSilent)) camera_server.send_all(line + "\n");
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

/// Some faults are of TCP alone.
core::Status Simulation::State::check_fault(LiveFault fault) const {
  const bool tcp = fault == LiveFault::kPlcDisconnect || fault == LiveFault::kPlcWrongTransaction;
  if (!tcp || config.plc_serial.device.empty()) return {};
  return core::Error{core::ErrorCode::kUnsupported,
                     std::string(live_fault_name(fault)) +
                         ": this PLC is on a serial line, which has no such fault"};
}

core::Result<std::shared_ptr<Truck>> Simulation::State::read_truck(
    const std::filesystem::path& path, double gamma_cps) const {
  PC_TRY(Scene scene, load_truck_scene(path, config.scanner));
  for (const SceneFault& fault : scene.faults) {
    if (const auto kind = find_live_fault(fault.kind)) PC_CHECK(check_fault(*kind));
  }
  auto truck = std::make_shared<Truck>();
  truck->scene = std::make_shared<const Scene>(std::move(scene));
  truck->gamma_cps = gamma_cps;
  return truck;
}

std::uint64_t Simulation::State::queue_truck(std::shared_ptr<Truck> truck) {
  truck->number = ++trucks_queued;
  queue.push_back(std::move(truck));
  return trucks_queued;
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
  state_->scene_reader.join();
  std::error_code ignored;
  std::filesystem::remove(state_->endpoints.control_socket, ignored);
}

}  // namespace portcullis::simulator
