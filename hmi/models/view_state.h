#pragma once

#include <QObject>
#include <QRectF>

namespace portcullis::hmi {

/// Which part of the image the panes show. Rows that share one ViewState move together.
///
/// Image coordinates are pixels of the scan's images (column, row; 0 is the left and top edge of
/// the first pixel), pane coordinates are screen pixels. pane = (image - origin) * scale.
/// Threading: GUI thread.
class ViewState final : public QObject {
  Q_OBJECT
  Q_PROPERTY(double scale READ scale NOTIFY changed)
  Q_PROPERTY(double origin_column READ origin_column NOTIFY changed)
  Q_PROPERTY(double origin_row READ origin_row NOTIFY changed)
  Q_PROPERTY(bool fitted READ fitted NOTIFY changed)
  Q_PROPERTY(double mm_per_px READ mm_per_px NOTIFY changed)
  Q_PROPERTY(double seen_columns READ seen_columns NOTIFY changed)
  Q_PROPERTY(double seen_rows READ seen_rows NOTIFY changed)

 public:
  using QObject::QObject;

  [[nodiscard]] double scale() const { return scale_; }
  [[nodiscard]] double origin_column() const { return origin_column_; }
  [[nodiscard]] double origin_row() const { return origin_row_; }
  [[nodiscard]] bool fitted() const { return fitted_; }
  [[nodiscard]] double mm_per_px() const { return mm_per_px_; }
  /// How much of the image the pane covers, in image pixels.
  [[nodiscard]] double seen_columns() const { return width_ / scale_; }
  [[nodiscard]] double seen_rows() const { return height_ / scale_; }

  /// Size of one pane. A fitted view stays fitted.
  Q_INVOKABLE void set_pane(double width, double height);
  /// A new image; fits it. `content`: the part of it that holds the vehicle, in its pixels; what
  /// is beside it is air. Empty: all of it.
  void set_image(int columns, int rows, double mm_per_px, const QRectF& content = {});
  /// The whole vehicle, as large as the pane allows.
  Q_INVOKABLE void fit();
  /// The image point under (x, y) stays there. Scale is kept between fit / 2 and 16.
  Q_INVOKABLE void zoom_about(double x, double y, double factor);
  Q_INVOKABLE void zoom_centre(double factor) { zoom_about(width_ / 2, height_ / 2, factor); }
  Q_INVOKABLE void pan_by(double dx, double dy);
  /// That image point in the middle, at that scale (within the bounds of zoom_about()).
  Q_INVOKABLE void look_at(double column, double row, double scale);
  /// Just there, whatever is there: of a picture that goes along with another.
  void follow(double scale, double column, double row, double mm_per_px);
  /// Moves as little as needed so that the box is in the pane; the scale stays.
  Q_INVOKABLE void show_box(double column, double row, double columns, double rows);

 Q_SIGNALS:
  void changed();

 private:
  [[nodiscard]] double fit_scale() const;
  void keep_in_sight();

  double width_ = 0, height_ = 0;
  int columns_ = 0, rows_ = 0;
  double mm_per_px_ = 0;
  QRectF content_;
  double scale_ = 1;
  double origin_column_ = 0, origin_row_ = 0;
  bool fitted_ = true;
};

}  // namespace portcullis::hmi
