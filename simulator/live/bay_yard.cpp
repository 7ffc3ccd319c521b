#include "simulator/live/bay_yard.h"

#include <utility>

#include <chrono>

#include "core/assert.h"

namespace portcullis::simulator {

std::string_view bay_truck_name(BayTruck where) {
  switch (where) {
    case BayTruck::kNone:
      return "none";
    case BayTruck::kComing:
      return "coming";
    case BayTruck::kStanding:
      return "standing";
    case BayTruck::kLeaving:
      return "leaving";
  }
  return "none";
}

void BayYard::truck_comes(std::uint16_t bay, std::uint64_t number, core::TimePoint now) {
  PC_ASSERT(bay >= 1 && bay <= panel::kBays);
  // A second truck sent to a taken bay stands behind it: the bay is occupied all the same.
  Bay& one = bays_[bay - 1U];
  if (one.where == BayTruck::kNone) one = {BayTruck::kComing, number, now};
}

std::vector<std::uint64_t> BayYard::take_gone_round() {
  return std::exchange(gone_round_, {});
}

void BayYard::tick(core::TimePoint now, std::uint16_t exits_open, std::uint16_t to_entry) {
  for (unsigned i = 0; i < panel::kBays; ++i) {
    Bay& bay = bays_[i];
    const double since_s = std::chrono::duration<double>(now - bay.since).count();
    const bool open = (exits_open >> i & 1U) != 0;
    switch (bay.where) {
      case BayTruck::kNone:
        break;
      case BayTruck::kComing:
        if (since_s >= timing_.to_bay_s) bay = {BayTruck::kStanding, bay.truck, now};
        break;
      case BayTruck::kStanding:
        if (open && since_s >= timing_.react_s)
          bay = {BayTruck::kLeaving, bay.truck, now, (to_entry >> i & 1U) != 0};
        break;
      case BayTruck::kLeaving:
        if (!open && since_s < timing_.from_bay_s / 2) {
          bay = {BayTruck::kStanding, bay.truck, now};
        } else if (since_s >= timing_.from_bay_s) {
          if (bay.round) gone_round_.push_back(bay.truck);
          bay = {};
          ++trucks_left_;
        }
        break;
    }
    const bool in_bay = bay.where == BayTruck::kStanding || bay.where == BayTruck::kLeaving;
    const auto bit = static_cast<std::uint16_t>(1U << i);
    occupied_ = static_cast<std::uint16_t>(in_bay ? occupied_ | bit : occupied_ & ~bit);
  }
}

}  // namespace portcullis::simulator
