#pragma once

#include <bitset>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/config.h"
#include "core/records.h"
#include "core/result.h"
#include "core/time.h"
#include "lane/awaited_desk.h"
#include "lane/bay_desk.h"
#include "lane/cycle.h"
#include "lane/ports.h"

namespace portcullis::lane {

class StateStore;
struct StepView;

struct DriverConfig {
  CycleConfig cycle;
  std::string lane = "Lane 1";
  /// Latches and the vehicle's standing survive a restart here; empty: they do not (tests).
  std::filesystem::path state_file;
  /// Instead of state_file, where the disk is handed in; borrowed.
  StateStore* state_store = nullptr;
  /// A new scan's id; must be unique for ever.
  std::function<std::string()> new_scan_id;
  /// For the proofs (proving/): sees every step of the cycle and of the bays, after it and before
  /// its actions are carried out. Empty in the product.
  std::function<void(const StepView&)> on_step;
  std::function<void(const BayStepView&)> on_bay_step;
};

/// [lane] table of the lane's config: name, state_file, and [lane.cycle] (see read_cycle_config()).
/// new_scan_id is left to the caller.
DriverConfig read_driver_config(core::ConfigReader& lane_table);

/// An officer's decision on the vehicle in the lane.
struct LaneDecision {
  std::string scan_id;  ///< Must be the one in review; empty only where none was made.
  core::DecisionKind kind = core::DecisionKind::kHold;
  std::string officer;                 ///< Must not be empty.
  std::string second_officer;          ///< Where the site asks for two; must differ from `officer`.
  bool radiation_adjudicated = false;  ///< This officer has judged the radiation measurement.
  bool only_ask = false;  ///< Answer as if it were taken, and do nothing: before it is stored.
};

/// All facts of the lane at one instant; api/lane.proto's LaneStatus is made of it.
struct LaneSnapshot {
  std::uint64_t sequence = 0;  ///< Grows with every tick.
  core::UtcTime utc;
  std::string lane;
  bool simulated = false;
  CycleState cycle = CycleState::kOff;
  std::string state;  ///< "Scanning"
  std::string state_text;
  std::string next_text;
  bool beam_on = false;  ///< As sensed, or as the source says.
  bool beam_asked = false;
  bool beam_permit = false;
  bool motion_asked = false;
  bool motion_permit = false;
  double speed_mm_s = 0;
  double gantry_position_mm = 0;
  std::string first_out;
  std::bitset<kFaultCount> latched;
  std::optional<Fault> first_fault;  ///< Of them.
  /// When the PLC saw its first cause, by its own clock; nothing where it names none.
  std::optional<std::uint32_t> plc_first_out_ms;
  std::string plc_first_out;  ///< In words.
  std::string beam_refused_because;
  std::string search_text;
  std::string doors_text;
  double dose_rate_usv_h = 0;
  std::string light_entry, light_exit;      ///< "red", "green", "off"
  std::string barrier_entry, barrier_exit;  ///< "open", "closed", "moving"
  std::string portal_text;
  std::uint16_t panel_message = 0;  ///< What the driver panel shows (lane/panel.h).
  std::string panel_text;           ///< The same in English.
  struct Device {
    std::string name;
    enum class Level : std::uint8_t { kUnknown, kOk, kAttention, kFault } level = Level::kUnknown;
    std::string text;
    bool lost = false;  ///< It does not answer, so that nothing else is known of it.
  };
  std::vector<Device> devices;  ///< PLC, X-ray source, Detector, Radiation portal, Recorder.
  std::uint64_t vehicle = 0;
  VehicleRecord vehicle_record;
  std::string scan_id;  ///< Running or last.
  std::uint32_t scan_lines = 0;
  std::uint64_t lines_lost = 0;
  /// To be decided now; empty where none. Also of a vehicle that waits after a scan that was lost.
  std::string review_scan_id;
  std::vector<Command> allowed_commands;
  std::vector<BayView> bays;            ///< Empty where the lane has none.
  std::vector<AwaitedVehicle> awaited;  ///< Let out to be scanned again, in their order.
  std::string operator_call;  ///< What somebody has to go and look at; empty where nothing.
};

/// Feeds the pure cycle (lane/cycle.h) from the ports and carries out what it says, withdrawing
/// first. tick() is the whole of it: call it at every PLC poll, best from PlcClient's callback, so
/// that what it decides is written in the same poll.
///
/// Ownership: borrows the ports. Threading: tick() and nothing else on one thread; all other calls
/// from any thread. command() and decide() wait for the next tick, at most one second.
class LaneDriver final {
 public:
  /// Fails where the state file exists and cannot be read: a latch must not be forgotten.
  static core::Result<std::unique_ptr<LaneDriver>> create(DriverConfig config,
                                                          const LanePorts& ports);
  ~LaneDriver();
  LaneDriver(const LaneDriver&) = delete;
  LaneDriver& operator=(const LaneDriver&) = delete;

  /// Never throws for want of memory: beam and motion are withdrawn in that tick, and the fault is
  /// latched in the next one that has some. What the cycle wanted done is done then.
  void tick(core::TimePoint now);

  /// kRefused with the reason; kTimeout where no tick took it.
  core::Status command(Command command, const std::string& user);
  core::Status decide(const LaneDecision& decision);
  /// The same without waiting: `told` is called by the tick that takes it, on the driver's thread.
  using Told = std::function<void(const core::Status&)>;
  void submit(Command command, const std::string& user, Told told);
  void submit(const LaneDecision& decision, Told told);
  void submit(CameraReading reading);
  void submit(OccupancyReading reading);

  [[nodiscard]] std::shared_ptr<const LaneSnapshot> snapshot() const;

 private:
  struct Impl;
  explicit LaneDriver(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace portcullis::lane
