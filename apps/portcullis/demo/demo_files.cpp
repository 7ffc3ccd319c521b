#include "apps/portcullis/demo/demo_files.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "core/files.h"

namespace portcullis::apps {
namespace {

namespace fs = std::filesystem;

// The gantry's travel in scene coordinates: a rigid truck with a 20 ft container fits with air at
// both ends, and what is scanned of 9.3 m (without run-up and braking) at 0.4 m/s and 200 pairs a
// second stays below 4,500 columns.
constexpr int kTravelFromMm = -2850;
constexpr int kTravelToMm = 6450;

std::string quoted(const fs::path& path) {
  return nlohmann::json(path.string()).dump();
}

}  // namespace

core::Result<std::vector<DemoScene>> find_demo_scenes(const fs::path& folder) {
  std::vector<DemoScene> scenes;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const fs::path& path = entry.path();
    if (path.extension() != ".toml" ||
        std::isdigit(static_cast<unsigned char>(path.filename().string()[0])) == 0)
      continue;
    fs::path declaration = path;
    declaration.replace_extension(".xml");
    if (!fs::is_regular_file(declaration)) {
      return core::Error{
          core::ErrorCode::kNotFound,
          fmt::format("{}: no declaration stands beside this scene", declaration.string())};
    }
    scenes.push_back({path.stem().string(), fs::absolute(path), fs::absolute(declaration)});
  }
  if (error || scenes.empty()) {
    return core::Error{
        core::ErrorCode::kNotFound,
        fmt::format("{}: no demonstration scenes here; name their folder with --scenes",
                    folder.string())};
  }
  std::sort(scenes.begin(), scenes.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  return scenes;
}

core::Result<DemoPlaces> prepare_places(const fs::path& out) {
  DemoPlaces places;
  std::error_code error;
  places.out = fs::absolute(out).lexically_normal();
  for (const auto& part : {places.logs(), places.records(), places.customs(), places.screenshots(),
                           places.previews(), places.camera()}) {
    fs::remove_all(part, error);
    fs::create_directories(part, error);
    if (error)
      return core::Error{core::ErrorCode::kIo,
                         fmt::format("{}: cannot be made: {}", part.string(), error.message())};
  }
  for (const char* file : {"summary.md", "summary.json", "sim-ready.json"})
    fs::remove(places.out / file, error);
  std::string pattern = (fs::temp_directory_path() / "portcullis-demo-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) {
    return core::Error{core::ErrorCode::kIo,
                       fmt::format("{}: cannot make a folder for sockets", pattern)};
  }
  places.sockets = pattern;
  return places;
}

core::Result<SimPorts> read_ready_file(const fs::path& path) {
  PC_TRY(const std::string text, core::read_file(path, 65536));
  const auto json = nlohmann::json::parse(text, nullptr, false);
  SimPorts ports;
  const auto port = [&](const char* key, std::uint16_t& out) {
    if (!json.is_object() || !json.contains(key) || !json[key].is_number_unsigned()) return false;
    out = json[key].get<std::uint16_t>();
    return out != 0;
  };
  if (!port("detector_control", ports.detector_control) ||
      !port("source_control", ports.source_control) || !port("plc", ports.plc) ||
      !port("portal", ports.portal) || !port("camera", ports.camera)) {
    return core::Error{
        core::ErrorCode::kProtocol,
        fmt::format("{}: does not name all of the simulator's ports", path.string())};
  }
  return ports;
}

core::Status write_sim_config(const DemoPlaces& places, const std::vector<DemoScene>& scenes) {
  std::string text = fmt::format(
      "seed = 42\nscanner = \"gantry-6mv\"\ncontrol_socket = {}\n\n"
      "[camera]\npictures = {}\n\n[gantry]\ntravel_from_mm = {}\ntravel_to_mm = {}\n",
      quoted(places.sockets / "sim.sock"), quoted(places.camera()), kTravelFromMm, kTravelToMm);
  for (const auto& scene : scenes)
    text += fmt::format("\n[[truck]]\nscene = {}\n", quoted(scene.scene));
  return core::write_file_atomically(places.out / "sim.toml", text);
}

core::Status write_gateway_config(const DemoPlaces& places) {
  return core::write_file_atomically(
      places.out / "gateway.toml",
      fmt::format("socket = {}\ninbox = {}\noutbox = {}\nstore = {}\n",
                  quoted(places.gateway_socket()), quoted(places.customs() / "inbox"),
                  quoted(places.customs() / "outbox"), quoted(places.customs() / "store.sqlite")));
}

core::Status write_lane_config(const DemoPlaces& places, const SimPorts& ports) {
  return core::write_file_atomically(
      places.out / "lane.toml",
      fmt::format("lane = \"Lane 1\"\ninstallation = {}\n\n"
                  "[api]\nsocket = {}\n\n"
                  "[storage]\nfolder = {}\n\n"
                  "[plc]\nport = {}\nrealtime_priority = 50\n\n"
                  "[source]\nport = {}\n\n[detector]\ncontrol_port = {}\n\n"
                  "[portal]\nport = {}\nsimulated = true\n\n[camera]\nport = {}\npictures = {}\n\n"
                  "[gateway]\nsocket = {}\n\n"
                  "[cycle]\ntravel_from_mm = {}\ntravel_to_mm = {}\nscan_speed_mm_s = "
                  "400\nauto_calibrate = true\n",
                  quoted(places.installation()), quoted(places.lane_socket()),
                  quoted(places.records()), ports.plc, ports.source_control, ports.detector_control,
                  ports.portal, ports.camera, quoted(places.camera()),
                  quoted(places.gateway_socket()), kTravelFromMm, kTravelToMm));
}

}  // namespace portcullis::apps
