#pragma once

#include <QImage>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "hmi/models/image_set.h"
#include "hmi/models/view_chain.h"

namespace portcullis::hmi {

enum class ViewMode : std::uint8_t { kStandard, kMaterial, kMetal, kOrganic };
/// "standard", "material", "metal", "organic": the words QML uses.
std::optional<ViewMode> view_mode_from(std::string_view name);

/// How a pane looks, wherever it is.
struct Look {
  PlaneSet planes;  ///< The energy that is shown must be there; some looks need kMaterial too.
  ViewMode mode = ViewMode::kStandard;
  ViewChain chain;
  bool dark = true;  ///< Theme: what air looks like.

  /// The plane that gives the grey.
  [[nodiscard]] const std::shared_ptr<const PlaneData>& gray_plane() const;
  [[nodiscard]] bool needs_classes() const;
  /// All planes that it needs are there and of one size.
  [[nodiscard]] bool complete() const;
};

/// The planes' values at the pixels of the screen. Screen pixel (i, j) of a picture at (x, y) lies
/// at (x + i + 0.5) / scale columns and (y + j + 0.5) / scale rows of the image. Row-major.
struct Samples {
  int width = 0, height = 0;
  std::vector<std::uint16_t> codes;
  std::vector<std::uint8_t> classes;  ///< Empty where the look needs none.
};
/// From the pyramid's level that just has a pixel for each of the screen's; what is beside the
/// image is air. Bilinear for codes, nearest for classes. Pure; any thread.
Samples sample(const Look& look, double scale, double x, double y, int width, int height);

/// Codes to colours for one look: made once, then a table's look-up a pixel. Its chain's slow steps
/// are left out.
/// Ownership: owns its tables. Threading: const calls from any thread.
class Painter final {
 public:
  Painter(ViewMode mode, const ViewChain& chain, bool dark);
  ~Painter();
  Painter(Painter&&) noexcept;
  Painter& operator=(Painter&&) noexcept;

  /// `x`, `y`: where the picture lies, so that hatching runs on from tile to tile.
  [[nodiscard]] QImage paint(const Samples& samples, int x, int y) const;

 private:
  struct Tables;
  std::unique_ptr<Tables> tables_;
};

/// A picture of a part of the image at the screen's own resolution, with all of its chain.
struct RenderRequest {
  Look look;
  double scale = 1;                        ///< Screen pixels per image pixel.
  double column_first = 0, row_first = 0;  ///< Image position of the picture's top left corner.
  int width = 0, height = 0;               ///< Screen pixels.
};
/// Null where the planes needed are not there. Pure but for its input; any thread.
QImage render(const RenderRequest& request);

}  // namespace portcullis::hmi
