#include "imaging/correct/sway_side.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <numbers>
#include <vector>

#include "simulator/physics/random.h"

/// Sides of a known motion from its loss, u^2 / 2, alone.
namespace portcullis::imaging {
namespace {

constexpr double kPulseRate_hz = 400;

struct Wave {
  double size = 0, hz = 0, phase = 0;
};
std::vector<double> motion(const std::vector<Wave>& waves, std::size_t pulses) {
  std::vector<double> u(pulses, 0.0);
  for (std::size_t n = 0; n < pulses; ++n) {
    const double t_s = static_cast<double>(n) / kPulseRate_hz;
    for (const auto& w : waves)
      u[n] += w.size * std::sin(2 * std::numbers::pi * w.hz * t_s + w.phase);
  }
  return u;
}

/// All sways as they stand after the last pulse.
std::vector<float> followed(SwaySide& side, const std::vector<double>& loss) {
  std::vector<float> sway;
  for (std::size_t n = 0; n < loss.size(); ++n) {
    const auto f = side.follow(static_cast<float>(loss[n]));
    for (const std::uint64_t from : f.turned) {
      EXPECT_LE(from, n);
      EXPECT_GE(from + SwaySide::kReach_pulses, n);
      for (std::size_t k = from; k < n; ++k) sway[k] = -sway[k];
    }
    sway.push_back(f.sway);
  }
  return sway;
}

/// Noise of standard deviation `noise` that varies over about 10 pulses, like that of a loss which
/// is smoothed over 21.
std::vector<double> losses(const std::vector<double>& u, double noise, std::uint64_t seed) {
  constexpr std::size_t kOver = 10;
  simulator::Random random(seed, simulator::Stream::kWobble, 7);
  std::vector<double> white(u.size() + kOver);
  for (double& w : white) w = noise * std::sqrt(static_cast<double>(kOver)) * random.normal();
  std::vector<double> loss;
  for (std::size_t n = 0; n < u.size(); ++n) {
    double mean = 0;
    for (std::size_t k = 0; k < kOver; ++k) mean += white[n + k] / static_cast<double>(kOver);
    loss.push_back(0.5 * u[n] * u[n] + mean);
  }
  return loss;
}

/// How often found and true sides part or join again, up to `end`, where u is more than 0.06.
std::size_t mistakes(const std::vector<float>& found, const std::vector<double>& u,
                     std::size_t end) {
  std::size_t count = 0;
  double last = 0;
  for (std::size_t n = 0; n < end; ++n) {
    if (std::abs(u[n]) < 0.06) continue;
    const double agrees = std::copysign(1.0, static_cast<double>(found[n]) * u[n]);
    if (last != 0 && agrees != last) ++count;
    last = agrees;
  }
  return count;
}
std::size_t crossings(const std::vector<double>& u) {
  std::size_t count = 0;
  for (std::size_t n = 1; n < u.size(); ++n) count += u[n] * u[n - 1] < 0 ? 1U : 0U;
  return count;
}

TEST(SwaySide, TellsTheSidesOfTwoWavesFromANoisyLoss) {
  // Of 1.5 mm in a beam of 12 mm full width: u up to 0.29.
  for (const double noise : {0.0, 4e-4}) {
    std::size_t wrong = 0, all = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
      simulator::Random random(seed, simulator::Stream::kWobble);
      const double turn = 2 * std::numbers::pi;
      const auto u = motion({{0.6 * 0.29, random.uniform(1.0, 2.5), random.uniform(0, turn)},
                             {0.4 * 0.29, random.uniform(2.5, 5.0), random.uniform(0, turn)}},
                            2400);
      SwaySide side(kPulseRate_hz);
      wrong += mistakes(followed(side, losses(u, noise, seed)), u, 2300);
      all += crossings(u);
    }
    std::printf("  noise of the loss %.0e: %zu mistakes at %zu crossings\n", noise, wrong, all);
    EXPECT_LT(static_cast<double>(wrong), (noise > 0 ? 0.05 : 0.03) * static_cast<double>(all));
  }
}

TEST(SwaySide, ATouchIsNoCrossing) {
  // 1 - cos comes down to nothing and goes back.
  const auto cosine = motion({{0.12, 3, std::numbers::pi / 2}}, 1200);
  std::vector<double> u;
  for (const double c : cosine) u.push_back(0.12 - c);
  SwaySide side(kPulseRate_hz);
  EXPECT_EQ(mistakes(followed(side, losses(u, 0, 1)), u, 1100), 0U);
}

TEST(SwaySide, SidesThatChangeThriceInAQuietStretchAreFollowed) {
  // Waves of f and 3 f cancel to the third order: three crossings within 50 pulses, the loss
  // between them 1e-4 of a widest of 0.03.
  const auto u = motion({{0.15, 1.25, 0}, {0.0535, 3.75, std::numbers::pi}}, 2400);
  ASSERT_GT(crossings(u), 3 * 13U);
  SwaySide side(kPulseRate_hz);
  EXPECT_EQ(mistakes(followed(side, losses(u, 0, 1)), u, 2300), 0U);
}

TEST(SwaySide, StaysTurned) {
  const auto u = motion({{0.2, 2, 0.3}}, 1600);
  const auto loss = losses(u, 0, 1);
  SwaySide plain(kPulseRate_hz), turned(kPulseRate_hz);
  std::uint64_t last_final = 0;
  for (std::size_t n = 0; n < loss.size(); ++n) {
    const auto a = plain.follow(static_cast<float>(loss[n]));
    const auto b = turned.follow(static_cast<float>(loss[n]));
    if (b.doubt >= 0) last_final = b.judged;
    EXPECT_EQ(a.sway, n > 800 ? -b.sway : b.sway) << n;
    EXPECT_EQ(a.turned.size(), b.turned.size());
    if (n == 800) turned.turn(last_final);
  }
}

}  // namespace
}  // namespace portcullis::imaging
