// The desk's own thread: images, findings, declarations and verdict of a case.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "apps/lane/case_desk.h"
#include "apps/lane/case_notes.h"
#include "apps/lane/case_search.h"
#include "apps/lane/case_words.h"
#include "apps/lane/revenue.h"
#include "apps/lane/scan_imaging.h"
#include "apps/lane/stored_planes.h"
#include "core/log.h"
#include "core/record_json.h"
#include "imaging/flag/flag.h"
#include "imaging/pipeline/process.h"
#include "imaging/pipeline/thumbnail.h"
#include "imaging/pipeline/write_images.h"
#include "inspection/verdict/verdict.h"
#include "recording/radiation_event.h"

namespace portcullis::apps {
namespace {

constexpr const char* kJudgingComponent = "cases";
constexpr const char* kSelectionEvent = "selection";
constexpr std::size_t kPlanesKept = 4;  // scans whose images stay in memory

}  // namespace

void CaseDesk::find_declarations_for(services::CaseView& view) {
  if (!view.declarations.empty()) return;  // found while the scan ran
  if (parts_.gateway == nullptr) {
    view.declaration_problem = "no customs link is configured";
    return;
  }
  auto found = parts_.gateway->find_declarations(numbers_of(view));
  if (!found.ok()) {
    core::log_warning(kJudgingComponent, found.error().message);
    view.declaration_problem = found.error().message;
    return;
  }
  view.declaration_problem.clear();
  const auto& aside = view.declarations_set_aside;
  for (auto& one : *found) {
    if (std::any_of(aside.begin(), aside.end(), [&](const auto& a) { return a.id == one.id; }))
      continue;
    if (const auto bound = parts_.catalogue.bind_declaration(
            view.scan_id, one.id, one.matched_by, one.declaration, parts_.clock.utc_now());
        !bound.ok()) {
      core::log_warning(kJudgingComponent, bound.error().message);
    }
    view.declarations.push_back({one.id, std::move(one.declaration), one.matched_by});
  }
}

void CaseDesk::have_selected(const services::CaseView& view) {
  if (parts_.gateway == nullptr || view.declarations.empty()) return;
  customs::BindingReport report;
  report.scan_id = view.scan_id;
  for (const auto& bound : view.declarations) report.declaration_ids.push_back(bound.id);
  if (parts_.scan_draw) report.draw = parts_.scan_draw(view.scan_id);
  const auto selected = parts_.gateway->bind(report);
  {
    const std::lock_guard lock(mutex_);
    if (Case* one = find(view.case_id)) one->selection_owed = !selected.ok();
  }
  if (!selected.ok()) {
    core::log_warning(kJudgingComponent, selected.error().message);
    return;
  }
  if (selected->empty()) return;
  const auto stored = parts_.catalogue.show(view.scan_id);
  if (!stored.ok()) return core::log_error(kJudgingComponent, stored.error().message);
  for (const auto& one : *selected) {
    // An answer that was lost comes again as one that is not new.
    const std::string rules = selection_rules_json(one);
    if (selection_rules_of(*stored, one.declaration_id) == rules) continue;
    const auto text =
        one.reason.empty() ? one.channel : fmt::format("{}: {}", one.channel, one.reason);
    const core::UtcTime now = parts_.clock.utc_now();
    const auto keep = [&](std::string_view kind, std::string_view said) {
      if (const auto kept = parts_.catalogue.add_event(view.scan_id, kind, said, now); !kept.ok())
        core::log_warning(kJudgingComponent, kept.error().message);
    };
    keep(kSelectionEvent, text);
    keep(kSelectionRulesEvent, rules);
  }
}

void CaseDesk::look_up_early(const std::string& case_id) {
  services::CaseView view;
  {
    const std::lock_guard lock(mutex_);
    const Case* known = find(case_id);
    if (known == nullptr || !known->view.declarations.empty()) return;
    view = known->view;
  }
  find_declarations_for(view);
  // What fails now is tried again, and told, when the scan has ended.
  if (view.declarations.empty()) return;
  const std::lock_guard lock(mutex_);
  if (Case* known = find(case_id)) {
    known->view.declarations = std::move(view.declarations);
    changed(*known);
  }
}

void CaseDesk::look_up_late() {
  std::vector<std::pair<services::CaseView, std::size_t>> without;
  std::vector<services::CaseView> unselected;
  {
    const std::lock_guard lock(mutex_);
    for (const Case& one : cases_) {
      if (one.in_review() && one.view.report && !one.view.decision && one.view.declarations.empty())
        without.emplace_back(one.view, one.choices);
      if (one.selection_owed) unselected.push_back(one.view);
    }
  }
  for (services::CaseView& view : unselected) {
    view.declarations.insert(view.declarations.end(), view.declarations_late.begin(),
                             view.declarations_late.end());
    have_selected(view);
  }
  for (auto& [view, choices] : without) {
    const bool had_no_answer = !view.declaration_problem.empty();
    find_declarations_for(view);
    if (!view.declaration_problem.empty()) return;  // the gateway is gone again
    if (view.declarations.empty() && !had_no_answer) continue;
    {
      const std::lock_guard lock(mutex_);
      Case* known = find(view.case_id);
      if (known == nullptr || known->view.decision || known->choices != choices) continue;
      known->view.declarations = view.declarations;
      known->view.declaration_problem.clear();
    }
    process_again(view.scan_id, Again::kDeclarationsCame);
  }
}

void CaseDesk::process(const recording::RecordedScan& scan) {
  const core::ScanMeta& meta = scan.raw->meta;
  const auto begin = parts_.clock.now();
  if (const auto ended = parts_.catalogue.end_scan(meta.id, meta.outcome, meta.outcome_reason,
                                                   meta.ended, scan.seal);
      !ended.ok()) {
    core::log_error(kJudgingComponent, ended.error().message);
  }
  services::CaseView view;
  std::size_t choices = 0;
  {
    const std::lock_guard lock(mutex_);
    Case* known = find(case_id_of(meta.id));
    if (known == nullptr) return;
    choices = known->choices;
    if (!scan.again) {
      known->view.decision_blocked_because = "the image is being made";
      changed(*known);
    }
    view = known->view;
  }
  view.scan_damage = damage_of(meta.outcome, meta.outcome_reason);
  if (!scan.problem.empty())
    view.scan_damage.push_back(fmt::format("the record is incomplete: {}", scan.problem));

  const imaging::Parameters& parameters = parts_.imaging;
  ScanImaging::Made made =
      scan.imaging ? static_cast<ScanImaging&>(*scan.imaging).take()  // the lane makes no others
                   : ScanImaging::Made{
                         imaging::process(*scan.raw, parameters, {}), {}, std::nullopt, nullptr};
  auto& images = made.images;
  imaging::FlagResult flagged;
  if (images.ok()) {
    // For the engineer: the same of every scan until the calibration is made whole.
    for (const auto& note : images->notes) tell_once(note);
    keep_planes(meta.id, scan.imaging ? std::move(made.planes) : screen_planes(*images));
    if (!made.flagged) made.complete();  // searched here, or by the worker as a whole
    if (parts_.worker != nullptr) {
      auto answer =
          made.flagged ? std::move(*made.flagged) : parts_.worker->flag(*images, meta.identity, {});
      if (answer.ok()) {
        flagged = std::move(answer).value();
      } else {
        core::log_error(kJudgingComponent, answer.error().message);
        images->quality.push_back(answer.error().message);
      }
    } else {
      flagged = imaging::flag(*images, meta.identity, {});
    }
  } else {
    core::log_error(kJudgingComponent, images.error().message);
  }
  find_declarations_for(view);
  have_selected(view);
  std::vector<core::Declaration> declarations;
  for (const auto& bound : view.declarations) declarations.push_back(bound.declaration);
  const inspection::Circumstances circumstances{
      declarations,        view.declaration_problem,           scan.radiation,    meta.outcome,
      meta.outcome_reason, view.declarations_set_aside.size(), ask_customs(view), parts_.goods,
      meta.simulated};
  core::InspectionReport report =
      images.ok() ? inspection::judge(*images, flagged, circumstances)
                  : inspection::judge_without_image(images.error().message, circumstances);
  report.scan_id = meta.id;
  report.sha256 = scan.seal.sha256;
  add_revenue(parts_.gateway, view.declarations, report);
  report.lines_lost = scan.seal.lines_lost;
  report.timing.total =
      std::chrono::duration<double, std::milli>(parts_.clock.now() - begin).count();

  {
    // What somebody decided on meanwhile is not judged anew behind his back.
    const std::lock_guard lock(mutex_);
    const Case* known = find(view.case_id);
    if (known == nullptr || (known->view.decision && known->view.report)) return;
  }
  if (const auto stored = parts_.catalogue.add_report(report, parts_.clock.utc_now()); !stored.ok())
    core::log_error(kJudgingComponent, stored.error().message);
  {
    const std::lock_guard lock(mutex_);
    Case* known = find(view.case_id);
    if (known == nullptr || (known->view.decision && known->view.report)) return;
    services::CaseView& now = known->view;
    for (const auto& remark : report.quality) view.scan_damage.push_back(remark);
    now.answers = answers_kept(now, report);
    now.scan_damage = view.scan_damage;
    if (known->choices == choices) {  // else the checks are made again after this
      now.declarations = view.declarations;
      now.declaration_problem = view.declaration_problem;
    }
    now.report = report;
    // The lane may have decided meanwhile (time ran out); that stands.
    now.state = now.decision ? services::CaseState::kDecided : services::CaseState::kToDecide;
    if (known->in_review() || now.decision)
      now.decision_blocked_because.clear();
    else if (!scan.again)
      now.decision_blocked_because = "the lane is not ready for a decision yet";
    changed(*known);
  }
  // Stored with the scan for other tools; no screen waits for it.
  if (images.ok() && !scan.seal.sha256.empty()) {
    made.complete();
    const std::string json = image_note(parameters, images->grid);
    if (const auto small = imaging::thumbnail_png(*images); small.ok()) {
      if (const auto stored = archive::store_image(scan.path, kThumbnailName, json, *small);
          !stored.ok())
        core::log_warning(kJudgingComponent, stored.error().message);
    }
    auto encoded = imaging::encode_images(*images);
    if (encoded.ok()) {
      for (const auto& picture : *encoded) {
        if (const auto stored = archive::store_image(scan.path, picture.name, json, picture.bytes);
            !stored.ok()) {
          core::log_warning(kJudgingComponent, stored.error().message);
          break;
        }
      }
    }
    if (const auto stored =
            archive::store_report(scan.path, core::to_json(report).dump(), parts_.clock.utc_now());
        !stored.ok()) {
      core::log_warning(kJudgingComponent, stored.error().message);
    }
  }
}

void CaseDesk::process_again(const std::string& scan_id, Again why) {
  const auto failed = [&](const core::Error& error) {
    core::log_error(kJudgingComponent, error.message);
    const std::lock_guard lock(mutex_);
    Case* known = find(case_id_of(scan_id));
    if (known == nullptr || why != Again::kIdentitySet) return;
    // It is decided on as it was judged, and says so.
    known->view.decision_blocked_because.clear();
    known->view.scan_damage.push_back("not judged again with its identity: " + error.message);
    changed(*known);
  };
  const auto stored = parts_.catalogue.show(scan_id);
  if (!stored.ok()) return failed(stored.error());
  const auto info = archive::read_scan_info(stored->scan.file);
  if (!info.ok()) return failed(info.error());
  auto raw = archive::read_scan(stored->scan.file);
  if (!raw.ok()) return failed(raw.error());
  core::log_info(kJudgingComponent,
                 why == Again::kAfterRestart
                     ? fmt::format("scan {} of before the restart is judged now", scan_id)
                 : why == Again::kIdentitySet
                     ? fmt::format("scan {} is judged again with its identity", scan_id)
                     : fmt::format("scan {} is judged again with what customs knows", scan_id));
  recording::RecordedScan scan;
  scan.again = true;
  scan.radiation = recording::stored_radiation(*info).value_or(
      core::RadiationMeasurement{false, false, false, 0, "the record of the scan was cut off"});
  if (why == Again::kAfterRestart && scan.radiation.valid && !scan.radiation.alarm()) {
    // As the lane has it: a vehicle that nobody watched meanwhile is an officer's to judge.
    scan.radiation.valid = false;
    scan.radiation.problem =
        "it was before the lane was started again, and nobody watched the vehicle meanwhile";
  }
  scan.path = stored->scan.file;
  scan.seal = {stored->scan.sha256, stored->scan.lines, stored->scan.lines_lost};
  raw->meta.outcome = stored->scan.outcome;
  raw->meta.outcome_reason = stored->scan.outcome_reason;
  raw->meta.ended = stored->scan.ended;
  // What was read or said since is in the catalogue.
  raw->meta.identity = {stored->scan.plate, stored->scan.containers};
  scan.raw = std::make_shared<core::RawScan>(std::move(raw).value());
  process(scan);
}

void CaseDesk::tell_once(const std::string& note) {
  {
    const std::lock_guard lock(mutex_);
    if (!notes_told_.insert(note).second) return;
  }
  core::log_warning(kJudgingComponent, fmt::format("images: {}", note));
}

void CaseDesk::keep_planes(const std::string& scan_id, std::array<services::Image, 4> planes) {
  const std::lock_guard lock(mutex_);
  std::erase_if(planes_, [&](const Planes& kept) { return kept.scan_id == scan_id; });
  planes_.push_back({scan_id, std::move(planes)});
  if (planes_.size() > kPlanesKept) planes_.pop_front();
}

core::Status CaseDesk::load_planes(const std::string& scan_id) {
  PC_TRY(const auto stored, parts_.catalogue.show(scan_id));
  PC_TRY(const auto raw, archive::read_scan(stored.scan.file));
  imaging::Parameters shown = parts_.imaging;
  shown.calibration.refuse = false;  // it was shown, or refused, when it was judged
  PC_TRY(const auto images, imaging::process(raw, shown, {}));
  keep_planes(scan_id, screen_planes(images));
  return {};
}

}  // namespace portcullis::apps
