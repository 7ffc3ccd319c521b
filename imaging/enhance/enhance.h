#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "imaging/display/render.h"

namespace portcullis::imaging {

/// Views of a region for the screen: pure functions from the 16-bit planes (codes as in
/// imaging/display/quantise.h) to 8-bit gray, 255 light. The planes stay untouched.
///
/// `codes`, `material` and `gray` are row-major, columns * rows long.
///
/// Region-exact: a region taken alone with the stated halo around it gives, inside the halo, the
/// same bytes as the same place of the whole picture (integers all the way, no running sums of
/// floats), so tiles join without seams. At the picture's border the outermost pixel goes on.
///
/// Each takes less than a frame (16 ms) for 1,600 x 900 pixels on one core (bench/bench_enhance).
/// Thread-safe; each call allocates its own scratch.

/// Window and level: same as render_standard(). Halo 0.
void window_level(std::span<const std::uint16_t> codes, const Window& window,
                  std::span<std::uint8_t> gray);

/// Light and dark exchanged.
void inverse(std::span<std::uint8_t> gray);

/// Even steps of attenuation over its whole range: the plain logarithm.
Window log_window();
/// The thick end spread over the whole range of gray (attenuation 3 to 10): what stands behind
/// much material.
Window high_penetration_window();
/// The thin end (attenuation 0 to 1): textiles, paper, plastics, false bottoms.
Window low_penetration_window();

/// Edges sharpened: unsharp mask on the attenuation (so that an edge behind steel counts as much
/// as one in air), then `window`. The mask is the difference of two binomial filters (sigma 0.7 and
/// 2.2 pixels). `strength` 0 to 3; halo kEdgeHalo_px. `noise_floor` (attenuation, in air; it grows
/// with thickness as photon noise does) keeps air and flat fields quiet: differences below it are
/// not raised.
inline constexpr int kEdgeHalo_px = 6;
void edges(std::span<const std::uint16_t> codes, int columns, int rows, const Window& window,
           float strength, std::span<std::uint8_t> gray, float noise_floor = 0.02F);

/// Where a region's first pixel lies in the picture.
struct RegionOrigin {
  int x = 0;
  int y = 0;
};
/// Local contrast: contrast-limited adaptive equalisation (CLAHE; K. Zuiderveld, Graphics Gems IV,
/// 1994) of the windowed gray over tiles of `tile_px` (at least 16) that are counted from the
/// picture's corner. `clip` 1 (none) to 8: contrast is raised by at most clip + 1. Halo
/// local_contrast_halo_px(tile_px).
void local_contrast(std::span<const std::uint16_t> codes, int columns, int rows,
                    const Window& window, int tile_px, float clip, std::span<std::uint8_t> gray,
                    RegionOrigin origin = {});
constexpr int local_contrast_halo_px(int tile_px) {
  return 2 * (tile_px < 16 ? 16 : tile_px);
}

/// Organic strip: goods that are organic, too thin or unknown are taken away (drawn light, their
/// steps kept at a tenth), metal and inorganic stay. The screen's "Metal" view. Halo 0.
void organic_strip(std::span<const std::uint16_t> codes, std::span<const std::uint8_t> material,
                   const Window& window, std::span<std::uint8_t> gray);
/// Metal strip: metal, heavy metal and what is too thick are taken away; organic and light
/// inorganic stay. The screen's "Organic" view. Halo 0.
void metal_strip(std::span<const std::uint16_t> codes, std::span<const std::uint8_t> material,
                 const Window& window, std::span<std::uint8_t> gray);

/// Hatches what is heavy metal (class 4) in violet and white, over whatever view `argb` holds, so
/// that it is found in any of them. `origin`: where the region's first pixel lies on the screen; it
/// keeps the hatching in step from tile to tile. Halo 0.
void mark_heavy_metal(std::span<const std::uint8_t> material, int columns, int rows,
                      RegionOrigin origin, std::span<std::uint32_t> argb);

/// Noise taken down, edges kept: each pixel becomes the mean of those of its 5 x 5 neighbours that
/// differ from it by at most 2 sigma (sigma filter; J. S. Lee, CVGIP 24, 1983). Sigma is that of
/// photons, `air_noise` in air (of the transmission, one pixel) and growing with the root of the
/// attenuated signal, times `strength` (0 to 3). A small dense object stands out by more and is
/// left as it is. `out` codes again; halo kDenoiseHalo_px.
inline constexpr int kDenoiseHalo_px = 2;
void denoise(std::span<const std::uint16_t> codes, int columns, int rows, float strength,
             std::span<std::uint16_t> out, float air_noise = 0.004F);

/// Gray as colours. All but the rainbow get lighter with gray throughout, so that light still
/// means thin.
enum class Palette : std::uint8_t {
  kHotMetal,   ///< Black, red, yellow, white.
  kIce,        ///< Black, blue, cyan, white.
  kCubeHelix,  ///< All hues, evenly lighter (D. A. Green, BASI 39, 2011).
  kRainbow,    ///< Violet for dark to red for light: most steps, no order of lightness.
};
/// 0xFFRRGGBB by gray.
std::array<std::uint32_t, 256> palette_colours(Palette palette);
void pseudo_colour(std::span<const std::uint8_t> gray, Palette palette,
                   std::span<std::uint32_t> argb);

}  // namespace portcullis::imaging
