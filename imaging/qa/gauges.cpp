#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

#include "imaging/qa/fields.h"
#include "imaging/qa/statistics.h"

namespace portcullis::imaging::qa {

namespace {

constexpr double kGroupSideMin_mm = 20, kGroupSideMax_mm = 400;
constexpr double kPeriodMin_mm = 5, kPeriodMax_mm = 24;
constexpr double kTiltMax_deg = 20;
constexpr double kScoreMin = 8;
constexpr double kRough_mm = 90;
constexpr double kModulationSeen = 0.05;  ///< Below it a plate's own slopes look like waves.

struct Wave {
  double power = 0, amplitude = 0, mean = 0, sigma = 0;
  double angle_deg = 0, frequency_per_mm = 0;
};

/// Pixels of a group with their places, mm from its middle; z up.
struct Sample {
  float x, z, value;
};

/// Least squares of a + b cos + c sin over the samples; `angle` from the axis of resolution.
Wave fit_wave(const std::vector<Sample>& samples, bool along, double angle_deg, double frequency) {
  const double angle = angle_deg * std::numbers::pi / 180;
  const double kx = 2 * std::numbers::pi * frequency * (along ? std::cos(angle) : std::sin(angle));
  const double kz = 2 * std::numbers::pi * frequency * (along ? -std::sin(angle) : std::cos(angle));
  cv::Matx33d normal = cv::Matx33d::zeros();
  cv::Vec3d right(0, 0, 0);
  double squares = 0;
  for (const auto& s : samples) {
    const double phase = kx * static_cast<double>(s.x) + kz * static_cast<double>(s.z);
    const cv::Vec3d basis(1, std::cos(phase), std::sin(phase));
    for (int i = 0; i < 3; ++i) {
      for (int k = 0; k < 3; ++k) normal(i, k) += basis[i] * basis[k];
      right[i] += basis[i] * static_cast<double>(s.value);
    }
    squares += static_cast<double>(s.value) * static_cast<double>(s.value);
  }
  Wave wave;
  wave.angle_deg = angle_deg;
  wave.frequency_per_mm = frequency;
  bool solved = false;
  const cv::Matx33d inverse = normal.inv(cv::DECOMP_CHOLESKY, &solved);
  if (!solved) return wave;
  const cv::Vec3d solution = inverse * right;
  wave.mean = solution[0];
  wave.amplitude = std::hypot(solution[1], solution[2]);
  const double explained = solution.dot(right);
  const auto n = static_cast<double>(samples.size());
  wave.power = explained - wave.mean * wave.mean * n;
  wave.sigma = std::sqrt(std::max(1e-12, (squares - explained) / std::max(1.0, n - 3)) * 2 / n);
  return wave;
}

std::vector<Sample> samples_of(const QaFields& f, const cv::Rect& box, double keep_x,
                               double keep_z) {
  std::vector<Sample> samples;
  const double cx = box.x + 0.5 * (box.width - 1);
  const double cz = box.y + 0.5 * (box.height - 1);
  for (int r = box.y; r < box.y + box.height; ++r) {
    for (int c = box.x; c < box.x + box.width; ++c) {
      if (std::abs(c - cx) > 0.5 * keep_x * box.width ||
          std::abs(r - cz) > 0.5 * keep_z * box.height)
        continue;
      samples.push_back(
          {static_cast<float>((c - cx) * f.mm), static_cast<float>((cz - r) * f.mm), f.high(r, c)});
    }
  }
  return samples;
}

/// The strongest wave on one axis, found on a grid and then closed in on.
Wave strongest(const std::vector<Sample>& samples, bool along) {
  Wave best;
  constexpr double kAngleStep_deg = 2;
  constexpr double kFrequencyStep = 0.006;
  const int angles = static_cast<int>(kTiltMax_deg / kAngleStep_deg);
  const int frequencies =
      static_cast<int>((1 / kPeriodMin_mm - 1 / kPeriodMax_mm) / kFrequencyStep);
  for (int i = -angles; i <= angles; ++i) {
    for (int k = 0; k <= frequencies; ++k) {
      const Wave wave =
          fit_wave(samples, along, i * kAngleStep_deg, 1 / kPeriodMax_mm + k * kFrequencyStep);
      if (wave.power > best.power) best = wave;
    }
  }
  double step_angle = 1;
  double step_frequency = 0.003;
  for (int round = 0; round < 6; ++round) {
    const Wave middle = best;
    for (int i = -1; i <= 1; ++i) {
      for (int k = -1; k <= 1; ++k) {
        const Wave wave = fit_wave(samples, along, middle.angle_deg + i * step_angle,
                                   middle.frequency_per_mm + k * step_frequency);
        if (wave.power > best.power) best = wave;
      }
    }
    if (best.power <= middle.power) {
      step_angle /= 2;
      step_frequency /= 2;
    }
  }
  return best;
}

}  // namespace

void read_gauges(const QaFields& f, QaReport& report) {
  cv::Mat1i labels;
  cv::Mat1i stats;
  cv::Mat1d centroids;
  const int count = cv::connectedComponentsWithStats(f.object, labels, stats, centroids, 8);
  for (int i = 1; i < count; ++i) {
    cv::Rect box(stats(i, cv::CC_STAT_LEFT), stats(i, cv::CC_STAT_TOP), stats(i, cv::CC_STAT_WIDTH),
                 stats(i, cv::CC_STAT_HEIGHT));
    // The mask is an average over 20 mm: it reaches about 8 mm beyond what stands there.
    const int margin = f.px(8);
    if (std::min(box.width, box.height) <= 2 * margin + 4) continue;
    box = {box.x + margin, box.y + margin, box.width - 2 * margin, box.height - 2 * margin};
    if (std::min(box.width, box.height) * f.mm < kGroupSideMin_mm ||
        std::max(box.width, box.height) * f.mm > kGroupSideMax_mm)
      continue;
    // A part of it will do to find the wave.
    const auto rough = samples_of(f, box, std::min(0.8, kRough_mm / (box.width * f.mm)),
                                  std::min(0.8, kRough_mm / (box.height * f.mm)));
    if (rough.size() < 60) continue;
    const Wave x_wave = strongest(rough, true);
    const Wave z_wave = strongest(rough, false);
    const bool along = x_wave.power > z_wave.power;
    const Wave& wave = along ? x_wave : z_wave;
    if (wave.amplitude < kScoreMin * wave.sigma) continue;
    // Modulation over the middle: whole periods, without the outermost ones and the bars' ends.
    const double period_px = 1 / wave.frequency_per_mm / f.mm;
    const int across_side = along ? box.width : box.height;
    const double periods = std::floor((across_side - 2 * 0.75 * period_px) / period_px);
    if (periods < 2) continue;
    const double keep = periods * period_px / across_side;
    const auto samples = along ? samples_of(f, box, keep, 0.6) : samples_of(f, box, 0.6, keep);
    const Wave middle = fit_wave(samples, along, wave.angle_deg, wave.frequency_per_mm);
    QaGauge gauge;
    gauge.box = f.box_of(box);
    gauge.along = along;
    gauge.tilt_deg = wave.angle_deg;
    gauge.gap_mm = 0.5 / wave.frequency_per_mm;
    gauge.modulation = middle.mean > 0 ? middle.amplitude / middle.mean : 0;
    gauge.score = middle.sigma > 0 ? middle.amplitude / middle.sigma : 0;
    gauge.resolved = gauge.modulation >= kQaModulationMin && gauge.score >= kScoreMin;
    if (gauge.score >= kScoreMin && gauge.modulation >= kModulationSeen)
      report.gauges.push_back(gauge);
  }
}

}  // namespace portcullis::imaging::qa
