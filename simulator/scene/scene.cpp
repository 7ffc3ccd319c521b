#include "simulator/scene/scene.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/config.h"
#include "core/iso6346.h"
#include "simulator/scene/structure.h"

namespace portcullis::simulator {

namespace {

constexpr double kAirAroundMm = 250;
constexpr std::size_t kObjectsMax = 5'000;
constexpr std::size_t kPrismPointsMax = 32;

struct SwitchName {
  std::string_view name;
  bool NoiseSwitches::*member;
};
constexpr SwitchName kSwitches[] = {
    {"photon", &NoiseSwitches::photon},
    {"electronic", &NoiseSwitches::electronic},
    {"dark", &NoiseSwitches::dark},
    {"gain", &NoiseSwitches::gain},
    {"bad_pixels", &NoiseSwitches::bad_pixels},
    {"cross_talk", &NoiseSwitches::cross_talk},
    {"afterglow", &NoiseSwitches::afterglow},
    {"saturation", &NoiseSwitches::saturation},
    {"scatter", &NoiseSwitches::scatter},
    {"dose", &NoiseSwitches::dose},
    {"missed_pulses", &NoiseSwitches::missed_pulses},
    {"blur", &NoiseSwitches::blur},
    {"wobble", &NoiseSwitches::wobble},
    {"speed", &NoiseSwitches::speed},
};

std::array<double, 9> rotation_matrix(const std::vector<double>& degrees) {
  // About the fixed axes x, then y, then z: R = Rz Ry Rx.
  const double k = std::numbers::pi / 180;
  const double cx = std::cos(degrees[0] * k);
  const double sx = std::sin(degrees[0] * k);
  const double cy = std::cos(degrees[1] * k);
  const double sy = std::sin(degrees[1] * k);
  const double cz = std::cos(degrees[2] * k);
  const double sz = std::sin(degrees[2] * k);
  return {cz * cy,
          cz * sy * sx - sz * cx,
          cz * sy * cx + sz * sx,
          sz * cy,
          sz * sy * sx + cz * cx,
          sz * sy * cx - cz * sx,
          -sy,
          cy * sx,
          cy * cx};
}

/// Area of a polygon; negative where it runs clockwise.
double polygon_area(const std::vector<std::array<double, 2>>& points) {
  double sum = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto& a = points[i];
    const auto& b = points[(i + 1) % points.size()];
    sum += a[0] * b[1] - b[0] * a[1];
  }
  return sum / 2;
}

class SceneReader {
 public:
  SceneReader(core::ConfigReader root, std::filesystem::path folder)
      : root_(std::move(root)), folder_(std::move(folder)) {}

  core::Result<Scene> read() {
    scene_.seed = static_cast<std::uint64_t>(root_.integer("seed", 1, {0, 9e15}));
    read_scan(root_.table("scan"));
    read_vehicle(root_.table("vehicle"));
    read_containers();
    if (root_.good() && scene_.vehicle_kind != "none") add_vehicle_structure(scene_);
    if (root_.good()) read_objects();
    auto noise = root_.table("noise");
    for (const auto& entry : kSwitches)
      scene_.noise.*entry.member = noise.boolean(entry.name, true);
    read_declaration(root_.table("declaration"));
    read_faults();
    PC_CHECK(root_.finish());
    weigh();
    return std::move(scene_);
  }

 private:
  void read_scan(core::ConfigReader scan) {
    scene_.scanner = scan.text("scanner", "gantry-6mv");
    if (scene_.scanner.empty())
      scan.fail("scanner", "is empty; name a scanner such as \"gantry-6mv\"");
    // A scanner given by path stands relative to the scene, as all paths do.
    if (scene_.scanner.ends_with(".toml"))
      scene_.scanner = (folder_ / scan.path("scanner")).string();
    if (scan.has("speed_mm_s")) scene_.speed_mm_s = scan.number("speed_mm_s", 0, {10, 5000});
    if (scan.has("x_from_mm")) scene_.x_from_mm = scan.number("x_from_mm", 0, {-100'000, 100'000});
    if (scan.has("x_to_mm")) scene_.x_to_mm = scan.number("x_to_mm", 0, {-100'000, 100'000});
    if (scene_.x_from_mm && scene_.x_to_mm && *scene_.x_to_mm <= *scene_.x_from_mm) {
      scan.fail("x_to_mm", "must be greater than x_from_mm");
    }
  }

  void read_vehicle(core::ConfigReader vehicle) {
    constexpr std::string_view kVehicles[] = {"none", "rigid", "semi-trailer", "rail"};
    const auto kind = vehicle.choice("kind", 0, {std::begin(kVehicles), std::end(kVehicles)});
    scene_.vehicle_kind = kVehicles[kind];
    if (scene_.vehicle_kind == "rail")
      vehicle.fail("kind", "\"rail\" is not supported yet; use semi-trailer, rigid or none");
    scene_.plate = vehicle.text("plate", "");
    if (scene_.plate.size() > 16) vehicle.fail("plate", "is longer than 16 characters");
  }

  void read_containers() {
    auto tables = root_.tables("container");
    if (tables.size() > 4)
      root_.fail("container", fmt::format("{} containers are more than 4", tables.size()));
    double next_outer_front = 0;
    for (std::size_t i = 0; i < tables.size() && root_.good(); ++i) {
      auto& table = tables[i];
      SceneContainer container;
      container.number = table.required_text("number");
      container.iso_type = table.required_text("iso_type");
      if (container.number.size() > 16) table.fail("number", "is longer than 16 characters");
      const auto size = container_size(container.iso_type);
      if (!size) {
        table.fail("iso_type", fmt::format("\"{}\" cannot be built; known are lengths 2, 4, L, "
                                           "heights 2, 5 and groups G, V, R, T, P, "
                                           "for example 22G1, 45G1, 45R1, 22T1, 42P1",
                                           container.iso_type));
        return;
      }
      container.x_front_mm = i == 0 ? 0 : next_outer_front + size->front_mm;
      next_outer_front = container.x_front_mm - size->front_mm + size->outer_length_mm + 76;
      scene_.containers.push_back(std::move(container));
      add_container_structure(scene_, static_cast<int>(i));
    }
  }

  void read_objects() {
    auto tables = root_.tables("object");
    if (tables.size() > kObjectsMax)
      root_.fail("object", fmt::format("{} objects are more than {}", tables.size(), kObjectsMax));
    for (auto& table : tables) {
      if (!root_.good()) return;
      read_object(table);
    }
  }

  /// The shape and its size in own axes; false after a problem.
  bool read_shape(core::ConfigReader& table, Solid& solid) {
    constexpr std::string_view kShapes[] = {"box",  "cylinder", "sphere", "ellipsoid",
                                            "cone", "prism",    "mesh"};
    if (!table.has("shape")) table.fail("shape", "is missing");
    const auto shape = table.choice("shape", 0, {std::begin(kShapes), std::end(kShapes)});
    constexpr core::ConfigReader::Range kSize{0.01, 50'000};
    std::vector<double> size;
    switch (shape) {
      case 0:
      case 3:
        solid.shape = shape == 0 ? Shape::kBox : Shape::kEllipsoid;
        size = table.required_numbers("size_mm", 3, kSize);
        solid.half_mm = {size[0] / 2, size[1] / 2, size[2] / 2};
        break;
      case 1:
      case 4:
        solid.shape = shape == 1 ? Shape::kCylinder : Shape::kCone;
        size = table.required_numbers("size_mm", 2, kSize);
        solid.half_mm = {size[0] / 2, size[0] / 2, size[1] / 2};
        break;
      case 2:
        solid.shape = Shape::kEllipsoid;
        size = table.required_numbers("size_mm", 1, kSize);
        solid.half_mm = {size[0] / 2, size[0] / 2, size[0] / 2};
        break;
      case 5:
        solid.shape = Shape::kPrism;
        return read_prism(table, solid);
      default:
        table.fail("shape",
                   "\"mesh\" is not supported yet; build it of boxes, cylinders and prisms");
        return false;
    }
    return table.good();
  }

  /// points_mm: [x, y] of the corners in turn; size_mm: the length along z.
  bool read_prism(core::ConfigReader& table, Solid& solid) {
    const auto length = table.required_numbers("size_mm", 1, {0.01, 50'000});
    const auto corners = table.required_rows("points_mm", 2, {-50'000, 50'000});
    if (!table.good()) return false;
    if (corners.size() < 3 || corners.size() > kPrismPointsMax) {
      table.fail("points_mm",
                 fmt::format("has {} corners, expected 3 to {}", corners.size(), kPrismPointsMax));
      return false;
    }
    for (const auto& corner : corners) solid.points_mm.push_back({corner[0], corner[1]});
    if (std::abs(polygon_area(solid.points_mm)) < 1e-3) {
      table.fail("points_mm", "the corners enclose no area");
      return false;
    }
    solid.half_mm = {0, 0, length[0] / 2};
    for (const auto& point : solid.points_mm) {
      for (std::size_t i = 0; i < 2; ++i)
        solid.half_mm[i] = std::max(solid.half_mm[i], std::abs(point[i]));
    }
    return true;
  }

  /// Index of the material named by `key`, and its density; false after a problem.
  bool read_material(core::ConfigReader& table, std::string_view key, std::size_t& index,
                     double& density) {
    const std::string name = table.required_text(key);
    if (!table.good()) return false;
    auto found = find_material(name);
    if (!found.ok()) {
      table.fail(key, found.error().message);
      return false;
    }
    density = found->density_g_cm3;
    for (index = 0; index < scene_.materials.size(); ++index) {
      if (scene_.materials[index].name == name) return true;
    }
    scene_.materials.push_back(std::move(*found));
    return true;
  }

  void read_object(core::ConfigReader& table) {
    SceneObject object;
    Solid solid;
    object.name = table.text("name", fmt::format("object-{}", scene_.objects.size()));
    const bool has_containers = !scene_.containers.empty();
    if (table.has("container")) {
      const auto index = table.integer("container", 0, {0, 1000});
      if (static_cast<std::size_t>(index) >= scene_.containers.size()) {
        table.fail("container",
                   fmt::format("{}: there are {} [[container]] entries, counted from 0", index,
                               scene_.containers.size()));
        return;
      }
      object.container = static_cast<int>(index);
    } else if (has_containers) {
      object.container = 0;
    }
    if (!read_shape(table, solid)) return;
    const auto center = table.required_numbers("center_mm", 3, {-100'000, 100'000});
    const auto degrees = table.numbers("rotation_deg", {0, 0, 0}, 3, {-360, 360});
    double density = 0;
    if (!read_material(table, "material", solid.material, density)) return;
    object.material = scene_.materials[solid.material].name;
    solid.density_g_cm3 = table.number("density_g_cm3", density, {1e-5, 25});
    if (solid.density_g_cm3 <= 0) {
      table.fail("material",
                 fmt::format("\"{}\" is a formula without a density; give density_g_cm3 as well",
                             object.material));
      return;
    }
    const double x0 =
        object.container < 0
            ? 0
            : scene_.containers[static_cast<std::size_t>(object.container)].x_front_mm;
    solid.center_mm = {x0 + center[0], center[1], kFloorHeightMm + center[2]};
    solid.axis_aligned = degrees[0] == 0 && degrees[1] == 0 && degrees[2] == 0;
    if (!solid.axis_aligned) solid.rotation = rotation_matrix(degrees);
    solid.object = static_cast<int>(scene_.objects.size());
    object.truth = table.text("truth", "goods");
    if (object.truth != "goods" && object.truth != "packaging" && object.truth != "structure" &&
        !(object.is_threat() && object.truth.size() > 7)) {
      table.fail("truth",
                 fmt::format("\"{}\" is none of goods, packaging, structure, threat:<kind>",
                             object.truth));
      return;
    }
    object.item = static_cast<int>(table.integer("item", 0, {0, 9999}));
    object.box = bounds(solid);
    if (object.box.y_min < -4000 || object.box.y_max > 2900) {
      table.fail(
          "center_mm",
          fmt::format(
              "the object reaches from y {:.0f} to {:.0f} mm, outside the lane (-4000 to 2900)",
              object.box.y_min, object.box.y_max));
      return;
    }
    const Solid outer = solid;
    scene_.solids.push_back(std::move(solid));
    read_inside(table, outer);
    scene_.objects.push_back(std::move(object));
  }

  /// A hollow solid is its outside followed by its inside, which wins.
  void read_inside(core::ConfigReader& table, const Solid& outer) {
    if (!table.has("inside") && !table.has("wall_mm")) return;
    if (!table.has("inside")) table.fail("wall_mm", "needs inside = \"air\" or another material");
    const double wall = table.required_number("wall_mm", {0.01, 10'000});
    Solid inner = outer;
    if (!read_material(table, "inside", inner.material, inner.density_g_cm3)) return;
    if (inner.density_g_cm3 <= 0) {
      table.fail("inside", "is a formula without a density; use a material of the table");
      return;
    }
    if (outer.shape == Shape::kPrism || outer.shape == Shape::kCone) {
      table.fail("inside", "only boxes, cylinders, spheres and ellipsoids can be hollow");
      return;
    }
    for (double& half : inner.half_mm) {
      half -= wall;
      if (half <= 0) {
        table.fail("wall_mm", fmt::format("{:g} mm leaves no inside", wall));
        return;
      }
    }
    scene_.solids.push_back(std::move(inner));
  }

  void read_declaration(core::ConfigReader table) {
    const auto file = table.path("file");
    if (!file.empty()) scene_.declaration = folder_ / file;
    std::error_code ignored;
    if (!scene_.declaration.empty() &&
        !std::filesystem::is_regular_file(scene_.declaration, ignored)) {
      table.fail("file", fmt::format("{}: there is no such file", scene_.declaration.string()));
    }
  }

  void read_faults() {
    for (auto& table : root_.tables("fault")) {
      SceneFault fault;
      fault.at_s = table.required_number("at_s", {0, 86'400});
      fault.after = static_cast<SceneEvent>(
          table.choice("after", 0, {"beam-on", "arrives", "enters", "parked", "leaves"}));
      fault.kind = table.required_text("kind");
      if (table.good() && std::find(fault_kinds().begin(), fault_kinds().end(), fault.kind) ==
                              fault_kinds().end()) {
        table.fail("kind",
                   fmt::format("\"{}\" is none of {}", fault.kind, fmt::join(fault_kinds(), ", ")));
      }
      fault.value = table.number("value", 1, {-1e9, 1e9});
      fault.value_given = table.has("value");
      fault.for_s = table.number("for_s", 0, {0, 86'400});
      scene_.faults.push_back(std::move(fault));
    }
  }

  void weigh() {
    for (std::size_t i = 0; i < scene_.solids.size(); ++i) {
      const auto& solid = scene_.solids[i];
      if (solid.object < 0) continue;
      scene_.objects[static_cast<std::size_t>(solid.object)].mass_kg +=
          mass_of_solids_kg(scene_, i, i + 1);
    }
    for (const auto& object : scene_.objects) {
      if (object.container < 0 || object.truth == "structure") continue;
      scene_.containers[static_cast<std::size_t>(object.container)].load_mass_kg += object.mass_kg;
    }
  }

  core::ConfigReader root_;
  std::filesystem::path folder_;  // for relative paths where the text did not come from a file
  Scene scene_;
};

}  // namespace

NoiseSwitches NoiseSwitches::none() {
  NoiseSwitches switches;
  for (const auto& entry : kSwitches) switches.*entry.member = false;
  return switches;
}

std::string NoiseSwitches::text() const {
  std::string result;
  for (const auto& entry : kSwitches) {
    if (!(this->*entry.member)) continue;
    if (!result.empty()) result += ' ';
    result += entry.name;
  }
  return result;
}

std::array<double, 2> Scene::extent_mm() const {
  if (solids.empty()) return {0, 0};
  std::array<double, 2> extent{1e300, -1e300};
  for (const auto& solid : solids) {
    const LaneBox box = bounds(solid);
    extent[0] = std::min(extent[0], box.x_min);
    extent[1] = std::max(extent[1], box.x_max);
  }
  return extent;
}

std::array<double, 2> Scene::scan_range_mm() const {
  const auto extent = extent_mm();
  return {x_from_mm.value_or(extent[0] - kAirAroundMm), x_to_mm.value_or(extent[1] + kAirAroundMm)};
}

core::VehicleIdentity Scene::identity() const {
  core::VehicleIdentity identity;
  identity.plate = plate;
  for (const auto& container : containers) {
    const bool digit_ok =
        core::check_container_number(container.number) == core::ContainerNumberProblem::kNone;
    identity.containers.push_back({container.number, container.iso_type, digit_ok, 1.0});
  }
  return identity;
}

const std::vector<std::string_view>& fault_kinds() {
  static const std::vector<std::string_view> kinds{"packet-loss",
                                                   "packet-duplicate",
                                                   "packet-corrupt",
                                                   "packet-reorder",
                                                   "detector-silent",
                                                   "source-silent",
                                                   "source-fault",
                                                   "plc-silent",
                                                   "plc-exception",
                                                   "plc-slow",
                                                   "portal-silent",
                                                   "estop",
                                                   "door-open",
                                                   "lamp-failed",
                                                   "heartbeat-frozen",
                                                   "module-dead",
                                                   "module-frozen",
                                                   "pulse-missed",
                                                   "source-arc",
                                                   "source-cold",
                                                   "source-lies",
                                                   "plc-frozen",
                                                   "plc-disconnect",
                                                   "plc-wrong-unit",
                                                   "plc-wrong-transaction",
                                                   "plc-short",
                                                   "encoder-frozen",
                                                   "position-jump",
                                                   "channels-differ",
                                                   "interlock-flicker",
                                                   "person-in-area",
                                                   "dose-monitor-failed",
                                                   "beam-sensed",
                                                   "bypass",
                                                   "ups-on-battery",
                                                   "key-off",
                                                   "portal-tamper",
                                                   "portal-background-high",
                                                   "portal-frozen",
                                                   "portal-garbage",
                                                   "camera-silent",
                                                   "camera-misreads",
                                                   "line-loss"};
  return kinds;
}

core::Result<Scene> load_scene(const std::filesystem::path& path) {
  PC_TRY(auto root, core::ConfigReader::load(path));
  PC_TRY(auto scene, SceneReader(std::move(root), {}).read());
  scene.path = path;
  return scene;
}

core::Result<Scene> parse_scene(std::string_view text, std::string_view name,
                                const std::filesystem::path& folder) {
  PC_TRY(auto root, core::ConfigReader::parse(text, name));
  PC_TRY(auto scene, SceneReader(std::move(root), folder).read());
  scene.path = folder / name;
  return scene;
}

}  // namespace portcullis::simulator
