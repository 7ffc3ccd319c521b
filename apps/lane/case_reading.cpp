// Readers of a case, overrides, and what inspections found: the desk's part of access/reading.h.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "apps/lane/case_desk.h"
#include "apps/lane/case_notes.h"
#include "apps/lane/case_words.h"
#include "archive/audit/draws.h"
#include "core/log.h"
#include "core/record_json.h"

namespace portcullis::apps {
namespace {

constexpr core::Duration kReaderHolds = std::chrono::minutes(2);
constexpr std::size_t kNextCases = 2;  // what is read, and what comes after it
constexpr const char* kReadAnewEvent = "read_anew";

core::Error reading_refuses(std::string why) {
  return {core::ErrorCode::kRefused, std::move(why)};
}

core::Error no_case(const std::string& case_id) {
  return {core::ErrorCode::kNotFound, fmt::format("there is no case {}", case_id)};
}

void show_reading(services::CaseView& view, const access::Reading& reading) {
  view.reader = reading.reader;
  view.reader_until = reading.reader_until;
}

/// The decisions that sent it, or a container of it, to a physical inspection and stand.
std::vector<core::Decision> inspections_of(const services::CaseView& view) {
  std::vector<core::Decision> inspections;
  const auto add = [&](const std::optional<core::Decision>& one) {
    if (one && one->kind == core::DecisionKind::kPhysicalInspection) inspections.push_back(*one);
  };
  if (view.container_decisions.empty()) add(view.decision);
  for (const auto& one : view.container_decisions) add(one.decision);
  return inspections;
}

void show_outcome(services::CaseView& view, const services::OutcomeRequest& outcome) {
  view.outcome_by = outcome.user;
  view.outcomes = outcome.outcomes;
  view.seals_found = outcome.seals_found;
  view.seals_put = outcome.seals_put;
}

}  // namespace

void CaseDesk::show_readers(Case& one) {
  services::CaseView& view = one.view;
  view.has_read.clear();
  show_reading(view, one.reading);
  if (one.reading.state == access::ReadingState::kSettled) return;
  const auto add = [&](const access::Reading& reading) {
    for (const auto& opinion : reading.opinions)
      if (!may_still_read(one, opinion.reader)) view.has_read.push_back(opinion.reader);
  };
  add(one.reading);
  for (const auto& [number, reading] : one.apart) add(reading);
}

void CaseDesk::restore_reading(Case& one, const archive::CatalogueCase& stored) const {
  services::CaseView& view = one.view;
  if (const auto outcomes = outcomes_of(stored); !outcomes.empty())
    show_outcome(view, outcomes.back().first);
  for (const auto& event : stored.events) {
    if (event.kind == kReadAnewEvent) {
      access::read_anew(one.reading);
      one.apart.clear();
    }
    if (event.kind == kFirstLookEvent) one.looked = true;
    if (event.kind != kOpinionEvent) continue;
    one.looked = false;  // the next reader has not
    const auto opinion =
        core::decision_from_json(nlohmann::json::parse(event.text, nullptr, false));
    if (!opinion.ok()) continue;
    // Only opinions that wait for another's are stored as such.
    auto* reading = &one.reading;
    if (opinion->container_only) {
      one.apart = read_apart(one);
      if (!one.apart.contains(opinion->container)) continue;
      reading = &one.apart[opinion->container];
    }
    const auto given =
        access::give_opinion(*reading, {opinion->officer, opinion->kind}, true, event.utc);
    if (!given.ok()) core::log_warning("cases", given.error().message);
  }
  if (view.decision && view.decision->officer != access::kLaneOfficer) {
    one.apart.clear();
    one.reading.state = access::ReadingState::kSettled;
  } else if (std::any_of(one.decisions.begin(), one.decisions.end(),
                         [](const auto& decision) { return decision.container_only; })) {
    one.apart = read_apart(one);
    for (const auto& stands : view.container_decisions)
      if (stands.decision && stands.decision->officer != access::kLaneOfficer)
        one.apart[stands.container].state = access::ReadingState::kSettled;
  }
  show_readers(one);
  if (!view.has_read.empty()) view.marks_json.clear();  // the first reader's
  view.outcome_wanted = view.outcome_by.empty() && view.decision && !inspections_of(view).empty();
}

core::Status CaseDesk::may_act(Case& one, const std::string& user) {
  if (one.view.decision && one.reading.state == access::ReadingState::kSettled) {
    if (!one.view.may_be_decided_again) return reading_refuses("the case is decided already");
    // What was isolated is not released by one more reader.
    if (parts_.accounts && one.view.decision->kind != core::DecisionKind::kHold)
      return reading_refuses("the case is decided; a supervisor may override it");
    PC_CHECK(
        parts_.catalogue.add_event(one.view.scan_id, kReadAnewEvent, user, parts_.clock.utc_now()));
    access::read_anew(one.reading);
    one.apart.clear();
  }
  if (!may_still_read(one, user) && !user.empty())
    return reading_refuses("you have read this case; another reads it");
  PC_CHECK(access::take_case(one.reading, user, parts_.clock.utc_now(), kReaderHolds));
  show_readers(one);
  return {};
}

core::Status CaseDesk::open_case(const std::string& case_id, const std::string& user, bool leave) {
  const std::lock_guard lock(mutex_);
  Case* one = find(case_id);
  if (one == nullptr) return no_case(case_id);
  if (leave) {
    access::leave_case(one->reading, user);
    show_readers(*one);
  } else {
    const std::string before = one->reading.reader;
    PC_CHECK(may_act(*one, user));
    if (before == user) return {};  // goes on: nothing that the others would see
  }
  changed(*one);
  return {};
}

std::vector<services::NextCase> CaseDesk::next_cases(const std::string& user) const {
  const std::lock_guard lock(mutex_);
  const auto now = parts_.clock.utc_now();
  std::vector<services::NextCase> next;
  const auto add = [&](const Case& one, bool current) {
    const services::CaseView& view = one.view;
    if (next.size() == kNextCases || (view.case_id == current_) != current) return;
    if (!one.in_review() || view.decision || view.state != services::CaseState::kToDecide) return;
    access::Reading asked = one.reading;
    if (!user.empty() &&
        (!may_still_read(one, user) || !access::take_case(asked, user, now, kReaderHolds).ok()))
      return;
    next.push_back({view.case_id, view.scan_id});
  };
  // As choose_current(): the screen stays with what is read, then comes what waits longest.
  for (const bool current : {true, false})
    for (const Case& one : cases_) add(one, current);
  return next;
}

bool CaseDesk::hides_findings(const Case& one) const {
  if (parts_.read_first == access::ReadFirst::kNever || one.looked) return false;
  const services::CaseView& view = one.view;
  if (!view.report || view.decision) return false;
  // It waits, or has only just been made; not one whose vehicle went without a decision.
  if (!one.in_review() && one.reviewed) return false;
  if (parts_.read_first == access::ReadFirst::kAlways) return true;
  // Until it is known whether it was drawn nobody is to see them either.
  return parts_.drawn && parts_.drawn(view.scan_id, archive::kFirstLookPurpose).value_or(true);
}

services::CaseView CaseDesk::shown(const Case& one) const {
  services::CaseView view = one.view;
  if (one.looked) view.first_look = services::FirstLook::kTaken;
  if (!hides_findings(one)) return view;
  services::hold_findings_back(view);
  if (view.decision_blocked_because.empty()) view.decision_blocked_because = kLookFirst;
  return view;
}

core::Status CaseDesk::first_look(const services::FirstLookRequest& request) {
  {
    const std::lock_guard lock(mutex_);
    Case* one = find(request.case_id);
    if (one == nullptr) return no_case(request.case_id);
    if (!hides_findings(*one)) return reading_refuses("the findings are shown already");
    if (parts_.read_first == access::ReadFirst::kDrawn)
      PC_CHECK(drawn(one->view, archive::kFirstLookPurpose));
    PC_CHECK(may_act(*one, request.user));
    const nlohmann::json event{
        {"by", request.user}, {"something", request.something}, {"marks", one->view.marks_json}};
    PC_CHECK(parts_.catalogue.add_event(
        one->view.scan_id, kFirstLookEvent,
        event.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
        parts_.clock.utc_now()));
    one->looked = true;
    changed(*one);
  }
  if (parts_.on_first_look) parts_.on_first_look(request);
  return {};
}

core::Result<bool> CaseDesk::drawn(const services::CaseView& view, const char* purpose) const {
  if (!parts_.drawn) return false;
  const auto drawn = parts_.drawn(view.scan_id, purpose);
  if (drawn) return *drawn;
  return reading_refuses("the random draws of this vehicle are being asked for; try again");
}

core::Result<bool> CaseDesk::take_opinion(Case& one, core::Decision& decision) {
  PC_CHECK(may_act(one, decision.officer));
  PC_TRY(const bool second_drawn, drawn(one.view, "second"));
  PC_TRY(const bool opening, drawn(one.view, "open"));
  auto apart = decision.container_only ? read_apart(one) : one.apart;
  access::Reading after = decision.container_only ? apart[decision.container] : one.reading;
  const bool wanted = parts_.second_reader == access::SecondReader::kAlways ||
                      (parts_.second_reader == access::SecondReader::kDrawn && second_drawn);
  PC_CHECK(
      access::give_opinion(after, {decision.officer, decision.kind}, wanted, decision.decided));
  if (after.state == access::ReadingState::kSettled) {
    if (opening && decision.kind == core::DecisionKind::kRelease) {
      decision.kind = core::DecisionKind::kPhysicalInspection;
      decision.reason_text = fmt::format("Read as release ({}). Drawn at random to be opened. {}",
                                         decision.reason_code, decision.reason_text);
      decision.reason_code = kDrawnToOpen;
    }
    return true;
  }
  PC_CHECK(parts_.catalogue.add_event(
      one.view.scan_id, kOpinionEvent,
      core::to_json(decision).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
      decision.decided));
  if (decision.container_only) {
    apart[decision.container] = std::move(after);
    one.apart = std::move(apart);
  } else {
    one.reading = std::move(after);
  }
  hand_over(one, decision.officer);
  show_readers(one);
  changed(one);
  return false;
}

void CaseDesk::hand_over(Case& one, const std::string& name) {
  if (may_still_read(one, name)) return;
  access::leave_case(one.reading, name);
  one.looked = false;
  std::fill(one.view.answers.begin(), one.view.answers.end(), core::FindingAnswer::kNone);
  if (one.view.marks_json.empty()) return;
  one.view.marks_json.clear();
  ++one.view.marks_version;
}

void CaseDesk::settle_reading(Case& one, const core::Decision& decision) {
  services::CaseView& view = one.view;
  if (!view.decision) {
    one.apart = read_apart(one);
    one.apart[decision.container].state = access::ReadingState::kSettled;
    hand_over(one, decision.officer);
    show_readers(one);
    return;
  }
  one.apart.clear();
  one.reading.state = access::ReadingState::kSettled;
  one.reading.reader.clear();
  show_readers(one);
  view.outcome_wanted = view.outcome_by.empty() && !inspections_of(view).empty();
  view.drawn.clear();
  if (!parts_.drawn) return;
  if (parts_.drawn(view.scan_id, "second").value_or(false))
    view.drawn = "drawn at random for a second reader";
  if (parts_.drawn(view.scan_id, "open").value_or(false))
    view.drawn += (view.drawn.empty() ? "drawn at random" : " and") + std::string(" to be opened");
}

core::Status CaseDesk::override_decision(const services::DecisionRequest& request) {
  {
    const std::lock_guard lock(mutex_);
    const Case* one = find(request.case_id);
    if (one == nullptr) return no_case(request.case_id);
    PC_CHECK(may_replace(*one, request));
  }
  return carry_out(request, true);
}

core::Status CaseDesk::record_outcome(const services::OutcomeRequest& request) {
  PC_TRY(const auto view, case_view(request.case_id));
  if (view.case_id.empty()) return no_case(request.case_id);
  if (!view.decision) return reading_refuses("the case is not decided yet");
  auto referred = inspections_of(view);
  if (referred.empty()) referred.push_back(*view.decision);
  for (const auto& one : referred)
    PC_CHECK(access::check_outcomes(request.outcomes, view.answers.size(), one, request.user));
  const auto now = parts_.clock.utc_now();
  PC_CHECK(parts_.catalogue.add_event(view.scan_id, kOutcomeEvent, outcome_json(request), now));
  if (parts_.on_outcome) parts_.on_outcome(request);
  {
    const std::lock_guard lock(mutex_);
    if (Case* one = find(request.case_id)) {
      show_outcome(one->view, request);
      one->view.outcome_wanted = false;
      changed(*one);
    }
  }
  PC_TRY(const auto stored, parts_.catalogue.show(view.scan_id));
  answers_.add_outcomes(stored, outcomes_of(stored).size() - 1);
  thread_->post([this] { answers_.send(); });
  return {};
}

}  // namespace portcullis::apps
