#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "core/result.h"

/// Tables of data by which adapters read: positions of records and paths of elements that were
/// taken from public descriptions, so that a site which has the system's own can correct them
/// without a build. They are carried in the program (customs/data/tables/).
namespace portcullis::customs {

/// "camir.txt", "carm.txt".
std::vector<std::string_view> table_names();
/// The text of a table as it comes with the program; empty where it has none of that name.
std::string_view shipped_table(std::string_view name);

/// From now on the tables of `folder` stand in place of those of the same names that come with the
/// program; an empty path: those of the program alone. For the start of a program: messages that
/// are being read go on by the tables they began with. Fails, and changes nothing, with kNotFound,
/// kIo (the folder, a file) and kInvalidInput (a file ending in .txt that is no table's; names
/// file, line and reason of one that cannot be used). Threading: thread-safe.
core::Status use_site_tables(const std::filesystem::path& folder);

}  // namespace portcullis::customs
