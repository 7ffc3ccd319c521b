#include "hmi/models/box_place.h"

#include <algorithm>

namespace portcullis::hmi {
namespace {

constexpr double kWholeShare = 0.8;

int overlap_px(const core::PixelBox& a, const core::PixelBox& b) {
  return std::min(a.x + a.w, b.x + b.w) - std::max(a.x, b.x);
}

}  // namespace

std::optional<BoxPlace> place_of(const core::InspectionReport& report, const core::PixelBox& box) {
  if (box.w <= 0 || box.h <= 0 || report.mm_per_px <= 0) return std::nullopt;
  const core::ContainerObservation* in = nullptr;
  for (const auto& container : report.containers) {
    const int shared = overlap_px(container.bbox_px, box);
    if (shared > 0 && (in == nullptr || shared > overlap_px(in->bbox_px, box))) in = &container;
  }
  if (in == nullptr) return std::nullopt;
  const double m_per_px = report.mm_per_px * 1e-3;
  const core::PixelBox& walls = in->bbox_px;
  const int doors = walls.x + walls.w, floor = walls.y + walls.h;
  const auto metres = [m_per_px](int px) { return std::max(0, px) * m_per_px; };
  BoxPlace place;
  place.container = in->number;
  place.near_m = metres(doors - (box.x + box.w));
  place.far_m = metres(std::min(doors - box.x, walls.w));
  place.low_m = metres(floor - (box.y + box.h));
  place.high_m = metres(std::min(floor - box.y, walls.h));
  place.whole = overlap_px(walls, box) > kWholeShare * walls.w && box.h > kWholeShare * walls.h;
  return place;
}

}  // namespace portcullis::hmi
