#include "acquisition/calibration_capture.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace portcullis::acquisition {
namespace {

constexpr std::uint32_t kTrendMax = 1024;

double median_of(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

CalibrationCapture::CalibrationCapture(Kind kind, std::uint16_t module_count,
                                       std::uint16_t pixels_per_module)
    : CalibrationCapture(kind, module_count, pixels_per_module, Rules{}) {}

CalibrationCapture::CalibrationCapture(Kind kind, std::uint16_t module_count,
                                       std::uint16_t pixels_per_module, const Rules& rules)
    : kind_(kind),
      module_count_(module_count),
      pixels_per_module_(pixels_per_module),
      rules_(rules) {
  const std::size_t pixels = std::size_t{module_count} * pixels_per_module;
  for (Sums* sums : {&first_, &second_}) {
    sums->origin.assign(pixels, 0);
    sums->sum.assign(pixels, 0);
    sums->sum_squares.assign(pixels, 0);
    sums->trend_signal.assign(kTrendMax, 0);
    sums->trend_dose.assign(kTrendMax, 0);
  }
}

void CalibrationCapture::add(const core::Line& line) noexcept {
  namespace lf = core::line_flag;
  const core::LineHeader& header = line.header;
  ++seen_;
  if ((header.flags & lf::kSaturated) != 0) {
    ++saturated_;
    return;
  }
  if ((header.flags & (lf::kModuleMissing | lf::kLineMissing | lf::kConflict | lf::kTestPattern)) !=
          0 ||
      line.samples.size() != first_.sum.size()) {
    ++unusable_;
    return;
  }
  Sums* sums = &first_;
  if (kind_ == Kind::kDark) {
    if (header.energy != core::Energy::kNone || header.dose_counts > rules_.dark_dose_counts_max) {
      ++beam_in_dark_;
      return;
    }
  } else {
    if (header.energy == core::Energy::kNone) {
      ++no_energy_in_air_;
      return;
    }
    if (header.dose_counts == 0) {
      ++no_dose_;
      return;
    }
    if (header.energy == core::Energy::kLow) sums = &second_;
  }
  const std::size_t pixels = sums->sum.size();
  const std::uint32_t* samples = line.samples.data();
  if (sums->lines == 0) std::copy(samples, samples + pixels, sums->origin.begin());
  double total = 0;
  for (std::size_t i = 0; i < pixels; ++i) {
    const double difference = static_cast<double>(samples[i]) - sums->origin[i];
    sums->sum[i] += difference;
    sums->sum_squares[i] += difference * difference;
    total += static_cast<double>(samples[i]);
  }
  ++sums->lines;
  sums->dose += header.dose_counts;
  sums->temperature_c += header.temperature_centi_c * 0.01;
  add_trend(*sums, total / static_cast<double>(pixels), header.dose_counts);
}

void CalibrationCapture::add_trend(Sums& sums, double signal, double dose) noexcept {
  if (sums.in_bin == sums.bin_lines) {
    sums.in_bin = 0;
    if (++sums.bins == kTrendMax) {
      for (std::uint32_t i = 0; i < kTrendMax / 2; ++i) {
        sums.trend_signal[i] = sums.trend_signal[2 * i] + sums.trend_signal[2 * i + 1];
        sums.trend_dose[i] = sums.trend_dose[2 * i] + sums.trend_dose[2 * i + 1];
      }
      for (std::uint32_t i = kTrendMax / 2; i < kTrendMax; ++i)
        sums.trend_signal[i] = sums.trend_dose[i] = 0;
      sums.bins = kTrendMax / 2;
      sums.bin_lines *= 2;
    }
  }
  sums.trend_signal[sums.bins] += signal;
  sums.trend_dose[sums.bins] += dose;
  ++sums.in_bin;
}

core::CalibrationFrame CalibrationCapture::frame(const Sums& sums, core::Energy energy,
                                                 core::UtcTime taken) const {
  core::CalibrationFrame out;
  out.energy = energy;
  out.lines = sums.lines;
  out.taken = taken;
  const std::size_t pixels = sums.sum.size();
  out.mean_counts.assign(pixels, 0);
  out.variance_counts2.assign(pixels, 0);
  if (sums.lines == 0) return out;
  const double n = sums.lines;
  out.dose_mean_counts = energy == core::Energy::kNone ? 0 : sums.dose / n;
  out.temperature_c = sums.temperature_c / n;
  for (std::size_t i = 0; i < pixels; ++i) {
    const double mean = sums.sum[i] / n;
    out.mean_counts[i] = static_cast<float>(sums.origin[i] + mean);
    const double variance =
        sums.lines > 1 ? (sums.sum_squares[i] - mean * sums.sum[i]) / (n - 1) : 0;
    out.variance_counts2[i] = static_cast<float>(std::max(variance, 0.0));
  }
  return out;
}

void CalibrationCapture::judge_air(const Sums& sums, const core::CalibrationFrame& air,
                                   const core::CalibrationFrame* dark, std::string_view name,
                                   std::vector<std::string>& problems) const {
  const std::size_t pixels = air.mean_counts.size();
  const bool use_dark = dark != nullptr && dark->mean_counts.size() == pixels;
  std::vector<double> net(pixels);
  double dark_mean = 0;
  for (std::size_t i = 0; i < pixels; ++i) {
    const double offset = use_dark ? static_cast<double>(dark->mean_counts[i]) : 0.0;
    net[i] = static_cast<double>(air.mean_counts[i]) - offset;
    dark_mean += offset / static_cast<double>(pixels);
  }
  std::vector<double> module_medians;
  std::size_t dead = 0;
  for (std::size_t m = 0; m < module_count_; ++m) {
    const auto first = net.begin() + static_cast<std::ptrdiff_t>(m * pixels_per_module_);
    const double median = median_of(std::vector<double>(first, first + pixels_per_module_));
    module_medians.push_back(median);
    dead += static_cast<std::size_t>(std::count_if(first, first + pixels_per_module_,
                                                   [&](double v) { return v < 0.1 * median; }));
  }
  const double typical = median_of(module_medians);
  if (typical <= 0) {
    problems.push_back(fmt::format("{}: no signal above dark", name));
    return;
  }
  for (std::size_t m = 0; m < module_medians.size(); ++m) {
    if (module_medians[m] < rules_.air_module_ratio_min * typical) {
      problems.push_back(fmt::format(
          "{}: not flat: module {} has {:.0f} % of the typical signal; is something in the beam?",
          name, m, 100 * module_medians[m] / typical));
    }
  }
  if (static_cast<double>(dead) > rules_.dead_pixel_share_max * static_cast<double>(pixels)) {
    problems.push_back(fmt::format("{}: {} of {} pixels see almost nothing", name, dead, pixels));
  }
  const std::uint32_t quarter = sums.bins / 4;  // whole bins only
  if (quarter > 0) {
    const auto ratio = [&](std::uint32_t from) {
      double signal = 0;
      double dose = 0;
      for (std::uint32_t i = from; i < from + quarter; ++i) {
        signal += sums.trend_signal[i] - dark_mean * sums.bin_lines;
        dose += sums.trend_dose[i];
      }
      return dose > 0 ? signal / dose : 0.0;
    };
    const double before = ratio(0);
    const double after = ratio(sums.bins - quarter);
    const double change = before > 0 ? after / before - 1 : 1;
    if (std::abs(change) > rules_.air_drift_max) {
      problems.push_back(
          fmt::format("{}: not steady: signal per dose changed by {:.1f} % during the capture",
                      name, 100 * change));
    }
  }
}

CalibrationCapture::Outcome CalibrationCapture::finish(core::UtcTime taken,
                                                       const core::CalibrationFrame* dark) const {
  Outcome out;
  out.lines_seen = seen_;
  out.lines_used = first_.lines + second_.lines;
  const auto share_above = [&](std::uint32_t count, double limit) {
    return count > 0 && static_cast<double>(count) > limit * static_cast<double>(seen_);
  };
  if (share_above(unusable_, rules_.unusable_share_max)) {
    out.problems.push_back(fmt::format(
        "{} of {} lines have missing modules, conflicts or a test pattern", unusable_, seen_));
  }
  if (share_above(saturated_, rules_.saturated_share_max)) {
    out.problems.push_back(fmt::format("{} of {} lines are saturated", saturated_, seen_));
  }
  const auto too_few = [&](const Sums& sums, std::string_view name) {
    if (sums.lines < rules_.lines_min) {
      out.problems.push_back(
          fmt::format("{}: {} usable lines, {} needed", name, sums.lines, rules_.lines_min));
      return true;
    }
    return false;
  };
  if (kind_ == Kind::kDark) {
    out.dark = frame(first_, core::Energy::kNone, taken);
    if (beam_in_dark_ > 0)
      out.problems.push_back(fmt::format("dark: beam in {} of {} lines", beam_in_dark_, seen_));
    too_few(first_, "dark");
  } else {
    out.air_high = frame(first_, core::Energy::kHigh, taken);
    out.air_low = frame(second_, core::Energy::kLow, taken);
    if (share_above(no_energy_in_air_, rules_.unusable_share_max)) {
      out.problems.push_back(
          fmt::format("air: no beam in {} of {} lines", no_energy_in_air_, seen_));
    }
    if (share_above(no_dose_, rules_.unusable_share_max)) {
      out.problems.push_back(
          fmt::format("air: no dose reference in {} of {} lines", no_dose_, seen_));
    }
    if (!too_few(first_, "air high"))
      judge_air(first_, out.air_high, dark, "air high", out.problems);
    if (!too_few(second_, "air low"))
      judge_air(second_, out.air_low, dark, "air low", out.problems);
  }
  out.fit = out.problems.empty();
  return out;
}

}  // namespace portcullis::acquisition
