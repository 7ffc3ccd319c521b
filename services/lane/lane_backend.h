#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/reading.h"
#include "access/supervision.h"
#include "core/decisions.h"
#include "core/records.h"
#include "core/result.h"
#include "services/lane/waterfall_feed.h"

/// What the lane API (api/lane.proto) serves, without any of the wire: the lane process implements
/// LaneBackend, LaneServer carries it over a Unix socket. Fields mean what the .proto says of them.
namespace portcullis::services {

enum class DeviceLevel : std::uint8_t { kUnknown, kOk, kAttention, kFault };
struct DeviceHealth {
  std::string name;  ///< "PLC", "X-ray source", "Detector", "Radiation portal", ...
  DeviceLevel level = DeviceLevel::kUnknown;
  std::string text;  ///< In words, with what to do.
};

enum class LaneCommand : std::uint8_t {
  kStart,
  kStop,
  kReset,
  kWarmUp,
  kCalibrate,
  kMaintenanceEnter,
  kMaintenanceLeave,
};
/// "START", "STOP", ...: the names of CommandRequest.Kind.
std::string_view lane_command_name(LaneCommand command);

struct BayStatus {
  std::uint32_t number = 0;
  std::string place;       ///< "Waiting"
  std::string place_text;  ///< In words.
  std::string owner;
  core::UtcTime since;  ///< ns 0: the bay is empty.
  std::string case_id;
  std::string vehicle_plate;
  std::vector<std::string> container_numbers;
  bool arrived = false;
  bool exit_open = false;
  std::string alarm;
};
/// As api/lane.proto's Alarm.
struct AlarmStatus {
  std::string key;
  std::uint64_t occurrence = 0;
  std::string priority;
  std::string state;
  std::string title, detail, cause, consequence, action;
  core::UtcTime raised;
  bool first_out = false;
  std::string acknowledged_by;
  core::UtcTime shelved_until;
  std::string shelved_by, shelved_reason;
  std::string suppressed_by;
};
struct AlarmAnswer {
  enum class Kind : std::uint8_t { kAcknowledge, kShelve, kUnshelve };
  Kind kind = Kind::kAcknowledge;
  std::string key;
  std::uint64_t occurrence = 0;
  std::uint32_t minutes = 0;
  std::string reason;
  std::string user;
};
struct AlarmSearch {
  std::string text;
  core::UtcTime from;
  core::UtcTime to;  ///< ns 0: now.
  std::uint32_t count_max = 100;
};
struct AlarmEvent {
  core::UtcTime utc;
  std::string kind, text;
};
struct DriverPanel {
  struct Line {
    std::string language;
    std::string text;
  };
  std::uint32_t message = 0;
  std::string pictogram;
  std::vector<Line> lines;
};

/// A case that waits for its reader.
struct NextCase {
  std::string case_id, scan_id;
};

struct LaneStatus {
  std::uint64_t sequence = 0;  ///< Grows with every publication; 0 is never current.
  core::UtcTime utc;
  std::string lane;
  bool simulated = false;
  std::string state;
  std::string state_text;
  std::string next_text;
  std::string beam = "off";
  bool beam_asked = false;
  bool beam_permit = false;
  bool motion_asked = false;
  bool motion_permit = false;
  double speed_mm_s = 0;
  std::string first_out;
  std::string beam_refused_because;
  std::string search_text;
  std::string doors_text;
  double dose_rate_usv_h = 0;
  std::string light_entry = "off";
  std::string light_exit = "off";
  std::string barrier_entry;
  std::string barrier_exit;
  std::string portal_text;
  std::vector<DeviceHealth> devices;
  std::string vehicle_plate;
  std::vector<std::string> container_numbers;
  std::string scan_id;
  std::uint32_t scan_lines = 0;
  std::uint64_t lines_lost = 0;
  std::uint32_t scans_today = 0;
  double median_cycle_s = 0;  ///< 0: unknown.
  std::uint32_t waiting = 0;
  std::vector<LaneCommand> allowed_commands;
  std::string current_case_id;
  std::vector<BayStatus> bays;
  std::string operator_call;
  DriverPanel driver_panel;
  bool alarms_served = false;
  std::vector<AlarmStatus> alarms;
  std::uint32_t alarms_last_10_min = 0;
  double alarms_per_10_min = 0;
  std::vector<NextCase> next_cases;  ///< Of who asks; LaneServer fills it in.
  std::string access_text;  ///< Who may do what here; LaneServer says so where it has no accounts.
};

struct MatchedDeclaration {
  std::string id;
  core::Declaration declaration;
  std::string matched_by;
  core::UtcTime came{};  ///< After the decision; ns 0: it did not.
};
/// One reading of the radiation portal while the vehicle passed.
struct RadiationSample {
  float seconds = 0;
  float gamma_cps = 0;
};
/// Of those readings, as api/lane.proto's RadiationPassage.
struct RadiationPassage {
  double passage_s = 0;  ///< 0: not known, or it passed in several goes.
  double sample_s = 0;
  double background_cps = 0, alarm_cps = 0, speed_km_h = 0;  ///< 0: not known.
};
/// Whose vehicle it is, as people say: where a camera misread, or read nothing.
struct IdentityCorrection {
  std::string plate;
  std::vector<std::string> containers;  ///< Front to rear; normalised.
  std::string by;
  std::string confirmed_by;  ///< Another person; empty: nobody has yet.
};
/// What a camera read of a vehicle.
struct CameraReading {
  core::UtcTime at;
  std::string camera, kind, text;
  double confidence = 0;        ///< 0 to 1.
  std::string picture;          ///< Its SHA-256, as OfficeBackend::photo() wants it; empty: none.
  std::string picture_problem;  ///< Why the one that the camera named is not here; may be empty.
};
enum class CaseState : std::uint8_t { kWaitingForImage, kToDecide, kDecided };
enum class FirstLook : std::uint8_t { kNone, kWanted, kTaken };
struct CaseView {
  std::string case_id;  ///< Empty: there is no case now.
  std::string scan_id;
  CaseState state = CaseState::kWaitingForImage;
  std::optional<core::InspectionReport> report;
  std::vector<MatchedDeclaration> declarations;
  std::vector<MatchedDeclaration> declarations_set_aside;  ///< An officer said they do not hold.
  std::vector<MatchedDeclaration> declarations_late;       ///< Came after the decision.
  std::string declaration_chosen_by;  ///< Whose choice that is; empty: nobody has chosen.
  core::UtcTime declaration_chosen_at;
  std::string declaration_chosen;   ///< Id of the one he said holds; empty: none.
  std::string declaration_problem;  ///< None known is one thing, none could be asked for another.
  std::string vehicle_plate;
  std::vector<std::string> container_numbers;
  std::vector<core::FindingAnswer> answers;  ///< One for each finding of the report.
  std::optional<core::Decision> decision;    ///< The vehicle's: the strictest of its containers.
  /// Front to rear, where they can be decided on apart; else empty.
  std::vector<core::ContainerDecision> container_decisions;
  std::string decision_note;
  std::string decision_blocked_because;
  bool simulated = false;
  std::vector<std::string> scan_damage;
  core::UtcTime review_deadline;  ///< ns 0: none.
  std::vector<RadiationSample> radiation_profile;
  RadiationPassage radiation_passage;
  bool may_be_decided_again = false;  ///< Decided, and its vehicle still waits.
  std::string identity_outcome;
  std::vector<std::string> identity_remarks;
  std::vector<CameraReading> readings;                  ///< As they came.
  std::optional<IdentityCorrection> identity_proposed;  ///< Waits for a second person.
  std::optional<IdentityCorrection> identity_set;       ///< What holds, instead of what was read.
  std::string case_before;  ///< Of the scan of this vehicle that this one takes again; empty: none.
  std::string case_after;   ///< The other way round.
  std::string
      marks_json;  ///< Measurements and annotations on the image; as the screens wrote them.
  std::uint32_t marks_version = 0;
  std::string reader;                 ///< Who reads it now, alone; empty: nobody.
  core::UtcTime reader_until;         ///< Unless he goes on.
  std::vector<std::string> has_read;  ///< Gave an opinion that nobody sees yet; never on the wire.
  bool may_be_overridden = false;     ///< By another than `decision`'s officer.
  std::string drawn;  ///< What was drawn at random for it, in words; only after the decision.
  std::vector<access::InspectionOutcome> outcomes;  ///< One a finding, then one for the rest.
  std::string outcome_by;                           ///< Empty: none is recorded.
  std::vector<std::string> seals_found, seals_put;
  bool outcome_wanted = false;  ///< Referred to inspection, and nothing is recorded yet.
  /// kWanted: hold_findings_back() until its reader has said what he sees.
  FirstLook first_look = FirstLook::kNone;
};
/// Takes what the machine says of the image out of the view: findings, verdict, and the checks that
/// rest on it.
void hold_findings_back(CaseView& view);
struct CaseSummary {
  std::string case_id;
  std::string scan_id;
  core::UtcTime started;
  std::string container_number;
  std::string vehicle_plate;
  std::string verdict;
  std::string decision;
  std::string scan_outcome;
};

struct CaseSearch {
  std::string text, state, finding;
  core::UtcTime from;
  core::UtcTime to;  ///< ns 0: now.
  std::uint32_t count_max = 50;
  std::string user;
  bool thumbnails = false;
};
struct FoundCase {
  std::string case_id, scan_id;
  core::UtcTime started;
  std::vector<std::string> container_numbers;
  std::string vehicle_plate;
  std::vector<std::string> declarations;
  CaseState state = CaseState::kWaitingForImage;
  std::string verdict, decision;
  std::vector<std::string> findings;
  std::string scan_outcome;
  std::string thumbnail_png;
};
struct FoundCases {
  std::vector<FoundCase> cases;  ///< Newest first.
  bool more = false;
  bool older_left_out = false;
};

enum class ImagePlane : std::uint8_t { kHigh, kLow, kMass, kMaterial };
/// One plane of a scan's images; row-major, little-endian, origin top left.
struct Image {
  std::uint32_t columns = 0;
  std::uint32_t rows = 0;
  std::uint32_t bytes_per_pixel = 0;  ///< 2 for kHigh, kLow, kMass; 1 for kMaterial.
  double mm_per_px = 0;
  double x_first_mm = 0;  ///< As core::ImageGrid.
  double z_first_mm = 0;
  double source_distance_mm = 0;  ///< 0: not known, as of planes kept by earlier versions.
  double source_z_mm = 0;
  std::shared_ptr<const std::vector<std::byte>> pixels;  ///< Shared, never changed after.
};

struct DecisionRequest {
  std::string case_id;
  core::DecisionKind kind = core::DecisionKind::kHold;
  std::string reason_code;
  std::string reason_text;
  std::string user;
  std::int64_t time_on_image_ms = 0;
  std::string view_json{};  ///< core/decided_view.h; empty: the screen did not say.
  std::string container{};  ///< Of this one alone; empty: of the whole vehicle.
};

/// An officer's choice among a case's declarations of which one may not be taken for another.
struct DeclarationChoice {
  std::string case_id;
  std::string chosen;              ///< MatchedDeclaration::id; empty: none of those in doubt.
  std::vector<std::string> shown;  ///< Ids of all that he was shown.
  std::string user;
};

struct MarksRequest {
  std::string case_id;
  std::string marks_json;
  std::uint32_t version = 0;  ///< Of the marks that these were made from.
  std::string user;
};

/// What a reader sees before the machine's findings appear.
struct FirstLookRequest {
  std::string case_id;
  bool something = false;  ///< Something stands out; else nothing does.
  std::string user;
};

struct IdentityRequest {
  std::string case_id;
  std::string plate;
  std::vector<std::string> containers;  ///< Front to rear.
  std::string user;
};

struct OutcomeRequest {
  std::string case_id;
  std::vector<access::InspectionOutcome> outcomes;
  std::vector<std::string> seals_found, seals_put;
  std::string user;
};

using access::Supervision;

/// The lane as its clients see it.
///
/// Threading: every call may come from any thread of the server, several at once; none may be
/// called after LaneServer::stop() returned. The wait_ calls block for at most `timeout` (the
/// server passes at most 200 ms, so that it can stop); all others return within milliseconds.
/// None of them may ever make the lane cycle wait.
class LaneBackend {
 public:
  virtual ~LaneBackend() = default;

  /// The current status, as soon as its sequence differs from `sequence_seen`, else after
  /// `timeout`; made of a Published<LaneStatus> (sequence = its version). The lane cycle's own
  /// thread must publish at least twice a second, changed or not: the server sends nothing for an
  /// unchanged sequence, so that a lane that hangs is drawn as stale on the screens (after 1.5 s).
  virtual LaneStatus wait_status(std::uint64_t sequence_seen,
                                 std::chrono::milliseconds timeout) = 0;

  /// Ok: accepted. Else kRefused with the reason in words. kStop is always accepted.
  virtual core::Status command(LaneCommand command, const std::string& user) = 0;

  /// The picture of the running scan.
  virtual WaterfallFeed& waterfall() = 0;

  /// The case and its version (any change counts), as soon as the version differs from
  /// `version_seen`, else after `timeout`. Versions start at 1; 0 is never a version.
  struct VersionedCase {
    std::uint64_t version = 0;
    std::shared_ptr<const CaseView> view;  ///< Never null; case_id empty: no such case.
  };
  /// An empty id means the current case, whichever that is at the time.
  virtual VersionedCase wait_case(const std::string& case_id, std::uint64_t version_seen,
                                  std::chrono::milliseconds timeout) = 0;
  /// Fails with kNotFound. An empty id means the current case.
  virtual core::Result<CaseView> case_view(const std::string& case_id) = 0;
  /// Newest first.
  virtual std::vector<CaseSummary> list_cases(std::uint32_t count_max) = 0;

  /// Fails with kNotFound (no such scan) or kUnavailable (not processed yet). May take some tenths
  /// of a second.
  virtual core::Result<Image> image(const std::string& scan_id, ImagePlane plane) = 0;

  /// Fails with kNotFound or kRefused (decided already).
  virtual core::Status answer_finding(const std::string& case_id, std::uint32_t finding,
                                      core::FindingAnswer answer, const std::string& user) = 0;
  /// Fails with kNotFound or kRefused with the reason in words.
  virtual core::Status decide(const DecisionRequest& request) = 0;
  /// Fails with kNotFound or kRefused (somebody else changed them meanwhile).
  virtual core::Status set_marks(const MarksRequest& request) = 0;

  // ---- what a lane need not have: kUnsupported
  /// `user` reads the case alone from now on, or gives it back. Fails with kNotFound or kRefused.
  virtual core::Status open_case(const std::string& case_id, const std::string& user, bool leave);
  /// Whose vehicle it is: one person says so and a second confirms the same; the case is judged
  /// again with it then. On the disk when they return. Fail with kNotFound, kInvalidInput (a
  /// number) or kRefused.
  virtual core::Status propose_identity(const IdentityRequest& request);
  virtual core::Status confirm_identity(const IdentityRequest& request);
  /// On the disk when it returns; the findings appear then. Fails with kNotFound or kRefused (it is
  /// not wanted; another reads the case).
  virtual core::Status first_look(const FirstLookRequest& request);
  /// Another decision in the place of the one that stands. Fails with kNotFound or kRefused.
  virtual core::Status override_decision(const DecisionRequest& request);
  /// On the disk when it returns; the checks are made again with what holds. The same again changes
  /// nothing. Fails with kNotFound or kRefused (decided; another reads the case; no doubt; other
  /// declarations than were shown).
  virtual core::Status choose_declaration(const DeclarationChoice& choice);
  /// On the disk when it returns. Fails with kNotFound or kRefused.
  virtual core::Status record_outcome(const OutcomeRequest& request);
  virtual core::Result<Supervision> supervise(std::uint32_t days);
  /// On the disk when it returns. Fails with kNotFound or kRefused.
  virtual core::Status answer_alarm(const AlarmAnswer& answer);
  /// Newest first.
  virtual core::Result<std::vector<AlarmEvent>> find_alarms(const AlarmSearch& search);
  /// May take some tenths of a second.
  virtual core::Result<FoundCases> find_cases(const CaseSearch& search);
  /// The cases that `user` may read, which have their images, in the order in which they are shown:
  /// at most two. `user` empty: there are no accounts. Must not wait.
  virtual std::vector<NextCase> next_cases(const std::string& user);
  /// `user` has been shown this case. Must not wait.
  virtual void case_shown(const std::string& case_id, const std::string& user);
};

}  // namespace portcullis::services
