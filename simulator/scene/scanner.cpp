#include "simulator/scene/scanner.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

#include "core/config.h"
#include "core/files.h"
#include "core/line.h"

namespace portcullis::simulator {

std::string_view scanner_data(std::string_view name);
std::vector<std::string_view> scanner_data_names();

namespace {

constexpr std::size_t kScannerFileBytesMax = 1 << 20;

void read_arms(core::ConfigReader& root, core::ScannerGeometry& g) {
  int modules = 0;
  auto arms = root.tables("arm");
  if (arms.empty()) root.fail("arm", "is missing: the array needs at least one [[arm]]");
  for (auto& arm : arms) {
    const auto count = arm.required_integer("modules", {1, core::kModulesMax});
    const auto from = arm.required_numbers("from_mm", 2, {-20'000, 20'000});
    const auto to = arm.required_numbers("to_mm", 2, {-20'000, 20'000});
    if (!root.good()) return;
    const double dy = to[0] - from[0];
    const double dz = to[1] - from[1];
    const double length = std::hypot(dy, dz);
    const auto pixels = count * g.pixels_per_module;
    if (length + 1e-6 < static_cast<double>(pixels) * g.pixel_pitch_mm) {
      arm.fail("to_mm", fmt::format("the arm is {:.0f} mm long, {} pixels of {} mm need {:.0f}",
                                    length, pixels, g.pixel_pitch_mm,
                                    static_cast<double>(pixels) * g.pixel_pitch_mm));
      return;
    }
    modules += static_cast<int>(count);
    for (std::int64_t i = 0; i < pixels; ++i) {
      const double along = (static_cast<double>(i) + 0.5) * g.pixel_pitch_mm / length;
      g.pixels.push_back({from[0] + along * dy, from[1] + along * dz});
      if (g.pixels.back().y_mm <= g.source_y_mm + 1000 || g.pixels.back().y_mm < 0) {
        arm.fail("from_mm", "a pixel must stand on the far side of the lane, at y of 0 or more");
        return;
      }
    }
  }
  if (modules > core::kModulesMax)
    root.fail("arm", fmt::format("{} modules are more than {}", modules, core::kModulesMax));
  g.module_count = static_cast<std::uint16_t>(modules);
}

void read_levels(core::ConfigReader table, NoiseLevels& n) {
  const auto read = [&table](const char* key, double& value, double min, double max) {
    value = table.number(key, value, {min, max});
  };
  read("electronic_counts_rms", n.electronic_counts_rms, 0, 1000);
  read("dark_mean_counts", n.dark_mean_counts, 0, 100'000);
  read("dark_spread_counts", n.dark_spread_counts, 0, 10'000);
  read("dark_counts_per_c", n.dark_counts_per_c, -100, 100);
  read("temperature_c", n.temperature_c, -40, 80);
  read("temperature_swing_c", n.temperature_swing_c, 0, 20);
  read("temperature_period_s", n.temperature_period_s, 1, 1e6);
  read("gain_spread", n.gain_spread, 0, 0.2);
  read("gain_module_step", n.gain_module_step, 0, 0.2);
  read("dead_share", n.dead_share, 0, 0.5);
  read("hot_share", n.hot_share, 0, 0.5);
  read("cross_talk", n.cross_talk, 0, 0.2);
  read("afterglow_fast", n.afterglow_fast, 0, 0.3);
  read("afterglow_fast_s", n.afterglow_fast_s, 1e-5, 100);
  read("afterglow_slow", n.afterglow_slow, 0, 0.3);
  read("afterglow_slow_s", n.afterglow_slow_s, 1e-5, 100);
  read("saturation_counts", n.saturation_counts, 1000, 1'048'575);
  read("scatter_max", n.scatter_max, 0, 0.1);
  read("scatter_width_mm", n.scatter_width_mm, 1, 10'000);
  read("scatter_deposit", n.scatter_deposit, 0.01, 2);
  read("dose_sigma", n.dose_sigma, 0, 0.3);
  read("dose_drift_per_min", n.dose_drift_per_min, 0, 1);
  read("dose_reference_noise", n.dose_reference_noise, 0, 0.1);
  read("missed_share", n.missed_share, 0, 0.5);
  read("arced_share", n.arced_share, 0, 0.5);
  read("wobble_x_mm", n.wobble_x_mm, 0, 50);
  read("wobble_z_mm", n.wobble_z_mm, 0, 50);
  read("speed_variation", n.speed_variation, 0, 0.5);
  if (n.gain_module_step > n.gain_spread)
    table.fail("gain_module_step", "is part of gain_spread and cannot be larger");
}

core::Result<Scanner> read_scanner(core::ConfigReader root, std::string_view name) {
  Scanner s;
  auto& g = s.geometry;
  g.name = std::string(name);
  g.pulse_rate_hz = root.required_number("pulse_rate_hz", {1, 5000});
  g.encoder_mm_per_count = root.required_number("encoder_mm_per_count", {0.001, 10});
  g.image_mm_per_px = root.required_number("image_mm_per_px", {0.5, 50});
  g.gantry_moves = root.boolean("gantry_moves", true);
  s.speed_mm_s = root.required_number("speed_mm_s", {1, 5000});
  g.source_y_mm = root.required_number("source_y_mm", {-20'000, -1000});
  g.source_z_mm = root.required_number("source_z_mm", {-1000, 10'000});
  g.pixels_per_module =
      static_cast<std::uint16_t>(root.required_integer("pixels_per_module", {1, 4096}));
  g.pixel_pitch_mm = root.required_number("pixel_pitch_mm", {0.1, 100});
  if (root.good()) read_arms(root, g);
  auto beam = root.table("beam");
  s.beam.energy_high_mv = beam.number("energy_high_mv", 6, {1, 10});
  s.beam.energy_low_mv = beam.number("energy_low_mv", 4, {1, 10});
  if (s.beam.energy_low_mv >= s.beam.energy_high_mv)
    beam.fail("energy_low_mv", "must be below energy_high_mv");
  s.beam.filter_tungsten_mm = beam.number("filter_tungsten_mm", 2, {0, 50});
  s.beam.filter_iron_mm = beam.number("filter_iron_mm", 5, {0, 200});
  s.focal_spot_mm = beam.number("focal_spot_mm", 2, {0, 20});
  s.beam_width_mm = beam.number("width_mm", 12, {1, 1000});
  s.photons_per_pulse = beam.number("photons_per_pulse", 1e5, {1, 1e9});
  auto detector = root.table("detector");
  s.beam.crystal_depth_mm = detector.number("crystal_depth_mm", 30, {1, 200});
  s.aperture_mm = detector.number("aperture_mm", 5, {0.1, 100});
  s.air_counts = detector.number("air_counts", 700'000, {1000, 1'000'000});
  s.dose_reference_counts = detector.number("dose_reference_counts", 500'000, {100, 4e9});
  read_levels(root.table("levels"), s.levels);
  PC_CHECK(root.finish());
  g.energy_high_mv = s.beam.energy_high_mv;
  g.energy_low_mv = s.beam.energy_low_mv;
  return s;
}

}  // namespace

double Scanner::distance_mm(std::size_t pixel) const {
  const auto& p = geometry.pixels[pixel];
  return std::hypot(p.y_mm - geometry.source_y_mm, p.z_mm - geometry.source_z_mm);
}

std::vector<std::string> scanner_names() {
  std::vector<std::string> names;
  for (const auto file : scanner_data_names()) names.emplace_back(file.substr(0, file.size() - 5));
  return names;
}

core::Result<Scanner> parse_scanner(std::string_view text, std::string_view name) {
  PC_TRY(auto root, core::ConfigReader::parse(text, std::string(name) + ".toml"));
  PC_TRY(auto scanner, read_scanner(std::move(root), name));
  scanner.content_hash = core::sha256_hex(text);
  return scanner;
}

core::Result<Scanner> load_scanner(std::string_view name_or_path) {
  if (const auto text = scanner_data(std::string(name_or_path) + ".toml"); !text.empty()) {
    return parse_scanner(text, name_or_path);
  }
  if (!name_or_path.ends_with(".toml")) {
    return core::Error{
        core::ErrorCode::kNotFound,
        fmt::format("scanner \"{}\": unknown; known are {}, or give the path of a .toml file",
                    name_or_path, fmt::join(scanner_names(), ", "))};
  }
  const std::filesystem::path path{std::string(name_or_path)};
  PC_TRY(const std::string text, core::read_file(path, kScannerFileBytesMax));
  PC_TRY(auto root, core::ConfigReader::parse(text, path.string()));
  PC_TRY(auto scanner, read_scanner(std::move(root), path.stem().string()));
  scanner.content_hash = core::sha256_hex(text);
  return scanner;
}

}  // namespace portcullis::simulator
