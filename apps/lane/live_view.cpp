#include "apps/lane/live_view.h"

#include "core/log.h"

namespace portcullis::apps {
namespace {
// Enough for half of a 1080p screen's height; the finished image comes at full resolution.
constexpr int kWaterfallRows = 480;
}  // namespace

LiveView::LiveView(acquisition::LineQueue& queue, services::WaterfallFeed& feed)
    : queue_(queue), feed_(feed), thread_([this] { run(); }) {}

LiveView::~LiveView() {
  stopping_ = true;
  queue_.notify();
  thread_.join();
}

void LiveView::begin(const std::string& scan_id, const core::ScannerGeometry& geometry,
                     const core::Calibration& calibration) {
  auto picture = imaging::Waterfall::create(geometry, calibration, kWaterfallRows);
  if (!picture.ok()) {
    core::log_warning("live view", picture.error().message);
    return;
  }
  const std::lock_guard lock(mutex_);
  feed_.begin(scan_id, kWaterfallRows);
  picture_ = std::move(picture).value();
}

void LiveView::end() {
  const std::lock_guard lock(mutex_);
  if (!picture_) return;
  picture_.reset();
  feed_.end();
}

void LiveView::run() {
  while (!stopping_) {
    const core::LinePtr line = queue_.pop_wait(std::chrono::milliseconds(100));
    if (!line) continue;
    const std::lock_guard lock(mutex_);
    if (!picture_) continue;  // dark, air, or between scans
    const auto column = picture_->push(*line);
    if (!column.empty()) feed_.push(column);
  }
}

}  // namespace portcullis::apps
