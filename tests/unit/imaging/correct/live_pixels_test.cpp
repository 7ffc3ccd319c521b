#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <string>

#include "tests/unit/imaging/correct/corrected_scan.h"

namespace portcullis::imaging {
namespace {

using testing::cargo;
using testing::correct;

TEST(LivePixels, AreFoundAndFilled) {
  const auto scanner = testing::scanner_of("gantry-small");
  auto scene = testing::scene_of(cargo("gantry-small", 2400));
  const auto sound = testing::scan_of(scene, scanner);
  const CorrectionParameters watching;
  ASSERT_TRUE(watching.live_pixels);
  const auto before = correct(sound, watching);
  EXPECT_EQ(before.report.live_bad_pixels, 0U);
  auto scan = sound;
  const std::size_t pixels = scan.pixels();
  const std::size_t dead = 215, noisy = 100, stuck = 140, drifting = 40;
  std::mt19937 random(1);
  std::normal_distribution<double> normal(0, 20'000);
  for (std::size_t i = 0; i < scan.lines.size(); ++i) {
    auto* s = &scan.samples[i * pixels];
    if (i >= 200) s[dead] = 2000 + static_cast<std::uint32_t>(i % 3);
    if (i >= 300) s[noisy] = static_cast<std::uint32_t>(std::max(0.0, s[noisy] + normal(random)));
    if (i >= 250) s[stuck] = 123'456;
    s[drifting] = static_cast<std::uint32_t>(0.98 * s[drifting]);  // already at the scan's start
  }
  for (const bool cross_talk_known : {true, false}) {
    if (!cross_talk_known) scan.calibration.detector.neighbours = {};
    const auto out = correct(scan, watching);
    EXPECT_EQ(out.report.live_bad_pixels, 4U) << cross_talk_known;
    const auto* last = &out.bad[(out.lines.size() - 1) * pixels];
    for (const auto p : {dead, noisy, stuck, drifting}) EXPECT_EQ(last[p], 1) << p;
    EXPECT_EQ(out.bad[stuck], 0);
  }
}

/// Plates seen edge-on, at the source's height, from a share of a pixel to four pixels thick, a
/// rope in air and a chain of small things: dark between bright neighbours, and all of them load.
TEST(LivePixels, PlatesEdgeOnAreNone) {
  const auto scanner = testing::scanner_of("gantry-small");
  const auto& g = scanner.geometry;
  const double pitch_mm = std::abs(core::z_at_centre_line_mm(g, g.pixels[31]) -
                                   core::z_at_centre_line_mm(g, g.pixels[30]));
  for (const double thick_px : {0.6, 1.0, 1.4, 2.0, 3.0, 4.0}) {
    const double z_mm = g.source_z_mm - 1250;  // of a scene's floor
    std::string text =
        "seed = 21\n[scan]\nscanner = \"gantry-small\"\nx_from_mm = -300\nx_to_mm = 1500\n"
        "[vehicle]\nkind = \"none\"\n";
    const auto object = [&](const std::string& name, double x, double z, double length,
                            double across, double high) {
      text += "[[object]]\nname = \"" + name + "\"\nshape = \"box\"\nsize_mm = [" +
              std::to_string(length) + ", " + std::to_string(across) + ", " + std::to_string(high) +
              "]\ncenter_mm = [" + std::to_string(x) + ", 0, " + std::to_string(z) +
              "]\nmaterial = \"steel\"\n";
    };
    object("plate", 500, z_mm, 800, 1800, thick_px * pitch_mm);
    object("rope", 600, z_mm + 400, 1000, 2, 2);
    for (int k = 0; k < 40; ++k)
      object("link-" + std::to_string(k), 200 + 20 * k, z_mm + 700, 9, 30, thick_px * pitch_mm);
    const auto scan = testing::scan_of(testing::scene_of(text), scanner);
    for (const bool cross_talk_known : {true, false}) {
      auto known = scan;
      if (!cross_talk_known) known.calibration.detector.neighbours = {};
      EXPECT_EQ(correct(known).report.live_bad_pixels, 0U)
          << thick_px << " pixels thick, cross-talk known " << cross_talk_known;
    }
  }
}

}  // namespace
}  // namespace portcullis::imaging
