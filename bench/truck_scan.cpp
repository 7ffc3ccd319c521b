#include "bench/truck_scan.h"

#include <algorithm>
#include <bitset>
#include <cmath>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "core/files.h"
#include "core/geometry.h"
#include "tests/unit/imaging/pipeline/synthetic_scan.h"

namespace portcullis::bench {
namespace {

namespace synthetic = imaging::testing;

constexpr int kPairs = 10'000;
constexpr double kPairMm = 2.0;  // 0.4 m/s, 200 pairs a second

/// The shipped gantry: upright of 15 modules, roof of 8, 64 pixels of 5 mm each.
core::ScannerGeometry gantry() {
  core::ScannerGeometry g;
  g.name = "bench";
  g.source_y_mm = -7000;
  g.source_z_mm = 1200;
  g.pixel_pitch_mm = 5;
  g.module_count = 23;
  g.pixels_per_module = 64;
  g.encoder_mm_per_count = 0.1;
  g.pulse_rate_hz = 400;
  g.energy_high_mv = 6;
  g.energy_low_mv = 4;
  g.image_mm_per_px = 2;
  for (int p = 0; p < 960; ++p) g.pixels.push_back({3000, 200 + 5.0 * (p + 0.5)});
  for (int p = 0; p < 512; ++p) g.pixels.push_back({3000 - 5.0 * (p + 0.5), 5000});
  return g;
}

/// A container with goods of several kinds; z in the centre line's plane.
synthetic::Path load_at(double x, double z) {
  using namespace synthetic;  // NOLINT: the matters of the synthetic scanner
  Path p{};
  if (x < 1500 || x > 15'200) return p;
  if (z > 900 && z < 1250) p[kIron] += 25;
  if (z < 1250 || z > 4000) return p;
  p[kIron] += 2.9;
  const int pallet = static_cast<int>((x - 1500) / 1300);
  const double within = x - 1500 - pallet * 1300;
  if (within > 1200 || z > 1400 + 200 * (pallet % 8)) return p;
  switch (pallet % 4) {
    case 0:
      p[kPaper] += 60;
      break;
    case 1:
      p[kWater] += 120;
      break;
    case 2:
      p[kAluminium] += 30;
      break;
    default:
      p[kPaper] += 25;
      break;
  }
  if (pallet % 5 == 2 && within > 500 && within < 600 && z > 1500 && z < 1650) p[kLead] += 40;
  return p;
}

std::shared_ptr<core::RawScan> make_scan() {
  auto scan = std::make_shared<core::RawScan>();
  scan->meta.id = core::make_uuid();
  scan->meta.simulated = true;
  scan->meta.lane = "bench";
  scan->meta.outcome = core::ScanOutcome::kComplete;
  scan->meta.extra["direction"] = "forward";
  scan->meta.geometry = gantry();
  synthetic::SyntheticOptions options;
  options.modules = 23;
  options.pixels_per_module = 64;
  scan->calibration = synthetic::synthetic_calibration(options);
  scan->calibration.id = core::make_uuid();
  const auto& geometry = scan->meta.geometry;
  const std::size_t pixels = geometry.pixels.size();
  std::vector<double> z_mm;
  for (const auto& pixel : geometry.pixels)
    z_mm.push_back(core::z_at_centre_line_mm(geometry, pixel));

  std::mt19937 random(7);
  std::normal_distribution<float> normal;
  std::vector<float> noise(1U << 16U);
  for (auto& n : noise) n = normal(random);
  // Few different loads: each is worked out once.
  std::vector<std::pair<synthetic::Path, synthetic::Transmission>> known;
  const auto through = [&](const synthetic::Path& path) {
    for (const auto& [seen, t] : known) {
      if (seen == path) return t;
    }
    known.emplace_back(path, synthetic::transmission(path));
    return known.back().second;
  };
  const std::size_t lines = 2 * kPairs;
  scan->lines.reserve(lines);
  scan->modules_present.reserve(lines);
  scan->samples.reserve(lines * pixels);
  std::vector<synthetic::Transmission> column(pixels);
  for (std::size_t pulse = 0; pulse < lines; ++pulse) {
    const bool high = pulse % 2 == 0;
    const double x_mm = -1000 + static_cast<double>(pulse) * kPairMm / 2;
    const auto& air = high ? scan->calibration.air_high : scan->calibration.air_low;
    if (pulse % 16 == 0) {
      for (std::size_t p = 0; p < pixels; ++p) column[p] = through(load_at(x_mm, z_mm[p]));
    }
    const double dose = 1 + 0.02 * static_cast<double>(noise[random() & 0xFFFFU]);
    core::LineHeader header;
    header.pulse = pulse;
    header.encoder_counts = static_cast<std::int32_t>(std::lround(x_mm * 10));
    header.dose_counts = static_cast<std::uint32_t>(
        air.dose_mean_counts * dose * (1 + 0.001 * static_cast<double>(noise[random() & 0xFFFFU])));
    header.energy = high ? core::Energy::kHigh : core::Energy::kLow;
    header.timestamp_ns = pulse * 2'500'000;
    scan->lines.push_back(header);
    scan->modules_present.emplace_back();
    for (std::size_t m = 0; m < 23; ++m) scan->modules_present.back().set(m);
    std::size_t at = random() & 0xFFFFU;
    for (std::size_t p = 0; p < pixels; ++p) {
      double t = dose * (high ? column[p].high : column[p].low);
      at = (at + 1) & 0xFFFFU;
      t += std::sqrt(t / kPhotonsInAir) * static_cast<double>(noise[at]);
      const double dark = static_cast<double>(scan->calibration.dark.mean_counts[p]);
      const double counts = dark + t * (static_cast<double>(air.mean_counts[p]) - dark);
      scan->samples.push_back(
          static_cast<std::uint32_t>(std::clamp(std::lround(counts), 0L, 1'048'575L)));
    }
  }
  return scan;
}

}  // namespace

std::shared_ptr<core::RawScan> truck_scan() {
  static const std::shared_ptr<core::RawScan> scan = make_scan();
  return scan;
}

double noise_bits(const core::RawScan& scan, double share) {
  // A Gaussian of sigma counts, rounded to whole ones, holds log2(sigma sqrt(2 pi e)) bits.
  const std::size_t pixels = scan.pixels();
  const auto lines = static_cast<std::size_t>(share * static_cast<double>(scan.lines.size()));
  double sum = 0, count = 0;
  for (std::size_t line = 0; line < lines; ++line) {
    const bool high = scan.lines[line].energy == core::Energy::kHigh;
    const auto& air = high ? scan.calibration.air_high : scan.calibration.air_low;
    for (std::size_t p = 0; p < pixels; ++p) {
      const double dark = static_cast<double>(scan.calibration.dark.mean_counts[p]);
      const double full = static_cast<double>(air.mean_counts[p]) - dark;
      const double seen = static_cast<double>(scan.samples[line * pixels + p]) - dark;
      if (!(full > 0)) continue;
      const double sigma = full * std::sqrt(std::max(seen, 0.0) / full / kPhotonsInAir);
      sum += std::max(0.0, std::log2(std::max(sigma, 0.3) * 4.1327));
      count += 1;
    }
  }
  return sum / std::max(count, 1.0);
}

}  // namespace portcullis::bench
