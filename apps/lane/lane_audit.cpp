#include "apps/lane/lane_audit.h"

#include <fmt/format.h>

#include <set>

#include "core/version.h"

namespace portcullis::apps {
namespace {

// What a start looks back over; a kill leaves at most what waited then.
constexpr std::uint64_t kEntriesLookedAt = 4096;
constexpr std::uint32_t kScansLookedAt = 1000;

constexpr const char* kSealEntry = "scan_sealed";
constexpr const char* kDecisionEntry = "decision";
constexpr const char* kOverrideEntry = "override";

std::string seal_key(const std::string& scan_id, const std::string& sha256) {
  return fmt::format("seal {} {}", scan_id, sha256);
}

std::string decision_key_of(const std::string& case_id, const std::string& container,
                            std::int64_t number) {
  return fmt::format("decision {} {} {}", case_id, container, number);
}

}  // namespace

core::Result<std::unique_ptr<LaneAudit>> LaneAudit::open(const archive::AuditLog::Options& options,
                                                         const std::string& lane,
                                                         const core::Clock& clock) {
  PC_TRY(auto log, archive::AuditLog::open(options));
  return std::unique_ptr<LaneAudit>(new LaneAudit(std::move(log), lane, clock));
}

archive::AuditLog::Draft LaneAudit::draft(std::string type, std::string subject) const {
  archive::AuditLog::Draft made;
  made.entry.type = std::move(type);
  made.entry.time = clock_.utc_now();
  made.entry.actor = "portcullis-lane";
  made.entry.subject = std::move(subject);
  made.entry.data["lane"] = lane_;
  return made;
}

void LaneAudit::service_started() {
  auto entry = draft("service_started", "");
  entry.entry.data["version"] = std::string(core::kVersion);
  log_->add(std::move(entry));
}

void LaneAudit::service_stopped() {
  log_->add(draft("service_stopped", ""));
}

void LaneAudit::vehicle_arrived(const lane::VehicleRecord& vehicle) {
  auto entry = draft("arrival", fmt::format("visit-{}", vehicle.vehicle));
  entry.entry.data["arrived"] = core::to_iso8601(vehicle.arrived);
  entry.personal["plate"] = vehicle.identity.plate;
  log_->add(std::move(entry));
}

void LaneAudit::add_seal(const std::string& scan_id, const std::string& sha256, std::uint64_t lines,
                         core::ScanOutcome outcome, bool late) {
  auto entry = draft(kSealEntry, scan_id);
  entry.entry.data["sha256"] = sha256;
  entry.entry.data["lines"] = static_cast<std::int64_t>(lines);
  entry.entry.data["outcome"] = std::string(core::scan_outcome_name(outcome));
  if (late) entry.entry.data["late"] = true;
  log_->add(std::move(entry));
}

void LaneAudit::scan_closed(const RecordedScan& scan) {
  const auto& meta = scan.raw->meta;
  if (!scan.seal.sha256.empty()) {
    add_seal(meta.id, scan.seal.sha256, scan.seal.lines, meta.outcome, false);
    return;
  }
  auto entry = draft("scan_not_sealed", meta.id);
  entry.entry.data["reason"] = scan.problem;
  log_->add(std::move(entry));
}

void LaneAudit::add_decision(const core::Decision& decision, std::size_t before, bool late) {
  auto entry = draft(before == 0 ? kDecisionEntry : kOverrideEntry, decision.case_id);
  // The lane decides itself when time runs out; else it was a person.
  if (decision.officer != "lane") entry.person = decision.officer;
  auto& data = entry.entry.data;
  data["scan"] = decision.scan_id;
  data["container"] = decision.container;
  data["kind"] = std::string(core::decision_kind_name(decision.kind));
  data["reason"] = decision.reason_code;
  data["decided"] = core::to_iso8601(decision.decided);
  data["time_on_image_ms"] = decision.time_on_image_ms;
  data["number"] = static_cast<std::int64_t>(before);
  if (late) data["late"] = true;
  log_->add(std::move(entry));
}

void LaneAudit::decided(const core::Decision& decision, std::size_t before) {
  add_decision(decision, before, false);
}

void LaneAudit::calibrated(bool good, const std::string& text) {
  auto entry = draft("calibration", "");
  entry.entry.data["good"] = good;
  entry.entry.data["text"] = text;
  log_->add(std::move(entry));
}

core::Status LaneAudit::enter_missing(archive::Catalogue& catalogue) {
  PC_TRY(const auto newest, log_->newest(kEntriesLookedAt));
  std::set<std::string> logged;
  for (const auto& entry : newest) {
    if (entry.type == kSealEntry) {
      logged.insert(seal_key(entry.subject, entry.text("sha256")));
    } else if (entry.type == kDecisionEntry || entry.type == kOverrideEntry) {
      logged.insert(
          decision_key_of(entry.subject, entry.text("container"), entry.number("number", -1)));
    }
  }
  archive::CatalogueQuery query;
  query.limit = kScansLookedAt;
  // With more entries than are looked at, only of what they cover is known what is missing.
  if (newest.size() == kEntriesLookedAt) query.from = newest.front().time;
  PC_TRY(const auto scans, catalogue.find(query));
  for (auto scan = scans.rbegin(); scan != scans.rend(); ++scan) {
    if (!scan->sha256.empty() && !logged.contains(seal_key(scan->id, scan->sha256)))
      add_seal(scan->id, scan->sha256, scan->lines, scan->outcome, true);
    PC_TRY(const auto kept, catalogue.show(scan->id));
    for (std::size_t i = 0; i < kept.decisions.size(); ++i) {
      const auto& decision = kept.decisions[i];
      if (!logged.contains(
              decision_key_of(decision.case_id, decision.container, static_cast<std::int64_t>(i))))
        add_decision(decision, i, true);
    }
  }
  return {};
}

services::DeviceHealth LaneAudit::health() const {
  const std::string problem = log_->problem();
  if (problem.empty()) {
    return {"Audit log", services::DeviceLevel::kOk, fmt::format("{} entries", log_->size())};
  }
  return {"Audit log", services::DeviceLevel::kAttention,
          fmt::format("entries wait and would be lost by a loss of power: {}", problem)};
}

}  // namespace portcullis::apps
