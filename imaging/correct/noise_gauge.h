#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace portcullis::imaging {

/// Noise of one pixel on one pulse: variance of T is photon * T + electronic.
struct NoiseModel {
  double photon = 0;      ///< Relative variance in air: 1 / effective photons.
  double electronic = 0;  ///< Of T, squared.
};

/// What is assumed where a scan does not begin in air: 50,000 effective photons.
inline constexpr double kPhotonVarianceUsual = 2e-5;

/// Measures the photon noise of a scan in its first lines, where it stands in air: differences
/// between neighbouring pixels on neighbouring lines, in which gain, dose and slow drifts cancel.
/// `transmission`: [lines][pixels], at least two lines are looked at and at most 256.
/// The result is rounded to two digits, so that it does not tremble from scan to scan.
double photon_variance_in_air(std::span<const float> transmission, std::size_t pixels,
                              std::span<const std::uint8_t> bad);

}  // namespace portcullis::imaging
