#include "imaging/correct/sway_side.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "imaging/kernels/portable_double.h"

namespace portcullis::imaging {

namespace {

constexpr float kLossNearNothing = 0.003F;  // beyond, no change of sides
constexpr float kLossWorthIt = 0.0006F;     // that is never left: still, or not known
constexpr float kLossSways = 0.005F;        // no noise
constexpr std::size_t kLeastReach_pulses = 8;
constexpr std::size_t kEnds_pulses = 16;
constexpr double kSlowest_hz = 0.5;
constexpr double kFastest_hz = 5.2;
constexpr double kSteadyShare = 0.05;  // of the power, in a boom that leans
constexpr double kLossNoise = 6e-4;
constexpr double kSizeError = 0.02;  // what smoothing the loss takes from a size

}  // namespace

SwaySide::SwaySide(double pulse_rate_hz) : factor_(kPoints * kPoints) {
  places_.reserve(kKept);
  turned_.reserve(2 * kOpen);
  const double turn = 2 * std::numbers::pi * kStep_pulses / pulse_rate_hz;
  band_[0] = 1;
  for (std::size_t k = 1; k < kPoints; ++k) {
    const double t = turn * static_cast<double>(k);
    band_[k] = (portable_sin(kFastest_hz * t) - portable_sin(kSlowest_hz * t)) /
               ((kFastest_hz - kSlowest_hz) * t);
  }
}

/// Whether the loss comes down to nothing at a pulse kEnds_pulses before the latest.
bool SwaySide::is_least(std::uint64_t pulse) const {
  const float middle = loss_at(pulse);
  float least_before = kLossNearNothing, least_after = kLossNearNothing;
  for (std::size_t k = 1; k <= kLeastReach_pulses; ++k) {
    least_before = std::min(least_before, loss_at(pulse - k));
    least_after = std::min(least_after, loss_at(pulse + k));
  }
  if (!(middle <= least_before && middle < least_after)) return false;
  if (std::max(loss_at(pulse - kEnds_pulses), loss_at(pulse + kEnds_pulses)) > kLossWorthIt)
    return true;
  // Two waves may all but cancel for a while, and sides change in between.
  const std::uint64_t first = seen_ > kWindow ? seen_ - kWindow : 0;
  float widest = 0;
  for (std::uint64_t k = first; k < seen_; k += kStep_pulses) widest = std::max(widest, loss_at(k));
  return widest > kLossSways;
}

/// Judges the places that are not final anew, all together.
void SwaySide::judge() {
  const std::uint64_t first = seen_ > kWindow ? seen_ - kWindow : 0;
  const std::size_t points = std::min<std::size_t>(
      kPoints, (static_cast<std::size_t>(seen_ - 1 - first)) / kStep_pulses + 1);
  // The latest pulse is the last point.
  const auto pulse_of = [&](std::size_t i) { return seen_ - 1 - (points - 1 - i) * kStep_pulses; };
  std::array<double, kPoints> square{};
  double power = 1e-5;
  for (std::size_t i = 0; i < points; ++i) {
    square[i] = 2 * std::max(0.0, static_cast<double>(loss_at(pulse_of(i))));
    power += square[i] / static_cast<double>(points);
  }
  // Cholesky's factor of K + N.
  for (std::size_t r = 0; r < points; ++r) {
    double* row = &factor_[r * kPoints];
    for (std::size_t c = 0; c <= r; ++c) {
      const double* other = &factor_[c * kPoints];
      double sum = power * (band_[r - c] + kSteadyShare);
      if (r == c)
        sum += kLossNoise * kLossNoise / (square[r] + kLossNoise) +
               kSizeError * kSizeError * square[r];
      for (std::size_t k = 0; k < c; ++k) sum -= row[k] * other[k];
      row[c] = r == c ? std::sqrt(std::max(sum, 1e-12)) : sum / other[c];
    }
  }
  // The pieces between open places, whitened; within one, sides are as they were decided.
  const auto open =
      std::find_if(places_.begin(), places_.end(), [](const Place& p) { return !p.final; });
  const auto count = static_cast<std::size_t>(places_.end() - open);
  std::array<std::array<double, kPoints>, kOpen + 1> piece{};
  {
    std::size_t at = 0, place = 0;
    double side = 1;
    while (place < places_.size() && places_[place].pulse <= first) ++place;
    for (std::size_t i = 0; i < points; ++i) {
      for (; place < places_.size() && places_[place].pulse <= pulse_of(i); ++place) {
        if (!places_[place].final)
          ++at;
        else if (places_[place].crossed)
          side = -side;
      }
      piece[at][i] = side * std::sqrt(square[i]);
    }
  }
  for (std::size_t s = 0; s <= count; ++s) {
    for (std::size_t r = 0; r < points; ++r) {
      double sum = piece[s][r];
      for (std::size_t k = 0; k < r; ++k) sum -= factor_[r * kPoints + k] * piece[s][k];
      piece[s][r] = sum / factor_[r * kPoints + r];
    }
  }
  std::array<std::array<double, kOpen + 1>, kOpen + 1> gram{};
  for (std::size_t a = 0; a <= count; ++a) {
    for (std::size_t b = 0; b <= count; ++b) {
      for (std::size_t k = 0; k < points; ++k) gram[a][b] += piece[a][k] * piece[b][k];
    }
  }
  // Every way: bit k says that sides change at open place k.
  double best = std::numeric_limits<double>::max();
  std::size_t best_way = 0;
  std::array<std::array<double, 2>, kOpen> least;
  for (auto& l : least) l = {best, best};
  for (std::size_t way = 0; way < (std::size_t{1} << count); ++way) {
    std::array<double, kOpen + 1> side{1};
    for (std::size_t k = 0; k < count; ++k)
      side[k + 1] = ((way >> k) & 1U) != 0 ? -side[k] : side[k];
    double rest = 0;
    for (std::size_t a = 0; a <= count; ++a) {
      for (std::size_t b = 0; b <= count; ++b) rest += side[a] * side[b] * gram[a][b];
    }
    for (std::size_t k = 0; k < count; ++k)
      least[k][(way >> k) & 1U] = std::min(least[k][(way >> k) & 1U], rest);
    if (rest < best) {
      best = rest;
      best_way = way;
    }
  }
  for (std::size_t k = 0; k < count; ++k) {
    Place& place = *(open + static_cast<std::ptrdiff_t>(k));
    const bool crossed = ((best_way >> k) & 1U) != 0;
    place.doubt = static_cast<float>(
        portable_exp(std::max(-700.0, -0.5 * std::abs(least[k][0] - least[k][1]))));
    if (crossed == place.crossed) continue;
    place.crossed = crossed;
    side_ = -side_;
    turned_.push_back(place.pulse);
  }
}

SwaySide::Followed SwaySide::follow(float loss) {
  loss_[seen_ % kWindow] = loss;
  ++seen_;
  turned_.clear();
  Followed out;
  if (seen_ > 2 * kEnds_pulses && is_least(seen_ - 1 - kEnds_pulses)) {
    if (places_.size() == kKept) places_.erase(places_.begin());
    places_.push_back({seen_ - 1 - kEnds_pulses, false, false, 0});
    // More open places than can be weighed: the oldest stays as it is.
    const auto open = static_cast<std::size_t>(
        std::count_if(places_.begin(), places_.end(), [](const Place& p) { return !p.final; }));
    if (open > kOpen)
      std::find_if(places_.begin(), places_.end(), [](const Place& p) { return !p.final; })->final =
          true;
    judge();
  }
  for (Place& place : places_) {
    if (place.pulse + kReach_pulses + 1 != seen_) continue;
    if (!place.final) judge();
    place.final = true;
    out.judged = place.pulse;
    out.doubt = place.doubt;
  }
  out.sway = side_ * std::sqrt(2 * std::max(0.0F, loss));
  out.turned = turned_;
  return out;
}

void SwaySide::turn(std::uint64_t from) {
  side_ = -side_;
  for (Place& place : places_) {
    if (place.pulse == from && place.final) place.crossed = !place.crossed;
  }
}

}  // namespace portcullis::imaging
