#include "simulator/scene/generate_qa.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "simulator/physics/beam_model.h"
#include "simulator/physics/random.h"
#include "simulator/scene/scanner.h"

namespace portcullis::simulator {

namespace {

constexpr double kPlateMm = 640;  // breadth and height of the plates of steel
constexpr double kTestPlateThicknessMm = 100;

/// "qa-wires-air-1.5-blank" taken apart.
struct QaMix {
  std::string_view base;
  std::optional<double> size;
  bool blank = false;
};

std::optional<QaMix> parse_qa_mix(std::string_view mix) {
  QaMix parsed;
  constexpr std::string_view kBlank = "-blank";
  if (mix.size() > kBlank.size() && mix.substr(mix.size() - kBlank.size()) == kBlank) {
    parsed.blank = true;
    mix.remove_suffix(kBlank.size());
  }
  for (const auto name : qa_mix_names()) {
    if (mix == name) {
      parsed.base = name;
      return parsed;
    }
    if (mix.size() <= name.size() + 1 || mix.substr(0, name.size()) != name ||
        mix[name.size()] != '-')
      continue;
    const std::string rest(mix.substr(name.size() + 1));
    char* end = nullptr;
    const double size = std::strtod(rest.c_str(), &end);
    if (end == rest.c_str() + rest.size() && std::isfinite(size) && size > 0) {
      parsed.base = name;
      parsed.size = size;
      return parsed;
    }
  }
  return std::nullopt;
}

/// Writes one scene; every number goes through one format, so the bytes are stable.
class QaSceneWriter {
 public:
  QaSceneWriter(std::uint64_t seed, std::string_view scanner, double x_from_mm, double x_to_mm)
      : text_(fmt::format("seed = {}\n[scan]\nscanner = \"{}\"\nx_from_mm = {:.0f}\nx_to_mm = "
                          "{:.0f}\n[vehicle]\nkind = \"none\"\n",
                          seed, scanner, x_from_mm, x_to_mm)) {}

  void box(std::string_view name, std::string_view material, std::array<double, 3> size_mm,
           std::array<double, 3> center_mm, double tilt_deg = 0) {
    solid(name, "box", fmt::format("{:.3f}, {:.3f}, {:.3f}", size_mm[0], size_mm[1], size_mm[2]),
          center_mm, {0, tilt_deg, 0}, material);
  }
  /// A straight wire; 0 degrees stands upright.
  void wire(std::string_view name, double diameter_mm, double length_mm,
            std::array<double, 3> center_mm, double tilt_deg) {
    solid(name, "cylinder", fmt::format("{:.3f}, {:.3f}", diameter_mm, length_mm), center_mm,
          {0, tilt_deg, 0}, "steel");
  }
  void prism(std::string_view name, const std::vector<std::array<double, 2>>& points_mm,
             double depth_mm, std::array<double, 3> center_mm) {
    std::string corners;
    for (const auto& p : points_mm)
      corners += fmt::format("{}[{:.3f}, {:.3f}]", corners.empty() ? "" : ", ", p[0], p[1]);
    // Turned about x the prism's own y looks up and its length lies across the lane.
    solid(name, "prism", fmt::format("{:.3f}", depth_mm), center_mm, {90, 0, 0}, "steel");
    text_ += fmt::format("points_mm = [{}]\n", corners);
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  void solid(std::string_view name, std::string_view shape, const std::string& size,
             std::array<double, 3> center_mm, std::array<double, 3> rotation_deg,
             std::string_view material) {
    text_ += fmt::format(
        "\n[[object]]\nname = \"{}\"\nshape = \"{}\"\nsize_mm = [{}]\ncenter_mm = [{:.3f}, {:.3f}, "
        "{:.3f}]\nrotation_deg = [{:.3f}, {:.3f}, {:.3f}]\nmaterial = \"{}\"\n",
        name, shape, size, center_mm[0], center_mm[1], center_mm[2], rotation_deg[0],
        rotation_deg[1], rotation_deg[2], material);
  }
  std::string text_;
};

struct QaDraft {
  std::string scene;
  nlohmann::json truth;
};

/// The middle of a plate that leaves 200 mm of air before it.
std::array<double, 3> draw_plate_center(Random& random) {
  return {std::round(random.uniform(520, 600)), 0, std::round(random.uniform(-80, 300))};
}

QaDraft draw_air(std::uint64_t seed, std::string_view scanner) {
  return {QaSceneWriter(seed, scanner, 0, 2400).text(), {{"test", "air"}}};
}

QaDraft draw_arrow(const QaMix& mix, std::uint64_t seed, std::string_view scanner, Random& random) {
  constexpr std::array<std::string_view, 4> kDirections{"right", "up", "left", "down"};
  const double drawn = 20 * std::round(random.uniform(8, 18));
  const double thickness = mix.size.value_or(drawn);
  const auto plate = draw_plate_center(random);
  const auto direction = static_cast<std::size_t>(random.below(4));
  const double x = plate[0] + std::round(random.uniform(-200, 200));
  const double z = plate[2] + std::round(random.uniform(-200, 200));
  QaSceneWriter writer(seed, scanner, 0, 1150);
  writer.box("plate", "steel", {kPlateMm, thickness, kPlateMm}, plate);
  if (!mix.blank) {
    auto outline = qa_arrow_outline_mm();
    for (std::size_t turn = 0; turn < direction; ++turn) {
      for (auto& p : outline) p = {-p[1], p[0]};
    }
    const double depth = 0.2 * thickness;
    writer.prism("arrow", outline, depth, {x, (thickness + depth) / 2, z});
  }
  nlohmann::json truth{{"test", "arrow"}, {"steel_mm", thickness}};
  if (!mix.blank) {
    truth["direction"] = kDirections[direction];
    truth["center_mm"] = {x, z};
  }
  return {writer.text(), truth};
}

QaDraft draw_wires(const QaMix& mix, bool behind_steel, std::uint64_t seed,
                   std::string_view scanner, Random& random) {
  constexpr std::array<double, 6> kDiametersMm{0.5, 1, 1.5, 2, 3, 4};
  constexpr double kLengthMm = 400;
  const auto plate = draw_plate_center(random);
  const std::size_t count = mix.size ? 1 : 1 + static_cast<std::size_t>(random.below(4));
  QaSceneWriter writer(seed, scanner, 0, 1150);
  if (behind_steel)
    writer.box("plate", "steel", {kPlateMm, kTestPlateThicknessMm, kPlateMm}, plate);
  // Side by side, all tilted alike: 90 mm apart across their length.
  const double tilt = std::round(random.uniform(-90, 90));
  const double angle = tilt * 3.14159265358979323846 / 180;
  const double reach = behind_steel ? 60 : 90;
  const double x = plate[0] + random.uniform(-reach, reach);
  const double z = plate[2] + random.uniform(-reach, reach);
  nlohmann::json wires = nlohmann::json::array();
  for (std::size_t k = 0; k < count && !mix.blank; ++k) {
    const double diameter =
        mix.size.value_or(kDiametersMm[static_cast<std::size_t>(random.below(6))]);
    const double aside = 90 * (static_cast<double>(k) - static_cast<double>(count - 1) / 2);
    const double wx = x + aside * std::cos(angle);
    const double wz = z - aside * std::sin(angle);
    writer.wire(fmt::format("wire-{}", k + 1), diameter, kLengthMm,
                {wx, behind_steel ? kTestPlateThicknessMm / 2 + diameter : 0, wz}, tilt);
    wires.push_back({{"diameter_mm", diameter},
                     {"center_mm", {wx, wz}},
                     {"length_mm", kLengthMm},
                     {"tilt_deg", tilt}});
  }
  return {writer.text(),
          {{"test", "wires"},
           {"steel_mm", behind_steel ? kTestPlateThicknessMm : 0},
           {"wires", wires}}};
}

QaDraft draw_shims(const QaMix& mix, std::uint64_t seed, std::string_view scanner, Random& random) {
  const auto plate = draw_plate_center(random);
  const double percent = mix.size.value_or(random.below(2) == 0 ? 1.0 : 0.5);
  const double x = plate[0] + std::round(random.uniform(-220, 220));
  const double z = plate[2] + std::round(random.uniform(-220, 220));
  QaSceneWriter writer(seed, scanner, 0, 1150);
  writer.box("plate", "steel", {kPlateMm, kTestPlateThicknessMm, kPlateMm}, plate);
  nlohmann::json shims = nlohmann::json::array();
  if (!mix.blank) {
    const double depth = kTestPlateThicknessMm * percent / 100;
    writer.box("shim", "steel", {50, depth, 50}, {x, (kTestPlateThicknessMm + depth) / 2, z});
    shims.push_back({{"percent", percent}, {"center_mm", {x, z}}, {"side_mm", 50}});
  }
  return {writer.text(),
          {{"test", "shims"}, {"steel_mm", kTestPlateThicknessMm}, {"shims", shims}}};
}

QaDraft draw_gauge(const QaMix& mix, std::uint64_t seed, std::string_view scanner, Random& random) {
  constexpr double kTiltDeg = 5;
  constexpr double kDepthMm = 30;
  constexpr double kBarLengthMm = 110;
  constexpr int kBars = 6;
  // Resolved along the scan by the lower row, across it by the upper one.
  constexpr std::array<double, 5> kAlongMm{6, 5, 4, 3.5, 3};
  constexpr std::array<double, 5> kAcrossMm{7, 6, 5, 4.5, 4};
  const double x_first = std::round(random.uniform(300, 360));
  const double z_middle = std::round(random.uniform(-60, 60));
  QaSceneWriter writer(seed, scanner, 0, 1300);
  nlohmann::json groups = nlohmann::json::array();
  for (int row = 0; row < 2 && !mix.blank; ++row) {
    const bool along = row == 0;
    const double z = z_middle + (along ? -90 : 90) + random.uniform(-2, 2);
    for (std::size_t g = 0; g < kAlongMm.size(); ++g) {
      const double gap = along ? kAlongMm[g] : kAcrossMm[g];
      const double x = x_first + 170 * static_cast<double>(g) + random.uniform(-2, 2);
      const double angle = kTiltDeg * 3.14159265358979323846 / 180;
      for (int bar = 0; bar < kBars; ++bar) {
        const double aside = 2 * gap * (bar - (kBars - 1) / 2.0);
        const std::array<double, 3> center =
            along
                ? std::array<double, 3>{x + aside * std::cos(angle), 0, z - aside * std::sin(angle)}
                : std::array<double, 3>{x + aside * std::sin(angle), 0,
                                        z + aside * std::cos(angle)};
        const std::array<double, 3> size = along
                                               ? std::array<double, 3>{gap, kDepthMm, kBarLengthMm}
                                               : std::array<double, 3>{kBarLengthMm, kDepthMm, gap};
        writer.box(fmt::format("{}-{:g}-{}", along ? "along" : "across", gap, bar + 1), "lead",
                   size, center, kTiltDeg);
      }
      groups.push_back({{"axis", along ? "along" : "across"},
                        {"gap_mm", gap},
                        {"center_mm", {x, z}},
                        {"bars", kBars}});
    }
  }
  return {writer.text(), {{"test", "gauge"}, {"tilt_deg", kTiltDeg}, {"groups", groups}}};
}

struct QaMaterial {
  std::string_view material, wedge_class;
  std::array<double, 6> steps_mm;
};
constexpr std::array<QaMaterial, 4> kQaMaterials{{
    {"steel", "metal", {10, 25, 50, 80, 120, 170}},
    {"aluminium", "light inorganic", {30, 70, 130, 200, 300, 420}},
    {"polyethylene", "organic", {80, 180, 320, 500, 750, 1000}},
    {"lead", "heavy metal", {5, 12, 25, 45, 70, 100}},
}};

QaDraft draw_wedge(const QaMix& mix, std::uint64_t seed, std::string_view scanner, int index,
                   Random& random) {
  constexpr double kStepMm = 120;
  const auto& material = kQaMaterials[static_cast<std::size_t>(index) % kQaMaterials.size()];
  const double z = std::round(random.uniform(0, 250));
  const double x = std::round(random.uniform(220, 300));
  const bool rising = random.below(2) == 0;
  const auto steps = 3 + static_cast<std::size_t>(random.below(4));
  QaSceneWriter writer(seed, scanner, 0, x + kStepMm * static_cast<double>(steps) + 250);
  nlohmann::json thick = nlohmann::json::array();
  for (std::size_t k = 0; k < steps && !mix.blank; ++k) {
    const double thickness = material.steps_mm[rising ? k : steps - 1 - k];
    writer.box(fmt::format("step-{}", k + 1), material.material, {kStepMm, thickness, 300},
               {x + kStepMm * (static_cast<double>(k) + 0.5), 0, z});
    thick.push_back(thickness);
  }
  return {writer.text(),
          {{"test", "wedge"},
           {"material", material.material},
           {"class", material.wedge_class},
           {"steps_mm", thick}}};
}

/// Thickness of a material whose attenuation at the high energy is `attenuation`, mm.
double thickness_for(const BeamModel& beam, const Material& material, double attenuation) {
  double low = 0;
  double high = 600;
  for (int i = 0; i < 60; ++i) {
    const double middle = 0.5 * (low + high);
    const double seen = -std::log(beam.transmission(material, middle)[0]);
    (seen < attenuation ? low : high) = middle;
  }
  return 10 * low / material.density_g_cm3;
}

core::Result<QaDraft> draw_materials(const QaMix& mix, std::uint64_t seed, std::string_view scanner,
                                     Random& random) {
  constexpr std::array<double, 3> kAttenuations{1.2, 2.0, 3.0};
  PC_TRY(const Scanner machine, load_scanner(scanner));
  PC_TRY(const BeamModel beam, BeamModel::create(machine.beam));
  const double attenuation = kAttenuations[static_cast<std::size_t>(random.below(3))];
  std::array<std::size_t, 4> order{0, 1, 2, 3};
  for (std::size_t i = 3; i > 0; --i) std::swap(order[i], order[random.below(i + 1)]);
  const double z = std::round(random.uniform(0, 300));
  QaSceneWriter writer(seed, scanner, 0, 1350);
  nlohmann::json blocks = nlohmann::json::array();
  for (std::size_t k = 0; k < order.size(); ++k) {
    const auto& entry = kQaMaterials[order[k]];
    // A blank has one material only: nothing to be told apart.
    const auto& real = mix.blank ? kQaMaterials[0] : entry;
    PC_TRY(const Material material, find_material(real.material));
    const double thickness = thickness_for(beam, material, attenuation);
    const double x = 300 + 240 * static_cast<double>(k);
    writer.box(fmt::format("block-{}", k + 1), real.material, {180, thickness, 180}, {x, 0, z});
    blocks.push_back({{"material", real.material},
                      {"class", real.wedge_class},
                      {"thickness_mm", thickness},
                      {"center_mm", {x, z}}});
  }
  return QaDraft{writer.text(),
                 {{"test", "materials"}, {"attenuation", attenuation}, {"blocks", blocks}}};
}

}  // namespace

const std::vector<std::string_view>& qa_mix_names() {
  static const std::vector<std::string_view> names{"qa-air",       "qa-wedge",       "qa-arrow",
                                                   "qa-wires-air", "qa-wires-steel", "qa-gauge",
                                                   "qa-shims",     "qa-materials"};
  return names;
}

bool is_qa_mix(std::string_view mix) {
  return mix.substr(0, 3) == "qa-";
}

std::vector<std::array<double, 2>> qa_arrow_outline_mm() {
  return {{-50, -15}, {5, -15}, {5, -40}, {50, 0}, {5, 40}, {5, 15}, {-50, 15}};
}

core::Result<GeneratedScene> generate_qa_scene(std::string_view mix, std::uint64_t seed, int index,
                                               std::string_view scanner) {
  const auto parsed = parse_qa_mix(mix);
  const bool sized = parsed && parsed->size.has_value();
  if (!parsed || (sized && *parsed->size > (parsed->base == "qa-arrow" ? 600 : 50))) {
    std::string known;
    for (const auto name : qa_mix_names())
      known += fmt::format("{}{}", known.empty() ? "" : ", ", name);
    return core::Error{core::ErrorCode::kInvalidInput,
                       fmt::format("mix \"{}\": unknown; test objects are {}, followed by a size "
                                   "(qa-arrow-320) and -blank where wanted",
                                   mix, known)};
  }
  PC_TRY([[maybe_unused]] const Scanner known_scanner, load_scanner(scanner));
  // A blank draws as its counterpart does: the same plate, without what is to be found.
  Random random(seed, Stream::kGenerator, static_cast<std::uint64_t>(index), 0x7161);
  const std::uint64_t scene_seed = seed + static_cast<std::uint64_t>(index);
  QaDraft draft;
  if (parsed->base == "qa-air") {
    draft = draw_air(scene_seed, scanner);
  } else if (parsed->base == "qa-arrow") {
    draft = draw_arrow(*parsed, scene_seed, scanner, random);
  } else if (parsed->base == "qa-wires-air") {
    draft = draw_wires(*parsed, false, scene_seed, scanner, random);
  } else if (parsed->base == "qa-wires-steel") {
    draft = draw_wires(*parsed, true, scene_seed, scanner, random);
  } else if (parsed->base == "qa-shims") {
    draft = draw_shims(*parsed, scene_seed, scanner, random);
  } else if (parsed->base == "qa-gauge") {
    draft = draw_gauge(*parsed, scene_seed, scanner, random);
  } else if (parsed->base == "qa-wedge") {
    draft = draw_wedge(*parsed, scene_seed, scanner, index, random);
  } else {
    PC_TRY(draft, draw_materials(*parsed, scene_seed, scanner, random));
  }
  GeneratedScene scene;
  scene.name = fmt::format("scene_{:03d}", index);
  scene.mix = std::string(mix);
  scene.scene_toml = std::move(draft.scene);
  draft.truth["mix"] = mix;
  draft.truth["blank"] = parsed->blank;
  draft.truth["seed"] = scene_seed;
  scene.expect_json = draft.truth.dump(2) + "\n";
  return scene;
}

}  // namespace portcullis::simulator
