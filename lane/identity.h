#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "core/time.h"
#include "lane/awaited_desk.h"
#include "lane/inputs.h"
#include "lane/ports.h"

namespace portcullis::lane {

/// Binds camera readings and radiation occupancies to vehicles, by order and by clock.
///
/// The cameras and the portal stand at the entry and vehicles come one after the other, so what
/// they saw from `before_max` before a vehicle arrived until it stood in the tunnel is its own.
/// What came earlier belonged to nobody and is dropped; what comes while nobody is awaited is
/// kept for `before_max`. Two plates, two occupancies, or more containers than a vehicle carries
/// are an ambiguity: told, never resolved here.
///
/// Rules within a vehicle: of the same number the reading with the higher confidence stands; a
/// number with a wrong check digit does not displace a right one and is kept, marked; an ISO type
/// belongs to the container number of the same camera that came last before or after it.
///
/// The same container again: on the same plate it is another visit of that vehicle, its own record
/// and no trouble (VehicleRecord::visit_after). On another plate, or where one of the plates could
/// not be read, within kSplitWindow, it is a split load or a number read wrongly; later than that,
/// containers change trucks.
///
/// Threading: one thread. Bounded: at most kReadingsMax waiting readings.
class IdentityBinder {
 public:
  static constexpr core::Duration kBeforeMax = std::chrono::seconds(60);
  static constexpr core::Duration kSplitWindow = std::chrono::hours(12);
  static constexpr std::size_t kReadingsMax = 256;
  static constexpr std::size_t kContainersMax = 2;
  static constexpr std::size_t kReadingsKeptMax = 32;  ///< Of a vehicle, in its record.

  void vehicle_arrived(std::uint64_t vehicle, core::TimePoint now, core::UtcTime utc);
  /// After a restart: the vehicle that was in the lane before it. Nothing is measured of it, and
  /// that its identity is older than the program is noted as an ambiguity. Binding is closed.
  void vehicle_restored(std::uint64_t vehicle, const core::VehicleIdentity& identity,
                        core::UtcTime utc);
  void vehicle_left();
  /// Another vehicle came in behind this one: what was read is no longer certain to be its own.
  void followed_in();
  /// Call it before close_binding(): a vehicle that is certainly one of those awaited has come, and
  /// one that may be is an ambiguity. After a restart what it was bound to is bound again.
  void compare_with(AwaitedDesk& awaited);
  /// No more readings are bound: the vehicle stands and the entry is closed.
  void close_binding();

  /// True where something new was bound to the vehicle in the lane.
  bool add(const CameraReading& reading, core::TimePoint now);
  bool add(const OccupancyReading& reading, core::TimePoint now);

  [[nodiscard]] const VehicleRecord& record() const { return record_; }
  [[nodiscard]] VehicleFacts facts() const;
  [[nodiscard]] std::uint64_t readings_dropped() const { return dropped_; }

 private:
  bool bind(const CameraReading& reading);
  bool bind(const OccupancyReading& reading);
  void note_ambiguity(std::string text);
  void forget_old(core::TimePoint now);

  /// A container on an earlier vehicle.
  struct Seen {
    std::string number;
    std::string plate;
    std::uint64_t vehicle = 0;
    core::TimePoint arrived;
  };
  static constexpr std::size_t kSeenMax = 64;
  void compare_with_earlier();

  VehicleRecord record_;
  core::TimePoint arrived_;
  std::deque<Seen> seen_before_;  ///< Containers of the vehicles before.
  bool binding_ = false;
  std::string last_container_camera_;
  std::size_t last_container_ = 0;
  bool last_container_valid_ = false;
  double plate_confidence_ = 0;
  std::deque<CameraReading> waiting_readings_;
  std::deque<OccupancyReading> waiting_occupancies_;
  std::uint64_t dropped_ = 0;
};

}  // namespace portcullis::lane
