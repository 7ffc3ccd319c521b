#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/geometry.h"

namespace portcullis::imaging {

/// The boom's sway in widths of the beam (sigma), from the signal it loses: q = u^2 / 2 gives the
/// size; the side is followed through the zeros, where the sway passes with a steady speed. Which
/// side is positive stays open: it is whatever the first line is taken for.
///
/// Threading: one thread at a time. Does not allocate.
class SwaySide final {
 public:
  /// The next pulse's loss at the boom's top (LineLevel::sway).
  float follow(float loss);

 private:
  float sway_ = 0, slope_ = 0;
};

/// What a sway of one beam width moves the boom's top along x, as seen in the load, in mm, its sign
/// telling the side: from vertical edges of the load. A swayed boom is a leaning one, so an upright
/// edge comes upon a pixel of height share h early or late by scale * h * u. Edges that lean
/// themselves do so without regard to the boom, and cancel.
///
/// Per edge: the places where modules see it (the middle of their change of transmission within 12
/// lines), a straight line through them over h; its slope against u, over the edges so far (older
/// ones fade), gives the scale.
///
/// Threading: one thread at a time. Allocates at construction only.
class SwayScale final {
 public:
  SwayScale(const core::ScannerGeometry& geometry, std::span<const float> height_share);

  /// The next measured line of one energy.
  void observe(double x_mm, float sway, std::span<const float> transmission);
  /// mm at the boom's top for sway 1; 0 before edges have shown it.
  [[nodiscard]] float scale_mm() const;
  [[nodiscard]] std::uint32_t edges() const { return edges_; }

 private:
  struct Line {
    double x_mm = 0;
    float sway = 0;
    std::vector<float> modules;
  };
  void judge();
  std::size_t per_module_;
  std::vector<float> height_;  ///< [modules]
  std::vector<Line> ring_;     ///< The latest lines, kWindow of them.
  std::size_t lines_ = 0;
  double product_ = 0, square_ = 0;
  std::uint32_t edges_ = 0;
};

/// One line as the moved boom saw it: `sway` in mm at the boom's top.
struct SwayedLine {
  double x_mm = 0;
  float sway_mm = 0;
  const float* transmission = nullptr;
};
/// What line `lines[centre]` would have seen with the boom upright: cubic through four lines of its
/// energy (two where there are no more), each pixel of each line standing where its sway took it.
void undo_sway(std::span<const SwayedLine> lines, std::size_t centre,
               std::span<const float> height_share, std::span<float> upright);

}  // namespace portcullis::imaging
