#pragma once

#include <cstdint>
#include <span>

#include "imaging/display/render.h"

namespace portcullis::imaging {

/// Views of a region for the screen: pure functions from the 16-bit planes (codes as in
/// imaging/display/quantise.h) to 8-bit gray, 255 light. The planes stay untouched.
///
/// `codes`, `material` and `gray` are row-major, columns * rows long. A region that is part of a
/// larger image should carry the stated halo around what is shown, so that tiles join without
/// seams. Thread-safe; each call allocates its own scratch.

/// Window and level: same as render_standard().
void window_level(std::span<const std::uint16_t> codes, const Window& window,
                  std::span<std::uint8_t> gray);

/// Light and dark exchanged.
void inverse(std::span<std::uint8_t> gray);

/// The thick end spread over the whole range of gray (attenuation 3 to 10): what stands behind
/// much material.
Window high_penetration_window();
/// The thin end (attenuation 0 to 1): textiles, paper, plastics, false bottoms.
Window low_penetration_window();

/// Edges sharpened: unsharp mask on the attenuation (so that an edge behind steel counts as much
/// as one in air), then `window`. `strength` 0 to 3; halo kEdgeHalo_px. `noise_floor` (attenuation)
/// keeps air and flat fields quiet: differences below it are not raised.
inline constexpr int kEdgeHalo_px = 6;
void edges(std::span<const std::uint16_t> codes, int columns, int rows, const Window& window,
           float strength, std::span<std::uint8_t> gray, float noise_floor = 0.02F);

/// Local contrast: contrast-limited adaptive equalisation (CLAHE) of the windowed gray, over tiles
/// of `tile_px` (at least 16). Works on the whole region given: give it the visible region with a
/// halo of one tile. `clip` 1 (none) to 8.
void local_contrast(std::span<const std::uint16_t> codes, int columns, int rows,
                    const Window& window, int tile_px, float clip, std::span<std::uint8_t> gray);

/// Organic strip: goods that are organic, too thin or unknown are taken away (drawn light, their
/// steps kept at a tenth), metal and inorganic stay. The screen's "Metal" view.
void organic_strip(std::span<const std::uint16_t> codes, std::span<const std::uint8_t> material,
                   const Window& window, std::span<std::uint8_t> gray);
/// Metal strip: metal, heavy metal and what is too thick are taken away; organic and light
/// inorganic stay. The screen's "Organic" view.
void metal_strip(std::span<const std::uint16_t> codes, std::span<const std::uint8_t> material,
                 const Window& window, std::span<std::uint8_t> gray);

}  // namespace portcullis::imaging
