#include "imaging/pipeline/calibration_mending.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

namespace portcullis::imaging {

namespace {

constexpr double kDarkVarianceUsual_counts2 = 9;  ///< Of electronics alone.
/// Air stands this far above dark on a tenth of the pixels at least, or the frame holds no light.
constexpr float kLightLeast_counts = 1000;

/// What is wrong with a frame, as "is missing"; empty where nothing is.
std::string frame_damage(const core::CalibrationFrame& frame, std::size_t pixels) {
  if (frame.mean_counts.empty()) return "is missing";
  if (frame.mean_counts.size() != pixels) {
    return "has " + std::to_string(frame.mean_counts.size()) + " pixels, the geometry has " +
           std::to_string(pixels);
  }
  if (!std::all_of(frame.mean_counts.begin(), frame.mean_counts.end(),
                   [](float mean) { return std::isfinite(mean); }))
    return "has a mean that is no number";
  return {};
}

bool holds_light(const core::CalibrationFrame& air, const core::CalibrationFrame& dark) {
  std::size_t lit = 0;
  for (std::size_t p = 0; p < air.mean_counts.size(); ++p)
    lit += air.mean_counts[p] > dark.mean_counts[p] + kLightLeast_counts ? 1 : 0;
  return 10 * lit >= air.mean_counts.size();
}

/// Mean and variance of each pixel over some lines.
struct LineMeans {
  std::vector<float> mean, variance;
};
LineMeans means_of(const core::RawScan& scan, const std::vector<std::size_t>& lines) {
  const std::size_t pixels = scan.pixels();
  std::vector<double> sum(pixels, 0.0), squares(pixels, 0.0);
  for (const std::size_t i : lines) {
    const std::uint32_t* samples = &scan.samples[i * pixels];
    for (std::size_t p = 0; p < pixels; ++p) {
      const auto value = static_cast<double>(samples[p]);
      sum[p] += value;
      squares[p] += value * value;
    }
  }
  const auto n = static_cast<double>(lines.size());
  LineMeans out{std::vector<float>(pixels), std::vector<float>(pixels)};
  for (std::size_t p = 0; p < pixels; ++p) {
    const double mean = sum[p] / n;
    out.mean[p] = static_cast<float>(mean);
    out.variance[p] = static_cast<float>(std::max(0.0, squares[p] / n - mean * mean));
  }
  return out;
}

bool is_whole(const core::RawScan& scan, std::size_t i) {
  constexpr auto kUseless = core::line_flag::kLineMissing | core::line_flag::kTestPattern;
  return (scan.lines[i].flags & kUseless) == 0 &&
         scan.modules_present[i].count() >= scan.meta.geometry.module_count;
}

/// Lines of an energy that saw the beam, in the order of the file.
std::vector<std::size_t> lines_with_beam(const core::RawScan& scan, core::Energy energy) {
  std::vector<std::size_t> lines;
  for (std::size_t i = 0; i < scan.lines.size(); ++i) {
    const auto& line = scan.lines[i];
    if (line.energy == energy && line.dose_counts > 0 && is_whole(scan, i)) lines.push_back(i);
  }
  return lines;
}

core::CalibrationFrame air_of_scan(const core::RawScan& scan, core::Energy energy,
                                   const std::vector<std::size_t>& lines) {
  core::CalibrationFrame frame;
  frame.energy = energy;
  const std::size_t count = std::min(kMendingLines, lines.size());
  const auto at = [&](std::size_t from) {
    return std::vector<std::size_t>(lines.begin() + static_cast<std::ptrdiff_t>(from),
                                    lines.begin() + static_cast<std::ptrdiff_t>(from + count));
  };
  const std::array<std::vector<std::size_t>, 2> ends{at(0), at(lines.size() - count)};
  std::array<LineMeans, 2> seen{means_of(scan, ends[0]), means_of(scan, ends[1])};
  frame.lines = static_cast<std::uint32_t>(count);
  double dose = 0;
  for (const auto& end : ends) {
    for (const std::size_t i : end) dose += scan.lines[i].dose_counts;
  }
  frame.dose_mean_counts = dose / static_cast<double>(2 * count);
  frame.temperature_c = scan.lines[lines.front()].temperature_centi_c * 0.01;
  frame.mean_counts = std::move(seen[0].mean);
  frame.variance_counts2 = std::move(seen[0].variance);
  for (std::size_t p = 0; p < frame.mean_counts.size(); ++p) {
    if (seen[1].mean[p] <= frame.mean_counts[p]) continue;
    frame.mean_counts[p] = seen[1].mean[p];
    frame.variance_counts2[p] = seen[1].variance[p];
  }
  return frame;
}

core::CalibrationFrame dark_of_scan(const core::RawScan& scan, std::string& from) {
  std::vector<std::size_t> lines;
  for (std::size_t i = 0; i < scan.lines.size() && lines.size() < kMendingLines; ++i) {
    const auto& line = scan.lines[i];
    if (line.energy == core::Energy::kNone && line.dose_counts == 0 && is_whole(scan, i))
      lines.push_back(i);
  }
  core::CalibrationFrame frame;
  frame.variance_counts2.assign(scan.pixels(), static_cast<float>(kDarkVarianceUsual_counts2));
  if (!scan.lines.empty()) frame.temperature_c = scan.lines.front().temperature_centi_c * 0.01;
  if (lines.empty()) {
    from = "nothing is taken off, so dense places look too bright";
    frame.mean_counts.assign(scan.pixels(), 0.0F);
    return frame;
  }
  from = "taken from the scan's lines without beam";
  frame.lines = static_cast<std::uint32_t>(lines.size());
  frame.mean_counts = means_of(scan, lines).mean;
  return frame;
}

}  // namespace

core::Result<std::optional<MendedCalibration>> mend_calibration(const core::RawScan& scan) {
  const std::size_t pixels = scan.pixels();
  if (pixels == 0 || scan.samples.size() != scan.lines.size() * pixels ||
      scan.modules_present.size() != scan.lines.size())
    return std::optional<MendedCalibration>();  // no base for anything: said by who images it
  const auto& own = scan.calibration;
  MendedCalibration mended{own, {}};
  auto& c = mended.calibration;
  if (const auto damage = frame_damage(own.dark, pixels); !damage.empty()) {
    std::string from;
    c.dark = dark_of_scan(scan, from);
    mended.damage.push_back("calibration frame dark " + damage + ": " + from);
  }
  struct Air {
    core::CalibrationFrame core::Calibration::*frame;
    core::Energy energy;
    const char* name;
  };
  constexpr std::array<Air, 2> kAirs{
      {{&core::Calibration::air_high, core::Energy::kHigh, "air_high"},
       {&core::Calibration::air_low, core::Energy::kLow, "air_low"}}};
  bool no_air = false;
  std::array<bool, 2> absent{};  // damaged, and no line of the scan needs it
  for (std::size_t e = 0; e < kAirs.size(); ++e) {
    const auto& air = kAirs[e];
    std::string damage = frame_damage(own.*air.frame, pixels);
    if (damage.empty() && !holds_light(own.*air.frame, c.dark)) damage = "holds no light";
    if (damage.empty()) continue;
    const auto lines = lines_with_beam(scan, air.energy);
    absent[e] = lines.empty();
    if (!absent[e]) c.*air.frame = air_of_scan(scan, air.energy, lines);
    no_air = no_air || (!absent[e] && !holds_light(c.*air.frame, c.dark));
    mended.damage.push_back(std::string("calibration frame ") + air.name + " " + damage +
                            (absent[e] ? ": the scan has no line that needs it"
                                       : ": estimated from the scan's own first and last lines"));
  }
  if (mended.damage.empty()) return std::optional<MendedCalibration>();
  if (no_air || (absent[0] && absent[1])) {
    std::string all;
    for (const auto& damage : mended.damage) all += (all.empty() ? "" : "; ") + damage;
    return core::Error{
        core::ErrorCode::kInvalidInput,
        "scan: " + all + "; its lines show no air to estimate from; give it its own calibration"};
  }
  for (std::size_t e = 0; e < kAirs.size(); ++e)
    if (absent[e]) c.*kAirs[e].frame = c.*kAirs[1 - e].frame;
  c.wedges.clear();
  c.detector = {};
  mended.damage.emplace_back(
      "levels are estimates, not measures; calibrate, or process the scan with its own "
      "calibration");
  return std::optional<MendedCalibration>(std::move(mended));
}

}  // namespace portcullis::imaging
