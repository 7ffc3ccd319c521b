#include "services/lane/lane_wire.h"

#include <bit>
#include <nlohmann/json.hpp>

#include "api/lane.pb.h"
#include "core/record_json.h"
#include "core/wilson.h"

namespace portcullis::services {
namespace {

// Text from the field (plates, device names) may hold bytes that are no UTF-8; a protobuf string
// may not. json's replacing dump does both: it never throws and it never emits bad UTF-8.
std::string dump_json(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

api::v1::DeviceHealth::Level level_to_wire(DeviceLevel level) {
  switch (level) {
    case DeviceLevel::kOk:
      return api::v1::DeviceHealth::OK;
    case DeviceLevel::kAttention:
      return api::v1::DeviceHealth::ATTENTION;
    case DeviceLevel::kFault:
      return api::v1::DeviceHealth::FAULT;
    case DeviceLevel::kUnknown:
      break;
  }
  return api::v1::DeviceHealth::UNKNOWN;
}

const char* case_state_name(CaseState state) {
  switch (state) {
    case CaseState::kWaitingForImage:
      return "waiting_for_image";
    case CaseState::kToDecide:
      return "to_decide";
    case CaseState::kDecided:
      return "decided";
  }
  return "";
}

void append_float(float value, std::string& to) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  for (unsigned shift = 0; shift < 32; shift += 8) {
    to.push_back(static_cast<char>((bits >> shift) & 0xffu));
  }
}

}  // namespace

std::string_view lane_command_name(LaneCommand command) {
  switch (command) {
    case LaneCommand::kStart:
      return "START";
    case LaneCommand::kStop:
      return "STOP";
    case LaneCommand::kReset:
      return "RESET";
    case LaneCommand::kWarmUp:
      return "WARM_UP";
    case LaneCommand::kCalibrate:
      return "CALIBRATE";
    case LaneCommand::kMaintenanceEnter:
      return "MAINTENANCE_ENTER";
    case LaneCommand::kMaintenanceLeave:
      return "MAINTENANCE_LEAVE";
  }
  return "";
}

std::optional<LaneCommand> command_from_wire(int kind) {
  switch (kind) {
    case api::v1::CommandRequest::START:
      return LaneCommand::kStart;
    case api::v1::CommandRequest::STOP:
      return LaneCommand::kStop;
    case api::v1::CommandRequest::RESET:
      return LaneCommand::kReset;
    case api::v1::CommandRequest::WARM_UP:
      return LaneCommand::kWarmUp;
    case api::v1::CommandRequest::CALIBRATE:
      return LaneCommand::kCalibrate;
    case api::v1::CommandRequest::MAINTENANCE_ENTER:
      return LaneCommand::kMaintenanceEnter;
    case api::v1::CommandRequest::MAINTENANCE_LEAVE:
      return LaneCommand::kMaintenanceLeave;
    default:
      return std::nullopt;
  }
}

namespace {

void bay_to_wire(const BayStatus& from, api::v1::Bay& to) {
  to.set_number(from.number);
  to.set_place(utf8(from.place));
  to.set_place_text(utf8(from.place_text));
  to.set_owner(utf8(from.owner));
  to.set_since_utc_ns(from.since.ns);
  to.set_case_id(utf8(from.case_id));
  to.set_vehicle_plate(utf8(from.vehicle_plate));
  for (const std::string& number : from.container_numbers) to.add_container_numbers(utf8(number));
  to.set_arrived(from.arrived);
  to.set_exit_open(from.exit_open);
  to.set_alarm(utf8(from.alarm));
}

void panel_to_wire(const DriverPanel& from, api::v1::DriverPanel& to) {
  to.set_message(from.message);
  to.set_pictogram(utf8(from.pictogram));
  for (const DriverPanel::Line& line : from.lines) {
    auto* wire = to.add_lines();
    wire->set_language(utf8(line.language));
    wire->set_text(utf8(line.text));
  }
}

void alarm_to_wire(const AlarmStatus& from, api::v1::Alarm& to) {
  to.set_key(utf8(from.key));
  to.set_occurrence(from.occurrence);
  to.set_priority(utf8(from.priority));
  to.set_state(utf8(from.state));
  to.set_title(utf8(from.title));
  to.set_detail(utf8(from.detail));
  to.set_cause(utf8(from.cause));
  to.set_consequence(utf8(from.consequence));
  to.set_action(utf8(from.action));
  to.set_raised_utc_ns(from.raised.ns);
  to.set_first_out(from.first_out);
  to.set_acknowledged_by(utf8(from.acknowledged_by));
  to.set_shelved_until_utc_ns(from.shelved_until.ns);
  to.set_shelved_by(utf8(from.shelved_by));
  to.set_shelved_reason(utf8(from.shelved_reason));
  to.set_suppressed_by(utf8(from.suppressed_by));
}

void matched_to_wire(const MatchedDeclaration& from, api::v1::DeclarationView& to) {
  to.set_id(utf8(from.id));
  to.set_json(dump_json(core::to_json(from.declaration)));
  to.set_matched_by(utf8(from.matched_by));
  to.set_came_utc_ns(from.came.ns);
}

}  // namespace

void to_wire(const AlarmEvent& from, api::v1::AlarmEvent& to) {
  to.set_utc_ns(from.utc.ns);
  to.set_kind(utf8(from.kind));
  to.set_text(utf8(from.text));
}

std::string utf8(const std::string& text) {
  bool plain = true;
  for (const char c : text) plain = plain && static_cast<unsigned char>(c) < 0x80;
  if (plain) return text;
  const std::string quoted = dump_json(nlohmann::json(text));
  const nlohmann::json parsed = nlohmann::json::parse(quoted, nullptr, false);
  return parsed.is_string() ? parsed.get<std::string>() : std::string();
}

void to_wire(const LaneStatus& from, api::v1::LaneStatus& to) {
  to.set_sequence(from.sequence);
  to.set_utc_ns(from.utc.ns);
  to.set_lane(utf8(from.lane));
  to.set_simulated(from.simulated);
  to.set_state(utf8(from.state));
  to.set_state_text(utf8(from.state_text));
  to.set_next_text(utf8(from.next_text));
  to.set_beam(utf8(from.beam));
  to.set_beam_asked(from.beam_asked);
  to.set_beam_permit(from.beam_permit);
  to.set_motion_asked(from.motion_asked);
  to.set_motion_permit(from.motion_permit);
  to.set_speed_mm_s(from.speed_mm_s);
  to.set_first_out(utf8(from.first_out));
  to.set_beam_refused_because(utf8(from.beam_refused_because));
  to.set_search_text(utf8(from.search_text));
  to.set_doors_text(utf8(from.doors_text));
  to.set_dose_rate_usv_h(from.dose_rate_usv_h);
  to.set_light_entry(utf8(from.light_entry));
  to.set_light_exit(utf8(from.light_exit));
  to.set_barrier_entry(utf8(from.barrier_entry));
  to.set_barrier_exit(utf8(from.barrier_exit));
  to.set_portal_text(utf8(from.portal_text));
  for (const DeviceHealth& device : from.devices) {
    auto* wire = to.add_devices();
    wire->set_name(utf8(device.name));
    wire->set_level(level_to_wire(device.level));
    wire->set_text(utf8(device.text));
  }
  to.set_vehicle_plate(utf8(from.vehicle_plate));
  for (const std::string& number : from.container_numbers) to.add_container_numbers(utf8(number));
  to.set_scan_id(utf8(from.scan_id));
  to.set_scan_lines(from.scan_lines);
  to.set_lines_lost(from.lines_lost);
  to.set_scans_today(from.scans_today);
  to.set_median_cycle_s(from.median_cycle_s);
  to.set_waiting(from.waiting);
  for (const LaneCommand command : from.allowed_commands) {
    to.add_allowed_commands(std::string(lane_command_name(command)));
  }
  to.set_current_case_id(utf8(from.current_case_id));
  for (const BayStatus& bay : from.bays) bay_to_wire(bay, *to.add_bays());
  to.set_operator_call(utf8(from.operator_call));
  for (const NextCase& next : from.next_cases) {
    auto* wire = to.add_next_cases();
    wire->set_case_id(utf8(next.case_id));
    wire->set_scan_id(utf8(next.scan_id));
  }
  panel_to_wire(from.driver_panel, *to.mutable_driver_panel());
  to.set_alarms_served(from.alarms_served);
  for (const AlarmStatus& alarm : from.alarms) alarm_to_wire(alarm, *to.add_alarms());
  to.set_alarms_last_10_min(from.alarms_last_10_min);
  to.set_alarms_per_10_min(from.alarms_per_10_min);
  to.set_access_text(utf8(from.access_text));
}

void to_wire(const CaseView& from, api::v1::CaseView& to) {
  to.set_case_id(utf8(from.case_id));
  to.set_scan_id(utf8(from.scan_id));
  to.set_state(case_state_name(from.state));
  if (from.report) to.set_report_json(dump_json(core::to_json(*from.report)));
  for (const MatchedDeclaration& matched : from.declarations)
    matched_to_wire(matched, *to.add_declarations());
  for (const MatchedDeclaration& matched : from.declarations_set_aside)
    matched_to_wire(matched, *to.add_declarations_set_aside());
  for (const MatchedDeclaration& matched : from.declarations_late)
    matched_to_wire(matched, *to.add_declarations_late());
  to.set_declaration_chosen_by(utf8(from.declaration_chosen_by));
  to.set_declaration_chosen_utc_ns(from.declaration_chosen_at.ns);
  to.set_declaration_chosen(utf8(from.declaration_chosen));
  to.set_declaration_problem(utf8(from.declaration_problem));
  to.set_vehicle_plate(utf8(from.vehicle_plate));
  for (const std::string& number : from.container_numbers) to.add_container_numbers(utf8(number));
  for (const core::FindingAnswer answer : from.answers) {
    to.add_answers(std::string(core::finding_answer_name(answer)));
  }
  if (from.decision) to.set_decision_json(dump_json(core::to_json(*from.decision)));
  for (const auto& one : from.container_decisions) {
    auto* wire = to.add_container_decisions();
    wire->set_container(utf8(one.container));
    if (one.decision) wire->set_decision_json(dump_json(core::to_json(*one.decision)));
  }
  to.set_decision_note(utf8(from.decision_note));
  to.set_decision_blocked_because(utf8(from.decision_blocked_because));
  to.set_simulated(from.simulated);
  for (const std::string& remark : from.scan_damage) to.add_scan_damage(utf8(remark));
  to.set_review_deadline_utc_ns(from.review_deadline.ns);
  std::string profile;
  profile.reserve(from.radiation_profile.size() * 8);
  for (const RadiationSample& sample : from.radiation_profile) {
    append_float(sample.seconds, profile);
    append_float(sample.gamma_cps, profile);
  }
  to.set_radiation_profile(std::move(profile));
  if (!from.radiation_profile.empty()) {
    auto& passage = *to.mutable_radiation_passage();
    passage.set_passage_s(from.radiation_passage.passage_s);
    passage.set_sample_s(from.radiation_passage.sample_s);
    passage.set_background_cps(from.radiation_passage.background_cps);
    passage.set_alarm_cps(from.radiation_passage.alarm_cps);
    passage.set_speed_km_h(from.radiation_passage.speed_km_h);
  }
  to.set_may_be_decided_again(from.may_be_decided_again);
  to.set_identity_outcome(utf8(from.identity_outcome));
  for (const std::string& remark : from.identity_remarks) to.add_identity_remarks(utf8(remark));
  to.set_case_before(utf8(from.case_before));
  to.set_case_after(utf8(from.case_after));
  to.set_marks_json(utf8(from.marks_json));
  to.set_marks_version(from.marks_version);
  to.set_reader(utf8(from.reader));
  to.set_reader_until_utc_ns(from.reader_until.ns);
  to.set_may_be_overridden(from.may_be_overridden);
  const auto corrected = [](const IdentityCorrection& one, api::v1::IdentityCorrection& wire) {
    wire.set_vehicle_plate(utf8(one.plate));
    for (const auto& number : one.containers) wire.add_container_numbers(utf8(number));
    wire.set_by(utf8(one.by));
    wire.set_confirmed_by(utf8(one.confirmed_by));
  };
  for (const CameraReading& one : from.readings) {
    auto& reading = *to.add_readings();
    reading.set_utc_ns(one.at.ns);
    reading.set_camera(utf8(one.camera));
    reading.set_kind(utf8(one.kind));
    reading.set_text(utf8(one.text));
    reading.set_confidence(one.confidence);
    reading.set_picture_sha256(one.picture);
    reading.set_picture_problem(utf8(one.picture_problem));
  }
  if (from.identity_proposed) corrected(*from.identity_proposed, *to.mutable_identity_proposed());
  if (from.identity_set) corrected(*from.identity_set, *to.mutable_identity_set());
  if (from.first_look != FirstLook::kNone)
    to.set_first_look(from.first_look == FirstLook::kWanted ? "wanted" : "taken");
  to.set_drawn(utf8(from.drawn));
  for (const auto& outcome : from.outcomes) {
    auto* wire = to.add_outcomes();
    wire->set_result(std::string(access::outcome_result_name(outcome.result)));
    wire->set_what(utf8(outcome.what));
    wire->set_where(utf8(outcome.where));
    wire->set_how_much(utf8(outcome.how_much));
  }
  to.set_outcome_by(utf8(from.outcome_by));
  for (const auto& seal : from.seals_found) to.add_seals_found(utf8(seal));
  for (const auto& seal : from.seals_put) to.add_seals_put(utf8(seal));
  to.set_outcome_wanted(from.outcome_wanted);
}

void to_wire(const CaseSummary& from, api::v1::CaseSummary& to) {
  to.set_case_id(utf8(from.case_id));
  to.set_scan_id(utf8(from.scan_id));
  to.set_started_utc_ns(from.started.ns);
  to.set_container_number(utf8(from.container_number));
  to.set_vehicle_plate(utf8(from.vehicle_plate));
  to.set_verdict(utf8(from.verdict));
  to.set_decision(utf8(from.decision));
  to.set_scan_outcome(utf8(from.scan_outcome));
}

void to_wire(const FoundCases& from, api::v1::FindCasesReply& to) {
  for (const FoundCase& one : from.cases) {
    auto& row = *to.add_cases();
    row.set_case_id(utf8(one.case_id));
    row.set_scan_id(utf8(one.scan_id));
    row.set_started_utc_ns(one.started.ns);
    for (const auto& number : one.container_numbers) row.add_container_numbers(utf8(number));
    row.set_vehicle_plate(utf8(one.vehicle_plate));
    for (const auto& reference : one.declarations) row.add_declarations(utf8(reference));
    row.set_state(case_state_name(one.state));
    row.set_verdict(utf8(one.verdict));
    row.set_decision(utf8(one.decision));
    for (const auto& kind : one.findings) row.add_findings(utf8(kind));
    row.set_scan_outcome(utf8(one.scan_outcome));
    row.set_thumbnail_png(one.thumbnail_png);
  }
  to.set_more(from.more);
  to.set_older_left_out(from.older_left_out);
}

CaseSearch search_from(const api::v1::FindCasesRequest& from) {
  CaseSearch search;
  search.text = from.text();
  search.state = from.state();
  search.finding = from.finding();
  search.from.ns = from.from_utc_ns();
  search.to.ns = from.to_utc_ns();
  if (from.count_max() != 0) search.count_max = from.count_max();
  search.user = from.user();
  search.thumbnails = from.thumbnails();
  return search;
}

namespace {

void rate_to_wire(const access::HitRate& from, api::v1::Rate& to) {
  to.set_name(utf8(from.name));
  to.set_hits(from.hits);
  to.set_count(from.count);
  const auto interval = core::wilson_interval(from.hits, from.count);
  to.set_low(interval.low);
  to.set_high(interval.high);
}

void complaint_to_wire(const access::ImageComplaint& from, api::v1::ImageComplaint& to) {
  to.set_ticket(utf8(from.ticket));
  to.set_case_id(utf8(from.case_id));
  to.set_cause(utf8(from.cause));
  to.set_text(utf8(from.text));
  to.set_by(utf8(from.by));
  to.set_utc_ns(from.at.ns);
  to.set_done_by(utf8(from.done_by));
  to.set_done_text(utf8(from.done_text));
}

}  // namespace

void to_wire(const Supervision& from, api::v1::SuperviseReply& to) {
  to.set_queue(from.queue);
  to.set_oldest_s(from.oldest_s);
  for (const auto& reader : from.readers) {
    auto* wire = to.add_readers();
    wire->set_name(utf8(reader.name));
    wire->set_readings(reader.readings);
    wire->set_median_time_on_image_s(reader.median_time_on_image_s);
    wire->set_overridden(reader.overridden);
    wire->set_p90_time_on_image_s(reader.p90_time_on_image_s);
  }
  for (const auto& rate : from.finders) rate_to_wire(rate, *to.add_finders());
  for (const auto& rate : from.drawn) rate_to_wire(rate, *to.add_drawn());
  for (const auto& rate : from.checks) rate_to_wire(rate, *to.add_checks());
  for (const auto& rate : from.reasons) rate_to_wire(rate, *to.add_reasons());
  for (const auto& rate : from.rules) rate_to_wire(rate, *to.add_rules());
  for (const auto& one : from.waiting) {
    auto* wire = to.add_waiting();
    wire->set_case_id(utf8(one.case_id));
    wire->set_vehicle_plate(utf8(one.plate));
    wire->set_reader(utf8(one.reader));
    wire->set_since_utc_ns(one.since.ns);
  }
  for (const auto& one : from.complaints) complaint_to_wire(one, *to.add_complaints());
  for (const auto& one : from.overrides) to.add_overrides(utf8(one));
  for (const auto& one : from.outcomes_missing) to.add_outcomes_missing(utf8(one));
  to.set_counted_from_utc_ns(from.counted_from.ns);
}

void to_wire(const access::Sessions::Session& from, api::v1::SessionView& to) {
  to.set_name(utf8(from.name));
  for (const auto& role : access::role_names(from.roles)) to.add_roles(role);
  for (const auto& right : access::right_names(from.roles)) to.add_rights(right);
  to.set_break_glass(from.break_glass);
}

}  // namespace portcullis::services
