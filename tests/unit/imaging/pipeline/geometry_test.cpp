#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "imaging/geometry/fan_to_plane.h"
#include "imaging/geometry/resample.h"

namespace portcullis::imaging {
namespace {

std::vector<double> resampled(const ResampleWeights& w, const std::vector<double>& samples) {
  std::vector<double> out(w.cells());
  for (std::size_t c = 0; c < out.size(); ++c) {
    double sum = 0;
    for (std::uint32_t k = w.first[c]; k < w.first[c + 1]; ++k) {
      sum += static_cast<double>(w.weight[k]);
      out[c] += static_cast<double>(w.weight[k]) * samples[w.index[k]];
    }
    EXPECT_NEAR(sum, 1.0, 1e-5) << c;
  }
  return out;
}

TEST(Resample, ARampComesOutExactAtAnySpacing) {
  // Uneven, finer and coarser than the cells, with a stop.
  const std::vector<double> position{0, 0.4, 0.5, 3.0, 3.1, 3.1, 3.1, 4.0, 9.0, 9.2, 12.0};
  const auto w = make_resample_weights(position, 1.0, 1.0, 11);
  const auto out = resampled(w, position);
  for (std::size_t c = 0; c < out.size(); ++c)
    EXPECT_NEAR(out[c], 1.0 + static_cast<double>(c), 1e-5);
}

TEST(Resample, FineSamplesAreAveragedOverTheCell) {
  std::vector<double> position, samples;
  for (int i = 0; i <= 400; ++i) {
    position.push_back(i * 0.1);
    samples.push_back(i % 2 == 0 ? 1.0 : 0.0);  // would alias if it were picked
  }
  for (const double v : resampled(make_resample_weights(position, 5.03, 2.0, 14), samples))
    EXPECT_NEAR(v, 0.5, 0.01);
}

TEST(Resample, OutsideTheOutermostHolds) {
  const auto out = resampled(make_resample_weights(std::vector<double>{10, 11}, 0, 5, 6), {3, 4});
  EXPECT_NEAR(out.front(), 3, 1e-6);
  EXPECT_NEAR(out.back(), 4, 1e-6);
  EXPECT_NEAR(resampled(make_resample_weights(std::vector<double>{7}, 0, 1, 3), {2})[1], 2, 1e-6);
}

core::ScannerGeometry two_arms() {
  core::ScannerGeometry g;
  g.source_y_mm = -7000;
  g.source_z_mm = 1200;
  g.module_count = 2;
  g.pixels_per_module = 480;
  g.image_mm_per_px = 2;
  g.encoder_mm_per_count = 0.1;
  for (int p = 0; p < 480; ++p) g.pixels.push_back({3000, 200 + 10 * (p + 0.5)});
  for (int p = 0; p < 480; ++p) g.pixels.push_back({3000 - 5 * (p + 0.5), 5000});
  return g;
}

TEST(FanToPlane, BothArmsJoinInOneScaleOfHeight) {
  const auto geometry = two_arms();
  const auto grid = core::make_image_grid(geometry, 0, 100);
  const FanToPlane fan(geometry, grid);
  // Each pixel shows the height at which its ray crosses the centre line: similar triangles.
  std::vector<float> pixels;
  for (const auto& p : geometry.pixels)
    pixels.push_back(static_cast<float>(1200 + (p.z_mm - 1200) * 7000 / (p.y_mm + 7000)));
  std::vector<float> rows(static_cast<std::size_t>(grid.rows));
  fan.apply(pixels, rows);
  // A straight line in height comes out straight, but for the outermost half cell.
  for (int r = 3; r < grid.rows - 3; ++r)
    EXPECT_NEAR(static_cast<double>(rows[static_cast<std::size_t>(r)]), grid.z_mm(r), 0.02) << r;
  for (int r = 0; r < grid.rows; ++r) {
    const double rise = grid.z_mm(r) - 1200;
    EXPECT_NEAR(static_cast<double>(fan.obliquity()[static_cast<std::size_t>(r)]),
                std::sqrt(1 + rise * rise / 49e6), 1e-6);
  }
  // 10 mm on the upright at 10 m are 7 mm at 7 m.
  EXPECT_NEAR(
      static_cast<double>(fan.ray_spacing_mm()[static_cast<std::size_t>(grid.row_of(1500))]), 7.0,
      1e-3);
}

TEST(FanToPlane, ABadPixelMarksTheRowsItWeighsIn) {
  const auto geometry = two_arms();
  const auto grid = core::make_image_grid(geometry, 0, 100);
  const FanToPlane fan(geometry, grid);
  std::vector<std::uint8_t> bad(geometry.pixels.size(), 0);
  bad[100] = 1;
  const auto rows = fan.rows_of(bad);
  const double z = core::z_at_centre_line_mm(geometry, geometry.pixels[100]);
  int marked = 0;
  for (int r = 0; r < grid.rows; ++r) {
    if (rows[static_cast<std::size_t>(r)] == 0) continue;
    ++marked;
    EXPECT_LT(std::abs(grid.z_mm(r) - z), 4.5);
  }
  EXPECT_GE(marked, 3);  // 7 mm of 2 mm rows, half of them its own
  EXPECT_LE(marked, 4);
}

}  // namespace
}  // namespace portcullis::imaging
