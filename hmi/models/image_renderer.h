#pragma once

#include <QImage>
#include <optional>
#include <string_view>

#include "hmi/models/image_set.h"

namespace portcullis::hmi {

enum class ViewMode : std::uint8_t {
  kStandard,
  kMaterial,
  kMetal,
  kOrganic,
  kHigh,
  kLow,
  kEdges,
  kLocal,
  kInverse,
};
/// "standard", "material", ...: the words QML uses.
std::optional<ViewMode> view_mode_from(std::string_view name);

/// A picture of a part of the image at the screen's own resolution.
struct RenderRequest {
  PlaneSet planes;  ///< kHigh must be there; some modes need kMaterial too.
  ViewMode mode = ViewMode::kStandard;
  double attenuation_lo = 0;  ///< The officer's window.
  double attenuation_hi = 6.2;
  bool dark = true;                        ///< Theme: what air looks like.
  double scale = 1;                        ///< Screen pixels per image pixel.
  double column_first = 0, row_first = 0;  ///< Image position of the picture's top left corner.
  int width = 0, height = 0;               ///< Screen pixels.
};

/// Null where the planes needed are not there. Pure but for its input; any thread.
QImage render(const RenderRequest& request);

}  // namespace portcullis::hmi
