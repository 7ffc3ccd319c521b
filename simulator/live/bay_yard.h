#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/time.h"
#include "simulator/live/lane_world.h"
#include "simulator/live/sim_config.h"

namespace portcullis::simulator {

/// Where a bay's truck is.
enum class BayTruck : std::uint8_t { kNone, kComing, kStanding, kLeaving };
std::string_view bay_truck_name(BayTruck where);

/// The bays behind the lane: a truck that left the lane under "go to bay 3" drives there, stands,
/// and drives out when the bay's exit is open; it stops where the exit closes again before it moved
/// off. Each bay has two sensors, occupied and free, which differ only in what they say while
/// nobody knows.
///
/// A pure machine of the time handed in. Threading: one thread.
class BayYard final {
 public:
  explicit BayYard(const LaneTiming& timing) : timing_(timing) {}

  /// Truck `number` has left the lane for `bay` (1 to panel::kBays).
  void truck_comes(std::uint16_t bay, std::uint64_t number, core::TimePoint now);
  /// `exits_open`: bit 0 is bay 1; `to_entry`: whose panel sends its truck round to the entry.
  void tick(core::TimePoint now, std::uint16_t exits_open, std::uint16_t to_entry = 0);
  /// Numbers of the trucks that left for the entry since the last call.
  [[nodiscard]] std::vector<std::uint64_t> take_gone_round();

  [[nodiscard]] std::uint16_t occupied() const { return occupied_; }  ///< Bit 0 is bay 1.
  [[nodiscard]] std::uint16_t free() const { return static_cast<std::uint16_t>(~occupied_ & 0xFF); }
  struct Bay {
    BayTruck where = BayTruck::kNone;
    std::uint64_t truck = 0;
    core::TimePoint since;
    bool round = false;  ///< It drives out to the entry.
  };
  [[nodiscard]] const std::array<Bay, panel::kBays>& bays() const { return bays_; }
  [[nodiscard]] std::uint64_t trucks_left() const { return trucks_left_; }

 private:
  LaneTiming timing_;
  std::array<Bay, panel::kBays> bays_{};
  std::uint16_t occupied_ = 0;
  std::uint64_t trucks_left_ = 0;
  std::vector<std::uint64_t> gone_round_;
};

}  // namespace portcullis::simulator
