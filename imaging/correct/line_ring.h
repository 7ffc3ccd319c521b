#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/line.h"
#include "imaging/correct/chain.h"
#include "imaging/correct/line_level.h"
#include "imaging/correct/rise.h"

namespace portcullis::imaging {

/// One pulse on its way through the chain.
struct HeldLine {
  core::LineHeader header;
  std::bitset<core::kModulesMax> present, filled;
  LineState state = LineState::kMissing;
  bool has_data = false;  ///< Samples came.
  bool beamless = false;  ///< No beam at all: what it shows is dark and afterglow.
  std::size_t bad_version = 0;
  double x_counts = 0;
  double dose_share = 1;  ///< What the line is divided by.
  double dose_seen = 0;   ///< Dose by the reference, of the air frame's, whatever the switches say.
  float air_level = 0;
  LineLevel level;
  float sway = 0;     ///< In beam widths, with its side.
  float sway_mm = 0;  ///< At the boom's top, by which the line was brought upright.
  RiseSample rise;
  float rise_mm = 0;
  std::vector<std::uint32_t> full_scale;  ///< Pixels, not of the bad ones, that could show no more.
};

/// The lines that the chain holds, by their number since the scan's first. A place is taken again
/// kLines later: room for the lag, two blocks, and the windows that look behind.
/// Threading: different lines may be worked on at once.
class LineRing final {
 public:
  static constexpr std::size_t kLines = 1024;

  explicit LineRing(std::size_t pixels)
      : pixels_(pixels), slots_(kLines), values_(kLines * pixels) {}

  [[nodiscard]] std::size_t pixels() const { return pixels_; }
  HeldLine& slot(std::uint64_t n) { return slots_[n % kLines]; }
  /// [pixels] Counts, then transmission, of line n.
  float* values(std::uint64_t n) { return &values_[(n % kLines) * pixels_]; }

 private:
  std::size_t pixels_;
  std::vector<HeldLine> slots_;
  std::vector<float> values_;
};

}  // namespace portcullis::imaging
