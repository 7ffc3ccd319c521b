#include "hmi/models/shown_parts.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/decided_view.h"
#include "hmi/models/case_model.h"
#include "hmi/models/image_item.h"
#include "hmi/models/view_state.h"

namespace portcullis::hmi {
namespace {

constexpr int kCargoCode16 = 1024 + 210;  // as content_box(): lets less than 95 % through

/// The first and the last index but one whose middle lies in [from, to).
std::pair<int, int> middles_in(double from, double to, double step, int count) {
  const auto first = static_cast<int>(std::ceil(from / step - 0.5));
  const auto last = static_cast<int>(std::ceil(to / step - 0.5));
  return {std::clamp(first, 0, count), std::clamp(last, 0, count)};
}

}  // namespace

ShownMap::ShownMap(const PlaneData& high, const std::vector<core::PixelBox>& cargo) {
  if (high.levels.empty() || high.levels.back().codes.empty()) return;
  const PlaneLevel& level = high.levels.back();
  step_ = std::ldexp(1.0, static_cast<int>(high.levels.size()) - 1);
  columns_ = level.columns;
  rows_ = level.rows;
  wanted_.assign(level.codes.size(), 0);
  std::vector<core::PixelBox> boxes = cargo;
  if (boxes.empty()) boxes.push_back({0, 0, high.columns(), high.rows()});
  for (const core::PixelBox& box : boxes) {
    const auto [left, right] = middles_in(box.x, box.x + box.w, step_, columns_);
    const auto [top, bottom] = middles_in(box.y, box.y + box.h, step_, rows_);
    for (int row = top; row < bottom; ++row) {
      const std::size_t at = static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_);
      for (auto i = at + static_cast<std::size_t>(left); i < at + static_cast<std::size_t>(right);
           ++i)
        wanted_[i] = level.codes[i] > kCargoCode16 ? 1 : 0;
    }
  }
  cargo_ = left_ = static_cast<std::size_t>(std::count(wanted_.begin(), wanted_.end(), 1));
}

void ShownMap::show(const QRectF& part) {
  if (left_ == 0) return;
  const auto [left, right] = middles_in(part.left(), part.right(), step_, columns_);
  const auto [top, bottom] = middles_in(part.top(), part.bottom(), step_, rows_);
  for (int row = top; row < bottom; ++row) {
    const std::size_t at = static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_);
    for (auto i = at + static_cast<std::size_t>(left); i < at + static_cast<std::size_t>(right);
         ++i) {
      left_ -= static_cast<std::size_t>(wanted_[i]);
      wanted_[i] = 0;
    }
  }
}

double ShownMap::never_shown() const {
  return cargo_ == 0 ? 0.0 : static_cast<double>(left_) / static_cast<double>(cargo_);
}

ShownParts::ShownParts(const Parts& parts, QObject* parent) : QObject(parent), parts_(parts) {
  connect(&parts_.images, &ImageStore::changed, this, &ShownParts::on_image);
  connect(&parts_.view, &ViewState::changed, this, [this] { moved_ = true; });
}

void ShownParts::on_image() {
  const auto& high = parts_.images.planes()[static_cast<std::size_t>(Plane::kHigh)];
  if (high == high_) return;
  high_ = high;
  map_.reset();
  if (high_ != nullptr) {
    std::vector<core::PixelBox> cargo;
    const auto& report = parts_.inspection_case.data().report;
    if (report && parts_.inspection_case.data().scan_id == high_->scan_id) {
      for (const auto& container : report->containers)
        if (container.bbox_px.w > 0 && container.bbox_px.h > 0) cargo.push_back(container.bbox_px);
    }
    map_.emplace(*high_, cargo);
  }
  moved_ = true;
  Q_EMIT changed();
}

void ShownParts::frame_drawn() {
  if (!std::exchange(moved_, false)) return;
  const ViewState& view = parts_.view;
  if (!map_ || view.scale() < kCloseScale) return;
  map_->show({view.origin_column(), view.origin_row(), view.seen_columns(), view.seen_rows()});
  Q_EMIT changed();
}

std::optional<double> ShownParts::never_shown() const {
  if (!map_) return std::nullopt;
  return map_->never_shown();
}

QString ShownParts::warning() const {
  const int percent = core::never_shown_percent(never_shown().value_or(0));
  if (percent == 0) return {};
  return tr("%1 % of the cargo was never shown at 1:2 or closer.").arg(percent);
}

}  // namespace portcullis::hmi
