#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/geometry.h"

namespace portcullis::imaging {

/// An upright edge at pulse `line`: its lean in mm over the boom's height, the sway there, and what
/// it is worth, 0 to 1; 0 where there was none.
struct SwayEdge {
  std::uint64_t line = 0;
  double lean_mm = 0, sway = 0, weight = 0;
  [[nodiscard]] double product() const { return -weight * lean_mm * sway; }
  [[nodiscard]] double square() const { return weight * sway * sway; }
};

/// Corrects mistaken changes of side by the load's upright edges: where the edges since a judgement
/// lean against what the scale says by twice what edges lean on their own, one of the
/// judgements since edges last agreed was wrong, and the most doubtful one is taken for it.
///
/// Threading: one thread at a time. Allocates at construction only.
class SwayParity final {
 public:
  SwayParity() { judgements_.reserve(kKept); }
  /// Whether sides changed at pulse `line` was judged, with what doubt.
  void judged(std::uint64_t line, float doubt);
  struct Turn {
    std::uint64_t from = 0;  ///< Pulse from which on all are on the other side; 0: none is.
    double product = 0;      ///< What the edges showed that said so.
  };
  Turn edge(const SwayEdge& edge);

 private:
  static constexpr std::size_t kKept = 32;
  struct Judged {
    std::uint64_t line = 0;
    float doubt = 0;
  };
  std::vector<Judged> judgements_;  ///< Since edges last agreed, the oldest first.
  std::uint64_t since_ = 0;         ///< The judgement that the sums below stand behind.
  double product_ = 0, square_ = 0;
  double sizes_ = 0, squares_ = 0;          ///< Of all edges, fading: the scale's size.
  double lean_rest_ = 0, lean_weight_ = 0;  ///< Of edges against it.
  double side_ = 0;                         ///< The scale's sign, once known.
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

  /// The next measured line of one energy, pulse `number`; the edge in the middle of the latest.
  SwayEdge observe(std::uint64_t number, double x_mm, float sway,
                   std::span<const float> transmission);
  /// Pulses from `number` on are on the other side than was thought, and so was what their edges
  /// showed, `product`.
  void turn(std::uint64_t number, double product);
  /// mm at the boom's top for sway 1; 0 before edges have shown it.
  [[nodiscard]] float scale_mm() const;
  [[nodiscard]] std::uint32_t edges() const { return edges_; }

 private:
  struct Line {
    std::uint64_t number = 0;
    double x_mm = 0;
    float sway = 0;
    std::vector<float> modules;
  };
  SwayEdge judge();
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
/// What line `own[centre]` would have seen with the boom upright. `own`: it and up to two lines of
/// its energy before and after; `other`: up to two of the other energy before and after it. Each
/// pixel of each line stands where its sway took it.
///
/// Through its own energy's lines alone, 2 mm apart, a cubic cannot follow an edge that the pixel's
/// aperture makes 3.5 mm wide: it leaves a third of the error. So where there is an edge the other
/// energy's lines in between are used too: at an edge both energies go from one level to another in
/// the same shares, so one is a straight line of the other, a L + b, by least squares over the
/// places of all nine lines (each energy drawn to the other's places by cubics). A cubic through
/// the merged lines, 1 mm apart, then follows the edge. Away from edges, and where there are not
/// all nine lines in good order, it is a cubic through four lines of the own energy (two where
/// there are no more).
void undo_sway(std::span<const SwayedLine> own, std::size_t centre,
               std::span<const SwayedLine> other, std::span<const float> height_share,
               std::span<float> upright);

}  // namespace portcullis::imaging
