#include "apps/lane/live_view.h"

#include <algorithm>
#include <cmath>

#include "core/log.h"

namespace portcullis::apps {
namespace {

// The picture is for the eye only: square pixels of about this, which fill a screen's width.
constexpr double kPixelMm = 4.0;
constexpr int kRowsMin = 64;
constexpr int kRowsMax = 2048;

}  // namespace

LiveView::LiveView(acquisition::LineQueue& queue, services::WaterfallFeed& feed)
    : queue_(queue), feed_(feed), thread_([this] { run(); }) {}

LiveView::~LiveView() {
  stopping_ = true;
  queue_.notify();
  thread_.join();
}

void LiveView::begin(const std::string& scan_id, const core::ScannerGeometry& geometry,
                     const core::Calibration& calibration, double column_mm, bool from_rear) {
  const int joined = std::max(1, static_cast<int>(std::lround(kPixelMm / column_mm)));
  core::ScannerGeometry grid_geometry = geometry;
  grid_geometry.image_mm_per_px = joined * column_mm;
  const int rows = std::clamp(core::make_image_grid(grid_geometry, 0, 0).rows, kRowsMin, kRowsMax);
  auto picture = imaging::Waterfall::create(geometry, calibration, rows);
  if (!picture.ok()) {
    core::log_warning("live view", picture.error().message);
    return;
  }
  const std::lock_guard lock(mutex_);
  feed_.begin(scan_id, static_cast<std::uint32_t>(rows), from_rear);
  columns_joined_ = joined;
  joined_ = 0;
  sums_.assign(static_cast<std::size_t>(rows), 0);
  column_.assign(static_cast<std::size_t>(rows), 0);
  picture_ = std::move(picture).value();
}

void LiveView::end() {
  const std::lock_guard lock(mutex_);
  if (!picture_) return;
  picture_.reset();
  feed_.end();
}

void LiveView::join(std::span<const std::uint8_t> column) {
  if (column.size() != sums_.size())
    return;  // no column: the other energy, or a line without measurement
  for (std::size_t row = 0; row < column.size(); ++row) sums_[row] += column[row];
  if (++joined_ < columns_joined_) return;
  const auto n = static_cast<std::uint32_t>(joined_);
  for (std::size_t row = 0; row < sums_.size(); ++row) {
    column_[row] = static_cast<std::uint8_t>((sums_[row] + n / 2) / n);
  }
  feed_.push(column_);
  joined_ = 0;
  std::fill(sums_.begin(), sums_.end(), 0U);
}

void LiveView::run() {
  while (!stopping_) {
    const core::LinePtr line = queue_.pop_wait(std::chrono::milliseconds(100));
    if (!line) continue;
    const std::lock_guard lock(mutex_);
    if (!picture_) continue;  // dark, air, or between scans
    join(picture_->push(*line));
  }
}

}  // namespace portcullis::apps
