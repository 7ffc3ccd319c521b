#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "archive/audit/tile_log.h"
#include "archive/audit/tlog_proof.h"
#include "core/files.h"
#include "core/record_json.h"
#include "recording/radiation_event.h"
#include "report/case_report.h"

namespace portcullis::report {
namespace {

core::Result<AuditEvidence> read_log(const GatherOptions& options,
                                     const std::set<std::string>& subjects) {
  const auto folder = options.audit.empty() ? options.archive / "audit" : options.audit;
  PC_TRY(const auto files,
         archive::DiskLogFiles::open(folder, archive::DiskLogFiles::Access::kRead));
  PC_TRY(const auto key, archive::VerifierKey::load(options.key.empty() ? folder / archive::kKeyFile
                                                                        : options.key));
  PC_TRY(const auto reader, archive::TileLogReader::open(files, key));
  AuditEvidence evidence;
  evidence.origin = reader.checkpoint().origin;
  evidence.key = key.text();
  evidence.root = archive::hash_hex(reader.checkpoint().root);
  evidence.checkpoint = reader.checkpoint_note();
  evidence.size = reader.size();
  PC_CHECK(reader.for_each(0, reader.size(), [&](std::uint64_t index, std::string_view text) {
    // A log has many entries of other cases: only those that name a subject are read.
    const bool named = std::any_of(subjects.begin(), subjects.end(), [&](const std::string& one) {
      return text.find(one) != std::string_view::npos;
    });
    if (!named) return core::Status();
    auto entry = archive::parse_audit_entry(text);
    if (!entry.ok()) return core::Status(entry.error());
    if (subjects.contains(entry->subject))
      evidence.entries.emplace_back(index, std::move(entry).value());
    return core::Status();
  }));
  const auto newest = [&](std::initializer_list<std::string_view> types) {
    return std::find_if(evidence.entries.rbegin(), evidence.entries.rend(), [&](const auto& one) {
      return std::find(types.begin(), types.end(), one.second.type) != types.end();
    });
  };
  auto proven = newest({"decision", "override"});
  if (proven == evidence.entries.rend()) proven = newest({"scan_sealed", "scan_not_sealed"});
  if (proven == evidence.entries.rend()) proven = evidence.entries.rbegin();
  if (proven == evidence.entries.rend()) return evidence;
  evidence.proven = proven->first;
  PC_TRY(evidence.proof, archive::make_inclusion_proof(reader, proven->first));
  return evidence;
}

core::Status read_images(CaseReport& report) {
  const auto& file = report.kept.scan.file;
  PC_TRY(const auto high, archive::read_image(file, "high"));
  report.high_sha256 = core::sha256_hex(high);
  PC_TRY(report.high, read_plane(high, "high"));
  PC_TRY(const auto material, archive::read_image(file, "material"));
  report.material_sha256 = core::sha256_hex(material);
  PC_TRY(report.material, read_plane(material, "material"));
  if (report.material->columns != report.high->columns ||
      report.material->rows != report.high->rows)
    return core::Error{core::ErrorCode::kCorrupt, "the stored images differ in size"};
  return {};
}

/// What is read of the scan's own file; what is missing is said.
void read_scan_parts(CaseReport& report) {
  auto info = archive::read_scan_info(report.kept.scan.file);
  if (!info.ok()) {
    report.scan_problem = report.image_problem = info.error().message;
    return;
  }
  report.radiation = recording::stored_radiation(*info);
  report.scan = std::move(info).value();
  if (const auto images = read_images(report); !images.ok()) {
    report.image_problem = images.error().message;
    report.high.reset();
    report.material.reset();
  }
}

}  // namespace

core::Result<CaseReport> gather_case(const std::string& case_id, const GatherOptions& options) {
  PC_TRY(auto catalogue, archive::Catalogue::open_to_read(options.archive / "catalogue.sqlite"));
  CaseReport report;
  PC_TRY(report.kept, catalogue.show(case_id));
  if (report.kept.scan.file.empty()) {
    report.scan_problem = report.image_problem = report.kept.scan.outcome_reason;
  } else {
    read_scan_parts(report);
  }
  std::set<std::string> subjects{case_id};
  if (report.kept.arrival) subjects.insert(report.kept.arrival->visit);
  subjects.erase("");
  auto audit = read_log(options, subjects);
  if (audit.ok())
    report.audit = std::move(audit).value();
  else
    report.audit.problem = audit.error().message;
  return report;
}

core::Result<CaseReport> gather_scan(const std::filesystem::path& scan) {
  PC_TRY(const auto info, archive::read_scan_info(scan));
  CaseReport report;
  auto& kept = report.kept.scan;
  kept.id = info.meta.id;
  kept.file = scan;
  kept.started = info.meta.started;
  kept.ended = info.meta.ended;
  kept.outcome = info.meta.outcome;
  kept.outcome_reason = info.meta.outcome_reason;
  kept.lane = info.meta.lane;
  kept.simulated = info.meta.simulated;
  kept.plate = info.meta.identity.plate;
  kept.containers = info.meta.identity.containers;
  kept.sha256 = info.sha256;
  kept.lines = info.lines;
  kept.lines_lost = info.lines_lost;
  read_scan_parts(report);
  if (info.reports > 0) {
    PC_TRY(const auto text, archive::read_latest_report(scan));
    auto judged = core::report_from_json(nlohmann::json::parse(text, nullptr, false));
    if (!judged.ok()) return judged.error().with_context(scan.string());
    report.kept.report = std::move(judged).value();
    report.kept.report_versions = info.reports;
  }
  report.audit.problem = "the scan file lies by itself, outside an archive";
  return report;
}

}  // namespace portcullis::report
