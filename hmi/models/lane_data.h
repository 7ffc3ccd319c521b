#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/decisions.h"
#include "core/records.h"
#include "hmi/models/office_data.h"

/// What the lane says, parsed, as the screen keeps it. Fields as in api/lane.proto. Plain data:
/// no Qt, no gRPC.
namespace portcullis::hmi {

enum class HealthLevel : std::uint8_t { kUnknown, kOk, kAttention, kFault };
struct DeviceState {
  std::string name;
  HealthLevel level = HealthLevel::kUnknown;
  std::string text;
};

struct BayData {
  std::uint32_t number = 0;
  std::string place, place_text, owner;
  core::UtcTime since;
  std::string case_id, vehicle_plate;
  std::vector<std::string> container_numbers;
  bool arrived = false, exit_open = false;
  std::string alarm;
};

struct AlarmData {
  std::string key;
  std::uint64_t occurrence = 0;
  std::string priority, state;
  std::string title, detail, cause, consequence, action;
  core::UtcTime raised;
  bool first_out = false;
  std::string acknowledged_by;
  core::UtcTime shelved_until;
  std::string shelved_by, shelved_reason;
};
struct AlarmAnswerData {
  std::string kind;  ///< "ACKNOWLEDGE", "SHELVE", "UNSHELVE"
  std::string key;
  std::uint64_t occurrence = 0;
  std::uint32_t minutes = 0;
  std::string reason, user;
};
struct AlarmEventData {
  core::UtcTime utc;
  std::string kind, text;
};

/// A case that waits for this officer.
struct NextCaseData {
  std::string case_id, scan_id;
};

struct StatusData {
  core::UtcTime utc;
  std::string lane;
  bool simulated = false;
  std::string state, state_text, next_text;
  std::string beam;
  bool beam_asked = false, beam_permit = false;
  bool motion_asked = false, motion_permit = false;
  double speed_mm_s = 0;
  std::string first_out, beam_refused_because, search_text, doors_text;
  double dose_rate_usv_h = 0;
  std::string light_entry, light_exit, barrier_entry, barrier_exit, portal_text;
  std::vector<DeviceState> devices;
  std::string vehicle_plate;
  std::vector<std::string> container_numbers;
  std::string scan_id;
  std::uint32_t scan_lines = 0;
  std::uint64_t lines_lost = 0;
  std::uint32_t scans_today = 0;
  double median_cycle_s = 0;
  std::uint32_t waiting = 0;
  std::vector<std::string> allowed_commands;
  std::string current_case_id;
  std::vector<BayData> bays;
  std::string operator_call;
  bool alarms_served = false;  ///< Else the lane is older than its alarm list.
  std::vector<AlarmData> alarms;
  std::uint32_t alarms_last_10_min = 0;
  double alarms_per_10_min = 0;
  std::string panel_pictogram, panel_text;  ///< Of the driver's panel; empty: blank.
  std::vector<NextCaseData> next_cases;     ///< The one to be decided now first.
  bool accounts = false;                    ///< Who is not logged in sees the machine alone.
};

struct SessionData {
  std::string name;
  std::vector<std::string> roles, rights;
};

/// What a camera read of the vehicle.
struct ReadingData {
  std::int64_t utc_ns = 0;
  std::string camera, kind, text;
  double confidence = 0;
  std::string picture_sha256, picture_problem;  ///< Empty: there is none, or none yet.
  friend bool operator==(const ReadingData&, const ReadingData&) = default;
};
/// Whose vehicle it is, as people say.
struct CorrectionData {
  std::string plate;
  std::vector<std::string> containers;  ///< Front to rear.
  std::string by, confirmed_by;
};
struct IdentityData {
  std::string case_id, plate;
  std::vector<std::string> containers;
};

struct DeclarationData {
  std::string id;
  core::Declaration declaration;
  std::string matched_by;
  std::int64_t came_utc_ns = 0;  ///< After the decision; 0: it did not.
};
struct ProfilePoint {
  float seconds = 0;
  float gamma_cps = 0;
};
/// Of that profile, as api/lane.proto's RadiationPassage.
struct PassageData {
  double passage_s = 0;  ///< 0: not known, or it passed in several goes.
  double sample_s = 0;
  double background_cps = 0, alarm_cps = 0, speed_km_h = 0;  ///< 0: not known.
};
struct CaseData {
  std::string case_id, scan_id;
  std::string state;  ///< "waiting_for_image", "to_decide", "decided"
  std::optional<core::InspectionReport> report;
  std::vector<DeclarationData> declarations;
  std::vector<DeclarationData> declarations_set_aside;  ///< An officer said they do not hold.
  std::vector<DeclarationData> declarations_late;       ///< Came after the decision.
  std::string declaration_chosen_by;                    ///< Empty: nobody has chosen.
  std::string declaration_chosen;                       ///< Its id; empty: none of them.
  std::string declaration_problem;
  std::string vehicle_plate;
  std::vector<std::string> container_numbers;
  std::vector<core::FindingAnswer> answers;
  std::optional<core::Decision> decision;  ///< The vehicle's.
  /// Front to rear, where they can be decided on apart; else empty.
  std::vector<core::ContainerDecision> container_decisions;
  std::string decision_note, decision_blocked_because;
  bool simulated = false;
  std::vector<std::string> scan_damage;
  core::UtcTime review_deadline;
  std::vector<ProfilePoint> radiation_profile;
  PassageData radiation_passage;
  bool may_be_decided_again = false;
  std::string identity_outcome;
  std::vector<std::string> identity_remarks;
  std::vector<ReadingData> readings;
  std::optional<CorrectionData> identity_proposed, identity_set;
  std::string case_before,
      case_after;  ///< Of the scans of the same vehicle that are one another's.
  std::string marks_json;
  std::uint32_t marks_version = 0;
  std::vector<OutcomeData> outcomes;  ///< Of the physical inspection.
  std::string outcome_by;             ///< Empty: none is recorded.
  std::vector<std::string> seals_found, seals_put;
  bool read_first = false;  ///< Its findings appear when its reader has said what he sees.
  std::string drawn;        ///< What was drawn at random; only after the decision.
  std::string unreadable;  ///< What of the case could not be read, in words; empty where all could.
};

/// Fields as in api/lane.proto's FindCasesRequest.
struct CaseSearchData {
  std::string text, state, finding;
  core::UtcTime from, to;
  std::uint32_t count_max = 0;
  std::string user;
  bool thumbnails = false;
};
struct FoundCaseData {
  std::string case_id, scan_id;
  core::UtcTime started;
  std::vector<std::string> container_numbers;
  std::string vehicle_plate;
  std::vector<std::string> declarations;
  std::string state, verdict, decision;
  std::vector<std::string> findings;
  std::string scan_outcome;
  std::string thumbnail_png;
};
struct FoundCasesData {
  std::uint64_t number = 0;  ///< Of the search.
  std::vector<FoundCaseData> cases;
  bool more = false, older_left_out = false;
  std::string problem;  ///< Why nothing was found out, in words; empty: all is well.
};

struct WaterfallData {
  std::string scan_id;
  std::uint32_t first_column = 0, columns = 0, rows = 0;
  std::vector<std::uint8_t> gray;  ///< Column after column, `rows` each; air = 255.
  bool last = false;
  bool from_rear = false;  ///< The first column is the vehicle's rear.
};

enum class Plane : std::uint8_t { kHigh, kLow, kMass, kMaterial };
/// One step of a plane's pyramid; row-major.
struct PlaneLevel {
  int columns = 0, rows = 0;
  std::vector<std::uint16_t> codes;   ///< kHigh, kLow, kMass
  std::vector<std::uint8_t> classes;  ///< kMaterial
};
struct PlaneData {
  std::string scan_id;
  Plane plane = Plane::kHigh;
  double mm_per_px = 0, x_first_mm = 0, z_first_mm = 0;
  double source_distance_mm = 0, source_z_mm = 0;  ///< As core::ImageGrid.
  std::vector<PlaneLevel> levels;  ///< [0] is the image itself, each next half its size.

  [[nodiscard]] int columns() const { return levels.empty() ? 0 : levels.front().columns; }
  [[nodiscard]] int rows() const { return levels.empty() ? 0 : levels.front().rows; }
};

struct DecisionData {
  std::string case_id, decision, reason_code, reason_text, user;
  std::int64_t time_on_image_ms = 0;
  std::string view_json;    ///< core/decided_view.h
  bool overriding = false;  ///< In the place of another's decision that stands.
  std::string container;    ///< That it is on alone; empty: on the whole vehicle.
};

/// Which of several declarations holds, said by an officer.
struct ChoiceData {
  std::string case_id;
  std::string chosen;              ///< Id; empty: none of those that compete.
  std::vector<std::string> shown;  ///< Ids of all that stood on the screen.
  std::string user;
};

}  // namespace portcullis::hmi
