#pragma once

#include <QObject>
#include <QRectF>
#include <QString>
#include <memory>
#include <optional>
#include <vector>

#include "core/records.h"
#include "hmi/models/image_set.h"

namespace portcullis::hmi {

class CaseModel;
class ImageStore;
class ViewState;

/// Which of an image's cargo has been shown: what is in the containers and is no air, or all that
/// is no air where no container is known. Counted in pixels of the plane's smallest step.
class ShownMap {
 public:
  /// `high`: of Plane::kHigh. `cargo`: in its own pixels; empty: all of it.
  ShownMap(const PlaneData& high, const std::vector<core::PixelBox>& cargo);
  /// That part, in the plane's own pixels, is on the screen.
  void show(const QRectF& part);
  /// Share of the cargo's area that never was, 0 to 1; 0 where there is no cargo.
  [[nodiscard]] double never_shown() const;

 private:
  double step_ = 1;  ///< Pixels of the plane for one of ours.
  int columns_ = 0, rows_ = 0;
  std::vector<char> wanted_;  ///< Row-major: cargo that was not shown yet.
  std::size_t cargo_ = 0, left_ = 0;
};

/// Warns where some of the cargo was never on the screen at 1:2 or closer (a screen pixel for two
/// of the image's, or larger) since this case's image came. It forbids nothing. The loupe is not
/// counted; neither is what another screen has shown.
/// Ownership: borrows all it is given. Threading: GUI thread.
class ShownParts final : public QObject {
  Q_OBJECT
  Q_PROPERTY(QString warning READ warning NOTIFY changed)

 public:
  static constexpr double kCloseScale = 0.5;

  struct Parts {
    const CaseModel& inspection_case;
    const ImageStore& images;
    const ViewState& view;
  };
  explicit ShownParts(const Parts& parts, QObject* parent = nullptr);

  /// A frame with the view as it is now is on the screen. Views that no frame was drawn of, as they
  /// come while a window is laid out, have not been shown.
  void frame_drawn();

  /// Share of the cargo's area, 0 to 1; nothing while there is no image.
  [[nodiscard]] std::optional<double> never_shown() const;
  /// In words; empty where there is nothing to warn of.
  [[nodiscard]] QString warning() const;

 Q_SIGNALS:
  void changed();

 private:
  void on_image();

  Parts parts_;
  std::shared_ptr<const PlaneData> high_;
  std::optional<ShownMap> map_;
  bool moved_ = false;  ///< Since the last frame.
};

}  // namespace portcullis::hmi
