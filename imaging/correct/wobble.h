#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/geometry.h"
#include "imaging/correct/line_ring.h"
#include "imaging/correct/parameters.h"
#include "imaging/correct/rise.h"
#include "imaging/correct/sway.h"
#include "imaging/correct/sway_side.h"

namespace portcullis::imaging {

/// Takes the boom's wobble out of the lines that the chain holds: where along the lane its sway
/// took each pixel (the loss of signal that comes with it is out already), then how far it had
/// risen. Both are learned from the lines themselves, so a line is done up to a second after it is
/// whole.
///
/// Ownership: borrows `ring`, which must outlive it. Threading: one thread at a time; works on
/// core::parallel_for.
class WobbleRemoval final {
 public:
  /// `height_share`, `bad`: [pixels], see CorrectionChain::height_share().
  WobbleRemoval(const core::ScannerGeometry& geometry, const CorrectionParameters& parameters,
                std::span<const float> height_share, std::span<const std::uint8_t> bad,
                LineRing& ring);

  /// Gives line n its sway with its side, from its loss of signal (HeldLine::level). In the order
  /// of lines.
  void follow_loss(std::uint64_t n);

  /// Lines before `whole` are all there, those before `first` are gone. Returns the line before
  /// which all are done; with `last_ones` that is `whole`.
  std::uint64_t advance(std::uint64_t whole, std::uint64_t first, bool last_ones);

  /// What line n shows where nothing wobbles, [pixels]; n as returned by advance() or before.
  [[nodiscard]] const float* line(std::uint64_t n) const { return &upright_values_[at(n)]; }

 private:
  [[nodiscard]] std::size_t at(std::uint64_t n) const {
    return (n % LineRing::kLines) * ring_.pixels();
  }
  float* upright_line(std::uint64_t n) { return &upright_values_[at(n)]; }
  float* still_line(std::uint64_t n) { return &still_values_[at(n)]; }
  void follow_edges(std::uint64_t n);
  void undo_sways(std::uint64_t end, std::uint64_t first);
  void undo_sway_of(std::uint64_t n, std::uint64_t first, float scale_mm);
  void undo_sways_again(std::uint64_t end, std::uint64_t first);
  void follow_rise();
  void undo_rises(std::uint64_t end, std::uint64_t first);
  void take_rises_out(std::uint64_t end, std::uint64_t first);

  LineRing& ring_;
  bool sway_on_, rise_on_;
  double mm_per_count_;
  std::vector<float> height_;
  SwaySide side_;
  SwayScale scale_;
  SwayParity parity_;
  std::vector<float> rise_gain_;
  std::vector<RiseTracker> rise_;  ///< High, low.
  std::size_t rise_reach_;
  std::vector<RiseSample> rise_window_;
  std::vector<float> upright_values_;  ///< The ring's lines with the sway undone,
  std::vector<float> still_values_;    ///< and the rise, each line alone.
  /// Lines that passed each step, never decreasing.
  std::uint64_t followed_ = 0, whole_ = 0, edged_ = 0, upright_ = 0, tracked_ = 0, stilled_ = 0,
                done_ = 0;
};

}  // namespace portcullis::imaging
