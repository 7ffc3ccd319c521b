#include <algorithm>
#include <cmath>

#include "imaging/qa/fields.h"

namespace portcullis::imaging {

bool QaAir::passed() const {
  return measured && std::max(column_rms_high, column_rms_low) <= kQaColumnRmsMax &&
         std::max(row_rms_high, row_rms_low) <= kQaRowRmsMax &&
         std::max(block16_max_high, block16_max_low) <= kQaBlock16Max;
}

namespace qa {

namespace {

/// A row's mean has 0.45 % / sqrt(columns) of photon noise: 0.03 % over this many.
constexpr int kAirColumnsMin = 200;
constexpr int kBlockColumns = 16;

struct Evenness {
  double column_rms = 0, row_rms = 0, block_max = 0;
};

double rms_about_mean(const std::vector<double>& values) {
  double mean = 0;
  for (const double v : values) mean += v;
  mean /= static_cast<double>(values.size());
  double sum = 0;
  for (const double v : values) sum += (v - mean) * (v - mean);
  return std::sqrt(sum / static_cast<double>(values.size()));
}

Evenness evenness_of(const cv::Mat1f& field, const std::vector<int>& columns) {
  std::vector<double> rows(static_cast<std::size_t>(field.rows), 0.0);
  std::vector<double> means;
  for (const int c : columns) {
    double sum = 0;
    for (int r = 0; r < field.rows; ++r) {
      const double t = static_cast<double>(field(r, c));
      sum += t;
      rows[static_cast<std::size_t>(r)] += t;
    }
    means.push_back(sum / field.rows);
  }
  for (auto& sum : rows) sum /= static_cast<double>(columns.size());
  Evenness out;
  out.column_rms = rms_about_mean(means);
  out.row_rms = rms_about_mean(rows);
  for (std::size_t i = 0; i + kBlockColumns <= means.size(); i += kBlockColumns) {
    // Only columns that lie side by side.
    if (columns[i + kBlockColumns - 1] - columns[i] != kBlockColumns - 1) continue;
    double sum = 0;
    for (std::size_t k = 0; k < kBlockColumns; ++k) sum += means[i + k];
    out.block_max = std::max(out.block_max, std::abs(sum / kBlockColumns - 1.0));
  }
  return out;
}

}  // namespace

QaAir read_air(const QaFields& f) {
  QaAir air;
  std::vector<int> columns;
  for (int c = 0; c < f.air.cols; ++c) {
    bool all = true;
    for (int r = 0; r < f.air.rows && all; ++r) all = f.air(r, c) != 0;
    if (all) columns.push_back(c);
  }
  air.columns = static_cast<int>(columns.size());
  air.rows = f.air.rows;
  if (air.columns < kAirColumnsMin) {
    air.reason = "only " + std::to_string(air.columns) + " columns with nothing but air, " +
                 std::to_string(kAirColumnsMin) + " are needed";
    return air;
  }
  const Evenness high = evenness_of(f.high, columns);
  const Evenness low = evenness_of(f.low, columns);
  air.measured = true;
  air.column_rms_high = high.column_rms;
  air.column_rms_low = low.column_rms;
  air.row_rms_high = high.row_rms;
  air.row_rms_low = low.row_rms;
  air.block16_max_high = high.block_max;
  air.block16_max_low = low.block_max;
  return air;
}

}  // namespace qa

}  // namespace portcullis::imaging
