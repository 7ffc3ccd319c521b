#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

#include "simulator/physics/beam_model.h"
#include "simulator/physics/material.h"
#include "tests/scenario/qa/qa_scene_run.h"

/// What processing loses: contrast-to-noise behind 300 mm of steel against what photons allow.
///
/// The limit is worked out from the beam and the geometry, not from any image: compound Poisson of
/// what comes through and of scatter, in means of linear transmission over 32 x 32 mm. The object
/// is a piece of 30 mm more steel. Measured are the difference of the means with and without the
/// piece and the spread of means beside it, over all seeds.
namespace portcullis::qa_trials {
namespace {

constexpr double kSteelMm = 300;
constexpr double kPieceMm = 30;
constexpr double kPlateMm = 640;
constexpr double kPieceSideMm = 192;
constexpr double kBlockMm = 32;
constexpr double kPlateXMm = 560;
constexpr double kPlateZMm = 60;  // of the scene; the source is at -50

std::string cnr_scene(std::uint64_t seed) {
  char text[1200];
  std::snprintf(text, sizeof text,
                "seed = %llu\n[scan]\nscanner = \"gantry-6mv\"\nx_from_mm = 0\nx_to_mm = 1120\n"
                "[vehicle]\nkind = \"none\"\n"
                "[[object]]\nname = \"plate\"\nshape = \"box\"\nsize_mm = [%g, %g, %g]\n"
                "center_mm = [%g, 0, %g]\nmaterial = \"steel\"\n"
                "[[object]]\nname = \"piece\"\nshape = \"box\"\nsize_mm = [%g, %g, %g]\n"
                "center_mm = [%g, %g, %g]\nmaterial = \"steel\"\n",
                static_cast<unsigned long long>(seed), kPlateMm, kSteelMm, kPlateMm, kPlateXMm,
                kPlateZMm, kPieceSideMm, kPieceMm, kPieceSideMm, kPlateXMm,
                (kSteelMm + kPieceMm) / 2, kPlateZMm);
  return text;
}

/// Scatter, air = 1: the default scanner's 3e-4 of air for a load that fills a triangle of 900 mm
/// half breadth along the array; the plate fills what its shadow covers.
double scatter_behind_plate(const core::ScannerGeometry& g, double z_mm) {
  const double magnification = (g.pixels.front().y_mm - g.source_y_mm) / -g.source_y_mm;
  const double low = (simulator::kFloorHeightMm + kPlateZMm - kPlateMm / 2 - z_mm) * magnification;
  const double high = (simulator::kFloorHeightMm + kPlateZMm + kPlateMm / 2 - z_mm) * magnification;
  const simulator::NoiseLevels levels;
  const double width = levels.scatter_width_mm;
  double sum = 0;
  constexpr int kSteps = 2000;
  for (int i = 0; i < kSteps; ++i) {
    const double at = -width + 2 * width * (i + 0.5) / kSteps;
    if (at >= low && at <= high) sum += (1 - std::abs(at) / width) / width * (2 * width / kSteps);
  }
  return levels.scatter_max * sum;
}

struct Limit {
  double contrast = 0, noise = 0;
};

/// Of high energy, at the height of the plate's middle.
Limit photon_limit(const simulator::Scanner& scanner) {
  const auto beam = simulator::BeamModel::create(scanner.beam, 512);
  const auto steel = simulator::find_material("steel");
  const auto& g = scanner.geometry;
  const double z = simulator::kFloorHeightMm + kPlateZMm;
  // The pixel that looks at the plate's middle.
  std::size_t pixel = 0;
  for (std::size_t p = 0; p < g.pixels.size(); ++p) {
    if (std::abs(core::z_at_centre_line_mm(g, g.pixels[p]) - z) <
        std::abs(core::z_at_centre_line_mm(g, g.pixels[pixel]) - z))
      pixel = p;
  }
  const double spacing = std::abs(core::z_at_centre_line_mm(g, g.pixels[pixel + 1]) -
                                  core::z_at_centre_line_mm(g, g.pixels[pixel - 1])) /
                         2;
  const double oblique = std::hypot(1.0, (z - g.source_z_mm) / g.source_y_mm);
  const auto behind = [&](double mm) {
    return beam->behind(*steel, 0.1 * mm * oblique * steel->density_g_cm3)[0];
  };
  const auto& air = beam->air()[0];
  const double metres10 = scanner.distance_mm(pixel) / 10'000;
  const double photons = scanner.photons_per_pulse / (metres10 * metres10);
  const auto plate = behind(kSteelMm);
  const auto both = behind(kSteelMm + kPieceMm);
  const double air_deposit2 = air.deposit_mev * air.deposit_mev;
  const simulator::NoiseLevels levels;
  const double scatter = scatter_behind_plate(g, z);
  const double variance =
      plate.deposit_squared_mev2 / air_deposit2 / photons +
      scatter * levels.scatter_deposit * air.deposit_squared_mev2 / air_deposit2 / photons;
  const double pulses = kBlockMm / (scanner.speed_mm_s / (g.pulse_rate_hz / 2));
  Limit limit;
  limit.contrast = (plate.deposit_mev - both.deposit_mev) / air.deposit_mev;
  limit.noise = std::sqrt(variance / (pulses * kBlockMm / spacing));
  return limit;
}

double block_mean(const imaging::Images& images, double x_mm, double z_mm) {
  const auto& grid = images.grid;
  const int side = static_cast<int>(std::lround(kBlockMm / grid.mm_per_px));
  const int c0 = static_cast<int>(std::lround(grid.column_of(x_mm) - 0.5 * (side - 1)));
  const int r0 = static_cast<int>(std::lround(grid.row_of(z_mm) - 0.5 * (side - 1)));
  double sum = 0;
  for (int r = r0; r < r0 + side; ++r) {
    for (int c = c0; c < c0 + side; ++c)
      sum +=
          static_cast<double>(images.transmission_high[static_cast<std::size_t>(r) *
                                                           static_cast<std::size_t>(grid.columns) +
                                                       static_cast<std::size_t>(c)]);
  }
  return sum / (side * side);
}

TEST(QaCampaign, ContrastToNoiseBehind300Millimetres) {
  const auto scanner = simulator::load_scanner("gantry-6mv");
  ASSERT_TRUE(scanner.ok());
  const Limit limit = photon_limit(*scanner);
  // Blocks in rings about the piece; each is compared with its counterparts of the other seeds, so
  // what is alike in all scans (afterglow, scatter) does not count as noise, what a seed brings
  // (its detector's pattern, its dose) does.
  std::vector<std::pair<double, double>> beside;
  std::vector<std::pair<double, double>> within;
  for (int i = -8; i <= 8; ++i) {
    for (int k = -8; k <= 8; ++k) {
      const double x = i * kBlockMm;
      const double z = k * kBlockMm;
      const double far = std::max(std::abs(x), std::abs(z));
      if (far <= 1.5 * kBlockMm) within.emplace_back(x, z);
      if (far >= 4 * kBlockMm && far <= 7 * kBlockMm) beside.emplace_back(x, z);
    }
  }
  const int seeds = std::max(3, trial_seeds(3));
  std::vector<std::vector<double>> outside(beside.size());
  double in_sum = 0;
  double out_sum = 0;
  for (int s = 0; s < seeds; ++s) {
    const std::uint64_t seed = first_seed() + static_cast<std::uint64_t>(s);
    const auto trial = run_trial_scene(cnr_scene(seed), {}, "cnr.toml");
    ASSERT_TRUE(trial.ok()) << trial.error().message;
    const double z0 = simulator::kFloorHeightMm + kPlateZMm;
    for (std::size_t b = 0; b < beside.size(); ++b) {
      const double mean =
          block_mean(trial->images, kPlateXMm + beside[b].first, z0 + beside[b].second);
      outside[b].push_back(mean);
      out_sum += mean;
    }
    for (const auto& w : within)
      in_sum += block_mean(trial->images, kPlateXMm + w.first, z0 + w.second);
  }
  double squares = 0;
  for (const auto& values : outside) {
    double mean = 0;
    for (const double v : values) mean += v / seeds;
    for (const double v : values) squares += (v - mean) * (v - mean);
  }
  const auto blocks = static_cast<double>(beside.size());
  const double noise = std::sqrt(squares / (blocks * (seeds - 1)));
  const double contrast =
      out_sum / (blocks * seeds) - in_sum / (static_cast<double>(within.size()) * seeds);
  const double measured = contrast / noise;
  const double possible = limit.contrast / limit.noise;
  std::printf(
      "contrast %.3e (limit %.3e), noise %.3e (limit %.3e), contrast-to-noise %.3f of the limit "
      "%.3f, ratio %.3f, %d seeds from %llu\n",
      contrast, limit.contrast, noise, limit.noise, measured, possible, measured / possible, seeds,
      static_cast<unsigned long long>(first_seed()));
  // Of n - 1 = 2 seeds x 224 blocks the noise is known to 3 %.
  EXPECT_GE(measured / possible, 0.9 - (is_campaign() ? 0 : 0.03));
  EXPECT_LE(measured / possible, 1.1) << "more than photons allow: the limit is wrong";
}

}  // namespace
}  // namespace portcullis::qa_trials
