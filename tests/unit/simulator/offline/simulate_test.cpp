#include "simulator/offline/simulate.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

namespace portcullis::simulator {
namespace {

constexpr core::UtcTime kStarted{1'767'600'000'000'000'000};

Scene simulate_scene(const std::string& more) {
  auto scene = parse_scene(
      "seed = 31\n[scan]\nscanner = \"gantry-small\"\n[[container]]\nnumber = "
      "\"CSQU3054383\"\niso_type = \"22G1\"\n"
      "[[object]]\nshape = \"box\"\nsize_mm = [2000, 1800, 1500]\ncenter_mm = [2000, 0, "
      "750]\nmaterial = \"paper\"\ndensity_g_cm3 = 0.3\n" +
          more,
      "s.toml", ".");
  EXPECT_TRUE(scene.ok()) << scene.error().message;
  return *scene;
}

SimulateOptions simulate_options() {
  SimulateOptions options;
  const char* out = std::getenv("PORTCULLIS_TEST_OUT");
  if (out != nullptr) options.cache_folder = std::filesystem::path(out) / "simulate-cache";
  return options;
}

core::RawScan simulate_run(const Scene& scene) {
  auto scan = simulate_raw_scan(scene, *load_scanner(scene.scanner), kStarted, simulate_options());
  EXPECT_TRUE(scan.ok()) << scan.error().message;
  return std::move(*scan);
}

TEST(Simulate, LinesComeInPulseOrderWithTheirFacts) {
  const auto scan = simulate_run(simulate_scene(""));
  ASSERT_GT(scan.lines.size(), 1000U);
  EXPECT_EQ(scan.lines.size() % 2, 0U) << "whole pairs";
  EXPECT_EQ(scan.samples.size(), scan.lines.size() * scan.pixels());
  EXPECT_TRUE(scan.meta.simulated);
  EXPECT_EQ(scan.meta.lane, "offline");
  EXPECT_EQ(scan.meta.identity.containers.at(0).number, "CSQU3054383");
  EXPECT_EQ(scan.meta.started.ns, kStarted.ns);
  EXPECT_GT(scan.meta.ended.ns, kStarted.ns);
  for (std::size_t k = 0; k < scan.lines.size(); ++k) {
    const auto& h = scan.lines[k];
    ASSERT_EQ(h.pulse, k);
    ASSERT_EQ(h.energy, k % 2 == 0 ? core::Energy::kHigh : core::Energy::kLow);
    ASSERT_EQ(h.flags & ~core::line_flag::kSaturated, 0);
    ASSERT_EQ(scan.modules_present[k].count(), 8U);
    if (k == 0) continue;
    ASSERT_EQ(h.timestamp_ns - scan.lines[k - 1].timestamp_ns, 5'000'000U);
    // 800 mm/s at 200 pulses a second is 4 mm, 40 counts, give or take the speed's variation.
    ASSERT_NEAR(h.encoder_counts - scan.lines[k - 1].encoder_counts, 40, 2);
  }
  // Scanned with 250 mm of air around the container.
  EXPECT_NEAR(scan.lines.front().encoder_counts * 0.1, -80 - 250, 0.1);
  EXPECT_NEAR(scan.lines.back().encoder_counts * 0.1, 5978 + 250, 10);
}

TEST(Simulate, SameSceneSameSamples) {
  const auto scene = simulate_scene("");
  const auto a = simulate_run(scene);
  const auto b = simulate_run(scene);
  EXPECT_EQ(a.samples, b.samples);
  EXPECT_NE(a.meta.id, b.meta.id);
  auto other = scene;
  other.seed = 32;
  EXPECT_NE(simulate_run(other).samples, a.samples);
}

TEST(Simulate, LostPacketsAndLinesAreFlagged) {
  const auto scan = simulate_run(
      simulate_scene("[[fault]]\nat_s = 1\nfor_s = 2\nkind = \"packet-loss\"\nvalue = 0.1\n"
                     "[[fault]]\nat_s = 4\nfor_s = 1\nkind = \"line-loss\"\nvalue = 0.2\n"));
  int modules_missing = 0;
  int lines_missing = 0;
  for (std::size_t k = 0; k < scan.lines.size(); ++k) {
    const double t = static_cast<double>(k) / 200;
    const bool in_packets = t >= 1 && t < 3;
    const bool in_lines = t >= 4 && t < 5;
    const auto flags = scan.lines[k].flags;
    if ((flags & core::line_flag::kLineMissing) != 0) {
      ++lines_missing;
      EXPECT_TRUE(in_lines || in_packets) << t;
      EXPECT_TRUE(scan.modules_present[k].none());
    } else if ((flags & core::line_flag::kModuleMissing) != 0) {
      modules_missing += 8 - static_cast<int>(scan.modules_present[k].count());
      EXPECT_TRUE(in_packets) << t;
      for (std::size_t m = 0; m < 8; ++m) {
        if (!scan.modules_present[k].test(m)) {
          EXPECT_EQ(scan.samples[k * scan.pixels() + m * 32 + 5], 0U);
        }
      }
    }
  }
  EXPECT_NEAR(modules_missing, 400 * 8 * 0.1, 90);
  EXPECT_NEAR(lines_missing, 200 * 0.2, 30);
}

TEST(Simulate, FaultsOfWiresAreRefusedByName) {
  const auto scene = simulate_scene("[[fault]]\nat_s = 1\nkind = \"plc-silent\"\n");
  const auto scan = simulate_raw_scan(scene, *load_scanner("gantry-small"), kStarted, {});
  ASSERT_FALSE(scan.ok());
  EXPECT_EQ(scan.error().code, core::ErrorCode::kUnsupported);
  EXPECT_NE(scan.error().message.find("plc-silent"), std::string::npos);
}

TEST(Simulate, AnErrorOfTheSinkEndsTheScan) {
  const auto scene = simulate_scene("");
  int lines = 0;
  const auto result = simulate_scan(
      scene, *load_scanner("gantry-small"), kStarted, simulate_options(),
      [](const ScanHead&) { return core::Status{}; },
      [&](const core::Line&) -> core::Status {
        if (++lines == 10) return core::Error{core::ErrorCode::kIo, "disk full"};
        return {};
      });
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().message, "disk full");
  EXPECT_EQ(lines, 10);
}

TEST(Simulate, StopsWhenToldTo) {
  auto options = simulate_options();
  options.progress = [](std::string_view step, double) { return step != "rays"; };
  const auto scan =
      simulate_raw_scan(simulate_scene(""), *load_scanner("gantry-small"), kStarted, options);
  ASSERT_FALSE(scan.ok());
  EXPECT_EQ(scan.error().code, core::ErrorCode::kRefused);
}

}  // namespace
}  // namespace portcullis::simulator
