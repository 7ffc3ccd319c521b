#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace portcullis::imaging {

/// The median of a window about some of an image's pixels, the same numbers as a median filter of
/// the whole image (edges repeated outwards). A window's histogram is taken along from pixel to
/// pixel, so it costs two sides of the window for a step between wanted pixels and nothing where
/// none is wanted; a filter of the whole image costs some 30 such updates a pixel.
///
/// `codes`, `wanted`: [rows][columns]; `window`: odd, at least 1, the side in pixels. Returns
/// [rows][columns], 0 where `wanted` is 0. Threading: any thread, works on the calling one.
std::vector<std::uint8_t> sparse_median(std::span<const std::uint8_t> codes,
                                        std::span<const std::uint8_t> wanted, int columns, int rows,
                                        int window);

}  // namespace portcullis::imaging
