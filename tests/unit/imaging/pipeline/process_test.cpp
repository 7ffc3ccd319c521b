#include "imaging/pipeline/process.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "core/parallel.h"
#include "imaging/material/mass.h"
#include "tests/support/sanitized.h"
#include "tests/unit/imaging/pipeline/synthetic_scan.h"

namespace portcullis::imaging {
namespace {

using namespace testing;  // NOLINT: the scene words of the synthetic scanner

/// A container of 900 x 2000 mm with steel walls, headspace, and one block of goods in it.
Scene block_in_container(Matter matter, double g_cm2) {
  return [=](double x, double z) {
    Path p{};
    if (!inside(x, 0, 900) || !inside(z, 800, 2800)) return p;
    const double oblique = std::hypot(1.0, (z - 1200) / 7000);
    p[kIron] += 2.9 * oblique;
    if (inside(x, 150, 750) && inside(z, 900, 2100)) p[matter] += g_cm2 * oblique;
    return p;
  };
}

Images processed(const core::RawScan& scan, const Parameters& parameters = {}) {
  auto images = process(scan, parameters, {});
  EXPECT_TRUE(images.ok()) << (images.ok() ? "" : images.error().message);
  return std::move(images).value();
}

PixelBox box_of(const Images& images, double x0_mm, double x1_mm, double z0_mm, double z1_mm) {
  const auto column = [&](double x) {
    return static_cast<int>(std::lround(images.grid.column_of(x)));
  };
  const auto row = [&](double z) { return static_cast<int>(std::lround(images.grid.row_of(z))); };
  return {column(x0_mm), row(z1_mm), column(x1_mm) - column(x0_mm), row(z0_mm) - row(z1_mm)};
}

/// Share of a box that has this class.
double share_of(const Images& images, const PixelBox& box, Material material) {
  std::size_t hits = 0;
  for (int y = box.y; y < box.y + box.height; ++y) {
    for (int x = box.x; x < box.x + box.width; ++x) {
      hits += images.material[static_cast<std::size_t>(y) *
                                  static_cast<std::size_t>(images.grid.columns) +
                              static_cast<std::size_t>(x)] == static_cast<std::uint8_t>(material)
                  ? 1U
                  : 0U;
    }
  }
  return static_cast<double>(hits) / (box.width * box.height);
}

double mean_of(const std::vector<float>& plane, const Images& images, const PixelBox& box) {
  double sum = 0;
  for (int y = box.y; y < box.y + box.height; ++y) {
    for (int x = box.x; x < box.x + box.width; ++x) {
      sum += static_cast<double>(
          plane[static_cast<std::size_t>(y) * static_cast<std::size_t>(images.grid.columns) +
                static_cast<std::size_t>(x)]);
    }
  }
  return sum / (box.width * box.height);
}

TEST(Process, UniformLoadsHaveTheirClassAndMassBehindSteelWalls) {
  struct Case {
    Matter matter;
    double g_cm2;
    Material expected;
    double mass_tolerance;
  };
  for (const auto& c :
       {Case{kPaper, 8, Material::kOrganic, 0.06}, Case{kPaper, 40, Material::kOrganic, 0.04},
        Case{kPaper, 90, Material::kOrganic, 0.04}, Case{kWater, 40, Material::kOrganic, 0.05},
        Case{kPolyethylene, 20, Material::kOrganic, 0.06},
        Case{kAluminium, 30, Material::kLightInorganic, 0.04},
        Case{kIron, 12, Material::kMetal, 0.04}, Case{kIron, 80, Material::kMetal, 0.04},
        Case{kLead, 60, Material::kHeavyMetal, 0.05}}) {
    if (test::kSanitized && c.g_cm2 != 40) continue;  // paper and water
    SyntheticOptions options;
    options.seed = 10 + static_cast<std::uint32_t>(c.g_cm2);
    const auto images = processed(synthetic_scan(options, block_in_container(c.matter, c.g_cm2)));
    EXPECT_TRUE(images.quality.empty());
    const auto what =
        std::string("matter ") + std::to_string(c.matter) + " of " + std::to_string(c.g_cm2);
    EXPECT_GE(share_of(images, box_of(images, 170, 730, 920, 2080), c.expected), 0.97) << what;
    EXPECT_GE(share_of(images, box_of(images, 30, 870, 2150, 2750), Material::kMetal), 0.9)
        << what;  // headspace
    EXPECT_GE(share_of(images, box_of(images, -180, -30, 800, 3600), Material::kNone), 0.999)
        << what;  // air
    // The block alone: 0.6 x 1.2 m; walls taken off by theory.
    const auto box = box_of(images, 150, 750, 900, 2100);
    std::vector<float> walls;
    for (const float o : images.obliquity) walls.push_back(2.9F * o);
    EXPECT_NEAR(mass_above_kg(images, box, walls), c.g_cm2 * 10 * 0.6 * 1.2,
                c.mass_tolerance * c.g_cm2 * 7.2)
        << what;
  }
}

TEST(Process, AirIsOne) {
  const auto images = processed(synthetic_scan({}, [](double, double) { return Path{}; }));
  const auto columns = images.grid.columns, rows = images.grid.rows;
  double sum2 = 0;
  for (int x = 5; x < columns - 5; ++x) {
    const double e = mean_of(images.transmission_high, images, {x, 0, 1, rows}) - 1;
    sum2 += e * e;
  }
  EXPECT_LT(std::sqrt(sum2 / (columns - 10)), 0.0012);
  double row_sum2 = 0;
  for (int y = 0; y < rows; ++y) {
    const double e = mean_of(images.transmission_high, images, {0, y, columns, 1}) - 1;
    row_sum2 += e * e;
  }
  EXPECT_LT(std::sqrt(row_sum2 / rows), 0.0005);
  EXPECT_EQ(share_of(images, {0, 0, columns, rows}, Material::kNone), 1.0);
}

TEST(Process, DirectionOfTravelDoesNotMatter) {
  SyntheticOptions options;
  options.pairs = 80;
  options.modules = 8;
  options.photons = 0;
  const auto scene = [](double x, double z) {
    Path p{};
    if (inside(x, -50, 50) && inside(z, 600, 1500)) p[kIron] = 20;
    return p;
  };
  auto scan = synthetic_scan(options, scene);
  const auto forwards = processed(scan);
  // The same vehicle from rear to front: pulse numbers run the other way.
  const std::uint64_t last = scan.lines.back().pulse;
  for (auto& line : scan.lines) line.pulse = last - line.pulse;
  const auto backwards = processed(scan);
  ASSERT_EQ(forwards.grid.columns, backwards.grid.columns);
  for (std::size_t i = 0; i < forwards.size(); ++i) {
    ASSERT_NEAR(forwards.transmission_high[i], backwards.transmission_high[i], 1e-6);
    ASSERT_NEAR(forwards.transmission_low[i], backwards.transmission_low[i], 1e-6);
  }
}

TEST(Process, BothEnergiesLieOnEachOtherAndOnTheGrid) {
  SyntheticOptions options;
  options.pairs = 120;
  options.modules = 8;
  options.photons = 0;
  const auto images = processed(synthetic_scan(options, [](double x, double) {
    Path p{};
    // A smooth hump about x = 100 mm.
    p[kAluminium] = 30 * std::exp(-(x - 100) * (x - 100) / (2 * 30.0 * 30.0));
    return p;
  }));
  const auto centre_mm = [&](const std::vector<float>& plane) {
    double sum = 0, moment = 0;
    for (int c = 0; c < images.grid.columns; ++c) {
      const double absorbed =
          1 - static_cast<double>(plane[static_cast<std::size_t>(images.grid.columns) * 100 +
                                        static_cast<std::size_t>(c)]);
      sum += absorbed;
      moment += absorbed * images.grid.x_mm(c);
    }
    return moment / sum;
  };
  EXPECT_NEAR(centre_mm(images.transmission_high), 100, 0.1);
  EXPECT_NEAR(centre_mm(images.transmission_low), 100, 0.1);
}

TEST(Process, ThingsStandAtTheirHeight) {
  SyntheticOptions options;
  options.pairs = 60;
  options.photons = 0;
  const auto images = processed(synthetic_scan(options, [](double, double z) {
    Path p{};
    if (inside(z, 1400, 2450)) p[kIron] = 10;
    return p;
  }));
  const float half = 0.82F;  // between air and 10 g/cm2 of iron (0.636)
  const auto crossing_mm = [&](bool upper) {
    for (int k = 1; k < images.grid.rows; ++k) {
      const int r = upper ? k : images.grid.rows - 1 - k;
      if (images.transmission_high[static_cast<std::size_t>(r) *
                                       static_cast<std::size_t>(images.grid.columns) +
                                   30] < half)
        return images.grid.z_mm(r);
    }
    return 0.0;
  };
  EXPECT_NEAR(crossing_mm(true), 2450, 7);  // a pixel's ray spacing
  EXPECT_NEAR(crossing_mm(false), 1400, 7);
}

TEST(Process, LostLinesAreFilledForTheEyeMarkedAndNamed) {
  SyntheticOptions options;
  options.pairs = 120;
  options.modules = 8;
  auto scan = synthetic_scan(options, block_in_container(kPaper, 30));
  const std::size_t pixels = scan.pixels();
  // Ten pulses lost outright at 100 mm, one module silent for four at 200 mm.
  for (std::size_t i = 120; i < 130; ++i) {
    scan.lines[i].flags |= core::line_flag::kLineMissing;
    std::fill_n(scan.samples.begin() + static_cast<std::ptrdiff_t>(i * pixels), pixels, 0U);
  }
  for (std::size_t i = 160; i < 164; ++i) {
    scan.modules_present[i].reset(3);
    scan.lines[i].flags |= core::line_flag::kModuleMissing;
    std::fill_n(scan.samples.begin() + static_cast<std::ptrdiff_t>(i * pixels + 96), 32, 0U);
  }
  const auto images = processed(scan);
  EXPECT_EQ(images.lines_lost, 10U);
  ASSERT_EQ(images.quality.size(), 2U);
  EXPECT_EQ(images.quality[0], "10 lines lost");
  EXPECT_EQ(images.quality[1], "module 3 missing on 4 lines");
  const auto columns = static_cast<std::size_t>(images.grid.columns);
  std::size_t bad_columns = 0;
  for (std::size_t c = 0; c < columns; ++c) bad_columns += images.bad[10 * columns + c];
  EXPECT_GE(bad_columns, 4U);  // five pairs of 5 mm, the outer ones shared with their neighbours
  EXPECT_LE(bad_columns, 6U);
  const auto bad = std::count(images.bad.begin(), images.bad.end(), std::uint8_t{1});
  const auto rows = static_cast<long>(images.grid.rows);
  EXPECT_GT(bad, static_cast<long>(bad_columns) * rows);  // the module's own besides
  EXPECT_LT(bad, static_cast<long>(bad_columns) * rows + 4 * rows / 4);
  for (const float t : images.transmission_high) ASSERT_LT(t, 1.1F);
}

TEST(Process, ASilentModuleAndDeadPixelsLeaveAnImage) {
  SyntheticOptions options;
  options.pairs = 60;
  options.modules = 8;
  auto scan = synthetic_scan(options, [](double, double) { return Path{}; });
  for (auto& present : scan.modules_present) present.reset(5);
  scan.calibration.air_high.mean_counts[40] = scan.calibration.dark.mean_counts[40];
  scan.calibration.air_low.mean_counts[40] = scan.calibration.dark.mean_counts[40];
  const auto images = processed(scan);
  ASSERT_EQ(images.quality.size(), 1U);
  EXPECT_EQ(images.quality[0], "module 5 silent");
  EXPECT_NEAR(*std::min_element(images.transmission_high.begin(), images.transmission_high.end()),
              1.0, 0.04);
  const auto bad =
      static_cast<double>(std::count(images.bad.begin(), images.bad.end(), std::uint8_t{1}));
  EXPECT_NEAR(bad / static_cast<double>(images.size()), 33.0 / 256.0, 0.02);
}

TEST(Process, SameBytesOnOneThreadAndOnMany) {
  SyntheticOptions options;
  options.pairs = 150;
  options.modules = 8;
  const auto scan = synthetic_scan(options, block_in_container(kPaper, 30));
  const auto many = processed(scan);
  core::set_parallel_threads(1);
  const auto single = processed(scan);
  core::set_parallel_threads(0);
  EXPECT_EQ(many.transmission_high, single.transmission_high);
  EXPECT_EQ(many.transmission_low, single.transmission_low);
  EXPECT_EQ(many.mass_g_cm2, single.mass_g_cm2);
  EXPECT_EQ(many.material, single.material);
  EXPECT_EQ(many.material_confidence_percent, single.material_confidence_percent);
}

TEST(Process, WhatCannotBeAnImageIsRefusedWithAReason) {
  SyntheticOptions options;
  options.pairs = 4;
  options.modules = 2;
  const auto good = synthetic_scan(options, [](double, double) { return Path{}; });
  const auto message = [](const core::RawScan& scan) {
    const auto result = process(scan, {}, {});
    if (result.ok()) return std::string("accepted");
    EXPECT_EQ(result.error().code, core::ErrorCode::kInvalidInput);
    return result.error().message;
  };
  EXPECT_EQ(message(good), "accepted");
  auto scan = good;
  scan.lines.clear();
  scan.samples.clear();
  scan.modules_present.clear();
  EXPECT_NE(message(scan).find("no lines"), std::string::npos);
  scan = good;
  scan.meta.geometry.module_count = 3;
  EXPECT_NE(message(scan).find("modules"), std::string::npos);
  scan = good;
  scan.meta.geometry.pixels[0].y_mm = std::nan("");
  EXPECT_NE(message(scan).find("centre line"), std::string::npos);
  scan = good;
  scan.lines[0].encoder_counts = -2'000'000'000;
  scan.lines[1].encoder_counts = 2'000'000'000;
  EXPECT_NE(message(scan).find("encoder"), std::string::npos);
  scan = good;
  scan.samples.pop_back();
  EXPECT_NE(message(scan).find("samples"), std::string::npos);
  scan = good;
  scan.calibration.wedges.clear();
  const auto images = processed(scan);
  ASSERT_EQ(images.quality.size(), 1U);
  EXPECT_NE(images.quality[0].find("no material and no mass"), std::string::npos);
}

/// What a damaged calibration leaves is looked at: air and the block are where they are, and each
/// damage is named.
TEST(Process, ADamagedCalibrationGivesAMarkedImage) {
  SyntheticOptions options;
  options.pairs = 600;
  const auto scan = synthetic_scan(options, block_in_container(kIron, 20));
  const auto sound = processed(scan);
  const auto box = box_of(sound, 300, 600, 1100, 1900);
  const auto says = [](const Images& images, const std::string& what) {
    return std::any_of(images.quality.begin(), images.quality.end(),
                       [&](const auto& q) { return q.find(what) != std::string::npos; });
  };
  struct Damage {
    const char* named;
    void (*make)(core::Calibration&);
  };
  const Damage damages[] = {
      {"frame dark is missing", [](core::Calibration& c) { c.dark = {}; }},
      {"frame air_low is missing", [](core::Calibration& c) { c.air_low.mean_counts.clear(); }},
      {"frame air_high has", [](core::Calibration& c) { c.air_high.mean_counts.pop_back(); }},
      {"frame air_low has a mean that is no number",
       [](core::Calibration& c) { c.air_low.mean_counts[3] = std::nanf(""); }},
      {"frame air_high holds no light", [](core::Calibration& c) { c.air_high = c.dark; }},
      {"levels are estimates", [](core::Calibration& c) { c = {}; }},
  };
  for (const auto& damage : damages) {
    SCOPED_TRACE(damage.named);
    auto damaged = scan;
    damage.make(damaged.calibration);
    const auto images = processed(damaged);
    EXPECT_TRUE(says(images, damage.named));
    EXPECT_TRUE(says(images, "no material and no mass"));
    // A pixel's dark of 2,000 counts of 700,000 is what may be missing.
    for (const auto plane : {&Images::transmission_high, &Images::transmission_low})
      EXPECT_NEAR(mean_of(images.*plane, images, box), mean_of(sound.*plane, sound, box), 0.02);
    for (const float t : images.transmission_low) ASSERT_TRUE(std::isfinite(t));
    Parameters strict;
    strict.calibration.refuse = true;
    const auto refused = process(damaged, strict, {});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, core::ErrorCode::kRefused);
    EXPECT_NE(refused.error().message.find("calibration frame"), std::string::npos);
  }
  // Nothing to estimate from.
  auto dark = scan;
  dark.calibration.air_high = dark.calibration.dark;
  for (auto& sample : dark.samples) sample = 500;
  const auto refused = process(dark, {}, {});
  ASSERT_FALSE(refused.ok());
  EXPECT_NE(refused.error().message.find("no air"), std::string::npos);
}

TEST(Process, AStaleCalibrationMarksOrRefusesTheScan) {
  auto scan = synthetic_scan({}, [](double, double) { return Path{}; });
  constexpr std::int64_t kHour_ns = 3'600'000'000'000;
  scan.meta.started = {1000 * kHour_ns};
  for (auto* frame :
       {&scan.calibration.dark, &scan.calibration.air_high, &scan.calibration.air_low})
    frame->taken = {999 * kHour_ns};
  const auto remarked = [](const Images& images) {
    return std::any_of(images.quality.begin(), images.quality.end(), [](const std::string& q) {
      return q.find("hours old") != std::string::npos;
    });
  };
  Parameters parameters;
  parameters.calibration.refuse = true;
  EXPECT_FALSE(remarked(processed(scan, parameters)));
  scan.calibration.air_low.taken = {900 * kHour_ns};
  EXPECT_TRUE(remarked(processed(scan)));
  const auto refused = process(scan, parameters, {});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, core::ErrorCode::kRefused);
  EXPECT_NE(refused.error().message.find("100.0 hours old"), std::string::npos);
  parameters.calibration.age_max_h = 0;  // not judged
  EXPECT_FALSE(remarked(processed(scan, parameters)));
}

}  // namespace
}  // namespace portcullis::imaging
