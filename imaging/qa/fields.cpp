#include "imaging/qa/fields.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "imaging/qa/statistics.h"

namespace portcullis::imaging::qa {

namespace {

constexpr double kObjectAttenuation = 0.08;  ///< Averaged over 20 mm: past a 4 mm wire of steel.
constexpr double kAirMargin_mm = 24;         ///< Blur, cross-talk and the first of the afterglow.
constexpr int kColumnRowsMin = 200;          ///< Rows of air that a column's level needs.

cv::Mat1f box_mean(const cv::Mat1f& field, int side_px) {
  cv::Mat1f out;
  cv::blur(field, out, {side_px, side_px}, {-1, -1}, cv::BORDER_REPLICATE);
  return out;
}

std::vector<QaFields::ColumnLevel> column_levels(const cv::Mat1f& field, const cv::Mat1b& air,
                                                 const core::ImageGrid& grid) {
  std::vector<QaFields::ColumnLevel> levels(static_cast<std::size_t>(field.cols));
  std::vector<float> values;
  for (int c = 0; c < field.cols; ++c) {
    values.clear();
    for (int r = 0; r < field.rows; ++r) {
      if (air(r, c) != 0) values.push_back(field(r, c) - 1.0F);
    }
    if (values.size() < kColumnRowsMin) continue;
    const double middle = median_of(values);
    const double limit = 4 * robust_sigma(values);
    // Least squares of level + sway u^2 over what is not far off: wires and their like stay out.
    double s0 = 0, s2 = 0, s4 = 0, t0 = 0, t2 = 0;
    for (int r = 0; r < field.rows; ++r) {
      if (air(r, c) == 0) continue;
      const double value = static_cast<double>(field(r, c)) - 1.0;
      if (std::abs(value - middle) > limit) continue;
      const double u = grid.z_mm(r) / grid.z_mm(0);
      const double u2 = u * u;
      s0 += 1;
      s2 += u2;
      s4 += u2 * u2;
      t0 += value;
      t2 += value * u2;
    }
    const double determinant = s0 * s4 - s2 * s2;
    auto& out = levels[static_cast<std::size_t>(c)];
    if (determinant > 1e-3 * s0 * s4) {
      out.level = static_cast<float>((t0 * s4 - t2 * s2) / determinant);
      out.sway = static_cast<float>((t2 * s0 - t0 * s2) / determinant);
    } else if (s0 > 0) {
      out.level = static_cast<float>(t0 / s0);
    }
  }
  return levels;
}

}  // namespace

int QaFields::px(double length_mm) const {
  return std::max(1, static_cast<int>(std::lround(length_mm / mm)));
}

float QaFields::air_level(const std::vector<ColumnLevel>& levels, int row, int column) const {
  const auto& level = levels[static_cast<std::size_t>(column)];
  const auto u = static_cast<float>(images->grid.z_mm(row) / images->grid.z_mm(0));
  return 1.0F + level.level + level.sway * u * u;
}

QaBox QaFields::box_of(const cv::Rect& b) const {
  const auto& grid = images->grid;
  QaBox out;
  out.x_px = b.x;
  out.y_px = b.y;
  out.width_px = b.width;
  out.height_px = b.height;
  out.x_mm = grid.x_mm(b.x - 0.5);
  out.z_mm = grid.z_mm(b.y + b.height - 0.5);
  out.width_mm = b.width * mm;
  out.height_mm = b.height * mm;
  return out;
}

QaFields make_fields(const Images& images) {
  QaFields f;
  f.images = &images;
  f.mm = images.grid.mm_per_px;
  const int rows = images.grid.rows;
  const int columns = images.grid.columns;
  // The matrices are only read.
  f.high = cv::Mat1f(rows, columns, const_cast<float*>(images.transmission_high.data()));
  f.low = cv::Mat1f(rows, columns, const_cast<float*>(images.transmission_low.data()));
  const cv::Mat1f wide = box_mean(f.high, f.px(20) | 1);
  f.object = wide < std::exp(-kObjectAttenuation);
  const int margin = f.px(kAirMargin_mm);
  cv::Mat1b grown;
  cv::dilate(f.object, grown,
             cv::getStructuringElement(cv::MORPH_RECT, {2 * margin + 1, 2 * margin + 1}));
  cv::bitwise_not(grown, f.air);
  f.levels_high = column_levels(f.high, f.air, images.grid);
  f.levels_low = column_levels(f.low, f.air, images.grid);

  const cv::Mat1f near = box_mean(f.high, f.px(10) | 1);
  std::vector<float> values;
  for (int r = 0; r < rows; r += 3) {
    for (int c = 0; c < columns; c += 3) {
      if (f.air(r, c) != 0) values.push_back(near(r, c));
    }
  }
  // Photon noise: variance goes with the signal; behind matter deposits are coarser, up to 1.6.
  const double in_air = values.size() > 100 ? robust_sigma(values) : 0.0015;
  f.attenuation.create(rows, columns);
  f.noise.create(rows, columns);
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < columns; ++c) {
      const double t = static_cast<double>(near(r, c));
      const double sigma = in_air * std::sqrt(1.6 * std::clamp(t, 2e-5, 1.0));
      const double kept = std::max({t, 3 * sigma, 1e-6});
      f.attenuation(r, c) = static_cast<float>(-std::log(kept));
      f.noise(r, c) = static_cast<float>(sigma / kept);
    }
  }
  return f;
}

}  // namespace portcullis::imaging::qa
