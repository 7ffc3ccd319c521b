#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "core/database/database.h"
#include "core/result.h"

namespace portcullis::archive {

/// The salts of personal data in the audit log, in an SQLite file beside the private key that its
/// owner alone may read, never in the log. A value's salt, and with it the link from the log to a
/// person or plate, can be erased; the log stays verifiable.
///
/// Errors: kIo, kCorrupt, naming the file. Threading: thread-safe; calls may wait for the disk.
class Salts final {
 public:
  static core::Result<std::unique_ptr<Salts>> open(const std::filesystem::path& path);

  /// The first 16 bytes of HMAC-SHA-256(salt of the value, value), hexadecimal; the same for the
  /// same value until it is erased. `kind`: "person", "plate", ...
  core::Result<std::string> hash(std::string_view kind, std::string_view value);
  /// Forgets; overwrites what stood on the disk.
  core::Status erase(std::string_view kind, std::string_view value);

 private:
  explicit Salts(core::Database database) : database_(std::move(database)) {}
  std::mutex mutex_;
  core::Database database_;
};

/// HMAC-SHA-256 (RFC 2104), 32 bytes.
std::string hmac_sha256(std::string_view key, std::string_view message);

}  // namespace portcullis::archive
