#pragma once

#include <filesystem>

#include "core/database/database.h"
#include "core/result.h"

namespace portcullis::customs {

/// The SQLite file of a MessageStore, made where there is none. `sync_each`: each transaction is on
/// the disk when it ends, else with the next checkpoint. Errors: as core::Database; kInvalidInput
/// where the file is another's or of another version.
core::Result<core::Database> open_store_file(const std::filesystem::path& path, bool sync_each);

}  // namespace portcullis::customs
