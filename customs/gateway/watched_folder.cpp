#include "customs/gateway/watched_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace portcullis::customs {
namespace {

namespace fs = std::filesystem;

void sync_folder(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

bool still_being_written(std::string_view name) {
  return name.starts_with(".") || name.ends_with(".tmp") || name.ends_with(".part");
}

}  // namespace

core::Error folder_error(const fs::path& path, const std::error_code& error) {
  return {core::ErrorCode::kIo, fmt::format("{}: {}", path.string(), error.message())};
}

core::Status make_folder(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) return folder_error(path, error);
  if (::access(path.c_str(), W_OK | X_OK) != 0)
    return core::Error{core::ErrorCode::kIo, fmt::format("{}: cannot be written: {}", path.string(),
                                                         std::strerror(errno))};
  return {};
}

fs::path free_place(const fs::path& folder, const std::string& name, std::string_view sha256) {
  std::error_code ignored;
  auto place = folder / name;
  if (!fs::exists(place, ignored)) return place;
  const fs::path original(name);
  const auto stem = original.stem().string().substr(0, 150);
  place =
      folder / fmt::format("{}.{}{}", stem, sha256.substr(0, 12), original.extension().string());
  for (int i = 2; fs::exists(place, ignored); ++i)
    place = folder /
            fmt::format("{}.{}-{}{}", stem, sha256.substr(0, 12), i, original.extension().string());
  return place;
}

core::Result<std::vector<std::pair<std::string, SeenFile>>> list_files(const fs::path& folder) {
  std::error_code error;
  std::vector<std::pair<std::string, SeenFile>> files;
  fs::directory_iterator entries(folder, error);
  if (error) return folder_error(folder, error);
  for (; entries != fs::directory_iterator(); entries.increment(error)) {
    if (error) return folder_error(folder, error);
    std::error_code gone;
    if (!fs::is_regular_file(entries->symlink_status(gone)) || gone) continue;
    SeenFile now{entries->file_size(gone), {}};
    if (gone) continue;
    now.changed = entries->last_write_time(gone);
    if (!gone) files.emplace_back(entries->path().filename().string(), now);
  }
  std::sort(files.begin(), files.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  return files;
}

core::Status move_file(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::rename(from, to, error);
  if (error == std::errc::no_such_file_or_directory) return {};
  if (error) return folder_error(to, error);
  sync_folder(to.parent_path());
  sync_folder(from.parent_path());
  return {};
}

core::Result<std::vector<std::string>> TwoLooks::take(const fs::path& folder, const fs::path& taken,
                                                      std::size_t count_max) {
  PC_TRY(const auto begun, list_files(taken));
  std::vector<std::string> names;
  names.reserve(begun.size());
  for (const auto& [name, ignored] : begun) names.push_back(name);
  PC_TRY(const auto files, list_files(folder));
  std::map<std::string, SeenFile> seen;
  for (const auto& [name, now] : files) {
    if (still_being_written(name)) continue;
    const auto before = seen_.find(name);
    const bool still = before != seen_.end() && before->second.bytes == now.bytes &&
                       before->second.changed == now.changed;
    // A file of that name which could not be finished keeps its place.
    const bool free = std::find(names.begin(), names.end(), name) == names.end();
    if (!still || !free || names.size() >= count_max) {
      seen.emplace(name, now);
      continue;
    }
    PC_CHECK(move_file(folder / name, taken / name));
    names.push_back(name);
  }
  seen_ = std::move(seen);
  return names;
}

}  // namespace portcullis::customs
