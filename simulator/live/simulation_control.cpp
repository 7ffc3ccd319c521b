// What the control socket is asked, and what it says.
#include <time.h>

#include <boost/asio/post.hpp>
#include <chrono>
#include <nlohmann/json.hpp>

#include "core/log.h"
#include "simulator/live/simulation_state.h"

namespace portcullis::simulator {
namespace {

double cpu_share(std::uint64_t cpu_ns, double wall_s) {
  return wall_s > 0 ? static_cast<double>(cpu_ns) * 1e-9 / wall_s : 0;
}

nlohmann::json refused(const core::Error& error) {
  return {{"ok", false}, {"error", error.message}};
}

}  // namespace

// ---- control

void Simulation::State::serve_control(const UnixServer::SessionPtr& session,
                                      const std::shared_ptr<ControlClient>& client) {
  const auto reply = [session](const nlohmann::json& what) { session->send(what.dump() + "\n"); };
  while (!client->reading_scene && !client->asked.empty()) {
    const core::Result<ControlRequest> request = parse_control_request(client->asked.front());
    client->asked.pop_front();
    if (!request.ok()) {
      reply(refused(request.error()));
    } else if (request->command != ControlCommand::kTruck) {
      reply(carry_out(*request));
    } else {
      client->reading_scene = true;
      boost::asio::post(scene_reader, [this, session, client, reply, asked = *request] {
        auto truck = read_truck(asked.scene, asked.gamma_cps);
        boost::asio::post(io, [this, session, client, reply, truck = std::move(truck)] {
          client->reading_scene = false;
          reply(truck.ok() ? nlohmann::json{{"ok", true},
                                            {"truck", queue_truck(*truck)},
                                            {"queue", queue.size()}}
                           : refused(truck.error()));
          serve_control(session, client);
        });
      });
    }
  }
}

nlohmann::json Simulation::State::carry_out(const ControlRequest& request) {
  switch (request.command) {
    case ControlCommand::kTruck:
      break;  // serve_control(), for its scene takes long to read
    case ControlCommand::kStatus:
      return status();
    case ControlCommand::kClock:
      return {{"ok", true},
              {"utc", core::to_iso8601(clock.utc_now())},
              {"running_s", std::chrono::duration<double>(clock.now() - started).count()}};
    case ControlCommand::kFault: {
      if (request.clear) {
        faults.clear(request.fault);
      } else if (auto can = check_fault(request.fault); !can.ok()) {
        return refused(can.error());
      } else if (auto set = faults.set(request.fault, request.value, request.for_s, clock.now());
                 !set.ok()) {
        return refused(set.error());
      }
      tick(clock.now());
      return {{"ok", true}};
    }
    case ControlCommand::kFaults: {
      nlohmann::json list = nlohmann::json::array();
      for (std::size_t i = 0; i < kLiveFaultCount; ++i) {
        const auto fault = static_cast<LiveFault>(i);
        const LiveFaultInfo& row = live_fault_info(fault);
        nlohmann::json entry = {
            {"kind", row.name}, {"text", row.text}, {"active", faults.active(fault)}};
        if (!row.value_text.empty()) {
          entry["value"] = {{"min", row.value_min},
                            {"max", row.value_max},
                            {"default", row.value_default},
                            {"text", row.value_text}};
        }
        list.push_back(std::move(entry));
      }
      return {{"ok", true}, {"faults", std::move(list)}};
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
          {"scene_faults_begun", scene_faults.begun()},
          {"inputs_forced", std::move(forced)}};
}

}  // namespace portcullis::simulator
