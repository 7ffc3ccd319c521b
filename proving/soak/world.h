#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/geometry.h"
#include "core/scan.h"
#include "core/time.h"
#include "plc/modbus/modbus_wire.h"
#include "proving/soak/draws.h"
#include "proving/soak/faults.h"
#include "simulator/live/camera_device.h"
#include "simulator/live/lane_world.h"
#include "simulator/live/modbus_slave.h"
#include "simulator/live/portal_device.h"
#include "simulator/live/safety_plc.h"
#include "simulator/live/source_device.h"

/// The world of the simulated lane, all that is there without our program: PLC, source, gantry,
/// vehicles, portal, camera. The machines are the simulator's own; here they run in virtual time.
namespace portcullis::proving {

/// Virtual time, and a wall clock that can jump.
class SoakClock final : public core::Clock {
 public:
  void advance(core::Duration by) noexcept { now_ += by; }
  void jump_utc(core::Duration by) noexcept { utc_offset_ns_ += by.count(); }
  [[nodiscard]] core::TimePoint now() const noexcept override { return now_; }
  [[nodiscard]] core::UtcTime utc_now() const noexcept override {
    return core::UtcTime{now_.time_since_epoch().count() + utc_offset_ns_};
  }

 private:
  core::TimePoint now_{std::chrono::hours(1)};
  std::int64_t utc_offset_ns_ = 1'767'225'600'000'000'000;
};

/// 2 modules of 16 pixels, 20 pulses a second.
[[nodiscard]] core::ScannerGeometry soak_geometry();

class SoakWorld {
 public:
  struct Config {
    std::uint64_t seed = 1;
    double travel_to_mm = 6'500;
    bool drive_through = false;
    double trucks_per_hour = 12;
  };
  SoakWorld(const Config& config, const FaultBoard& faults, core::TimePoint now);

  /// Moves everything to `now`.
  void tick(core::TimePoint now, core::UtcTime utc);
  /// Once, when a fault begins.
  void fault_begins(SoakFault fault, double value, core::TimePoint now);

  // The PLC's wire.
  [[nodiscard]] const std::vector<std::uint8_t>& discrete_inputs() const { return discrete_; }
  [[nodiscard]] const std::vector<std::uint16_t>& input_registers() const { return registers_; }
  [[nodiscard]] simulator::ModbusTables& tables() { return tables_; }
  /// What was written is taken by the PLC.
  void commands_written();

  /// Lines of portal and camera since the last call.
  [[nodiscard]] std::vector<std::string> take_portal_lines();
  [[nodiscard]] std::vector<std::string> take_camera_lines();
  [[nodiscard]] simulator::SourceDevice& source() { return source_; }
  [[nodiscard]] bool beam_on() const { return source_.beam_on(); }
  /// Somebody is in the area, in truth, and no sensor lies at the same time: two faults at once
  /// are more than the chain promises to survive.
  [[nodiscard]] bool person_at_risk() const {
    return !faults_.active(SoakFault::kInputFlip) &&
           (!lane_.facts().people_clear || faults_.active(SoakFault::kPersonInside));
  }
  /// A driver sits before the beam, in truth, and no sensor lies.
  [[nodiscard]] bool cab_at_risk() const {
    return config_.drive_through && !faults_.active(SoakFault::kInputFlip) &&
           lane_.facts().cab_seen;
  }
  [[nodiscard]] const simulator::LaneWorld& lane() const { return lane_; }
  [[nodiscard]] const simulator::PlcDiscreteInputs& inputs() const { return inputs_; }
  [[nodiscard]] double position_mm() const { return lane_.facts().position_mm + slip_mm_; }
  /// What the encoder counts.
  [[nodiscard]] double way_mm() const { return lane_.facts().way_mm + slip_mm_; }
  /// Nothing moves and nobody is about to: no timer of the world runs but the next truck's.
  [[nodiscard]] bool at_rest() const;
  [[nodiscard]] core::TimePoint next_truck() const { return next_truck_; }
  [[nodiscard]] std::uint64_t trucks() const { return trucks_; }
  [[nodiscard]] std::uint16_t bays_occupied() const { return bays_occupied_; }
  /// A mechanic sets the gantry's count right by hand.
  void reference_gantry() { slip_mm_ = 0; }

 private:
  void move_trucks(core::TimePoint now);
  void move_bays(core::TimePoint now);
  void apply_faults(core::TimePoint now, simulator::PlcDiscreteInputs& in) const;
  [[nodiscard]] bool simulator::PlcDiscreteInputs::*flipped() const;
  void flip(simulator::PlcDiscreteInputs& in) const;
  void publish();

  Config config_;
  const FaultBoard& faults_;
  core::ScannerGeometry geometry_;
  simulator::LaneWorld lane_;
  simulator::SafetyPlc plc_;
  simulator::SourceDevice source_;
  simulator::PortalDevice portal_;
  simulator::CameraDevice camera_;
  simulator::ModbusTables tables_;
  simulator::PlcCommands commands_;
  simulator::PlcDiscreteInputs inputs_;
  std::vector<std::uint8_t> discrete_;
  std::vector<std::uint16_t> registers_;
  struct DiscreteRow {
    std::size_t address;
    bool simulator::PlcDiscreteInputs::*member;
  };
  std::vector<DiscreteRow> discrete_rows_;
  Draws trucks_draws_;
  core::TimePoint next_truck_;
  std::uint64_t trucks_ = 0, trucks_entered_seen_ = 0;
  core::VehicleIdentity identity_;
  std::uint16_t bay_target_ = 0, bays_occupied_ = 0;
  bool goes_round_ = false;  ///< The truck that leaves comes again.
  std::array<core::VehicleIdentity, simulator::panel::kBays> bay_identities_;
  std::deque<core::VehicleIdentity> round_;  ///< They come next.
  std::array<std::optional<core::TimePoint>, simulator::panel::kBays> bay_opened_{};
  double slip_mm_ = 0;
  bool arc_ = false;
  std::vector<std::string> portal_lines_, camera_lines_;
};

/// Whether the lane's program lives; every act of it on the world asks first, so that a kill can
/// come between any two of them.
class Life {
 public:
  /// Dies before the act after `acts` more.
  void die_after(std::uint64_t acts) { acts_left_ = acts; }
  /// Called when it dies: from then on nothing of it may reach the world.
  void on_death(std::function<void()> call) { died_ = std::move(call); }
  [[nodiscard]] bool act() {
    if (acts_left_) {
      if (*acts_left_ == 0) die();
      if (!dead_) --*acts_left_;
    }
    return !dead_;
  }
  [[nodiscard]] bool dying() const noexcept { return acts_left_.has_value(); }
  [[nodiscard]] bool dead() const noexcept { return dead_; }
  void die() {
    if (!dead_ && died_) died_();
    dead_ = true;
  }

 private:
  std::optional<std::uint64_t> acts_left_;
  bool dead_ = false;
  std::function<void()> died_;
};

/// The PLC's wire, at the seam above libmodbus.
class SoakWire final : public plc::WholeAreaWire {
 public:
  SoakWire(SoakWorld& world, const FaultBoard& faults, SoakClock& clock, Life& life,
           std::uint64_t seed, bool beam_stays)
      : world_(world),
        faults_(faults),
        clock_(clock),
        life_(life),
        draws_(seed, 2),
        beam_stays_(beam_stays) {}

  Connecting begin_connect(std::string& why) override;
  Connecting poll_connect(std::string& why) override;
  void end_connection() override {}
  plc::WireAnswer read_discrete_inputs(std::span<std::uint8_t> bits) override;
  plc::WireAnswer read_input_registers(std::span<std::uint16_t> words) override;
  plc::WireAnswer read_coils(std::span<std::uint8_t> bits) override;
  plc::WireAnswer read_holding_registers(std::span<std::uint16_t> words) override;
  plc::WireAnswer write_coils(std::uint16_t first, std::span<const std::uint8_t> bits) override;
  plc::WireAnswer write_holding_registers(std::uint16_t first,
                                          std::span<const std::uint16_t> words) override;

 private:
  /// What the link makes of a request; `reaches`: whether the PLC saw it all the same.
  plc::WireAnswer gate(bool& reaches);

  SoakWorld& world_;
  const FaultBoard& faults_;
  SoakClock& clock_;
  Life& life_;
  Draws draws_;
  const bool beam_stays_;  ///< The canary of that name.
  std::vector<std::uint8_t> stale_discrete_;
  std::vector<std::uint16_t> stale_registers_;
};

}  // namespace portcullis::proving
