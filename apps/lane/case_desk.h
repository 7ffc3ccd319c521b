#pragma once

#include <array>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "apps/lane/customs_answers.h"
#include "apps/lane/scan_recorder.h"
#include "apps/lane/task_thread.h"
#include "archive/catalogue.h"
#include "core/time.h"
#include "customs/gateway/gateway_api.h"
#include "inspection/worker/worker_client.h"
#include "lane/ports.h"
#include "services/lane/lane_backend.h"
#include "services/lane/published.h"

namespace portcullis::apps {

/// The work on a case: from the closed record of a scan to the decision that is answered to
/// customs. Images, findings, declaration and verdict are made on a thread of its own; the
/// officer's answers and decision are taken from any thread.
///
/// A case is one scan of one vehicle. What is decided is on the disk before it is acknowledged; an
/// answer that customs cannot take now is sent again until it is taken, also after a restart.
/// Ownership: borrows everything in Parts. Threading: all calls thread-safe; none but decide()
/// (which writes the catalogue) waits.
class CaseDesk {
 public:
  struct Parts {
    archive::Catalogue& catalogue;
    inspection::WorkerClient* worker = nullptr;  ///< Null: findings are made in this process.
    customs::GatewayPort* gateway = nullptr;     ///< Null: no customs link.
    const core::Clock& clock;
    core::Duration review_limit = std::chrono::minutes(5);
    /// Tells the lane cycle; its refusal refuses the decision.
    std::function<core::Status(const services::DecisionRequest&, const std::string& scan_id)>
        decide_in_lane;
  };
  explicit CaseDesk(Parts parts);
  ~CaseDesk();
  CaseDesk(const CaseDesk&) = delete;
  CaseDesk& operator=(const CaseDesk&) = delete;

  // ---- from the lane
  void scan_opened(const core::ScanMeta& meta, const std::filesystem::path& path);
  void scan_closed(RecordedScan scan);
  void vehicle_known(const std::string& scan_id, const lane::VehicleRecord& vehicle);
  /// Of the vehicle in the lane; empty where the portal has measured nothing of it yet.
  void radiation_measured(std::vector<services::RadiationSample> profile);
  /// The lane waits for a decision on this scan.
  void review_wanted(const std::string& scan_id);
  /// The lane cycle took a decision: the one of decide(), or its own because time ran out.
  void decided_by_lane(const std::string& scan_id, core::DecisionKind kind);
  /// A vehicle went through, arrival to departure.
  void vehicle_left(double cycle_s);

  // ---- from the screens (see LaneBackend)
  services::LaneBackend::VersionedCase wait_current_case(std::uint64_t version_seen,
                                                         std::chrono::milliseconds timeout);
  core::Result<services::CaseView> case_view(const std::string& case_id);
  std::vector<services::CaseSummary> list_cases(std::uint32_t count_max);
  core::Result<services::Image> image(const std::string& scan_id, services::ImagePlane plane);
  core::Status answer_finding(const std::string& case_id, std::uint32_t finding,
                              core::FindingAnswer answer, const std::string& user);
  core::Status decide(const services::DecisionRequest& request);

  [[nodiscard]] std::string current_case_id() const;
  [[nodiscard]] std::uint32_t scans_today() const;
  [[nodiscard]] double median_cycle_s() const;
  [[nodiscard]] services::DeviceHealth worker_health() const;
  [[nodiscard]] services::DeviceHealth gateway_health() const;

 private:
  struct Planes {
    std::string scan_id;
    std::array<services::Image, 4> planes;
  };

  void process(const RecordedScan& scan);
  /// process() from the file, for a scan whose report a restart prevented.
  void process_again(const std::string& scan_id);
  /// Asks the gateway; `view` says where it cannot be asked.
  void find_declarations_for(services::CaseView& view);
  /// While the scan runs, so that the officer sees early what was declared.
  void look_up_early(const std::string& case_id);
  void keep_planes(const std::string& scan_id, std::array<services::Image, 4> planes);
  core::Status load_planes(const std::string& scan_id);
  void note_answer(const std::string& case_id, const std::string& note);
  void idle();
  core::Status check_decision(const services::CaseView& view,
                              const services::DecisionRequest& request) const;
  /// Under the lock: puts a changed case in force and publishes it where it is the current one.
  void put(services::CaseView view);
  [[nodiscard]] services::CaseView* find(const std::string& case_id);
  services::CaseView from_catalogue(const archive::CatalogueCase& stored) const;

  Parts parts_;
  mutable std::mutex mutex_;
  std::deque<services::CaseView> cases_;  // newest last; a bounded number
  std::deque<Planes> planes_;
  CustomsAnswers answers_;
  std::vector<double> cycle_s_;
  std::uint32_t scans_today_ = 0;
  std::int64_t day_ = 0;
  std::vector<services::RadiationSample> radiation_profile_;
  std::string current_;
  std::string deciding_;  // the scan that decide() is asking the lane about
  core::TimePoint gateway_due_{};
  services::DeviceHealth gateway_health_;
  services::Published<services::CaseView> published_;
  std::unique_ptr<TaskThread> thread_;  // last: its tasks use all of the above
};

}  // namespace portcullis::apps
