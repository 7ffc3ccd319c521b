#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/geometry.h"
#include "core/line.h"

namespace portcullis::imaging {

/// How far the boom's top stood above where it was, from one line of one energy against the lines
/// before it.
///
/// A boom that rises by r at its top takes a pixel of height share h up by r h, in pixels
/// d = r h cos(elevation) / (distance * pitch in angle): it then sees the share 1 - d of what it
/// saw and d of what its upper neighbour saw (pixels without gaps, each even over its aperture).
/// Per line r is the weighted least-squares answer to
///
///     T_n,i - R_i = r b_i + e T_i,      b_i = h_i k_i (R_(i+1) - R_i),  or (R_i - R_(i-1)), r < 0
///
/// R is what the pixel saw at r = 0, learned from the lines before (with the rise undone and a
/// memory of 60 lines), e a change of thickness over all the load, as in corrugated walls. A pixel
/// that differs from the model by more than the boom can have moved in one line sees another load:
/// it hardly counts, begins anew, and counts again after some lines. Only horizontal edges beyond
/// the noise of R say anything; without them the weight is 0. What was known before fades as a boom
/// moves (a random walk), so the estimate is that of a Kalman filter.
///
/// R begins where the boom stood when edges were first seen. It is drawn to the middle of its
/// motion by undoing a little less than the rise, of what is learned: with the share a left in, and
/// a memory of m lines, where R stands fades as exp(-a n / m), and a wave of w rad per line moves
/// it by no more than a / (m w) of itself.
///
/// Threading: one thread at a time. follow() does not allocate.
class RiseTracker final {
 public:
  RiseTracker(const core::ScannerGeometry& geometry, std::span<const float> height_share,
              std::span<const std::uint8_t> bad);

  struct Estimate {
    float rise_mm = 0;
    float weight = 0;  ///< 1 / variance, mm^-2.
  };
  /// The next measured line of this tracker's energy.
  Estimate follow(std::span<const float> transmission);

 private:
  std::vector<float> gain_;  ///< [pixels] h k, pixels per mm of rise at the top; 0 if bad.
  std::vector<float> reference_, trust_, age_, still_, learned_;
  float rise_mm_ = 0;
  double variance_mm2_ = 1;  ///< Of rise_mm_.
  bool begun_ = false;
};

/// Pixels of shift for each mm of rise at the boom's top: h cos(elevation) / (distance * pitch).
std::vector<float> rise_gain_px_mm(const core::ScannerGeometry& geometry,
                                   std::span<const float> height_share);

/// One line's estimate as kept for smoothing.
struct RiseSample {
  float rise_mm = 0;
  float weight = 0;  ///< 0: not measured.
  core::Energy energy = core::Energy::kNone;
};

/// The rise at `window[centre]`: estimates of either energy less their own mean over `reach` lines
/// before and after (a triangle, so what is slower than about 1 / reach is taken as load, not as
/// boom), then averaged over 8 lines before and after.
float high_passed_rise(std::span<const RiseSample> window, std::size_t centre, std::size_t reach);

/// Undoes a rise: solves T_i = (1 - d_i) x_i + d_i x_(i+1) (upward) from the top down, or the
/// mirror image. In place; `gain`: rise_gain_px_mm().
void undo_rise(std::span<const float> gain, float rise_mm, std::span<float> transmission);

/// The same with less noise. Undoing a shift near half a pixel multiplies noise, and only at
/// horizontal edges is there anything to undo. So the edges are taken from the mean of several
/// lines: T_i - d_i (mean x_(i+1) - mean x_i). Where undo_rise() says otherwise of the line alone
/// by more than three standard deviations of its noise, an edge begins or ends there and it is
/// believed as far as it goes beyond that.
/// `still`: lines of this one's energy around it, each after undo_rise(), `still[own]` the line
/// itself. In place: `transmission` with the rise in it. Does not allocate after a thread's first
/// call.
void take_rise_out(std::span<const float> gain, float rise_mm, std::span<const float* const> still,
                   std::size_t own, std::span<float> transmission);

}  // namespace portcullis::imaging
