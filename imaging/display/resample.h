#pragma once

#include <cstdint>
#include <span>

namespace portcullis::imaging {

/// Bilinear resampling of 16-bit codes in whole numbers, first down, then across: a row of the
/// picture is blend_columns() of blend_rows(). Weights are of 256. The same bytes with every kind
/// of vectors. Threading: any. Real time: neither allocates.

/// out[i] = 256 * top[i] + weight * (bottom[i] - top[i]). All of `out`'s size; `weight` at most
/// 256.
void blend_rows(std::span<const std::uint16_t> top, std::span<const std::uint16_t> bottom,
                std::uint32_t weight, std::span<std::uint32_t> out);

/// out[i] lies between mixed[first[i]] and the next one, `weight[i]` of 256 from the first; rounded
/// to whole codes. `first` and `weight` are of `out`'s size, `mixed` at least two larger than the
/// largest of `first`, and of what blend_rows() makes.
void blend_columns(std::span<const std::uint32_t> mixed, std::span<const std::uint32_t> first,
                   std::span<const std::uint32_t> weight, std::span<std::uint16_t> out);

}  // namespace portcullis::imaging
