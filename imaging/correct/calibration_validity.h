#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/scan.h"
#include "core/time.h"
#include "imaging/correct/chain.h"
#include "imaging/correct/parameters.h"

namespace portcullis::imaging {

/// Judges whether a calibration still fits the machine: its age before the scan, and temperature,
/// dose and level of air in the scan's first lines, which stand in air. A scan or a frame without a
/// date (0) is not judged by age.
///
/// Lines are given as they come out of the chain. Temperature and dose are judged by the first
/// kLinesMax measured ones, air by those of them before the first in which fewer than nine tenths
/// of the pixels are alike (within 10 % of their median): that is the load, or an air frame of
/// another detector, and notes() says that air was not judged. Air is judged once more where the
/// vehicle has passed, by the last kLinesMin to 2 kLinesEnd such lines behind the load: what
/// drifted while the scan ran.
///
/// Ownership: copies what it needs. Threading: one thread. observe() does not allocate.
class CalibrationValidity final {
 public:
  static constexpr std::uint32_t kLinesMax = 256;
  static constexpr std::uint32_t kLinesMin = 32;  ///< Fewer in air: air is not judged, and said so.
  static constexpr std::uint32_t kLinesEnd = 128;  ///< Behind the load air is summed up by so many.

  CalibrationValidity(const core::Calibration& calibration, const CalibrationLimits& limits,
                      core::UtcTime scan_started);

  void observe(const CorrectedLine& line);

  /// What could not be judged and why, in words; empty where all was. Complete once observe() has
  /// had enough.
  [[nodiscard]] std::vector<std::string> notes() const;
  /// What is wrong with it, in words, one sentence each; empty: valid. May be asked at any time;
  /// complete once observe() has had enough.
  [[nodiscard]] std::vector<std::string> stale() const;
  /// Whether air was seen long enough to be judged.
  [[nodiscard]] bool air_judged() const { return start_.lines >= kLinesMin; }
  /// Whether what the first lines can tell is known: all but the air behind the load.
  [[nodiscard]] bool first_lines_seen() const { return lines_ >= kLinesMax; }
  /// kRefused with all reasons where the set is stale and limits say so.
  [[nodiscard]] core::Status status() const;

 private:
  struct Air {
    std::uint32_t lines = 0;
    std::vector<double> sum;  ///< [pixels] of transmission.
  };
  /// Nine tenths of the pixels within 10 % of their median.
  bool is_even(std::span<const float> transmission);
  void add(Air& air, const CorrectedLine& line);
  void judge_air(std::span<const Air* const> seen, const char* where,
                 std::vector<std::string>& out) const;

  CalibrationLimits limits_;
  double age_h_ = 0, commissioning_age_d_ = 0;
  bool dated_ = false, commissioning_dated_ = false;
  double dark_temperature_c_ = 0;
  double dose_high_ = 0, dose_low_ = 0;
  bool loaded_ = false;
  std::uint32_t lines_ = 0;
  double temperature_c_ = 0, dose_share_ = 0;
  std::size_t pixels_;
  Air start_, end_, end_before_;  ///< The last two take turns.
  std::vector<std::uint8_t> bad_;
  std::vector<float> some_;  ///< For the median of a line.
};

}  // namespace portcullis::imaging
