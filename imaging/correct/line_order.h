#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/line.h"

namespace portcullis::imaging {

/// The pulses of one energy in the order of their place along the vehicle.
struct EnergyLines {
  /// A pulse that measured: where, and which line of the scan.
  struct Entry {
    double x_counts = 0;   ///< Encoder counts (whole for measured ones, between for inferred ones).
    std::size_t line = 0;  ///< Index into the scan's lines; meaningless in `lost`.
  };
  std::vector<Entry> measured;  ///< By x, then by pulse.
  std::vector<Entry> lost;      ///< Pulses without measurement, by x.
  std::uint64_t missing_lines =
      0;  ///< Lines the detector never sent, or pulse numbers without a line.
  std::uint64_t without_dose = 0;  ///< The source missed or arced: dose below a fifth of the usual.
  std::uint64_t off_level = 0;     ///< Arced pulses found later, by LineLevels.
  std::uint64_t test_pattern = 0;  ///< Lines that carry a test pattern.
};

/// Picks the pulses of `energy`. Either direction of travel and stops are allowed: lines are sorted
/// by encoder. `dose_mean_counts` is the calibration's; 0 where there is no dose reference.
/// Pulse numbers that are absent between two lines of an energy (stride known from the scan) count
/// as missing, at places in between.
EnergyLines order_lines(const std::vector<core::LineHeader>& lines, core::Energy energy,
                        double dose_mean_counts);

/// Below this share of the usual dose a pulse says nothing.
inline constexpr double kDoseShareMin = 0.2;

}  // namespace portcullis::imaging
