#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/result.h"

/// Photos of cases as files: `folder`/photos/SCAN/SHA256.jpg or .png. Thread-safe, no state.
namespace portcullis::apps {

/// ".jpg", ".png", or null for what is neither, by the first bytes.
[[nodiscard]] const char* photo_extension(std::string_view bytes);
/// Whether a photo came to its end: it may be on its way still.
[[nodiscard]] bool photo_is_whole(std::string_view bytes);
/// Fails with kInvalidInput: neither JPEG nor PNG, or larger than services::kPhotoBytesMax.
core::Status may_be_photo(std::string_view bytes);
/// On the disk when it returns: the photo's SHA-256. Fails as may_be_photo() does, and
/// with kIo.
core::Result<std::string> keep_photo(const std::filesystem::path& folder, const std::string& scan,
                                     std::string_view bytes);
/// Fails with kNotFound, kCorrupt where the file is not what it was.
core::Result<std::string> read_photo(const std::filesystem::path& folder, const std::string& scan,
                                     const std::string& sha256);

}  // namespace portcullis::apps
