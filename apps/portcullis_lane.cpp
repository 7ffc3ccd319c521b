#include <csignal>
#include <cstdio>

#include "apps/command_line.h"
#include "apps/end_signals.h"
#include "apps/lane/lane_config.h"
#include "apps/lane/lane_process.h"
#include "core/log.h"
#include "core/version.h"

namespace {

/// Programs stand beside each other.
std::filesystem::path beside_this_program(const char* name) {
  std::error_code error;
  return std::filesystem::read_symlink("/proc/self/exe", error).parent_path() / name;
}

int fail(const portcullis::core::Error& error, int code) {
  std::fprintf(stderr, "portcullis-lane: %s\n", error.message.c_str());
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  using portcullis::apps::LaneProcess;
  const sigset_t ends = portcullis::apps::block_end_signals();
  portcullis::core::configure_log("portcullis-lane", portcullis::core::LogLevel::kInfo);

  CLI::App app{"Portcullis lane: drives the scanner, serves the lane API"};
  app.set_version_flag("--version", portcullis::core::kVersion);
  std::string config_path;
  bool check_only = false;
  app.add_option("--config", config_path, "Configuration (lane.toml)")->required();
  app.add_flag("--check-config", check_only,
               "Read the configuration, say whether it is good, and end");
  if (const auto ended = portcullis::apps::parse_command_line(app, "portcullis-lane", argc, argv)) {
    return *ended;
  }

  auto config = portcullis::apps::load_lane_config(config_path);
  if (!config.ok()) return fail(config.error(), 2);
  if (config->worker_program.empty())
    config->worker_program = beside_this_program("portcullis-worker");
  if (check_only) {
    std::printf("%s: good\n", config_path.c_str());
    return 0;
  }
  const portcullis::core::SystemClock clock;
  auto process = LaneProcess::start(*config, clock);
  if (!process.ok()) {
    const auto code = process.error().code;
    const bool input = code == portcullis::core::ErrorCode::kInvalidInput ||
                       code == portcullis::core::ErrorCode::kNotFound ||
                       code == portcullis::core::ErrorCode::kInvalidConfig ||
                       code == portcullis::core::ErrorCode::kCorrupt;
    return fail(process.error(), input ? 2 : 1);
  }
  portcullis::core::log_info("lane", "ready");
  int received = 0;
  sigwait(&ends, &received);
  portcullis::core::log_info("lane", "ending in order");
  return 0;
}
