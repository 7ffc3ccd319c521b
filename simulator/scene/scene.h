#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/scan.h"
#include "simulator/physics/material.h"

namespace portcullis::simulator {

/// Height of the container floor above ground, and so of a scene's z = 0.
inline constexpr double kFloorHeightMm = 1250;

/// Which defects act: the keys of a scene's [noise] table, each true where absent. Each has its own
/// random stream, so switching one off changes nothing else.
struct NoiseSwitches {
  bool photon = true;      ///< Compound Poisson of deposits.
  bool electronic = true;  ///< Amplifier noise.
  bool dark = true;        ///< Offset per pixel and its drift with temperature.
  bool gain = true;        ///< Gain spread with steps at module edges.
  bool bad_pixels = true;  ///< Dead and hot pixels.
  bool cross_talk = true;
  bool afterglow = true;
  bool saturation = true;
  bool scatter = true;
  bool dose = true;           ///< Dose fluctuation and drift, and the reference's own noise.
  bool missed_pulses = true;  ///< Missed and arced pulses.
  bool blur = true;           ///< Focal spot and pixel aperture, along x and along the array.
  bool wobble = true;         ///< Boom wobble.
  bool speed = true;          ///< Speed variation.

  static NoiseSwitches none();
  /// "photon electronic ..." of those that act; part of the calibration cache's key.
  [[nodiscard]] std::string text() const;
};

enum class Shape : std::uint8_t { kBox, kCylinder, kCone, kEllipsoid, kPrism };

/// One convex-or-prism body of one material, in lane coordinates (x along the vehicle, y across,
/// z above ground, millimetres). In its own axes: box and ellipsoid |p| <= half; cylinder and
/// cone radius half[0], along z from -half[2] to half[2] (a cone's point is up); prism the polygon
/// `points` in x, y, from -half[2] to half[2].
struct Solid {
  Shape shape = Shape::kBox;
  std::array<double, 3> center_mm{};
  std::array<double, 3> half_mm{};
  std::array<double, 9> rotation{1, 0, 0, 0, 1, 0, 0, 0, 1};  ///< Row-major, own axes to lane.
  bool axis_aligned = true;                                   ///< rotation is the identity.
  std::vector<std::array<double, 2>> points_mm;
  std::size_t material = 0;  ///< Index in Scene::materials.
  double density_g_cm3 = 0;
  int object = -1;     ///< Index in Scene::objects; -1 for container and vehicle.
  int container = -1;  ///< Container whose structure it is; -1 otherwise.
};

struct LaneBox {
  double x_min = 0, x_max = 0, y_min = 0, y_max = 0, z_min = 0, z_max = 0;
};
/// Bounds of a solid in lane coordinates.
LaneBox bounds(const Solid& solid);
bool contains(const Solid& solid, double x_mm, double y_mm, double z_mm);

/// Something placed by the scene: one or two solids (a hollow one has its inside as the second).
struct SceneObject {
  std::string name;
  int container = -1;
  std::string material;
  std::string truth = "goods";  ///< goods, packaging, structure, threat:<kind>
  int item = 0;                 ///< Declaration item, 0 where none.
  LaneBox box;
  double mass_kg = 0;  ///< What of it is really there: overlapped parts belong to later ones.
  [[nodiscard]] bool is_threat() const { return truth.rfind("threat:", 0) == 0; }
};

struct SceneContainer {
  std::string number;
  std::string iso_type;
  double x_front_mm = 0;  ///< Front inner wall, in lane x.
  LaneBox outer;
  LaneBox inner;
  double tare_kg = 0;       ///< Mass of the modelled structure.
  double load_mass_kg = 0;  ///< All its objects but truth "structure".
};

/// What a live fault's time counts from. Offline there is only the beam.
enum class SceneEvent : std::uint8_t {
  kBeamOn,   ///< Beam is first on for this truck: the scan's own time.
  kArrives,  ///< The truck stops at the entry.
  kEnters,   ///< It drives in.
  kParked,   ///< It stands in the tunnel.
  kLeaves,   ///< It drives out.
};
inline constexpr std::size_t kSceneEventCount = 5;

struct SceneFault {
  double at_s = 0;  ///< After `after`.
  SceneEvent after = SceneEvent::kBeamOn;
  std::string kind;
  double value = 0;
  bool value_given = false;  ///< Otherwise the fault's own default.
  double for_s = 0;          ///< 0: to the end of the scan, or of the truck.
};

/// A scene as read: everything placed and named, ready to be traced. Immutable in use.
struct Scene {
  std::filesystem::path path;
  std::uint64_t seed = 1;
  std::string scanner = "gantry-6mv";
  std::optional<double> speed_mm_s;
  std::optional<double> x_from_mm, x_to_mm;
  std::string vehicle_kind = "none";
  std::string plate;
  std::vector<SceneContainer> containers;
  std::vector<SceneObject> objects;
  std::vector<Solid> solids;  ///< Where they overlap, the later one wins.
  std::vector<Material> materials;
  NoiseSwitches noise;
  std::filesystem::path declaration;  ///< Empty where none.
  std::vector<SceneFault> faults;

  /// Along x, all solids; {0, 0} where there are none.
  [[nodiscard]] std::array<double, 2> extent_mm() const;
  /// What is scanned: x_from..x_to where given, else all there is with 250 mm of air around.
  [[nodiscard]] std::array<double, 2> scan_range_mm() const;
  /// Plate and containers as a correct reading would have them.
  [[nodiscard]] core::VehicleIdentity identity() const;
};

/// Reads a scene file. Fails with kInvalidConfig or kNotFound: "FILE:LINE: key: why".
core::Result<Scene> load_scene(const std::filesystem::path& path);
/// As load_scene(), from text; relative paths start at `folder`, `name` stands in messages.
core::Result<Scene> parse_scene(std::string_view text, std::string_view name,
                                const std::filesystem::path& folder);

/// The fault catalogue's names: what [[fault]] kind may be.
const std::vector<std::string_view>& fault_kinds();

}  // namespace portcullis::simulator
