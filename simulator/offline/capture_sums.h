#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/scan.h"
#include "simulator/offline/line_synthesizer.h"
#include "simulator/offline/simulate.h"

namespace portcullis::simulator {

inline constexpr std::uint64_t kSettlePulses = 100;             // afterglow: its steady state
inline constexpr std::uint64_t kCalibrationStream = 1'000'000;  // apart from those of scans

/// Sums of one kind of line, per pixel.
struct CaptureSums {
  std::uint32_t lines = 0;
  double dose = 0, temperature = 0;
  std::vector<double> first, second;
  explicit CaptureSums(std::size_t n) : first(n), second(n) {}
  void add(std::span<const std::uint32_t> samples, const PulseFacts& facts) {
    ++lines;
    dose += facts.dose_counts;
    temperature += facts.temperature_c;
    for (std::size_t i = 0; i < samples.size(); ++i) {
      const double v = samples[i];
      first[i] += v;
      second[i] += v * v;
    }
  }
  [[nodiscard]] core::CalibrationFrame frame(core::Energy energy) const {
    core::CalibrationFrame f;
    f.energy = energy;
    f.lines = lines;
    const double n = lines;
    f.dose_mean_counts = dose / n;
    f.temperature_c = temperature / n;
    for (std::size_t i = 0; i < first.size(); ++i) {
      const double mean = first[i] / n;
      f.mean_counts.push_back(static_cast<float>(mean));
      f.variance_counts2.push_back(
          static_cast<float>(std::max(0.0, (second[i] - n * mean * mean) / (n - 1))));
    }
    return f;
  }
};

/// What is measured at a detector's commissioning, with the detector that `calibration` (its dark
/// and air) was measured with. Takes about 0.5 s for 1,472 pixels.
core::Result<core::DetectorCalibration> commission_detector(const Scanner& scanner,
                                                            const NoiseSwitches& switches,
                                                            std::uint64_t seed,
                                                            const core::Calibration& calibration);

/// Runs `pulses` pulses after settling; sums[0] high (or dark), sums[1] low.
inline void capture_lines(LineSynthesizer& detector, const core::ScannerGeometry& g, bool beam,
                          double start_s, std::uint64_t pulses, const SceneRays* rays,
                          std::array<CaptureSums, 2>& sums) {
  std::vector<std::uint32_t> samples(detector.pixels());
  const std::uint64_t settle = beam ? kSettlePulses : 0;
  for (std::uint64_t k = 0; k < settle + pulses; ++k) {
    PulseState pulse;
    pulse.pulse = k;
    pulse.energy = beam ? energy_of_pulse(k) : core::Energy::kNone;
    pulse.time_s = start_s + static_cast<double>(k) / g.pulse_rate_hz;
    pulse.moving = false;
    PulseFacts facts;
    detector.synthesize(pulse, rays, samples, facts);
    if (k >= settle) sums[pulse.energy == core::Energy::kLow ? 1 : 0].add(samples, facts);
  }
}

}  // namespace portcullis::simulator
