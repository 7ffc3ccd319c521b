#include <fmt/format.h>

#include <cmath>

#include "simulator/offline/capture_sums.h"

namespace portcullis::simulator {

namespace {

constexpr std::uint64_t kCommissioningStream = kCalibrationStream + 10'000;
constexpr double kCommissioningTimeS = -2000;
constexpr double kColdC = -6;  // switched on a while ago, not yet warm
constexpr std::uint32_t kColdPulses = 400;
constexpr std::uint64_t kDecayRepeats = 16;
constexpr std::uint64_t kDecayBeamPulses = 120;
constexpr std::uint32_t kNoisePairs = 1000;
constexpr std::uint64_t kBlockPairs = 400;
/// Borders of what is averaged of the decay, in pulses after the last one with beam.
constexpr std::uint32_t kDecayBorders[] = {1,  2,  3,  4,  5,  6,  7,  8,   9,   11,
                                           13, 17, 21, 29, 41, 57, 81, 121, 161, 201};

core::CalibrationFrame cold_dark(LineSynthesizer& detector, const core::ScannerGeometry& g) {
  CaptureSums sums(detector.pixels());
  std::vector<std::uint32_t> samples(detector.pixels());
  detector.reset(kCommissioningStream);
  for (std::uint64_t k = 0; k < kColdPulses; ++k) {
    PulseState pulse;
    pulse.pulse = k;
    pulse.time_s = kCommissioningTimeS + static_cast<double>(k) / g.pulse_rate_hz;
    pulse.temperature_offset_c = kColdC;
    PulseFacts facts;
    detector.synthesize(pulse, nullptr, samples, facts);
    sums.add(samples, facts);
  }
  return sums.frame(core::Energy::kNone);
}

std::vector<core::DecayStep> decay(LineSynthesizer& detector, const core::ScannerGeometry& g) {
  constexpr std::size_t kSteps = std::size(kDecayBorders) - 1;
  std::vector<CaptureSums> sums(kSteps, CaptureSums(detector.pixels()));
  std::vector<std::uint32_t> samples(detector.pixels());
  double dose = 0;
  constexpr std::uint64_t kPulsesAfterBeam = kDecayBorders[kSteps] - 1;
  for (std::uint64_t repeat = 0; repeat < kDecayRepeats; ++repeat) {
    detector.reset(kCommissioningStream + 1 + repeat);
    for (std::uint64_t k = 0; k < kDecayBeamPulses + kPulsesAfterBeam; ++k) {
      PulseState pulse;
      pulse.pulse = k;
      const bool beam = k < kDecayBeamPulses;
      pulse.energy = beam ? energy_of_pulse(k) : core::Energy::kNone;
      pulse.time_s = kCommissioningTimeS + 10 + static_cast<double>(repeat) +
                     static_cast<double>(k) / g.pulse_rate_hz;
      pulse.moving = false;
      PulseFacts facts;
      detector.synthesize(pulse, nullptr, samples, facts);
      if (k + 1 == kDecayBeamPulses) dose += facts.dose_counts;
      if (beam) continue;
      const std::uint64_t after = k - kDecayBeamPulses + 1;
      std::size_t step = 0;
      while (after >= kDecayBorders[step + 1]) ++step;
      sums[step].add(samples, facts);
    }
  }
  std::vector<core::DecayStep> steps;
  for (std::size_t i = 0; i < kSteps; ++i) {
    steps.push_back(
        {kDecayBorders[i], kDecayBorders[i + 1] - 1, sums[i].frame(core::Energy::kNone)});
    steps.back().frame.dose_mean_counts = dose / static_cast<double>(kDecayRepeats);
  }
  return steps;
}

/// Covariances of dose-normal samples of high energy in air.
core::NeighbourNoise neighbour_noise(LineSynthesizer& detector, const core::ScannerGeometry& g,
                                     const core::Calibration& calibration) {
  const std::size_t pixels = detector.pixels();
  std::vector<std::uint32_t> samples(pixels);
  std::vector<double> q(pixels), first(pixels), square(pixels), next(pixels), second(pixels);
  detector.reset(kCommissioningStream + 1000);
  const auto& air = calibration.air_high;
  core::NeighbourNoise noise;
  for (std::uint64_t k = 0; k < kSettlePulses + 2 * kNoisePairs; ++k) {
    PulseState pulse;
    pulse.pulse = k;
    pulse.energy = energy_of_pulse(k);
    pulse.time_s = kCommissioningTimeS + 40 + static_cast<double>(k) / g.pulse_rate_hz;
    pulse.moving = false;
    PulseFacts facts;
    detector.synthesize(pulse, nullptr, samples, facts);
    if (k < kSettlePulses || pulse.energy != core::Energy::kHigh || facts.dose_counts == 0)
      continue;
    ++noise.lines;
    for (std::size_t i = 0; i < pixels; ++i) {
      const double dark = static_cast<double>(calibration.dark.mean_counts[i]);
      const double mean = static_cast<double>(air.mean_counts[i]) - dark;
      // Less 1, so that the sums of squares keep their digits.
      q[i] =
          mean > 1 ? (samples[i] - dark) / facts.dose_counts * air.dose_mean_counts / mean - 1 : 0;
    }
    for (std::size_t i = 0; i < pixels; ++i) {
      first[i] += q[i];
      square[i] += q[i] * q[i];
      if (i + 1 < pixels) next[i] += q[i] * q[i + 1];
      if (i + 2 < pixels) second[i] += q[i] * q[i + 2];
    }
  }
  const double n = noise.lines;
  for (std::size_t i = 0; i < pixels; ++i) {
    const auto covariance = [&](double sum, std::size_t other) {
      return other < pixels ? static_cast<float>((sum - first[i] * first[other] / n) / (n - 1))
                            : 0.0F;
    };
    noise.variance.push_back(covariance(square[i], i));
    noise.next.push_back(covariance(next[i], i + 1));
    noise.second.push_back(covariance(second[i], i + 2));
  }
  return noise;
}

/// A steel block 600 mm deep, its foot and height given, and nothing else.
core::Result<core::ScatterBlock> scatter_block(LineSynthesizer& detector, const Scanner& scanner,
                                               double foot_mm, double height_mm,
                                               std::uint64_t stream) {
  PC_TRY(const auto scene,
         parse_scene(fmt::format("[vehicle]\nkind = \"none\"\n[[object]]\nname = \"block\"\n"
                                 "shape = \"box\"\nsize_mm = [100, 600, {}]\n"
                                 "center_mm = [0, 0, {}]\nmaterial = \"steel\"\n",
                                 height_mm, foot_mm + height_mm / 2),
                     "scatter block", "."));
  SceneRays::Options options;
  options.step_mm = 1;
  options.parallel = false;
  PC_TRY(const auto rays, SceneRays::trace(scene, scanner, {-1.0, 1.0}, options));
  std::array<CaptureSums, 2> sums{CaptureSums(detector.pixels()), CaptureSums(detector.pixels())};
  detector.reset(stream);
  capture_lines(detector, scanner.geometry, true, kCommissioningTimeS + 80, 2 * kBlockPairs, &rays,
                sums);
  return core::ScatterBlock{sums[0].frame(core::Energy::kHigh), sums[1].frame(core::Energy::kLow)};
}

}  // namespace

core::Result<core::DetectorCalibration> commission_detector(const Scanner& scanner,
                                                            const NoiseSwitches& switches,
                                                            std::uint64_t seed,
                                                            const core::Calibration& calibration) {
  LineSynthesizer detector(scanner, switches, seed, kCommissioningStream);
  core::DetectorCalibration result;
  result.dark_second = cold_dark(detector, scanner.geometry);
  result.decay = decay(detector, scanner.geometry);
  result.neighbours = neighbour_noise(detector, scanner.geometry, calibration);
  // A tall one and a low one: the strength and the breadth of scatter show in different ratios.
  PC_TRY(auto tall, scatter_block(detector, scanner, 0, 2000, kCommissioningStream + 2000));
  PC_TRY(auto low, scatter_block(detector, scanner, 600, 500, kCommissioningStream + 2001));
  result.blocks.push_back(std::move(tall));
  result.blocks.push_back(std::move(low));
  return result;
}

}  // namespace portcullis::simulator
