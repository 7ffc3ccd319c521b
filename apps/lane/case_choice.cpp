// An officer's choice among declarations of which one may not be taken for another.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>

#include "apps/lane/case_desk.h"
#include "apps/lane/case_notes.h"
#include "apps/lane/revenue.h"
#include "apps/lane/stored_planes.h"
#include "core/log.h"
#include "core/record_json.h"
#include "customs/match/choice.h"
#include "inspection/verdict/verdict.h"

namespace portcullis::apps {
namespace {

constexpr const char* kChoiceComponent = "cases";

core::Error choice_refused(std::string why) {
  return {core::ErrorCode::kRefused, std::move(why)};
}

/// Those that hold, then those that were set aside.
std::vector<services::MatchedDeclaration> candidates_of(const services::CaseView& view) {
  auto all = view.declarations;
  all.insert(all.end(), view.declarations_set_aside.begin(), view.declarations_set_aside.end());
  return all;
}

std::vector<std::string> ids_sorted(std::vector<std::string> ids) {
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::vector<std::string> ids_of(const std::vector<services::MatchedDeclaration>& declarations) {
  std::vector<std::string> ids;
  ids.reserve(declarations.size());
  for (const auto& one : declarations) ids.push_back(one.id);
  return ids;
}

bool in_doubt(const services::CaseView& view) {
  if (!view.report || view.declarations.size() < 2) return false;
  return std::any_of(view.report->checks.begin(), view.report->checks.end(), [](const auto& check) {
    return check.name == "declaration" && check.outcome != core::CheckOutcome::kAgrees;
  });
}

/// kRefused, kNotFound.
core::Status may_choose(const services::CaseView& view, const services::DeclarationChoice& choice,
                        const std::vector<std::string>& candidates) {
  if (view.decision && !view.may_be_decided_again)
    return choice_refused("the case is decided; its declarations stand");
  if (!view.report) return choice_refused("there is no image to decide on yet");
  if (!view.decision && !view.decision_blocked_because.empty())
    return choice_refused(view.decision_blocked_because);
  if (ids_sorted(choice.shown) != ids_sorted(candidates))
    return choice_refused(
        "the declarations of this case are others now than were shown; look at them first");
  if (!choice.chosen.empty() &&
      std::find(candidates.begin(), candidates.end(), choice.chosen) == candidates.end())
    return core::Error{core::ErrorCode::kNotFound,
                       fmt::format("the case has no declaration {}", choice.chosen)};
  if (view.declaration_chosen_by.empty() && !in_doubt(view))
    return choice_refused("the declarations of this case are not in doubt");
  return {};
}

/// Ids of all that do not hold once `choice` does.
std::vector<std::string> set_aside_by(const services::CaseView& view,
                                      const services::DeclarationChoice& choice,
                                      const std::vector<services::MatchedDeclaration>& candidates) {
  std::vector<core::Declaration> declared;
  std::optional<std::size_t> chosen;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (candidates[i].id == choice.chosen) chosen = i;
    declared.push_back(candidates[i].declaration);
  }
  std::vector<std::string> aside;
  for (const std::size_t i : customs::set_aside_by_choice(declared, chosen, view.container_numbers))
    aside.push_back(candidates[i].id);
  for (const auto& before : view.declarations_set_aside)
    if (before.id != choice.chosen) aside.push_back(before.id);
  std::sort(aside.begin(), aside.end());
  aside.erase(std::unique(aside.begin(), aside.end()), aside.end());
  return aside;
}

void apply_choice(services::CaseView& view, const archive::CatalogueChoice& choice) {
  auto all = candidates_of(view);
  const auto aside =
      std::stable_partition(all.begin(), all.end(), [&](const services::MatchedDeclaration& one) {
        return !std::binary_search(choice.set_aside.begin(), choice.set_aside.end(), one.id);
      });
  view.declarations_set_aside.assign(std::make_move_iterator(aside),
                                     std::make_move_iterator(all.end()));
  all.erase(aside, all.end());
  view.declarations = std::move(all);
  view.declaration_chosen_by = choice.by;
  view.declaration_chosen_at = choice.at;
  view.declaration_chosen = choice.chosen;
}

}  // namespace

void CaseDesk::restore_choices(Case& one, const archive::CatalogueCase& stored) {
  services::CaseView& view = one.view;
  for (const auto& bound : stored.declarations)
    view.declarations.push_back({bound.store_id, bound.declaration, bound.matched_by});
  for (const auto& bound : stored.declarations_set_aside)
    view.declarations_set_aside.push_back({bound.store_id, bound.declaration, bound.matched_by});
  for (const auto& bound : stored.declarations_late)
    view.declarations_late.push_back(
        {bound.store_id, bound.declaration, bound.matched_by, bound.bound});
  // A kill may have come before the gateway was told of them; it takes them twice as once.
  one.selection_owed = !view.declarations_late.empty();
  one.choices = stored.choices.size();
  if (stored.choices.empty()) return;
  const archive::CatalogueChoice& last = stored.choices.back();
  view.declaration_chosen_by = last.by;
  view.declaration_chosen_at = last.at;
  view.declaration_chosen = last.chosen;
  // A kill may have come between the choice and what follows from it.
  one.checked_again = !stored.report || stored.judged_last > last.at;
  one.selection_owed =
      one.selection_owed || (stored.decisions.empty() && !view.declarations.empty());
}

core::Status CaseDesk::choose_declaration(const services::DeclarationChoice& request) {
  archive::CatalogueChoice choice;
  std::size_t before = 0;
  std::string case_id;
  {
    const std::lock_guard lock(mutex_);
    Case* one = find(request.case_id);
    if (one == nullptr)
      return core::Error{core::ErrorCode::kNotFound,
                         fmt::format("there is no case {}", request.case_id)};
    services::CaseView& view = one->view;
    const auto candidates = candidates_of(view);
    const auto ids = ids_of(candidates);
    if (!view.declaration_chosen_by.empty() && view.declaration_chosen == request.chosen &&
        ids_sorted(request.shown) == ids_sorted(ids))
      return {};  // the same again
    PC_CHECK(may_choose(view, request, ids));
    if (deciding_ == view.scan_id) return choice_refused("a decision is being taken");
    PC_CHECK(may_act(*one, request.user));
    choice.at = parts_.clock.utc_now();
    choice.by = request.user;
    choice.chosen = request.chosen;
    choice.shown = ids;
    choice.set_aside = set_aside_by(view, request, candidates);
    PC_CHECK(parts_.catalogue.add_event(view.scan_id, archive::kChoiceEvent,
                                        archive::choice_json(choice), choice.at));
    apply_choice(view, choice);
    before = one->choices++;
    one->checked_again = false;
    case_id = view.case_id;
    changed(*one);
  }
  if (parts_.on_choice) parts_.on_choice(case_id, choice, before);
  thread_->post([this, case_id] { check_again(case_id); });
  return {};
}

core::ImageGrid CaseDesk::grid_of(const std::string& scan_id, const std::filesystem::path& file) {
  const auto kept = [&]() -> std::optional<services::Image> {
    const std::lock_guard lock(mutex_);
    for (const auto& planes : planes_)
      if (planes.scan_id == scan_id) return planes.planes.front();
    return std::nullopt;
  };
  auto image = kept();
  if (!image) {
    if (auto stored = stored_plane(file, services::ImagePlane::kMaterial); stored.ok()) {
      image = std::move(stored).value();
    } else {
      if (const auto loaded = load_planes(scan_id); !loaded.ok())
        core::log_error(kChoiceComponent, loaded.error().message);
      image = kept();
    }
  }
  if (!image) return {};
  return {static_cast<int>(image->columns),
          static_cast<int>(image->rows),
          image->mm_per_px,
          image->x_first_mm,
          image->z_first_mm,
          image->source_distance_mm,
          image->source_z_mm};
}

void CaseDesk::check_again(const std::string& case_id) {
  services::CaseView view;
  std::size_t choices = 0;
  {
    const std::lock_guard lock(mutex_);
    const Case* one = find(case_id);
    if (one == nullptr || one->checked_again || !one->view.report) return;
    view = one->view;
    choices = one->choices;
  }
  have_selected(view);
  const auto stored = parts_.catalogue.show(view.scan_id);
  if (!stored.ok()) core::log_error(kChoiceComponent, stored.error().message);
  const std::filesystem::path file = stored.ok() ? stored->scan.file : std::filesystem::path();
  std::vector<core::Declaration> declarations;
  for (const auto& bound : view.declarations) declarations.push_back(bound.declaration);
  inspection::Circumstances circumstances{declarations, view.declaration_problem};
  circumstances.set_aside = view.declarations_set_aside.size();
  circumstances.customs = ask_customs(view);
  circumstances.goods = parts_.goods;
  circumstances.simulated = stored.ok() && stored->scan.simulated;
  // Without containers in the image nothing is placed in it.
  const core::ImageGrid grid =
      view.report->containers.empty() ? core::ImageGrid{} : grid_of(view.scan_id, file);
  core::InspectionReport report = inspection::judge_again(*view.report, grid, circumstances);
  add_revenue(parts_.gateway, view.declarations, report);
  {
    const std::lock_guard lock(mutex_);
    Case* one = find(case_id);
    if (one == nullptr || one->choices != choices) return;  // chosen otherwise meanwhile
    if (const auto kept = parts_.catalogue.add_report(report, parts_.clock.utc_now()); !kept.ok())
      core::log_error(kChoiceComponent, kept.error().message);
    one->view.answers = answers_kept(one->view, report);
    one->view.report = report;
    one->checked_again = true;
    changed(*one);
  }
  if (file.empty() || view.report->sha256.empty()) return;
  if (const auto kept =
          archive::store_report(file, core::to_json(report).dump(), parts_.clock.utc_now());
      !kept.ok())
    core::log_warning(kChoiceComponent, kept.error().message);
}

}  // namespace portcullis::apps
