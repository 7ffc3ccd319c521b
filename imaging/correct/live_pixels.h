#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/geometry.h"

namespace portcullis::imaging {

/// Finds pixels that go bad while a scan runs, from blocks of its lines, each judged by itself and
/// those before it. Once bad, a pixel stays so for the scan.
///
/// - stuck: the same sample on 48 pulses or more while both neighbours change;
/// - dead: below 2 % of what it sees on either side, two blocks in a row;
/// - hot: above 1.3 of air while its neighbours are not, two blocks in a row;
/// - noisy: its difference to its neighbours jumps eight times as much as photons explain and as
///   is usual in its module, two blocks in a row, and as much from line to next line as over 16
///   lines: what a load does along x is smooth over the pixel's aperture;
/// - drifting: off its neighbours by more than 0.8 % in a block that is air nearly everywhere.
///
/// Threading: one thread at a time. Allocates only at construction.
class LivePixels final {
 public:
  struct Found {
    std::uint32_t stuck = 0, dead = 0, hot = 0, noisy = 0, drifting = 0;
    [[nodiscard]] std::uint32_t total() const { return stuck + dead + hot + noisy + drifting; }
  };
  /// `bad`: known before; neither judged nor used as neighbours.
  LivePixels(const core::ScannerGeometry& geometry, std::span<const std::uint8_t> bad);

  /// Raw samples of every line with beam whose modules are all there.
  void watch(std::span<const std::uint32_t> samples);
  /// Lines of one energy in order, [pixels] transmission each, before bad pixels are filled; fewer
  /// than 16 say nothing. True where a pixel has been added to bad().
  bool judge(std::span<const float* const> lines);

  [[nodiscard]] const std::vector<std::uint8_t>& bad() const { return bad_; }
  [[nodiscard]] const Found& found() const { return found_; }

 private:
  void measure(std::span<const float* const> lines);
  std::size_t per_module_;
  std::vector<std::uint8_t> bad_;
  std::vector<std::uint32_t> last_, run_;
  std::vector<std::uint8_t> suspect_;  ///< By what the block before held against it.
  // Of the block, [pixels].
  std::vector<float> mean_, below_, above_, off_, short_, long_, ratio_;
  std::vector<float> sorted_;
  Found found_;
};

}  // namespace portcullis::imaging
