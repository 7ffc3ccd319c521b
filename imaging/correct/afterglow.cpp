#include "imaging/correct/afterglow.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/assert.h"
#include "imaging/kernels/portable_double.h"

namespace portcullis::imaging {

namespace {

constexpr double kShareMin = 1e-5;
constexpr std::size_t kDecayStepsMin = 8;

/// What is left on a step after beam, in air's level, averaged over good pixels.
struct DecayPoint {
  std::uint32_t first = 1, last = 1;  // pulses after beam
  double level = 0, weight = 0;
};

/// Mean over the step of the sum of k^(m - 1).
double mean_power(double k, const DecayPoint& point) {
  double power = 1;
  for (std::uint32_t m = 1; m < point.first; ++m) power *= k;
  double sum = 0;
  for (std::uint32_t m = point.first; m <= point.last; ++m) {
    sum += power;
    power *= k;
  }
  return sum / (point.last - point.first + 1);
}

struct DecayFit {
  double residual = std::numeric_limits<double>::infinity();
  double fast = 0, slow = 0;
};

/// Shares and an offset by least squares for given time constants.
DecayFit fit_shares(const std::vector<DecayPoint>& points, double dose_ratio, double keep_fast,
                    double keep_slow) {
  // The last pulse's dose was not the mean one; with both energies alike, it makes up
  // 1 / (1 + k) of what is on its way.
  const auto scale = [&](double k) { return (dose_ratio + k) / (1 + k); };
  double m[3][4] = {};
  for (const auto& p : points) {
    const double basis[3] = {scale(keep_fast) * mean_power(keep_fast, p),
                             scale(keep_slow) * mean_power(keep_slow, p), 1};
    for (int r = 0; r < 3; ++r) {
      for (int c = 0; c < 3; ++c) m[r][c] += p.weight * basis[r] * basis[c];
      m[r][3] += p.weight * basis[r] * p.level;
    }
  }
  for (int i = 0; i < 3; ++i) {
    if (!(std::abs(m[i][i]) > 1e-30)) return {};
    for (int r = 0; r < 3; ++r) {
      if (r == i) continue;
      const double f = m[r][i] / m[i][i];
      for (int c = i; c < 4; ++c) m[r][c] -= f * m[i][c];
    }
  }
  DecayFit fit;
  fit.fast = m[0][3] / m[0][0];
  fit.slow = m[1][3] / m[1][1];
  const double offset = m[2][3] / m[2][2];
  fit.residual = 0;
  for (const auto& p : points) {
    const double off = p.level - fit.fast * scale(keep_fast) * mean_power(keep_fast, p) -
                       fit.slow * scale(keep_slow) * mean_power(keep_slow, p) - offset;
    fit.residual += p.weight * off * off;
  }
  if (!(fit.fast >= 0) || !(fit.slow >= 0)) fit.residual = std::numeric_limits<double>::infinity();
  return fit;
}

}  // namespace

std::optional<AfterglowModel> fit_afterglow(const core::ScannerGeometry& geometry,
                                            const core::Calibration& calibration,
                                            std::span<const std::uint8_t> bad) {
  const auto& decay = calibration.detector.decay;
  const std::size_t pixels = geometry.pixels.size();
  if (decay.size() < kDecayStepsMin || !(geometry.pulse_rate_hz > 0)) return std::nullopt;
  const auto& dark = calibration.dark.mean_counts;
  double air = 0;
  for (std::size_t p = 0; p < pixels; ++p) {
    if (bad[p] != 0) continue;
    air += 0.5 * (static_cast<double>(calibration.air_high.mean_counts[p]) +
                  static_cast<double>(calibration.air_low.mean_counts[p])) -
           static_cast<double>(dark[p]);
  }
  if (!(air > 0)) return std::nullopt;
  std::vector<DecayPoint> points;
  double dose_last = 0;
  for (const auto& step : decay) {
    if (step.frame.mean_counts.size() != pixels || step.last_pulse < step.first_pulse ||
        step.first_pulse < 1 || step.last_pulse > 10'000)
      return std::nullopt;
    double sum = 0;
    for (std::size_t p = 0; p < pixels; ++p) {
      if (bad[p] == 0)
        sum += static_cast<double>(step.frame.mean_counts[p]) - static_cast<double>(dark[p]);
    }
    points.push_back(
        {step.first_pulse, step.last_pulse, sum / air, static_cast<double>(step.frame.lines)});
    dose_last = step.frame.dose_mean_counts;
  }
  const double dose_mean =
      0.5 * (calibration.air_high.dose_mean_counts + calibration.air_low.dose_mean_counts);
  const double dose_ratio = dose_mean > 0 && dose_last > 0 ? dose_last / dose_mean : 1.0;
  const double period_s = 1 / geometry.pulse_rate_hz;

  // Time constants on a net in their logarithms, drawn tighter about the best knot.
  double centre[2] = {0.7, 3.7};  // ln ms: 2 and 40
  double reach[2] = {2.0, 1.6};
  DecayFit best;
  double best_log[2] = {centre[0], centre[1]};
  for (int round = 0; round < 9; ++round) {
    constexpr int kHalf = 6;
    for (int i = -kHalf; i <= kHalf; ++i) {
      for (int j = -kHalf; j <= kHalf; ++j) {
        const double a = centre[0] + reach[0] * i / kHalf;
        const double b = centre[1] + reach[1] * j / kHalf;
        if (b < a + 0.7) continue;  // not told apart
        const auto keep = [&](double log_ms) {
          return portable_exp(-period_s / (1e-3 * portable_exp(log_ms)));
        };
        const DecayFit fit = fit_shares(points, dose_ratio, keep(a), keep(b));
        if (!(fit.residual < best.residual)) continue;
        best = fit;
        best_log[0] = a;
        best_log[1] = b;
      }
    }
    for (int k = 0; k < 2; ++k) {
      centre[k] = best_log[k];
      reach[k] *= 0.35;
    }
  }
  if (!(best.fast + best.slow >= kShareMin) || !(best.fast + best.slow < 0.5)) return std::nullopt;
  AfterglowModel model;
  model.parts[0] = {best.fast, 1e-3 * portable_exp(best_log[0])};
  model.parts[1] = {best.slow, 1e-3 * portable_exp(best_log[1])};
  return model;
}

void remove_steady_afterglow(const AfterglowModel& model, double period_s, std::span<float> high,
                             std::span<float> low) {
  PC_ASSERT(high.size() == low.size());
  // After long alternation y_h = (1 - v) x_h + v x_l and the other way round.
  double v = 0;
  for (const auto& part : model.parts)
    v += part.share / (1 + portable_exp(-period_s / part.time_s));
  const double scale = 1 / (1 - 2 * v);
  for (std::size_t p = 0; p < high.size(); ++p) {
    const auto h = static_cast<double>(high[p]);
    const auto l = static_cast<double>(low[p]);
    high[p] = static_cast<float>(((1 - v) * h - v * l) * scale);
    low[p] = static_cast<float>(((1 - v) * l - v * h) * scale);
  }
}

AfterglowRemoval::AfterglowRemoval(const AfterglowModel& model, std::size_t pixels, double period_s)
    : model_(model), period_s_(period_s) {
  for (std::size_t i = 0; i < 2; ++i)
    usual_keep_[i] = static_cast<float>(portable_exp(-period_s / model.parts[i].time_s));
  for (auto* state : {&glow_fast_, &glow_slow_, &last_high_, &last_low_}) state->assign(pixels, 0);
}

void AfterglowRemoval::apply(std::span<const Pulse> pulses, std::size_t pixels_per_module,
                             std::size_t from_module, std::size_t to_module) {
  const auto share_fast = static_cast<float>(model_.parts[0].share);
  const auto share_slow = static_cast<float>(model_.parts[1].share);
  const auto per_prompt = static_cast<float>(1 / (1 - model_.total()));
  for (const Pulse& pulse : pulses) {
    float keep_fast = usual_keep_[0];
    float keep_slow = usual_keep_[1];
    if (std::abs(pulse.since_s - period_s_) > 0.002 * period_s_) {
      const double since_s = std::clamp(pulse.since_s, 0.0, 60.0);
      keep_fast =
          static_cast<float>(portable_exp(-std::min(600.0, since_s / model_.parts[0].time_s)));
      keep_slow =
          static_cast<float>(portable_exp(-std::min(600.0, since_s / model_.parts[1].time_s)));
    }
    const float come_fast = 1 - keep_fast;
    const float come_slow = 1 - keep_slow;
    std::vector<float>& last = pulse.energy == core::Energy::kLow ? last_low_ : last_high_;
    for (std::size_t m = from_module; m < to_module; ++m) {
      const std::size_t a = m * pixels_per_module;
      float* __restrict fast = &glow_fast_[a];
      float* __restrict slow = &glow_slow_[a];
      float* __restrict kept = &last[a];
      if (pulse.counts != nullptr && pulse.present->test(m)) {
        float* __restrict counts = pulse.counts + a;
        for (std::size_t p = 0; p < pixels_per_module; ++p) {
          const float x = (counts[p] - fast[p] * come_fast - slow[p] * come_slow) * per_prompt;
          counts[p] = x;
          fast[p] = fast[p] * keep_fast + x * share_fast;
          slow[p] = slow[p] * keep_slow + x * share_slow;
        }
        if (!pulse.beam) continue;
        for (std::size_t p = 0; p < pixels_per_module; ++p) kept[p] = counts[p];
      } else {
        const float lit = pulse.beam ? 1.0F : 0.0F;
        for (std::size_t p = 0; p < pixels_per_module; ++p) {
          fast[p] = fast[p] * keep_fast + lit * kept[p] * share_fast;
          slow[p] = slow[p] * keep_slow + lit * kept[p] * share_slow;
        }
      }
    }
  }
}

}  // namespace portcullis::imaging
