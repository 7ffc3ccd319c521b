// The case of a vehicle that came and left without a scan.
#include <algorithm>

#include "apps/lane/case_desk.h"
#include "apps/lane/case_words.h"
#include "core/files.h"
#include "core/log.h"
#include "inspection/verdict/verdict.h"

namespace portcullis::apps {
namespace {

constexpr const char* kUnscannedComponent = "cases";

}  // namespace

void CaseDesk::left_unscanned(const Visits::Visit& visit, const std::string& lane, bool simulated) {
  thread_->post([this, visit, lane, simulated] {
    const std::string why = why_unscanned(visit);
    core::ScanMeta meta;
    meta.id = core::make_uuid();
    meta.started = visit.vehicle.arrived;
    meta.lane = lane;
    meta.simulated = simulated;
    meta.identity = visit.vehicle.identity;
    const core::UtcTime now = parts_.clock.utc_now();
    const auto keep = [](const core::Status& kept) {
      if (!kept.ok()) core::log_error(kUnscannedComponent, kept.error().message);
      return kept.ok();
    };
    if (!keep(parts_.catalogue.add_unscanned(meta, why, std::max(now, meta.started)))) return;
    keep(parts_.catalogue.add_event(meta.id, archive::kArrivalEvent,
                                    visit_of(visit.vehicle.vehicle), visit.vehicle.arrived));
    services::CaseView view;
    view.case_id = case_id_of(meta.id);
    view.scan_id = meta.id;
    view.simulated = simulated;
    set_vehicle(view, meta.identity);
    view.identity_outcome = lane::identity_outcome_name(visit.vehicle.outcome);
    view.identity_remarks = visit.vehicle.ambiguities;
    keep_identity_remarks(meta.id, view.identity_outcome, view.identity_remarks);
    find_declarations_for(view);
    std::vector<core::Declaration> declarations;
    for (const auto& bound : view.declarations) declarations.push_back(bound.declaration);
    core::InspectionReport report =
        inspection::judge_without_image(why, {declarations, view.declaration_problem,
                                              visit.radiation, core::ScanOutcome::kAborted, why});
    report.scan_id = meta.id;
    keep(parts_.catalogue.add_report(report, now));
    view.scan_damage = damage_of(core::ScanOutcome::kAborted, why);
    view.answers.assign(report.findings.size(), core::FindingAnswer::kNone);
    view.report = std::move(report);
    view.state = services::CaseState::kToDecide;
    view.decision_blocked_because = "the vehicle is no longer in the lane";
    {
      const std::lock_guard lock(mutex_);
      changed(add(std::move(view)));
    }
    if (parts_.on_unscanned) parts_.on_unscanned(meta.id, visit.vehicle.readings);
  });
}

}  // namespace portcullis::apps
