#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/geometry.h"
#include "core/result.h"
#include "simulator/physics/beam_model.h"

namespace portcullis::simulator {

/// How strong each defect is; which of them act is NoiseSwitches' matter (scene.h).
struct NoiseLevels {
  double electronic_counts_rms = 3.0;
  double dark_mean_counts = 2000;   ///< Offset of a pixel at the reference temperature.
  double dark_spread_counts = 200;  ///< From pixel to pixel, rms.
  double dark_counts_per_c = 2.0;   ///< Mean drift with temperature.
  double temperature_c = 27.0;
  double temperature_swing_c = 0.4;  ///< Peak of the slow swing around it.
  double temperature_period_s = 900;
  double gain_spread = 0.05;       ///< rms, of pixels.
  double gain_module_step = 0.03;  ///< rms, of whole modules; part of the spread, not on top.
  double dead_share = 0.0015;
  double hot_share = 0.0015;
  double cross_talk = 0.015;      ///< To each neighbour in the same module.
  double afterglow_fast = 0.020;  ///< Share of the light, time constant below.
  double afterglow_fast_s = 0.002;
  double afterglow_slow = 0.0006;
  double afterglow_slow_s = 0.060;
  double saturation_counts = 1'040'000;
  double scatter_max = 3e-4;      ///< Of air, behind a wide heavy load.
  double scatter_width_mm = 900;  ///< FWHM along the array.
  double scatter_deposit = 0.5;   ///< Mean deposit relative to air's.
  double dose_sigma = 0.02;
  double dose_drift_per_min = 0.01;
  double dose_reference_noise = 0.001;
  double missed_share = 2e-5;  ///< Pulses without beam.
  double arced_share = 2e-5;   ///< Pulses that break off: dose and energy too low.
  double wobble_x_mm = 1.5;    ///< Peak at the top of the boom.
  double wobble_z_mm = 1.5;
  double speed_variation = 0.01;  ///< Peak, relative.
};

/// A scanner as simulated: the survey that product and simulation share, and what only the
/// simulation knows. Read from simulator/scanners/NAME.toml, which is carried in the program.
struct Scanner {
  core::ScannerGeometry geometry;
  BeamParameters beam;
  double focal_spot_mm = 2.0;      ///< FWHM.
  double aperture_mm = 5.0;        ///< Sensitive face of a pixel, along x and along the array.
  double beam_width_mm = 12.0;     ///< FWHM along x at the array.
  double photons_per_pulse = 1e5;  ///< Interacting, in air, 10 m from the source.
  double air_counts = 700'000;     ///< Nominal, every pixel, both energies.
  double dose_reference_counts = 500'000;  ///< Nominal.
  double speed_mm_s = 400;                 ///< Where the scene gives none.
  NoiseLevels levels;
  std::string content_hash;  ///< SHA-256 of the file's text.

  /// Distance from the source to a pixel.
  [[nodiscard]] double distance_mm(std::size_t pixel) const;
};

/// A scanner by name ("gantry-6mv", "gantry-small") or by path of a file (ends with ".toml").
/// Fails with kInvalidConfig (file, line, key) or kNotFound, which lists the known names.
core::Result<Scanner> load_scanner(std::string_view name_or_path);
core::Result<Scanner> parse_scanner(std::string_view text, std::string_view name);
std::vector<std::string> scanner_names();

}  // namespace portcullis::simulator
