#pragma once

#include <array>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "access/reading.h"
#include "apps/lane/customs_answers.h"
#include "apps/lane/task_thread.h"
#include "apps/lane/visits.h"
#include "archive/catalogue.h"
#include "core/geometry.h"
#include "core/time.h"
#include "customs/gateway/gateway_api.h"
#include "customs/match/goods_table.h"
#include "imaging/pipeline/parameters.h"
#include "inspection/worker/worker_client.h"
#include "lane/alarms/alarm_desk.h"
#include "lane/ports.h"
#include "recording/scan_recorder.h"
#include "services/lane/lane_backend.h"

namespace portcullis::apps {

/// The work on a case: from the closed record of a scan to the decision that is answered to
/// customs. Images, findings, declaration and verdict are made on a thread of its own; the
/// officer's answers and decision are taken from any thread.
///
/// A case is one scan of one vehicle. What is decided is on the disk before it is acknowledged; an
/// answer that customs cannot take now is sent again until it is taken, also after a restart. Where
/// the declarations could not be asked for, or came after the scan, an undecided case is judged
/// again when they are there.
///
/// The current case is the one that waits for a decision longest, and where none does, the newest.
/// Ownership: borrows everything in Parts. Threading: all calls thread-safe; none but decide()
/// (which writes the catalogue) and wait_case() waits.
class CaseDesk {
 public:
  /// Reason of a vehicle that was read as release and drawn to be opened.
  static constexpr const char* kDrawnToOpen = access::kDrawnToOpen;
  /// Why nothing is answered or decided yet on a case that is read before its findings appear.
  static constexpr const char* kJudgedWithIdentity =
      "the case is being judged again with the identity that was confirmed";
  static constexpr const char* kLookFirst =
      "say first what you see in the image; the findings appear then";
  /// Where a decision stands among those on its case.
  struct DecisionPlace {
    std::size_t before = 0;       ///< How many there were before it.
    bool first = true;            ///< None of them was on the same container, or on the vehicle.
    bool vehicle_decided = true;  ///< With it each container of the vehicle is decided on.
  };
  struct Parts {
    archive::Catalogue& catalogue;
    inspection::WorkerClient* worker = nullptr;  ///< Null: findings are made in this process.
    customs::GatewayPort* gateway = nullptr;     ///< Null: no customs link.
    const core::Clock& clock;
    core::Duration review_limit = std::chrono::minutes(5);
    imaging::Parameters imaging;  ///< Of images that are made here.
    /// Tells the lane cycle, or only asks it; its refusal refuses the decision.
    std::function<core::Status(const services::DecisionRequest&, const std::string& scan_id,
                               bool only_ask)>
        decide_in_lane;
    /// Called with each decision that is on the disk. Must not wait. May be empty.
    std::function<void(const core::Decision&, const DecisionPlace&)> on_decision;
    /// Names are accounts': what was isolated is a supervisor's to override.
    bool accounts = false;
    access::SecondReader second_reader = access::SecondReader::kDrawn;
    access::ReadFirst read_first = access::ReadFirst::kNever;
    /// Whether a scan's vehicle was drawn for "second", "open" or "first"; nothing: not known yet.
    /// Must not wait. Empty: nothing is drawn here.
    std::function<std::optional<bool>(const std::string& scan_id, const char* purpose)> drawn{};
    /// The number in [0, 1) that a scan's vehicle was drawn for "scan" with; nothing: none could be
    /// had. Must not wait. Empty: nothing is drawn here.
    std::function<std::optional<double>(const std::string& scan_id)> scan_draw{};
    /// An opinion that waits for another's. As on_decision.
    std::function<void(const core::Decision&)> on_opinion{};
    std::function<void(const services::OutcomeRequest&)> on_outcome{};
    /// A look before the findings appeared that is on the disk. As on_decision.
    std::function<void(const services::FirstLookRequest&)> on_first_look{};
    /// A correction that is on the disk, confirmed. As on_decision.
    std::function<void(const std::string& case_id, const services::IdentityCorrection&)>
        on_identity{};
    /// What the cameras read of a vehicle that left without a scan, whose case is there now.
    std::function<void(const std::string& scan_id, const std::vector<lane::CameraReading>&)>
        on_unscanned{};
    /// A choice among declarations that is on the disk, and how many there were before it on the
    /// case. As on_decision.
    std::function<void(const std::string& case_id, const archive::CatalogueChoice&,
                       std::size_t before)>
        on_choice{};
    /// What loads of each HS chapter look like; null: the program's own.
    const customs::GoodsTable* goods = nullptr;
    /// Of the days that a supervisor looks back over; 1 to 9,999.
    std::uint32_t supervised_scans_max = 9'999;
  };
  explicit CaseDesk(Parts parts);
  ~CaseDesk();
  CaseDesk(const CaseDesk&) = delete;
  CaseDesk& operator=(const CaseDesk&) = delete;

  // ---- from the lane
  /// Fails where the catalogue does not take it: such a scan must not begin.
  core::Status scan_opened(const core::ScanMeta& meta, const std::filesystem::path& path);
  void scan_closed(recording::RecordedScan scan);
  /// The scan, which still runs, will have no image, and why: told with its case at once.
  void image_refused(const std::string& scan_id, const std::string& why);
  /// `scan_id`, which has begun, takes `scan_before` of the same vehicle again (case_rescan.cpp).
  void scanned_again(const std::string& scan_id, const std::string& scan_before);
  void vehicle_known(const std::string& scan_id, const lane::VehicleRecord& vehicle);
  /// What the cameras read of the vehicle, with the pictures that are there by now.
  void readings_known(const std::string& scan_id,
                      const std::vector<services::CameraReading>& readings);
  /// Of the vehicle in the lane; empty where the portal has measured nothing of it yet.
  void radiation_measured(std::vector<services::RadiationSample> profile,
                          const services::RadiationPassage& passage);
  /// The lane waits for a decision on this scan.
  void review_wanted(const std::string& scan_id);
  /// The scans on whose vehicles the lane takes decisions now: of the one in review, and of those
  /// that stand in bays, decided or not. Call it often; it is cheap where nothing changed.
  void lane_waits_for(const std::vector<std::string>& scan_ids);
  /// The lane cycle took a decision: the one of decide(), or its own because time ran out.
  void decided_by_lane(const std::string& scan_id, core::DecisionKind kind);
  /// A vehicle came and left without a scan: a case of its own, with the reason
  /// (case_unscanned.cpp).
  void left_unscanned(const Visits::Visit& visit, const std::string& lane, bool simulated);
  /// A vehicle went through, arrival to departure.
  void vehicle_left(double cycle_s);

  // ---- from the screens (see LaneBackend)
  services::LaneBackend::VersionedCase wait_case(const std::string& case_id,
                                                 std::uint64_t version_seen,
                                                 std::chrono::milliseconds timeout);
  core::Result<services::CaseView> case_view(const std::string& case_id);
  std::vector<services::CaseSummary> list_cases(std::uint32_t count_max);
  core::Result<services::Image> image(const std::string& scan_id, services::ImagePlane plane);
  core::Status answer_finding(const std::string& case_id, std::uint32_t finding,
                              core::FindingAnswer answer, const std::string& user);
  core::Status decide(const services::DecisionRequest& request);
  /// On the disk when it returns; also on a case that is decided.
  core::Status set_marks(const services::MarksRequest& request);
  // case_reading.cpp
  core::Status open_case(const std::string& case_id, const std::string& user, bool leave);
  /// On the disk when it returns.
  core::Status first_look(const services::FirstLookRequest& request);
  std::vector<services::NextCase> next_cases(const std::string& user) const;
  core::Status override_decision(const services::DecisionRequest& request);
  /// On the disk when it returns, and on its way to customs.
  core::Status record_outcome(const services::OutcomeRequest& request);
  // case_identity.cpp
  /// On the disk when they return; the case is judged again then.
  core::Status propose_identity(const services::IdentityRequest& request);
  core::Status confirm_identity(const services::IdentityRequest& request);
  // case_choice.cpp
  core::Status choose_declaration(const services::DeclarationChoice& choice);
  // case_customs.cpp
  /// Vehicles that were released and that customs has ordered to be kept since: while they are
  /// here, and for ten minutes after the decision.
  [[nodiscard]] std::vector<lane::AlarmCondition> alarms() const;
  // case_supervision.cpp
  core::Result<services::Supervision> supervise(std::uint32_t days);

  [[nodiscard]] std::string current_case_id() const;
  [[nodiscard]] std::uint32_t scans_today() const;
  [[nodiscard]] double median_cycle_s() const;
  [[nodiscard]] services::DeviceHealth worker_health() const;
  [[nodiscard]] services::DeviceHealth gateway_health() const;

 private:
  static constexpr const char* kOpinionEvent = "opinion";
  static constexpr const char* kFirstLookEvent = "first_look";
  static constexpr const char* kScanBeforeEvent = "scan_before";
  static constexpr const char* kScanAfterEvent = "scan_after";
  struct Planes {
    std::string scan_id;
    std::array<services::Image, 4> planes;
  };
  struct Case {
    services::CaseView view;
    std::uint64_t version = 1;
    bool wanted = false;     // its review was asked for, and the lane was not seen to wait since
    bool with_lane = false;  // the lane would take a decision on it
    std::vector<core::Decision> decisions;  // all, in their order
    std::size_t choices = 0;                // among its declarations
    bool checked_again = true;              // its report is of the declarations that hold
    bool selection_owed = false;  // the gateway was not to be had when it should have selected it
    std::string ordered_since;    // by customs, to keep what has been released; empty: nothing
    access::Reading reading;      // and who has the case now
    bool looked = false;          // its reader has said what he sees without the findings
    bool reviewed = false;        // it was in review, or was not when the lane was first asked
    bool restored = false;        // of before the last start
    bool told_hidden = false;     // what the screens were told last
    // Of each container, by its number, from the first opinion or decision on one alone until all
    // are decided on. Who has the case is not said here.
    std::map<std::string, access::Reading> apart;
    [[nodiscard]] bool in_review() const { return wanted || with_lane; }
  };
  enum class Again : std::uint8_t { kAfterRestart, kDeclarationsCame, kIdentitySet };

  // ---- case_judging.cpp: on the desk's own thread
  void process(const recording::RecordedScan& scan);
  /// process() from the file.
  void process_again(const std::string& scan_id, Again why);
  /// Asks the gateway; `view` says where it cannot be asked.
  void find_declarations_for(services::CaseView& view);
  /// Has the gateway select the cases of the declarations that are bound to this scan; where it
  /// cannot, look_up_late() tries again.
  void have_selected(const services::CaseView& view);
  /// While the scan runs, so that the officer sees early what was declared.
  void look_up_early(const std::string& case_id);
  /// Judges those again whose declarations were not to be had before.
  void look_up_late();
  // ---- case_late.cpp: on the desk's own thread
  /// Binds declarations that came beside others: to an open case, whose checks are made again, or
  /// to one decided in the last day, where they are kept apart. False: not all could be asked for.
  bool look_for_more();
  bool bind_late(const std::string& case_id, std::vector<customs::FoundDeclaration> declarations);
  /// Takes over what bound declarations of an open case say otherwise now, after customs told of
  /// them.
  void take_amendments(const services::CaseView& view);
  /// Logs what an image is made without, the first time in this run of the program.
  void tell_once(const std::string& note);
  void keep_planes(const std::string& scan_id, std::array<services::Image, 4> planes);
  core::Status load_planes(const std::string& scan_id);

  void note_answer(const std::string& case_id, const std::string& note);
  void idle();
  core::Status carry_out(const services::DecisionRequest& request, bool overriding);
  core::Status check_decision(const Case& one, const services::DecisionRequest& request) const;
  // Under the lock:
  void changed(Case& one);
  Case& add(services::CaseView view);
  [[nodiscard]] Case* find(const std::string& case_id);
  void choose_current();
  [[nodiscard]] Case from_catalogue(const archive::CatalogueCase& stored) const;

  // ---- case_choice.cpp
  /// Makes the checks again with the declarations that hold now. On the desk's own thread.
  void check_again(const std::string& case_id);
  core::ImageGrid grid_of(const std::string& scan_id, const std::filesystem::path& file);
  static void restore_choices(Case& one, const archive::CatalogueCase& stored);

  // ---- case_customs.cpp
  /// What customs ordered of the container that `request` is on, where that matters; else as it
  /// was judged. Asks the gateway.
  std::optional<core::Check> customs_of(const services::DecisionRequest& request);
  /// Check "customs" as the gateway has it now; where it cannot say, as it was judged.
  std::optional<core::Check> ask_customs(const services::CaseView& view) const;
  /// kRefused: a release while customs keeps the goods, or without a word on what it asks for.
  static core::Status customs_allow(const std::optional<core::Check>& check,
                                    const services::DecisionRequest& request);
  /// What customs ordered or lifted since: cases that wait are checked again with it, what was
  /// released is noted and alarmed. On the desk's own thread.
  void look_at_customs();

  // ---- case_identity.cpp
  static void set_vehicle(services::CaseView& view, const core::VehicleIdentity& identity);
  /// As events of the catalogue, which restore_identity() reads.
  void keep_identity_remarks(const std::string& scan_id, const std::string& outcome,
                             const std::vector<std::string>& remarks);
  /// What an event of the catalogue says of what was read, and of corrections.
  static void restore_identity(services::CaseView& view, const archive::CatalogueEvent& event);
  /// The case was not judged with the identity that holds.
  static bool judged_before_correction(const archive::CatalogueCase& stored);

  // ---- case_rescan.cpp
  /// What an event of the catalogue says of scans before and after.
  static void restore_rescan(services::CaseView& view, const std::string& kind,
                             const std::string& text);

  // ---- case_containers.cpp; under the lock
  /// What stands by `one`'s decisions: into its view, of each container and of the vehicle.
  static void show_standing(Case& one);
  /// kRefused: the decision is on something that cannot be decided on (now).
  static core::Status check_container(const Case& one, const services::DecisionRequest& request,
                                      bool overriding);
  /// Readings of its containers, as they are or as they would be.
  static std::map<std::string, access::Reading> read_apart(const Case& one);
  /// Whether `name` can still give an opinion.
  static bool may_still_read(const Case& one, const std::string& name);
  static core::Status may_replace(const Case& one, const services::DecisionRequest& request);
  static DecisionPlace place_of(const Case& one, std::size_t nth);

  // ---- case_reading.cpp; under the lock
  void restore_reading(Case& one, const archive::CatalogueCase& stored) const;
  /// `user` has the case now. kRefused where another has it, or there is nothing to read.
  core::Status may_act(Case& one, const std::string& user);
  /// kRefused while it is not known yet.
  [[nodiscard]] core::Result<bool> drawn(const services::CaseView& view, const char* purpose) const;
  /// True: `decision` (which a draw may have changed) is to be carried out; settle_reading() then.
  /// False: it is stored as an opinion and waits for another reader's.
  core::Result<bool> take_opinion(Case& one, core::Decision& decision);
  static void show_readers(Case& one);
  /// Its findings are not to be seen yet.
  [[nodiscard]] bool hides_findings(const Case& one) const;
  /// As the screens may see it.
  [[nodiscard]] services::CaseView shown(const Case& one) const;
  /// Where `name` has nothing left to read: the next reader begins with nothing of his.
  static void hand_over(Case& one, const std::string& name);
  void settle_reading(Case& one, const core::Decision& decision);

  Parts parts_;
  std::set<std::string> notes_told_;  // under mutex_
  mutable std::mutex mutex_;
  std::condition_variable case_changed_;
  std::deque<Case> cases_;  // newest last; a bounded number
  std::deque<Planes> planes_;
  CustomsAnswers answers_;
  std::vector<double> cycle_s_;
  std::uint32_t scans_today_ = 0;
  std::int64_t day_ = 0;
  std::vector<services::RadiationSample> radiation_profile_;
  services::RadiationPassage radiation_passage_;
  std::string current_;
  std::uint64_t current_version_ = 1;
  std::pair<std::string, std::string> taken_again_;  // the last scan that takes another again
  std::string newest_;    // the last scan that began, or whose review was asked for
  std::string deciding_;  // the scan that decide() is asking the lane about
  core::TimePoint gateway_due_{};
  /// When all cases were asked for last: how many the gateway had. On the desk's own thread.
  std::optional<std::uint64_t> declarations_seen_;
  services::DeviceHealth gateway_health_;
  std::unique_ptr<TaskThread> thread_;  // last: its tasks use all of the above
};

}  // namespace portcullis::apps
