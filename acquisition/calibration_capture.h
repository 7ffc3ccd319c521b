#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/line.h"
#include "core/result.h"
#include "core/scan.h"
#include "core/time.h"

namespace portcullis::acquisition {

/// Reduces lines of a dark or an air capture to core::CalibrationFrame: mean and variance per
/// pixel and energy, mean dose. mean_counts / dose_mean_counts is then the ratio of the sums of
/// samples and doses over the same lines, which is the estimate with the least bias where dose
/// varies from pulse to pulse.
///
/// Only whole lines count: every module there, no conflict, no saturation, no test pattern.
///
/// Threading: one thread. Memory is taken in the constructor; add() never allocates.
class CalibrationCapture final {
 public:
  enum class Kind : std::uint8_t { kDark, kAir };
  struct Rules {
    std::uint32_t lines_min = 100;               ///< Whole lines of dark; of each energy for air.
    double unusable_share_max = 0.02;            ///< Of all lines: missing modules, conflicts, ...
    double saturated_share_max = 0.0;            ///< Of all lines.
    std::uint32_t dark_dose_counts_max = 1'000;  ///< More in a dark line means that there was beam.
    double air_module_ratio_min = 0.15;          ///< Least module mean over the median module mean.
    double air_drift_max = 0.05;                 ///< Dose-normalised change, first to last quarter.
    double dead_pixel_share_max = 0.02;  ///< Air pixels under 10 % of their module's median.
  };
  struct Outcome {
    bool fit = false;
    std::vector<std::string> problems;  ///< Why it is unfit, one sentence each.
    std::uint32_t lines_seen = 0;
    std::uint32_t lines_used = 0;
    core::CalibrationFrame dark;               ///< kDark only.
    core::CalibrationFrame air_high, air_low;  ///< kAir only; means with the dark still in.
  };

  CalibrationCapture(Kind kind, std::uint16_t module_count, std::uint16_t pixels_per_module);
  CalibrationCapture(Kind kind, std::uint16_t module_count, std::uint16_t pixels_per_module,
                     const Rules& rules);

  void add(const core::Line& line) noexcept;
  /// `dark` (may be null) is subtracted for the flatness checks of an air capture.
  [[nodiscard]] Outcome finish(core::UtcTime taken, const core::CalibrationFrame* dark) const;

 private:
  struct Sums {
    std::uint32_t lines = 0;
    double dose = 0;
    double temperature_c = 0;
    std::vector<double> origin;  // first line: sums are of differences to it, for precision
    std::vector<double> sum, sum_squares;
    /// Line sum over dose for the first and last quarter is judged from these: one mean of the
    /// whole line a pulse, kept in up to kTrendMax bins of equal line count.
    std::vector<double> trend_signal, trend_dose;
    std::uint32_t bin_lines = 1;  // lines a bin; doubles when the bins are full
    std::uint32_t bins = 0, in_bin = 0;
  };
  [[nodiscard]] core::CalibrationFrame frame(const Sums& sums, core::Energy energy,
                                             core::UtcTime taken) const;
  void add_trend(Sums& sums, double signal, double dose) noexcept;
  void judge_air(const Sums& sums, const core::CalibrationFrame& air,
                 const core::CalibrationFrame* dark, std::string_view name,
                 std::vector<std::string>& problems) const;

  Kind kind_;
  std::uint16_t module_count_, pixels_per_module_;
  Rules rules_;
  Sums first_, second_;  // dark in first_; air: high in first_, low in second_
  std::uint32_t seen_ = 0, unusable_ = 0, saturated_ = 0, beam_in_dark_ = 0, no_energy_in_air_ = 0,
                no_dose_ = 0;
};

}  // namespace portcullis::acquisition
