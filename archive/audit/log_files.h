#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace portcullis::archive {

/// The folder of an audit log, as few operations as it needs, so that a test can stop the world at
/// each of them. Paths are relative, with '/'; "" is the folder itself.
///
/// Errors: kNotFound for a missing file, kIo; the message names the path.
/// Threading: one writer; reading calls from any thread.
class LogFiles {
 public:
  virtual ~LogFiles() = default;
  [[nodiscard]] virtual core::Result<std::string> read(const std::string& path) const = 0;
  /// All regular files, sorted; links and other things are an error.
  [[nodiscard]] virtual core::Result<std::vector<std::string>> list() const = 0;
  /// Makes or replaces a file; its bytes, not its name, are on the disk when this returns.
  virtual core::Status write(const std::string& path, std::string_view content) = 0;
  /// Replaces what is at `to`. On the disk after sync_folder() of the folder of `to`.
  virtual core::Status rename(const std::string& from, const std::string& to) = 0;
  virtual core::Status remove(const std::string& path) = 0;
  /// One folder; success where it is there.
  virtual core::Status make_folder(const std::string& path) = 0;
  /// The names in the folder are on the disk when this returns.
  virtual core::Status sync_folder(const std::string& path) = 0;
};

/// On the disk.
class DiskLogFiles final : public LogFiles {
 public:
  enum class Access : std::uint8_t { kRead, kWrite };
  /// kWrite makes the folder where it is missing and holds a lock on it: kUnavailable where
  /// another writer does. kRead: kNotFound where there is no folder.
  static core::Result<DiskLogFiles> open(const std::filesystem::path& folder, Access access);
  DiskLogFiles(DiskLogFiles&& other) noexcept;
  DiskLogFiles& operator=(DiskLogFiles&&) = delete;
  ~DiskLogFiles() override;

  [[nodiscard]] core::Result<std::string> read(const std::string& path) const override;
  [[nodiscard]] core::Result<std::vector<std::string>> list() const override;
  core::Status write(const std::string& path, std::string_view content) override;
  core::Status rename(const std::string& from, const std::string& to) override;
  core::Status remove(const std::string& path) override;
  core::Status make_folder(const std::string& path) override;
  core::Status sync_folder(const std::string& path) override;

 private:
  DiskLogFiles(std::filesystem::path folder, int lock_fd)
      : folder_(std::move(folder)), lock_fd_(lock_fd) {}
  std::filesystem::path folder_;
  int lock_fd_ = -1;
};

}  // namespace portcullis::archive
