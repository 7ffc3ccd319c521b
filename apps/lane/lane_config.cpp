#include "apps/lane/lane_config.h"

#include "core/config.h"

namespace portcullis::apps {
namespace {

Endpoint read_endpoint(core::ConfigReader& table, const char* port_key = "port") {
  Endpoint endpoint;
  endpoint.host = table.text("host", endpoint.host);
  endpoint.port = static_cast<std::uint16_t>(table.required_integer(port_key, {1, 65535}));
  return endpoint;
}

/// Unix socket paths end at 107 bytes.
void check_socket(core::ConfigReader& table, const char* key, const std::filesystem::path& path) {
  if (path.string().size() > 107) table.fail(key, "is longer than the 107 bytes a Unix socket's path may have");
}

}  // namespace

core::Result<LaneConfig> load_lane_config(const std::filesystem::path& path) {
  PC_TRY(auto root, core::ConfigReader::load(path));
  LaneConfig config;
  config.lane = root.text("lane", config.lane);
  config.installation = root.path("installation");
  if (config.installation.empty()) root.fail("installation", "is missing; name the scan file with this installation's survey and wedge steps");
  config.realtime = root.boolean("realtime", config.realtime);

  auto api = root.table("api");
  config.api_socket = api.path("socket");
  if (config.api_socket.empty()) api.fail("socket", "is missing");
  check_socket(api, "socket", config.api_socket);

  auto storage = root.table("storage");
  config.storage_folder = storage.path("folder");
  if (config.storage_folder.empty()) storage.fail("folder", "is missing");
  config.storage_free_mib_min = static_cast<std::uint64_t>(
      storage.integer("free_mib_min", static_cast<std::int64_t>(config.storage_free_mib_min), {0, 1e9}));

  auto gateway = root.table("gateway");
  config.gateway_socket = gateway.path("socket");
  check_socket(gateway, "socket", config.gateway_socket);
  auto worker = root.table("worker");
  config.worker_program = worker.path("program");

  auto plc = root.table("plc");
  config.plc = read_endpoint(plc);
  config.plc_poll = std::chrono::milliseconds(plc.integer("poll_ms", config.plc_poll.count() / 1'000'000, {5, 100}));
  config.watchdog_ms = static_cast<std::uint16_t>(plc.integer("watchdog_ms", config.watchdog_ms, {100, 500}));
  auto source = root.table("source");
  config.source = read_endpoint(source);
  auto detector = root.table("detector");
  config.detector = read_endpoint(detector, "control_port");
  config.detector_data_host = detector.text("data_host", config.detector_data_host);
  auto portal = root.table("portal");
  config.portal = read_endpoint(portal);
  config.portal_simulated = portal.boolean("simulated", config.portal_simulated);
  auto camera = root.table("camera");
  config.camera = read_endpoint(camera);

  auto gantry = root.table("gantry");
  config.travel_from_mm = gantry.required_number("travel_from_mm", {-100'000, 100'000});
  config.travel_to_mm = gantry.required_number("travel_to_mm", {-100'000, 100'000});
  config.speed_mm_s = gantry.number("speed_mm_s", config.speed_mm_s, {50, 800});
  config.speed_tolerance = gantry.number("speed_tolerance", config.speed_tolerance, {0.02, 0.5});
  if (gantry.good() && config.travel_to_mm < config.travel_from_mm + 500) {
    gantry.fail("travel_to_mm", "must be at least 500 mm beyond travel_from_mm");
  }

  auto calibration = root.table("calibration");
  config.calibrate_automatically = calibration.boolean("automatic", config.calibrate_automatically);
  auto review = root.table("review");
  config.review_limit_s = review.number("limit_s", config.review_limit_s, {10, 7200});
  PC_CHECK(root.finish());
  return config;
}

}  // namespace portcullis::apps
