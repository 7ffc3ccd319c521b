#include "simulator/scene/tracer.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/assert.h"

namespace portcullis::simulator {

namespace {

constexpr std::size_t kIntervalsMax = 32;  // of one solid on one ray

using Stretches = std::vector<std::array<double, 2>>;

/// Takes [from, to] of a ray and returns how much of it was free. `taken` holds the stretches that
/// later solids have: disjoint, ascending.
double take_stretch(Stretches& taken, double from, double to) {
  double free = to - from;
  const auto begin =
      std::find_if(taken.begin(), taken.end(), [from](const auto& s) { return s[1] >= from; });
  auto end = begin;
  double low = from;
  double high = to;
  for (; end != taken.end() && (*end)[0] <= to; ++end) {
    free -= std::min(to, (*end)[1]) - std::max(from, (*end)[0]);
    low = std::min(low, (*end)[0]);
    high = std::max(high, (*end)[1]);
  }
  if (end == begin) {
    taken.insert(begin, {low, high});
  } else {
    *begin = {low, high};
    taken.erase(begin + 1, end);
  }
  return std::max(0.0, free);
}

}  // namespace

PlaneTracer::PlaneTracer(const Scene& scene, double source_y_mm, double source_z_mm,
                         std::span<const core::PixelPosition> ends)
    : scene_(scene), source_y_mm_(source_y_mm), source_z_mm_(source_z_mm) {
  std::vector<double> angles;
  for (const auto& end : ends) {
    const double dy = end.y_mm - source_y_mm;
    const double dz = end.z_mm - source_z_mm;
    const double length = std::hypot(dy, dz);
    rays_.push_back({dy / length, dz / length, length});
    angles.push_back(std::atan2(dz, dy));
  }
  std::vector<std::uint32_t> order(ends.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return angles[a] < angles[b]; });
  place_.resize(order.size());
  std::vector<double> sorted;
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    place_[order[i]] = i;
    sorted.push_back(angles[order[i]]);
  }
  for (const auto& solid : scene.solids) {
    const LaneBox box = bounds(solid);
    Reach reach{box.x_min, box.x_max, 0, static_cast<std::uint32_t>(order.size()),
                solid.shape == Shape::kBox && solid.axis_aligned};
    if (box.y_min > source_y_mm) {
      double low = 10;
      double high = -10;
      for (const double y : {box.y_min, box.y_max}) {
        for (const double z : {box.z_min, box.z_max}) {
          const double angle = std::atan2(z - source_z_mm, y - source_y_mm);
          low = std::min(low, angle);
          high = std::max(high, angle);
        }
      }
      reach.first = static_cast<std::uint32_t>(
          std::lower_bound(sorted.begin(), sorted.end(), low - 1e-9) - sorted.begin());
      reach.last = static_cast<std::uint32_t>(
          std::upper_bound(sorted.begin(), sorted.end(), high + 1e-9) - sorted.begin());
    }
    reach_.push_back(reach);
  }
}

void PlaneTracer::trace_ray(std::size_t r, double x_mm, std::uint32_t place, Plane& out) const {
  thread_local Stretches taken;  // keeps its memory from ray to ray
  taken.clear();
  const Ray& ray = rays_[r];
  const std::array<double, 3> origin{x_mm, source_y_mm_, source_z_mm_};
  const std::array<double, 3> direction{0, ray.direction_y, ray.direction_z};
  std::array<std::array<double, 2>, kIntervalsMax> intervals;
  const std::size_t begin = out.pieces.size();
  for (std::size_t k = out.active.size(); k-- > 0;) {
    const std::uint32_t index = out.active[k];
    const Reach& reach = reach_[index];
    if (place < reach.first || place >= reach.last) continue;
    const Solid& solid = scene_.solids[index];
    const std::size_t count = intersect(solid, origin, direction, intervals);
    double length_mm = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const double from = std::max(0.0, intervals[i][0]);
      const double to = std::min(ray.length_mm, intervals[i][1]);
      if (from < to) length_mm += take_stretch(taken, from, to);
    }
    if (length_mm <= 0 || solid.density_g_cm3 <= 0) continue;
    const auto material = static_cast<std::uint32_t>(solid.material);
    const auto amount = static_cast<float>(length_mm * 0.1 * solid.density_g_cm3);
    auto piece =
        std::find_if(out.pieces.begin() + static_cast<std::ptrdiff_t>(begin), out.pieces.end(),
                     [material](const PathPiece& p) { return p.material == material; });
    if (piece != out.pieces.end()) {
      piece->areal_density_g_cm2 += amount;
    } else {
      out.pieces.push_back({material, amount});
    }
  }
  std::sort(out.pieces.begin() + static_cast<std::ptrdiff_t>(begin), out.pieces.end(),
            [](const PathPiece& a, const PathPiece& b) { return a.material < b.material; });
}

void PlaneTracer::trace(double x_mm, const Plane* before, Plane& out) const {
  PC_ASSERT(before != &out);
  const std::size_t rays = rays_.size();
  out.active.clear();
  for (std::uint32_t i = 0; i < reach_.size(); ++i) {
    if (reach_[i].x_min <= x_mm && x_mm < reach_[i].x_max && reach_[i].first < reach_[i].last)
      out.active.push_back(i);
  }
  out.changed.assign(rays, before == nullptr ? 1 : 0);
  if (before != nullptr) {
    // By place in the order of angles first, then by ray.
    std::vector<std::int32_t> edges(rays + 1, 0);
    const auto mark = [&](std::uint32_t solid) {
      ++edges[reach_[solid].first];
      --edges[reach_[solid].last];
    };
    auto now = out.active.begin();
    auto then = before->active.begin();
    while (now != out.active.end() || then != before->active.end()) {
      if (then == before->active.end() || (now != out.active.end() && *now < *then)) {
        mark(*now++);
      } else if (now == out.active.end() || *then < *now) {
        mark(*then++);
      } else {
        if (!reach_[*now].same_along_x) mark(*now);
        ++now;
        ++then;
      }
    }
    for (std::size_t i = 1; i <= rays; ++i) edges[i] += edges[i - 1];
    for (std::size_t r = 0; r < rays; ++r) out.changed[r] = edges[place_[r]] > 0 ? 1 : 0;
  }
  out.pieces.clear();
  out.first.resize(rays + 1);
  for (std::size_t r = 0; r < rays; ++r) {
    out.first[r] = static_cast<std::uint32_t>(out.pieces.size());
    if (out.changed[r] == 0) {
      const auto same = before->ray(r);
      out.pieces.insert(out.pieces.end(), same.begin(), same.end());
      continue;
    }
    trace_ray(r, x_mm, place_[r], out);
    if (before != nullptr) {
      const auto same = before->ray(r);
      const std::span<const PathPiece> mine(out.pieces.data() + out.first[r],
                                            out.pieces.size() - out.first[r]);
      if (std::equal(same.begin(), same.end(), mine.begin(), mine.end())) out.changed[r] = 0;
    }
  }
  out.first[rays] = static_cast<std::uint32_t>(out.pieces.size());
}

}  // namespace portcullis::simulator
