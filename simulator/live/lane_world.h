#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/time.h"
#include "simulator/live/gantry_motion.h"
#include "simulator/live/sim_config.h"

namespace portcullis::simulator {

/// What the PLC's outputs make the lane's hardware do, and what the driver sees.
struct LaneActuators {
  bool barrier_entry_open = false, barrier_entry_close = false;
  bool barrier_exit_open = false, barrier_exit_close = false;
  bool light_entry_red = false, light_entry_green = false;
  bool light_exit_red = false, light_exit_green = false;
  bool warning_lamp = false;
  bool motion_permit = false;
  bool emergency_stop = false;
  MotionDirection direction = MotionDirection::kHold;
  double target_speed_mm_s = 0;
  std::uint16_t panel_message = 0;
};

/// Driver panel messages that the driver obeys.
namespace panel {
inline constexpr std::uint16_t kStop = 1;
inline constexpr std::uint16_t kLeaveCab = 3;
inline constexpr std::uint16_t kStandHere = 4;
inline constexpr std::uint16_t kReturn = 5;
inline constexpr std::uint16_t kDriveOn = 6;
inline constexpr std::uint16_t kWait = 7;
inline constexpr std::uint16_t kToEntry = 8;
inline constexpr std::uint16_t kToInspection = 9;
inline constexpr std::uint16_t kGoToBay = 10;  ///< Plus the number of the bay, 1 to kBays.
inline constexpr std::uint16_t kBays = 8;
}  // namespace panel

/// What the field sensors see. Two-channel inputs are one fact here; channels are the PLC's.
struct LaneFacts {
  std::array<bool, 4> door_closed{true, true, true, true};
  std::array<bool, 4> curtain_clear{true, true, true, true};
  bool people_clear = true;
  bool cab_clear = true;
  bool cab_seen = false;
  bool vehicle_at_entry = false, vehicle_in_tunnel = false, vehicle_at_exit = false;
  bool search_finished = false;  ///< The guard has pressed the last button; lost with the area.
  bool barrier_entry_open = false, barrier_entry_closed = true, barrier_entry_clear = true;
  bool barrier_exit_open = false, barrier_exit_closed = true, barrier_exit_clear = true;
  bool lamp_current = false;
  bool gantry_at_start = false, gantry_at_end = false;
  double speed_mm_s = 0;   ///< Of the gantry; in a drive-through lane of the vehicle.
  double position_mm = 0;  ///< Of the gantry; 0 where it stands.
  double way_mm = 0;       ///< What the encoder counts: position, or the way driven so far.
};

enum class TruckState : std::uint8_t {
  kNone,     ///< No truck is near.
  kWaiting,  ///< At the stop line before the entry barrier.
  kEntering,
  kParked,  ///< Standing in the tunnel, driver in the cab.
  kLeavingCab,
  kUnattended,  ///< Driver outside the area.
  kReturning,
  kReady,  ///< Driver in the cab again.
  kLeaving,
  kDriving,  ///< Past the beam, in a drive-through lane.
};
std::string_view truck_state_name(TruckState state);

/// Boom barrier: moves while commanded (neither command holds it), never down on a vehicle.
class Barrier final {
 public:
  explicit Barrier(double move_s) : move_s_(move_s) {}
  void tick(double elapsed_s, bool open_command, bool close_command, bool clear_beneath);
  [[nodiscard]] bool open() const { return raised_ >= 1; }
  [[nodiscard]] bool closed() const { return raised_ <= 0; }

 private:
  double move_s_;
  double raised_ = 0;  // 0 down, 1 up
};

/// The lane's people, vehicles and mechanics, "drives through by itself": one truck at a time
/// waits, drives in when light and barrier let it, its driver obeys the panel, a guard searches
/// the closed area, and it leaves when light and barrier let it. In a drive-through lane the driver
/// stays in the cab, drives past the beam when panel and motion permit let him, stands behind it,
/// and motion() is where the beam is in his truck.
///
/// A pure machine of the time handed in: no clock, socket or thread. Threading: one thread.
class LaneWorld final {
 public:
  LaneWorld(const LaneTiming& timing, const GantryConfig& gantry, core::TimePoint now,
            const DriveThroughConfig& drive = {});

  /// A truck drives up to the stop line. Only while truck() is kNone (asserted).
  void truck_arrives(core::TimePoint now);
  /// A waiting truck turns round and leaves. Only while truck() is kWaiting (asserted).
  void truck_turns_away(core::TimePoint now);
  /// How much of its drive in or out the truck has behind it, 0 to 1.
  [[nodiscard]] double drive_share() const;
  /// Moves everything to `now`, which never goes back. `scene_ready`: the waiting truck's rays
  /// are traced; it does not drive in before.
  void tick(core::TimePoint now, const LaneActuators& actuators, bool scene_ready);

  [[nodiscard]] const LaneFacts& facts() const { return facts_; }
  [[nodiscard]] TruckState truck() const { return truck_; }
  /// Why a waiting truck does not drive in: "entry light not green", ... ; empty otherwise.
  [[nodiscard]] std::string_view waits_for() const { return waits_for_; }
  [[nodiscard]] core::TimePoint truck_since() const { return truck_since_; }
  /// Whether a truck gap has passed since the last one left.
  [[nodiscard]] bool next_may_arrive(core::TimePoint now) const;
  [[nodiscard]] const MotionSegment& motion() const { return motion_.segment(); }
  /// Trucks that have driven in so far, the present one included.
  [[nodiscard]] std::uint64_t trucks_entered() const { return trucks_entered_; }
  [[nodiscard]] std::uint64_t trucks_left() const { return trucks_left_; }

  // Faults by hand of whoever plays with the lane.
  void set_lamp_failed(bool failed) { lamp_failed_ = failed; }
  void set_door_forced_open(bool open) { door_forced_open_ = open; }

 private:
  void move_truck(core::TimePoint now, const LaneActuators& actuators, bool scene_ready);
  void enter_state(TruckState state, core::TimePoint now);
  /// True once `condition` has held for the driver's reaction time.
  bool reacted(core::TimePoint now, bool condition);
  void move_driver(core::TimePoint now, const LaneActuators& actuators);
  void sense(core::TimePoint now, const LaneActuators& actuators);
  void search(core::TimePoint now);

  LaneTiming timing_;
  GantryConfig gantry_;
  DriveThroughConfig drive_;
  GantryMotion motion_;
  double driven_before_mm_ = 0;  // by the trucks before: the encoder goes on
  Barrier entry_, exit_;
  LaneFacts facts_;
  TruckState truck_ = TruckState::kNone;
  core::TimePoint now_{};
  core::TimePoint truck_since_{};
  std::optional<core::TimePoint> condition_since_;
  std::optional<core::TimePoint> area_closed_since_;
  std::optional<core::TimePoint> gone_at_;
  std::string_view waits_for_;
  std::uint64_t trucks_entered_ = 0, trucks_left_ = 0;
  bool lamp_failed_ = false, door_forced_open_ = false;
};

}  // namespace portcullis::simulator
