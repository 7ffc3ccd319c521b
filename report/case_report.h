#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "archive/audit/audit_entry.h"
#include "archive/catalogue.h"
#include "archive/scan_file.h"
#include "core/records.h"
#include "core/result.h"
#include "report/planes.h"
#include "report/words.h"

namespace portcullis::report {

/// What the audit log says of a case, with a proof that stands alone.
struct AuditEvidence {
  std::string problem;  ///< Why nothing of the log could be read; all else is empty then.
  std::string origin, key, root, checkpoint;
  std::uint64_t size = 0;
  std::vector<std::pair<std::uint64_t, archive::AuditEntry>> entries;  ///< With their indices.
  std::uint64_t proven = 0;  ///< Index of the entry that `proof` is of.
  std::string proof;         ///< Of the newest decision, else the seal; empty where there is none.
};

/// Everything that is printed of a case, as the archive has it.
struct CaseReport {
  archive::CatalogueCase kept;
  std::optional<archive::ScanInfo> scan;  ///< Absent: see `scan_problem`.
  std::string scan_problem;
  std::optional<core::RadiationMeasurement> radiation;
  std::optional<Plane> high, material;       ///< As they were judged; absent: see `image_problem`.
  std::string high_sha256, material_sha256;  ///< Of the stored files.
  std::string image_problem;
  AuditEvidence audit;
};

struct GatherOptions {
  std::filesystem::path archive;  ///< The lane's storage folder, with catalogue.sqlite.
  std::filesystem::path audit;    ///< The log's folder; empty: "audit" in the archive.
  std::filesystem::path key;      ///< The log's public key; empty: the log's own word on it.
};

/// Reads one case, also beside a running lane. A missing image, scan file or log is said in its
/// place. Fails where the catalogue cannot be read or has no such case (kNotFound).
core::Result<CaseReport> gather_case(const std::string& case_id, const GatherOptions& options);

/// The same of a scan file that lies by itself: without log, declarations and decisions. Fails as
/// archive::read_scan_info() does.
core::Result<CaseReport> gather_scan(const std::filesystem::path& scan);

/// The report as PDF of A4 pages. The same case and language give the same bytes, with the same
/// fonts: it is dated by the case's last event, and neither by whom nor when it was printed stands
/// in it (the audit log has that). Threading: pure.
core::Result<std::string> case_report_pdf(const CaseReport& report, Language language);

}  // namespace portcullis::report
