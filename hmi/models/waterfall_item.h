#pragma once

#include <QColor>
#include <QImage>
#include <QQuickItem>
#include <cstdint>
#include <string>
#include <vector>

#include "hmi/models/lane_data.h"

namespace portcullis::hmi {

/// The columns of the running scan in the order they came, kept whole.
class WaterfallStore final : public QObject {
  Q_OBJECT
  Q_PROPERTY(int columns READ columns NOTIFY changed)
  Q_PROPERTY(bool running READ running NOTIFY changed)
  Q_PROPERTY(int columns_missed READ columns_missed NOTIFY changed)

 public:
  using QObject::QObject;

  void add(const WaterfallData& block);
  void clear();
  [[nodiscard]] int columns() const { return columns_; }
  [[nodiscard]] int rows() const { return rows_; }
  [[nodiscard]] bool running() const { return running_; }
  /// Columns that never came here: drawn as air would be a lie, so they are counted and named.
  [[nodiscard]] int columns_missed() const { return columns_missed_; }
  [[nodiscard]] const std::string& scan_id() const { return scan_id_; }
  /// The vehicle's rear came first.
  [[nodiscard]] bool from_rear() const { return from_rear_; }
  /// Column after column, rows() each.
  [[nodiscard]] const std::vector<std::uint8_t>& gray() const { return gray_; }

 Q_SIGNALS:
  void changed();

 private:
  std::string scan_id_;
  std::vector<std::uint8_t> gray_;
  int columns_ = 0, rows_ = 0, columns_missed_ = 0;
  bool running_ = false;
  bool from_rear_ = false;
};

/// Draws a WaterfallStore, the whole picture at equal scale along and up; shrinks in steps as it
/// grows. The vehicle's front is always at the left: a scan that begins at the rear grows from the
/// right edge. Only columns that came since the last frame are worked on.
class WaterfallItem : public QQuickItem {
  Q_OBJECT
  Q_PROPERTY(portcullis::hmi::WaterfallStore* store READ store WRITE set_store NOTIFY setup_changed)
  Q_PROPERTY(bool dark READ dark WRITE set_dark NOTIFY setup_changed)
  Q_PROPERTY(QColor ground READ ground WRITE set_ground NOTIFY setup_changed)

 public:
  explicit WaterfallItem(QQuickItem* parent = nullptr);

  [[nodiscard]] WaterfallStore* store() const { return store_; }
  void set_store(WaterfallStore* store);
  [[nodiscard]] bool dark() const { return dark_; }
  void set_dark(bool dark);
  /// Drawn where nothing was scanned yet: it must not look like air.
  [[nodiscard]] QColor ground() const { return ground_; }
  void set_ground(const QColor& colour);

 Q_SIGNALS:
  void setup_changed();

 protected:
  QSGNode* updatePaintNode(QSGNode* node, UpdatePaintNodeData* data) override;
  void geometryChange(const QRectF& next, const QRectF& previous) override;

 private:
  void refresh();
  void draw_columns();

  WaterfallStore* store_ = nullptr;
  bool dark_ = true;
  QColor ground_ = Qt::black;
  QImage picture_;  ///< At the screen's resolution.
  std::string drawn_scan_id_;
  int drawn_columns_ = 0;  ///< Source columns drawn.
  int capacity_columns_ = 0;
  bool start_over_ = true;
};

}  // namespace portcullis::hmi
