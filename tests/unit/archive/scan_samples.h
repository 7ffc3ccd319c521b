#pragma once

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>

#include <unistd.h>

#include "core/scan.h"

namespace portcullis::archive::test {

/// A fresh folder of this process under the build tree.
inline std::filesystem::path test_folder(const std::string& name) {
  const char* out = std::getenv("PORTCULLIS_TEST_OUT");
  const auto folder = std::filesystem::path(out != nullptr ? out : "/tmp") / "archive" /
                      (name + "-" + std::to_string(::getpid()));
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

inline core::ScanMeta small_meta(std::uint16_t modules = 3, std::uint16_t pixels_per_module = 8) {
  core::ScanMeta meta;
  meta.id = "5f0c1c5e-0000-4000-8000-000000000001";
  meta.started = core::UtcTime{1'767'225'600'000'000'000};
  meta.lane = "Lane 3";
  meta.software_version = "0.1.0-test";
  meta.identity.plate = "AB123CD";
  meta.identity.containers.push_back({"CSQU3054383", "22G1", true, 0.97});
  meta.geometry.name = "test";
  meta.geometry.source_y_mm = -2500;
  meta.geometry.source_z_mm = 900;
  meta.geometry.module_count = modules;
  meta.geometry.pixels_per_module = pixels_per_module;
  meta.geometry.pixel_pitch_mm = 5;
  meta.geometry.encoder_mm_per_count = 0.1;
  meta.geometry.pulse_rate_hz = 400;
  for (int i = 0; i < modules * pixels_per_module; ++i)
    meta.geometry.pixels.push_back({2500, i * 5.0});
  return meta;
}

inline core::Calibration small_calibration(std::size_t pixels) {
  core::Calibration calibration;
  calibration.id = "cal-7";
  const auto frame = [&](core::Energy energy, float mean) {
    core::CalibrationFrame f;
    f.energy = energy;
    f.lines = 1000;
    f.dose_mean_counts = energy == core::Energy::kNone ? 0 : 30'123.25;
    f.temperature_c = 23.5;
    f.taken = core::UtcTime{1'767'225'000'000'000'000};
    f.mean_counts.assign(pixels, mean);
    f.variance_counts2.assign(pixels, mean / 3);
    return f;
  };
  calibration.dark = frame(core::Energy::kNone, 812.5f);
  calibration.air_high = frame(core::Energy::kHigh, 640'000.0f);
  calibration.air_low = frame(core::Energy::kLow, 320'000.0f);
  for (const double density : {1.0, 12.5}) {
    calibration.wedges.push_back({"iron", density, 200, std::vector<float>(pixels, 0.5f),
                                  std::vector<float>(pixels, 0.25f)});
  }
  return calibration;
}

/// Lines whose every value follows from the pulse number, so that a reader knows what must be
/// there.
inline core::Line line_of(const core::ScanMeta& meta, std::uint64_t pulse) {
  core::Line line;
  line.header.pulse = pulse;
  line.header.timestamp_ns = 1'000'000'000ull + pulse * 2'500'000ull;
  line.header.encoder_counts = static_cast<std::int32_t>(pulse) - 300;
  line.header.dose_counts = 30'000 + static_cast<std::uint32_t>(pulse % 97);
  line.header.energy = pulse % 2 == 0 ? core::Energy::kHigh : core::Energy::kLow;
  line.header.flags = pulse % 50 == 49 ? core::line_flag::kLineMissing : std::uint8_t{0};
  line.header.temperature_centi_c = static_cast<std::int16_t>(-120 + static_cast<int>(pulse % 7));
  for (std::uint16_t m = 0; m < meta.geometry.module_count; ++m)
    line.modules_present[m] = (pulse + m) % 11 != 0;
  line.samples.resize(meta.geometry.pixels.size());
  for (std::size_t p = 0; p < line.samples.size(); ++p) {
    line.samples[p] = static_cast<std::uint32_t>((pulse * 2654435761u + p * 40503u) & 0xfffffu);
  }
  return line;
}

}  // namespace portcullis::archive::test
