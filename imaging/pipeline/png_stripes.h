#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/result.h"

namespace portcullis::imaging {

/// A PNG of 24-bit colour whose stripes of rows are compressed on their own, so that a preview of
/// twenty million pixels takes all cores (a full flush lets stripes stand one behind the other in
/// one stream: RFC 1950, 1951; PNG: ISO/IEC 15948). Same pixels, same bytes (see deflate.h).
/// Fails with kInternal where deflate() refuses. Threading: compress() of different stripes on any
/// number of threads; assemble() after all of them.
class PngStripes final {
 public:
  static constexpr int kRows = 64;
  PngStripes(int columns, int rows);

  [[nodiscard]] std::size_t stripes() const { return stripes_.size(); }
  [[nodiscard]] int first_row(std::size_t stripe) const { return static_cast<int>(stripe) * kRows; }
  [[nodiscard]] int rows_of(std::size_t stripe) const;
  /// `argb`: 0xAARRGGBB, [rows_of(stripe)][columns]; alpha is left out.
  core::Status compress(std::size_t stripe, std::span<const std::uint32_t> argb);
  [[nodiscard]] std::string assemble() const;

 private:
  struct Stripe {
    std::string bytes;
    std::uint32_t adler = 1;
    std::size_t raw_bytes = 0;
  };
  int columns_, rows_;
  std::vector<Stripe> stripes_;
};

}  // namespace portcullis::imaging
