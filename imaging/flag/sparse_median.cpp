#include "imaging/flag/sparse_median.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <cstring>

#include "core/assert.h"

namespace portcullis::imaging {

namespace {

/// Columns walked at once, row by row: wanted pixels come in patches, and the next row's part of a
/// patch is then near.
constexpr int kStrip = 96;

/// The image with its edges repeated half a window outwards.
struct PaddedCodes {
  PaddedCodes(std::span<const std::uint8_t> codes, int columns, int rows, int half)
      : stride(static_cast<std::size_t>(columns) + 2 * static_cast<std::size_t>(half)),
        values(stride * (static_cast<std::size_t>(rows) + 2 * static_cast<std::size_t>(half))) {
    const auto width = static_cast<std::size_t>(columns);
    const auto pad = static_cast<std::size_t>(half);
    for (int r = -half; r < rows + half; ++r) {
      const std::uint8_t* in = &codes[static_cast<std::size_t>(std::clamp(r, 0, rows - 1)) * width];
      std::uint8_t* out = &values[static_cast<std::size_t>(r + half) * stride];
      std::memset(out, in[0], pad);
      std::memcpy(out + pad, in, width);
      std::memset(out + pad + width, in[width - 1], pad);
    }
  }
  std::size_t stride;
  std::vector<std::uint8_t> values;
};

/// The histogram of a window that moves over the padded image. Window (c, r) covers columns c to
/// c + window - 1 of it, and the same of rows.
class MovingHistogram {
 public:
  MovingHistogram(const PaddedCodes& codes, int window) : codes_(codes), window_(window) {}

  void move_to(int c, int r) {
    if (!there_ || std::abs(c - c_) + std::abs(r - r_) > window_ / 2) {
      fill(c, r);
      return;
    }
    for (; c_ < c; ++c_) step<false>(c_ + window_, r_, c_, r_);
    for (; c_ > c; --c_) step<false>(c_ - 1, r_, c_ + window_ - 1, r_);
    for (; r_ < r; ++r_) step<true>(c_, r_ + window_, c_, r_);
    for (; r_ > r; --r_) step<true>(c_, r_ - 1, c_, r_ + window_ - 1);
  }

  /// The value that half of the window, an odd number of pixels, lies below.
  std::uint8_t median() {
    const int half = window_ * window_ / 2;
    while (below_ > half) below_ -= at(--middle_);
    while (below_ + at(middle_) <= half) below_ += at(middle_++);
    return static_cast<std::uint8_t>(middle_);
  }

 private:
  /// Neighbours are alike: counts of one value stand in four places, so that the next one need not
  /// wait for the one before.
  static constexpr std::size_t kParts = 4;

  [[nodiscard]] const std::uint8_t* codes_at(int c, int r) const {
    return &codes_
                .values[static_cast<std::size_t>(r) * codes_.stride + static_cast<std::size_t>(c)];
  }
  [[nodiscard]] int at(int value) const {
    const auto v = static_cast<std::size_t>(value);
    return counts_[0][v] + counts_[1][v] + counts_[2][v] + counts_[3][v];
  }

  void fill(int c, int r) {
    c_ = c;
    r_ = r;
    there_ = true;
    for (auto& part : counts_) part.fill(0);
    for (int y = r; y < r + window_; ++y) {
      const std::uint8_t* in = codes_at(c, y);
      for (int x = 0; x < window_; ++x) ++counts_[static_cast<std::size_t>(x) % kParts][in[x]];
    }
    middle_ = 0;
    below_ = 0;
  }

  /// Takes in the row or column of the window's side that begins at (in_c, in_r), and out the
  /// other.
  template <bool kRow>
  void step(int in_c, int in_r, int out_c, int out_r) {
    const std::uint8_t* in = codes_at(in_c, in_r);
    const std::uint8_t* out = codes_at(out_c, out_r);
    const std::size_t stride = kRow ? 1 : codes_.stride;
    const int middle = middle_;
    int below = below_;
    for (int i = 0; i < window_; ++i) {
      auto& counts = counts_[static_cast<std::size_t>(i) % kParts];
      const std::uint8_t come = *in;
      const std::uint8_t gone = *out;
      ++counts[come];
      --counts[gone];
      below += (come < middle ? 1 : 0) - (gone < middle ? 1 : 0);
      in += stride;
      out += stride;
    }
    below_ = below;
  }

  const PaddedCodes& codes_;
  int window_;
  int c_ = 0, r_ = 0;
  bool there_ = false;
  std::array<std::array<int, 256>, kParts> counts_{};  ///< A part alone may be below 0.
  int middle_ = 0;
  int below_ = 0;  ///< Pixels of the window below `middle_`.
};

}  // namespace

std::vector<std::uint8_t> sparse_median(std::span<const std::uint8_t> codes,
                                        std::span<const std::uint8_t> wanted, int columns, int rows,
                                        int window) {
  const auto width = static_cast<std::size_t>(columns);
  PC_ASSERT(columns > 0 && rows > 0 && window % 2 == 1);
  PC_ASSERT(codes.size() == width * static_cast<std::size_t>(rows) &&
            wanted.size() == codes.size());
  const PaddedCodes padded(codes, columns, rows, window / 2);
  MovingHistogram histogram(padded, window);
  std::vector<std::uint8_t> out(codes.size(), 0);
  for (int strip = 0; strip < columns; strip += kStrip) {
    const int end = std::min(columns, strip + kStrip);
    bool back = false;  // to and fro: no way back at the end of a row
    for (int r = 0; r < rows; ++r) {
      const std::size_t row = static_cast<std::size_t>(r) * width;
      const std::uint8_t* first = &wanted[row] + strip;
      if (std::all_of(first, first + (end - strip), [](std::uint8_t w) { return w == 0; }))
        continue;
      for (int i = strip; i < end; ++i) {
        const int c = back ? end - 1 - (i - strip) : i;
        const std::size_t k = row + static_cast<std::size_t>(c);
        if (wanted[k] == 0) continue;
        histogram.move_to(c, r);
        out[k] = histogram.median();
      }
      back = !back;
    }
  }
  return out;
}

}  // namespace portcullis::imaging
