#include "imaging/pipeline/line_places.h"

#include <algorithm>
#include <cmath>

namespace portcullis::imaging {

namespace {

/// Faster than this nothing moves through a scanner; an encoder that says so has slipped.
constexpr double kSpeedMax_mm_s = 6'000;
constexpr double kPlaceSlack_mm = 30;
constexpr std::uint64_t kAstrayRun_lines = 16;
constexpr double kPulseRateUsual_hz = 400;

}  // namespace

LinePlaces::LinePlaces(double encoder_mm_per_count, double pulse_rate_hz)
    : encoder_mm_per_count_(encoder_mm_per_count),
      mm_per_pulse_max_(kSpeedMax_mm_s / (pulse_rate_hz > 0 ? pulse_rate_hz : kPulseRateUsual_hz)) {
}

bool LinePlaces::within_reach(const core::LineHeader& header, std::uint64_t pulse,
                              std::int32_t encoder) const {
  const auto pulses = static_cast<double>(header.pulse > pulse ? header.pulse - pulse : 0);
  const double moved_mm =
      std::abs(static_cast<double>(header.encoder_counts) - static_cast<double>(encoder)) *
      encoder_mm_per_count_;
  return moved_mm <= kPlaceSlack_mm + pulses * mm_per_pulse_max_;
}

LinePlaces::Verdict LinePlaces::judge(const core::LineHeader& header, bool may_start_again) {
  if (!any_ || within_reach(header, pulse_last_, encoder_last_)) {
    any_ = true;
    pulse_last_ = header.pulse;
    encoder_last_ = header.encoder_counts;
    astray_run_ = 0;
    ++possible_;
    return Verdict::kPossible;
  }
  ++astray_;
  const bool in_line =
      astray_run_ > 0 && within_reach(header, astray_last_.pulse, astray_last_.encoder_counts);
  astray_run_ = in_line ? astray_run_ + 1 : 1;
  astray_last_ = header;
  if (!may_start_again || astray_run_ < kAstrayRun_lines || astray_run_ <= 2 * possible_)
    return Verdict::kAstray;
  astray_ += possible_;
  possible_ = 0;
  any_ = false;
  astray_run_ = 0;
  return Verdict::kStartAgain;
}

void LinePlaces::note(std::int32_t encoder_counts, double x_mm) {
  if (possible_ == 1) {
    encoder_min_ = encoder_max_ = encoder_counts;
    x_min_mm_ = x_max_mm_ = x_mm;
  }
  encoder_min_ = std::min(encoder_min_, encoder_counts);
  encoder_max_ = std::max(encoder_max_, encoder_counts);
  x_min_mm_ = std::min(x_min_mm_, x_mm);
  x_max_mm_ = std::max(x_max_mm_, x_mm);
}

}  // namespace portcullis::imaging
