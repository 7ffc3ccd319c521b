// What a supervisor is shown: the desk's part of access/supervision.h.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "apps/lane/case_desk.h"
#include "apps/lane/case_notes.h"
#include "apps/lane/case_words.h"
#include "core/record_json.h"

namespace portcullis::apps {
namespace {

constexpr std::int64_t kSupervisedDayNs = 86'400LL * 1'000'000'000;

}  // namespace

core::Result<services::Supervision> CaseDesk::supervise(std::uint32_t days) {
  const core::UtcTime now = parts_.clock.utc_now();
  archive::CatalogueQuery query;
  query.from = core::UtcTime{now.ns - static_cast<std::int64_t>(days) * kSupervisedDayNs};
  query.limit = parts_.supervised_scans_max + 1;  // to know whether there are others
  PC_TRY(auto scans, parts_.catalogue.find(query));
  core::UtcTime counted_from;
  if (scans.size() == query.limit) {
    scans.pop_back();
    counted_from = scans.back().started;
  }
  std::vector<access::CaseRecord> records;
  records.reserve(scans.size());
  for (const auto& scan : scans) {
    PC_TRY(const auto stored, parts_.catalogue.show(scan.id));
    access::CaseRecord record;
    record.case_id = case_id_of(scan.id);
    record.decisions = stored.decisions;
    for (const auto& container : scan.containers) record.containers.push_back(container.number);
    for (const auto& event : stored.events) {
      if (event.kind == kFirstLookEvent && !record.first_look) {
        const auto look = nlohmann::json::parse(event.text, nullptr, false);
        if (look.is_object()) record.first_look = look.value("something", false);
      }
      if (event.kind != kOpinionEvent) continue;
      auto opinion = core::decision_from_json(nlohmann::json::parse(event.text, nullptr, false));
      if (opinion.ok()) record.opinions.push_back(std::move(opinion).value());
    }
    if (stored.report) {
      for (const auto& finding : stored.report->findings) record.findings.push_back(finding.kind);
      for (const auto& check : stored.report->checks)
        if (check.outcome == core::CheckOutcome::kDiffers) record.checks.push_back(check.name);
    }
    if (auto outcomes = outcomes_of(stored); !outcomes.empty())
      record.outcomes = std::move(outcomes.back().first.outcomes);
    record.complaints = complaints_of(stored);
    take_selections(stored, record);
    records.push_back(std::move(record));
  }
  std::vector<access::WaitingCase> waiting;
  {
    const std::lock_guard lock(mutex_);
    for (const Case& one : cases_) {
      if (!one.in_review() || one.view.decision) continue;
      access::WaitingCase row{one.view.case_id, one.view.vehicle_plate, "", {}};
      if (now < one.view.reader_until) row.reader = one.view.reader;
      if (one.view.review_deadline.ns != 0)
        row.since.ns = one.view.review_deadline.ns - parts_.review_limit.count();
      waiting.push_back(std::move(row));
    }
  }
  auto supervision = access::supervise_cases(records, std::move(waiting), now);
  supervision.counted_from = counted_from;
  return supervision;
}

}  // namespace portcullis::apps
