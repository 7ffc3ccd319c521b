#include <chrono>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <string>
#include <utility>

#include "apps/command_line.h"
#include "apps/end_signals.h"
#include "apps/lane/lane_config.h"
#include "apps/lane/lane_process.h"
#include "apps/report_error.h"
#include "apps/service_notify.h"
#include "core/log.h"

namespace {

/// Programs stand beside each other.
std::filesystem::path beside_this_program(const char* name) {
  std::error_code error;
  return std::filesystem::read_symlink("/proc/self/exe", error).parent_path() / name;
}

int fail(const portcullis::core::Error& error) {
  return portcullis::apps::report_error(error, "portcullis-lane");
}

}  // namespace

int main(int argc, char** argv) {
  using portcullis::apps::LaneProcess;
  const sigset_t ends = portcullis::apps::block_end_signals();
  portcullis::core::configure_log("portcullis-lane", portcullis::core::LogLevel::kInfo);

  portcullis::apps::CommandLine app("portcullis-lane",
                                    "Portcullis lane: drives the scanner, serves the lane API");
  std::string config_path;
  bool check_only = false;
  app.add_option("--config", config_path, "Configuration (lane.toml)").required();
  app.add_flag("--check-config", check_only,
               "Read the configuration, say whether it is good, and end");
  if (const auto ended = app.parse(argc, argv)) return *ended;

  auto config = portcullis::apps::load_lane_config(config_path);
  if (!config.ok()) return fail(config.error());
  if (config->worker_program.empty())
    config->worker_program = beside_this_program("portcullis-worker");
  config->report_program = beside_this_program("portcullis");
  if (check_only) {
    std::printf("%s: good\n", config_path.c_str());
    return 0;
  }
  const portcullis::core::SystemClock clock;
  auto process = LaneProcess::start(*config, clock);
  if (!process.ok()) return fail(process.error());
  portcullis::core::log_info("lane", "ready");
  portcullis::apps::ServiceNotify service;
  std::string how;
  static_cast<void>((*process)->truly_alive(how));
  service.ready(how);
  const auto look = std::chrono::duration_cast<std::chrono::nanoseconds>(service.period()).count();
  const timespec period{static_cast<time_t>(look / 1'000'000'000),
                        static_cast<long>(look % 1'000'000'000)};
  bool told = false;
  while (sigtimedwait(&ends, nullptr, &period) < 0) {
    if ((*process)->truly_alive(how)) {
      service.alive(how);
      told = false;
    } else if (!std::exchange(told, true)) {
      portcullis::core::log_error(
          "lane",
          how + (service.watched() ? "; the service manager will start the lane anew" : ""));
    }
  }
  service.stopping();
  portcullis::core::log_info("lane", "ending in order");
  return 0;
}
