// Whose vehicle it is: what the cameras say, and where people know better than they.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>

#include "apps/lane/case_desk.h"
#include "apps/lane/case_words.h"
#include "core/iso6346.h"
#include "core/log.h"

namespace portcullis::apps {
namespace {

constexpr const char* kIdentityComponent = "cases";
constexpr const char* kIdentityEvent = "identity";  // what the cameras leave open: outcome: remark
constexpr const char* kProposedEvent = "identity_proposed";
constexpr const char* kSetEvent = "identity_set";
constexpr std::size_t kContainersMost = 2;
constexpr std::size_t kPlateBytesMost = 32;

core::Error identity_refused(std::string why) {
  return {core::ErrorCode::kRefused, std::move(why)};
}

const char* problem_of(core::ContainerNumberProblem problem) {
  using Problem = core::ContainerNumberProblem;
  switch (problem) {
    case Problem::kNone:
      return "";
    case Problem::kLength:
      return "has not eleven characters";
    case Problem::kOwner:
      return "does not begin with three letters of its owner";
    case Problem::kCategory:
      return "has none of U, J and Z as its fourth letter";
    case Problem::kSerial:
      return "does not end with seven digits";
    case Problem::kCheckDigit:
      return "has another check digit: a character is not right";
  }
  return "";
}

/// Normalised. kInvalidInput naming the field.
core::Result<services::IdentityCorrection> correction_of(const services::IdentityRequest& request) {
  services::IdentityCorrection made;
  made.by = request.user;
  if (request.user.empty()) return identity_refused("a correction needs the name of who makes it");
  if (request.plate.size() > kPlateBytesMost)
    return core::Error{core::ErrorCode::kInvalidInput, "field vehicle_plate: more than 32 bytes"};
  made.plate = request.plate;
  if (request.containers.size() > kContainersMost)
    return core::Error{core::ErrorCode::kInvalidInput,
                       "field container_numbers: a vehicle carries two at most"};
  for (const std::string& typed : request.containers) {
    std::string number = core::normalise_container_number(typed);
    const auto problem = core::check_container_number(number);
    if (problem != core::ContainerNumberProblem::kNone)
      return core::Error{core::ErrorCode::kInvalidInput,
                         fmt::format("container number {} {}", typed, problem_of(problem))};
    if (std::find(made.containers.begin(), made.containers.end(), number) != made.containers.end())
      return core::Error{core::ErrorCode::kInvalidInput,
                         fmt::format("container number {} is there twice", number)};
    made.containers.push_back(std::move(number));
  }
  if (made.plate.empty() && made.containers.empty())
    return core::Error{core::ErrorCode::kInvalidInput,
                       "neither a plate nor a container number is given"};
  return made;
}

bool same(const services::IdentityCorrection& a, const services::IdentityCorrection& b) {
  return a.plate == b.plate && a.containers == b.containers;
}

std::string event_of(const services::IdentityCorrection& correction) {
  return nlohmann::json{{"by", correction.by},
                        {"confirmed_by", correction.confirmed_by},
                        {"plate", correction.plate},
                        {"containers", correction.containers}}
      .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::optional<services::IdentityCorrection> correction_from(const std::string& text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  try {
    return services::IdentityCorrection{json.at("plate"), json.at("containers"), json.at("by"),
                                        json.at("confirmed_by")};
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;  // of another version
  }
}

core::Status may_correct(const services::CaseView& view,
                         const std::vector<core::Decision>& decisions) {
  if (view.decision && !view.may_be_decided_again)
    return identity_refused("the case is decided; its identity stands");
  if (!view.report) return identity_refused("the case is not judged yet; correct it then");
  if (std::any_of(decisions.begin(), decisions.end(),
                  [](const core::Decision& one) { return one.container_only; }))
    return identity_refused("a container of this vehicle is decided on already by its number");
  return {};
}

/// Names one of these containers, or none at all.
bool may_be_of(const core::Declaration& declaration, const std::vector<std::string>& containers) {
  if (declaration.containers.empty()) return true;
  return std::any_of(
      declaration.containers.begin(), declaration.containers.end(), [&](const auto& declared) {
        return std::find(containers.begin(), containers.end(),
                         core::normalise_container_number(declared.number)) != containers.end();
      });
}

}  // namespace

void CaseDesk::set_vehicle(services::CaseView& view, const core::VehicleIdentity& identity) {
  view.vehicle_plate = identity.plate;
  view.container_numbers.clear();
  for (const auto& container : identity.containers)
    view.container_numbers.push_back(container.number);
}

void CaseDesk::keep_identity_remarks(const std::string& scan_id, const std::string& outcome,
                                     const std::vector<std::string>& remarks) {
  for (const std::string& remark : remarks) {
    if (const auto kept = parts_.catalogue.add_event(scan_id, kIdentityEvent,
                                                     fmt::format("{}: {}", outcome, remark),
                                                     parts_.clock.utc_now());
        !kept.ok()) {
      core::log_warning(kIdentityComponent, kept.error().message);
    }
  }
}

void CaseDesk::vehicle_known(const std::string& scan_id, const lane::VehicleRecord& vehicle) {
  const std::string outcome(lane::identity_outcome_name(vehicle.outcome));
  bool told = false;
  {
    const std::lock_guard lock(mutex_);
    Case* one = find(case_id_of(scan_id));
    if (one != nullptr && one->view.identity_set) return;  // people know better than the cameras
    if (const auto status = parts_.catalogue.set_identity(scan_id, vehicle.identity); !status.ok())
      core::log_warning(kIdentityComponent, status.error().message);
    if (one != nullptr) {
      told = one->view.identity_outcome == outcome &&
             one->view.identity_remarks == vehicle.ambiguities;
      set_vehicle(one->view, vehicle.identity);
      show_standing(*one);
      one->view.identity_outcome = outcome;
      one->view.identity_remarks = vehicle.ambiguities;
      changed(*one);
    }
  }
  if (told) return;
  keep_identity_remarks(scan_id, outcome, vehicle.ambiguities);
}

void CaseDesk::readings_known(const std::string& scan_id,
                              const std::vector<services::CameraReading>& readings) {
  const std::lock_guard lock(mutex_);
  Case* one = find(case_id_of(scan_id));
  if (one == nullptr) return;
  one->view.readings = readings;
  changed(*one);
}

void CaseDesk::restore_identity(services::CaseView& view, const archive::CatalogueEvent& event) {
  if (event.kind == kIdentityEvent) {
    const auto end = event.text.find(": ");
    view.identity_outcome = event.text.substr(0, end);
    if (end != std::string::npos) view.identity_remarks.push_back(event.text.substr(end + 2));
  }
  if (event.kind == kProposedEvent) view.identity_proposed = correction_from(event.text);
  if (event.kind != kSetEvent) return;
  view.identity_proposed.reset();
  view.identity_set = correction_from(event.text);
}

bool CaseDesk::judged_before_correction(const archive::CatalogueCase& stored) {
  return stored.report && stored.decisions.empty() &&
         std::any_of(stored.events.begin(), stored.events.end(), [&](const auto& event) {
           return event.kind == kSetEvent && event.utc >= stored.judged_last;
         });
}

core::Status CaseDesk::propose_identity(const services::IdentityRequest& request) {
  PC_TRY(const auto correction, correction_of(request));
  const std::lock_guard lock(mutex_);
  Case* one = find(request.case_id);
  if (one == nullptr)
    return core::Error{core::ErrorCode::kNotFound,
                       fmt::format("there is no case {}", request.case_id)};
  services::CaseView& view = one->view;
  PC_CHECK(may_correct(view, one->decisions));
  if (correction.plate == view.vehicle_plate && correction.containers == view.container_numbers)
    return identity_refused("the case has this identity already");
  PC_CHECK(parts_.catalogue.add_event(view.scan_id, kProposedEvent, event_of(correction),
                                      parts_.clock.utc_now()));
  view.identity_proposed = correction;
  changed(*one);
  return {};
}

core::Status CaseDesk::confirm_identity(const services::IdentityRequest& request) {
  PC_TRY(auto correction, correction_of(request));
  std::string case_id, scan_id;
  {
    const std::lock_guard lock(mutex_);
    Case* one = find(request.case_id);
    if (one == nullptr)
      return core::Error{core::ErrorCode::kNotFound,
                         fmt::format("there is no case {}", request.case_id)};
    services::CaseView& view = one->view;
    if (!view.identity_proposed)
      return identity_refused("nobody has said whose vehicle it is; say it, and another confirms");
    if (!same(*view.identity_proposed, correction))
      return identity_refused("another identity was proposed meanwhile; look at it first");
    if (view.identity_proposed->by == request.user)
      return identity_refused("who said whose vehicle it is does not confirm it; another has to");
    PC_CHECK(may_correct(view, one->decisions));
    if (deciding_ == view.scan_id) return identity_refused("a decision is being taken");
    correction.by = view.identity_proposed->by;
    correction.confirmed_by = request.user;
    core::VehicleIdentity identity;
    identity.plate = correction.plate;
    for (const auto& number : correction.containers)
      identity.containers.push_back({number, "", true, 1});
    // What was declared for numbers that it does not bear is not declared for it.
    archive::CatalogueChoice aside;
    for (const auto* bound : {&view.declarations, &view.declarations_set_aside})
      for (const auto& declared : *bound) {
        aside.shown.push_back(declared.id);
        if (!may_be_of(declared.declaration, correction.containers))
          aside.set_aside.push_back(declared.id);
      }
    const auto now = parts_.clock.utc_now();
    PC_CHECK(parts_.catalogue.add_event(view.scan_id, kSetEvent, event_of(correction), now));
    PC_CHECK(parts_.catalogue.set_identity(view.scan_id, identity));
    std::sort(aside.set_aside.begin(), aside.set_aside.end());
    if (!aside.shown.empty()) {
      aside.at = now;
      aside.by = request.user;
      PC_CHECK(parts_.catalogue.add_event(view.scan_id, archive::kChoiceEvent,
                                          archive::choice_json(aside), now));
      ++one->choices;
    }
    auto all = std::move(view.declarations);
    std::move(view.declarations_set_aside.begin(), view.declarations_set_aside.end(),
              std::back_inserter(all));
    view.declarations.clear();
    view.declarations_set_aside.clear();
    // Those that may be its own are found again, with what else there is.
    for (auto& declared : all)
      if (std::binary_search(aside.set_aside.begin(), aside.set_aside.end(), declared.id))
        view.declarations_set_aside.push_back(std::move(declared));
    view.vehicle_plate = correction.plate;
    view.container_numbers = correction.containers;
    view.identity_proposed.reset();
    view.identity_set = correction;
    if (!view.decision) view.decision_blocked_because = kJudgedWithIdentity;
    show_standing(*one);
    changed(*one);
    case_id = view.case_id;
    scan_id = view.scan_id;
  }
  if (parts_.on_identity) parts_.on_identity(case_id, correction);
  thread_->post([this, scan_id] { process_again(scan_id, Again::kIdentitySet); });
  return {};
}

}  // namespace portcullis::apps
