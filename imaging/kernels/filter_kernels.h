#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace portcullis::imaging::kernels {

// Neighbourhood filters of 16-bit planes, in integers (Highway, see line_kernels.h): a pixel
// depends on its neighbourhood alone, so a region gives the same bytes as the whole. Planes are
// row-major, columns * rows; at the border the outermost pixel goes on. Each call allocates its
// scratch; thread-safe.

/// Both filters of unsharp(), separable binomials: [1 2 1] / 4 (sigma 0.7), and [1 4 6 4 1] / 16
/// twice, the second time with its taps two pixels apart (sigma 2.2).
inline constexpr int kBinomialWideReach = 6;
/// out = in + gain * d, d = narrow - wide, brought towards zero by floor_codes[in / 16]; rounded
/// and clipped to 16 bits. `floor_codes`: [4096].
void unsharp(std::span<const std::uint16_t> in, std::size_t columns, std::size_t rows, float gain,
             std::span<const float> floor_codes, std::span<std::uint16_t> out);

inline constexpr int kSigmaReach = 2;
/// So that 24 differences fit 16 bits.
inline constexpr std::uint16_t kSigmaReachCodes = 1300;
/// out = mean, rounded, of those of the 5 x 5 neighbours that differ from the pixel by at most
/// reach[in / 16]. `reach`: [4096], at most kSigmaReachCodes (asserted).
void sigma_filter(std::span<const std::uint16_t> in, std::size_t columns, std::size_t rows,
                  std::span<const std::uint16_t> reach, std::span<std::uint16_t> out);

}  // namespace portcullis::imaging::kernels
