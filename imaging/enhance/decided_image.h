#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/decided_view.h"
#include "core/result.h"

/// The picture that an officer had before him when he decided, from the stored planes.
namespace portcullis::imaging {

/// How strongly the screen's enhancements work: one place for the screen and for evidence.
inline constexpr float kViewEdgeStrength = 1.5F;
inline constexpr float kViewDenoiseStrength = 1.5F;
inline constexpr int kViewContrastTile_px = 96;
inline constexpr float kViewContrastClip = 3.0F;

/// Codes as in quantise.h and classes as in material.tif, row-major, columns * rows long. Borrowed.
struct ViewPlanes {
  int columns = 0, rows = 0;
  std::span<const std::uint16_t> high, low;
  std::span<const std::uint8_t> material;
};
struct DecidedImage {
  int columns = 0, rows = 0;
  std::vector<std::uint32_t> argb;  ///< 0xFFRRGGBB
};

/// The part that was in sight (where nothing is said of it, or the whole vehicle was: all), a pixel
/// for each image pixel, on the light ground; "both" has the standard image above the material one.
/// The screen works enhancements out at its own magnification, so that it differs there in detail.
/// Integers and the project's own tables only: the same planes and view give the same bytes on
/// every machine. Fails with kInvalidInput where the planes are not of one size, or the part lies
/// outside. Pure.
core::Result<DecidedImage> draw_decided(const ViewPlanes& planes, const core::DecidedView& view);

}  // namespace portcullis::imaging
