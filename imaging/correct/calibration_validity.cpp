#include "imaging/correct/calibration_validity.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <optional>
#include <utility>

namespace portcullis::imaging {

namespace {

constexpr float kAirWithin = 0.1F;
// A line that is this even over the whole fan is air, wherever its level stands: a load is not.
// Less than half of air's light, or twice as much, is something else.
constexpr float kLevelLeast = 0.5F, kLevelMost = 2.0F;
constexpr double kEvenShare = 0.9;
constexpr std::size_t kFewStep = 64;
constexpr double kHour_ns = 3.6e12;
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

/// When the oldest part of it was measured; nothing where no part has a date.
std::optional<std::int64_t> commissioned_ns(const core::DetectorCalibration& detector) {
  std::optional<std::int64_t> oldest;
  const auto see = [&](core::UtcTime taken) {
    if (taken.ns != 0) oldest = std::min(oldest.value_or(taken.ns), taken.ns);
  };
  if (detector.dark_second.lines > 0) see(detector.dark_second.taken);
  for (const auto& step : detector.decay) see(step.frame.taken);
  for (const auto& block : detector.blocks) {
    see(block.high.taken);
    see(block.low.taken);
  }
  if (detector.neighbours.lines > 0) see(detector.neighbours.taken);
  return oldest;
}

}  // namespace

CalibrationValidity::CalibrationValidity(const core::Calibration& calibration,
                                         const CalibrationLimits& limits,
                                         core::UtcTime scan_started)
    : limits_(limits),
      dark_temperature_c_(calibration.dark.temperature_c),
      dose_high_(calibration.air_high.dose_mean_counts),
      dose_low_(calibration.air_low.dose_mean_counts),
      pixels_(calibration.air_high.mean_counts.size()),
      bad_(pixels_, 0),
      some_((pixels_ + kMedianStep - 1) / kMedianStep) {
  for (Air* air : {&start_, &end_, &end_before_}) air->sum.assign(pixels_, 0.0);
  if (scan_started.ns == 0) return;  // nothing to tell ages from
  const auto age_ns = [&](std::int64_t taken_ns) {
    return static_cast<double>(scan_started.ns - taken_ns);
  };
  const std::int64_t oldest = std::min(
      {calibration.dark.taken.ns, calibration.air_high.taken.ns, calibration.air_low.taken.ns});
  dated_ = oldest != 0;
  if (dated_) age_h_ = age_ns(oldest) / kHour_ns;
  if (const auto commissioned = commissioned_ns(calibration.detector)) {
    commissioning_dated_ = true;
    commissioning_age_d_ = age_ns(*commissioned) / (24 * kHour_ns);
  }
}

bool CalibrationValidity::is_even(std::span<const float> transmission) {
  for (std::size_t k = 0; k < some_.size(); ++k) some_[k] = transmission[k * kMedianStep];
  const auto middle = some_.begin() + static_cast<std::ptrdiff_t>(some_.size() / 2);
  std::nth_element(some_.begin(), middle, some_.end());
  const float level = std::clamp(*middle, kLevelLeast, kLevelMost);
  std::size_t air = 0;
  for (const float t : transmission) air += std::abs(t - level) < kAirWithin * level ? 1 : 0;
  return static_cast<double>(air) >= kEvenShare * static_cast<double>(pixels_);
}

void CalibrationValidity::add(Air& air, const CorrectedLine& line) {
  ++air.lines;
  for (std::size_t p = 0; p < pixels_; ++p) {
    air.sum[p] += static_cast<double>(line.transmission[p]);
    if (p < line.bad.size()) bad_[p] |= line.bad[p];
  }
}

void CalibrationValidity::observe(const CorrectedLine& line) {
  if (line.state != LineState::kMeasured || line.transmission.size() != pixels_) return;
  if (lines_ < kLinesMax) {
    ++lines_;
    temperature_c_ += line.header.temperature_centi_c * 0.01;
    const double dose_mean = line.header.energy == core::Energy::kLow ? dose_low_ : dose_high_;
    dose_share_ += dose_mean > 0 ? line.header.dose_counts / dose_mean : 1.0;
    if (!loaded_) {
      if (is_even(line.transmission)) {
        add(start_, line);
        return;
      }
      loaded_ = true;
    }
  }
  // Some pixels far apart tell most loads from air at once.
  std::size_t dark = 0;
  for (std::size_t p = 0; p < pixels_; p += kFewStep)
    dark += line.transmission[p] < kLevelLeast ? 1 : 0;
  if (static_cast<double>(dark * kFewStep) > (1 - kEvenShare) * static_cast<double>(pixels_) ||
      !is_even(line.transmission)) {
    loaded_ = true;
    end_.lines = end_before_.lines = 0;
    return;
  }
  if (!loaded_) return;  // still before the load
  if (end_.lines >= kLinesEnd) std::swap(end_, end_before_);
  if (end_.lines == 0 || end_.lines >= kLinesEnd) {
    end_.lines = 0;
    std::fill(end_.sum.begin(), end_.sum.end(), 0.0);
  }
  add(end_, line);
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
  if (limit.commissioning_age_max_d > 0 && commissioning_dated_ &&
      (commissioning_age_d_ > limit.commissioning_age_max_d || commissioning_age_d_ < 0)) {
    out.push_back("commissioning data and wedges are " + in_digits(commissioning_age_d_, 0) +
                  " days old, allowed are " + in_digits(limit.commissioning_age_max_d, 0) +
                  "; measure them anew");
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
  if (air_judged()) judge_air(std::array<const Air*, 1>{&start_}, "", out);
  const std::array<const Air*, 2> behind{&end_, &end_before_};
  if (end_.lines + end_before_.lines >= kLinesMin) judge_air(behind, " behind the load", out);
  return out;
}

void CalibrationValidity::judge_air(std::span<const Air* const> seen, const char* where,
                                    std::vector<std::string>& out) const {
  const CalibrationLimits& limit = limits_;
  double lines = 0, mean = 0, count = 0, changed = 0;
  for (const Air* air : seen) lines += air->lines;
  for (std::size_t p = 0; p < pixels_; ++p) {
    if (bad_[p] != 0) continue;
    double sum = 0;
    for (const Air* air : seen) sum += air->lines > 0 ? air->sum[p] : 0;
    const double level = sum / lines - 1;
    mean += level;
    count += 1;
    if (std::abs(level) > limit.pixel_change_max) changed += 1;
  }
  if (!(count > 0)) return;
  mean /= count;
  if (limit.level_change_max > 0 && std::abs(mean) > limit.level_change_max)
    out.push_back(std::string("air") + where + " is " + with_sign(100 * mean, 2) +
                  " % from the air frames, allowed are " +
                  in_digits(100 * limit.level_change_max, 2));
  if (limit.pixel_change_max > 0 && changed > limit.pixel_share_max * count)
    out.push_back(in_digits(changed, 0) + " pixels in air" + where + " have changed by more than " +
                  in_digits(100 * limit.pixel_change_max, 2) + " %");
}

std::vector<std::string> CalibrationValidity::notes() const {
  std::vector<std::string> out;
  if (limits_.age_max_h > 0 && !dated_)
    out.emplace_back("calibration's age not judged: the scan or a frame has no date");
  if (limits_.commissioning_age_max_d > 0 && !commissioning_dated_)
    out.emplace_back("age of commissioning data and wedges not judged: no date");
  if (!air_judged() && (limits_.level_change_max > 0 || limits_.pixel_change_max > 0)) {
    out.push_back("calibration's air not judged: " +
                  (lines_ == 0
                       ? std::string("no line measured anything")
                       : "the scan begins with " + std::to_string(start_.lines) +
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
