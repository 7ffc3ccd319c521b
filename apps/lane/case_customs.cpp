// What customs ordered of a case's vehicle: before it is decided on, and after.
#include <fmt/format.h>

#include <algorithm>

#include "apps/lane/case_desk.h"
#include "core/iso6346.h"
#include "core/log.h"

namespace portcullis::apps {
namespace {

constexpr const char* kCustomsComponent = "cases";
constexpr const char* kCustomsEvent = "customs_order";
constexpr std::string_view kCustomsCheck = "customs";
/// A vehicle that was released may still be on the way out, or on the site.
constexpr core::Duration kReleasedWatch = std::chrono::minutes(10);

std::optional<core::Check> customs_check_of(const services::CaseView& view) {
  if (!view.report) return std::nullopt;
  for (const auto& check : view.report->checks)
    if (check.name == kCustomsCheck) return check;
  return std::nullopt;
}

bool same_check(const std::optional<core::Check>& a, const std::optional<core::Check>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return a->outcome == b->outcome && a->seen == b->seen && a->text == b->text;
}

bool is_released(const services::CaseView& view) {
  return view.decision && view.decision->kind == core::DecisionKind::kRelease;
}

}  // namespace

std::optional<core::Check> CaseDesk::ask_customs(const services::CaseView& view) const {
  if (parts_.gateway == nullptr) return customs_check_of(view);
  std::vector<std::string> ids;
  ids.reserve(view.declarations.size());
  for (const auto& bound : view.declarations) ids.push_back(bound.id);
  auto check = parts_.gateway->check_orders(view.container_numbers, ids);
  if (check.ok()) return std::move(check).value();
  if (check.error().code != core::ErrorCode::kUnsupported)
    core::log_warning(kCustomsComponent, check.error().message);
  return customs_check_of(view);
}

std::optional<core::Check> CaseDesk::customs_of(const services::DecisionRequest& request) {
  if (request.kind != core::DecisionKind::kRelease) return std::nullopt;
  services::CaseView view;
  {
    const std::lock_guard lock(mutex_);
    const Case* one = find(request.case_id);
    if (one == nullptr) return std::nullopt;
    view = one->view;
  }
  // What speaks of no container keeps none.
  auto judged = customs_check_of(view);
  if (request.container.empty() || !judged || judged->outcome == core::CheckOutcome::kAgrees)
    return judged;
  std::erase_if(view.declarations, [&](const services::MatchedDeclaration& bound) {
    const auto& named = bound.declaration.containers;
    const auto is_here = [&](const core::DeclaredContainer& one, const std::string& number) {
      return core::normalise_container_number(one.number) ==
             core::normalise_container_number(number);
    };
    // One that names none of the vehicle's containers is of each of them.
    return std::none_of(named.begin(), named.end(),
                        [&](const auto& one) { return is_here(one, request.container); }) &&
           std::any_of(named.begin(), named.end(), [&](const auto& one) {
             return std::any_of(view.container_numbers.begin(), view.container_numbers.end(),
                                [&](const auto& number) { return is_here(one, number); });
           });
  });
  view.container_numbers = {request.container};
  return ask_customs(view);
}

core::Status CaseDesk::customs_allow(const std::optional<core::Check>& check,
                                     const services::DecisionRequest& request) {
  if (request.kind != core::DecisionKind::kRelease || !check) return {};
  const auto refused = [&](const char* why) {
    return core::Error{core::ErrorCode::kRefused, fmt::format("{}: {}", why, check->text)};
  };
  if (check->outcome == core::CheckOutcome::kDiffers)
    return refused("customs keeps the goods; decide otherwise, and a supervisor may override it");
  if (check->outcome == core::CheckOutcome::kUnknown && request.reason_text.empty())
    return refused("say in the remark how what customs asks for was dealt with");
  return {};
}

void CaseDesk::look_at_customs() {
  const auto now = parts_.clock.utc_now();
  std::vector<services::CaseView> views;
  {
    const std::lock_guard lock(mutex_);
    for (Case& one : cases_) {
      const services::CaseView& view = one.view;
      const bool on_the_way = is_released(view) && now.ns - view.decision->decided.ns <=
                                                       core::Duration(kReleasedWatch).count();
      if (view.report && one.checked_again &&
          (view.decision ? one.with_lane || on_the_way : one.in_review())) {
        views.push_back(view);
      } else if (!one.ordered_since.empty()) {
        one.ordered_since.clear();
        changed(one);
      }
    }
  }
  for (const auto& view : views) {
    const auto check = ask_customs(view);
    const bool as_judged = same_check(check, customs_check_of(view));
    std::string since;  // what keeps goods that have been released
    bool again = false;
    {
      const std::lock_guard lock(mutex_);
      Case* one = find(view.case_id);
      if (one == nullptr || one->view.decision.has_value() != view.decision.has_value()) continue;
      if (is_released(one->view)) {
        // What was decided on stays as it was.
        if (!as_judged && check && check->outcome == core::CheckOutcome::kDiffers)
          since = check->text;
        if (since == one->ordered_since) continue;
        one->ordered_since = since;
        if (!since.empty()) one->view.decision_note = fmt::format("after the release: {}", since);
        changed(*one);
      } else {
        if (!one->ordered_since.empty()) changed(*one);
        one->ordered_since.clear();  // decided otherwise since
        if (as_judged) continue;
        one->checked_again = false;
        again = true;
      }
    }
    const std::string text = !since.empty()   ? "after the release: " + since
                             : again && check ? check->text
                                              : "nothing that customs ordered is in force";
    if (const auto kept = parts_.catalogue.add_event(view.scan_id, kCustomsEvent, text, now);
        !kept.ok())
      core::log_warning(kCustomsComponent, kept.error().message);
    if (!again) continue;
    take_amendments(view);
    check_again(view.case_id);
  }
}

std::vector<lane::AlarmCondition> CaseDesk::alarms() const {
  std::vector<lane::AlarmCondition> alarms;
  const std::lock_guard lock(mutex_);
  for (const Case& one : cases_) {
    if (one.ordered_since.empty()) continue;
    lane::AlarmCondition condition;
    condition.key = "customs_hold:" + one.view.case_id;
    condition.detail = one.ordered_since;
    condition.at_once = true;
    alarms.push_back(std::move(condition));
  }
  return alarms;
}

}  // namespace portcullis::apps
