#include "hmi/models/image_item.h"

#include <QQuickWindow>
#include <QSGImageNode>
#include <algorithm>
#include <climits>
#include <cmath>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "hmi/models/words.h"
#include "imaging/display/quantise.h"

namespace portcullis::hmi {
namespace {
constexpr double kMargin = 0.15;  // of the pane, drawn beyond its edges so that a pan shows picture
}

bool ImageStore::complete() const {
  return std::all_of(planes_.begin(), planes_.end(), [](const auto& p) { return p != nullptr; });
}

void ImageStore::clear(const std::string& scan_id) {
  scan_id_ = scan_id;
  planes_ = {};
  problem_.clear();
  Q_EMIT changed();
}

void ImageStore::fail(const std::string& scan_id, const QString& reason) {
  if (scan_id != scan_id_ || reason == problem_) return;
  problem_ = reason;
  Q_EMIT changed();
}

void ImageStore::add(const std::shared_ptr<const PlaneData>& plane) {
  if (plane->scan_id != scan_id_) return;
  planes_[static_cast<std::size_t>(plane->plane)] = plane;
  Q_EMIT changed();
}

QString ImageStore::read_out(double column, double row) const {
  const auto& high = planes_[static_cast<std::size_t>(Plane::kHigh)];
  if (high == nullptr) return {};
  const int c = static_cast<int>(std::floor(column));
  const int r = static_cast<int>(std::floor(row));
  if (c < 0 || r < 0 || c >= high->columns() || r >= high->rows()) return {};
  const double x_m = (high->x_first_mm + c * high->mm_per_px) / 1000;
  const double z_m = (high->z_first_mm - r * high->mm_per_px) / 1000;
  QString text = tr("x %1 m   z %2 m").arg(x_m, 0, 'f', 2).arg(z_m, 0, 'f', 2);
  const auto at = static_cast<std::size_t>(r) * static_cast<std::size_t>(high->columns()) +
                  static_cast<std::size_t>(c);
  const auto same_grid = [&](const auto& plane) {
    return plane != nullptr && plane->columns() == high->columns() && plane->rows() == high->rows();
  };
  const auto& material = planes_[static_cast<std::size_t>(Plane::kMaterial)];
  if (same_grid(material)) {
    text += QStringLiteral("   ") + words::material(material->levels[0].classes[at]);
    if (const auto alike = class_agreement_percent(material->levels[0], c, r); alike.has_value())
      text += QStringLiteral(" ") + tr("(%1 % around)").arg(*alike);
  }
  const auto& mass = planes_[static_cast<std::size_t>(Plane::kMass)];
  if (same_grid(mass)) {
    const double g_cm2 =
        static_cast<double>(imaging::mass_from_code_g_cm2(mass->levels[0].codes[at]));
    text += QStringLiteral("   ") + tr("%1 g/cm²").arg(g_cm2, 0, 'f', 1);
  }
  return text;
}

/// Renders the newest request; older ones that wait are forgotten.
class ImageItem::Beside {
 public:
  explicit Beside(ImageItem& owner) : owner_(owner), thread_([this] { loop(); }) {}
  ~Beside() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
  }
  Beside(const Beside&) = delete;
  Beside& operator=(const Beside&) = delete;

  void ask(RenderRequest request, std::uint64_t number) {
    {
      const std::lock_guard lock(mutex_);
      request_ = std::move(request);
      number_ = number;
    }
    wake_.notify_all();
  }

 private:
  void loop() {
    for (;;) {
      RenderRequest request;
      std::uint64_t number = 0;
      {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [this] { return stopping_ || request_.has_value(); });
        if (stopping_) return;
        request = std::move(*request_);
        request_.reset();
        number = number_;
      }
      const QImage picture = render(request);
      request.look.planes = {};
      QMetaObject::invokeMethod(
          &owner_, [this, picture, request, number] { owner_.take(picture, request, number); },
          Qt::QueuedConnection);
    }
  }

  ImageItem& owner_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::optional<RenderRequest> request_;
  std::uint64_t number_ = 0;
  bool stopping_ = false;
  std::thread thread_;
};

ImageItem::ImageItem(QQuickItem* parent) : QQuickItem(parent) {
  setFlag(ItemHasContents);
}
ImageItem::~ImageItem() = default;

void ImageItem::set_view(ViewState* view) {
  if (view == view_) return;
  if (view_ != nullptr) disconnect(view_, nullptr, this, nullptr);
  view_ = view;
  if (view_ != nullptr) connect(view_, &ViewState::changed, this, &ImageItem::ask);
  Q_EMIT setup_changed();
  ask();
}

void ImageItem::set_store(ImageStore* store) {
  if (store == store_) return;
  if (store_ != nullptr) disconnect(store_, nullptr, this, nullptr);
  store_ = store;
  if (store_ != nullptr) {
    connect(store_, &ImageStore::changed, this, [this] {
      if (!store_->ready()) {  // another scan: never its picture under a new name
        picture_ = QImage();
        board_.clear();
      }
      ask();
    });
  }
  Q_EMIT setup_changed();
  ask();
}

void ImageItem::set_mode(const QString& mode) {
  if (mode == mode_) return;
  mode_ = mode;
  Q_EMIT setup_changed();
  ask();
}

void ImageItem::set_dark(bool dark) {
  if (dark == dark_) return;
  dark_ = dark;
  Q_EMIT setup_changed();
  ask();
}

void ImageItem::set_chain(const ViewChain& chain) {
  if (chain == chain_) return;
  chain_ = chain;
  Q_EMIT setup_changed();
  ask();
}

void ImageItem::geometryChange(const QRectF& next, const QRectF& previous) {
  QQuickItem::geometryChange(next, previous);
  ask();
}

void ImageItem::itemChange(ItemChange change, const ItemChangeData& data) {
  QQuickItem::itemChange(change, data);
  if (change == ItemVisibleHasChanged && data.boolValue) ask();
}

void ImageItem::set_drawn(bool drawn) {
  if (drawn == drawn_) return;
  drawn_ = drawn;
  Q_EMIT drawn_changed();
}

// Several properties change together; polish() gathers them into one picture.
void ImageItem::ask() {
  set_drawn(false);
  update();
  polish();
}

/// Where the pane's corner lies, in screen pixels from the image's: whole, so that nothing is
/// stretched.
QPoint ImageItem::corner_px() const {
  return {static_cast<int>(std::lround(view_->origin_column() * view_->scale())),
          static_cast<int>(std::lround(view_->origin_row() * view_->scale()))};
}

void ImageItem::updatePolish() {
  if (!isVisible() || view_ == nullptr || store_ == nullptr || width() <= 0 || height() <= 0)
    return;
  const auto mode = view_mode_from(mode_.toStdString());
  if (!mode) return;
  const Look look{store_->planes(), *mode, chain_, dark_};
  if (!look.complete()) return;
  if (chain_.slow()) {
    ask_beside(look);
    if (!picture_.isNull()) return;
  } else {
    ++asked_;  // what the other thread still works on is not wanted any more
    picture_ = QImage();
  }
  const QSize size(static_cast<int>(std::ceil(width())), static_cast<int>(std::ceil(height())));
  board_.show(look, view_->scale(), QRect(corner_px(), size));
  if (!chain_.slow()) set_drawn(true);
}

void ImageItem::ask_beside(const Look& look) {
  RenderRequest request;
  request.look = look;
  request.scale = view_->scale();
  const int extra_x = static_cast<int>(width() * kMargin);
  const int extra_y = static_cast<int>(height() * kMargin);
  request.width = static_cast<int>(std::ceil(width())) + 2 * extra_x;
  request.height = static_cast<int>(std::ceil(height())) + 2 * extra_y;
  const QPoint corner = corner_px();
  request.column_first = (corner.x() - extra_x) / request.scale;
  request.row_first = (corner.y() - extra_y) / request.scale;
  if (beside_ == nullptr) beside_ = std::make_unique<Beside>(*this);
  beside_->ask(std::move(request), ++asked_);
}

void ImageItem::take(const QImage& picture, const RenderRequest& request, std::uint64_t number) {
  if (store_ == nullptr || !store_->ready() || !chain_.slow()) return;
  picture_ = picture;
  ++picture_number_;
  picture_column_ = request.column_first;
  picture_row_ = request.row_first;
  picture_scale_ = request.scale;
  if (number == asked_ && !picture.isNull()) set_drawn(true);
  update();
}

namespace {

/// The picture beside the frame, or the tiles; each with what its texture was made of. A transform
/// node although it moves nothing: the software renderer remembers place and clip of those alone,
/// and draws what is added below a plain node at the window's corner.
class PaneNode : public QSGTransformNode {
 public:
  struct Piece {
    std::uint64_t number = 0;
    QSGImageNode* node = nullptr;
    bool used = false;
  };
  /// The piece's node, with its texture made anew where the picture is another.
  QSGImageNode& piece(QQuickWindow& window, std::pair<int, int> place, std::uint64_t number,
                      const QImage& picture) {
    Piece& found = pieces_[place];
    const bool is_new = found.node == nullptr;
    if (is_new) {
      found.node = window.createImageNode();
      found.node->setOwnsTexture(true);
    }
    if (found.number != number) {
      found.node->setTexture(window.createTextureFromImage(picture, QQuickWindow::TextureIsOpaque));
      found.number = number;
    }
    // Not before it has a texture: the software renderer looks at once.
    if (is_new) appendChildNode(found.node);
    found.used = true;
    return *found.node;
  }
  void drop_unused() {
    for (auto at = pieces_.begin(); at != pieces_.end();) {
      if (std::exchange(at->second.used, false)) {
        ++at;
        continue;
      }
      removeChildNode(at->second.node);
      delete at->second.node;
      at = pieces_.erase(at);
    }
  }

 private:
  std::map<std::pair<int, int>, Piece> pieces_;
};

/// The picture at `whole`, but only its part within `pane`: nothing is drawn in vain.
void place(QSGImageNode& node, const QImage& picture, const QRectF& whole, const QRectF& pane) {
  const QRectF seen = whole.intersected(pane);
  const double across = picture.width() / whole.width();
  const double down = picture.height() / whole.height();
  node.setSourceRect(QRectF((seen.x() - whole.x()) * across, (seen.y() - whole.y()) * down,
                            seen.width() * across, seen.height() * down));
  node.setRect(seen);
}

constexpr std::pair<int, int> kBesidePlace{INT_MAX, INT_MAX};

}  // namespace

QSGNode* ImageItem::updatePaintNode(QSGNode* old, UpdatePaintNodeData*) {
  auto* pane = static_cast<PaneNode*>(old);
  if (view_ == nullptr || (picture_.isNull() && board_.visible().empty())) {
    delete pane;
    return nullptr;
  }
  if (pane == nullptr) pane = new PaneNode();
  if (!picture_.isNull()) {
    QSGImageNode& node = pane->piece(*window(), kBesidePlace, picture_number_, picture_);
    const double stretch = view_->scale() / picture_scale_;
    node.setFiltering(stretch == 1.0 ? QSGTexture::Nearest : QSGTexture::Linear);
    // On whole pixels where nothing is stretched: sharp, and cheap for the software renderer.
    double x = (picture_column_ - view_->origin_column()) * view_->scale();
    double y = (picture_row_ - view_->origin_row()) * view_->scale();
    if (stretch == 1.0) {
      x = std::round(x);
      y = std::round(y);
    }
    place(node, picture_, QRectF(x, y, picture_.width() * stretch, picture_.height() * stretch),
          boundingRect());
  } else {
    const QPoint corner = corner_px();
    for (const TileBoard::Tile* tile : board_.visible()) {
      QSGImageNode& node = pane->piece(*window(), {tile->x, tile->y}, tile->painted, tile->picture);
      node.setFiltering(QSGTexture::Nearest);
      place(node, tile->picture,
            QRectF(tile->x - corner.x(), tile->y - corner.y(), TileBoard::kTilePx,
                   TileBoard::kTilePx),
            boundingRect());
    }
  }
  pane->drop_unused();
  return pane;
}

}  // namespace portcullis::hmi
