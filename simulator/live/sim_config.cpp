#include "simulator/live/sim_config.h"

#include <system_error>
#include <utility>

#include "core/config.h"
#include "plc/tags/tag_map.h"

namespace portcullis::simulator {

core::Result<SimConfig> load_sim_config(const std::filesystem::path& path) {
  PC_TRY(core::ConfigReader root, core::ConfigReader::load(path));
  SimConfig config;
  config.seed = static_cast<std::uint64_t>(
      root.integer("seed", static_cast<std::int64_t>(config.seed), {0, 9e15}));
  config.scanner = root.text("scanner", config.scanner);
  config.control_socket = root.path("control_socket");

  core::ConfigReader ports = root.table("ports");
  const auto port = [&ports](const char* key) {
    return static_cast<std::uint16_t>(ports.integer(key, 0, {0, 65535}));
  };
  config.detector_control_port = port("detector_control");
  config.source_control_port = port("source_control");
  config.plc_port = port("plc");
  config.portal_port = port("portal");
  config.camera_port = port("camera");

  config.camera_pictures = root.table("camera").path("pictures");

  core::ConfigReader timing = root.table("timing");
  LaneTiming& t = config.timing;
  constexpr core::ConfigReader::Range kStep{0.01, 600};
  t.react_s = timing.number("react_s", t.react_s, {0, 60});
  t.enter_s = timing.number("enter_s", t.enter_s, kStep);
  t.leave_cab_s = timing.number("leave_cab_s", t.leave_cab_s, kStep);
  t.search_s = timing.number("search_s", t.search_s, kStep);
  t.return_s = timing.number("return_s", t.return_s, kStep);
  t.exit_s = timing.number("exit_s", t.exit_s, kStep);
  t.truck_gap_s = timing.number("truck_gap_s", t.truck_gap_s, {0, 3600});
  t.to_bay_s = timing.number("to_bay_s", t.to_bay_s, kStep);
  t.from_bay_s = timing.number("from_bay_s", t.from_bay_s, kStep);
  t.barrier_move_s = timing.number("barrier_move_s", t.barrier_move_s, kStep);

  core::ConfigReader gantry = root.table("gantry");
  GantryConfig& g = config.gantry;
  g.travel_from_mm = gantry.number("travel_from_mm", g.travel_from_mm, {-50'000, 50'000});
  g.travel_to_mm = gantry.number("travel_to_mm", g.travel_to_mm, {-50'000, 50'000});
  g.acceleration_mm_s2 = gantry.number("acceleration_mm_s2", g.acceleration_mm_s2, {10, 10'000});
  g.stop_mm_s2 = gantry.number("stop_mm_s2", g.stop_mm_s2, {10, 20'000});
  g.speed_mm_s_max = gantry.number("speed_mm_s_max", g.speed_mm_s_max, {10, 5'000});
  if (gantry.good() && g.travel_to_mm < g.travel_from_mm + 100) {
    gantry.fail("travel_to_mm", "must be at least 100 mm beyond travel_from_mm");
  }

  DriveThroughConfig& d = config.drive_through;
  d.on = root.choice("lane_type", 0, {"gantry", "drive-through"}) == 1;
  core::ConfigReader drive = root.table("drive_through");
  constexpr core::ConfigReader::Range kPlace{-50'000, 50'000};
  d.cab_from_mm = drive.number("cab_from_mm", d.cab_from_mm, kPlace);
  d.cab_to_mm = drive.number("cab_to_mm", d.cab_to_mm, kPlace);
  d.rear_mm = drive.number("rear_mm", d.rear_mm, kPlace);
  d.speed_share = drive.number("speed_share", d.speed_share, {0.1, 2});
  if (d.on && drive.good() &&
      !(g.travel_from_mm < d.cab_from_mm && d.cab_from_mm < d.cab_to_mm &&
        d.cab_to_mm + 1000 < d.rear_mm && d.rear_mm < g.travel_to_mm)) {
    drive.fail("rear_mm",
               "gantry.travel_from_mm, cab_from_mm, cab_to_mm (and 1000 mm after it), rear_mm and "
               "gantry.travel_to_mm must follow one another");
  }

  core::ConfigReader source = root.table("source");
  config.source_warm_up_s = source.number("warm_up_s", config.source_warm_up_s, {0, 3600});
  core::ConfigReader plc = root.table("plc");
  config.warning_s = plc.number("warning_s", config.warning_s, {5, 60});
  if (const std::filesystem::path file = plc.path("map"); plc.good() && !file.empty()) {
    auto map = portcullis::plc::TagMap::load(file);
    if (map.ok())
      config.plc_map = std::make_shared<const portcullis::plc::TagMap>(std::move(map).value());
    else
      plc.fail("map", map.error().message);
  }
  SimSerialLine& line = config.plc_serial;
  line.device = plc.text("serial", "");
  line.baud = static_cast<int>(plc.integer("serial_baud", line.baud, {1200, 921'600}));
  line.parity = "NEO"[plc.choice("serial_parity", 1, {"none", "even", "odd"})];
  line.stop_bits = static_cast<int>(plc.integer("serial_stop_bits", line.stop_bits, {1, 2}));
  if (plc.good() && !line.device.empty() && config.plc_port != 0)
    plc.fail("serial", "the PLC has one wire: leave ports.plc out");
  core::ConfigReader detector = root.table("detector");
  config.samples_u16 = detector.choice("sample_format", 0, {"packed20", "u16"}) == 1;
  core::ConfigReader render = root.table("render");
  config.render_step_mm = render.number("step_mm", config.render_step_mm, {0.5, 50});
  config.repeat = root.boolean("repeat", config.repeat);
  core::ConfigReader portal = root.table("portal");
  config.gamma_background_cps =
      portal.number("gamma_background_cps", config.gamma_background_cps, {1, 100'000});
  config.neutron_background_cps =
      portal.number("neutron_background_cps", config.neutron_background_cps, {0, 1000});

  for (core::ConfigReader& truck : root.tables("truck")) {
    const std::filesystem::path scene = truck.path("scene");
    if (scene.empty()) {
      truck.fail("scene", "is missing: name the truck's scene file");
      break;
    }
    std::error_code ignored;
    if (truck.good() && !std::filesystem::is_regular_file(scene, ignored)) {
      truck.fail("scene", "no such file: " + scene.string());
    }
    config.trucks.push_back({scene, truck.number("gamma_cps", 0, {0, 1e6})});
  }
  PC_CHECK(root.finish());
  return config;
}

}  // namespace portcullis::simulator
