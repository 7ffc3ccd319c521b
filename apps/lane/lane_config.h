#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "access/reading.h"
#include "access/sessions.h"
#include "core/result.h"
#include "firmware_bridge/transport/endpoint.h"
#include "imaging/correct/parameters.h"
#include "lane/cycle.h"
#include "plc/modbus/plc_client.h"

namespace portcullis::apps {

/// What `portcullis-lane` is told by its configuration file.
struct LaneConfig {
  std::string lane = "Lane 1";
  /// A scan file whose survey (geometry) and wedge steps are this installation's; made at
  /// installation and after every service of the detector or source.
  std::filesystem::path installation;

  std::filesystem::path api_socket;
  std::filesystem::path storage_folder;       ///< Holds scans/, catalogue.sqlite, lane-state.json.
  std::uint64_t storage_free_mib_min = 2048;  ///< Below it no new scan begins.
  std::filesystem::path audit_folder;  ///< Of the audit log; empty: "audit" in storage_folder.
  /// The log's private key, with its salts and newest checkpoint beside it; empty: "audit.key" in
  /// storage_folder. Better on another disk: who can write both can make up another log.
  std::filesystem::path audit_key;
  std::string audit_origin;             ///< Name of a new log; empty: from the lane's name.
  std::filesystem::path signer_socket;  ///< Of the random draws' signer; empty: nothing is drawn.
  std::filesystem::path accounts_file;  ///< Of `portcullis account`; empty: no accounts.
  access::Sessions::Config sessions;
  access::SecondReader second_reader = access::SecondReader::kDrawn;
  access::ReadFirst read_first = access::ReadFirst::kDrawn;
  std::filesystem::path gateway_socket;  ///< Empty: no customs link.
  std::filesystem::path goods_table;     ///< Of `customs learn-goods`; empty: the program's own.
  std::filesystem::path worker_program;  ///< Empty: beside this program.
  std::filesystem::path report_program;  ///< `portcullis`; not in the file: set by the program.

  plc::PlcConfig plc;
  firmware_bridge::Endpoint source;
  int source_priority = 45;  ///< SCHED_FIFO of the source driver's thread; 0: ordinary.
  firmware_bridge::Endpoint detector;
  std::string detector_data_host = "127.0.0.1";  ///< Our address, told to the detector.
  firmware_bridge::Endpoint portal;
  bool portal_simulated = false;
  firmware_bridge::Endpoint camera;
  std::filesystem::path camera_pictures;  ///< Where cameras put theirs; empty: they have none.
  /// A calibration of before a restart is used up to this age; 0: never.
  core::Duration calibration_age_max = std::chrono::hours(24);
  /// When the images of a scan are marked for, or refused with, a stale calibration.
  imaging::CalibrationLimits calibration_limits;
  bool lock_memory = false;   ///< Of the whole process, where it is permitted.
  int receive_priority = 40;  ///< SCHED_FIFO of the receive thread; 0: ordinary.

  lane::CycleConfig cycle;
  std::vector<std::string> driver_languages;  ///< Of the driver panel, ISO 639-1, the first first.
};

/// Reads lane.toml strictly. Fails with kInvalidConfig or kNotFound, naming file, line and key.
core::Result<LaneConfig> load_lane_config(const std::filesystem::path& path);

}  // namespace portcullis::apps
