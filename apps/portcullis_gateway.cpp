#include <algorithm>
#include <csignal>
#include <ctime>
#include <filesystem>
#include <string>

#include "apps/command_line.h"
#include "apps/end_signals.h"
#include "apps/report_error.h"
#include "apps/service_notify.h"
#include "core/config.h"
#include "core/log.h"
#include "core/time.h"
#include "customs/gateway/gateway.h"
#include "services/gateway/gateway_server.h"

namespace {

namespace core = portcullis::core;
namespace customs = portcullis::customs;
namespace services = portcullis::services;

int fail(const core::Error& error) {
  return portcullis::apps::report_error(error, "portcullis-gateway");
}

struct GatewayProgramConfig {
  customs::Gateway::Config gateway;
  std::filesystem::path socket;
  std::int64_t poll_ms = 200;
};

core::Result<GatewayProgramConfig> load_gateway_config(const std::filesystem::path& path) {
  PC_TRY(auto root, core::ConfigReader::load(path));
  GatewayProgramConfig config;
  config.gateway.inbox = root.path("inbox");
  config.gateway.outbox = root.path("outbox");
  config.gateway.store = root.path("store");
  config.socket = root.path("socket");
  config.poll_ms = root.integer("poll_ms", config.poll_ms, {50, 60'000});
  for (const char* key : {"inbox", "outbox", "store", "socket"}) {
    if (!root.has(key)) root.fail(key, "is missing");
  }
  if (root.good() && config.socket.string().size() > 107)
    root.fail("socket", "the path must have at most 107 bytes");
  if (root.good() && config.gateway.inbox == config.gateway.outbox)
    root.fail("outbox", "is the inbox: answers would be read as messages");
  PC_CHECK(root.finish());
  return config;
}

}  // namespace

int main(int argc, char** argv) {
  portcullis::apps::CommandLine app(
      "portcullis-gateway",
      "Customs messages in and out for a scanner lane: takes declarations from a watched folder, "
      "keeps them, answers the officers' decisions. Other programs reach it over a Unix socket.");
  std::string config_path;
  bool check_only = false;
  app.add_option("--config", config_path,
                 "Configuration file (gateway.toml): inbox, outbox, store, socket")
      .required();
  app.add_flag("--check-config", check_only, "Check the configuration, then end");
  if (const auto ended = app.parse(argc, argv)) return *ended;
  const sigset_t ends = portcullis::apps::block_end_signals();
  core::configure_log("portcullis-gateway", core::LogLevel::kInfo);

  const auto config = load_gateway_config(config_path);
  if (!config.ok()) return fail(config.error());
  if (check_only) return 0;
  const core::SystemClock clock;
  auto gateway = customs::Gateway::create(config->gateway, clock);
  if (!gateway.ok()) return fail(gateway.error());
  services::GatewayServer server(**gateway);
  if (auto started = server.start(config->socket); !started.ok()) return fail(started.error());
  core::log_info("gateway",
                 "inbox " + config->gateway.inbox.string() + ", socket " + config->socket.string());

  portcullis::apps::ServiceNotify service;
  // Looking more often than asked for harms nothing; a watchdog that runs out does.
  const std::int64_t poll_ms =
      service.watched() ? std::min<std::int64_t>(config->poll_ms, service.period().count())
                        : config->poll_ms;
  const timespec period{static_cast<time_t>(poll_ms / 1000),
                        static_cast<long>(poll_ms % 1000 * 1'000'000)};
  service.ready("inbox " + config->gateway.inbox.string());
  std::string last_problem;
  while (sigtimedwait(&ends, nullptr, &period) < 0) {
    const auto looked = (*gateway)->poll();
    // A full disk or a folder that is gone is said once, tried again, and said to be well again.
    const std::string problem = looked.ok() ? std::string() : looked.error().message;
    if (problem != last_problem) {
      if (!problem.empty())
        core::log_error("gateway", problem);
      else
        core::log_info("gateway", "inbox and outbox work again");
      last_problem = problem;
    }
    service.alive(problem.empty() ? "inbox and outbox work" : problem);
  }
  service.stopping();
  server.stop();
  core::log_info("gateway", "stopped");
  return 0;
}
