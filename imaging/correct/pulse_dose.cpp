#include "imaging/correct/pulse_dose.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "core/assert.h"

namespace portcullis::imaging {

namespace {

constexpr std::size_t kSideLeast = 3;
constexpr std::size_t kSideMost = 32;
constexpr double kFarBelow = 0.12;
constexpr double kSpreads = 6;
constexpr double kSigmaOfMad = 1.4826;  ///< Of a normal distribution.

/// The value with `below` of them not above it.
double ranked(std::span<double> values, std::size_t below) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(below);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

bool far_below(double dose, std::span<const double> side) {
  std::array<double, kSideMost> held{};
  const auto values = std::span(held).first(std::min(side.size(), kSideMost));
  std::copy_n(side.begin(), values.size(), values.begin());
  // Arcs are among the neighbours, too, and weak: of two middles the stronger pulse, and for the
  // spread the smaller one.
  const double usual = ranked(values, values.size() / 2);
  for (double& value : values) value = std::abs(value - usual);
  const double spread = kSigmaOfMad * ranked(values, (values.size() - 1) / 2);
  return dose < usual - std::max(kFarBelow * usual, kSpreads * spread);
}

}  // namespace

bool broke_off(double dose, std::span<const double> before, std::span<const double> after) {
  const bool asked_before = before.size() >= kSideLeast;
  const bool asked_after = after.size() >= kSideLeast;
  if (!asked_before && !asked_after) return false;
  return (!asked_before || far_below(dose, before)) && (!asked_after || far_below(dose, after));
}

}  // namespace portcullis::imaging
