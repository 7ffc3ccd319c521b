#include "hmi/models/image_item.h"

#include <QQuickWindow>
#include <QSGImageNode>
#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

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
class ImageItem::Painter {
 public:
  explicit Painter(ImageItem& owner) : owner_(owner), thread_([this] { loop(); }) {}
  ~Painter() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
  }
  Painter(const Painter&) = delete;
  Painter& operator=(const Painter&) = delete;

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
      request.planes = {};
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

ImageItem::ImageItem(QQuickItem* parent)
    : QQuickItem(parent), painter_(std::make_unique<Painter>(*this)) {
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
      if (!store_->ready())
        picture_ = QImage();  // another scan: never its picture under a new name
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

void ImageItem::set_window_lo(double value) {
  if (value == window_lo_) return;
  window_lo_ = value;
  Q_EMIT setup_changed();
  ask();
}

void ImageItem::set_window_hi(double value) {
  if (value == window_hi_) return;
  window_hi_ = value;
  Q_EMIT setup_changed();
  ask();
}

void ImageItem::geometryChange(const QRectF& next, const QRectF& previous) {
  QQuickItem::geometryChange(next, previous);
  ask();
}

// Several properties change together; polish() gathers them into one picture.
void ImageItem::ask() {
  if (drawn_) {
    drawn_ = false;
    Q_EMIT drawn_changed();
  }
  update();
  polish();
}

void ImageItem::updatePolish() {
  if (view_ == nullptr || store_ == nullptr || width() <= 0 || height() <= 0) return;
  const auto mode = view_mode_from(mode_.toStdString());
  if (!store_->ready() || !mode) return;
  RenderRequest request;
  request.planes = store_->planes();
  request.mode = *mode;
  request.attenuation_lo = window_lo_;
  request.attenuation_hi = window_hi_;
  request.dark = dark_;
  request.scale = view_->scale();
  const int extra_x = static_cast<int>(width() * kMargin);
  const int extra_y = static_cast<int>(height() * kMargin);
  request.width = static_cast<int>(std::ceil(width())) + 2 * extra_x;
  request.height = static_cast<int>(std::ceil(height())) + 2 * extra_y;
  request.column_first = view_->origin_column() - extra_x / request.scale;
  request.row_first = view_->origin_row() - extra_y / request.scale;
  painter_->ask(std::move(request), ++asked_);
}

void ImageItem::take(const QImage& picture, const RenderRequest& request, std::uint64_t number) {
  if (store_ == nullptr || !store_->ready()) return;
  picture_ = picture;
  picture_is_new_ = true;
  picture_column_ = request.column_first;
  picture_row_ = request.row_first;
  picture_scale_ = request.scale;
  if (number == asked_ && !picture.isNull()) {
    drawn_ = true;
    Q_EMIT drawn_changed();
  }
  update();
}

QSGNode* ImageItem::updatePaintNode(QSGNode* old, UpdatePaintNodeData*) {
  auto* node = static_cast<QSGImageNode*>(old);
  if (picture_.isNull() || view_ == nullptr) {
    delete node;
    return nullptr;
  }
  if (node == nullptr) {
    node = window()->createImageNode();
    node->setOwnsTexture(true);
    picture_is_new_ = true;
  }
  if (picture_is_new_) {
    node->setTexture(window()->createTextureFromImage(picture_, QQuickWindow::TextureIsOpaque));
    picture_is_new_ = false;
  }
  const double stretch = view_->scale() / picture_scale_;
  node->setFiltering(stretch == 1.0 ? QSGTexture::Nearest : QSGTexture::Linear);
  // On whole pixels where nothing is stretched: sharp, and cheap for the software renderer.
  double x = (picture_column_ - view_->origin_column()) * view_->scale();
  double y = (picture_row_ - view_->origin_row()) * view_->scale();
  if (stretch == 1.0) {
    x = std::round(x);
    y = std::round(y);
  }
  node->setRect(QRectF(x, y, picture_.width() * stretch, picture_.height() * stretch));
  return node;
}

}  // namespace portcullis::hmi
