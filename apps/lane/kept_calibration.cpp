#include "apps/lane/kept_calibration.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "archive/scan_file.h"
#include "core/files.h"
#include "core/version.h"

namespace portcullis::apps {
namespace {

constexpr const char* kInstallationKey = "installation";

void remove_scan_files(const std::filesystem::path& path) {
  std::error_code ignored;
  for (const char* suffix : {"", "-wal", "-shm", "-journal"})
    std::filesystem::remove(path.string() + suffix, ignored);
}

}  // namespace

core::Status keep_calibration(const std::filesystem::path& path,
                              const core::Calibration& calibration,
                              const core::ScanMeta& installation, core::UtcTime now) {
  const std::filesystem::path fresh = path.string() + ".new";
  remove_scan_files(fresh);
  core::ScanMeta meta;
  meta.id = core::make_uuid();
  meta.started = meta.ended = now;
  meta.simulated = installation.simulated;
  meta.lane = installation.lane;
  meta.software_version = core::kVersion;
  meta.geometry = installation.geometry;
  meta.extra["kind"] = "calibration";
  meta.extra[kInstallationKey] = installation.id;
  {
    PC_TRY(auto writer, archive::ScanWriter::create(fresh, meta, calibration));
    PC_TRY([[maybe_unused]] const auto sealed,
           writer.seal(core::ScanOutcome::kComplete, "", meta.ended));
  }
  std::error_code error;
  std::filesystem::rename(fresh, path, error);
  if (error) {
    return core::Error{core::ErrorCode::kIo,
                       fmt::format("{}: cannot be replaced: {}", path.string(), error.message())};
  }
  return {};
}

core::Result<core::Calibration> load_kept_calibration(const std::filesystem::path& path,
                                                      const core::ScanMeta& installation,
                                                      core::Duration age_max, core::UtcTime now) {
  PC_TRY(const auto info, archive::read_scan_info(path));
  PC_CHECK(archive::verify_seal(path));
  PC_TRY(auto calibration, archive::read_calibration(path));
  const auto refused = [&](const std::string& why) {
    return core::Error{core::ErrorCode::kRefused, fmt::format("{}: {}", path.string(), why)};
  };
  const auto of = info.meta.extra.find(kInstallationKey);
  if (of == info.meta.extra.end() || of->second != installation.id ||
      calibration.dark.mean_counts.size() != installation.geometry.pixels.size())
    return refused("is of another installation");
  const std::int64_t oldest = std::min(
      {calibration.dark.taken.ns, calibration.air_high.taken.ns, calibration.air_low.taken.ns});
  const std::int64_t age_ns = now.ns - oldest;
  if (age_ns < 0 || age_ns > age_max.count()) {
    return refused(fmt::format("was taken {} and is too old or of the future",
                               core::to_iso8601(core::UtcTime{oldest})));
  }
  return calibration;
}

}  // namespace portcullis::apps
