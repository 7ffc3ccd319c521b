#pragma once

#include <filesystem>
#include <string>

#include "archive/scan_file.h"
#include "core/database/database.h"
#include "core/result.h"

namespace portcullis::archive {

// What writer, reader and recovery share; not for other folders.

inline constexpr std::int64_t kApplicationId = 0x5053'4331;
inline constexpr std::int64_t kSchemaVersion = 1;

/// Opens an existing scan file and checks that it is one: application id, version, tables.
core::Result<core::Database> open_scan_database(const std::filesystem::path& path,
                                                core::Database::Mode mode);
/// A value of `meta`; empty where the key is absent.
core::Result<std::string> meta_value(core::Database& database, std::string_view key);
core::Status set_meta_value(core::Database& database, std::string_view key, std::string_view value);

/// SHA-256 over the tables under the seal, as docs/pscan.sql says.
core::Result<std::string> compute_seal(core::Database& database);

/// Writes how the scan ended, its counts and the seal in one transaction, then leaves WAL mode.
core::Result<SealInfo> write_outcome_and_seal(core::Database& database, const core::ScanMeta& meta,
                                              std::uint64_t lines, std::uint64_t lines_lost);
core::Status leave_wal_mode(core::Database& database);

}  // namespace portcullis::archive
