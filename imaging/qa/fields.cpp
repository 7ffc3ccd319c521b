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

std::vector<float> column_levels(const cv::Mat1f& field, const cv::Mat1b& air) {
  std::vector<float> level(static_cast<std::size_t>(field.cols), 0.0F);
  std::vector<float> values;
  for (int c = 0; c < field.cols; ++c) {
    values.clear();
    for (int r = 0; r < field.rows; ++r) {
      if (air(r, c) != 0) values.push_back(field(r, c));
    }
    if (values.size() >= kColumnRowsMin)
      level[static_cast<std::size_t>(c)] = static_cast<float>(median_of(values) - 1.0);
  }
  return level;
}

}  // namespace

int QaFields::px(double length_mm) const {
  return std::max(1, static_cast<int>(std::lround(length_mm / mm)));
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
  f.column_high = column_levels(f.high, f.air);
  f.column_low = column_levels(f.low, f.air);

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
