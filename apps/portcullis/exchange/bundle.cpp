#include <stdlib.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>

#include "apps/portcullis/exchange/exchange.h"
#include "archive/scan_file.h"
#include "core/files.h"
#include "core/time.h"
#include "core/version.h"
#include "customs/model/case.h"
#include "firmware_bridge/rpm/n42.h"
#include "recording/radiation_event.h"

namespace portcullis::apps {
namespace {

/// A name for a document that the same scan always has: a UUID of version 8 (RFC 9562) of a hash.
std::string uuid_of(const std::string& text) {
  std::string hex = core::sha256_hex(text);
  hex[12] = '8';
  hex[16] = '8';
  return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" +
         hex.substr(16, 4) + "-" + hex.substr(20, 12);
}

std::optional<core::UtcTime> known_time(core::UtcTime time) {
  return time.ns == 0 ? std::nullopt : std::optional(time);
}

}  // namespace

core::Result<report::CaseReport> exchanged_case(const ExchangeOptions& options) {
  if (options.archive.empty()) return report::gather_scan(options.scan);
  PC_TRY(const auto info, archive::read_scan_info(options.scan));
  return report::gather_case(info.meta.id, {options.archive, options.audit, options.log_key});
}

std::string case_document(const report::CaseReport& report) {
  const auto& kept = report.kept;
  customs::Case c;
  c.id = kept.scan.id;
  c.scan_ids = {kept.scan.id};
  for (const auto& bound : kept.declarations) {
    c.declarations.push_back(bound.declaration);
    for (const auto& container : kept.scan.containers)
      c.bindings.push_back(
          {kept.scan.id, container.number, {bound.declaration.message_id}, bound.matched_by});
  }
  if (kept.report) {
    c.findings = kept.report->findings;
    c.checks = kept.report->checks;
  }
  c.radiation = report.radiation;
  c.decisions = kept.decisions;
  if (kept.arrival) c.times.arrival = known_time(kept.arrival->at);
  c.times.scan_start = known_time(kept.scan.started);
  c.times.scan_end = known_time(kept.scan.ended);
  c.times.image_ready = known_time(kept.judged_first);
  if (!kept.decisions.empty()) c.times.decision = kept.decisions.front().decided;
  return customs::to_json(c).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

core::Result<std::string> case_pages(report::CaseReport report, const ScanPictures& made) {
  if (!report.high || !report.material) {
    PC_TRY(report.high, report::read_plane(made.bytes("high"), "high"));
    PC_TRY(report.material, report::read_plane(made.bytes("material"), "material"));
    report.high_sha256 = core::sha256_hex(made.bytes("high"));
    report.material_sha256 = core::sha256_hex(made.bytes("material"));
    report.image_problem.clear();
  }
  return report::case_report_pdf(report, report::Language::kEnglish);
}

core::Result<std::string> radiation_document(const std::filesystem::path& scan) {
  PC_TRY(const auto info, archive::read_scan_info(scan));
  if (info.radiation.empty())
    return core::Error{core::ErrorCode::kNotFound,
                       scan.string() + ": holds no lines of a radiation portal"};
  firmware_bridge::PortalMonitor monitor(firmware_bridge::PortalMonitor::Config{});
  const core::TimePoint begin{std::chrono::hours(1)};
  const std::int64_t first_ns = info.radiation.front().utc.ns;
  core::TimePoint now = begin;
  monitor.set_connected(true, begin);
  for (const auto& line : info.radiation) {
    now = begin + core::Duration(std::max<std::int64_t>(0, line.utc.ns - first_ns));
    monitor.push(line.text, now, line.utc);
  }
  monitor.tick(now + std::chrono::seconds(20), info.radiation.back().utc);
  const auto passages = monitor.take_occupancies();
  if (passages.empty())
    return core::Error{core::ErrorCode::kCorrupt,
                       scan.string() + ": its radiation lines hold no passage"};
  auto passage = passages.back();
  // What the lane made of it then holds: it knew the background and the beam, the lines do not say.
  if (const auto stored = recording::stored_radiation(info)) {
    passage.valid = stored->valid;
    passage.invalid_reason = stored->problem;
    passage.gamma_alarm_own = stored->gamma_alarm && !passage.gamma_alarm;
    passage.neutron_alarm = stored->neutron_alarm;
    passage.sigma_max = stored->sigma_max;
  }
  firmware_bridge::N42Context context;
  context.document_uuid = uuid_of("n42\n" + info.meta.id + "\n" + info.sha256);
  context.identifier = info.meta.lane;
  context.description = info.meta.lane;
  context.software_version = core::kVersion;
  context.item = "scan " + info.meta.id;
  context.simulated = info.meta.simulated;
  return firmware_bridge::n42_document(passage, context);
}

core::Result<std::string> make_bundle(const ExchangeOptions& options) {
  PC_TRY(const auto pictures, make_pictures(options.scan));
  PC_TRY(auto report, exchanged_case(options));
  std::vector<core::PackagePart> parts;
  parts.push_back({"case.json", "The case: declarations, findings, checks, decisions, times.",
                   case_document(report)});
  for (const auto& image : pictures.encoded)
    parts.push_back({"images/" + image.file_name,
                     image.name == "preview" ? "Material view." : "Plane \"" + image.name + "\".",
                     image.bytes});
  parts.push_back({"images/images.json", "What the planes' numbers mean, and how they were made.",
                   pictures.images_json});
  auto radiation = radiation_document(options.scan);
  if (radiation.ok())
    parts.push_back({"radiation.n42", "The radiation portal's measurement (ANSI N42.42).",
                     std::move(radiation).value()});
  else if (radiation.error().code != core::ErrorCode::kNotFound)
    return radiation.error();
  nlohmann::json numbers = nlohmann::json::array();
  for (const auto& container : report.kept.scan.containers) numbers.push_back(container.number);
  const nlohmann::json facts = {{"lane", report.kept.scan.lane},
                                {"started", core::to_iso8601(report.kept.scan.started)},
                                {"simulated", report.kept.scan.simulated},
                                {"containers", numbers},
                                {"seal", report.kept.scan.sha256}};
  const std::string id = report.kept.scan.id;
  PC_TRY(auto pages, case_pages(std::move(report), pictures));
  parts.push_back({"report.pdf", "The case as printed pages.", std::move(pages)});
  return core::pack(
      {core::kScanBundleKind, id, std::string("Portcullis ") + core::kVersion, facts.dump()},
      parts);
}

core::Result<ScratchFolder> ScratchFolder::make() {
  std::error_code error;
  auto pattern =
      (std::filesystem::temp_directory_path(error) / "portcullis-exchange-XXXXXX").string();
  if (error || ::mkdtemp(pattern.data()) == nullptr)
    return core::Error{core::ErrorCode::kIo,
                       pattern + ": cannot make a folder to work in; TMPDIR names another place"};
  return ScratchFolder(pattern);
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

}  // namespace portcullis::apps
