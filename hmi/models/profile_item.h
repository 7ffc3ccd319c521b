#pragma once

#include <QColor>
#include <QQuickPaintedItem>
#include <memory>
#include <vector>

#include "hmi/models/case_model.h"
#include "hmi/models/image_item.h"
#include "hmi/models/radiation_plot.h"
#include "hmi/models/view_state.h"

namespace portcullis::hmi {

/// The radiation portal's counts along the vehicle, under its image: as wide as the image's pane,
/// it goes along with its zoom and pan, and is never mirrored. With the background (dashes), the
/// level of an alarm (dots) and a tick for each metre from the vehicle's front. Where the vehicle
/// is not known, no image or a passage in several goes, the counts are drawn over the passage's
/// time and placed() is false. Threading: GUI thread.
class ProfileItem : public QQuickPaintedItem {
  Q_OBJECT
  Q_PROPERTY(portcullis::hmi::CaseModel* source READ source WRITE set_source NOTIFY setup_changed)
  Q_PROPERTY(portcullis::hmi::ViewState* view READ view WRITE set_view NOTIFY setup_changed)
  Q_PROPERTY(portcullis::hmi::ImageStore* store READ store WRITE set_store NOTIFY setup_changed)
  Q_PROPERTY(QColor line MEMBER line_ NOTIFY setup_changed)
  Q_PROPERTY(QColor level MEMBER level_ NOTIFY setup_changed)
  Q_PROPERTY(QColor alarm MEMBER alarm_ NOTIFY setup_changed)
  /// Of the cursor, here or on the image, in this item's pixels; below 0: none.
  Q_PROPERTY(double cursor MEMBER cursor_ NOTIFY setup_changed)
  Q_PROPERTY(bool placed READ placed NOTIFY data_changed)
  /// What is under the cursor, or of the whole passage where it is nowhere.
  Q_PROPERTY(QString text READ text NOTIFY data_changed)

 public:
  explicit ProfileItem(QQuickItem* parent = nullptr);

  [[nodiscard]] CaseModel* source() const { return source_; }
  void set_source(CaseModel* source);
  [[nodiscard]] ViewState* view() const { return view_; }
  void set_view(ViewState* view);
  [[nodiscard]] ImageStore* store() const { return store_; }
  void set_store(ImageStore* store);

  /// Drawn along the image's columns.
  [[nodiscard]] bool placed() const { return vehicle_.end > vehicle_.first; }
  [[nodiscard]] QString text() const;
  void paint(QPainter* painter) override;

 Q_SIGNALS:
  void setup_changed();
  void data_changed();

 private:
  void refresh();
  [[nodiscard]] double x_of(double share) const;
  [[nodiscard]] double share_at(double x) const;
  [[nodiscard]] double lowest() const;
  [[nodiscard]] double highest() const;
  void paint_metres(QPainter& painter) const;

  CaseModel* source_ = nullptr;
  ViewState* view_ = nullptr;
  ImageStore* store_ = nullptr;
  QColor line_ = Qt::white, level_ = Qt::gray, alarm_ = Qt::red;
  double cursor_ = -1;
  std::vector<RadiationPoint> points_;
  std::shared_ptr<const PlaneData> high_;
  ColumnSpan columns_;  ///< Of `high_`.
  ColumnSpan vehicle_;  ///< The same where the passage is of the vehicle in that image.
};

}  // namespace portcullis::hmi
