#include <algorithm>
#include <csignal>
#include <ctime>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "apps/command_line.h"
#include "apps/end_signals.h"
#include "apps/gateway/gateway_audit.h"
#include "apps/gateway/gateway_transports.h"
#include "apps/report_error.h"
#include "apps/service_notify.h"
#include "core/config.h"
#include "core/log.h"
#include "core/time.h"
#include "customs/adapters/site_tables.h"
#include "customs/gateway/gateway.h"
#include "customs/gateway/http_server.h"
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
  std::optional<customs::HttpServer::Config> http;              ///< Absent: no HTTP.
  std::optional<portcullis::archive::AuditLog::Options> audit;  ///< Absent: nothing is logged.
  std::string name;
  std::filesystem::path tables;  ///< A site's own (customs/adapters/site_tables.h); empty: none.
  portcullis::apps::GatewayTransportsConfig transports;
};

void load_http(core::ConfigReader& root, GatewayProgramConfig& config) {
  if (!root.has("http")) return;
  auto table = root.table("http");
  auto& http = config.http.emplace();
  http.address = table.text("address", http.address);
  http.port = static_cast<std::uint16_t>(table.required_integer("port", {0, 65'535}));
  http.threads = static_cast<int>(table.integer("threads", http.threads, {1, 64}));
  http.connections_max = static_cast<std::size_t>(table.integer(
      "connections_max", static_cast<std::int64_t>(http.connections_max), {1, 10'000}));
  http.certificate = table.path("certificate");
  http.key = table.path("key");
  http.client_ca = table.path("client_ca");
  http.traders = table.path("traders");
  if (http.certificate.empty() != http.key.empty())
    table.fail(http.key.empty() ? "certificate" : "key", "certificate and key go together");
}

void load_audit(core::ConfigReader& root, GatewayProgramConfig& config) {
  if (!root.has("audit")) return;
  auto table = root.table("audit");
  auto& audit = config.audit.emplace();
  audit.folder = table.path("folder");
  audit.key_file = table.path("key");
  for (const char* key : {"folder", "key"})
    if (!table.has(key)) table.fail(key, "is missing");
  audit.salt_file = audit.key_file.string() + ".salts";
  audit.origin = table.text("origin", "portcullis/" + config.name);
  if (audit.origin.find_first_of(" \t\n+") != std::string::npos)
    table.fail("origin", "must have neither blanks nor '+'");
}

void load_risk(core::ConfigReader& root, GatewayProgramConfig& config) {
  if (!root.has("risk")) return;
  auto table = root.table("risk");
  config.gateway.risk_site = table.path("site");
  if (!table.has("site")) table.fail("site", "is missing");
}

void load_partner(core::ConfigReader& root, GatewayProgramConfig& config) {
  if (!root.has("partner")) return;
  auto table = root.table("partner");
  config.gateway.partner = table.path("folder");
  if (!table.has("folder")) table.fail("folder", "is missing");
}

void load_visits(core::ConfigReader& root, GatewayProgramConfig& config) {
  auto table = root.table("declarations");
  const auto limit = [&](const char* key, core::Duration& value, core::Duration unit) {
    value = unit * table.integer(key, value / unit, {1, 100'000});
  };
  auto& visits = config.gateway.visits;
  limit("released_h", visits.released, std::chrono::hours(1));
  limit("decided_d", visits.decided, std::chrono::hours(24));
  limit("never_scanned_d", visits.never_scanned, std::chrono::hours(24));
}

core::Result<GatewayProgramConfig> load_gateway_config(const std::filesystem::path& path) {
  PC_TRY(auto root, core::ConfigReader::load(path));
  GatewayProgramConfig config;
  config.gateway.inbox = root.path("inbox");
  config.gateway.outbox = root.path("outbox");
  config.gateway.store = root.path("store");
  config.socket = root.path("socket");
  config.poll_ms = root.integer("poll_ms", config.poll_ms, {50, 60'000});
  config.name = root.text("name", "gateway");
  if (config.name.empty() || config.name.find_first_of(" \t\n+") != std::string::npos)
    root.fail("name", "must be a word without '+'");
  config.tables = root.path("tables");
  load_http(root, config);
  load_audit(root, config);
  config.transports = portcullis::apps::load_gateway_transports(root);
  load_risk(root, config);
  load_partner(root, config);
  load_visits(root, config);
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
  if (const auto used = customs::use_site_tables(config->tables); !used.ok())
    return fail(used.error().with_context("tables"));
  if (check_only) return 0;
  const core::SystemClock clock;
  auto gateway = customs::Gateway::create(config->gateway, clock);
  if (!gateway.ok()) return fail(gateway.error());
  services::GatewayServer server(**gateway);
  if (auto started = server.start(config->socket); !started.ok()) return fail(started.error());
  std::unique_ptr<portcullis::apps::GatewayAudit> audit;
  if (config->audit) {
    auto opened = portcullis::apps::GatewayAudit::open(*config->audit, config->name, **gateway);
    if (!opened.ok()) return fail(opened.error());
    audit = std::move(opened).value();
  }
  std::unique_ptr<customs::HttpServer> http;
  if (config->http) {
    auto started = customs::HttpServer::start(*config->http, **gateway);
    if (!started.ok()) return fail(started.error());
    http = std::move(started).value();
    core::log_info("gateway",
                   "http at " + config->http->address + ":" + std::to_string(http->port()));
  }
  auto transports = portcullis::apps::GatewayTransports::start(
      config->transports, config->gateway.outbox, **gateway, clock);
  if (!transports.ok()) return fail(transports.error());
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
    std::string problem = looked.ok() ? std::string() : looked.error().message;
    if (problem.empty() && audit != nullptr) problem = audit->problem();
    // These write their own lines when they stop and go on.
    const auto elsewhere = problem.empty() ? (*transports)->problem() : std::string();
    if (problem != last_problem) {
      if (!problem.empty())
        core::log_error("gateway", problem);
      else
        core::log_info("gateway", "inbox and outbox work again");
      last_problem = problem;
    }
    service.alive(!problem.empty()     ? problem
                  : !elsewhere.empty() ? elsewhere
                                       : "inbox and outbox work");
  }
  service.stopping();
  transports->reset();
  http.reset();
  server.stop();
  audit.reset();
  core::log_info("gateway", "stopped");
  return 0;
}
