// Containers of a vehicle that are decided on apart: how they stand, and who has read which.
#include <fmt/format.h>

#include <algorithm>

#include "apps/lane/case_desk.h"

namespace portcullis::apps {
namespace {

core::Error container_refused(std::string why) {
  return {core::ErrorCode::kRefused, std::move(why)};
}

const core::ContainerDecision* standing_on(const services::CaseView& view,
                                           const std::string& container) {
  for (const auto& one : view.container_decisions)
    if (one.container == container) return &one;
  return nullptr;
}

}  // namespace

void CaseDesk::show_standing(Case& one) {
  services::CaseView& view = one.view;
  const auto standing = core::standing_decisions(one.decisions, view.container_numbers);
  if (auto decided = core::vehicle_decision(standing)) view.decision = std::move(decided);
  view.container_decisions.clear();
  if (core::decided_apart(view.container_numbers)) view.container_decisions = standing;
}

core::Status CaseDesk::check_container(const Case& one, const services::DecisionRequest& request,
                                       bool overriding) {
  const services::CaseView& view = one.view;
  const bool of_vehicle =
      request.kind == core::DecisionKind::kIsolate || request.kind == core::DecisionKind::kRescan;
  if (request.container.empty()) {
    if (overriding || one.apart.empty() || request.kind == core::DecisionKind::kIsolate) return {};
    return container_refused(
        "the containers of this vehicle are being decided on one by one: decide on each that is "
        "left");
  }
  const auto* stands = standing_on(view, request.container);
  if (stands == nullptr)
    return container_refused(
        fmt::format("field container: the vehicle has no container {} that can be decided on alone",
                    request.container));
  if (of_vehicle)
    return container_refused(fmt::format("{} is of the whole vehicle; name no container",
                                         core::decision_kind_name(request.kind)));
  if (!view.decision && stands->decision)
    return container_refused(
        fmt::format("container {} is decided already; decide on the others", request.container));
  return {};
}

std::map<std::string, access::Reading> CaseDesk::read_apart(const Case& one) {
  if (!one.apart.empty()) return one.apart;
  std::map<std::string, access::Reading> apart;
  for (const auto& container : one.view.container_decisions) {
    auto& reading = apart[container.container];
    reading = one.reading;
    access::leave_case(reading, reading.reader);
  }
  return apart;
}

bool CaseDesk::may_still_read(const Case& one, const std::string& name) {
  if (one.apart.empty()) return !one.reading.has_read(name);
  return std::any_of(one.apart.begin(), one.apart.end(), [&](const auto& each) {
    return each.second.state != access::ReadingState::kSettled && !each.second.has_read(name);
  });
}

core::Status CaseDesk::may_replace(const Case& one, const services::DecisionRequest& request) {
  if (!one.view.decision)
    return container_refused("the case is not decided yet; read it and decide");
  if (!one.view.may_be_decided_again)
    return container_refused("the vehicle does not wait here any more");
  if (one.view.container_decisions.empty())
    return access::may_override(*one.view.decision, request.user, request.reason_text);
  for (const auto& each : one.view.container_decisions) {
    if (!each.decision || (!request.container.empty() && request.container != each.container))
      continue;
    PC_CHECK(access::may_override(*each.decision, request.user, request.reason_text));
  }
  return {};
}

CaseDesk::DecisionPlace CaseDesk::place_of(const Case& one, std::size_t nth) {
  return {nth, core::replaced_by(one.decisions, nth).empty(),
          core::vehicle_decision(core::standing_decisions(std::span(one.decisions).first(nth + 1),
                                                          one.view.container_numbers))
              .has_value()};
}

}  // namespace portcullis::apps
