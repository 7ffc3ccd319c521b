#include "apps/lane/lane_config.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/config.h"
#include "lane/panel.h"

namespace portcullis::apps {
namespace {

firmware_bridge::Endpoint read_endpoint(core::ConfigReader& table, const char* port_key = "port") {
  firmware_bridge::Endpoint endpoint;
  endpoint.host = table.text("host", "127.0.0.1");
  endpoint.port = static_cast<std::uint16_t>(table.required_integer(port_key, {1, 65535}));
  return endpoint;
}

/// "Lane 1" to "lane-1"
std::string slug_of(const std::string& name) {
  std::string slug;
  for (const char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    slug += !letter ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return slug;
}

/// Unix socket paths end at 107 bytes.
void check_socket(core::ConfigReader& table, const char* key, const std::filesystem::path& path) {
  if (path.string().size() > 107)
    table.fail(key, "is longer than the 107 bytes a Unix socket's path may have");
}

}  // namespace

core::Result<LaneConfig> load_lane_config(const std::filesystem::path& path) {
  PC_TRY(auto root, core::ConfigReader::load(path));
  LaneConfig config;
  config.lane = root.text("lane", config.lane);
  config.installation = root.path("installation");
  if (config.installation.empty()) {
    root.fail("installation",
              "is missing; name the scan file with this installation's survey and wedge steps");
  }
  auto api = root.table("api");
  config.api_socket = api.path("socket");
  if (config.api_socket.empty()) api.fail("socket", "is missing");
  check_socket(api, "socket", config.api_socket);

  auto storage = root.table("storage");
  config.storage_folder = storage.path("folder");
  if (config.storage_folder.empty()) storage.fail("folder", "is missing");
  config.storage_free_mib_min = static_cast<std::uint64_t>(storage.integer(
      "free_mib_min", static_cast<std::int64_t>(config.storage_free_mib_min), {0, 1e9}));

  auto audit = root.table("audit");
  config.audit_folder = audit.path("folder");
  if (config.audit_folder.empty()) config.audit_folder = config.storage_folder / "audit";
  config.audit_key = audit.path("key");
  if (config.audit_key.empty()) config.audit_key = config.storage_folder / "audit.key";
  config.audit_origin = audit.text("origin", "portcullis/" + slug_of(config.lane));
  if (config.audit_origin.find_first_of(" \t\n+") != std::string::npos)
    audit.fail("origin", "must have neither blanks nor '+'");

  auto draws = root.table("draws");
  config.signer_socket = draws.path("signer_socket");
  check_socket(draws, "signer_socket", config.signer_socket);

  auto access = root.table("access");
  config.accounts_file = access.path("accounts");
  config.sessions.idle_max = std::chrono::minutes(access.integer("idle_max_min", 10, {1, 240}));
  config.second_reader = static_cast<access::SecondReader>(
      access.choice("second_reader", 1, {"never", "drawn", "always"}));
  config.read_first =
      static_cast<access::ReadFirst>(access.choice("read_first", 1, {"never", "drawn", "always"}));
  config.sessions.whole_max = std::chrono::hours(access.integer("session_max_h", 12, {1, 48}));

  auto gateway = root.table("gateway");
  config.gateway_socket = gateway.path("socket");
  check_socket(gateway, "socket", config.gateway_socket);
  config.goods_table = root.path("goods_table");
  auto worker = root.table("worker");
  config.worker_program = worker.path("program");

  auto realtime = root.table("realtime");
  config.lock_memory = realtime.boolean("lock_memory", config.lock_memory);
  auto plc = root.table("plc");
  config.plc = plc::read_plc_config(plc);
  auto source = root.table("source");
  config.source = read_endpoint(source);
  config.source_priority =
      static_cast<int>(source.integer("realtime_priority", config.source_priority, {0, 99}));
  auto detector = root.table("detector");
  config.detector = read_endpoint(detector, "control_port");
  config.detector_data_host = detector.text("data_host", config.detector_data_host);
  config.receive_priority =
      static_cast<int>(detector.integer("receive_priority", config.receive_priority, {0, 99}));
  const std::int64_t hours = detector.integer(
      "calibration_age_max_h",
      std::chrono::duration_cast<std::chrono::hours>(config.calibration_age_max).count(), {0, 720});
  config.calibration_age_max = std::chrono::hours(hours);
  auto calibration = root.table("calibration");
  auto& limits = config.calibration_limits;
  limits.age_max_h = calibration.number("age_max_h", limits.age_max_h, {0, 10'000});
  limits.commissioning_age_max_d =
      calibration.number("commissioning_age_max_d", limits.commissioning_age_max_d, {0, 36'500});
  limits.temperature_max_c =
      calibration.number("temperature_max_c", limits.temperature_max_c, {0, 100});
  limits.dose_change_max = calibration.number("dose_change_max", limits.dose_change_max, {0, 1});
  limits.level_change_max = calibration.number("level_change_max", limits.level_change_max, {0, 1});
  limits.pixel_change_max = calibration.number("pixel_change_max", limits.pixel_change_max, {0, 1});
  limits.pixel_share_max = calibration.number("pixel_share_max", limits.pixel_share_max, {0, 1});
  limits.refuse = calibration.boolean("refuse", limits.refuse);
  auto portal = root.table("portal");
  config.portal = read_endpoint(portal);
  config.portal_simulated = portal.boolean("simulated", config.portal_simulated);
  auto camera = root.table("camera");
  config.camera = read_endpoint(camera);
  config.camera_pictures = camera.path("pictures");

  auto cycle = root.table("cycle");
  config.cycle = lane::read_cycle_config(cycle);
  auto driver_panel = root.table("driver_panel");
  config.driver_languages = driver_panel.texts("languages", {"en"});
  for (const std::string& language : config.driver_languages) {
    const auto known = lane::panel_languages();
    if (std::find(known.begin(), known.end(), language) == known.end())
      driver_panel.fail("languages", fmt::format("\"{}\" is not known; known are {}", language,
                                                 fmt::join(known, ", ")));
  }
  PC_CHECK(root.finish());
  return config;
}

}  // namespace portcullis::apps
