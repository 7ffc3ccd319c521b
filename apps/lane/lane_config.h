#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/result.h"
#include "core/scan.h"
#include "core/time.h"

namespace portcullis::apps {

struct Endpoint {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;
};

/// What `portcullis-lane` is told by its configuration file.
struct LaneConfig {
  std::string lane = "Lane 1";
  /// A scan file whose survey (geometry) and wedge steps are this installation's; made at
  /// installation and after every service of the detector or source.
  std::filesystem::path installation;

  std::filesystem::path api_socket;
  std::filesystem::path storage_folder;         ///< scans/ and catalogue.sqlite
  std::uint64_t storage_free_mib_min = 2048;    ///< Below it no new scan begins.
  std::filesystem::path gateway_socket;         ///< Empty: no customs link.
  std::filesystem::path worker_program;         ///< Empty: beside this program.

  Endpoint plc;
  core::Duration plc_poll = std::chrono::milliseconds(10);
  std::uint16_t watchdog_ms = 200;
  Endpoint source;
  Endpoint detector;
  std::string detector_data_host = "127.0.0.1";  ///< Our address, for DET:DEST.
  Endpoint portal;
  bool portal_simulated = false;
  Endpoint camera;

  double travel_from_mm = 0;
  double travel_to_mm = 0;
  double speed_mm_s = 400;
  double speed_tolerance = 0.1;                 ///< Beam only within this share of the speed.

  bool calibrate_automatically = true;
  double review_limit_s = 300;                  ///< Then the case goes to hold by itself.
  bool realtime = true;                         ///< Ask for SCHED_FIFO; said plainly where refused.
};

/// Reads lane.toml strictly. Fails with kInvalidConfig or kNotFound, naming file, line and key.
core::Result<LaneConfig> load_lane_config(const std::filesystem::path& path);

}  // namespace portcullis::apps
