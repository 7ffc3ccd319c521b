#pragma once

#include <QImage>
#include <QQuickItem>
#include <memory>

#include "hmi/models/image_renderer.h"
#include "hmi/models/tile_board.h"
#include "hmi/models/view_state.h"

namespace portcullis::hmi {

/// The planes of the scan on the screen, shared by its panes.
class ImageStore final : public QObject {
  Q_OBJECT
  Q_PROPERTY(bool ready READ ready NOTIFY changed)
  Q_PROPERTY(bool complete READ complete NOTIFY changed)
  Q_PROPERTY(QString problem READ problem NOTIFY changed)

 public:
  using QObject::QObject;

  [[nodiscard]] const PlaneSet& planes() const { return planes_; }
  [[nodiscard]] const std::string& scan_id() const { return scan_id_; }
  /// The standard image is there.
  [[nodiscard]] bool ready() const { return planes_[0] != nullptr; }
  [[nodiscard]] bool complete() const;
  /// Why a plane cannot be had; empty where all came or still come.
  [[nodiscard]] QString problem() const { return problem_; }
  void clear(const std::string& scan_id);
  /// Ignored where it is of another scan.
  void fail(const std::string& scan_id, const QString& reason);
  /// Ignored where it is not of the scan that clear() named.
  void add(const std::shared_ptr<const PlaneData>& plane);

  /// What is under the cursor, in words: "x 3.42 m   z 1.20 m   metal (96 % around)   12.4 g/cm²";
  /// empty outside the image.
  Q_INVOKABLE [[nodiscard]] QString read_out(double column, double row) const;

 Q_SIGNALS:
  void changed();

 private:
  std::string scan_id_;
  PlaneSet planes_;
  QString problem_;
};

/// One pane of the image.
///
/// What is visible is drawn as tiles within the frame that asks for it (TileBoard). The steps that
/// need a pixel's neighbours (edges, local contrast, denoise) are worked out on a thread of its
/// own: until their picture is there the last one is shown moved and stretched.
/// Threading: GUI thread; pictures of slow chains on one thread of its own.
class ImageItem : public QQuickItem {
  Q_OBJECT
  Q_PROPERTY(portcullis::hmi::ViewState* view READ view WRITE set_view NOTIFY setup_changed)
  Q_PROPERTY(portcullis::hmi::ImageStore* store READ store WRITE set_store NOTIFY setup_changed)
  Q_PROPERTY(QString mode READ mode WRITE set_mode NOTIFY setup_changed)
  Q_PROPERTY(bool dark READ dark WRITE set_dark NOTIFY setup_changed)
  Q_PROPERTY(portcullis::hmi::ViewChain chain READ chain WRITE set_chain NOTIFY setup_changed)
  Q_PROPERTY(bool drawn READ drawn NOTIFY drawn_changed)

 public:
  explicit ImageItem(QQuickItem* parent = nullptr);
  ~ImageItem() override;

  [[nodiscard]] ViewState* view() const { return view_; }
  void set_view(ViewState* view);
  [[nodiscard]] ImageStore* store() const { return store_; }
  void set_store(ImageStore* store);
  [[nodiscard]] QString mode() const { return mode_; }
  void set_mode(const QString& mode);
  [[nodiscard]] bool dark() const { return dark_; }
  void set_dark(bool dark);
  [[nodiscard]] const ViewChain& chain() const { return chain_; }
  void set_chain(const ViewChain& chain);
  /// The picture on the screen is of the view asked for, not a stretched earlier one.
  [[nodiscard]] bool drawn() const { return drawn_; }
  [[nodiscard]] const TileBoard& board() const { return board_; }

 Q_SIGNALS:
  void setup_changed();
  void drawn_changed();

 protected:
  QSGNode* updatePaintNode(QSGNode* node, UpdatePaintNodeData* data) override;
  void geometryChange(const QRectF& next, const QRectF& previous) override;
  void itemChange(ItemChange change, const ItemChangeData& data) override;
  void updatePolish() override;

 private:
  class Beside;
  void ask();
  void set_drawn(bool drawn);
  void ask_beside(const Look& look);
  void take(const QImage& picture, const RenderRequest& request, std::uint64_t number);
  [[nodiscard]] QPoint corner_px() const;

  ViewState* view_ = nullptr;
  ImageStore* store_ = nullptr;
  QString mode_ = QStringLiteral("standard");
  bool dark_ = true;
  ViewChain chain_;
  bool drawn_ = false;
  TileBoard board_;
  std::uint64_t asked_ = 0;
  QImage picture_;  ///< Of a slow chain; null: the tiles are shown.
  std::uint64_t picture_number_ = 0;
  double picture_column_ = 0, picture_row_ = 0, picture_scale_ = 1;
  std::unique_ptr<Beside> beside_;  ///< Made when first needed.
};

}  // namespace portcullis::hmi
