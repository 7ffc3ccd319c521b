#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/line.h"
#include "core/result.h"
#include "core/scan.h"
#include "core/time.h"

namespace portcullis::archive {

struct SealInfo {
  std::string sha256;  ///< Over the sealed tables, as docs/pscan.sql says.
  std::uint64_t lines = 0;
  std::uint64_t lines_lost = 0;  ///< Lines flagged line_flag::kLineMissing.
};

/// Writes one scan to a new `*.pscan` while it runs. What is committed survives `kill -9`.
///
/// Ownership: owns the file until seal(). Threading: one thread (the archive's own; commits
/// take 1 ms, 30 at worst). Errors: kIo names the path; after one the writer refuses further
/// lines and the caller ends the scan as partial.
class ScanWriter final {
 public:
  /// Creates the file; fails with kIo, or kRefused if it exists already.
  static core::Result<ScanWriter> create(const std::filesystem::path& path,
                                         const core::ScanMeta& meta,
                                         const core::Calibration& calibration);
  ScanWriter(ScanWriter&&) noexcept;
  ScanWriter& operator=(ScanWriter&&) noexcept;
  ~ScanWriter();  ///< Without seal(): leaves a recoverable, unsealed file.

  /// Takes a line in pulse order; every 256 lines are written and committed as a block.
  core::Status append(const core::Line& line);
  /// Commits the lines not yet written as a short block.
  core::Status flush();
  core::Status add_event(core::UtcTime utc, std::string_view kind, std::string_view text);
  core::Status add_radiation_line(core::UtcTime utc, std::string_view text);

  /// Writes the rest and the outcome, seals, leaves WAL mode. No call after it.
  core::Result<SealInfo> seal(core::ScanOutcome outcome, std::string_view reason,
                              core::UtcTime ended);

  [[nodiscard]] std::uint64_t lines() const;
  [[nodiscard]] const std::filesystem::path& path() const;

 private:
  struct State;
  explicit ScanWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

struct RadiationLine {
  core::UtcTime utc;
  std::string text;
};
struct Event {
  core::UtcTime utc;
  std::string kind, text;
};

/// What a file holds besides its lines.
struct ScanInfo {
  core::ScanMeta meta;
  std::string calibration_id;
  bool sealed = false;
  std::string sha256;  ///< As sealed; empty for an unsealed file.
  std::uint64_t lines = 0;
  std::uint64_t lines_lost = 0;
  std::uint64_t blocks = 0;
  std::uint64_t file_bytes = 0;
  std::vector<std::string> images;
  std::vector<std::string> wedge_materials;
  std::uint32_t reports = 0;
  std::vector<RadiationLine> radiation;
  std::vector<Event> events;
};

/// Reading checks every CRC and every size before it allocates. Fails with kNotFound,
/// kInvalidInput (not a scan file: names file and what is wrong) or kCorrupt (names block).
core::Result<ScanInfo> read_scan_info(const std::filesystem::path& path);
core::Result<core::RawScan> read_scan(const std::filesystem::path& path);
/// Calibration only (a scan file made for its calibration alone has no lines).
core::Result<core::Calibration> read_calibration(const std::filesystem::path& path);
/// Recomputes the seal; kCorrupt where it differs from the stored one.
core::Status verify_seal(const std::filesystem::path& path);

/// An unsealed file found at start: keeps every committed block, seals it as partial with
/// `reason`. Succeeds without change on a sealed one.
core::Result<SealInfo> recover_scan(const std::filesystem::path& path, std::string_view reason,
                                    core::UtcTime now);

/// Images and reports are written beside the sealed tables; they replace one of the same name
/// (images) or add a version (reports).
core::Status store_image(const std::filesystem::path& path, std::string_view name,
                         std::string_view parameters_json, std::string_view bytes);
core::Status store_report(const std::filesystem::path& path, std::string_view json,
                          core::UtcTime now);
core::Result<std::string> read_image(const std::filesystem::path& path, std::string_view name);
struct StoredImage {
  std::string bytes, parameters_json;
};
core::Result<StoredImage> read_stored_image(const std::filesystem::path& path,
                                            std::string_view name);
core::Result<std::string> read_latest_report(const std::filesystem::path& path);

}  // namespace portcullis::archive
