// What puts samples at their places, each alone and without: encoder, both energies on one grid,
// the fan's geometry.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "imaging/pipeline/placement.h"
#include "imaging/pipeline/process.h"
#include "tests/unit/imaging/correct/corrected_scan.h"

namespace portcullis::imaging {
namespace {

using ::testing::HasSubstr;

Images image_of(const core::RawScan& scan, std::string_view without = "") {
  Parameters parameters;
  parameters.denoise = false;
  if (!without.empty()) {
    EXPECT_TRUE(leave_out(parameters, without));
  }
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
  const auto first = uneven.lines.front().encoder_counts;
  const auto last = uneven.lines.back().encoder_counts;
  const auto steps = static_cast<double>(uneven.lines.size() - 1);
  double astray_mm = 0;
  for (std::size_t i = 0; i < uneven.lines.size(); ++i) {
    const double at = first + static_cast<double>(i) / steps * (last - first);
    astray_mm = std::max(astray_mm, std::abs(at - uneven.lines[i].encoder_counts) *
                                        scanner.geometry.encoder_mm_per_count);
  }
  const auto truth = image_of(even);
  const double without = rms_between(image_of(uneven, "motion"), truth);
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
  // Pulses lie 4 mm apart; taken as pairs, the low one stands where the high one is.
  // The edge leans, so that over the rows it falls on all places between columns.
  const auto apart_mm = [&](std::string_view without) {
    const auto images = image_of(scan, without);
    double sum = 0;
    const int rows = static_cast<int>(std::ceil(700 / images.grid.mm_per_px));
    for (int row = 0; row < rows; ++row) {
      const double z_mm = 900 + row * images.grid.mm_per_px;
      sum += edge_mm(images, images.transmission_low, z_mm) -
             edge_mm(images, images.transmission_high, z_mm);
    }
    return sum / rows;
  };
  const double registered = apart_mm("");
  const double paired = apart_mm("registration");
  std::printf("  edge of low from that of high: %.2f mm, taken as pairs %.2f mm\n", registered,
              paired);
  EXPECT_NEAR(paired, -4, 1.0);
  EXPECT_NEAR(registered, 0, 0.5);
}

/// Where that column's transmission crosses the middle from air down to the load, mm of height.
double upper_edge_mm(const Images& images, double x_mm) {
  const auto columns = static_cast<std::size_t>(images.grid.columns);
  const auto c = static_cast<std::size_t>(std::lround(images.grid.column_of(x_mm)));
  std::vector<double> t;
  for (std::size_t r = 0; r < static_cast<std::size_t>(images.grid.rows); ++r)
    t.push_back(static_cast<double>(images.transmission_high[r * columns + c]));
  const double half = (1 + *std::min_element(t.begin(), t.end())) / 2;
  for (std::size_t r = 1; r < t.size(); ++r) {
    if (t[r - 1] < half || t[r] >= half) continue;
    return images.grid.z_mm(static_cast<double>(r - 1) + (t[r - 1] - half) / (t[r - 1] - t[r]));
  }
  return std::nan("");
}

TEST(Geometry, RowsAreMillimetresOfHeight) {
  const auto scanner = testing::scanner_of("gantry-small");
  constexpr double kFloor_mm = 1250;  // where a scene's heights begin
  double worst_mm = 0;
  double worst_without_mm = 0;
  for (const int top_mm : {700, 1300, 1900, 2500, 3100}) {
    // Thin across the lane, so that it stands in the plane of the image.
    auto scene = testing::scene_of(
        "seed = 5\n[scan]\nscanner = \"gantry-small\"\nx_from_mm = -200\nx_to_mm = 400\n"
        "[vehicle]\nkind = \"none\"\n[[object]]\nshape = \"box\"\nsize_mm = [300, 20, 400]\n"
        "center_mm = [100, 0, " +
        std::to_string(top_mm - 200) + "]\nmaterial = \"lead\"\n");
    scene.noise = simulator::NoiseSwitches::none();
    scene.noise.blur = true;
    const auto scan = testing::scan_of(scene, scanner);
    const auto placed = image_of(scan);
    const auto unplaced = image_of(scan, "geometry");
    EXPECT_THAT(placed.quality, ::testing::Not(::testing::Contains(HasSubstr("laid out without"))));
    EXPECT_THAT(unplaced.quality, ::testing::Contains(HasSubstr("laid out without geometry")));
    worst_mm = std::max(worst_mm, std::abs(upper_edge_mm(placed, 100) - kFloor_mm - top_mm));
    worst_without_mm =
        std::max(worst_without_mm, std::abs(upper_edge_mm(unplaced, 100) - kFloor_mm - top_mm));
  }
  std::printf("  upper edges off by at most %.1f mm, without geometry %.0f mm\n", worst_mm,
              worst_without_mm);
  EXPECT_LT(worst_mm, 10) << "a row";
  EXPECT_GT(worst_without_mm, 100);
}

TEST(Placement, WhatIsLeftOutShowsInTheHeaders) {
  std::vector<core::LineHeader> lines(5);
  const std::array<std::int32_t, 5> counts{100, 130, 190, 200, 180};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    lines[i].pulse = i < 2 ? i : i + 5;  // five are not there
    lines[i].encoder_counts = counts[i];
    lines[i].energy = i % 2 == 0 ? core::Energy::kHigh : core::Energy::kLow;
  }
  const auto placed = [&](const PlacementParameters& placement) {
    std::vector<std::int32_t> found;
    for (const auto& header : placed_without(lines, placement))
      found.push_back(header.encoder_counts);
    return found;
  };
  using Counts = std::vector<std::int32_t>;
  EXPECT_EQ(placed({}), Counts(counts.begin(), counts.end()));
  EXPECT_EQ(placed({.motion = false}), (Counts{100, 109, 162, 171, 180}));  // 80 / 9 a pulse
  EXPECT_EQ(placed({.registration = false}), (Counts{100, 100, 190, 190, 180}));
  EXPECT_TRUE(placed_without({}, {.motion = false}).empty());
  std::swap(lines[0], lines[4]);  // a file from elsewhere
  EXPECT_EQ(placed({.motion = false}), (Counts{180, 109, 162, 171, 100}));
  EXPECT_EQ(placed({.registration = false}), (Counts{180, 100, 190, 190, 100}));
}

}  // namespace
}  // namespace portcullis::imaging
