#pragma once

#include <bitset>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "archive/catalogue.h"
#include "lane/driver.h"
#include "lane/invariants.h"
#include "plc/modbus/plc_poller.h"
#include "proving/soak/ports.h"
#include "proving/soak/soak.h"

/// One run of the deterministic simulation; inside of proving/soak.
namespace portcullis::proving {

class SoakRun;

/// One life of the lane's program, from start to kill.
struct SoakLife : public lane::LaneListener {
  SoakLife(SoakRun& run, std::uint64_t number);
  /// Opens the catalogue, which recovers what was left running, and makes the driver.
  core::Status start();

  void on_vehicle_arrived(const lane::VehicleRecord& vehicle) override;
  void on_vehicle_identity(const lane::VehicleRecord&) override {}
  void on_scan_started(const lane::ScanBegin& begin) override;
  void on_scan_ended(const std::string& scan_id, core::ScanOutcome outcome,
                     const std::string& reason) override;
  void on_review_wanted(const std::string& scan_id, const lane::VehicleRecord& vehicle) override;
  void on_decided(const std::string& scan_id, core::DecisionKind kind) override;
  void on_vehicle_left(std::uint64_t vehicle) override;
  void on_calibration(bool good, const std::string& text) override;
  void on_event(core::UtcTime utc, const std::string& kind, const std::string& text) override;

  SoakRun& run;
  std::uint64_t number;
  Life life;
  SoakStore store;
  std::optional<archive::Catalogue> catalogue;
  core::LinePool pool = soak_line_pool();
  acquisition::LineQueue lines{kSoakLines};
  std::unique_ptr<SoakSource> source;
  std::unique_ptr<SoakRecorder> recorder;
  std::unique_ptr<SoakDetector> detector;
  std::unique_ptr<SoakPortal> portal;
  std::unique_ptr<plc::PlcPoller> plc;
  std::unique_ptr<lane::LaneDriver> driver;
  lane::RecordInvariant records;
};

class SoakRun {
 public:
  explicit SoakRun(const SoakConfig& config);
  core::Result<SoakReport> go();

 private:
  friend struct SoakLife;

  void say(const std::string& text);
  void violated(const std::string& what);
  void mark(std::string_view name) { ++report_.reached[std::string(name)]; }

  // run_faults.cpp
  void begin_faults();
  void begin_waiting_faults();
  void begin_fault(const PlannedFault& planned);
  void look_at_objects();
  [[nodiscard]] bool object_there(SoakFault fault) const;
  [[nodiscard]] bool may_begin(const PlannedFault& planned) const;
  void note_cover();

  void poll();
  void operate();
  void act_for_operator();
  void command(lane::Command command);
  void decide(const std::string& scan_id, core::DecisionKind kind);
  void store_decision(SoakLife& life, lane::LaneDecision decision);
  void err_for_operator();
  /// A fault waits for this state: people bring the lane there where it is theirs to do.
  [[nodiscard]] bool wanted(lane::CycleState state) const;
  void check_step(const lane::StepView& view);
  void check_bay_step(const lane::BayStepView& view);
  void check_world();
  void check_progress();
  void end_life(bool power_lost);
  core::Status begin_life();
  void check_restart(const lane::State& restored);
  core::Status check_records();
  void leave_out_polls();
  [[nodiscard]] std::optional<core::TimePoint> next_threshold() const;
  [[nodiscard]] core::Duration since_begin() const;

  SoakConfig config_;
  SoakReport report_;
  lane::CycleConfig cycle_;
  SoakClock clock_;
  core::TimePoint begun_;
  FaultBoard faults_;
  SoakDisk disk_;
  SoakKept kept_;
  std::unique_ptr<SoakWorld> world_;
  std::unique_ptr<SoakLife> lane_;
  Draws people_;
  Draws canary_;
  FaultPlanner planner_;
  std::vector<PlannedFault> plan_;  ///< Given, or what the planner has given so far.
  std::size_t planned_next_ = 0;
  std::vector<PlannedFault> waiting_;  ///< For their state, and for what they act on.
  std::uint64_t visits_ = 1;           ///< States that the lane has entered.
  std::uint64_t visit_aimed_at_ = 0;   ///< In which a waiting fault began last.
  /// What there is for faults to act on, at the begin of this poll.
  bool lines_there_ = false, motion_there_ = false, beam_there_ = false;
  std::optional<core::TimePoint> restart_at_;
  bool kill_with_power_ = false;
  core::Duration down_for_{};
  core::TimePoint die_by_;

  // of the last step
  lane::State state_;
  lane::Inputs inputs_;
  bool asked_motion_ = false, asked_beam_ = false;
  bool step_changed_ = false;
  int quiet_polls_ = 0;
  std::uint64_t scans_begun_ = 0;

  // what must be found again
  std::set<std::string> begun_scans_;
  std::map<std::string, std::uint64_t> lines_kept_;  ///< By scan: of whole blocks.
  std::map<std::string, ClosedScan> closed_;
  std::vector<core::Decision> acknowledged_;
  bool first_step_ = false;  ///< Of a life that was not the first.
  std::vector<std::bitset<lane::kFaultCount>> settled_latches_, tick_latches_;
  std::uint64_t settled_vehicles_ = 0;
  bool settled_saved_ = true;

  // people
  core::TimePoint operator_due_;
  std::uint64_t decisions_ = 0;
  core::Duration stuck_for_{};
  core::TimePoint progress_at_;
  std::uint64_t progress_ = 0, progress_seen_ = 0;
  core::TimePoint beam_wanted_at_, fault_at_;
  std::deque<std::string> last_lines_;
};

}  // namespace portcullis::proving
