#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/result.h"

namespace portcullis::apps {

/// One truck of the demonstration: a scene and its declaration.
struct DemoScene {
  std::string name;
  std::filesystem::path scene;
  std::filesystem::path declaration;
};

/// N-name.toml files with N-name.xml beside them, by name. Fails with kNotFound.
core::Result<std::vector<DemoScene>> find_demo_scenes(const std::filesystem::path& folder);

/// Where everything of one run lies.
struct DemoPlaces {
  std::filesystem::path out;      ///< Kept: screenshots, previews, logs, records, summary.
  std::filesystem::path sockets;  ///< Short paths, removed at the end.
  [[nodiscard]] std::filesystem::path logs() const { return out / "logs"; }
  [[nodiscard]] std::filesystem::path records() const { return out / "lane"; }
  [[nodiscard]] std::filesystem::path customs() const { return out / "customs"; }
  [[nodiscard]] std::filesystem::path screenshots() const { return out / "screenshots"; }
  [[nodiscard]] std::filesystem::path camera() const { return out / "camera"; }
  [[nodiscard]] std::filesystem::path previews() const { return out / "previews"; }
  [[nodiscard]] std::filesystem::path installation() const { return out / "installation.pscan"; }
  [[nodiscard]] std::filesystem::path lane_socket() const { return sockets / "lane.sock"; }
  [[nodiscard]] std::filesystem::path gateway_socket() const { return sockets / "gateway.sock"; }
};

/// Empties what an earlier run left and makes the folders.
core::Result<DemoPlaces> prepare_places(const std::filesystem::path& out);

/// The ports that the simulator chose.
struct SimPorts {
  std::uint16_t detector_control = 0, source_control = 0, plc = 0, portal = 0, camera = 0;
};
core::Result<SimPorts> read_ready_file(const std::filesystem::path& path);

/// Configuration files of the run.
core::Status write_sim_config(const DemoPlaces& places, const std::vector<DemoScene>& scenes);
core::Status write_gateway_config(const DemoPlaces& places);
core::Status write_lane_config(const DemoPlaces& places, const SimPorts& ports);

}  // namespace portcullis::apps
