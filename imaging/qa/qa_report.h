#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "core/result.h"
#include "core/scan.h"
#include "core/time.h"
#include "imaging/images.h"
#include "imaging/qa/qa.h"

namespace portcullis::imaging {

/// What a reading belongs to.
struct QaContext {
  std::string scan_id;
  std::string calibration_id;
  std::string scanner;
  core::UtcTime scanned;
  std::string scan_software;  ///< Version that made the scan.
  std::string software;       ///< Version that read it.
};
QaContext qa_context(const core::RawScan& scan);

/// The document that `portcullis qa --json` prints; docs/qa.md describes it. Scores are rounded to
/// three digits, so that it is the same on every machine.
nlohmann::json to_json(const QaReport& report, const QaContext& context, const Images& images);

/// qa.json, index.html and a PNG of every object with what was read drawn into it. `folder` is made
/// where it is missing. Fails with kIo; the message names the path.
core::Status write_qa_report(const std::filesystem::path& folder, const QaReport& report,
                             const QaContext& context, const Images& images);

}  // namespace portcullis::imaging
