#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"

/// Files that others put into a folder of ours. Errors: kIo naming the path.
namespace portcullis::customs {

core::Error folder_error(const std::filesystem::path& path, const std::error_code& error);
/// Made where missing; it must be writable.
core::Status make_folder(const std::filesystem::path& path);

/// Where `name` goes in `folder`: under its own name, or with the first digits of its content's
/// hash where another file of that name stands there.
std::filesystem::path free_place(const std::filesystem::path& folder, const std::string& name,
                                 std::string_view sha256);

/// On the disk when it returns. Success where `from` is not there: somebody took it back, or it was
/// moved before.
core::Status move_file(const std::filesystem::path& from, const std::filesystem::path& to);

struct SeenFile {
  std::uintmax_t bytes = 0;
  std::filesystem::file_time_type changed;
};
/// Regular files by name. Links are left where they are: what they point at is not the sender's to
/// give.
core::Result<std::vector<std::pair<std::string, SeenFile>>> list_files(
    const std::filesystem::path& folder);

/// Takes files that two looks found alike, so that none is taken while it is written; names that
/// begin with a dot or end in ".tmp" or ".part" are left alone. Threading: one thread.
class TwoLooks final {
 public:
  /// Moves at most `count_max` files from `folder` to `taken`, so that a sender who puts another
  /// file of the same name there cannot have it moved away unread. Returns the names of all in
  /// `taken`: what an earlier run of this program had begun comes first.
  core::Result<std::vector<std::string>> take(const std::filesystem::path& folder,
                                              const std::filesystem::path& taken,
                                              std::size_t count_max);

 private:
  std::map<std::string, SeenFile> seen_;  ///< As the last look found them.
};

}  // namespace portcullis::customs
