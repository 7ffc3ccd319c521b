#include <csignal>
#include <filesystem>
#include <string>

#include "apps/command_line.h"
#include "apps/end_signals.h"
#include "apps/report_error.h"
#include "core/files.h"
#include "core/log.h"
#include "core/time.h"
#include "simulator/live/simulation.h"

namespace {

namespace core = portcullis::core;
namespace simulator = portcullis::simulator;

int fail(const core::Error& error) {
  return portcullis::apps::report_error(error, "portcullis-sim");
}

}  // namespace

int main(int argc, char** argv) {
  portcullis::apps::CommandLine app(
      "portcullis-sim",
      "Simulated hardware of a scanner lane: detector, X-ray source, PLC, radiation portal and "
      "camera, each on its own loopback wire, with trucks that drive through by themselves.");
  std::string config_path, ready_file, control_socket;
  bool check_only = false;
  app.add_option("--config", config_path, "Configuration file (sim.toml)").required();
  app.add_option("--ready-file", ready_file,
                 "Written once every device listens: JSON with the ports");
  app.add_option("--control-socket", control_socket,
                 "Unix socket for control, instead of the configured one");
  app.add_flag("--check-config", check_only, "Check the configuration and its scenes, then end");
  if (const auto ended = app.parse(argc, argv)) return *ended;

  const sigset_t ends = portcullis::apps::block_end_signals();

  core::configure_log("portcullis-sim", core::LogLevel::kInfo);
  auto config = simulator::load_sim_config(config_path);
  if (!config.ok()) return fail(config.error());
  if (check_only) {
    const auto checked = simulator::check_sim_config(*config);
    return checked.ok() ? 0 : fail(checked.error().with_context(config_path));
  }
  if (!control_socket.empty()) config->control_socket = control_socket;

  const core::SystemClock clock;
  auto simulation = simulator::Simulation::start(*config, clock);
  if (!simulation.ok()) return fail(simulation.error().with_context(config_path));
  const std::string ports = (*simulation)->endpoints().to_json();
  if (!ready_file.empty()) {
    const auto written = core::write_file_atomically(ready_file, ports + "\n");
    if (!written.ok()) return fail(written.error());
  }
  core::log_info("simulator", "listening: " + ports);

  int signal = 0;
  sigwait(&ends, &signal);
  (*simulation)->stop();
  core::log_info("simulator", "stopped");
  return 0;
}
