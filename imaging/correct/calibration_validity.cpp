#include "imaging/correct/calibration_validity.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace portcullis::imaging {

namespace {

constexpr float kAirWithin = 0.1F;

std::string in_digits(double value, int decimals) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.*f", decimals, value);
  return text.data();
}

std::string with_sign(double value, int decimals) {
  std::string text = value < 0 ? std::string() : std::string(1, '+');
  text += in_digits(value, decimals);
  return text;
}

}  // namespace

CalibrationValidity::CalibrationValidity(const core::Calibration& calibration,
                                         const CalibrationLimits& limits,
                                         core::UtcTime scan_started)
    : limits_(limits),
      dark_temperature_c_(calibration.dark.temperature_c),
      dose_high_(calibration.air_high.dose_mean_counts),
      dose_low_(calibration.air_low.dose_mean_counts),
      sum_(calibration.air_high.mean_counts.size(), 0.0),
      bad_(calibration.air_high.mean_counts.size(), 0) {
  const std::int64_t oldest = std::min(
      {calibration.dark.taken.ns, calibration.air_high.taken.ns, calibration.air_low.taken.ns});
  if (scan_started.ns == 0 || oldest == 0) return;  // nothing to tell it from
  age_h_ = static_cast<double>(scan_started.ns - oldest) / 3.6e12;
}

void CalibrationValidity::observe(const CorrectedLine& line) {
  if (loaded_ || lines_ >= kLinesMax || line.state != LineState::kMeasured) return;
  if (line.transmission.size() != sum_.size()) return;
  std::size_t air = 0;
  for (const float t : line.transmission) air += std::abs(t - 1.0F) < kAirWithin ? 1 : 0;
  if (static_cast<double>(air) < 0.9 * static_cast<double>(sum_.size())) {
    loaded_ = true;
    return;
  }
  ++lines_;
  temperature_c_ += line.header.temperature_centi_c * 0.01;
  const double dose_mean = line.header.energy == core::Energy::kLow ? dose_low_ : dose_high_;
  dose_share_ += dose_mean > 0 ? line.header.dose_counts / dose_mean : 1.0;
  for (std::size_t p = 0; p < sum_.size(); ++p) {
    sum_[p] += static_cast<double>(line.transmission[p]);
    if (p < line.bad.size()) bad_[p] |= line.bad[p];
  }
}

std::vector<std::string> CalibrationValidity::stale() const {
  std::vector<std::string> out;
  const CalibrationLimits& limit = limits_;
  if (limit.age_max_h > 0 && !(age_h_ >= 0))
    out.push_back("calibration is " + in_digits(-age_h_, 1) + " hours in the future of the scan");
  if (limit.age_max_h > 0 && age_h_ > limit.age_max_h) {
    out.push_back("calibration is " + in_digits(age_h_, 1) + " hours old, allowed are " +
                  in_digits(limit.age_max_h, 1));
  }
  if (lines_ == 0) return out;
  const double n = lines_;
  const double warmer_c = temperature_c_ / n - dark_temperature_c_;
  if (limit.temperature_max_c > 0 && std::abs(warmer_c) > limit.temperature_max_c)
    out.push_back("detector is " + with_sign(warmer_c, 1) +
                  " degC from its dark frame, allowed are " +
                  in_digits(limit.temperature_max_c, 1));
  const double dose = dose_share_ / n - 1;
  if (limit.dose_change_max > 0 && std::abs(dose) > limit.dose_change_max)
    out.push_back("dose is " + with_sign(100 * dose, 1) +
                  " % from that of the air frames, allowed are " +
                  in_digits(100 * limit.dose_change_max, 1));
  if (!air_judged()) return out;
  double mean = 0, count = 0, changed = 0;
  for (std::size_t p = 0; p < sum_.size(); ++p) {
    if (bad_[p] != 0) continue;
    const double level = sum_[p] / n - 1;
    mean += level;
    count += 1;
    if (std::abs(level) > limit.pixel_change_max) changed += 1;
  }
  if (!(count > 0)) return out;
  mean /= count;
  if (limit.level_change_max > 0 && std::abs(mean) > limit.level_change_max)
    out.push_back("air is " + with_sign(100 * mean, 2) + " % from the air frames, allowed are " +
                  in_digits(100 * limit.level_change_max, 2));
  if (limit.pixel_change_max > 0 && changed > limit.pixel_share_max * count)
    out.push_back(in_digits(changed, 0) + " pixels in air have changed by more than " +
                  in_digits(100 * limit.pixel_change_max, 2) + " %");
  return out;
}

core::Status CalibrationValidity::status() const {
  if (!limits_.refuse) return {};
  const auto reasons = stale();
  if (reasons.empty()) return {};
  std::string all = "calibration no longer fits";
  for (const auto& reason : reasons) all += (&reason == &reasons.front() ? ": " : "; ") + reason;
  return core::Error{core::ErrorCode::kRefused, all + "; take dark and air anew"};
}

}  // namespace portcullis::imaging
