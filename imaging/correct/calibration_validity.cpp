#include "imaging/correct/calibration_validity.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace portcullis::imaging {

namespace {

constexpr float kAirWithin = 0.1F;
// A line that is this even over the whole fan is air, wherever its level stands: a load is not.
// Less than half of air's light, or twice as much, is something else.
constexpr float kLevelLeast = 0.5F, kLevelMost = 2.0F;
constexpr std::size_t kMedianStep = 8;  ///< Of the pixels, every eighth gives the level.

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
      bad_(calibration.air_high.mean_counts.size(), 0),
      some_((calibration.air_high.mean_counts.size() + kMedianStep - 1) / kMedianStep) {
  const std::int64_t oldest = std::min(
      {calibration.dark.taken.ns, calibration.air_high.taken.ns, calibration.air_low.taken.ns});
  if (scan_started.ns == 0 || oldest == 0) return;  // nothing to tell it from
  dated_ = true;
  age_h_ = static_cast<double>(scan_started.ns - oldest) / 3.6e12;
}

void CalibrationValidity::observe(const CorrectedLine& line) {
  if (lines_ >= kLinesMax || line.state != LineState::kMeasured) return;
  if (line.transmission.size() != sum_.size()) return;
  ++lines_;
  temperature_c_ += line.header.temperature_centi_c * 0.01;
  const double dose_mean = line.header.energy == core::Energy::kLow ? dose_low_ : dose_high_;
  dose_share_ += dose_mean > 0 ? line.header.dose_counts / dose_mean : 1.0;
  if (loaded_) return;
  for (std::size_t k = 0; k < some_.size(); ++k) some_[k] = line.transmission[k * kMedianStep];
  const auto middle = some_.begin() + static_cast<std::ptrdiff_t>(some_.size() / 2);
  std::nth_element(some_.begin(), middle, some_.end());
  const float level = std::clamp(*middle, kLevelLeast, kLevelMost);
  std::size_t air = 0;
  for (const float t : line.transmission) air += std::abs(t - level) < kAirWithin * level ? 1 : 0;
  if (static_cast<double>(air) < 0.9 * static_cast<double>(sum_.size())) {
    loaded_ = true;
    return;
  }
  ++air_lines_;
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
    const double level = sum_[p] / static_cast<double>(air_lines_) - 1;
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

std::vector<std::string> CalibrationValidity::notes() const {
  std::vector<std::string> out;
  if (limits_.age_max_h > 0 && !dated_)
    out.emplace_back("calibration's age not judged: the scan or a frame has no date");
  if (!air_judged() && (limits_.level_change_max > 0 || limits_.pixel_change_max > 0)) {
    out.push_back("calibration's air not judged: " +
                  (lines_ == 0
                       ? std::string("no line measured anything")
                       : "the scan begins with " + std::to_string(air_lines_) +
                             " even lines of air, wanted are " + std::to_string(kLinesMin) +
                             "; it begins in its load, or the air frames are another detector's"));
  }
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
