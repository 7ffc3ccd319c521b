#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/geometry.h"

namespace portcullis::imaging {

/// Finds pixels that go bad while a scan runs, from blocks of its lines, each judged by itself and
/// those before it. Once bad, a pixel stays so for the scan. What a load does must never be taken
/// for a bad pixel: it would be drawn over. So a pixel is bad only by what no load can do.
///
/// - stuck: the same sample on 48 pulses or more while both neighbours change;
/// - dead: nothing at all between two bright neighbours, at both energies, two blocks in a row. A
///   pixel behind a plate seen edge-on still has its neighbours' light by cross-talk: dead is below
///   0.4 of that. Where cross-talk is not known, dead is what went dark from one line to the next
///   (a load's edge takes as long as the aperture is wide), or was so in air when the scan began;
/// - hot: above 1.3 of air while its neighbours are not, two blocks in a row;
/// - noisy: its difference to its neighbours jumps eight times as much as photons explain and as
///   is usual in its module, in two blocks, as much from line to next line as over 16 lines, the
///   mean stays what the neighbours see, and the energies, in turn, do not see the same: what a
///   load does darkens, is smooth over the pixel's aperture and alike at both;
/// - drifting: off its neighbours by more than 0.8 %, by the same share at both energies, in every
///   block since the scan began, all of them air; what comes later may be a rope or a wire.
///
/// Threading: one thread at a time. Allocates only at construction.
class LivePixels final {
 public:
  struct Found {
    std::uint32_t stuck = 0, dead = 0, hot = 0, noisy = 0, drifting = 0;
    [[nodiscard]] std::uint32_t total() const { return stuck + dead + hot + noisy + drifting; }
  };
  /// `bad`: known before; neither judged nor used as neighbours. `cross_talk`: share of a pixel's
  /// light that each neighbour in its module gets; 0 not known.
  LivePixels(const core::ScannerGeometry& geometry, std::span<const std::uint8_t> bad,
             double cross_talk);

  /// Raw samples of every line with beam whose modules are all there.
  void watch(std::span<const std::uint32_t> samples);
  /// The block's lines of each energy in order, [pixels] transmission each, before bad pixels are
  /// filled and cross-talk is undone; fewer than 24 of either say nothing. True where a pixel has
  /// been added to bad().
  bool judge(std::span<const float* const> high, std::span<const float* const> low);

  [[nodiscard]] const std::vector<std::uint8_t>& bad() const { return bad_; }
  [[nodiscard]] const Found& found() const { return found_; }

 private:
  enum Suspicion : std::uint8_t { kClean, kDead, kHot, kNoise };
  /// Of one energy's lines of a block, [pixels].
  struct Block {
    std::vector<float> mean, off, jumps;
  };
  void measure(std::span<const float* const> lines, Block& block) const;
  void measure_high(std::span<const float* const> high);
  [[nodiscard]] bool in_air() const;
  [[nodiscard]] bool nothing_seen(const Block& block, std::size_t pixel) const;
  [[nodiscard]] bool went_out_at_once(std::span<const float* const> high, std::size_t pixel) const;
  [[nodiscard]] static bool even_noise(const Block& block, std::size_t pixel);
  [[nodiscard]] bool energies_agree(std::span<const float* const> high,
                                    std::span<const float* const> low, std::size_t pixel) const;
  Suspicion suspicion(std::span<const float* const> high, std::span<const float* const> low,
                      std::size_t pixel, float usual) const;
  [[nodiscard]] bool drifts(std::size_t pixel) const;
  void condemn(std::size_t pixel, bool stuck, Suspicion why);

  std::size_t per_module_;
  float cross_talk_;
  std::vector<std::uint8_t> bad_;
  std::vector<std::uint32_t> last_, run_;
  std::vector<std::uint8_t> suspect_;   ///< By what the block before held against it.
  std::vector<std::uint8_t> went_out_;  ///< Dark now, and it came at once or in air.
  std::vector<std::uint8_t> off_since_start_;
  std::vector<std::uint32_t> noisy_blocks_;
  std::vector<float> last_share_;  ///< Of its neighbours, on the last line of the block before.
  bool first_ = true, air_since_start_ = true;
  Block high_, low_;
  std::vector<float> long_, ratio_;
  std::vector<float> sorted_;
  Found found_;
};

}  // namespace portcullis::imaging
