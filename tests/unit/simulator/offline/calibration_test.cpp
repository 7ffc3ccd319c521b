#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "simulator/offline/simulate.h"
#include "simulator/physics/beam_model.h"
#include "tests/support/sanitized.h"

namespace portcullis::simulator {
namespace {

std::filesystem::path calibration_folder(const char* name) {
  const char* out = std::getenv("PORTCULLIS_TEST_OUT");
  auto folder = std::filesystem::path(out != nullptr ? out : "/tmp") / name;
  std::filesystem::remove_all(folder);
  return folder;
}

TEST(Calibration, HoldsTheScansARealLaneWouldHave) {
  const auto scanner = *load_scanner("gantry-small");
  const auto calibration = make_calibration(scanner, {}, 21);
  ASSERT_TRUE(calibration.ok());
  EXPECT_EQ(calibration->dark.lines, 400U);
  EXPECT_EQ(calibration->air_high.lines, 1000U);
  EXPECT_EQ(calibration->air_low.lines, 1000U);
  EXPECT_EQ(calibration->air_high.energy, core::Energy::kHigh);
  std::set<std::string> materials;
  for (const auto& step : calibration->wedges) {
    materials.insert(step.material);
    EXPECT_EQ(step.lines, 200U);
    EXPECT_EQ(step.transmission_high.size(), 256U);
  }
  EXPECT_EQ(materials, (std::set<std::string>{"polyethylene", "aluminium", "iron", "lead"}));
  EXPECT_GE(calibration->wedges.size(), 48U);
}

/// The mean over the array of a step's transmission is that of the beam. Without afterglow, which
/// hands light of one energy to the other and so biases a step by up to half a percent.
TEST(Calibration, WedgeTransmissionsAreTheBeams) {
  const auto scanner = *load_scanner("gantry-small");
  NoiseSwitches switches;
  switches.afterglow = false;
  const auto calibration = make_calibration(scanner, switches, 22);
  ASSERT_TRUE(calibration.ok());
  const auto beam = *BeamModel::create(scanner.beam);
  LineSynthesizer detector(scanner, {}, 22);
  const auto bad = detector.bad_pixels();
  for (const auto& step : calibration->wedges) {
    if (step.areal_density_g_cm2 > 120) continue;
    const auto expected =
        beam.transmission(*find_material(step.material), step.areal_density_g_cm2);
    double sum = 0;
    int count = 0;
    for (std::size_t i = 0; i < step.transmission_high.size(); ++i) {
      if (std::find(bad.begin(), bad.end(), i) != bad.end()) continue;
      sum += static_cast<double>(step.transmission_high[i]);
      ++count;
    }
    EXPECT_NEAR(sum / count / expected[0], 1, 0.002)
        << step.material << " " << step.areal_density_g_cm2;
  }
}

TEST(Calibration, IsTheScansOwnDetector) {
  // Air lines of a scan, corrected by the calibration's means, are flat to their statistics.
  const auto scanner = *load_scanner("gantry-small");
  const auto calibration = make_calibration(scanner, {}, 23);
  ASSERT_TRUE(calibration.ok());
  LineSynthesizer detector(scanner, {}, 23);
  const auto bad = detector.bad_pixels();
  std::vector<std::uint32_t> samples(detector.pixels());
  std::vector<double> sum(detector.pixels());
  double dose = 0;
  constexpr int kPairs = 400;
  for (int k = 0; k < 2 * kPairs; ++k) {
    PulseState pulse;
    pulse.pulse = static_cast<std::uint64_t>(k);
    pulse.energy = energy_of_pulse(pulse.pulse);
    pulse.time_s = k / 200.0;
    pulse.moving = false;
    PulseFacts facts;
    detector.synthesize(pulse, nullptr, samples, facts);
    if (pulse.energy != core::Energy::kHigh) continue;
    dose += facts.dose_counts / calibration->air_high.dose_mean_counts;
    for (std::size_t i = 0; i < samples.size(); ++i) sum[i] += samples[i];
  }
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (std::find(bad.begin(), bad.end(), i) != bad.end()) continue;
    const double dark = static_cast<double>(calibration->dark.mean_counts[i]);
    const double t = (sum[i] / kPairs - dark) /
                     (static_cast<double>(calibration->air_high.mean_counts[i]) - dark) /
                     (dose / kPairs);
    EXPECT_NEAR(t, 1, 0.002) << i;
  }
}

TEST(Calibration, IsKeptAndABrokenOneIsMadeAgain) {
  const auto scanner = *load_scanner("gantry-small");
  const auto folder = calibration_folder("calibration-cache");
  const auto first = cached_calibration(scanner, {}, 24, folder);
  ASSERT_TRUE(first.ok());
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    files.push_back(entry.path());
  ASSERT_EQ(files.size(), 1U);
  const auto again = cached_calibration(scanner, {}, 24, folder);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->air_low.mean_counts, first->air_low.mean_counts);
  EXPECT_EQ(again->wedges.back().transmission_low, first->wedges.back().transmission_low);
  EXPECT_EQ(again->wedges.size(), first->wedges.size());
  EXPECT_EQ(again->id, first->id);
  // One byte wrong; then cut short; then empty.
  for (const int damage : {0, 1, 2}) {
    if (test::kSanitized && damage == 1) continue;  // a calibration takes seconds there
    if (damage == 0) {
      std::fstream file(files[0], std::ios::in | std::ios::out | std::ios::binary);
      file.seekp(5000);
      file.put('x');
      file.put('y');
    } else {
      std::filesystem::resize_file(files[0], damage == 1 ? 9000 : 0);
    }
    const auto made = cached_calibration(scanner, {}, 24, folder);
    ASSERT_TRUE(made.ok()) << damage;
    EXPECT_EQ(made->air_low.mean_counts, first->air_low.mean_counts) << damage;
  }
  // Another seed is another detector and another file.
  const auto other = cached_calibration(scanner, {}, 25, folder);
  ASSERT_TRUE(other.ok());
  EXPECT_NE(other->dark.mean_counts, first->dark.mean_counts);
  EXPECT_NE(other->id, first->id);
}

TEST(Calibration, AFolderThatCannotBeWrittenCostsOnlyTime) {
  EXPECT_TRUE(cached_calibration(*load_scanner("gantry-small"), {}, 26, "/proc/nowhere").ok());
}

}  // namespace
}  // namespace portcullis::simulator
