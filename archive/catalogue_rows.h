#pragma once

#include <fmt/format.h>

#include <mutex>
#include <string>
#include <string_view>

#include "archive/catalogue.h"
#include "core/database/database.h"

/// What the parts of Catalogue share. Private to archive.
namespace portcullis::archive {

struct Catalogue::State {
  State(core::Database opened, bool may_write) : database(std::move(opened)), writes(may_write) {}

  std::mutex mutex;
  core::Database database;
  bool writes;

  core::Status may_change() const {
    if (writes) return {};
    return core::Error{core::ErrorCode::kRefused,
                       fmt::format("{}: was opened to read", database.path().string())};
  }
};

/// Columns of a scan's row as read_scan_row() wants them.
inline constexpr const char* kScanColumns =
    "id, file, started_ns, ended_ns, outcome, outcome_reason, lane, simulated, plate, sha256, "
    "lines, lines_lost";
core::Result<CatalogueScan> read_scan_row(core::Database& database, const core::Statement& row);
/// All rows that are left.
core::Result<std::vector<CatalogueScan>> read_scan_rows(core::Database& database,
                                                        core::Statement& rows);
/// Plates are compared by letters and digits alone.
std::string plate_key(std::string_view plate);

}  // namespace portcullis::archive
