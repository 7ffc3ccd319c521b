#include "hmi/models/view_state.h"

#include <algorithm>

namespace portcullis::hmi {
namespace {
constexpr double kScaleMax = 16;
}

double ViewState::fit_scale() const {
  if (content_.isEmpty() || width_ <= 0 || height_ <= 0) return 1;
  return std::min(width_ / content_.width(), height_ / content_.height());
}

void ViewState::set_pane(double width, double height) {
  if (width == width_ && height == height_) return;
  const double column = origin_column_ + width_ / 2 / scale_;
  const double row = origin_row_ + height_ / 2 / scale_;
  width_ = width;
  height_ = height;
  if (fitted_) {
    fit();
    return;
  }
  origin_column_ = column - width_ / 2 / scale_;
  origin_row_ = row - height_ / 2 / scale_;
  keep_in_sight();
  Q_EMIT changed();
}

void ViewState::set_image(int columns, int rows, double mm_per_px, const QRectF& content) {
  columns_ = columns;
  rows_ = rows;
  mm_per_px_ = mm_per_px;
  const QRectF whole(0, 0, columns, rows);
  content_ = content.isEmpty() ? whole : content.intersected(whole);
  fit();
}

void ViewState::fit() {
  scale_ = fit_scale();
  origin_column_ = content_.center().x() - width_ / scale_ / 2;
  origin_row_ = content_.center().y() - height_ / scale_ / 2;
  fitted_ = true;
  Q_EMIT changed();
}

void ViewState::zoom_about(double x, double y, double factor) {
  const double fit_now = fit_scale();
  const double next = std::clamp(scale_ * factor, std::min(fit_now / 2, kScaleMax), kScaleMax);
  origin_column_ += x / scale_ - x / next;
  origin_row_ += y / scale_ - y / next;
  scale_ = next;
  fitted_ = false;
  keep_in_sight();
  Q_EMIT changed();
}

void ViewState::pan_by(double dx, double dy) {
  origin_column_ -= dx / scale_;
  origin_row_ -= dy / scale_;
  fitted_ = false;
  keep_in_sight();
  Q_EMIT changed();
}

void ViewState::look_at(double column, double row, double scale) {
  scale_ = std::clamp(scale, std::min(fit_scale() / 2, kScaleMax), kScaleMax);
  origin_column_ = column - width_ / 2 / scale_;
  origin_row_ = row - height_ / 2 / scale_;
  fitted_ = false;
  keep_in_sight();
  Q_EMIT changed();
}

void ViewState::follow(double scale, double column, double row, double mm_per_px) {
  scale_ = scale;
  origin_column_ = column;
  origin_row_ = row;
  mm_per_px_ = mm_per_px;
  fitted_ = false;
  Q_EMIT changed();
}

void ViewState::show_box(double column, double row, double columns, double rows) {
  const double seen_columns = width_ / scale_;
  const double seen_rows = height_ / scale_;
  const auto moved = [](double origin, double seen, double first, double size) {
    if (size >= seen || first < origin || first + size > origin + seen)
      return first + (size - seen) / 2;
    return origin;
  };
  const double next_column = moved(origin_column_, seen_columns, column, columns);
  const double next_row = moved(origin_row_, seen_rows, row, rows);
  if (next_column == origin_column_ && next_row == origin_row_) return;
  origin_column_ = next_column;
  origin_row_ = next_row;
  fitted_ = false;
  Q_EMIT changed();
}

// The middle of the pane always shows some of the image, so that nobody is lost in the air.
void ViewState::keep_in_sight() {
  const double half_columns = width_ / scale_ / 2;
  const double half_rows = height_ / scale_ / 2;
  origin_column_ = std::clamp(origin_column_, -half_columns, columns_ - half_columns);
  origin_row_ = std::clamp(origin_row_, -half_rows, rows_ - half_rows);
}

}  // namespace portcullis::hmi
