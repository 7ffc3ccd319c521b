// Uneven motion and the two energies' different places, each alone: what the encoder is worth.

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>

#include "imaging/pipeline/process.h"
#include "tests/unit/imaging/correct/corrected_scan.h"

namespace portcullis::imaging {
namespace {

Images image_of(const core::RawScan& scan) {
  Parameters parameters;
  parameters.denoise = false;
  auto images = process(scan, parameters, {});
  EXPECT_TRUE(images.ok()) << (images.ok() ? "" : images.error().message);
  return std::move(images).value();
}

/// rms of T over the columns that both have.
double rms_between(const Images& a, const Images& b) {
  EXPECT_EQ(a.grid.rows, b.grid.rows);
  const int shift =
      static_cast<int>(std::lround((a.grid.x_first_mm - b.grid.x_first_mm) / a.grid.mm_per_px));
  double sum = 0, count = 0;
  for (int c = 0; c < a.grid.columns; ++c) {
    if (c + shift < 0 || c + shift >= b.grid.columns) continue;
    for (int r = 0; r < a.grid.rows; ++r) {
      const auto ia = static_cast<std::size_t>(r) * static_cast<std::size_t>(a.grid.columns) +
                      static_cast<std::size_t>(c);
      const auto ib = static_cast<std::size_t>(r) * static_cast<std::size_t>(b.grid.columns) +
                      static_cast<std::size_t>(c + shift);
      if (a.bad[ia] != 0 || b.bad[ib] != 0) continue;
      const double d = static_cast<double>(a.transmission_high[ia]) -
                       static_cast<double>(b.transmission_high[ib]);
      sum += d * d;
      count += 1;
    }
  }
  return std::sqrt(sum / count);
}

TEST(UnevenMotion, TheEncoderPutsEachLineWhereItWasTaken) {
  auto scanner = testing::scanner_of("gantry-small");
  scanner.levels.speed_variation = 0.1;  // 47 mm before and behind an even run
  auto scene = testing::scene_of(testing::cargo("gantry-small", 5000));
  scene.noise = simulator::NoiseSwitches::none();
  scene.noise.blur = true;
  const auto even = testing::scan_of(scene, scanner);
  scene.noise.speed = true;
  const auto uneven = testing::scan_of(scene, scanner);
  auto believed_even = uneven;
  const auto first = uneven.lines.front().encoder_counts;
  const auto last = uneven.lines.back().encoder_counts;
  const auto steps = static_cast<double>(uneven.lines.size() - 1);
  double astray_mm = 0;
  for (std::size_t i = 0; i < uneven.lines.size(); ++i) {
    auto& counts = believed_even.lines[i].encoder_counts;
    counts = static_cast<std::int32_t>(
        std::lround(first + static_cast<double>(i) / steps * (last - first)));
    astray_mm = std::max(astray_mm, std::abs(counts - uneven.lines[i].encoder_counts) *
                                        scanner.geometry.encoder_mm_per_count);
  }
  const auto truth = image_of(even);
  const double without = rms_between(image_of(believed_even), truth);
  const double with = rms_between(image_of(uneven), truth);
  std::printf("  up to %.0f mm astray; rms of T: %.2e without the encoder, %.2e with it\n",
              astray_mm, without, with);
  EXPECT_GT(astray_mm, 30);
  // Columns of 8 mm drawn to pixels of 10 mm: upright edges are sampled at other places.
  EXPECT_LT(with, 0.2 * without);
}

/// Where a row's transmission crosses the middle between air and load, mm along x.
double edge_mm(const Images& images, const std::vector<float>& plane, double z_mm) {
  const auto row = static_cast<std::size_t>(std::lround(images.grid.row_of(z_mm)));
  const float* t = &plane[row * static_cast<std::size_t>(images.grid.columns)];
  const float inside = t[static_cast<std::size_t>(std::lround(images.grid.column_of(700)))];
  const float half = (1 + inside) / 2;
  for (int c = 1; c < images.grid.columns; ++c) {
    if (!(t[c - 1] >= half && t[c] < half)) continue;
    return images.grid.x_mm(c - 1 + static_cast<double>((t[c - 1] - half) / (t[c - 1] - t[c])));
  }
  return std::nan("");
}

TEST(Registration, BothEnergiesSeeAnEdgeAtOnePlace) {
  const auto scanner = testing::scanner_of("gantry-small");
  auto scene = testing::scene_of(
      "seed = 5\n[scan]\nscanner = \"gantry-small\"\nx_from_mm = -300\nx_to_mm = 1500\n[vehicle]\n"
      "kind = \"none\"\n[[object]]\nshape = \"box\"\nsize_mm = [800, 100, 1400]\ncenter_mm = [700, "
      "0, 0]\nmaterial = \"steel\"\nrotation_deg = [0, 8, 0]\n");
  scene.noise = simulator::NoiseSwitches::none();
  scene.noise.blur = true;
  const auto scan = testing::scan_of(scene, scanner);
  // Pulses lie 4 mm apart. As if a pair were one place: the low one stands where the high one is.
  auto as_pairs = scan;
  for (std::size_t i = 1; i < scan.lines.size(); ++i) {
    if (scan.lines[i].energy == core::Energy::kLow)
      as_pairs.lines[i].encoder_counts = scan.lines[i - 1].encoder_counts;
  }
  // The edge leans, so that over the rows it falls on all places between columns.
  const auto apart_mm = [&](const core::RawScan& raw) {
    const auto images = image_of(raw);
    double sum = 0;
    int rows = 0;
    for (double z_mm = 900; z_mm < 1600; z_mm += images.grid.mm_per_px, ++rows) {
      sum += edge_mm(images, images.transmission_low, z_mm) -
             edge_mm(images, images.transmission_high, z_mm);
    }
    return sum / rows;
  };
  const double registered = apart_mm(scan);
  const double paired = apart_mm(as_pairs);
  std::printf("  edge of low from that of high: %.2f mm, taken as pairs %.2f mm\n", registered,
              paired);
  EXPECT_NEAR(paired, -4, 1.0);
  EXPECT_NEAR(registered, 0, 0.5);
}

}  // namespace
}  // namespace portcullis::imaging
