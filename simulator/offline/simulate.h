#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/line.h"
#include "core/result.h"
#include "core/scan.h"
#include "core/time.h"
#include "simulator/offline/line_synthesizer.h"

namespace portcullis::simulator {

/// The calibration scans of a scanner whose detector has the pattern of `seed`: dark (400 pulses),
/// air (1,000 pairs) and wedges of polyethylene, aluminium, iron and lead (200 pairs a step).
/// Made with the same detector as the scan's lines. Takes about 1.5 s for 1,472 pixels.
core::Result<core::Calibration> make_calibration(const Scanner& scanner,
                                                 const NoiseSwitches& switches, std::uint64_t seed);
/// As make_calibration(), kept in `folder` by scanner content, switches and seed; a file there that
/// is damaged or of another version is made again. An unwritable folder costs time, not the result.
core::Result<core::Calibration> cached_calibration(const Scanner& scanner,
                                                   const NoiseSwitches& switches,
                                                   std::uint64_t seed,
                                                   const std::filesystem::path& folder);
/// $XDG_CACHE_HOME/portcullis/calibration, else ~/.cache/portcullis/calibration.
std::filesystem::path calibration_cache_folder();

/// Dates of a calibration whose air was taken then: dark ten seconds before, commissioning a month.
void date_calibration(core::Calibration& calibration, core::UtcTime taken);

struct SimulateOptions {
  std::filesystem::path cache_folder;  ///< For the calibration; empty: none is read or written.
  bool parallel = true;
  std::function<bool(std::string_view step, double share)> progress;  ///< false stops (kRefused).
};

/// What is known before the first line.
struct ScanHead {
  core::ScanMeta meta;  ///< Outcome still running; `ended` as it will be.
  core::Calibration calibration;
  std::uint64_t lines = 0;  ///< How many will come.
};

/// Offline scan of a scene in pulse order: `begin` once, then `line` for every pulse; the line is
/// lent for the call. An error from either ends the scan and is returned.
/// `started` stamps the metadata (time is handed in); the scan id is derived from the random UUID.
/// Fails with kUnsupported for a [[fault]] that has no offline meaning.
core::Result<core::ScanMeta> simulate_scan(
    const Scene& scene, const Scanner& scanner, core::UtcTime started,
    const SimulateOptions& options, const std::function<core::Status(const ScanHead&)>& begin,
    const std::function<core::Status(const core::Line&)>& line);

/// simulate_scan() into memory: what process() takes. For tests and tools.
core::Result<core::RawScan> simulate_raw_scan(const Scene& scene, const Scanner& scanner,
                                              core::UtcTime started,
                                              const SimulateOptions& options);

}  // namespace portcullis::simulator
