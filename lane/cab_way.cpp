#include "lane/cab_way.h"

#include <algorithm>
#include <chrono>

namespace portcullis::lane {

CabWay follow_cab(const CabWay& before, const plc::PlcView& plc, core::Duration gap_max) noexcept {
  const auto speed = plc.value(plc::Tag::kSpeedMmS);
  const bool cab_known = plc.fresh(plc::Tag::kCabSeen);
  if (!speed || *speed <= 0 || !cab_known || !plc::vehicle_in_tunnel(plc)) return {};
  if (plc.is_true(plc::Tag::kCabSeen)) return {true, 0, *speed, plc.now()};
  const core::Duration gap = plc.now() - before.at;
  if (!before.seen || gap < core::Duration::zero() || gap > gap_max) return {};
  const double seconds = std::chrono::duration<double>(gap).count();
  return {true, before.way_mm + std::min(before.speed_mm_s, *speed) * seconds, *speed, plc.now()};
}

}  // namespace portcullis::lane
