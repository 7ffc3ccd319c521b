#include "simulator/offline/line_synthesizer.h"

#include <gtest/gtest.h>

#include <cmath>

#include "simulator/physics/beam_model.h"

namespace portcullis::simulator {
namespace {

constexpr double kAir = 700'000;

Scanner synth_scanner() {
  auto scanner = load_scanner("gantry-small");
  EXPECT_TRUE(scanner.ok());
  return *scanner;
}

/// Mean and variance of each pixel over `count` high pulses.
struct PixelStatistics {
  std::vector<double> mean, variance;
};
PixelStatistics run_pulses(LineSynthesizer& detector, const SceneRays* rays, int count,
                           core::Energy energy = core::Energy::kHigh, double period_s = 0.005) {
  const std::size_t n = detector.pixels();
  PixelStatistics s{std::vector<double>(n), std::vector<double>(n)};
  std::vector<std::uint32_t> samples(n);
  for (int k = 0; k < count; ++k) {
    PulseState pulse;
    pulse.pulse = static_cast<std::uint64_t>(k);
    pulse.energy = energy;
    pulse.time_s = k * period_s;
    PulseFacts facts;
    detector.synthesize(pulse, rays, samples, facts);
    for (std::size_t i = 0; i < n; ++i) {
      s.mean[i] += samples[i];
      s.variance[i] += static_cast<double>(samples[i]) * samples[i];
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    s.mean[i] /= count;
    s.variance[i] = (s.variance[i] - count * s.mean[i] * s.mean[i]) / (count - 1);
  }
  return s;
}

SceneRays plate(const Scanner& scanner, const char* material, double amount) {
  auto rays = SceneRays::uniform(scanner, *find_material(material), amount);
  EXPECT_TRUE(rays.ok());
  return *rays;
}

TEST(LineSynthesizer, WithoutDefectsASampleIsTheTransmission) {
  const auto scanner = synth_scanner();
  const auto beam = BeamModel::create(scanner.beam);
  ASSERT_TRUE(beam.ok());
  LineSynthesizer detector(scanner, NoiseSwitches::none(), 1);
  std::vector<std::uint32_t> samples(detector.pixels());
  PulseFacts facts;
  PulseState pulse;
  pulse.energy = core::Energy::kHigh;
  detector.synthesize(pulse, nullptr, samples, facts);
  for (const auto sample : samples) EXPECT_EQ(sample, 700'000U);
  EXPECT_EQ(facts.dose_counts, 500'000U);
  for (const double amount : {10.0, 60.0, 150.0}) {
    const auto rays = plate(scanner, "iron", amount);
    const auto t = beam->transmission(*find_material("iron"), amount);
    pulse.energy = core::Energy::kHigh;
    detector.synthesize(pulse, &rays, samples, facts);
    EXPECT_NEAR(samples[100], kAir * t[0], 1 + kAir * t[0] * 1e-3);
    pulse.energy = core::Energy::kLow;
    detector.synthesize(pulse, &rays, samples, facts);
    EXPECT_NEAR(samples[100], kAir * t[1], 1 + kAir * t[1] * 1e-3);
  }
  pulse.energy = core::Energy::kNone;
  detector.synthesize(pulse, nullptr, samples, facts);
  EXPECT_EQ(samples[7], 0U);
  EXPECT_EQ(facts.dose_counts, 0U);
}

/// Compound Poisson: with N photons interacting in air, the variance of the signal in units of air
/// is E[d2] / (N E[d]2), moments over the photons that get through, per photon of air.
TEST(LineSynthesizer, PhotonNoiseIsCompoundPoisson) {
  const auto scanner = synth_scanner();
  const auto beam = BeamModel::create(scanner.beam);
  ASSERT_TRUE(beam.ok());
  auto switches = NoiseSwitches::none();
  switches.photon = true;
  constexpr int kPulses = 3000;
  // Down to some five photons a sample.
  for (const double amount : {0.0, 60.0, 200.0, 260.0}) {
    LineSynthesizer detector(scanner, switches, 3);
    const auto rays = plate(scanner, "iron", amount);
    const auto s = run_pulses(detector, amount > 0 ? &rays : nullptr, kPulses);
    const auto behind = beam->behind(*find_material("iron"), amount)[0];
    const double air = beam->air()[0].deposit_mev;
    double mean_ratio = 0;
    double variance_ratio = 0;
    for (std::size_t i = 0; i < detector.pixels(); ++i) {
      const double metres10 = scanner.distance_mm(i) / 10'000;
      const double photons = 1e5 / (metres10 * metres10);
      const double mean = kAir * behind.deposit_mev / air;
      const double variance =
          kAir * kAir * behind.deposit_squared_mev2 / (air * air) / photons + 1.0 / 12;
      mean_ratio += s.mean[i] / mean / static_cast<double>(detector.pixels());
      variance_ratio += s.variance[i] / variance / static_cast<double>(detector.pixels());
    }
    EXPECT_NEAR(mean_ratio, 1, 0.003) << amount;
    EXPECT_NEAR(variance_ratio, 1, 0.02) << amount;
  }
}

TEST(LineSynthesizer, ElectronicNoiseIsThreeCounts) {
  auto switches = NoiseSwitches::none();
  switches.electronic = switches.dark = true;  // the offset keeps samples off zero
  LineSynthesizer detector(synth_scanner(), switches, 4);
  const auto s = run_pulses(detector, nullptr, 2000, core::Energy::kNone, 1e-6);
  double variance = 0;
  for (const double v : s.variance) variance += v / static_cast<double>(s.variance.size());
  EXPECT_NEAR(variance, 9 + 1.0 / 12, 0.1);
}

TEST(LineSynthesizer, DoseReferenceFollowsTheDoseToATenthOfAPercent) {
  auto switches = NoiseSwitches::none();
  switches.dose = true;
  LineSynthesizer detector(synth_scanner(), switches, 5);
  std::vector<std::uint32_t> samples(detector.pixels());
  constexpr int kPulses = 4000;
  double dose_sum = 0;
  double dose_sum2 = 0;
  double ratio_sum = 0;
  double ratio_sum2 = 0;
  for (int k = 0; k < kPulses; ++k) {
    PulseState pulse;
    pulse.pulse = static_cast<std::uint64_t>(k);
    pulse.energy = energy_of_pulse(pulse.pulse);
    pulse.time_s = k / 400.0;
    PulseFacts facts;
    detector.synthesize(pulse, nullptr, samples, facts);
    const double dose = samples[0] / kAir;
    const double ratio = facts.dose_counts / 500'000.0 / dose;
    dose_sum += dose;
    dose_sum2 += dose * dose;
    ratio_sum += ratio;
    ratio_sum2 += ratio * ratio;
  }
  const auto deviation = [](double sum, double sum2) {
    return std::sqrt(sum2 / kPulses - sum * sum / kPulses / kPulses);
  };
  EXPECT_NEAR(deviation(dose_sum, dose_sum2), 0.02, 0.001);
  EXPECT_NEAR(deviation(ratio_sum, ratio_sum2), 0.001, 0.00005);
  EXPECT_NEAR(ratio_sum / kPulses, 1, 1e-4);
}

/// Long steady beam, then none: of the last pulses' light the shares 2.0 % and 0.06 % are still to
/// come per pulse, falling with their time constants.
TEST(LineSynthesizer, AfterglowDecaysInTwoExponentials) {
  const auto scanner = synth_scanner();
  auto switches = NoiseSwitches::none();
  switches.afterglow = true;
  LineSynthesizer detector(scanner, switches, 6);
  std::vector<std::uint32_t> samples(detector.pixels());
  PulseFacts facts;
  PulseState pulse;
  const double period = 0.0025;
  for (int k = 0; k < 400; ++k) {
    pulse.pulse = static_cast<std::uint64_t>(k);
    pulse.energy = core::Energy::kHigh;
    pulse.time_s = k * period;
    detector.synthesize(pulse, nullptr, samples, facts);
    if (k == 0) {
      EXPECT_NEAR(samples[0], kAir * (1 - 0.0206), 2) << "at first the late light is missing";
    }
  }
  EXPECT_NEAR(samples[0], kAir, 2) << "in the steady state nothing is";
  for (int k = 1; k <= 40; ++k) {
    pulse.pulse += 1;
    pulse.energy = core::Energy::kNone;
    pulse.time_s += period;
    detector.synthesize(pulse, nullptr, samples, facts);
    const double expected = kAir * (0.020 * std::exp(-(k - 1) * period / 0.002) +
                                    0.0006 * std::exp(-(k - 1) * period / 0.060));
    EXPECT_NEAR(samples[0], expected, 1.5) << k;
  }
}

TEST(LineSynthesizer, CrossTalkStaysInItsModule) {
  // A lead brick that covers a few pixels: neighbours in the module lose 1.5 % of the missing
  // light.
  const auto scanner = synth_scanner();
  const auto scene = parse_scene(
      "[noise]\nblur = false\n[[object]]\nshape = \"box\"\nsize_mm = [100, 400, 60]\ncenter_mm = "
      "[0, 2600, 0]\nmaterial = \"lead\"\n",
      "s", ".");
  ASSERT_TRUE(scene.ok()) << scene.error().message;
  const auto rays = SceneRays::trace(*scene, scanner, {-10, 10}, {});
  ASSERT_TRUE(rays.ok());
  auto switches = NoiseSwitches::none();
  LineSynthesizer clean(scanner, switches, 7);
  switches.cross_talk = true;
  LineSynthesizer detector(scanner, switches, 7);
  std::vector<std::uint32_t> a(detector.pixels());
  std::vector<std::uint32_t> b(detector.pixels());
  PulseFacts facts;
  PulseState pulse;
  pulse.energy = core::Energy::kHigh;
  clean.synthesize(pulse, &*rays, a, facts);
  detector.synthesize(pulse, &*rays, b, facts);
  int differ = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const bool first = i % 32 == 0;
    const bool last = i % 32 == 31;
    const double left = first ? a[i] : a[i - 1];
    const double right = last ? a[i] : a[i + 1];
    const double expected = a[i] + 0.015 * (left + right - 2.0 * a[i]);
    EXPECT_NEAR(b[i], expected, 1.1) << i;
    differ += a[i] != b[i] ? 1 : 0;
  }
  EXPECT_GE(differ, 2);
}

TEST(LineSynthesizer, PatternOfTheDetector) {
  auto scanner = load_scanner("gantry-6mv");
  ASSERT_TRUE(scanner.ok());
  auto switches = NoiseSwitches::none();
  switches.gain = true;
  LineSynthesizer detector(*scanner, switches, 8);
  const auto s = run_pulses(detector, nullptr, 2);
  double sum = 0;
  double sum2 = 0;
  for (const double m : s.mean) {
    sum += m / kAir;
    sum2 += m / kAir * m / kAir;
  }
  const double n = static_cast<double>(s.mean.size());
  EXPECT_NEAR(std::sqrt(sum2 / n - sum * sum / n / n), 0.05, 0.008) << "gain spread";
  switches.bad_pixels = true;
  detector.set_switches(switches);
  const auto bad = detector.bad_pixels();
  EXPECT_GE(bad.size(), 3U);
  EXPECT_LE(bad.size(), 6U) << "0.3 % of 1,472 are four or five";
}

TEST(LineSynthesizer, ScatterIsAtMostItsShareAndNoneInAir) {
  const auto scanner = synth_scanner();
  const auto wall = parse_scene(
      "[[object]]\nshape = \"box\"\nsize_mm = [3000, 1000, 9000]\ncenter_mm = [0, 0, 0]\nmaterial "
      "= \"lead\"\n",
      "s", ".");
  ASSERT_TRUE(wall.ok());
  const auto rays = SceneRays::trace(*wall, scanner, {-10, 10}, {});
  ASSERT_TRUE(rays.ok());
  auto switches = NoiseSwitches::none();
  switches.scatter = true;
  LineSynthesizer detector(scanner, switches, 9);
  std::vector<std::uint32_t> samples(detector.pixels());
  PulseFacts facts;
  PulseState pulse;
  pulse.energy = core::Energy::kHigh;
  detector.synthesize(pulse, &*rays, samples, facts);
  EXPECT_NEAR(samples[128], kAir * 3e-4, 2) << "nothing gets through; what is seen is scatter";
  detector.synthesize(pulse, nullptr, samples, facts);
  EXPECT_EQ(samples[128], 700'000U);
}

TEST(LineSynthesizer, OneSwitchDoesNotMoveTheOthersDraws) {
  const auto scanner = synth_scanner();
  auto photon = NoiseSwitches::none();
  photon.photon = true;
  auto both = photon;
  both.electronic = true;
  LineSynthesizer a(scanner, photon, 10);
  LineSynthesizer b(scanner, both, 10);
  std::vector<std::uint32_t> sa(a.pixels());
  std::vector<std::uint32_t> sb(a.pixels());
  PulseFacts facts;
  PulseState pulse;
  pulse.energy = core::Energy::kHigh;
  for (std::uint64_t k = 0; k < 50; ++k) {
    pulse.pulse = k;
    a.synthesize(pulse, nullptr, sa, facts);
    b.synthesize(pulse, nullptr, sb, facts);
    // 3 counts of electronic noise on 3,500 of photon noise.
    for (std::size_t i = 0; i < sa.size(); ++i) ASSERT_NEAR(sa[i], sb[i], 20);
  }
}

TEST(LineSynthesizer, ADraftOfAPulseDoesNotDependOnEarlierOnes) {
  const auto scanner = synth_scanner();
  NoiseSwitches switches;
  switches.afterglow = false;  // the one defect that remembers
  LineSynthesizer a(scanner, switches, 11);
  LineSynthesizer b(scanner, switches, 11);
  std::vector<std::uint32_t> sa(a.pixels());
  std::vector<std::uint32_t> sb(a.pixels());
  PulseFacts facts;
  PulseState pulse;
  pulse.energy = core::Energy::kLow;
  for (std::uint64_t k = 0; k < 10; ++k) {
    pulse.pulse = k;
    pulse.time_s = static_cast<double>(k) / 200;
    a.synthesize(pulse, nullptr, sa, facts);
  }
  b.synthesize(pulse, nullptr, sb, facts);
  EXPECT_EQ(sa, sb);
}

TEST(LineSynthesizer, NoDoseGivesDarkSamples) {
  LineSynthesizer detector(synth_scanner(), NoiseSwitches::none(), 12);
  std::vector<std::uint32_t> samples(detector.pixels());
  PulseFacts facts;
  PulseState pulse;
  pulse.energy = core::Energy::kHigh;
  pulse.dose_factor = 0;
  detector.synthesize(pulse, nullptr, samples, facts);
  EXPECT_EQ(facts.dose_counts, 0U);
  EXPECT_EQ(samples[5], 0U);
}

}  // namespace
}  // namespace portcullis::simulator
