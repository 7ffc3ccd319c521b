#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace portcullis::core {

/// Reads a whole file of at most `bytes_max`. Fails with kNotFound, kIo, or kInvalidInput where it
/// is larger; the message names the path.
Result<std::string> read_file(const std::filesystem::path& path, std::size_t bytes_max);

/// Writes a file so that at `path` there is either the old content or all of the new: writes
/// beside it, syncs, renames, syncs the folder. Fails with kIo; the message names the path.
Status write_file_atomically(const std::filesystem::path& path, std::string_view content);

/// SHA-256 as 64 lower-case hexadecimal digits.
std::string sha256_hex(std::span<const std::byte> data);
inline std::string sha256_hex(std::string_view text) {
  return sha256_hex(std::as_bytes(std::span(text.data(), text.size())));
}
/// SHA-256 of a file, read in pieces.
Result<std::string> sha256_file_hex(const std::filesystem::path& path);

/// A random (version 4) UUID in its text form.
std::string make_uuid();

}  // namespace portcullis::core
