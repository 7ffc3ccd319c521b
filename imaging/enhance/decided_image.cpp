#include "imaging/enhance/decided_image.h"

#include <fmt/format.h>

#include <algorithm>

#include "imaging/enhance/enhance.h"

namespace portcullis::imaging {
namespace {

constexpr int kPalettes = 4;

Window window_of_view(const core::DecidedView& view) {
  return {static_cast<float>(view.window_lo), static_cast<float>(view.window_hi),
          static_cast<float>(view.power)};
}

/// One picture of the whole scan, as the screen's chain makes it: noise, grey, inverse, colours,
/// marks.
std::vector<std::uint32_t> draw_mode(const ViewPlanes& planes, const core::DecidedView& view,
                                     std::string_view mode) {
  const Window window = window_of_view(view);
  std::span<const std::uint16_t> codes = view.low_energy ? planes.low : planes.high;
  std::vector<std::uint16_t> quiet;
  if (view.denoise) {
    quiet.resize(codes.size());
    denoise(codes, planes.columns, planes.rows, kViewDenoiseStrength, quiet);
    codes = quiet;
  }
  std::vector<std::uint32_t> argb(codes.size());
  if (mode == "material") {
    MaterialView material;
    material.window = window;
    render_material(codes, planes.material, planes.columns, planes.rows, material, argb);
  } else {
    std::vector<std::uint8_t> gray(codes.size());
    if (mode == "metal")
      organic_strip(codes, planes.material, window, gray);
    else if (mode == "organic")
      metal_strip(codes, planes.material, window, gray);
    else if (view.local)
      local_contrast(codes, planes.columns, planes.rows, window, kViewContrastTile_px,
                     kViewContrastClip, gray);
    else if (view.edges)
      edges(codes, planes.columns, planes.rows, window, kViewEdgeStrength, gray);
    else
      render_standard(codes, window, gray);
    if (view.inverse) inverse(gray);
    if (view.palette >= 0)
      pseudo_colour(gray, static_cast<Palette>(view.palette), argb);
    else
      gray_to_argb(gray, kAirLight_argb, argb);
  }
  if (view.heavy_mark) mark_heavy_metal(planes.material, planes.columns, planes.rows, {}, argb);
  return argb;
}

}  // namespace

core::Result<DecidedImage> draw_decided(const ViewPlanes& planes, const core::DecidedView& view) {
  const auto wrong = [](std::string why) {
    return core::Error{core::ErrorCode::kInvalidInput, "decided view: " + std::move(why)};
  };
  if (planes.columns <= 0 || planes.rows <= 0) return wrong("the image has no pixels");
  const auto count =
      static_cast<std::size_t>(planes.columns) * static_cast<std::size_t>(planes.rows);
  if (planes.high.size() != count || planes.low.size() != count || planes.material.size() != count)
    return wrong(fmt::format("the planes have {}, {} and {} pixels, not {}", planes.high.size(),
                             planes.low.size(), planes.material.size(), count));
  if (view.palette >= kPalettes) return wrong(fmt::format("palette {} is not known", view.palette));
  core::PixelBox part{0, 0, planes.columns, planes.rows};
  if (!view.fitted && view.part.w > 0 && view.part.h > 0) {
    const int x = std::max(0, view.part.x), y = std::max(0, view.part.y);
    part = {x, y, std::min(planes.columns, view.part.x + view.part.w) - x,
            std::min(planes.rows, view.part.y + view.part.h) - y};
    if (part.w <= 0 || part.h <= 0) return wrong("what was in sight lies beside the image");
  }
  std::vector<std::string_view> modes{view.mode};
  if (view.mode == "both") modes = {"standard", "material"};
  DecidedImage image{part.w, part.h * static_cast<int>(modes.size()), {}};
  image.argb.reserve(static_cast<std::size_t>(image.columns) *
                     static_cast<std::size_t>(image.rows));
  for (const auto mode : modes) {
    const auto whole = draw_mode(planes, view, mode);
    for (int row = part.y; row < part.y + part.h; ++row) {
      const auto first = whole.begin() + static_cast<std::ptrdiff_t>(row) * planes.columns + part.x;
      image.argb.insert(image.argb.end(), first, first + part.w);
    }
  }
  return image;
}

}  // namespace portcullis::imaging
