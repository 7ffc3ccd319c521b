// Declarations that come when others are bound already, or when the case is decided.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "apps/lane/case_desk.h"
#include "apps/lane/case_notes.h"
#include "core/log.h"
#include "core/record_json.h"

namespace portcullis::apps {
namespace {

constexpr const char* kLateComponent = "cases";
/// Papers of a vehicle that has gone are its own so long; then its container may be on another.
constexpr core::Duration kLateAfterDecision = std::chrono::hours(24);

bool has_declaration(const services::CaseView& view, const std::string& id) {
  const auto in = [&](const std::vector<services::MatchedDeclaration>& some) {
    return std::any_of(some.begin(), some.end(), [&](const auto& one) { return one.id == id; });
  };
  return in(view.declarations) || in(view.declarations_set_aside) || in(view.declarations_late);
}

/// Whether the lane may still take a decision on it.
bool is_open(const services::CaseView& view) {
  return !view.decision || view.may_be_decided_again;
}

}  // namespace

bool CaseDesk::look_for_more() {
  std::vector<services::CaseView> views;
  const auto now = parts_.clock.utc_now();
  {
    const std::lock_guard lock(mutex_);
    for (const Case& one : cases_) {
      const services::CaseView& view = one.view;
      if (!view.report) continue;  // it is looked for when the scan has ended
      // Without any, look_up_late() judges it again.
      const bool waits = is_open(view) && one.in_review() && !view.declarations.empty();
      const bool decided = view.decision && !is_open(view) &&
                           now.ns - view.decision->decided.ns <= kLateAfterDecision.count();
      if (waits || decided) views.push_back(view);
    }
  }
  bool all = true;
  for (const auto& view : views) {
    auto found = parts_.gateway->find_declarations(numbers_of(view));
    if (!found.ok()) {
      core::log_warning(kLateComponent, found.error().message);
      return false;
    }
    std::erase_if(*found, [&](const auto& one) { return has_declaration(view, one.id); });
    if (!found->empty()) all = bind_late(view.case_id, std::move(*found)) && all;
  }
  return all;
}

bool CaseDesk::bind_late(const std::string& case_id,
                         std::vector<customs::FoundDeclaration> declarations) {
  services::CaseView bound;
  bool after_decision = false;
  {
    // Under the lock: whether it came before a decision is told by the two times alone.
    const std::lock_guard lock(mutex_);
    Case* one = find(case_id);
    if (one == nullptr) return true;
    services::CaseView& view = one->view;
    if (deciding_ == view.scan_id) return false;
    after_decision = !is_open(view);
    for (auto& late : declarations) {
      if (has_declaration(view, late.id)) continue;
      const auto now = parts_.clock.utc_now();
      if (const auto kept = parts_.catalogue.bind_declaration(
              view.scan_id, late.id, late.matched_by, late.declaration, now);
          !kept.ok()) {
        core::log_warning(kLateComponent, kept.error().message);
        return false;
      }
      core::log_info(kLateComponent,
                     fmt::format("case {}: declaration {} came {}", case_id, late.id,
                                 after_decision ? "after the decision" : "while it was open"));
      auto& into = after_decision ? view.declarations_late : view.declarations;
      into.push_back({late.id, std::move(late.declaration), late.matched_by,
                      after_decision ? now : core::UtcTime{}});
    }
    if (!after_decision) one->checked_again = false;
    changed(*one);
    bound = view;
  }
  if (!after_decision) {
    check_again(case_id);
    return true;
  }
  // It has been scanned all the same.
  bound.declarations = std::move(bound.declarations_late);
  have_selected(bound);
  return true;
}

void CaseDesk::take_amendments(const services::CaseView& view) {
  const auto found = parts_.gateway->find_declarations(numbers_of(view));
  if (!found.ok()) return core::log_warning(kLateComponent, found.error().message);
  const std::lock_guard lock(mutex_);
  Case* one = find(view.case_id);
  if (one == nullptr || !is_open(one->view) || deciding_ == view.scan_id) return;
  for (auto& bound : one->view.declarations) {
    const auto now = std::find_if(found->begin(), found->end(),
                                  [&](const auto& each) { return each.id == bound.id; });
    if (now == found->end() || core::to_json(now->declaration) == core::to_json(bound.declaration))
      continue;
    if (const auto kept = parts_.catalogue.amend_declaration(
            view.scan_id, bound.id, now->declaration, parts_.clock.utc_now());
        !kept.ok()) {
      core::log_warning(kLateComponent, kept.error().message);
      continue;
    }
    core::log_info(kLateComponent, fmt::format("case {}: declaration {} says otherwise now",
                                               view.case_id, bound.id));
    bound.declaration = now->declaration;
    changed(*one);
  }
}

}  // namespace portcullis::apps
