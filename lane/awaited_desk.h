#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/records.h"
#include "core/result.h"
#include "core/time.h"
#include "lane/ports.h"

namespace portcullis::lane {

/// A vehicle that was let out, from a bay or past the beam, to come again and be scanned again.
struct AwaitedVehicle {
  std::uint64_t vehicle = 0;  ///< Its number on the visit before.
  std::string scan_id;        ///< The scan that is to be taken again.
  core::VehicleIdentity identity;
  std::string officer;        ///< Who ordered it; empty where that is not known any more.
  core::UtcTime since;        ///< It is on its way.
  core::TimePoint let_out;    ///< The same by the clock that does not jump.
  std::uint64_t came_as = 0;  ///< Its number in the lane now; 0: it is not there.
  bool told = false;          ///< The operator was called, because it does not come.
};
/// What a vehicle is called to an operator: its plate, else its number.
[[nodiscard]] std::string name_of(const AwaitedVehicle& awaited);

/// Whether what was read of a vehicle speaks for its being one that was read before.
enum class Likeness : std::uint8_t {
  kOther,     ///< Something that was read both times differs, and nothing is the same.
  kSame,      ///< The same plate, and no container that speaks against it.
  kDoubtful,  ///< Nothing to compare, or one thing is the same and another is not.
};
/// Containers count with a right check digit only.
[[nodiscard]] Likeness likeness_of(const core::VehicleIdentity& before,
                                   const core::VehicleIdentity& now);

/// The vehicles that a lane waits for. One is forgotten when its scan begins, or when an officer
/// hands it to another agency or to inspection, and never by itself: who does not come is told.
///
/// Part of LaneDriver and on its thread; times are handed in.
class AwaitedDesk {
 public:
  /// From so many on no vehicle is sent round any more: such a decision is refused.
  static constexpr std::size_t kAwaitedMax = 16;
  using Tell = std::function<void(const std::string& kind, const std::string& text)>;

  AwaitedDesk(core::Duration come_max, LaneListener& listener, Tell tell)
      : come_max_(come_max), listener_(listener), tell_(std::move(tell)) {}

  [[nodiscard]] bool full() const { return awaited_.size() >= kAwaitedMax; }
  /// One is let out. The same scan twice is one vehicle.
  void expect(AwaitedVehicle vehicle);
  void tick(core::TimePoint now);
  /// The vehicle in the lane, with all that was read of it: one that is certainly awaited is bound
  /// to its visit before (VehicleRecord::scan_before), and has come. Returns the numbers of those
  /// that it may be.
  std::vector<std::uint64_t> came(VehicleRecord& record);
  /// Its scan begins, or it was decided on in the lane: it is awaited no more.
  void settled(std::uint64_t came_as);
  /// It left the lane. Without a scan it is awaited again.
  void left(std::uint64_t came_as, core::TimePoint now, core::UtcTime utc);
  [[nodiscard]] bool has(std::string_view scan_id) const;
  /// Empty where decide() would take it, else the reason.
  [[nodiscard]] std::string_view refusal(std::string_view scan_id, core::DecisionKind kind) const;
  core::Status decide(std::string_view scan_id, core::DecisionKind kind);
  /// What the next one is called; empty where none is on its way.
  [[nodiscard]] std::string next() const;
  /// What to call the operator for; empty where all come in their time.
  [[nodiscard]] std::string call() const;
  [[nodiscard]] const std::vector<AwaitedVehicle>& list() const { return awaited_; }
  /// After a restart: as they were, each with its whole time to come.
  void restore(std::vector<AwaitedVehicle> awaited, core::TimePoint now);
  /// After a restart: the vehicle that stands in the lane, where it is one of these.
  void bind_restored(VehicleRecord& record) const;

 private:
  core::Duration come_max_;
  LaneListener& listener_;
  Tell tell_;
  std::vector<AwaitedVehicle> awaited_;  // in the order in which they were let out
};

}  // namespace portcullis::lane
