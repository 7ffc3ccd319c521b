#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/geometry.h"
#include "simulator/scene/scene.h"

namespace portcullis::simulator {

/// A share of one ray: so much of a material.
struct PathPiece {
  std::uint32_t material = 0;  ///< Index in Scene::materials.
  float areal_density_g_cm2 = 0;
  friend bool operator==(const PathPiece&, const PathPiece&) = default;
};

/// What a fan of rays from the source meets in planes of constant x. A ray runs from the source to
/// its end; air between solids counts as nothing.
///
/// Ownership: borrows the scene, which must outlive it and stay unchanged. Thread-safe: trace() is
/// const and each caller brings its own Plane.
class PlaneTracer final {
 public:
  struct Plane {
    std::vector<std::uint32_t> first;   ///< Of ray r: pieces [first[r], first[r + 1]).
    std::vector<PathPiece> pieces;      ///< Each material once a ray, in order of its index.
    std::vector<std::uint8_t> changed;  ///< 0: ray r is the same as in the plane before.
    std::vector<std::uint32_t> active;  ///< Solids that meet the plane, ascending.
    [[nodiscard]] std::span<const PathPiece> ray(std::size_t r) const {
      return std::span(pieces).subspan(first[r], first[r + 1] - first[r]);
    }
  };

  PlaneTracer(const Scene& scene, double source_y_mm, double source_z_mm,
              std::span<const core::PixelPosition> ends);

  /// Traces the plane at x. `before` (may be null) is an earlier plane of the same tracer: what
  /// cannot have changed since is copied from it. `out` must not be `before`.
  void trace(double x_mm, const Plane* before, Plane& out) const;

  [[nodiscard]] std::size_t rays() const { return rays_.size(); }

 private:
  struct Ray {
    double direction_y, direction_z;  // unit
    double length_mm;
  };
  struct Reach {
    double x_min, x_max;
    std::uint32_t first, last;  // places in order_, half open
    bool same_along_x;
  };
  void trace_ray(std::size_t ray, double x_mm, std::uint32_t place, Plane& out) const;

  const Scene& scene_;
  double source_y_mm_, source_z_mm_;
  std::vector<Ray> rays_;
  std::vector<std::uint32_t> place_;  // of a ray in the order of angles
  std::vector<Reach> reach_;          // of each solid
};

/// Where a ray (origin and unit direction in lane coordinates) runs inside a solid: up to
/// `intervals.size()` pairs of entry and exit distance, ascending; returns how many.
std::size_t intersect(const Solid& solid, const std::array<double, 3>& origin,
                      const std::array<double, 3>& direction,
                      std::span<std::array<double, 2>> intervals);

}  // namespace portcullis::simulator
