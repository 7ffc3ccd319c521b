#include "hmi/models/lane_from_wire.h"

#include <bit>
#include <nlohmann/json.hpp>
#include <utility>

#include "api/lane.pb.h"
#include "core/record_json.h"

namespace portcullis::hmi {
namespace {

namespace wire = portcullis::api::v1;

HealthLevel level_from(wire::DeviceHealth::Level level) {
  switch (level) {
    case wire::DeviceHealth::OK:
      return HealthLevel::kOk;
    case wire::DeviceHealth::ATTENTION:
      return HealthLevel::kAttention;
    case wire::DeviceHealth::FAULT:
      return HealthLevel::kFault;
    default:
      return HealthLevel::kUnknown;
  }
}

BayData bay_from(const wire::Bay& from) {
  BayData to;
  to.number = from.number();
  to.place = from.place();
  to.place_text = from.place_text();
  to.owner = from.owner();
  to.since.ns = from.since_utc_ns();
  to.case_id = from.case_id();
  to.vehicle_plate = from.vehicle_plate();
  to.container_numbers.assign(from.container_numbers().begin(), from.container_numbers().end());
  to.arrived = from.arrived();
  to.exit_open = from.exit_open();
  to.alarm = from.alarm();
  return to;
}

AlarmData alarm_from(const wire::Alarm& from) {
  AlarmData to;
  to.key = from.key();
  to.occurrence = from.occurrence();
  to.priority = from.priority();
  to.state = from.state();
  to.title = from.title();
  to.detail = from.detail();
  to.cause = from.cause();
  to.consequence = from.consequence();
  to.action = from.action();
  to.raised.ns = from.raised_utc_ns();
  to.first_out = from.first_out();
  to.acknowledged_by = from.acknowledged_by();
  to.shelved_until.ns = from.shelved_until_utc_ns();
  to.shelved_by = from.shelved_by();
  to.shelved_reason = from.shelved_reason();
  return to;
}

/// In English, which the screen translates like all that the lane says; else the panel's first.
std::string panel_words(const wire::DriverPanel& panel) {
  for (const auto& line : panel.lines())
    if (line.language() == "en") return line.text();
  return panel.lines_size() > 0 ? panel.lines(0).text() : std::string();
}

}  // namespace

StatusData status_from(const wire::LaneStatus& from) {
  StatusData to;
  to.utc.ns = from.utc_ns();
  to.lane = from.lane();
  to.simulated = from.simulated();
  to.state = from.state();
  to.state_text = from.state_text();
  to.next_text = from.next_text();
  to.beam = from.beam();
  to.beam_asked = from.beam_asked();
  to.beam_permit = from.beam_permit();
  to.motion_asked = from.motion_asked();
  to.motion_permit = from.motion_permit();
  to.speed_mm_s = from.speed_mm_s();
  to.first_out = from.first_out();
  to.beam_refused_because = from.beam_refused_because();
  to.search_text = from.search_text();
  to.doors_text = from.doors_text();
  to.dose_rate_usv_h = from.dose_rate_usv_h();
  to.light_entry = from.light_entry();
  to.light_exit = from.light_exit();
  to.barrier_entry = from.barrier_entry();
  to.barrier_exit = from.barrier_exit();
  to.portal_text = from.portal_text();
  for (const auto& device : from.devices()) {
    to.devices.push_back({device.name(), level_from(device.level()), device.text()});
  }
  to.vehicle_plate = from.vehicle_plate();
  to.container_numbers.assign(from.container_numbers().begin(), from.container_numbers().end());
  to.scan_id = from.scan_id();
  to.scan_lines = from.scan_lines();
  to.lines_lost = from.lines_lost();
  to.scans_today = from.scans_today();
  to.median_cycle_s = from.median_cycle_s();
  to.waiting = from.waiting();
  to.allowed_commands.assign(from.allowed_commands().begin(), from.allowed_commands().end());
  to.current_case_id = from.current_case_id();
  for (const auto& bay : from.bays()) to.bays.push_back(bay_from(bay));
  to.operator_call = from.operator_call();
  to.alarms_served = from.alarms_served();
  for (const auto& alarm : from.alarms()) to.alarms.push_back(alarm_from(alarm));
  to.alarms_last_10_min = from.alarms_last_10_min();
  to.alarms_per_10_min = from.alarms_per_10_min();
  to.panel_pictogram = from.driver_panel().pictogram();
  to.panel_text = panel_words(from.driver_panel());
  for (const auto& next : from.next_cases())
    to.next_cases.push_back({next.case_id(), next.scan_id()});
  to.accounts = from.accounts();
  return to;
}

namespace {

std::vector<ProfilePoint> profile_from(const std::string& bytes) {
  std::vector<ProfilePoint> points(bytes.size() / 8);
  const auto number_at = [&](std::size_t offset) {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      bits |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[offset + i])) << (8 * i);
    }
    return std::bit_cast<float>(bits);
  };
  for (std::size_t i = 0; i < points.size(); ++i) {
    points[i] = {number_at(i * 8), number_at(i * 8 + 4)};
  }
  return points;
}

nlohmann::json json_from(const std::string& text) {
  return nlohmann::json::parse(text, nullptr, false);
}

}  // namespace

CaseData case_from(const wire::CaseView& from) {
  CaseData to;
  to.case_id = from.case_id();
  to.scan_id = from.scan_id();
  to.state = from.state();
  if (!from.report_json().empty()) {
    auto report = core::report_from_json(json_from(from.report_json()));
    if (report.ok()) {
      to.report = std::move(report).value();
    } else {
      to.unreadable = "report: " + report.error().message;
    }
  }
  const auto read_declarations = [&](const auto& wired, std::vector<DeclarationData>& read) {
    for (const auto& declared : wired) {
      auto declaration = core::declaration_from_json(json_from(declared.json()));
      if (declaration.ok()) {
        read.push_back({declared.id(), std::move(declaration).value(), declared.matched_by(),
                        declared.came_utc_ns()});
      } else {
        to.unreadable = "declaration " + declared.id() + ": " + declaration.error().message;
      }
    }
  };
  read_declarations(from.declarations(), to.declarations);
  read_declarations(from.declarations_set_aside(), to.declarations_set_aside);
  read_declarations(from.declarations_late(), to.declarations_late);
  to.declaration_chosen_by = from.declaration_chosen_by();
  to.declaration_chosen = from.declaration_chosen();
  to.declaration_problem = from.declaration_problem();
  to.vehicle_plate = from.vehicle_plate();
  to.container_numbers.assign(from.container_numbers().begin(), from.container_numbers().end());
  for (const auto& answer : from.answers()) {
    to.answers.push_back(core::finding_answer_from(answer).value_or(core::FindingAnswer::kNone));
  }
  if (!from.decision_json().empty()) {
    auto decision = core::decision_from_json(json_from(from.decision_json()));
    if (decision.ok()) {
      to.decision = std::move(decision).value();
    } else {
      to.unreadable = "decision: " + decision.error().message;
    }
  }
  for (const auto& one : from.container_decisions()) {
    core::ContainerDecision stands{one.container(), std::nullopt};
    if (!one.decision_json().empty()) {
      auto decision = core::decision_from_json(json_from(one.decision_json()));
      if (decision.ok())
        stands.decision = std::move(decision).value();
      else
        to.unreadable = "decision: " + decision.error().message;
    }
    to.container_decisions.push_back(std::move(stands));
  }
  to.decision_note = from.decision_note();
  to.decision_blocked_because = from.decision_blocked_because();
  to.simulated = from.simulated();
  to.scan_damage.assign(from.scan_damage().begin(), from.scan_damage().end());
  to.review_deadline.ns = from.review_deadline_utc_ns();
  to.radiation_profile = profile_from(from.radiation_profile());
  const auto& passage = from.radiation_passage();
  to.radiation_passage = {passage.passage_s(), passage.sample_s(), passage.background_cps(),
                          passage.alarm_cps(), passage.speed_km_h()};
  to.may_be_decided_again = from.may_be_decided_again();
  to.identity_outcome = from.identity_outcome();
  to.identity_remarks.assign(from.identity_remarks().begin(), from.identity_remarks().end());
  to.case_before = from.case_before();
  to.case_after = from.case_after();
  to.marks_json = from.marks_json();
  to.marks_version = from.marks_version();
  for (const auto& one : from.outcomes())
    to.outcomes.push_back({one.result(), one.what(), one.where(), one.how_much()});
  to.outcome_by = from.outcome_by();
  to.seals_found.assign(from.seals_found().begin(), from.seals_found().end());
  to.seals_put.assign(from.seals_put().begin(), from.seals_put().end());
  to.drawn = from.drawn();
  to.read_first = from.first_look() == "wanted";
  const auto correction = [](const wire::IdentityCorrection& one) {
    return CorrectionData{one.vehicle_plate(),
                          {one.container_numbers().begin(), one.container_numbers().end()},
                          one.by(),
                          one.confirmed_by()};
  };
  for (const auto& one : from.readings())
    to.readings.push_back({one.utc_ns(), one.camera(), one.kind(), one.text(), one.confidence(),
                           one.picture_sha256(), one.picture_problem()});
  if (from.has_identity_proposed()) to.identity_proposed = correction(from.identity_proposed());
  if (from.has_identity_set()) to.identity_set = correction(from.identity_set());
  return to;
}

FoundCasesData found_from(const wire::FindCasesReply& from) {
  FoundCasesData to;
  to.more = from.more();
  to.older_left_out = from.older_left_out();
  for (const auto& one : from.cases()) {
    FoundCaseData row;
    row.case_id = one.case_id();
    row.scan_id = one.scan_id();
    row.started.ns = one.started_utc_ns();
    row.container_numbers.assign(one.container_numbers().begin(), one.container_numbers().end());
    row.vehicle_plate = one.vehicle_plate();
    row.declarations.assign(one.declarations().begin(), one.declarations().end());
    row.state = one.state();
    row.verdict = one.verdict();
    row.decision = one.decision();
    row.findings.assign(one.findings().begin(), one.findings().end());
    row.scan_outcome = one.scan_outcome();
    row.thumbnail_png = one.thumbnail_png();
    to.cases.push_back(std::move(row));
  }
  return to;
}

}  // namespace portcullis::hmi
