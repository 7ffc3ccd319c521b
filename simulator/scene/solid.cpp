#include <algorithm>
#include <cmath>
#include <limits>

#include "simulator/scene/scene.h"
#include "simulator/scene/tracer.h"

namespace portcullis::simulator {

namespace {

using Vec3 = std::array<double, 3>;

/// Lane vector into the solid's own axes.
Vec3 to_own(const Solid& s, const Vec3& v) {
  if (s.axis_aligned) return v;
  const auto& r = s.rotation;
  return {r[0] * v[0] + r[3] * v[1] + r[6] * v[2], r[1] * v[0] + r[4] * v[1] + r[7] * v[2],
          r[2] * v[0] + r[5] * v[1] + r[8] * v[2]};
}

struct Span1 {
  double in = -std::numeric_limits<double>::infinity();
  double out = std::numeric_limits<double>::infinity();
  [[nodiscard]] bool empty() const { return !(in < out); }
  void cut(double from, double to) {
    in = std::max(in, from);
    out = std::min(out, to);
  }
  void clear() { out = in = 0; }
};

void cut_slab(Span1& span, double p, double d, double half) {
  if (std::abs(d) < 1e-12) {
    if (std::abs(p) > half) span.clear();
    return;
  }
  const double a = (-half - p) / d;
  const double b = (half - p) / d;
  span.cut(std::min(a, b), std::max(a, b));
}

/// Where a t^2 + 2 b t + c <= 0 with a >= 0.
void cut_quadratic(Span1& span, double a, double b, double c) {
  if (a < 1e-15) {
    if (c > 0) span.clear();
    return;
  }
  const double d = b * b - a * c;
  if (d <= 0) {
    span.clear();
    return;
  }
  const double root = std::sqrt(d);
  span.cut((-b - root) / a, (-b + root) / a);
}

/// A cone with its point at +half z and its base, of `radius`, at -half: x2 + y2 <= (k (half -
/// z))2.
void cut_cone(Span1& span, const Vec3& p, const Vec3& d, double radius, double half) {
  const double k = radius / (2 * half);
  const double h = half - p[2];
  const double a = d[0] * d[0] + d[1] * d[1] - k * k * d[2] * d[2];
  const double b = p[0] * d[0] + p[1] * d[1] + k * k * h * d[2];
  const double c = p[0] * p[0] + p[1] * p[1] - k * k * h * h;
  if (std::abs(a) < 1e-12) {
    if (std::abs(b) < 1e-12) {
      if (c > 0) span.clear();
      return;
    }
    const double t = -c / (2 * b);
    if (b > 0)
      span.cut(-1e300, t);
    else
      span.cut(t, 1e300);
  } else {
    const double disc = b * b - a * c;
    if (a > 0) {
      if (disc <= 0) {
        span.clear();
        return;
      }
      const double root = std::sqrt(disc);
      span.cut((-b - root) / a, (-b + root) / a);
    } else if (disc > 0) {
      // Outside the roots is inside the double cone; the slab keeps one nappe of it.
      const double root = std::sqrt(disc);
      const double lower = (-b + root) / a;
      const double upper = (-b - root) / a;
      Span1 left = span;
      Span1 right = span;
      left.cut(-1e300, lower);
      right.cut(upper, 1e300);
      // The slab has been cut already, so of the two only one is more than a point.
      const double left_length = left.empty() ? 0 : left.out - left.in;
      const double right_length = right.empty() ? 0 : right.out - right.in;
      span = left_length >= right_length ? left : right;
    }
  }
}

std::size_t intersect_prism(const Solid& s, const Vec3& p, const Vec3& d,
                            std::span<std::array<double, 2>> out) {
  Span1 slab;
  cut_slab(slab, p[2], d[2], s.half_mm[2]);
  if (slab.empty()) return 0;
  constexpr std::size_t kCrossingsMax = 64;
  std::array<double, kCrossingsMax> crossings{};
  std::size_t count = 0;
  const std::size_t n = s.points_mm.size();
  const double norm = std::hypot(d[0], d[1]);
  if (norm < 1e-12) {  // along the prism: inside all the way or not at all
    bool inside = false;
    for (std::size_t i = 0, j = n - 1; i < n; j = i++) {
      const auto& a = s.points_mm[i];
      const auto& b = s.points_mm[j];
      if ((a[1] > p[1]) != (b[1] > p[1]) &&
          p[0] < (b[0] - a[0]) * (p[1] - a[1]) / (b[1] - a[1]) + a[0])
        inside = !inside;
    }
    if (!inside || out.empty()) return 0;
    out[0] = {slab.in, slab.out};
    return 1;
  }
  // Side of each corner with respect to the ray's line; half-open, so a corner counts once.
  for (std::size_t i = 0; i < n && count < kCrossingsMax; ++i) {
    const auto& a = s.points_mm[i];
    const auto& b = s.points_mm[(i + 1) % n];
    const double side_a = (a[0] - p[0]) * d[1] - (a[1] - p[1]) * d[0];
    const double side_b = (b[0] - p[0]) * d[1] - (b[1] - p[1]) * d[0];
    if ((side_a >= 0) == (side_b >= 0)) continue;
    const double share = side_a / (side_a - side_b);
    const double x = a[0] + share * (b[0] - a[0]) - p[0];
    const double y = a[1] + share * (b[1] - a[1]) - p[1];
    crossings[count++] = (x * d[0] + y * d[1]) / (norm * norm);
  }
  std::sort(crossings.begin(), crossings.begin() + static_cast<std::ptrdiff_t>(count));
  std::size_t found = 0;
  for (std::size_t i = 0; i + 1 < count && found < out.size(); i += 2) {
    const double from = std::max(crossings[i], slab.in);
    const double to = std::min(crossings[i + 1], slab.out);
    if (from < to) out[found++] = {from, to};
  }
  return found;
}

}  // namespace

std::size_t intersect(const Solid& s, const Vec3& origin, const Vec3& direction,
                      std::span<std::array<double, 2>> out) {
  const Vec3 p = to_own(
      s, {origin[0] - s.center_mm[0], origin[1] - s.center_mm[1], origin[2] - s.center_mm[2]});
  const Vec3 d = to_own(s, direction);
  const auto& h = s.half_mm;
  Span1 span;
  switch (s.shape) {
    case Shape::kBox:
      for (std::size_t i = 0; i < 3 && !span.empty(); ++i) cut_slab(span, p[i], d[i], h[i]);
      break;
    case Shape::kEllipsoid: {
      double a = 0;
      double b = 0;
      double c = -1;
      for (std::size_t i = 0; i < 3; ++i) {
        const double inverse = 1 / (h[i] * h[i]);
        a += d[i] * d[i] * inverse;
        b += p[i] * d[i] * inverse;
        c += p[i] * p[i] * inverse;
      }
      // Scaled so that the near-zero test in cut_quadratic means the same for any size.
      const double scale = h[0] * h[0];
      cut_quadratic(span, a * scale, b * scale, c * scale);
      break;
    }
    case Shape::kCylinder:
      cut_slab(span, p[2], d[2], h[2]);
      if (!span.empty()) {
        cut_quadratic(span, d[0] * d[0] + d[1] * d[1], p[0] * d[0] + p[1] * d[1],
                      p[0] * p[0] + p[1] * p[1] - h[0] * h[0]);
      }
      break;
    case Shape::kCone:
      cut_slab(span, p[2], d[2], h[2]);
      if (!span.empty()) cut_cone(span, p, d, h[0], h[2]);
      break;
    case Shape::kPrism:
      return intersect_prism(s, p, d, out);
  }
  if (span.empty() || out.empty()) return 0;
  out[0] = {span.in, span.out};
  return 1;
}

LaneBox bounds(const Solid& s) {
  std::array<double, 3> low{};
  std::array<double, 3> high{};
  std::array<double, 3> own_low{-s.half_mm[0], -s.half_mm[1], -s.half_mm[2]};
  std::array<double, 3> own_high = s.half_mm;
  if (s.shape == Shape::kPrism) {
    own_low[0] = own_low[1] = std::numeric_limits<double>::max();
    own_high[0] = own_high[1] = std::numeric_limits<double>::lowest();
    for (const auto& point : s.points_mm) {
      for (std::size_t i = 0; i < 2; ++i) {
        own_low[i] = std::min(own_low[i], point[i]);
        own_high[i] = std::max(own_high[i], point[i]);
      }
    }
  }
  for (std::size_t i = 0; i < 3; ++i) {
    const double* row = &s.rotation[3 * i];
    double lo = 0;
    double hi = 0;
    if (s.shape == Shape::kEllipsoid) {
      hi = std::sqrt(row[0] * row[0] * s.half_mm[0] * s.half_mm[0] +
                     row[1] * row[1] * s.half_mm[1] * s.half_mm[1] +
                     row[2] * row[2] * s.half_mm[2] * s.half_mm[2]);
      lo = -hi;
    } else if (s.shape == Shape::kCylinder) {
      hi = s.half_mm[0] * std::sqrt(std::max(0.0, 1 - row[2] * row[2])) +
           s.half_mm[2] * std::abs(row[2]);
      lo = -hi;
    } else {
      for (std::size_t k = 0; k < 3; ++k) {
        lo += std::min(row[k] * own_low[k], row[k] * own_high[k]);
        hi += std::max(row[k] * own_low[k], row[k] * own_high[k]);
      }
    }
    low[i] = s.center_mm[i] + lo;
    high[i] = s.center_mm[i] + hi;
  }
  return {low[0], high[0], low[1], high[1], low[2], high[2]};
}

bool contains(const Solid& s, double x_mm, double y_mm, double z_mm) {
  const Vec3 p = to_own(s, {x_mm - s.center_mm[0], y_mm - s.center_mm[1], z_mm - s.center_mm[2]});
  const auto& h = s.half_mm;
  const double r2 = p[0] * p[0] + p[1] * p[1];
  switch (s.shape) {
    case Shape::kBox:
      return std::abs(p[0]) <= h[0] && std::abs(p[1]) <= h[1] && std::abs(p[2]) <= h[2];
    case Shape::kEllipsoid:
      return p[0] * p[0] / (h[0] * h[0]) + p[1] * p[1] / (h[1] * h[1]) +
                 p[2] * p[2] / (h[2] * h[2]) <=
             1;
    case Shape::kCylinder:
      return std::abs(p[2]) <= h[2] && r2 <= h[0] * h[0];
    case Shape::kCone: {
      const double radius = h[0] * (h[2] - p[2]) / (2 * h[2]);
      return std::abs(p[2]) <= h[2] && r2 <= radius * radius;
    }
    case Shape::kPrism: {
      if (std::abs(p[2]) > h[2]) return false;
      bool inside = false;
      const std::size_t n = s.points_mm.size();
      for (std::size_t i = 0, j = n - 1; i < n; j = i++) {
        const auto& a = s.points_mm[i];
        const auto& b = s.points_mm[j];
        if ((a[1] > p[1]) != (b[1] > p[1]) &&
            p[0] < (b[0] - a[0]) * (p[1] - a[1]) / (b[1] - a[1]) + a[0])
          inside = !inside;
      }
      return inside;
    }
  }
  return false;
}

}  // namespace portcullis::simulator
