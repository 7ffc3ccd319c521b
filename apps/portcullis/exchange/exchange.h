#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "apps/portcullis/exchange/scan_pictures.h"
#include "core/package/package.h"
#include "core/result.h"
#include "report/case_report.h"

/// A scan with all that belongs to it as one file for others (docs/exchange.md).
namespace portcullis::apps {

struct ExchangeOptions {
  std::filesystem::path scan;      ///< Scan file.
  std::filesystem::path archive;   ///< That it lies in; empty: by itself.
  std::filesystem::path audit;     ///< Folder of the log; empty: "audit" in the archive.
  std::filesystem::path log_key;   ///< The log's public key; empty: the log's own word.
  std::filesystem::path seal_key;  ///< Public key for personal data; empty: they are left out.
};

/// The case of a scan file: of its archive, else what the file itself holds.
core::Result<report::CaseReport> exchanged_case(const ExchangeOptions& options);
/// The canonical case (customs/model/case.h) as `customs emit` reads it.
std::string case_document(const report::CaseReport& report);
/// Its pages (PDF, English), with pictures of `made` where the scan file holds none.
core::Result<std::string> case_pages(report::CaseReport report, const ScanPictures& made);
/// ANSI N42.42 of the passage through the radiation portal. kNotFound where the file has none.
core::Result<std::string> radiation_document(const std::filesystem::path& scan);

inline constexpr const char* kEvidenceKind = "scan-evidence";
inline constexpr const char* kPersonalKind = "scan-evidence-personal";
inline constexpr const char* kSealedPersonal = "personal/personal.zip.sealed";

/// The bytes of the package.
core::Result<std::string> make_bundle(const ExchangeOptions& options);
core::Result<std::string> make_evidence(const ExchangeOptions& options);

/// What was found when evidence was checked; `problems` empty: all holds.
struct EvidenceCheck {
  std::vector<std::string> good, problems;
  std::vector<std::string> not_checked;
};
struct EvidenceKeys {
  std::filesystem::path log_key;      ///< Empty: the package's own word on it.
  std::filesystem::path private_key;  ///< Of what is sealed apart; empty: it stays closed.
};
/// Hashes, proofs, seal, images and decided views made again. `scratch`: a folder of the caller's.
core::Result<EvidenceCheck> check_evidence(const std::filesystem::path& package,
                                           const EvidenceKeys& keys,
                                           const std::filesystem::path& scratch);

/// Unpacks the part that is sealed apart into the new folder `folder`, that its owner alone may
/// read, and beside it scan.pscan with what had been taken out put back.
core::Status open_personal(const std::filesystem::path& package,
                           const std::filesystem::path& private_key,
                           const std::filesystem::path& folder);

/// A folder that its owner alone may read, removed with all in it.
class ScratchFolder final {
 public:
  static core::Result<ScratchFolder> make();
  ScratchFolder(ScratchFolder&& other) noexcept : path_(std::move(other.path_)) {
    other.path_.clear();
  }
  ScratchFolder& operator=(ScratchFolder&&) = delete;
  ~ScratchFolder();
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  explicit ScratchFolder(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

}  // namespace portcullis::apps
