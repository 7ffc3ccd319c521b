#include "archive/audit/log_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "core/files.h"

namespace portcullis::archive {
namespace {

// A bundle has at most 256 entries of at most 65,535 bytes.
constexpr std::size_t kLogFileBytesMax = 256 * (65'535 + 2);

core::Error log_file_error(const std::filesystem::path& path, const char* what) {
  const int code = errno;
  return {code == ENOENT ? core::ErrorCode::kNotFound : core::ErrorCode::kIo,
          fmt::format("{}: cannot {}: {}", path.string(), what, std::strerror(code))};
}

}  // namespace

core::Result<DiskLogFiles> DiskLogFiles::open(const std::filesystem::path& folder, Access access) {
  if (access == Access::kWrite) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) {
      return core::Error{core::ErrorCode::kIo,
                         fmt::format("{}: {}", folder.string(), error.message())};
    }
  }
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return log_file_error(folder, "open the audit log's folder");
  DiskLogFiles files(folder, fd);
  if (access == Access::kWrite && ::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    return core::Error{core::ErrorCode::kUnavailable,
                       fmt::format("{}: another program writes this audit log", folder.string())};
  }
  return files;
}

DiskLogFiles::DiskLogFiles(DiskLogFiles&& other) noexcept
    : folder_(std::move(other.folder_)), lock_fd_(std::exchange(other.lock_fd_, -1)) {}

DiskLogFiles::~DiskLogFiles() {
  if (lock_fd_ >= 0) ::close(lock_fd_);
}

core::Result<std::string> DiskLogFiles::read(const std::string& path) const {
  return core::read_file(folder_ / path, kLogFileBytesMax);
}

core::Result<std::vector<std::string>> DiskLogFiles::list() const {
  std::vector<std::string> names;
  std::error_code error;
  std::filesystem::recursive_directory_iterator it(folder_, error), end;
  while (!error && it != end) {
    // A file that the writer replaces meanwhile may be gone.
    const auto status = it->symlink_status(error);
    if (error && error != std::errc::no_such_file_or_directory) break;
    if (std::filesystem::is_regular_file(status)) {
      names.push_back(it->path().lexically_relative(folder_).generic_string());
    } else if (!std::filesystem::is_directory(status) && std::filesystem::exists(status)) {
      return core::Error{core::ErrorCode::kCorrupt,
                         fmt::format("{}: is neither file nor folder, and so not of an audit log",
                                     it->path().string())};
    }
    it.increment(error);
  }
  if (error) {
    return core::Error{core::ErrorCode::kIo,
                       fmt::format("{}: cannot list: {}", folder_.string(), error.message())};
  }
  std::sort(names.begin(), names.end());
  return names;
}

core::Status DiskLogFiles::write(const std::string& path, std::string_view content) {
  const auto whole = folder_ / path;
  const int fd = ::open(whole.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) return log_file_error(whole, "create");
  core::Status status;
  std::size_t done = 0;
  while (status.ok() && done < content.size()) {
    const ssize_t n = ::write(fd, content.data() + done, content.size() - done);
    if (n >= 0)
      done += static_cast<std::size_t>(n);
    else if (errno != EINTR)
      status = log_file_error(whole, "write");
  }
  if (status.ok() && ::fsync(fd) != 0) status = log_file_error(whole, "sync");
  ::close(fd);
  return status;
}

core::Status DiskLogFiles::rename(const std::string& from, const std::string& to) {
  if (::rename((folder_ / from).c_str(), (folder_ / to).c_str()) != 0)
    return log_file_error(folder_ / to, "replace");
  return {};
}

core::Status DiskLogFiles::remove(const std::string& path) {
  if (::unlink((folder_ / path).c_str()) != 0) return log_file_error(folder_ / path, "remove");
  return {};
}

core::Status DiskLogFiles::make_folder(const std::string& path) {
  if (::mkdir((folder_ / path).c_str(), 0755) != 0 && errno != EEXIST)
    return log_file_error(folder_ / path, "make the folder");
  return {};
}

core::Status DiskLogFiles::sync_folder(const std::string& path) {
  const auto whole = folder_ / path;
  const int fd = ::open(whole.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return log_file_error(whole, "sync");
  const bool synced = ::fsync(fd) == 0;
  const core::Error error = log_file_error(whole, "sync");
  ::close(fd);
  if (!synced) return error;
  return {};
}

}  // namespace portcullis::archive
