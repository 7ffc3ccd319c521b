#include "imaging/kernels/rise_kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "tests/unit/imaging/kernels/every_target.h"

namespace portcullis::imaging::kernels {
namespace {

constexpr RiseNoise kNoise{2e-5F, 1e-6F, 3, 0.1F};
constexpr float kLeast = 1.0F / 60, kEdge = 4.5F;

/// A load with steps up the fan, seen twice with noise; some pixels are bad, some not trusted yet.
struct RiseLine {
  std::vector<float> gain, reference, trust, age, seen;
};
RiseLine rise_line(std::size_t n, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<float> part(0, 1);
  RiseLine line;
  float level = 1;
  for (std::size_t i = 0; i < n; ++i) {
    if (part(random) < 0.05F) level = part(random);
    line.gain.push_back(
        part(random) < 0.02F ? 0.0F : 0.25F * static_cast<float>(i) / static_cast<float>(n));
    line.reference.push_back(level + 0.002F * (part(random) - 0.5F));
    line.trust.push_back(part(random) < 0.1F ? 0.0F : part(random));
    line.age.push_back(std::floor(100 * part(random)));
    const float off = part(random) < 0.05F ? 0.3F : 0.01F;
    line.seen.push_back(line.reference.back() + off * (part(random) - 0.5F));
  }
  return line;
}

/// The header's words as a plain loop.
RiseSums plain_sums(const RiseLine& line, bool upward, float rise, float change, float air) {
  std::array<std::array<float, kRiseLanes>, 5> sum{};
  const std::size_t n = line.gain.size();
  for (std::size_t i = kRiseEdge; i + kRiseEdge < n; ++i) {
    const std::size_t k = (i - kRiseEdge) % kRiseLanes;
    const float r = line.reference[i];
    const float b = line.gain[i] * (upward ? line.reference[i + 1] - r : r - line.reference[i - 1]);
    const float load = r < air && line.gain[i] > 0 ? r : 0.0F;
    const float d = line.seen[i] - r;
    const float off = d - rise * b - change * load;
    const float v = kNoise.photon * r + kNoise.least;
    const float far =
        kNoise.outlier * kNoise.outlier * (v + kNoise.step_mm * kNoise.step_mm * (b * b));
    const float within = far / std::max(off * off, far);
    const float w = line.trust[i] * (within * within) / v;
    const float share = std::max(kLeast, 1 / (1 + line.age[i]));
    const bool edge = b * b > kEdge * kEdge * (line.gain[i] * line.gain[i]) * (v * share);
    const float wb = edge ? w * b : 0.0F;
    sum[0][k] += wb * b;
    sum[1][k] += wb * load;
    sum[2][k] += w * load * load;
    sum[3][k] += wb * d;
    sum[4][k] += w * load * d;
  }
  std::array<double, 5> total{};
  for (std::size_t s = 0; s < sum.size(); ++s) {
    for (const float lane : sum[s]) total[s] += static_cast<double>(lane);
  }
  return {total[0], total[1], total[2], total[3], total[4]};
}

TEST(RiseKernels, SumsAreThoseOfAPlainLoopOnEveryTarget) {
  for (const std::size_t n : {0U, 1U, 16U, 17U, 24U, 31U, 40U, 100U, 333U, 1472U}) {
    const RiseLine line = rise_line(n, 5);
    for (const bool upward : {true, false}) {
      const RiseSums expected = plain_sums(line, upward, 0.4F, -0.02F, 0.97F);
      on_every_target([&](const std::string& target) {
        const RiseSums got =
            rise_sums(line.gain, {line.reference, line.trust, line.age, kLeast, kEdge}, line.seen,
                      upward, 0.4F, -0.02F, 0.97F, kNoise);
        expect_same_bytes<double>({expected.bb, expected.bt, expected.tt, expected.bd, expected.td},
                                  {got.bb, got.bt, got.tt, got.bd, got.td},
                                  target + ", pixels: " + std::to_string(n));
      });
    }
  }
}

/// A reference that is noise alone has edges of noise, and each leans against the line that it is
/// compared with: without a limit they would make a rise of half a pixel out of nothing.
TEST(RiseKernels, ANoisyReferenceShowsNoRise) {
  constexpr std::size_t kCount = 1472;
  std::mt19937 random(9);
  std::normal_distribution<float> draw(0, std::sqrt(kNoise.photon));
  RiseLine line;
  line.gain.assign(kCount, 0.3F);
  line.trust.assign(kCount, 1.0F);
  line.age.assign(kCount, 0.0F);
  for (std::size_t i = 0; i < kCount; ++i) {
    line.reference.push_back(1 + draw(random));
    line.seen.push_back(1 + draw(random));
  }
  const auto rise = [&](float edge) {
    const auto sums = rise_sums(line.gain, {line.reference, line.trust, line.age, kLeast, edge},
                                line.seen, true, 0, 0, 0.97F, kNoise);
    return sums.bd / (sums.bb + 25);
  };
  EXPECT_NEAR(rise(0), 0.5 / 0.3, 0.3);  // E[bd] / E[bb] = gain s^2 / (2 gain^2 s^2)
  EXPECT_LT(std::abs(rise(kEdge)), 0.3);
}

TEST(RiseKernels, LearningIsThatOfAPlainLoopOnEveryTarget) {
  constexpr RiseMemory kMemory{1.0F / 60, 1.0F / 6};
  for (const std::size_t n : {0U, 1U, 2U, 3U, 17U, 18U, 19U, 100U, 1472U}) {
    const RiseLine line = rise_line(n, 6);
    std::vector<float> age, trust, learned;
    for (std::size_t i = 0; i < n; ++i) {
      const float r = line.reference[i];
      const float off = line.seen[i] - r;
      const float above = line.reference[std::min(n - 1, i + 1)];
      const float below = line.reference[i == 0 ? 0 : i - 1];
      const float edge = line.gain[i] * (above - below);
      const float v = kNoise.photon * r + kNoise.least;
      const bool changed = off * off > kNoise.outlier * kNoise.outlier *
                                           (v + kNoise.step_mm * kNoise.step_mm * (edge * edge));
      age.push_back(changed ? 0.0F : line.age[i] + 1);
      trust.push_back(changed ? 0.0F
                              : line.trust[i] + (1.0F - line.trust[i]) * kMemory.trust_memory);
      learned.push_back(r + off * std::max(kMemory.memory, 1 / (1 + age.back())));
    }
    on_every_target([&](const std::string& target) {
      auto got_age = line.age;
      auto got_trust = line.trust;
      std::vector<float> got(n);
      rise_learn(line.gain, line.seen, line.reference, kNoise, kMemory, got_age, got_trust, got);
      expect_same_bytes(age, got_age, target);
      expect_same_bytes(trust, got_trust, target);
      expect_same_bytes(learned, got, target);
    });
  }
}

TEST(RiseKernels, UndoingIsExactAndTheSameOnEveryTarget) {
  for (const std::size_t n : {0U, 1U, 2U, 17U, 255U, 256U, 257U, 258U, 1472U}) {
    const RiseLine line = rise_line(n, 7);
    for (const float rise : {0.0F, 0.7F, -0.7F, 9.0F, -9.0F}) {
      // What the moved array saw, by the definition.
      std::vector<double> moved(line.reference.begin(), line.reference.end());
      for (std::size_t i = 0; i < n; ++i) {
        const bool up = rise > 0;
        if (up ? i + 1 >= n : i == 0) continue;
        const auto d = static_cast<double>(std::min(0.45F, std::abs(rise) * line.gain[i]));
        moved[i] = (1 - d) * static_cast<double>(line.reference[i]) +
                   d * static_cast<double>(line.reference[up ? i + 1 : i - 1]);
      }
      const std::vector<float> seen(moved.begin(), moved.end());
      std::vector<float> first;
      on_every_target([&](const std::string& target) {
        auto got = seen;
        rise_undo(line.gain, rise, 0.45F, got);
        for (std::size_t i = 0; i < n && rise != 0.0F; ++i)
          ASSERT_NEAR(got[i], line.reference[i], 2e-6F) << target << " at " << i;
        if (first.empty()) first = got;
        expect_same_bytes(first, got, target);
      });
    }
  }
}

}  // namespace
}  // namespace portcullis::imaging::kernels
