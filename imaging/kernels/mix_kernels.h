#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace portcullis::imaging::kernels {

// Inner loops that make one line of pixels out of several, on the machine's vectors; the rules are
// those of line_kernels.h. Nothing is added across lanes; the largest of some lanes is taken, which
// is the same in any order.
//
// All pure, thread-safe, allocation-free. Lines are as long as the output unless stated.

/// sum[i] = weights[0] * lines[0][i] + weights[1] * lines[1][i] + ..., from 0 on, in this order.
void mix_lines(std::span<const float* const> lines, std::span<const float> weights,
               std::span<float> sum);
/// sum[i] = (lines[0][i] + lines[1][i] + ...) * factor, from 0 on, in this order.
void add_lines(std::span<const float* const> lines, float factor, std::span<float> sum);

/// A line whose weight goes straight over its pixels.
struct SlopedLine {
  const float* values = nullptr;
  float start = 0, slope = 0;  ///< Weight of pixel i: start + slope * i.
};
/// sum[i] = weight of pixel i * values[i] over the lines, from 0 on, in this order.
void mix_sloped_lines(std::span<const SlopedLine> lines, std::span<float> sum);

/// The largest of: a pixel's largest value over the lines less its smallest one, over the first
/// `count` pixels; at least 0.
float widest_range(std::span<const float* const> lines, std::size_t count);

inline constexpr std::size_t kChangeBeside = 4;
/// Variance of a line is photon * max(value, 0) + least. A change counts beyond `even` standard
/// deviations in the mean over the pixels beside, and beyond `alone` in the pixel alone.
struct ChangeNoise {
  float photon = 0, least = 0, even = 0, alone = 0;
};
/// out[i] = line[i] + m + p, of a change whose noise has `spread` times the line's variance:
/// a = mean of change[i] to change[i + 2 * kChangeBeside] (the middle one is pixel i's),
/// v = spread * (photon * max(line[i], 0) + least), m = a * max(0, a^2 - even^2 v / (2 *
/// kChangeBeside + 1)) / (a^2 + 1e-20), b = the pixel's change - m, p = b * max(0, b^2 - alone^2
/// v) / (b^2 + 1e-20).
void keep_change(std::span<const float> line, const float* change, float spread,
                 const ChangeNoise& noise, std::span<float> out);

inline constexpr std::size_t kTileLines = 16;
/// Rows made of pixels for kTileLines lines side by side: rows[r * stride + c] = sum over the taps
/// k of row r, in order, of weight[k] * pixels[index[k] * kTileLines + c], for c below `lines`.
/// Taps of row r are [first[r], first[r + 1]).
void mix_tile(std::span<const std::uint32_t> first, std::span<const std::uint32_t> index,
              std::span<const float> weight, std::span<const float> pixels, std::size_t lines,
              float* rows, std::size_t stride);

/// out[i] = sum over j, in order, of load[j] * kernel[i - j + n - 1]; load and out have n values,
/// the kernel, whose middle is at n - 1, has 2 n - 1.
void spread(std::span<const float> load, std::span<const float> kernel, std::span<float> out);

inline constexpr std::size_t kOwnLines = 5, kOtherLines = 4;
/// What both energies say of an edge (imaging/correct/sway.h): weights at a piece of the array.
struct EdgeWeights {
  std::array<std::array<float, kOwnLines>, kOtherLines> own_at_other{};
  std::array<std::array<float, kOtherLines>, 3> other_at_own{};  ///< At the three in the middle.
  std::array<float, kOwnLines> own_start{}, own_slope{};         ///< Of the result.
  std::array<float, kOtherLines> other_start{}, other_slope{};
};
/// A slope counts between the two limits, as far as the variance it comes from is beyond `noise`.
struct EdgeTrust {
  float slope_min = 0, slope_max = 0, noise = 0;
};
/// The lines at a pixel, four of the other energy between five of the own one.
struct EdgeLines {
  std::array<const float*, kOwnLines> own{};
  std::array<const float*, kOtherLines> other{};
};
/// Draws out[i], the own energy's answer, to that of both. `along`: pixels from where the weights
/// start to the first one. With h the own lines at the pixel and l the others: x = l, then the
/// three of l at the own lines' places; y = the four of h at the others' places, then h[1] to h[3];
/// slope and means of y over x by least squares; the answer is the weights' sum of h[1] to h[3] and
/// of mean y + slope * (l[j] - mean x), j 1 and 2.
void follow_edge(const EdgeLines& lines, const EdgeWeights& weights, const EdgeTrust& trust,
                 float along, std::span<float> out);

}  // namespace portcullis::imaging::kernels
