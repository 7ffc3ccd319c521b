#include "hmi/models/waterfall_item.h"

#include <QQuickWindow>
#include <QSGImageNode>
#include <algorithm>
#include <array>
#include <cmath>

#include "imaging/display/render.h"

namespace portcullis::hmi {
namespace {

constexpr int kColumnsMax = 100'000;
constexpr int kRowsMax = 8192;

std::array<std::uint32_t, 256> waterfall_colours(bool dark) {
  std::array<std::uint8_t, 256> gray{};
  std::array<std::uint32_t, 256> colours{};
  for (std::size_t i = 0; i < gray.size(); ++i) gray[i] = static_cast<std::uint8_t>(i);
  imaging::gray_to_argb(gray, dark ? imaging::kAirDark_argb : imaging::kAirLight_argb, colours);
  return colours;
}

}  // namespace

void WaterfallStore::clear() {
  scan_id_.clear();
  gray_.clear();
  columns_ = rows_ = columns_missed_ = 0;
  running_ = false;
  Q_EMIT changed();
}

void WaterfallStore::add(const WaterfallData& block) {
  const auto rows = static_cast<int>(std::min<std::uint32_t>(block.rows, kRowsMax + 1));
  if (block.first_column == 0 || block.scan_id != scan_id_ ||
      (rows != rows_ && block.columns > 0)) {
    scan_id_ = block.scan_id;
    gray_.clear();
    columns_ = columns_missed_ = 0;
    rows_ = rows;
    from_rear_ = block.from_rear;
  }
  running_ = !block.last;
  const std::int64_t end = static_cast<std::int64_t>(block.first_column) + block.columns;
  const bool fits = rows > 0 && rows <= kRowsMax && end <= kColumnsMax &&
                    static_cast<int>(block.first_column) >= columns_;
  if (block.columns > 0 && fits) {
    columns_missed_ += static_cast<int>(block.first_column) - columns_;
    // What was missed is a black stripe: plain to see, and no goods look like it.
    gray_.resize(static_cast<std::size_t>(block.first_column) * block.rows, 0);
    gray_.insert(gray_.end(), block.gray.begin(), block.gray.end());
    columns_ = static_cast<int>(end);
  }
  Q_EMIT changed();
}

WaterfallItem::WaterfallItem(QQuickItem* parent) : QQuickItem(parent) {
  setFlag(ItemHasContents);
}

void WaterfallItem::set_store(WaterfallStore* store) {
  if (store == store_) return;
  if (store_ != nullptr) disconnect(store_, nullptr, this, nullptr);
  store_ = store;
  if (store_ != nullptr) connect(store_, &WaterfallStore::changed, this, [this] { update(); });
  Q_EMIT setup_changed();
  refresh();
}

void WaterfallItem::set_dark(bool dark) {
  if (dark == dark_) return;
  dark_ = dark;
  Q_EMIT setup_changed();
  refresh();
}

void WaterfallItem::set_ground(const QColor& colour) {
  if (colour == ground_) return;
  ground_ = colour;
  Q_EMIT setup_changed();
  refresh();
}

void WaterfallItem::geometryChange(const QRectF& next, const QRectF& previous) {
  QQuickItem::geometryChange(next, previous);
  refresh();
}

void WaterfallItem::refresh() {
  start_over_ = true;
  update();
}

void WaterfallItem::draw_columns() {
  const int rows = store_->rows();
  const int columns = store_->columns();
  const int full_width = static_cast<int>(width());
  const int full_height = static_cast<int>(height());
  if (drawn_scan_id_ != store_->scan_id() || drawn_columns_ > columns) {
    start_over_ = true;
    capacity_columns_ = 0;
  }
  const int natural = static_cast<int>(full_width * (static_cast<double>(rows) / full_height));
  if (capacity_columns_ == 0) capacity_columns_ = std::max(natural, 64);
  while (columns > capacity_columns_) {
    capacity_columns_ += capacity_columns_ / 3;
    start_over_ = true;
  }
  const double scale = std::min(static_cast<double>(full_height) / rows,
                                static_cast<double>(full_width) / capacity_columns_);
  if (start_over_) {
    picture_ = QImage(full_width, full_height, QImage::Format_RGB32);
    picture_.fill(ground_);
    drawn_scan_id_ = store_->scan_id();
    drawn_columns_ = 0;
    start_over_ = false;
  }
  const auto colours = waterfall_colours(dark_);
  const int drawn_height = std::max(1, static_cast<int>(rows * scale));
  const int top = (full_height - drawn_height) / 2;
  // Screen columns that the new source columns touch; the last old one may have been half done.
  const int first = static_cast<int>(drawn_columns_ * scale);
  const int last = std::min(full_width - 1, static_cast<int>(std::ceil(columns * scale)) - 1);
  const std::vector<std::uint8_t>& gray = store_->gray();
  for (int x = first; x <= last; ++x) {
    const int from = std::min(columns - 1, static_cast<int>(x / scale));
    const int to = std::max(from + 1, std::min(columns, static_cast<int>((x + 1) / scale)));
    const int at = store_->from_rear() ? full_width - 1 - x : x;
    for (int y = 0; y < drawn_height; ++y) {
      const int row_from = std::min(rows - 1, static_cast<int>(y / scale));
      const int row_to = std::max(row_from + 1, std::min(rows, static_cast<int>((y + 1) / scale)));
      unsigned sum = 0;
      unsigned count = 0;
      for (int column = from; column < to; ++column) {
        const auto base = static_cast<std::size_t>(column) * static_cast<std::size_t>(rows);
        for (int row = row_from; row < row_to; ++row) {
          sum += gray[base + static_cast<std::size_t>(row)];
          ++count;
        }
      }
      reinterpret_cast<std::uint32_t*>(picture_.scanLine(top + y))[at] =  // NOLINT: Qt's layout
          colours[sum / count];
    }
  }
  drawn_columns_ = columns;
}

QSGNode* WaterfallItem::updatePaintNode(QSGNode* old, UpdatePaintNodeData*) {
  auto* node = static_cast<QSGImageNode*>(old);
  if (store_ == nullptr || store_->columns() == 0 || width() < 1 || height() < 1) {
    delete node;
    return nullptr;
  }
  draw_columns();
  if (node == nullptr) {
    node = window()->createImageNode();
    node->setOwnsTexture(true);
  }
  node->setTexture(window()->createTextureFromImage(picture_, QQuickWindow::TextureIsOpaque));
  node->setFiltering(QSGTexture::Nearest);
  node->setRect(QRectF(0, 0, picture_.width(), picture_.height()));
  return node;
}

}  // namespace portcullis::hmi
