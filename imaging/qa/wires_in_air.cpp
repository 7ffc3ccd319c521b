#include <algorithm>
#include <cmath>

#include "imaging/qa/fields.h"
#include "imaging/qa/statistics.h"

namespace portcullis::imaging::qa {

namespace {

constexpr double kThinSteelHigh_per_mm = 0.0355;  ///< -ln T of thin steel at 6 MV (NIST).
constexpr double kThinLowOverHigh = 1.15;
constexpr int kRowColumnsMin = 60;
constexpr int kBorderColumns = 4;  ///< The outermost columns are made of fewer pulses.

/// Noise of every row of air, by differences over 8 mm: rays are 1.3 to 3.5 mm apart, so rows
/// differ.
std::vector<double> row_noise(const cv::Mat1f& field, const cv::Mat1b& air, int lag) {
  std::vector<double> sigma(static_cast<std::size_t>(field.rows), 0.0);
  std::vector<float> differences;
  for (int r = 0; r < field.rows; ++r) {
    differences.clear();
    for (int c = lag; c < field.cols; ++c) {
      if (air(r, c) != 0 && air(r, c - lag) != 0)
        differences.push_back(field(r, c) - field(r, c - lag));
    }
    if (static_cast<int>(differences.size()) >= kRowColumnsMin)
      sigma[static_cast<std::size_t>(r)] = robust_sigma(differences) / std::sqrt(2.0);
  }
  return sigma;
}

}  // namespace

void read_wires_in_air(const QaFields& f, const QaOptions& options, QaReport& report) {
  const int lag = f.px(8);
  const auto sigma_high = row_noise(f.high, f.air, lag);
  const auto sigma_low = row_noise(f.low, f.air, lag);
  cv::Mat1f excess(f.high.size(), 0.0F);
  cv::Mat1f weight(f.high.size(), 0.0F);
  std::vector<double> contrast_per_excess(static_cast<std::size_t>(f.high.rows), 0.0);
  for (int r = 0; r < excess.rows; ++r) {
    const auto row = static_cast<std::size_t>(r);
    if (!(sigma_high[row] > 0) || !(sigma_low[row] > 0)) continue;
    const double wh = 1 / (sigma_high[row] * sigma_high[row]);
    const double wl = kThinLowOverHigh / (sigma_low[row] * sigma_low[row]);
    const double scale = 1 / std::sqrt(wh + kThinLowOverHigh * wl);
    contrast_per_excess[row] = scale;
    for (int c = 0; c < excess.cols; ++c) {
      if (f.air(r, c) == 0 || c < kBorderColumns || c >= excess.cols - kBorderColumns) continue;
      const auto high = static_cast<double>(f.air_level(f.levels_high, r, c) - f.high(r, c));
      const auto low = static_cast<double>(f.air_level(f.levels_low, r, c) - f.low(r, c));
      excess(r, c) = static_cast<float>((wh * high + wl * low) * scale);
      weight(r, c) = 1.0F;
    }
  }
  LineSearch search;
  search.keep_level = true;
  search.threshold = line_threshold(weight, f.mm, options.false_alarms);
  report.wire_threshold_air = search.threshold;
  const auto& grid = f.images->grid;
  for (const auto& line : find_lines(excess, weight, f.mm, search)) {
    QaWire wire;
    wire.score = line.score;
    wire.threshold = search.threshold;
    wire.from_x_mm = grid.x_mm(line.from.x);
    wire.from_z_mm = grid.z_mm(line.from.y);
    wire.to_x_mm = grid.x_mm(line.to.x);
    wire.to_z_mm = grid.z_mm(line.to.y);
    const auto middle = static_cast<std::size_t>(
        std::clamp(0.5 * (line.from.y + line.to.y), 0.0, f.high.rows - 1.0));
    const double integral_mm = std::max(0.0, line.excess_mm * contrast_per_excess[middle]);
    wire.diameter_mm = std::sqrt(integral_mm / kThinSteelHigh_per_mm * 4 / 3.14159265);
    report.wires.push_back(wire);
  }
}

}  // namespace portcullis::imaging::qa
