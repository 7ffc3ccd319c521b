#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "access/sessions.h"
#include "acquisition/acquisition.h"
#include "acquisition/capture_service.h"
#include "apps/lane/acquisition_adapter.h"
#include "apps/lane/alarm_keeper.h"
#include "apps/lane/camera_pictures.h"
#include "apps/lane/case_desk.h"
#include "apps/lane/device_adapters.h"
#include "apps/lane/lane_audit.h"
#include "apps/lane/lane_config.h"
#include "apps/lane/lane_office.h"
#include "apps/lane/live_view.h"
#include "firmware_bridge/camera/camera_client.h"
#include "lane/driver.h"
#include "plc/modbus/plc_client.h"
#include "recording/scan_recorder.h"
#include "services/gateway/gateway_client.h"
#include "services/lane/lane_server.h"
#include "services/lane/published.h"

namespace portcullis::apps {

class ScanImaging;

/// Everything `portcullis-lane` is: the devices' drivers, the lane cycle on the PLC's poll, the
/// recorder, the case desk and the API. The destructor withdraws beam and motion, ends a running
/// scan as partial and stops every thread.
///
/// Threading: make, stop and destroy on one thread. As LaneListener it is called by the driver's
/// thread; as LaneBackend by the server's.
class LaneProcess final : public services::LaneBackend, public lane::LaneListener {
 public:
  /// Devices need not be there yet: they are named in the status until they answer. Fails where
  /// the installation file, the storage or the API's socket cannot be used.
  static core::Result<std::unique_ptr<LaneProcess>> start(const LaneConfig& config,
                                                          const core::Clock& clock);
  ~LaneProcess() override;

  /// False where the poll of the PLC or the tending of devices has stopped: the process stands, and
  /// a watchdog should end it. `status` gets one line on how it is.
  [[nodiscard]] bool truly_alive(std::string& status) const;

  // services::LaneBackend
  services::LaneStatus wait_status(std::uint64_t sequence_seen,
                                   std::chrono::milliseconds timeout) override;
  core::Status command(services::LaneCommand command, const std::string& user) override;
  services::WaterfallFeed& waterfall() override { return feed_; }
  VersionedCase wait_case(const std::string& case_id, std::uint64_t version_seen,
                          std::chrono::milliseconds timeout) override;
  core::Result<services::CaseView> case_view(const std::string& case_id) override;
  std::vector<services::CaseSummary> list_cases(std::uint32_t count_max) override;
  core::Result<services::Image> image(const std::string& scan_id,
                                      services::ImagePlane plane) override;
  core::Status answer_finding(const std::string& case_id, std::uint32_t finding,
                              core::FindingAnswer answer, const std::string& user) override;
  core::Status decide(const services::DecisionRequest& request) override;
  core::Status set_marks(const services::MarksRequest& request) override;
  core::Status first_look(const services::FirstLookRequest& request) override;
  core::Status propose_identity(const services::IdentityRequest& request) override;
  core::Status confirm_identity(const services::IdentityRequest& request) override;
  core::Status open_case(const std::string& case_id, const std::string& user, bool leave) override;
  core::Status override_decision(const services::DecisionRequest& request) override;
  core::Status choose_declaration(const services::DeclarationChoice& choice) override;
  core::Status record_outcome(const services::OutcomeRequest& request) override;
  core::Result<services::Supervision> supervise(std::uint32_t days) override;
  core::Status answer_alarm(const services::AlarmAnswer& answer) override;
  core::Result<std::vector<services::AlarmEvent>> find_alarms(
      const services::AlarmSearch& search) override;
  core::Result<services::FoundCases> find_cases(const services::CaseSearch& search) override;
  std::vector<services::NextCase> next_cases(const std::string& user) override;
  void case_shown(const std::string& case_id, const std::string& user) override;

  // lane::LaneListener
  void on_vehicle_arrived(const lane::VehicleRecord& vehicle) override;
  void on_vehicle_identity(const lane::VehicleRecord& vehicle) override;
  void on_scan_started(const lane::ScanBegin& begin) override;
  void on_scan_ended(const std::string& scan_id, core::ScanOutcome outcome,
                     const std::string& reason) override;
  void on_review_wanted(const std::string& scan_id, const lane::VehicleRecord& vehicle) override;
  void on_decided(const std::string& scan_id, core::DecisionKind kind) override;
  void on_vehicle_left(std::uint64_t vehicle) override;
  void on_calibration(bool good, const std::string& text) override;
  void on_event(core::UtcTime utc, const std::string& kind, const std::string& text) override;

 private:
  LaneProcess(const LaneConfig& config, const core::Clock& clock)
      : config_(config), clock_(clock) {}
  core::Status open_storage();
  core::Status open_accounts();
  core::Status connect_devices();
  core::Status start_cycle();
  /// Cameras, portal and status, ten times a second.
  void tend();
  /// The calibration of before a restart, where it still holds.
  void restore_calibration();
  [[nodiscard]] std::filesystem::path calibration_file() const {
    return config_.storage_folder / "calibration.pscan";
  }
  void take_readings();
  void take_occupancies();
  /// What the portal measured of the vehicle goes to its record and its case.
  void bind_radiation(const lane::VehicleRecord& vehicle);
  /// The passages of a scanned vehicle as N42 files beside its scan. Not on the driver's thread.
  void keep_n42(const std::string& scan_id, const lane::VehicleRecord& vehicle);
  void publish_status();
  /// A scan whose image is refused while it runs: its case says so at once.
  void tell_refused_image();
  [[nodiscard]] services::DeviceHealth access_health() const;
  /// Nothing while the signer has not answered; true where nobody knows the vehicle any more.
  std::optional<bool> drawn(const std::string& scan_id, const char* purpose);
  /// What `portcullis account` changed goes to the audit log.
  void log_account_changes();
  /// Once a second the technician's rows, once a minute the PLC link's figures to the log.
  void refresh_diagnostics();

  const LaneConfig config_;
  std::optional<customs::GoodsTable> goods_table_;  ///< The site's own.
  const core::Clock& clock_;

  core::ScanMeta installation_;
  core::Calibration installed_calibration_;
  std::optional<archive::Catalogue> catalogue_;
  std::unique_ptr<LaneAudit> audit_;
  std::unique_ptr<access::AccountStore> accounts_;  // null: no accounts
  std::unique_ptr<access::Sessions> sessions_;      // as accounts_
  std::unique_ptr<services::GatewayClient> gateway_;
  std::unique_ptr<inspection::WorkerClient> worker_;

  std::unique_ptr<firmware_bridge::SourceDriver> source_;
  std::unique_ptr<firmware_bridge::DetectorDriver> detector_;
  std::unique_ptr<firmware_bridge::PortalClient> portal_;
  std::unique_ptr<firmware_bridge::CameraClient> camera_;
  std::unique_ptr<acquisition::Acquisition> acquisition_;
  std::unique_ptr<acquisition::CaptureService> capture_;

  std::unique_ptr<SourceAdapter> source_port_;
  std::unique_ptr<RadiationAdapter> radiation_port_;
  std::unique_ptr<AcquisitionAdapter> acquisition_port_;
  services::WaterfallFeed feed_;
  std::unique_ptr<LiveView> live_;
  std::unique_ptr<CaseDesk> desk_;
  std::unique_ptr<CameraPictures> pictures_;  // worked on by notes_
  std::unique_ptr<LaneOffice> office_;
  std::mutex imaging_mutex_;
  std::weak_ptr<ScanImaging> imaging_;  ///< Of the latest scan, until what it refused is told.
  std::unique_ptr<recording::ScanRecorder> recorder_;
  std::unique_ptr<plc::PlcClient> plc_;
  std::unique_ptr<lane::LaneDriver> driver_;
  std::unique_ptr<services::LaneServer> server_;

  services::Published<services::LaneStatus> status_;
  Visits visits_;
  std::mutex reviews_mutex_;
  std::map<std::string, std::uint64_t> reviews_;  // vehicle by scan, since the start
  /// A passage through the portal, by the id that the driver binds it with.
  struct Passage {
    core::RadiationMeasurement measured;
    std::vector<services::RadiationSample> profile;
    services::RadiationPassage passed;
    std::vector<archive::RadiationLine> lines;
    firmware_bridge::PortalOccupancy whole;
  };
  std::mutex passages_mutex_;
  std::map<std::uint64_t, Passage> passages_;  // the latest
  std::uint64_t passages_seen_ = 0;
  std::unique_ptr<AlarmKeeper> alarms_;
  std::unique_ptr<TaskThread> notes_;  // what the driver's thread must not wait for
  // When the poll and the tending last came round, for truly_alive().
  std::atomic<core::TimePoint> polled_at_{core::TimePoint{}};
  std::atomic<core::TimePoint> tended_at_{core::TimePoint{}};
  // The tender's thread alone.
  std::vector<services::DeviceHealth> diagnostics_;
  core::TimePoint diagnostics_due_;
  core::TimePoint figures_due_;
  std::string realtime_text_;
  std::atomic<bool> stopping_{false};
  std::unique_ptr<TaskThread> tender_;  // tend(), when idle
};

}  // namespace portcullis::apps
